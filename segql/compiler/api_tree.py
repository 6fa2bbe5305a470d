"""The tree as the API returns it: nested ``{"op", "args"}``, ``{"ident"}`` and ``{"val"}``.

Every value is a string. The form is lossy: a list of one is the phrase itself, ``a NOT IN (1)``
is NOT around IN, and quotes of names are gone.
"""

from __future__ import annotations

from typing import Any

from segql.syntax import nodes as n

ApiTree = dict[str, Any]


def to_api_tree(phrase: n.Phrase) -> ApiTree:
    """Return the API's JSON tree of a phrase."""
    return _tree(phrase)


def _tree(node: n.Node) -> ApiTree:
    match node:
        case n.And(phrases) | n.Or(phrases):
            return _list("and" if isinstance(node, n.And) else "or", phrases)
        case n.Not(phrase):
            return _negated(phrase)
        case n.Comparison(left, operator, right) | n.Membership(left, operator, right):
            return _op(operator.lower(), left, right)
        case n.Between(operand, low, high):
            return _op("between", operand, low, high)
        case n.Exists(operand):
            return _op("exists", operand)
        case n.Include(segment):
            return {"op": "include", "args": [{"ident": segment.value}]}
        case n.MatchAll():
            return {"ident": "*"}
        case _:
            return _operand(node)


def _operand(node: n.Node) -> ApiTree:
    match node:
        case n.Identifier(name):
            return {"ident": name}
        case n.String(value):
            return {"val": value}
        case n.Number(text) if text.startswith("-"):
            return {"op": "-", "args": [{"val": text[1:]}]}
        case n.Number(text):
            return {"val": text}
        case n.Boolean(value):
            return {"val": "true" if value else "false"}
        case n.Null():
            return {"val": "NULL"}
        case n.Call(name, arguments):
            return {"op": "expr", "args": [{"ident": name}, *map(_tree, arguments)]}
        case n.Arithmetic(left, operator, right):
            return _op(operator, left, right)
        case n.Array(items):
            return {"args": [_tree(item) for item in items]}
        case _:
            raise TypeError(f"no phrase and no operand: {node!r}")


def _list(operator: str, phrases: tuple[n.Phrase, ...]) -> ApiTree:
    return _tree(phrases[0]) if len(phrases) == 1 else _op(operator, *phrases)


def _negated(phrase: n.Phrase) -> ApiTree:
    """A list carries its NOT as a mark: folding a list of one turns the inner mark around."""
    inner = _tree(phrase)
    is_folded = isinstance(phrase, n.And | n.Or) and len(phrase.phrases) == 1
    if is_folded and inner.get("op") == "not" and inner["args"][0].get("op") in ("and", "or"):
        return inner["args"][0]
    return {"op": "not", "args": [inner]}


def _op(operator: str, *arguments: n.Node) -> ApiTree:
    return {"op": operator, "args": [_tree(argument) for argument in arguments]}
