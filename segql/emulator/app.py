"""The HTTP around the operations: who may call, what comes in, and the envelope that goes out."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from segql.emulator.errors import Refused
from segql.emulator.operations import OPERATIONS, Call, Operation, Reply
from segql.emulator.store import SegmentStore

MAX_BODY = 1024 * 1024  # bytes

_logger = logging.getLogger(__name__)


def create_app(store: SegmentStore, token: str | None) -> Starlette:
    """Make the ASGI application that serves a store.

    Args:
        store: the segments; the caller closes it.
        token: the only one that is let in; when None, any that is not empty is.
    """
    app = Starlette(
        routes=[
            Route(path, _Resource(operations, store, token))
            for path, operations in OPERATIONS.items()
        ],
        exception_handlers={HTTPException: _outside_the_routes},
    )
    # A redirect would repeat the query, and the query may hold the token.
    app.router.redirect_slashes = False
    return app


class _Resource:
    """One path, with an operation for each method it has."""

    def __init__(
        self, operations: Mapping[str, Operation], store: SegmentStore, token: str | None
    ) -> None:
        self._operations = operations
        self._store = store
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._respond(Request(scope, receive))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        try:
            _authorize(request, self._token)
            operation = self._operations.get(request.method)
            if operation is None:
                return _error(405, allow=", ".join(self._operations))
            call = await _read(request)
            return _success(await run_in_threadpool(operation, self._store, call))
        except Refused as refused:
            return _error(refused.status, refused.message)
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
        segment=request.path_params.get("segment", ""),
        query=request.query_params,
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


def _success(reply: Reply) -> Response:
    if reply.status == HTTPStatus.NO_CONTENT:
        return Response(status_code=reply.status)
    return _json(reply.status, "success", reply.data)


async def _outside_the_routes(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _error(error.status_code)


def _error(status: int, message: str = "", **headers: str) -> Response:
    return _json(status, message or HTTPStatus(status).phrase, headers=headers)


def _json(
    status: int, message: str, data: object = None, headers: Mapping[str, str] | None = None
) -> Response:
    envelope = {"status": status, "message": message, "data": data}
    return Response(msgspec.json.encode(envelope), status, headers, "application/json")
