"""Which phrases may become segments, and segments phrases, and nobody matches who did not before.

What is included matches or does not, or cannot be evaluated. A phrase in a list can be a fourth
thing: a bare field that holds no bool, or the order of two texts, does not match where it stands
alone; but NOT of it cannot be evaluated, and does not match either.
"""

from __future__ import annotations

from segql.syntax import nodes as n

_ORDER = frozenset((">", ">=", "<", "<="))


def decides_alone(phrase: n.Phrase) -> bool:
    """Whether NOT of a phrase is the same as NOT of a segment of it."""
    match phrase:
        case n.And((one,)) | n.Or((one,)):
            return decides_alone(one)
        case n.Comparison(left, operator, right):
            has_number = isinstance(left, n.Number) or isinstance(right, n.Number)
            return operator not in _ORDER or has_number
        case n.And() | n.Or() | n.Not() | n.Membership() | n.Between() | n.Exists() | n.Include():
            return True
        case _:
            return False
