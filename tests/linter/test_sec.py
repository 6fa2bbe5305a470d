"""SEC: what people cannot see, and what should not stand in a file."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.diagnostics import Diagnostic
from segql.linter.examine import examine
from segql.linter.fixing import apart, mended, wanted_fixes
from segql.linter.options import Options
from segql.syntax.parser import parse

from .asking import ask, places


def found(rule: str, text: str) -> list[Diagnostic]:
    """What a rule says of a text, that may have mistakes."""
    problems = examine(parse(text), Options(frozenset({rule}))).problems
    return [problem for problem in problems if problem.name == rule]


def taken_out(text: str, unsafe: bool = True) -> str:
    fixes = apart(wanted_fixes(found("invisible-character", text), unsafe))
    return mended(text, [fix for _, fix in fixes])


# ---- invisible-character -----------------------------------------------------------------


@pytest.mark.parametrize(
    "letter",
    list(
        "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2063\u2066\u2069"
        "\ufeff\u00ad\u034f\u180e\u3164\U000e0041"
    ),
)
def test_a_character_that_nobody_can_see(letter: str) -> None:
    text = f'FILTER plan = "a{letter}b" -- why{letter}so\nALIAS `x{letter}y`'
    problems = found("invisible-character", text)
    assert [(p.span.start, p.span.end) for p in problems] == [
        match.span() for match in re.finditer(letter, text)
    ]
    assert all(f"U+{ord(letter):04X}" in problem.message for problem in problems)
    assert [p.fix.applicability for p in problems if p.fix] == ["unsafe", "safe", "unsafe"]
    assert taken_out(text) == 'FILTER plan = "ab" -- whyso\nALIAS `xy`'
    assert (
        taken_out(text, unsafe=False) == f'FILTER plan = "a{letter}b" -- whyso\nALIAS `x{letter}y`'
    )


def test_a_run_is_one_problem() -> None:
    (problem,) = found("invisible-character", 'FILTER a = "x\u202e\u200b\u200by"')
    assert (problem.span.start, problem.span.end) == (13, 16)
    assert problem.message == (
        "nobody can see this character in a string: U+202E RIGHT-TO-LEFT OVERRIDE and 2 more"
    )


@pytest.mark.parametrize(
    "value",
    [
        "👩\u200d👩\u200d👧",
        "🏳️\u200d🌈",
        "👩🏽\u200d💻",
        "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        "❤️",
        "می\u200cخواهم",
        "क्\u200dष",
        "ภาษา\u200bไทย",
        "שלום\u200f!",
        "\u200eعربي",
        "نص (C++)\u200e",
        "日本語 Köln naïve",
    ],
)
def test_what_writing_needs(value: str) -> None:
    assert found("invisible-character", f'FILTER a = "{value}" -- {value}') == []


@pytest.mark.parametrize(
    "value", ["a\u200d👩", "👩\u200da", "می\u200c\u200cخ", "\U0001f3f4\U000e0067", "a\u200eb"]
)
def test_where_writing_does_not_need_it(value: str) -> None:
    assert len(found("invisible-character", f'FILTER a = "{value}"')) == 1


def test_the_mark_at_the_beginning_of_a_file_is_none_of_ours() -> None:
    assert found("invisible-character", "\ufeffFILTER a") == []
    assert taken_out("\ufeffFILTER a ALIAS b;\ufeffFILTER b ALIAS c") == (
        "\ufeffFILTER a ALIAS b; FILTER b ALIAS c"
    )


def test_the_parser_speaks_of_what_is_no_part_of_the_language() -> None:
    text = "FILTER a\u200b > 1"
    assert [problem.name for problem in parse(text).diagnostics] == ["bad-character"]
    assert found("invisible-character", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "FILTER a /* x *\u200b/ y */",
        'FILTER a = "x\\\u200b"',
        'FILTER a = "\u200b"',
        "FILTER `\u200b` = 1",
        "FILTER aN\u3164d = 1",
        "FILTER \u3164 = 1",
        "FILTER a -- seg\u200bql: ignore-file[LOG001]",
    ],
)
def test_no_fix_where_something_else_would_come_of_it(text: str) -> None:
    (problem,) = found("invisible-character", text)
    assert problem.fix is None


def test_a_long_comment_does_not_take_minutes() -> None:
    text = "/* " + "a\u200b" * 20_000 + " */ FILTER a"
    assert len(found("invisible-character", text)) == 20_000


pieces = st.sampled_from(
    ["\u200b", "\u202e", "\ufeff", "\u3164", "\u00ad", "\u200d", "a", "é", "न", "👩", " ", "*", "/",
     "-", '"', "`", "\\", "\n", "FILTER ", "x = ", "AND (", ")", "/*", "*/", "--", "segql:"]
)  # fmt: skip


@given(st.lists(pieces, max_size=14).map("".join))
def test_a_safe_fix_changes_only_comments(text: str) -> None:
    before = parse(text)
    after = parse(taken_out(text, unsafe=False))
    assert after.statements == before.statements or before.has_errors
    assert len(after.comments) == len(before.comments)
    assert len(after.diagnostics) == len(before.diagnostics)


@given(st.lists(pieces, max_size=14).map("".join))
def test_a_fix_brings_no_mistake(text: str) -> None:
    before = parse(text)
    for problem in found("invisible-character", text):
        if problem.fix:
            after = parse(mended(text, [problem.fix]))
            assert len(after.diagnostics) <= len(before.diagnostics)
            assert len(after.comments) == len(before.comments)


# ---- mixed-scripts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("FILTER EXISTS emаil", 16),
        ("FILTER а_b = 1 ALIAS vіp", 22),
        ("FILTER INCLUDE `my сlub`", 19),
        ('FILTER city = "Lоndon"', 16),
        ('FILTER city IN ("Oslo", "Аpple pie")', 25),
        ('FILTER city = "Моcква"', 17),
        ('FILTER city = "Москвa"', 20),
        ('FILTER city = "Αthens"', 15),
        ('FILTER a WITH name = "Gоld"', 23),
        ('FILTER a WITH {"name": "Gоld"}', 25),
        ("FILTER counts.`Wеb hit` > 1", 16),
        ("FILTER fооd(a)", 8),
        ("FILTER VIPа", 10),
    ],
)
def test_a_word_of_two_scripts(text: str, offset: int) -> None:
    assert [problem.span.start for problem in found("mixed-scripts", text)] == [offset]


@pytest.mark.parametrize(
    "text",
    [
        'FILTER city IN ("Москва", "London", "Αθήνα")',
        'FILTER city IN ("東京tokyo", "iPhone版", "서울Seoul", "Köln", "Ærø")',
        'FILTER city IN ("VIPов", "SMSки", "VIPа", "e-mailы", "3D-печать")',  # endings
        'FILTER unit IN ("10μm", "5kΩ", "Δt", "βeta")',
        "FILTER город = 1 AND city_город = 2",
        "FILTER a -- emаil",
        'FILTER city = "соор"',
    ],
)
def test_scripts_that_are_mixed_in_the_open(text: str) -> None:
    assert found("mixed-scripts", text) == []


@given(st.text("fgkmrtz", min_size=1), st.text("бгджзи", min_size=1))
def test_letters_that_look_like_no_other_are_no_problem(latin: str, cyrillic: str) -> None:
    assert found("mixed-scripts", f"FILTER `{latin}{cyrillic}{latin}` = 1") == []


# ---- personal-data -----------------------------------------------------------------------

PERSONAL = {
    "e-mail": ["jane.doe@acme.com", "Jane+x@sub.acme.co.uk", "mailto:j@acme.de", " j@acme.com "],
    "phone": ["+49 30 1234567", "+14155550123", "+44 (0)20 7946 0958"],
    "card": [
        *("4111111111111111", "4111 1111 1111 1111", "5500-0000-0000-0004", "378282246310005"),
        *("3782 822463 10005", "2223003122003222", "6011000990139424", "3530111333300000"),
    ],
    "IBAN": ["DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19"],
}


@pytest.mark.parametrize(
    ("kind", "value"), [(kind, value) for kind, values in PERSONAL.items() for value in values]
)
def test_personal_data(kind: str, value: str) -> None:
    text = f'FILTER x IN ("other", "{value}")'
    (finding,) = ask("personal-data", text)
    assert finding.place == f'"{value}"'
    assert kind in finding.problem.message
    said = finding.problem.message + finding.problem.help
    assert value.strip() not in said


@pytest.mark.parametrize(
    "value",
    [
        "*@example.com",
        "jane*@acme.com",
        "%@acme.com",
        "@acme.com",
        "acme.com",
        "jane.doe@example.com",
        "jane@shop.example.org",
        "jane@shop.test",
        "info@acme.com",
        "No-Reply@acme.com",
        "jane@localhost",
        "git@github.com:acme/shop.git",
        "https://jane@acme.com/",
        "write to jane@acme.com",
        "+1",
        "+1234567",
        "+1234567890123456",
        "now+30d",
        "4111111111111112",  # the last digit is wrong
        "1111111111111117",  # no network
        "1767225600000",
        "4000000000006",  # 13 digits: Unix milliseconds have as many
        "4111-1111",
        "DE88370400440532013000",
        "de89370400440532013000",
        "SUMMER2026",
        "",
    ],
)
def test_what_is_not_personal(value: str) -> None:
    assert places("personal-data", f'FILTER x = "{value}"') == []


def test_a_number_may_be_a_card_and_a_name_is_no_literal() -> None:
    assert places("personal-data", "FILTER x = 4111111111111111") == ["4111111111111111"]
    assert places("personal-data", "FILTER x = 4111111111111112") == []
    assert places("personal-data", "FILTER `jane@acme.com` = 1 ALIAS `jane@acme.com`") == []


def luhn(digits: str) -> str:
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(reversed(digits)))
    return str(-total % 10)


@given(st.from_regex(r"4[0-9]{14}", fullmatch=True), st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_is_no_card(digits: str, place: int, step: int) -> None:
    card = digits + luhn(digits)
    assert places("personal-data", f'FILTER x = "{card}"') == [f'"{card}"']
    wrong = card[:place] + str((int(card[place]) + step) % 10) + card[place + 1 :]
    assert places("personal-data", f'FILTER x = "{wrong}"') == []


# ---- secret ------------------------------------------------------------------------------

HEX = "0123456789abcdef" * 2
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl"
SECRETS = [
    TOKEN,
    "-----BEGIN RSA PRIVATE KEY",
    "-----BEGIN PRIVATE KEY",
    "AKIA" + "IOSFODNN7EXAMPLE",
    "sk_live_" + "abcdefghijklmnop",
    "ghp_" + "a" * 36,
    "github_pat_" + "a" * 30,
    "glpat-" + "a" * 20,
    "xoxb-" + "1234567890ab",
    "AIza" + "a" * 35,
    f"SG.{'a' * 22}.{'b' * 43}",
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "text", ['FILTER a = "{}"', "FILTER a -- {}", 'FILTER a WITH note = "{} "', "FILTER `{}` ="]
)
def test_what_only_keys_look_like(text: str, secret: str) -> None:
    text = text.format(secret)
    (problem,) = found("secret", text)
    assert text[problem.span.start : problem.span.end] == secret
    assert secret not in problem.message + problem.help


@pytest.mark.parametrize(
    "text",
    [
        'FILTER api_key = "{}"',
        'FILTER `user Token` == "{}"',
        'FILTER attributes.PasswordHash != "{}"',
        'FILTER client_secret IN ("{}")',
        'FILTER apikey="{}"',
    ],
)
def test_digits_beside_the_name_of_a_key(text: str) -> None:
    text = text.format(HEX)
    (problem,) = found("secret", text)
    assert text[problem.span.start : problem.span.end] == HEX
    assert HEX not in problem.message + problem.help


@pytest.mark.parametrize(
    "text",
    [
        f'FILTER id = "{HEX}"',
        f'FILTER token = "{HEX[:31]}"',
        f'FILTER token = "{HEX}xyz"',
        f'FILTER AND (EXISTS token, id = "{HEX}")',
        f"FILTER INCLUDE `{HEX}`",
        'FILTER a = "eyJ.eyJ.x" AND b = "AKIA" AND c = "sk_live_" AND d = "github"',
        'FILTER a = "AKIAabcdefghijklmnop" AND b = "task_live_abcdefghijklmnop"',
        "FILTER a -- -----BEGIN CERTIFICATE-----",
        "FILTER a -- Authorization: $LIOKEY",
    ],
)
def test_what_is_no_secret(text: str) -> None:
    assert found("secret", text) == []


def test_texts_full_of_beginnings_do_not_take_minutes() -> None:
    for part in ("eyJ", "eyJaaaaaaaaaaa.", "sk_live_", "AKIA", "ghp_", "xoxb-1", "SG.", "token = "):
        assert len(found("secret", f'FILTER a = "{part * 50_000}"')) <= 50_000
