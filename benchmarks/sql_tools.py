"""The SQL tools that segql is compared with, in pure Python as segql is."""

from __future__ import annotations

import sys
from importlib.metadata import version
from importlib.util import find_spec

import sqlglot
import sqlglot.parser
import sqlglot.tokens
from sqlfluff.core import FluffConfig, Linter

VERSIONS = {name: version(name) for name in ("sqlglot", "sqlfluff")}

_COMPILED = ("sqlglotc", "sqlglotrs", "sqlfluffrs")
# Templates are switched off: segql has none.
_LINTER = Linter(config=FluffConfig(overrides={"dialect": "ansi", "templater": "raw"}))


class CompiledError(Exception):
    """A compiled accelerator is installed: the comparison would not be one of like with like."""


def require_pure_python() -> None:
    """Refuse to measure a tool that is not pure Python."""
    installed = [name for name in _COMPILED if find_spec(name)]
    # sqlglotc is no module of its own: it lays compiled files over those of sqlglot.
    overlaid = [
        name
        for name, module in sys.modules.items()
        if name.partition(".")[0] in ("sqlglot", "sqlfluff")
        and not (getattr(module, "__file__", None) or ".py").endswith(".py")
    ]
    if installed or overlaid:
        raise CompiledError(
            f"not pure Python: {', '.join(installed + overlaid[:3])}. Uninstall "
            f"{', '.join(_COMPILED)}, and reinstall sqlglot without its extras."
        )


def sqlglot_parse(sql: str) -> object:
    """Read a query into sqlglot's tree, in its default dialect."""
    return sqlglot.parse_one(sql)


def sqlfluff_parse(sql: str) -> object:
    """Read a query into sqlfluff's tree."""
    return _LINTER.parse_string(sql)


def sqlfluff_understands(sql: str) -> bool:
    """Whether sqlfluff reads all of a query: it parses on past what it does not know."""
    return not _LINTER.parse_string(sql).violations
