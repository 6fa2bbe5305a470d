"""SQL and the evaluator: the same members, of any filter and any profile."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.catalog import Catalog
from segql.evaluator import compile_predicate
from segql.syntax import nodes as n

from .profiles import COLUMNS, JSON, Profiles

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
TYPES = {
    "n": "number", "i": "int", "s": "string", "b": "bool", "d": "date", "tags": "[]string",
    "dates": "[]date", "sums": "map[string]number",
}  # fmt: skip
CATALOG = Catalog.from_types(TYPES)

texts = st.sampled_from(
    ["", "a", "ab", "A", "a/b", "5", "5.5", "-1", "true", "0", "x\ny", "50%", "a_b", "'\"\\", "é"]
)
numbers = st.sampled_from([0, 1, 5, -1, 2.5, 5.5, 100000])
dates = st.sampled_from(
    [
        "2026-03-15",
        "2026-03-14T12:00:00Z",
        "2026-03-15 11:59:59Z",
        "2026-03-15T14:00:00+02:00",
        "2026-03-15T12:00:00.75Z",
    ]
)
moments = st.one_of(dates, st.sampled_from(["now-1d", "now+1M", "now-2h", "now-1y", "now-0s"]))
scalars = st.one_of(texts, numbers, st.booleans(), st.none(), dates)
anything = st.one_of(
    scalars,
    st.lists(scalars, max_size=3),
    st.dictionaries(st.sampled_from(["k", "a", "5"]), scalars, max_size=2),
)
TYPED: dict[str, st.SearchStrategy[Any]] = {
    "n": st.floats(-10, 10).map(lambda x: round(x, 1)),
    "i": st.integers(-3, 6),
    "s": texts,
    "b": st.booleans(),
    "d": dates,
    "tags": st.lists(texts, max_size=3),
    "dates": st.lists(dates, max_size=3),
    "sums": st.dictionaries(st.sampled_from(["k", "a"]), numbers.map(float), max_size=2),
}

fields = st.builds(n.Identifier, st.sampled_from([*TYPES, "sums.k", "sums.gone"]))
plain = st.one_of(
    st.builds(n.String, st.one_of(texts, moments)),
    numbers.map(lambda value: n.Number(str(value))),
    st.builds(n.Boolean, st.booleans()),
)
literals = st.one_of(plain, st.just(n.Null()))
patterns = st.builds(
    n.String,
    st.lists(
        st.sampled_from(["*", "**", "?", "%", "[a-c]", "[^a]", "a", "b", "/", "_"]), max_size=5
    ).map("".join),
)
arrays = st.builds(n.Array, st.lists(literals, max_size=4).map(tuple))


def _conditions(operand: st.SearchStrategy[n.Operand]) -> st.SearchStrategy[n.Phrase]:
    order = st.sampled_from(["=", "!=", ">", ">=", "<", "<="])
    either = st.one_of(literals, operand)
    return st.one_of(
        operand,
        st.builds(n.Comparison, either, order, either),
        st.builds(n.Comparison, operand, st.just("LIKE"), patterns),
        st.builds(n.Comparison, operand, st.just("CONTAINS"), plain),
        st.builds(n.Membership, operand, st.just("IN"), arrays),
        st.builds(n.Membership, plain, st.just("INTERSECTS"), operand),
        st.builds(n.Between, operand, plain, plain),
        st.builds(n.Exists, operand),
        st.builds(
            n.Include,
            st.builds(n.Name, st.sampled_from(["known", "loop", "there", "back", "gone"])),
        ),
    )


def _phrases(operand: st.SearchStrategy[n.Operand]) -> st.SearchStrategy[n.Phrase]:
    return st.recursive(
        _conditions(operand),
        lambda inner: st.one_of(
            st.builds(n.And, st.lists(inner, max_size=3).map(tuple)),
            st.builds(n.Or, st.lists(inner, max_size=3).map(tuple)),
            st.builds(n.Not, inner),
        ),
        max_leaves=5,
    )


INCLUDES = {
    "known": n.Statement(n.Between(n.Identifier("n"), n.Number("1"), n.Number("4"))),
    "loop": n.Statement(n.Include(n.Name("loop"))),
    "there": n.Statement(n.Or((n.Identifier("b"), n.Include(n.Name("back"))))),
    "back": n.Statement(n.Or((n.Exists(n.Identifier("s")), n.Include(n.Name("there"))))),
}


def _agree(profiles: Profiles, phrase: n.Phrase, profile: dict[str, Any]) -> None:
    profiles.hold(profile)
    wanted = [
        compile_predicate(p, types=CATALOG, now=NOW, includes=INCLUDES).matches(profile) is True
        for p in (phrase, n.Not(phrase))
    ]
    assert profiles.answers(phrase) == wanted


@pytest.fixture(scope="module")
def in_json() -> Profiles:
    return Profiles(JSON, CATALOG, NOW, INCLUDES)


@pytest.fixture(scope="module")
def in_columns() -> Profiles:
    return Profiles(COLUMNS, CATALOG, NOW, INCLUDES)


untyped = st.one_of(fields, st.builds(n.Identifier, st.sampled_from(["x", "x.k", "gone"])))


@given(_phrases(untyped), st.dictionaries(st.sampled_from([*TYPES, "x", "x.k"]), anything))
def test_json_of_any_kind(in_json: Profiles, phrase: n.Phrase, profile: dict[str, Any]) -> None:
    _agree(in_json, phrase, profile)


@given(_phrases(fields), st.fixed_dictionaries({}, optional=TYPED))
def test_columns(in_columns: Profiles, phrase: n.Phrase, profile: dict[str, Any]) -> None:
    _agree(in_columns, phrase, profile)
