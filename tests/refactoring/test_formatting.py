"""Some statements formatted, and lines indented while they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.formatter import FormatError, format_text
from segql.refactoring.formatting import formatted_between, indentation, is_in_text
from segql.syntax.parser import parse
from tests import texts

from .marked import applied, marked

TOUCHED = [
    (  # the others stay as they are
        "FILTER   a ALIAS a\n\nFILTER   ‸b ALIAS b\n\nFILTER   c ALIAS c",
        "FILTER   a ALIAS a\n\nFILTER b ALIAS b\n\nFILTER   c ALIAS c",
    ),
    (
        "FILTER   a‸ ALIAS a\n\nFILTER   ‸b ALIAS b\n\nFILTER   c ALIAS c",
        "FILTER a ALIAS a\n\nFILTER b ALIAS b\n\nFILTER   c ALIAS c",
    ),
    (  # a mistake in one does not keep another from it
        "FILTER   a > ALIAS a\n\n-- b\nFILTER   b‸ ALIAS b -- end\n\n-- c\nFILTER   c",
        "FILTER   a > ALIAS a\n\n-- b\nFILTER b ALIAS b  -- end\n\n-- c\nFILTER   c",
    ),
    ("FILTER   a‸ >  ALIAS a\n\nFILTER  b", "FILTER   a >  ALIAS a\n\nFILTER  b"),
    (  # they share a line
        "FILTER   a; FILTER   b‸\n\nFILTER   c\nFILTER d >",
        "FILTER a\n\nFILTER b\n\nFILTER   c\nFILTER d >",
    ),
    (
        'FILTER   c\r\n\r\nFILTER AND (s = "😀",\r\n t)‸',
        'FILTER   c\r\n\r\nFILTER AND (s = "😀", t)',
    ),
    ("FILTER   a\n\n‸\n\nFILTER  b", "FILTER   a\n\n\n\nFILTER  b"),
]
TYPED = [  # the line of the cursor, and its indentation
    ("FILTER AND (\n‸", 4),
    ("FILTER AND (\n    a,\n‸", 4),
    ("FILTER AND (\n    OR (\n‸", 8),
    ("FILTER AND (\n    OR (\n    ‸)", 4),
    ("FILTER AND (\n    OR (\n        a,\n    ),\n‸", 4),
    ("FILTER AND (a, OR (\n‸", 4),
    ("FILTER AND (\n    a\n‸)\nALIAS x", 0),
    ("FILTER a > 1\n‸", 0),
    ("FILTER a > 1\n‸ALIAS x", 0),
    ("FILTER\n‸", 4),
    ("FILTER a AND\n‸", 4),
    ("FILTER a WITH\n‸", 4),
    ("FILTER a WITH x = 1,\n‸", 4),
    ("FILTER a WITH tags = [\n‸", 4),
    ("FILTER AND (\n    a IN (\r\n‸", 8),
    ('FILTER a = "(\n‸', None),
    ('FILTER a = "(\n(\n‸"', None),
    ("/* (\n‸", None),
    ("-- (\n‸", 0),
    ('FILTER s = "😀" AND (\n‸', 4),
    ("FILTER AND (a >\nFILTER b\n‸", 0),
    (")\n‸", 0),
    ("‸", 0),
]
IN_TEXT = [
    ('FILTER a = "x ‸y"', True),
    ('FILTER a = "x y" ‸', False),
    ("FILTER a -- x‸", True),
    ("FILTER a -- x\n‸", False),
    ("FILTER a /* x‸ */", True),
    ("FILTER a /* x */‸", False),
    ("FILTER `a ‸b`", True),
    ('FILTER a = "x\n ‸ y\n"', True),
]


def between(text: str, start: int, end: int) -> str | None:
    edits = formatted_between(parse(text), start, end, 88)
    return None if edits is None else applied(text, edits)


@pytest.mark.parametrize(("text", "expected"), TOUCHED)
def test_touched_statements_are_formatted(text: str, expected: str) -> None:
    file, start, end = marked(text)
    assert between(file.source.text, start, end) == expected


@given(texts.of_the_grammar(), st.data())
def test_any_stretch_of_any_text(text: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    once = between(text, start, end)
    if once is None:
        return
    before, after = parse(text), parse(once)
    assert after.statements == before.statements
    assert [c.text for c in after.comments] == [c.text for c in before.comments]
    assert [p.code for p in after.diagnostics] == [p.code for p in before.diagnostics]


@given(st.sampled_from(texts.valid()))
def test_a_range_of_everything_is_the_document(text: str) -> None:
    try:
        expected = format_text(text)
    except FormatError:
        expected = None
    if expected is not None:
        assert between(text, 0, len(text)) == expected


@given(st.lists(st.sampled_from(texts.valid()), min_size=1, max_size=3), st.data())
def test_what_is_formatted_stays_so(parts: list[str], data: st.DataObject) -> None:
    text = "\n\n".join(["FILTER a >", *parts])
    index = data.draw(st.integers(0, len(parse(text).statements) - 1))
    once = between(text, *[parse(text).statements[index].start] * 2)
    assert once is not None
    assert between(once, *[parse(once).statements[index].start] * 2) == once


@pytest.mark.parametrize(("text", "expected"), TYPED)
def test_a_line_is_indented(text: str, expected: int | None) -> None:
    file, offset, _ = marked(text)
    assert indentation(file.source.text, offset) == expected


@pytest.mark.parametrize(("text", "expected"), IN_TEXT)
def test_what_is_in_a_text(text: str, expected: bool) -> None:
    file, offset, _ = marked(text)
    assert is_in_text(file.source.text, offset) == expected


@given(texts.of_the_grammar())
def test_any_line_of_any_text_has_an_indentation_or_none(text: str) -> None:
    for offset in range(0, len(text), 7):
        assert indentation(text, offset) in (None, *range(4 * len(text) + 5))
        is_in_text(text, offset)
