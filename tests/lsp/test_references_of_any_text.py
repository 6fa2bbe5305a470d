"""Whatever a text says, navigation answers, and every range lies in the text."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from segql_lsp.client import Client
from segql_lsp.documents import Document
from tests.lsp.desk import Desk
from tests.texts import soup

KNOWN = "FILTER INCLUDE x ALIAS a; FILTER a ALIAS x; FILTER b.c > 1 ALIAS `x y`"
AT_A_PLACE = {
    types.TEXT_DOCUMENT_DEFINITION: types.DefinitionParams,
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: types.DocumentHighlightParams,
    types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY: types.CallHierarchyPrepareParams,
    types.TEXT_DOCUMENT_PREPARE_RENAME: types.PrepareRenameParams,
}
OF_A_DOCUMENT = {
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: types.DocumentSymbolParams,
    types.TEXT_DOCUMENT_DOCUMENT_LINK: types.DocumentLinkParams,
    types.TEXT_DOCUMENT_CODE_LENS: types.CodeLensParams,
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    client = Client(commands=frozenset(["segql.showReferences"]))
    can = types.ClientCapabilities(
        text_document=types.TextDocumentClientCapabilities(
            document_symbol=types.DocumentSymbolClientCapabilities(
                hierarchical_document_symbol_support=True
            )
        )
    )
    files = {"a.segql": "", "b.segql": KNOWN}
    desk = Desk(tmp_path_factory.mktemp("desk"), files, client=client)
    desk.server.protocol.client_capabilities = can
    return desk


@given(st.integers(0, 2**32))
def test_any_text(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    document = desk.open("a.segql", soup(chance, 40))
    position = document.position(chance.randint(0, len(document.text)))
    for answer in answers(desk, position):
        check(desk, answer, document)


def answers(desk: Desk, position: types.Position) -> Iterator[Any]:
    identifier = desk.identifier("a.segql")
    for method, params in OF_A_DOCUMENT.items():
        yield desk.ask(method, params(identifier))
    for method, place in AT_A_PLACE.items():
        yield or_refused(desk, method, place(identifier, position))
    context = types.ReferenceContext(include_declaration=True)
    asked = types.ReferenceParams(context, identifier, position)
    yield desk.ask(types.TEXT_DOCUMENT_REFERENCES, asked)
    wanted = types.RenameParams(identifier, position, "quite_new")
    edit = or_refused(desk, types.TEXT_DOCUMENT_RENAME, wanted)
    assert edit is None or desk.texts(edit)
    for lens in desk.ask(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensParams(identifier)):
        assert desk.ask(types.CODE_LENS_RESOLVE, lens).command.arguments[2]
    prepared = types.CallHierarchyPrepareParams(identifier, position)
    for item in desk.ask(types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, prepared):
        for call in desk.ask(
            types.CALL_HIERARCHY_INCOMING_CALLS, types.CallHierarchyIncomingCallsParams(item)
        ):
            yield [call.from_]
        for call in desk.ask(
            types.CALL_HIERARCHY_OUTGOING_CALLS, types.CallHierarchyOutgoingCallsParams(item)
        ):
            yield [call.to]


def or_refused(desk: Desk, method: str, params: object) -> Any:
    try:
        return desk.ask(method, params)
    except JsonRpcInvalidParams:
        return None


def check(desk: Desk, answer: Any, document: Document) -> None:
    """Every range of an answer lies in its document; an inner one lies in the outer one."""
    for found in answer if isinstance(answer, list) else [answer] if answer else []:
        name = Path(getattr(found, "uri", document.uri)).name
        there = desk.document(name)
        start, end = there.span(found.range)
        assert there.range(start, end) == found.range
        if hasattr(found, "selection_range"):
            inner = there.span(found.selection_range)
            assert start <= inner[0] <= inner[1] <= end
        if isinstance(found, types.DocumentSymbol):
            assert found.name.strip()
            for child in found.children or ():
                assert start <= there.span(child.range)[0] <= there.span(child.range)[1] <= end
            check(desk, list(found.children or ()), document)
