"""Files of profiles of every kind, by name and by what is in them."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.profiles import BadProfile, read_profiles

JSON, CSV = b'{"a": "1"}\n', b"a,b\n1,\n"


def parquet(path: Path, query: str) -> Path:
    with duckdb.connect() as db:
        db.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


def read(path: Path, **options: Any) -> list[Any]:
    with path.open("rb") as stream:
        return list(read_profiles(stream, path, **options))


def piped(content: bytes, **options: Any) -> list[Any]:
    return list(read_profiles(io.BufferedReader(io.BytesIO(content)), **options))  # pyright: ignore


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("p.ndjson", JSON),
        ("p.jsonl", JSON),
        ("p.json", b'[{"a": "1"}]'),
        ("p.csv", CSV),
        ("p.TSV", b"a\tb\n1\t\n"),
        ("p.csv.gz", gzip.compress(CSV)),
        ("p.json.gz", gzip.compress(JSON)),
        ("p.json", gzip.compress(JSON)),
        ("profiles", JSON),
        ("profiles", CSV),
        ("profiles", b"\xef\xbb\xbf \n" + JSON),
    ],
)
def test_by_name_and_by_content(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert read(path) == [{"a": "1"}]


@pytest.mark.parametrize("content", [JSON, CSV, gzip.compress(JSON), gzip.compress(CSV)])
def test_a_pipe(content: bytes) -> None:
    assert piped(content) == [{"a": "1"}]


def test_what_is_asked_for_wins(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_bytes(CSV)
    assert [each.reason for each in read(path)] == ["it is not JSON", "it is not JSON"]
    assert read(path, format="csv") == [{"a": "1"}]


@pytest.mark.parametrize("name", ["p.parquet", "p", "p[1]*.parquet"])
def test_parquet(tmp_path: Path, name: str) -> None:
    path = parquet(
        tmp_path / name,
        """SELECT 5 AS n, NULL AS nothing, map {'web': 1, 'app': NULL} AS counts,
        {'city': 'Rome', 'zip': NULL} AS address, ['a', 'b'] AS tags, 1.50::DECIMAL(9, 2) AS d,
        DATE '2026-01-02' AS day, TIMESTAMP '2026-01-02 03:04:05' AS seen,
        TIMESTAMPTZ '2026-01-02 03:04:05+02' AS zoned, [TIMESTAMPTZ '2026-01-02 03:04:05+02'] AS l,
        'ab'::BLOB AS raw, 'x' AS "a ""b", true AS yes""",
    )
    zoned = datetime(2026, 1, 2, 1, 4, 5, tzinfo=UTC)
    expected = [
        {
            "n": 5,
            "counts": {"web": 1},
            "address": {"city": "Rome"},
            "tags": ["a", "b"],
            "d": 1.5,
            "day": datetime(2026, 1, 2, tzinfo=UTC),
            "seen": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
            "zoned": zoned,
            "l": [zoned],
            "raw": "ab",
            'a "b': "x",
            "yes": True,
        }
    ]
    assert read(path) == expected
    assert piped(path.read_bytes()) == expected
    assert piped(gzip.compress(path.read_bytes())) == expected


def test_all_rows_of_parquet_in_their_order(tmp_path: Path) -> None:
    path = parquet(tmp_path / "p.parquet", "SELECT i FROM range(300000) t(i)")
    assert [each["i"] for each in read(path)] == list(range(300_000))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("p.parquet", b"PAR1 nonsense", "it cannot be read as Parquet: "),
        ("p.parquet", b"", "it cannot be read as Parquet: "),
        ("p.gz", gzip.compress(JSON * 999)[:-9], "it is compressed, and damaged or cut off"),
        ("p.gz", b"\x1f\x8bnonsense", "it is compressed, and damaged or cut off"),
    ],
)
def test_files_that_are_damaged(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    last = read(path)[-1]
    assert last.place == ""
    assert last.reason.startswith(reason)


@given(st.binary())
def test_any_bytes(content: bytes) -> None:
    assert all(isinstance(each, dict | BadProfile) for each in piped(content))


# ---- Memory -----------------------------------------------------------------------------

COUNTING = """
import resource, sys
from segql.profiles import read_profiles
count = sum(isinstance(each, dict) for each in read_profiles(sys.stdin.buffer))
scale = 1 if sys.platform == "linux" else 1024  # kilobytes there, bytes on a Mac
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // scale // 1024)
"""
LARGE = 60 << 20  # bytes


@pytest.mark.parametrize(
    ("head", "row", "between", "tail"),
    [
        ("", '{"id": 1, "text": "%s"}' % ("x" * 970), "\n", "\n"),
        ("[", '{"id": 1, "text": "%s"}' % ("x" * 970), ",", "]"),
        ("id,text\n", "1," + "x" * 998, "\n", "\n"),
    ],
    ids=["lines", "a list on one line", "csv"],
)
def test_memory_does_not_grow_with_the_file(head: str, row: str, between: str, tail: str) -> None:
    count = LARGE // 1000
    # Through a shell, for a process begins with the peak of the one that it was forked from.
    counting = ["sh", "-c", '"$@"; true', "-", sys.executable, "-c", COUNTING]
    with subprocess.Popen(
        counting, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(head + row)
        for _ in range((count - 1) // 100):
            process.stdin.write((between + row) * 100)
        process.stdin.write(tail)
        process.stdin.close()
        found, megabytes = map(int, process.stdout.read().split())
    assert found == (count - 1) // 100 * 100 + 1
    assert megabytes < 50


def test_memory_does_not_grow_with_the_groups_of_parquet(tmp_path: Path) -> None:
    rows = 300_000  # about 60 MB
    query = f"SELECT i AS id, repeat('x', 200) || random() AS text FROM range({rows}) t(i)"
    path = parquet(tmp_path / "p.parquet", query)
    counting = COUNTING.replace("sys.stdin.buffer", f"open({str(path)!r}, 'rb')")
    done = subprocess.run(
        ["sh", "-c", '"$@"; true', "-", sys.executable, "-c", counting], capture_output=True
    )
    found, megabytes = map(int, done.stdout.split())
    assert found == rows
    assert megabytes < 250
