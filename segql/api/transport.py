"""Requests on their way: pooled connections, repeats, limits, and a report of every try."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

import httpx2

from segql._version import __version__
from segql.api.credentials import Credentials
from segql.api.errors import ApiError, ConnectionFailed, HttpError
from segql.api.limits import RateLimiter
from segql.api.messages import JSON, Answer, Request
from segql.api.responses import connection_failure, refusal
from segql.api.retries import Retry, Tries

_LARGEST = 256 * 1024 * 1024  # bytes of an answer
_NOT_FOUND = 404
_NO_CONTENT = 204

_PERHAPS_DONE = "The server may have done it all the same: look before you send it again."


class Attempt(NamedTuple):
    """One try of a request: what was sent, and what came of it.

    `status` is None where no answer came; `reason` says then, or of an error, what was wrong.
    The url has no secrets.
    """

    method: str
    url: str
    status: int | None
    milliseconds: float
    request_id: str
    reason: str

    def line(self) -> str:
        """The same for people."""
        milliseconds = f"{self.milliseconds:.0f} ms"
        if self.status is None:
            return f"{self.reason} ({milliseconds})"
        name = f" [request {self.request_id}]" if self.request_id else ""
        return f"{self.method} {self.url}: {self.status} in {milliseconds}{name}"


# What the HTTP library logs: its events by name, and a line for each answer.
_EVENT = re.compile(r"(receive_\S+) .*", re.DOTALL)
_LINE = re.compile(r"(HTTP Request: \S+ [^ ?]*)\S*( \"HTTP/\S+ \d+) .*", re.DOTALL)


class _WithoutSecrets(logging.Filter):
    """Keeps queries and what a server says out of a log: it may echo the token."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = _EVENT.sub(r"\1", record.getMessage())
        record.msg, record.args = _LINE.sub(r'\1\2"', message), ()
        return True


for _name in ("httpx2", "httpcore2.http11"):
    logging.getLogger(_name).addFilter(_WithoutSecrets())

Report = Callable[[Attempt], object]
Limits = Mapping[tuple[str, str], RateLimiter]


class Transport:
    """The way to one account; safe to use from several threads.

    Args:
        timeout: seconds for each step of a try: connecting, sending, each piece of the answer.
        retry: what is done about failures that may pass.
        limits: method and path -> what limits how often it is asked.
        report: told of every try.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        timeout: float,
        retry: Retry,
        limits: Limits,
        report: Report | None = None,
    ) -> None:
        self.credentials = credentials
        self.retry = retry
        self._limits = limits
        self._report = report
        self._http = _opened(credentials, timeout)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def send(self, request: Request, tries: Tries | None = None) -> Answer:
        """Send a request until it is answered well; raises as `Client` says."""
        tries = tries or Tries(self.retry)
        doubtful = False
        while True:
            outcome = self.attempt(request)
            if isinstance(outcome, Answer):
                return outcome
            if doubtful and _is_gone(request, outcome):
                return Answer(self.where(request), _NO_CONTENT, "No Content", {}, b"")
            doubtful = outcome.is_doubtful = doubtful or outcome.is_doubtful
            is_repeatable = request.is_idempotent or not doubtful
            if not (is_repeatable and tries.again(outcome)):
                if not is_repeatable:
                    outcome.help = _PERHAPS_DONE
                raise outcome

    def attempt(self, request: Request) -> Answer | ApiError:
        """Send a request once."""
        limiter = self._limits.get((request.method, request.path))
        if limiter:
            limiter.wait()
        begun = time.monotonic()
        outcome = self._exchange(request)
        if self._report:
            self._report(self._told(request, outcome, time.monotonic() - begun))
        return outcome

    def where(self, request: Request) -> str:
        """A request's method and url, without its query."""
        return f"{request.method} {self.credentials.url}{request.path}"

    def _exchange(self, request: Request) -> Answer | ApiError:
        # Errors are handed back, not raised here: raised inside `except` they would be chained to
        # one that holds the request, and the request holds the token.
        where = self.where(request)
        content_type = {"Content-Type": request.body.type} if request.body else {}
        try:
            with self._http.stream(
                request.method,
                request.path,
                params=list(request.params) or None,
                content=request.body.content if request.body else None,
                headers=httpx2.Headers(content_type) | httpx2.Headers(list(request.headers)),
            ) as response:
                body = _read(response, time.monotonic() + self.retry.deadline)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            return connection_failure(error, where, self.credentials)
        if isinstance(body, str):
            failed = ConnectionFailed(f"{where}: {body}", "Ask for less.")
            failed.is_doubtful = True
            return failed
        reason, answered = response.reason_phrase, response.headers
        answer = Answer(where, response.status_code, reason, answered, body)
        return refusal(answer, self.credentials) or answer

    def _told(self, request: Request, outcome: Answer | ApiError, seconds: float) -> Attempt:
        query = f"?{urlencode(request.params)}" if request.params else ""
        url = f"{self.credentials.url}{request.path}{query}"
        has_status = isinstance(outcome, Answer | HttpError)
        name = outcome.request_id if has_status else ""
        return Attempt(
            request.method,
            self.credentials.redact(url),
            outcome.status if has_status else None,
            seconds * 1000,
            self.credentials.redact(name),
            outcome.message if isinstance(outcome, ApiError) else "",
        )


def _read(response: httpx2.Response, ends: float) -> bytes | str:
    """The whole body, or why it has no end: the library limits each piece, but not all of them."""
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > _LARGEST:
            return f"the answer is over {_LARGEST} bytes"
        if time.monotonic() > ends:
            return "the answer took too long"
    return bytes(body)


def _is_gone(request: Request, error: ApiError) -> bool:
    """Whether an earlier try has deleted what is to be deleted."""
    is_missing = isinstance(error, HttpError) and error.status == _NOT_FOUND
    return request.method == "DELETE" and is_missing


def _opened(credentials: Credentials, timeout: float) -> httpx2.Client:
    failure: ConnectionFailed | None = None
    try:
        return _open(credentials, timeout)
    except (OSError, ValueError, ImportError, httpx2.InvalidURL):
        # All that can fail here is what the environment says about proxies and certificates.
        failure = ConnectionFailed(
            f"cannot set up a connection to {credentials.url}",
            "Check the variables HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR.",
        )
    raise failure


def _open(credentials: Credentials, timeout: float) -> httpx2.Client:
    return httpx2.Client(
        base_url=credentials.url,
        headers={
            "Authorization": credentials.token,
            "Accept": JSON,
            "User-Agent": f"segql/{__version__}",
        },
        timeout=timeout,
        follow_redirects=False,
        # Plain http goes to this machine only; a proxy on the way would read the token.
        trust_env=credentials.url.startswith("https:"),
    )
