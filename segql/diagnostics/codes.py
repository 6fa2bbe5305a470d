"""Every diagnostic the toolkit knows: its code, name and severity, as a table.

A code never changes its meaning, and a code that is given up is never used again.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "info"]


class Code(NamedTuple):
    """One kind of problem."""

    code: str  # family and number, such as SYN001
    name: str  # the same in words, for people
    severity: Severity
    summary: str


_TABLE = (
    Code("SYN001", "unexpected-text", "error", "Text that cannot stand where it is."),
    Code("SYN002", "incomplete", "error", "The text ends, or goes on, before a part is complete."),
    Code("SYN003", "unclosed-bracket", "error", "A bracket or list is never closed."),
    Code("SYN004", "unmatched-bracket", "error", "A bracket closes what was never opened."),
    Code("SYN005", "unclosed-string", "error", "A string has no closing quotation mark."),
    Code("SYN006", "unclosed-name", "error", "A quoted name has no closing quote."),
    Code("SYN007", "unclosed-comment", "error", "A block comment is never closed."),
    Code("SYN008", "bad-character", "error", "A character that is no part of the language."),
    Code("SYN009", "bad-number", "error", "Digits that are not a number."),
    Code("SYN010", "duplicate-clause", "error", "A clause stands twice in one statement."),
    Code("SYN011", "bad-segment-name", "error", "INCLUDE names no possible segment."),
    Code("SYN012", "too-deep", "error", "Brackets are nested deeper than the limit."),
    Code("SYN013", "not-a-filter", "error", "A SELECT statement where a filter is expected."),
    Code("SYN014", "misplaced-match-all", "error", "* stands inside a filter."),
    Code("SYN015", "value-alone", "error", "A value stands where a condition is expected."),
    Code("SYN016", "not-text", "error", "The file is not UTF-8 text."),
    Code("SYN017", "too-many-mistakes", "error", "More mistakes than anybody would read."),
    Code("REF001", "missing-include", "error", "INCLUDE of a segment that does not exist."),
    Code("REF002", "include-cycle", "error", "Segments include each other in a circle."),
    Code("REF003", "duplicate-alias", "error", "Two segments have the same alias."),
    Code("PORT001", "unsayable-string", "error", "A string that the server cannot read."),
    Code("PORT002", "negative-argument", "error", "A function with a negative argument."),
    Code("PORT003", "not-without-comma", "warning", "NOT behind a phrase without a comma."),
    Code("PORT004", "not-before-function", "warning", "NOT before a function or arithmetic."),
    Code("PORT005", "infix-after-word-operator", "warning", "AND or OR behind IN, LIKE, ..."),
    Code("PORT006", "not-between", "warning", "A negated BETWEEN."),
    Code("PORT007", "exists-parentheses", "warning", "EXISTS with parentheses."),
    Code("PORT008", "is-null", "warning", "IS NULL or IS NOT NULL."),
    Code("PORT009", "negative-in-list", "warning", "A negative number in a list of values."),
    Code("PORT010", "parenthesised-value", "warning", "A single value in parentheses."),
    Code("PORT011", "quoted-segment", "warning", "INCLUDE of a name in quotation marks."),
    Code("PORT012", "match-all-line", "warning", "* on a later line than FILTER."),
    Code("PORT013", "field-as-value", "warning", "A field where a text was likely meant."),
    Code("PORT014", "name-quotes", "warning", "A name in single quotes or brackets."),
    Code("PORT015", "clause-order", "warning", "Clauses in an order that the server refuses."),
    Code("PORT016", "missing-filter", "warning", "A statement without FILTER."),
    Code("PORT017", "number-spelling", "warning", "A number in an unusual spelling."),
    Code("PORT018", "trailing-comma", "warning", "A comma behind the last value of a list."),
    Code("MET001", "missing-alias", "error", "A segment that has no name to be stored under."),
    Code("MET002", "bad-option", "error", "A field of WITH has a value of the wrong type."),
    Code("MET003", "bad-slug", "error", "A slug that no address of the API can hold."),
)

CODES: dict[str, Code] = {code.name: code for code in _TABLE}
