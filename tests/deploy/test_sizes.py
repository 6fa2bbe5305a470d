"""Members before and after: on files of profiles, and as the account counts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from segql.api import Attempt, Client, Credentials
from segql.api import Segment as RemoteSegment
from segql.catalog import Catalog
from segql.deploy.plan import Plan
from segql.deploy.planning import list_remotes, make_plan
from segql.deploy.sizes import with_account_sizes, with_local_sizes
from segql.emulator import ProfileFile, Setup, running
from segql.sizing import Source
from tests.accounts import TOKEN

from .conftest import segments
from .model import URL, environment, remote

PROFILES = [{"a": number, "email": f"{number}@x"} for number in range(10)]
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ENV = environment(owner_tag="segql")


def sizes(plan: Plan) -> dict[str, tuple[int | None, int | None]]:
    return {change.slug: (change.size_before, change.size_after) for change in plan.changes}


def locally(
    text: str, remotes: Sequence[RemoteSegment]
) -> dict[str, tuple[int | None, int | None]]:
    files = segments(text)
    plan = make_plan(files, remotes, url=URL, env=ENV, prune=True)
    source = Source(None, None, lambda: PROFILES)
    return sizes(with_local_sizes(plan, files, remotes, [source], Catalog(), NOW))


def test_both_texts_are_counted() -> None:
    remotes = [remote("vip", "FILTER a > 7"), remote("old", "FILTER a = 1", tags=("segql",))]
    text = "FILTER a > 4 ALIAS vip; FILTER * ALIAS new; FILTER a > 0 LIMIT 3 ALIAS few"
    assert locally(text, remotes) == {
        "vip": (2, 5),
        "new": (None, 10),
        "few": (None, 3),
        "old": (1, None),
    }


def test_what_is_included_is_what_each_side_has() -> None:
    number = "3d4240482815b9848caf2e6f00000000"
    base = RemoteSegment(id=number, slug_name="base", segment_ql="FILTER a > 7")
    web = remote("web", f"FILTER INCLUDE {number}")
    text = "FILTER a > 4 ALIAS base; FILTER AND (INCLUDE base, INCLUDE all_users) ALIAS web"
    assert locally(text, [base, web]) == {"base": (2, 5), "web": (2, 5)}


def test_what_cannot_be_read_has_no_size() -> None:
    assert locally("FILTER a > 4 ALIAS vip", [remote("vip", "FILTER a >")]) == {"vip": (None, 5)}


def test_what_is_not_written_is_not_counted() -> None:
    remotes = [remote("same", "FILTER a", tags=("segql",))]
    text = "FILTER a ALIAS same; FILTER INCLUDE gone ALIAS blocked"
    assert locally(text, remotes) == {"same": (None, None), "blocked": (None, None)}


# ---- The account -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    people: Path = tmp_path_factory.mktemp("profiles") / "people.ndjson"
    people.write_bytes(b"\n".join(map(msgspec.json.encode, PROFILES)))
    with running(Setup(profiles=[ProfileFile(people)]), token=TOKEN) as url:
        yield url


def test_the_account_counts(url: str) -> None:
    calls: list[str] = []
    credentials = Credentials(url, TOKEN)

    def report(attempt: Attempt) -> None:
        calls.append(f"{attempt.method} {attempt.url.removeprefix(url).partition('?')[0]}")

    with Client(credentials, size_interval=0, report=report) as client:
        tagged = {"tags": ["segql"]}
        for slug, text in (("vip", "FILTER a > 7"), ("old", "FILTER a = 1"), ("same", "FILTER a")):
            client.create({"slug_name": slug, "segment_ql": text, **tagged})
        client.create({"slug_name": "named", "segment_ql": "FILTER a > 5", **tagged})
        text = """FILTER a > 4 ALIAS vip; FILTER a > 1 ALIAS new; FILTER a ALIAS same;
            FILTER a > 5 WITH name = "Named" ALIAS named; FILTER INCLUDE new ALIAS web"""
        files = segments(text)
        plan = make_plan(files, list_remotes(client, files), url=url, env=ENV, prune=True)
        calls.clear()
        told: list[int] = []
        sized = with_account_sizes(plan, client, told.append)
    assert {slug: size for slug, size in sizes(sized).items() if slug != "web"} == {
        "vip": (2, 5),
        "new": (None, 8),
        "same": (None, None),
        "named": (4, 4),  # its filter stays, and so it is not asked for again
        "old": (1, None),
    }
    assert told == [3]
    assert calls == ["GET /api/segment/sizes", *["POST /api/segment/size"] * 3]
