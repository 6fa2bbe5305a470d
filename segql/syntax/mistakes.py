"""What is wrong where the parser could not go on: place, message and help.

The parser gives the token it stopped at and the terminals that could have stood there; the tables
below turn these into words.
"""

from __future__ import annotations

from typing import NamedTuple

from segql.diagnostics import Diagnostic, diagnostic, did_you_mean
from segql.syntax.depth import too_deep
from segql_grammar import parser_tables as t
from segql_grammar import scanner
from segql_grammar.scanner import CLOSERS, Tokens


class Mistake(NamedTuple):
    """Where the parser stopped, as indices of tokens."""

    token: int  # the one that cannot stand where it is; ``stop`` where something is missing
    begun: int  # the first of the statement
    stop: int  # the first behind the statement
    expected: frozenset[int]  # the terminals that can stand there
    bracket: int | None  # the innermost bracket that is open there


class _Wanted(NamedTuple):
    """What is missing, told by terminals that are expected and others that are not."""

    has: frozenset[int]
    lacks: frozenset[int]
    what: str
    help: str


def _wanted(has: tuple[int, ...], lacks: tuple[int, ...], what: str, help: str) -> _Wanted:
    return _Wanted(frozenset(has), frozenset(lacks), what, help)


_PHRASE_HELP = "write a condition such as `visitct > 5`, or a list such as `AND (...)`"
_LIST_HELP = 'write the values in parentheses, as in `("Portland, OR", "Seattle, WA")`'
_VALUE_HELP = "write a field, a number, or a text in double quotes"
_SEGMENT_HELP = "name a segment by its alias, as in `INCLUDE active_users`"
_NAME_HELP = "write a name; one that is a keyword or has spaces goes in backticks: `` `my name` ``"
_OPTION_HELP = "write a text in double quotes, a number, TRUE or FALSE"
_COMPLETE_HELP = (
    "after a complete phrase only an operator, AND, OR, a clause (FROM, LIMIT, WITH, ALIAS), "
    "`;` or the next FILTER can follow"
)
_ITEM_HELP = "separate what stands in the brackets with commas, and close them"
_STATEMENT_HELP = "begin with FILTER, as in `FILTER visitct > 5 ALIAS active_users`"
_IN_BRACKETS_HELP = (
    "phrases stand in parentheses: `AND (a > 1, b > 2)`, or on both sides: `a AND b`"
)

# The first that fits speaks.
_WANTS = (
    _wanted((t.EXISTS, t.FILTER), (), "a statement", _STATEMENT_HELP),
    _wanted((t.EXISTS,), (t.COMMA, t.RPAR, t.END_OF_TEXT), "a phrase", _PHRASE_HELP),
    _wanted((t.FUNCTION, t.LSQB), (), "a list of values", _LIST_HELP),
    _wanted((t.FUNCTION,), (t.EXISTS,), "a field or a value", _VALUE_HELP),
    _wanted((t.SEGMENT_ID, t.FROM), (t.END_OF_TEXT,), "a segment", _SEGMENT_HELP),
    _wanted((t.SEGMENT_ID, t.TRUE), (), "a value", _OPTION_HELP),
    _wanted((t.SEGMENT_ID,), (), "a name", _NAME_HELP),
    _wanted((t.INTEGER,), (t.STRING, t.TRUE), "a whole number", "write digits only, as in `100`"),
    _wanted((t.JSON_STRING,), (), "a JSON value", 'write the object as in `{"name": "VIP"}`'),
    _wanted((t.STRING, t.TRUE), (t.FUNCTION, t.EXISTS), "a value", _OPTION_HELP),
    _wanted((t.NAME, t.LBRACE), (), "a field of the segment", 'as in `WITH name = "VIP"`'),
    _wanted((t.NULL,), (t.TRUE,), "NULL", "write `IS NULL` or `IS NOT NULL`"),
    _wanted((t.EQUAL,), (t.COMPARE,), "`=`", 'write the value after `=`, as in `name = "VIP"`'),
    _wanted((t.COLON,), (), "`:`", 'write the object as in `{"name": "VIP"}`'),
    _wanted((t.AND,), (t.OR,), "AND and the upper bound", "write `field BETWEEN 1 AND 9`"),
)

