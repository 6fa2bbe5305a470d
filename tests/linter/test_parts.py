"""A text that is edited says what it says when it is read anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from segql.diagnostics.choice import ALL, named
from segql.linter.examine import examine
from segql.linter.examined import Examined
from segql.linter.options import Options, Settings
from segql.linter.pages import example_catalog
from segql.linter.parts import Examiner
from segql.syntax.parser import parse
from tests import texts

ASKED = Options(named(ALL), example_catalog(), Settings(tags=("vip",), today="2026-06-15"))

STATEMENTS = (
    "FILTER AND (visitct > 5, INCLUDE vip) ALIAS a",
    '-- The best.\nFILTER city = "Berlin"\nWITH name = "Best", tags = ["vip"]\nALIAS best',
    "filter a > 1 from user alias a;",
    'FILTER OR (\n    visitct > 1,\n\n    visitct > 2,\n) ALIAS "b c"',
    "visitct >",
    "FILTER AND (a, b",
    'FILTER name = "one\n\nFILTER two" ALIAS over_lines',
    "/* a block\n\nFILTER of words */",
    "-- segql: ignore[LOG001] until 2020-01-01 why",
    "-- segql: ignore[MET]",
    "-- segql: ignore-file[STY]",
    "# only a comment",
    'FILTER a = "x',
    "FILTER a = 1 /* open",
    "FILTER `a",
    "FILTER [a b] > 7 AND NOT c",
    'WITH {"name": "x"}',
    "FILTER is_member FROM user LIMIT 5 ALIAS one ALIAS two",
    "FILTER visitct BETWEEN 7 AND 3",
    'FILTER name = "\u200bx" ALIAS \u0430bc',
    "FILTER",
    ")",
)
SEPARATORS = ("\n\n", "\n", "\n\n\n", "\r\n\r\n", "\n \t\n", " ", ";\n\n", "\n\n\r\n")
TYPED = ("", " ", "\n", "\n\n", '"', "(", ")", "`", "/*", "*/", "-- x\n", "FILTER ", ";", "a", ",")


def whole(text: str) -> Examined:
    return examine(parse(text), ASKED)


def same(found: Examined, text: str) -> None:
    expected = whole(text)
    assert sorted(found.problems, key=_place) == sorted(expected.problems, key=_place)
    assert found.outlines == expected.outlines
    assert found.suppressions == expected.suppressions


def _place(problem: object) -> str:
    return repr(problem)


@st.composite
def files(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.tuples(st.sampled_from(STATEMENTS), st.sampled_from(SEPARATORS))))
    return "".join(statement + separator for statement, separator in parts)


@given(files(), st.data())
def test_every_edit(text: str, data: st.DataObject) -> None:
    examiner = Examiner(ASKED)
    same(examiner.examine(text), text)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 12)))
        text = text[:start] + data.draw(st.sampled_from(TYPED)) + text[end:]
        same(examiner.examine(text), text)


@given(st.lists(texts.of_the_grammar(), max_size=4))
def test_texts_of_the_grammar(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    same(Examiner(ASKED).examine(text), text)


def test_only_what_changed_is_read(monkeypatch: object) -> None:
    from segql.linter import parts

    read: list[str] = []

    def counting(text: str) -> object:
        read.append(text)
        return parse(text)

    monkeypatch.setattr(parts, "parse", counting)  # type: ignore[attr-defined]
    examiner = Examiner(ASKED)
    statements = [f"-- Number {i}.\nFILTER a > {i} ALIAS s{i}" for i in range(20)]
    examiner.examine("\n\n".join(statements))
    assert len(read) == 20
    read.clear()
    statements[7] = statements[7].replace("> 7", "> 70")
    examiner.examine("\n\n".join(statements))
    assert read == [statements[7] + "\n\n"]
