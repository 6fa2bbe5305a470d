"""``segql size``: how many profiles are members of segments."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest

from .conftest import Run, Shell, Write

SEGMENTS = """\
FILTER AND (INCLUDE adults, EXISTS email) ALIAS reachable
FILTER age >= 18 ALIAS adults
FILTER age < 18 LIMIT 1 ALIAS children
"""
PROFILES = """\
{"id":1,"age":44,"email":"bob@x.com","seen":"2026-03-01T00:00:00Z"}
{"id":2,"age":12,"email":"eve@x.com"}
{"id":3,"age":21,"email":"kim@x.com"}
{"id":4,"age":20}
{"id":5,"age":9}
"""
NOW = ("--now", "2026-03-15")
Size = Callable[..., Run]


@pytest.fixture
def size(segql: Shell, write: Write) -> Size:
    write("segments.segql", SEGMENTS)
    write("profiles.ndjson", PROFILES)

    def size(*arguments: str, stdin: str | bytes = b"") -> Run:
        given = () if "--profiles" in arguments else ("--profiles", "profiles.ndjson")
        return segql("size", *arguments, *given, stdin=stdin)

    return size


def test_all_segments_at_once(size: Size) -> None:
    assert size(*NOW) == Run(
        0,
        "segment    members   share\n"
        "reachable        2  40.0 %\n"
        "adults           3  60.0 %\n"
        "children         1  20.0 %  LIMIT 1, of 2\n"
        "\n"
        "5 profiles; now is 2026-03-15\n",
        "",
    )


def test_segments_that_are_named(size: Size, write: Write) -> None:
    write("other.segql", "FILTER INCLUDE children ALIAS not_grown")
    assert "not_grown        2  40.0 %\n" in size("other.segql").out


def test_overlap(size: Size) -> None:
    assert size("--overlap", *NOW).out == (
        "segment    and     members of both  of the first  of the second  of either\n"
        "reachable  adults                2       100.0 %         66.7 %     66.7 %\n"
        "2 pairs without common members\n"
        "\n"
        "5 profiles; now is 2026-03-15\n"
    )


def test_a_picture_of_the_overlap(size: Size) -> None:
    picture = ElementTree.fromstring(size("--overlap", "--output-format", "svg").out)
    texts = [element.text for element in picture.iter() if element.tag.endswith(("text", "title"))]
    assert {"reachable", "adults", "children", "67"} <= set(texts)
    assert "2 of 3 in adults are in reachable" in texts


def test_funnel(size: Size) -> None:
    assert size("--funnel", *NOW).out == (
        "reachable\n"
        "  5  100.0 %           all profiles\n"
        "  3   60.0 %  -40.0 %  INCLUDE adults\n"
        "  2   40.0 %  -33.3 %  EXISTS email\n"
        "\n"
        "adults\n"
        "  5  100.0 %           all profiles\n"
        "  3   60.0 %  -40.0 %  age >= 18\n"
        "\n"
        "children\n"
        "  5  100.0 %           all profiles\n"
        "  2   40.0 %  -60.0 %  age < 18\n"
        "\n"
        "5 profiles; now is 2026-03-15\n"
    )


def test_history(size: Size, write: Write) -> None:
    write("segments.segql", 'FILTER seen > "now-7d" ALIAS lately')
    write("segql.toml", "")
    write("catalog.user.toml", '[fields]\nseen = "date"\n')
    assert size("--at", "2026-03-05", "--at", "2026-03-15T12:00:00Z").out == (
        "segment  2026-03-05  2026-03-15 12:00:00\nlately            1                    0\n"
        "\n5 profiles\n"
    )


def test_json(size: Size) -> None:
    (found,) = json.loads(size("--overlap", "--output-format", "json", *NOW).out)
    assert found["profiles"] == 5
    assert found["at"] == ["2026-03-15T00:00:00Z"]
    assert found["segments"][2] == {
        "segment": "children",
        "path": "segments.segql",
        "line": 3,
        "members": [1],
        "matching": [2],
        "limit": 1,
    }
    assert {"segments": ["reachable", "adults"], "members": 2} in found["overlaps"]
    assert found["counted_one_by_one"] == []


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        ([], ["segment,at,members,profiles", "reachable,2026-03-15T00:00:00+00:00,2,5"]),
        (["--overlap"], ["segment,and,both,first,second", "reachable,adults,2,2,3"]),
        (["--funnel"], ["segment,step,phrase,left", "reachable,0,,5"]),
    ],
)
def test_csv(size: Size, options: list[str], rows: list[str]) -> None:
    out = size(*options, "--output-format", "csv", *NOW).out
    assert out.splitlines()[:2] == rows


# ---- Profiles ---------------------------------------------------------------------------


def _lines() -> list[dict[str, object]]:
    return [json.loads(line) for line in PROFILES.splitlines()]


def _csv() -> str:
    return "id,age,email\n" + "".join(
        f"{p['id']},{p['age']},{p.get('email', '')}\n" for p in _lines()
    )


def _parquet(path: Path) -> None:
    plain = path.with_suffix(".ndjson")
    plain.write_text(PROFILES)
    duckdb.sql(f"COPY (FROM read_json('{plain}')) TO '{path}'")


@pytest.mark.parametrize(
    "kind", ["list.json", "p.csv", "p.ndjson.gz", "p.parquet", "-", "p.unknown"]
)
def test_every_kind_of_file(size: Size, folder: Path, kind: str) -> None:
    path = folder / kind
    match kind:
        case "list.json":
            path.write_text(json.dumps(_lines()))
        case "p.csv":
            path.write_text(_csv())
        case "p.ndjson.gz":
            path.write_bytes(gzip.compress(PROFILES.encode()))
        case "p.parquet":
            _parquet(path)
        case "p.unknown":
            path.write_text(PROFILES)
        case _:
            pass
    (folder / "segql.toml").touch()
    (folder / "catalog.user.toml").write_text('[fields]\nage = "int"\nemail = "string"\n')
    found = size(
        "--profiles", kind, "--output-format", "json", stdin=PROFILES if kind == "-" else b""
    )
    assert found.err == ""
    assert [s["matching"] for s in json.loads(found.out)[0]["segments"]] == [[2], [3], [2]]


def test_several_files_of_several_kinds(size: Size, folder: Path) -> None:
    (folder / "list.json").write_text(json.dumps(_lines()[:2]))
    found = size("--profiles", "list.json", "--profiles", "profiles.ndjson", *NOW)
    assert "adults           4  57.1 %\n" in found.out
    assert "7 profiles" in found.out


def test_the_setting_names_the_profiles(segql: Shell, write: Write) -> None:
    write("segments.segql", SEGMENTS)
    write("data/p.ndjson", PROFILES)
    write("segql.toml", 'profiles = ["data/p.ndjson"]')
    assert "adults           3  60.0 %\n" in segql("size").out


def test_a_line_that_cannot_be_read_is_told_and_the_others_count(size: Size, folder: Path) -> None:
    with (folder / "profiles.ndjson").open("a") as file:
        file.write('{"age":\n{"age": 50}\n')
    found = size(*NOW)
    assert "adults           4  66.7 %\n" in found.out
    assert found.err == "segql: profiles.ndjson: line 6: it is not JSON\n"


def test_what_sql_cannot_say_is_counted_one_by_one(size: Size, write: Write) -> None:
    write("segments.segql", SEGMENTS + "FILTER AND (age * 2 > 40, EXISTS email) ALIAS sums\n")
    for profiles in ("profiles.ndjson", "-"):
        found = size("--profiles", profiles, *NOW, stdin=PROFILES if profiles == "-" else b"")
        assert "sums             2  40.0 %\n" in found.out
        assert found.err == "segql: counted one by one, as SQL cannot say them: sums\n"


# ---- What cannot be run -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--overlap", "--funnel"], "--overlap and --funnel do not go together"),
        (["--at", "2026-01-01", "--overlap"], "--at and --overlap do not go together"),
        (["--at", "2026-01-01", "--now", "2026-01-01"], "--at and --now say the same"),
        (["--output-format", "svg"], "svg is a picture of --overlap"),
        (["--now", "soon"], "--now: `soon` is no date"),
        (["--at", "soon"], "--at: `soon` is no date"),
        (["--profiles", "gone.ndjson"], "gone.ndjson: No such file"),
        (["--profiles", "-", "--profiles", "-"], "standard input (-) is asked for twice"),
        (["--profiles", "empty.ndjson"], "there is no profile in empty.ndjson"),
        (["--profiles", "broken.parquet"], "there is no profile in broken.parquet"),
    ],
)
def test_what_makes_no_sense(size: Size, write: Write, arguments: list[str], error: str) -> None:
    write("empty.ndjson", "\n")
    write("broken.parquet", "PAR1")
    found = size(*arguments)
    assert found.code == 2
    assert error in found.err


def test_no_profiles_at_all(segql: Shell, write: Write) -> None:
    write("segments.segql", SEGMENTS)
    found = segql("size")
    assert found.code == 2
    assert "there are no profiles to count" in found.err
    assert "--profiles F" in found.err


def test_broken_segments_are_reported(size: Size, write: Write) -> None:
    write("segments.segql", "FILTER age >> 5")
    found = size()
    assert found.code == 1
    assert "segments.segql:1:" in found.err
