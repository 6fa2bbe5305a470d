"""Operands as functions: what takes a profile and gives the value of a field, a call, a sum."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from segql.catalog.types import FieldType
from segql.evaluator.arithmetic import ARITHMETIC
from segql.evaluator.functions import Function, function
from segql.evaluator.values import MISSING, Profile, converter, plain
from segql.syntax import nodes as n
from segql.syntax.literals import number_value

Get = Callable[[Profile], Any]


class Scope(NamedTuple):
    """What the names in a filter mean."""

    type_of: Callable[[str], FieldType | None]  # of a field
    now: datetime  # in UTC and to the second
    segments: Mapping[str, Get]  # the answers of those that are included


class Operand(NamedTuple):
    """An operand, and how its value is found."""

    node: n.Node
    get: Get  # `MISSING` where there is none
    type: FieldType | None = None  # of a field, where a catalog knows it
    problem: str = ""  # why it never has a value

    @property
    def is_literal(self) -> bool:
        """Whether it has the same value in all profiles."""
        return self.node.__class__ in _LITERALS


def operand(node: n.Node, scope: Scope) -> Operand:
    """Compile an operand."""
    return _COMPILERS.get(type(node), _bad)(node, scope)


def _field(node: n.Identifier, scope: Scope) -> Operand:
    name, found = node.name, scope.type_of(node.name)
    owner, dot, key = name.partition(".")
    look_up = _look_up_in_map(name, owner, key) if dot else _look_up(name)
    return Operand(node, _as_typed(look_up, converter(found)), found)


def _look_up(name: str) -> Get:
    return lambda profile: profile.get(name, MISSING)


def _look_up_in_map(name: str, owner: str, key: str) -> Get:
    """The field of the whole name first, then a map and a key, split at the first dot."""

    def look_up(profile: Profile) -> Any:
        if name in profile:
            return profile[name]
        found: Any = profile.get(owner)
        return found.get(key, MISSING) if found.__class__ is dict else MISSING

    return look_up


def _as_typed(look_up: Get, convert: Callable[[Any], Any] | None) -> Get:
    if convert is None:
        return lambda profile: plain(look_up(profile))
    return lambda profile: convert(plain(look_up(profile)))


def _constant(node: n.Node, value: Any) -> Operand:
    return Operand(node, _always(value))


def _always(value: Any) -> Get:
    return lambda _: value


def _without_value(node: n.Node, problem: str) -> Operand:
    return Operand(node, _always(MISSING), problem=problem)


def _number(node: n.Number, _: Scope) -> Operand:
    try:
        value = number_value(node.text)
    except ValueError:  # in a tree made by hand
        return _bad(node, _)
    problem = "the number is too large" if value is None else ""
    return Operand(node, _always(value), problem=problem)


def _arithmetic(node: n.Arithmetic, scope: Scope) -> Operand:
    left, right = operand(node.left, scope), operand(node.right, scope)
    first, second, work_out = left.get, right.get, ARITHMETIC[node.operator]

    def get(profile: Profile) -> Any:
        return work_out(first(profile), second(profile))

    return Operand(node, get, problem=left.problem or right.problem)


def _call(node: n.Call, scope: Scope) -> Operand:
    if node.name.lower() == "in_segment":
        return _in_segment(node, scope)
    found = function(node.name, len(node.arguments))
    if not isinstance(found, Function):
        return _without_value(node, found)
    arguments = [operand(argument, scope) for argument in node.arguments]
    problem = next((argument.problem for argument in arguments if argument.problem), "")
    return Operand(node, _applied(found, [a.get for a in arguments], scope.now), problem=problem)


def _applied(found: Function, gets: list[Get], now: datetime) -> Get:
    work_out, takes_anything = found.work_out, found.takes_anything

    def get(profile: Profile) -> Any:
        values = [get(profile) for get in gets]
        if not takes_anything and any(value is None or value is MISSING for value in values):
            return MISSING
        return work_out(now, *values)

    return get


def _in_segment(node: n.Call, scope: Scope) -> Operand:
    match node.arguments:
        case (n.String(slug),):
            test = scope.segments[slug]
        case _:
            problem = "`in_segment` takes the name of one segment, in double quotes"
            return _without_value(node, problem)

    def get(profile: Profile) -> Any:
        answer = test(profile)
        return MISSING if answer is None else answer

    return Operand(node, get)


def _bad(node: n.Node, _: Scope) -> Operand:
    return _without_value(node, "this was not understood")


_COMPILERS: dict[type[n.Node], Callable[[Any, Scope], Operand]] = {
    n.Identifier: _field,
    n.String: lambda node, _: _constant(node, node.value),
    n.Boolean: lambda node, _: _constant(node, node.value),
    n.Number: _number,
    n.Null: lambda node, _: _constant(node, None),
    n.Call: _call,
    n.Arithmetic: _arithmetic,
    n.Bad: _bad,
}
_LITERALS = frozenset((n.String, n.Boolean, n.Number, n.Null))
