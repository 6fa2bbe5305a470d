"""When two segments have the same hash: exactly when they mean the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.deploy.compare import changed_fields
from segql.deploy.differences import wish_of
from segql.deploy.hashing import canonical, hash_of, segment_hash

from .conftest import segments
from .model import remote

BASE = remote("vip", "FILTER AND (a, b > 1)", name="VIP", tags=("x", "y"))


@pytest.mark.parametrize(
    "same",
    [
        remote("VIP", "filter  a AND b>1 -- so", name="VIP", tags=("x", "y")),
        remote("vip", "FILTER AND (a, b > 1) FROM user ALIAS x", name="VIP", tags=("x", "y")),
        remote("vip", BASE.segment_ql or "", name="VIP", tags=("x", "y"), updated="2026-01-01"),
        remote("vip", BASE.segment_ql or "", name="VIP", tags=("x", "y"), kind="segment"),
        remote("vip", BASE.segment_ql or "", name="VIP", tags=("x", "y"), description="", size=5),
        remote("vip", BASE.segment_ql or "", name=" VIP\r\n", tags=("y", "x", "y")),
    ],
)
def test_the_same_meaning(same: Any) -> None:
    assert segment_hash(same) == segment_hash(BASE)


@pytest.mark.parametrize(
    "other",
    [
        remote("vip", "FILTER AND (b > 1, a)", name="VIP", tags=("x", "y")),
        remote("vip", "FILTER AND (a, b > 1) LIMIT 5", name="VIP", tags=("x", "y")),
        remote("vip", BASE.segment_ql or "", name="Vip", tags=("x", "y")),
        remote("vip", BASE.segment_ql or "", name="V IP", tags=("x", "y")),
        remote("vip", BASE.segment_ql or "", name="VIP", tags=("x",)),
        remote("vip", BASE.segment_ql or "", name="VIP", tags=("x", "y"), is_public=True),
        remote("vip", BASE.segment_ql or "", name="VIP", tags=("x", "y"), table="content"),
        remote("vip2", BASE.segment_ql or "", name="VIP", tags=("x", "y")),
    ],
)
def test_another_meaning(other: Any) -> None:
    assert segment_hash(other) != segment_hash(BASE)


@pytest.mark.parametrize("text", ["", "FILTER a >", "a; b", "SELECT x", 'FILTER a = "x\\'])
def test_what_cannot_be_read_is_told_apart_by_its_text(text: str) -> None:
    assert canonical(text) == text


def test_what_is_sent_and_what_is_read_have_one_hash() -> None:
    (segment,) = segments('-- Why\nFILTER a AND b WITH tags = ["x"] ALIAS Vip')
    payload = wish_of(segment).payload
    stored = remote("vip", "FILTER AND ( a , b )", name="Vip", description="Why", tags=("x",))
    assert hash_of(payload) == segment_hash(stored)


FILTERS = ["a", "NOT a", "(a)", "AND (a, b)", "a AND b", "a = 1", "a == 1", "a = 1.0", "a IN (-1)"]


@given(st.sampled_from(FILTERS), st.sampled_from(FILTERS))
def test_hashes_and_comparison_agree(one: str, other: str) -> None:
    (segment,) = segments(f"FILTER {one} ALIAS vip")
    payload = wish_of(segment).payload
    theirs = remote("vip", f"FILTER {other}")
    is_same = not changed_fields(segment.statement, payload, theirs)
    assert (canonical(payload["segment_ql"]) == canonical(theirs.segment_ql or "")) is is_same
