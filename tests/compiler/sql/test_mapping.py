"""Where fields are, as a configuration file says it."""

from __future__ import annotations

import msgspec
import pytest

from segql.compiler.sql import Mapping, Place

TEXT = """
table = "mart.people"
id = ["person_id"]

[fields]
email = "EMAIL"
city = { column = "address", struct = ["town", "name"] }
scores = { column = "extra", json = ["scores"] }
"tags.a" = { column = "amounts", map = "a" }
counts = "counts_by_key"
"""
PLACES = {
    "email": Place("EMAIL"),
    "city": Place("address", struct=("town", "name")),
    "scores": Place("extra", json=("scores",)),
    "scores.a.b": Place("extra", json=("scores", "a.b")),
    "tags.a": Place("amounts", map="a"),
    "tags.b": None,
    "counts.a": Place("counts_by_key", map="a"),
    "tags": None,
}


@pytest.mark.parametrize(("name", "place"), PLACES.items(), ids=list(PLACES))
def test_from_a_file(name: str, place: Place | None) -> None:
    assert msgspec.toml.decode(TEXT, type=Mapping).place(name) == place


def test_a_misspelled_key() -> None:
    with pytest.raises(msgspec.ValidationError, match="colunm"):
        msgspec.toml.decode('[fields]\na = { colunm = "b" }', type=Mapping)
