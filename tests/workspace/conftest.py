"""Folders of segment files, written as a person would list them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from segql.workspace import config_for
from segql.workspace.discovery import find_files

Write = Callable[[dict[str, str]], Path]
SEGMENT = "FILTER a > 1"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files by their paths; return the folder they are in."""

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


def found(folder: Path, root: Path | None = None) -> list[str]:
    """What a walk through a folder finds, as paths below `root`."""
    paths = (Path(file.path) for file in find_files(folder, config_for(folder)))
    return [path.relative_to(root or folder).as_posix() for path in paths]