# A better help than that of what is wanted, for a token that tells what was meant.
_BETTER_HELP = {
    (_COMPLETE_HELP, t.COMMA): "several phrases make a list: `AND (a > 1, b > 2)`",
    (_COMPLETE_HELP, t.NOT): "NOT stands before the whole phrase: `NOT a > 5`",
    (_PHRASE_HELP, t.AND): _IN_BRACKETS_HELP,
    (_PHRASE_HELP, t.OR): _IN_BRACKETS_HELP,
    (_OPTION_HELP, t.NAME): 'a text goes in double quotes, as in `"Portland, OR"`',
}
_CURLY_QUOTES = (
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}"
)
_STRAIGHT_QUOTES_HELP = 'write straight quotation marks: `"`'

_COMPLETE = _wanted((), (), "", _COMPLETE_HELP)
_IN_LIST = _wanted((), (), "", _ITEM_HELP)

_BAD_TOKENS = {
    scanner.BAD_CHARACTER: (
        "bad-character",
        "`{text}` is no part of the language",
        "remove it; names with such characters go in backticks, texts in double quotes",
    ),
    scanner.UNCLOSED_STRING: (
        "unclosed-string",
        "this string is never closed",
        'add the closing `"`; a `"` inside it is written `\\"`',
    ),
    scanner.UNCLOSED_NAME: (
        "unclosed-name",
        "this quoted name is never closed",
        "add the closing quote on the same line; texts go in double quotes",
    ),
    scanner.UNCLOSED_COMMENT: (
        "unclosed-comment",
        "this comment is never closed",
        "add the closing `*/`",
    ),
}

_MISSPELT_OPERATORS = {"=>": ">=", "=<": "<=", "===": "=", "!==": "!=", "><": "!="}

_NUMBERS = frozenset((t.INTEGER, t.NUMBER))
_SPELLING = {kind: text.upper() for text, kind in {**t.KEYWORDS, **t.SYMBOLS}.items()}
_WORDS = frozenset(t.KEYWORDS.values()) - {t.FROM, t.LIMIT, t.WITH, t.ALIAS}
_LONGEST_QUOTE = 30
_NEAR = 8  # tokens before the mistake


def explain(text: str, tokens: Tokens, mistake: Mistake) -> Diagnostic:
    """Say what is wrong where the parser stopped."""
    return _Explanation(text, tokens, mistake).diagnostic()


def unclosed_bracket(text: str, tokens: Tokens, token: int) -> Diagnostic:
    """Say that the bracket at a token is never closed."""
    start, end, close = tokens.starts[token], tokens.ends[token], CLOSERS[tokens.kinds[token]]
    message = f"this `{text[start:end]}` is never closed"
    help = f"add the closing `{_SPELLING[close]}`"
    return diagnostic("unclosed-bracket", start, end, message, help)


def wrong_closer(text: str, tokens: Tokens, token: int, bracket: int) -> Diagnostic:
    """Say that a bracket of one kind cannot close one of another."""
    start, end = tokens.starts[token], tokens.ends[token]
    opening = text[tokens.starts[bracket] : tokens.ends[bracket]]
    message = f"`{text[start:end]}` cannot close `{opening}`"
    help = f"write `{_SPELLING[CLOSERS[tokens.kinds[bracket]]]}`"
    return diagnostic("unexpected-text", start, end, message, help)


