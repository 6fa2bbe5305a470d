"""How a folder is walked, as the command line tells it."""

from __future__ import annotations

import pytest

from .conftest import Shell, Write


def checked(segql: Shell, *paths: str) -> list[str]:
    """The files a check looks at: each of them has one mistake."""
    run = segql("check", *paths)
    return [line.split(":")[0] for line in run.out.splitlines() if "SYN002" in line]


@pytest.fixture
def files(write: Write) -> None:
    for name in ("a", "drafts/b", "team/drafts/c", "team/d", ".hidden/e", "node_modules/f"):
        write(f"{name}.segql", "FILTER x >")


@pytest.mark.usefixtures("files")
def test_without_patterns(segql: Shell) -> None:
    expected = ["a.segql", "drafts/b.segql", "team/d.segql", "team/drafts/c.segql"]
    assert checked(segql) == checked(segql, ".") == expected


@pytest.mark.usefixtures("files")
def test_gitignore_nested_negated_and_above(segql: Shell, write: Write) -> None:
    write(".git/HEAD", "")
    write(".gitignore", "drafts/\n")
    write("team/.gitignore", "!drafts/\nd.segql\n")
    assert checked(segql) == ["a.segql", "team/drafts/c.segql"]
    assert checked(segql, "team") == ["team/drafts/c.segql"]


@pytest.mark.usefixtures("files")
def test_what_is_named_is_checked_whatever_the_patterns_say(segql: Shell, write: Write) -> None:
    write(".git/HEAD", "")
    write(".gitignore", "drafts/\n")
    write("segql.toml", 'exclude = ["team/"]')
    assert checked(segql) == ["a.segql"]
    assert checked(segql, "drafts") == ["drafts/b.segql"]
    assert checked(segql, "team/d.segql") == ["team/d.segql"]
    assert checked(segql, ".hidden", "node_modules") == [".hidden/e.segql", "node_modules/f.segql"]


@pytest.mark.usefixtures("files")
def test_exclude_holds_from_every_folder(segql: Shell, write: Write) -> None:
    write("pyproject.toml", '[tool.segql]\nexclude = ["/drafts/"]')
    assert checked(segql) == ["a.segql", "team/d.segql", "team/drafts/c.segql"]
    assert checked(segql, "team") == ["team/d.segql", "team/drafts/c.segql"]
