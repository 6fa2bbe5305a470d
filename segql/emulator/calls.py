"""What an operation gets and gives: a request and a reply, without HTTP around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeVar, get_origin, get_type_hints

import msgspec

from segql.emulator.errors import Refused

TEXT = "text/plain"
JSON = "application/json"

S = TypeVar("S", bound=msgspec.Struct)
T = TypeVar("T")

# Other ways to write a boolean in a query.
_BOOLEANS = {"t": "true", "f": "false"}


class Call(NamedTuple):
    """A request: what stands in the path and in the query, the media type and the body."""

    path: Mapping[str, str]
    query: Iterable[tuple[str, str]]
    media_type: str
    body: bytes

    def asked(self, shape: type[S]) -> S:
        """The parameters of the query.

        A list is written as `x=1,2`, `x=1&x=2` or `x[]=1&x[]=2`. What `shape` does not have is
        passed over.

        Raises:
            Refused: one is of another type or given twice (400).
        """
        hints = _hints(shape)
        given: dict[str, list[str]] = {}
        for name, value in self.query:
            given.setdefault(name.removesuffix("[]"), []).append(value)
        values = {
            name: _value(name, said, hints[name]) for name, said in given.items() if name in hints
        }
        try:
            return msgspec.convert(values, shape, strict=False)
        except msgspec.ValidationError as error:
            raise Refused(400, f"the query is wrong: {error}") from error

    def told(self, shape: type[T], what: str = "what is taken here") -> T:
        """The JSON of the body.

        Raises:
            Refused: there is none or not this JSON (400), or it is something else (415).
        """
        self._check_media_type(JSON)
        return decoded(self.body, shape, what)

    @property
    def is_text(self) -> bool:
        """Whether the body is a statement; text that begins with a brace is JSON all the same.

        Raises:
            Refused: there is none (400), or it is of a type that is not taken (415).
        """
        self._check_media_type(TEXT, JSON)
        return self.media_type == TEXT and not self.body.lstrip().startswith(b"{")

    @property
    def text(self) -> str:
        """The body as text.

        Raises:
            Refused: it is not UTF-8 (400).
        """
        try:
            return self.body.decode()
        except UnicodeDecodeError as error:
            raise Refused(400, "the body is not UTF-8") from error

    def _check_media_type(self, *taken: str) -> None:
        if self.media_type in taken:
            return
        if not self.media_type and not self.body:
            raise Refused(400, "there is no body")
        raise Refused(415, f"the Content-Type is not {' or '.join(taken)}")


class Reply(NamedTuple):
    """What is answered: a status, what goes into `data`, and what stands beside it."""

    status: int
    data: object = None
    beside: Mapping[str, object] = {}
    headers: Mapping[str, str] = {}


def decoded(body: bytes, shape: type[T], what: str) -> T:
    """Decode JSON.

    Raises:
        Refused: it is not UTF-8, not JSON, or has a field of another type (400).
    """
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(400, f"the body is not the JSON of {what}: {error}") from error


@cache
def _hints(shape: type[msgspec.Struct]) -> dict[str, Any]:
    types = get_type_hints(shape)
    names = zip(shape.__struct_encode_fields__, shape.__struct_fields__, strict=True)
    return {encoded: types[name] for encoded, name in names}


def _value(name: str, said: list[str], type: Any) -> object:
    if get_origin(type) is list:
        return [part.strip() for text in said for part in text.split(",") if part.strip()]
    if len(said) > 1:
        raise Refused(400, f"the query is wrong: `{name}` is given twice")
    return _BOOLEANS.get(said[0].lower(), said[0]) if type is bool else said[0]
