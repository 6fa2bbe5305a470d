"""Public names that are imported when they are asked for: who needs one must not wait for all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Container, Mapping
from importlib import import_module
from typing import Any


def lazily(
    package: str, places: Mapping[str, str], rooms: Container[str] = ()
) -> Callable[[str], Any]:
    """The ``__getattr__`` of a package: each name, and where in the package it is from.

    ``rooms`` are packages in it that are names as well.
    """

    def get(name: str) -> Any:
        if name in rooms:
            return import_module(f"{package}.{name}")
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module, _, there = places[name].rpartition(".")
        value = getattr(import_module(f"{package}.{module}"), there)
        setattr(sys.modules[package], name, value)
        return value

    return get
