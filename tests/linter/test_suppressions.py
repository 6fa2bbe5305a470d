"""Comments that silence rules."""

from __future__ import annotations

import pytest

from segql.diagnostics import Diagnostic
from segql.linter.options import Options
from segql.linter.runner import check_files
from segql.linter.scope import Settings
from segql.syntax.parser import parse
from segql.workspace import Workspace

TODAY = "2026-06-15"
TRAP = "FILTER EXISTS(a) ALIAS x"


def found(text: str, today: str = TODAY) -> list[Diagnostic]:
    file = parse(text, "a.segql")
    options = Options(settings=Settings(today=today))
    ((_, problems),) = check_files(Workspace([file]), [file], options)
    return problems


def codes(text: str, today: str = TODAY) -> list[str]:
    return [problem.code for problem in found(text, today)]


@pytest.mark.parametrize("rule", ["PORT007", "port007", "exists-parentheses", "PORT"])
@pytest.mark.parametrize("comment", ["-- {}", "# {}", "// {}", "/* {} */", "--{}"])
def test_above_a_statement(comment: str, rule: str) -> None:
    assert codes(TRAP) == ["PORT007"]
    assert codes(comment.format(f"segql: ignore[{rule}] we know") + f"\n{TRAP}") == []


def test_above_a_statement_and_its_description() -> None:
    assert codes(f"-- segql: ignore[PORT007]\n-- Those with an a.\n/* more */\n{TRAP}") == []


def test_only_the_next_statement_is_meant() -> None:
    text = f"-- segql: ignore[PORT007]\n{TRAP};\nFILTER EXISTS(b) ALIAS y"
    (problem,) = found(text)
    assert text[problem.span.start : problem.span.end] == "EXISTS(b)"


def test_a_statement_of_several_lines() -> None:
    assert codes("-- segql: ignore[PORT007]\nFILTER AND (\n  a,\n  EXISTS(b),\n) ALIAS x") == []


def test_on_its_line() -> None:
    text = "FILTER AND (\n  EXISTS(a), -- segql: ignore[PORT007] why\n  EXISTS(b),\n) ALIAS x"
    (problem,) = found(text)
    assert text[problem.span.start : problem.span.end] == "EXISTS(b)"


def test_above_a_line_of_a_statement() -> None:
    text = "FILTER AND (\n  -- segql: ignore[PORT007]\n  EXISTS(a),\n  EXISTS(b),\n) ALIAS x"
    (problem,) = found(text)
    assert text[problem.span.start : problem.span.end] == "EXISTS(b)"


def test_for_the_file() -> None:
    assert codes(f"{TRAP};\n{TRAP.replace('x', 'y')} -- segql: ignore-file[PORT007]") == []


def test_several_rules() -> None:
    text = "FILTER AND (EXISTS(a), b IS NULL) ALIAS x -- segql: ignore[PORT007, is-null]"
    assert codes(text) == []


@pytest.mark.parametrize(
    ("until", "expected"),
    [("2026-06-15", []), ("2027-01-31", []), ("2026-06-14", ["PORT007", "SUP002"])],
)
def test_until_a_date(until: str, expected: list[str]) -> None:
    assert codes(f"{TRAP} -- segql: ignore[PORT007] until {until} for now") == expected


def test_one_that_is_past_says_so() -> None:
    text = f"{TRAP} -- segql: ignore[PORT007] until 2026-01-31"
    problem = found(text)[-1]
    assert problem.message == "this suppression ended on 2026-01-31"
    assert text[problem.span.start : problem.span.end] == text[len(TRAP) + 1 :]


def mended(text: str) -> str:
    """The text after the fix of its only problem."""
    (problem,) = found(text)
    assert problem.fix is not None
    (edit,) = problem.fix.edits
    return text[: edit.start] + edit.text + text[edit.end :]


def test_one_that_silences_nothing() -> None:
    (problem,) = found("FILTER a ALIAS x -- segql: ignore[PORT007, PORT008]")
    assert problem.code == "SUP001"
    assert problem.message == "there is nothing here for `PORT007`, `PORT008` to silence"
    assert problem.help == "remove the comment"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FILTER a ALIAS x -- segql: ignore[PORT007]", "FILTER a ALIAS x"),
        ("FILTER a ALIAS x -- segql: ignore[PORT007]\n", "FILTER a ALIAS x\n"),
        ("-- segql: ignore[PORT007]\nFILTER a ALIAS x", "FILTER a ALIAS x"),
        (
            "FILTER AND (\n  -- segql: ignore[LOG]\n  a,\n  b) ALIAS x",
            "FILTER AND (\n  a,\n  b) ALIAS x",
        ),
        (
            "FILTER EXISTS(a) ALIAS x # segql: ignore[PORT007, PORT008] why",
            "FILTER EXISTS(a) ALIAS x # segql: ignore[PORT007] why",
        ),
        (
            "FILTER EXISTS(a) ALIAS x # segql: ignore[LOG001,PORT007]",
            "FILTER EXISTS(a) ALIAS x # segql: ignore[PORT007]",
        ),
    ],
)
def test_the_fix_of_one_that_silences_nothing(text: str, expected: str) -> None:
    assert mended(text) == expected


def test_of_rules_that_are_not_asked_nobody_knows() -> None:
    assert codes("FILTER a ALIAS x -- segql: ignore[STY]") == []
    assert codes("FILTER a ALIAS x -- segql: ignore[negated-comparison]") == []


@pytest.mark.parametrize(
    ("comment", "where", "message", "help"),
    [
        (
            "segql: ignroe[LOG001]",
            "ignroe",
            "`segql: ignroe` means nothing",
            "did you mean `ignore`?",
        ),
        ("segql: ignore", "ignore", "this silences nothing: no rule is named", None),
        ("segql: ignore[]", "ignore", "this silences nothing: no rule is named", None),
        (
            "segql: ignore[LOGG001]",
            "LOGG001",
            "there is no rule `LOGG001`",
            "did you mean `LOG001`?",
        ),
        ("segql: ignore[ALL]", "ALL", "this would silence everything", None),
        ("segql: ignore[SYN001]", "SYN001", "`SYN001` cannot be silenced", "mend what it reports"),
        ("segql: ignore[PORT007] until 31.1.27", "31.1.27", "`31.1.27` is no date", None),
        ("segql: ignore[PORT007] until 2027-13-01", "2027-13-01", "`2027-13-01` is no date", None),
    ],
)
def test_one_that_cannot_be_read(comment: str, where: str, message: str, help: str | None) -> None:
    text = f"FILTER a ALIAS x -- {comment}"
    (problem,) = found(text)
    assert (problem.code, problem.message) == ("SUP003", message)
    assert text[problem.span.start : problem.span.end] == where
    assert help is None or problem.help == help


def test_a_misspelt_one_has_a_fix() -> None:
    text = "FILTER a ALIAS x -- segql: ignore[exists-parens]"
    assert mended(text).endswith("ignore[exists-parentheses]")
    assert mended("FILTER a ALIAS x -- segql: ignroe[PORT007]").endswith("ignore[PORT007]")


def test_other_comments_are_left_alone() -> None:
    assert codes("FILTER a ALIAS x -- about segql: ignore nothing") == []


def test_syntax_cannot_be_silenced() -> None:
    assert codes("-- segql: ignore[LOG]\nFILTER a >") == ["SUP001", "SYN002"]


def test_many_comments_take_no_long_time() -> None:
    lines = "".join(f"-- segql: ignore[LOG]\n-- note {n}\n" for n in range(20_000))
    assert len(codes(lines + TRAP)) == 20_001
