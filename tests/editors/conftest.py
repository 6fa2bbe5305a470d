"""A shop to edit in, and the editors: each started as a person starts it who has no settings."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
DOCS = Path(__file__).parents[2] / "docs/editors"
INSTALL = "install it with tests/editors/install.sh"
VIP = 'filter and(visits>5, city="Oslo")\nalias vip\n'
MAIL = "FILTER AND (INCLUDE vip, EXISTS email) ALIAS mail\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with two files of segments: ``mail.segql`` includes what ``vip.segql`` defines."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "segql.toml").write_text("", encoding="utf-8")
    (folder / "vip.segql").write_text(VIP, encoding="utf-8")
    (folder / "mail.segql").write_text(MAIL, encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The environment of somebody who has just installed segql: an empty home."""
    folder = tmp_path / "home"
    folder.mkdir()
    kept = {name: os.environ[name] for name in ("LANG", "TERM") if name in os.environ}
    return kept | {"HOME": str(folder), "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}


def editor(name: str) -> str:
    """The path of an editor. One that is missing is an error: nothing would be tested."""
    path = shutil.which(name, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if path is None:
        raise FileNotFoundError(f"{name} is not installed; {INSTALL}")
    return path
