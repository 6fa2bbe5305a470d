"""One account of the vendor's API, and all that can be asked of it."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from segql.api.accounts import Accounts
from segql.api.connections import Connections
from segql.api.credentials import Credentials
from segql.api.datamodels import Datamodels
from segql.api.entities import Entities
from segql.api.jobs import Jobs
from segql.api.limits import SIZE_INTERVAL, RateLimiter
from segql.api.messages import Answer, Request
from segql.api.retries import Retry
from segql.api.scanning import Scanning
from segql.api.segments import SIZE, Segments
from segql.api.transport import Report, Transport

NO_RETRIES = Retry(retries=0)


class Client(Accounts, Segments, Scanning, Entities, Datamodels, Connections, Jobs):
    """A connection to one account; a context manager, and safe to use from several threads.

    Each part of the API is a file of its own, and a base of this class. No method follows a
    redirect. A failure that may pass (no connection, 429, 5xx) is repeated as `retry` says, if that
    is safe: what only asks, and what leaves the same when it is done twice. A segment is created
    once whatever happens (see `create`); what cannot be looked up is sent again only if it surely
    did not arrive. A DELETE whose answer was lost is done when the next one finds nothing.

    Every method raises

        ConnectionFailed: no answer came within `timeout` seconds a step, or at all.
        HttpError: an answer came that is not the one asked for; see its leaves.

    Args:
        credentials: the account's url and token.
        timeout: seconds for each step of a try: connecting, sending, each piece of the answer.
        retry: what is done about failures that may pass.
        report: told of every try; what it is told has no secrets.
        size_interval: seconds between two calls of `size`.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        timeout: float = 30.0,
        retry: Retry = NO_RETRIES,
        report: Report | None = None,
        size_interval: float = SIZE_INTERVAL,
    ) -> None:
        self._credentials = credentials
        self._transport = Transport(
            credentials,
            timeout=timeout,
            retry=retry,
            limits={("POST", SIZE): RateLimiter(size_interval, retry.sleep)},
            report=report,
        )

    @property
    def url(self) -> str:
        """Where the API is."""
        return self._credentials.url

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
        self._transport.close()

    def request(self, request: Request) -> Answer:
        """Send any request: what has no method of its own."""
        return self._transport.send(request)
