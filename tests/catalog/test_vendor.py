"""Answers of the vendor's API, as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.catalog import TYPES, Field
from segql.catalog.files import CatalogError, read_catalog
from segql.catalog.vendor import read_fields, read_values, with_values

COLUMNS = [
    {
        "as": "region",
        "is_by": False,
        "type": "string",
        "op": "default",
        "shortdesc": "State",
        "longdesc": "State from Geo IP",
        "froms": ["default", "web"],
        "identities": ["georegion"],
    },
    {"as": "email", "is_by": True, "type": "string", "shortdesc": "", "longdesc": "", "froms": []},
    {"as": "seen", "type": "ts[]string", "shortdesc": "Seen", "longdesc": "When"},
    {"as": "fbuid", "type": "int", "longdesc": None},
    {"as": "odd", "type": "supertype"},
    {"as": "bare"},
]
FIELDS = [
    Field("region", TYPES["string"], "State from Geo IP", source="default, web"),
    Field("email", TYPES["string"], is_identity=True),
    Field("seen", TYPES["[]string"], "Seen: When"),
    Field("fbuid", TYPES["int"]),
    Field("odd", TYPES["unknown"]),
    Field("bare", TYPES["unknown"]),
]
MODEL = {
    "id": "1",
    "name": "events",
    "fields": [
        {"name": "em", "as": "email", "type": "string", "is_by": True},
        {"name": "visits", "type": "int", "is_by": False},
        {"name": "tags", "as": "tags", "type": "array"},
        {"name": "props", "as": "props", "type": "object"},
    ],
}
MODEL_FIELDS = [
    Field("email", TYPES["string"], is_identity=True),
    Field("visits", TYPES["int"]),
    Field("tags", TYPES["[]value"]),
    Field("props", TYPES["map[string]value"]),
]


def enveloped(data: object) -> dict[str, object]:
    return {"status": 200, "message": "success", "data": data}


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        (enveloped({"name": "user", "columns": COLUMNS}), FIELDS),
        (enveloped({"fields": COLUMNS}), FIELDS),
        ({"columns": COLUMNS}, FIELDS),
        ({"fields": COLUMNS}, FIELDS),
        (enveloped(MODEL), MODEL_FIELDS),
        (MODEL, MODEL_FIELDS),
        (enveloped([MODEL, MODEL]), MODEL_FIELDS),
        ([MODEL], MODEL_FIELDS),
    ],
)
def test_the_fields_of_an_answer(tmp_path: Path, answer: object, fields: list[Field]) -> None:
    path = tmp_path / "catalog.user.json"
    path.write_text(json.dumps(answer))
    assert list(read_catalog(path).fields().values()) == fields


@pytest.mark.parametrize(
    ("data", "table"),
    [
        ({"name": "Content", "columns": COLUMNS}, "content"),
        ({"columns": COLUMNS}, "campaign"),
        ({"fields": COLUMNS}, "campaign"),
        (MODEL, "campaign"),
    ],
)
def test_the_name_of_a_stream_is_no_table(tmp_path: Path, data: object, table: str) -> None:
    path = tmp_path / "catalog.campaign.json"
    path.write_text(json.dumps(enveloped(data)))
    assert read_catalog(path).tables == {table}


def test_identities_that_stand_apart() -> None:
    answer = {"by_fields": ["fbuid", 5], "columns": COLUMNS}
    found = {field.name: field.is_identity for field in read_fields(answer).fields}
    assert [name for name, is_identity in found.items() if is_identity] == ["email", "fbuid"]


def test_data_models_that_disagree() -> None:
    other: dict[str, Any] = {
        "fields": [
            {"name": "visits", "type": "string"},
            {"name": "tags", "type": "array", "is_by": True, "froms": ["x"]},
            {"name": "new", "type": "bool"},
        ]
    }
    fields = {field.name: field for field in read_fields([MODEL, other]).fields}
    assert fields["visits"].type == TYPES["unknown"]
    assert fields["tags"] == Field("tags", TYPES["[]value"], is_identity=True, source="x")
    assert fields["new"].type == TYPES["bool"]


VALUES = {
    "data": {
        "fields": [
            {
                "field": "region",
                "terms_counts": {"OR": 12158, "CA": 18064, "02": 704, "rare": 1, "x": "many"},
                "more_terms": True,
                "ents_present": 70489,
                "high_card": False,
                "approx_cardinality": 331,
            },
            {"field": "city", "terms_counts": {"Rome": 50, "Oslo": 40}, "high_card": True},
            {"field": "street", "terms_counts": {"Main": 50}},
            {"field": "email", "terms_counts": {"a@b.c": 50, "shared": 50}},
            {"field": "code", "terms_counts": {"A1": 3, "B2": 3}, "approx_cardinality": 5000},
            {"field": "lastvisit", "terms_counts": {"1446336000000": 5}, "histograms": []},
            {"field": "scores.a", "terms_counts": {"1": 2, "2": 2}},
            {"field": "scores.b", "terms_counts": {"1": 100}},
            {"field": "scores.bob@x.com", "terms_counts": {"1": 100}},
            {"field": "empty", "terms_counts": None},
        ]
    }
}


def test_examples_that_may_be_shown() -> None:
    fields = [
        Field("region", TYPES["string"]),
        Field("city", TYPES["string"]),
        Field("street", TYPES["string"]),
        Field("email", TYPES["string"], is_identity=True),
        Field("code", TYPES["string"]),
        Field("lastvisit", TYPES["date"]),
        Field("scores", TYPES["map[string]int"]),
        Field("empty", TYPES["string"]),
        Field("other", TYPES["string"]),
    ]
    found = {f.name: (f.examples, f.keys) for f in with_values(fields, read_values(VALUES))}
    assert found == {field.name: ((), ()) for field in fields} | {
        "region": (("CA", "OR", "02"), ()),
        "scores": ((), ("b", "a")),
    }


def test_an_answer_that_tells_only_values(tmp_path: Path) -> None:
    path = tmp_path / "catalog.user.json"
    path.write_text(json.dumps(VALUES))
    region = read_catalog(path).fields()["region"]
    assert region == Field("region", TYPES["unknown"], examples=("CA", "OR", "02"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["data", "fields", "columns", "as", "name", "type", "terms_counts"])
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_an_answer_a_catalog_or_a_mistake(
    tmp_path_factory: pytest.TempPathFactory, document: object
) -> None:
    path = tmp_path_factory.getbasetemp() / "catalog.any.json"
    path.write_text(json.dumps(document))
    try:
        catalog = read_catalog(path)
    except CatalogError as error:
        problems = error.problems
    else:
        problems = []
        assert len(catalog.tables) == 1
    assert all(problem.message and problem.help for problem in problems)
