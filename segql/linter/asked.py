"""Which rules are asked about nodes and ways of writing, imported when one of the kind is met."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from segql.linter.asking import Check, checks, imported
from segql.linter.rules import FOR_CATALOGS, ON_FORMS, ON_NODES
from segql.linter.shape import Shape


class FormChecks(dict[str, list[Check]]):
    """The checks of the rules that are asked about a way of writing, imported when it is met."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, kind: str) -> list[Check]:
        found = self[kind] = checks(ON_FORMS.get(kind, ()), self._names)
        return found


class NodeChecks(dict[Hashable, list[Check]]):
    """The same for nodes, by their class, or by their shape."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, key: Any) -> list[Check]:
        if isinstance(key, type):
            found = checks(ON_NODES.get(key.__name__, ()), self._names)
        else:
            shape = Shape(*key)
            modules = imported(ON_NODES[shape.kind.__name__], self._names)
            found = [module.check for module in modules if module.concerns(shape)]
        self[key] = found
        return found


@lru_cache(maxsize=8)  # a workspace is checked in one way, or in few
def asked(names: frozenset[str], has_catalog: bool) -> tuple[NodeChecks, FormChecks]:
    """The checks of some rules, of which those for catalogs are left out where there is none."""
    names = names if has_catalog else names - FOR_CATALOGS
    return NodeChecks(names), FormChecks(names)
