"""Connections: where an account's data comes from and goes to."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from segql.api.messages import json_body, path_of
from segql.api.resource import Resource

_CONNECTIONS = "/api/connection"


class ConnectionRequest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a connection is to be. `config` may hold secrets, and is not shown by `repr`."""

    name: str
    type: str
    auth_id: str | None = None
    config: Mapping[str, object] | None = None

    def __repr__(self) -> str:
        return f"ConnectionRequest(name={self.name!r}, type={self.type!r})"


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """A connection. None means that the server did not say; the times are RFC 3339.

    `config` may hold secrets, and is not shown by `repr`.
    """

    id: str
    name: str | None = None
    type: str | None = None
    auth_id: str | None = None
    config: Mapping[str, object] | None = None
    created: str | None = None
    modified: str | None = None

    def __repr__(self) -> str:
        return f"Connection(id={self.id!r}, name={self.name!r}, type={self.type!r})"


class Connections(Resource):
    """`/api/connection`."""

    def connections(self) -> list[Connection]:
        """List the connections of the account."""
        return self._many(Connection, _CONNECTIONS)

    def connection(self, id: str) -> Connection:
        """Fetch one connection; NotFound if there is none."""
        return self._one(Connection, "GET", path_of(_CONNECTIONS, id))

    def create_connection(self, wanted: ConnectionRequest) -> Connection:
        """Create a connection.

        It is not sent again when its answer was lost, for a connection has no name of its own by
        which it could be found: the exception has `is_doubtful` then.
        """
        return self._one(Connection, "POST", _CONNECTIONS, json_body(wanted))

    def update_connection(self, id: str, wanted: ConnectionRequest) -> Connection:
        """Make a connection what is wanted; NotFound if there is none."""
        return self._one(Connection, "PUT", path_of(_CONNECTIONS, id), json_body(wanted))

    def delete_connection(self, id: str) -> None:
        """Delete a connection; NotFound if there is none."""
        self._confirm("DELETE", path_of(_CONNECTIONS, id))
