"""The findings of all rules together."""

from __future__ import annotations

import segql
from segql.linter import check_files
from segql.syntax.parser import parse
from segql.workspace import Workspace

from .conftest import told


def test_diagnostics_of_parser_and_rules_come_in_the_order_of_the_text() -> None:
    text = "FILTER INCLUDE nowhere ALIAS a\nFILTER b >\nFILTER pow(c, -1) ALIAS a"
    assert [code for code, _, _ in told(text)] == ["REF001", "SYN002", "PORT002", "REF003"]


def test_only_the_files_that_were_asked_for_are_reported() -> None:
    asked = parse("FILTER INCLUDE b ALIAS a", "a.segql")
    other = parse("FILTER b > ; FILTER b ALIAS b", "b.segql")
    assert check_files(Workspace([asked, other]), [asked]) == [(asked, [])]


def test_a_text_is_checked_like_a_file() -> None:
    text = "FILTER INCLUDE a ALIAS a"
    assert [problem.message for problem in segql.check(text)] == ["this segment includes itself"]


def test_nothing_is_wrong_with_nothing() -> None:
    assert segql.check("") == []
    assert segql.check("-- a note\n") == []
