"""The grammar is unambiguous, and what is generated from it is up to date."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lark.exceptions import GrammarError, LexError, UnexpectedInput

from segql.syntax.parser import parse
from segql_grammar import generate, grammar_text, load
from segql_grammar.lark_parser import make_parser, make_strict_parser
from tests.vectors import load as vectors


def test_strict_mode_finds_no_conflict() -> None:
    assert make_parser(grammar_text()).options.strict


def test_strict_mode_finds_no_colliding_terminals() -> None:
    assert make_strict_parser(grammar_text()).options.strict


def test_strict_mode_would_find_a_conflict() -> None:
    ambiguous = grammar_text().replace("phrases phrase  ", "phrases phrase phrases  ")
    with pytest.raises(GrammarError, match="conflict"):
        make_parser(ambiguous)


def test_strict_mode_would_find_colliding_terminals() -> None:
    colliding = grammar_text().replace("SEGMENT_ID.1", "SEGMENT_ID.3")
    with pytest.raises(LexError, match="Collision"):
        make_strict_parser(colliding)


def test_generated_files_are_up_to_date() -> None:
    assert generate.main(["--check"]) == 0


def test_a_stale_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stale = tmp_path / "parser_tables.py"
    stale.write_text(generate.TABLES.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    monkeypatch.setattr(generate, "TABLES", stale)
    assert generate.main(["--check"]) == 1
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0


@pytest.mark.parametrize("seed", ["1", "2"])
def test_generation_does_not_depend_on_the_run(seed: str) -> None:
    command = [sys.executable, "-m", "segql_grammar.generate", "--check"]
    done = subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True)
    assert done.returncode == 0, done.stdout


class TestLarkParser:
    """`load()` reads what `parse` reads."""

    lark = load()

    @pytest.mark.parametrize("case", vectors("seed_examples"), ids=lambda case: case["ql"][:30])
    def test_it_reads_the_vendors_examples(self, case: dict[str, str]) -> None:
        assert self.lark.parse(case["ql"]).data == "file"

    def test_it_refuses_what_parse_refuses(self) -> None:
        semantic = {"duplicate-clause", "value-alone", "bad-segment-name"}
        refused = 0
        for case in vectors("reject"):
            if parse(case["ql"]).diagnostics[0].name in semantic:
                continue
            with pytest.raises(UnexpectedInput):
                self.lark.parse(case["ql"])
            refused += 1
        assert refused >= 38
