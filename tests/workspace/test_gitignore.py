"""What git ignores is no part of the workspace."""

from __future__ import annotations

import pytest

from .conftest import SEGMENT, Write, found


def test_patterns_of_the_folder_hold(write: Write) -> None:
    root = write(
        {
            ".gitignore": "# made by a tool\ndrafts/\n*.tmp.segql\n/top.segql\n",
            "drafts/a.segql": SEGMENT,
            "b.tmp.segql": SEGMENT,
            "top.segql": SEGMENT,
            "kept/top.segql": SEGMENT,
        }
    )
    assert found(root) == ["kept/top.segql"]


def test_patterns_of_a_subfolder_hold_only_below_it(write: Write) -> None:
    root = write(
        {
            "one/.gitignore": "draft.segql\n",
            "one/draft.segql": SEGMENT,
            "one/deep/draft.segql": SEGMENT,
            "two/draft.segql": SEGMENT,
        }
    )
    assert found(root) == ["two/draft.segql"]


def test_a_later_line_can_take_a_pattern_back(write: Write) -> None:
    root = write(
        {
            ".gitignore": "*.segql\n!keep.segql\n",
            "keep.segql": SEGMENT,
            "other.segql": SEGMENT,
        }
    )
    assert found(root) == ["keep.segql"]


def test_the_nearest_file_decides(write: Write) -> None:
    root = write(
        {
            ".gitignore": "*.segql\n",
            "a.segql": SEGMENT,
            "mine/.gitignore": "!b.segql\n",
            "mine/b.segql": SEGMENT,
            "mine/c.segql": SEGMENT,
        }
    )
    assert found(root) == ["mine/b.segql"]


def test_nothing_below_an_ignored_folder_can_be_taken_back(write: Write) -> None:
    root = write(
        {
            ".gitignore": "drafts/\n",
            "drafts/.gitignore": "!a.segql\n",
            "drafts/a.segql": SEGMENT,
        }
    )
    assert found(root) == []


def test_the_folders_above_count_up_to_the_one_of_the_repository(write: Write) -> None:
    root = write(
        {
            ".gitignore": "outside.segql\n",
            "repo/.git/HEAD": "",
            "repo/.gitignore": "drafts/\n",
            "repo/team/drafts/a.segql": SEGMENT,
            "repo/team/outside.segql": SEGMENT,
        }
    )
    assert found(root / "repo/team") == ["outside.segql"]


def test_without_a_repository_the_folders_above_say_nothing(write: Write) -> None:
    root = write({".gitignore": "*.segql\n", "team/a.segql": SEGMENT})
    assert found(root / "team") == ["a.segql"]


@pytest.mark.parametrize("named", ["drafts", "drafts/deep"])
def test_a_folder_that_is_named_itself_is_walked(write: Write, named: str) -> None:
    root = write(
        {
            ".git/HEAD": "",
            ".gitignore": "drafts/\n",
            "drafts/deep/a.segql": SEGMENT,
        }
    )
    assert found(root / named, root) == ["drafts/deep/a.segql"]


@pytest.mark.parametrize("line", ["!", "name\\", "\\"])
def test_a_line_that_is_no_pattern_is_passed_over(write: Write, line: str) -> None:
    root = write({".gitignore": f"{line}\nb.segql\n", "a.segql": SEGMENT, "b.segql": SEGMENT})
    assert found(root) == ["a.segql"]


def test_a_file_that_is_not_utf8_still_counts(write: Write) -> None:
    root = write({"a.segql": SEGMENT, "b.segql": SEGMENT})
    (root / ".gitignore").write_bytes(b"# \xff\nb.segql\n")
    assert found(root) == ["a.segql"]
