"""Files, statements and clauses."""

from __future__ import annotations

import pytest

from segql.syntax.nodes import Identifier
from segql.syntax.parser import parse


@pytest.mark.parametrize("text", ["", "\n \t", "-- only a comment", ";", ";;\n;", "\ufeff"])
def test_a_file_without_a_segment(text: str) -> None:
    parsed = parse(text)
    assert parsed.statements == ()
    assert parsed.diagnostics == ()


@pytest.mark.parametrize(
    "text",
    [
        "FILTER a FILTER b",
        "FILTER a; FILTER b;",
        "a; b",
        "a FILTER b",
        "a;;b;",
        "filter a\r\nFilter b",
    ],
)
def test_statements_end_at_a_semicolon_or_the_next_filter(text: str) -> None:
    parsed = parse(text)
    assert parsed.diagnostics == ()
    assert [s.filter for s in parsed.statements] == [Identifier("a"), Identifier("b")]


@pytest.mark.parametrize(
    "clauses",
    [
        'FROM user LIMIT 5 WITH name = "x" ALIAS Vip',
        'ALIAS Vip WITH name = "x" LIMIT 5 FROM user',
        'with {"name": "x"} alias Vip from user limit 5',
    ],
)
def test_clauses_are_read_in_any_order(clauses: str) -> None:
    parsed = parse(f"FILTER a {clauses}")
    assert parsed.diagnostics == ()
    (statement,) = parsed.statements
    assert (statement.table, statement.limit) == ("user", 5)
    assert (statement.options, statement.alias) == ({"name": "x"}, "Vip")


def test_absent_clauses() -> None:
    (statement,) = parse("FILTER a").statements
    assert (statement.table, statement.limit, statement.alias) == (None, None, None)
    assert statement.options == {}


OPTIONS = {
    'name = "x", n = 5': {"name": "x", "n": 5},
    'name = "x" n = 5,': {"name": "x", "n": 5},
    "n == -1.5, kind = aspect": {"n": -1.5, "kind": "aspect"},
    "is_public = TRUE, x = null": {"is_public": True, "x": None},
    'tags = ["a", b, 1], none = []': {"tags": ["a", "b", 1], "none": []},
    "n = 0x10": {"n": 16},
    "{}": {},
    r'{"a": "x\"\\\u00e9", "b": [1, {"c": null}], "d": -1.5e-2}': {
        "a": 'x"\\é',
        "b": [1, {"c": None}],
        "d": -0.015,
    },
}


@pytest.mark.parametrize(("text", "options"), OPTIONS.items(), ids=list(OPTIONS))
def test_options(text: str, options: dict[str, object]) -> None:
    parsed = parse(f"FILTER a WITH {text}\nALIAS x")
    assert parsed.diagnostics == ()
    assert parsed.statements[0].options == options
    assert parsed.statements[0].alias == "x"


def test_spans_are_those_of_the_text() -> None:
    text = "-- x\nFILTER AND (café > 1, NOT b)\nALIAS z"
    (statement,) = parse(text).statements
    assert text[statement.start : statement.end] == "FILTER AND (café > 1, NOT b)\nALIAS z"
    assert text[statement.filter.start : statement.filter.end] == "AND (café > 1, NOT b)"


COMMENTS_ABOVE = {
    "-- One\n-- two\nFILTER a": "One\ntwo",
    "/* One\n * two\n */\nFILTER a": "One\ntwo",
    "-- One\n\n-- two\nFILTER a": "two",
    "-- One\n\nFILTER a": "",
    "FILTER b -- not mine\nFILTER a": "",
    "FILTER b;\n# mine\nFILTER a": "mine",
    "-- segql: ignore[X]\n-- mine\nFILTER a": "mine",
    "FILTER -- inside\n a": "",
}


@pytest.mark.parametrize(("text", "said"), COMMENTS_ABOVE.items(), ids=list(COMMENTS_ABOVE))
def test_the_comment_block_above_describes_a_statement(text: str, said: str) -> None:
    assert parse(text).statements[-1].comment == said
