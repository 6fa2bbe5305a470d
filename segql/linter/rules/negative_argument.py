"""A function with a negative number among its arguments, which the server refuses.

Behind an operator a negative number is fine, and in the brackets of IN it is sent as a text; for an
argument there is no such way. Such a segment is not compiled. Turn the phrase around so that the
number is positive.

Bad::

    FILTER timewindow(visits, 5, -7) ALIAS recent_regulars

    FILTER sum(score, -10) > 0 ALIAS above_ten

Good::

    FILTER timewindow(visits, 5, 7) ALIAS recent_regulars

    FILTER score - 10 > 0 ALIAS above_ten

    FILTER score > -10 ALIAS not_far_below
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.compiler.emission import unsayable_in
from segql.diagnostics import Diagnostic
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(call: n.Call, scope: Scope) -> Iterator[Diagnostic]:
    """Report each negative number among the arguments."""
    return unsayable_in(call)
