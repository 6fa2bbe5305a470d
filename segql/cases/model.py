"""What a file of cases says."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, NamedTuple, TypeAlias

Profile: TypeAlias = dict[str, Any]
Expected = Literal["in", "out", "unknown"]
Kind = Literal["never", "implies", "equal"]
Answers: TypeAlias = tuple[tuple[str, bool], ...]  # slugs, and whether the profile is a member

EXPECTED: dict[bool | None, Expected] = {True: "in", False: "out", None: "unknown"}


class Case(NamedTuple):
    """A profile, and whether it is to be a member of a segment."""

    segment: str
    profile: Profile
    expect: Expected
    line: int = 1
    name: str = ""
    now: datetime | None = None  # None: the present
    includes: Answers = ()  # instead of what INCLUDE of them would say


class Property(NamedTuple):
    """What is to hold for two segments, whoever their members are."""

    kind: Kind
    segments: tuple[str, str]
    line: int = 1
    name: str = ""
    now: datetime | None = None


class Problem(NamedTuple):
    """What cannot be understood in a file of cases, and what to do about it."""

    line: int
    message: str
    help: str


class CaseFile(NamedTuple):
    """All that a file says; what has a problem is left out of it."""

    path: str
    cases: tuple[Case, ...] = ()
    properties: tuple[Property, ...] = ()
    profiles: tuple[Profile, ...] = ()  # those with a name
    problems: tuple[Problem, ...] = ()
