"""What a push does to an account."""

from __future__ import annotations

import pytest

from segql.api import Client, Credentials, Rejected, Unauthorized
from segql.deploy import PushError, push

from .conftest import segments


def pushed(client: Client, text: str) -> list[tuple[str, str, list[str]]]:
    outcomes = push(client, segments(text))
    return [(outcome.step.action, outcome.step.slug, outcome.step.changed) for outcome in outcomes]


def test_a_life(client: Client) -> None:
    text = 'FILTER a > 1 WITH name = "First" ALIAS Vip'
    assert pushed(client, text) == [("create", "vip", [])]
    assert pushed(client, text) == [("unchanged", "vip", [])]
    changed = text.replace("First", "Second").replace("1", "2")
    assert pushed(client, changed) == [("update", "vip", ["name", "segment_ql"])]
    (segment,) = client.segments()
    assert (segment.name, segment.segment_ql) == ("Second", "FILTER a > 2 ALIAS Vip")


def test_an_outcome_has_the_id_of_the_account(client: Client) -> None:
    (created,) = push(client, segments("FILTER a ALIAS vip"))
    (unchanged,) = push(client, segments("FILTER a ALIAS vip"))
    (updated,) = push(client, segments("FILTER b ALIAS vip"))
    assert created.id == unchanged.id == updated.id == client.segment("vip").id


def test_what_is_included_is_written_first(client: Client) -> None:
    text = 'FILTER INCLUDE b ALIAS a; FILTER in_segment("c") ALIAS b; FILTER x ALIAS c'
    assert [slug for _, slug, _ in pushed(client, text)] == ["c", "b", "a"]


def test_segments_of_several_tables(client: Client) -> None:
    text = "FILTER a ALIAS people; FILTER b FROM content ALIAS pages"
    assert len(pushed(client, text)) == 2
    assert [segment.slug_name for segment in client.segments("content")] == ["pages"]
    assert {action for action, _, _ in pushed(client, text)} == {"unchanged"}


def test_an_invalid_segment_of_the_account_is_updated_not_created_again(client: Client) -> None:
    client.create({"name": "x", "slug_name": "vip", "segment_ql": "FILTER a"})
    assert pushed(client, "FILTER b ALIAS vip") == [("update", "vip", ["segment_ql"])]
    assert len(client.segments(valid="all")) == 1


def test_nothing_is_done_before_the_first_outcome_is_asked_for(client: Client) -> None:
    push(client, segments("FILTER a ALIAS vip"))
    assert client.segments() == []


def test_a_refused_write_stops_and_tells_what_is_left(client: Client) -> None:
    client.create({"slug_name": "taken", "segment_ql": "FILTER a", "table": "content"})
    text = "FILTER x ALIAS one; FILTER x ALIAS taken; FILTER x ALIAS two"
    outcomes = push(client, segments(text))
    assert next(outcomes).step.slug == "one"
    with pytest.raises(PushError, match=r"\(409\)") as caught:
        next(outcomes)
    assert isinstance(caught.value.cause, Rejected)
    assert [step.slug for step in caught.value.left] == ["taken", "two"]
    assert [segment.slug_name for segment in client.segments()] == ["one"]


def test_without_a_right_nothing_is_tried(emulator: str) -> None:
    client = Client(Credentials(emulator, "wrong-token"))
    with client, pytest.raises(PushError) as caught:
        list(push(client, segments("FILTER a ALIAS vip")))
    assert isinstance(caught.value.cause, Unauthorized)
    assert caught.value.left == []
