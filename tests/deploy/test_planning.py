"""What is planned: without any account, and for accounts of every shape."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.api import Client, Credentials, NotFound, Rejected
from segql.api import Segment as RemoteSegment
from segql.deploy.plan import Change, FieldChange, Plan
from segql.deploy.planning import list_remotes, make_plan
from segql.deploy.reports.json import render
from segql.syntax.parser import parse
from segql.workspace import Workspace
from tests.cli.api_server import Answer, Asked, serving, well

from .conftest import segments
from .model import URL, applied, dangling, environment, planned, remote

OURS = ("segql",)


def summary(plan: Plan) -> list[str]:
    return [f"{change.action} {change.slug}" for change in plan.changes]


def only(plan: Plan) -> Change:
    (change,) = plan.changes
    return change


# ---- One segment -------------------------------------------------------------------------


def test_a_new_segment_is_created_with_all_its_fields() -> None:
    text = '-- Who buys\nFILTER AND (a > 1, b) WITH name = "Buyers", tags = ["x"] ALIAS Buyers'
    change = only(planned(text))
    assert (change.action, change.slug, change.id) == ("create", "buyers", None)
    assert (change.path, change.line) == ("a.segql", 2)
    assert change.fields == (
        FieldChange("name", None, "Buyers"),
        FieldChange("description", None, "Who buys"),
        FieldChange("tags", None, ("x",)),
    )
    assert change.filter_diff == ("@@ -0,0 +1 @@", "+FILTER AND (a > 1, b)")
    assert change.send["segment_ql"] == "FILTER AND (a > 1, b) ALIAS Buyers"
    assert (change.send["kind"], change.send["table"]) == ("segment", "user")
    assert change.before_hash is None


def test_an_update_tells_both_sides() -> None:
    text = 'FILTER b WITH name = "New", is_public = true ALIAS vip'
    change = only(planned(text, remote("vip", name="Old", description="Why", tags=("t",))))
    assert (change.action, change.id) == ("update", "id-of-vip")
    assert change.fields == (
        FieldChange("name", "Old", "New"),
        FieldChange("is_public", None, True),
    )
    assert change.filter_diff == ("@@ -1 +1 @@", "-FILTER a", "+FILTER b")
    assert change.send["description"] == "Why"
    assert change.send["tags"] == ["t"]


def test_a_long_filter_is_compared_line_by_line() -> None:
    phrases = [f"a_rather_long_name_of_a_field_{number} > {number}" for number in range(9)]
    before = f"FILTER AND ({', '.join(phrases)})"
    after = before.replace("_4 > 4", "_4 > 5")
    diff = only(planned(f"{after} ALIAS vip", remote("vip", before))).filter_diff
    assert [line for line in diff if line[0] in "+-"] == [
        "-    a_rather_long_name_of_a_field_4 > 4,",
        "+    a_rather_long_name_of_a_field_4 > 5,",
    ]


@pytest.mark.parametrize(
    "text", ["FILTER a", "filter   `a` -- why", "FILTER a FROM user ALIAS VIP"]
)
def test_the_same_meaning_is_no_change(text: str) -> None:
    plan = planned("FILTER a ALIAS Vip", remote("vip", text, name="Anything", kind="aspect"))
    assert summary(plan) == ["unchanged vip"]
    assert plan.is_empty
    assert plan.writes == ()


def test_a_filter_that_cannot_be_read_is_replaced() -> None:
    change = only(planned("FILTER a ALIAS vip", remote("vip", "FILTER a >\nand so on")))
    assert change.action == "update"
    assert change.filter_diff[1:] == ("-FILTER a >", "-and so on", "+FILTER a")


# ---- Order and INCLUDE -------------------------------------------------------------------


def test_what_is_included_comes_first() -> None:
    text = 'FILTER INCLUDE b ALIAS a; FILTER in_segment("C") ALIAS b; FILTER x ALIAS c'
    plan = planned(text, remote("b", "FILTER c"))
    assert summary(plan) == ["create c", "update b", "create a"]
    assert [change.includes for change in plan.changes] == [(), ("c",), ("b",)]
    assert [change.dependents for change in plan.changes] == [("b", "a"), ("a",), ()]


def test_dependents_are_told_the_nearest_first() -> None:
    remotes = remote("aa", "FILTER INCLUDE by"), remote("by", "FILTER INCLUDE vip")
    circle = remote("vip", "FILTER INCLUDE aa")
    assert only(planned("FILTER x ALIAS vip", *remotes, circle)).dependents == ("by", "aa")


def test_dependents_are_also_those_that_only_the_account_has() -> None:
    plan = planned("FILTER b ALIAS vip", remote("vip"), remote("web", "FILTER INCLUDE Vip"))
    assert only(plan).dependents == ("web",)


def test_an_id_stands_for_the_segment_that_has_it() -> None:
    number = "3d4240482815b9848caf2e6f00000000"
    base = RemoteSegment(id=number, slug_name="Base", segment_ql="FILTER a")
    plan = planned(f"FILTER INCLUDE {number} ALIAS vip; FILTER b ALIAS base", base)
    assert {change.slug: change.includes for change in plan.changes} == {
        "vip": ("base",),
        "base": (),
    }


@pytest.mark.parametrize("name", ["gone", "3d4240482815b9848caf2e6f00000000"])
def test_what_includes_something_that_is_nowhere_is_blocked(name: str) -> None:
    change = only(planned(f"FILTER INCLUDE {name} ALIAS vip"))
    assert (change.action, change.send) == ("blocked", {})
    assert change.reason == f"it includes `{name}`, which is in neither the files nor the account"


def test_everybody_is_always_there() -> None:
    assert summary(planned("FILTER INCLUDE all_users ALIAS vip")) == ["create vip"]


def test_what_includes_a_blocked_segment_is_blocked_unless_the_account_has_that() -> None:
    text = "FILTER INCLUDE gone ALIAS a; FILTER INCLUDE a ALIAS b"
    plan = planned(text)
    assert summary(plan) == ["blocked a", "blocked b"]
    assert plan.changes[1].reason == "it includes `a`, which is not created"
    assert summary(planned(text, remote("a"))) == ["blocked a", "create b"]


@pytest.mark.parametrize(
    ("text", "blocked"),
    [
        ("FILTER INCLUDE a ALIAS a", {"a"}),
        ("FILTER INCLUDE b ALIAS a; FILTER INCLUDE a ALIAS b; FILTER x ALIAS c", {"a", "b"}),
        ("FILTER INCLUDE web ALIAS a", {"a"}),
        ("FILTER INCLUDE web ALIAS c", set()),
    ],
)
def test_what_would_include_itself_is_blocked(text: str, blocked: set[str]) -> None:
    plan = planned(text, remote("web", "FILTER INCLUDE a"), remote("a"))
    reasons = {c.slug: c.reason for c in plan.changes if c.action == "blocked"}
    assert set(reasons) == blocked
    assert all("it includes itself, by way of" in reason for reason in reasons.values())


# ---- Environments ------------------------------------------------------------------------


def test_a_mark_alone_does_not_block_what_is_protected() -> None:
    env = environment(owner_tag="segql", protected=["vip"])
    assert summary(planned("FILTER a ALIAS vip", remote("vip", "FILTER a"), env=env)) == [
        "unchanged vip"
    ]


def test_what_is_written_is_marked_as_ours() -> None:
    env = environment(owner_tag="segql")
    text = 'FILTER a ALIAS new; FILTER a ALIAS silent; FILTER a WITH tags = ["x"] ALIAS said'
    remotes = [remote("silent", tags=("y",)), remote("said", tags=("x",))]
    plan = planned(text, *remotes, env=env)
    assert {c.slug: (c.action, c.send["tags"]) for c in plan.changes} == {
        "new": ("create", ["segql"]),
        "silent": ("update", ["y", "segql"]),
        "said": ("update", ["x", "segql"]),
    }
    assert plan.changes[1].fields == (FieldChange("tags", ("y",), ("y", "segql")),)
    assert plan.env == "prod"


@pytest.mark.parametrize("tags", [("segql", "x"), ("x", "segql")])
def test_where_our_mark_stands_makes_no_difference(tags: tuple[str, ...]) -> None:
    text = 'FILTER a WITH tags = ["x"] ALIAS vip'
    env = environment(owner_tag="segql")
    assert planned(text, remote("vip", tags=tags), env=env).is_empty


def test_what_is_protected_stays_and_may_be_created() -> None:
    env = environment(protected=["VIP*", "all"])
    text = "FILTER b ALIAS vip; FILTER b ALIAS vip_new; FILTER a ALIAS all; FILTER b ALIAS other"
    plan = planned(text, remote("vip"), remote("all"), remote("other"), env=env)
    assert summary(plan) == ["blocked vip", "create vip_new", "unchanged all", "update other"]
    assert plan.changes[0].reason == "it is protected"
    assert plan.changes[0].filter_diff  # what differs is told all the same


def test_what_is_protected_is_not_marked_when_it_is_created() -> None:
    env = environment(protected=["vip"], owner_tag="segql")
    change = only(planned("FILTER a WITH tags = [x] ALIAS vip", env=env))
    assert (change.action, change.send["tags"]) == ("create", ["x"])


def test_a_file_whose_name_is_no_utf_8_has_a_place_in_json() -> None:
    plan = make_plan(
        Workspace([parse("FILTER a ALIAS vip", "\udcff.segql")]).segments,
        [],
        url=URL,
        paths=["\udcff.segql"],
    )
    assert only(plan).path == "\\xff.segql"
    assert plan.paths == ("\\xff.segql",)
    assert "xff" in render(plan)


@pytest.mark.parametrize(
    ("text", "field"),
    [("FILTER a FROM content ALIAS vip", "table"), ("FILTER a WITH kind = goal ALIAS vip", "kind")],
)
def test_another_kind_or_table_would_be_another_segment(text: str, field: str) -> None:
    change = only(planned(text, remote("vip")))
    assert change.action == "blocked"
    assert f"another {field}" in change.reason


# ---- Deleting ----------------------------------------------------------------------------


def pruned(text: str, *remotes: RemoteSegment, **settings: Any) -> Plan:
    return planned(text, *remotes, env=environment(owner_tag="segql", **settings), prune=True)


def test_only_what_is_ours_and_in_no_file_is_deleted() -> None:
    remotes = [remote("ours", name="Old", tags=OURS), remote("theirs"), remote("vip", tags=OURS)]
    plan = pruned("FILTER a ALIAS vip", *remotes)
    assert summary(plan) == ["unchanged vip", "delete ours"]
    assert plan.changes[1].fields == (
        FieldChange("name", "Old", None),
        FieldChange("tags", OURS, None),
    )
    assert plan.changes[1].filter_diff == ("@@ -1 +0,0 @@", "-FILTER a")


def test_without_prune_they_are_only_told() -> None:
    env = environment(owner_tag="segql")
    plan = planned("FILTER a ALIAS vip", remote("vip", tags=OURS), remote("x", tags=OURS), env=env)
    assert (plan.is_empty, plan.unmanaged) == (True, ("x",))


def test_what_another_file_has_is_not_deleted() -> None:
    env = environment(owner_tag="segql")
    remotes = [remote("a", tags=OURS), remote("b", tags=OURS)]
    plan = planned("FILTER a ALIAS a", *remotes, env=env, prune=True, known={"b"})
    assert summary(plan) == ["unchanged a"]


def test_deletes_come_last_and_what_includes_others_first() -> None:
    remotes = [remote("c", tags=OURS), remote("b", "FILTER INCLUDE c", tags=OURS)]
    remotes.append(remote("a", "FILTER AND (INCLUDE b, INCLUDE c)", tags=OURS))
    plan = pruned("FILTER x ALIAS new", *remotes)
    assert summary(plan) == ["create new", "delete a", "delete b", "delete c"]


def test_what_somebody_includes_is_not_deleted() -> None:
    remotes = [remote("base", tags=OURS), remote("web", "FILTER INCLUDE base")]
    plan = pruned("FILTER x ALIAS new", *remotes)
    assert summary(plan) == ["create new", "blocked base"]
    assert plan.changes[1].reason == "it is included by `web`"


def test_what_is_included_until_an_update_is_deleted_after_it() -> None:
    remotes = [remote("base", tags=OURS), remote("web", "FILTER INCLUDE base", tags=OURS)]
    assert summary(pruned("FILTER x ALIAS web", *remotes)) == ["update web", "delete base"]
    plan = pruned("FILTER x ALIAS web", *remotes, protected=["web"])
    assert summary(plan) == ["blocked web", "blocked base"]


def test_a_circle_is_not_deleted() -> None:
    remotes = [
        remote("a", "FILTER INCLUDE b", tags=OURS),
        remote("b", "FILTER INCLUDE a", tags=OURS),
    ]
    assert set(summary(pruned("FILTER x ALIAS new", *remotes))) == {
        "create new",
        "blocked a",
        "blocked b",
    }


def test_what_is_protected_is_not_deleted() -> None:
    plan = pruned("FILTER x ALIAS new", remote("keep", tags=OURS), protected=["keep"])
    assert plan.changes[1].reason == "it is protected"


# ---- Hashes ------------------------------------------------------------------------------


def test_the_hashes_are_of_what_was_looked_at() -> None:
    text = "FILTER INCLUDE base ALIAS vip"
    plan = planned(text, remote("base"), remote("other"))
    assert set(plan.files) == {"vip"}
    assert set(plan.remotes) == {"base"}  # `vip` is not there yet
    same = planned(
        text, remote("base", "filter  a -- b", updated="now"), remote("other", "FILTER z")
    )
    assert (same.files_hash, same.account_hash) == (plan.files_hash, plan.account_hash)
    for changed in (
        planned(text, remote("base", "FILTER b")),
        planned(text, remote("base", name="x")),
        planned(text, remote("base"), remote("vip")),
        planned(text, RemoteSegment(id="2", slug_name="base", segment_ql="FILTER a")),
    ):
        assert changed.account_hash != plan.account_hash
        assert changed.files_hash == plan.files_hash
    assert planned(f"{text} ", remote("base")).files_hash == plan.files_hash
    named = 'FILTER INCLUDE base WITH name = "vip" ALIAS vip'
    assert planned(named, remote("base")).files_hash != plan.files_hash


def test_the_account_is_told_without_secrets() -> None:
    plan = planned("FILTER a ALIAS vip", remote("x", account_id="acc"))
    assert (plan.account.url, plan.account.id) == ("https://api.example.com", "acc")
    assert planned("FILTER a ALIAS vip").account.id is None


# ---- Properties --------------------------------------------------------------------------

SLUGS = ["a", "b", "c", "d", "e"]
texts = st.lists(st.sampled_from([*SLUGS, "gone", "all_users"]), max_size=3).map(
    lambda names: f"FILTER AND ({', '.join(['x', *(f'INCLUDE {name}' for name in names)])})"
)
fields = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["One", "Two"]),
        "is_public": st.booleans(),
        "kind": st.sampled_from(["segment", "goal"]),
        "tags": st.lists(st.sampled_from(["segql", "x", "y"]), unique=True).map(tuple),
    },
)
files = st.dictionaries(st.sampled_from(SLUGS), st.tuples(texts, fields), min_size=1)
accounts = st.dictionaries(
    st.sampled_from(SLUGS), st.tuples(texts | st.just("FILTER INCLUDE"), fields)
)
environments = st.builds(
    environment,
    owner_tag=st.sampled_from([None, "segql"]),
    protected=st.lists(st.sampled_from(SLUGS), max_size=1),
)


def written(slug: str, text: str, said: dict[str, Any]) -> str:
    spelled = {"name": '"{}"', "kind": "{}", "is_public": "{}", "tags": "{}"}
    options = [f"{key} = {spelled[key].format(_word(value))}" for key, value in said.items()]
    clause = f"WITH {', '.join(options)} " if options else ""
    return f"{text} {clause}ALIAS {slug}"


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str([*value]).replace("'", '"') if isinstance(value, tuple) else str(value)


@given(files, accounts, environments, st.booleans())
def test_a_plan_leads_to_an_account_with_nothing_left_to_do(
    files: dict[str, Any], account: dict[str, Any], env: Any, prune: bool
) -> None:
    text = "; ".join(written(slug, *said) for slug, said in files.items())
    before = {slug: remote(slug, filter, **said) for slug, (filter, said) in account.items()}
    plan = planned(text, *before.values(), env=env, prune=prune)
    *_, after = applied(plan, before)
    again = planned(text, *after.values(), env=env, prune=prune)
    assert again.writes == ()
    assert again.counts["blocked"] == plan.counts["blocked"]
    assert again.account_hash == planned(text, *after.values(), env=env, prune=prune).account_hash


@given(files, accounts, environments, st.booleans())
def test_at_no_moment_a_segment_includes_what_is_not_there(
    files: dict[str, Any], account: dict[str, Any], env: Any, prune: bool
) -> None:
    text = "; ".join(written(slug, *said) for slug, said in files.items())
    before = {slug: remote(slug, filter, **said) for slug, (filter, said) in account.items()}
    plan = planned(text, *before.values(), env=env, prune=prune)
    for now in applied(plan, before):
        assert dangling(now) <= dangling(before)


@given(files, accounts, environments)
def test_nothing_that_is_protected_or_not_ours_is_touched(
    files: dict[str, Any], account: dict[str, Any], env: Any
) -> None:
    text = "; ".join(written(slug, *said) for slug, said in files.items())
    before = {slug: remote(slug, filter, **said) for slug, (filter, said) in account.items()}
    *_, after = applied(planned(text, *before.values(), env=env, prune=True), before)
    for slug, segment in before.items():
        if env.protects(slug) or (slug not in files and env.owner_tag not in (segment.tags or ())):
            assert after[slug] == segment


# ---- Listing -----------------------------------------------------------------------------


def test_the_default_table_has_to_be_there() -> None:
    def answer(asked: Asked) -> Answer:
        return Answer(404) if "=user" in asked.path else well(asked)

    with (
        serving(answer) as server,
        Client(Credentials(server.url, "t")) as client,
        pytest.raises(NotFound),
    ):
        list_remotes(client, [])


def test_another_table_has_to_be_there_if_a_file_names_it() -> None:
    def answer(asked: Asked) -> Answer:
        return well(asked) if "=user" in asked.path else Answer(400)

    with serving(answer) as server, Client(Credentials(server.url, "t")) as client:
        assert list_remotes(client, segments("FILTER a ALIAS x")) == []
        with pytest.raises(Rejected):
            list_remotes(client, segments("FILTER a FROM pages ALIAS x"))
        with pytest.raises(Rejected):
            list_remotes(client, segments("FILTER a WITH table = pages ALIAS x"))


def test_a_segment_that_is_told_for_each_table_is_one() -> None:
    both = Answer(200, '{"data": [{"id": "1", "slug_name": "a"}]}')
    with serving(lambda asked: both) as server, Client(Credentials(server.url, "t")) as client:
        assert [segment.id for segment in list_remotes(client, [])] == ["1"]
    assert len(server.asked) == 2


@pytest.mark.parametrize("name", ["base", "0123456789abcdef0123456789abcdef"])
def test_an_id_in_the_account_is_the_slug_of_the_file(name: str) -> None:
    base = RemoteSegment(
        id="0123456789abcdef0123456789abcdef", slug_name="base", segment_ql="FILTER a"
    )
    mine = remote("vip", f"FILTER INCLUDE {base.id}")
    plan = planned(f"FILTER a ALIAS base; FILTER INCLUDE {name} ALIAS vip", base, mine)
    assert [change.action for change in plan.changes] == ["unchanged", "unchanged"]
