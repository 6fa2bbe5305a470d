"""``segql check --fix``: what is mended, what is left, what is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run, Shell, Write

TRAPS = "FILTER AND (EXISTS(a), b IS NULL NOT c) ALIAS x\n"
MENDED = "FILTER AND (EXISTS a, b = NULL, NOT c) ALIAS x\n"


def test_safe_fixes_are_made(segql: Shell, write: Write) -> None:
    path = write("a.segql", TRAPS)
    run = segql("check", "--fix")
    assert run == Run(0, "3 fixes made.\n1 file checked, nothing found.\n", "")
    assert path.read_text() == MENDED
    assert segql("check", "--fix") == Run(0, "1 file checked, nothing found.\n", "")


def test_without_the_option_nothing_is_written(segql: Shell, write: Write) -> None:
    path = write("a.segql", TRAPS)
    assert segql("check").code == 1
    assert path.read_text() == TRAPS


def test_unsafe_fixes_are_made_when_asked_for(segql: Shell, write: Write) -> None:
    text = "FILTER AND (name = Bob, EXISTS(b)) ALIAS x\n"
    path = write("a.segql", text)
    run = segql("check", "--fix")
    assert (run.code, path.read_text()) == (1, "FILTER AND (name = Bob, EXISTS b) ALIAS x\n")
    assert "PORT013" in run.out
    assert segql("check", "--unsafe-fixes").code == 0
    assert path.read_text() == 'FILTER AND (name = "Bob", EXISTS b) ALIAS x\n'


def test_an_include_is_mended_by_what_other_files_say(segql: Shell, write: Write) -> None:
    path = write("a.segql", "FILTER INCLUDE activ_users ALIAS x\n")
    write("b.segql", "FILTER b ALIAS active_users\n")
    assert segql("check", "--fix", "--unsafe-fixes").code == 0
    assert path.read_text() == "FILTER INCLUDE active_users ALIAS x\n"


def test_a_diff_writes_nothing(segql: Shell, write: Write) -> None:
    path = write("a.segql", TRAPS)
    write("b.segql", "FILTER b ALIAS y\n")
    run = segql("check", "--diff")
    assert run.code == 1
    assert run.out.splitlines() == [
        "--- a.segql",
        "+++ a.segql",
        "@@ -1 +1 @@",
        f"-{TRAPS[:-1]}",
        f"+{MENDED[:-1]}",
    ]
    assert run.err == "3 fixes would be made.\n"
    assert path.read_text() == TRAPS
    assert segql("check", "--diff", "b.segql") == Run(0, "", "0 fixes would be made.\n")


def test_standard_input_is_printed(segql: Shell) -> None:
    run = segql("check", "--fix", "-", stdin=TRAPS)
    assert run == Run(0, MENDED, "3 fixes made.\n1 file checked, nothing found.\n")
    assert segql("check", "--fix", "-", stdin=MENDED).out == MENDED
    broken = segql("check", "--fix", "-", stdin="FILTER a >\n")
    assert (broken.code, broken.out) == (1, "FILTER a >\n")
    assert "SYN002" in broken.err


def test_only_the_chosen_rules(segql: Shell, write: Write) -> None:
    path = write("a.segql", TRAPS)
    assert segql("check", "--fix", "--select", "PORT008").code == 0
    assert path.read_text() == "FILTER AND (EXISTS(a), b = NULL NOT c) ALIAS x\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_what_is_not_mended_stays_as_it_is(
    segql: Shell, folder: Path, mark: bytes, end: str
) -> None:
    path = folder / "a.segql"
    before = end.join(["-- why", "FILTER AND (", "\tEXISTS(a),", "  b  ) -- no", "ALIAS x", ""])
    path.write_bytes(mark + before.encode())
    assert segql("check", "--fix").code == 0
    assert path.read_bytes() == mark + before.replace("EXISTS(a)", "EXISTS a").encode()


def test_files_beside_are_not_touched(segql: Shell, write: Write) -> None:
    write("a.segql", TRAPS)
    beside = write("b.segql", TRAPS.replace("x", "y"))
    assert segql("check", "--fix", "a.segql").code == 0
    assert beside.read_text() == TRAPS.replace("x", "y")


def test_a_file_with_errors_keeps_them(segql: Shell, write: Write) -> None:
    path = write("a.segql", "FILTER a > ;\nFILTER EXISTS(b) ALIAS y\n")
    assert segql("check", "--fix").code == 1
    assert path.read_text() == "FILTER a > ;\nFILTER EXISTS b ALIAS y\n"


def test_hundreds_of_fixes_in_one_file(segql: Shell, write: Write) -> None:
    path = write("a.segql", "".join(f"FILTER EXISTS(f{n}) ALIAS s{n};\n" for n in range(400)))
    assert segql("check", "--fix") == Run(
        0, "400 fixes made.\n1 file checked, nothing found.\n", ""
    )
    assert path.read_text() == "".join(f"FILTER EXISTS f{n} ALIAS s{n};\n" for n in range(400))
