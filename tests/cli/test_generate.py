"""`segql generate`: the cases that it writes are those that `segql test` reads."""

from __future__ import annotations

from .conftest import Run, Shell, Write


def test_what_is_written_passes(segql: Shell, write: Write) -> None:
    write("vip.segql", 'FILTER AND (visits > 5, city = "Rome") ALIAS vip')
    run = segql("generate", "vip", "--now", "2026-03-01")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(
        "# Made by `segql generate vip`: what the segment says now.\n"
        "# Read them: is this what it should say?\n"
        "now = 2026-03-01T00:00:00Z\n\n"
        '[[case]]\nname = "in by visits > 5"\nsegment = "vip"\nexpect = "in"\n'
        '[case.profile]\nvisits = 6\ncity = "Rome"\n'
    )
    write("vip.segql.toml", run.out)
    assert segql("test", "--coverage-min", "100").code == 0


def test_the_present_is_written_down(segql: Shell, write: Write) -> None:
    write("new.segql", 'FILTER todate(seen) > "now-1d" ALIAS new')
    run = segql("generate", "new.segql")
    assert run.err == ""
    write("new.segql.toml", run.out)
    assert segql("test").code == 0


def test_a_phrase_that_never_decides_is_told(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER AND (visits > 5,\n  visits > 1) ALIAS a")
    run = segql("generate", "a")
    assert run.code == 0
    assert run.err == "a.segql:2:3: visits > 1: no profile was found by which this decides\n"


def test_segments_that_have_no_cases(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a > 1")
    help = "  help: give it one: cases name it by that\n"
    assert segql("generate", "a.segql") == Run(
        2, "", f"segql: the segment in a.segql has no ALIAS\n{help}"
    )
    assert segql("generate", "-").code == 2
    assert "there is no segment `b`" in segql("generate", "b").err


def test_what_is_written_finds_every_mistake(segql: Shell, write: Write) -> None:
    write("a.segql", 'FILTER OR (visits BETWEEN 1 AND 9, city IN ("Rome", "Oslo")) ALIAS a')
    write("a.segql.toml", segql("generate", "a").out)
    run = segql("test", "--mutate")
    assert run.code == 0
    assert "SURVIVED" not in run.out
