"""The page about catalogs says what the code does."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from segql.catalog import OPERATORS, TYPES, Catalog, allowed, documented, parse_type
from segql.catalog.files import read_catalog
from segql.catalog.privacy import EXAMPLES, KEYS

PAGE = (Path(__file__).parents[2] / "docs" / "catalog.md").read_text(encoding="utf-8")


def rows(heading: str) -> Iterator[list[str]]:
    """The cells of the table below a heading, without its head."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    for line in lines[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def quoted(cell: str) -> list[str]:
    return re.findall("`([^`]*)`", cell)


def code(language: str) -> str:
    return PAGE.split(f"```{language}\n")[1].split("```")[0]


def test_the_operators() -> None:
    told: list[str] = []
    for names, documents, works in rows("Operators"):
        for name in quoted(names):
            told.append(name)
            type = TYPES[name]
            if documents == "everything":
                assert documented(type) == allowed(type) == documented(TYPES["unknown"])
                continue
            assert " ".join(quoted(documents)).split() == in_order(documented(type))
            assert " ".join(quoted(works)).split() == in_order(allowed(type) - documented(type))
    assert sorted(told) == sorted(TYPES)


def in_order(operators: frozenset[str]) -> list[str]:
    return [operator for operator in OPERATORS if operator in operators]


def test_the_spellings_of_types() -> None:
    for names, spellings in rows("Types"):
        types = [TYPES[name] for name in quoted(names)]
        found = [parse_type(spelling) for spelling in quoted(spellings)]
        assert found
        assert found == (types if len(types) > 1 else types * len(found))


def test_the_keys(tmp_path: Path) -> None:
    path = tmp_path / "catalog.user.json"
    path.write_text(code("json"))
    read_catalog(path)
    fields = json.loads(code("json"))["fields"]
    used = {key for field in fields for key in field}
    assert {quoted(key)[0] for key, _ in rows("The format")} == used | {"table"}


def test_the_toml(tmp_path: Path) -> None:
    path = tmp_path / "catalog.user.toml"
    path.write_text(code("toml"))
    assert tomllib.loads(code("toml"))
    assert read_catalog(path) == Catalog.from_types({"visitct": "int"})


@pytest.mark.parametrize("sentence", [f"at most {EXAMPLES} examples", f"at most {KEYS} keys"])
def test_the_numbers(sentence: str) -> None:
    assert sentence in PAGE
