"""What may be renamed, and to what: a new name must not make a text say something else."""

from __future__ import annotations

from collections.abc import Callable

from segql.catalog.model import Catalog
from segql.syntax.nodes import Alias, MatchAll, Name, Statement
from segql.workspace.occurrences import Symbol
from segql.workspace.outline import Overview, is_id

_FIXED = {
    "function": "`{}` is a function of the language: it cannot be renamed",
    "table": "`{}` is a table of the account: it cannot be renamed here",
}
# Backticks quote a name, and no string can have both a backslash and a quotation mark.
_UNSAYABLE = "`\\"


class RenameError(ValueError):
    """Why something cannot be renamed, in words for people."""


def check_renamable(symbol: Symbol, overview: Overview) -> None:
    """Raise `RenameError` for what nobody here can give another name."""
    if symbol.kind in _FIXED:
        raise RenameError(_FIXED[symbol.kind].format(symbol.name))
    if symbol.kind == "segment" and symbol.name not in overview.by_slug:
        raise RenameError(f"no file here defines the segment `{symbol.name}`")


def check_new_name(
    symbol: Symbol,
    new: str,
    overview: Overview,
    catalog: Catalog,
    is_used: Callable[[Symbol], bool],
) -> None:
    """Raise `RenameError` for a name that a symbol cannot get.

    ``is_used`` says whether a field or a key stands in any of the files.
    """
    if not new:
        raise RenameError("a name cannot be empty")
    if not new.isprintable() or any(mark in new for mark in _UNSAYABLE):
        raise RenameError(f"a name cannot hold {new!r}: use letters, digits and `_`")
    if symbol.kind == "segment":
        _check_slug(symbol, new, overview)
    else:
        _check_field(symbol, new, catalog, is_used)


# ---- Segments ---------------------------------------------------------------------------


def _check_slug(symbol: Symbol, new: str, overview: Overview) -> None:
    slug = new.lower()
    if slug == symbol.name:
        return
    if slug in overview.by_slug or slug in overview.external:
        raise RenameError(f"there is a segment `{slug}` already")
    if is_id(slug) or slug.isdecimal():
        raise RenameError(f"`{new}` would be an id: only the account gives those")
    from segql.compiler.payload import payload_problems  # heavy, and few rename

    segment = Statement(MatchAll(), (Alias(Name(new)),))
    for problem in payload_problems(segment):
        raise RenameError(f"{problem.message}: {problem.help}")


# ---- Fields and keys of maps ------------------------------------------------------------


def _check_field(
    symbol: Symbol, new: str, catalog: Catalog, is_used: Callable[[Symbol], bool]
) -> None:
    if symbol.kind == "field" and "." in new:
        raise RenameError(f"`{new}` would be a key of a map: a field has no dot in its name")
    if not all(new.split(".")):  # such a key can only be quoted together with its map
        raise RenameError(f"the key `{new}` has a dot at an end, or two in a row")
    owner = symbol.name.partition(".")[0] if symbol.kind == "key" else ""
    wanted = symbol._replace(name=f"{owner}.{new}" if owner else new)
    # The name of a field that the account has, in place of one that it has not: a misspelt one.
    is_correction = _is_known(wanted, catalog) and not _is_known(symbol, catalog)
    if wanted == symbol or is_correction:
        return
    if _is_known(wanted, catalog) or is_used(wanted):
        raise RenameError(f"there is a {symbol.kind} `{wanted.name}` already: the two would be one")


def _is_known(symbol: Symbol, catalog: Catalog) -> bool:
    """Whether the catalog lists a field, or a key among those that were seen."""
    found = catalog.find(symbol.name, symbol.table)
    return found is not None and (found.key is None or found.key in found.field.keys)
