"""Token soups and every truncation of every fixture: no exception, no slow text, always a tree.

``python -m tests.fuzz.soup [--count N] [--seed N]`` stops at the first text that breaks a promise,
and prints the slowest. A text under 10 KB may take 50 ms of CPU time; what takes longer is read
again, for a shared machine has its moments.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterable, Iterator

from segql.formatter import format_text
from segql.syntax.parser import parse
from tests.texts import LONGEST, check, soup, truncated, valid

LIMIT = 0.050  # seconds of CPU time
ATTEMPTS = 5
LONG = 200  # one soup in so many has thousands of words


def main() -> int:
    """Read all; return 1 at the first text that takes too long."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=200_000)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    cut = (part for text in valid() for part in truncated(text))
    hunts = {"soups": soups(options.count, options.seed), "truncations": cut}
    return max([hunt(name, texts) for name, texts in hunts.items()])


def soups(count: int, seed: int) -> Iterator[str]:
    """So many soups, most of them short."""
    chance = random.Random(seed)
    for number in range(count):
        yield soup(chance, 3_000 if number % LONG == 0 else 60)


def hunt(name: str, texts: Iterable[str]) -> int:
    """Check every text; tell how many there were and the slowest."""
    count, slowest = 0, (0.0, "")
    for text in texts:
        count += 1
        try:
            prove(text)
        except Exception:
            print(f"{name}: {text!r}")
            raise
        seconds = time_to_read(text)
        slowest = max(slowest, (seconds, text))
        if seconds > LIMIT and len(text.encode("utf-8", "surrogatepass")) <= LONGEST:
            print(f"{name}: {seconds * 1000:.0f} ms for {text!r}")
            return 1
    seconds, text = slowest
    print(f"{name}: {count} read; the slowest, of {len(text)} characters: {seconds * 1000:.1f} ms")
    return 0


def prove(text: str) -> None:
    """All that holds for any text."""
    if not check(text).has_errors:
        written = format_text(text)
        assert format_text(written) == written


def time_to_read(text: str) -> float:
    """Seconds of CPU time to parse a text: the best of several, where the first is slow."""
    best = _once(text)
    for _ in range(ATTEMPTS):
        if best <= LIMIT / 2:
            break
        best = min(best, _once(text))
    return best


def _once(text: str) -> float:
    begun = time.process_time()
    parse(text)
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
