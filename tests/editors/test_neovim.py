"""The files for Neovim, in a Neovim of somebody who has copied them as the docs say."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.editors.conftest import DOCS, HERE, MAIL, editor

pytestmark = pytest.mark.editors

SETTINGS = """
vim.lsp.config("segql", { settings = { segql = { inlayHints = { types = true } } } })
"""

Neovim = Callable[[str, Path], Any]


@pytest.fixture
def neovim(home: dict[str, str]) -> Neovim:
    """Open a file and run one of the scripts of ``neovim/``; what it returns."""
    packages = Path(home["HOME"], ".local/share/nvim/site/pack")
    shutil.copytree(DOCS / "neovim", packages / "segql/start/segql")

    def run(script: str, file: Path) -> Any:
        command = [editor("nvim"), "--headless", str(file), "-c", f"luafile {HERE}/neovim/run.lua"]
        environment = home | {"SCRIPT": str(HERE / "neovim" / f"{script}.lua")}
        done = subprocess.run(
            command, cwd=file.parent, env=environment, capture_output=True, text=True, timeout=30
        )
        assert done.returncode == 0, done.stderr
        assert "Error" not in done.stderr, done.stderr
        return json.loads(done.stdout)

    return run


def test_diagnostics(neovim: Neovim, shop: Path) -> None:
    (shop / "vip.segql").write_text('FILTER AND (city = "🛒", visits > ) ALIAS vip\n', "utf-8")
    assert neovim("diagnostics", shop / "vip.segql") == {
        "filetype": "segql",
        "code": "SYN002",
        "severity": "ERROR",
        "place": [0, 36, 0, 37],  # Neovim counts bytes: the cart has four
    }


def test_completion_reaches_other_files(neovim: Neovim, shop: Path) -> None:
    file = shop / "draft.segql"
    file.write_text("FILTER INCLUDE \n", "utf-8")
    assert {"vip", "mail"} <= set(neovim("completion", file))


def test_rename_reaches_other_files(neovim: Neovim, shop: Path) -> None:
    lines = neovim("rename", shop / "vip.segql")
    assert lines[-1] == "alias best"
    assert (shop / "vip.segql").read_text("utf-8").endswith("alias best\n")
    assert (shop / "mail.segql").read_text("utf-8") == MAIL.replace("vip", "best")


@pytest.mark.parametrize("script", ["formatting", "format_on_save"])
def test_formatting(neovim: Neovim, shop: Path, script: str) -> None:
    canonical = 'FILTER AND (visits > 5, city = "Oslo") ALIAS vip'
    assert neovim(script, shop / "vip.segql") == [canonical]
    saved = (shop / "vip.segql").read_text("utf-8") == f"{canonical}\n"
    assert saved == (script == "format_on_save")


def test_hover_tells_of_the_segment_in_the_other_file(neovim: Neovim, shop: Path) -> None:
    shown = "\n".join(neovim("hover", shop / "mail.segql"))
    assert "vip" in shown
    assert "visits" in shown


def test_definition_is_in_the_other_file(neovim: Neovim, shop: Path) -> None:
    found = neovim("definition", shop / "mail.segql")
    assert found["file"] == "vip.segql"
    assert "vip" in found["line"]


def test_references_are_in_all_files(neovim: Neovim, shop: Path) -> None:
    assert sorted(neovim("references", shop / "vip.segql")) == ["mail.segql", "vip.segql"]


def test_a_fix_is_made(neovim: Neovim, shop: Path) -> None:
    file = shop / "draft.segql"
    file.write_text("FILTER EXISTS(email) ALIAS draft\n", "utf-8")
    assert neovim("code_action", file) == ["FILTER EXISTS email ALIAS draft"]


def test_lists_are_folded(neovim: Neovim, shop: Path) -> None:
    file = shop / "draft.segql"
    file.write_text("FILTER AND (\n    a > 1,\n    b > 2,\n)\nALIAS draft\n\nFILTER c\n", "utf-8")
    levels = neovim("folding", file)
    assert levels[1] == levels[2] > 0
    assert levels[6] == 0


def test_decorations(neovim: Neovim, shop: Path) -> None:
    file = shop / "draft.segql"
    file.write_text('FILTER AND (INCLUDE vip, seen > "now-30d") ALIAS draft\n', "utf-8")
    (shop / "user.segql").write_text("FILTER INCLUDE draft ALIAS user\n", "utf-8")
    shown = neovim("decorations", file)
    assert shown["token"]
    assert shown["hint"]
    assert "1" in shown["lens"]


def test_settings_reach_the_server(neovim: Neovim, home: dict[str, str], shop: Path) -> None:
    (shop / "catalog.user.json").write_text('{"fields": {"visits": "int"}}', "utf-8")
    config = Path(home["HOME"], ".config/nvim/init.lua")
    config.parent.mkdir(parents=True)
    config.write_text(SETTINGS, "utf-8")
    file = shop / "draft.segql"
    file.write_text("FILTER AND (INCLUDE vip, visits > 3) ALIAS draft\n", "utf-8")
    assert neovim("hints", file) == [": int"]
