"""Looking into decoded JSON whose shape nobody promised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast


def entries(value: object) -> Mapping[str, object]:
    """The entries of an object; none where it is something else."""
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def items(value: object) -> list[object]:
    """The items of a list; none where it is something else."""
    return cast("list[object]", value) if isinstance(value, list) else []


def texts(value: object) -> list[str]:
    """The texts in a list."""
    return [item for item in items(value) if isinstance(item, str)]


def text(value: object) -> str:
    """A text without white space around; "" where it is something else."""
    return value.strip() if isinstance(value, str) else ""
