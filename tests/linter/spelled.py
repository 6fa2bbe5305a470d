"""Filters as people write them, with the trees that they stand for, and profiles to ask them about.

The fields are few, so that phrases meet: ``a`` may be anything, the others are of the types of
`FIELDS` where a catalog is given.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from segql.catalog import Catalog
from segql.formatter.flat import flat
from segql.syntax import nodes as n

FIELDS = {
    "n": "int",
    "f": "number",
    "s": "string",
    "t": "bool",
    "d": "date",
    "tags": "[]string",
    "days": "[]date",
    "m": "map[string]int",
}
KNOWN = Catalog.from_types(FIELDS)


def day(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]


# Also as JSON and CSV have them: what the catalog has a type for is read as that.
VALUES: dict[str, list[Any]] = {
    "n": [0, 1, 2, 5, 9, 1772323200, "5", 9.0],
    "f": [0.0, 1.0, 1.5, 5.0, 9.5, 5, "1.5"],
    "s": ["", "x", "y", "xy", "1", "5.0", "true", "2026-03-01"],
    "t": [True, False, "false"],
    "d": [
        *(day(2026, 3, 1), day(2026, 3, 5), day(2026, 3, 10), day(2026, 3, 12), day(2020, 1, 1)),
        *("2026-03-05", "2026-03-10T00:00:00Z", 1772323200),
    ],
    "tags": [[], ["x"], ["x", "y"], ["5"], ["2026-03-01"]],
    "days": [
        [day(2026, 3, 1)],
        [day(2020, 1, 1), day(2026, 3, 12)],
        [day(2026, 3, 5)],
        ["2026-03-12"],
    ],
    "m": [{}, {"x": 1}, {"x": 5, "y": 2}],
}
ANYTHING = [value for values in VALUES.values() for value in values]

_texts = st.sampled_from(
    ["x", "y", "", "1", "5", "5.0", "2026-03-01", "now-7d", "now-30d", "now-1M"]
)
_literals = st.one_of(
    st.sampled_from(["0", "1", "5", "5.0", "1.5", "-1", "1772323200"]).map(n.Number),
    _texts.map(n.String),
    st.booleans().map(n.Boolean),
    st.just(n.Null()),
)
_arrays = st.lists(_literals, min_size=1, max_size=3).map(lambda items: n.Array(tuple(items)))
_symbols: Any = st.sampled_from(["=", "!=", ">", ">=", "<", "<="])
_words: Any = st.sampled_from(["LIKE", "CONTAINS"])
_patterns = st.sampled_from(["x", "x*", "y", "*"]).map(n.String)


def _conditions(names: list[str]) -> st.SearchStrategy[n.Phrase]:
    fields = st.sampled_from(names).map(n.Identifier)
    return st.one_of(
        st.builds(n.Comparison, fields, _symbols, _literals),
        st.builds(n.Comparison, fields, st.sampled_from(["=", "!="]), _literals),
        st.builds(n.Comparison, _literals, _symbols, fields),
        st.builds(n.Comparison, fields, _words, _patterns),
        st.builds(n.Membership, fields, st.sampled_from(["IN", "INTERSECTS"]), _arrays),
        st.builds(n.Between, fields, _literals, _literals),
        st.builds(n.Exists, fields),
        st.sampled_from(["vip", "staff", "gone"]).map(lambda slug: n.Include(n.Name(slug))),
        st.sampled_from(["vip", "gone"]).map(lambda slug: n.Call("in_segment", (n.String(slug),))),
        fields,
    )


def _phrases(names: list[str]) -> st.SearchStrategy[n.Phrase]:
    return st.recursive(
        _conditions(names),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=4).map(lambda parts: n.And(tuple(parts))),
            st.lists(inner, min_size=1, max_size=4).map(lambda parts: n.Or(tuple(parts))),
            st.builds(n.Not, inner),
        ),
        max_leaves=8,
    )


# Mostly about one field, so that phrases have something to say of each other.
_names = st.one_of(
    st.sampled_from(["a", *FIELDS, "m.x"]).map(lambda name: [name]), st.just(["a", *FIELDS, "m.x"])
)
phrases: st.SearchStrategy[n.Phrase] = _names.flatmap(_phrases)


@st.composite
def profiles(draw: st.DrawFn, of_any_type: bool) -> dict[str, Any]:
    """Values for some of the fields: of the field's own type or null, or of any type."""
    names = draw(st.sets(st.sampled_from(["a", *FIELDS])))
    own = {name: ANYTHING if of_any_type or name == "a" else VALUES[name] for name in names}
    return {name: draw(st.sampled_from([None, *values])) for name, values in own.items()}


@st.composite
def texts(draw: st.DrawFn, trees: st.SearchStrategy[Any] = phrases) -> tuple[str, Any]:
    """A filter in one of the ways in which it can be written, and its tree."""
    tree = draw(trees)
    return f"FILTER {_spelled(tree, lambda options: draw(st.sampled_from(options)))}", tree


def _spelled(phrase: n.Phrase, choose: Callable[[list[str]], str]) -> str:
    match phrase:
        case n.And(parts) | n.Or(parts):
            word = type(phrase).__name__.upper()
            items = [_spelled(part, choose) for part in parts]
            if len(items) > 1 and choose(["list", "list", "infix"]) == "infix":
                return f"({f' {word} '.join(map(_whole, items))})"
            gap = choose([", ", ",\n    ", "\n    ", " ,, ", "\n, "])
            begin, end = choose(["", "\n    "]), choose(["", ",", "\n", ",\n"])
            return f"{word} ({begin}{gap.join(items)}{end})"
        case n.Not(n.Membership(left, operator, right)) | n.Not(
            n.Comparison(left, "LIKE" | "CONTAINS" as operator, right)
        ) if choose(["before", "inside"]) == "inside":
            return f"{flat(left)} NOT {operator} {flat(right)}"
        case n.Not(inner):
            return f"NOT {_whole(_spelled(inner, choose))}"
        case _:
            plain, whole = flat(phrase), f"({flat(phrase)})"
            # Behind a phrase without a comma `-1 = a` would be taken for a subtraction.
            return whole if plain.startswith("-") else choose([plain, plain, whole])


def _whole(text: str) -> str:
    """A phrase that nothing around it can take apart."""
    return text if text.startswith("(") or text.isalnum() else f"({text})"
