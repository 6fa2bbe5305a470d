"""Conditions of two values, and how AND, OR and NOT join them.

SQL's third value is kept out: no condition here is ever NULL where it counts. What is true of every
row, or of none, is left away. Expressions are shared between conditions; who is done copies.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from sqlglot import exp

Sql = exp.Expr
TRUE, FALSE = exp.true(), exp.false()


class Truth(NamedTuple):
    """When a phrase matches, and when its negation does.

    ``total``: always one of both; otherwise there are rows for which it cannot be evaluated.
    """

    true: Sql
    false: Sql
    total: bool = False


ALWAYS = Truth(TRUE, FALSE, True)
NEVER = Truth(FALSE, TRUE, True)
UNKNOWN = Truth(FALSE, FALSE)  # cannot be evaluated


def certain(answer: bool) -> Truth:
    """The truth of what does not depend on a row."""
    return ALWAYS if answer else NEVER


def either(condition: Sql) -> Truth:
    """The truth of a condition that decides both ways."""
    return Truth(condition, negated(condition), True)


def is_constant(condition: Sql, value: bool) -> bool:
    """Whether a condition is the constant TRUE or FALSE."""
    return isinstance(condition, exp.Boolean) and bool(condition.this) is value


def all_of(*conditions: Sql) -> Sql:
    """Every one holds; none at all: TRUE."""
    if any(is_constant(condition, False) for condition in conditions):
        return FALSE
    parts = [part for condition in conditions for part in _parts(condition, exp.And)]
    kept = [part for part in parts if not is_constant(part, True)]
    return exp.and_(*kept, copy=False) if kept else TRUE


def any_of(*conditions: Sql) -> Sql:
    """One of them holds; none at all: FALSE."""
    if any(is_constant(condition, True) for condition in conditions):
        return TRUE
    parts = [part for condition in conditions for part in _parts(condition, exp.Or)]
    kept = [part for part in parts if not is_constant(part, False)]
    return exp.or_(*map(partial(_unguarded, kept), kept), copy=False) if kept else FALSE


def _parts(condition: Sql, connector: type[exp.Connector]) -> list[Sql]:
    """A list of lists is one list."""
    return [*condition.flatten()] if isinstance(condition, connector) else [condition]


def _unguarded(others: list[Sql], condition: Sql) -> Sql:
    """Beside ``a IS NULL`` what says ``NOT a IS NULL AND b`` is ``b``."""
    if not isinstance(condition, exp.And):
        return condition
    nulls = [other for other in others if isinstance(other, exp.Is)]
    parts = _parts(condition, exp.And)
    kept = [part for part in parts if not (isinstance(part, exp.Not) and part.this in nulls)]
    return condition if len(kept) == len(parts) else all_of(*kept)


def is_known(value: Sql) -> Sql:
    """SQL has a value."""
    return negated(is_null(value))


def choose(condition: Sql, value: Sql, otherwise: Sql | None = None) -> Sql:
    """A value where a condition holds, and another one or NULL elsewhere."""
    branch = exp.If(this=condition, true=value)
    return exp.Case(ifs=[branch], default=otherwise)


def negated(condition: Sql) -> Sql:
    """It does not hold."""
    match condition:
        case exp.Boolean():
            return FALSE if condition.this else TRUE
        case exp.Not():
            return condition.this.unnest()
        case _:
            return exp.not_(condition, copy=False)


def is_null(value: Sql) -> Sql:
    """SQL has no value."""
    return exp.Is(this=value, expression=exp.null())


def known(condition: Sql, default: bool) -> Sql:
    """A condition on what may be NULL, with what it is then."""
    if isinstance(condition, exp.Boolean):
        return condition
    return exp.Coalesce(this=condition, expressions=[TRUE if default else FALSE])
