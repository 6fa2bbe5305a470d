"""An AND that includes a segment and excludes it: nobody matches.

`INCLUDE vip, NOT INCLUDE vip` asks for members that are none. Mostly one of the two names is the
wrong one. There is no fix, for nobody but the author knows which. A segment is the same in any
case, and `in_segment("vip")` is `INCLUDE vip`.

Only an AND is reported: in an OR the two cover everybody but those for whom the segment cannot be
evaluated, which may be what is wanted.

Bad::

    FILTER AND (INCLUDE vip, NOT INCLUDE vip) ALIAS lapsed_vip

    FILTER AND (in_segment("vip"), EXISTS email, NOT INCLUDE VIP) ALIAS mailed_vip

Good::

    FILTER AND (INCLUDE vip, NOT INCLUDE staff) ALIAS real_vip

    FILTER OR (INCLUDE vip, NOT INCLUDE vip) ALIAS evaluated
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.phrases import conjunctions, included_in, shown
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report each segment that an AND includes and excludes, at the second place."""
    if not (scope.all(n.Include) or scope.all(n.Call)):
        return
    for phrases in conjunctions(scope):
        seen: dict[tuple[str, bool], n.Phrase] = {}
        for phrase in phrases:
            is_negated = isinstance(phrase, n.Not)
            slug = included_in(phrase.phrase if is_negated else phrase)
            if slug is None:
                continue
            opposite = seen.get((slug, not is_negated))
            if opposite is not None:
                yield _problem(phrase, opposite)
            seen.setdefault((slug, is_negated), phrase)


def _problem(phrase: n.Phrase, opposite: n.Phrase) -> Diagnostic:
    message = f"no profile matches both {shown(opposite)} and this: nobody matches"
    help = "remove one of the two, or name the segment that was meant"
    return diagnostic("include-and-not", phrase.start, phrase.end, message, help)
