"""The configuration's own patterns."""

from __future__ import annotations

from .conftest import SEGMENT, Write, found


def test_patterns_are_relative_to_the_configuration(write: Write) -> None:
    root = write(
        {
            "segql.toml": 'exclude = ["/drafts/", "*.old.segql"]',
            "drafts/a.segql": SEGMENT,
            "team/drafts/b.segql": SEGMENT,
            "team/c.old.segql": SEGMENT,
        }
    )
    assert found(root) == ["team/drafts/b.segql"]
    assert found(root / "team", root) == ["team/drafts/b.segql"]


def test_a_pattern_can_be_taken_back(write: Write) -> None:
    root = write(
        {
            "segql.toml": 'exclude = ["*.segql", "!a.segql"]',
            "a.segql": SEGMENT,
            "b.segql": SEGMENT,
        }
    )
    assert found(root) == ["a.segql"]


def test_it_goes_before_gitignore(write: Write) -> None:
    root = write(
        {
            "segql.toml": 'exclude = ["a.segql"]',
            "deep/.gitignore": "!a.segql",
            "deep/a.segql": SEGMENT,
            "deep/b.segql": SEGMENT,
        }
    )
    assert found(root) == ["deep/b.segql"]


def test_an_excluded_folder_that_is_named_is_walked(write: Write) -> None:
    root = write({"segql.toml": 'exclude = ["broken/"]', "broken/a.segql": SEGMENT})
    assert found(root) == []
    assert found(root / "broken") == ["a.segql"]


def test_a_folder_with_its_own_configuration_has_its_own_patterns(write: Write) -> None:
    root = write(
        {
            "segql.toml": 'exclude = ["a.segql"]',
            "a.segql": SEGMENT,
            "shop/segql.toml": 'exclude = ["b.segql"]',
            "shop/a.segql": SEGMENT,
            "shop/b.segql": SEGMENT,
            "shop/deep/b.segql": SEGMENT,
        }
    )
    assert found(root) == ["shop/a.segql"]
    assert found(root / "shop", root) == ["shop/a.segql"]
