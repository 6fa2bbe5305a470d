"""The colours of the editors: a TextMate grammar made from the language's keywords.

TextMate reads a line from left to right and takes the first rule that matches where it stands.
A name is therefore matched whole (``a-b``, ``a/b`` and ``x.and`` are one name each), so that no
keyword is ever found inside one; a keyword only has to end where a name would.

The regular expressions are Oniguruma's and look at one line at a time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TypeAlias

Keywords: TypeAlias = dict[str, str]
Rule: TypeAlias = dict[str, object]

CLAUSE = "keyword.control.segql"
LOGICAL = "keyword.operator.logical.segql"
WORD_OPERATOR = "keyword.operator.word.segql"
CONSTANT = "constant.language.segql"
OTHER = "keyword.other.segql"

# A keyword whose terminal is not in this table is still coloured, as OTHER.
TERMINAL_SCOPES = {
    "FILTER": CLAUSE,
    "FROM": CLAUSE,
    "LIMIT": CLAUSE,
    "WITH": CLAUSE,
    "ALIAS": CLAUSE,
    "AND": LOGICAL,
    "OR": LOGICAL,
    "NOT": LOGICAL,
    "IN": WORD_OPERATOR,
    "LIKE": WORD_OPERATOR,
    "CONTAINS": WORD_OPERATOR,
    "INTERSECTS": WORD_OPERATOR,
    "BETWEEN": WORD_OPERATOR,
    "EXISTS": WORD_OPERATOR,
    "INCLUDE": WORD_OPERATOR,
    "IS": WORD_OPERATOR,
    "TRUE": CONSTANT,
    "FALSE": CONSTANT,
    "NULL": CONSTANT,
}

# These words are field names where no clause can begin: `limit > 5`, `INCLUDE with`.
CLAUSE_WORDS = frozenset(("FROM", "LIMIT", "WITH", "ALIAS"))
INFIX_WORDS = frozenset(("IN", "LIKE", "CONTAINS", "INTERSECTS", "BETWEEN", "IS"))

NAME_CHARACTER = r"[\p{L}\p{M}\p{N}_./-]"
BARE_NAME = rf"[\p{{L}}_@]{NAME_CHARACTER}*"
QUOTED_NAME = r"(?:`[^`]*`|'[^']*')"
BRACKET_NAME = r"\[[^\[\]\"]*\]"
# Atomic: a name is never tried again shorter, which could take exponential time.
NAME = (
    rf"(?>(?:{BARE_NAME}|{QUOTED_NAME})"
    rf"(?:(?<=\.)(?:{QUOTED_NAME}|{BRACKET_NAME})|\.{NAME_CHARACTER}*)*)"
)
# The id of a segment may begin with a digit.
SEGMENT_ID = r"[0-9][\p{L}\p{M}\p{N}_.-]*"
NUMBER_END = r"(?![\p{L}\p{M}\p{N}_.])"
EXPONENT = r"[eE][+-]?[0-9]+"
DATE_MATH = r"now[+-][0-9]+[yMwdhms]"

LINE_COMMENTS = {"--": "double-dash", "#": "number-sign", "//": "double-slash"}

# The first that matches wins.
NUMBERS = {
    "hex": rf"0[xX][0-9a-fA-F]+{NUMBER_END}",
    "integer": rf"[0-9]+{NUMBER_END}",
    "float": rf"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:{EXPONENT})?{NUMBER_END}",
}
OPERATORS = {
    LOGICAL: r"&&|\|\|",
    "keyword.operator.comparison.segql": "==|!=|<>|>=|<=|=|>|<",
    "keyword.operator.arithmetic.segql": "[-+*/%]",
}
PUNCTUATION = {
    "punctuation.separator.comma.segql": ",",
    "punctuation.terminator.statement.segql": ";",
    "punctuation.section.parens.begin.segql": r"\(",
    "punctuation.section.parens.end.segql": r"\)",
    "punctuation.section.brackets.begin.segql": r"\[",
    "punctuation.section.brackets.end.segql": r"\]",
}

# Where a name follows the keyword, and what that name is.
NAMED = {
    "INCLUDE": "entity.name.type.segment.segql",
    "ALIAS": "entity.name.type.segment.segql",
    "FROM": "entity.name.type.table.segql",
}
WITH_KEY = "support.type.property-name.segql"

STRING_BEGIN = "punctuation.definition.string.begin.segql"
STRING_END = "punctuation.definition.string.end.segql"


def textmate_grammar(keywords: dict[str, str]) -> dict[str, object]:
    """Return the TextMate grammar of the language, ready for ``json.dumps``.

    ``keywords`` maps each keyword in lower case to the name of its terminal.
    """
    return {
        "information_for_contributors": ["Generated from segmentql.lark: do not edit."],
        "name": "SegmentQL",
        "scopeName": "source.segql",
        "fileTypes": ["segql"],
        "patterns": _include(
            "comments",
            "strings",
            "match-all",
            "named",
            "with",
            "keywords",
            "functions",
            "names",
            "numbers",
            "operators",
            "punctuation",
        ),
        "repository": {
            "comments": _any(_comments()),
            "strings": _any((_date_math(), _string(r"\\\"|\"\""))),
            "match-all": _match_all(keywords),
            "named": _any(_named(keywords, terminal, scope) for terminal, scope in NAMED.items()),
            "with": _with(keywords),
            "json": _json(),
            "keywords": _any(_keywords(keywords)),
            "constants": _match(CONSTANT, _scoped(keywords, CONSTANT)),
            "functions": _match("entity.name.function.segql", rf"{BARE_NAME}(?=\()"),
            "names": _any(_names(keywords)),
            "numbers": _any(_numbers()),
            "operators": _any(_match(scope, text) for scope, text in OPERATORS.items()),
            "punctuation": _any(_match(scope, text) for scope, text in PUNCTUATION.items()),
        },
    }


# ---- Keywords ---------------------------------------------------------------------------


def _keywords(keywords: Keywords) -> Iterable[Rule]:
    scopes = dict.fromkeys(_scope_of(terminal) for terminal in sorted(keywords.values()))
    for scope in scopes:
        follows = _not_a_field(keywords) if scope == CLAUSE else ""
        yield _match(scope, _scoped(keywords, scope) + follows)


def _scope_of(terminal: str) -> str:
    return TERMINAL_SCOPES.get(terminal, OTHER)


def _scoped(keywords: Keywords, scope: str) -> str:
    return _word(keywords, [t for t in keywords.values() if _scope_of(t) == scope])


def _word(keywords: Keywords, terminals: Collection[str]) -> str:
    """Match a keyword of one of these terminals, as a whole word and in any case."""
    found = sorted(re.escape(word) for word, name in keywords.items() if name in terminals)
    return rf"(?i:{'|'.join(found)})(?!{NAME_CHARACTER})" if found else "(?!)"


def _clause(keywords: Keywords, terminal: str) -> str:
    found = _word(keywords, [terminal])
    return found + _not_a_field(keywords) if terminal in CLAUSE_WORDS else found


def _not_a_field(keywords: Keywords) -> str:
    """A clause's word with an operator behind it is the name of a field."""
    negation = rf"(?:{_word(keywords, ['NOT'])}\s+)?"
    return rf"(?!\s*(?:[=!<>,)]|{negation}{_word(keywords, INFIX_WORDS)}))"


