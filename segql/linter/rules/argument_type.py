"""A function takes certain kinds of values: `timewindow` a field of time buckets, `geodistance` a
geolocation, `mapkeys` a map. Another one cannot be evaluated. Some arguments must be written out,
such as the count and the days of `timewindow` and the segment of `in_segment`: a field or a
function cannot stand there.

There is no fix. The message says what the function takes.

Types of fields are taken from the catalog, those of functions and literals are known without one. A
text where a number is expected is reported only when it is written out and no number: a text field
may hold numbers. NULL is never reported.

Bad::

    FILTER timewindow(visitct, 5, 7) ALIAS regulars

    FILTER AND (in_segment(vip), geodistance(city, "45.5,-122.6", 50)) ALIAS vip_near_store

Good::

    FILTER timewindow(visits, 5, 7) ALIAS regulars

    FILTER AND (in_segment("vip"), geodistance(location, "45.5,-122.6", 50)) ALIAS vip_near_store
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import LITERALS, number_in
from segql.linter.known import a, type_of_operand
from segql.linter.scope import Scope
from segql.syntax import nodes as n

if TYPE_CHECKING:
    from segql.catalog import Function, Parameter

_KINDS = {"timebuckets": "a []timebucket"}


def check(call: n.Call, scope: Scope) -> Iterator[Diagnostic]:
    """Report each argument that the function does not take."""
    from segql.catalog.functions import FUNCTIONS

    function = FUNCTIONS.get(call.name.lower())
    if function is None:
        return
    parameters = function.filled_by(len(call.arguments))
    for argument, parameter in zip(call.arguments, parameters, strict=False):
        why = _wrong(argument, parameter, scope)
        if why:
            yield _problem(function, argument, parameter, why)


def _wrong(argument: n.Operand, parameter: Parameter, scope: Scope) -> str | None:
    """What is wrong with an argument; None for nothing."""
    if parameter.is_literal and not isinstance(argument, LITERALS):
        return "is written out: a field or a function cannot stand here"
    type = type_of_operand(argument, scope)
    if type is None or parameter.takes(type.kind):
        return None
    if type.kind == "string" and "number" in parameter.types and not _is_no_number(argument):
        return None
    kinds = " or ".join(_KINDS.get(kind, f"a {kind}") for kind in sorted(parameter.types))
    return f"is {kinds}, not {a(type)}"


def _is_no_number(argument: n.Operand) -> bool:
    return isinstance(argument, n.String) and number_in(argument) is None


def _problem(function: Function, argument: n.Operand, parameter: Parameter, why: str) -> Diagnostic:
    from segql.catalog.functions import signature

    message = f"the argument `{parameter.name}` of `{function.name}` {why}"
    help = f"write `{signature(function)}`"
    return diagnostic("argument-type", argument.start, argument.end, message, help)
