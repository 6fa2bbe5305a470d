"""INCLUDE across files: the whole workspace is read, only what was named is reported."""

from __future__ import annotations

import pytest

from .conftest import Run, Shell, Write

ONE_FINE = Run(0, "1 file checked, nothing found.\n", "")


def findings(run: Run) -> list[str]:
    return [line for line in run.out.splitlines() if ": error " in line]


def test_a_segment_of_another_file(segql: Shell, write: Write) -> None:
    write("segql.toml", "")
    write("one/a.segql", 'FILTER AND (INCLUDE b, in_segment("B")) ALIAS a')
    write("two/b.segql", "FILTER b ALIAS B")
    assert segql("check", "one/a.segql") == ONE_FINE
    assert segql("check") == Run(0, "2 files checked, nothing found.\n", "")


def test_without_a_configuration_the_files_beside_count(segql: Shell, write: Write) -> None:
    write("one/a.segql", "FILTER INCLUDE b ALIAS a")
    write("one/b.segql", "FILTER b ALIAS b")
    write("two/c.segql", "FILTER INCLUDE b ALIAS c")
    assert segql("check", "one/a.segql") == ONE_FINE
    message = "two/c.segql:1:16: error REF001 there is no segment `b` in this workspace"
    assert findings(segql("check", "two/c.segql")) == [message]
    assert findings(segql("check", "two")) == [message]
    assert findings(segql("check")) == []


def test_a_missing_one_with_a_suggestion(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER INCLUDE activ_users ALIAS a")
    write("b.segql", "FILTER b ALIAS active_users")
    assert segql("check", "a.segql") == Run(
        1,
        "a.segql:1:16: error REF001 there is no segment `activ_users` in this workspace\n"
        "  |\n"
        "1 | FILTER INCLUDE activ_users ALIAS a\n"
        "  |                ^^^^^^^^^^^\n"
        "  = help: did you mean `active_users`?\n"
        "  = fix: include `active_users` (unsafe)\n"
        "\n"
        "1 error in 1 file.\n",
        "",
    )


def test_segments_that_only_the_account_has(segql: Shell, write: Write) -> None:
    write(
        "a.segql",
        "FILTER OR (INCLUDE Web_Leads, INCLUDE All_Users, INCLUDE 3d4240482815b9848caf2e6f)",
    )
    message = "a.segql:1:20: error REF001 there is no segment `Web_Leads` in this workspace"
    assert findings(segql("check")) == [message]
    write("segql.toml", 'external = ["web_leads"]')
    assert segql("check") == ONE_FINE


def test_an_alias_that_another_file_has(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a ALIAS vip")
    write("b.segql", "FILTER b\nALIAS VIP")
    message = "b.segql:2:7: error REF003 `vip` is already the alias of the segment at a.segql:1"
    assert findings(segql("check")) == [message]
    assert findings(segql("check", "b.segql")) == [message]
    assert segql("check", "a.segql") == ONE_FINE


def test_a_circle_through_files(segql: Shell, write: Write) -> None:
    write("egg.segql", "FILTER INCLUDE hen ALIAS egg")
    write("hen.segql", "FILTER INCLUDE egg ALIAS hen")
    egg = "egg.segql:1:16: error REF002 a circle: egg -> hen -> egg"
    hen = "hen.segql:1:16: error REF002 a circle: hen -> egg -> hen"
    assert findings(segql("check")) == [egg, hen]
    assert findings(segql("check", "hen.segql")) == [hen]


def test_an_excluded_folder_is_no_part_until_it_is_named(segql: Shell, write: Write) -> None:
    write("segql.toml", 'exclude = ["broken/"]')
    write("a.segql", "FILTER INCLUDE b ALIAS a")
    write("broken/b.segql", "FILTER INCLUDE a ALIAS b")
    assert [line[:23] for line in findings(segql("check"))] == ["a.segql:1:16: error REF"]
    both = findings(segql("check", ".", "broken"))
    assert [line.split()[2] for line in both] == ["REF002", "REF002"]
    assert findings(segql("check", "broken")) == [both[1]]


@pytest.mark.parametrize("command", ["format", "ast", "compile"])
def test_commands_that_read_one_file_do_not_ask_for_the_others(
    segql: Shell, write: Write, command: str
) -> None:
    write("a.segql", "FILTER INCLUDE nowhere ALIAS a\n")
    write("b.segql", "FILTER b > ALIAS a")
    assert segql(command, "a.segql").code == 0
