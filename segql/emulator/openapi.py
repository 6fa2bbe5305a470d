"""The description of the API, made from the table of operations."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

import msgspec

from segql._version import __version__
from segql.emulator.calls import JSON
from segql.emulator.routes import OPERATIONS, Operation

_Schema = dict[str, Any]
_Schemas = dict[str, _Schema]

_REF = "#/components/schemas/{name}"
_ERRORS = {
    400: "The path, the query or the body is wrong.",
    401: "There is no API key, or not the right one.",
    404: "There is no such thing.",
    409: "The name is taken.",
    413: "The body is too large.",
    415: "The body is of a media type that is not taken.",
    422: "The request is right, but goes beyond a limit.",
    429: "Too many requests; Retry-After has the seconds to wait.",
    500: "The server failed.",
}
# What the types of Python cannot say.
_BESIDES: _Schemas = {
    "FilterRequest": {"oneOf": [{"required": ["filter"]}, {"required": ["id"]}]},
}
# A statement whose ALIAS is there already updates that segment.
_SUCCESSES = {201: ("201", "200")}
_ENVELOPE: _Schema = {"status": {"type": "integer"}, "message": {"type": "string"}}
_ERROR = {
    "type": "object",
    "title": "Error",
    "description": "What went wrong; `status` is the one of HTTP.",
    "properties": {**_ENVELOPE, "data": {"type": "null"}},
    "required": ["status", "message"],
}


def description() -> dict[str, Any]:
    """The API as an OpenAPI 3.1 document."""
    types = [type for operation in OPERATIONS for type in _types(operation)]
    made, components = msgspec.json.schema_components(types, ref_template=_REF)
    schemas = iter(made)
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        own = [next(schemas) for _ in _types(operation)]
        said = _operation(operation, own, components)
        paths.setdefault(operation.path, {})[operation.method.lower()] = said
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Emulated account",
            "description": "The vendor's API, as the segql emulator serves it.",
            "version": __version__,
        },
        "security": [{"header": []}, {"query": []}],
        "paths": paths,
        "components": {
            "schemas": {**_components(components), "Error": _ERROR},
            "securitySchemes": {
                "header": {"type": "apiKey", "in": "header", "name": "Authorization"},
                "query": {"type": "apiKey", "in": "query", "name": "key"},
            },
        },
    }


def _components(made: _Schemas) -> _Schemas:
    """The schemas of bodies and answers; those of queries are told as parameters."""
    queries = {operation.query.__name__ for operation in OPERATIONS if operation.query}
    return {
        name: {**schema, **_BESIDES.get(name, {})}
        for name, schema in made.items()
        if name not in queries
    }


def _types(operation: Operation) -> list[Any]:
    """All types that an operation names; the last is that of the query."""
    query = [operation.query] if operation.query else []
    return [operation.data, *operation.beside.values(), *operation.body.values(), *query]


def _operation(operation: Operation, own: list[_Schema], components: _Schemas) -> _Schema:
    schemas = iter(own)
    data = next(schemas)
    beside = {name: next(schemas) for name in operation.beside}
    content = {media_type: {"schema": next(schemas)} for media_type in operation.body}
    query = components[operation.query.__name__] if operation.query else {}
    summary, _, details = (operation.run.__doc__ or "").strip().partition("\n")
    said: _Schema = {"operationId": operation.id, "summary": summary.rstrip(".")}
    if details.strip():
        said["description"] = " ".join(details.split())
    said["parameters"] = [*_path_parameters(operation), *_query_parameters(query)]
    if content:
        said["requestBody"] = {"required": not operation.is_body_optional, "content": content}
    said["responses"] = {**_successes(operation, data, beside), **_errors(operation)}
    return said


def _path_parameters(operation: Operation) -> list[_Schema]:
    names = re.findall(r"{(\w+)}", operation.path)
    return [_parameter(name, "path", {"type": "string"}) for name in names]


def _query_parameters(query: _Schema) -> list[_Schema]:
    return [
        _parameter(name, "query", schema) for name, schema in query.get("properties", {}).items()
    ]


def _parameter(name: str, place: str, schema: _Schema) -> _Schema:
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


def _successes(operation: Operation, data: _Schema, beside: _Schemas) -> _Schema:
    if operation.status == HTTPStatus.NO_CONTENT:
        return {"204": {"description": "Done."}}
    required = ["status", "message", "data", *(name for name in beside if name != "meta")]
    properties = {**_ENVELOPE, **beside, "data": data}
    schema = {"type": "object", "properties": properties, "required": required}
    told = {"description": "Done.", "content": {JSON: {"schema": schema}}}
    return dict.fromkeys(_SUCCESSES.get(operation.status, (str(operation.status),)), told)


def _errors(operation: Operation) -> _Schema:
    statuses = {401, 500, *operation.errors}
    statuses |= {404} if "{" in operation.path else set()
    statuses |= {400} if operation.query else set()
    statuses |= {400, 413, 415} if operation.body else set()
    content = {JSON: {"schema": {"$ref": _REF.format(name="Error")}}}
    return {
        str(status): {"description": _ERRORS[status], "content": content}
        for status in sorted(statuses)
    }
