"""``segql eval``: the members of a segment among profiles."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from .conftest import Run, Shell, Write
from .test_startup import HEAVY, loaded

SEGMENTS = """\
FILTER AND (INCLUDE adults, EXISTS email) ALIAS reachable
FILTER age >= 18 ALIAS adults
FILTER age BETWEEN 10 AND 30 LIMIT 2 ALIAS young
"""
PROFILES = """\
{"id":1,"age":44,"email":"bob@x.com","scores":{"sum":1.5}}
{"id":2,"age":12,"email":"eve@x.com"}
{"id":3,"age":21,"email":"kim@x.com","tags":["a","b"]}
{"id":4,"age":20}
{"id":5,"age":25,"email":"joe@x.com"}
"""
BOB, EVE, KIM, ANN, JOE = PROFILES.splitlines(keepends=True)

Eval = Callable[..., Run]


@pytest.fixture
def evaluate(segql: Shell, write: Write) -> Eval:
    write("segments.segql", SEGMENTS)
    write("profiles.ndjson", PROFILES)

    def evaluate(segment: str, *arguments: str, stdin: str | bytes = b"") -> Run:
        given = arguments if "--profiles" in arguments else (*arguments, "--profiles", "-")
        return segql("eval", segment, *given, stdin=stdin or PROFILES)

    return evaluate


# ---- Segments ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "segment", ["reachable", "Reachable", "segments.segql#reachable", "./segments.segql#REACHABLE"]
)
def test_members_in_their_order(evaluate: Eval, segment: str) -> None:
    assert evaluate(segment) == Run(0, BOB + KIM + JOE, "")


def test_a_file_with_one_segment_needs_no_alias(evaluate: Eval, write: Write) -> None:
    write("one.segql", "FILTER age < 18")
    assert evaluate("one.segql") == Run(0, EVE, "")


def test_a_segment_from_standard_input(evaluate: Eval) -> None:
    run = evaluate("-", "--profiles", "profiles.ndjson", stdin="FILTER NOT INCLUDE adults")
    assert run == Run(0, EVE, "")


def test_standard_input_cannot_be_both(evaluate: Eval) -> None:
    run = evaluate("-", "--profiles", "-")
    assert run.code == 2
    assert run.err.startswith("segql: standard input (-) is asked for twice\n")


@pytest.mark.parametrize(
    ("segment", "message", "help"),
    [
        ("reachabel", "no segment `reachabel` in this workspace", "did you mean `reachable`?"),
        ("segments.segql#adult", "no segment `adult` in segments.segql", "did you mean `adults`?"),
        ("zzz", "no segment `zzz` in this workspace", "name a file, its alias, or FILE#ALIAS"),
        ("segments.segql", "there are 3 segments in segments.segql", "segments.segql#adults, "),
        ("empty.segql", "there is no segment in empty.segql", "write one, or name another file"),
        ("nope.segql", "nope.segql: No such file or directory", ""),
        ("nope.segql#a", "nope.segql: No such file or directory", ""),
    ],
)
def test_segments_that_are_not_there(
    evaluate: Eval, write: Write, segment: str, message: str, help: str
) -> None:
    write("empty.segql", "-- nothing yet")
    run = evaluate(segment)
    assert (run.code, run.out) == (2, "")
    assert message in run.err.splitlines()[0]
    assert help in run.err


def test_a_segment_with_a_mistake_is_not_run(evaluate: Eval, write: Write) -> None:
    write("bad.segql", "FILTER age > ALIAS bad\nFILTER age > 1 ALIAS good")
    write("user.segql", "FILTER INCLUDE bad ALIAS user")
    for segment in ("bad", "bad.segql#bad", "user"):
        run = evaluate(segment)
        assert (run.code, run.out) == (1, "")
        assert run.err.startswith("bad.segql:1:14: error SYN002 ")
    assert evaluate("good").code == 0


def test_a_file_that_is_no_segment_at_all(evaluate: Eval, write: Write) -> None:
    write("bad.segql", b"\xff")
    run = evaluate("bad.segql")
    assert (run.code, run.out) == (1, "")
    assert "byte 1 is not UTF-8" in run.err


# ---- Profiles ---------------------------------------------------------------------------


def test_several_files_of_every_kind(evaluate: Eval, write: Write, folder: Path) -> None:
    write("a.json", f"[{BOB}, {EVE}]")
    write("b.csv", "id,age,email\nc,30,c@x.com\n")
    write("c.ndjson.gz", gzip.compress(KIM.encode()))
    with duckdb.connect() as db:
        db.execute(f"COPY (SELECT 'p' AS id, 99 AS age, 'p' AS email) TO '{folder}/d.parquet'")
    files = ("a.json", "b.csv", "c.ndjson.gz", "d.parquet")
    run = evaluate("reachable", *(word for file in files for word in ("--profiles", file)))
    assert (run.code, run.err) == (0, "")
    assert [json.loads(line)["id"] for line in run.out.splitlines()] == [1, "c", 3, "p"]


def test_types_come_from_the_catalog(evaluate: Eval, write: Write) -> None:
    write("seen.segql", 'FILTER AND (seen > "2026-01-01", tags INTERSECTS ("b")) ALIAS seen')
    table = "seen,tags,scores.sum\n2026-02-03,a;b,5\n2025-02-03,b,6\n"
    write("t.csv", table)
    write("types.json", '{"fields": {"seen": "date", "tags": "[]string", "scores.sum": "int"}}')
    assert evaluate("seen", "--profiles", "t.csv").out == ""
    expected = '{"seen":"2026-02-03","tags":["a","b"],"scores.sum":5}\n'
    assert evaluate("seen", "--profiles", "t.csv", "--catalog", "types.json").out == expected
    write("segql.toml", 'catalogs = ["types.json"]')
    assert evaluate("seen", "--profiles", "t.csv").out == expected


def test_a_catalog_with_a_mistake(evaluate: Eval, write: Write) -> None:
    write("types.json", '{"fields": {"seen": "dat"}}')
    run = evaluate("adults", "--catalog", "types.json")
    assert (run.code, run.out) == (2, "")
    assert "there is no type `dat`" in run.err


def test_lines_that_cannot_be_read_are_told_and_the_others_used(evaluate: Eval) -> None:
    run = evaluate("reachable", stdin=f"{BOB}oops\n{KIM}[5]\n")
    assert (run.code, run.out) == (0, BOB + KIM)
    assert run.err.splitlines() == [
        "segql: standard input: line 2: it is not JSON",
        "segql: standard input: line 4, item 1: it is not an object",
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("p.ndjson", b"", "there is no profile in p.ndjson"),
        ("p.ndjson", b"oops\n", "p.ndjson: line 1: it is not JSON"),
        ("p.csv", b"a,a\n", "p.csv: line 1: it is no header: `a` is in it twice"),
        ("p.parquet", b"PAR1", "p.parquet: it cannot be read as Parquet: "),
        ("p.json.gz", b"\x1f\x8b", "p.json.gz: it is compressed, and damaged or cut off"),
    ],
)
def test_no_profiles_at_all(
    evaluate: Eval, write: Write, name: str, content: bytes, message: str
) -> None:
    write(name, content)
    run = evaluate("adults", "--profiles", name)
    assert (run.code, run.out) == (2, "")
    assert run.err.splitlines()[0].startswith(f"segql: {message}")


@pytest.mark.parametrize("name", ["nope.json", "."])
def test_files_that_cannot_be_opened(evaluate: Eval, name: str) -> None:
    run = evaluate("adults", "--profiles", name)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"segql: {name}: ")


def test_parquet_without_duckdb(evaluate: Eval, write: Write) -> None:
    write("duckdb.py", "raise ModuleNotFoundError(name='duckdb')")
    run = evaluate("adults", "--profiles", "-", stdin=b"PAR1")
    assert run == Run(
        2,
        "",
        "segql: `duckdb` is not installed, and this command needs it\n"
        '  help: install it with: pip install "segql[sql]"\n',
    )


def test_a_named_pipe(evaluate: Eval, segql: Shell) -> None:
    run = segql.script("$SEGQL eval reachable --profiles <(cat profiles.ndjson)")
    assert run == Run(0, BOB + KIM + JOE, "")


# ---- What is printed --------------------------------------------------------------------


def test_the_count(evaluate: Eval) -> None:
    assert evaluate("reachable", "--count") == Run(0, "3\n", "")


def test_fields(evaluate: Eval) -> None:
    run = evaluate("adults", "--fields", "id, scores.sum")
    assert run.out == '{"id":1,"scores.sum":1.5}\n{"id":3}\n{"id":4}\n{"id":5}\n'


def test_a_list(evaluate: Eval) -> None:
    run = evaluate("reachable", "--output-format", "json")
    assert json.loads(run.out) == [json.loads(line) for line in (BOB, KIM, JOE)]
    assert evaluate("reachable", "--limit", "0", "--output-format", "json").out == "[]\n"


def test_a_table(evaluate: Eval) -> None:
    run = evaluate("reachable", "--output-format", "csv", "--fields", "email,scores,tags")
    assert run.out.splitlines() == [
        "email,scores,tags",
        'bob@x.com,"{""sum"":1.5}",',
        'kim@x.com,,"[""a"",""b""]"',
        "joe@x.com,,",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--output-format", "csv"], "a table needs its columns"),
        (["--fields", ","], "--fields names no field"),
        (["--count", "--fields", "a"], "--count prints no fields"),
        (["--now", "soon"], "--now: `soon` is no date"),
    ],
)
def test_wrong_usage(evaluate: Eval, arguments: list[str], message: str) -> None:
    run = evaluate("adults", *arguments)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"segql: {message}\n  help: ")


def test_limit_of_the_segment_and_of_the_command(evaluate: Eval) -> None:
    assert evaluate("young").out == EVE + KIM
    assert evaluate("young", "--limit", "1").out == EVE
    assert evaluate("young", "--limit", "9", "--count").out == "2\n"
    assert evaluate("adults", "--limit", "0") == Run(0, "", "")


def test_what_is_behind_the_limit_is_not_read(evaluate: Eval) -> None:
    assert evaluate("adults", "--limit", "1", stdin=BOB + "oops\n") == Run(0, BOB, "")


def test_a_sample_is_the_same_for_the_same_seed(evaluate: Eval) -> None:
    lines = [f'{{"age":{age}}}\n' for age in range(1000)]

    def sample(*arguments: str) -> list[str]:
        return evaluate("adults", *arguments, stdin="".join(lines)).out.splitlines(keepends=True)

    first = sample("--sample", "50")
    assert len(first) == 50
    assert first == sorted(first, key=lines.index)
    assert set(first) < set(lines[18:])
    assert len({lines.index(line) // 250 for line in first}) == 4  # from everywhere
    assert sample("--sample", "50") == first
    assert sample("--sample", "50", "--seed", "1") != first
    assert len(sample("--sample", "2000")) == 982


def test_the_instant_that_date_math_counts_from(evaluate: Eval, write: Write) -> None:
    write("new.segql", 'FILTER seen > "now-7d" ALIAS new')
    write("catalog.user.json", '{"fields": {"seen": "date"}}')
    write("segql.toml", "")
    seen = '{"seen":"2026-01-05"}\n'
    assert evaluate("new", "--now", "2026-01-08", stdin=seen).out == seen
    assert evaluate("new", "--now", "2026-01-18T10:00:00Z", stdin=seen).out == ""


# ---- Profiles that cannot be evaluated --------------------------------------------------


def test_what_cannot_be_evaluated_is_counted_with_the_reasons(evaluate: Eval) -> None:
    profiles = '{"x":1}\n{"age":null}\n{"x":2}\n{"age":20}\n'
    run = evaluate("young", stdin=profiles)
    assert (run.code, run.out) == (0, '{"age":20}\n')
    assert run.err.splitlines() == [
        "segql: 3 of 4 profiles cannot be evaluated:",
        "       2  `age BETWEEN 10 AND 30`: the profile has no `age`",
        "       1  `age BETWEEN 10 AND 30`: `age` is null",
    ]


def test_reasons_hold_no_values_of_profiles(evaluate: Eval, write: Write) -> None:
    write(
        "a.segql", "FILTER OR (1 > 2, NOT age > 3) ALIAS a FILTER NOT age BETWEEN 1 AND 2 ALIAS b"
    )
    write("types.json", '{"fields": {"born": "date"}}')
    write("c.segql", "FILTER born > email ALIAS c")
    run = evaluate("c", "--catalog", "types.json", stdin='{"born":"1999-12-31","email":"a@b.c"}')
    assert "cannot be evaluated" in run.err
    assert "1999" not in run.err
    assert "a@b.c" not in run.err
    profiles = "".join(f'{{"age":"secret {number}"}}\n' for number in range(9))
    run = evaluate("b", stdin=profiles)
    assert run.err.splitlines() == [
        "segql: 9 of 9 profiles cannot be evaluated:",
        "       9  `NOT age BETWEEN 1 AND 2`: BETWEEN looks at numbers and dates, not at a text",
    ]


def test_an_included_segment_that_is_missing(evaluate: Eval, write: Write) -> None:
    write("a.segql", "FILTER INCLUDE nowhere ALIAS a")
    run = evaluate("a")
    assert (run.code, run.out) == (0, "")
    assert "5 of 5 profiles cannot be evaluated" in run.err
    assert "there is no segment `nowhere`" in run.err


# ---- Streams ----------------------------------------------------------------------------


def test_a_reader_that_has_seen_enough(evaluate: Eval, segql: Shell, write: Write) -> None:
    write("many.ndjson", BOB * 50_000)
    run = segql.script("$SEGQL eval adults --profiles many.ndjson | head -1; exit ${PIPESTATUS[0]}")
    assert run == Run(2, BOB, "")


def test_standard_input_closed(evaluate: Eval, segql: Shell) -> None:
    run = segql.script("$SEGQL eval adults --profiles - <&-")
    assert run.code == 2
    assert run.err.startswith("segql: standard input is closed\n")


def test_it_loads_nothing_heavy(evaluate: Eval, segql: Shell) -> None:
    arguments = ("eval", "adults", "--profiles", "profiles.ndjson", "--count")
    assert loaded(segql, *arguments) & HEAVY == set()


@pytest.mark.parametrize("number", ["123456789012345678901234567890", "1e22", "-0.0", "1.50"])
def test_numbers_of_any_size_are_printed(evaluate: Eval, number: str) -> None:
    run = evaluate("adults", stdin=f'{{"age":20,"n":{number}}}\n')
    assert (run.code, run.err) == (0, "")
    assert json.loads(run.out)["n"] == json.loads(number)
