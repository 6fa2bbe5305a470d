"""How plans and drift are told, to people, to programs and in pull requests."""

from __future__ import annotations

import json
from html import unescape

import msgspec
import pytest

from segql.deploy.plan import Plan
from segql.deploy.reports import drift, markdown, text
from segql.deploy.reports import json as json_report

from .model import environment, planned, remote

ENV = environment(owner_tag="segql", protected=["vip"])
PLAN = planned(
    """-- Who buys
FILTER a > 2 WITH tags = ["x"] ALIAS buyers;
FILTER INCLUDE buyers WITH name = "New" ALIAS web;
FILTER b ALIAS vip;
FILTER c ALIAS same""",
    remote("buyers", "FILTER a > 1", description="Old", tags=("x", "segql"), account_id="acc"),
    remote("vip", tags=("segql",)),
    remote("same", "FILTER c", tags=("segql",)),
    remote("old", "FILTER d", tags=("segql",)),
    env=ENV,
    prune=True,
)

TEXT = """\
prod at https://api.example.com, account acc

~ update buyers  a.segql:2
    ~ description: "Old" -> "Who buys"
    - FILTER a > 1
    + FILTER a > 2
    included by: web

+ create web  a.segql:3
    + name: "New"
    + tags: ["segql"]
    + FILTER INCLUDE buyers

! blocked vip  a.segql:4: it is protected
    - FILTER a
    + FILTER b

- delete old
    - tags: ["segql"]
    - FILTER d

Plan: 1 to create, 1 to update, 1 to delete, 1 unchanged, 1 blocked.
"""


def test_text() -> None:
    assert text.render(PLAN) == TEXT


def test_what_stays_is_listed_when_asked_for() -> None:
    assert "\n  unchanged same  a.segql:5\n" in text.render(PLAN, verbose=True)


def test_colours_show_what_comes_and_what_goes() -> None:
    lines = text.render(PLAN, colour=True).splitlines()
    assert "\x1b[32m    + FILTER a > 2\x1b[0m" in lines
    assert "\x1b[31m- delete old\x1b[0m" in lines
    assert [line for line in lines if line and "\x1b" not in line] == [
        "prod at https://api.example.com, account acc",
        "    included by: web",
        "Plan: 1 to create, 1 to update, 1 to delete, 1 unchanged, 1 blocked.",
    ]


def test_no_changes() -> None:
    plan = planned("FILTER a ALIAS vip", remote("vip"))
    expected = "No changes: the account holds what the files say (1 segment)."
    assert text.render(plan).splitlines()[-1] == expected


def test_what_is_in_no_file_is_told_without_prune() -> None:
    plan = planned("FILTER a ALIAS vip", remote("old", tags=("segql",)), env=ENV)
    assert text.render(plan).splitlines()[-4:-1] == [
        "In the account, and in no file any more: old.",
        "With --prune this plan would delete 1 segment.",
        "",
    ]


def test_parts_of_a_diff_that_are_left_out_leave_a_gap() -> None:
    phrases = ", ".join(f"a_rather_long_name_of_a_field_{n} > {n}" for n in range(30))
    before = f"FILTER AND ({phrases})"
    after = before.replace("_1 > 1", "_1 > 5").replace("_28 > 28", "_28 > 5")
    lines = text.render(planned(f"{after} ALIAS vip", remote("vip", before))).splitlines()
    assert lines.count("    …") == 1
    assert not any("@@" in line for line in lines)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [(None, 5, "? -> 5"), (7, 5, "7 -> 5 (-2)"), (1000, 3000, "1,000 -> 3,000 (+2,000)")],
)
def test_sizes(before: int | None, after: int | None, shown: str) -> None:
    change = msgspec.structs.replace(PLAN.changes[0], size_before=before, size_after=after)
    plan = msgspec.structs.replace(PLAN, changes=(change,))
    assert f"    members: {shown}\n" in text.render(plan)
    assert f"| {shown.replace('->', '→')} |" in markdown.render(plan)


def test_json_is_the_plan() -> None:
    assert msgspec.json.decode(json_report.render(PLAN), type=Plan) == PLAN
    assert json.loads(json_report.render(PLAN))["changes"][0]["slug"] == "buyers"


# ---- Pull requests -----------------------------------------------------------------------


