"""What `validate` and `push` find out here: before any request, and before the token is missed."""

from __future__ import annotations

import pytest

from .conftest import Run, Shell, Write

# Nobody listens there; and no token is given: a request would end in another message.
NOWHERE = {"LYTICS_API_URL": "http://127.0.0.1:1", "LYTICS_API_TOKEN": ""}
both = pytest.mark.parametrize("command", ["validate", "push"])


def run(segql: Shell, command: str, *paths: str) -> Run:
    done = segql(command, *paths, **NOWHERE)
    assert done.out == ""
    return done


@both
@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("FILTER a > ALIAS x", "SYN"),
        ("FILTER INCLUDE nowhere ALIAS x", "REF001"),
        ("FILTER INCLUDE x ALIAS x", "REF002"),
        ("FILTER a ALIAS x; FILTER b ALIAS X", "REF003"),
        (r'FILTER a = "\"\x" ALIAS x', "PORT001"),
        ("FILTER a", "MET001"),
        ("FILTER a WITH tags = 5 ALIAS x", "MET002"),
    ],
)
def test_errors_are_findings(
    segql: Shell, write: Write, command: str, text: str, finding: str
) -> None:
    write("good.segql", "FILTER good ALIAS good")
    write("x.segql", text)
    done = run(segql, command)
    assert done.code == 1
    assert done.err.startswith("x.segql:1:")
    assert f": error {finding}" in done.err.splitlines()[0]


@both
def test_errors_of_files_that_were_not_named_do_not_count(
    segql: Shell, write: Write, command: str
) -> None:
    write("bad.segql", "FILTER x >")
    write("good.segql", "FILTER good ALIAS good")
    done = run(segql, command, "good.segql")
    assert done.code == 2
    assert done.err.startswith("segql: no API token: ")


@both
@pytest.mark.parametrize("content", ["", "-- only a comment"])
def test_no_segment_is_not_enough(segql: Shell, write: Write, command: str, content: str) -> None:
    write("a.segql", content)
    message = "segql: there is no segment in these files\n  help: name files that hold some\n"
    assert run(segql, command) == Run(2, "", message)


@both
def test_one_slug_in_two_workspaces(segql: Shell, write: Write, command: str) -> None:
    write("one/a.segql", "FILTER a ALIAS vip")
    write("two/b.segql", "FILTER b ALIAS VIP")
    message = "segql: `vip` is in one/a.segql and two/b.segql\n  help: push one of the two\n"
    assert run(segql, command, "one", "two") == Run(2, "", message)
