"""segql.server.why: why a profile is a member of a segment, or is not."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from segql.catalog import Catalog
from segql.syntax.nodes import Statement
from segql_lsp.diagnostics import read_all
from segql_lsp.documents import Document
from segql_lsp.segments import Segments
from segql_lsp.targets import segment_at, title

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

WHY = "segql.server.why"
# The client's own, which asks a person for the profile: [uri, position].
WHY_AT_CLIENT = "segql.why"

_Place = types.Position | str  # or the alias of a segment


class _Question(NamedTuple):
    """All that an answer depends on."""

    statement: Statement
    segments: Segments
    paths: tuple[Path, ...]
    catalog: Catalog
    wanted: str


class _Refusal(Exception):
    """Why there is no answer, and what to do about it."""


def register(server: SegqlServer) -> None:
    """Take the command."""

    @server.command(WHY)
    async def why(*arguments: Any) -> dict[str, Any]:
        uri, place, wanted = _read(arguments)
        await read_all(server)
        try:
            question = _question(server, uri, place, wanted)
            return await asyncio.to_thread(_answer, question)
        except _Refusal as refusal:
            code = types.LSPErrorCodes.RequestFailed.value
            raise JsonRpcException(str(refusal), code) from None


def _read(arguments: tuple[Any, ...]) -> tuple[str, _Place, str]:
    match arguments:
        case (str(uri), str(alias), str(wanted)):
            return uri, alias, wanted
        case (str(uri), {"line": int(line), "character": int(character)}, str(wanted)):
            return uri, types.Position(line, character), wanted
        case _:
            raise JsonRpcInvalidParams(
                f"{WHY} takes the uri of a document, a position in it or the alias of a segment, "
                "and a value that identifies a profile, or `line 12`"
            )


def _question(server: SegqlServer, uri: str, place: _Place, wanted: str) -> _Question:
    document = server.folders.document(uri)
    if document is None:
        raise _Refusal("this document is in no folder that is open; open it first")
    folder = document.folder
    if not folder.profiles:
        raise _Refusal(
            'no profiles are configured; write `profiles = ["people.ndjson"]` into segql.toml'
        )
    segments = Segments(folder)
    statement = _statement(document, segments, place)
    return _Question(statement, segments, folder.profiles, folder.catalog, wanted)


def _statement(document: Document, segments: Segments, place: _Place) -> Statement:
    if isinstance(place, str):
        found = segments.find(place)
        if found is None:
            raise _Refusal(f"there is no segment `{place}` in these files; name another one")
        return found
    at = segment_at(document, document.offset(place))
    if at is None:
        raise _Refusal("there is no segment at the cursor; put it into one")
    return at.statement


def _answer(question: _Question) -> dict[str, Any]:
    """The trace as JSON, and as ``text``."""
    from segql.catalog import DEFAULT_TABLE
    from segql.evaluator import compile_predicate
    from segql.evaluator.reports.json import as_object
    from segql.evaluator.reports.rows import Answer
    from segql.evaluator.reports.text import as_text
    from segql_lsp.profiles import ProfileError, chosen

    statement, segments, paths, catalog, wanted = question
    _stop_on_broken(statement, segments)
    try:
        profile = chosen(paths, catalog, statement.table or DEFAULT_TABLE, wanted)
    except ProfileError as error:
        raise _Refusal(f"{error}; {error.help}") from None
    except OSError as error:
        raise _Refusal(f"the profiles cannot be read: {error}") from None
    except ModuleNotFoundError as error:  # for Parquet
        install = 'install it with: pip install "segql[sql]"'
        raise _Refusal(f"`{error.name}` is not installed; {install}") from None
    now = datetime.now(UTC)
    predicate = compile_predicate(statement, types=catalog, now=now, includes=segments.find)
    answer = Answer(title(statement), predicate.now, predicate.explain(profile))
    return {**as_object(answer), "text": "\n".join(as_text(answer)) + "\n"}


def _stop_on_broken(statement: Statement, segments: Segments) -> None:
    """Refuse a segment that was not understood, or that includes such a one."""
    from segql.evaluator.including import Included
    from segql.syntax.walk import is_whole

    for found in (statement, *Included(statement, segments.find).statements.values()):
        if not is_whole(found):
            raise _Refusal(f"`{title(found)}` has mistakes; mend them first")
