"""Functions of texts and addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from segql.evaluator.values import MISSING, text_of

_SPACE = " \n\t\r"
_ADDRESS = re.compile(r"[^\s<>@,;]+@[^\s<>@,;]+")
_URL = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]{0,30}:)?//([^/?#]*)([^?#]*)")
_NO_HOST = re.compile(r"[^?#]*")


def lower(text: Any) -> Any:
    """``tolower``."""
    return _of_text(str.lower, text)


def upper(text: Any) -> Any:
    """``string.uppercase``."""
    return _of_text(str.upper, text)


def _of_text(change: Callable[[str], Any], value: Any) -> Any:
    text = text_of(value)
    return MISSING if text is None else change(text)


def contains(text: Any, part: Any) -> Any:
    """Whether a text has a part: not where one is no text, and unknown where one is empty."""
    whole, searched = text_of(text), text_of(part)
    if whole is None or searched is None:
        return False
    return searched in whole if whole and searched else MISSING


def has_prefix(text: Any, start: Any) -> Any:
    """``hasprefix``."""
    return _tested(str.startswith, text, start)


def has_suffix(text: Any, end: Any) -> Any:
    """``hassuffix``."""
    return _tested(str.endswith, text, end)


def _tested(test: Callable[[str, str], bool], text: Any, part: Any) -> Any:
    whole, searched = text_of(text), text_of(part)
    return test(whole, searched) if whole is not None and searched else MISSING


def split(text: Any, separator: Any) -> Any:
    """The parts of a text; none of an empty one."""
    whole, between = text_of(text), text_of(separator)
    return whole.split(between) if whole and between else MISSING


def strip(value: Any) -> Any:
    """A text, or each text of an array, without the white space around it."""
    if value.__class__ is list:
        return [v.strip(_SPACE) for v in cast("list[Any]", value) if v.__class__ is str]
    return value.strip(_SPACE) if value.__class__ is str else MISSING


def replace(text: Any, old: Any, new: Any = "") -> Any:
    """A text with another one in place of each part."""
    whole, searched, other = text_of(text), text_of(old), text_of(new)
    if whole is None or not searched or other is None:
        return MISSING
    return whole.replace(searched, other)


def join(*values: Any) -> Any:
    """Texts, and those of arrays, joined by the last argument; those without a value left out."""
    *parts, separator = values
    between = text_of(separator)
    texts = [text for part in parts for text in _texts(part)]
    return between.join(texts) if texts and between is not None else MISSING


def _texts(value: Any) -> list[str]:
    many = cast("list[Any]", value) if value.__class__ is list else [value]
    found = map(text_of, many)
    return [text for text in found if text]


def email(value: Any) -> Any:
    """The address in ``Bob <b@c.d>``, in lower case."""
    found = _address(value)
    return found[1].lower() if found else MISSING


def email_name(value: Any) -> Any:
    """The name in ``Bob <b@c.d>``."""
    found = _address(value)
    return found[0] if found else MISSING


def email_domain(value: Any) -> Any:
    """What follows the @ of an address, in lower case."""
    found = _address(value)
    return found[1].lower().partition("@")[2] if found else MISSING


def _address(value: Any) -> tuple[str, str] | None:
    """Name and address; None where there is none."""
    text = _first(value).strip(_SPACE)
    name, address = "", text
    if text.endswith(">"):
        name, _, address = text[:-1].rpartition("<")
    return (name.strip(' "'), address) if _ADDRESS.fullmatch(address) else None


def domain(value: Any) -> Any:
    """The last two parts of a URL's host."""
    found = host(value)
    parts: list[str] = [] if found is MISSING else found.partition(":")[0].split(".")
    return ".".join(parts[-2:]) if len(parts) > 1 and all(parts[-2:]) else MISSING


def host(value: Any) -> Any:
    """The host of a URL, in lower case; its scheme may be absent."""
    text = _first(value).lower()
    found = _URL.match(text if "//" in text[:40] else f"//{text}")
    return found[1].rpartition("@")[2] if found and found[1] else MISSING


def path(value: Any) -> Any:
    """The path of a URL, in lower case."""
    text = _first(value).lower()
    if not text:
        return MISSING
    # What begins with a slash is a path already.
    found = _URL.match(text if "//" in text[:40] or text.startswith("/") else f"//{text}")
    return found[2] if found else _before_query(text)


def url_main(value: Any) -> Any:
    """A URL without its scheme and query."""
    text = _first(value)
    if not text:
        return MISSING
    found = _URL.match(text)
    return found[1] + found[2] if found else _before_query(text)


def _before_query(text: str) -> str:
    found = _NO_HOST.match(text)
    return found[0] if found else ""


def _first(value: Any) -> str:
    """A text; of an array its first one; an empty one where there is none."""
    if value.__class__ is list:
        value = cast("list[Any]", value)[0] if value else ""
    return value if value.__class__ is str else ""
