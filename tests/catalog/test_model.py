"""Catalogs: what a name means in a table."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.catalog import TYPES, Catalog, Field, Found

TYPE_NAMES = st.sampled_from(sorted(TYPES))
CATALOG = Catalog.from_types(
    {
        "visitct": "int",
        "tags": "[]string",
        "scores": "map[string]number",
        "scores.best": "string",
        "mixed": "object",
        "member": "membership",
        "odd.name": "bool",
    }
)


def found(name: str, key: str | None, type: str) -> Found:
    return Found(CATALOG.fields()[name], key, TYPES[type])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("visitct", found("visitct", None, "int")),
        ("scores", found("scores", None, "map[string]number")),
        ("scores.a", found("scores", "a", "number")),
        ("scores.a.b", found("scores", "a.b", "number")),
        ("scores.best", found("scores.best", None, "string")),
        ("scores.best.a", found("scores", "best.a", "number")),
        ("mixed.a", found("mixed", "a", "unknown")),
        ("member.a", found("member", "a", "unknown")),
        ("visitct.a", found("visitct", "a", "unknown")),
        ("tags.a", found("tags", "a", "unknown")),
        ("odd.name", found("odd.name", None, "bool")),
        ("odd.name.a", None),
        ("odd", None),
        ("Visitct", None),
        ("", None),
        (".", None),
    ],
)
def test_find(name: str, expected: Found | None) -> None:
    assert CATALOG.find(name) == expected


def test_tables() -> None:
    catalog = Catalog({"User": [Field("a", TYPES["int"])], "content": []})
    assert catalog.tables == {"user", "content"}
    assert catalog.find("a") == catalog.find("a", "USER") == catalog.find("a", "user")
    assert catalog.find("a") is not None
    assert catalog.find("a", "content") is None
    assert catalog.find("a", "campaign") is None
    assert dict(catalog.fields("campaign")) == {}


def test_tables_that_differ_in_case_are_one() -> None:
    catalog = Catalog({"User": [Field("a", TYPES["int"])], "user": [Field("b", TYPES["int"])]})
    assert list(catalog.fields()) == ["a", "b"]


def test_an_empty_one_knows_nothing() -> None:
    assert Catalog().tables == frozenset()
    assert Catalog().find("a") is None


@pytest.mark.parametrize(
    ("type", "message"),
    [
        ("inte", "`a`: there is no type `inte`; did you mean `int`?"),
        ("blob", "`a`: there is no type `blob`; the types are string, bool, int"),
    ],
)
def test_a_type_that_does_not_exist(type: str, message: str) -> None:
    with pytest.raises(ValueError, match="there is no type") as caught:
        Catalog.from_types({"a": type})
    assert str(caught.value).startswith(message)


def test_its_fields_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        CATALOG.fields()["new"] = Field("new", TYPES["int"])  # type: ignore[index]


def test_two_as_one() -> None:
    left = Catalog.from_types({"a": "int", "b": "int"}) | Catalog.from_types(
        {"x": "int"}, "content"
    )
    both = left | Catalog.from_types({"b": "string", "c": "bool"})
    assert both.tables == {"user", "content"}
    assert {name: field.type.name for name, field in both.fields().items()} == {
        "a": "int",
        "b": "string",
        "c": "bool",
    }
    assert list(both.fields("content")) == ["x"]


def test_only_catalogs_are_put_together() -> None:
    with pytest.raises(TypeError):
        _ = Catalog() | {}  # type: ignore[operator]


@given(st.dictionaries(st.text(), TYPE_NAMES))
def test_the_fingerprint_ignores_the_order(types: dict[str, str]) -> None:
    turned = dict(sorted(types.items(), reverse=True))
    assert Catalog.from_types(types) == Catalog.from_types(turned)
    assert Catalog.from_types(types).fingerprint == Catalog.from_types(turned).fingerprint
    assert hash(Catalog.from_types(types)) == hash(Catalog.from_types(turned))


@pytest.mark.parametrize(
    "other",
    [
        Catalog(),
        Catalog.from_types({"a": "int"}, "content"),
        Catalog.from_types({"a": "string"}),
        Catalog.from_types({"b": "int"}),
        Catalog({"user": [Field("a", TYPES["int"], description="x")]}),
        Catalog({"user": [Field("a", TYPES["int"], is_identity=True)]}),
        Catalog({"user": [Field("a", TYPES["int"], keys=("x",))]}),
        Catalog({"user": [Field("a", TYPES["int"], examples=("x",))]}),
    ],
    ids=repr,
)
def test_the_fingerprint_tells_all_apart(other: Catalog) -> None:
    catalog = Catalog.from_types({"a": "int"})
    assert catalog != other
    assert catalog.fingerprint != other.fingerprint


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_fingerprint_is_the_same_tomorrow(seed: str) -> None:
    code = (
        "from segql.catalog import Catalog; "
        "print(Catalog.from_types({'a': 'int', 'b': '[]string'}).fingerprint)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    catalog = Catalog.from_types({"b": "[]string", "a": "int"})
    assert run.stdout == f"{catalog.fingerprint}\n"