def test_markdown_has_a_mark_a_table_and_the_details_folded() -> None:
    lines = markdown.render(PLAN).splitlines()
    assert lines[0] == "<!-- segql plan: prod -->"
    assert lines[1].startswith(
        "### Plan for <code>prod at https://api.example.com, account acc</code>"
    )
    assert lines[3:9] == [
        "| | segment | file | what | members | included by |",
        "|---|---|---|---|---:|---|",
        "| ✏️ update | <code>buyers</code> | <code>a.segql:2</code> | description, filter |  "
        "| <code>web</code> |",
        "| ➕ create | <code>web</code> | <code>a.segql:3</code> | new |  |  |",
        "| ⛔ blocked | <code>vip</code> | <code>a.segql:4</code> | it is protected |  |  |",
        "| 🗑️ delete | <code>old</code> |  | in no file |  |  |",
    ]
    start = lines.index("<details><summary><code>buyers</code>: update</summary>")
    assert lines[start + 2 : start + 10] == [
        "```diff",
        '- description: "Old"',
        '+ description: "Who buys"',
        "@@ -1 +1 @@",
        "-FILTER a > 1",
        "+FILTER a > 2",
        "```",
        "",
    ]
    assert sum(line.startswith("<details>") for line in lines) == 4


def test_markdown_without_changes_or_environment() -> None:
    report = markdown.render(planned("FILTER a ALIAS vip", remote("vip")))
    assert report.startswith("<!-- segql plan -->\n### No changes: ")
    assert "<details>" not in report


SLUG = "a|b`c*<script>@team]"


def test_no_text_of_a_segment_has_a_meaning_in_markdown() -> None:
    description = "```\n</details><img src=x>\u202e"
    said = f'FILTER x = "````" WITH description = "{description}" ALIAS `{SLUG.replace("`", "")}`'
    report = markdown.render(planned(said))
    assert "<img" not in report.split("```")[0]
    row = next(line for line in report.splitlines() if "create</td>" in line or "➕" in line)
    assert row.count("|") == 7
    assert SLUG.replace("`", "") in unescape(row)
    assert not set("*<@]`") & set(row.replace("<code>", "").replace("</code>", ""))
    fences = [line for line in report.splitlines() if line.startswith("`")]
    assert fences == ["`````diff", "`````"]
    assert "\u202e" not in report


def test_a_comment_has_an_end() -> None:
    many = ";\n".join(f'FILTER a = "{"x" * 500}" ALIAS segment_{n}' for n in range(900))
    report = markdown.render(planned(many))
    assert len(report) < 65_000
    assert report.count("… and ") == 2  # in the table, and in the details
    assert report.count("<details>") == report.count("</details>") > 10


def test_nothing_in_a_text_steers_the_terminal() -> None:
    said = 'FILTER x = "\x1b[31m" WITH description = "\x1b]8;;http://x\x1b" ALIAS `a\u202eb`'
    assert not {"\x1b", "\u202e"} & set(text.render(planned(said)))
    assert not {"\x1b", "\u202e"} & set(drift.as_text(planned(said)))


# ---- Drift -------------------------------------------------------------------------------

DRIFT = """\
prod at https://api.example.com, account acc

~ buyers  a.segql:2: differs in the account
    ~ description: "Who buys" -> "Old"
    - FILTER a > 2
    + FILTER a > 1

- web  a.segql:3: not in the account

~ vip  a.segql:4: differs in the account
    - FILTER b
    + FILTER a

In the account, and in no file any more: old.

Drift: 2 changed, 1 not in the account, 1 the same.
"""


def test_drift_is_told_from_the_files_to_the_account() -> None:
    assert drift.as_text(PLAN) == DRIFT


def test_drift_as_json() -> None:
    document = json.loads(drift.as_json(PLAN))
    assert document["account"] == {"url": "https://api.example.com", "id": "acc"}
    assert document["unmanaged"] == ["old"]
    buyers, web, vip = document["segments"]
    assert buyers == {
        "slug": "buyers",
        "path": "a.segql",
        "line": 2,
        "state": "differs",
        "fields": {"description": {"file": "Who buys", "account": "Old"}},
        "filter_diff": ["@@ -1 +1 @@", "-FILTER a > 2", "+FILTER a > 1"],
    }
    assert (web["state"], web["fields"], web["filter_diff"]) == ("missing", {}, [])
    assert (vip["slug"], vip["state"]) == ("vip", "differs")


def test_no_drift() -> None:
    plan = planned("FILTER a ALIAS vip", remote("vip"), remote("other", "FILTER b"))
    expected = "No drift: the account holds what the files say (1 segment)."
    assert drift.as_text(plan).splitlines()[-1] == expected
