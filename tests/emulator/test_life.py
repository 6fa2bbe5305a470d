"""The whole life of a segment, told by the project's own client."""

from __future__ import annotations

import pytest

import segql
from segql.api import Client, Credentials, NotFound, Rejected, Unauthorized

from .conftest import TOKEN

TEXT = 'FILTER visitct > 5 WITH name = "Active", tags = ["a", "b"] ALIAS Active_Users'


def test_a_life(url: str) -> None:
    with Client(Credentials(url, TOKEN)) as client:
        client.validate(TEXT)
        client.validate_json({"segment_ql": "FILTER visitct > 5"})
        with pytest.raises(Rejected, match=r"\(400\): 1:\d+ "):
            client.validate("FILTER AND (")

        created = client.create_text(TEXT)
        assert (created.slug_name, created.name) == ("active_users", "Active")
        assert created.tags == ("a", "b")
        assert client.create_text(TEXT).id == created.id
        assert client.segment("Active_Users").id == created.id
        assert client.segment(created.id).slug_name == "active_users"
        assert [each.id for each in client.segments()] == [created.id]
        assert client.segments("content", valid="all") == []
        assert client.segments(valid=False) == []

        changed = client.update("active_users", {"description": "Often here", "tags": []})
        assert (changed.description, changed.tags, changed.name) == ("Often here", (), "Active")
        with pytest.raises(Rejected, match=r"\(400\)"):
            client.update("active_users", {"name": 5})

        client.delete("active_users")
        with pytest.raises(NotFound, match="active_users"):
            client.segment("active_users")
        with pytest.raises(NotFound):
            client.delete("active_users")


def test_what_the_compiler_makes_is_taken(url: str) -> None:
    (statement,) = segql.parse(TEXT).statements
    with Client(Credentials(url, TOKEN)) as client:
        created = client.create(segql.compile(statement))
        with pytest.raises(Rejected, match=r"\(409\)"):
            client.create(segql.compile(statement))
        assert client.update(created.id, segql.compile(statement)).segment_ql == created.segment_ql


def test_a_wrong_token(url: str) -> None:
    with Client(Credentials(url, "wrong-token")) as client, pytest.raises(Unauthorized):
        client.segments()
