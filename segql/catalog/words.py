"""What the words and signs of the language do, one line each, with the traps of the server.

Markdown. Source: the vendor's page of the language, and what its open reference implementation was
observed to do.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

_MISSING = "A field that is missing does not match."
_NEGATED = "A field that is missing matches."
_ORDER = "Numbers and dates only: between two texts nothing matches."

# Operators in their canonical spelling.
OPERATOR_WORDS = {
    "=": f"Equal; `==` says the same. Case counts in texts. {_MISSING}",
    "!=": f"Not equal; `<>` says the same. {_NEGATED}",
    ">": f"Greater, or later. {_ORDER} {_MISSING}",
    ">=": f"Greater or equal, or not earlier. {_ORDER} {_MISSING}",
    "<": f"Smaller, or earlier. {_ORDER} {_MISSING}",
    "<=": f"Smaller or equal, or not later. {_ORDER} {_MISSING}",
    "CONTAINS": f"Has the text anywhere in it; of a set, one of its items has. {_MISSING}",
    "LIKE": (
        "The whole value fits the pattern: `*` or `%` is any text without `/`, `**` any text, "
        "`?` one character, `[a-c]` one of a set. Case counts, and `_` stands for itself."
    ),
    "IN": f"Is one of the values; of a set, an item is; of a map, a key. {_MISSING}",
    "INTERSECTS": f"A set has one of the values, or a map one of the keys. {_MISSING}",
    "BETWEEN": (
        "Between two bounds, which are both excluded: of whole numbers `x BETWEEN 1 AND 3` is only "
        "2. Numbers and dates only; for a field that is missing it cannot be evaluated."
    ),
    "EXISTS": (
        "There is a value: not null, and not an empty text, set or map. `0` and `false` are values."
    ),
    "IS": "`IS NULL` says `= NULL`, which is to be preferred: the server misreads `IS`.",
    "+": "The sum of two numbers.",
    "-": "The difference of two numbers. Between names it needs spaces: `a-b` is one name.",
    "*": "The product of two numbers; or, as the whole filter, every profile.",
    "/": "The quotient of two numbers. Between names it needs spaces: `a/b` is one name.",
    "%": "The remainder of a division.",
}

# Other keywords.
KEYWORD_WORDS = {
    "FILTER": "Begins a segment: which profiles belong to it.",
    "FROM": "The table that the segment is about; without it, `user`.",
    "LIMIT": "How many members at most.",
    "WITH": "The segment's own fields: name, description, kind, tags, and whether it is public.",
    "ALIAS": "The slug, by which the account and every INCLUDE know the segment; in lower case.",
    "AND": "All phrases match: `AND (a, b)`, or `a AND b`. `AND ()` matches everybody.",
    "OR": "At least one phrase matches: `OR (a, b)`, or `a OR b`. `OR ()` matches nobody.",
    "NOT": (
        "The phrase does not match. A field that is missing then matches, "
        "except alone (`NOT x`) and under BETWEEN, which cannot be evaluated."
    ),
    "INCLUDE": "Members of another segment, which is named by its alias or its id.",
    "TRUE": "The value true. Of texts, `true` and `1` equal it.",
    "FALSE": "The value false.",
    "NULL": "No value, though the field is there. Whether a field is missing is asked by EXISTS.",
}

WORDS = OPERATOR_WORDS | KEYWORD_WORDS


class Option(NamedTuple):
    """A field of WITH that the API knows: the type of its value, and what it is."""

    type: Literal["text", "bool", "texts"]
    summary: str


OPTIONS = {
    "name": Option("text", "What people call the segment; up to 64 characters."),
    "description": Option("text", "What it is for. Without it: the comment above the statement."),
    "kind": Option("text", "What the account uses it as; without it, `segment`."),
    "is_public": Option("bool", "Whether a profile that others see tells that it is a member."),
    "tags": Option("texts", 'Words to find it by: `["value", "email"]`.'),
    "slug_name": Option("text", "The slug, where there is no ALIAS."),
    "table": Option("text", "The table that it is about; FROM says the same."),
}

# Source: the vendor's page of the API, its application, and the OpenAPI description.
KINDS = (
    *("segment", "aspect", "goal", "list", "conversion", "metric", "managed", "candidate"),
    *("audience", "content", "behavioral"),
)
