"""Why a phrase cannot be evaluated, in a sentence."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from segql.evaluator.operands import Operand
from segql.evaluator.values import MISSING, number_of, text_of
from segql.formatter.brief import brief, cut
from segql.syntax import nodes as n


def sentence(phrase: n.Node, why: str) -> str:
    """Why, behind the text of the phrase."""
    return f"{_quoted(phrase)}: {why}"


def _quoted(node: n.Node) -> str:
    return f"`{brief(node)}`"


def reason(
    phrase: n.Node, operands: tuple[Operand, ...], values: tuple[Any, ...], is_odd: bool
) -> str:
    """The reason of a phrase without parts."""
    return sentence(phrase, _why(phrase, operands, values, is_odd))


def _why(
    phrase: n.Node, operands: tuple[Operand, ...], values: tuple[Any, ...], is_odd: bool
) -> str:
    for operand, value in zip(operands, values, strict=True):
        if value is MISSING or (value is None and operand.problem):
            return _why_missing(operand)
        if value is None and isinstance(operand.node, n.Identifier):
            return f"{_quoted(operand.node)} is null"
    kinds = [kind_of(value) for value in values]
    match phrase:
        case n.Comparison(_, "LIKE" | "CONTAINS" as operator, right):
            if isinstance(right, n.Number) and kinds[0].startswith("the text"):
                return f"{operator} looks for a text, and {kinds[1]} is none"
            return f"{operator} looks at texts and arrays, not at {kinds[0]}"
        case n.Comparison(_, operator):
            if is_odd:
                return f"texts have no order: {kinds[0]} and {kinds[1]}"
            if datetime in (value.__class__ for value in values):
                return _why_no_date(values, kinds)
            return f"{kinds[0]} cannot be compared with {kinds[1]}"
        case n.Membership(_, operator):
            return f"{operator} looks at texts, numbers, arrays and maps, not at {kinds[0]}"
        case n.Between():
            return _why_not_between(values, kinds)
        case _:
            return f"it is {kinds[0]}, and only a bool is true or false"


def _why_missing(operand: Operand) -> str:
    if operand.problem:
        return operand.problem
    if isinstance(operand.node, n.Identifier):
        return f"the profile has no {_quoted(operand.node)}"
    return f"{_quoted(operand.node)} has no value"


def _why_no_date(values: tuple[Any, ...], kinds: list[str]) -> str:
    no_date = [k for v, k in zip(values, kinds, strict=True) if v.__class__ is not datetime]
    return f"{no_date[0]} is no date" if no_date else "these dates cannot be compared"


def _why_not_between(values: tuple[Any, ...], kinds: list[str]) -> str:
    if values[0].__class__ is datetime:
        return _why_no_date(values, kinds)
    if number_of(values[0]) is None or values[0].__class__ is str:
        return f"BETWEEN looks at numbers and dates, not at {kinds[0]}"
    ends = [kind for value, kind in zip(values, kinds, strict=True) if number_of(value) is None]
    return f"{ends[0] if ends else kinds[1]} is no number"


def kind_of(value: Any) -> str:
    """What a value is, with the value where it is short: ``the number 5``, ``a map``."""
    if value is None:
        return "NULL"
    name = _KINDS.get(value.__class__)
    if name is None:
        return "a value of another kind"
    if value.__class__ in (list, dict):
        return name
    text = text_of(value)
    if text is None:
        return name
    return f'{name} "{cut(text)}"' if value.__class__ is str else f"{name} {cut(text)}"


_KINDS: dict[type, str] = {
    str: "the text",
    int: "the number",
    float: "the number",
    bool: "the bool",
    datetime: "the date",
    list: "an array",
    dict: "a map",
}
