"""Segments that files have already: written again where they stand, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.api import Segment as RemoteSegment
from segql.compiler import compile_statement
from segql.deploy import changed_fields
from segql.deploy.pulling import Layout, Pull, pull
from segql.formatter import statement_text
from segql.syntax.nodes import Statement
from segql.syntax.parser import parse
from tests import trees

from .conftest import segments


def pulled(text: str, **fields: object) -> Pull:
    fields = {"id": "1", "slug_name": "vip", "segment_ql": "FILTER a > 1"} | fields
    return pull([RemoteSegment(**fields)], segments(text), Layout())  # pyright: ignore[reportArgumentType]


def rewritten(text: str, **fields: object) -> str:
    found = pulled(text, **fields)
    assert [outcome.action for outcome in found.outcomes] == ["update"]
    assert list(found.texts) == ["a.segql"]
    return found.texts["a.segql"]


@pytest.mark.parametrize(
    "text",
    [
        "FILTER a > 1 ALIAS vip",
        "filter (a>1) alias VIP -- no other meaning",
        "FILTER a > 1 WITH tags = [] ALIAS vip",
    ],
)
def test_what_means_the_same_stays_as_it_is(text: str) -> None:
    found = pulled(text, name="Told in the web form", description="There too")
    assert found.texts == {}
    assert [outcome.action for outcome in found.outcomes] == ["unchanged"]


@pytest.mark.parametrize(
    ("text", "fields", "after"),
    [
        (
            'FILTER a > 1 WITH name = "Old" ALIAS Vip\n',
            {"name": "New", "tags": ("x",)},
            'FILTER a > 1 WITH name = "New" ALIAS Vip\n',
        ),
        (
            "-- old\nFILTER a > 1 ALIAS vip\n",
            {"description": "New\nwords"},
            "-- New\n-- words\nFILTER a > 1 ALIAS vip\n",
        ),
        (
            "-- segql: ignore STY001\n-- old\nFILTER a > 1 ALIAS vip\n",
            {"description": "new"},
            "-- new\n-- segql: ignore STY001\nFILTER a > 1 ALIAS vip\n",
        ),
        (
            'FILTER a > 1 WITH description = "old" ALIAS vip\n',
            {"description": "new"},
            'FILTER a > 1 WITH description = "new" ALIAS vip\n',
        ),
        ("-- old\nFILTER a > 1 ALIAS vip\n", {}, "FILTER a > 1 ALIAS vip\n"),
        (
            "-- Why\nFILTER a > 2 ALIAS vip\n",
            {"description": "Why"},
            "-- Why\nFILTER a > 1 ALIAS vip\n",
        ),
        (
            "# mine\n\n# Why\nFILTER a > 2 -- two\nALIAS vip -- end\n\n-- last\n",
            {"description": "Why"},
            "# mine\n\n# Why\nFILTER a > 1  -- two\nALIAS vip -- end\n\n-- last\n",
        ),
        (
            "filter  z alias first; FILTER a>2 ALIAS vip; filter  y  alias last",
            {},
            "filter  z alias first; \n\nFILTER a > 1 ALIAS vip; filter  y  alias last",
        ),
        (
            "FILTER a > 1 FROM content ALIAS vip\n",
            {"table": "user"},
            "FILTER a > 1 FROM user ALIAS vip\n",
        ),
        (
            "FILTER a > 2 LIMIT 5 WITH own = 1 ALIAS vip\n",
            {},
            "FILTER a > 1 ALIAS vip\n",
        ),
        (
            "FILTER a > 2\nWITH name = 'x', -- about the name\ntags = []\nALIAS vip\n",
            {"name": "x"},
            'FILTER a > 1\n-- about the name\nWITH name = "x", tags = []\nALIAS vip\n',
        ),
        ("-- x\r\nFILTER b\r\nALIAS vip\r\n", {"description": "y"}, None),
    ],
)
def test_only_what_differs_is_changed(
    text: str, fields: dict[str, object], after: str | None
) -> None:
    expected = "-- y\r\nFILTER a > 1 ALIAS vip\r\n" if after is None else after
    assert rewritten(text, **fields) == expected


def test_comments_stay_at_their_phrases() -> None:
    text = """\
