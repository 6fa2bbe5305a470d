"""A function that the server does not know cannot be evaluated: a comparison with it does not
match, and the function alone spoils the AND that it stands in. Names do not depend on case.

The fix takes the function with the nearest name. It is unsafe, since another one may be meant.

The functions are those that the vendor describes, and those of the open reference implementation of
the language. Ignore it where your account has functions of its own.

Bad::

    FILTER time_window(visits, 5, 7) ALIAS regulars

    FILTER lower(country) = "de" ALIAS germans

Good::

    FILTER timewindow(visits, 5, 7) ALIAS regulars

    FILTER toLower(country) = "de" ALIAS germans
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from segql.diagnostics import Diagnostic, Fix, diagnostic, did_you_mean
from segql.linter.rewriting import replacement
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(call: n.Call, scope: Scope) -> Iterator[Diagnostic]:
    """Report a function that is not in the table of functions."""
    from segql.catalog.functions import FUNCTIONS

    if call.name.lower() in FUNCTIONS:
        return
    is_plain = scope.text.startswith(call.name, call.start)  # not in quotes
    end = call.start + len(call.name) if is_plain else call.end
    near = _near(call.name)
    message = f"there is no function `{call.name}`"
    help, fix = "correct the name: what the server does not know cannot be evaluated", None
    if near is not None:
        help = f"did you mean `{near}`?"
        edit = replacement(scope.text, call.start, end, near)
        fix = Fix("unsafe", f"write `{near}`", (edit,)) if is_plain else None
    yield diagnostic("unknown-function", call.start, end, message, help, fix)


@lru_cache(maxsize=256)
def _near(name: str) -> str | None:
    from segql.catalog.functions import FUNCTIONS

    return did_you_mean(name, FUNCTIONS)
