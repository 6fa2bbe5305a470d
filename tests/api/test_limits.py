"""The size of a segment may be asked for once in ten seconds, by all threads together."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from segql.api import Client, Credentials, RateLimiter, Request, Retry
from segql.api.limits import SIZE_INTERVAL

from .conftest import TOKEN, Vendor, reply

SIZE = {"data": {"size": 3}}


def gaps(vendor: Vendor) -> list[float]:
    times = sorted(asked.at for asked in vendor.asked)
    return [later - earlier for earlier, later in pairwise(times)]


def test_threads_share_a_limit(vendor: Vendor) -> None:
    vendor.answer(200, SIZE)
    client = Client(Credentials(vendor.url, TOKEN), size_interval=0.1)
    with client, ThreadPoolExecutor(5) as pool:
        sizes = list(pool.map(client.size, ["FILTER a"] * 5))
    assert [size.size for size in sizes] == [3] * 5
    assert len(vendor.asked) == 5
    assert min(gaps(vendor)) > 0.05  # the network may be quicker for the later one


def test_nothing_else_waits_for_it(vendor: Vendor) -> None:
    vendor.answer(200, SIZE)
    begun = time.monotonic()
    with Client(Credentials(vendor.url, TOKEN), size_interval=30) as client:
        client.size("FILTER a")
        client.validate("FILTER a")
        vendor.answer(200, {"data": [{"size": 3}]})
        assert [size.size for size in client.sizes()] == [3]
    assert time.monotonic() - begun < 5


def test_a_try_again_waits_as_well(vendor: Vendor) -> None:
    vendor.first = [reply(429), reply(429)]
    vendor.answer(200, SIZE)
    retry = Retry(first=0, longest=0)
    with Client(Credentials(vendor.url, TOKEN), retry=retry, size_interval=0.1) as client:
        client.size("FILTER a")
    assert len(gaps(vendor)) == 2
    assert min(gaps(vendor)) > 0.05


def test_any_way_to_ask_for_it(vendor: Vendor) -> None:
    with Client(Credentials(vendor.url, TOKEN), size_interval=0.1) as client:
        for _ in range(3):
            client.request(Request("POST", "/api/segment/size"))
    assert min(gaps(vendor)) > 0.05


def test_the_limit_is_the_vendors() -> None:
    waits: list[float] = []
    limiter = RateLimiter(SIZE_INTERVAL, sleep=waits.append)
    for _ in range(3):
        limiter.wait()
    assert [round(wait) for wait in waits] == [10, 20]


def test_who_comes_late_does_not_wait() -> None:
    limiter = RateLimiter(0.02)
    limiter.wait()
    time.sleep(0.05)
    begun = time.monotonic()
    limiter.wait()
    assert time.monotonic() - begun < 0.015


def test_everybody_knows_their_turn_at_once() -> None:
    waits: list[float] = []
    both_asleep = threading.Barrier(2, timeout=5)

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        both_asleep.wait()

    limiter = RateLimiter(60, sleep)
    limiter.wait()
    threads = [threading.Thread(target=limiter.wait) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(round(wait) for wait in waits) == [60, 120]
    assert not both_asleep.broken
