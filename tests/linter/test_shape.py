"""The shape of what is compared says which rules are asked: all that would find something."""

from __future__ import annotations

from importlib import import_module
from itertools import product
from typing import Any

import pytest

from segql.catalog import Catalog
from segql.catalog.model import Field
from segql.catalog.types import TYPES
from segql.linter.rules import ON_NODES
from segql.linter.scope import Scope, Settings
from segql.linter.shape import Shape, shape_of
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile, parse

OPERATORS = ("=", "!=", ">", ">=", "<", "<=", "CONTAINS", "LIKE")
FIELDS = {f"f{number}": type for number, type in enumerate(TYPES.values())}
OPERANDS = (
    *FIELDS,
    *("unknown", "lastvisit_ts", "now-3d", "`a b`", "len(f0)", "daysago(f1)", "f0 + 1"),
    *("5", "-1.5", "1e400", "true", "NULL", '""', '"a*"', '"5"', '"1,000"', '"yes"', '"true"'),
    *('"2024-01-31"', '"2024-02-31"', '"now-3d"', '"now+3d"', '"now-6m"', '"now - 3d"'),
    f'"{"x" * 300}"',
)
CATALOGS = {
    "with a catalog": Catalog({"user": [Field(*row, is_identity=True) for row in FIELDS.items()]}),
    "without one": None,
}


LISTS = ("()", "(5)", '("5")', '("a", "1,000")', "(true, NULL)", f'("{"x" * 300}")', "f1")
BOUNDS = (
    *("1", "2.5", "-0.5", "f1", "true", '"5"', '"yes"', '"2024-02-31"'),
    *('"now-6m"', '"now+3d"', '"now - 3d"'),
)
PHRASES = {
    n.Comparison: (*product(OPERANDS, OPERATORS, OPERANDS),),
    n.Membership: (
        *product(OPERANDS, ("IN", "INTERSECTS"), LISTS),
        *product(OPERANDS, ["IN"], [f'"{"x" * 300}"']),
    ),
    n.Between: (*product(OPERANDS, ["BETWEEN"], BOUNDS, ["AND"], BOUNDS),),
}
SHAPED = [(kind, rule) for kind in PHRASES for rule in ON_NODES[kind.__name__]]


@pytest.fixture(scope="module")
def file() -> ParsedFile:
    phrases = [" ".join(parts) for rows in PHRASES.values() for parts in rows]
    file = parse(f"FILTER OR ({', '.join(phrases)})")
    assert not file.has_errors
    return file


@pytest.mark.parametrize("known", CATALOGS)
@pytest.mark.parametrize(("kind", "rule"), SHAPED)
def test_a_rule_is_asked_about_all_that_it_reports(
    kind: type[n.Node], rule: str, known: str, file: ParsedFile
) -> None:
    module: Any = import_module(f"segql.linter.rules.{rule}")
    scope = Scope(file, file.statements[0], (), CATALOGS[known], Settings(today="2026-03-01"))
    asked, told = 0, 0
    nodes = scope.all(kind)
    assert len(nodes) > 500
    for node in nodes:
        shape: Any = shape_of(node, scope)
        is_concerned = module.concerns(Shape(*shape))
        problems = [*module.check(node, scope)]
        assert is_concerned or not problems, file.source.text[node.start : node.end]
        asked, told = asked + is_concerned, told + bool(problems)
    assert asked < len(nodes)
    assert told or not scope.catalog
