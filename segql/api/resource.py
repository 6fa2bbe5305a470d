"""What the parts of the client have in common: they ask through one transport."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

import msgspec

from segql.api.decoding import decode_many, decode_one, understood
from segql.api.messages import Answer, Body, Request, params_of

if TYPE_CHECKING:
    from segql.api.transport import Transport

T = TypeVar("T", bound=msgspec.Struct)

_NO_CONTENT = 204


class Resource:
    """A part of the API. Its methods raise what `Client` says."""

    _transport: Transport

    def _send(
        self,
        method: str,
        path: str,
        body: Body | None = None,
        params: Mapping[str, object] | None = None,
        *,
        is_repeatable: bool = False,
    ) -> Answer:
        request = Request(method, path, params_of(params or {}), body, is_repeatable=is_repeatable)
        return self._transport.send(request)

    def _one(self, kind: type[T], method: str, path: str, body: Body | None = None) -> T:
        return decode_one(self._send(method, path, body), kind)

    def _many(
        self, kind: type[T], path: str, params: Mapping[str, object] | None = None
    ) -> list[T]:
        return decode_many(self._send("GET", path, params=params), kind)

    def _confirm(
        self,
        method: str,
        path: str,
        body: Body | None = None,
        params: Mapping[str, object] | None = None,
        *,
        is_repeatable: bool = False,
    ) -> None:
        """Send, and make sure that it was the API that said yes: it says it in JSON, or in 204."""
        answer = self._send(method, path, body, params, is_repeatable=is_repeatable)
        if answer.status != _NO_CONTENT:
            understood(answer, lambda document: document)
