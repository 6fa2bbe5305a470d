"""A field of WITH that is most likely misspelt.

The API knows the fields `name`, `slug_name`, `description`, `kind`, `table`, `is_public` and
`tags`. Others may stand in WITH, and are sent in the text, but nothing comes of them: with
`is_pubic = true` the segment is not public, and nobody is told. Reported is only a key that is near
one of these, begins with the same letter and is about as long; `stable`, `surname` and any other
word are taken to be there on purpose.

The fix writes the field, unsafe because it is a guess. There is none where the field stands in WITH
already, or where the value would be of the wrong type for it.

Bad::

    FILTER orders > 10 WITH is_pubic = true ALIAS vip

    FILTER orders > 10 WITH {"desription": "They get the private sale two days early."} ALIAS vip

    FILTER orders > 10 WITH tag = "vip" ALIAS vip

Good::

    FILTER orders > 10 WITH is_public = true ALIAS vip

    FILTER orders > 10 WITH owner = "crm", review = "2027" ALIAS vip
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from segql.compiler.emission import PAYLOAD_OPTIONS
from segql.compiler.payload import payload_problems
from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic, did_you_mean
from segql.linter.metadata import is_json, key_of, shown
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(clause: n.With, scope: Scope) -> Iterator[Diagnostic]:
    """Report each key that is near a field, and is none."""
    keys = Counter(map(key_of, clause.options))
    meant = {key: _meant(key) for key in keys}
    wanted = Counter(meant[key_of(option)] for option in clause.options)
    for option in clause.options:
        near = meant[key_of(option)]
        if near and near != key_of(option):
            is_free = wanted[near] == 1
            fix = _fix(option, near, scope) if is_free else None
            message = f"{shown(option.key.value)} is no field that the API knows"
            help, key = f"did you mean `{near}`?", option.key
            yield diagnostic("unknown-option", key.start, key.end, message, help, fix)


def _meant(key: str) -> str | None:
    """The field that a key is, or most likely is meant to be."""
    if key in PAYLOAD_OPTIONS:
        return key
    return did_you_mean(key, [field for field in PAYLOAD_OPTIONS if _is_like(key, field)])


def _is_like(key: str, field: str) -> bool:
    """Whoever mistypes a word begins it rightly, and loses or doubles a letter at most."""
    return key[:1] == field[0] and abs(len(key) - len(field)) <= 1


def _fix(option: n.Option, near: str, scope: Scope) -> Fix | None:
    alias = scope.statement.clause(n.Alias)
    renamed = n.With((n.Option(n.Name(near), option.value),))
    mended = n.Statement(n.MatchAll(), (renamed, alias) if alias else (renamed,))
    if any(problem.name == "bad-option" for problem in payload_problems(mended)):
        return None
    text = f'"{near}"' if is_json(option, scope.text) else near
    edit = Edit(option.key.start, option.key.end, text)
    return Fix("unsafe", f"write `{text}`", (edit,))
