"""The client of the vendor's Segment API.

The exceptions are imported at once, for every caller handles them; the rest, which needs the HTTP
library, is imported on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from segql.api.errors import (
    ApiError,
    ConnectionFailed,
    CredentialsError,
    HttpError,
    MalformedResponse,
    NotFound,
    Rejected,
    ServerError,
    Unauthorized,
)

if TYPE_CHECKING:
    from segql.api.client import Client
    from segql.api.credentials import Credentials, load_credentials
    from segql.api.models import Segment, decode_segment, decode_segments

__all__ = [
    "ApiError",
    "Client",
    "ConnectionFailed",
    "Credentials",
    "CredentialsError",
    "HttpError",
    "MalformedResponse",
    "NotFound",
    "Rejected",
    "Segment",
    "ServerError",
    "Unauthorized",
    "decode_segment",
    "decode_segments",
    "load_credentials",
]

_LAZY = {
    "Client": "client",
    "Credentials": "credentials",
    "load_credentials": "credentials",
    "Segment": "models",
    "decode_segment": "models",
    "decode_segments": "models",
}


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