# ---- Clauses ----------------------------------------------------------------------------


def _match_all(keywords: Keywords) -> Rule:
    """``FILTER *``: the star is the whole filter, not a product."""
    return {
        "match": rf"({_word(keywords, ['FILTER'])})\s*(\*)",
        "captures": _captures(CLAUSE, "constant.language.match-all.segql"),
    }


def _named(keywords: Keywords, terminal: str, scope: str) -> Rule:
    """A keyword and the name behind it, comments and line ends between them included.

    The name is matched by the end of the rule; whatever else stands there ends it too.
    """
    never_a_name = set(keywords.values())
    if terminal not in CLAUSE_WORDS:
        never_a_name -= CLAUSE_WORDS
    name = rf"(?!{_word(keywords, never_a_name)})(?:{NAME}|{SEGMENT_ID})"
    return {
        "begin": _clause(keywords, terminal),
        "beginCaptures": _whole(_scope_of(terminal)),
        "end": rf"({name})|(?=\S)",
        "endCaptures": _captures(scope),
        "applyEndPatternLast": 1,
        "patterns": _include("comments"),
    }


def _with(keywords: Keywords) -> Rule:
    """``WITH key = value, ...`` or ``WITH {json}``, up to the next clause or statement."""
    clauses = "|".join(_clause(keywords, name) for name in ("FILTER", "FROM", "LIMIT", "ALIAS"))
    key = {
        "match": rf"({NAME})\s*(==?)",
        "captures": _captures(WITH_KEY, "keyword.operator.assignment.segql"),
    }
    value = _match("string.unquoted.segql", rf"{NAME}|{SEGMENT_ID}")
    values = _include("comments", "json", "strings")
    more = _include("constants", "numbers")
    return {
        "begin": _clause(keywords, "WITH"),
        "beginCaptures": _whole(CLAUSE),
        "end": rf"(?=;|{clauses})",
        "patterns": [*values, key, *more, value, *_include("operators", "punctuation")],
    }


