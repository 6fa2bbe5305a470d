"""PORT005 infix-after-word-operator: the server stops after IN, LIKE, CONTAINS and INTERSECTS.

At the top of a filter, `a IN (1) AND b > 2` is refused: behind these operators no AND or OR can
follow. A list says the same: `AND (a IN (1), b > 2)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.rewriting import canonical, rewrite, whole_statements
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace

_WORD_OPERATORS = frozenset(("IN", "LIKE", "CONTAINS", "INTERSECTS"))


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report a filter of infix AND and OR in which something follows one of the operators."""
    for file in workspace.files:
        infix = {(f.start, f.end) for f in file.forms if f.kind == "infix"}
        for statement in whole_statements(file):
            *followed, _ = [*_links(statement.filter, infix)]
            found = next((link for link in followed if _ends_open(file, link)), None)
            if found is not None:
                yield file, _problem(file, statement.filter, found)


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
