"""`segql test`: what it prints, and its exit code."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from .conftest import Run, Shell, Write
from .test_watch import PATIENCE, Watch

GOOD = '[[case]]\nsegment = "vip"\nprofile = { visits = 6 }\nexpect = "in"\n'
BAD = '[[case]]\nname = "five"\nsegment = "vip"\nprofile = { visits = 5 }\nexpect = "in"\n'


@pytest.fixture(autouse=True)
def _vip(write: Write) -> None:
    write("vip.segql", "FILTER visits > 5 ALIAS vip")


def test_all_is_well(segql: Shell, write: Write) -> None:
    write("tests/vip.segql.toml", GOOD)
    assert segql("test") == Run(0, "1 passed.\n", "")


def test_a_failure(segql: Shell, write: Write) -> None:
    write("tests/vip.segql.toml", GOOD + BAD)
    run = segql("test")
    assert run == Run(1, run.out, "")
    assert run.out.splitlines() == [
        "tests/vip.segql.toml:5: FAILED vip (five): expected in, got out",
        "    no match  visits > 5    visits is 5",
        "",
        "1 failed, 1 passed.",
    ]


def test_types_come_from_the_catalog_and_segments_from_the_workspace(
    segql: Shell, write: Write
) -> None:
    write("segql.toml", "")
    write("catalog.user.json", '{"fields": [{"name": "seen", "type": "date"}]}')
    write("b/new.segql", 'FILTER AND (INCLUDE vip, seen > "now-1d") ALIAS new')
    profile = 'profile = { visits = 6, seen = "2026-03-01" }'
    case = f'now = 2026-03-01T06:00:00Z\n[[case]]\nsegment = "new"\nexpect = "in"\n{profile}'
    write("deep/er/new.segql.toml", case)
    assert segql("test", "deep/er").out == "1 passed.\n"


def test_cases_are_chosen(segql: Shell, write: Write) -> None:
    write("tests/a.segql.toml", GOOD)
    write("tests/b.segql.toml", BAD)
    assert segql("test", "tests/a.segql.toml").out == "1 passed.\n"
    assert segql("test", "-k", "FIVE").out.endswith("1 failed, 0 passed.\n")
    assert segql("test", "-k", "a.segql.toml").out == "1 passed.\n"
    assert segql("test", "-k", "nothing").err.startswith("segql: no case has `nothing` in ")
    write("tests/a.segql.toml", "")
    assert segql("test", "tests/a.segql.toml").err.startswith("segql: there is no case in ")


def test_a_property_is_checked_with_made_profiles(segql: Shell, write: Write) -> None:
    write("much.segql", "FILTER visits >= 5 ALIAS much")
    write("a.segql.toml", '[[property]]\nequal = ["vip", "much"]')
    run = segql("test")
    assert run.code == 1
    assert "a.segql.toml:1: FAILED vip is the same as much: a profile breaks it" in run.out
    assert '{"visits": 5}' in run.out
    write("a.segql.toml", '[[property]]\nimplies = ["vip", "much"]')
    assert segql("test") == Run(0, "1 passed.\n", "")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('[[case]]\nsegment = "vpi"\nexpect = "in"', "a.segql.toml:1: there is no segment `vpi`"),
        ("x = = 1", "a.segql.toml:1: this is not TOML: Invalid value"),
        (GOOD + "segmnt = 1", "a.segql.toml:5: unknown key `segmnt`"),
    ],
)
def test_a_mistake_in_the_cases(segql: Shell, write: Write, content: str, line: str) -> None:
    write("a.segql.toml", content)
    run = segql("test")
    assert (run.code, run.out) == (2, "")
    assert run.err.splitlines()[0] == line
    assert run.err.splitlines()[1].startswith("  help: ")


def test_a_mistake_in_a_segment(segql: Shell, write: Write) -> None:
    write("a.segql.toml", GOOD)
    write("vip.segql", "FILTER visits > ALIAS vip")
    run = segql("test")
    assert (run.code, run.out) == (1, "")
    assert run.err.startswith("vip.segql:1:17: error SYN002")


def test_there_is_nothing_to_run(segql: Shell, folder: Path) -> None:
    assert segql("test").err.startswith("segql: no files *.segql.toml in the current folder\n")
    assert segql("test", "vip.segql").err.startswith("segql: vip.segql: cases are in files")
    assert segql("test", "gone").err == "segql: gone: No such file or directory\n"
    assert segql("test").code == 2


def test_json(segql: Shell, write: Write) -> None:
    write("a.segql.toml", GOOD + BAD)
    run = segql("test", "--output-format", "json", "--coverage")
    told = json.loads(run.out)
    assert run.code == 1
    assert [row["outcome"] for row in told["results"]] == ["passed", "failed"]
    assert told["results"][1] == {
        "path": "a.segql.toml",
        "line": 5,
        "segment": "vip",
        "name": "five",
        "outcome": "failed",
        "message": "expected in, got out",
        "why": ["no match  visits > 5    visits is 5"],
    }
    (vip,) = told["coverage"]
    assert (vip["segment"], vip["cases"], vip["percent"]) == ("vip", 2, 100.0)
    assert vip["phrases"][0] == {
        "line": 1,
        "column": 8,
        "phrase": "visits > 5",
        "seen_true": True,
        "seen_false": True,
        "decides": True,
    }


def test_junit(segql: Shell, write: Write, folder: Path) -> None:
    write("a.segql.toml", GOOD + BAD + BAD)
    run = segql("test", "--junit", "report.xml")
    assert run.out.endswith("2 failed, 1 passed.\n")
    root = Xml.parse(folder / "report.xml").getroot()
    assert root.attrib == {"tests": "3", "failures": "2", "errors": "0"}
    names = [case.get("name") for case in root.iter("testcase")]
    assert names == ["vip", "vip: five", "vip: five (2)"]
    failure = next(root.iter("failure"))
    assert failure.get("message") == "expected in, got out"
    assert (failure.text or "").startswith("a.segql.toml:5\n")
    assert segql("test", "--output-format", "junit").out == (folder / "report.xml").read_text()


def test_coverage(segql: Shell, write: Write) -> None:
    write("a.segql.toml", GOOD)
    write("b.segql", "FILTER a ALIAS other")
    run = segql("test", "--coverage-min", "50")
    assert run.code == 1
    assert run.err == "segql: the coverage is 0.0 %, and 50 % are asked\n"
    assert run.out.splitlines() == [
        "other    no cases    0.0 %",
        "vip        0 of 1    0.0 %",
        "    vip.segql:1:8  visits > 5: never false",
        "coverage: 0 of 2 phrases decide (0.0 %)",
        "1 passed.",
    ]
    write("a.segql.toml", GOOD + BAD.replace('"in"', '"out"'))
    assert segql("test", "--coverage-min", "50").code == 0
    assert segql("test", "--coverage-min", "51").code == 1
    assert segql("test", "--coverage-min", "100", "a.segql.toml").code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent in another way there")
def test_it_runs_again_when_cases_change(segql: Shell, write: Write) -> None:
    write("a.segql.toml", BAD)
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "segql", "test", "--watch"],
        cwd=segql.folder,
        env=segql.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        watch = Watch(process)
        watch.wait_for("1 failed, 0 passed.")
        write("a.segql.toml", GOOD)
        watch.wait_for("1 passed.")
        write("vip.segql", "FILTER visits > 6 ALIAS vip")
        watch.wait_for("1 failed, 0 passed.")
        write("a.segql.toml", "x")
        watch.wait_for("this is not TOML")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 0
    finally:
        process.kill()
        process.wait()


def test_mutation(segql: Shell, write: Write) -> None:
    write("a.segql.toml", GOOD)
    run = segql("test", "--mutate")
    assert run.code == 1
    assert run.out.splitlines()[:7] == [
        "vip.segql:1:8: SURVIVED vip: visits > 5: > became >=; this case would find it:",
        "    [[case]]",
        '    name = "visits > 5: > became >="',
        '    segment = "vip"',
        '    expect = "out"',
        "    [case.profile]",
        "    visits = 5",
    ]
    assert run.out.splitlines()[-2:] == ["mutation: 3 of 5 mistakes were found", "1 passed."]
    told = json.loads(segql("test", "--mutate", "--output-format", "json").out)
    assert told["survivors"][0]["change"] == "visits > 5: > became >="
    write("a.segql.toml", GOOD + BAD.replace('"in"', '"out"'))
    run = segql("test", "--mutate")
    assert run == Run(0, "mutation: 5 of 5 mistakes were found\n2 passed.\n", "")
