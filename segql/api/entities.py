"""Profiles, one at a time."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from segql.api.decoding import understood, unwrap
from segql.api.messages import path_of
from segql.api.resource import Resource
from segql.profiles import Profile

_ENTITIES = "/api/entity"


class Entities(Resource):
    """`/api/entity`."""

    def entity(
        self, table: str, field: str, value: str, *, fields: Sequence[str] | None = None
    ) -> Profile:
        """Fetch the profile in which a field has a value; NotFound if there is none.

        Args:
            table: "user", "content" and so on.
            field: one that tells profiles apart, such as "email" or "_uid".
            value: what it has to be.
            fields: those to fetch; all of them when None.
        """
        path = path_of(_ENTITIES, table, field, value)
        answer = self._send("GET", path, params={"fields": fields})
        return understood(answer, lambda document: msgspec.convert(unwrap(document), Profile))
