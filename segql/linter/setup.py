"""What to look for in the files of a workspace: its configuration, and what the command adds."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from segql._version import __version__
from segql.diagnostics import Diagnostic, diagnostic
from segql.diagnostics.choice import chosen, named
from segql.linter.options import Options, Settings
from segql.source import SourceFile
from segql.workspace import Config

if TYPE_CHECKING:
    from segql.catalog import Catalog

# What cannot be read is told, whatever is ignored.
_MISTAKES = named("SYN")
# Rules whose answer is another one tomorrow.
_BY_DATE = frozenset(("past-deadline", "fixed-date"))


class Wishes(NamedTuple):
    """What the command line says; it wins over the configuration."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    catalogs: tuple[Path, ...] | None = None
    today: str = ""


_NOTHING = Wishes()

Findings = list[tuple[SourceFile, list[Diagnostic]]]


class Setup(NamedTuple):
    """What to look for, and what is wrong with the files that say it."""

    options: Options
    ignored: Callable[[str], frozenset[str]]  # of a file, by its path: names of rules
    problems: Findings

    @property
    def key(self) -> str:
        """Equal for two setups that find the same in the same files."""
        names, catalog, settings = self.options
        day = settings.today if names & _BY_DATE else ""
        said = (
            __version__,
            *sorted(names),
            catalog.fingerprint if catalog else "",
            repr(settings._replace(today=day)),
        )
        return "\n".join(said)


def setup(config: Config, wishes: Wishes = _NOTHING) -> Setup:
    """Put together what holds for the files of a configuration.

    Raises ``UnknownRuleError`` for a rule that the command line names.
    """
    names = _names(config, wishes)
    catalog, problems = _catalog(config, wishes)
    problems = _config_problems(config) + problems
    settings = Settings(config.tags, wishes.today)
    return Setup(Options(names, catalog, settings), _ignores(config), problems)


def _names(config: Config, wishes: Wishes) -> frozenset[str]:
    """A choice of the command line takes the place of the one in the configuration."""
    if wishes.select is not None:
        return chosen(wishes.select, wishes.extend_select, wishes.ignore)
    extend = (*config.extend_select, *wishes.extend_select)
    return chosen(config.select, extend, (*config.ignore, *wishes.ignore))


def _config_problems(config: Config) -> Findings:
    if not config.problems or config.file is None:
        return []
    try:
        text = config.file.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
    except OSError:
        text = ""
    found = [diagnostic("bad-setting", p.start, p.end, p.message, p.help) for p in config.problems]
    return [(SourceFile(text, str(config.file)), found)]


def _ignores(config: Config) -> Callable[[str], frozenset[str]]:
    """Which rules are not asked about a file: patterns are relative to the root."""
    if not config.per_file_ignores:
        return lambda path: frozenset()
    from pathspec import GitIgnoreSpec

    rows = [
        (
            GitIgnoreSpec.from_lines([pattern]),
            frozenset[str]().union(*map(named, rules)) - _MISTAKES,
        )
        for pattern, rules in config.per_file_ignores
    ]

    def ignored(path: str) -> frozenset[str]:
        full = Path(path).absolute()
        if not full.is_relative_to(config.root):
            return frozenset()
        relative = full.relative_to(config.root).as_posix()
        return frozenset[str]().union(*(names for spec, names in rows if spec.match_file(relative)))

    return ignored


# ---- Catalogs ---------------------------------------------------------------------------


def _catalog(config: Config, wishes: Wishes) -> tuple[Catalog | None, Findings]:
    """What all catalogs say together; None where there is none."""
    paths = wishes.catalogs if wishes.catalogs is not None else catalog_paths(config)
    if not paths:
        return None, []
    from segql.catalog.files import CatalogError, read_catalog

    found: list[Catalog] = []
    problems: Findings = []
    for path in paths:
        try:
            found.append(read_catalog(path))
        except CatalogError as error:
            problems.append((error.source, list(error.problems)))
        except OSError as error:
            message = f"the catalog cannot be read: {error.strerror or error}"
            help = "name a file that is there, or make one: `segql catalog pull`"
            problem = diagnostic("bad-catalog", 0, 0, message, help)
            problems.append((SourceFile("", str(path)), [problem]))
    return (reduce(lambda one, other: one | other, found) if found else None), problems


def catalog_paths(config: Config) -> list[Path]:
    """The catalogs that hold for the files of a configuration."""
    if config.catalogs is not None:
        return [config.root / path for path in config.catalogs]
    if config.file is None:  # a folder without a configuration: nobody put it there for us
        return []
    found = (*config.root.glob("catalog.*.json"), *config.root.glob("catalog.*.toml"))
    return sorted(path for path in found if path.is_file())
