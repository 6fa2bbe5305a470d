"""The comments on a pull request; what a service does in its own way is in its `Service`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar

import msgspec

from segql.api.credentials import Credentials
from segql.api.decoding import understood
from segql.api.errors import ApiError, ConnectionFailed, CredentialsError, HttpError
from segql.api.messages import Answer, Params, Request, json_body
from segql.api.retries import Retry
from segql.api.transport import Transport

T = TypeVar("T")

_TIMEOUT = 30.0  # seconds
_PAGE = 100  # comments: the most that the services give at once
_PAGES = 100  # no service lets a pull request have so many
_AGAIN = "Run it again: a comment that has arrived is found and replaced."


class ForgeError(ApiError):
    """There is no pull request here, no token for it, or nothing to write."""


class Comment(NamedTuple):
    """A comment on a pull request; `author` is the name or the id of whoever wrote it."""

    id: int
    text: str
    author: str


class Service(NamedTuple):
    """What a service does in its own way."""

    edit_method: str
    order: Params  # the parameters that bring the oldest comment first
    anchor: str  # what stands before the id of a comment in its address
    who: Request  # asks whose the token is
    read_who: Callable[[Answer], str]  # the same name or id as that of an author
    read_comments: Callable[[Answer], list[Comment]]  # without what the service itself notes
    has_next: Callable[[Answer], bool]  # whether there is another page
    help: Mapping[int, str]  # status -> what to do about it


class Place(NamedTuple):
    """A pull request: the paths of its comments and, without the id, of one; its web page."""

    comments: str
    comment: str
    page: str


class Forge:
    """The pull request that a CI job runs for.

    Whatever goes wrong is an ``ApiError`` that says what to do about it and holds no token.
    """

    def __init__(self, service: Service, credentials: Credentials, place: Place) -> None:
        """See `segql.forges.finding`."""
        self._service = service
        self._transport = Transport(credentials, timeout=_TIMEOUT, retry=Retry(), limits={})
        self._place = place

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._transport.close()

    def comments(self) -> Iterator[Comment]:
        """All comments, the oldest first."""
        # Pages are counted here: the address of the next one, as an answer gives it, could lead
        # elsewhere, and the token would go along.
        for page in range(1, _PAGES + 1):
            params = [("per_page", str(_PAGE)), ("page", str(page)), *self._service.order]
            answer = self._send(Request("GET", self._place.comments, params))
            yield from self._service.read_comments(answer)
            if not self._service.has_next(answer):
                return
        raise ForgeError(f"there are more than {_PAGES} pages of comments")

    def whoami(self) -> str:
        """Whose the token is, named as the author of a comment is."""
        return self._service.read_who(self._send(self._service.who))

    def create(self, text: str) -> int:
        """Write a new comment, and return its id."""
        body = json_body({"body": text})
        return read(self._send(Request("POST", self._place.comments, (), body)), _Written).id

    def edit(self, id: int, text: str) -> None:
        """Write another text in place of a comment's own."""
        path = f"{self._place.comment}/{id}"
        body = json_body({"body": text})
        self._send(Request(self._service.edit_method, path, (), body, is_repeatable=True))

    def address(self, id: int) -> str:
        """Where a comment is, for people."""
        return f"{self._place.page}#{self._service.anchor}{id}"

    def _send(self, request: Request) -> Answer:
        bearer = ("Authorization", f"Bearer {self._transport.credentials.token}")
        try:
            return self._transport.send(request._replace(headers=[bearer]))
        except (HttpError, ConnectionFailed) as error:
            if error.is_doubtful:
                error.help = _AGAIN
            elif isinstance(error, HttpError):
                error.help = self._service.help.get(error.status, error.help)
            raise


class _Written(msgspec.Struct):
    id: int


def read(answer: Answer, kind: type[T]) -> T:
    """The JSON of an answer as a struct. Raises ``MalformedResponse``."""

    def convert(document: Any) -> T:
        return msgspec.convert(document, kind)

    return understood(answer, convert)


def required(environ: Mapping[str, str], *names: str) -> str:
    """The first of these variables that is set; the service sets one. Raises `ForgeError`."""
    found = first(environ, *names)
    if found is None:
        raise ForgeError(f"{names[-1]} is not set", "Each job of CI has it: pass it on.")
    return found


def first(environ: Mapping[str, str], *names: str) -> str | None:
    """The first of these variables that is set and not empty."""
    values = (environ.get(name, "").strip() for name in names)
    return next(filter(None, values), None)


def checked(url: str, token: str, *variables: str) -> Credentials:
    """An address and a token. Raises ``CredentialsError``, which names their variables."""
    try:
        return Credentials(url, token)
    except CredentialsError as error:
        error.help = f"Check {' and '.join(variables)}."
        raise
