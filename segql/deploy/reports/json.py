"""A plan for programs: the same JSON as in its file."""

from __future__ import annotations

import msgspec

from segql.deploy.plan import Plan


def render(plan: Plan) -> str:
    """The plan as JSON."""
    return msgspec.json.format(msgspec.json.encode(plan), indent=2).decode() + "\n"
