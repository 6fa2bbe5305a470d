"""What people see of a diagnostic."""

from __future__ import annotations

from segql.diagnostics import diagnostic
from segql.diagnostics.reports import text
from segql.source import SourceFile
from segql.syntax.parser import parse


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


def test_a_span_over_several_lines_is_marked_on_its_first() -> None:
    lines = rendered("ab(\ncd", 2, 6)
    assert lines[3] == "  |   ^"


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
    plain, coloured = rendered("a $", 2, 3), rendered("a $", 2, 3, colour=True)
    assert plain != coloured
    stripped = [line.replace("\x1b[0m", "").replace("\x1b[36m", "") for line in coloured]
    assert [line.replace("\x1b[1;31m", "") for line in stripped] == plain


def test_the_summary_counts() -> None:
    source = SourceFile("$", "a.segql")
    problem = diagnostic("bad-character", 0, 1, "what", "")
    assert text.summary([(source, [])]) == "1 file checked, nothing found."
    found = text.summary([(source, [problem, problem]), (source, []), (source, [problem])])
    assert found == "3 errors in 2 files."
