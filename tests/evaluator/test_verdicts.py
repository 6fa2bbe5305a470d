"""The evaluator that the other one is held against says what the reference implementation said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from segql.syntax.parser import parse

from .verdicts import verdict

PROFILE = {
    "n": 5, "z": 0, "f": 5.5, "s": "abc", "five": "5", "e": "", "t": True, "tt": "true",
    "arr": ["apple", "kiwi"], "ints": [1, 2], "ea": [], "m": {"foo": 5, "b.c": 1}, "nul": None,
    "url": "https://x.com/blog/post", "d": datetime(2026, 3, 10, tzinfo=UTC),
}  # fmt: skip
INCLUDES = {"yes": True, "no": False}

# Observed: filters that match, that do not match, and that cannot be evaluated.
OBSERVED = {
    True: """
        n = 5 | n < "6" | n = "5" | five > 3 | five = 5 | s != 3 | zz != 1 | NOT zz > 1 | zz != NULL
        zz NOT IN ("a") | nul = NULL | nul != 1 | EXISTS z | EXISTS arr | EXISTS m | s LIKE "a?c"
        n BETWEEN 1 AND 9 | f BETWEEN 4.5 AND 6 | s LIKE "[^x]bc" | url LIKE "**blog**" | e LIKE "*"
        arr LIKE "app*" | s CONTAINS "" | arr CONTAINS "app" | ints CONTAINS "2" | n IN ("5")
        ints IN ("2") | m IN ("foo") | "apple" IN arr | tt = true | "true" = t | m.foo > "1.5"
        m.b.c = 1 | d > "now-1M" | d = "2026-03-10" | "now-30d" < d | d < 1893456000 | OR (n = 4, t)
        OR (zz BETWEEN 1 AND 2, n = 5) | AND () | INCLUDE yes | NOT INCLUDE no
    """,
    False: """
        zz = 1 | zz > 1 | zz IN ("a") | zz LIKE "*" | zz = NULL | nul = 1 | EXISTS nul | EXISTS ea
        five > "3" | s > 3 | s = "ABC" | n BETWEEN 5 AND 9 | n BETWEEN 4.5 AND 5.5 | s LIKE "a_c"
        url LIKE "*blog*" | arr LIKE "*z*" | ea CONTAINS "x" | arr NOT IN ("kiwi") | s = true
        m IN (5) | m.nope > 1 | d > "now-90m" | five > "now-3d" | n | s | t = false
        NOT INCLUDE yes | AND (n = 4, zz BETWEEN 1 AND 2) | OR (zz BETWEEN 1 AND 2, n = 4)
        OR () | tolower(s) = "x"
    """,
    None: """
        n = "abc" | zz BETWEEN 1 AND 2 | zz | NOT zz | nul > 1 | nul IN ("a") | s BETWEEN 1 AND 2
        n LIKE "5" | m LIKE "foo" | m CONTAINS "foo" | t = "true" | t = 1 | s != true | d < "now"
        d > "NOW-3d" | n > "now-3d" | AND (n, t) | AND (zz BETWEEN 1 AND 2, n = 4) | arr = "apple"
        NOT (zz BETWEEN 1 AND 2) | INCLUDE gone | NOT INCLUDE gone | NOT five > "3" | ints > 1
    """,
}
CASES = [
    (text.strip(), expected)
    for expected, texts in OBSERVED.items()
    for line in texts.strip().splitlines()
    for text in line.split("|")
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=str)
def test_a_verdict(text: str, expected: bool | None) -> None:
    file = parse(f"FILTER {text}")
    assert not file.has_errors
    assert verdict(file.statements[0].filter, PROFILE, INCLUDES) is expected
