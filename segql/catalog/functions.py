"""The functions that segments can call, as a table.

Source: the vendor's page for `timewindow`; for the others what the functions of the reference
implementation (github.com/lytics/qlbridge, expr/builtins) check about their arguments. Where its
releases differ, the table has what any of them takes.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from segql.catalog.types import TYPES, FieldType, Kind

# "At least so many times in so many days": no other numbers are kept.
TIMEWINDOW_COUNTS = (1, 5, 10, 25, 50, 100)
TIMEWINDOW_DAYS = (7, 30)


class Parameter(NamedTuple):
    """What a function takes at one place: the kinds of operands, "any" for all of them."""

    name: str
    types: frozenset[Kind]
    is_literal: bool = False  # a field or a function cannot stand there
    is_optional: bool = False

    def takes(self, kind: Kind) -> bool:
        """Whether an operand of a kind can stand there; what is not known can."""
        return kind == "any" or "any" in self.types or kind in self.types


class Function(NamedTuple):
    """A function. Where it ``is_variadic`` its last parameter repeats; a result None: it varies."""

    name: str
    parameters: tuple[Parameter, ...]
    is_variadic: bool
    result: FieldType | None
    summary: str

    @property
    def fewest(self) -> int:
        """The smallest number of arguments."""
        return sum(not parameter.is_optional for parameter in self.parameters)

    @property
    def most(self) -> int | None:
        """The largest number of arguments; None where there is no limit."""
        return None if self.is_variadic else len(self.parameters)

    def filled_by(self, count: int) -> tuple[Parameter, ...]:
        """The parameter of each of ``count`` arguments; what is too much has none."""
        has_optional = count > self.fewest
        filled = [p for p in self.parameters if has_optional or not p.is_optional]
        repeated = filled[-1:] * max(0, count - len(filled)) if self.is_variadic else []
        return tuple((filled + repeated)[:count])


def signature(function: Function) -> str:
    """A function as an editor shows it: ``timewindow(field, count, days)``.

    What may be left out is in brackets; what repeats is followed by three dots.
    """
    names = [f"[{p.name}]" if p.is_optional else p.name for p in function.parameters]
    if function.is_variadic:
        names[-1] += "..."
    return f"{function.name}({', '.join(names)})"


# The parameters of a row below: a name, the kinds after a colon, ``!`` for a literal only, all in
# brackets where it may be left out, three dots where it repeats.
_PARAMETER = re.compile(r"(\[?)([a-z]+)(?::([a-z|]+))?(!?)\]?(?:\.\.\.)?")


def _parameter(text: str) -> Parameter:
    found = _PARAMETER.fullmatch(text)
    assert found, text
    kinds: frozenset[Kind] = frozenset((found[3] or "any").split("|"))  # pyright: ignore[reportAssignmentType]
    return Parameter(found[2], kinds, bool(found[4]), bool(found[1]))


def _function(row: tuple[str, str, str, str]) -> Function:
    name, parameters, result, summary = row
    is_variadic = parameters.endswith("...")
    found = tuple(map(_parameter, parameters.split()))
    return Function(name, found, is_variadic, TYPES[result] if result else None, summary)


_TEXT_OR_FIRST = "string|set"  # of a set its first text is taken
_TABLE = (
    # of the vendor's platform
    (
        "timewindow",
        "field:timebuckets count:number! days:number!",
        "bool",
        "At least so many times in so many days.",
    ),
    (
        "geodistance",
        "field:geolocation place:string! km:number|string!",
        "bool",
        'Nearer than so many kilometres to a place, "latitude,longitude".',
    ),
    ("in_segment", "segment:string!", "bool", "A member of another segment, as INCLUDE says it."),
    ("daysago", "date:date|string|number", "int", "How many days a date lies back."),
    # texts
    ("tolower", "text", "string", "In lower case."),
    ("string.lowercase", "text", "string", "In lower case."),
    ("string.uppercase", "text", "string", "In upper case."),
    ("string.titlecase", "text", "string", "Each word with a capital."),
    ("string.index", "text part", "int", "Where a part begins in a text."),
    ("string.substr", "text start [end]", "string", "A stretch of a text."),
    ("contains", "text part", "bool", "Whether a text has a part."),
    ("hasprefix", "text start", "bool", "Whether a text begins with another."),
    ("hassuffix", "text end", "bool", "Whether a text ends with another."),
    ("split", "text separator", "[]string", "The parts of a text."),
    ("string.split", "text separator", "[]string", "The parts of a text."),
    ("strip", "text", "", "Without the white space around; also each text of a set."),
    ("string.strip", "text", "", "Without the white space around; also each text of a set."),
    (
        "replace",
        "text old [new]",
        "string",
        "With each part replaced; removed where new is absent.",
    ),
    ("join", "text rest...", "string", "Texts joined; the last argument stands between them."),
    ("char_length", "value", "int", "How many characters, items or keys."),
    ("len", "value", "int", "How many characters, items or keys."),
    # addresses
    ("email", f"text:{_TEXT_OR_FIRST}", "string", "The address in a text such as Bob <b@c.d>."),
    ("emailname", f"text:{_TEXT_OR_FIRST}", "string", "The name in a text such as Bob <b@c.d>."),
    ("emaildomain", f"text:{_TEXT_OR_FIRST}", "string", "What follows the @ of an address."),
    ("domain", f"url:{_TEXT_OR_FIRST}", "string", "The last two parts of a URL's host."),
    ("domains", f"url:{_TEXT_OR_FIRST}...", "[]string", "The domains of URLs."),
    ("host", f"url:{_TEXT_OR_FIRST}", "string", "The host of a URL."),
    ("hosts", f"url:{_TEXT_OR_FIRST}...", "[]string", "The hosts of URLs."),
    ("path", f"url:{_TEXT_OR_FIRST}", "string", "The path of a URL."),
    ("qs", "url parameter", "string", "A parameter of a URL's query, in lower case."),
    ("qsl", "url parameter", "string", "A parameter of a URL's query, in lower case."),
    ("qs2", "url parameter", "string", "A parameter of a URL's query."),
    ("urlmain", f"url:{_TEXT_OR_FIRST}", "string", "A URL without its scheme and query."),
    ("urlminusqs", "url parameter", "string", "A URL without one parameter of its query."),
    ("urldecode", "url", "string", "Without percent-encoding."),
    ("url.matchqs", "url [pattern]...", "string", "A URL with what fits a pattern of its query."),
    ("useragent", "text part", "string", "A part of a user agent: browser, os, mobile, ..."),
    ("useragent.map", "text", "map[string]string", "All parts of a user agent."),
    ("ipfilter", "address subnet", "bool", "Whether an IP address is in a network."),
    # conversions
    ("tostring", "value", "string", "As a text."),
    ("toint", "value", "int", "As a whole number."),
    ("tonumber", "value", "number", "As a number."),
    ("tobool", "value", "bool", "As true or false."),
    ("unsign", "value", "string", "A whole number as one of 64 bits without a sign."),
    ("cast", "value type [name]", "", "As another type."),
    ("todate", "[layout] value", "date", "As a date; a layout is written as Go writes it."),
    ("todatein", "value zone:string!", "date", "As a date, read in a time zone."),
    ("totimestamp", "value", "int", "A date as Unix seconds."),
    ("unixtrunc", "value [precision]", "string", "A date as Unix time."),
    ("seconds", "value", "number", "A date or a duration as seconds."),
    # dates; without an argument: the present
    ("now", "", "date", "The present."),
    ("yy", "[date]", "int", "The year, in two digits."),
    ("mm", "[date]", "int", "The month, 1 to 12."),
    ("monthofyear", "[date]", "int", "The month, 1 to 12."),
    ("yymm", "[date]", "string", 'Year and month, as "1707".'),
    ("dayofweek", "[date]", "int", "The day of the week: 0 is Sunday, 6 Saturday."),
    ("hourofday", "[date]", "int", "The hour, 0 to 23."),
    ("hourofweek", "[date]", "int", "The hour of the week, 0 to 167."),
    ("extract", "date format", "string", "A part of a date, as strftime writes it."),
    ("strftime", "date format", "string", "A part of a date, as strftime writes it."),
    ("maptime", "key [date]", "", "A map from a key to a date."),
    # logic
    ("not", "value...", "bool", "Whether something is not true."),
    ("eq", "left right", "bool", "Whether two values are equal."),
    ("ne", "left right", "bool", "Whether two values differ."),
    ("gt", "left right", "bool", "Whether a number is greater than another."),
    ("ge", "left right", "bool", "Whether a number is at least another."),
    ("lt", "left right", "bool", "Whether a number is smaller than another."),
    ("le", "left right", "bool", "Whether a number is at most another."),
    ("exists", "value", "bool", "Whether there is a value."),
    ("any", "value...", "bool", "Whether one of the values is there."),
    ("all", "value...", "bool", "Whether all values are there."),
    ("oneof", "value rest...", "", "The first of the values that is there."),
    # numbers
    ("count", "[value]", "int", "1 where there is a value."),
    ("sum", "value...", "number", "The sum of numbers, and of the numbers in sets."),
    ("avg", "value...", "number", "The average of numbers, and of the numbers in sets."),
    ("sqrt", "number:number", "number", "The square root."),
    ("pow", "base exponent", "number", "A power."),
    # sets and maps
    ("array.index", "set index", "", "One item of a set; a negative index counts from the end."),
    ("array.slice", "set start [end]", "", "A stretch of a set."),
    ("filter", "value pattern...", "", "A set or map without what fits a pattern."),
    ("filtermatch", "value pattern...", "", "A set or map with only what fits a pattern."),
    ("map", "key value", "map[string]value", "A map of one key."),
    ("mapkeys", "map:map...", "[]string", "The keys of maps."),
    ("mapvalues", "map:map", "[]string", "The values of a map, as texts."),
    ("mapinvert", "map:map", "map[string]string", "A map with keys and values swapped."),
    ("match", "prefix...", "map[string]value", "The fields whose names begin so, as a map."),
    # others
    ("hash", "value", "int", "SipHash, as a number."),
    ("hash.sip", "value", "int", "SipHash, as a number."),
    ("hash.md5", "value", "string", "MD5, in hexadecimal digits."),
    ("hash.sha1", "value", "string", "SHA-1, in hexadecimal digits."),
    ("hash.sha256", "value", "string", "SHA-256, in hexadecimal digits."),
    ("hash.sha512", "value", "string", "SHA-512, in hexadecimal digits."),
    ("encoding.b64encode", "value", "string", "Base64 of a text."),
    ("encoding.b64decode", "value", "string", "The text that Base64 holds."),
    ("json.jmespath", "json expression:string!", "", "What a JMESPath expression finds in JSON."),
    ("uuid", "", "string", "A new random UUID."),
)

# Name in lower case -> function; the server's names do not depend on case.
FUNCTIONS: dict[str, Function] = {row[0]: _function(row) for row in _TABLE}
