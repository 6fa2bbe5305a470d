"""Conditions as short as a count needs them: what is NULL counts no more than what is false.

`segql.compiler.sql` makes conditions that are never NULL. Below AND and OR alone, a part that is
NULL decides as one that is false does, so that it need not be asked first whether there is a value.
"""

from __future__ import annotations

from typing import Final

from sqlglot import exp

from segql.compiler.sql.truth import Sql, all_of, any_of

_COMPARING: Final = (
    exp.EQ,
    exp.NEQ,
    exp.GT,
    exp.GTE,
    exp.LT,
    exp.LTE,
    exp.Like,
    exp.In,
    exp.RegexpLike,
)
_OF_LISTS: Final = ("LEN", "LIST_FILTER", "LIST_CONTAINS")  # NULL where the first argument is


def lean(condition: Sql) -> Sql:
    """A condition that is true of the same rows."""
    match condition:
        case exp.Paren():
            return lean(condition.this)
        case exp.And():
            return all_of(*_unguarded([lean(part) for part in condition.flatten()]))
        case exp.Or():
            return any_of(*(lean(part) for part in condition.flatten()))
        case exp.Coalesce(expressions=[exp.Boolean() as default]) if not default.this:
            return lean(condition.this)
        case exp.GT(this=exp.Anonymous(this="LEN"), expression=exp.Literal(this="0")):
            return _some(condition)
        case _:
            return condition


def _some(condition: exp.GT) -> Sql:
    """To look for an item that equals something there is a function."""
    match condition.this.expressions:
        case [exp.Anonymous(this="LIST_FILTER", expressions=[array, exp.Lambda(this=test)])]:
            pass
        case _:
            return condition
    match lean(test):
        case exp.EQ(this=exp.Column(), expression=exp.Literal() as literal):
            return exp.Anonymous(this="LIST_CONTAINS", expressions=[array, literal])
        case _:
            return condition


def _unguarded(parts: list[Sql]) -> list[Sql]:
    """Without those that ask for a value which another part needs anyway."""
    return [
        part
        for part in parts
        if not any(_needs(other, part.this.this) for other in parts if _is_guard(part))
    ]


def _is_guard(part: Sql) -> bool:
    """``NOT value IS NULL``."""
    match part:
        case exp.Not(this=exp.Is(expression=exp.Null())):
            return True
        case _:
            return False


def _needs(part: Sql, value: Sql) -> bool:
    """Whether a part is NULL wherever a value is."""
    if isinstance(part, exp.Not) and not _is_guard(part):
        return _needs(part.this, value)
    if isinstance(part, exp.Paren):
        return _needs(part.this, value)
    if isinstance(part, _COMPARING):
        right = part.args.get("expression")
        return _is_of(part.this, value) or (right is not None and _is_of(right, value))
    return _is_of(part, value)


def _is_of(operand: Sql, value: Sql) -> bool:
    if isinstance(operand, exp.StrPosition):
        return _is_of(operand.this, value)
    if isinstance(operand, exp.Anonymous) and operand.this in _OF_LISTS:
        return _is_of(operand.expressions[0], value)
    return operand == value
