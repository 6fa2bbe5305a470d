"""Public names that are imported when they are asked for: who needs one must not wait for all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazily(package: str, places: Mapping[str, str]) -> Callable[[str], Any]:
    """The ``__getattr__`` of a package: each name, and where in the package it is from."""

    def get(name: str) -> Any:
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module, _, there = places[name].rpartition(".")
        value = getattr(import_module(f"{package}.{module}"), there)
        setattr(sys.modules[package], name, value)
        return value

    return get
