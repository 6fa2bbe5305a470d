"""Every feature, asked once by each of the editors that pytest-lsp knows the capabilities of.

One server process serves all tests of one editor. A feature is a row in ``questions.py``.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, client_capabilities

from tests.lsp.editor import PATIENCE, Editor
from tests.lsp.questions import FILES, ROWS, Row

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning"),
]

# An editor, and the encoding of positions that it gets: the first that it offers.
CLIENTS = {
    "visual_studio_code@v1.65.2": "utf-16",
    "neovim@v0.11.0": "utf-8",
    "neovim@v0.10.0": "utf-16",
    "neovim@v0.6.1": "utf-16",
    "emacs@v29.1": "utf-32",
}

BROKEN = 'FILTER AND (city = "🛒",\r\n `🛒` > "🛒", visits > ) ALIAS broken'

_CONFIG = ClientServerConfig([sys.executable, "-m", "segql", "lsp"], client_factory=Editor)


@pytest_lsp.fixture(config=_CONFIG, scope="module", params=[*CLIENTS])
async def editor(
    editor: Editor, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[None]:
    editor.texts = dict(FILES)
    root = tmp_path_factory.mktemp("folder")
    await editor.begin(client_capabilities(request.param), root, CLIENTS[request.param])
    editor.open("vip.segql")
    yield
    assert await editor.end() == 0


# Announced, and tested below.
_ELSEWHERE = {"diagnostic_provider"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.method)
async def test_a_feature(editor: Editor, row: Row) -> None:
    assert getattr(editor.server, row.provider)
    assert row.seen(editor, await editor.ask(row.method, row.params(editor))) == row.expected


async def test_every_feature_that_is_announced_has_a_row(editor: Editor) -> None:
    providers = [name for name in dir(editor.server) if name.endswith("_provider")]
    announced = {name for name in providers if getattr(editor.server, name)}
    assert announced == {row.provider for row in ROWS} | _ELSEWHERE


# ---- What takes more than one question --------------------------------------------------


async def test_the_encoding_is_the_first_that_the_editor_offers(editor: Editor) -> None:
    assert editor.server.position_encoding == editor.encoding


async def test_only_other_words_are_told_after_an_edit(editor: Editor) -> None:
    editor.texts["new.segql"] = 'FILTER AND (a = "🛒", b > 5)\r\nALIAS c'
    editor.open("new.segql")
    document = editor.document("new.segql")
    first = await editor.ask(
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, types.SemanticTokensParams(document)
    )
    editor.edit("new.segql", "b > 5", "bb > 5, c")
    delta = await editor.ask(
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA,
        types.SemanticTokensDeltaParams(document, first.result_id),
    )
    whole = await editor.ask(
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, types.SemanticTokensParams(document)
    )
    (edit,) = delta.edits
    data = list(first.data)
    data[edit.start : edit.start + edit.delete_count] = edit.data
    assert data == list(whole.data)
    assert len(edit.data) < len(data)
    editor.close("new.segql")


async def test_who_includes_whom(editor: Editor) -> None:
    (vip,) = await editor.ask(
        types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY,
        types.CallHierarchyPrepareParams(editor.document(), editor.behind("ALIAS vip")),
    )
    (below,) = await editor.ask(
        types.CALL_HIERARCHY_OUTGOING_CALLS, types.CallHierarchyOutgoingCallsParams(vip)
    )
    assert (below.to.name, editor.file_of(below.to.uri)) == ("active", "active.segql")
    assert [editor.said(range) for range in below.from_ranges] == ["active"]
    (above,) = await editor.ask(
        types.CALL_HIERARCHY_INCOMING_CALLS, types.CallHierarchyIncomingCallsParams(below.to)
    )
    assert above.from_.name == "vip"
    assert [editor.said(range) for range in above.from_ranges] == ["active"]


async def test_what_stands_above_a_segment(editor: Editor) -> None:
    document = editor.document("active.segql")
    (lens,) = await editor.ask(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensParams(document))
    lens = await editor.ask(types.CODE_LENS_RESOLVE, lens)
    assert lens.command.title == "included by 1 segment"
    assert lens.command.command == "segql.showReferences"


async def test_an_item_that_is_offered_is_described(editor: Editor) -> None:
    params = types.CompletionParams(editor.document(), editor.behind("INCLUDE ac"))
    found = await editor.ask(types.TEXT_DOCUMENT_COMPLETION, params)
    (item,) = (each for each in found.items if each.label == "active")
    if not item.documentation:  # the editor asks for it
        item.data = item.data or found.item_defaults.data
        item = await editor.ask(types.COMPLETION_ITEM_RESOLVE, item)
    assert "visitz" in str(item.documentation)


# ---- What is wrong ----------------------------------------------------------------------


async def _wait_for(editor: Editor, name: str, expected: list[tuple[str, str, int]]) -> None:
    """The editor shows these problems: it asks for them if it can, else it is told in a while."""
    uri = editor.uri(name)
    if _asks(editor):
        params = types.DocumentDiagnosticParams(editor.document(name))
        report = await editor.ask(types.TEXT_DOCUMENT_DIAGNOSTIC, params)
        assert _summary(editor, name, report.items) == expected
        assert not editor.diagnostics.get(uri), "nothing is said twice"
        return
    async with asyncio.timeout(PATIENCE):
        while _summary(editor, name, editor.diagnostics.get(uri, ())) != expected:
            await asyncio.sleep(0.01)


def _summary(editor: Editor, name: str, found: Iterable[types.Diagnostic]) -> Any:
    """The errors, by code, words and line."""
    return [
        (problem.code, editor.said(problem.range, name), problem.range.start.line)
        for problem in found
        if problem.severity == types.DiagnosticSeverity.Error
    ]


def _asks(editor: Editor) -> bool:
    assert editor.capabilities
    document = editor.capabilities.text_document
    return bool(document and document.diagnostic)


async def test_problems_are_where_the_editor_counts_them(editor: Editor) -> None:
    editor.texts["broken.segql"] = BROKEN
    editor.open("broken.segql")
    await _wait_for(editor, "broken.segql", [("SYN002", ")", 1)])
    editor.close("broken.segql")


async def test_all_files_are_asked_about_at_once(editor: Editor) -> None:
    if not _asks(editor):
        pytest.skip("it is told of them")
    report = await editor.ask(types.WORKSPACE_DIAGNOSTIC, types.WorkspaceDiagnosticParams([]))
    found = {editor.file_of(item.uri): item for item in report.items}
    assert found.keys() == {"active.segql", "vip.segql"}
    assert _summary(editor, "active.segql", found["active.segql"].items) == [
        ("TYP001", "visitz", 1)
    ]


async def test_files_that_come_are_seen(editor: Editor) -> None:
    """Whoever watches files tells of them; who does not, of saving."""
    editor.texts["asks.segql"] = 'FILTER AND ("🛒" = city, INCLUDE later) ALIAS asks'
    editor.open("asks.segql")
    await _wait_for(editor, "asks.segql", [("REF001", "later", 0)])
    later = editor.root / "later.segql"
    later.write_text("FILTER a ALIAS later", encoding="utf-8")
    if editor.registrations:
        event = types.FileEvent(later.as_uri(), types.FileChangeType.Created)
        editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    else:
        saved = types.DidSaveTextDocumentParams(editor.document("asks.segql"))
        editor.text_document_did_save(saved)
    await _wait_for(editor, "asks.segql", [])
    editor.close("asks.segql")
    later.unlink()


async def test_files_are_watched_by_whoever_can(editor: Editor) -> None:
    await editor.ask(types.WORKSPACE_SYMBOL, types.WorkspaceSymbolParams(""))  # it has begun
    assert editor.capabilities
    workspace = editor.capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    methods = [registration.method for registration in editor.registrations]
    can = watched is not None and watched.dynamic_registration
    assert methods == ([types.WORKSPACE_DID_CHANGE_WATCHED_FILES] if can else [])
