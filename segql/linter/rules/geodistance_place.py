"""The place of `geodistance(field, "latitude,longitude", km)` is a text of two numbers: the
latitude between -90 and 90, then the longitude between -180 and 180. The distance is in kilometres,
more than 0 and less than half the way round the earth. Nothing else can be evaluated, or it finds
nobody or everybody.

The fix exchanges the two numbers where only that way they are a place, and writes a comma where
something else stands between them. It is unsafe, for it moves the place.

Only what is written out is looked at. That both numbers are in range does not mean that they are in
the right order. A negative distance is PORT002.

Bad::

    FILTER geodistance(location, "-122.6784,45.5152", 80) ALIAS near_store

    FILTER AND (geodistance(location, "45.5 -122.6", 10), geodistance(location, "x", 0)) ALIAS odd

Good::

    FILTER geodistance(location, "45.5152,-122.6784", 80) ALIAS near_store

    FILTER AND (geodistance(location, "45.5, -122.6", 10), geodistance(location, "1,2", 5)) ALIAS ok
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from segql.compiler.emission import is_negative
from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import guess
from segql.linter.scope import Scope
from segql.syntax import nodes as n
from segql.syntax.literals import number_value

_NUMBER = r"[+-]?[0-9]{1,9}(?:\.[0-9]{0,30})?"
_PLACE = rf"\s*({_NUMBER})(\s*[,;/|]\s*|\s+)({_NUMBER})\s*"
_HALF_ROUND = 20_040  # km from pole to pole, and a little more


def check(call: n.Call, scope: Scope) -> Iterator[Diagnostic]:
    """Report a place that is not on the earth, and a distance that is none."""
    if call.name.lower() != "geodistance" or len(call.arguments) != 3:
        return
    _, place, distance = call.arguments
    if isinstance(place, n.String):
        yield from _wrong_place(place, scope)
    if isinstance(distance, n.Number) and not is_negative(distance):
        km = number_value(distance.text)
        if km is None or not 0 < km <= _HALF_ROUND:
            message = "a distance is more than 0 and at most 20,040 kilometres"
            help = "write the distance in kilometres"
            yield diagnostic("geodistance-place", distance.start, distance.end, message, help)


def _wrong_place(place: n.String, scope: Scope) -> Iterator[Diagnostic]:
    found = re.fullmatch(_PLACE, place.value)
    if not found:
        message = "this is no place: two numbers with a comma between them are"
        help = 'write "latitude,longitude", as in "45.5152,-122.6784"'
        yield diagnostic("geodistance-place", place.start, place.end, message, help)
        return
    first, joint, second = found.groups()
    is_in_range = abs(float(first)) <= 90 and abs(float(second)) <= 180
    if is_in_range and joint.strip() == ",":
        return
    message = "a latitude is from -90 to 90, a longitude from -180 to 180"
    meant: str | None = None
    if is_in_range:
        message, meant = "between the two numbers of a place stands a comma", f"{first},{second}"
    elif abs(float(second)) <= 90 and abs(float(first)) <= 180:
        message, meant = "the latitude comes first, then the longitude", f"{second},{first}"
    yield _problem(place, message, meant, scope)


def _problem(place: n.String, message: str, meant: str | None, scope: Scope) -> Diagnostic:
    if meant is None:
        help = "correct the two numbers"
        return diagnostic("geodistance-place", place.start, place.end, message, help)
    fix = guess(scope, place.start, place.end, f'"{meant}"')
    help = f'did you mean `"{meant}"`?'
    return diagnostic("geodistance-place", place.start, place.end, message, help, fix)
