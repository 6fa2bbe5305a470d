"""Check the files of a workspace on disk, and mend them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from segql.diagnostics import Diagnostic
from segql.linter.examined import Examined
from segql.linter.judging import judge
from segql.linter.many import examine_files
from segql.linter.setup import Findings, Setup
from segql.source import SourceFile
from segql.workspace import Found, Overview, source_of

if TYPE_CHECKING:
    from segql.linter.cache import Cache
    from segql.linter.fixing import ToMake

_ROUNDS = 100  # a mended text may need mending again; few need more than three
_WORTH = 20  # files; fewer are read faster than what is remembered of them


class Mended(NamedTuple):
    """A file that fixes changed."""

    source: SourceFile  # as it was
    text: str


class Session:
    """The files that were asked for come first; the others are only known to them."""

    def __init__(self, found: Found, setup: Setup, use_cache: bool = True) -> None:
        self._found, self._setup = found, setup
        paths = [*found.asked, *found.around]
        self._examined = examine_files(paths, setup.options, self._cache(use_cache, len(paths)))
        self._paths: list[str | None] = [shown for _, shown in paths]
        self._asked = [*range(len(found.asked))]
        self._texts: dict[int, str] = {}
        if found.stdin:
            from segql.linter.examine import examine

            self._asked.append(len(self._paths))
            self._texts[len(self._paths)] = found.stdin.source.text
            self._paths.append(found.stdin.source.path)
            self._examined.append(examine(found.stdin, setup.options))

    def _cache(self, is_wanted: bool, files: int) -> Cache | None:
        if not is_wanted or files < _WORTH:
            return None
        from segql.linter.cache import Cache

        return Cache(self._found.config.root, self._setup.key)

    def findings(self) -> Findings:
        """The files that were asked for, each with what is wrong in it."""
        found = self._judged()
        return [(self._source(n, with_text=n in found), found.get(n, [])) for n in self._asked]

    def mend(self, unsafe: bool) -> tuple[list[Mended], Counter[str]]:
        """Make fixes until there are none left; the files, and how often each rule had one made.

        Nothing is written. A fix that would bring an error is not made.
        """
        from segql.linter.fixing import apart, wanted_fixes

        before: dict[int, SourceFile] = {}
        made: Counter[str] = Counter()
        done_with: set[int] = set()
        for _ in range(_ROUNDS):
            pending = {n: found for n, found in self._judged().items() if n not in done_with}
            if not pending:
                break
            for number, problems in pending.items():
                wanted = apart(wanted_fixes(problems, unsafe))
                before.setdefault(number, self._source(number, with_text=bool(wanted)))
                done = self._make(number, wanted)
                made.update(problem.name for problem, _ in done)
                if not done:
                    done_with.add(number)
        files = [Mended(source, self._texts.get(n, "")) for n, source in before.items()]
        return [file for file in files if file.text != file.source.text], made

    def _make(self, number: int, fixes: list[ToMake]) -> list[ToMake]:
        """Make those of the fixes that bring no error, and return them."""
        if not fixes:
            return []
        from segql.linter.examine import examine
        from segql.linter.fixing import mended
        from segql.syntax.parser import parse

        new = mended(self._source(number).text, [fix for _, fix in fixes])
        examined = examine(parse(new, self._paths[number]), self._setup.options)
        if _errors(examined) <= _errors(self._examined[number]):
            self._texts[number], self._examined[number] = new, examined
            return fixes
        if len(fixes) == 1:
            return []
        half = len(fixes) // 2  # from behind: what is before stays where it is
        behind = self._make(number, fixes[half:])
        return self._make(number, fixes[:half]) + behind

    def _judged(self) -> dict[int, list[Diagnostic]]:
        outlines = ((p, e.outlines) for p, e in zip(self._paths, self._examined, strict=True))
        overview = Overview(outlines, self._found.config.external)
        asked = {number: self._examined[number] for number in self._asked}
        return judge(asked, overview, self._setup.options, self._ignored)

    def _ignored(self, number: int) -> frozenset[str]:
        return self._setup.ignored(self._paths[number] or "")

    def _source(self, number: int, with_text: bool = True) -> SourceFile:
        """A file; its text is read only where it is needed."""
        path = self._paths[number]
        if number in self._texts:
            return SourceFile(self._texts[number], path)
        if not with_text or path is None:
            return SourceFile("", path)
        try:
            return source_of(Path(path).read_bytes(), path)
        except OSError:
            return SourceFile("", path)


def _errors(examined: Examined) -> int:
    return sum(problem.is_error for problem in examined.problems)
