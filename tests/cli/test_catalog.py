"""``segql catalog``: pull, infer, show."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .api_server import Answer, Asked, Server, serving
from .conftest import TOKEN, Run, Shell, Write

SCHEMA = {
    "data": {
        "name": "user",
        "columns": [
            {"as": "tier", "type": "string", "shortdesc": "Tier", "froms": ["crm"]},
            {"as": "email", "type": "string", "is_by": True},
        ],
    }
}
VALUES = {
    "data": {
        "fields": [
            {"field": "tier", "terms_counts": {"gold": 5, "silver": 9}},
            {"field": "email", "terms_counts": {"bob@example.com": 5, "shared": 3}},
        ]
    }
}
MODELS = {"data": [{"name": "web", "fields": [{"as": "visits", "type": "int"}]}]}
PULLED = """\
{
  "$schema": "https://segql.github.io/segql/catalog.schema.json",
  "table": "user",
  "fields": [
    {"name": "email", "type": "string", "identity": true},
    {"name": "tier", "type": "string", "description": "Tier", "examples": ["silver", "gold"], \
"source": "crm"}
  ]
}
"""
PROFILES = """\
{"city": "Rome", "visitct": 5, "email": "bob@example.com", "tags": ["a"], "scores": {"sum": 1.5}}
{"city": "Rome", "visitct": 7, "email": "eve@example.com", "tags": ["b"], "scores": {"sum": 2}}
"""
INFERRED = """\
{
  "$schema": "https://segql.github.io/segql/catalog.schema.json",
  "table": "user",
  "fields": [
    {"name": "city", "type": "string", "examples": ["Rome"]},
    {"name": "email", "type": "string"},
    {"name": "scores", "type": "map[string]number", "keys": ["sum"]},
    {"name": "tags", "type": "[]string"},
    {"name": "visitct", "type": "int"}
  ]
}
"""
CATALOG = """\
{"fields": [
  {"name": "visitct", "type": "int"},
  {"name": "email", "type": "string", "identity": true, "description": "Where to write to"},
  {"name": "scores", "type": "map[string]number", "keys": ["a", "b"], "source": "web"}
]}
"""

Answers = dict[str, object]


@pytest.fixture
def catalog(segql: Shell) -> Callable[..., Run]:
    def catalog(*arguments: str, stdin: str | bytes = b"", **environment: str) -> Run:
        return segql("catalog", *arguments, stdin=stdin, **environment)

    return catalog


@pytest.fixture
def pull(catalog: Callable[..., Run]) -> Callable[..., tuple[Run, Server]]:
    def pull(answers: Answers, *arguments: str) -> tuple[Run, Server]:
        def answer(asked: Asked) -> Answer:
            found = answers.get(asked.path, Answer(404, '{"message": "nothing here"}'))
            return found if isinstance(found, Answer) else Answer(200, json.dumps(found))

        with serving(answer) as server:
            login = {"LYTICS_API_TOKEN": TOKEN, "LYTICS_API_URL": server.url}
            return catalog("pull", *arguments, **login), server

    return pull


Catalog = Callable[..., Run]
Pull = Callable[..., tuple[Run, Server]]
USER: Answers = {"/api/schema/user": SCHEMA, "/api/schema/user/fieldinfo": VALUES}


# ---- pull -------------------------------------------------------------------------------


def test_pull(pull: Pull, folder: Path) -> None:
    run, server = pull(USER)
    assert run == Run(0, "created   catalog.user.json  (2 fields)\n", "")
    assert (folder / "catalog.user.json").read_text() == PULLED
    assert [asked.path for asked in server.asked] == list(USER)


def test_pull_again(pull: Pull, folder: Path, write: Write) -> None:
    path = write("catalog.user.json", PULLED)
    path.chmod(0o640)
    before = path.stat()
    assert pull(USER)[0].out == "unchanged catalog.user.json  (2 fields)\n"
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    path.write_text("something else")
    assert pull(USER)[0].out == "updated   catalog.user.json  (2 fields)\n"
    assert path.read_text() == PULLED
    assert path.stat().st_mode == before.st_mode
    assert [child.name for child in folder.iterdir()] == ["catalog.user.json"]


def test_pull_several_tables_into_a_folder(pull: Pull, folder: Path) -> None:
    answers = USER | {"/api/schema/content": SCHEMA}
    run, _ = pull(answers, "--table", "user", "--table", "content", "--output", "new/catalogs")
    assert run.code == 0
    assert run.out.splitlines() == [
        "created   new/catalogs/catalog.user.json  (2 fields)",
        "created   new/catalogs/catalog.content.json  (2 fields)",
    ]
    assert "no examples for `content`: GET http://127" in run.err
    content = json.loads((folder / "new/catalogs/catalog.content.json").read_text())
    assert content["table"] == "content"
    assert all("examples" not in field for field in content["fields"])


def test_pull_from_data_models(pull: Pull, folder: Path) -> None:
    run, _ = pull({"/api/datamodel": MODELS})
    assert (run.code, run.out) == (0, "created   catalog.user.json  (1 field)\n")
    text = (folder / "catalog.user.json").read_text()
    assert '{"name": "visits", "type": "int"}' in text


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({}, "not found (404): nothing here"),
        ({"/api/schema/user": Answer(401)}, "not authorized (401)"),
        ({"/api/schema/user": Answer(500)}, "the server failed (500)"),
        ({"/api/schema/user": Answer(200, "<html>")}, "cannot be understood: it is not JSON"),
        ({"/api/schema/user": {"data": 5}}, "there is no list of fields in it"),
        ({"/api/schema/user": {"data": {"columns": []}}}, "knows no fields of the table `user`"),
        ({"/api/schema/user": Answer(400, f'{{"message": "{TOKEN}?"}}')}, "[token]?"),
    ],
)
def test_pull_that_fails(pull: Pull, folder: Path, answers: Answers, message: str) -> None:
    run, _ = pull(answers)
    assert (run.code, run.out) == (2, "")
    assert message in run.err.splitlines()[0]
    assert list(folder.iterdir()) == []


def test_nothing_is_written_when_one_table_fails(pull: Pull, folder: Path) -> None:
    run, _ = pull(USER, "--table", "user", "--table", "content")
    assert (run.code, run.out) == (2, "")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("table", ["", "..", "a/b", "a b", "../x"])
def test_a_name_that_no_table_can_have(pull: Pull, table: str) -> None:
    run, server = pull(USER, "--table", table)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"segql: `{table}` cannot be the name of a table\n")
    assert server.asked == []


def test_pull_without_a_token(catalog: Catalog) -> None:
    run = catalog("pull", LYTICS_API_TOKEN="")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("segql: no API token")


def test_a_folder_that_cannot_be_written(pull: Pull, write: Write) -> None:
    write("file", "")
    run, _ = pull(USER, "--output", "file")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("segql: file: ")


# ---- infer ------------------------------------------------------------------------------


def test_infer(catalog: Catalog, write: Write) -> None:
    write("profiles.ndjson", PROFILES)
    assert catalog("infer", "profiles.ndjson") == Run(0, INFERRED, "")
    assert catalog("infer", "-", stdin=PROFILES) == Run(0, INFERRED, "")


def test_infer_into_a_file(catalog: Catalog, write: Write, folder: Path) -> None:
    write("profiles.json", json.dumps([{"a": 1}, {"a": 2}], indent=2))
    run = catalog("infer", "profiles.json", "--table", "content", "--output", "catalog.x.json")
    assert run == Run(0, "catalog.x.json: 1 field from 2 profiles.\n", "")
    assert json.loads((folder / "catalog.x.json").read_text())["table"] == "content"


def test_bad_lines_are_told_and_the_others_used(catalog: Catalog) -> None:
    run = catalog("infer", "-", stdin=PROFILES + "x\n\n5\n[5]\n")
    assert (run.code, run.out) == (0, INFERRED)
    assert run.err.splitlines() == [
        "segql: standard input: line 3: it is not JSON",
        "segql: standard input: line 5: it is not an object",
        "segql: standard input: line 6, item 1: it is not an object",
    ]


def test_not_every_bad_line_is_told(catalog: Catalog) -> None:
    run = catalog("infer", "-", stdin=PROFILES + "x\n" * 5000)
    assert run.code == 0
    assert len(run.err.splitlines()) == 11
    assert run.err.endswith("segql: standard input: and 4990 more that cannot be read\n")


@pytest.mark.parametrize(
    ("stdin", "first"),
    [
        ("", "segql: there is no profile in standard input"),
        ("[]", "segql: there is no profile in standard input"),
        ("id,name\n1,Bob\n", "segql: standard input: line 1: it is not JSON"),
        (b"\xff\xfe\0", "segql: standard input: line 1: it is not JSON"),
    ],
)
def test_no_profiles(catalog: Catalog, folder: Path, stdin: str | bytes, first: str) -> None:
    run = catalog("infer", "-", "--output", "catalog.user.json", stdin=stdin)
    assert (run.code, run.out) == (2, "")
    assert run.err.splitlines()[0] == first
    assert run.err.endswith("  help: give one JSON object a line, or a JSON list of them\n")
    assert list(folder.iterdir()) == []


def test_profiles_that_are_not_there(catalog: Catalog) -> None:
    run = catalog("infer", "profiles.json")
    assert run == Run(2, "", "segql: profiles.json: No such file or directory\n")


def test_no_personal_data_is_written(catalog: Catalog) -> None:
    profile = {"mail": "bob@example.com", "note": "call bob@example.com", "m": {"bob@a.b": 1}}
    run = catalog("infer", "-", stdin="\n".join([json.dumps(profile)] * 50))
    assert run.code == 0
    assert "bob" not in run.out


# ---- show -------------------------------------------------------------------------------


def test_show(catalog: Catalog, write: Write) -> None:
    write("catalog.user.json", CATALOG)
    write("catalog.content.toml", 'fields = [{name = "tag\\u001b", type = "[]string"}]')
    assert catalog("show") == Run(
        0,
        "content: 1 field\n"
        "FIELD  TYPE      DESCRIPTION  EXAMPLES\n"
        "tag�   []string\n"
        "\n"
        "user: 3 fields\n"
        "FIELD    TYPE               DESCRIPTION        EXAMPLES\n"
        "email    string (identity)  Where to write to\n"
        "scores   map[string]number                     a, b\n"
        "visitct  int\n",
        "",
    )


def test_show_as_json(catalog: Catalog, write: Write) -> None:
    write("catalog.user.json", CATALOG)
    run = catalog("show", "--output-format", "json", "catalog.user.json")
    assert (run.code, run.err) == (0, "")
    rows = json.loads(run.out)
    assert [row["name"] for row in rows] == ["email", "scores", "visitct"]
    assert rows[1] == {
        "table": "user",
        "name": "scores",
        "type": "map[string]number",
        "description": "",
        "identity": False,
        "examples": [],
        "keys": ["a", "b"],
        "source": "web",
    }


def test_the_catalogs_of_the_configuration(catalog: Catalog, write: Write) -> None:
    write("catalog.user.json", CATALOG)
    write("fields/other.json", '{"table": "content", "fields": []}')
    write("segql.toml", 'catalogs = ["fields/other.json"]')
    assert catalog("show").out.startswith("content: 0 fields\n")


def test_what_was_pulled_is_shown(pull: Pull, catalog: Catalog) -> None:
    pull(USER)
    assert "tier   string             Tier         silver, gold" in catalog("show").out


def test_a_catalog_with_a_mistake(catalog: Catalog, write: Write) -> None:
    write("catalog.user.json", '{"fields": [\n  {"name": "a", "type": "inte"}\n]}')
    run = catalog("show")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("catalog.user.json:2:25: error CFG002 there is no type `inte`\n")
    assert "did you mean `int`?" in run.err


def test_no_catalog(catalog: Catalog) -> None:
    run = catalog("show")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("segql: there is no catalog here\n")
    assert catalog("show", "nofile.json").err == "segql: nofile.json: No such file or directory\n"


def test_help(catalog: Catalog) -> None:
    run = catalog("--help")
    assert run.code == 0
    for name in ("pull", "infer", "show"):
        assert f"\n  {name} " in run.out
        assert catalog(name, "--help").code == 0
