"""From an answer, or from the lack of one, to the exception that tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, cast

import httpx2

from segql.api.credentials import Credentials
from segql.api.errors import (
    ConnectionFailed,
    HttpError,
    MalformedResponse,
    NotFound,
    Rejected,
    ServerError,
    Unauthorized,
)
from segql.api.models import decode_json

_LONGEST_REASON = 1000  # characters


class _Refusal(NamedTuple):
    first: int
    last: int
    error: type[HttpError]
    what: str
    help: str


_UNAUTHORIZED = (
    Unauthorized,
    "not authorized",
    "Check the token: it may be wrong, expired, of another account or without this right.",
)

# Every status that is not a success; the first row that fits is taken.
_REFUSALS = (
    _Refusal(401, 401, *_UNAUTHORIZED),
    _Refusal(403, 403, *_UNAUTHORIZED),
    _Refusal(404, 404, NotFound, "not found", "Check the id or slug, and whose account it is."),
    _Refusal(429, 429, Rejected, "too many requests", "Wait a while, then try again."),
    _Refusal(400, 499, Rejected, "refused", ""),
    _Refusal(500, 599, ServerError, "the server failed", "Try again in a while."),
    _Refusal(
        300,
        399,
        MalformedResponse,
        "redirected, which is not followed because the token would go along",
        "Set LYTICS_API_URL to the address the server really has.",
    ),
    _Refusal(0, 999, MalformedResponse, "a status that the API does not have", ""),
)

# What the HTTP library raises, from the special to the general.
_FAILURES: tuple[tuple[type[Exception], str, str], ...] = (
    (httpx2.ConnectTimeout, "connecting took too long", "Check the network and the API url."),
    (httpx2.TimeoutException, "the answer took too long", "Try again, or allow more time."),
    (httpx2.ConnectError, "cannot connect", "Check the network and the API url."),
    (httpx2.ProxyError, "the proxy refused", "Check the proxy that the environment names."),
    (Exception, "the connection broke", "Try again; check the API url if it stays so."),
)


def connection_failure(error: Exception, where: str, credentials: Credentials) -> ConnectionFailed:
    """Tell why no answer came to the request `where`."""
    what, help = next((what, help) for kind, what, help in _FAILURES if isinstance(error, kind))
    return ConnectionFailed(_because(f"{where}: {what}", str(error), credentials), help)


def refusal(response: httpx2.Response, where: str, credentials: Credentials) -> HttpError | None:
    """Return the exception for an answer that is no success, and None for one that is."""
    envelope = _envelope(response)
    status = _status(response, envelope)
    if 200 <= status <= 299:
        return None
    row = next(row for row in _REFUSALS if row.first <= status <= row.last)
    message = _because(f"{where}: {row.what} ({status})", _reason(response, envelope), credentials)
    return row.error(message, row.help, status=status)


def _envelope(response: httpx2.Response) -> Mapping[str, object]:
    try:
        document = decode_json(response.content)
    except ValueError:
        return {}
    return cast("dict[str, object]", document) if isinstance(document, dict) else {}


def _status(response: httpx2.Response, envelope: Mapping[str, object]) -> int:
    """Return the HTTP status, or the envelope's if only that one tells of an error."""
    stated = envelope.get("status")
    if response.is_success and isinstance(stated, int) and 400 <= stated <= 599:
        return stated
    return response.status_code


def _reason(response: httpx2.Response, envelope: Mapping[str, object]) -> str:
    if "location" in response.headers:
        return f"to {response.headers['location']}"
    message = envelope.get("message")
    return message if isinstance(message, str) else response.reason_phrase


def _because(text: str, reason: str, credentials: Credentials) -> str:
    """Join a reason from outside: the token hidden, on one line, not endlessly long."""
    hidden = credentials.redact(reason)
    printable = "".join(character if character.isprintable() else " " for character in hidden)
    line = " ".join(printable.split())
    if len(line) > _LONGEST_REASON:
        line = line[:_LONGEST_REASON] + "..."
    return f"{text}: {line}" if line else text
