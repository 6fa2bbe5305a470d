"""Hints in the text: what date math means now, and the types of fields."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from segql_lsp.documents import Document
from segql_lsp.inlay_hints import hints
from segql_lsp.settings import InlayHints, Settings
from tests.lsp.any_text import TEXTS
from tests.lsp.desk import Desk

NOW = datetime(2026, 10, 26, 12, 0, 4, 999, UTC)
INSTANTS = InlayHints(instants=True, types=False)
TYPES = InlayHints(instants=False, types=True)
BOTH = InlayHints(instants=True, types=True)
NONE = InlayHints(instants=False, types=False)
FIELDS = """{"fields": [
    {"name": "seen", "type": "date", "description": "The *last* visit."},
    {"name": "city", "type": "string"}, {"name": "visits", "type": "int"},
    {"name": "counts", "type": "map[string]int"}, {"name": "days", "type": "[]time"},
    {"name": "odd", "type": "any"}
]}"""
CONTENT = '{"fields": {"seen": "int", "title": "string"}}'

# A text, and the same with its hints in braces.
SHOWN = {
    "days are dates": ('FILTER seen > "now-3d"', 'FILTER seen > "now-3d"{2026-10-23}'),
    "weeks, months, years": (
        'FILTER OR (a > "now-1w", a > "now+1M", a < "now-2y")',
        'FILTER OR (a > "now-1w"{2026-10-19}, a > "now+1M"{2026-11-26}, a < "now-2y"{2024-10-26})',
    ),
    "hours and minutes have a time": (
        'FILTER OR (a > "now-3h", a > "now-90m")',
        'FILTER OR (a > "now-3h"{2026-10-26 09:00 UTC}, a > "now-90m"{2026-10-26 10:30 UTC})',
    ),
    "seconds": ('FILTER a > "now-5s"', 'FILTER a > "now-5s"{2026-10-26 11:59:59 UTC}'),
    "between": (
        'FILTER a BETWEEN "now-2d" AND "now-1d"',
        'FILTER a BETWEEN "now-2d"{2026-10-24} AND "now-1d"{2026-10-25}',
    ),
    "on the left": ('FILTER "now-1d" < a', 'FILTER "now-1d"{2026-10-25} < a'),
    "very long ago": ('FILTER a > "now-9999y"', 'FILTER a > "now-9999y"{0001-01-01}'),
    "dates of a set": ('FILTER days > "now-1d"', 'FILTER days > "now-1d"{2026-10-25}'),
    "no date math": ('FILTER a > "now-1D"', 'FILTER a > "now-1D"'),
    "a fixed date": ('FILTER a > "2026-01-01"', 'FILTER a > "2026-01-01"'),
    "a field that is no date": ('FILTER city = "now-1d"', 'FILTER city = "now-1d"'),
    "a pattern": ('FILTER a LIKE "now-1d"', 'FILTER a LIKE "now-1d"'),
    "a name": ('FILTER a ALIAS b WITH name = "now-1d"', 'FILTER a ALIAS b WITH name = "now-1d"'),
    "another table": (
        'FILTER seen > "now-1d" FROM content; FILTER x > "now-1d" FROM content',
        'FILTER seen > "now-1d" FROM content; FILTER x > "now-1d"{2026-10-25} FROM content',
    ),
    "broken": ('FILTER AND (b >, a > "now-1d"', 'FILTER AND (b >, a > "now-1d"{2026-10-25}'),
    "emoji and line ends": (
        'FILTER AND (\r\n "😀" = b,\r\n `😀` > "now-1d"',
        'FILTER AND (\r\n "😀" = b,\r\n `😀` > "now-1d"{2026-10-25}',
    ),
}
TYPED = {
    "each where it stands first": (
        "FILTER AND (visits > 5, city = visits, visits < 9)",
        "FILTER AND (visits{: int} > 5, city{: string} = visits, visits < 9)",
    ),
    "each statement anew": (
        "FILTER visits; FILTER visits",
        "FILTER visits{: int}; FILTER visits{: int}",
    ),
    "a key of a map": ("FILTER counts.web > 1", "FILTER counts.web{: int} > 1"),
    "what is not known": ("FILTER OR (odd, nothing)", "FILTER OR (odd, nothing)"),
    "another table": (
        "FILTER OR (title, seen, city) FROM content",
        "FILTER OR (title{: string}, seen{: int}, city) FROM content",
    ),
    "broken": ("FILTER AND (visits >", "FILTER AND (visits{: int} >"),
}


def _desk(root: Path, settings: InlayHints = INSTANTS) -> Desk:
    files = {
        "segql.toml": "",
        "catalog.user.json": FIELDS,
        "catalog.content.json": CONTENT,
    }
    return Desk(root, files, settings=Settings(inlay_hints=settings))


def _shown(document: Document, settings: InlayHints) -> str:
    text = document.text
    found = hints(document, (0, len(text)), settings, NOW)
    places = [document.offset(hint.position) for hint in found]
    assert places == sorted(places)
    for place, hint in reversed([*zip(places, found, strict=True)]):
        text = f"{text[:place]}{{{hint.label}}}{text[place:]}"
    return text


@pytest.mark.parametrize("case", SHOWN)
def test_instants(case: str, tmp_path: Path) -> None:
    text, expected = SHOWN[case]
    document = _desk(tmp_path).open("a.segql", text)
    assert _shown(document, INSTANTS) == expected
    assert _shown(document, NONE) == text


@pytest.mark.parametrize("case", TYPED)
def test_types(case: str, tmp_path: Path) -> None:
    text, expected = TYPED[case]
    document = _desk(tmp_path).open("a.segql", text)
    assert _shown(document, TYPES) == expected
    assert _shown(document, NONE) == text


def test_both_in_the_order_of_the_text(tmp_path: Path) -> None:
    document = _desk(tmp_path).open("a.segql", 'FILTER AND (seen > "now-1d", visits)')
    expected = 'FILTER AND (seen{: date} > "now-1d"{2026-10-25}, visits{: int})'
    assert _shown(document, BOTH) == expected


def test_what_a_hint_says_more(tmp_path: Path) -> None:
    document = _desk(tmp_path).open("a.segql", 'FILTER seen > "now-1d"')
    of_type, of_instant = hints(document, (0, len(document.text)), BOTH, NOW)
    assert of_type.tooltip == "The *last* visit.", "a text, and no markup"
    assert of_type.kind == types.InlayHintKind.Type
    assert of_instant.tooltip == "2026-10-25 12:00:04 UTC, counted from now"
    assert of_instant.padding_left


def test_only_what_is_seen(tmp_path: Path) -> None:
    """What stands first does not depend on what is seen, lest hints come and go in scrolling."""
    desk = _desk(tmp_path, TYPES)
    desk.open("a.segql", "FILTER AND (\n visits,\n‸ city, visits\n‸)")
    params = types.InlayHintParams(desk.identifier("a.segql"), desk.range("a.segql"))
    (hint,) = desk.ask(types.TEXT_DOCUMENT_INLAY_HINT, params)
    assert (hint.label, hint.position.line) == (": string", 2)


def test_an_answer_counts_from_the_present(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    desk.open("a.segql", '‸FILTER a > "now-1s"‸')
    params = types.InlayHintParams(desk.identifier("a.segql"), desk.range("a.segql"))
    (hint,) = desk.ask(types.TEXT_DOCUMENT_INLAY_HINT, params)
    moment = datetime.strptime(hint.label, "%Y-%m-%d %H:%M:%S UTC").replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - moment).total_seconds()) < 60


def test_no_document_no_hints(tmp_path: Path) -> None:
    nowhere = types.TextDocumentIdentifier("file:///nowhere/a.segql")
    empty = types.Range(types.Position(0, 0), types.Position(0, 0))
    params = types.InlayHintParams(nowhere, empty)
    assert Desk(tmp_path, {}).ask(types.TEXT_DOCUMENT_INLAY_HINT, params) is None


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(
    text=TEXTS | TEXTS.map(lambda text: f'visits > 5 AND seen > "now-1h" {text}'), data=st.data()
)
def test_any_text(text: str, data: st.DataObject, root: Path) -> None:
    document = _desk(root).open("any.segql", text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for hint in hints(document, (start, end), BOTH, NOW):
        assert start <= document.offset(hint.position) <= end
        assert hint.label
