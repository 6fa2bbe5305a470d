"""Filters of every kind, and profiles that have the fields that they are about."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from segql.syntax import nodes as n
from segql.syntax.walk import walk
from tests.compiler.sql import strategies as functions
from tests.linter import spelled


def can_be_written(phrase: n.Phrase) -> bool:
    """Whether a text can say it: no string ends in a backslash."""
    return not any(isinstance(node, n.String) and node.value[-1:] == "\\" for node in walk(phrase))


# The second are about functions and arithmetic as well; they share the names of most fields.
phrases: st.SearchStrategy[n.Phrase] = st.one_of(
    spelled.phrases, functions.phrases.filter(can_be_written)
)
profiles: st.SearchStrategy[dict[str, Any]] = st.one_of(spelled.profiles(True), functions.profiles)
crowds = st.lists(profiles, min_size=4, max_size=4)
catalogs = st.sampled_from([None, spelled.KNOWN])
