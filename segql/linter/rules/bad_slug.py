"""A slug is one step of the address of a segment.

The account is asked for a segment by an address that ends in its slug. A slug with `/` in it, with
signs that cannot be printed, or of dots alone is another address, and so the segment could never be
found again. Letters, digits, `_` and `-` are safe; other characters are sent in a form that
addresses can hold.

Bad::

    FILTER visitct > 5 ALIAS `regulars/us`

    FILTER visitct > 5 ALIAS `..`

Good::

    FILTER visitct > 5 ALIAS regulars_us

    FILTER visitct > 5 ALIAS `stammgäste`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from segql.diagnostics import Diagnostic
from segql.linter.scope import Scope
from segql.syntax import nodes as n

_PLAIN = re.compile(r"[\w-]+")


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report what compiling the statement would refuse."""
    if statement.alias and _PLAIN.fullmatch(statement.alias):
        return iter(())
    from segql.compiler.payload import payload_problems  # most slugs are plain

    return (p for p in payload_problems(statement) if p.name == "bad-slug")
