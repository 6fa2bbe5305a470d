"""The functions: how many arguments, of what kinds, and how an editor shows them."""

from __future__ import annotations

import re

import pytest

from segql.catalog import (
    FUNCTIONS,
    TIMEWINDOW_COUNTS,
    TIMEWINDOW_DAYS,
    TYPES,
    Function,
    signature,
)
from segql.formatter.spelling import function as spelled
from segql.syntax.nodes import Call
from segql.syntax.parser import parse
from segql.syntax.walk import walk

# What people use in segments.
USED = (
    *("timewindow", "geodistance", "in_segment", "daysago", "tolower", "tostring", "toint"),
    *("tonumber", "tobool", "todate", "len", "email", "emaildomain", "emailname", "domain"),
    *("host", "path", "urlmain", "split", "strip", "replace", "join", "hasprefix", "hassuffix"),
    *("contains", "oneof", "any", "all", "count", "sum", "avg", "exists", "not", "eq", "ne"),
    *("gt", "ge", "lt", "le", "now", "yy", "mm", "yymm", "dayofweek", "hourofday", "mapkeys"),
    "mapvalues",
)


@pytest.mark.parametrize("name", USED)
def test_it_is_known(name: str) -> None:
    assert FUNCTIONS[name].name == name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("timewindow", "timewindow(field, count, days)"),
        ("geodistance", "geodistance(field, place, km)"),
        ("in_segment", "in_segment(segment)"),
        ("now", "now()"),
        ("yy", "yy([date])"),
        ("todate", "todate([layout], value)"),
        ("replace", "replace(text, old, [new])"),
        ("any", "any(value...)"),
        ("join", "join(text, rest...)"),
        ("url.matchqs", "url.matchqs(url, [pattern]...)"),
    ],
)
def test_its_signature(name: str, text: str) -> None:
    assert signature(FUNCTIONS[name]) == text


@pytest.mark.parametrize(
    ("name", "fewest", "most"),
    [
        ("now", 0, 0),
        ("yy", 0, 1),
        ("len", 1, 1),
        ("count", 0, 1),
        ("todate", 1, 2),
        ("replace", 2, 3),
        ("timewindow", 3, 3),
        ("any", 1, None),
        ("oneof", 2, None),
        ("join", 2, None),
        ("url.matchqs", 1, None),
    ],
)
def test_how_many_arguments(name: str, fewest: int, most: int | None) -> None:
    assert (FUNCTIONS[name].fewest, FUNCTIONS[name].most) == (fewest, most)


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("timewindow", "bool"),
        ("tolower", "string"),
        ("len", "int"),
        ("avg", "number"),
        ("todate", "date"),
        ("split", "[]string"),
        ("mapkeys", "[]string"),
        ("map", "map[string]value"),
        ("oneof", None),
    ],
)
def test_its_result(name: str, result: str | None) -> None:
    assert FUNCTIONS[name].result == (TYPES[result] if result else None)


@pytest.mark.parametrize(
    ("name", "count", "names"),
    [
        ("todate", 1, "value"),
        ("todate", 2, "layout value"),
        ("yy", 0, ""),
        ("join", 4, "text rest rest rest"),
        ("len", 3, "value"),
        ("url.matchqs", 1, "url"),
        ("url.matchqs", 3, "url pattern pattern"),
        ("timewindow", 1, "field"),
    ],
)
def test_which_argument_is_what(name: str, count: int, names: str) -> None:
    filled = FUNCTIONS[name].filled_by(count)
    assert [parameter.name for parameter in filled] == names.split()


def test_what_a_parameter_takes() -> None:
    field, count, _ = FUNCTIONS["timewindow"].parameters
    assert field.takes("timebuckets")
    assert field.takes("any")
    assert not field.takes("number")
    assert count.takes("number")
    assert (field.is_literal, count.is_literal) == (False, True)
    assert FUNCTIONS["tostring"].parameters[0].takes("map")


def test_the_windows() -> None:
    assert TIMEWINDOW_COUNTS == (1, 5, 10, 25, 50, 100)
    assert TIMEWINDOW_DAYS == (7, 30)


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_every_function_is_in_order(function: Function) -> None:
    assert function.name == function.name.lower()
    assert re.fullmatch(r".+\.", function.summary)
    optional = [parameter.is_optional for parameter in function.parameters]
    assert sum(optional) <= 1  # or it would not be clear which of them an argument is for
    assert function.parameters or not function.is_variadic
    assert len(function.filled_by(5)) == (5 if function.is_variadic else min(5, len(optional)))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_can_be_called(name: str) -> None:
    parsed = parse(f"FILTER {spelled(name)}(a) = 1")
    assert not parsed.has_errors
    calls = [node for node in walk(parsed.statements[0]) if isinstance(node, Call)]
    assert [call.name for call in calls] == [name]
