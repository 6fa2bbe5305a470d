"""``segql why``: why a profile is a member, or is not."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

from .conftest import Run, Shell, Write

SEGMENTS = """\
FILTER AND (
    INCLUDE adults,
    OR (visits > 9, spent BETWEEN 10 AND 20, NOT EXISTS email),
    tags INTERSECTS ("a"),
) ALIAS loyal
FILTER age >= 18 ALIAS adults
"""
BOB = '{"id": "bob", "age": 44, "visits": 3, "email": "bob@x.com", "seen": "2026-01-02"}'
EVE = '{"id": "eve", "age": 12, "emails": ["eve@x.com", "e@x.com"]}'

Why = Callable[..., Run]

LEGEND = "→ decided   ✓ match   ✗ no match   ? cannot be evaluated   · not reached\n"


@pytest.fixture
def why(segql: Shell, write: Write) -> Why:
    write("segments.segql", SEGMENTS)
    write("bob.json", BOB)
    write("profiles.ndjson", f"{BOB}\n{EVE}\n")

    def why(segment: str, *arguments: str, stdin: str = "") -> Run:
        return segql("why", segment, *(arguments or ("--profile", "bob.json")), stdin=stdin)

    return why


def test_the_phrases_with_what_they_saw_and_which_decided(why: Why) -> None:
    assert why("loyal") == Run(
        0,
        "loyal: no match\n"
        "\n"
        "→ ✗ AND\n"
        "    ✓ INCLUDE adults\n"
        "      ✓ age >= 18                age is 44\n"
        "→   ✗ OR\n"
        "→     ✗ visits > 9               visits is 3\n"
        "→     ? spent BETWEEN 10 AND 20  the profile has no `spent`\n"
        "→     ✗ NOT\n"
        '→       ✓ EXISTS email           email is "bob@x.com"\n'
        '    · tags INTERSECTS ("a")\n'
        "\n" + LEGEND,
        "",
    )


def test_one_of_many_profiles(why: Why) -> None:
    run = why("adults", "--profiles", "profiles.ndjson", "--id", "eve")
    assert run.out == "adults: no match\n\n→ ✗ age >= 18  age is 12\n\n" + LEGEND


def test_an_id_can_be_in_an_array(why: Why) -> None:
    run = why("adults", "--profiles", "profiles.ndjson", "--id", "e@x.com", "--by", "emails")
    assert "age is 12" in run.out


def test_the_catalog_says_which_fields_identify(why: Why, write: Write) -> None:
    write("segql.toml", "")
    field = {"name": "email", "type": "string", "identity": True}
    write("catalog.user.json", json.dumps({"fields": [field]}))
    assert "age is 44" in why("adults", "--profiles", "profiles.ndjson", "--id", "bob@x.com").out
    run = why("adults", "--profiles", "profiles.ndjson", "--id", "bob")
    assert run == Run(
        2,
        "",
        "segql: none of 2 profiles has this id in `email`\n"
        "  help: name the field that has it: --by FIELD\n",
    )
    by = why("adults", "--profiles", "profiles.ndjson", "--id", "bob", "--by", "id")
    assert "age is 44" in by.out


def test_a_match_and_what_cannot_be_evaluated(why: Why, write: Write) -> None:
    write("a.segql", "FILTER OR (age < 1, age > 40, age > 41) ALIAS a")
    assert why("a").out.splitlines()[:6] == [
        "a: match",
        "",
        "→ ✓ OR",
        "    ✗ age < 1   age is 44",
        "→   ✓ age > 40  age is 44",
        "    · age > 41",
    ]
    write("b.segql", "FILTER NOT spent ALIAS b")
    assert why("b").out.splitlines()[0] == "b: cannot be evaluated"
    assert "the profile has no `spent`" in why("b").out


def test_dates_are_shown_as_such(why: Why, write: Write) -> None:
    write("a.segql", 'FILTER seen > "now-7d" ALIAS a')
    write("types.json", '{"fields": {"seen": "date"}}')
    run = why("a", "--profile", "bob.json", "--catalog", "types.json", "--now", "2026-01-05")
    assert run.out.splitlines()[2] == '→ ✓ seen > "now-7d"  seen is 2026-01-02'


def test_an_include_that_is_missing_or_in_a_circle(why: Why, write: Write) -> None:
    write(
        "a.segql",
        "FILTER INCLUDE nowhere ALIAS a FILTER INCLUDE c ALIAS b FILTER INCLUDE b ALIAS c",
    )
    assert "there is no segment `nowhere`" in why("a").out
    assert "includes itself" in why("b").out


def test_as_json(why: Why) -> None:
    arguments = ("--profile", "bob.json", "--now", "2026-01-05", "--output-format", "json")
    said = json.loads(why("loyal", *arguments).out)
    phrases = said.pop("phrases")
    assert said == {
        "segment": "loyal",
        "matched": False,
        "reason": "",
        "now": "2026-01-05T00:00:00Z",
    }
    assert [phrase["depth"] for phrase in phrases] == [0, 1, 2, 1, 2, 2, 2, 3, 1]
    assert phrases[4] == {
        "depth": 2,
        "phrase": "visits > 9",
        "answer": "no match",
        "decided": True,
        "reason": "",
        "values": {"visits": 3},
        "missing": [],
    }
    assert phrases[5]["reason"] == "the profile has no `spent`"
    assert phrases[5]["missing"] == ["spent"]
    assert phrases[8]["answer"] == "not reached"


def test_as_a_page(why: Why, write: Write) -> None:
    write("a.segql", 'FILTER AND (name = "<b>&", name != "</li><script>") ALIAS a')
    profile = json.dumps({"name": "<script>alert(1)</script>"})
    run = why("a", "--profile", "-", "--output-format", "html", stdin=profile)
    assert run.code == 0
    assert "<script" not in run.out
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in run.out
    assert "src=" not in run.out
    assert "http://" not in run.out
    listed = ET.fromstring(run.out[run.out.index("<ol>") : run.out.index("</ol>") + 5])
    texts = ["".join(item.itertext()) for item in listed]
    assert texts[1] == '✗ name = "<b>&" name is "<script>alert(1)</script>"'
    assert [item.get("class") for item in listed] == [
        "no-match decided",
        "no-match decided",
        "not-reached",
    ]


def test_nothing_in_a_profile_steers_the_terminal(why: Why, write: Write) -> None:
    write("a.segql", 'FILTER `na\tme` != "x" ALIAS a')
    run = why("a", "--profile", "-", stdin='{"na\\tme": "\\u001b[2J\\u202e\\u009b"}')
    assert run.code == 0
    assert all(char.isprintable() or char == "\n" for char in run.out)


def test_whole_numbers_are_shown_as_such(why: Why, write: Write) -> None:
    write("types.json", '{"fields": {"age": "number"}}')
    run = why("adults", "--profile", "-", "--catalog", "types.json", stdin='{"age": "20"}')
    assert run.out.splitlines()[2] == "→ ✓ age >= 18  age is 20"


def test_long_values_are_cut(why: Why, write: Write) -> None:
    write("a.segql", 'FILTER name != "x" ALIAS a')
    run = why("a", "--profile", "-", stdin=json.dumps({"name": "y" * 9999}))
    assert len(run.out.splitlines()[2]) < 120
    assert "…" in run.out


def test_deep_segments(why: Why, write: Write) -> None:
    depth = 190
    write(
        "deep.segql", "FILTER " + "OR (a = 1, NOT " * (depth // 2) + "age > 1" + ")" * (depth // 2)
    )
    for format in ("text", "json", "html"):
        run = why("deep.segql", "--profile", "bob.json", "--output-format", format)
        assert (run.code, run.err) == (0, "")
        assert "age is 44" in run.out or format == "json"


@pytest.mark.parametrize(
    ("arguments", "message", "help"),
    [
        (["--profiles", "profiles.ndjson"], "which profile?", "--profile F, or --profiles F --id"),
        (["--profile", "bob.json", "--id", "x"], "which profile?", "--profile F, or --profiles F"),
        (["--profile", "bob.json", "--profiles", "b"], "which profile?", "--profile F, or"),
        (["--profile", "profiles.ndjson"], "many profiles in profiles.ndjson", "--id VALUE"),
        (["--profile", "empty.json"], "empty.json: there is no profile in it", "one JSON object"),
        (["--profile", "bad.json"], "bad.json: line 1: it is not JSON", "give one JSON object"),
        (["--profile", "nope.json"], "nope.json: No such file or directory", ""),
        (
            ["--profiles", "profiles.ndjson", "--id", "secret@x.com"],
            "none of 2 profiles has this id in any field",
            "name the field that has it: --by FIELD",
        ),
    ],
)
def test_no_single_profile(
    why: Why, write: Write, arguments: list[str], message: str, help: str
) -> None:
    write("empty.json", "")
    write("bad.json", "{")
    run = why("adults", *arguments)
    assert (run.code, run.out) == (2, "")
    assert message in run.err.splitlines()[0]
    assert help in run.err
    assert "secret" not in run.err


def test_a_segment_that_is_not_there(why: Why) -> None:
    run = why("loial")
    assert (run.code, run.out) == (2, "")
    assert run.err.endswith("  help: did you mean `loyal`?\n")


def test_colours_are_for_terminals_only(why: Why) -> None:
    from datetime import UTC, datetime

    from segql import parse
    from segql.evaluator import explain
    from segql.evaluator.reports.rows import Answer
    from segql.evaluator.reports.text import as_text

    assert "\x1b" not in why("loyal").out
    (statement,) = parse("FILTER age > 1").statements
    answer = Answer("a", datetime.now(UTC), explain(statement, {"age": 0}))
    assert next(as_text(answer, True)) == "a: \x1b[31mno match\x1b[0m"
