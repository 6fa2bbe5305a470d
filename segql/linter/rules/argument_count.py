"""A function with too many or too few arguments is refused by the server, or cannot be evaluated.

There is no fix: the message says which arguments the function takes. What may be left out is in
brackets there, and what may be repeated is followed by three dots.

Of functions that are not known nothing is said here, see TYP010; where releases of the reference
implementation differ, what any of them takes is fine.

Bad::

    FILTER timewindow(visits, 5) ALIAS regulars

    FILTER tolower(country, "de") = "de" ALIAS germans

Good::

    FILTER timewindow(visits, 5, 7) ALIAS regulars

    FILTER tolower(country) = "de" ALIAS germans
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(call: n.Call, scope: Scope) -> Iterator[Diagnostic]:
    """Report a call with a number of arguments that the function does not take."""
    from segql.catalog.functions import FUNCTIONS, signature

    function = FUNCTIONS.get(call.name.lower())
    if function is None:
        return
    count, most = len(call.arguments), function.most
    if function.fewest <= count <= (count if most is None else most):
        return
    help = f"write `{signature(function)}`"
    if count < function.fewest:
        message = f"`{function.name}` takes at least {_arguments(function.fewest)}, not {count}"
        yield diagnostic("argument-count", call.start, call.end, message, help)
    elif most is not None and count > most:
        message = f"`{function.name}` takes at most {_arguments(most)}, not {count}"
        first, last = call.arguments[most], call.arguments[-1]
        yield diagnostic("argument-count", first.start, last.end, message, help)


def _arguments(count: int) -> str:
    return "1 argument" if count == 1 else f"{count} arguments"
