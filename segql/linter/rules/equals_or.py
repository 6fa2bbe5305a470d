"""`OR (country = "US", country = "CA")` is `country IN ("US", "CA")`, which names the field once
and takes another value without another phrase.

The fix writes `IN`. For a field that is explicitly null `IN` cannot be evaluated and `=` does not
match; so the fix is safe only where the OR has other phrases as well, which makes no difference of
the two, and where the catalog says that the field is a text. Else it is unsafe.

Dates and bools are not reported, for `IN` does not know them; nor are sets, for which `=` is wrong.

Bad::

    FILTER OR (country = "US", country = "CA") ALIAS north_american

    FILTER country = "US" OR visitct > 5 OR country = "CA" ALIAS regulars

Good::

    FILTER country IN ("US", "CA") ALIAS north_american

    FILTER country = "US" OR city = "Toronto" ALIAS north_american_markets

    FILTER OR (created = "2026-01-01T12:00:00Z", created = "2026-02-01T12:00:00Z") ALIAS noon
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.edits import fix, in_place
from segql.linter.facts import Fact, Group, groups, is_datelike
from segql.linter.phrases import shown
from segql.linter.scope import Scope
from segql.syntax import nodes as n

_TYPES = ("string", "int", "number")


def check(node: n.Or, scope: Scope) -> Iterator[Diagnostic]:
    """Report each operand that an OR compares with several values by `=`."""
    for group in groups(node.phrases, scope):
        facts = [fact for fact in group.facts if _is_equality(fact, group)]
        values = tuple(dict.fromkeys(fact.value for fact in facts))
        if len(values) > 1 and (group.type is None or group.type.name in _TYPES):
            yield _problem(node, group, facts, values, scope)


def _is_equality(fact: Fact, group: Group) -> bool:
    if fact.operator != "=" or type(fact.value) not in (n.String, n.Number):
        return False
    is_text = group.type is not None and group.type.name == "string"
    return is_text or not is_datelike(fact.value)


def _problem(
    node: n.Or,
    group: Group,
    facts: list[Fact],
    values: tuple[n.LiteralValue, ...],
    scope: Scope,
) -> Diagnostic:
    new = n.Membership(group.operand, "IN", n.Array(values))
    merged = {fact.position for fact in facts}
    kept = (None if i in merged else phrase for i, phrase in enumerate(node.phrases))
    phrases = [new if i == facts[0].position else phrase for i, phrase in enumerate(kept)]
    together = tuple(phrase for phrase in phrases if phrase is not None)
    whole = n.Or(together) if len(together) > 1 else new
    is_text = group.type is not None and group.type.name == "string"
    is_safe = is_text and len(together) > 1 and all(isinstance(v, n.String) for v in values)
    can_be_listed = not any(_is_negative(value) for value in values)
    made = fix("write `IN`", [in_place(scope.file, node, whole)], is_safe)
    first = facts[0].phrase
    message = (
        f"{len(values)} values that {shown(group.operand, 'this')} may be equal to: `IN` lists them"
    )
    help = f"write {shown(new, 'them behind `IN`')}"
    made = made if can_be_listed else None
    return diagnostic("equals-or", first.start, first.end, message, help, made)


def _is_negative(value: n.LiteralValue) -> bool:
    """Whether a value is a number that the server refuses in a list: see negative-in-list."""
    return isinstance(value, n.Number) and value.text.startswith("-")
