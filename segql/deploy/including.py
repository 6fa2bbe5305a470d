"""Who includes whom, in the files and in the account. An id stands for the slug that has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from segql.api import Segment as RemoteSegment
from segql.deploy.plan import Change
from segql.syntax.nodes import Name
from segql.syntax.parser import parse
from segql.syntax.walk import includes
from segql.workspace import Segment, cycles, in_include_order

_NAMES = ("include", "in_segment")  # without these a text includes nothing


class _Node(NamedTuple):
    slug: str
    includes: tuple[Name, ...]


class Including:
    """The segments of the files, by slug, and those of the account. All slugs are in lower case."""

    def __init__(self, remotes: Iterable[RemoteSegment], files: Mapping[str, Segment]) -> None:
        by_key = {_key(remote): remote for remote in remotes}
        self._slugs = {remote.id.lower(): key for key, remote in by_key.items()}
        self._files = {
            slug: self._resolved((name.value for name in segment.includes), files)
            for slug, segment in files.items()
        }
        self._account = {
            key: self._resolved(_names_in(remote.segment_ql or ""))
            for key, remote in by_key.items()
        }

        everybody = self._account | self._files
        self._dependents: dict[str, set[str]] = {}
        for slug, targets in everybody.items():
            for target in targets:
                self._dependents.setdefault(target, set()).add(slug)
        there = {s: [t for t in targets if t in everybody] for s, targets in everybody.items()}
        self._ways_back = {
            slug: following
            for circle in cycles(there)
            for slug, following in zip(circle, [*circle[1:], circle[0]], strict=True)
        }

    def is_in_files(self, slug: str) -> bool:
        """Whether a file has the segment."""
        return slug in self._files

    def in_files(self, slug: str) -> tuple[str, ...]:
        """What a segment includes as its file has it."""
        return self._files[slug]

    def in_account(self, slug: str) -> tuple[str, ...]:
        """What a segment includes as the account has it."""
        return self._account[slug]

    def by(self, slug: str) -> tuple[str, ...]:
        """Who includes a segment: in the files, or in the account where no file has it."""
        return tuple(sorted(self._dependents.get(slug, set()) - {slug}))

    def behind(self, slug: str) -> tuple[str, ...]:
        """All whose members change with a segment: who includes it, then who includes those."""
        found = {slug: None}
        for each in (queue := [slug]):
            new = [other for other in self.by(each) if other not in found]
            found.update(dict.fromkeys(new))
            queue += new
        return tuple(found)[1:]

    def way_back(self, slug: str) -> str | None:
        """Through whom a segment includes itself; None where it does not."""
        return self._ways_back.get(slug)

    def after(self, writes: Iterable[Change]) -> dict[str, set[str]]:
        """Each segment of the account with what it includes when some changes have been made."""
        found = {slug: set(targets) for slug, targets in self._account.items()}
        return found | {c.slug: set(c.includes) for c in writes if c.is_write}

    def outermost_first(self, slugs: Sequence[str]) -> list[str]:
        """Sort segments of the account so that each stands before those it includes."""
        nodes = [_Node(slug, tuple(map(Name, self._account[slug]))) for slug in slugs]
        return [node.slug for node in reversed(in_include_order(nodes))]

    def _resolved(
        self, names: Iterable[str], files: Mapping[str, Segment] | None = None
    ) -> tuple[str, ...]:
        """The slugs of names, each once."""
        lower = (name.lower() for name in names)
        known = files or {}
        return tuple(dict.fromkeys(n if n in known else self._slugs.get(n, n) for n in lower))


def _key(remote: RemoteSegment) -> str:
    """The slug; of a segment that has none, its id."""
    return (remote.slug_name or remote.id).lower()


def _names_in(text: str) -> list[str]:
    """What a text of the account includes, as far as it can be read."""
    lower = text.lower()
    if not any(name in lower for name in _NAMES):
        return []
    return [name.value for statement in parse(text).statements for name in includes(statement)]
