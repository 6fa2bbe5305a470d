"""The pages of the rules, read from the documentation of their modules.

A page is prose, then examples in blocks, each example a text of its own that a blank line ends::

    Why it is wrong.

    Bad::

        FILTER EXISTS(email) ALIAS a

    Good::

        FILTER EXISTS email ALIAS a

Every example is run by a test. They speak of the fields of `EXAMPLE_FIELDS`.
"""

from __future__ import annotations

import re
from importlib import import_module
from inspect import cleandoc
from textwrap import indent
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from segql.diagnostics.codes import Code

if TYPE_CHECKING:
    from segql.catalog import Catalog

# What the examples speak of: a catalog of the table `user`.
EXAMPLE_FIELDS = {
    "email": "string",
    "name": "string",
    "country": "string",
    "city": "string",
    "status": "string",
    "plan": "string",
    "visitct": "int",
    "orders": "int",
    "score": "number",
    "is_member": "bool",
    "lastvisit_ts": "date",
    "created": "date",
    "interests": "[]string",
    "logins": "[]date",
    "counts": "map[string]int",
    "attributes": "map[string]string",
    "location": "geolocation",
    "visits": "[]timebucket",
    "segments": "membership",
}
# The keys that were seen in maps. The e-mail address is what profiles are put together by.
EXAMPLE_KEYS = {"counts": ("web", "app", "store")}

# What the examples of other pages are written in: for colours, SegmentQL is near enough to SQL.
_LANGUAGES = {"bad-setting": "toml", "bad-catalog": "json"}
_BLOCK = re.compile(r"^(Bad|Good)::\n\n((?: {4}.*\n|\n)+)", re.MULTILINE)


class Page(NamedTuple):
    """What is to be said about a kind of problem."""

    code: Code
    text: str  # in Markdown, without the examples
    bad: tuple[str, ...]
    good: tuple[str, ...]


def example_catalog() -> Catalog:
    """The catalog that the examples are checked with."""
    from segql.catalog import DEFAULT_TABLE, Catalog

    fields = Catalog.from_types(EXAMPLE_FIELDS).fields().values()
    more = (
        replace(field, keys=EXAMPLE_KEYS.get(field.name, ()), is_identity=field.name == "email")
        for field in fields
    )
    return Catalog({DEFAULT_TABLE: more})


def page(code: Code) -> Page:
    """The page of a rule."""
    module = import_module(f"segql.linter.rules.{code.name.replace('-', '_')}")
    text = cleandoc(module.__doc__ or "") + "\n"
    blocks = {match[1]: _examples(match[2]) for match in _BLOCK.finditer(text)}
    prose = _BLOCK.sub("", text).strip()
    return Page(code, prose, blocks.get("Bad", ()), blocks.get("Good", ()))


def markdown(page: Page) -> str:
    """A page as it is published."""
    code = page.code
    language = _LANGUAGES.get(code.name, "sql")
    parts = [
        f"# {code.code} {code.name}",
        code.summary,
        _facts(code),
        page.text,
        *_section("Bad", page.bad, language),
        *_section("Good", page.good, language),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def terminal(page: Page, colour: bool) -> str:
    """A page as it is read on a terminal."""

    def bold(text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if colour else text

    code = page.code
    parts = [f"{bold(f'{code.code} {code.name}')}\n{code.summary}", _facts(code), page.text]
    for title, examples in (("Bad:", page.bad), ("Good:", page.good)):
        if examples:
            parts.append(
                "\n\n".join([bold(title), *(indent(visible(e), "    ") for e in examples)])
            )
    return "\n\n".join(part for part in parts if part) + "\n"


def _facts(code: Code) -> str:
    """What the table says of a rule."""
    asked = "on" if code.is_default else "off unless selected"
    fix = "some come with a fix" if code.is_fixable else "without a fix"
    return f"{code.severity.capitalize()}, {asked}, {fix}."


def _examples(block: str) -> tuple[str, ...]:
    return tuple(text.strip("\n") for text in re.split(r"\n\n+", cleandoc(block)) if text.strip())


def _section(title: str, examples: tuple[str, ...], language: str) -> list[str]:
    if not examples:
        return []
    return [f"## {title}", *(f"```{language}\n{visible(text)}\n```" for text in examples)]


def visible(example: str) -> str:
    """An example without what could not be seen, or not be saved."""
    return "".join(c if c == "\n" or c.isprintable() else f"\\u{ord(c):04x}" for c in example)
