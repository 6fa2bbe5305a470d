"""Where the settings come from, and what is said about wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from segql.workspace import Config, ConfigError, config_for, find_config

from .conftest import Write


def refused(folder: Path) -> tuple[str, str]:
    """Message, without the folder, and help."""
    config = find_config(folder)
    assert config is not None
    with pytest.raises(ConfigError) as caught:
        config.require()
    return caught.value.message.replace(f"{folder}/", ""), caught.value.help


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert find_config(tmp_path) is None
    assert config_for(tmp_path) == Config(tmp_path)


def test_segql_toml(write: Write) -> None:
    root = write(
        {"segql.toml": 'exclude = ["drafts/"]\nexternal = ["all_users"]\nline-length = 100'}
    )
    file = root / "segql.toml"
    assert find_config(root) == Config(root, ("drafts/",), ("all_users",), 100, file)


def test_files_of_profiles_are_below_the_root(write: Write) -> None:
    root = write({"segql.toml": 'profiles = ["people.ndjson", "more/people.parquet"]'})
    config = config_for(root / "deep/any.segql")
    assert config.profile_paths == (root / "people.ndjson", root / "more/people.parquet")
    assert Config(root).profile_paths == ()


def test_pyproject_toml(write: Write) -> None:
    root = write({"pyproject.toml": "[tool.segql]\nline-length = 60"})
    assert find_config(root) == Config(root, line_length=60, file=root / "pyproject.toml")


def test_an_empty_file_ends_the_search(write: Write) -> None:
    root = write({"segql.toml": "line-length = 60", "team/segql.toml": ""})
    assert find_config(root / "team") == Config(root / "team", file=root / "team/segql.toml")


def test_the_nearest_folder_wins(write: Write) -> None:
    root = write(
        {
            "segql.toml": "line-length = 60",
            "team/pyproject.toml": "[tool.segql]\nline-length = 70",
            "team/deep/note.txt": "",
        }
    )
    assert config_for(root / "team/deep").line_length == 70
    assert config_for(root / "team/deep/any.segql").line_length == 70
    assert config_for(root / "any.segql").line_length == 60


def test_the_own_file_wins_over_the_shared_one(write: Write) -> None:
    root = write(
        {
            "segql.toml": "line-length = 60",
            "pyproject.toml": "[tool.segql]\nline-length = 70",
        }
    )
    assert config_for(root).line_length == 60


@pytest.mark.parametrize(
    "text",
    [
        "[tool.ruff]\nline-length = 100",
        "[project]\nname = 'segql'",
        "tool = 'segql'",
        "tool = 5",
        "this is no TOML",
    ],
)
def test_a_pyproject_of_other_tools_is_passed_over(write: Write, text: str) -> None:
    root = write({"segql.toml": "line-length = 60", "team/pyproject.toml": text})
    assert config_for(root / "team").line_length == 60


def test_an_unknown_setting_with_a_near_name(write: Write) -> None:
    root = write({"segql.toml": "line_length = 100"})
    expected = ("segql.toml: unknown setting `line_length`", "did you mean `line-length`?")
    assert refused(root) == expected


def test_an_unknown_setting_without_a_near_name(write: Write) -> None:
    root = write({"pyproject.toml": "[tool.segql]\nzzz = 1"})
    expected = (
        "pyproject.toml: unknown setting `zzz`",
        "the settings are baseline, catalogs, env, exclude, extend-select, external, ignore, "
        "line-length, per-file-ignores, profiles, select, sql, tags",
    )
    assert refused(root) == expected


@pytest.mark.parametrize(
    ("text", "key", "wanted"),
    [
        ('exclude = "drafts/"', "exclude", "a list of patterns"),
        ("exclude = [1]", "exclude", "a list of patterns"),
        ('exclude = ["!"]', "exclude", "a list of patterns"),
        ('external = {all_users = "yes"}', "external", "a list of slugs"),
        ("external = [true]", "external", "a list of slugs"),
        ('line-length = "100"', "line-length", "a number from 20 to 1000"),
        ("line-length = true", "line-length", "a number from 20 to 1000"),
        ("line-length = 88.0", "line-length", "a number from 20 to 1000"),
        ("line-length = 19", "line-length", "a number from 20 to 1000"),
        ("line-length = 1001", "line-length", "a number from 20 to 1000"),
        ('profiles = "people.ndjson"', "profiles", "a list of files"),
        ('profiles = ["a\\u0000b"]', "profiles", "a list of files"),
        ('profiles = [""]', "profiles", "a list of files"),
        ('baseline = "a\\u0000b"', "baseline", "the path of a file"),
        ("profiles = [1]", "profiles", "a list of files"),
    ],
)
def test_a_wrong_value(write: Write, text: str, key: str, wanted: str) -> None:
    message, help = refused(write({"segql.toml": text}))
    assert message == f"segql.toml: `{key}` has a wrong value"
    assert help.startswith(f"write {wanted}")


@pytest.mark.parametrize("value", ["20", "1000"])
def test_the_ends_of_the_range_are_good(write: Write, value: str) -> None:
    root = write({"segql.toml": f"line-length = {value}"})
    assert config_for(root).line_length == int(value)


def test_broken_toml_is_told_with_its_place(write: Write) -> None:
    message, help = refused(write({"segql.toml": "line-length = 100\nexclude = ["}))
    assert message.startswith("segql.toml: ")
    assert "line 2" in message or "end of document" in message
    assert help == "mend the file, or remove it"


def test_a_file_that_is_not_text(write: Write) -> None:
    root = write({})
    (root / "segql.toml").write_bytes(b"\xff\xfe")
    message, help = refused(root)
    assert message == "segql.toml: byte 1 is not UTF-8"
    assert help == "mend the file, or remove it"


def test_toml_that_is_nested_too_deeply(write: Write) -> None:
    root = write({"segql.toml": "exclude = " + "[" * 5000})
    assert refused(root)[0] == "segql.toml: it is nested too deeply"


def test_the_table_must_be_a_table(write: Write) -> None:
    root = write({"pyproject.toml": "[tool]\nsegql = 1"})
    expected = ("pyproject.toml: `tool.segql` is no table", "write `[tool.segql]` above it")
    assert refused(root) == expected


def test_a_folder_of_that_name_is_no_configuration(write: Write) -> None:
    root = write({"segql.toml/note.txt": "", "pyproject.toml/note.txt": ""})
    assert find_config(root) is None
