"""A segment is stored under its alias, and without one it cannot be sent.

A filter that is only read, formatted or run on this machine needs none, which is why this is off by
default; compiling and pushing refuse what it reports. The alias is the slug: letters, digits, `_`
and `-` make a good one. WITH `slug_name` says the same.

Bad::

    FILTER visitct > 5

    FILTER AND (EXISTS email, country = "US") WITH name = "With an address"

Good::

    FILTER visitct > 5 ALIAS regulars

    FILTER EXISTS email WITH name = "With an address", slug_name = "with_address"
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.compiler.payload import payload_problems
from segql.diagnostics import Diagnostic
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report what compiling the statement would refuse."""
    return (p for p in payload_problems(statement) if p.name == "missing-alias")
