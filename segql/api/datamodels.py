"""Data models: which events become which fields of a profile; and events themselves."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from segql.api.messages import json_body, path_of
from segql.api.resource import Resource

_MODELS = "/api/datamodel"
_COLLECT = "/api/collect"


class DatamodelField(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a stream: its name there, its name in the profile (`as_`), and its type.

    `is_by` tells whether it tells profiles apart.
    """

    name: str | None = None
    as_: str | None = msgspec.field(default=None, name="as")
    type: str | None = None
    is_by: bool | None = None


class Datamodel(msgspec.Struct, frozen=True, kw_only=True):
    """A data model. None means that the server did not say; the times are RFC 3339."""

    id: str | None = None
    name: str | None = None
    fields: tuple[DatamodelField, ...] | None = None
    created: str | None = None
    modified: str | None = None


class Datamodels(Resource):
    """`/api/datamodel` and `/api/collect`."""

    def datamodels(self) -> list[Datamodel]:
        """List the data models of the account."""
        return self._many(Datamodel, _MODELS)

    def datamodel(self, name: str) -> Datamodel:
        """Fetch one data model; NotFound if there is none."""
        return self._one(Datamodel, "GET", path_of(_MODELS, name))

    def collect(self, event: Mapping[str, object], *, stream: str | None = None) -> None:
        """Send one event, or what is known of an entity.

        It is never sent again when its answer was lost, for an event counts twice if it comes
        twice: the exception has `is_doubtful` then.

        Args:
            event: its fields.
            stream: the stream it belongs to; the account's own choice when None.
        """
        self._confirm("POST", _COLLECT, json_body(event), params={"stream": stream})
