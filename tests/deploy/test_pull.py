"""From the account to files and back: nothing has changed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from segql import check
from segql.api import Client
from segql.api import Segment as RemoteSegment
from segql.compiler import compile_statement
from segql.deploy import changed_fields, push
from segql.deploy.planning import list_remotes, make_plan
from segql.deploy.pulling import Layout, Outcome, pull
from segql.deploy.stating import UnstatableError, segment_text
from segql.formatter import statement_text
from segql.syntax.nodes import And, Include, Name, Phrase, Statement
from segql.syntax.parser import parse
from segql.syntax.walk import includes
from segql.workspace import read_bytes, select
from tests import trees

from .conftest import segments


def remote(text: str | None = "FILTER a > 1", **fields: object) -> RemoteSegment:
    return RemoteSegment(**{"id": "1", "slug_name": "vip", "segment_ql": text} | fields)  # pyright: ignore[reportArgumentType]


# ---- What a file says -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("segment", "text"),
    [
        (remote(), "FILTER a > 1 ALIAS vip\n"),
        (remote("filter a>1 ALIAS Vip", name="Vip"), "FILTER a > 1 ALIAS Vip\n"),
        (remote("FILTER a > 1 ALIAS other"), "FILTER a > 1 ALIAS vip\n"),
        (remote(name="VIPs"), 'FILTER a > 1 WITH name = "VIPs" ALIAS vip\n'),
        (remote(kind="segment", table="user", is_public=False), "FILTER a > 1 ALIAS vip\n"),
        (
            remote(kind="aspect", table="content", is_public=True, tags=("x", "y z")),
            "FILTER a > 1\n"
            "FROM content\n"
            'WITH kind = "aspect", is_public = true, tags = ["x", "y z"]\n'
            "ALIAS vip\n",
        ),
        (remote(description="One\n\n  two"), "-- One\n--\n--   two\nFILTER a > 1 ALIAS vip\n"),
        (
            remote(description="segql: ignore"),
            'FILTER a > 1 WITH description = "segql: ignore" ALIAS vip\n',
        ),
        (remote(slug_name="a`'[]"), 'FILTER a > 1 WITH slug_name = "a`\'[]"\n'),
        (remote(slug_name="123"), "FILTER a > 1 ALIAS `123`\n"),
        (
            remote("FILTER a > 1 FROM user LIMIT 5 WITH name = old, other = 1"),
            "FILTER a > 1 LIMIT 5 WITH other = 1 ALIAS vip\n",
        ),
        (
            remote("-- why\r\nFILTER AND (\r\n  a, -- one\r\n  b\r\n) FROM user -- two"),
            "-- why\n\nFILTER AND (\n    a,  -- one\n    b,\n)\n-- two\nALIAS vip\n",
        ),
    ],
)
def test_the_text_of_a_segment(segment: RemoteSegment, text: str) -> None:
    assert segment_text(segment) == text


def test_in_full_it_says_the_defaults_too() -> None:
    assert segment_text(remote(name="vip"), in_full=True) == (
        'FILTER a > 1 WITH name = "vip", kind = "segment", is_public = false, tags = [] ALIAS vip\n'
    )


@pytest.mark.parametrize(
    ("segment", "reason"),
    [
        (remote("FILTER a >"), "a field or a value is missing"),
        (remote("FILTER a; FILTER b"), "it has more than one statement"),
        (remote(""), "it has no filter"),
        (remote(None), "it has no filter"),
        (remote(slug_name=None), "it has no slug"),
        (remote(slug_name="a/b"), "no address can hold the slug 'a/b'"),
        (remote("FILTER len(a, -1) > 2"), "the server refuses a negative number"),
    ],
)
def test_what_no_file_can_hold(segment: RemoteSegment, reason: str) -> None:
    with pytest.raises(UnstatableError, match=reason.replace("(", r"\(")):
        segment_text(segment)


# Texts that have been taken for something else somewhere.
odd = st.one_of(
    st.text(max_size=20),
    st.lists(
        st.sampled_from(
            [
                *("*/", "/*", "--", "#", "//", "\n", "\r", "\r\n", "\n\n", " ", "\t", "\0", "\x85"),
                *('"', "\\", "'", "`", "[", "]", ";", "FILTER", "segql: ignore", "x", "\u2028"),
                *("ALIAS", "\ufeff", "İ", "ß", "\u202e", "%", ".", "..", "{", "}"),
            ]
        ),
        max_size=6,
    ).map("".join),
)
slugs = st.one_of(trees.slugs, odd).filter(
    lambda slug: slug.strip(".") and not any(c == "/" or c < " " or c == "\x7f" for c in slug)
)


@st.composite
def remotes(draw: st.DrawFn) -> RemoteSegment:
    slug = draw(slugs)
    statement = Statement(draw(trees.phrases()))
    try:
        text = statement_text(statement)
        (read,) = parse(f"{text} ALIAS x").statements
        compile_statement(read)
    except ValueError:  # no text can say it, or not to the server
        assume(False)
        raise
    assume("\0" not in text)  # a file with it is no text
    return RemoteSegment(
        id="1",
        slug_name=slug.lower(),
        segment_ql=text,
        name=draw(st.one_of(st.none(), st.just(slug), odd)),
        description=draw(st.one_of(st.none(), odd)),
        kind=draw(st.sampled_from([None, "", "segment", "aspect", "odd kind"])),
        table=draw(st.one_of(st.sampled_from([None, "user", "content"]), odd)),
        is_public=draw(st.sampled_from([None, False, True])),
        tags=draw(st.one_of(st.none(), st.lists(odd, max_size=3).map(tuple))),
    )


@given(remotes(), st.booleans())
def test_a_file_says_what_the_account_holds(segment: RemoteSegment, in_full: bool) -> None:
    text = segment_text(segment, in_full=in_full)
    file = read_bytes(text.encode(), "x.segql")  # as a file is read
    (statement,) = file.statements
    payload = compile_statement(statement)
    assert changed_fields(statement, payload, segment) == []
    assert payload["slug_name"] == segment.slug_name
    assert payload["description"] == (segment.description or "")
    assert payload["tags"] == list(segment.tags or ())
    assert payload["is_public"] is bool(segment.is_public)
    assert payload["kind"] == (segment.kind or "segment")
    assert payload["table"] == (segment.table or "user")
    assert not segment.name or payload["name"] == segment.name
    # INCLUDE of what is not in this one text is all that may be wrong.
    errors = [problem for problem in check(text) if problem.is_error]
    assert {problem.code for problem in errors} <= {"REF001", "REF002"}


# ---- An account, there and back ---------------------------------------------------------


def generated(count: int) -> str:
    """So many segments; some include others, and all have fields of their own."""
    chance = random.Random(7)
    texts: list[str] = []

    @settings(max_examples=2 * count, database=None, derandomize=True)
    @given(trees.phrases(trees.words))
    def collect(phrase: Phrase) -> None:
        if len(texts) < count and (text := _numbered(phrase, len(texts), chance)):
            texts.append(text)

    collect()
    return "\n\n".join(texts)


def _numbered(phrase: Phrase, number: int, chance: random.Random) -> str:
    """A segment around a phrase; "" where no text can say it, or it includes what is not there."""
    known = [Include(Name(f"s{chance.randrange(number)}"))] if number % 3 == 2 else []
    try:
        text = statement_text(Statement(And((phrase, *known))))
        (read,) = parse(f"{text} ALIAS x").statements
        compile_statement(read)
    except ValueError:
        return ""
    if len([*includes(read)]) > len(known) or "\0" in text:  # which no file of text can hold
        return ""
    tags = ", ".join(f'"{tag}"' for tag in chance.sample(["Email", "web"], chance.randrange(3)))
    table = "content" if chance.random() < 0.2 else "user"
    return (
        f"-- Segment */ # {number}\n-- of many\n{text} FROM {table}\n"
        f'WITH name = "S {number}", tags = [{tags}] ALIAS S{number}'
    )


def write(folder: Path, texts: dict[str, str]) -> None:
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())


def test_500_segments_there_and_back(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(list(push(client, segments(generated(500))))) == 500
    monkeypatch.chdir(tmp_path)
    remotes = list_remotes(client, [])
    pulled = pull(remotes, [], Layout("audiences", "tag"))
    assert [outcome for outcome in pulled.outcomes if outcome.action != "create"] == []
    assert len(pulled.texts) == 500
    write(tmp_path, dict(pulled.texts))

    (selection,) = select([Path()])
    assert len(selection.segments) == 500
    plan = make_plan(selection.segments, remotes, url="http://localhost")
    assert [change for change in plan.changes if change.action != "unchanged"] == []
    again = pull(remotes, selection.segments, Layout("audiences", "tag"))
    assert again.texts == {}
    assert {outcome.action for outcome in again.outcomes} == {"unchanged"}


# ---- Files for segments -----------------------------------------------------------------


def test_an_id_becomes_the_slug_of_its_segment() -> None:
    vip = remote(id="3d4240482815b9848caf2e6f")
    text = 'FILTER AND (INCLUDE 3D4240482815b9848caf2e6f, in_segment("3d4240482815b9848caf2e6f"))'
    pulled = pull([vip, remote(text, id="2", slug_name="b")], [], Layout())
    assert pulled.texts["b.segql"] == 'FILTER AND (INCLUDE vip, in_segment("vip")) ALIAS b\n'


def test_an_id_that_is_a_slug_as_well_is_the_slug() -> None:
    one = remote(id="two")
    two = remote("FILTER b", id="9", slug_name="two")
    pulled = pull([one, two, remote("FILTER INCLUDE two", id="2", slug_name="b")], [], Layout())
    assert pulled.texts["b.segql"] == "FILTER INCLUDE two ALIAS b\n"


@pytest.mark.parametrize(
    ("folders", "path"),
    [("none", "in/vip.segql"), ("kind", "in/aspect/vip.segql"), ("tag", "in/email/vip.segql")],
)
def test_folders(folders: str, path: str) -> None:
    segment = remote(kind="aspect", tags=("Email", "web"))
    assert list(pull([segment], [], Layout("in", folders)).texts) == [path]  # pyright: ignore[reportArgumentType]


def test_without_a_tag_there_is_no_folder() -> None:
    assert list(pull([remote()], [], Layout("", "tag")).texts) == ["vip.segql"]


def test_only_some_but_ids_mean_any() -> None:
    vip, other = remote(id="v1"), remote("FILTER INCLUDE v1", id="2", slug_name="b")
    pulled = pull([vip, other], [], Layout(), wanted=[other])
    assert pulled.texts == {"b.segql": "FILTER INCLUDE vip ALIAS b\n"}


def test_the_owners_tag_is_no_concern_of_a_file() -> None:
    segment = remote(tags=("email", "segql"))
    pulled = pull([segment], [], Layout(owner_tag="segql"))
    assert pulled.texts["vip.segql"] == 'FILTER a > 1 WITH tags = ["email"] ALIAS vip\n'


def test_what_no_file_can_hold_is_kept_aside() -> None:
    pulled = pull(
        [remote("FILTER a >", name="VIPs\n"), remote(id="2", slug_name="b")], [], Layout()
    )
    assert [(o.action, o.slug, o.path) for o in pulled.outcomes] == [
        ("create", "b", "b.segql"),
        ("aside", "vip", "vip.segql.txt"),
    ]
    first, second, third = pulled.texts["vip.segql.txt"].splitlines()
    assert first.startswith("# This segment is in no file: ")
    assert second == '# {"id": "1", "slug_name": "vip", "name": "VIPs\\n"}'
    assert third == "FILTER a >"


def test_what_is_kept_aside_is_not_written_over_what_is_there() -> None:
    pulled = pull([remote("FILTER a >")], [], Layout(taken=("vip.segql.txt",)))
    assert [outcome.path for outcome in pulled.outcomes] == ["vip-2.segql.txt"]


def test_two_segments_of_one_slug() -> None:
    pulled = pull([remote(), remote("FILTER b", id="2")], [], Layout())
    assert pulled.outcomes[0] == Outcome("create", "vip", "vip.segql")
    assert pulled.outcomes[1].action == "aside"
    assert pulled.texts["vip.segql"] == "FILTER a > 1 ALIAS vip\n"
    assert "FILTER b" in pulled.texts["vip.segql.txt"]


def test_segments_without_a_slug_are_kept_under_their_ids() -> None:
    pulled = pull([remote(slug_name=""), remote(id="2", slug_name=None)], [], Layout())
    assert sorted(pulled.texts) == ["1.segql.txt", "2.segql.txt"]
    assert {outcome.reason for outcome in pulled.outcomes} == {"it has no slug"}
