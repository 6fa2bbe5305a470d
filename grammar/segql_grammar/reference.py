"""The reference of the language, ``docs/language.md``: prose, with the syntax as EBNF.

``reference.md`` is the prose. Where it says ``{{syntax: Phrases}}`` the rules of that section of
the grammar are filled in, so that the page cannot say another syntax than the parser reads.

The grammar is written for a parser generator, and the page for people: lists by left recursion
become repetitions, two alternatives of which one only has more in it become one with an optional
part, and a rule that says less than its name is put where it is used. Each of these steps leaves
the language as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeAlias

from lark import Lark
from lark.grammar import Symbol

TEMPLATE = Path(__file__).with_suffix(".md")

WIDTH = 88  # a longer definition has one alternative a line
SHORT = 40  # a rule that is used once and not longer is put where it is used
# Alternatives by which the parser goes on after a mistake: they are no part of the language.
RECOVERY = "bad"

CHOICE, SEQUENCE, OPTIONAL, ANY_NUMBER, AT_LEAST_ONE = "| ?*+"

HEADER = """\
<!-- Generated from segmentql.lark and reference.md in grammar/segql_grammar: do not edit.
     Renew it with `make generate`. -->

"""


class Group(NamedTuple):
    """A part of a definition: what the mark says about its parts."""

    mark: str
    parts: tuple[Expression, ...]


# A string is one symbol, as the page shows it; a symbol that is defined is a reference.
Expression: TypeAlias = "str | Group"
Parts: TypeAlias = tuple[Expression, ...]
Definitions: TypeAlias = dict[str, Expression]

# What the scanner tells apart by the context is written in the same way.
SAME_SPELLING: Definitions = {
    "AND_LIST": "AND",
    "OR_LIST": "OR",
    "NOT_INFIX": "NOT",
    "FUNCTION": "Name",
    "SIGN": Group(CHOICE, ('"+"', '"-"')),
}

_PLACEHOLDER = re.compile(r"\{\{(\w+)(?:: ([^}]+))?\}\}")
_HEADING_OR_DEFINITION = re.compile(
    r"^(?:// -+ (?P<section>\w[^:\n]*?)(?::.*?)? -+|(?P<name>\w+)(?:\.-?\d+)?:[ \t]*(?P<text>.*))$",
    re.MULTILINE,
)
_STRINGS = re.compile(r'"[^"]+"(?: \| "[^"]+")*')


def reference_page(parser: Lark) -> str:
    """Return the text of the page for a grammar."""
    found = definitions(parser)
    fill: dict[str, Callable[[str], str]] = {
        "syntax": lambda section: _syntax(parser, found, section),
        "keywords": lambda _: _keywords(parser, found),
        "tokens": lambda _: _tokens(parser),
    }
    template = TEMPLATE.read_text(encoding="utf-8")
    return HEADER + _PLACEHOLDER.sub(lambda match: fill[match[1]](match[2]), template)


def definitions(parser: Lark) -> Definitions:
    """Return what the page defines, in the order of the grammar."""
    shown = _shown_symbols(parser)
    alternatives: dict[str, list[Parts]] = {}
    for rule in parser.rules:
        if rule.alias != RECOVERY:
            parts = tuple(shown(symbol) for symbol in rule.expansion)
            alternatives.setdefault(str(rule.origin.name), []).append(parts)
    found = {name: _without_left_recursion(name, rows) for name, rows in alternatives.items()}
    return _without_helpers(found, keep=parser.options.start)


# ---- Blocks of the page -----------------------------------------------------------------


def _syntax(parser: Lark, found: Definitions, section: str) -> str:
    rows = [_definition(name, found[name]) for name in _source(parser, section) if name in found]
    return _fenced("ebnf", rows)


def _tokens(parser: Lark) -> str:
    """The regular expressions, as the grammar has them."""
    patterns = {name: text for name, text in _source(parser).items() if text.startswith("/")}
    return _fenced("ebnf", [f"{_token(name)} ::= {text}" for name, text in patterns.items()])


def _keywords(parser: Lark, found: Definitions) -> str:
    """A table of each keyword and the definitions it stands in."""
    words = [t.pattern.value.upper() for t in parser.terminals if t.pattern.value.isalpha()]
    used = {word: [name for name, body in found.items() if _uses(body, word)] for word in words}
    rows = [f"| `{word}` | {', '.join(f'`{name}`' for name in used[word])} |" for word in words]
    return "\n".join(["| keyword | stands in |", "|---|---|", *rows])


def _fenced(language: str, rows: Iterable[str]) -> str:
    return "\n".join([f"```{language}", *rows, "```"])


def _source(parser: Lark, section: str = "") -> dict[str, str]:
    """The first line of each definition of the grammar's text, of one section or of all."""
    texts: dict[str, str] = {}
    current = ""
    for match in _HEADING_OR_DEFINITION.finditer(parser.source_grammar):
        current = match["section"] or current
        if match["name"] and section in ("", current):
            texts[match["name"]] = match["text"]
    return texts


# ---- Symbols ----------------------------------------------------------------------------


