"""Standard input: `-`, alone or as the file that --stdin-filename names."""

from __future__ import annotations

from .conftest import Run, Shell, Write

INCLUDES_A = "FILTER INCLUDE a ALIAS x"


def test_it_has_a_name_of_its_own(segql: Shell) -> None:
    run = segql("check", "-", stdin="FILTER a >")
    assert run.code == 1
    assert run.out.startswith("<stdin>:1:11: error SYN002 ")


def test_it_can_stand_for_a_file(segql: Shell) -> None:
    run = segql("check", "-", "--stdin-filename", "deep/a.segql", stdin="FILTER a >")
    assert run.out.startswith("deep/a.segql:1:11: error SYN002 ")


def test_it_is_checked_in_the_workspace_of_the_current_folder(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a ALIAS a")
    assert segql("check", "-", stdin=INCLUDES_A) == Run(0, "1 file checked, nothing found.\n", "")


def test_it_is_checked_in_the_workspace_of_the_file_it_stands_for(
    segql: Shell, write: Write
) -> None:
    write("deep/a.segql", "FILTER a ALIAS a")
    assert "REF001" in segql("check", "-", stdin=INCLUDES_A).out
    assert segql("check", "-", "--stdin-filename", "deep/x.segql", stdin=INCLUDES_A).code == 0


def test_it_replaces_the_file_it_stands_for(segql: Shell, write: Write) -> None:
    write("x.segql", "FILTER old > ALIAS x")
    write("a.segql", "FILTER a ALIAS a")
    run = segql("check", ".", "-", "--stdin-filename", "x.segql", stdin=INCLUDES_A)
    assert run == Run(0, "2 files checked, nothing found.\n", "")


def test_an_empty_one_is_an_empty_file(segql: Shell) -> None:
    assert segql("check", "-") == Run(0, "1 file checked, nothing found.\n", "")


def test_what_is_no_text(segql: Shell) -> None:
    run = segql("check", "-", stdin=b"\xff\xfe")
    assert run.code == 1
    expected = "<stdin>:1:1: error SYN016 this is not a text file: byte 1 is not UTF-8\n"
    assert run.out.startswith(expected)


def test_the_name_goes_with_the_dash(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a")
    assert segql("check", "--stdin-filename", "a.segql") == Run(
        2,
        "",
        "segql: --stdin-filename goes with -\n  help: add `-` to read standard input\n",
    )


def test_every_command_that_takes_paths_reads_it(segql: Shell) -> None:
    text = "FILTER a ALIAS a"
    assert segql("format", "-", stdin=text) == Run(0, f"{text}\n", "")
    assert segql("compile", "-", "--output-format", "ql", stdin=text) == Run(0, f"{text}\n", "")
    assert segql("ast", "-", stdin=text).out.startswith("<stdin>\n  Statement  1:1\n")
