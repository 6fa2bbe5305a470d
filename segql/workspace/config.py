"""The configuration: ``segql.toml``, or ``[tool.segql]`` in ``pyproject.toml``, nearest upward.

A setting that cannot be used is kept as a problem with its place, and its default holds: whoever
only reports goes on, whoever writes stops (`Config.require`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from segql.diagnostics import did_you_mean
from segql.diagnostics.choice import UnknownRuleError, named

if TYPE_CHECKING:
    from segql.compiler.sql.mapping import Mapping
    from segql.workspace.environments import Environment

_LENGTHS = range(20, 1001)


class ConfigError(Exception):
    """A configuration that cannot be used: ``message`` says what and where, ``help`` what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class BadSetting(NamedTuple):
    """What is wrong in a configuration; ``start`` and ``end`` are offsets in its text."""

    message: str
    help: str
    start: int = 0
    end: int = 0


class Config(NamedTuple):
    """The settings of a workspace. ``root`` is the folder they are for."""

    root: Path
    exclude: tuple[str, ...] = ()  # patterns as in .gitignore, relative to the root
    external: tuple[str, ...] = ()  # slugs of segments that only the account has
    line_length: int | None = None  # in characters; None: the formatter's
    file: Path | None = None  # where the settings were read; None for the defaults
    select: tuple[str, ...] | None = None  # codes, names, families of rules; None: the usual ones
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()  # pattern and rules
    catalogs: tuple[str, ...] | None = None  # paths; None: catalog.*.json and .toml in the root
    tags: tuple[str, ...] = ()  # those that segments may have; none: any
    baseline: str | None = None  # path
    sql: str | None = None  # where fields are in a table, as JSON: see `mapping`
    profiles: tuple[str, ...] = ()  # paths of files that segments are tried on
    env: tuple[Environment, ...] = ()  # the accounts that segments are brought to
    problems: tuple[BadSetting, ...] = ()

    def require(self) -> None:
        """Raise `ConfigError` for the first setting that cannot be used."""
        for problem in self.problems[:1]:
            raise ConfigError(f"{self.file}: {problem.message}", problem.help)

    @property
    def profile_paths(self) -> tuple[Path, ...]:
        """The files of profiles."""
        return tuple(self.root / path for path in self.profiles)

    def environment(self, name: str) -> Environment:
        """The environment of a name. Raises `ConfigError` where there is none."""
        names = {environment.name or "": environment for environment in self.env}
        if name in names:
            return names[name]
        known = "the environments are " + ", ".join(names) if names else _ENV
        near = did_you_mean(name, names)
        help = f"did you mean `{near}`?" if near else known
        raise ConfigError(f"there is no environment `{name}` in {self.file or self.root}", help)

    def mapping(self) -> Mapping:
        """Where the fields of a profile are in a table of SQL."""
        from segql.compiler.sql.mapping import Mapping  # few commands speak SQL

        return msgspec.json.decode(self.sql or "{}", type=Mapping)


def find_config(folder: Path) -> Config | None:
    """The configuration for a folder, or None where no folder upward has one."""
    return next(filter(None, map(own_config, (folder, *folder.parents))), None)


def own_config(folder: Path) -> Config | None:
    """The configuration that lies in a folder itself."""
    own = folder / "segql.toml"
    if own.is_file():
        return _read(own, lambda content: content)
    shared = folder / "pyproject.toml"
    # Most of these are for other tools, and whether they are in order is not ours to say.
    if shared.is_file() and b"segql" in _bytes(shared):
        return _read(shared, lambda content: content["tool"]["segql"])
    return None


def is_pattern(line: str) -> bool:
    """Whether a line has a meaning in .gitignore: a lone ``!`` has none, for example."""
    from pathspec import GitIgnoreSpec  # few folders have a configuration

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


# ---- Reading ----------------------------------------------------------------------------


def _bytes(path: Path) -> bytes:
    """The content, or nothing where it cannot be read: `_read` says why."""
    try:
        return path.read_bytes()
    except OSError:
        return b"segql"


def _read(path: Path, table_of: Callable[[dict[str, Any]], Any]) -> Config | None:
    """The configuration of a file; None where it has none."""
    import tomllib  # few folders have a configuration

    text = ""
    try:
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        table = table_of(tomllib.loads(text))
    except (KeyError, TypeError):  # other tools use the word, or `tool` is no table
        return None
    except tomllib.TOMLDecodeError as error:
        problem = _broken(text, str(error))
    except RecursionError:
        problem = BadSetting("it is nested too deeply", _MEND)
    except UnicodeDecodeError as error:
        problem = BadSetting(f"byte {error.start + 1} is not UTF-8", _MEND)
    except OSError as error:
        problem = BadSetting(f"{error.strerror}", _MEND)
    else:
        return _config(path, text, table)
    return Config(path.parent, file=path, problems=(problem,))


_MEND = "mend the file, or remove it"
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def _broken(text: str, why: str) -> BadSetting:
    """What the TOML reader says, at the place that it names."""
    match = _PLACE.search(why)
    if match is None:
        return BadSetting(why, _MEND)
    if match[1] is None:
        return BadSetting(why, _MEND, len(text), len(text))
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: int(match[1]) - 1]) + int(match[2]) - 1
    return BadSetting(why, _MEND, start, min(start + 1, len(text)))


