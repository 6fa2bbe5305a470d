"""A text longer than any identifier is compared with one.

Profiles are put together by identifiers, such as an e-mail address or the id of a cookie, and the
vendor publishes that these have 256 bytes at most. No profile has a longer one, and so the phrase
never matches. Most often a token, a whole address of a web page or two values at once were pasted.

Which fields are identifiers only a catalog can say, and without one nothing is reported. Looked at
are `=`, IN and INTERSECTS; bytes are those of UTF-8. In the examples `email` is an identifier.

Bad::

    FILTER email = "https://example.com/confirm?address=ann@example.com&token=Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbi4Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbi4Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbi4Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbi4Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbi4" ALIAS ann

    FILTER email IN ("ann@example.com", "https://example.com/confirm?address=ann@example.com&token=Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbi4Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbi4Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbi4Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbi4Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbi4") ALIAS two

Good::

    FILTER email = "ann@example.com" ALIAS ann

    FILTER name = "https://example.com/confirm?address=ann@example.com&token=Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbi4Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbi4Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbi4Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbi4Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbi4" ALIAS ann
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterable, Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.known import found
from segql.linter.scope import Scope
from segql.linter.shape import Shape
from segql.syntax import nodes as n

_MOST = 256  # bytes (vendor: identifiers of profiles)
_FEWEST = _MOST // 4  # characters that have more bytes


def concerns(shape: Shape) -> bool:
    """Whether a comparison may be wrong that looks so."""
    is_asked = shape.operator == "=" or shape.kind is n.Membership
    return is_asked and (shape.has(n.String) or shape.has(n.Array))


def check(node: n.Comparison | n.Membership, scope: Scope) -> Iterable[Diagnostic]:
    """Report each text that is too long for the identifier it is compared with."""
    return _problems(node, scope) if node.end - node.start > _FEWEST else ()


def _problems(node: n.Comparison | n.Membership, scope: Scope) -> Iterator[Diagnostic]:
    for string in _texts(node):
        size = len(string.value.encode("utf-8", "surrogatepass"))
        if size > _MOST and _is_identity(node, scope):
            message = f"this text has {size:,} bytes, and no identifier has more than {_MOST}"
            help = "compare with a value that a profile can have"
            yield diagnostic("long-identifier", string.start, string.end, message, help)


def _texts(node: n.Comparison | n.Membership) -> list[n.String]:
    """The texts that a node compares something with."""
    match node:
        case n.Membership(left, _, n.Array(items)):
            operands = [left, *items]
        case n.Comparison(left, "=", right) | n.Membership(left, _, right):
            operands = [left, right]
        case _:
            return []
    return [operand for operand in operands if isinstance(operand, n.String)]


def _is_identity(node: n.Comparison | n.Membership, scope: Scope) -> bool:
    """Whether one of the sides is a field that the catalog calls an identifier."""
    for side in (node.left, node.right):
        known = found(side, scope)
        if known and known.field.is_identity and known.field.type.shape != "map":
            return True
    return False
