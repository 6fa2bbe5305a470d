"""Import the rules that are to be asked, when they are to be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

Check = Callable[..., Iterable[Any]]


def checks(modules: Iterable[str], names: frozenset[str]) -> list[Check]:
    """The checks of those modules whose rules are wanted."""
    return [module.check for module in imported(modules, names)]


def imported(modules: Iterable[str], names: frozenset[str]) -> list[Any]:
    """Those modules whose rules are wanted."""
    wanted = (module for module in modules if module.replace("_", "-") in names)
    return [import_module(f"segql.linter.rules.{module}") for module in wanted]