def _config(path: Path, text: str, table: Any) -> Config:
    if type(table) is not dict:
        problem = BadSetting("`tool.segql` is no table", "write `[tool.segql]` above it")
        return Config(path.parent, file=path, problems=(problem,))
    settings: dict[str, Any] = {}
    problems: list[BadSetting] = []
    for key, value in table.items():  # pyright: ignore[reportUnknownVariableType]
        try:
            name = _setting(key)  # pyright: ignore[reportUnknownArgumentType]
            settings[name] = _checked(key, value)  # pyright: ignore[reportUnknownArgumentType]
        except ConfigError as error:
            problems.append(BadSetting(error.message, error.help, *_place(text, str(key))))  # pyright: ignore[reportUnknownArgumentType]
    return Config(path.parent, file=path, problems=tuple(problems), **settings)


def _place(text: str, key: str) -> tuple[int, int]:
    """Where a key stands."""
    found = re.search(rf"^[ \t\[]*(?:tool\.segql\.)?[\"']?({re.escape(key)})\b", text, re.MULTILINE)
    return found.span(1) if found else (0, 0)


def _setting(key: str) -> str:
    if key in _SETTINGS:
        return key.replace("-", "_")
    near = did_you_mean(key, _SETTINGS)
    known = ", ".join(sorted(_SETTINGS))
    help = f"did you mean `{near}`?" if near else f"the settings are {known}"
    raise ConfigError(f"unknown setting `{key}`", help)


def _checked(key: str, value: Any) -> Any:
    accept, wanted = _SETTINGS[key]
    try:
        checked = accept(value)
    except UnknownRuleError as error:
        raise ConfigError(f"`{key}`: {error}", error.help) from None
    if checked is None:
        raise ConfigError(f"`{key}` has a wrong value", f"write {wanted}")
    return checked


# ---- Values: each as it is used, or None where it has not the form that is wanted --------


def _texts(value: Any) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    texts = tuple(text for item in value if (text := _text(item)) is not None)  # pyright: ignore[reportUnknownVariableType]
    return texts if len(texts) == len(value) else None  # pyright: ignore[reportUnknownArgumentType]


def _patterns(value: Any) -> tuple[str, ...] | None:
    texts = _texts(value)
    return texts if texts is None or all(map(is_pattern, texts)) else None


def _rules(value: Any) -> tuple[str, ...] | None:
    texts = _texts(value)
    for text in texts or ():
        named(text)
    return texts


def _rules_of_files(value: Any) -> tuple[tuple[str, tuple[str, ...]], ...] | None:
    if not isinstance(value, dict):
        return None
    rows = [(str(pattern), _rules(rules)) for pattern, rules in value.items()]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    good = tuple((pattern, rules) for pattern, rules in rows if rules and is_pattern(pattern))
    return good if len(good) == len(rows) else None


def _length(value: Any) -> int | None:
    return value if type(value) is int and value in _LENGTHS else None


def _mapping(value: Any) -> str:
    from segql.compiler.sql.mapping import Mapping

    try:
        return msgspec.json.encode(msgspec.convert(value, Mapping)).decode()
    except msgspec.ValidationError as error:
        raise ConfigError(f"`sql`: {error}", _SQL) from None


def _environments(value: Any) -> tuple[Environment, ...]:
    from segql.workspace.environments import read_environments  # few commands speak of accounts

    try:
        found = read_environments(value)
    except ValueError as error:
        raise ConfigError(f"`env`: {error}", _ENV) from None
    bad = next((p for each in found for p in each.files or () if not is_pattern(p)), None)
    if bad is not None:
        raise ConfigError(f"`env`: `{bad}` is no pattern", 'write one such as "audiences/"')
    return found


def _text(value: Any) -> str | None:
    """A text; no path can have a NUL, and nothing else needs one."""
    return value if isinstance(value, str) and value and "\0" not in value else None


_SQL = 'write where fields are, as in `sql = { table = "people", fields = { plan = "tier" } }`'
_ENV = 'write environments as tables, as in `[env.prod]` and below it `profile = "prod"`'
_RULES = (_rules, 'a list of codes, names or families of rules, as in `["LOG", "TYP001"]`')
_SETTINGS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "exclude": (_patterns, 'a list of patterns, as in `exclude = ["drafts/"]`'),
    "external": (_texts, 'a list of slugs, as in `external = ["newsletter"]`'),
    "line-length": (_length, f"a number from {_LENGTHS.start} to {_LENGTHS.stop - 1}"),
    "select": _RULES,
    "extend-select": _RULES,
    "ignore": _RULES,
    "per-file-ignores": (
        _rules_of_files,
        'patterns with lists of rules, as in `per-file-ignores = { "old/*" = ["LOG"] }`',
    ),
    "catalogs": (_texts, 'a list of files, as in `catalogs = ["catalog.user.json"]`'),
    "tags": (_texts, 'a list of tags, as in `tags = ["email", "vip"]`'),
    "sql": (_mapping, _SQL),
    "env": (_environments, _ENV),
    "profiles": (_texts, 'a list of files, as in `profiles = ["people.ndjson"]`'),
    "baseline": (_text, 'the path of a file, as in `baseline = "baseline.json"`'),
}
