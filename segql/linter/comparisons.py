"""What rules about values share: which literal is compared with which operand, and how."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from segql.diagnostics import Fix
from segql.formatter import UnsayableError
from segql.formatter.spelling import name
from segql.linter.date_words import likely_date_math
from segql.linter.edits import in_place
from segql.linter.rewriting import canonical, has_comment, replacement
from segql.linter.scope import Scope
from segql.syntax import nodes as n
from segql.syntax.literals import MAX_NUMBER_LENGTH, number_text

LITERALS: Final = (n.String, n.Number, n.Boolean, n.Null)
ORDER: Final = frozenset((">", ">=", "<", "<="))
# An operator -> the one that says the same with the sides exchanged.
TURNED: Final = {"=": "=", "!=": "!=", ">": "<", ">=": "<=", "<": ">", "<=": ">="}
RELATIONS: Final = frozenset(TURNED)  # the operators that compare, without CONTAINS and LIKE
# What the server reads as a number where a text is compared with one.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


class Compared(NamedTuple):
    """An operand and a literal, as if the operand stood on the left.

    BETWEEN makes two of them, with ``>`` and ``<``: it excludes both ends.
    """

    operand: n.Operand
    operator: str
    value: n.LiteralValue
    is_turned: bool = False  # the literal stands on the left


def compared(node: n.Node) -> tuple[Compared, ...]:
    """What a comparison or BETWEEN compares with literals; what two literals say is skipped."""
    if isinstance(node, n.Comparison):
        left, operator, right = node.left, node.operator, node.right
        if isinstance(right, LITERALS):
            return () if type(left) in LITERALS else (Compared(left, operator, right),)
        if isinstance(left, LITERALS) and operator in TURNED:
            return (Compared(right, TURNED[operator], left, is_turned=True),)
    elif isinstance(node, n.Between) and not isinstance(node.operand, LITERALS):
        ends = ((">", node.low), ("<", node.high))
        return tuple(
            Compared(node.operand, operator, end)
            for operator, end in ends
            if isinstance(end, LITERALS)
        )
    return ()


def guess(scope: Scope, start: int, end: int, text: str) -> Fix | None:
    """An unsafe fix that puts a text between two offsets; None where it would lose a comment."""
    if has_comment(scope.file, start, end):
        return None
    return Fix("unsafe", f"write `{text}`", (replacement(scope.text, start, end, text),))


def guess_name(scope: Scope, written: n.Node, meant: str) -> Fix | None:
    """An unsafe fix that writes another name; None where no quotes can hold it."""
    try:
        return guess(scope, written.start, written.end, name(meant))
    except UnsayableError:
        return None


def guess_phrase(scope: Scope, node: n.Phrase, phrase: n.Phrase) -> tuple[str, Fix | None]:
    """The text of a phrase that was likely meant, and an unsafe fix; empty where none can be."""
    text = canonical(phrase) or ""
    if not text:
        return "", None
    edit = in_place(scope.file, node, phrase)
    return text, edit and Fix("unsafe", f"write `{text}`", (edit,))


def guess_date(scope: Scope, value: n.String, operator: str) -> tuple[str, Fix | None]:
    """A question for a text that was likely meant as date math, with an unsafe fix; else ""."""
    # After = it would find one second: TIM005.
    meant = likely_date_math(value.value) if operator in ORDER else None
    if meant is None:
        return "", None
    return f'did you mean `"{meant}"`?', guess(scope, value.start, value.end, f'"{meant}"')


def number_in(literal: n.Node) -> n.Number | None:
    """The number that a literal is, or that its text spells; None for anything else."""
    match literal:
        case n.Number():
            return literal
        case n.String(value) if _NUMBER.fullmatch(value) and len(value) <= MAX_NUMBER_LENGTH:
            return n.Number(number_text(value))
        case _:
            return None