def _json() -> Rule:
    escape = r"\\(?:[\"\\/bfnrt]|u[0-9a-fA-F]{4})"
    key = {
        "match": rf'("(?:[^"\\]|{escape})*")\s*(:)',
        "captures": _captures(WITH_KEY, "punctuation.separator.key-value.segql"),
    }
    literals = _include("constants", "numbers", "operators", "punctuation")
    return {
        "begin": r"\{",
        "end": r"\}",
        "beginCaptures": _whole("punctuation.section.braces.begin.segql"),
        "endCaptures": _whole("punctuation.section.braces.end.segql"),
        "patterns": [*_include("json", "comments"), key, _string(escape, ends='"'), *literals],
    }


# ---- Tokens -----------------------------------------------------------------------------


def _comments() -> Iterable[Rule]:
    for mark, name in LINE_COMMENTS.items():
        yield {
            "name": f"comment.line.{name}.segql",
            "match": f"({mark}).*$",
            "captures": _captures("punctuation.definition.comment.segql"),
        }
    yield {
        "name": "comment.block.segql",
        "begin": r"/\*",
        "end": r"\*/",
        "captures": _whole("punctuation.definition.comment.segql"),
    }


def _date_math() -> Rule:
    """A string that is a moment from the point of view of now, such as ``"now-30d"``."""
    return {
        "name": "string.quoted.double.segql",
        "match": rf'(")({DATE_MATH})("(?!"))',
        "captures": _captures(STRING_BEGIN, "constant.numeric.date-math.segql", STRING_END),
    }


def _string(escape: str, ends: str = '"(?!")') -> Rule:
    return {
        "name": "string.quoted.double.segql",
        "begin": '"',
        "end": ends,
        "beginCaptures": _whole(STRING_BEGIN),
        "endCaptures": _whole(STRING_END),
        "patterns": [_match("constant.character.escape.segql", escape)],
    }


def _names(keywords: Keywords) -> Iterable[Rule]:
    """Bare names, quoted ones, and a ``[bracket]`` where it can only be a name."""
    constants = _scoped(keywords, CONSTANT)
    bracket = rf"(?<=\.){BRACKET_NAME}|\[(?!{constants})[\p{{L}}_@][^\[\]\",]*\]"
    yield _match("variable.other.quoted.segql", rf"{QUOTED_NAME}|{bracket}")
    yield _match("variable.other.segql", rf"{BARE_NAME}|(?<=[`'\]])\.{NAME_CHARACTER}*")


def _numbers() -> Iterable[Rule]:
    for name, text in NUMBERS.items():
        yield _match(f"constant.numeric.{name}.segql", text)
    yield _match("variable.other.segql", SEGMENT_ID)


# ---- TextMate's own words ---------------------------------------------------------------


def _match(scope: str, text: str) -> Rule:
    return {"name": scope, "match": text}


def _any(rules: Iterable[Rule]) -> Rule:
    return {"patterns": list(rules)}


def _include(*names: str) -> list[Rule]:
    return [{"include": f"#{name}"} for name in names]


def _captures(*scopes: str) -> Rule:
    return {str(number): {"name": scope} for number, scope in enumerate(scopes, start=1)}


def _whole(scope: str) -> Rule:
    return {"0": {"name": scope}}
