"""Everything that can go wrong between this machine and the API.

ApiError
├── CredentialsError        no token, or an unusable token, profile or url; nothing was sent
├── ConnectionFailed        not reachable, timed out, TLS, a broken connection
└── HttpError               the server answered, and .status is its status
    ├── Unauthorized        401, 403
    ├── NotFound            404
    ├── Rejected            any other 4xx: the request itself is at fault
    │   └── Conflict        409: what is there already stands in the way
    ├── ServerError         5xx
    └── MalformedResponse   a redirect, not JSON, or JSON of another shape

No exception here ever carries the token: not in its text, and not in a chained exception.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from segql.api.messages import Answer


class ApiError(Exception):
    """The base of them all.

    `message` is one line that says what failed, where and why.
    `help` says what to do about it, and may be empty.
    `is_transient` tells whether the same request may well succeed a moment later.
    `is_doubtful` tells whether the request, or an earlier try of it, may have been carried out.
    `retry_after` is how many seconds the server asks to wait; None where it says nothing.
    """

    is_transient = False
    is_doubtful = False
    retry_after: float | None = None

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class CredentialsError(ApiError):
    """There is no usable token, profile or url."""


class ConnectionFailed(ApiError):
    """No answer came: not reachable, timed out, TLS refused, or the connection broke."""


class HttpError(ApiError):
    """An answer came, and it is not the one asked for.

    `status` is its HTTP status, `request_id` the name that the server gave the request ("" if
    none). `answer` is the answer with the token hidden; None if its status was a good one.
    """

    request_id = ""
    answer: Answer | None = None

    def __init__(self, message: str, help: str = "", *, status: int) -> None:
        super().__init__(message, help)
        self.status = status


class Unauthorized(HttpError):
    """The server does not accept the token, or the token may not do this (401, 403)."""


class NotFound(HttpError):
    """There is no such segment, connection, job and so on (404)."""


class Rejected(HttpError):
    """The server refuses the request (another 4xx); its own message is in `message`."""


class Conflict(Rejected):
    """What is there already stands in the way: most often another segment's slug (409)."""


class ServerError(HttpError):
    """The server failed (5xx)."""


class MalformedResponse(HttpError):
    """The answer is a redirect, is not JSON, or is JSON of another shape than the API's."""
