"""The server loses the NOT of BETWEEN.

`NOT score BETWEEN 1 AND 9` and `score NOT BETWEEN 1 AND 9` are evaluated as if the NOT were not
there: the segment holds exactly those it should leave out. BETWEEN excludes both of its ends, and
so they are outside: the fix writes `OR (score <= 1, score >= 9)`, as what is compiled does.

A profile without the field matches neither of the two, but for another reason. NOT BETWEEN has no
answer then, and NOT of it has none either; the OR does not match, and NOT of it does. A text such
as `"0"` is less than 1, and never between. So the fix is safe where neither can matter: within an
OR, of a field that is of the type of the bounds in the catalog. Elsewhere it is unsafe.

Bad::

    FILTER NOT score BETWEEN 1 AND 9 ALIAS extremes

    FILTER AND (EXISTS email, visitct NOT BETWEEN 5 AND 50) ALIAS unusual

Good::

    FILTER OR (score <= 1, score >= 9) ALIAS extremes

    FILTER AND (EXISTS email, visitct BETWEEN 5 AND 50) ALIAS usual
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from segql.diagnostics import Diagnostic, Fix, diagnostic
from segql.linter.comparisons import LITERALS
from segql.linter.facts import belongs, numeric
from segql.linter.known import type_of_field
from segql.linter.rewriting import before, canonical, rewrite
from segql.linter.scope import Scope
from segql.syntax import nodes as n

_BEGINS_PHRASE = re.compile(r"(?:[(,;]|&&|\|\||\b(?:and|or|not|filter)|^)\Z", re.IGNORECASE)


def check(form: n.Form, scope: Scope) -> Iterator[Diagnostic]:
    """Report each negated BETWEEN, with the two comparisons that are sent for it."""
    match form.node:
        case n.Not(n.Between() as between) as node:
            message = "the server loses this NOT, and finds those that are between"
            help = "write two comparisons: `OR (a <= 1, a >= 9)`"
            fix = _fix(scope, node, between)
            yield diagnostic("not-between", node.start, node.end, message, help, fix)
        case _:
            pass


def _fix(scope: Scope, node: n.Not, between: n.Between) -> Fix | None:
    from segql.compiler.emission import outside  # NOT is frequent, with BETWEEN it is rare

    text = canonical(outside(between))
    if text is None:
        return None
    # Behind a phrase OR ( would be infix: a comma keeps the two apart.
    joint = "" if _BEGINS_PHRASE.search(before(scope.file, node.start)) else ", "
    fix = rewrite(scope.file, "write two comparisons", node.start, node.end, joint + text)
    is_safe = _has_own_type(between, scope) and id(between) in scope.once(
        _where_no_answer_is_no_match, scope.statement.filter
    )
    return fix if fix is None or is_safe else replace(fix, applicability="unsafe")


def _has_own_type(between: n.Between, scope: Scope) -> bool:
    """Whether the field is of the type of its bounds, and these are read as they are written."""
    type = type_of_field(between.operand, scope)
    if type is None or type.name not in ("int", "number", "date"):
        return False
    return all(
        isinstance(bound, LITERALS)
        and belongs(bound, type)
        and (type.name != "int" or _is_whole(bound))  # the server cuts others
        for bound in (between.low, between.high)
    )


def _is_whole(bound: n.LiteralValue) -> bool:
    number = numeric(bound)
    return number is not None and number.is_integer()


def _where_no_answer_is_no_match(filter: n.Phrase, _: Scope) -> frozenset[int]:
    """The negated phrases that may as well not match as have no answer, by their identity."""
    from segql.linter.rules.negated_infix import places

    found = (place for place in places(filter, is_no_match=False) if place.is_no_match)
    return frozenset(id(p.phrase.phrase) for p in found if isinstance(p.phrase, n.Not))
