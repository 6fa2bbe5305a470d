"""How profiles are put together, and what the types of fields become."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from segql.catalog import UNKNOWN
from segql.catalog.infer import infer
from segql.emulator.merging import Merge, identity_key, identity_values, merged
from segql.emulator.stores.fields import wider_type

SCALARS = st.sampled_from([1, 2, 1.5, "a", "b", "2020-01-31", True, False])
VALUES = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(st.sampled_from("xy"), SCALARS)
PROFILES = st.dictionaries(st.sampled_from("abc"), VALUES | st.none())


@given(PROFILES, PROFILES)
def test_merging_again_changes_nothing(older: dict[str, Any], newer: dict[str, Any]) -> None:
    once = merged(older, newer)
    assert merged(once, newer) == once


@given(PROFILES, PROFILES)
def test_nothing_is_lost(older: dict[str, Any], newer: dict[str, Any]) -> None:
    both = merged(older, newer)
    assert both.keys() == older.keys() | newer.keys()
    for name, value in newer.items():
        if isinstance(value, list):
            assert all(item in both[name] for item in value)
        elif isinstance(value, dict):
            assert value.items() <= both[name].items()
        elif value is not None:
            assert both[name] == value


def test_true_is_not_one() -> None:
    assert merged({"a": [1]}, {"a": [True, 1.0]}) == {"a": [1, True, 1.0]}
    assert [type(item) for item in merged({"a": [1]}, {"a": [True]})["a"]] == [int, bool]


def test_a_null_says_nothing_where_there_is_a_value() -> None:
    assert merged({"a": 1, "m": {"x": 1}}, {"a": None, "m": {"x": None, "y": 2}, "b": None}) == {
        "a": 1,
        "m": {"x": 1, "y": 2},
        "b": None,
    }


EVENTS = st.lists(
    st.dictionaries(st.sampled_from(["email", "user_id", "_uid"]), st.integers(0, 3)), max_size=12
)


@given(EVENTS, st.integers(0, 12))
def test_whoever_shares_an_identity_is_one(events: list[dict[str, Any]], cut: int) -> None:
    """Whether events come one by one or many at once, the same profiles come of them."""

    def keys(event: dict[str, Any]) -> list[str]:
        return [identity_key(*each) for each in identity_values(event, event)]

    owners: dict[str, int] = {}
    profiles: dict[int, dict[str, Any]] = {}
    following = 1
    for part in (events[:cut], events[cut:]):
        merge = Merge(dict(owners), profiles, following)
        for event in part:
            merge.add(keys(event), event, {})
        following = merge.following
        owners |= merge.keys
        owners = {key: merge.final(number) for key, number in owners.items()}

    together: list[set[str]] = []  # the identities that belong together
    for event in events:
        mine = {*keys(event)}
        linked = [group for group in together if group & mine]
        together = [group for group in together if not group & mine]
        if mine:
            together.append(mine.union(*linked))
    anonymous = sum(not keys(event) for event in events)
    assert len(profiles) == len(together) + anonymous
    assert all(len({owners[key] for key in group}) == 1 for group in together)
    assert {owners[key] for group in together for key in group} <= profiles.keys()


@given(st.lists(VALUES.filter(lambda value: value not in ("", [], {})), min_size=1, max_size=5))
def test_types_one_by_one_are_those_of_all(values: list[Any]) -> None:
    (all_at_once,) = infer({"a": value} for value in values)
    types = [infer([{"a": value}])[0].type for value in values]
    found = types[0]
    for each in types[1:]:
        found = wider_type(found, each)
    # One by one, what contradicts itself is forgotten; a value of any type is as good as unknown.
    assert found == all_at_once.type or "value" in found.name or found == UNKNOWN
