"""What to look for, and what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from segql.diagnostics.choice import DEFAULT

if TYPE_CHECKING:  # many workspaces have no catalog
    from segql.catalog import Catalog


class Settings(NamedTuple):
    """What the configuration says to rules."""

    tags: tuple[str, ...] = ()  # those that segments may have; none: any
    today: str = ""  # the date, as in 2026-01-31: what is past depends on it


class Options(NamedTuple):
    """How a text is checked."""

    names: frozenset[str] = DEFAULT  # of the rules
    catalog: Catalog | None = None
    settings: Settings = Settings()


USUAL = Options()
