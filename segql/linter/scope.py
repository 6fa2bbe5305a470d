"""What a rule may look at, besides the node that it is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from segql.linter.options import Settings
from segql.syntax.nodes import Form, Statement
from segql.syntax.parser import ParsedFile

if TYPE_CHECKING:  # many workspaces have no catalog
    from segql.catalog import Catalog

_DEFAULT_TABLE = "user"  # vendor: FROM is not needed for segmentation on users


class Scope(NamedTuple):
    """A statement in its file, with what is known of the fields it speaks of."""

    file: ParsedFile
    statement: Statement
    forms: tuple[Form, ...] = ()  # ways in which the statement is written
    catalog: Catalog | None = None  # None where no catalog says anything
    settings: Settings = Settings()

    @property
    def text(self) -> str:
        """The text that offsets of nodes are places in."""
        return self.file.source.text

    @property
    def table(self) -> str:
        """The table that the fields are of, in lower case."""
        return (self.statement.table or _DEFAULT_TABLE).lower()
