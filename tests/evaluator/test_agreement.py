"""The evaluator agrees with another one, which is smaller and slower, whatever is asked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from segql.evaluator import compile_predicate
from segql.syntax import nodes as n
from segql.syntax.walk import walk

from .verdicts import NOW, verdict

FIELDS = ("a", "b", "m", "m.k", "m.k.l")
INCLUDES = {"yes": n.Statement(n.And(())), "no": n.Statement(n.Or(()))}
VERDICTS = {"yes": True, "no": False}

days = st.integers(1, 28).map(lambda day: datetime(2026, 3, day, tzinfo=UTC))
texts = st.sampled_from(
    ["", "x", "xy", "a/b", "5", "5.0", "05", "-1", "true", "1", "now-3d", "NOW-3d", "now",
     "2026-03-10", "2026-03-10T00:00:00Z", "2026-03-10 00:00:00Z", "1773100800", "abc", "é"]
)  # fmt: skip
numbers = st.sampled_from([0, 1, 5, -1, 5.0, 5.5, 0.25, 1773100800, 1773100800000])
scalars = st.one_of(texts, numbers, st.booleans(), st.none(), days)
profile_values = st.one_of(
    scalars,
    st.lists(st.one_of(texts, numbers), max_size=3),
    st.lists(days, max_size=3),
    st.dictionaries(st.sampled_from(["k", "k.l", "x", "5"]), scalars, max_size=3),
)
profiles = st.dictionaries(st.sampled_from(FIELDS), profile_values)

fields = st.sampled_from(FIELDS).map(n.Identifier)
patterns = st.sampled_from(
    ["*", "**", "x*", "*x", "*b", "a/*", "**b", "a?b", "?", "[a-c]*", "[^x]", "", "*a*", "%%/b"]
)  # fmt: skip
literals = st.one_of(
    texts.map(n.String),
    st.sampled_from(["0", "1", "5", "5.0", "5.5", "-1", "0x5", "1773100800"]).map(n.Number),
    st.booleans().map(n.Boolean),
    st.just(n.Null()),
)
operands = st.one_of(fields, literals, fields.map(lambda field: n.Call("tolower", (field,))))
symbols = st.sampled_from(["=", "!=", ">", ">=", "<", "<="])
arrays = st.lists(literals, max_size=4).map(lambda items: n.Array(tuple(items)))
conditions = st.one_of(
    operands,
    st.builds(n.Comparison, operands, symbols, operands),
    st.builds(n.Comparison, fields, st.just("LIKE"), patterns.map(n.String)),
    st.builds(n.Comparison, fields, st.just("CONTAINS"), texts.map(n.String)),
    st.builds(n.Membership, operands, st.sampled_from(["IN", "INTERSECTS"]), arrays | fields),
    st.builds(n.Between, operands, operands, operands),
    st.builds(n.Exists, operands),
    st.builds(n.Include, st.sampled_from(["yes", "no", "gone"]).map(n.Name)),
)
phrases = st.recursive(
    conditions,
    lambda inner: st.one_of(
        st.builds(n.And, st.lists(inner, max_size=3).map(tuple)),
        st.builds(n.Or, st.lists(inner, max_size=3).map(tuple)),
        st.builds(n.Not, inner),
    ),
    max_leaves=6,
)


@given(phrases, profiles)
def test_both_evaluators_agree(phrase: n.Phrase, profile: dict[str, Any]) -> None:
    assume(_is_known_to_both(phrase, profile))
    asked = compile_predicate(phrase, now=NOW, includes=INCLUDES)
    assert asked.matches(profile) is verdict(phrase, profile, VERDICTS)


def _is_known_to_both(phrase: n.Phrase, profile: dict[str, Any]) -> bool:
    """The smaller one knows `tolower` of texts alone, and takes bools for numbers in BETWEEN."""
    for node in walk(phrase):
        match node:
            case n.Call(_, (argument,)):
                is_known = isinstance(_value(argument, profile), str)
            case n.Between(value, low, high):
                is_known = not any(_is_bool(node, profile) for node in (value, low, high))
            case _:
                is_known = True
        if not is_known:
            return False
    return True


def _is_bool(operand: n.Node, profile: dict[str, Any]) -> bool:
    return isinstance(operand, n.Boolean) or isinstance(_value(operand, profile), bool)


def _value(operand: n.Node, profile: dict[str, Any]) -> Any:
    if not isinstance(operand, n.Identifier):
        return None
    owner, _, key = operand.name.partition(".")
    if operand.name not in profile and isinstance(profile.get(owner), dict):
        return profile[owner].get(key)
    return profile.get(operand.name)


@given(phrases, profiles)
def test_a_trace_says_what_the_short_way_says(phrase: n.Phrase, profile: dict[str, Any]) -> None:
    asked = compile_predicate(phrase, now=NOW, includes=INCLUDES)
    trace, answer = asked.explain(profile), asked.matches(profile)
    assert trace.matched is answer
    assert bool(trace.reason) == (answer is None)
    assert asked(profile) == (answer, trace.reason)
