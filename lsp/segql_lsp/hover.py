"""textDocument/hover: what the word under the cursor means, and which rule found it wrong."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from segql.catalog import DEFAULT_TABLE, FUNCTIONS, parse_date_math, type_of
from segql.diagnostics import CODES
from segql.diagnostics.choice import UnknownRuleError, named
from segql.diagnostics.codes import FAMILIES
from segql.linter.date_words import is_name_of_date
from segql.linter.suppressions import suppressions_in
from segql.syntax.expectation import Expectation, expectation_at
from segql.syntax.literals import name_of, operator_of, string_of
from segql.syntax.nodes import Identifier
from segql.syntax.tokens import tokens_of
from segql_grammar import parser_tables as t
from segql_grammar.scanner import CLAUSES
from segql_lsp import describing
from segql_lsp.abilities import ability
from segql_lsp.documents import Document
from segql_lsp.markdown import content

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

_RULE = re.compile(r"[^\s,]+")
_NAMES = CLAUSES | {t.NAME, t.BRACKET_NAME, t.SEGMENT_ID, t.NUMBER}
_STRINGS = frozenset((t.STRING, t.JSON_STRING))
_KEYWORDS = {kind: word.upper() for word, kind in t.KEYWORDS.items()} | {
    t.AND_LIST: "AND",
    t.OR_LIST: "OR",
    t.NOT_INFIX: "NOT",
    t.DOUBLE_AMPERSAND: "AND",
    t.DOUBLE_PIPE: "OR",
}
_SIGNS = frozenset(
    (t.EQUAL, t.DOUBLE_EQUAL, t.COMPARE, t.PLUS, t.MINUS, t.STAR, t.SLASH, t.PERCENT)
)
_NO_KIND = -1


class Said(NamedTuple):
    """What is said of a stretch of a text, in Markdown; offsets."""

    text: str
    start: int
    end: int


class _Token(NamedTuple):
    kind: int
    before: int  # the kind of the one before it
    lexeme: str
    start: int


def register(server: SegqlServer) -> None:
    """Explain on request."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(ls: SegqlServer, params: types.HoverParams) -> types.Hover | None:
        document = ls.document(params.text_document)
        said = explain(document, document.offset(params.position)) if document else None
        if document is None or said is None:
            return None
        formats = ability(ls, "text_document.hover.content_format")
        # Here, unlike anywhere else, a string alone is read as Markdown.
        contents = content(said.text, formats) if formats else said.text
        return types.Hover(contents, document.range(said.start, said.end))


def explain(document: Document, offset: int, now: datetime | None = None) -> Said | None:
    """What stands at an offset, and the rules that found it wrong; ``now``: what dates mean."""
    thing = _in_comment(document, offset) or _thing(document, offset, now or describing.now())
    found = [*_rules(document, offset)]
    if thing is None and not found:
        return None
    place = thing or found[0]
    texts = dict.fromkeys(said.text for said in ([thing] if thing else []) + found)
    return Said("\n\n---\n\n".join(texts), place.start, place.end)


# ---- What is wrong ----------------------------------------------------------------------


def _rules(document: Document, offset: int) -> Iterator[Said]:
    """The rules whose problems stand at an offset; the client shows the messages itself."""
    for problem in document.folder.diagnostics(document):
        start, end = problem.span.start, max(problem.span.end, problem.span.start + 1)
        if start <= offset < end:
            end = min(end, len(document.text))
            yield Said(describing.rule(CODES[problem.name]), min(start, end), end)


def _in_comment(document: Document, offset: int) -> Said | None:
    """The rule that a comment silences."""
    for suppression in suppressions_in(document.file)[0]:
        for word in _RULE.finditer(document.text, *suppression.listed):
            if word.start() <= offset <= word.end():
                text = _rule(word[0])
                return Said(text, word.start(), word.end()) if text else None
    return None


def _rule(word: str) -> str | None:
    if word.upper() in FAMILIES:
        return describing.family(word.upper())
    try:
        (name,) = named(word)
    except (UnknownRuleError, ValueError):  # none, or all of them
        return None
    return describing.rule(CODES[name])


# ---- What it is -------------------------------------------------------------------------


def _thing(document: Document, offset: int, now: datetime) -> Said | None:
    token = _token_at(document.text, offset)
    text = _meaning(document, token, now) if token else None
    if token is None or text is None:
        return None
    return Said(text, token.start, token.start + len(token.lexeme))


def _token_at(text: str, offset: int) -> _Token | None:
    """The token that an offset stands in; behind its last character it stands in it as well."""
    tokens = tokens_of(text)
    index = bisect_right(tokens.starts, offset) - 1
    if index < 0 or tokens.ends[index] < offset:
        return None
    before = tokens.kinds[index - 1] if index else _NO_KIND
    return _Token(tokens.kinds[index], before, tokens.lexemes[index], tokens.starts[index])


def _meaning(document: Document, token: _Token, now: datetime) -> str | None:
    """What a token is, by its kind and by what is expected where it stands."""
    if token.kind == t.FUNCTION:
        function = FUNCTIONS.get(name_of(token.lexeme).lower())
        return describing.function(function) if function else None
    if token.kind in _SIGNS:
        return describing.word(operator_of(token.lexeme))
    expected = expectation_at(document.text, token.start)
    if token.kind in _STRINGS:
        value = string_of(token.lexeme)
        return _named(document, value, expected) or _date(document, value, expected, now)
    if token.kind == t.INTEGER:
        return _date(document, token.lexeme, expected, now)
    is_name = token.kind not in CLAUSES or {"field", "segment"} & expected.wants
    if token.kind in _NAMES and is_name:
        return _name(document, token, expected)
    return describing.word(_KEYWORDS[token.kind]) if token.kind in _KEYWORDS else None


def _name(document: Document, token: _Token, expected: Expectation) -> str | None:
    name = name_of(token.lexeme)
    if token.before == t.ALIAS and not expected.wants:
        return describing.includers(document.folder, name.lower())
    if "table" in expected.wants:
        return describing.table(document.folder, name)
    found = _named(document, name, expected)
    if found or "option value" in expected.wants:
        return found
    field = document.folder.catalog.find(name, expected.table or DEFAULT_TABLE)
    return describing.field(field) if field else None


def _named(document: Document, name: str, expected: Expectation) -> str | None:
    """A segment, or a field of WITH: also in quotation marks."""
    if "segment" in expected.wants:
        known = document.folder.segments(name)
        return describing.segment(known[0]) if known else describing.external(name)
    return describing.option(name.lower()) if "option" in expected.wants else None


def _date(document: Document, value: str, expected: Expectation, now: datetime) -> str | None:
    """What a value means as a date: where it is date math, or compared with a date."""
    subject, is_date = expected.subject, parse_date_math(value) is not None
    if subject and not is_date:
        type = type_of(subject, document.folder.catalog, expected.table or DEFAULT_TABLE)
        is_named = isinstance(subject, Identifier) and is_name_of_date(subject.name)
        is_date = type.value == "date" if type else is_named
    return describing.moment(value, now) if is_date else None
