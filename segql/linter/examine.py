"""Ask the rules about one file, in one walk through its trees."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TypeAlias

from segql.diagnostics import Diagnostic
from segql.linter.asked import asked
from segql.linter.asking import checks
from segql.linter.examined import SUPPRESSION_MARK, Examined, Suppression
from segql.linter.options import Options
from segql.linter.rewriting import whole_statements
from segql.linter.rules import ON_FILES, ON_FOREIGN_FILES
from segql.linter.scope import Scope
from segql.linter.shape import shape_of
from segql.syntax import nodes as n
from segql.syntax.nodes import Form
from segql.syntax.parser import ParsedFile
from segql.syntax.walk import walk
from segql.workspace import outlines_of

# Conditions, and the tables they are about.
Clean: TypeAlias = set[tuple[str, str]]

# What a rule says of one of these, or of a part of it, depends on its text and its table alone.
_CONDITIONS = frozenset((n.Comparison, n.Membership, n.Between, n.Exists, n.Call))


def examine(file: ParsedFile, options: Options, clean: Clean | None = None) -> Examined:
    """Return what is wrong with a file on its own.

    ``clean`` are conditions of which nothing was said before, with the same options: nobody is
    asked about them. Those of this file are added.
    """
    found = list(file.diagnostics)
    on_nodes, on_forms = asked(options.names, options.catalog is not None)
    for scope in _scopes(file, options):
        for node in scope.nodes if clean is None else _unknown(scope, clean, found):
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


def _unknown(scope: Scope, clean: Clean, found: list[Diagnostic]) -> Iterator[n.Node]:
    """The nodes that are in no clean condition; one of which nothing is found becomes clean."""
    table, text = scope.table, scope.text
    for node in walk(scope.statement, _CONDITIONS):
        if type(node) not in _CONDITIONS:
            yield node
        elif (condition := (table, text[node.start : node.end])) not in clean:
            before = len(found)
            yield from walk(node)
            if len(found) == before:
                clean.add(condition)


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