def _shown_symbols(parser: Lark) -> Callable[[Symbol], Expression]:
    """Say how the page shows a symbol: FILTER, "=", Integer, phrase."""
    fixed = {t.name: t.pattern.value for t in parser.terminals if t.pattern.type == "str"}
    shown: Definitions = {
        name: text.upper() if text.isalpha() else f'"{text}"' for name, text in fixed.items()
    }
    for name, text in _source(parser).items():
        if name not in fixed and _STRINGS.fullmatch(text):
            shown[name] = Group(CHOICE, tuple(text.split(" | ")))
    shown |= SAME_SPELLING

    def show(symbol: Symbol) -> Expression:
        name = str(symbol.name)
        return shown.get(name, _token(name)) if symbol.is_term else name

    return show


def _token(terminal: str) -> str:
    """A capital letter begins a token, as is usual in the EBNF of the W3C."""
    return "".join(word.capitalize() for word in terminal.split("_"))


# ---- From the grammar's rules to definitions --------------------------------------------


def _without_left_recursion(name: str, alternatives: list[Parts]) -> Expression:
    """``a: first | a next`` is ``first next*``."""
    nexts = [parts[1:] for parts in alternatives if parts[:1] == (name,)]
    first = _choice([parts for parts in alternatives if parts[:1] != (name,)])
    if not nexts:
        return first
    body = _choice(nexts)
    before, repeated = _parts(SEQUENCE, first), _parts(SEQUENCE, body)
    if before[-len(repeated) :] == repeated:  # `x next next*` is `x next+`
        return _sequence((*before[: -len(repeated)], Group(AT_LEAST_ONE, (body,))))
    return _sequence((first, Group(ANY_NUMBER, (body,))))


def _choice(alternatives: list[Parts]) -> Expression:
    """One expression for all alternatives; the empty one makes the others optional."""
    folded: list[Parts] = []
    for parts in reversed(dict.fromkeys(alternatives)):  # the grammar has the shorter ones first
        if parts:
            _fold(folded, parts)
    if not folded:
        return _sequence(())
    body = _flat(CHOICE, tuple(map(_sequence, reversed(folded))))
    return Group(OPTIONAL, (body,)) if () in alternatives else body


def _fold(alternatives: list[Parts], shorter: Parts) -> None:
    """``( ")" | ( x ")"`` is ``( x? ")"``."""
    for index, longer in enumerate(alternatives):
        more = len(longer) - len(shorter)
        for cut in range(len(shorter)) if more > 0 else ():
            if shorter == longer[:cut] + longer[cut + more :]:
                optional = Group(OPTIONAL, (_sequence(longer[cut : cut + more]),))
                alternatives[index] = (*shorter[:cut], optional, *shorter[cut:])
                return
    alternatives.append(shorter)


def _without_helpers(found: Definitions, keep: Collection[str]) -> Definitions:
    """Put each rule that is shorter than a name for it where it is used."""
    found = dict(found)
    while helper := next((name for name in found if _is_helper(name, found, keep)), None):
        body = found.pop(helper)
        found = {name: _replaced(other, helper, body) for name, other in found.items()}
    return found


def _is_helper(name: str, found: Definitions, keep: Collection[str]) -> bool:
    if name in keep or _uses(found[name], name):
        return False
    length = len(_text(found[name]))
    used = sum(_uses(body, name) for body in found.values())
    return length <= len(name) or (used == 1 and length <= SHORT)


def _uses(body: Expression, symbol: str) -> int:
    """How often a symbol stands in a definition."""
    if isinstance(body, str):
        return int(body == symbol)
    return sum(_uses(part, symbol) for part in body.parts)


def _replaced(body: Expression, symbol: str, by: Expression) -> Expression:
    if isinstance(body, str):
        return by if body == symbol else body
    return _flat(body.mark, tuple(_replaced(part, symbol, by) for part in body.parts))


def _sequence(parts: Parts) -> Expression:
    return _flat(SEQUENCE, parts)


def _flat(mark: str, parts: Parts) -> Expression:
    """A group without groups of the same kind inside; a choice or a sequence of one is that one."""
    if mark not in (CHOICE, SEQUENCE):
        return Group(mark, parts)
    flat = tuple(chain.from_iterable(_parts(mark, part) for part in parts))
    if mark == CHOICE:
        flat = tuple(dict.fromkeys(flat))
    return flat[0] if len(flat) == 1 else Group(mark, flat)


def _parts(mark: str, body: Expression) -> Parts:
    return body.parts if isinstance(body, Group) and body.mark == mark else (body,)


# ---- Text -------------------------------------------------------------------------------


def _definition(name: str, body: Expression) -> str:
    line = f"{name} ::= {_text(body)}"
    if len(line) <= WIDTH:
        return line
    next_line = f"\n{' ' * len(name)}   | "
    return f"{name} ::= {next_line.join(map(_text, _parts(CHOICE, body)))}"


def _text(body: Expression) -> str:
    if isinstance(body, str):
        return body
    if body.mark == CHOICE:
        return " | ".join(map(_text, body.parts))
    if body.mark == SEQUENCE:
        return " ".join(_bracketed(part, CHOICE) for part in body.parts)
    return _bracketed(body.parts[0], CHOICE, SEQUENCE) + body.mark


def _bracketed(body: Expression, *marks: str) -> str:
    text = _text(body)
    return f"( {text} )" if isinstance(body, Group) and body.mark in marks else text
