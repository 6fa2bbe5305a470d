"""What editors ask about the files of a folder, as a table with what is seen of the answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from lsprotocol import types

import segql
from tests.lsp.editor import Editor

VIP = """\
-- Wer viel kauft 🛒🛒.
filter and (
    INCLUDE active,
    city = "Köln 🛒", lifetime_value > 5,
  len(city) > 2, seen > "now-3d",
)
WITH name = "VIP 🛒"
ALIAS vip
""".replace("\n", "\r\n")
ACTIVE = """\
-- segql: ignore-file[STY003] Größe 🛒
FILTER AND (city != "🛒", visitz > 1) ALIAS active
"""
FIELDS = (
    '{"fields": {"visits": "int", "city": "string", "lifetime_value": "number", "seen": "date"}}'
)
FILES = {
    "vip.segql": VIP,
    "active.segql": ACTIVE,
    "catalog.user.json": FIELDS,
    "people.ndjson": '{"id": "kim", "city": "Köln 🛒", "visitz": 7}\n{"id": "joe", "city": "🛒"}\n',
    "segql.toml": 'profiles = ["people.ndjson"]',
}


class Row(NamedTuple):
    """A request, and how its answer is compared."""

    provider: str  # where the answer to `initialize` announces it
    method: str
    params: Callable[[Editor], object]
    seen: Callable[[Editor, Any], object]
    expected: object


def _at(kind: Callable[..., object], words: str, **more: object) -> Callable[[Editor], object]:
    """Parameters of a request at a place."""
    return lambda e: kind(text_document=e.document(), position=e.behind(words), **more)


def _of(kind: Callable[..., object], name: str = "vip.segql") -> Callable[[Editor], object]:
    """Parameters of a request about a document."""
    return lambda e: kind(text_document=e.document(name))


def _locations(e: Editor, found: Any) -> list[tuple[str, str]]:
    """The files and words of locations, or of links to locations."""
    places = [
        (e.file_of(x.target_uri), x.target_selection_range)
        if isinstance(x, types.LocationLink)
        else (e.file_of(x.uri), x.range)
        for x in found
    ]
    return sorted((name, e.said(range, name)) for name, range in places)


def _words(e: Editor, found: Any) -> dict[str, str]:
    """What semantic tokens say of each word."""
    provider = e.server.semantic_tokens_provider
    assert isinstance(provider, types.SemanticTokensOptions)
    line = column = 0
    said: dict[str, str] = {}
    for i in range(0, len(found.data), 5):
        lines, columns, length, kind, _ = found.data[i : i + 5]
        line, column = line + lines, columns if lines else column + columns
        place = types.Range(types.Position(line, column), types.Position(line, column + length))
        said[e.said(place)] = str(provider.legend.token_types[kind])
    return said


def _some_words(e: Editor, found: Any) -> list[str | None]:
    words = _words(e, found)
    return [words.get(word) for word in ("lifetime_value", "active", "now-3d", '"Köln 🛒"')]


def _edited_files(e: Editor, found: types.WorkspaceEdit) -> dict[str, str]:
    edits = dict(found.changes or {})
    for change in found.document_changes or ():
        assert isinstance(change, types.TextDocumentEdit)
        edits[change.text_document.uri] = change.edits  # pyright: ignore[reportArgumentType]
    return {e.file_of(uri): e.edited(made, e.file_of(uri)) for uri, made in edits.items()}


def _place(found: types.CompletionList, item: types.CompletionItem) -> Any:
    """What an item replaces; where the editor can, it is said once for all of them."""
    if isinstance(item.text_edit, types.TextEdit):
        return item.text_edit.range
    return found.item_defaults and found.item_defaults.edit_range


def _json(position: types.Position) -> dict[str, int]:
    return {"line": position.line, "character": position.character}


_OPTIONS = types.FormattingOptions(tab_size=4, insert_spaces=True)
_COLOURS = ["property", "class", "enumMember", "string"]

ROWS = (
    Row(
        "folding_range_provider",
        types.TEXT_DOCUMENT_FOLDING_RANGE,
        _of(types.FoldingRangeParams),
        lambda e, found: (found[0].start_line, found[0].end_line),
        (1, 7),
    ),
    Row(
        "selection_range_provider",
        types.TEXT_DOCUMENT_SELECTION_RANGE,
        lambda e: types.SelectionRangeParams(e.document(), [e.behind('🛒", lifetime')]),
        lambda e, found: [e.said(found[0].range), e.said(found[0].parent.range)],
        ["lifetime_value", "lifetime_value > 5"],
    ),
    Row(
        "semantic_tokens_provider",
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL,
        _of(types.SemanticTokensParams),
        _some_words,
        _COLOURS,
    ),
    Row(
        "semantic_tokens_provider",
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE,
        lambda e: types.SemanticTokensRangeParams(e.document(), e.range("lifetime_value > 5")),
        lambda e, found: [*_words(e, found)],
        ["lifetime_value", ">", "5"],
    ),
    Row(
        "inlay_hint_provider",
        types.TEXT_DOCUMENT_INLAY_HINT,
        lambda e: types.InlayHintParams(e.document(), e.range(VIP)),
        lambda e, found: [e.behind('"now-3d"') == hint.position for hint in found],
        [True],
    ),
    Row(
        "document_formatting_provider",
        types.TEXT_DOCUMENT_FORMATTING,
        lambda e: types.DocumentFormattingParams(e.document(), _OPTIONS),
        lambda e, found: e.edited(found),
        segql.format(VIP),
    ),
    Row(
        "document_range_formatting_provider",
        types.TEXT_DOCUMENT_RANGE_FORMATTING,
        lambda e: types.DocumentRangeFormattingParams(e.document(), e.range(VIP), _OPTIONS),
        lambda e, found: e.edited(found),
        segql.format(VIP),
    ),
    Row(
        "document_on_type_formatting_provider",
        types.TEXT_DOCUMENT_ON_TYPE_FORMATTING,
        lambda e: types.DocumentOnTypeFormattingParams(
            e.document(), e.behind("> 5,\r\n"), "\n", _OPTIONS
        ),
        lambda e, found: [(e.said(edit.range), edit.new_text) for edit in found],
        [("  ", "    ")],
    ),
    Row(
        "completion_provider",
        types.TEXT_DOCUMENT_COMPLETION,
        _at(types.CompletionParams, "INCLUDE ac"),
        lambda e, found: [(item.label, e.said(_place(found, item))) for item in found.items],
        [("active", "active"), ("all_users", "active")],
    ),
    Row(
        "hover_provider",
        types.TEXT_DOCUMENT_HOVER,
        _at(types.HoverParams, "lifetime_val"),
        lambda e, found: e.said(found.range),
        "lifetime_value",
    ),
    Row(
        "signature_help_provider",
        types.TEXT_DOCUMENT_SIGNATURE_HELP,
        _at(types.SignatureHelpParams, "len(ci"),
        lambda e, found: [signature.label for signature in found.signatures],
        ["len(value)"],
    ),
    Row(
        "definition_provider",
        types.TEXT_DOCUMENT_DEFINITION,
        _at(types.DefinitionParams, "INCLUDE act"),
        _locations,
        [("active.segql", "active")],
    ),
    Row(
        "references_provider",
        types.TEXT_DOCUMENT_REFERENCES,
        _at(types.ReferenceParams, "INCLUDE act", context=types.ReferenceContext(True)),
        _locations,
        [("active.segql", "active"), ("vip.segql", "active")],
    ),
    Row(
        "document_highlight_provider",
        types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT,
        _at(types.DocumentHighlightParams, '🛒", lifetime'),
        lambda e, found: [e.said(highlight.range) for highlight in found],
        ["lifetime_value"],
    ),
    Row(
        "rename_provider",
        types.TEXT_DOCUMENT_PREPARE_RENAME,
        _at(types.PrepareRenameParams, "INCLUDE act"),
        lambda e, found: (e.said(found.range), found.placeholder),
        ("active", "active"),
    ),
    Row(
        "rename_provider",
        types.TEXT_DOCUMENT_RENAME,
        _at(types.RenameParams, "INCLUDE act", new_name="engaged"),
        _edited_files,
        {
            "vip.segql": VIP.replace("active", "engaged"),
            "active.segql": ACTIVE.replace("active", "engaged"),
        },
    ),
    Row(
        "document_symbol_provider",
        types.TEXT_DOCUMENT_DOCUMENT_SYMBOL,
        _of(types.DocumentSymbolParams),
        lambda e, found: [symbol.name for symbol in found],
        ["vip"],
    ),
    Row(
        "workspace_symbol_provider",
        types.WORKSPACE_SYMBOL,
        lambda e: types.WorkspaceSymbolParams("act"),
        lambda e, found: [(symbol.name, e.file_of(symbol.location.uri)) for symbol in found],
        [("active", "active.segql")],
    ),
    Row(
        "code_lens_provider",
        types.TEXT_DOCUMENT_CODE_LENS,
        _of(types.CodeLensParams, "active.segql"),
        lambda e, found: [lens.range.start.line for lens in found],
        [1],
    ),
    Row(
        "document_link_provider",
        types.TEXT_DOCUMENT_DOCUMENT_LINK,
        _of(types.DocumentLinkParams, "active.segql"),
        lambda e, found: [e.said(link.range, "active.segql") for link in found],
        ["STY003"],
    ),
    Row(
        "call_hierarchy_provider",
        types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY,
        _at(types.CallHierarchyPrepareParams, "ALIAS vip"),
        lambda e, found: [item.name for item in found],
        ["vip"],
    ),
    Row(
        "code_action_provider",
        types.TEXT_DOCUMENT_CODE_ACTION,
        lambda e: types.CodeActionParams(
            e.document(), e.range("lifetime_value > 5"), types.CodeActionContext(diagnostics=[])
        ),
        lambda e, found: bool(found),
        True,
    ),
    Row(
        "execute_command_provider",
        types.WORKSPACE_EXECUTE_COMMAND,
        lambda e: types.ExecuteCommandParams("segql.server.checkWorkspace", []),
        lambda e, found: found["files"],
        2,
    ),
    Row(
        "execute_command_provider",
        types.WORKSPACE_EXECUTE_COMMAND,
        lambda e: types.ExecuteCommandParams(
            "segql.server.why", [e.uri("vip.segql"), _json(e.behind("lifetime_value")), "kim"]
        ),
        lambda e, found: [(p["phrase"], p["answer"]) for p in found["phrases"]][5:7],
        [('city = "Köln 🛒"', "match"), ("lifetime_value > 5", "no match")],
    ),
)
