"""The HTTP around the operations: who may call, what comes in, and the envelope that goes out."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import NamedTuple

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from segql.emulator.calls import Call, Reply
from segql.emulator.errors import Refused
from segql.emulator.faults import DROP, Fault, Faults
from segql.emulator.pages import PAGES, Page
from segql.emulator.routes import Operation, by_path
from segql.emulator.state import State

MAX_BODY = 1024 * 1024  # bytes

_SOON = {"Retry-After": "1"}  # seconds; for faults that pass

_logger = logging.getLogger(__name__)


class _House(NamedTuple):
    """What every path needs."""

    state: State
    token: str | None
    faults: Faults


def create_app(state: State, token: str | None = None, faults: Faults | None = None) -> Starlette:
    """Make the ASGI application that serves an account.

    Args:
        state: the account; the caller closes it.
        token: the only one that is let in; when None, any that is not empty is.
        faults: what goes wrong on request.
    """
    house = _House(state, token, faults or Faults())
    app = Starlette(
        routes=[
            *(Route(_pattern(path), _Resource(has, house)) for path, has in by_path().items()),
            *(Route(path, _PageResource(page, house)) for path, page in PAGES.items()),
        ],
        exception_handlers={HTTPException: _outside_the_routes},
    )
    # A redirect would repeat the query, and the query may hold the token.
    app.router.redirect_slashes = False
    return app


def _pattern(path: str) -> str:
    # What identifies something may be a url, with slashes in it.
    return path.replace("/{value}", "/{value:path}")


class _Resource:
    """One path, with an operation for each method it has."""

    def __init__(self, operations: Mapping[str, Operation], house: _House) -> None:
        self._operations = operations
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        faults = self._house.faults
        fault = faults.draw(request.method, scope["path"])
        await asyncio.sleep(faults.delay())
        if fault is None:
            response = await self._respond(request)
        else:
            response = await self._fail(request, fault)
        if response is None:
            await _drop(scope, receive)
        else:
            await response(scope, receive, send)

    async def _fail(self, request: Request, fault: Fault) -> Response | None:
        """What is answered in place of the right answer; None: nothing at all."""
        if fault.is_after:
            await self._respond(request)
        if fault.status == DROP:
            return None
        if not fault.is_after:
            with suppress(Refused, ClientDisconnect):
                await _read_body(request)  # so that the caller gets to the answer
        return _injected(fault)

    async def _respond(self, request: Request) -> Response:
        return await _safely(request, self._answer)

    async def _answer(self, request: Request) -> Response:
        _authorize(request, self._house.token)
        operation = self._operations.get(request.method)
        if operation is None:
            return _error(405, headers={"Allow": ", ".join(self._operations)})
        call = await _read(request)
        return _success(await run_in_threadpool(operation.run, self._house.state, call))


class _PageResource:
    """A page for people or for tools."""

    def __init__(self, page: Page, house: _House) -> None:
        self._page = page
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await _safely(Request(scope, receive), self._answer)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if self._page.is_guarded and self._house.token is not None:
            _authorize(request, self._house.token)
        if request.method not in ("GET", "HEAD"):
            return _error(405, headers={"Allow": "GET, HEAD"})
        content = await run_in_threadpool(self._page.make, self._house.state)
        return Response(content, 200, dict(self._page.headers), self._page.media_type)


async def _safely(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    """Answer, also where that fails."""
    try:
        return await answer(request)
    except Refused as refused:
        return _error(refused.status, refused.message, refused.headers)
    except ClientDisconnect:
        return _error(400, "the body was cut short")
    except Exception:
        # Not the url: its query may hold the token.
        _logger.exception("%s failed", request.method)
        return _error(500, "the emulator failed; its log tells where")


def _authorize(request: Request, token: str | None) -> None:
    """Let in the token of the header, or without one that of the `key` in the query."""
    offered = request.headers.get("authorization") or request.query_params.get("key", "")
    if not offered.strip():
        raise Refused(401, "no API key: send it as the Authorization header or as ?key=")
    if token is not None and not hmac.compare_digest(offered.encode(), token.encode()):
        raise Refused(401, "invalid API key")


async def _read(request: Request) -> Call:
    return Call(
        path=request.path_params,
        query=request.query_params.multi_items(),
        media_type=request.headers.get("content-type", "").partition(";")[0].strip().lower(),
        body=await _read_body(request),
    )


async def _read_body(request: Request) -> bytes:
    # What is too much is read all the same and dropped, so that the caller gets to the answer.
    body = bytearray()
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= MAX_BODY:
            body += chunk
    if size > MAX_BODY:
        raise Refused(413, f"the body is over {MAX_BODY} bytes")
    return bytes(body)


async def _drop(scope: Scope, receive: Receive) -> None:
    """Break the connection; nothing may be sent, nor may the server answer in our place."""
    abort: Callable[[], None] | None = scope.get("state", {}).get("abort")
    if abort is None:  # another server than our own: it has no way to do it
        return
    abort()
    while (await receive())["type"] != "http.disconnect":
        pass


def _injected(fault: Fault) -> Response:
    headers = _SOON if fault.status in (429, 503) else None
    return _error(fault.status, f"{_phrase(fault.status)}: a fault that was asked for", headers)


def _success(reply: Reply) -> Response:
    if reply.status == HTTPStatus.NO_CONTENT:
        return Response(status_code=reply.status)
    return _json(reply.status, "success", reply.data, reply.beside, reply.headers)


async def _outside_the_routes(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _error(error.status_code)


def _error(status: int, message: str = "", headers: Mapping[str, str] | None = None) -> Response:
    return _json(status, message or _phrase(status), headers=headers)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"status {status}"


def _json(
    status: int,
    message: str,
    data: object = None,
    beside: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    envelope = {"status": status, "message": message, **(beside or {}), "data": data}
    return Response(msgspec.json.encode(envelope), status, headers, "application/json")
