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

_SIDED = (n.Comparison, n.Membership, n.Arithmetic)
_VALUES = (*LITERALS, n.Array)
_LISTS = frozenset((n.And, n.Or, n.Not))
_HELP = "compare a field with a value; everybody is `FILTER *`"


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report each phrase that consists of values."""
    for phrase, _ in phrases_of(scope):
        if type(phrase) not in _LISTS and _is_constant(phrase):
            message = "no field is compared here: the answer is the same for every profile"
            yield diagnostic("constant-phrase", phrase.start, phrase.end, message, _HELP)


def _is_constant(phrase: n.Phrase | n.Array) -> bool:
    if isinstance(phrase, _SIDED):
        is_of_field = type(phrase.left) is n.Identifier  # most are
        return not is_of_field and _is_constant(phrase.left) and _is_constant(phrase.right)
    if isinstance(phrase, n.Between):
        return all(map(_is_constant, (phrase.operand, phrase.low, phrase.high)))
    if isinstance(phrase, n.Exists):
        return _is_constant(phrase.operand)
    return isinstance(phrase, _VALUES)
