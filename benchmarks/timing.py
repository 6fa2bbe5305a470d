"""CPU time of several subjects, taken in turns so that a busy moment hits all of them alike."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from statistics import median
from time import process_time
from typing import NamedTuple


class Subject(NamedTuple):
    """What is measured: a function, and the texts it is given."""

    name: str
    work: Callable[[str], object]
    texts: Sequence[str]
    conditions: int
    repeats: int = 1  # of all texts in a round, where one time would be too short for the clock


class Measured(NamedTuple):
    """Seconds of CPU time to work through all texts once."""

    subject: Subject
    best: float
    median: float

    @property
    def megabytes_a_second(self) -> float:
        """By the subject's own texts."""
        return sum(len(text.encode()) for text in self.subject.texts) / self.best / 1e6

    @property
    def microseconds_a_condition(self) -> float:
        """The figure to compare: the texts of two languages have the same conditions."""
        return self.best / self.subject.conditions * 1e6


def measure(subjects: Sequence[Subject], rounds: int) -> list[Measured]:
    """Time the subjects one after the other, so many times over."""
    for subject in subjects:  # loads what is loaded late
        subject.work(subject.texts[0])
    # What the imports left behind is out of the collector's sight, or one subject's tables would
    # slow down the collections of the others. Collections themselves are part of the work.
    gc.collect()
    gc.freeze()
    seconds: list[list[float]] = [[] for _ in subjects]
    for _ in range(rounds):
        for subject, taken in zip(subjects, seconds, strict=True):
            taken.append(_round(subject))
    gc.unfreeze()
    return [
        Measured(subject, min(taken), median(taken))
        for subject, taken in zip(subjects, seconds, strict=True)
    ]


def _round(subject: Subject) -> float:
    work, texts = subject.work, subject.texts
    gc.collect()
    begun = process_time()
    for _ in range(subject.repeats):
        for text in texts:
            work(text)
    return (process_time() - begun) / subject.repeats
