"""Coverage-guided token soups: ``python -m tests.fuzz.atheris_tokens [libFuzzer options]``.

Each byte picks a word of the language, and so the fuzzer gets deep into the parser and its
recovery, where plain bytes end at the first bad character.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["segql", "segql_grammar"]):
    from tests.fuzz.soup import prove
    from tests.texts import SPACES, WORDS


def try_words(data: bytes) -> None:
    """One soup: bytes for words and for what stands between them take turns."""
    pieces = (WORDS, SPACES)
    prove("".join(pieces[i % 2][byte % len(pieces[i % 2])] for i, byte in enumerate(data)))


if __name__ == "__main__":
    atheris.Setup(sys.argv, try_words)
    atheris.Fuzz()
