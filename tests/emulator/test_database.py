"""What a database file keeps, and files of another kind."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from segql.emulator import EmulatorError, ProfileFile, Setup, State

from .conftest import assert_error, calling, collect, data, post_text, size, write_profiles

# The one table that there was before there were profiles.
OLD = """
CREATE TABLE segments (
    "id" VARCHAR PRIMARY KEY, "account_id" VARCHAR NOT NULL, "author_id" VARCHAR NOT NULL,
    "slug_name" VARCHAR NOT NULL UNIQUE, "name" VARCHAR NOT NULL, "description" VARCHAR NOT NULL,
    "kind" VARCHAR NOT NULL, "table" VARCHAR NOT NULL, "is_public" BOOLEAN NOT NULL,
    "tags" VARCHAR[] NOT NULL, "segment_ql" VARCHAR NOT NULL, "created" VARCHAR NOT NULL,
    "updated" VARCHAR NOT NULL
);
INSERT INTO segments VALUES
    ('1', 'e', 'emulator', 'often', 'Often', '', 'segment', 'user', true, ['a'],
     'FILTER visits > 1', '2026-01-31T00:00:00.000Z', '2026-01-31T00:00:00.000Z'),
    ('2', 'e', 'emulator', 'broken', 'Broken', '', 'segment', 'user', true, [],
     'FILTER AND (', '2026-01-31T00:00:00.000Z', '2026-01-31T00:00:00.000Z')
"""


def test_an_old_file(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(OLD)
    with calling(Setup(database=path)) as http:
        collect(http, {"user_id": 1, "visits": 3})
        told = {each["slug_name"]: each for each in data(http.get("/api/segment"))}
        assert (told["often"]["size"], told["often"]["tags"]) == (1, ["a"])
        assert (told["broken"]["size"], told["broken"]["fields"]) == (0, [])
        assert [each["slug_name"] for each in data(http.get("/api/segment?valid=false"))] == [
            "broken"
        ]
        assert data(http.get("/api/entity/user/user_id/1"))["segments"] == ["often"]
        assert_error(http.get("/api/segment/broken/scan"), 400)


@pytest.mark.parametrize("table", ["profiles", "identities", "fields", "records"])
def test_a_table_of_another_shape(tmp_path: Path, table: str) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"CREATE TABLE {table} (other INTEGER)")
    with pytest.raises(EmulatorError, match=re.escape(f"cannot open the database {path}")):
        State(path)


def test_everything_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    with calling(Setup(database=path)) as http:
        collect(http, {"user_id": 1, "visits": 1, "day": "2020-01-31"})
        collect(http, {"user_id": 1, "visits": 5})
        post_text(http, "FILTER visits > 1 ALIAS often")
        connection = data(http.post("/api/connection", json={"name": "a", "type": "b"}))
        work = data(http.post("/api/work", json={"workflow_id": "x"}))
        account = data(http.get("/api/account"))
        told = http.post("/api/segment/scan", json={"id": "often"}, params={"limit": 1})
    with calling(Setup(database=path)) as http:
        assert data(http.get("/api/entity/user/user_id/1"))["visits"] == 5
        assert data(http.get("/api/segment/often"))["size"] == 1
        assert size(http, 'FILTER day < "now-1d"') == 1
        assert data(http.get("/api/connection")) == [connection]
        assert data(http.get(f"/api/job/{work['id']}"))["type"] == "work"
        assert data(http.get("/api/account")) == account
        generation = told.headers["X-Generation"]
        collect(http, {"user_id": 1, "visits": 0})
        params = {"generation": generation}
        again = http.post("/api/segment/scan", json={"id": "often"}, params=params)
        assert data(again) == data(told)
        collect(http, {"user_id": 2})
        assert size(http, "FILTER *") == 2


def test_profiles_are_merged_into_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    file = write_profiles(tmp_path / "people.ndjson", [{"user_id": n, "n": n} for n in range(9)])
    for _ in range(2):
        with calling(Setup(database=path, profiles=[file])) as http:
            assert size(http, "FILTER *") == 9


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "people.ndjson"
    path.write_text('{"user_id": 1}\n' + "5\nx\n[1]\n" * 5 + '{"user_id": 2}\n')
    told: list[str] = []
    with calling(Setup(profiles=[ProfileFile(path)], tell=told.append)) as http:
        assert size(http, "FILTER *") == 2
    assert len(told) == 11
    assert told[0] == f"{path}: line 2: it is not an object"
    assert told[-1] == f"{path}: and 5 more that cannot be read"


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "cannot read .*No such file"), ("", "no profile in"), ("5\n", "no profile in")],
)
def test_a_file_without_profiles(tmp_path: Path, content: str | None, message: str) -> None:
    path = tmp_path / "people.ndjson"
    if content is not None:
        path.write_text(content)
    with (
        pytest.raises(EmulatorError, match=message) as caught,
        calling(Setup(profiles=[ProfileFile(path)])),
    ):
        raise AssertionError
    assert caught.value.help


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with (
        pytest.raises(EmulatorError, match="cannot read"),
        calling(Setup(profiles=[ProfileFile(tmp_path)])),
    ):
        raise AssertionError


def test_another_table(tmp_path: Path) -> None:
    file = write_profiles(tmp_path / "pages.ndjson", [{"url": "a"}, {"url": "b"}, {"url": "a"}])
    with calling(Setup(profiles=[file._replace(table="content")])) as http:
        assert size(http, "FILTER EXISTS url FROM content") == 2
        assert data(http.get("/api/entity/content/url/b"))["url"] == "b"
