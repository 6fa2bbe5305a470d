"""`segql push`: from files to the account, and what it says about it."""

from __future__ import annotations

from segql.api import Client

from .conftest import Run, Shell, Write, slugs, stored


def test_a_slug_does_not_steer_the_terminal(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    write("a.segql", "FILTER a ALIAS `x\x9b1m`")
    for command in ("validate", "push"):
        run = segql(command, **login)
        assert run.code == 0
        assert "x\N{REPLACEMENT CHARACTER}1m\n" in run.out


def test_a_life(segql: Shell, write: Write, account: Client, login: dict[str, str]) -> None:
    write("a.segql", '-- Why\nFILTER a > 1 WITH name = "First" ALIAS Vip')
    assert segql("push", **login) == Run(
        0, "created   vip\n1 created, 0 updated, 0 unchanged.\n", ""
    )
    (created,) = stored(account)
    assert (created.name, created.description, created.kind) == ("First", "Why", "segment")
    assert created.segment_ql == "FILTER a > 1 ALIAS Vip"

    write("a.segql", '-- Why\nFILTER ( a > 1 )  WITH name = "First" ALIAS VIP -- no other meaning')
    assert segql("push", **login) == Run(
        0, "unchanged vip\n0 created, 0 updated, 1 unchanged.\n", ""
    )
    assert stored(account) == [created]

    write("a.segql", '-- Why not\nFILTER a > 2 WITH name = "Second", tags = ["t"] ALIAS vip')
    assert segql("push", **login) == Run(
        0,
        "updated   vip  (name, description, tags, segment_ql)\n"
        "0 created, 1 updated, 0 unchanged.\n",
        "",
    )
    (updated,) = stored(account)
    assert updated.id == created.id
    assert (updated.name, updated.description, updated.tags) == ("Second", "Why not", ("t",))
    assert updated.segment_ql == "FILTER a > 2 ALIAS vip"


def test_what_is_included_is_written_first_across_files(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    write("segql.toml", "")
    write("1/a.segql", "FILTER INCLUDE b ALIAS a")
    write("2/b.segql", 'FILTER in_segment("c") ALIAS b')
    write("3/c.segql", "FILTER c ALIAS c")
    assert segql("push", **login).out.splitlines() == [
        "created   c",
        "created   b",
        "created   a",
        "3 created, 0 updated, 0 unchanged.",
    ]


def test_the_content_table(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    write("a.segql", "FILTER a FROM content ALIAS pages; FILTER a ALIAS people")
    assert segql("push", **login).out.endswith("2 created, 0 updated, 0 unchanged.\n")
    assert [segment.slug_name for segment in account.segments("content")] == ["pages"]
    assert [segment.slug_name for segment in account.segments("user")] == ["people"]
    assert segql("push", **login).out.endswith("0 created, 0 updated, 2 unchanged.\n")


def test_what_the_files_are_silent_about_stays_as_the_account_has_it(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    fields = {"name": "Ours", "description": "Told here", "tags": ["a", "b"], "is_public": True}
    account.create({"slug_name": "vip", "segment_ql": "FILTER a > 1", "kind": "aspect"} | fields)
    write("a.segql", "FILTER a > 1 ALIAS vip")
    assert segql("push", **login).out.startswith("unchanged vip\n")

    write("a.segql", "FILTER a > 2 ALIAS vip")
    assert segql("push", **login).out.startswith("updated   vip  (segment_ql)\n")
    (segment,) = stored(account)
    assert segment.segment_ql == "FILTER a > 2 ALIAS vip"
    assert (segment.name, segment.description) == ("Ours", "Told here")
    assert (segment.tags, segment.is_public, segment.kind) == (("a", "b"), True, "aspect")

    write("a.segql", "FILTER a > 2 WITH tags = [], is_public = false ALIAS vip")
    assert segql("push", **login).out.startswith("updated   vip  (is_public, tags)\n")
    (segment,) = stored(account)
    assert (segment.tags, segment.is_public, segment.name) == ((), False, "Ours")


def test_segments_of_the_account_that_no_file_has_stay(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    account.create({"slug_name": "other", "segment_ql": "FILTER a"})
    write("a.segql", "FILTER a ALIAS vip")
    assert segql("push", **login).code == 0
    assert slugs(account) == ["other", "vip"]


def test_only_what_was_named_is_pushed(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    write("a.segql", "FILTER INCLUDE b ALIAS a")
    write("b.segql", "FILTER b ALIAS b")
    assert segql("push", "a.segql", **login).out.startswith("created   a\n")
    assert slugs(account) == ["a"]


def test_standard_input(segql: Shell, account: Client, login: dict[str, str]) -> None:
    run = segql("push", "-", stdin="FILTER a ALIAS vip", **login)
    assert run == Run(0, "created   vip\n1 created, 0 updated, 0 unchanged.\n", "")
    assert slugs(account) == ["vip"]


def test_a_slug_that_another_table_has_is_refused(
    segql: Shell, write: Write, account: Client, login: dict[str, str]
) -> None:
    account.create({"slug_name": "taken", "segment_ql": "FILTER a", "table": "content"})
    write("a.segql", "FILTER a ALIAS first; FILTER a ALIAS taken; FILTER a ALIAS last")
    run = segql("push", **login)
    assert run.code == 1
    assert run.out.splitlines() == [
        "created   first",
        "not done  taken  (create)",
        "not done  last  (create)",
        "Stopped: 1 created, 0 updated, 0 unchanged, 2 not done.",
    ]
    assert "refused (409): there is a segment 'taken' already" in run.err
    assert slugs(account) == ["first", "taken"]
