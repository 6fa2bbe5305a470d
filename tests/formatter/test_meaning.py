"""However a filter is written and however it is formatted, the same profiles match."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from segql.catalog import Catalog
from segql.formatter import format_text, statement_text
from segql.syntax import nodes as n
from segql.syntax.parser import parse
from tests import filters
from tests.linter.spelled import texts
from tests.meaning import differences

WIDTHS = st.sampled_from([20, 88])


def read(text: str) -> n.Phrase:
    parsed = parse(text)
    assert not parsed.has_errors
    return parsed.statements[0].filter


@given(texts(), WIDTHS, filters.crowds, filters.catalogs)
def test_a_text_that_is_formatted(
    row: tuple[str, n.Phrase], width: int, crowd: list[dict[str, Any]], catalog: Catalog | None
) -> None:
    text, tree = row
    assert differences(tree, read(text), crowd, catalog) == []
    assert differences(tree, read(format_text(text, width)), crowd, catalog) == []


@given(filters.phrases, WIDTHS, filters.crowds, filters.catalogs)
def test_a_tree_that_is_written(
    phrase: n.Phrase, width: int, crowd: list[dict[str, Any]], catalog: Catalog | None
) -> None:
    written = statement_text(n.Statement(phrase), width)
    assert differences(phrase, read(written), crowd, catalog) == []
