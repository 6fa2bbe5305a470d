"""Call hierarchy over INCLUDE."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.lsp.desk import Desk, said

FILES = {
    "a.segql": 'FILTER OR (INCLUDE b, x > 1, in_segment("B"), INCLUDE gone, INCLUDE c)\r\nALIAS a',
    "b.segql": 'FILTER 🛒;\r\nFILTER INCLUDE c WITH name = "Bees" ALIAS B',
    "c.segql": "FILTER INCLUDE a ALIAS c; FILTER INCLUDE c",
}


def prepared(desk: Desk, name: str) -> list[types.CallHierarchyItem]:
    params = types.CallHierarchyPrepareParams(desk.identifier(name), desk.position(name))
    return desk.ask(types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, params)


def incoming(desk: Desk, item: types.CallHierarchyItem) -> list[types.CallHierarchyIncomingCall]:
    params = types.CallHierarchyIncomingCallsParams(item)
    return desk.ask(types.CALL_HIERARCHY_INCOMING_CALLS, params)


def outgoing(desk: Desk, item: types.CallHierarchyItem) -> list[types.CallHierarchyOutgoingCall]:
    params = types.CallHierarchyOutgoingCallsParams(item)
    return desk.ask(types.CALL_HIERARCHY_OUTGOING_CALLS, params)


def item(desk: Desk, name: str, mark: str) -> types.CallHierarchyItem:
    """The segment whose text the cursor is put before."""
    desk.marks[name] = [desk.document(name).text.index(mark)]
    (found,) = prepared(desk, name)
    return found


# The cursor in a text, and the segments that are meant.
PREPARED = {
    "FILTER a > ‸1 ALIAS x": ["x"],
    "FIL‸TER a > 1": ["(no alias)"],
    "FILTER INCLUDE ‸b ALIAS x": ["B"],
    "FILTER a ALIAS ‸x": ["x"],
    "FILTER INCLUDE ‸gone ALIAS x": [],
    "FILTER AND (a >, INCLUDE ‸B": ["B"],
    "FILTER a >‸": ["(no alias)"],
    "FILTER a ALIAS x;\n\n‸": [],
}


@pytest.mark.parametrize(("text", "expected"), PREPARED.items(), ids=PREPARED)
def test_prepare(tmp_path: Path, text: str, expected: list[str]) -> None:
    desk = Desk(tmp_path, {**FILES, "d.segql": text})
    assert [found.name for found in prepared(desk, "d.segql")] == expected


def test_an_item(tmp_path: Path) -> None:
    desk = Desk(tmp_path, FILES)
    found, document = item(desk, "b.segql", "INCLUDE"), desk.document("b.segql")
    assert (found.uri, found.detail) == (document.uri, "Bees")
    assert said(document, found.range) == 'FILTER INCLUDE c WITH name = "Bees" ALIAS B'
    assert said(document, found.selection_range) == "B"


def test_who_includes_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path, FILES)
    (call,) = incoming(desk, item(desk, "b.segql", "INCLUDE"))
    assert call.from_.name == "a"
    caller = desk.document("a.segql")
    assert [said(caller, where) for where in call.from_ranges] == ["b", '"B"']
    callers = incoming(desk, item(desk, "c.segql", "FILTER"))
    assert [call.from_.name for call in callers] == ["a", "B", "(no alias)"]


def test_whom_it_includes(tmp_path: Path) -> None:
    desk = Desk(tmp_path, FILES)
    first, second = outgoing(desk, item(desk, "a.segql", "x"))
    assert [first.to.name, second.to.name] == ["B", "c"]
    caller = desk.document("a.segql")
    assert [said(caller, where) for where in first.from_ranges] == ["b", '"B"']


def test_a_circle_goes_round(tmp_path: Path) -> None:
    desk = Desk(tmp_path, FILES)
    here, names = item(desk, "a.segql", "x"), list[str]()
    for _ in range(6):
        here = outgoing(desk, here)[-1].to
        names.append(here.name)
    assert names == ["c", "a", "c", "a", "c", "a"]


def test_a_segment_without_a_name(tmp_path: Path) -> None:
    desk = Desk(tmp_path, FILES)
    here = item(desk, "c.segql", "; FILTER INCLUDE c")
    desk.marks["c.segql"] = [desk.document("c.segql").text.rindex("FILTER") + 1]
    (here,) = prepared(desk, "c.segql")
    assert incoming(desk, here) == []
    assert [call.to.name for call in outgoing(desk, here)] == ["c"]


def test_of_two_with_one_name_the_right_one(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER a ALIAS x; FILTER INCLUDE x‸ ALIAS x"})
    first, second = prepared(desk, "a.segql")
    assert (outgoing(desk, first), len(outgoing(desk, second))) == ([], 2)


def test_the_text_may_have_changed(tmp_path: Path) -> None:
    desk = Desk(tmp_path, FILES)
    here = item(desk, "b.segql", "INCLUDE")
    desk.open("b.segql", "FILTER INCLUDE a ALIAS B")
    assert [call.to.name for call in outgoing(desk, here)] == ["a"]
    desk.open("b.segql", "")
    assert not outgoing(desk, here)
