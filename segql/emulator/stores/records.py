"""Resources that are kept as they are told: the account, connections, jobs."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

from segql.emulator.models import Account, Connection, Job
from segql.emulator.stores.database import Database

R = TypeVar("R", Account, Connection, Job)

# Every value is a parameter.
_LIST = "SELECT body FROM records WHERE collection = $collection ORDER BY created, id"
_FIND = "SELECT body FROM records WHERE collection = $collection AND id = $id"
_DELETE = "DELETE FROM records WHERE collection = $collection AND id = $id RETURNING id"
_INSERT = "INSERT INTO records VALUES ($collection, $id, $body, $created)"


class Records(Generic[R]):
    """The resources of one kind, by their ids."""

    def __init__(self, database: Database, kind: type[R]) -> None:
        self._database = database
        self._decoder = msgspec.json.Decoder(kind)
        self._in: dict[str, object] = {"collection": str(kind.__name__)}

    def all(self) -> list[R]:
        """All of them, the oldest first."""
        return [self._decoder.decode(body) for (body,) in self._database.rows(_LIST, {**self._in})]

    def find(self, id: str) -> R | None:
        """The one with an id."""
        rows = self._database.rows(_FIND, {**self._in, "id": id})
        return self._decoder.decode(rows[0][0]) if rows else None

    def put(self, id: str, record: R) -> R:
        """Keep a resource in place of the one that has this id, if there is one."""
        body = msgspec.json.encode(record).decode()
        with self._database.writing() as connection:
            connection.execute(_DELETE, {**self._in, "id": id})
            values = {"id": id, "body": body, "created": record.created}
            connection.execute(_INSERT, {**self._in, **values})
        return record

    def delete(self, id: str) -> bool:
        """Delete one; False if there is none."""
        with self._database.writing() as connection:
            return bool(connection.execute(_DELETE, {**self._in, "id": id}).fetchall())
