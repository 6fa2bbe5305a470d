"""The configuration for Helix: its keys as documented, and what it does in a real Helix."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.editors.conftest import DOCS, MAIL, editor
from tests.editors.terminal import Terminal

CANONICAL = 'FILTER AND (visits > 5, city = "Oslo") ALIAS vip\n'
# Helix 25.07, chapter "Languages".
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


Helix = Callable[[str], Terminal]


@pytest.fixture
def settings(home: dict[str, str]) -> Path:
    """The folder of Helix's settings, with the file of the docs in it."""
    folder = Path(home["HOME"], ".config/helix")
    shutil.copytree(DOCS / "helix", folder)
    return folder


@pytest.fixture
def helix(settings: Path, home: dict[str, str], shop: Path) -> Iterator[Helix]:
    """Open a file of the shop, and wait until the server has spoken of it."""
    opened: list[Terminal] = []
    log = settings / "helix.log"

    def open_file(name: str) -> Terminal:
        command = [editor("hx"), "-v", "--log", str(log), name]
        terminal = Terminal(command, shop, home | {"LANG": "C.UTF-8"})
        opened.append(terminal)
        wait_for(log, "textDocument/publishDiagnostics")
        return terminal

    yield open_file
    for terminal in opened:
        terminal.close()


def wait_for(file: Path, text: str) -> None:
    """Wait until a file holds a text."""
    end = time.monotonic() + 15
    while not file.exists() or text not in file.read_text("utf-8"):
        assert time.monotonic() < end, f"waited in vain for {text!r} in {file.name}"
        time.sleep(0.05)


@pytest.mark.editors
def test_helix_finds_the_server(settings: Path, home: dict[str, str]) -> None:
    command = [editor("hx"), "--health", "segql"]
    done = subprocess.run(command, env=home, capture_output=True, text=True, timeout=30)
    assert str(Path(sys.executable).parent / "segql") in done.stdout
    assert not done.stderr


@pytest.mark.editors
def test_diagnostics(helix: Helix, shop: Path) -> None:
    (shop / "vip.segql").write_text('FILTER AND (city = "🛒", visits > ) ALIAS vip\n', "utf-8")
    window = helix("vip.segql")
    window.type("]d")
    window.wait_for("SYN002")
    assert "a field or a value is missing" in window.shown()


@pytest.mark.editors
def test_completion_reaches_other_files(helix: Helix, shop: Path) -> None:
    (shop / "draft.segql").write_text("FILTER INCLUDE \n", "utf-8")
    window = helix("draft.segql")
    window.type("A", "C-x")
    window.wait_for("vip ")
    window.type("C-n", "C-n")
    window.wait_for("FILTER INCLUDE vip")


@pytest.mark.editors
def test_formatting(helix: Helix) -> None:
    window = helix("vip.segql")
    window.type(":format", "Enter")
    window.wait_for(CANONICAL.rstrip())


@pytest.mark.editors
def test_formatting_on_save(helix: Helix, settings: Path, shop: Path) -> None:
    file = settings / "languages.toml"
    text = file.read_text("utf-8").replace("auto-format = false", "auto-format = true")
    file.write_text(text, "utf-8")
    helix("vip.segql").type(":w", "Enter")
    wait_for(shop / "vip.segql", CANONICAL)


@pytest.mark.editors
def test_rename_reaches_other_files(helix: Helix, shop: Path) -> None:
    window = helix("mail.segql")
    window.type("/vip", "Enter", " r")
    window.wait_for("rename-to:vip")
    window.type("C-u", "best", "Enter")
    window.wait_for("INCLUDE best")
    window.type(":wa", "Enter")
    wait_for(shop / "vip.segql", "alias best\n")
    wait_for(shop / "mail.segql", MAIL.replace("vip", "best"))


@pytest.mark.editors
def test_hover_tells_of_the_segment_in_the_other_file(helix: Helix) -> None:
    window = helix("mail.segql")
    window.type("/vip", "Enter", " k")
    window.wait_for("visits > 5")


@pytest.mark.editors
def test_definition_is_in_the_other_file(helix: Helix) -> None:
    window = helix("mail.segql")
    window.type("/vip", "Enter", "gd")
    window.wait_for("alias vip")


@pytest.mark.editors
def test_a_fix_is_made(helix: Helix, shop: Path) -> None:
    (shop / "draft.segql").write_text("FILTER EXISTS(email) ALIAS draft\n", "utf-8")
    window = helix("draft.segql")
    window.type("]d", " a")
    window.wait_for("Make all safe fixes")
    window.type("Enter")
    window.wait_for("FILTER EXISTS email ALIAS draft")


@pytest.mark.editors
def test_settings_reach_the_server(helix: Helix, settings: Path, shop: Path) -> None:
    (settings / "config.toml").write_text("editor.lsp.display-inlay-hints = true\n", "utf-8")
    with (settings / "languages.toml").open("a", encoding="utf-8") as file:
        file.write("[language-server.segql.config.segql.inlayHints]\ntypes = true\n")
    (shop / "catalog.user.json").write_text('{"fields": {"visits": "int"}}', "utf-8")
    window = helix("vip.segql")
    window.type("j")  # the hints come with the first key
    window.wait_for("visits: int>5")
