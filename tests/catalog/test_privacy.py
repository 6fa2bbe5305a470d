"""What of people's data may be shown beside the segments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.catalog.privacy import EXAMPLES, KEYS, examples, is_personal, keys


@pytest.mark.parametrize(
    "name",
    [
        "email", "Email", "emails", "email_sha256", "user_email", "workEmail", "_uid", "user_id",
        "userId", "UserID", "id", "name", "first_name", "firstName", "lastname", "fullName",
        "phone", "phone_number", "mobilePhone", "ip", "ip_address", "street", "zip", "postcode",
        "birthday", "date_of_birth", "dob", "geo", "last_location", "lat", "iban", "card_last4",
        "session_token", "comment", "billing.address", "salary",
    ],
)  # fmt: skip
def test_names_that_speak_of_a_person(name: str) -> None:
    assert is_personal(name)


@pytest.mark.parametrize(
    "name",
    [
        "city", "country", "visitct", "tier", "tags", "gender", "product_name", "campaignName",
        "user_type", "customer_tier", "device", "idle", "paid", "skip", "rapidity", "videos",
        "scores", "utm_source", "language", "candidate", "valid", "",
    ],
)  # fmt: skip
def test_names_that_do_not(name: str) -> None:
    assert not is_personal(name)


MANY = {f"v{number}": 100 - number for number in range(20)}


def test_the_most_frequent_first() -> None:
    counts = {"b": 5, "a": 5, "c": 9, "once": 1}
    assert examples("tier", False, counts, 0.2) == ["c", "a", "b"]
    assert keys(counts) == ["c", "a", "b"]


def test_only_so_many() -> None:
    assert examples("tier", False, MANY, 0.01) == [f"v{number}" for number in range(EXAMPLES)]
    assert len(keys({f"k{number}": 2 for number in range(100)})) == KEYS


@pytest.mark.parametrize(
    "value",
    [
        "bob@example.com",
        "Bob <bob@example.com>",
        "+39 06 1234567",
        "(555) 010-9999",
        "4111 1111 1111 1111",
        "10.0.0.1",
        "00:1a:2b:3c:4d:5e",
        "123e4567-e89b-12d3-a456-426614174000",
        "7a7f76ff97ad0e3e96c162f74aee8f8f",
        "https://x.com/reset?token=abc",
        "x" * 61,
        "",
    ],
)
def test_values_that_tell_a_person_apart(value: str) -> None:
    counts = {value: 50, "gold": 40}
    assert examples("tier", False, counts, 0.02) == ["gold"]
    assert keys(counts) == ["gold"]


@pytest.mark.parametrize("value", ["Portland, OR", "2024", "1.50", "https://x.com/blog", "a-b_c"])
def test_values_that_do_not(value: str) -> None:
    assert examples("tier", False, {value: 50}, 0.02) == [value]


@pytest.mark.parametrize(
    ("name", "is_identity", "distinct"),
    [("email", False, 0.02), ("tier", True, 0.02), ("tier", False, 0.51)],
)
def test_fields_without_examples(name: str, is_identity: bool, distinct: float) -> None:
    assert examples(name, is_identity, {"gold": 50, "silver": 50}, distinct) == []


def test_half_of_the_values_may_differ() -> None:
    assert examples("tier", False, {"gold": 50, "silver": 50}, 0.5) == ["gold", "silver"]


@given(st.dictionaries(st.text(), st.integers(1, 5)))
def test_nobody_is_shown_alone(counts: dict[str, int]) -> None:
    shown = examples("tier", False, counts, 0) + keys(counts)
    assert all(counts[value] > 1 and "@" not in value for value in shown)
