"""The operations of the vendor's Segment API, one method each."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Literal, NamedTuple, Self
from urllib.parse import quote

import httpx2
import msgspec

from segql._version import __version__
from segql.api.credentials import Credentials
from segql.api.errors import ApiError, ConnectionFailed, NotFound
from segql.api.models import Segment, decode_json, decode_segment, decode_segments, malformed
from segql.api.responses import connection_failure, refusal

_SEGMENTS = "/api/segment"
_VALIDATE = "/api/segment/validate"

_NO_CONTENT = 204


class Client:
    """A connection to one account; a context manager, and safe to use from several threads.

    Every method sends one request, follows no redirect and retries nothing. Every method raises

        ConnectionFailed: no answer came within `timeout` seconds a step, or at all.
        HttpError: an answer came that is not the one asked for; see its leaves.
    """

    def __init__(self, credentials: Credentials, *, timeout: float = 30.0) -> None:
        self._credentials = credentials
        failure: ConnectionFailed | None = None
        try:
            self._http = _open(credentials, timeout)
        except (OSError, ValueError, ImportError, httpx2.InvalidURL):
            # All that can fail here is what the environment says about proxies and certificates.
            failure = ConnectionFailed(
                f"cannot set up a connection to {credentials.url}",
                "Check the variables HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR.",
            )
        if failure:
            raise failure

    def __repr__(self) -> str:
        return f"Client({self._credentials!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def validate(self, text: str) -> None:
        """Ask whether one statement of SegmentQL is valid; Rejected, with the reason, if not."""
        self._confirm("POST", _VALIDATE, _text(text))

    def validate_json(self, payload: Mapping[str, object]) -> None:
        """Ask whether the `segment_ql` of a payload is valid; Rejected, with the reason, if not."""
        self._confirm("POST", _VALIDATE, _json(payload))

    def create_text(self, text: str) -> Segment:
        """Create the segment that a statement's ALIAS names, or update it if it is there."""
        return self._segment("POST", _SEGMENTS, _text(text))

    def create(self, payload: Mapping[str, object]) -> Segment:
        """Create a segment from its fields."""
        return self._segment("POST", _SEGMENTS, _json(payload))

    def segments(
        self, table: str | None = None, valid: bool | Literal["all"] | None = None
    ) -> list[Segment]:
        """List the segments of the account.

        Args:
            table: "user", "content" and so on; the server takes "user" when None.
            valid: only the valid ones, only the invalid ones, or all.
        """
        asked = {"table": table, "valid": None if valid is None else str(valid).lower()}
        params = {name: value for name, value in asked.items() if value is not None}
        answer = self._send("GET", _SEGMENTS, params=params)
        return decode_segments(answer.body, where=answer.where, status=answer.status)

    def segment(self, id_or_slug: str) -> Segment:
        """Fetch one segment; NotFound if there is none."""
        return self._segment("GET", _path(id_or_slug))

    def update(self, id_or_slug: str, payload: Mapping[str, object]) -> Segment:
        """Change the given fields of a segment; NotFound if there is none."""
        return self._segment("PUT", _path(id_or_slug), _json(payload))

    def delete(self, id_or_slug: str) -> None:
        """Delete a segment; NotFound if there is none."""
        self._confirm("DELETE", _path(id_or_slug))

    def _segment(self, method: str, path: str, body: _Body | None = None) -> Segment:
        answer = self._send(method, path, body)
        return decode_segment(answer.body, where=answer.where, status=answer.status)

    def _confirm(self, method: str, path: str, body: _Body | None = None) -> None:
        """Send, and make sure that it was the API that said yes: it says it in JSON, or in 204."""
        answer = self._send(method, path, body)
        if answer.status == _NO_CONTENT:
            return
        try:
            decode_json(answer.body)
        except ValueError as error:
            raise malformed(answer.where, answer.status, error) from None

    def _send(
        self,
        method: str,
        path: str,
        body: _Body | None = None,
        params: Mapping[str, str] | None = None,
    ) -> _Answer:
        where = f"{method} {self._credentials.url}{path}"
        outcome = self._exchange(method, path, where, body, params)
        if isinstance(outcome, ApiError):
            raise outcome
        return outcome

    def _exchange(
        self,
        method: str,
        path: str,
        where: str,
        body: _Body | None,
        params: Mapping[str, str] | None,
    ) -> _Answer | ApiError:
        # Errors are handed back, not raised here: raised inside `except` they would be chained to
        # one that holds the request, and the request holds the token.
        try:
            response = self._http.request(
                method,
                path,
                params=dict(params) if params else None,
                content=body.content if body else None,
                headers={"Content-Type": body.type} if body else None,
            )
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            return connection_failure(error, where, self._credentials)
        refused = refusal(response, where, self._credentials)
        return refused or _Answer(where, response.status_code, response.content)


class _Answer(NamedTuple):
    where: str
    status: int
    body: bytes


class _Body(NamedTuple):
    type: str
    content: bytes


def _open(credentials: Credentials, timeout: float) -> httpx2.Client:
    return httpx2.Client(
        base_url=credentials.url,
        headers={
            "Authorization": credentials.token,
            "Accept": "application/json",
            "User-Agent": f"segql/{__version__}",
        },
        timeout=timeout,
        follow_redirects=False,
        # Plain http goes to this machine only; a proxy on the way would read the token.
        trust_env=credentials.url.startswith("https:"),
    )


def _text(text: str) -> _Body:
    return _Body("text/plain", text.encode())


def _json(payload: Mapping[str, object]) -> _Body:
    return _Body("application/json", msgspec.json.encode(payload))


def _path(id_or_slug: str) -> str:
    # These would address another resource, the list of all segments for one.
    if id_or_slug in ("", ".", ".."):
        raise NotFound(f"no segment can be named {id_or_slug!r}", status=404)
    return f"{_SEGMENTS}/{quote(id_or_slug, safe='')}"
