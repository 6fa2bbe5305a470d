"""The functions that are worked out here, as a table: those that the language's users know.

Each takes the present and the values of its arguments. A function that has no result gives
`MISSING`, and so does one that is not known: it is to a filter what a missing field is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from segql.catalog.functions import FUNCTIONS
from segql.evaluator import functions_of_dates as dates
from segql.evaluator import functions_of_texts as texts
from segql.evaluator import functions_of_values as values

WorkOut = Callable[..., Any]


class Function(NamedTuple):
    """How a function is worked out."""

    work_out: WorkOut
    takes_anything: bool  # also arguments without a value; others have no result then


def _timeless(work_out: WorkOut) -> WorkOut:
    """For a table in which every function takes the present, one that does not need it."""

    def without_it(_: datetime, *arguments: Any) -> Any:
        return work_out(*arguments)

    return without_it


_PLAIN: dict[str, WorkOut] = {
    "tolower": texts.lower,
    "string.lowercase": texts.lower,
    "string.uppercase": texts.upper,
    "hasprefix": texts.has_prefix,
    "hassuffix": texts.has_suffix,
    "split": texts.split,
    "string.split": texts.split,
    "strip": texts.strip,
    "string.strip": texts.strip,
    "replace": texts.replace,
    "email": texts.email,
    "emailname": texts.email_name,
    "emaildomain": texts.email_domain,
    "domain": texts.domain,
    "host": texts.host,
    "path": texts.path,
    "urlmain": texts.url_main,
    "tostring": values.to_string,
    "toint": values.to_int,
    "tonumber": values.to_number,
    "tobool": values.to_bool,
    "len": values.length,
    "char_length": values.length,
    "not": values.negated,
    "gt": values.order("gt"),
    "ge": values.order("ge"),
    "lt": values.order("lt"),
    "le": values.order("le"),
    "mapvalues": values.map_values,
    "geodistance": values.is_near,
}
_OF_NOW: dict[str, WorkOut] = {
    "now": dates.present,
    "todate": dates.to_date,
    "totimestamp": dates.timestamp,
    "daysago": dates.days_ago,
    "timewindow": dates.time_window,
    "yy": dates.part(lambda date: date.year % 100),
    "mm": dates.part(lambda date: date.month),
    "monthofyear": dates.part(lambda date: date.month),
    "yymm": dates.part(lambda date: date.strftime("%y%m")),
    "dayofweek": dates.part(lambda date: date.isoweekday() % 7),
    "hourofday": dates.part(lambda date: date.hour),
    "hourofweek": dates.part(lambda date: date.isoweekday() % 7 * 24 + date.hour),
}
_OF_ANYTHING: dict[str, WorkOut] = {
    "contains": texts.contains,
    "join": texts.join,
    "oneof": values.one_of,
    "any": values.has_any,
    "all": values.has_all,
    "exists": values.exists,
    "count": values.count,
    "sum": values.total,
    "avg": values.average,
    "mapkeys": values.map_keys,
}
_OF_ANYTHING_AND_NOW: dict[str, WorkOut] = {
    "eq": values.equality("="),
    "ne": values.equality("!="),
}

_TABLE: dict[str, Function] = {
    **{name: Function(_timeless(work_out), False) for name, work_out in _PLAIN.items()},
    **{name: Function(work_out, False) for name, work_out in _OF_NOW.items()},
    **{name: Function(_timeless(work_out), True) for name, work_out in _OF_ANYTHING.items()},
    **{name: Function(work_out, True) for name, work_out in _OF_ANYTHING_AND_NOW.items()},
}
# Also `in_segment`, which is no function of values.
EVALUATED = frozenset(_TABLE) | {"in_segment"}


def function(name: str, arguments: int) -> Function | str:
    """How a function of so many arguments is worked out; or why it cannot be, as a sentence."""
    known = FUNCTIONS.get(name.lower())
    if known is None:
        return f"there is no function `{name}`"
    found = _TABLE.get(known.name)
    if found is None:
        return f"`{known.name}` is not evaluated here"
    if not known.fewest <= arguments <= (arguments if known.most is None else known.most):
        return f"`{known.name}` does not take {arguments} arguments"
    return found
