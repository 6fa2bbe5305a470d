"""From an answer, or from the lack of one, to the exception that tells it."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple, cast

import httpx2
from msgspec.structs import replace

from segql.api.credentials import HIDDEN, Credentials
from segql.api.decoding import decode_json
from segql.api.errors import (
    Conflict,
    ConnectionFailed,
    HttpError,
    MalformedResponse,
    NotFound,
    Rejected,
    ServerError,
    Unauthorized,
)
from segql.api.messages import Answer

_LONGEST_REASON = 1000  # characters
_KEYS = re.compile(r'("api_?key"\s*:\s*)"(?:[^"\\]|\\.)*"', re.IGNORECASE)


class _Refusal(NamedTuple):
    first: int
    last: int
    error: type[HttpError]
    what: str
    help: str
    is_transient: bool = False
    is_doubtful: bool = False


_UNAUTHORIZED = (
    Unauthorized,
    "not authorized",
    "Check the token: it may be wrong, expired, of another account or without this right.",
)
_FAILED = (ServerError, "the server failed", "Try again in a while.")

# Every status that is not a success; the first row that fits is taken.
_REFUSALS = (
    _Refusal(401, 401, *_UNAUTHORIZED),
    _Refusal(403, 403, *_UNAUTHORIZED),
    _Refusal(404, 404, NotFound, "not found", "Check the id or slug, and whose account it is."),
    _Refusal(409, 409, Conflict, "refused", ""),
    _Refusal(429, 429, Rejected, "too many requests", "Wait a while, then try again.", True),
    _Refusal(400, 499, Rejected, "refused", ""),
    _Refusal(501, 501, ServerError, "the server cannot do this", ""),
    _Refusal(500, 599, *_FAILED, is_transient=True, is_doubtful=True),
    _Refusal(
        300,
        399,
        MalformedResponse,
        "redirected, which is not followed because the token would go along",
        "Set LYTICS_API_URL to the address the server really has.",
    ),
    _Refusal(0, 999, MalformedResponse, "a status that the API does not have", ""),
)


class _Failure(NamedTuple):
    error: type[BaseException]
    what: str
    help: str
    is_transient: bool = True
    is_doubtful: bool = False  # the request may have arrived


_NETWORK = "Check the network and the API url."

# What the HTTP library raises, from the special to the general.
_FAILURES = (
    _Failure(ssl.SSLCertVerificationError, "cannot connect", _NETWORK, is_transient=False),
    _Failure(httpx2.ConnectTimeout, "connecting took too long", _NETWORK),
    _Failure(httpx2.PoolTimeout, "too many requests at once", "Use fewer threads."),
    _Failure(
        httpx2.TimeoutException,
        "the answer took too long",
        "Try again, or allow more time.",
        is_doubtful=True,
    ),
    _Failure(httpx2.ConnectError, "cannot connect", _NETWORK),
    _Failure(httpx2.ProxyError, "the proxy refused", "Check the proxy that the environment names."),
    _Failure(httpx2.InvalidURL, "cannot be asked for", "Check the address.", is_transient=False),
    _Failure(httpx2.LocalProtocolError, "cannot be sent", "Check the headers.", is_transient=False),
    _Failure(
        Exception,
        "the connection broke",
        "Try again; check the API url if it stays so.",
        is_doubtful=True,
    ),
)


def connection_failure(error: Exception, where: str, credentials: Credentials) -> ConnectionFailed:
    """Tell why no answer came to the request `where`."""
    # A row may be about the cause of the library's own error, as that of certificates is.
    row = next(
        row for row in _FAILURES if any(isinstance(each, row.error) for each in _causes(error))
    )
    failed = ConnectionFailed(_because(f"{where}: {row.what}", str(error), credentials), row.help)
    failed.is_transient, failed.is_doubtful = row.is_transient, row.is_doubtful
    return failed


def refusal(answer: Answer, credentials: Credentials) -> HttpError | None:
    """Return the exception for an answer that is no success, and None for one that is."""
    envelope = _envelope(answer)
    status = _status(answer, envelope)
    if 200 <= status <= 299:
        return None
    row = next(row for row in _REFUSALS if row.first <= status <= row.last)
    text = f"{answer.where}: {row.what} ({status})"
    message = _because(text, _reason(answer, envelope), credentials)
    error = row.error(_named(message, answer, credentials), row.help, status=status)
    error.is_transient, error.is_doubtful = row.is_transient, row.is_doubtful
    error.retry_after = _retry_after(answer)
    error.answer = redacted(answer, credentials)
    error.request_id = error.answer.request_id
    return error


def redacted(answer: Answer, credentials: Credentials) -> Answer:
    """The same answer without the token, and without the keys of accounts in JSON."""
    # Byte for byte: the body of an error may be in any encoding.
    text = _KEYS.sub(rf'\1"{HIDDEN}"', credentials.redact(answer.body.decode("latin-1")))
    headers = {name: credentials.redact(value) for name, value in answer.headers.items()}
    return replace(answer, body=text.encode("latin-1"), headers=headers)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _envelope(answer: Answer) -> Mapping[str, object]:
    try:
        document = decode_json(answer.body)
    except ValueError:
        return {}
    return cast("dict[str, object]", document) if isinstance(document, dict) else {}


def _status(answer: Answer, envelope: Mapping[str, object]) -> int:
    """Return the HTTP status, or the envelope's if only that one tells of an error."""
    stated = envelope.get("status")
    if 200 <= answer.status <= 299 and isinstance(stated, int) and 400 <= stated <= 599:
        return stated
    return answer.status


def _reason(answer: Answer, envelope: Mapping[str, object]) -> str:
    if "location" in answer.headers:
        return f"to {answer.headers['location']}"
    message = envelope.get("message")
    return message if isinstance(message, str) else answer.reason


def _because(text: str, reason: str, credentials: Credentials) -> str:
    """Join a reason from outside: the token hidden, on one line, not endlessly long."""
    hidden = credentials.redact(reason)
    printable = "".join(character if character.isprintable() else " " for character in hidden)
    line = " ".join(printable.split())
    if len(line) > _LONGEST_REASON:
        line = line[:_LONGEST_REASON] + "..."
    return f"{text}: {line}" if line else text


def _named(message: str, answer: Answer, credentials: Credentials) -> str:
    """Add the name that the server gave the request: its support asks for it."""
    request_id = credentials.redact(answer.request_id)
    return f"{message} [request {request_id}]" if request_id else message


def _retry_after(answer: Answer) -> float | None:
    """Seconds to wait, said as such or as a date (RFC 9110, section 10.2.3)."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        date = parsedate_to_datetime(said)
    except ValueError:
        return None
    utc = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, (utc - datetime.now(UTC)).total_seconds())
