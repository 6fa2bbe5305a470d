"""PORT006 not-between: the server loses the NOT of BETWEEN.

`NOT a BETWEEN 1 AND 9` and `a NOT BETWEEN 1 AND 9` are evaluated as `a BETWEEN 1 AND 9`: the
segment holds exactly those it should leave out. Both ends of BETWEEN are excluded, and so
`OR (a <= 1, a >= 9)` is what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from segql.compiler.portable import outside
from segql.diagnostics import Diagnostic, Fix, diagnostic
from segql.linter.rewriting import before, canonical, forms, rewrite
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace

_BEGINS_PHRASE = re.compile(r"(?:[(,;]|&&|\|\||\b(?:and|or|not|filter)|^)\Z", re.IGNORECASE)


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report each negated BETWEEN, with the two comparisons that say the same."""
    for kind in ("not-prefix", "not-infix"):
        for file, form in forms(workspace, kind):
            if isinstance(form.node, n.Not) and isinstance(form.node.phrase, n.Between):
                yield file, _problem(file, form.node, form.node.phrase)


def _problem(file: ParsedFile, node: n.Not, between: n.Between) -> Diagnostic:
    message = "the server loses this NOT, and finds those that are between"
    help = "write two comparisons: `OR (a <= 1, a >= 9)`"
    return diagnostic("not-between", node.start, node.end, message, help, _fix(file, node, between))


def _fix(file: ParsedFile, node: n.Not, between: n.Between) -> Fix | None:
    text = canonical(outside(between))
    if text is None:
        return None
    # Behind a phrase OR ( would be infix: a comma keeps the two apart.
    joint = "" if _BEGINS_PHRASE.search(before(file, node.start)) else ", "
    return rewrite(file, "write two comparisons", node.start, node.end, joint + text)
