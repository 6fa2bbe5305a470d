"""What the API tells about fields: both of the vendor's documents, over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from segql.api import (
    ApiError,
    Credentials,
    HttpError,
    MalformedResponse,
    NotFound,
    ServerError,
    Unauthorized,
)
from segql.api.schema import SchemaClient
from segql.catalog import TYPES, Field
from tests.canary import TOKEN
from tests.cli.api_server import Answer, Asked, serving

SCHEMA = {"data": {"columns": [{"as": "tier", "type": "string"}, {"as": "email", "is_by": True}]}}
VALUES = {"data": {"fields": [{"field": "tier", "terms_counts": {"gold": 50, "silver": 30}}]}}
MODEL = {"name": "web", "fields": [{"as": "tier", "type": "string"}]}
OTHER = {"name": "app/v2", "fields": [{"as": "visits", "type": "int"}]}
FIELDS = [Field("tier", TYPES["string"]), Field("email", TYPES["unknown"], is_identity=True)]

Answers = dict[str, object]


def answering(answers: Answers) -> Callable[[Asked], Answer]:
    """A server that has what is named, and answers 404 to all else."""

    def answer(asked: Asked) -> Answer:
        found = answers.get(asked.path, Answer(404, '{"message": "nothing here"}'))
        return found if isinstance(found, Answer) else Answer(200, json.dumps(found))

    return answer


def asked_for(answers: Answers, ask: Callable[[SchemaClient], object]) -> tuple[object, list[str]]:
    """What a client is told, and which paths it asked for."""
    with serving(answering(answers)) as server:
        told = outcome(server.url, ask)
    if isinstance(told, ApiError):  # not before the server is closed
        raise told
    assert {asked.method for asked in server.asked} == {"GET"}
    return told, [asked.path for asked in server.asked]


def outcome(url: str, ask: Callable[[SchemaClient], object]) -> object:
    try:
        with SchemaClient(Credentials(url, TOKEN)) as client:
            return ask(client)
    except ApiError as error:
        return error


def failing(answers: Answers, ask: Callable[[SchemaClient], object]) -> ApiError:
    with pytest.raises(ApiError) as caught:
        asked_for(answers, ask)
    assert TOKEN not in str(caught.value)
    return caught.value


def fields(table: str = "user") -> Callable[[SchemaClient], object]:
    return lambda client: client.fields(table)


def test_the_schema_comes_first() -> None:
    answers: Answers = {"/api/schema/user": SCHEMA, "/api/datamodel": {"data": [MODEL]}}
    assert asked_for(answers, fields()) == (FIELDS, ["/api/schema/user"])


def test_another_table() -> None:
    assert asked_for({"/api/schema/content": SCHEMA}, fields("content")) == (
        FIELDS,
        ["/api/schema/content"],
    )


def test_a_table_with_an_odd_name() -> None:
    path = "/api/schema/a%2Fb%20%C3%BC"
    assert asked_for({path: SCHEMA}, fields("a/b ü")) == (FIELDS, [path])


@pytest.mark.parametrize("table", ["", ".", ".."])
def test_a_name_that_no_table_can_have(table: str) -> None:
    assert isinstance(failing({}, fields(table)), NotFound)


def test_data_models_where_there_is_no_schema() -> None:
    answers: Answers = {"/api/datamodel": {"data": [MODEL, OTHER]}}
    told, paths = asked_for(answers, fields())
    assert told == [FIELDS[0], Field("visits", TYPES["int"])]
    assert paths == ["/api/schema/user", "/api/datamodel"]


def test_data_models_that_are_listed_without_their_fields() -> None:
    answers: Answers = {
        "/api/datamodel": {"status": 200, "data": [{"name": "web"}, {"id": "7", "fields": []}]},
        "/api/datamodel/web": {"data": MODEL},
        "/api/datamodel/7": OTHER,
    }
    told, paths = asked_for(answers, fields())
    assert told == [FIELDS[0], Field("visits", TYPES["int"])]
    assert paths[2:] == ["/api/datamodel/web", "/api/datamodel/7"]


def test_data_models_are_about_users_only() -> None:
    error = failing({"/api/datamodel": {"data": [MODEL]}}, fields("content"))
    assert isinstance(error, NotFound)
    assert "/api/schema/content" in error.message


def test_no_data_models() -> None:
    assert asked_for({"/api/datamodel": {"data": []}}, fields())[0] == []


def test_an_account_that_has_neither() -> None:
    error = failing({}, fields())
    assert isinstance(error, NotFound)
    assert "nothing here" in error.message


def test_only_what_is_not_there_is_looked_for_elsewhere() -> None:
    answers: Answers = {"/api/schema/user": Answer(500), "/api/datamodel": {"data": [MODEL]}}
    assert isinstance(failing(answers, fields()), ServerError)
    answers["/api/schema/user"] = Answer(401)
    assert isinstance(failing(answers, fields()), Unauthorized)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"/api/schema/user": Answer(200, "<html>")}, "it is not JSON"),
        ({"/api/schema/user": Answer(200, "[" * 100_000)}, "nested too deeply"),
        ({"/api/schema/user": {"data": 5}}, "no list of fields"),
        ({"/api/schema/user": {"data": {"columns": [{}]}}}, "has no name"),
        ({"/api/datamodel": {"data": [{"name": "a", "fields": [5]}]}}, "has no name"),
        (
            {"/api/datamodel": {"data": [{"name": "a"}]}, "/api/datamodel/a": {"data": 5}},
            "no list of fields",
        ),
    ],
)
def test_an_answer_of_another_shape(answers: Answers, reason: str) -> None:
    error = failing(answers, fields())
    assert isinstance(error, MalformedResponse)
    assert error.message.startswith("GET http://127.0.0.1:")
    assert reason in error.message


def test_a_data_model_without_a_name() -> None:
    assert isinstance(failing({"/api/datamodel": {"data": [5]}}, fields()), NotFound)


def test_examples() -> None:
    told, paths = asked_for(
        {"/api/schema/user/fieldinfo": VALUES}, lambda client: client.with_values(FIELDS)
    )
    assert told == [Field("tier", TYPES["string"], examples=("gold", "silver")), FIELDS[1]]
    assert paths == ["/api/schema/user/fieldinfo"]


@pytest.mark.parametrize("answer", [Answer(403), Answer(200, "{}"), Answer(200, '{"data": {}}')])
def test_no_examples(answer: Answer) -> None:
    error = failing(
        {"/api/schema/user/fieldinfo": answer}, lambda client: client.with_values(FIELDS)
    )
    assert isinstance(error, HttpError)
