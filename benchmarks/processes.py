"""Whole commands, run in turns so that a busy moment hits all of them alike."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Command(NamedTuple):
    """What is run, and where; `variables` are added to the environment."""

    name: str
    arguments: list[str]
    folder: Path
    variables: Mapping[str, str] = {}
    codes: Sequence[int] = (0, 1)  # exit codes of a command that did its work


class Timed(NamedTuple):
    """The least seconds: on the clock, and of all processors together."""

    name: str
    wall: float
    cpu: float

    @property
    def line(self) -> str:
        """The same for people."""
        return f"{self.name:28}{self.wall * 1000:10.1f} ms{self.cpu * 1000:10.1f} ms of CPU time"


def tool(name: str) -> str:
    """A command that stands beside this Python, or else one of the system's."""
    beside = shutil.which(name, path=str(Path(sys.executable).parent))
    found = beside or shutil.which(name)
    if found is None:
        sys.exit(f"error: {name} is not installed; `make bench` installs what Python has")
    return found


def measure(commands: Sequence[Command], rounds: int) -> list[Timed]:
    """Time the commands in turns; the first round, which fills caches, is not counted."""
    taken: dict[str, list[tuple[float, float]]] = {command.name: [] for command in commands}
    for number in range(rounds + 1):
        for command in commands:
            seconds = _run(command)
            if number:
                taken[command.name].append(seconds)
    return [
        Timed(name, min(wall for wall, _ in rows), min(cpu for _, cpu in rows))
        for name, rows in taken.items()
    ]


def _run(command: Command) -> tuple[float, float]:
    """Seconds on the clock and of CPU time; the process and its children."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["XDG_CACHE_HOME"] = str(command.folder.parent / "cache")
    environment |= command.variables
    begun = time.perf_counter()
    actions = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1, 2)]
    os.chdir(command.folder)
    process = os.posix_spawn(
        command.arguments[0], command.arguments, environment, file_actions=actions
    )
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - begun
    if os.waitstatus_to_exitcode(status) not in command.codes:
        sys.exit(f"error: {' '.join(command.arguments)} failed")
    return wall, usage.ru_utime + usage.ru_stime
