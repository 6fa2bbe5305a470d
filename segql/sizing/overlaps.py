"""How many profiles two segments have in common, for every two of many.

What a profile is a member of is written as bits of a few numbers. Profiles with the same bits count
as one after that, and a pair is a look at two bits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sqlglot import exp

from segql.compiler.sql.truth import Sql, choose
from segql.sizing.rows import ROWS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BITS = 62  # of a number
_AT_ONCE = 500  # pairs in a query
_NONE = exp.convert(0)


def overlaps(db: DuckDBPyConnection, conditions: Sequence[Sql]) -> Iterator[tuple[int, int, int]]:
    """Of each two conditions, by their numbers, on how many profiles both are true."""
    words = [conditions[start : start + _BITS] for start in range(0, len(conditions), _BITS)]
    names = [f"w{number}" for number in range(len(words))]
    packed = [exp.alias_(_packed(word), name) for word, name in zip(words, names, strict=True)]
    rows = exp.Select(expressions=packed).from_(ROWS).subquery("packed")
    grouped = exp.select(*names, "COUNT(*) AS n").from_(rows).group_by(*names)
    db.execute(f"CREATE OR REPLACE TEMP TABLE memberships AS {grouped.sql('duckdb')}")
    pairs = [(row, column) for row in range(len(conditions)) for column in range(row)]
    for start in range(0, len(pairs), _AT_ONCE):
        some = pairs[start : start + _AT_ONCE]
        sums = [
            exp.Sum(this=choose(exp.and_(_is_in(a), _is_in(b)), exp.column("n"), _NONE))
            for a, b in some
        ]
        query = exp.Select(expressions=sums).from_("memberships").sql("duckdb")
        for (a, b), size in zip(some, db.execute(query).fetchone() or (), strict=True):
            yield a, b, int(size or 0)
    db.execute("DROP TABLE memberships")


def _packed(conditions: Sequence[Sql]) -> Sql:
    """The answers as the bits of a number."""
    bits = [choose(c, exp.convert(1 << place), _NONE) for place, c in enumerate(conditions)]
    found = exp.cast(bits[0], "BIGINT")
    for bit in bits[1:]:
        found = exp.Add(this=found, expression=bit)
    return found


def _is_in(number: int) -> Sql:
    word, place = divmod(number, _BITS)
    bit = exp.BitwiseAnd(this=exp.column(f"w{word}"), expression=exp.convert(1 << place))
    return exp.NEQ(this=exp.paren(bit), expression=_NONE)
