"""The rules: one file each. A rule looks at the whole workspace."""

from collections.abc import Callable, Iterator

from segql.diagnostics import Diagnostic
from segql.linter.rules import (
    clause_order,
    duplicate_alias,
    exists_parentheses,
    field_as_value,
    include_cycle,
    infix_after_word_operator,
    is_null,
    match_all_line,
    missing_filter,
    missing_include,
    name_quotes,
    negative_in_list,
    not_before_function,
    not_between,
    not_without_comma,
    number_spelling,
    parenthesised_value,
    quoted_segment,
    trailing_comma,
    unportable,
)
from segql.syntax.parser import ParsedFile
from segql.workspace import Workspace

Rule = Callable[[Workspace], Iterator[tuple[ParsedFile, Diagnostic]]]

RULES: tuple[Rule, ...] = (
    duplicate_alias.check,
    missing_include.check,
    include_cycle.check,
    unportable.check,
    not_without_comma.check,
    not_before_function.check,
    infix_after_word_operator.check,
    not_between.check,
    exists_parentheses.check,
    is_null.check,
    negative_in_list.check,
    parenthesised_value.check,
    quoted_segment.check,
    match_all_line.check,
    field_as_value.check,
    name_quotes.check,
    clause_order.check,
    missing_filter.check,
    number_spelling.check,
    trailing_comma.check,
)
