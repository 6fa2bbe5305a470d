"""What people see of a diagnostic."""

from __future__ import annotations

import re

from hypothesis import given

from segql.diagnostics import CODES, Edit, Fix, diagnostic
from segql.diagnostics.reports import Findings, text
from segql.source import SourceFile
from segql.syntax.parser import parse

from .findings import any_findings, count

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LINK = re.compile(r"\x1b]8;;(.*?)\x1b\\")


def rendered(content: str, start: int, end: int, colour: bool = False) -> list[str]:
    problem = diagnostic("bad-character", start, end, "what", "do this")
    return text.render([(SourceFile(content, "a.segql"), [problem])], colour).splitlines()


def test_the_offending_text_is_underlined() -> None:
    assert rendered("FILTER a\nFILTER $$ > 1", 16, 18) == [
        "a.segql:2:8: error SYN008 what",
        "  |",
        "2 | FILTER $$ > 1",
        "  |        ^^",
        "  = help: do this",
        "",
    ]


def test_tabs_and_wide_lines_keep_the_mark_in_its_column() -> None:
    lines = rendered("\t\ta $", 4, 5)
    assert lines[2].index("$") == lines[3].index("^")
    lines = rendered("x" * 500 + "$" + "y" * 500, 500, 501)
    assert len(lines[2]) < 140
    assert lines[2].index("$") == lines[3].index("^")


def test_a_span_over_several_lines_is_underlined_on_each() -> None:
    assert rendered("FILTER (a\r\n\r\n    b\n) > 1", 7, 20) == [
        "a.segql:1:8: error SYN008 what",
        "  |",
        "1 | FILTER (a",
        "  |        ^^",
        "2 |",
        "3 |     b",
        "  |     ^",
        "4 | ) > 1",
        "  | ^",
        "  = help: do this",
        "",
    ]


def test_of_a_long_span_only_its_ends_are_shown() -> None:
    text = "\n".join(f"line {number}" for number in range(1, 12))
    assert rendered(text, 5, len(text))[2:-2] == [
        " 1 | line 1",
        "   |      ^",
        " 2 | line 2",
        "   | ^^^^^^",
        " 3 | line 3",
        "   | ^^^^^^",
        " … |",
        "11 | line 11",
        "   | ^^^^^^^",
    ]


def test_a_line_break_at_the_end_of_a_span_is_not_worth_a_line() -> None:
    assert rendered("ab(\ncd", 2, 4)[2:-2] == ["1 | ab(", "  |   ^"]
    assert rendered("ab\ncd", 2, 3)[2:-2] == ["1 | ab", "  |   ^"]


def test_a_tab_within_a_span_is_underlined_in_its_width() -> None:
    assert rendered("a\tb c", 0, 3)[2:4] == ["1 | a    b c", "  | ^^^^^^"]


def test_a_fix_is_told() -> None:
    fix = Fix("unsafe", "write\n`b`", (Edit(0, 1, "b"),))
    problem = diagnostic("bad-character", 0, 1, "what", "do this", fix)
    lines = text.render([(SourceFile("a", "a.segql"), [problem])]).splitlines()
    assert lines[-3:-1] == [
        "  = help: do this",
        "  = fix: write\N{REPLACEMENT CHARACTER}`b` (unsafe)",
    ]


def test_an_empty_span_behind_the_text_is_marked() -> None:
    lines = rendered("FILTER a >", 10, 10)
    assert lines[0].startswith("a.segql:1:11: ")
    assert lines[3] == "  |           ^"


def test_nothing_in_a_text_steers_the_terminal() -> None:
    lines = rendered("a \x1b[2J\u202e $", 8, 9)
    assert "\x1b" not in "".join(lines)
    assert "\u202e" not in "".join(lines)
    assert lines[2].index("$") == lines[3].index("^")


def test_nothing_in_a_message_steers_the_terminal() -> None:
    parsed = parse("FILTER a \x1b[2J")
    assert "\x1b" not in text.render([(parsed.source, parsed.diagnostics)])


def test_colour_changes_no_letter() -> None:
    plain, coloured = rendered("a\n$", 0, 3), rendered("a\n$", 0, 3, colour=True)
    assert plain != coloured
    assert [COLOUR.sub("", LINK.sub("", line)) for line in coloured] == plain


def test_with_colour_the_code_is_a_link_to_its_page() -> None:
    linked = "\x1b[1;31merror SYN008\x1b[0m"
    place, *others = LINK.findall(rendered("$", 0, 1, colour=True)[0])
    assert place == CODES["bad-character"].url
    assert others == [""]
    assert f"{place}\x1b\\{linked}\x1b]8;;" in rendered("$", 0, 1, colour=True)[0]
    assert "\x1b" not in "".join(rendered("$", 0, 1))


@given(any_findings)
def test_any_findings(findings: Findings) -> None:
    for colour in (False, True):
        shown = COLOUR.sub("", LINK.sub("", text.render(findings, colour)))
        shown.encode()
        assert all(line.isprintable() for line in shown.split("\n"))
        assert shown.count("\n\n") == count(findings)


def test_the_summary_counts() -> None:
    source = SourceFile("$", "a.segql")
    problem = diagnostic("bad-character", 0, 1, "what", "")
    assert text.summary([(source, [])]) == "1 file checked, nothing found."
    found = text.summary([(source, [problem, problem]), (source, []), (source, [problem])])
    assert found == "3 errors in 2 files."
