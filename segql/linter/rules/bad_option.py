"""A field of WITH has a type, and a value of another type would be lost or refused.

`name`, `slug_name`, `description`, `kind` and `table` are texts, `is_public` is `true` or `false`,
`tags` is a list of texts. `is_public = "yes"` is none of these: whether the segment is part of the
profiles that others see must not be a guess. A `slug_name` beside another ALIAS is reported as
well, for a segment has one slug. Fields that are not in this list may have any value.

Bad::

    FILTER visitct > 5 WITH is_public = "yes" ALIAS regulars

    FILTER visitct > 5 WITH tags = "vip" ALIAS regulars

    FILTER visitct > 5 WITH slug_name = "old_regulars" ALIAS regulars

Good::

    FILTER visitct > 5 WITH is_public = true ALIAS regulars

    FILTER visitct > 5 WITH tags = ["vip"] ALIAS regulars
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.compiler.payload import payload_problems
from segql.diagnostics import Diagnostic
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(clause: n.With, scope: Scope) -> Iterator[Diagnostic]:
    """Report what compiling the statement would refuse."""
    return (p for p in payload_problems(scope.statement) if p.name == "bad-option")
