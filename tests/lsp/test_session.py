"""A whole session with the real server process, over standard input and output."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

COMMAND = [sys.executable, "-m", "segql", "lsp"]


@pytest_lsp.fixture(config=ClientServerConfig(server_command=COMMAND))
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    await lsp_client.initialize_session(
        types.InitializeParams(capabilities=types.ClientCapabilities())
    )
    yield
    await lsp_client.shutdown_session()


class Editor:
    """What a person does in one file, and what is seen of it."""

    def __init__(self, client: LanguageClient, path: Path) -> None:
        self.client = client
        self.uri = path.as_uri()
        self.version = 1

    async def open(self, text: str) -> list[types.Diagnostic]:
        item = types.TextDocumentItem(self.uri, "segql", self.version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return await self.shown()

    async def replace(self, text: str) -> list[types.Diagnostic]:
        self.version += 1
        identifier = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(identifier, [change])
        )
        return await self.shown()

    async def shown(self) -> list[types.Diagnostic]:
        """The diagnostics now. The server answers in order: they came before this answer."""
        await self.formatted()
        return list(self.client.diagnostics[self.uri])

    async def formatted(self) -> list[types.TextEdit] | None:
        options = types.FormattingOptions(tab_size=4, insert_spaces=True)
        identifier = types.TextDocumentIdentifier(self.uri)
        edits = await self.client.text_document_formatting_async(
            types.DocumentFormattingParams(identifier, options)
        )
        return None if edits is None else list(edits)

    async def offered(self, line: int, character: int) -> dict[str, types.CompletionItem]:
        identifier = types.TextDocumentIdentifier(self.uri)
        found = await self.client.text_document_completion_async(
            types.CompletionParams(identifier, types.Position(line, character))
        )
        assert isinstance(found, types.CompletionList)
        return {item.label: item for item in found.items}


async def test_diagnostics_follow_the_text(client: LanguageClient, tmp_path: Path) -> None:
    editor = Editor(client, tmp_path / "a.segql")
    (problem,) = await editor.open('FILTER AND (city = "🛒", visits > ) ALIAS a')
    assert problem.code == "SYN002"
    assert problem.source == "segql"
    assert "a field or a value is missing" in problem.message
    # the cart is one code point and two of the client's units
    assert problem.range == types.Range(types.Position(0, 34), types.Position(0, 35))
    assert await editor.replace('FILTER AND (city = "🛒", visits > 5) ALIAS a') == []


async def test_include_reaches_other_files(client: LanguageClient, tmp_path: Path) -> None:
    (tmp_path / "on_disk.segql").write_text("FILTER a ALIAS on_disk", encoding="utf-8")
    first = Editor(client, tmp_path / "first.segql")
    text = "FILTER AND (INCLUDE on_disk, INCLUDE second) ALIAS first"
    (problem,) = await first.open(text)
    assert "no segment `second`" in problem.message
    second = Editor(client, tmp_path / "second.segql")
    assert await second.open("FILTER b ALIAS second") == []
    assert await first.replace(text + "\n") == []


async def test_formatting(client: LanguageClient, tmp_path: Path) -> None:
    editor = Editor(client, tmp_path / "a.segql")
    await editor.open("filter and(a,b)\nalias x")
    (edit,) = await editor.formatted() or []
    assert edit.new_text == "FILTER AND (a, b) ALIAS x\n"
    assert edit.range == types.Range(types.Position(0, 0), types.Position(1, 7))
    await editor.replace(edit.new_text)
    assert await editor.formatted() == []


async def test_a_text_with_errors_is_not_formatted(client: LanguageClient, tmp_path: Path) -> None:
    editor = Editor(client, tmp_path / "a.segql")
    await editor.open("filter a >")
    assert await editor.formatted() is None


async def test_the_configuration_holds(client: LanguageClient, tmp_path: Path) -> None:
    (tmp_path / "segql.toml").write_text('line-length = 20\nexternal = ["there"]', encoding="utf-8")
    editor = Editor(client, tmp_path / "a.segql")
    assert await editor.open("FILTER AND (INCLUDE there, b)") == []
    (edit,) = await editor.formatted() or []
    assert edit.new_text == "FILTER AND (\n    INCLUDE there,\n    b,\n)\n"


async def test_keywords_are_offered_where_they_can_stand(
    client: LanguageClient, tmp_path: Path
) -> None:
    editor = Editor(client, tmp_path / "a.segql")
    await editor.open("FILTER visits \n-- comment \nFILTER AND (a > 1, E")
    after_operand = await editor.offered(0, 14)
    assert {"IN", "LIKE", "BETWEEN", "FROM", "ALIAS"} <= after_operand.keys()
    assert "EXISTS" not in after_operand
    assert await editor.offered(1, 11) == {}
    at_phrase = await editor.offered(2, 20)
    assert {"EXISTS", "INCLUDE", "NOT", "AND", "OR"} <= at_phrase.keys()
    assert not {"FROM", "LIKE", "BETWEEN"} & at_phrase.keys()
    edit = at_phrase["EXISTS"].text_edit
    assert isinstance(edit, types.TextEdit)
    assert edit.range == types.Range(types.Position(2, 19), types.Position(2, 20))


async def test_segments_are_offered_after_include(client: LanguageClient, tmp_path: Path) -> None:
    (tmp_path / "vip.segql").write_text(
        '-- The best.\nFILTER a WITH name = "Best" ALIAS vip\nFILTER b ALIAS `two words`',
        encoding="utf-8",
    )
    editor = Editor(client, tmp_path / "a.segql")
    await editor.open("FILTER AND (x >, INCLUDE v")
    offered = await editor.offered(0, 26)
    assert set(offered) == {"vip", "two words", "all_users"}
    assert offered["vip"].detail == "Best"
    said = offered["vip"].documentation
    assert isinstance(said, str)
    assert "The best." in said.splitlines()
    edit = offered["two words"].text_edit
    assert isinstance(edit, types.TextEdit)
    assert edit.new_text == "`two words`"


async def test_a_closed_file_shows_nothing(client: LanguageClient, tmp_path: Path) -> None:
    editor = Editor(client, tmp_path / "a.segql")
    assert await editor.open("FILTER a >") != []
    client.text_document_did_close(
        types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(editor.uri))
    )
    assert await editor.shown() == []


async def test_rules_and_catalogs_hold_as_they_are_now(
    client: LanguageClient, tmp_path: Path
) -> None:
    catalog, config = tmp_path / "catalog.user.json", tmp_path / "segql.toml"
    config.write_text("")
    catalog.write_text('{"fields": {"visits": "int"}}')
    editor = Editor(client, tmp_path / "a.segql")
    text = "FILTER AND (EXISTS(visits), visitz > 1) ALIAS a"
    assert {p.code for p in await editor.open(text)} == {"PORT007", "TYP001"}
    catalog.write_text('{"fields": {"visits": "int", "visitz": "int"}}')
    assert {p.code for p in await editor.replace(f"{text} ")} == {"PORT007"}
    config.write_text('ignore = ["PORT"]')
    assert await editor.replace(text) == []
