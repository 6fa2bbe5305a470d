"""Several scans at once, a thread each."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Sequence

from segql.api.scanning import Page, Scan
from segql.profiles import Profile

_POLL = 0.1  # seconds; how soon a thread sees that nobody reads any more

_Item = Page | BaseException | None  # None: a scan is at its end


def in_parallel(scans: Sequence[Scan]) -> Generator[Profile]:
    """Yield the members of all scans as they come.

    There is never more than a page a scan in memory, and one waiting. The first failure ends them
    all and is raised here; so does the caller who stops reading.
    """
    pages: queue.Queue[_Item] = queue.Queue(maxsize=len(scans))
    stop = threading.Event()
    threads = [
        threading.Thread(target=_fetch, args=(scan, pages, stop), daemon=True) for scan in scans
    ]
    for thread in threads:
        thread.start()
    try:
        yield from _members(pages, len(scans))
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _members(pages: queue.Queue[_Item], running: int) -> Generator[Profile]:
    while running:
        item = pages.get()
        if isinstance(item, BaseException):
            raise item
        if item is None:
            running -= 1
        else:
            yield from item.members


def _fetch(scan: Scan, pages: queue.Queue[_Item], stop: threading.Event) -> None:
    try:
        for page in scan.pages():
            if not _put(page, pages, stop):
                return
    except Exception as error:
        _put(error, pages, stop)
    else:
        _put(None, pages, stop)


def _put(item: _Item, pages: queue.Queue[_Item], stop: threading.Event) -> bool:
    """Hand over, and wait until there is room; False once nobody reads any more."""
    while not stop.is_set():
        try:
            pages.put(item, timeout=_POLL)
        except queue.Full:
            continue
        return True
    return False
