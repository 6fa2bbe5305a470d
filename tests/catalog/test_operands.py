"""The types of operands."""

from __future__ import annotations

import pytest

from segql.catalog import TYPES, Catalog, type_of
from segql.syntax.nodes import Comparison
from segql.syntax.parser import parse

CATALOG = Catalog.from_types(
    {"visitct": "int", "tags": "[]string", "scores": "map[string]number", "odd": "unknown"}
) | Catalog.from_types({"visitct": "string"}, table="content")


@pytest.mark.parametrize(
    ("operand", "expected"),
    [
        ("visitct", "int"),
        ("`visitct`", "int"),
        ("tags", "[]string"),
        ("scores", "map[string]number"),
        ("scores.a", "number"),
        ("visitct.a", None),
        ("odd", None),
        ("nobody", None),
        ('"text"', "string"),
        ("1", "int"),
        ("0x1F", "int"),
        ("1.5", "number"),
        ("1e5", "number"),
        ("1" + "0" * 500, "number"),
        ("TRUE", "bool"),
        ("NULL", None),
        ("len(tags)", "int"),
        ("LEN(tags)", "int"),
        ("oneof(a, b)", None),
        ("nofunction(a)", None),
        ("visitct + 1", "number"),
    ],
)
def test_type_of(operand: str, expected: str | None) -> None:
    comparison = parse(f"FILTER {operand} = 1").statements[0].filter
    assert isinstance(comparison, Comparison)
    found = type_of(comparison.left, CATALOG, "user")
    assert found == (TYPES[expected] if expected else None)


def test_the_table_counts() -> None:
    comparison = parse("FILTER visitct = 1").statements[0].filter
    assert isinstance(comparison, Comparison)
    assert type_of(comparison.left, CATALOG, "content") == TYPES["string"]
    assert type_of(comparison.left, CATALOG, "Content") == TYPES["string"]
    assert type_of(comparison.left, CATALOG, "campaign") is None


def test_what_could_not_be_read() -> None:
    comparison = parse("FILTER visitct >").statements[0].filter
    assert isinstance(comparison, Comparison)
    assert type_of(comparison.right, CATALOG) is None
