"""`NOT NOT is_member` is `is_member`: the second NOT undoes the first. Somebody who reads in haste
sees only one of them.

The fix removes both. It is safe where NOT twice gives what was there before: a bare field that is
no bool, and the order of two texts, do not match, but their negation cannot be evaluated; so of
these the fix is unsafe.

Bad::

    FILTER NOT NOT is_member ALIAS members

    FILTER NOT (country NOT IN ("US", "CA")) ALIAS american

Good::

    FILTER is_member ALIAS members

    FILTER country IN ("US", "CA") ALIAS american

    FILTER NOT AND (is_member, NOT country = "US") ALIAS others
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import ORDER
from segql.linter.edits import fix, in_place, keyword
from segql.linter.facts import type_of
from segql.linter.phrases import is_bare, is_true_or_false
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(node: n.Not, scope: Scope) -> Iterator[Diagnostic]:
    """Report NOT of NOT; of more than two, the last two."""
    if not isinstance(node.phrase, n.Not) or isinstance(node.phrase.phrase, n.Not):
        return
    negated, inner = node.phrase, node.phrase.phrase
    if negated.span == inner.span:  # a NOT IN (1): the phrase is not written in one piece
        inner = replace(inner, start=0, end=0)
    edit = in_place(scope.file, node, inner)
    made = fix("remove both", [edit], _is_restored(inner, scope))
    message = "this NOT and the next one undo each other"
    yield diagnostic("double-negation", *keyword(scope.file, node), message, "remove both", made)


def _is_restored(phrase: n.Phrase, scope: Scope) -> bool:
    """Whether the negation of its negation is the phrase again, for every profile."""
    match phrase:
        case n.And((one,)) | n.Or((one,)):
            return _is_restored(one, scope)
        case n.Comparison(left, operator, right) if operator in ORDER:
            has_number = isinstance(left, n.Number) or isinstance(right, n.Number)
            return has_number or _is_no_text(left, scope) or _is_no_text(right, scope)
        case _:
            return not is_bare(phrase) or is_true_or_false(phrase, scope)


def _is_no_text(operand: n.Operand, scope: Scope) -> bool:
    type = type_of(operand, scope)
    return type is not None and type.name in ("int", "number", "date")
