"""Compile ``segmentql.lark`` ahead of time: ``python -m segql_grammar.generate [--check]``.

Writes the parser tables, and where their folders are there the colours of the editors and the
page that describes the language.
With ``--check`` nothing is written: the exit code is 1 when a file is not what the grammar says.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lark import Lark
from lark.grammar import Rule
from lark.lexer import TerminalDef
from lark.parsers.lalr_analysis import Shift

from segql_grammar import grammar_text
from segql_grammar.lark_parser import START, make_parser
from segql_grammar.reference import reference_page
from segql_grammar.textmate import textmate_grammar

HERE = Path(__file__).parent
TABLES = HERE / "parser_tables.py"
TEXTMATE = HERE.parents[1] / "vscode-extension" / "syntaxes" / "segql.tmLanguage.json"
REFERENCE = HERE.parents[1] / "docs" / "language.md"

END = "$END"

# Nested tuples of numbers are read from a compiled module at once; dictionaries would be built
# item by item at every start.
DICTIONARIES = """\
ACTIONS: tuple[dict[int, int], ...] = tuple(
    dict(zip(row[::2], row[1::2], strict=True)) for row in _ACTION_ROWS
)
GOTOS: tuple[dict[int, int], ...] = tuple(
    dict(zip(row[::2], row[1::2], strict=True)) for row in _GOTO_ROWS
)
"""

HEADER = '''\
"""The compiled grammar. Generated from segmentql.lark: do not edit.

Renew it with ``make generate``. A terminal's number is its place in TERMINALS.
ACTIONS[state][terminal] is the state to shift to, or ~rule to reduce by.
RULES[rule] is (length, left side, builder method); GOTOS[state][left side] is the next state.
"""
'''


def main(arguments: list[str]) -> int:
    """Write every generated file, or compare it; return the exit code."""
    check = arguments == ["--check"]
    stale = [(path, text) for path, text in outputs() if not _same(path, text)]
    for path, text in stale:
        if not check:
            path.write_text(text, encoding="utf-8")
        print(f"{path}: {'is stale, run make generate' if check else 'written'}")
    return 1 if check and stale else 0


def outputs() -> Iterator[tuple[Path, str]]:
    """Yield each generated file with the text it must have."""
    parser = make_parser(grammar_text())
    yield TABLES, render_tables(parser)
    if TEXTMATE.parent.parent.is_dir():
        colours = textmate_grammar(keywords(parser))
        yield TEXTMATE, json.dumps(colours, indent=2, ensure_ascii=False) + "\n"
    if REFERENCE.parent.is_dir():
        yield REFERENCE, reference_page(parser)


def keywords(parser: Lark) -> dict[str, str]:
    """Map each keyword in lower case to its terminal's name."""
    return {t.pattern.value: t.name for t in _fixed_terminals(parser) if t.pattern.value.isalpha()}


def render_tables(parser: Lark) -> str:
    """Return the text of ``parser_tables.py``."""
    table = parser.parser.parser._parse_table  # type: ignore[attr-defined]
    rules: list[Rule] = list(parser.rules)
    terminals = _terminal_names(rules)
    lefts = sorted({str(rule.origin.name) for rule in rules})
    number = {name: index for index, name in enumerate(terminals)}
    left_number = {name: index for index, name in enumerate(lefts)}
    rule_number = {rule: index for index, rule in enumerate(rules)}
    order = _state_order(table.states, table.start_states[START])
    actions, gotos = [], []
    for state in order:
        row = table.states[state]
        encoded = {name: _action(a, rule_number, order) for name, a in row.items()}
        actions.append(_row(encoded, number))
        gotos.append(_row(encoded, left_number))
    fixed = {t.pattern.value: number[t.name] for t in _fixed_terminals(parser)}
    parts = [
        HEADER,
        _assign("TERMINALS", "tuple[str, ...]", terminals),
        _assign("NONTERMINALS", "tuple[str, ...]", lefts),
        _assign("KEYWORDS", "dict[str, int]", {k: v for k, v in fixed.items() if k.isalpha()}),
        _assign("SYMBOLS", "dict[str, int]", {k: v for k, v in fixed.items() if not k.isalpha()}),
        _assign("PATTERNS", "dict[str, str]", _patterns(parser)),
        _assign(
            "RULES", "tuple[tuple[int, int, str], ...]", [_rule(r, left_number) for r in rules]
        ),
        _assign("_ACTION_ROWS", "tuple[tuple[int, ...], ...]", actions),
        _assign("_GOTO_ROWS", "tuple[tuple[int, ...], ...]", gotos),
        DICTIONARIES,
        f"START_STATE = {order[table.start_states[START]]}\n",
        f"END_STATE = {order[table.end_states[START]]}\n",
        "".join(f"{name} = {index}\n" for name, index in number.items() if name != END),
        f"END_OF_TEXT = {number[END]}\n",
    ]
    return "\n".join(parts)


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _terminal_names(rules: list[Rule]) -> list[str]:
    return [*sorted({str(s.name) for rule in rules for s in rule.expansion if s.is_term}), END]


def _fixed_terminals(parser: Lark) -> list[TerminalDef]:
    return [t for t in parser.terminals if t.pattern.type == "str"]


def _patterns(parser: Lark) -> dict[str, str]:
    """Regular expressions of the other terminals: the one to try first stands first."""
    found = [t for t in parser.terminals if t.pattern.type == "re"]
    return {t.name: t.pattern.value for t in sorted(found, key=lambda t: -t.priority)}


def _state_order(states: dict[int, dict[str, Any]], start: int) -> dict[int, int]:
    """Number the states as they are reached: Lark's own numbers differ from run to run."""
    order = {start: 0}
    for state in (reached := [start]):
        for _, (kind, target) in sorted(states[state].items()):
            if kind is Shift and target not in order:
                order[target] = len(order)
                reached.append(target)
    return order


def _row(actions: dict[str, int], number: dict[str, int]) -> tuple[int, ...]:
    """The symbols that have a number, each with its action behind it."""
    known = sorted((number[name], action) for name, action in actions.items() if name in number)
    return tuple(part for pair in known for part in pair)


def _action(action: tuple[Any, Any], rules: dict[Rule, int], order: dict[int, int]) -> int:
    kind, argument = action
    return order[argument] if kind is Shift else ~rules[argument]


def _rule(rule: Rule, left_number: dict[str, int]) -> tuple[int, int, str]:
    """A rule of one symbol without a name of its own only passes its value on."""
    unnamed = "" if len(rule.expansion) == 1 else "nothing"
    return len(rule.expansion), left_number[rule.origin.name], rule.alias or unnamed


def _assign(name: str, kind: str, value: Any) -> str:
    """One row a line, so that a change of the grammar is a readable change of the file."""
    if isinstance(value, dict):
        rows = [f"    {key!r}: {item!r},\n" for key, item in value.items()]
        return f"{name}: {kind} = {{\n{''.join(rows)}}}\n"
    return f"{name}: {kind} = (\n{''.join(f'    {row!r},{chr(10)}' for row in value)})\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
