"""A field compared with itself. `visitct = visitct` asks nothing of those who have the field, and
`visitct > visitct` no number answers to. One of the two names is the wrong one, or a value was
meant: `country = country` stands where `country = "country"` was to be.

There is no fix: what belongs there cannot be known. To ask for a field, write `EXISTS visitct`.

Bad::

    FILTER visitct = visitct ALIAS visitors

    FILTER len(name) > len(name) ALIAS long_names

    FILTER interests IN interests ALIAS curious

Good::

    FILTER visitct = orders ALIAS buyers

    FILTER EXISTS visitct ALIAS visitors
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import LITERALS
from segql.linter.phrases import shown
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    return shape.left is shape.right and shape.left not in LITERALS


def check(node: n.Comparison | n.Membership, scope: Scope) -> Iterator[Diagnostic]:
    """Report each comparison of an operand with the same operand."""
    if node.left == node.right and not isinstance(node.left, LITERALS):
        message = f"this compares {shown(node.left)} with itself"
        help = f"compare with something else, or ask whether it is there: `EXISTS {_name(node)}`"
        yield diagnostic("self-comparison", node.start, node.end, message, help)


def _name(node: n.Comparison | n.Membership) -> str:
    return shown(node.left).strip("` ") if isinstance(node.left, n.Identifier) else "..."
