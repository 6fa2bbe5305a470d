"""The page about the language is what the grammar says, and its examples are what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf
from pathlib import Path
from random import Random
from typing import Any

import pytest
from lark import Lark, Token
from lark.lexer import Lexer

import segql
from segql.diagnostics import CODES
from segql_grammar import load, parser_tables
from segql_grammar.reference import RECOVERY, definitions, reference_page
from segql_grammar.scanner import MAX_DEPTH

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
PARSER = load()


def fenced(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def rows(first_cell: str) -> list[list[str]]:
    """The cells of each row of the table with this heading above its first column."""
    table = re.search(rf"^\| {first_cell} \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert table
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table[1].splitlines()]


def code_in(cell: str) -> str:
    """What a cell shows as code; several pieces are lines."""
    return "\n".join(code for _, code in re.findall(r"(`+)(.+?)\1(?!`)", cell))


SYNTAX = "".join(block for block in fenced("ebnf") if "::= /" not in block)
DEFINED = re.findall(r"^(\w+) ::=", SYNTAX, re.MULTILINE)


class TestSyntax:
    def test_the_page_is_up_to_date(self) -> None:
        assert reference_page(PARSER) == PAGE, "run make generate"

    def test_it_defines_every_rule_that_is_not_inlined(self) -> None:
        assert list(definitions(PARSER)) == DEFINED

    def test_it_defines_whatever_it_refers_to(self) -> None:
        plain = re.sub(r'"[^"]+"', "", SYNTAX)
        assert set(re.findall(r"\b[a-z]\w*", plain)) == set(DEFINED)
        tokens = set(re.findall(r"^(\w+) ::= /", PAGE, re.MULTILINE))
        keywords = {word.upper() for word in parser_tables.KEYWORDS}
        assert set(re.findall(r"\b[A-Z]\w*", plain)) <= tokens | keywords

    def test_it_names_every_comparison(self) -> None:
        shown = set(re.findall(r'"([^"]+)"', SYNTAX)) - set(parser_tables.SYMBOLS)
        assert shown == set(parser_tables.PATTERNS["COMPARE"].strip("(?:)").split("|"))

    def test_what_the_parser_puts_for_a_mistake_is_no_part_of_the_language(self) -> None:
        assert "BAD" not in PAGE
        assert not re.search(r"\bBad", PAGE)

    def test_it_names_every_keyword(self) -> None:
        assert [code_in(row[0]).lower() for row in rows("keyword")] == list(parser_tables.KEYWORDS)

    def test_it_names_the_depth_limit(self) -> None:
        assert f"at most {MAX_DEPTH} deep" in PAGE


# What the scanner tells apart, and the page does not.
SAME = {
    "AND_LIST": "AND",
    "OR_LIST": "OR",
    "NOT_INFIX": "NOT",
    "FUNCTION": "NAME",
    "PLUS": "SIGN",
    "MINUS": "SIGN",
}


class WordLexer(Lexer):
    """A text is the names of terminals, with spaces between."""

    def __init__(self, lexer_conf: Any) -> None:
        pass

    def lex(self, data: Any) -> Iterator[Token]:  # type: ignore[override]
        return (Token(word, word) for word in str(data).split())


def recogniser(rules: str) -> Lark:
    """A parser for any context-free grammar, over the names of its terminals."""
    rules = re.sub(r"\b[A-Z_]+\b", lambda match: SAME.get(match[0], match[0]), rules)
    declared = f"%declare {' '.join(sorted(set(re.findall(r'[A-Z][A-Z_]+', rules))))}"
    return Lark(f"{rules}\n{declared}\n", parser="earley", lexer=WordLexer, start=DEFINED)


def of_the_page() -> Lark:
    symbols = {f'"{text}"': kind for text, kind in parser_tables.SYMBOLS.items()}
    tokens = {name.title().replace("_", ""): name for name in parser_tables.PATTERNS}

    def terminal(match: re.Match[str]) -> str:
        if match[0] in symbols:
            return parser_tables.TERMINALS[symbols[match[0]]]
        return "COMPARE" if match[0].startswith('"') else tokens.get(match[0], match[0])

    return recogniser(re.sub(r'"[^"]+"|\b[A-Z]\w*', terminal, SYNTAX.replace("::=", ":")))


def of_the_parser() -> Lark:
    rules = [rule for rule in PARSER.rules if rule.alias != RECOVERY]
    alternatives: dict[str, list[str]] = {str(rule.origin.name): [] for rule in rules}
    for rule in rules:
        alternatives[str(rule.origin.name)].append(" ".join(str(s.name) for s in rule.expansion))
    return recogniser("\n".join(f"{n}: {' | '.join(texts)}" for n, texts in alternatives.items()))


class Speaker:
    """Says random sentences of a grammar."""

    def __init__(self, grammar: Lark) -> None:
        self.random = Random(1)
        self.rules: dict[str, list[list[str]]] = {}
        for rule in grammar.rules:
            names = [str(symbol.name) for symbol in rule.expansion]
            self.rules.setdefault(str(rule.origin.name), []).append(names)
        self.depths: dict[str, float] = dict.fromkeys(self.rules, inf)
        for _ in self.rules:
            self.depths = {n: 1 + min(map(self.depth, rows)) for n, rows in self.rules.items()}

    def depth(self, names: list[str]) -> float:
        return max((self.depths.get(name, 0) for name in names), default=0)

    def say(self, name: str, depth: int = 8) -> list[str]:
        rows = self.rules.get(name)
        if rows is None:
            return [name]
        chosen = self.random.choice(rows) if depth > 0 else min(rows, key=self.depth)
        return [word for part in chosen for word in self.say(part, depth - 1)]


class TestLanguage:
    """The boxes are a grammar, and its language is the parser's."""

    page, parser = of_the_page(), of_the_parser()

    @pytest.mark.parametrize("rule", DEFINED)
    @pytest.mark.parametrize(
        ("speaker", "listener"), [(page, parser), (parser, page)], ids=["page", "parser"]
    )
    def test_one_reads_what_the_other_says(self, speaker: Lark, listener: Lark, rule: str) -> None:
        speech = Speaker(speaker)
        for sentence in sorted({" ".join(speech.say(rule)) for _ in range(60)}):
            if len(sentence) < 200:  # a longer one is slow, and shows no more
                assert listener.parse(sentence, start=rule)


