"""`visitct > 1, visitct < 9` is `visitct BETWEEN 1 AND 9`, which names the field once and cannot
get its signs wrong.

The fix writes BETWEEN. It is unsafe: a profile without the field does not match the comparisons,
and BETWEEN cannot be evaluated for it. That differs under NOT.

BETWEEN excludes both ends, and so `>=` and `<=` are not reported. It needs a number or a date:
reported are bounds that are numbers, and dates where the catalog says that the field is a date.
A field that it calls a text or a set is not reported, and an `int` only with bounds that are whole.

Bad::

    FILTER AND (visitct > 1, visitct < 9) ALIAS regulars

    FILTER lastvisit_ts > "now-30d" AND lastvisit_ts < "now-7d" ALIAS lost

Good::

    FILTER visitct BETWEEN 1 AND 9 ALIAS regulars

    FILTER AND (visitct >= 1, visitct <= 9) ALIAS regulars_from_one_on

    FILTER AND (logins > "now-30d", logins < "now-7d") ALIAS came
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, diagnostic
from segql.linter.comparisons import ORDER
from segql.linter.edits import fix, in_place, without_item
from segql.linter.facts import Fact, Group, groups
from segql.linter.phrases import shown
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(node: n.And, scope: Scope) -> Iterator[Diagnostic]:
    """Report each operand that an AND gives one bound by `>` and one by `<`."""
    for group in groups(node.phrases, scope):
        bounds = {fact.operator: fact for fact in group.facts if fact.operator in ORDER}
        number = sum(fact.operator in ORDER for fact in group.facts)
        if number == 2 and set(bounds) == {">", "<"} and _fits(bounds[">"], bounds["<"], group):
            yield _problem(node, group, bounds[">"], bounds["<"], scope)


def _fits(low: Fact, high: Fact, group: Group) -> bool:
    """Whether BETWEEN says the same of whoever has the field."""
    first, last, type = low.low, high.high, group.type
    if low.is_negated or high.is_negated or first is None or last is None:
        return False
    if first.kind != last.kind or first.value >= last.value:
        return False
    if type is None or first.kind != "number":
        return first.kind == "number" or (type is not None and type.name == "date")
    if type.name == "int":
        return last.value - first.value > 1 and first.value % 1 == last.value % 1 == 0
    return type.name == "number"


def _problem(node: n.And, group: Group, low: Fact, high: Fact, scope: Scope) -> Diagnostic:
    new = n.Between(group.operand, low.value, high.value)
    first, second = sorted((low, high), key=lambda fact: fact.position)
    made = fix("write BETWEEN", _edits(node, new, first, second, scope), is_safe=False)
    message = f"two bounds of {shown(group.operand, 'one operand')} are one BETWEEN"
    help = f"write {shown(new, 'BETWEEN')}"
    place = second.phrase.start, second.phrase.end
    return diagnostic("range-of-two", *place, message, help, made)


def _edits(
    node: n.And, new: n.Between, first: Fact, second: Fact, scope: Scope
) -> list[Edit | None]:
    if len(node.phrases) == 2:
        return [in_place(scope.file, node, new)]
    removed = without_item(scope.file, node, node.phrases, second.position)
    return [in_place(scope.file, first.phrase, new), removed]
