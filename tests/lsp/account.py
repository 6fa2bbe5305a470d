"""Files of an account for the tests of what is offered and explained."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lsprotocol import types
from lsprotocol.converters import get_converter

from segql_lsp.client import Client
from tests.lsp.desk import Desk

FIELDS = [
    {
        "name": "visits",
        "type": "int",
        "description": "How often they came.",
        "examples": ["1", "7"],
    },
    {"name": "score", "type": "number"},
    {
        "name": "city",
        "type": "string",
        "description": "Where they live: [not](command:x) *bold*",
        "examples": ["Portland", 'the "Big" one', "ends\\"],
    },
    {"name": "first name", "type": "string"},
    {"name": "member", "type": "bool"},
    {"name": "created", "type": "date"},
    {"name": "interests", "type": "[]string", "examples": ["shoes"]},
    {"name": "counts", "type": "map[string]int", "keys": ["web", "Web hit"]},
    {"name": "consent", "type": "map[string]bool", "keys": ["mail"]},
    {"name": "buckets", "type": "[]timebucket"},
    {"name": "email", "type": "string", "identity": True, "description": "The address."},
]
FILES = {
    "segql.toml": 'external = ["all_users"]\ntags = ["vip", "two words"]',
    "catalog.user.json": json.dumps({"table": "user", "fields": FIELDS}),
    "catalog.content.json": json.dumps(
        {"table": "content", "fields": [{"name": "title", "type": "string"}]}
    ),
    "known.segql": (
        '-- The best.\nFILTER visits > 5 WITH name = "Best" ALIAS vip;\n'
        "FILTER INCLUDE vip ALIAS `two words`;\n"
        'FILTER in_segment("mine") ALIAS circular'
    ),
}
CAPABILITIES: dict[str, Any] = {
    "textDocument": {
        "completion": {
            "completionItem": {
                "snippetSupport": True,
                "documentationFormat": ["markdown", "plaintext"],
                "resolveSupport": {"properties": ["documentation"]},
            },
            "completionList": {"itemDefaults": ["editRange", "data"]},
        },
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "signatureHelp": {
            "signatureInformation": {
                "documentationFormat": ["markdown"],
                "parameterInformation": {"labelOffsetSupport": True},
            }
        },
    }
}


def desk_of(
    root: Path, text: str, capabilities: dict[str, Any] | None = None, *, snippets: bool = False
) -> Desk:
    """A desk with the account's files, and ``mine.segql`` with a text that may have marks."""
    desk = Desk(root, {**FILES, "mine.segql": text}, client=Client(takes_snippets=snippets))
    can = get_converter().structure(capabilities or {}, types.ClientCapabilities)
    desk.server.protocol.client_capabilities = can
    return desk
