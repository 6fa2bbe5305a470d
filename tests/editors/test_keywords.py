"""The keywords that editors colour are those of the grammar, each once."""

from __future__ import annotations

import re
from pathlib import Path

from segql_grammar.parser_tables import KEYWORDS
from tests.editors.conftest import DOCS


def in_the_syntax_of_neovim(path: Path) -> list[str]:
    words = re.findall(
        r'segql(?:Keyword|Operator|Constant) "\\v\\c<\((.*)\)>"', path.read_text("utf-8")
    )
    return [word for group in words for word in group.split("|")]


def in_the_mode_of_emacs(path: Path) -> list[str]:
    lists = re.findall(
        r"\(defconst segql-(?:keywords|operators|constants)\s+'\(([^)]*)\)", path.read_text("utf-8")
    )
    return [word for group in lists for word in re.findall(r'"(\w+)"', group)]


def test_neovim() -> None:
    assert sorted(in_the_syntax_of_neovim(DOCS / "neovim/syntax/segql.vim")) == sorted(KEYWORDS)


def test_emacs() -> None:
    assert sorted(in_the_mode_of_emacs(DOCS / "emacs/segql-mode.el")) == sorted(KEYWORDS)
