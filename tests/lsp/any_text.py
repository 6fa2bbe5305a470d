"""Any text that may stand in an editor: soups of words, and good texts that end too early."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from tests.texts import SPACES, WORDS, soup, valid

_GOOD = st.deferred(lambda: st.sampled_from(valid()))

TEXTS = st.one_of(
    st.integers().map(lambda seed: soup(random.Random(seed), 40)),
    st.lists(st.sampled_from((*WORDS, *SPACES, "\n", "\n"))).map("".join),
    _GOOD.flatmap(lambda text: st.integers(0, len(text)).map(lambda end: text[:end])),
)
