"""Every diagnostic the toolkit knows: its code, name and severity, as a table.

A code never changes its meaning, and a code that is given up is never used again.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "info"]

# Where the pages of the rules are published: one each, named by its code.
PAGES = "https://segql.github.io/segql/rules"


class Code(NamedTuple):
    """One kind of problem."""

    code: str  # family and number, such as SYN001
    name: str  # the same in words, for people
    severity: Severity
    summary: str
    is_fixable: bool = False  # whether some of these problems come with a fix

    @property
    def is_default(self) -> bool:
        """Whether it is looked for where nobody says what to look for: advice is for who asks."""
        return self.severity != "info" and self.name not in _ON_REQUEST

    @property
    def family(self) -> str:
        """What the codes of one kind begin with: "SYN"."""
        return self.code.rstrip("0123456789")

    @property
    def url(self) -> str:
        """Where its page is."""
        return page_url(self.code)


# What the families are about, in the order in which they are shown.
FAMILIES = {
    "SYN": "Syntax: what cannot be read.",
    "PORT": "Portability: what the server refuses or reads in another way.",
    "TYP": "Types: fields, operators, values and functions that do not go together.",
    "REF": "References: INCLUDE between segments.",
    "LOG": "Logic: phrases that say less than they seem to.",
    "TIM": "Time: dates, date math and windows.",
    "NUL": "Missing fields: who matches although nothing is known of them.",
    "SEC": "Security: what people cannot see, and what should not stand in a file.",
    "MET": "Metadata: alias, name, description and the other fields of WITH.",
    "LIM": "Limits that the vendor publishes.",
    "STY": "Style: the simpler of two ways to say the same.",
    "SUP": "Suppressions: comments that silence a rule.",
    "CFG": "Configuration and catalogs.",
}
FIX = True
# A segment is read, run and shown without an alias as well; to compile it, one is needed.
_ON_REQUEST = ("missing-alias",)

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
    Code("REF001", "missing-include", "error", "INCLUDE of a segment that does not exist.", FIX),
    Code("REF002", "include-cycle", "error", "Segments include each other in a circle."),
    Code("REF003", "duplicate-alias", "error", "Two segments have the same alias."),
    Code("REF004", "include-by-id", "info", "INCLUDE of an id that says nothing."),
    Code("REF005", "unused-segment", "info", "No other segment includes it."),
    Code("REF006", "deep-include", "warning", "A long chain of INCLUDEs."),
    Code("PORT001", "unsayable-string", "error", "A string that the server cannot read."),
    Code("PORT002", "negative-argument", "error", "A function with a negative argument."),
    Code("PORT003", "not-without-comma", "warning", "NOT behind a phrase without a comma.", FIX),
    Code("PORT004", "not-before-function", "warning", "NOT before a function or arithmetic.", FIX),
    Code("PORT005", "infix-after-word-operator", "warning", "AND or OR behind IN, LIKE...", FIX),
    Code("PORT006", "not-between", "warning", "A negated BETWEEN.", FIX),
    Code("PORT007", "exists-parentheses", "warning", "EXISTS with parentheses.", FIX),
    Code("PORT008", "is-null", "warning", "IS NULL or IS NOT NULL.", FIX),
    Code("PORT009", "negative-in-list", "warning", "A negative number in a list of values.", FIX),
    Code("PORT010", "parenthesised-value", "warning", "A single value in parentheses.", FIX),
    Code("PORT011", "quoted-segment", "warning", "INCLUDE of a name in quotation marks.", FIX),
    Code("PORT012", "match-all-line", "warning", "* on a later line than FILTER.", FIX),
    Code("PORT013", "field-as-value", "warning", "A field where a text was likely meant.", FIX),
    Code("PORT014", "name-quotes", "warning", "A name in single quotes or brackets.", FIX),
    Code("PORT015", "clause-order", "warning", "Clauses in an order the server refuses.", FIX),
    Code("PORT016", "missing-filter", "warning", "A statement without FILTER.", FIX),
    Code("PORT017", "number-spelling", "warning", "A number in an unusual spelling.", FIX),
    Code("PORT018", "trailing-comma", "warning", "A comma behind the last value of a list.", FIX),
    Code("PORT019", "negated-infix", "warning", "NOT of an infix AND.", FIX),
    Code("TYP001", "unknown-field", "error", "A field that no profile has.", FIX),
    Code("TYP002", "operator-type", "error", "An operator that the field's type has not.", FIX),
    Code("TYP003", "value-type", "error", "A value of another type than the field's.", FIX),
    Code("TYP004", "quoted-number", "warning", "A number written as a text.", FIX),
    Code("TYP005", "bad-date", "error", "A text that is no date, compared with a date.", FIX),
    Code("TYP006", "map-without-key", "error", "A map where one of its values is meant.", FIX),
    Code("TYP007", "key-of-no-map", "error", "A key of a field that is no map.", FIX),
    Code("TYP008", "field-types", "error", "Two fields of different types compared."),
    Code("TYP009", "bare-field", "error", "A field that is no bool stands alone.", FIX),
    Code("TYP010", "unknown-function", "warning", "A function that does not exist.", FIX),
    Code("TYP011", "argument-count", "warning", "A function with too many or too few arguments."),
    Code("TYP012", "argument-type", "error", "An argument of the wrong type."),
    Code("TYP013", "timewindow-range", "error", "A count or a number of days with no window.", FIX),
    Code("TYP014", "geodistance-place", "error", "A place or a distance that cannot be.", FIX),
    Code("TYP015", "truncated-bound", "warning", "A bound of BETWEEN that is cut to a whole.", FIX),
    Code("TYP016", "unknown-key", "info", "A key that was not seen in a map.", FIX),
    Code("TYP017", "unknown-table", "warning", "A table that no catalog describes.", FIX),
    Code("TYP018", "ordered-text", "warning", "A text that is more or less than a number."),
    Code("LOG001", "contradiction", "warning", "Phrases that no profile can match together."),
    Code("LOG002", "tautology", "warning", "Phrases of which one always matches.", FIX),
    Code("LOG003", "duplicate-phrase", "warning", "The same phrase twice in a list.", FIX),
    Code("LOG004", "implied-phrase", "warning", "A phrase that another one implies.", FIX),
    Code("LOG005", "list-of-one", "warning", "AND or OR of one phrase.", FIX),
    Code("LOG006", "double-negation", "warning", "NOT of NOT.", FIX),
    Code("LOG007", "empty-between", "warning", "BETWEEN that nothing is between.", FIX),
    Code("LOG008", "like-without-wildcard", "warning", "LIKE without a wildcard.", FIX),
    Code("LOG009", "in-one-value", "warning", "IN with one value.", FIX),
    Code("LOG010", "repeated-value", "warning", "The same value twice in a list.", FIX),
    Code("LOG011", "not-equal-or", "warning", "!= joined by OR: everybody matches.", FIX),
    Code("LOG012", "empty-list", "warning", "A list without phrases or values."),
    Code("LOG013", "self-comparison", "warning", "A field compared with itself."),
    Code("LOG014", "constant-phrase", "warning", "Values compared with each other."),
    Code("LOG015", "include-and-not", "warning", "A segment included and excluded at once."),
    Code("TIM001", "date-math", "warning", "Date math that the server does not read.", FIX),
    Code("TIM002", "minutes-for-months", "warning", "Minutes, where months are likely.", FIX),
    Code("TIM003", "windows-apart", "warning", "Two windows of time that never meet."),
    Code("TIM004", "future-window", "warning", "A past event compared with the future.", FIX),
    Code("TIM005", "date-equality", "warning", "A date compared by = to the second.", FIX),
    Code("TIM006", "fixed-date", "info", "A fixed date where time should go on."),
    Code("TIM007", "past-deadline", "info", "A window that ended in the past."),
    Code("NUL001", "matches-nothing-known", "warning", "A profile without any field matches.", FIX),
    Code("NUL002", "unguarded-negation", "info", "A negation matches missing fields.", FIX),
    Code("NUL003", "negated-field", "info", "NOT x passes over profiles without x.", FIX),
    Code("SEC001", "invisible-character", "warning", "A character that nobody can see.", FIX),
    Code("SEC002", "mixed-scripts", "warning", "Letters that look like those of another script."),
    Code("SEC003", "personal-data", "warning", "An e-mail address, a phone or card number."),
    Code("SEC004", "secret", "warning", "What looks like a token or a key."),
    Code("MET001", "missing-alias", "error", "A segment that has no name to be stored under."),
    Code("MET002", "bad-option", "error", "A field of WITH has a value of the wrong type."),
    Code("MET003", "bad-slug", "error", "A slug that no address of the API can hold."),
    Code("MET004", "missing-name", "info", "A segment without a name for people."),
    Code("MET005", "missing-description", "info", "A segment without description."),
    Code("MET006", "slug-style", "info", "An alias that is not in lower case.", FIX),
    Code("MET007", "long-name", "warning", "A name of more than 64 characters."),
    Code("MET008", "duplicate-name", "warning", "Two segments with the same name."),
    Code("MET009", "unknown-kind", "warning", "A kind of segment that is not known.", FIX),
    Code("MET010", "repeated-option", "warning", "A field stands twice in WITH.", FIX),
    Code("MET011", "unknown-option", "warning", "A misspelt field of WITH.", FIX),
    Code("MET012", "repeated-tag", "warning", "The same tag twice.", FIX),
    Code("MET013", "unknown-tag", "warning", "A tag that the workspace does not list.", FIX),
    Code("LIM001", "too-many-conditions", "error", "More conditions than a segment may have."),
    Code("LIM002", "too-many-segments", "warning", "More segments than an account may have."),
    Code("LIM003", "long-identifier", "warning", "A text longer than any identifier."),
    Code("STY001", "equals-or", "info", "Equals joined by OR, where IN says it.", FIX),
    Code("STY002", "value-on-the-left", "info", "A value to the left of the field.", FIX),
    Code("STY003", "negated-comparison", "info", "NOT of a comparison.", FIX),
    Code("STY004", "nested-list", "info", "AND in AND, or OR in OR.", FIX),
    Code("STY005", "in-segment", "info", "in_segment(), where INCLUDE says it.", FIX),
    Code("STY006", "deep-nesting", "info", "Lists in lists in lists."),
    Code("STY007", "range-of-two", "info", "Two bounds, where BETWEEN says it.", FIX),
    Code("SUP001", "unused-suppression", "warning", "A suppression that silences nothing.", FIX),
    Code("SUP002", "expired-suppression", "warning", "A suppression whose date is past."),
    Code("SUP003", "bad-suppression", "error", "A suppression that cannot be read.", FIX),
    Code("CFG001", "bad-setting", "error", "A setting that cannot be used."),
    Code("CFG002", "bad-catalog", "error", "A catalog that cannot be read."),
    Code("CFG003", "unreadable-file", "error", "A file that cannot be read."),
)

CODES: dict[str, Code] = {code.name: code for code in _TABLE}
BY_CODE: dict[str, Code] = {code.code: code for code in _TABLE}


def page_url(code: str) -> str:
    """Where the page of a code is: ``https://.../SYN001``."""
    return f"{PAGES}/{code}"
