"""Every function that is evaluated, by example."""

from __future__ import annotations

import pytest

from segql.catalog.functions import FUNCTIONS
from segql.evaluator import MISSING, compile_predicate
from segql.evaluator.functions import EVALUATED
from segql.syntax import nodes as n

from .asking import ask, predicate, why

PROFILE = {
    "n": 5, "s": "Abc", "five": "5", "price": "$5,555.75", "t": True, "z": 0, "nul": None,
    "e": "", "arr": ["apple", " kiwi "], "ints": [1, 2, "3"], "m": {"foo": 5, "bar": "x"},
    "bob": "Bob Smith <Bob@Mail.Example.com>", "url": "https://www.X.com/Blog/post?a=1#b",
    "d": "2026-03-10T08:30:00Z", "paris": "48.8566,2.3522", "home": {"lat": 48.85, "lon": 2.35},
    "visits": ["2026-03-14T00:00:00Z", "2026-03-12T00:00:00Z", "2026-01-01T00:00:00Z"],
    "hits": {"2026-03-14": 4, "2026-03-13": 2, "2026-02-01": 9},
}  # fmt: skip

# A function -> phrases that match.
EXAMPLES = {
    "tolower": 'tolower(s) = "abc" | tolower(zz) != "a"',
    "string.lowercase": 'string.lowercase(s) = "abc"',
    "string.uppercase": 'string.uppercase(s) = "ABC"',
    "contains": 'contains(s, "b") | contains(zz, "b") = false | contains(s, "x") = false',
    "hasprefix": 'hasprefix(s, "A") | hasprefix(s, "b") = false',
    "hassuffix": 'hassuffix(s, "bc") | hassuffix(s, "A") = false',
    "split": 'split("a,b", ",") INTERSECTS ("b")',
    "string.split": 'string.split("a,b", ",") INTERSECTS ("a")',
    "strip": 'strip(" x ") = "x" | strip(arr) INTERSECTS ("kiwi")',
    "string.strip": 'string.strip(" x ") = "x"',
    "replace": 'replace(s, "b") = "Ac" | replace(s, "b", "x") = "Axc"',
    "join": 'join(s, five, "-") = "Abc-5" | join(arr, "") = "apple kiwi "'
    ' | join(zz, s, "") = "Abc"',
    "email": 'email(bob) = "bob@mail.example.com"',
    "emailname": 'emailname(bob) = "Bob Smith"',
    "emaildomain": 'emaildomain(bob) = "mail.example.com"',
    "domain": 'domain(url) = "x.com" | domain("www.a.example.com/x") = "example.com"',
    "host": 'host(url) = "www.x.com" | host("x.com:80/a") = "x.com:80"',
    "path": 'path(url) = "/blog/post" | path("/a/b") = "/a/b"',
    "urlmain": 'urlmain(url) = "www.X.com/Blog/post" | urlmain("x.com/a?b") = "x.com/a"',
    "tostring": 'tostring(n) = "5" | tostring(t) = "true" | tostring(ints) = "1,2,3"',
    "toint": "toint(five) = 5 | toint(price) = 5555 | toint(5.75) = 5",
    "tonumber": "tonumber(price) = 5555.75",
    "tobool": 'tobool("true") | tobool(1) | tobool("false") = false',
    "todate": 'todate(d) > "2026-03-10" | todate("now-3d") < "now-2d"'
    ' | todate("02/01/2006", "31/12/2025") = "2025-12-31"',
    "totimestamp": 'totimestamp("1970-01-02") = 86400',
    "daysago": "daysago(d) = 5",
    "now": 'now() > "now-1s" | now() < "now+1s"',
    "yy": 'yy(d) = 26 | yy() = 26 | yy("1999-01-01") = 99',
    "mm": "mm(d) = 3 | mm() = 3",
    "monthofyear": "monthofyear(d) = 3",
    "yymm": 'yymm(d) = "2603" | yymm() = "2603"',
    "dayofweek": "dayofweek(d) = 2 | dayofweek() = 0",
    "hourofday": "hourofday(d) = 8 | hourofday() = 12",
    "hourofweek": "hourofweek(d) = 56",
    "eq": "eq(n, 5) | eq(zz, 5) = false",
    "ne": "ne(n, 4) | ne(zz, 5)",
    "gt": "gt(n, 4) | gt(n, 5) = false",
    "ge": "ge(n, 5)",
    "lt": "lt(n, 6)",
    "le": "le(n, 5)",
    "any": "any(zz, n) | any(zz, e) = false",
    "all": "all(n, s, t) | all(n, zz) = false | all(n, z) = false",
    "oneof": 'oneof(zz, nul, s) = "Abc"',
    "count": "count(n) = 1",
    "sum": "sum(n, five) = 10 | sum(ints) = 6",
    "avg": "avg(n, 7) = 6 | avg(ints) = 2",
    "len": "len(s) = 3 | len(arr) = 2 | len(m) = 2 | len(n) = 0",
    "char_length": "char_length(s) = 3",
    "mapkeys": 'mapkeys(m) INTERSECTS ("foo")',
    "mapvalues": 'mapvalues(m) INTERSECTS ("5")',
    "timewindow": "timewindow(visits, 1, 7) | timewindow(visits, 5, 7) = false"
    " | timewindow(hits, 5, 7) | timewindow(hits, 10, 7) = false"
    " | timewindow(hits, 10, 30) = false",
    "geodistance": 'geodistance(paris, "48.86,2.35", 5) | geodistance(home, "48.86,2.35", 5)'
    ' | geodistance(paris, "51.5,-0.12", 340) = false | geodistance(paris, "51.5,-0.12", 350)',
    "in_segment": 'in_segment("five") | in_segment("five") = true',
}
CASES = [text.strip() for texts in EXAMPLES.values() for text in texts.split(" | ")]


