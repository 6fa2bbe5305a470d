"""Code actions: what is offered for a place, and what it makes of the files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from segql_lsp.client import Client
from tests import texts
from tests.lsp.desk import Desk, applied

VIP = {"vip.segql": "FILTER AND (a > 1, b = 2) ALIAS vip\n"}
SETTINGS = {"segql.toml": 'extend-select = ["STY"]\n'}

MADE = [  # the title, the text with what is selected, and the text after it
    (
        "Write = NULL",
        "FILTER a IS NU‸LL ALIAS x",
        "FILTER a = NULL ALIAS x",
    ),
    (
        "Fix all PORT008 in this file",
        "FILTER AND (a IS NU‸LL, b IS NULL) ALIAS x\n\nFILTER c IS NULL ALIAS y",
        "FILTER AND (a = NULL, b = NULL) ALIAS x\n\nFILTER c = NULL ALIAS y",
    ),
    (
        "Make all safe fixes",
        "‸FILTER AND (AND (a IS NULL), EXISTS (b)) ALIAS x",
        "FILTER AND (a = NULL, EXISTS b) ALIAS x",
    ),
    (
        "Ignore PORT008 for this line",
        'FILTER AND (\r\n    s = "😀",\r\n    a IS NU‸LL,\r\n) ALIAS x',
        'FILTER AND (\r\n    s = "😀",\r\n    a IS NULL,  -- segql: ignore[PORT008] reason\r\n'
        ") ALIAS x",
    ),
    (
        "Ignore PORT008 in this file",
        "FILTER a IS NU‸LL ALIAS x",
        "-- segql: ignore-file[PORT008] reason\n\nFILTER a IS NULL ALIAS x",
    ),
    (
        "Ignore STY in this file",
        "FILTER AND (c, A‸ND (a = 1, b)) ALIAS x",
        "-- segql: ignore-file[STY] reason\n\nFILTER AND (c, AND (a = 1, b)) ALIAS x",
    ),
    (
        "Wrap in OR (...) (changes the meaning)",
        "FILTER AND (a > 1, ‸b > 2, c = 3‸) ALIAS x",
        "FILTER AND (a > 1, OR (b > 2, c = 3)) ALIAS x",
    ),
    ("Wrap in AND (...)", "FILTER ‸a > 1 ALIAS x", "FILTER AND (a > 1) ALIAS x"),
    ("Wrap in NOT (changes the meaning)", "FILTER ‸a > 1 ALIAS x", "FILTER NOT a > 1 ALIAS x"),
    ("Remove NOT (changes the meaning)", "FILTER N‸OT a > 1 ALIAS x", "FILTER a > 1 ALIAS x"),
    ("Unwrap the list", "FILTER AND (‸a > 1) ALIAS x", "FILTER a > 1 ALIAS x"),
    (
        "Write AND and OR between phrases as a list",
        "FILTER a > 1 ‸AND b = 2 ALIAS x",
        "FILTER AND (a > 1, b = 2) ALIAS x",
    ),
    (
        "Extract into a new segment",
        'FILTER AND (s = "😀", ‸b = 2) FROM content ALIAS x',
        "FILTER b = 2 FROM content ALIAS new_segment\n\n"
        'FILTER AND (s = "😀", INCLUDE new_segment) FROM content ALIAS x',
    ),
    (  # a mistake elsewhere
        "Extract into a new segment",
        "FILTER a > ALIAS y\n\nFILTER AND (a > 1, ‸b = 2) ALIAS x",
        "FILTER a > ALIAS y\n\nFILTER b = 2 ALIAS new_segment\n\n"
        "FILTER AND (a > 1, INCLUDE new_segment) ALIAS x",
    ),
    (
        "Inline INCLUDE vip",
        "FILTER AND (q = 1, ‸INCLUDE vip) ALIAS x",
        "FILTER AND (q = 1, AND (a > 1, b = 2)) ALIAS x",
    ),
    (  # in another encoding of lines than where it comes from
        "Inline INCLUDE vip",
        "FILTER AND (\r\n  q = 1,\r\n  ‸INCLUDE vip\r\n) ALIAS x",
        "FILTER AND (\r\n  q = 1,\r\n  AND (a > 1, b = 2)\r\n) ALIAS x",
    ),
]
NOT_OFFERED = [
    ("Ignore SYN002 for this line", "FILTER a > ‸ALIAS x"),
    ("Fix all PORT008 in this file", "FILTER a IS NU‸LL ALIAS x"),
    ("Extract into a new segment", "FILTER AND (a > 1‸, b = ‸2) ALIAS x"),
    ("Inline INCLUDE x", "FILTER INCLUDE ‸x ALIAS x"),
    ("Inline INCLUDE gone", "FILTER INCLUDE ‸gone ALIAS x"),
    ("Make all safe fixes", "FILTER a‸ > 1 ALIAS x"),
]


def asked(
    desk: Desk, *, only: list[str] | None = None, automatic: bool = False
) -> list[types.CodeAction]:
    kind = types.CodeActionTriggerKind
    context = types.CodeActionContext(
        diagnostics=[],
        only=only,
        trigger_kind=kind.Automatic if automatic else kind.Invoked,
    )
    params = types.CodeActionParams(desk.identifier("a.segql"), desk.range("a.segql"), context)
    return desk.ask(types.TEXT_DOCUMENT_CODE_ACTION, params)


def offered(desk: Desk, **how: Any) -> dict[str, types.CodeAction]:
    return {action.title: action for action in asked(desk, **how)}


def can(desk: Desk, **capabilities: Any) -> None:
    desk.server.protocol.client_capabilities = types.ClientCapabilities(**capabilities)


@pytest.mark.parametrize(("title", "text", "expected"), MADE)
def test_what_an_action_makes(tmp_path: Path, title: str, text: str, expected: str) -> None:
    desk = Desk(tmp_path, {"a.segql": text, **VIP, **SETTINGS})
    assert desk.texts(offered(desk)[title].edit) == {"a.segql": expected}


@pytest.mark.parametrize(("title", "text"), NOT_OFFERED)
def test_what_is_not_offered(tmp_path: Path, title: str, text: str) -> None:
    assert title not in offered(Desk(tmp_path, {"a.segql": text, **VIP}))


# ---- Fixes ------------------------------------------------------------------------------


def test_safe_fixes_are_preferred_and_say_what_they_mend(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER a IS NU‸LL ALIAS x"})
    action = offered(desk)["Write = NULL"]
    assert action.is_preferred
    assert action.kind == "quickfix"
    assert action.diagnostics is not None
    (problem,) = action.diagnostics
    assert problem.code == "PORT008"
    assert problem.code_description is not None


def test_a_fix_belongs_to_the_diagnostic_that_the_client_has(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER a IS NU‸LL ALIAS x"})
    document = desk.document("a.segql")
    known = types.Diagnostic(document.range(9, 16), "as it was", code="PORT008", data={"n": 1})
    context = types.CodeActionContext([known])
    params = types.CodeActionParams(desk.identifier("a.segql"), desk.range("a.segql"), context)
    found = desk.ask(types.TEXT_DOCUMENT_CODE_ACTION, params)
    (action,) = (action for action in found if action.title == "Write = NULL")
    assert action.diagnostics == [known]


def test_unsafe_fixes_say_so(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER AND (name = ‸Bob, a > 1) ALIAS x"})
    (action,) = (a for a in asked(desk) if a.title.endswith("(may change the meaning)"))
    assert not action.is_preferred
    assert desk.texts(action.edit) == {"a.segql": 'FILTER AND (name = "Bob", a > 1) ALIAS x'}


def test_a_guess_at_a_name_is_a_fix(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER INCLUDE vi‸pp ALIAS x", **VIP})
    texts = [desk.texts(a.edit)["a.segql"] for a in asked(desk, only=["quickfix"]) if a.edit]
    assert "FILTER INCLUDE vip ALIAS x" in texts


def test_problems_elsewhere_are_left_alone(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER b‸ > 1 ALIAS y\n\nFILTER a IS NULL ALIAS x"})
    assert "Write = NULL" not in offered(desk)


def test_all_safe_fixes_look_at_other_files(tmp_path: Path) -> None:
    """What is silenced stays, and so does what another file makes right."""
    text = "FILTER AND (INCLUDE vip, a IS NULL, EXISTS (b)) -- segql: ignore[PORT007]\nALIAS x"
    desk = Desk(tmp_path, {"a.segql": f"‸{text}", **VIP})
    edit = offered(desk, only=["source.fixAll"])["Make all safe fixes"].edit
    assert desk.texts(edit)["a.segql"] == text.replace("IS NULL", "= NULL")


# ---- What the client asks for, and can ----------------------------------------------------


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (["quickfix"], {"quickfix"}),
        (["source"], {"source.fixAll.segql"}),
        (["source.fixAll"], {"source.fixAll.segql"}),
        (["source.fixAll.segql"], {"source.fixAll.segql"}),
        (["source.fixAll.eslint"], set()),
        (["source.organizeImports"], set()),
        (["refactor"], {"refactor.rewrite", "refactor.extract"}),
        (["refactor.inline", "refactor.extract"], {"refactor.extract"}),
        (["refactor.extract.function"], set()),
        ([""], {"quickfix", "source.fixAll.segql", "refactor.rewrite", "refactor.extract"}),
        ([], {"quickfix", "source.fixAll.segql", "refactor.rewrite", "refactor.extract"}),
    ],
)
def test_only_the_kinds_that_are_asked_for(
    tmp_path: Path, only: list[str], kinds: set[str]
) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER AND (a IS NU‸LL, b > 1) ALIAS x"})
    assert {action.kind for action in asked(desk, only=only)} == kinds


def test_a_cursor_that_only_moves_asks_for_no_refactoring(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER AND (‸a > 1, b > 2) ALIAS x"})
    assert asked(desk, automatic=True) == []
    assert asked(desk, automatic=True, only=["refactor"])
    desk = Desk(tmp_path, {"a.segql": "FILTER AND (‸a > 1‸, b > 2) ALIAS x"})
    assert asked(desk, automatic=True)


def test_what_takes_long_is_worked_out_when_it_is_wanted(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER AND (a IS NU‸LL, b IS NULL) ALIAS x"})
    resolving = types.ClientCodeActionResolveOptions(properties=["edit"])
    options = types.CodeActionClientCapabilities(data_support=True, resolve_support=resolving)
    can(desk, text_document=types.TextDocumentClientCapabilities(code_action=options))
    found = offered(desk)
    for title in ("Make all safe fixes", "Fix all PORT008 in this file"):
        assert found[title].edit is None
        resolved = desk.ask(types.CODE_ACTION_RESOLVE, found[title])
        assert desk.texts(resolved.edit)["a.segql"] == "FILTER AND (a = NULL, b = NULL) ALIAS x"


@pytest.mark.parametrize(
    "data", [None, 5, {}, {"uri": 5}, {"uri": "file:///gone.segql", "rule": None}]
)
def test_data_that_is_not_ours_is_no_edit(tmp_path: Path, data: Any) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER a ALIAS x"})
    action = types.CodeAction("Something", data=data)
    assert desk.ask(types.CODE_ACTION_RESOLVE, action).edit is None


def test_edits_are_for_a_version(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": ""})
    desk.open("a.segql", "FILTER ‸a > 1 ALIAS x")
    workspace = types.WorkspaceEditClientCapabilities(document_changes=True)
    can(desk, workspace=types.WorkspaceClientCapabilities(workspace_edit=workspace))
    edit = offered(desk)["Wrap in AND (...)"].edit
    assert edit is not None
    assert edit.changes is None
    assert edit.document_changes is not None
    (change,) = edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.version == 1
    assert desk.texts(edit) == {"a.segql": "FILTER AND (a > 1) ALIAS x"}


def test_the_reason_of_a_suppression_can_be_typed_over(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER a IS NU‸LL ALIAS x"})
    workspace = types.WorkspaceEditClientCapabilities(
        document_changes=True, snippet_edit_support=True
    )
    can(desk, workspace=types.WorkspaceClientCapabilities(workspace_edit=workspace))
    edit = offered(desk)["Ignore PORT008 for this line"].edit
    assert edit is not None
    assert edit.document_changes is not None
    (change,) = edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    (made,) = change.edits
    assert isinstance(made, types.SnippetTextEdit)
    assert made.snippet.value == "  -- segql: ignore[PORT008] ${1:reason}"


def test_a_segment_goes_into_a_new_file(tmp_path: Path) -> None:
    """Beside the one it came from, with a name that neither a segment nor a file has."""
    others = {"new_segment.segql": "", "b.segql": "FILTER INCLUDE new_segment_2 ALIAS b"}
    text = "FILTER AND (a > 1, ‸b > 2) ALIAS x\n"
    desk = Desk(tmp_path, {"a.segql": text, **others}, client=Client(takes_file_creation=True))
    title = "Extract into a new segment in a new file"
    assert title not in offered(Desk(tmp_path, {"a.segql": text, **others}))
    workspace = types.WorkspaceEditClientCapabilities(document_changes=True)
    can(desk, workspace=types.WorkspaceClientCapabilities(workspace_edit=workspace))
    assert desk.texts(offered(desk)[title].edit) == {
        "a.segql": "FILTER AND (a > 1, INCLUDE new_segment_3) ALIAS x\n",
        "new_segment_3.segql": "FILTER b > 2 ALIAS new_segment_3\n",
    }


def test_no_segment_of_a_circle_is_written_out(tmp_path: Path) -> None:
    circle = {"b.segql": "FILTER INCLUDE c ALIAS b", "c.segql": "FILTER INCLUDE b ALIAS c"}
    desk = Desk(tmp_path, {"a.segql": "FILTER INCLUDE ‸b ALIAS a", **circle})
    assert asked(desk, only=["refactor.inline"]) == []


@pytest.mark.parametrize(
    ("client", "command"),
    [
        (Client(), "segql.server.explainRule"),
        (Client(commands=frozenset(["segql.explainRule"])), "segql.explainRule"),
    ],
)
def test_a_rule_is_explained_by_the_client_if_it_can(
    tmp_path: Path, client: Client, command: str
) -> None:
    desk = Desk(tmp_path, {"a.segql": "FILTER a IS NU‸LL ALIAS x"}, client=client)
    action = offered(desk)["Explain PORT008"]
    assert action.command is not None
    assert (action.command.command, action.command.arguments) == (command, ["PORT008"])
    assert action.edit is None


# ---- Any text -----------------------------------------------------------------------------


@given(texts.of_the_grammar(), st.data(), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_any_text_is_answered(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject, encoding: str
) -> None:
    desk = Desk(tmp_path_factory.mktemp("empty"), {}, encoding=encoding)
    uri = "untitled:Untitled-1"
    desk.server.folders.open(types.TextDocumentItem(uri, "segql", 1, text))
    document = desk.server.folders.document(uri)
    assert document is not None
    places = st.integers(0, len(text))
    range = document.range(*sorted(data.draw(st.tuples(places, places))))
    context = types.CodeActionContext([])
    params = types.CodeActionParams(types.TextDocumentIdentifier(uri), range, context)
    for action in desk.ask(types.TEXT_DOCUMENT_CODE_ACTION, params):
        assert action.edit or action.command
        if action.edit:
            ((changed, edits),) = action.edit.changes.items()
            assert changed == uri
            assert applied(document, edits) != text
