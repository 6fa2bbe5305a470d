"""Which files of a folder are segments."""

from __future__ import annotations

from pathlib import Path

from segql.workspace import Config
from segql.workspace.discovery import find_files

from .conftest import SEGMENT, Write, found


def test_files_come_in_order_those_of_a_folder_before_its_subfolders(write: Write) -> None:
    root = write(dict.fromkeys(("b.segql", "a/z.segql", "c/y.segql", "a.segql"), SEGMENT))
    assert found(root) == ["a.segql", "b.segql", "a/z.segql", "c/y.segql"]


def test_only_the_suffix_counts(write: Write) -> None:
    names = ("a.segql", "b.sql", "c.segql.bak", "segql", "d.SEGQL")
    assert found(write(dict.fromkeys(names, SEGMENT))) == ["a.segql"]


def test_hidden_and_tool_folders_are_passed_over(write: Write) -> None:
    folders = (".git", ".venv", "node_modules", "__pycache__", "seen")
    assert found(write({f"{name}/a.segql": SEGMENT for name in folders})) == ["seen/a.segql"]


def test_a_folder_with_the_suffix_is_a_folder(write: Write) -> None:
    assert found(write({"x.segql/y.segql": SEGMENT})) == ["x.segql/y.segql"]


def test_a_link_to_a_file_is_followed_but_one_to_a_folder_is_not(write: Write) -> None:
    root = write({"real/a.segql": SEGMENT})
    (root / "link.segql").symlink_to(root / "real/a.segql")
    (root / "folder").symlink_to(root / "real")
    (root / "circle").symlink_to(root)
    (root / "dangling.segql").symlink_to(root / "nowhere")
    assert found(root) == ["link.segql", "real/a.segql"]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert list(find_files(gone, Config(gone))) == []


def test_names_with_spaces_and_foreign_letters(write: Write) -> None:
    names = ["mit leerzeichen.segql", "näher/日本.segql", "new\nline.segql"]
    assert sorted(found(write(dict.fromkeys(names, SEGMENT)))) == sorted(names)