class TestExamples:
    @pytest.mark.parametrize("text", fenced("segql"))
    def test_an_example_is_without_mistakes(self, text: str) -> None:
        parsed = segql.parse(text)
        assert parsed.statements
        assert parsed.diagnostics == ()

    @pytest.mark.parametrize("text", fenced("segql-mistake"))
    def test_a_mistake_is_one(self, text: str) -> None:
        assert segql.parse(text).has_errors

    @pytest.mark.parametrize("row", rows("you write"), ids=lambda row: row[0])
    def test_what_the_server_does_not_stop_is_an_error(self, row: list[str]) -> None:
        written, _, code = map(code_in, row)
        assert code in {problem.code for problem in segql.parse(written).diagnostics}


class TestTraps:
    def test_every_code_is_explained(self) -> None:
        named = {(code.code, code.name) for code in CODES.values() if code.code.startswith("PORT")}
        explained = {tuple(code.replace("`", "").split()) for code, *_ in rows("code")}
        assert named <= explained

    @pytest.mark.parametrize("row", rows("code"), ids=lambda row: row[1])
    def test_it_is_found(self, row: list[str]) -> None:
        code, text = code_in(row[0]), code_in(row[1])
        assert code in {problem.code for problem in segql.check(text)}

    @pytest.mark.parametrize("row", rows("code"), ids=lambda row: row[1])
    def test_what_is_sent_is_what_the_page_says(self, row: list[str]) -> None:
        _, written, _, sent = map(code_in, row)
        alias = "" if "ALIAS" in written else " ALIAS x"
        parsed = segql.parse(written + alias)
        assert parsed.diagnostics == ()
        if sent:
            assert segql.compile(parsed.statements[0])["segment_ql"] == sent + alias
        else:
            with pytest.raises(segql.CompileError):
                segql.compile(parsed.statements[0])
