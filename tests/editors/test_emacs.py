"""segql-mode and eglot, in a real Emacs without a screen."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.editors.conftest import DOCS, HERE, MAIL, editor

pytestmark = pytest.mark.editors

MODE = DOCS / "emacs/segql-mode.el"
WARNINGS_ARE_ERRORS = """(setq byte-compile-error-on-warn t
      byte-compile-dest-file-function (lambda (_) (expand-file-name "segql-mode.elc" "~")))"""

Emacs = Callable[..., subprocess.CompletedProcess[str]]
Eglot = Callable[[str, Path], Any]


@pytest.fixture
def emacs(home: dict[str, str], tmp_path: Path) -> Emacs:
    """Run Emacs in batch with these arguments."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [editor("emacs"), "-Q", "--batch", "-L", DOCS / "emacs", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=home, capture_output=True, text=True, timeout=30
        )

    return run


@pytest.fixture
def eglot(emacs: Emacs) -> Eglot:
    """Open a file and run one of the scripts of ``emacs/``; what it returns."""

    def run(script: str, file: Path) -> Any:
        folder = HERE / "emacs"
        done = emacs("-l", folder / "run.el", file, folder / f"{script}.el")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def test_the_mode_compiles_without_warnings(emacs: Emacs) -> None:
    done = emacs("--eval", WARNINGS_ARE_ERRORS, "-f", "batch-byte-compile", MODE)
    assert done.returncode == 0, done.stderr
    assert not done.stderr


def test_the_mode_is_documented(emacs: Emacs) -> None:
    assert not emacs("--eval", f'(checkdoc-file "{MODE}")').stderr


def test_diagnostics(eglot: Eglot, shop: Path) -> None:
    (shop / "vip.segql").write_text('FILTER AND (city = "🛒", visits > ) ALIAS vip\n', "utf-8")
    found = eglot("diagnostics", shop / "vip.segql")
    assert found["mode"] == "segql-mode"
    assert found["place"] == [34, 35]  # characters from 1
    assert "SYN002" in found["text"]
    assert "a field or a value is missing" in found["text"]


def test_completion_reaches_other_files(eglot: Eglot, shop: Path) -> None:
    file = shop / "draft.segql"
    file.write_text("FILTER INCLUDE \n", "utf-8")
    assert {"vip", "mail"} <= set(eglot("completion", file))


def test_formatting(eglot: Eglot, shop: Path) -> None:
    canonical = 'FILTER AND (visits > 5, city = "Oslo") ALIAS vip\n'
    assert eglot("formatting", shop / "vip.segql") == canonical


def test_rename_reaches_other_files(eglot: Eglot, shop: Path) -> None:
    assert eglot("rename", shop / "vip.segql").endswith("alias best\n")
    assert (shop / "vip.segql").read_text("utf-8").endswith("alias best\n")
    assert (shop / "mail.segql").read_text("utf-8") == MAIL.replace("vip", "best")


def test_hover_tells_of_the_segment_in_the_other_file(eglot: Eglot, shop: Path) -> None:
    shown = eglot("hover", shop / "mail.segql")
    assert "vip" in shown
    assert "visits" in shown


def test_definition_is_in_the_other_file(eglot: Eglot, shop: Path) -> None:
    found = eglot("definition", shop / "mail.segql")
    assert found["file"] == "vip.segql"
    assert "vip" in found["line"]
