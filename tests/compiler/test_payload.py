"""From a segment to what the API stores."""

from __future__ import annotations

import pytest

import segql
from segql.api import Client, Credentials, Rejected
from segql.compiler import CompileError, compile_statement
from segql.emulator import running
from segql.syntax.nodes import Alias, Comparison, Identifier, Name, Statement, String

MOST_ACTIVE = """
-- a description of what this is for
FILTER AND (visitct > 5,lastvisit_ts >= "now-30d", score_momentum >  10)
WITH name = "Most Active Users", is_public = true, tags = ["email_personalization", "product"]
ALIAS our_test_activelist
"""


def payload(text: str) -> dict[str, object]:
    (statement,) = segql.parse(text).statements
    return dict(compile_statement(statement))


def test_the_vendors_example() -> None:
    assert payload(MOST_ACTIVE) == {
        "name": "Most Active Users",
        "slug_name": "our_test_activelist",
        "description": "a description of what this is for",
        "kind": "segment",
        "table": "user",
        "is_public": True,
        "tags": ["email_personalization", "product"],
        "segment_ql": 'FILTER AND (visitct > 5, lastvisit_ts >= "now-30d", score_momentum > 10)\n'
        "ALIAS our_test_activelist",
    }


def test_its_text_is_canonical() -> None:
    text = f"{payload(MOST_ACTIVE)['segment_ql']}\n"
    assert segql.format(text) == text


FIELDS = {
    "FILTER a ALIAS Vip": {"name": "Vip", "slug_name": "vip", "description": "", "tags": []},
    'FILTER a WITH slug_name = "Vip"': {"name": "Vip", "slug_name": "vip"},
    'FILTER a WITH slug_name = "VIP" ALIAS vip': {"slug_name": "vip"},
    'FILTER a WITH NAME = "X" ALIAS v': {"name": "X"},
    '-- above\nFILTER a WITH description = "with" ALIAS v': {"description": "with"},
    "FILTER a FROM content WITH kind = aspect ALIAS v": {"table": "content", "kind": "aspect"},
    'FILTER a WITH {"table": "content"} ALIAS v': {"table": "content"},
}


@pytest.mark.parametrize(("text", "fields"), FIELDS.items(), ids=list(FIELDS))
def test_fields(text: str, fields: dict[str, object]) -> None:
    assert fields.items() <= payload(text).items()


TEXTS = {
    "a > 1 ALIAS v": "FILTER a > 1 ALIAS v",
    'FILTER a WITH name = "x", n = 5, tags = [y] ALIAS v': "FILTER a WITH n = 5 ALIAS v",
    "FILTER a ALIAS v LIMIT 5 FROM content": "FILTER a FROM content LIMIT 5 ALIAS v",
    "FILTER a IN (1) AND b > (2) ALIAS v": "FILTER AND (a IN (1), b > 2) ALIAS v",
    # what the server misreads is said in another way
    "FILTER NOT a BETWEEN 1 AND 2 ALIAS v": "FILTER OR (a <= 1, a >= 2) ALIAS v",
    "FILTER a NOT BETWEEN 1 AND 2 ALIAS v": "FILTER OR (a <= 1, a >= 2) ALIAS v",
    "FILTER a IN (-1, 2) ALIAS v": 'FILTER a IN ("-1", 2) ALIAS v',
    "FILTER NOT len(a) > 1 ALIAS v": "FILTER NOT (len(a) > 1) ALIAS v",
    "FILTER EXISTS(a) ALIAS v": "FILTER EXISTS a ALIAS v",
    'FILTER INCLUDE "b" ALIAS v': "FILTER INCLUDE b ALIAS v",
    "FILTER a IS NOT NULL ALIAS v": "FILTER a != NULL ALIAS v",
    "FILTER AND (EXISTS a NOT EXISTS b) ALIAS v": "FILTER AND (EXISTS a, NOT EXISTS b) ALIAS v",
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.items(), ids=list(TEXTS))
def test_segment_ql_is_what_the_server_reads_as_we_do(text: str, expected: str) -> None:
    assert payload(text)["segment_ql"] == expected


ERRORS = {
    "FILTER a": "missing-alias",
    "FILTER a WITH name = 5 ALIAS v": "bad-option",
    'FILTER a WITH is_public = "yes" ALIAS v': "bad-option",
    'FILTER a WITH tags = "x" ALIAS v': "bad-option",
    "FILTER a WITH tags = [1] ALIAS v": "bad-option",
    'FILTER a WITH slug_name = "x" ALIAS v': "bad-option",
    r'FILTER a = "say \"hi\" \n" ALIAS v': "unsayable-string",
    "FILTER f(a, -1) ALIAS v": "negative-argument",
    'FILTER a WITH slug_name = "" ALIAS v': "bad-option",
    'FILTER a WITH slug_name = ""': "bad-slug",
    "FILTER a ALIAS `a/b c`": "bad-slug",
    "FILTER a ALIAS `..`": "bad-slug",
    "FILTER a ALIAS `a\x1b`": "bad-slug",
}


@pytest.mark.parametrize(("text", "name"), ERRORS.items(), ids=list(ERRORS))
def test_what_cannot_be_compiled_is_said(text: str, name: str) -> None:
    with pytest.raises(CompileError) as caught:
        payload(text)
    assert [problem.name for problem in caught.value.diagnostics] == [name]


def test_a_tree_made_by_hand_that_no_text_can_say() -> None:
    by_hand = Statement(
        Comparison(Identifier("a"), "=", String("x\\")), clauses=(Alias(Name("v")),)
    )
    with pytest.raises(CompileError, match="backslash"):
        compile_statement(by_hand)


def test_the_api_takes_its_text() -> None:
    with running() as url, Client(Credentials(url, "any")) as client:
        client.validate(str(payload(MOST_ACTIVE)["segment_ql"]))
        with pytest.raises(Rejected):
            client.validate("FILTER AND (")


def test_of_two_fields_that_differ_in_case_the_last_counts() -> None:
    (statement,) = segql.parse(
        "FILTER a WITH tags = [b], Tags = [c], tags = [d] ALIAS x"
    ).statements
    assert compile_statement(statement)["tags"] == ["d"]
