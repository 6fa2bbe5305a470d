"""What is told of the fields: the schema, the values, the data models."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest

from segql.api import Credentials
from segql.api.schema import SchemaClient
from segql.catalog import TYPES, Catalog, Field
from segql.emulator import Setup, running

from .conftest import TOKEN, assert_error, calling, collect, data, size, write_profiles


def types(http: httpx2.Client, table: str = "user") -> dict[str, str]:
    columns = data(http.get(f"/api/schema/{table}"))["columns"]
    return {column["as"]: column["type"] for column in columns}


def test_types_come_from_values(fresh: httpx2.Client) -> None:
    collect(fresh, {"_uid": "a", "n": 1, "day": "2026-01-31", "m": {"x": 1}, "tags": ["a"]}, "web")
    expected = {"_uid": "string", "n": "int", "day": "date", "m": "map[string]int"}
    assert expected.items() <= types(fresh).items()
    collect(fresh, {"_uid": "b", "n": 1.5, "day": "soon", "m": {"x": "y"}, "tags": [1]}, "app")
    expected = {"n": "number", "day": "string", "m": "map[string]value", "tags": "[]value"}
    assert expected.items() <= types(fresh).items()
    collect(fresh, {"_uid": "b", "n": ["a"], "new": None, "tags": None})
    assert types(fresh)["n"] == "unknown"
    assert "new" not in types(fresh)


def test_a_column(fresh: httpx2.Client) -> None:
    collect(fresh, {"email": "a@example.com", "n": 1}, "web")
    collect(fresh, {"email": "a@example.com"}, "app")
    schema = data(fresh.get("/api/schema/USER"))
    assert schema["name"] == "user"
    columns = {column["as"]: column for column in schema["columns"]}
    assert columns["email"]["is_by"] is True
    assert sorted(columns["email"]["froms"]) == ["app", "web"]
    assert (columns["n"]["is_by"], columns["n"]["froms"]) == (False, ["web"])


def test_tables(fresh: httpx2.Client) -> None:
    assert types(fresh) == {}
    assert_error(fresh.get("/api/schema/content"), 404, "content")
    assert_error(fresh.get("/api/schema/content/fieldinfo"), 404, "content")
    collect(fresh, {"url": "x"}, "content")
    assert types(fresh, "content") == {"url": "string"}


def test_values(fresh: httpx2.Client) -> None:
    for number in range(10):
        tier = "gold" if number < 7 else "silver"
        collect(fresh, {"user_id": number, "tier": tier, "m": {"x": True}, "tags": ["a", "a"]})
    collect(fresh, {"user_id": 99, "none": None})
    told = data(fresh.get("/api/schema/user/fieldinfo"))["fields"]
    fields = {each.pop("field"): each for each in told}
    assert fields["tier"] == {
        "terms_counts": {"gold": 7, "silver": 3},
        "approx_cardinality": 2,
        "ents_present": 10,
        "high_card": False,
    }
    assert fields["user_id"]["approx_cardinality"] == 11
    assert fields["m.x"]["terms_counts"] == {"true": 10}
    assert fields["tags"]["terms_counts"] == {"a": 10}


def test_data_models(fresh: httpx2.Client) -> None:
    assert data(fresh.get("/api/datamodel")) == []
    collect(
        fresh, {"email": "a", "tags": ["x"], "m": {"x": 1}, "n": 1.5, "at": "2026-01-31"}, "web"
    )
    collect(fresh, {"email": "a", "n": 1, "ok": True}, "app")
    models = {model["name"]: model for model in data(fresh.get("/api/datamodel"))}
    assert models.keys() == {"web", "app"}
    web = {field["name"]: field for field in models["web"]["fields"]}
    assert web["email"] == {"name": "email", "as": "email", "type": "string", "is_by": True}
    expected = {"tags": "array", "m": "object", "n": "float", "at": "date"}
    assert {name: web[name]["type"] for name in expected} == expected
    app = {field["name"]: field["type"] for field in models["app"]["fields"]}
    assert (app["n"], app["ok"]) == ("int", "bool")
    assert data(fresh.get("/api/datamodel/web")) == models["web"]
    assert data(fresh.get(f"/api/datamodel/{models['web']['id']}")) == models["web"]
    assert_error(fresh.get("/api/datamodel/other"), 404, "other")


DECLARED = Catalog(
    {
        "user": [
            Field("visitct", TYPES["int"], "Visits", examples=("1",)),
            Field("phone", TYPES["string"], is_identity=True),
            Field("seen", TYPES["date"]),
        ],
        "content": [Field("url", TYPES["string"])],
    }
)


def test_what_a_catalog_declares() -> None:
    with calling(Setup(catalogs=[DECLARED])) as http:
        assert types(http) == {"visitct": "int", "phone": "string", "seen": "date"}
        collect(http, {"phone": "5", "visitct": "many", "seen": "2026-01-31", "extra": 1})
        assert types(http)["visitct"] == "int"
        assert types(http)["extra"] == "int"
        assert size(http, 'FILTER seen < "now-1d"') == 1
        (user,) = [each for each in data(http.get("/api/datamodel")) if each["name"] == "user"]
        assert [field["name"] for field in user["fields"] if field["is_by"]] == ["phone"]


def test_a_catalog_outlives_the_process(tmp_path: Path) -> None:
    database = tmp_path / "a.duckdb"
    with calling(Setup(database=database, catalogs=[DECLARED])) as http:
        collect(http, {"phone": "5", "extra": 1})
        before = types(http)
    with calling(Setup(database=database)) as http:
        assert types(http) == before
    other = Catalog({"user": [Field("visitct", TYPES["number"])]})
    with calling(Setup(database=database, catalogs=[other])) as http:
        assert types(http)["visitct"] == "number"
        assert types(http)["phone"] == "string"  # as it was seen in an event
        assert types(http, "content") == {"url": "string"}


def test_a_catalog_can_be_pulled(tmp_path: Path) -> None:
    people = ({"email": f"{n}@example.com", "tier": ["gold", "silver"][n % 2]} for n in range(9))
    file = write_profiles(tmp_path / "people.ndjson", people)
    with (
        running(Setup(token=TOKEN, profiles=[file])) as url,
        SchemaClient(Credentials(url, TOKEN)) as client,
    ):
        assert client.with_values(client.fields()) == [
            Field("email", TYPES["string"], is_identity=True, source="people"),
            Field("tier", TYPES["string"], examples=("gold", "silver"), source="people"),
        ]


@pytest.mark.parametrize("name", ["people.ndjson", "people.csv"])
def test_csv_has_the_types_of_the_catalog(tmp_path: Path, name: str) -> None:
    text = {
        "people.ndjson": '{"phone": "0049", "visitct": 7}\n',
        "people.csv": "phone,visitct\n0049,7\n",
    }
    path = tmp_path / name
    path.write_text(text[name])
    from segql.emulator import ProfileFile

    with calling(Setup(catalogs=[DECLARED], profiles=[ProfileFile(path)])) as http:
        assert size(http, 'FILTER AND (phone = "0049", visitct = 7)') == 1
        assert data(http.get("/api/entity/user/phone/0049"))["visitct"] == 7
