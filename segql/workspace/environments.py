"""Environments: which account some files are for, and what may be done there.

They are tables of the configuration: ``[env.prod]``.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


def matches(slug: str, pattern: str) -> bool:
    """Whether a slug is meant: it is what the pattern says, or as the pattern says."""
    slug, pattern = slug.lower(), pattern.lower()
    return slug == pattern or fnmatchcase(slug, pattern)


class Environment(NamedTuple):
    """An account, and the files whose segments it is to hold. The defaults are those of no name."""

    name: str | None = None
    profile: str | None = None  # of ~/.lytics/accounts.toml; None: what the shell says
    files: tuple[str, ...] | None = None  # patterns as in .gitignore; None: all of the workspace
    owner_tag: str | None = None  # what segments are marked with that are written from files
    protected: tuple[str, ...] = ()  # slugs, or patterns of them, that stay as they are

    def protects(self, slug: str) -> bool:
        """Whether a segment of the account must neither be updated nor deleted."""
        return any(matches(slug, pattern) for pattern in self.protected)

    def has_file(self, path: str) -> bool:
        """Whether a file belongs to it; the path is relative to the root of the workspace."""
        return self.files is None or _spec(self.files).match_file(path)


@cache
def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # most commands ask for no environment

    return GitIgnoreSpec.from_lines(patterns)


def read_environments(tables: object) -> tuple[Environment, ...]:
    """The environments of a configuration. Raises ``ValueError`` with what is wrong."""
    named = msgspec.convert(tables, dict[str, Any])
    return tuple(_environment(name, table) for name, table in named.items())


class _Settings(msgspec.Struct, rename="kebab", forbid_unknown_fields=True):
    profile: str | None = None
    files: tuple[str, ...] | None = None
    owner_tag: str | None = None
    protected: tuple[str, ...] = ()


# Files are named after environments.
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


def _environment(name: str, table: object) -> Environment:
    if not _NAME.fullmatch(name):
        raise ValueError(f"`{name}` is no name for an environment: take letters and digits")
    try:
        said: dict[str, Any] = msgspec.structs.asdict(msgspec.convert(table, _Settings))
    except msgspec.ValidationError as error:
        raise ValueError(f"`{name}`: {error}") from None
    empty = next((key for key in ("profile", "owner_tag") if said[key] == ""), None)
    if empty:
        raise ValueError(f"`{empty.replace('_', '-')}` of `{name}` is empty")
    return Environment(name, **said)
