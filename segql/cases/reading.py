"""Files of cases: TOML, whose every mistake is told with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, get_args

from segql.cases import shapes
from segql.cases.model import Case, CaseFile, Expected, Kind, Problem, Profile, Property
from segql.cases.profiles import changed, of_row
from segql.catalog.dates import parse_date
from segql.catalog.places import toml_places
from segql.diagnostics import did_you_mean
from segql.source import SourceFile

SUFFIX = ".segql.toml"
_MEND = "mend the file; docs/testing.md shows its form"
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def read_cases(path: Path) -> CaseFile:
    """Read a file. What is wrong with it is in its ``problems``. Raises ``OSError``."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        problem = Problem(1, f"byte {error.start + 1} is not UTF-8", "save it as UTF-8")
        return CaseFile(str(path), problems=(problem,))
    return parse_cases(text, str(path))


def parse_cases(text: str, path: str) -> CaseFile:
    """The same of a text."""
    try:
        content = tomllib.loads(text)
        return _Reader(text, path, content).file()
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        problem = Problem(line, f"this is not TOML: {_PLACE.sub('', str(error))}", _MEND)
    except RecursionError:
        problem = Problem(1, "it is nested too deeply", _MEND)
    return CaseFile(path, problems=(problem,))


class _Reader:
    """Makes cases of a decoded file, and notes what cannot be one."""

    def __init__(self, text: str, path: str, content: dict[str, Any]) -> None:
        self.source = SourceFile(text, path)
        self.locate = toml_places(text)
        self.problems: list[Problem] = []
        self.content = content
        self.whole = self._shaped((), content, shapes.FileShape) or shapes.FileShape()
        self.now = self._now(self.whole.now, None, ("now",))

    def file(self) -> CaseFile:
        cases = [*self._cases(), *self._rows()]
        properties = tuple(self._properties())
        return CaseFile(
            self.source.path or "",
            tuple(sorted(cases, key=lambda case: case.line)),
            properties,
            tuple(self.whole.profiles.values()),
            tuple(sorted(self.problems)),
        )

    def _cases(self) -> Iterator[Case]:
        for number, value in enumerate(self.whole.case):
            place = ("case", number)
            shape = self._shaped(place, value, shapes.CaseShape)
            base = self._base(shape, place) if shape else None
            if shape is None or base is None:
                continue
            profile = changed(base, shape.change, shape.missing, shape.null)
            now = self._now(shape.now, self.now, (*place, "now"))
            includes = tuple(shape.includes.items())
            line = self._line(place)
            yield Case(shape.segment, profile, shape.expect, line, shape.name, now, includes)

    def _rows(self) -> Iterator[Case]:
        for number, value in enumerate(self.whole.table):
            place = ("table", number)
            shape = self._shaped(place, value, shapes.TableShape)
            base = self._base(shape, place) if shape else None
            if shape is None or base is None:
                continue
            now = self._now(shape.now, self.now, (*place, "now"))
            lines = self._lines_of_rows(place, len(shape.rows))
            for row, line in zip(shape.rows, lines, strict=True):
                if self._is_row(row, shape.columns, line):
                    profile = of_row(base, shape.columns, row[:-1])
                    includes = tuple(shape.includes.items())
                    yield Case(shape.segment, profile, row[-1], line, shape.name, now, includes)

    def _is_row(self, row: list[Any], columns: list[str], line: int) -> bool:
        if len(row) != len(columns) + 1:
            message = f"the row has {len(row)} cells, and should have {len(columns) + 1}"
            help = "write one for each column, and behind them what is expected"
            self.problems.append(Problem(line, message, help))
        elif row[-1] not in get_args(Expected):
            help = 'end it in "in", "out" or "unknown"'
            self.problems.append(Problem(line, "the row does not say what is expected", help))
        else:
            return True
        return False

    def _properties(self) -> Iterator[Property]:
        for number, value in enumerate(self.whole.property):
            place = ("property", number)
            shape = self._shaped(place, value, shapes.PropertyShape)
            if shape is None:
                continue
            named = {kind: pair for kind in get_args(Kind) if (pair := getattr(shape, kind))}
            if len(named) != 1:
                message = "a property has one of `never`, `implies` and `equal`"
                help = 'as in `never = ["vip", "churned"]`: no member of one is in the other'
                self.problems.append(Problem(self._line(place), message, help))
                continue
            now = self._now(shape.now, self.now, (*place, "now"))
            ((kind, pair),) = named.items()
            yield Property(kind, pair, self._line(place), shape.name, now)

    # ---- Parts ----

    def _shaped(
        self, place: tuple[str | int, ...], value: object, shape: type[shapes.T]
    ) -> shapes.T | None:
        try:
            return shapes.shaped(value, shape)
        except shapes.ShapeError as error:
            key, part, message, help = error.told
            line, _ = self.source.position(self.locate((*place, key) if key else place, part).start)
            self.problems.append(Problem(line, message, help))
            return None

    def _base(
        self, shape: shapes.CaseShape | shapes.TableShape, place: tuple[str | int, ...]
    ) -> Profile | None:
        """The profile that a case begins with: its own, or one with a name."""
        if not isinstance(shape.profile, str):
            return shape.profile
        found = self.whole.profiles.get(shape.profile)
        if found is None:
            near = did_you_mean(shape.profile, self.whole.profiles)
            help = f"did you mean `{near}`?" if near else f"write it: `[profiles.{shape.profile}]`"
            message = f"there is no profile `{shape.profile}`"
            self.problems.append(Problem(self._line((*place, "profile")), message, help))
        return found

    def _now(
        self, value: Any, otherwise: datetime | None, place: tuple[str | int, ...]
    ) -> datetime | None:
        if value is None:
            return otherwise
        found = _instant(value)
        if found is None:
            help = "write a date, as in `now = 2026-03-01T12:00:00Z`"
            self.problems.append(Problem(self._line(place), "`now` is no point in time", help))
        return found or otherwise

    def _line(self, place: tuple[str | int, ...]) -> int:
        return self.source.position(self.locate(place, "value").start)[0]

    def _lines_of_rows(self, place: tuple[str | int, ...], count: int) -> list[int]:
        """The line of each row, where each has one of its own; else that of `rows`."""
        start = self._line((*place, "rows"))
        found: list[int] = []
        for number in range(start + 1, len(self.source.line_starts) + 1):
            line = self.source.line(number).strip()
            is_of_rows = not line or line.startswith(("[", "#", "]"))
            if not is_of_rows or _HEADER.match(line):
                break
            found += [number] if line.startswith("[") else []
        return found if len(found) == count else [start] * count


_HEADER = re.compile(r"\[\[?[\w.-]+\]\]?\s*(?:#.*)?$")


def _instant(value: Any) -> datetime | None:
    match value:
        case datetime():
            return value if value.tzinfo else value.replace(tzinfo=UTC)
        case date():
            return datetime.combine(value, time(tzinfo=UTC))
        case str():
            return parse_date(value)
        case _:
            return None
