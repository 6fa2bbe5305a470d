"""Ask the rules about one file, in one walk through its trees."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from segql.linter.asking import asked, checks
from segql.linter.examined import SUPPRESSION_MARK, Examined, Suppression
from segql.linter.options import Options
from segql.linter.rewriting import whole_statements
from segql.linter.rules import ON_FILES, ON_FOREIGN_FILES
from segql.linter.scope import Scope
from segql.linter.shape import shape_of
from segql.syntax.nodes import Form
from segql.syntax.parser import ParsedFile
from segql.workspace import outlines_of


def examine(file: ParsedFile, options: Options) -> Examined:
    """Return what is wrong with a file on its own."""
    found = list(file.diagnostics)
    on_nodes, on_forms = asked(options.names, options.catalog is not None)
    for scope in _scopes(file, options):
        for node in scope.nodes:
            for check in on_nodes[shape_of(node, scope)]:
                found.extend(check(node, scope))
        for form in scope.forms:
            for check in on_forms[form.kind]:
                found.extend(check(form, scope))
    on_files = ON_FILES if file.source.text.isascii() else (*ON_FILES, *ON_FOREIGN_FILES)
    for check in checks(on_files, options.names):
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
