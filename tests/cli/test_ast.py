"""`segql ast`: the tree, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .conftest import Run, Shell, Write

TEXT = """\
-- who is here
FILTER AND (a > -1.50, NOT b IN ("x"))
FROM content LIMIT 5 WITH name = "N", tags = ["t"] ALIAS Here
"""


def objects(run: Run) -> list[dict[str, Any]]:
    """One JSON object a line."""
    return [json.loads(line) for line in run.out.splitlines()]


def test_the_tree_for_people(segql: Shell, write: Write) -> None:
    write("a.segql", TEXT)
    run = segql("ast")
    assert run == Run(0, run.out, "")
    assert run.out.splitlines() == [
        "a.segql",
        "  Statement  2:1",
        "    And  2:8",
        "      Comparison '>'  2:13",
        "        Identifier 'a'  2:13",
        "        Number '-1.50'  2:17",
        "      Not  2:24",
        "        Membership 'IN'  2:28",
        "          Identifier 'b'  2:28",
        "          Array  2:33",
        "            String 'x'  2:34",
        "    From  3:1",
        "      Name 'content'  3:6",
        "    Limit 5  3:14",
        "    With  3:22",
        "      Option 'N'  3:27",
        "        Name 'name'  3:27",
        "      Option ['t']  3:39",
        "        Name 'tags'  3:39",
        "    Alias  3:52",
        "      Name 'Here'  3:58",
    ]


def test_errors_go_to_standard_error_what_can_be_read_is_shown(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a; FILTER b >")
    run = segql("ast")
    assert run.code == 1
    assert run.out == (
        "a.segql\n"
        "  Statement  1:1\n    Identifier 'a'  1:8\n"
        "  Statement  1:11\n    Comparison '>'  1:18\n"
        "      Identifier 'b'  1:18\n      Bad ''  1:21\n"
    )
    assert run.err.startswith("a.segql:1:21: error SYN002 ")


def test_the_tree_of_the_api(segql: Shell, write: Write) -> None:
    write("a.segql", TEXT)
    run = segql("ast", "--output-format", "api")
    assert (run.code, run.err) == (0, "")
    more = {"op": ">", "args": [{"ident": "a"}, {"op": "-", "args": [{"val": "1.50"}]}]}
    member = {"op": "in", "args": [{"ident": "b"}, {"args": [{"val": "x"}]}]}
    assert objects(run) == [
        {
            "path": "a.segql",
            "statements": [
                {
                    "expr": {"op": "and", "args": [more, {"op": "not", "args": [member]}]},
                    "from": "content",
                    "limit": 5,
                    "with": {"name": "N", "tags": ["t"]},
                    "alias": "here",
                }
            ],
            "diagnostics": [],
        }
    ]


def test_an_absent_clause_is_null(segql: Shell) -> None:
    run = segql("ast", "--output-format", "api", "-", stdin="FILTER a")
    (statement,) = objects(run)[0]["statements"]
    absent = {"from": None, "limit": None, "with": None, "alias": None}
    assert statement == {"expr": {"ident": "a"}} | absent


def test_one_object_a_file_in_their_order(segql: Shell, write: Write) -> None:
    for name in ("c/d.segql", "b.segql", "a.segql"):
        write(name, "")
    for form in ("json", "api"):
        run = segql("ast", "--output-format", form)
        assert [each["path"] for each in objects(run)] == ["a.segql", "b.segql", "c/d.segql"]


def test_our_own_tree(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a -- why\n")
    run = segql("ast", "--output-format", "json")
    assert (run.code, run.err) == (0, "")
    (file,) = objects(run)
    assert set(file) == {"path", "statements", "comments", "diagnostics"}
    assert file["statements"] == [
        {
            "node": "statement",
            "filter": {"node": "identifier", "name": "a", "start": 7, "end": 8},
            "clauses": [],
            "comment": "",
            "start": 0,
            "end": 8,
        }
    ]
    assert file["comments"] == [{"node": "comment", "text": "-- why", "start": 9, "end": 15}]


def test_errors_are_in_the_objects(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a; FILTER b >")
    # The API's tree has no word for what is missing; ours has.
    for form, statements in (("json", 2), ("api", 1)):
        run = segql("ast", "--output-format", form)
        assert (run.code, run.err) == (1, "")
        (file,) = objects(run)
        assert len(file["statements"]) == statements
        (problem,) = file["diagnostics"]
        assert (problem["code"], problem["line"], problem["column"]) == ("SYN002", 1, 21)


def test_a_name_that_is_no_utf8(segql: Shell, folder: Path) -> None:
    with open(bytes(folder) + b"/x\xff.segql", "wb") as file:
        file.write(b"FILTER a")
    for form in ("json", "api"):
        assert objects(segql("ast", "--output-format", form))[0]["path"] == "x\\xff.segql"
