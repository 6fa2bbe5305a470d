"""Which files were asked for, and which workspace they belong to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from segql.syntax.parser import parse
from segql.workspace import Selection, select

from .conftest import Write

A = "FILTER a ALIAS a"
B = "FILTER b ALIAS b"
C = "FILTER c ALIAS c"


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def names(*paths: str) -> list[tuple[list[str | None], set[str]]]:
    """Of each selection the paths that were asked for, and all slugs of its workspace."""
    return [told(selection) for selection in select([Path(path) for path in paths])]


def told(selection: Selection) -> tuple[list[str | None], set[str]]:
    return [f.source.path for f in selection.files], set(selection.workspace.by_slug)


def test_without_paths_it_is_the_current_folder(write: Write) -> None:
    write({"a.segql": A, "deep/b.segql": B})
    assert names() == [(["a.segql", "deep/b.segql"], {"a", "b"})]


def test_beside_a_file_lies_its_workspace(write: Write) -> None:
    write({"a.segql": A, "b.segql": B, "deep/c.segql": C})
    assert names("a.segql") == [(["a.segql"], {"a", "b"})]


def test_with_a_configuration_it_is_all_below_that(write: Write) -> None:
    write({"segql.toml": "", "one/a.segql": A, "two/b.segql": B})
    assert names("one/a.segql") == [(["one/a.segql"], {"a", "b"})]


def test_a_file_named_twice_is_read_once(write: Write) -> None:
    root = write({"a.segql": A, "deep/note.txt": ""})
    asked = names("deep/../a.segql", "a.segql", "./a.segql", str(root / "a.segql"), ".")
    assert asked == [(["a.segql"], {"a"})]


@pytest.mark.parametrize("paths", [(".", "deep"), ("deep", "."), (".", "deep/b.segql")])
def test_what_lies_in_a_named_folder_belongs_to_its_workspace(
    write: Write, paths: tuple[str, str]
) -> None:
    write({"a.segql": A, "deep/b.segql": B})
    ((files, slugs),) = names(*paths)
    assert sorted(map(str, files)) == ["a.segql", "deep/b.segql"]
    assert slugs == {"a", "b"}


def test_two_folders_are_two_workspaces(write: Write) -> None:
    write({"one/a.segql": A, "two/b.segql": B})
    assert names("one", "two") == [(["one/a.segql"], {"a"}), (["two/b.segql"], {"b"})]


def test_a_folder_with_its_own_configuration_is_a_workspace_of_its_own(write: Write) -> None:
    write({"a.segql": A, "shop/segql.toml": "line-length = 40", "shop/deep/b.segql": B})
    outer, shop = select([Path()])
    assert told(outer) == (["a.segql"], {"a"})
    assert told(shop) == (["shop/deep/b.segql"], {"b"})
    assert (outer.config.line_length, shop.config.line_length) == (None, 40)


def test_the_workspace_around_a_file_ends_where_another_begins(write: Write) -> None:
    write({"segql.toml": "", "a.segql": A, "shop/segql.toml": "", "shop/b.segql": B})
    assert names("a.segql") == [(["a.segql"], {"a"})]


def test_a_text_stands_for_the_file_of_its_path(write: Write) -> None:
    write({"a.segql": A, "b.segql": B})
    text = parse("FILTER other ALIAS other", "a.segql")
    (selection,) = select([], text)
    assert selection.files == (text,)
    assert set(selection.workspace.by_slug) == {"other", "b"}


def test_a_text_beside_paths(write: Write) -> None:
    write({"a.segql": A, "deep/b.segql": B})
    text = parse("FILTER other ALIAS other", "deep/b.segql")
    (selection,) = select([Path()], text)
    assert told(selection) == (["a.segql", "deep/b.segql"], {"a", "other"})


def test_what_cannot_be_read_beside_a_file_is_no_reason_to_stop(write: Write) -> None:
    root = write({"a.segql": A, "folder.segql/b.segql": B})
    (root / ".#a.segql").symlink_to("somebody@host.1234")  # an editor's lock
    assert names("a.segql") == [(["a.segql"], {"a"})]


def test_a_pipe_beside_a_file_is_not_waited_for(write: Write) -> None:
    root = write({"a.segql": A})
    os.mkfifo(root / "pipe.segql")
    assert names("a.segql") == [(["a.segql"], {"a"})]
    assert names(".") == [(["a.segql"], {"a"})]


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nope\.segql"):
        select([Path("nope.segql")])