def test_every_function_has_an_example() -> None:
    assert {*EXAMPLES, "not", "exists"} == EVALUATED
    assert set(FUNCTIONS) >= EVALUATED


@pytest.mark.parametrize("text", CASES)
def test_a_function(text: str) -> None:
    assert ask(text, PROFILE, includes={"five": "n = 5"}) is True


# In a text these are a phrase: as functions they are only in trees.
@pytest.mark.parametrize(
    ("name", "field", "matched"),
    [
        *[("not", "t", False), ("not", "zz", None), ("not", "s", None), ("not", "z", True)],
        *[("exists", "n", True), ("exists", "e", True), ("exists", "zz", False)],
        ("exists", "nul", False),
    ],
)
def test_a_function_with_the_name_of_a_keyword(name: str, field: str, matched: bool | None) -> None:
    call = n.Call(name, (n.Identifier(field),))
    assert compile_predicate(call).matches(PROFILE) is matched


V = n.Identifier("v")
ARGUMENTS = (
    *[(V,), (V, V), (V, V, V), (V, n.Number("5"), n.Number("7"))],
    *[(V, n.String("1,2"), n.Number("5")), (n.String("1"), V)],
)
VALUES = {
    "null": None, "empty": "", "long": "x" * 1_000_000, "negative": -1, "large": 1e308,
    "huge": 2**2000, "nan": float("nan"), "array": [], "arrays": [[]], "map": {}, "maps": {"a": {}},
    "email": "@", "url": "http://", "url without host": "//", "bool": True, "endless": float("inf"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(EVALUATED - {"in_segment", "now"}))
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_any_value_is_taken(name: str, value: object) -> None:
    for arguments in ARGUMENTS:
        call = n.Call(name, arguments)
        for phrase in (n.Exists(call), n.Comparison(call, ">", n.Number("1")), call):
            assert compile_predicate(phrase).matches({"v": value}) in (True, False, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("unknownf(n)", "there is no function `unknownf`"),
        ("hash.md5(n)", "`hash.md5` is not evaluated here"),
        ("len(n, s)", "`len` does not take 2 arguments"),
        ("in_segment(n)", "`in_segment` takes the name of one segment, in double quotes"),
        ("tobool(zz)", "`tobool(zz)` has no value"),
        ("NOT tobool(nope(n))", "there is no function `nope`"),
    ],
)
def test_why_there_is_no_result(text: str, reason: str) -> None:
    assert why(text, PROFILE) == f"`{text}`: {reason}"


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("n + 2 = 7", True),
        ("n - 2 * 2 = 1", True),
        ("n / 2 = 2", True),
        ("0 - n / 2 = 0 - 2", True),
        ("n / 2.0 = 2.5", True),
        ("n % 3 = 2", True),
        ("five + 1 = 6", True),
        ("n / 0 > 1", False),
        ("n / 0 != 1", True),
        ("s + 1 > 0", False),
        ("zz + 1 > 0", False),
        ("m.foo * 2 = 10", True),
    ],
)
def test_arithmetic(text: str, matched: bool) -> None:
    assert ask(text, PROFILE) is matched


def test_a_field_of_numbers_is_divided_as_such() -> None:
    assert ask("n / 2 = 2.5", PROFILE, types={"n": "number"}) is True


def test_a_missing_value_is_no_null() -> None:
    (seen, _) = predicate("tolower(zz) = 1").explain(PROFILE).values
    assert seen.value is MISSING
