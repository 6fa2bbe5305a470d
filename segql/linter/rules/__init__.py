"""The rules that look at the whole workspace: one file each."""

from collections.abc import Callable, Iterator

from segql.diagnostics import Diagnostic
from segql.linter.rules import duplicate_alias, include_cycle, missing_include, unportable
from segql.workspace import Segment, Workspace

Rule = Callable[[Workspace], Iterator[tuple[Segment, Diagnostic]]]

RULES: tuple[Rule, ...] = (
    duplicate_alias.check,
    missing_include.check,
    include_cycle.check,
    unportable.check,
)
