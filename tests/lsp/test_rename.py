"""textDocument/prepareRename and textDocument/rename."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from tests.lsp.desk import MARK, Desk, said
from tests.lsp.raw import RawClient

VERSIONS = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True)
    )
)


def prepared(desk: Desk, name: str = "a.segql") -> Any:
    params = types.PrepareRenameParams(desk.identifier(name), desk.position(name))
    return desk.ask(types.TEXT_DOCUMENT_PREPARE_RENAME, params)


def edit(desk: Desk, new: str, name: str = "a.segql") -> types.WorkspaceEdit:
    params = types.RenameParams(desk.identifier(name), desk.position(name), new)
    return desk.ask(types.TEXT_DOCUMENT_RENAME, params)


def renamed(desk: Desk, new: str, name: str = "a.segql") -> dict[str, str]:
    return desk.texts(edit(desk, new, name))


# ---- What it makes ----------------------------------------------------------------------

# The text at the cursor, the new name, and the text then.
SEGMENTS = [
    ("FILTER a ALIAS v‸ip", "best", "FILTER a ALIAS best"),
    ("FILTER a ALIAS VIP‸; FILTER INCLUDE vip", "best", "FILTER a ALIAS best; FILTER INCLUDE best"),
    ("FILTER INCLUDE v‸ip;\r\nFILTER a ALIAS vip", "b", "FILTER INCLUDE b;\r\nFILTER a ALIAS b"),
    ("FILTER a ALIAS v‸ip", " two words ", "FILTER a ALIAS `two words`"),
    ("FILTER a ALIAS v‸ip", "limit", "FILTER a ALIAS `limit`"),
    ("FILTER a ALIAS v‸ip", "VIP", "FILTER a ALIAS VIP"),
    ("FILTER a ALIAS `v‸ip`", "2nd", "FILTER a ALIAS 2nd"),
    (
        'FILTER OR (INCLUDE "vip", city = "🛒", in_segment("VI‸P")); FILTER a WITH slug_name = vip',
        "two words",
        'FILTER OR (INCLUDE "two words", city = "🛒", in_segment("two words")); '
        "FILTER a WITH slug_name = `two words`",
    ),
    (
        'FILTER INCLUDE v‸ip; FILTER a WITH {"slug_name": "vip", "name": "vip"} ALIAS VIP',
        'say "b"',
        'FILTER INCLUDE `say "b"`; '
        'FILTER a WITH {"slug_name": "say \\"b\\"", "name": "vip"} ALIAS `say "b"`',
    ),
    (
        "FILTER AND (INCLUDE v‸ip, a > ; FILTER vip ALIAS vip -- vip",
        "b",
        "FILTER AND (INCLUDE b, a > ; FILTER vip ALIAS b -- vip",
    ),
    ("FILTER INCLUDE v‸ip ALIAS vip", "b", "FILTER INCLUDE b ALIAS b"),
]
FIELDS = [
    ("FILTER ol‸d > 1 AND old < 5", "new", "FILTER new > 1 AND new < 5"),
    ("FILTER OR (ol‸d, Old, `old`, old.a)", "x y", "FILTER OR (`x y`, Old, `x y`, `x y`.a)"),
    ("FILTER old > 1; FILTER ol‸d FROM content", "new", "FILTER old > 1; FILTER new FROM content"),
    ("FILTER ol‸d.`Web hit`.x > 1", "new", "FILTER new.`Web hit`.x > 1"),
    ("FILTER old.we‸b > 1 OR old.app > 1 OR web", "tv", "FILTER old.tv > 1 OR old.app > 1 OR web"),
    ("FILTER old.we‸b > 1", "Web hit", "FILTER old.`Web hit` > 1"),
    ("FILTER old.we‸b > 1", "a.b", "FILTER old.a.b > 1"),
    ('FILTER AND ("🛒", old‸ > , f(old)', "limit", 'FILTER AND ("🛒", `limit` > , f(`limit`)'),
    ('FILTER ol‸d = "old" ALIAS old', "new", 'FILTER new = "old" ALIAS old'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "new", "expected"), SEGMENTS + FIELDS)
def test_rename(tmp_path: Path, text: str, new: str, expected: str) -> None:
    desk = Desk(tmp_path, {"a.segql": text})
    assert renamed(desk, new) == {"a.segql": expected}


def test_all_files_of_the_folder(tmp_path: Path) -> None:
    files = {
        "a.segql": "FILTER AND (visits > 1, INCLUDE vi‸p)",
        "in/b.segql": "FILTER visits > 2\r\nALIAS VIP",
        "c.segql": 'FILTER INCLUDE "vip" ALIAS c',
        "d.segql": "FILTER vip ALIAS d",
        "other/segql.toml": "",
        "other/e.segql": "FILTER INCLUDE vip",
    }
    desk = Desk(tmp_path, files)
    desk.open("c.segql", "FILTER NOT INCLUDE vip")
    assert renamed(desk, "best") == {
        "a.segql": "FILTER AND (visits > 1, INCLUDE best)",
        "in/b.segql": "FILTER visits > 2\r\nALIAS best",
        "c.segql": "FILTER NOT INCLUDE best",
    }


def test_versions_for_clients_that_check_them(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "", "b.segql": "FILTER INCLUDE vip"})
    desk.open("a.segql", "FILTER a ALIAS v‸ip")
    assert edit(desk, "b").document_changes is None
    desk.server.protocol.client_capabilities = VERSIONS
    found = edit(desk, "b")
    assert found.changes is None
    versions = [change.text_document.version for change in found.document_changes or ()]  # type: ignore[union-attr]
    assert versions == [1, None]
    assert desk.texts(found) == {"a.segql": "FILTER a ALIAS b", "b.segql": "FILTER INCLUDE b"}


# ---- What is asked before ---------------------------------------------------------------

# The text at the cursor, the range that is renamed, and the name to begin with.
PREPARED = [
    ("FILTER 🛒 and a ALIAS V‸ip", "Vip", "Vip"),
    ("FILTER INCLUDE `two ‸words`; FILTER a ALIAS `Two words`", "`two words`", "two words"),
    ('FILTER in_segment("VI‸P"); FILTER a ALIAS vip', '"VIP"', "vip"),
    ("FILTER cou‸nts.web", "counts", "counts"),
    ("FILTER counts.`Web ‸hit`", "`Web hit`", "Web hit"),
    ('FILTER AND (a = "🛒", b > , c.we‸b', "web", "web"),
]


@pytest.mark.parametrize(("text", "place", "placeholder"), PREPARED)
def test_prepare(tmp_path: Path, text: str, place: str, placeholder: str) -> None:
    desk = Desk(tmp_path, {"a.segql": text})
    found = prepared(desk)
    assert said(desk.document("a.segql"), found.range) == place
    assert found.placeholder == placeholder


@pytest.mark.parametrize(
    "text", ["FIL‸TER a", 'FILTER a = "te‸xt"', "FILTER a > 1‸0", "-- a‸", "‸"]
)
def test_nothing_to_rename(tmp_path: Path, text: str) -> None:
    desk = Desk(tmp_path, {"a.segql": text})
    assert prepared(desk) is None
    with pytest.raises(JsonRpcInvalidParams, match="there is no name here"):
        edit(desk, "new")


REFUSED = {
    "FILTER le‸n(a) > 1": "function of the language",
    "FILTER a FROM con‸tent": "table of the account",
    "FILTER INCLUDE ext‸ernal": "no file here defines",
    "FILTER INCLUDE 3d4240482815b98‸49caf2e6f": "no file here defines",
    "FILTER INCLUDE now‸here": "no file here defines the segment `nowhere`",
}


@pytest.mark.parametrize(("text", "message"), REFUSED.items(), ids=REFUSED)
def test_what_cannot_be_renamed(tmp_path: Path, text: str, message: str) -> None:
    desk = Desk(tmp_path, {"segql.toml": 'external = ["external"]', "a.segql": text})
    with pytest.raises(JsonRpcInvalidParams, match=message):
        prepared(desk)
    with pytest.raises(JsonRpcInvalidParams, match=message):
        edit(desk, "new")


CATALOG = '{"fields": {"visits": "int", "counts": {"type": "map[string]int", "keys": ["web"]}}}'
BAD_NAMES = [
    ("FILTER a ALIAS v‸ip", "", "cannot be empty"),
    ("FILTER a ALIAS v‸ip", "  ", "cannot be empty"),
    ("FILTER a ALIAS v‸ip", "OTHER", "a segment `other` already"),
    ("FILTER a ALIAS v‸ip", "External", "a segment `external` already"),
    ("FILTER a ALIAS v‸ip", "123", "would be an id"),
    ("FILTER a ALIAS v‸ip", "3d4240482815b9849caf2e6f", "would be an id"),
    ("FILTER a ALIAS v‸ip", "a/b", "no address can hold"),
    ("FILTER a ALIAS v‸ip", "..", "no address can hold"),
    ("FILTER a ALIAS v‸ip", "a`b", "a name cannot hold"),
    ("FILTER a ALIAS v‸ip", "a\nb", "a name cannot hold"),
    ("FILTER a ALIAS v‸ip", "a\u202eb", "a name cannot hold"),
    ('FILTER in_segment("VI‸P"); FILTER a ALIAS vip', "a\\", "a name cannot hold"),
    ("FILTER a‸", "a`b", "a name cannot hold"),
    ("FILTER a‸", "a.b", "would be a key"),
    ("FILTER a‸ OR b", "b", "a field `b` already"),
    ("FILTER a‸ OR b.c", "b", "a field `b` already"),
    ("FILTER visits‸ > 1", "counts", "a field `counts` already"),
    ("FILTER a.b‸ OR a.c", "c", "a key `a.c` already"),
    ("FILTER a.b‸", "c.", "has a dot at an end"),
]


@pytest.mark.parametrize(("text", "new", "message"), BAD_NAMES)
def test_names_that_cannot_be_given(tmp_path: Path, text: str, new: str, message: str) -> None:
    files = {
        "segql.toml": 'external = ["external"]',
        "catalog.user.json": CATALOG,
        "a.segql": text,
        "b.segql": "FILTER b ALIAS other",
    }
    with pytest.raises(JsonRpcInvalidParams, match=message):
        edit(Desk(tmp_path, files), new)


# A misspelt name gets that of the catalog, though that one is used already.
CORRECTED = [
    ("FILTER vsits‸ > 1 OR visits", "visits", "FILTER visits > 1 OR visits"),
    ("FILTER counts.wbe‸ OR counts.web", "web", "FILTER counts.web OR counts.web"),
]


@pytest.mark.parametrize(("text", "new", "expected"), CORRECTED)
def test_a_misspelt_field(tmp_path: Path, text: str, new: str, expected: str) -> None:
    files = {"segql.toml": "", "catalog.user.json": CATALOG, "a.segql": text}
    assert renamed(Desk(tmp_path, files), new) == {"a.segql": expected}


# ---- There and back ---------------------------------------------------------------------

# Canonical texts: a name comes back in the quotes that it needs, not in those that it had.
TEXTS = {
    "a.segql": 'FILTER AND (INCLUDE vip, visits > 5, counts.web, c = "🛒 vip") ALIAS good\r\n',
    "b.segql": 'FILTER visits > 10 WITH slug_name = "vip", name = "vip" ALIAS vip\n',
    "c.segql": 'FILTER OR (in_segment("vip"), EXISTS counts.`Web hit`, visits) ALIAS `the rest`',
    "d.segql": "FILTER INCLUDE `the rest` FROM content ALIAS d; FILTER visits ALIAS e",
}  # fmt: skip
PLACES = [
    ("a.segql", "vip", "segment"),
    ("a.segql", "good", "segment"),
    ("c.segql", "the rest", "segment"),
    ("a.segql", "visits", "field"),
    ("a.segql", "counts", "field"),
    ("c.segql", "Web hit", "key"),
]
NAMES = st.text(st.sampled_from("abcäß_-. 1'[]#\"\\🛒"), min_size=1, max_size=8) | st.sampled_from(
    ["filter", "with", "limit", "true", "null", "now", "and", "contains", "len", "user"]
)


@given(st.sampled_from(PLACES), NAMES)
def test_there_and_back(place: tuple[str, str, str], new: str) -> None:
    name, old, kind = place
    new = new.lower()
    texts = {**TEXTS, name: TEXTS[name].replace(old, old[0] + MARK + old[1:], 1)}
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), texts)
        before = problems(desk)
        try:
            made = edit(desk, new, name)
        except JsonRpcInvalidParams:
            return  # said so, and nothing was done
        there, cursor = desk.texts(made), _cursor(desk, made, name, kind)
        for changed, text in there.items():
            desk.open(changed, text)
        desk.marks[name] = [cursor]
        assert problems(desk) <= before
        back = renamed(desk, old, name)
        assert {**TEXTS, **there, **back} == TEXTS


def _cursor(desk: Desk, made: types.WorkspaceEdit, name: str, kind: str) -> int:
    """An offset in the new name: a key stands at the end of what was written."""
    first = (made.changes or {})[desk.uri(name)][0]
    start = desk.document(name).offset(first.range.start)
    return start + (len(first.new_text) if kind == "key" else 1)


def problems(desk: Desk) -> Counter[str]:
    """The codes of what is wrong, with how often."""
    documents = [desk.document(name) for name in TEXTS]
    return Counter(p.code for d in documents for p in d.folder.diagnostics(d))


def test_a_real_client_is_told_why_not(tmp_path: Path) -> None:
    (tmp_path / "a.segql").write_text("FILTER a ALIAS a; FILTER b ALIAS b", encoding="utf-8")
    document = {"uri": (tmp_path / "a.segql").as_uri()}
    asked = {"textDocument": document, "position": {"line": 0, "character": 15}}
    can = {"textDocument": {"rename": {"prepareSupport": True}}}
    with RawClient(tmp_path, can) as client:
        assert client.initialized["capabilities"]["renameProvider"] == {"prepareProvider": True}
        assert client.ask("textDocument/prepareRename", asked)["result"]["placeholder"] == "a"
        error = client.ask("textDocument/rename", {**asked, "newName": "B"})["error"]
        assert error == {"code": -32602, "message": "there is a segment `b` already"}
        made = client.ask("textDocument/rename", {**asked, "newName": "c"})["result"]
        assert [edit["newText"] for edit in made["changes"][document["uri"]]] == ["c"]
