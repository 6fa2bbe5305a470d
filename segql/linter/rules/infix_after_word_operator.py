"""The server stops after IN, LIKE, CONTAINS and INTERSECTS.

At the top of a filter, `country IN ("US") AND visitct > 2` is refused: behind these operators no
AND or OR can follow. In a list they can, and the fix makes one: `AND (country IN ("US"), visitct >
2)`. What is compiled is a list always. As the last phrase, or in parentheses, the operators do no
harm.

Bad::

    FILTER country IN ("US") AND visitct > 2 ALIAS regulars_us

    FILTER email LIKE "*@example.com" OR is_member ALIAS insiders

Good::

    FILTER AND (country IN ("US"), visitct > 2) ALIAS regulars_us

    FILTER is_member OR email LIKE "*@example.com" ALIAS insiders
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.rewriting import canonical, rewrite
from segql.linter.scope import Scope
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile

_WORD_OPERATORS = frozenset(("IN", "LIKE", "CONTAINS", "INTERSECTS"))


def check(statement: n.Statement, scope: Scope) -> Iterator[Diagnostic]:
    """Report a filter of infix AND and OR in which something follows one of the operators."""
    infix = {(form.start, form.end) for form in scope.forms if form.kind == "infix"}
    *followed, _ = [*_links(statement.filter, infix)]
    found = next((link for link in followed if _ends_open(scope.file, link)), None)
    if found is not None:
        yield _problem(scope.file, statement.filter, found)


def _links(phrase: n.Phrase, infix: set[tuple[int, int]]) -> Iterator[n.Phrase]:
    """What AND and OR join, in the order of the text."""
    if isinstance(phrase, n.And | n.Or) and (phrase.start, phrase.end) in infix:
        for part in phrase.phrases:
            yield from _links(part, infix)
    else:
        yield phrase


def _ends_open(file: ParsedFile, phrase: n.Phrase) -> bool:
    """Whether a phrase ends with one of the operators and is not in parentheses."""
    while isinstance(phrase, n.Not):
        if phrase.end > phrase.phrase.end:
            return False
        phrase = phrase.phrase
    if not isinstance(phrase, n.Comparison | n.Membership):
        return False
    begins_with_bracket = file.source.text.startswith("(", phrase.start)
    in_parentheses = begins_with_bracket and phrase.end > phrase.right.end
    return phrase.operator in _WORD_OPERATORS and not in_parentheses


def _problem(file: ParsedFile, filter: n.Phrase, found: n.Phrase) -> Diagnostic:
    message = "the server refuses AND and OR behind IN, LIKE, CONTAINS and INTERSECTS"
    help = "write a list: `AND (a IN (1), b > 2)`"
    fix = rewrite(file, "write a list", filter.start, filter.end, canonical(filter))
    return diagnostic("infix-after-word-operator", found.start, found.end, message, help, fix)
