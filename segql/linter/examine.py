"""Ask the rules about one file, in one walk through its trees."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping

from segql.linter.asking import Check, checks
from segql.linter.examined import SUPPRESSION_MARK, Examined, Suppression
from segql.linter.options import Options
from segql.linter.rewriting import whole_statements
from segql.linter.rules import (
    FOR_CATALOGS,
    ON_FILES,
    ON_FOREIGN_FILES,
    ON_FORMS,
    ON_NODES,
)
from segql.linter.scope import Scope
from segql.syntax.nodes import Form
from segql.syntax.parser import ParsedFile
from segql.syntax.walk import walk
from segql.workspace import outlines_of


class _Checks(dict[str, list[Check]]):
    """The checks of the rules that are asked about a kind of thing, imported when one is met."""

    def __init__(self, register: Mapping[str, tuple[str, ...]], names: frozenset[str]) -> None:
        super().__init__()
        self._register, self._names = register, names

    def __missing__(self, kind: str) -> list[Check]:
        found = self[kind] = checks(self._register.get(kind, ()), self._names)
        return found


def examine(file: ParsedFile, options: Options) -> Examined:
    """Return what is wrong with a file on its own."""
    found = list(file.diagnostics)
    names = options.names if options.catalog else options.names - FOR_CATALOGS
    on_nodes, on_forms = _Checks(ON_NODES, names), _Checks(ON_FORMS, names)
    for scope in _scopes(file, options):
        for node in walk(scope.statement):
            for check in on_nodes[type(node).__name__]:
                found.extend(check(node, scope))
        for form in scope.forms:
            for check in on_forms[form.kind]:
                found.extend(check(form, scope))
    on_files = ON_FILES if file.source.text.isascii() else (*ON_FILES, *ON_FOREIGN_FILES)
    for check in checks(on_files, names):
        found.extend(check(file))
    suppressions: list[Suppression] = []
    if SUPPRESSION_MARK in file.source.text:
        from segql.linter.suppressions import suppressions_in

        suppressions, problems = suppressions_in(file)
        found += problems
    return Examined(found, outlines_of(file), suppressions)


def _scopes(file: ParsedFile, options: Options) -> Iterator[Scope]:
    """Each statement without mistakes, with the ways in which it is written."""
    forms = _forms_by_statement(file)
    for statement in whole_statements(file):
        its_forms = tuple(forms.get(statement.start, ()))
        yield Scope(file, statement, its_forms, options.catalog, options.settings)


def _forms_by_statement(file: ParsedFile) -> dict[int, list[Form]]:
    starts = [statement.start for statement in file.statements]
    found: dict[int, list[Form]] = {}
    for form in file.forms:
        found.setdefault(starts[bisect_right(starts, form.start) - 1], []).append(form)
    return found
