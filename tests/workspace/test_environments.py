"""Environments: what they are for, and what is said about wrong ones."""

from __future__ import annotations

import pytest

from segql.workspace import Config, ConfigError, Environment, config_for, find_config
from segql.workspace.environments import read_environments

from .conftest import Write

TWO = """
[env.prod]
profile = "prod"
files = ["audiences/", "!audiences/old/"]
owner-tag = "segql"
protected = ["all_users", "VIP*"]

[env.staging]
"""


def test_they_are_tables_of_the_configuration(write: Write) -> None:
    config = config_for(write({"segql.toml": TWO}))
    config.require()
    assert config.env == (
        Environment(
            "prod",
            "prod",
            ("audiences/", "!audiences/old/"),
            "segql",
            ("all_users", "VIP*"),
        ),
        Environment("staging"),
    )
    assert config.environment("prod") == config.env[0]


def test_in_pyproject_toml_as_well(write: Write) -> None:
    config = config_for(write({"pyproject.toml": '[tool.segql.env.prod]\nprofile = "p"'}))
    assert config.environment("prod").profile == "p"


@pytest.mark.parametrize(
    ("text", "name", "help"),
    [
        (TWO, "prood", "did you mean `prod`?"),
        (TWO, "x", "the environments are prod, staging"),
        ("", "prod", "write environments as tables"),
    ],
)
def test_an_environment_that_is_not_there(write: Write, text: str, name: str, help: str) -> None:
    config = config_for(write({"segql.toml": text}))
    with pytest.raises(ConfigError, match=f"no environment `{name}` in .*segql.toml") as caught:
        config.environment(name)
    assert caught.value.help.startswith(help)


def test_without_a_configuration_there_is_none(write: Write) -> None:
    with pytest.raises(ConfigError):
        Config(write({})).environment("prod")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("env = 5", "Expected `object`, got `int`"),
        ("[env]\nprod = 5", "`prod`: Expected `object`, got `int`"),
        ("[env.prod]\nowner_tag = 'x'", "unknown field `owner_tag`"),
        ("[env.prod]\ntoken = 'x'", "unknown field `token`"),
        ("[env.prod]\nfiles = 'a'", "`prod`: Expected `array | null`, got `str` - at `$.files`"),
        ("[env.prod]\nfiles = ['!']", "`!` is no pattern"),
        ("[env.prod]\nprotected = [1]", "Expected `str`, got `int`"),
        ("[env.prod]\nowner-tag = ''", "`owner-tag` of `prod` is empty"),
        ("[env.prod]\nprofile = ''", "`profile` of `prod` is empty"),
        ("[env.'../prod']", "`../prod` is no name"),
        ("[env.'']", "`` is no name"),
    ],
)
def test_what_is_wrong_in_one_is_told(write: Write, text: str, message: str) -> None:
    config = find_config(write({"segql.toml": text}))
    assert config is not None
    with pytest.raises(ConfigError) as caught:
        config.require()
    assert caught.value.message.split("segql.toml: ")[1].startswith("`env`: ")
    assert message in caught.value.message
    assert config.env == ()


@pytest.mark.parametrize(
    ("slug", "is_protected"),
    [
        ("a[1]", True),
        ("a1", True),
        ("all_users", True),
        ("vip", True),
        ("Vip_2", True),
        ("all", False),
        ("a_vip", False),
    ],
)
def test_what_is_protected(slug: str, is_protected: bool) -> None:
    (environment,) = read_environments({"prod": {"protected": ["all_users", "VIP*", "A[1]"]}})
    assert environment.protects(slug) is is_protected


@pytest.mark.parametrize(
    ("path", "is_in"),
    [
        ("audiences/a.segql", True),
        ("audiences/deep/a.segql", True),
        ("audiences/old/a.segql", False),
        ("drafts/a.segql", False),
        ("a.segql", False),
    ],
)
def test_its_files(path: str, is_in: bool) -> None:
    (environment,) = read_environments({"prod": {"files": ["audiences/", "!audiences/old/"]}})
    assert environment.has_file(path) is is_in
    assert Environment().has_file(path)
