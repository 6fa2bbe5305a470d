"""The configuration for Helix, against the keys of its documentation (Helix 25.07, Languages)."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from tests.editors.conftest import DOCS

LANGUAGE_KEYS = {
    "auto-format",
    "block-comment-tokens",
    "comment-tokens",
    "diagnostic-severity",
    "file-types",
    "formatter",
    "grammar",
    "indent",
    "injection-regex",
    "language-id",
    "language-servers",
    "name",
    "path-completion",
    "persistent-diagnostic-sources",
    "roots",
    "rulers",
    "scope",
    "shebangs",
    "soft-wrap",
    "text-width",
    "word-completion",
    "workspace-lsp-roots",
}
SERVER_KEYS = {"args", "command", "config", "environment", "required-root-patterns", "timeout"}


@pytest.fixture
def config() -> dict[str, Any]:
    return tomllib.loads((DOCS / "helix/languages.toml").read_text("utf-8"))


def test_the_keys_are_those_of_helix(config: dict[str, Any]) -> None:
    assert config.keys() == {"language", "language-server"}
    (language,) = config["language"]
    assert language.keys() <= LANGUAGE_KEYS
    for server in config["language-server"].values():
        assert server.keys() <= SERVER_KEYS


def test_the_language_has_the_server(config: dict[str, Any]) -> None:
    (language,) = config["language"]
    (name,) = language["language-servers"]
    server = config["language-server"][name]
    assert [server["command"], *server["args"]] == ["segql", "lsp"]
