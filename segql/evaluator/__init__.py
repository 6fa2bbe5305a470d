"""Which profiles match a filter: `evaluate` for one, `compile_predicate` for many, `explain`."""

from segql.evaluator.predicate import Predicate, Verdict, compile_predicate, evaluate, explain
from segql.evaluator.trace import Seen, Trace
from segql.evaluator.values import MISSING, Profile

__all__ = [
    "MISSING",
    "Predicate",
    "Profile",
    "Seen",
    "Trace",
    "Verdict",
    "compile_predicate",
    "evaluate",
    "explain",
]
