"""LIKE: what each wildcard means, and that no pattern is slow."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.evaluator.like import like

ALIKE = """
    abc abc | a* a | a* abc | *c abc | *b* abc | a*c ac | a*c abbc | a?c abc | ?? ab | % abc
    [a-c] b | [^x] b | [abc]d bd | [^a-c]d xd | [a-] - | a** a/b/c | **c a/b/c | %%/c a/b/c
    a/*/c a/b/c | **/** a/b | *a*b* xaxbx | a*/b*c ax/bxc | [ [ | a[ a[ | []x []x | *** a/b | ?* ab
    [^x] / | a_c a_c | a.c a.c | a\\n a\\n | é* école | *** x/y
"""
UNLIKE = """
    abc ab | abc abcd | a* ba | *c cb | *b* ac | a?c ac | ? / | * a/b | a*c a/c | a?c a/c | *a* a/
    [a-c] d | [^x] x | [c-a] b | a_c abc | A* abc | a.c abc | **b a/bc | a*/b a/c/b | ?? a | ab* a
    aba*aba abaaba? | ab*ba aba | **a*b a/
"""


def pairs(text: str) -> list[list[str]]:
    return [pair.split() for line in text.strip().splitlines() for pair in line.split("|")]


@pytest.mark.parametrize(("pattern", "text"), pairs(ALIKE))
def test_it_is_like_it(pattern: str, text: str) -> None:
    assert like(pattern)(text)


@pytest.mark.parametrize(("pattern", "text"), pairs(UNLIKE))
def test_it_is_unlike_it(pattern: str, text: str) -> None:
    assert not like(pattern)(text)


def test_nothing_is_like_an_empty_pattern_but_an_empty_text() -> None:
    assert like("")("")
    assert not like("")("a")
    assert like("*")("")
    assert not like("?")("")


def regex(pattern: str) -> re.Pattern[str]:
    """The same pattern as a regular expression, for short texts."""
    known = {"**": ".*", "%%": ".*", "*": "[^/]*", "%": "[^/]*", "?": "[^/]"}
    parts = re.findall(r"\*\*|%%|[*%?]|\[\^?[a-z](?:-[a-z])?\]|.", pattern)
    texts = (known.get(p) or (p if len(p) > 1 else re.escape(p)) for p in parts)
    return re.compile("".join(texts), re.DOTALL)


tokens = st.sampled_from(["a", "b", "/", "*", "**", "%", "%%", "?", "[a-b]", "[^a]", "."])


@given(st.lists(tokens, max_size=7).map("".join), st.text("ab/.", max_size=8))
def test_it_is_what_a_regular_expression_says(pattern: str, text: str) -> None:
    assert like(pattern)(text) == bool(regex(pattern).fullmatch(text))


class Counted(str):
    """A text that counts how often its characters are asked for."""

    steps = 0

    def __iter__(self) -> Iterator[str]:
        for char in super().__iter__():
            self.steps += 1
            yield char


@pytest.mark.parametrize("length", [1_000, 10_000])
@pytest.mark.parametrize("pattern", ["a*" * 5_000 + "b", "**a" * 3_000 + "b", "[a-b]*" * 1_000])
def test_each_character_is_looked_at_twice_at_most(pattern: str, length: int) -> None:
    text = Counted("a" * length)
    like(pattern)(text)
    assert text.steps <= 2 * length


@pytest.mark.parametrize("pattern", ["[" * 100_000, "[]" * 50_000, "[a-b" * 20_000, "*?" * 20_000])
def test_a_pattern_is_read_in_one_go(pattern: str) -> None:
    assert not like(pattern)("a")


def test_a_long_text() -> None:
    text = "a" * 1_000_000
    assert like("a*")(text)
    assert like("*a*a")(text)
    assert not like("*a?b*")(text)
