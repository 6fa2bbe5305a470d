"""What the rules say beyond the observed cases: dates, types, included segments, odd inputs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import segql
from segql.catalog import Catalog
from segql.evaluator import compile_predicate, evaluate
from segql.syntax.nodes import And, Arithmetic, Comparison, Identifier, Include, Name, Not, Number
from segql.syntax.parser import parse
from tests import texts, trees

from .asking import NOW, ask, predicate, read

EAST = timezone(timedelta(hours=5))


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-10T00:00:00Z", "2026-03-10", "2026-03-10 00:00:00Z", "2026-03-10T05:00:00+05:00",
        1773100800, 1773100800.9, 1773100800000, "1773100800", datetime(2026, 3, 10, tzinfo=UTC),
        datetime(2026, 3, 10), datetime(2026, 3, 10, 5, tzinfo=EAST), date(2026, 3, 10),
        datetime(2026, 3, 10, 0, 0, 0, 999_999, tzinfo=UTC),
    ],
)  # fmt: skip
def test_a_date_in_any_form(value: Any) -> None:
    types = {"d": "date", "days": "[]date", "m": "map[string]date"}
    profile = {"d": value, "days": [value], "m": {"k": value}}
    for field in ("d", "days", "m.k"):
        for text in ('= "2026-03-10"', '> "now-6d"', '< "now-5d"', "< 1893456000", '!= "now-1d"'):
            assert ask(f"{field} {text}", profile, types=types) is True
        assert ask(f'{field} BETWEEN "2026-03-09" AND "now+1h"', profile, types=types) is True


@pytest.mark.parametrize("value", ["soon", "2026-99-99T99:99:99Z", "2026-W11-2T00:00:00Z", ""])
def test_a_text_that_is_no_date_stays_a_text(value: str) -> None:
    assert ask('d > "2020-01-01"', {"d": value}, types={"d": "date"}) is False
    assert ask('NOT d > "2020-01-01"', {"d": value}, types={"d": "date"}) is None
    assert ask("d BETWEEN 1 AND 2", {"d": value}, types={"d": "date"}) is None


def test_a_date_without_a_type_is_one_by_its_value() -> None:
    assert ask('d > "now-6d"', {"d": datetime(2026, 3, 10, tzinfo=UTC)}) is True
    assert ask('d > "now-6d"', {"d": "2026-03-10T00:00:00Z"}) is False  # texts have no order


@pytest.mark.parametrize(
    ("text", "value", "type", "matched"),
    [
        ("f BETWEEN 4.5 AND 5.5", 5, "number", True),
        ("f BETWEEN 4.5 AND 5.5", 5, "int", False),  # it is cut to 4 and 5
        ("f BETWEEN 4.5 AND 5.5", 5.0, "int", False),
        ("f BETWEEN 4.5 AND 5.5", "5", "number", True),
        ("f > 4", "5", "int", True),
        ('f = "05"', "5", "int", True),
        ('f = "05"', "5", "string", False),
        ("f", "true", "bool", True),
        ("f", "false", "bool", False),
        ("f", "true", "string", False),
        ("f = true", "1", "bool", True),
        ('f CONTAINS "5"', "55", "int", None),
        ('f LIKE "5*"', "55", "string", True),
        ("f IN (5)", ["5"], "[]int", True),
    ],
)
def test_a_value_is_of_its_type(text: str, value: Any, type: str, matched: bool | None) -> None:
    assert ask(text, {"f": value}, types={"f": type}) is matched


@pytest.mark.parametrize(
    ("profile", "matched"),
    [
        ({"a.b.c": 1}, True),
        ({"a": {"b.c": 1}}, True),
        ({"a": {"b": {"c": 1}}}, False),
        ({"a.b.c": 2, "a": {"b.c": 1}}, False),
        ({"a.b.c": None, "a": {"b.c": 1}}, False),
        ({"a": 1}, False),
        ({}, False),
    ],
)
def test_a_name_with_dots(profile: dict[str, Any], matched: bool) -> None:
    assert ask("a.b.c = 1", profile) is matched


def test_a_table_has_its_own_types() -> None:
    catalog = Catalog.from_types({"d": "date"}, "content")
    text = 'd > "now-6d"'
    profile = {"d": "2026-03-10"}
    assert ask(text, profile, types=catalog) is False
    assert ask(f"{text} FROM content", profile, types=catalog) is True
    assert ask(text, profile, types=catalog, table="content") is True


def test_date_math_counts_from_the_given_instant() -> None:
    asked = predicate('d > "now-3d"', types={"d": "date"})
    profile = {"d": "2026-03-10"}
    assert asked.matches(profile) is False
    assert asked.at(NOW - timedelta(days=3)).matches(profile) is True
    assert asked.at(datetime(2026, 3, 12)).matches(profile) is True
    assert asked.matches(profile) is False


def test_without_an_instant_it_is_the_present() -> None:
    statement = read('d > "now-1h"')
    profile = {"d": datetime.now(UTC)}
    assert evaluate(statement, profile).matched is True
    assert evaluate(statement, {"d": profile["d"] - timedelta(hours=2)}).matched is False


# ---- Included segments ---------------------------------------------------------------


def test_what_is_included_is_asked() -> None:
    includes = {"a": "x = 1", "b": "INCLUDE a", "c": "x"}
    assert ask("AND (INCLUDE a, NOT INCLUDE z)", {"x": 1}, includes=includes) is None
    assert ask('AND (INCLUDE B, in_segment("a"))', {"x": 1}, includes=includes) is True
    assert ask("NOT INCLUDE b", {"x": 2}, includes=includes) is True
    # A whole segment matches or not: what is odd in it does not reach through.
    assert ask("NOT INCLUDE c", {"x": 5}, includes=includes) is True


def test_everybody_is_in_every_account() -> None:
    assert ask("INCLUDE All_Users", {}) is True
    assert ask('NOT in_segment("all_users")', {"x": 1}) is False
    assert ask("INCLUDE all_users", {}, includes={"all_users": "x = 1"}) is False


def test_a_function_can_find_the_segments() -> None:
    asked = compile_predicate(read("INCLUDE a"), includes=lambda slug: read(f'x = "{slug}"'))
    assert asked.matches({"x": "a"}) is True


CIRCLE = {
    "a": "OR (x = 1, INCLUDE b)", "b": "OR (y = 1, INCLUDE a)", "self": "INCLUDE SELF",
    "outside": "OR (x = 3, INCLUDE a)",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "profile", "matched"),
    [
        ("INCLUDE self", {}, None),
        ("NOT INCLUDE self", {}, None),
        ("INCLUDE a", {"x": 1}, True),
        ("INCLUDE a", {"y": 1}, False),  # to OR, INCLUDE b is no match
        ("INCLUDE b", {"y": 1}, True),
        ("AND (INCLUDE a, INCLUDE b)", {"x": 1, "y": 1}, True),
        ("AND (INCLUDE b, INCLUDE a)", {"x": 1, "y": 1}, True),
        ("INCLUDE outside", {"x": 3}, True),
        ("INCLUDE outside", {"x": 1}, True),
    ],
)
def test_a_circle(text: str, profile: dict[str, Any], matched: bool | None) -> None:
    assert ask(text, profile, includes=CIRCLE) is matched


def test_a_long_chain_of_segments() -> None:
    includes = {f"s{i}": read(f"AND (x = 1, INCLUDE s{i + 1})") for i in range(5_000)}
    includes["s5000"] = read("x = 1")
    near = compile_predicate(read("INCLUDE s4900"), includes=includes)({"x": 1})
    far = compile_predicate(read("INCLUDE s0"), includes=includes)({"x": 1})
    assert near.matched is True
    assert far.matched is None
    assert far.reason.endswith("it includes too many segments within each other")


def test_segments_as_deep_as_may_be() -> None:
    def nested(inner: str) -> str:
        return "AND (OR (x = 0, " * 48 + inner + "), x = 1)" * 48

    includes = {"a": nested("INCLUDE b"), "b": nested("INCLUDE c"), "c": nested("y")}
    for slug in includes:
        assert ask(f"OR (INCLUDE {slug}, x = 2)", {"x": 1, "y": True}, includes=includes) is True
        assert ask(f"OR (INCLUDE {slug}, x = 1)", {"x": 1}, includes=includes) is True


def test_segments_that_double_each_time() -> None:
    includes = {f"s{i}": read(f"OR (INCLUDE s{i + 1}, INCLUDE s{i + 1})") for i in range(60)}
    includes["s60"] = read("x = 1")
    assert compile_predicate(read("INCLUDE s0"), includes=includes)({}).matched in (False, None)
    assert compile_predicate(read("INCLUDE s50"), includes=includes)({"x": 1}).matched is True


# ---- Any input -----------------------------------------------------------------------


@pytest.mark.parametrize("profile", [None, [], "x", 5, {1}])
def test_what_is_no_profile_is_told(profile: Any) -> None:
    verdict = predicate("a = 1")(profile)
    assert verdict == (None, "a profile has names and values, and this has none")
    assert predicate("a = 1").explain(profile).reason == verdict.reason


def test_a_verdict_is_true_where_it_matches() -> None:
    assert predicate("a = 1")({"a": 1})
    assert not predicate("a = 1")({"a": 2})
    assert not predicate("a")({})


def test_the_package_has_it() -> None:
    statement = segql.parse("FILTER visitct > 5").statements[0]
    assert segql.evaluate(statement, {"visitct": 6}) == segql.Verdict(True)
    assert segql.compile_predicate(statement).matches({"visitct": 5}) is False


def test_a_deep_filter() -> None:
    deep = "NOT (" * 99 + "a = 1" + ")" * 99
    assert ask(deep, {"a": 1}) is False
    sums = "(" * 99 + "a" + " + 1)" * 99
    assert ask(f"{sums} = 100", {"a": 1}) is True
    lists = "AND (b = 1, OR (b = 0, " * 60 + "a" + "))" * 60
    assert ask(lists, {"b": 1, "a": True}) is True
    assert ask(lists, {"b": 1}) is False


def test_a_tree_that_is_too_deep() -> None:
    phrase: Any = Comparison(Identifier("a"), "=", Number("1"))
    value: Any = Identifier("a")
    for _ in range(20_000):
        phrase, value = Not(And((phrase,))), Arithmetic(value, "+", Number("1"))
    filters = {"NOT (…)": phrase, "a long phrase": Comparison(value, "=", Number("1"))}
    for text, filter in filters.items():
        verdict = compile_predicate(filter)({"a": 1})
        assert verdict == (None, f"`{text}`: it is nested too deep")


@pytest.mark.parametrize(
    "text",
    ['s = "{long}"', 's != "{long}"', 's CONTAINS "{long}"', 's IN ("{long}")', 's LIKE "{long}"',
     's LIKE "*x*x*x*{long}"', "s = 5", "s BETWEEN 1 AND 2", "s", 's > "{long}"', "d = 5", "NOT s"],
)  # fmt: skip
def test_long_texts(text: str) -> None:
    # Each character of the text moves on all places of such a pattern, 64 of them at once.
    long = "x" * (100_000 if "*" in text else 1_000_000)
    asked = predicate(text.format(long=long), types={"d": "date"})
    assert asked({"s": long, "d": long}).matched in (True, False, None)
    assert len(asked({"s": long, "d": long}).reason) < 500


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
fields = st.sampled_from(["a", "b", "c", "len", "limit", "x y", "имя", "@id", "b.c"])
types = st.dictionaries(
    fields, st.sampled_from(["int", "number", "string", "bool", "date", "[]date", "map[string]int"])
)


@given(trees.phrases(), st.data())
def test_any_tree_of_any_profile(phrase: Any, data: st.DataObject) -> None:
    names = {node.name for node in segql.syntax.walk(phrase) if isinstance(node, Identifier)}
    profile = {name: data.draw(json_values) for name in sorted(names)}
    kinds = st.sampled_from(["int", "number", "string", "bool", "date", "[]string", "[]date"])
    asked = compile_predicate(phrase, types={name: data.draw(kinds) for name in names})
    answer = asked.matches(profile)
    trace = asked.explain(profile)
    assert answer in (True, False, None)
    assert trace.matched is answer
    assert bool(trace.reason) == (answer is None)


@given(texts.of_the_grammar(), st.dictionaries(fields, json_values), types)
def test_any_text_of_any_profile(text: str, profile: dict[str, Any], types: Any) -> None:
    for statement in parse(text).statements:
        asked = compile_predicate(statement, types=types, includes={"a": statement})
        verdict = asked(profile)
        assert verdict.matched in (True, False, None)
        assert asked.explain(profile).matched is verdict.matched


def test_what_was_not_understood_cannot_be_evaluated() -> None:
    (statement,) = parse("FILTER AND (a = 1, b >)").statements
    verdict = evaluate(statement, {"a": 1, "b": 1})
    assert verdict.matched is not True
    assert evaluate(Include(Name("x")), {}).matched is None