class _Explanation:
    def __init__(self, text: str, tokens: Tokens, mistake: Mistake) -> None:
        self.text, self.tokens, self.mistake = text, tokens, mistake
        self.expected = mistake.expected
        # What is missing at the end of a statement is missing behind its last token.
        self.at_end = mistake.token == mistake.stop
        self.kind = t.END_OF_TEXT if self.at_end else tokens.kinds[mistake.token]
        self.previous_end = tokens.ends[mistake.token - 1] if mistake.token else 0
        self.start = self.previous_end if self.at_end else tokens.starts[mistake.token]
        self.end = self.previous_end if self.at_end else tokens.ends[mistake.token]

    def diagnostic(self) -> Diagnostic:
        for attempt in (
            self.not_a_filter,
            self.bad_token,
            self.comment_in_name,
            self.unmatched,
            self.match_all,
            self.bad_number,
            self.segment_number,
        ):
            if found := attempt():
                return found
        return self.missing_or_unexpected()

    def here(self, name: str, message: str, help: str) -> Diagnostic:
        return diagnostic(name, self.start, self.end, message, help)

    def quoted(self) -> str:
        """The token in a message: short, on one line."""
        found = " ".join(self.text[self.start : self.end].split())
        short = found if len(found) <= _LONGEST_QUOTE else found[: _LONGEST_QUOTE - 1] + "…"
        return f"`{short}`"

    def not_a_filter(self) -> Diagnostic | None:
        begun = self.mistake.begun
        start, end = self.tokens.starts[begun], self.tokens.ends[begun]
        if self.text[start:end].lower() != "select":
            return None
        message = "SELECT is a projection, another kind of statement: a segment is a FILTER"
        return diagnostic("not-a-filter", start, end, message, "write `FILTER phrase FROM table`")

    def bad_token(self) -> Diagnostic | None:
        if self.kind == scanner.TOO_DEEP:
            return too_deep(self.start, self.end)
        if self.kind not in _BAD_TOKENS:
            return None
        name, message, help = _BAD_TOKENS[self.kind]
        found = self.text[self.start : self.end]
        help = _STRAIGHT_QUOTES_HELP if found in _CURLY_QUOTES else help
        return self.here(name, message.format(text=found), help)

    def comment_in_name(self) -> Diagnostic | None:
        """`/` belongs to names, and so `a/*` begins no comment."""
        tokens, nearest = self.tokens, range(self.mistake.token - 1, self.mistake.begun, -1)
        for index in nearest[:_NEAR]:
            name = tokens.lexemes[index - 1]
            adjacent = tokens.starts[index] == tokens.ends[index - 1]
            if tokens.kinds[index] == t.STAR and adjacent and name.endswith("/"):
                start = tokens.starts[index] - 1
                message = f"this `/` is part of the name `{name}`: no comment begins here"
                help = "put a space before `/*`"
                return diagnostic("unexpected-text", start, start + 2, message, help)
        return None

    def unmatched(self) -> Diagnostic | None:
        if self.mistake.bracket is not None or self.kind not in CLOSERS.values():
            return None
        message = f"{self.quoted()} closes a bracket that was never opened"
        return self.here("unmatched-bracket", message, "remove it, or add the opening bracket")

    def match_all(self) -> Diagnostic | None:
        if self.kind != t.STAR or t.EXISTS not in self.expected:
            return None
        message = "`*` matches everything: it can only be a whole filter"
        return self.here("misplaced-match-all", message, "write `FILTER *`, or leave the `*` out")

    def bad_number(self) -> Diagnostic | None:
        if self.kind != t.SEGMENT_ID or not self.expected & {t.INTEGER, t.EXISTS}:
            return None
        help = "write digits and at most one point, without unit; dates and ids go in double quotes"
        return self.here("bad-number", f"{self.quoted()} is not a number", help)

    def segment_number(self) -> Diagnostic | None:
        wanted = self.wanted()
        if self.kind not in _NUMBERS or wanted.help is not _SEGMENT_HELP:
            return None
        return self.here("bad-segment-name", "a segment is not a number", _SEGMENT_HELP)

    def wanted(self) -> _Wanted:
        for wanted in _WANTS:
            if wanted.has <= self.expected and not wanted.lacks & self.expected:
                return wanted
        return _IN_LIST if t.COMMA in self.expected else _COMPLETE

    def missing_or_unexpected(self) -> Diagnostic:
        wanted = self.wanted()
        if self.at_end:
            return self.here("incomplete", f"{wanted.what or 'the rest'} is missing", wanted.help)
        if wanted.what and self.is_boundary() and not self.nearest_operator():
            message = f"{wanted.what} is missing before {self.quoted()}"
            return self.here("incomplete", message, wanted.help)
        near = self.nearest_operator() or self.nearest_keyword()
        better = _BETTER_HELP.get((wanted.help, self.kind), wanted.help)
        help = f"did you mean `{near}`?" if near else better
        return self.here("unexpected-text", self.unexpected(wanted), help)

    def unexpected(self, wanted: _Wanted) -> str:
        if wanted.what:
            return f"{self.quoted()} stands where {wanted.what} is expected"
        return f"{self.quoted()} cannot stand here"

    def is_boundary(self) -> bool:
        """Whether the token begins or separates something, so that what it follows is missing."""
        return self.kind in _SPELLING and self.kind not in _WORDS

    def nearest_operator(self) -> str | None:
        """`=>` is two tokens: the parser stops at the second."""
        begun = self.tokens.starts[self.mistake.token - 1] if self.mistake.token else 0
        return _MISSPELT_OPERATORS.get(self.text[begun : self.end])

    def nearest_keyword(self) -> str | None:
        if self.kind != t.NAME:
            return None
        words = [_SPELLING[kind] for kind in t.KEYWORDS.values() if kind in self.expected]
        return did_you_mean(self.text[self.start : self.end], words)
