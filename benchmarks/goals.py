"""What the figures have to be: ratios of the cost of a condition for two subjects of one run."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import NamedTuple

from benchmarks.timing import Measured


class Goal(NamedTuple):
    """Bounds for what a condition costs one subject, in units of what it costs another."""

    subject: str
    unit: str
    least: float = 0
    below: float = inf
    aim: float | None = None  # where the ratio should be; missing it is no failure


class Verdict(NamedTuple):
    """A goal and what was measured."""

    goal: Goal
    ratio: float

    @property
    def name(self) -> str:
        """The two subjects, as a quotient."""
        return f"{self.goal.subject} / {self.goal.unit}"

    @property
    def holds(self) -> bool:
        """Whether the ratio is within its bounds."""
        return self.goal.least <= self.ratio < self.goal.below

    @property
    def bounds(self) -> str:
        """The bounds in words."""
        _, _, least, below, aim = self.goal
        said = (
            f"at least {least:g}" if least else "",
            f"below {below:g}" if below < inf else "",
            f"aim {aim:g}" if aim else "",
        )
        return ", ".join(words for words in said if words)


GOALS = (
    Goal("sqlglot parse", "segql parse", least=5, aim=8),
    Goal("sqlglot parse", "segql parse + format", least=2),
    Goal("sqlfluff parse, sample", "segql parse, sample", least=400),
    # A longer text costs more, but a condition in it does not.
    Goal("segql parse, 10000", "segql parse, 100", below=2),
    Goal("segql parse + format, 10000", "segql parse + format, 100", below=2),
)


def judge(measured: Mapping[str, Measured]) -> list[Verdict]:
    """Hold what was measured, by the subjects' names, against the goals."""

    def cost(name: str) -> float:
        return measured[name].microseconds_a_condition

    return [Verdict(goal, cost(goal.subject) / cost(goal.unit)) for goal in GOALS]
