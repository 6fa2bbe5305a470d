"""Ways through the tree."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from operator import attrgetter
from typing import Any, TypeVar, cast

from msgspec.structs import replace

from segql.syntax import nodes as n
from segql.syntax.nodes import Bad, Call, Include, Name, Node, Statement, String, said

N = TypeVar("N", bound=Node)

# The nodes directly below those of a kind; a kind that is not here has none.
_BELOW: dict[type[Node], Callable[[Any], tuple[Node, ...]]] = {
    **dict.fromkeys((n.And, n.Or), attrgetter("phrases")),
    **dict.fromkeys((n.Comparison, n.Membership, n.Arithmetic), attrgetter("left", "right")),
    n.Between: attrgetter("operand", "low", "high"),
    n.Not: lambda node: (node.phrase,),
    n.Exists: lambda node: (node.operand,),
    n.Include: lambda node: (node.segment,),
    n.Call: attrgetter("arguments"),
    n.Array: attrgetter("items"),
    n.Statement: lambda node: (node.filter, *node.clauses),
    n.From: lambda node: (node.table,),
    n.With: attrgetter("options"),
    n.Option: lambda node: (node.key,),
    n.Alias: lambda node: (node.name,),
}

_REFERRING = frozenset((Include, Call))  # to other segments


def children(node: Node) -> list[Node]:
    """The nodes directly below one, in the order of the text."""
    below = _BELOW.get(type(node))
    return [*below(node)] if below else []


def walk(node: Node, whole: Container[type[Node]] = ()) -> Iterator[Node]:
    """A node and all below it, in the order of the text; not what is below those of some kinds."""
    found: list[Node] = []
    pending = [node]
    while pending:
        node = pending.pop()
        found.append(node)
        kind = type(node)
        if kind in _BELOW and kind not in whole:
            pending += _BELOW[kind](node)[::-1]
    return iter(found)  # faster than one after the other, and few stop on the way


def is_whole(node: Node) -> bool:
    """Whether all of a tree was read: no part of it is `Bad`."""
    return not any(isinstance(part, Bad) for part in walk(node))


def path_at(node: Node, offset: int) -> tuple[Node, ...]:
    """A node and those below it that an offset stands in, outermost first.

    The offset behind the last character of a node is in it, as the cursor of an editor is. Of two
    nodes that touch there, it stands in the second.
    """
    path = [node]
    while inner := [c for c in children(path[-1]) if c.start <= offset <= c.end]:
        path.append(max(inner, key=lambda child: child.start))
    return tuple(path)


def transform(node: N, change: Callable[[Any], Any]) -> N:
    """Rebuild a tree from the leaves up: each node is what ``change`` makes of it.

    What does not change is not copied.
    """
    changed: dict[str, object] = {}
    for name in said(node):
        value = getattr(node, name)
        if isinstance(value, Node):
            new: object = transform(value, change)
        elif isinstance(value, tuple):
            parts = cast("tuple[object, ...]", value)
            changed_parts = tuple(transform(p, change) if isinstance(p, Node) else p for p in parts)
            is_same = all(a is b for a, b in zip(parts, changed_parts, strict=True))
            new = parts if is_same else changed_parts
        else:
            continue
        if new is not value:
            changed[name] = new
    return change(replace(node, **changed) if changed else node)


def includes(statement: Statement) -> Iterator[Name]:
    """The segments a statement refers to: by INCLUDE, or by ``in_segment("slug")``."""
    for node in [node for node in walk(statement.filter) if type(node) in _REFERRING]:
        if isinstance(node, Include):
            yield node.segment
        elif isinstance(node, Call) and node.name.lower() == "in_segment":
            match node.arguments:
                case (String(slug) as argument,):
                    yield Name(slug, start=argument.start, end=argument.end)
                case _:
                    pass
