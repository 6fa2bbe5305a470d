"""workspace/executeCommand: what clients let the server do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from segql.diagnostics.codes import BY_CODE, CODES, Code
from segql_lsp.diagnostics import read_all

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

EXPLAIN = "segql.server.explainRule"
RULES = "segql.server.rules"
CHECK = "segql.server.checkWorkspace"
# The client's own, which asks EXPLAIN for the page and shows it.
EXPLAIN_AT_CLIENT = "segql.explainRule"


def register(server: SegqlServer) -> None:
    """Take commands. Their arguments are looked at here: anything may be sent."""

    @server.command(EXPLAIN)
    def explain_rule(*arguments: Any) -> str | None:
        return explain(server, _only_text(EXPLAIN, arguments))

    @server.command(RULES)
    def list_rules(*arguments: Any) -> list[dict[str, str]]:
        _refuse_any(RULES, arguments)
        return rules()

    @server.command(CHECK)
    async def check_workspace(*arguments: Any) -> dict[str, int]:
        _refuse_any(CHECK, arguments)
        return await check(server)


def explain(server: SegqlServer, name: str) -> str | None:
    """The page of a rule in Markdown, by its code or name; None where there is no such rule.

    A client that has no command of its own for the page is asked to show what it can.
    """
    code = BY_CODE.get(name.upper()) or CODES.get(name.lower())
    if code is None:
        return None
    if EXPLAIN_AT_CLIENT not in server.client.commands:
        _show(server, code)
    from segql.linter.pages import markdown, page

    return markdown(page(code))


def rules() -> list[dict[str, str]]:
    """All rules, for a person to choose from."""
    return [{"code": c.code, "name": c.name, "summary": c.summary} for c in CODES.values()]


async def check(server: SegqlServer) -> dict[str, int]:
    """Read everything anew and tell the client; how many files there are, and problems in them."""
    server.folders.look_again()
    files = await read_all(server)
    server.publisher.later(anew=True)
    problems = [
        found
        for folder in server.folders.all()
        for found in (*folder.all_diagnostics().values(), *(row[1] for row in folder.problems))
    ]
    return {"files": files, "problems": sum(map(len, problems))}


def _show(server: SegqlServer, code: Code) -> None:
    if server.client.shows_documents:
        server.window_show_document(types.ShowDocumentParams(code.url, external=True))
    else:
        text = f"{code.code} {code.name}: {code.summary} {code.url}"
        server.window_show_message(types.ShowMessageParams(types.MessageType.Info, text))


def _only_text(command: str, arguments: tuple[Any, ...]) -> str:
    match arguments:
        case (str(text),):
            return text
        case _:
            raise JsonRpcInvalidParams(f"{command} takes one text: the code of a rule")


def _refuse_any(command: str, arguments: tuple[Any, ...]) -> None:
    if arguments:
        raise JsonRpcInvalidParams(f"{command} takes no arguments")
