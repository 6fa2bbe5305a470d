"""The hooks, as pre-commit runs them: from this repository, in an environment of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(
    not (ROOT / ".git").exists(), reason="pre-commit installs hooks from a git repository"
)


class Repository:
    """A repository of segments, and a cache of pre-commit that nobody else uses."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("GIT_")
        } | {"PRE_COMMIT_HOME": str(cache)}
        self.run("git", "init", "--quiet")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True
        )

    def hook(self, name: str) -> subprocess.CompletedProcess[str]:
        self.run("git", "add", "--all")
        tool = (sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), name, "--all-files")
        return self.run(*tool, "--verbose")


def test_the_hooks(tmp_path: Path) -> None:
    """In one test: to install them takes long."""
    (tmp_path / "segments").mkdir()
    repository = Repository(tmp_path / "segments", tmp_path / "cache")
    file = repository.folder / "a.segql"
    file.write_text("FILTER   a > 1   ALIAS x\n")
    (repository.folder / "note.md").write_text("FILTER a >")

    assert repository.hook("segql-check").returncode == 0
    formatted = repository.hook("segql-format")
    assert "files were modified by this hook" in formatted.stdout
    assert formatted.returncode == 1
    assert file.read_text() == "FILTER a > 1 ALIAS x\n"
    assert repository.hook("segql-format").returncode == 0

    file.write_text("FILTER a > ALIAS x\n")
    checked = repository.hook("segql-check")
    assert checked.returncode == 1
    assert "a.segql:1:12: error SYN002 " in checked.stdout
