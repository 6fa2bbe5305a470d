"""`in_segment("vip")` is `INCLUDE vip`. The function comes from another part of the vendor's API;
in segments INCLUDE is usual, and it reads as what it is: a reference, not a text.

The fix writes INCLUDE. It is safe, for both are the members of that segment.

Where the function is compared, as in `in_segment("vip") = true`, it is not reported. Nor is the
name of a segment that consists of digits, which INCLUDE cannot name.

Bad::

    FILTER in_segment("vip") ALIAS best_customers

    FILTER AND (visitct > 5, NOT in_segment("staff")) ALIAS regulars

Good::

    FILTER INCLUDE vip ALIAS best_customers

    FILTER AND (visitct > 5, NOT INCLUDE staff) ALIAS regulars

    FILTER in_segment("1234") ALIAS numbered
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.formatter import UnsayableError
from segql.formatter.spelling import segment
from segql.linter.edits import fix, in_place
from segql.linter.phrases import phrases_of, shown
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report each in_segment() that stands as a phrase."""
    phrases = phrases_of(scope) if scope.all(n.Call) else []
    for phrase, _ in phrases:
        match phrase:
            case n.Call(name, (n.String(slug),)) if name.lower() == "in_segment":
                if _can_be_named(slug):
                    yield _problem(phrase, n.Include(n.Name(slug)), scope)
            case _:
                pass


def _can_be_named(slug: str) -> bool:
    if not slug.strip() or slug.isdecimal():
        return False
    try:
        segment(slug)
    except UnsayableError:
        return False
    return True


def _problem(call: n.Call, new: n.Include, scope: Scope) -> Diagnostic:
    help = f"write {shown(new, 'INCLUDE')}"
    made = fix(help, [in_place(scope.file, call, new)], is_safe=True)
    message = "this function is INCLUDE in other words"
    return diagnostic("in-segment", call.start, call.end, message, help, made)