FILTER AND (  -- all of them
    a > 1,  -- one
    -- about b
    b IN ("x", "y"),
    OR (c, d),  -- either
    gone,  -- this too
)
ALIAS vip
"""
    theirs = 'FILTER AND (a > 2, new, b IN ("x", "z"), OR (c, e, d))'
    assert (
        rewritten(text, segment_ql=theirs)
        == """\
FILTER AND (  -- all of them
    a > 2,  -- one
    new,
    -- about b
    b IN ("x", "z"),
    OR (c, e, d),  -- either
    -- this too
)
ALIAS vip
"""
    )


def test_several_segments_of_a_file() -> None:
    text = "-- A\nFILTER a ALIAS a\n\nFILTER b ALIAS b\n\n-- C\nFILTER c ALIAS c\n"
    remotes = [
        RemoteSegment(id=slug, slug_name=slug, segment_ql="FILTER x", description=slug.upper())
        for slug in "ca"
    ]
    found = pull(remotes, segments(text), Layout())
    assert found.texts == {"a.segql": text.replace("R a", "R x").replace("R c", "R x")}
    assert [(o.slug, o.action, o.changed) for o in found.outcomes] == [
        ("a", "update", ("segment_ql",)),
        ("c", "update", ("segment_ql",)),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("FILTER b ALIAS vip\n\nFILTER > ALIAS x", "there are mistakes in a.segql"),
        ("FILTER b > ALIAS vip", "parts of this segment could not be read"),
        ("FILTER b ALIAS vip; FILTER c ALIAS VIP", "it is more than once in a.segql"),
    ],
)
def test_what_is_left_as_it_is(text: str, reason: str) -> None:
    found = pulled(text)
    assert found.texts == {}
    assert [(o.action, o.reason) for o in found.outcomes] == [("skip", reason)]


def test_a_filter_of_the_account_that_cannot_be_read_changes_no_file() -> None:
    found = pulled("FILTER b ALIAS vip", segment_ql="FILTER a >")
    assert [outcome.action for outcome in found.outcomes] == ["aside"]
    assert list(found.texts) == ["vip.segql.txt"]


@st.composite
def filters(draw: st.DrawFn) -> str:
    return statement_text(Statement(draw(trees.phrases(trees.words))))


@given(filters(), filters(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "x", "a\nb"]))
def test_a_file_says_afterwards_what_the_account_holds(
    ours: str, theirs: str, line_break: str, description: str
) -> None:
    ours = ours.replace(", ", ", /* why */ ").replace("\n", "\n  -- line\n  ")
    text = f"-- Top\n\n-- Old\n{ours}\nWITH tags = [] ALIAS vip -- end\n\n-- B\nFILTER z ALIAS b\n"
    text = text.replace("\n", line_break)
    fields = {"segment_ql": theirs, "description": description, "tags": ("t",)}
    found = pulled(text, **fields)
    if found.outcomes[0].action == "skip":  # the file has mistakes: no text says such a filter
        assert found.outcomes[0].reason
        return
    if found.outcomes[0].action == "aside":
        return
    after = parse(found.texts["a.segql"])
    vip, other = after.statements
    remote = RemoteSegment(id="1", slug_name="vip", **fields)  # pyright: ignore[reportArgumentType]
    assert changed_fields(vip, compile_statement(vip), remote) == []
    assert vip.comment == description
    assert (statement_text(other), other.comment) == ("FILTER z ALIAS b", "B")
    before = sorted(comment.text.rstrip() for comment in parse(text).comments)
    before.remove("-- Old")
    left = [comment.text.rstrip() for comment in after.comments]
    assert [text for text in before if text not in left] == []
