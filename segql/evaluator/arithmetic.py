"""Arithmetic: of whole numbers a whole number, as the server works it out."""

from __future__ import annotations

from collections.abc import Callable
from math import fmod
from operator import add, mul, sub
from typing import Any

from segql.evaluator.values import MISSING, number_of


def _numeric(work_out: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Work with numbers and with texts that spell them; all else has no result."""

    def of_values(left: Any, right: Any) -> Any:
        first, second = number_of(left), number_of(right)
        if first is None or second is None:
            return MISSING
        try:
            return work_out(first, second)
        except (ArithmeticError, ValueError):  # by zero, too large
            return MISSING

    return of_values


def _divided(left: Any, right: Any) -> Any:
    if left.__class__ is float or right.__class__ is float:
        return left / right
    whole = abs(left) // abs(right)  # cut towards zero
    return whole if (left < 0) == (right < 0) else -whole


def _rest(left: Any, right: Any) -> Any:
    if left.__class__ is float or right.__class__ is float:
        return fmod(left, right)
    return left - right * _divided(left, right)


ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": _numeric(add),
    "-": _numeric(sub),
    "*": _numeric(mul),
    "/": _numeric(_divided),
    "%": _numeric(_rest),
}
