"""Filters about a few fields, and profiles that have them: of the fields' types, or of any."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from segql.catalog import Catalog
from segql.compiler.sql.functions import SQL_FUNCTIONS
from segql.syntax import nodes as n

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
TYPES = {
    "n": "number", "i": "int", "s": "string", "b": "bool", "d": "date", "tags": "[]string",
    "dates": "[]date", "sums": "map[string]number",
}  # fmt: skip
CATALOG = Catalog.from_types(TYPES)
INCLUDES = {
    "known": n.Statement(n.Between(n.Identifier("n"), n.Number("1"), n.Number("4"))),
    "loop": n.Statement(n.Include(n.Name("loop"))),
    "there": n.Statement(n.Or((n.Identifier("b"), n.Include(n.Name("back"))))),
    "back": n.Statement(n.Or((n.Exists(n.Identifier("s")), n.Include(n.Name("there"))))),
}

# ---- Profiles ------------------------------------------------------------------------

_texts = st.sampled_from(
    ["", "a", "ab", "A", "a/b", "5", "5.5", "-1", "true", "0", "x\ny", "50%", "a_b", "'\"\\", "é"]
)
_numbers = st.sampled_from([0, 1, 5, -1, 2.5, 5.5, 100000, 1773576000, 1773576000000])
_dates = st.sampled_from(
    [
        "2026-03-15",
        "2026-03-14T12:00:00Z",
        "2026-03-15 11:59:59Z",
        "2026-03-15T14:00:00+02:00",
        "2026-03-15T12:00:00.75Z",
    ]
)
_scalars = st.one_of(_texts, _numbers, st.booleans(), st.none(), _dates)
_anything = st.one_of(
    _scalars,
    st.lists(_scalars, max_size=3),
    st.dictionaries(st.sampled_from(["k", "a", "5"]), _scalars, max_size=2),
)
_of_types: dict[str, st.SearchStrategy[Any]] = {
    "n": st.one_of(st.floats(-10, 10).map(lambda x: round(x, 1)), _numbers.map(float)),
    "i": st.one_of(st.integers(-3, 6), _numbers.map(int)),
    "s": _texts,
    "b": st.booleans(),
    "d": _dates,
    "tags": st.lists(_texts, max_size=3),
    "dates": st.lists(_dates, max_size=3),
    "sums": st.dictionaries(st.sampled_from(["k", "a"]), _numbers.map(float), max_size=2),
}
typed_profiles = st.fixed_dictionaries({}, optional=_of_types)
profiles = st.dictionaries(st.sampled_from([*TYPES, "x", "x.k"]), _anything)

# ---- Filters -------------------------------------------------------------------------

_moments = st.sampled_from(["now-1d", "now+1M", "now-2h", "now-1y", "now-0s"])
_plain = st.one_of(
    st.builds(n.String, st.one_of(_texts, _dates, _moments)),
    _numbers.map(lambda value: n.Number(str(value))),
    st.builds(n.Boolean, st.booleans()),
)
_literals = st.one_of(_plain, st.just(n.Null()))
_patterns = st.builds(
    n.String,
    st.lists(
        st.sampled_from(["*", "**", "?", "%", "[a-c]", "[^a]", "a", "b", "/", "_"]), max_size=5
    ).map("".join),
)
_arrays = st.builds(n.Array, st.lists(_literals, max_size=4).map(tuple))
_segments = st.sampled_from(["known", "loop", "there", "back", "gone"])
_typed_fields = [*TYPES, "sums.k", "sums.gone"]


def _calls(operand: st.SearchStrategy[n.Operand]) -> st.SearchStrategy[n.Call]:
    """Calls of what SQL has, and of what nobody has."""

    def call(name: str, count: int) -> st.SearchStrategy[n.Call]:
        return st.lists(operand, min_size=count, max_size=count).map(
            lambda arguments: n.Call(name, tuple(arguments))
        )

    said = [call(name, function.arguments or 2) for name, function in SQL_FUNCTIONS.items()]
    return st.one_of(*said, call("unheard_of", 1))


def _conditions(
    bare: st.SearchStrategy[n.Identifier | n.Call], operand: st.SearchStrategy[n.Operand]
) -> st.SearchStrategy[n.Phrase]:
    order = st.sampled_from(["=", "!=", ">", ">=", "<", "<="])
    either = st.one_of(_literals, operand)
    return st.one_of(
        bare,
        st.builds(n.Comparison, either, order, either),
        st.builds(n.Comparison, operand, st.just("LIKE"), _patterns),
        st.builds(n.Comparison, operand, st.just("CONTAINS"), _plain),
        st.builds(n.Membership, operand, st.just("IN"), _arrays),
        st.builds(n.Membership, either, st.sampled_from(["IN", "INTERSECTS"]), bare),
        st.builds(n.Between, operand, _plain, _plain),
        st.builds(n.Exists, operand),
        st.builds(n.Include, st.builds(n.Name, _segments)),
    )


def _phrases(names: list[str]) -> st.SearchStrategy[n.Phrase]:
    fields = st.sampled_from(names).map(n.Identifier)
    calls = _calls(st.one_of(fields, fields, _plain))
    unsaid = st.one_of(
        st.builds(n.Arithmetic, fields, st.just("+"), _plain),
        st.builds(lambda field: n.Call("emaildomain", (field,)), fields),
    )  # what SQL has not
    bare = st.one_of(fields, fields, fields, fields, calls)
    operands = st.integers(0, 40).flatmap(lambda chance: unsaid if chance == 40 else bare)
    return st.recursive(
        _conditions(bare, operands),
        lambda inner: st.one_of(
            st.builds(n.And, st.lists(inner, max_size=3).map(tuple)),
            st.builds(n.Or, st.lists(inner, max_size=3).map(tuple)),
            st.builds(n.Not, inner),
        ),
        max_leaves=5,
    )


typed_phrases = _phrases(_typed_fields)
phrases = _phrases([*_typed_fields, "x", "x.k", "gone"])
