"""How names, strings and numbers are spelled, and what the spellings mean."""

from __future__ import annotations

import re
from functools import lru_cache

_QUOTED_PART = re.compile(r"`([^`]*)`|'([^']*)'|\[([^\]]*)\]")
_STRING_ESCAPE = re.compile(r'\\"|""')
_LEADING_ZEROS = re.compile(r"^0+(?=[0-9])")
_SAME_OPERATOR = {"==": "=", "<>": "!="}

# A longer literal would only make Python slow, and no field holds such a number.
MAX_NUMBER_LENGTH = 400


@lru_cache(maxsize=4096)  # the same fields stand in all segments
def name_of(text: str) -> str:
    """The name a spelling stands for: its parts without quotes, joined with dots."""
    if not any(quote in text for quote in "`'["):
        return text
    return _QUOTED_PART.sub(lambda match: "".join(filter(None, match.groups())), text)


@lru_cache(maxsize=256)
def operator_of(token: str) -> str:
    """The canonical spelling of an operator: ``==`` is ``=``, ``<>`` is ``!=``."""
    text = token.upper()
    return _SAME_OPERATOR.get(text, text)


def string_of(token: str) -> str:
    r"""The value of a string token: ``\"`` and ``""`` mean ``"``, nothing else is an escape."""
    value = token[1:-1]
    return _STRING_ESCAPE.sub('"', value) if '"' in value else value


def number_text(token: str) -> str:
    """The number in a spelling that the server reads: ``.5`` is ``0.5``, ``007`` is ``7``.

    A spelling the server reads already is kept, for the API's tree carries it.
    """
    if token.isdecimal() and token.isascii() and token[0] != "0":
        return token
    sign, digits = ("-", token[1:]) if token.startswith("-") else ("", token.removeprefix("+"))
    if digits[:2].lower() == "0x":
        return sign + digits
    mantissa, mark, exponent = digits.partition("e" if "e" in digits else "E")
    whole, dot, fraction = mantissa.partition(".")
    whole = _LEADING_ZEROS.sub("", whole) or "0"
    mantissa = f"{whole}.{fraction}" if dot and fraction else whole
    return sign + mantissa + (f"e{exponent}" if mark else "")


def number_value(text: str) -> int | float | None:
    """The number a spelling stands for; None where it is too large to be one."""
    if len(text) > MAX_NUMBER_LENGTH:
        return None
    try:
        return int(text, 16 if "x" in text.lower() else 10)
    except ValueError:
        value = float(text)
    return value if abs(value) != float("inf") else None
