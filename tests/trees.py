"""Hypothesis strategies for trees: everything a text can say, and more than people write."""

from __future__ import annotations

from hypothesis import strategies as st

from segql.syntax import nodes as n

names = st.from_regex(r"[a-z_@][a-z0-9_.\-/]{0,8}|[^`'\n]{1,6}", fullmatch=True).filter(
    lambda name: not any(quote in name for quote in "`'[]\r")
)
slugs = names.filter(lambda name: not name.isdecimal())
values = st.text(max_size=8).filter(lambda value: not value.endswith("\\"))
# Texts that are not taken for something else where every value is a string.
words = st.from_regex(r"[a-zA-Z][a-zA-Z ]{0,6}", fullmatch=True).filter(
    lambda word: word not in ("true", "false", "NULL")
)
numbers = st.builds(n.Number, st.sampled_from(["0", "1", "-1", "1.50", "1e5", "0x1F", "-0.25"]))
constants = st.one_of(st.builds(n.Boolean, st.booleans()), st.just(n.Null()))


def literals(texts: st.SearchStrategy[str] = values) -> st.SearchStrategy[n.LiteralValue]:
    """Literals; their texts are drawn from a strategy."""
    return st.one_of(st.builds(n.String, texts), numbers, constants)


def operands(texts: st.SearchStrategy[str] = values) -> st.SearchStrategy[n.Operand]:
    """Fields, literals, calls and arithmetic."""
    return st.recursive(
        st.one_of(st.builds(n.Identifier, names), literals(texts)),
        lambda inner: st.one_of(
            _calls(inner), st.builds(n.Arithmetic, inner, st.sampled_from("+-*/%"), inner)
        ),
        max_leaves=5,
    )


def _calls(arguments: st.SearchStrategy[n.Operand]) -> st.SearchStrategy[n.Call]:
    functions = st.sampled_from(["len", "tolower", "contains"])
    return st.builds(n.Call, functions, st.lists(arguments, max_size=3).map(tuple))


def conditions(texts: st.SearchStrategy[str] = values) -> st.SearchStrategy[n.Phrase]:
    """Phrases without AND, OR and NOT."""
    operand = operands(texts)
    arrays = st.builds(n.Array, st.lists(literals(texts), max_size=4).map(tuple))
    comparisons = st.sampled_from(["=", "!=", ">", ">=", "<", "<=", "CONTAINS", "LIKE"])
    return st.one_of(
        st.builds(n.Identifier, names),
        _calls(operand),
        st.builds(n.Comparison, operand, comparisons, operand),
        st.builds(n.Membership, operand, st.sampled_from(["IN", "INTERSECTS"]), arrays),
        st.builds(n.Between, operand, operand, operand),
        st.builds(n.Exists, operand),
        st.builds(n.Include, st.builds(n.Name, slugs)),
    )


def phrases(
    texts: st.SearchStrategy[str] = values, shortest_list: int = 0
) -> st.SearchStrategy[n.Phrase]:
    """Phrases of any kind; a list has at least so many items, but can be empty if one may be."""
    return st.recursive(
        conditions(texts),
        lambda inner: st.one_of(
            st.builds(n.And, st.lists(inner, min_size=shortest_list, max_size=4).map(tuple)),
            st.builds(n.Or, st.lists(inner, min_size=shortest_list, max_size=4).map(tuple)),
            st.builds(n.Not, inner),
        ),
        max_leaves=12,
    )
