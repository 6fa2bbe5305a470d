"""What goes to the API, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias
from urllib.parse import quote

import msgspec

from segql.api.errors import NotFound

TEXT = "text/plain"
JSON = "application/json"

Params: TypeAlias = Sequence[tuple[str, str]]

# Where servers and the gateways before them put the name of a request; the first one wins.
_REQUEST_IDS = ("x-request-id", "request-id", "x-amzn-requestid", "x-correlation-id", "cf-ray")
_LONGEST_REQUEST_ID = 100  # characters

# Doing it twice leaves the same as doing it once (RFC 9110, section 9.2.2).
_IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})


class Body(NamedTuple):
    """The content of a request, and its media type."""

    type: str
    content: bytes


class Request(NamedTuple):
    """A request; the path is encoded already, the parameters are not."""

    method: str
    path: str
    params: Params = ()
    body: Body | None = None
    headers: Params = ()
    is_repeatable: bool = False  # a POST that only asks, or that says all there is to say

    @property
    def is_idempotent(self) -> bool:
        """Whether it may be sent again when nobody knows what became of it."""
        return self.is_repeatable or self.method in _IDEMPOTENT


class Answer(msgspec.Struct, frozen=True, eq=False):
    """An answer. `where` is the request's method and url, without its query.

    Its `repr` shows neither body nor headers: an answer may hold personal data, or echo the token.
    """

    where: str
    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        return f"Answer({self.where!r}, {self.status})"

    @property
    def request_id(self) -> str:
        """The name that the server gave the request, on one line; "" if none."""
        found = next(filter(None, map(self.headers.get, _REQUEST_IDS)), "")
        return "".join(filter(str.isprintable, found))[:_LONGEST_REQUEST_ID]


def text_body(text: str) -> Body:
    """A statement of SegmentQL as a body."""
    return Body(TEXT, text.encode())


def json_body(value: object) -> Body:
    """Anything that msgspec encodes, as a body."""
    return Body(JSON, msgspec.json.encode(value))


def path_of(*steps: str) -> str:
    """An address: the first step is a path, those after it are names.

    Raises:
        NotFound: a name that would address something else, such as the list of all for one.
    """
    base, *names = steps
    for name in names:
        if name in ("", ".", ".."):
            raise NotFound(f"nothing can be named {name!r}", status=404)
    return "/".join([base, *(quote(name, safe="") for name in names)])


def params_of(options: Mapping[str, object]) -> Params:
    """The parameters of a query; those that are None are left out, a list is joined by commas."""
    given = ((name, value) for name, value in options.items() if value is not None)
    return [(name, param(value)) for name, value in given]


def param(value: object) -> str:
    """A value as a parameter of a query: a text as it is, a list by commas, the rest as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple | set | frozenset | range):
        return ",".join(map(param, value))  # pyright: ignore[reportUnknownArgumentType]
    return msgspec.json.encode(value).decode()
