"""The files for Zed: well-formed, and at one about the name of the language."""

from __future__ import annotations

import json
import subprocess
import tomllib
from pathlib import Path

from tests.editors.conftest import DOCS

ZED = DOCS / "zed"


def test_all_files_mean_the_same_language() -> None:
    extension = tomllib.loads((ZED / "extension/extension.toml").read_text("utf-8"))
    config = ZED / "extension/languages/segql/config.toml"
    language = tomllib.loads(config.read_text("utf-8"))
    settings = json.loads((ZED / "settings.json").read_text("utf-8"))
    assert language["path_suffixes"] == ["segql"]
    assert extension["language_servers"]["segql"]["languages"] == [language["name"]]
    assert set(settings["languages"]) == {language["name"]}


def test_the_server_is_started_as_the_command_line_has_it(home: dict[str, str]) -> None:
    source = (ZED / "extension/src/lib.rs").read_text("utf-8")
    assert 'which("segql")' in source
    assert 'vec!["lsp".to_string()]' in source
    done = subprocess.run(["segql", "lsp", "--help"], env=home, capture_output=True, timeout=30)
    assert done.returncode == 0


def test_the_tasks_run(home: dict[str, str], shop: Path) -> None:
    check, watch = json.loads((ZED / "tasks.json").read_text("utf-8"))
    command = [check["command"], *check["args"]]
    done = subprocess.run(command, cwd=shop, env=home, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    assert watch["args"] == [*check["args"], "--watch"]
