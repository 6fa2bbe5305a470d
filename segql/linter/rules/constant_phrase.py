"""Values compared with values: `1 = 1` matches everybody, `"US" IN ("CA", "MX")` nobody. No field
is asked for, and so the answer is the same for every profile. In SQL `1 = 1` holds the place of a
condition; here `AND (...)` takes a single phrase as well, and `FILTER *` is everybody.

There is no fix: maybe the field was forgotten, or quotation marks made a text of its name.

Functions are not reported, for some of them look at the time.

Bad::

    FILTER AND (1 = 1, visitct > 5) ALIAS regulars

    FILTER "country" = "US" ALIAS american

    FILTER true ALIAS everybody

Good::

    FILTER visitct > 5 ALIAS regulars

    FILTER country = "US" ALIAS american

    FILTER * ALIAS everybody
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import LITERALS
from segql.linter.phrases import phrases_of
from segql.linter.scope import Scope
from segql.syntax import nodes as n

_HELP = "compare a field with a value; everybody is `FILTER *`"


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report each phrase that consists of values."""
    for phrase, _ in phrases_of(statement.filter):
        if _is_constant(phrase):
            message = "no field is compared here: the answer is the same for every profile"
            yield diagnostic("constant-phrase", phrase.start, phrase.end, message, _HELP)


def _is_constant(phrase: n.Phrase | n.Array) -> bool:
    match phrase:
        case (
            n.Comparison(left, _, right)
            | n.Membership(left, _, right)
            | n.Arithmetic(left, _, right)
        ):
            return _is_constant(left) and _is_constant(right)
        case n.Between(operand, low, high):
            return all(map(_is_constant, (operand, low, high)))
        case n.Exists(operand):
            return _is_constant(operand)
        case _:
            return isinstance(phrase, (*LITERALS, n.Array))
