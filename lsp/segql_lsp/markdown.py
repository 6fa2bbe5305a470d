"""Markdown for what the client shows. Nothing that a file says can become a link or a format."""

from __future__ import annotations

import re

from lsprotocol import types

# What means something anywhere, and what does where a line begins.
_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&]|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
# What is made below, for taking it away again.
_MADE = re.compile(
    r"^(?P<fence>`{3,})segql\n(?P<block>.*?)\n(?P=fence)$"
    r"|(?P<ticks>`+)(?P<space> ?)(?P<code>.+?)(?P=space)(?P=ticks)(?!`)"
    r"|\\(?P<character>[^\s\w]|_)"
    r"|\[(?P<link>(?:\\.|[^\]\\])*)\]\([^)]*\)"
    r"|(?P<bold>\*\*)",
    re.MULTILINE | re.DOTALL,
)
_TICKS = re.compile(r"`+")


def escaped(text: str) -> str:
    """A text that is shown as it is, on one line."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))


def code(text: str) -> str:
    """A text as code within a line."""
    line = " ".join(text.split())
    ticks = "`" * (_longest(line) + 1)
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{ticks}{space}{line}{space}{ticks}"


def block(text: str) -> str:
    """A SegmentQL text as a block of code."""
    fence = "`" * max(3, _longest(text) + 1)
    return f"{fence}segql\n{text}\n{fence}"


def content(text: str, formats: object) -> types.MarkupContent | str:
    """Markdown as a client takes it: of the ``formats`` that it names, or without its marks.

    A client that names none knows no formats at all, and takes only a string.
    """
    if not isinstance(formats, list | tuple) or not formats:
        return plain(text)
    if types.MarkupKind.Markdown in formats:
        return types.MarkupContent(types.MarkupKind.Markdown, text)
    return types.MarkupContent(types.MarkupKind.PlainText, plain(text))


def plain(markdown: str) -> str:
    """Markdown that was made here, without its marks."""
    return _MADE.sub(_without_marks, markdown)


def _without_marks(made: re.Match[str]) -> str:
    match made.lastgroup:
        case "link":
            return plain(made["link"])
        case "bold" | None:
            return ""
        case kind:
            return made[kind]


def _longest(text: str) -> int:
    """The most backticks that stand beside each other."""
    return max(map(len, _TICKS.findall(text)), default=0)
