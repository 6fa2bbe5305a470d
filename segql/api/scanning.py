"""Members of segments, page by page, as many as there are.

The page of the Segment API scans with GET and hands back `next`, to be sent as `start`; the OpenAPI
description scans with POST and hands back `_next`, to be sent as `next`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import Literal, Self, TypedDict, Unpack, cast

import msgspec

from segql.api.decoding import understood
from segql.api.errors import MalformedResponse, Rejected
from segql.api.messages import Answer, json_body, path_of
from segql.api.resource import Resource
from segql.profiles import Profile

_SEGMENTS = "/api/segment"
_SCAN = "/api/segment/scan"

_PAGE = 100  # members; vendor: the most that GET allows
_FILTER_PAGE = 1000  # members; vendor: POST allows 5000
_MOST_EMPTY = 100  # pages: more of them without a member is no end that could be waited for
_OK = 200
_EXPIRED = "The token of a page lasts ten minutes: begin the scan again."


class ScanOptions(TypedDict, total=False):
    """What a scan may be told, by the names of the vendor's page.

    Attributes:
        limit: members a page.
        start: the `next` of an earlier scan, to go on there; it lasts ten minutes.
        splits: numbers from 0 to 99: only the members in these hundredths.
        fields: those to tell of each member; all of them otherwise.
        sortfield: what to sort by.
        sortorder: how.
        recent: sort by the last visit, the latest first.
        meta: tell the schema as well.
    """

    limit: int
    start: str
    splits: Sequence[int]
    fields: Sequence[str]
    sortfield: str
    sortorder: Literal["asc", "desc"]
    recent: bool
    meta: bool


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page of members. `next` is the token of the next one, and empty at the end.

    `total` is how many there are in all, and `meta` the schema, where the server tells them.
    """

    members: list[Profile]
    next: str = ""
    total: int | None = None
    meta: object = None


Ask = Callable[[str], Page]


class Scan(Iterator[Profile]):
    """The members of a segment, once: pages are fetched as they are needed, one at a time.

    `next` is the token of the page after the last one fetched: another scan may `start` there.
    `page` is that last one, without its members.
    """

    def __init__(self, ask: Ask, start: str = "") -> None:
        self.next = start
        self.page = Page(members=[], next=start)
        self._ask = ask
        self._members = self._walk()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Profile:
        return next(self._members)

    def pages(self) -> Generator[Page]:
        """The pages from here on, in place of their members."""
        empty = 0  # pages, one after the other
        while True:
            token = self.next
            page = self._ask(token)
            self.next = page.next
            self.page = msgspec.structs.replace(page, members=[])
            yield page
            empty = 0 if page.members else empty + 1
            # A token may stay the same from page to page; it leads nowhere if nothing comes of it.
            if not page.next or (empty and page.next == token):
                return
            if empty == _MOST_EMPTY:
                raise MalformedResponse(
                    f"{empty} pages without a member: the scan does not end", status=_OK
                )

    def _walk(self) -> Generator[Profile]:
        for page in self.pages():
            yield from page.members


class Scanning(Resource):
    """`/api/segment/{id}/scan` and `/api/segment/scan`."""

    def scan(self, id_or_slug: str, **options: Unpack[ScanOptions]) -> Scan:
        """The members of a stored segment."""
        return self._scan(path_of(_SEGMENTS, id_or_slug, "scan"), {}, options)

    def scan_query(
        self,
        id: str | None = None,
        segments: Mapping[str, object] | str | None = None,
        **options: Unpack[ScanOptions],
    ) -> Scan:
        """The same, with the segment in the query: the id of a stored one, or one in `segments`."""
        return self._scan(_SCAN, {"id": id, "segments": segments}, options)

    def scan_filter(
        self,
        filter: str | None = None,
        *,
        id: str | None = None,
        limit: int = _FILTER_PAGE,
        start: str = "",
        generation: int | None = None,
    ) -> Scan:
        """The members of a filter that is not stored, or of a stored segment.

        Args:
            filter: a statement of SegmentQL.
            id: of a segment, in place of a filter.
            limit: members a page, up to 5000.
            start: the `next` of an earlier scan, to go on there.
            generation: which version of the segment.

        Raises:
            ValueError: neither a filter nor an id, or both.
        """
        if (filter is None) == (id is None):
            raise ValueError("a scan needs a filter or an id, and not both")
        body = json_body({"id": id} if filter is None else {"filter": filter})

        def ask(token: str) -> Page:
            query = {"limit": limit, "next": token or None, "generation": generation}
            return page_of(self._send("POST", _SCAN, body, query, is_repeatable=True))

        return Scan(_minding(ask), start)

    def scan_splits(
        self, id_or_slug: str, *, workers: int = 4, **options: Unpack[ScanOptions]
    ) -> Generator[Profile]:
        """The members of a stored segment, in no order: several scans of parts of it at once.

        Closing it early waits for the requests that are under way.

        Args:
            id_or_slug: the segment.
            workers: how many scans, from 1 to 100.
            options: as of `scan`; `splits` are those to share out, all hundred by default.

        Raises:
            ValueError: it is told where to `start`, which one token cannot say for many scans; or
                there are no workers.
        """
        from segql.api.splits import in_parallel  # threads are rarely wanted

        if "start" in options:
            raise ValueError("many scans at once cannot start at one token")
        if workers < 1:
            raise ValueError("a scan needs a worker")
        splits = options.get("splits", range(100))
        shares = (share for n in range(workers) if (share := list(splits[n::workers])))
        scans = [
            self.scan(id_or_slug, **cast("ScanOptions", {**options, "splits": share}))
            for share in shares
        ]
        return in_parallel(scans)

    def _scan(self, path: str, of: Mapping[str, object], options: ScanOptions) -> Scan:
        query = {"limit": _PAGE, **of, **options}

        def ask(token: str) -> Page:
            return page_of(self._send("GET", path, params={**query, "start": token or None}))

        return Scan(_minding(ask), options.get("start", ""))


def _minding(ask: Ask) -> Ask:
    """Say of a token that is refused what may be wrong with it."""

    def ask_minding(token: str) -> Page:
        try:
            return ask(token)
        except Rejected as error:
            if token and not error.is_transient:
                error.help = _EXPIRED
            raise

    return ask_minding


def page_of(answer: Answer) -> Page:
    """Read a page of members, of either document; raises MalformedResponse."""
    return understood(answer, _page)


def _page(document: object) -> Page:
    if isinstance(document, list):
        return Page(members=msgspec.convert(document, list[Profile]))
    told = msgspec.convert(document, dict[str, object])
    return Page(
        members=msgspec.convert(told.get("data") or [], list[Profile]),
        next=next_token(told),
        total=msgspec.convert(told.get("total"), int | None),
        meta=told.get("meta") or told.get("schema"),
    )


def next_token(document: Mapping[str, object]) -> str:
    """The token of the next page, in an answer of either document; "" where there is none."""
    return str(document.get("_next") or document.get("next") or "")
