"""The configuration: ``segql.toml``, or ``[tool.segql]`` in ``pyproject.toml``, nearest upward."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from segql.diagnostics import did_you_mean
from segql.formatter import LINE_LENGTH


class ConfigError(Exception):
    """A configuration that cannot be used: ``message`` says what and where, ``help`` what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class Config(NamedTuple):
    """The settings of a workspace. ``root`` is the folder they are for."""

    root: Path
    exclude: tuple[str, ...] = ()  # patterns as in .gitignore, relative to the root
    external: tuple[str, ...] = ()  # slugs of segments that only the account has
    line_length: int = LINE_LENGTH  # in characters
    file: Path | None = None  # where the settings were read; None for the defaults


_LENGTHS = range(20, 1001)


def find_config(folder: Path) -> Config | None:
    """The configuration for a folder, or None where no folder upward has one.

    Raises `ConfigError` for a file that is not TOML, an unknown key or a wrong type.
    """
    return next(filter(None, map(own_config, (folder, *folder.parents))), None)


def own_config(folder: Path) -> Config | None:
    """The configuration that lies in a folder itself. Raises as `find_config`."""
    own = folder / "segql.toml"
    if own.is_file():
        return _config(own, _read(own))
    shared = folder / "pyproject.toml"
    # Most of these are for other tools, and whether they are in order is not ours to say.
    if not shared.is_file() or b"segql" not in _bytes(shared):
        return None
    try:
        table = _read(shared)["tool"]["segql"]
    except (KeyError, TypeError):  # other tools use the word, or `tool` is no table
        return None
    return _config(shared, table)


def is_pattern(line: str) -> bool:
    """Whether a line has a meaning in .gitignore: a lone ``!`` has none, for example."""
    from pathspec import GitIgnoreSpec  # few folders have a configuration

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _read(path: Path) -> dict[str, Any]:
    import tomllib  # few folders have a configuration

    try:
        return tomllib.loads(_bytes(path).decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = str(error)
    except RecursionError:
        why = "it is nested too deeply"
    raise ConfigError(f"{path}: {why}", "mend the file, or remove it")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}", "mend the file, or remove it") from None


def _config(path: Path, table: dict[str, Any]) -> Config:
    if type(table) is not dict:
        raise ConfigError(f"{path}: `tool.segql` is no table", "write `[tool.segql]` above it")
    settings = {_setting(path, key): _checked(path, key, value) for key, value in table.items()}
    return Config(path.parent, file=path, **settings)


def _setting(path: Path, key: str) -> str:
    if key in _SETTINGS:
        return key.replace("-", "_")
    near = did_you_mean(key, _SETTINGS)
    known = ", ".join(sorted(_SETTINGS))
    help = f"did you mean `{near}`?" if near else f"the settings are {known}"
    raise ConfigError(f"{path}: unknown setting `{key}`", help)


def _checked(path: Path, key: str, value: Any) -> Any:
    accept, wanted = _SETTINGS[key]
    checked = accept(value)
    if checked is None:
        raise ConfigError(f"{path}: `{key}` has a wrong value", f"write {wanted}")
    return checked


def _texts(value: Any) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    texts = tuple(item for item in value if isinstance(item, str))  # pyright: ignore[reportUnknownVariableType]
    return texts if len(texts) == len(value) else None  # pyright: ignore[reportUnknownArgumentType]


def _patterns(value: Any) -> tuple[str, ...] | None:
    texts = _texts(value)
    return texts if texts is None or all(map(is_pattern, texts)) else None


def _length(value: Any) -> int | None:
    return value if type(value) is int and value in _LENGTHS else None


_SETTINGS = {
    "exclude": (_patterns, 'a list of patterns, as in `exclude = ["drafts/"]`'),
    "external": (_texts, 'a list of slugs, as in `external = ["all_users"]`'),
    "line-length": (_length, f"a number from {_LENGTHS.start} to {_LENGTHS.stop - 1}"),
}
