"""Segments of one account as another is to hold them."""

from __future__ import annotations

from segql.api import Client
from segql.api import Segment as RemoteSegment
from segql.deploy import push
from segql.deploy.syncing import Left, copies_of


def remote(slug: str | None, text: str = "FILTER a", **fields: object) -> RemoteSegment:
    given = {"id": f"id-of-{slug}", "slug_name": slug, "segment_ql": text} | fields
    return RemoteSegment(**given)  # pyright: ignore[reportArgumentType]


def test_all_that_can_be_said_is_said(client: Client) -> None:
    """So that nothing is left to what the other account happens to have."""
    other = {"kind": "segment", "is_public": True, "tags": ["old"], "name": "Old"}
    client.create({"slug_name": "vip", "segment_ql": "FILTER a", **other})
    copies = copies_of([remote("vip", name="New")], "prod")
    assert [outcome.step.changed for outcome in push(client, copies.segments)] == [
        ["name", "is_public", "tags"]
    ]
    assert copies.segments[0].file.source.path == "prod/vip"


def test_ids_of_the_account_become_slugs() -> None:
    remotes = [remote("a", "FILTER INCLUDE id-of-b"), remote("b")]
    copies = copies_of(remotes, "prod", wanted=remotes[:1])
    assert [s.slug for s in copies.segments] == ["a"]
    assert [name.value for name in copies.segments[0].includes] == ["b"]


def test_the_owners_tag_stays_there() -> None:
    copies = copies_of([remote("a", tags=("x", "segql"))], "prod", owner_tag="segql")
    assert copies.segments[0].statement.options["tags"] == ["x"]


def test_what_cannot_be_copied_is_told() -> None:
    remotes = [remote("a"), remote("b", "FILTER a >"), remote("a", id="2"), remote(None, id="3")]
    copies = copies_of(remotes, "prod")
    assert [segment.slug for segment in copies.segments] == ["a"]
    assert copies.left == (
        Left("b", "a field or a value is missing"),
        Left("a", "another segment of the account has the same slug"),
        Left("3", "it has no slug"),
    )
