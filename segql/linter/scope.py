"""What a rule may look at, besides the node that it is asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from segql.linter.options import Settings
from segql.syntax.nodes import Form, Node, Statement
from segql.syntax.parser import ParsedFile
from segql.syntax.walk import walk

if TYPE_CHECKING:  # many workspaces have no catalog
    from segql.catalog import Catalog, FieldType, Found

About = TypeVar("About")
Answer = TypeVar("Answer")
N = TypeVar("N", bound=Node)

_DEFAULT_TABLE = "user"  # vendor: FROM is not needed for segmentation on users
_NO_SETTINGS = Settings()


class Scope:
    """A statement in its file, with what is known of the fields it speaks of.

    ``forms`` are ways in which the statement is written; the catalog is None where none says
    anything. What several rules ask for is worked out once.
    """

    def __init__(
        self,
        file: ParsedFile,
        statement: Statement,
        forms: tuple[Form, ...] = (),
        catalog: Catalog | None = None,
        settings: Settings = _NO_SETTINGS,
    ) -> None:
        self.file = file
        self.statement = statement
        self.forms = forms
        self.catalog = catalog
        self.settings = settings
        self.text = file.source.text  # that offsets of nodes are places in
        self.table = (statement.table or _DEFAULT_TABLE).lower()  # that the fields are of
        self.fields = _Fields(catalog, self.table)
        self.types = _Types(self.fields)
        self._answers: dict[tuple[object, int], tuple[Any, Any]] = {}

    @cached_property
    def nodes(self) -> list[Node]:
        """The statement and all nodes below it, in the order of the text."""
        return [*walk(self.statement)]

    @cached_property
    def _by_kind(self) -> dict[type[Node], list[Any]]:
        found: defaultdict[type[Node], list[Any]] = defaultdict(list)
        for node in self.nodes:
            found[type(node)].append(node)
        return found

    def all(self, kind: type[N]) -> list[N]:
        """The nodes of a class, in the order of the text."""
        return self._by_kind.get(kind, [])

    def once(self, work: Callable[[About, Scope], Answer], about: About) -> Answer:
        """What a function answers about something of this statement; it is called once."""
        key = work, id(about)
        known = self._answers.get(key)
        if known is None:  # kept with what it is about, whose id is taken as long as it lives
            known = self._answers[key] = about, work(about, self)
        return known[1]


class _Fields(dict[str, "Found | None"]):
    """What each name means in the catalog, looked up when first asked for; None for no field."""

    def __init__(self, catalog: Catalog | None, table: str) -> None:
        super().__init__()
        self._catalog, self._table = catalog, table

    def __missing__(self, name: str) -> Found | None:
        found = self._catalog.find(name, self._table) if self._catalog else None
        self[name] = found
        return found


class _Types(dict[str, "FieldType | None"]):
    """The type of each field; None where it is not known."""

    def __init__(self, fields: _Fields) -> None:
        super().__init__()
        self._fields = fields

    def __missing__(self, name: str) -> FieldType | None:
        found = self._fields[name]
        known = found.type if found and found.type.shape != "unknown" else None
        self[name] = known
        return known
