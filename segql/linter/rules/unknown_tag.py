"""A tag that the workspace does not list.

Tags put segments together that are used together. With `email`, `e-mail` and `Email` side by side
nobody finds all of them. A workspace can list its tags in `segql.toml`, as in
`tags = ["vip", "email"]`, and then every other tag is reported; without such a list none is. Here
and in the examples below the list is the one just shown.

A near tag comes with a fix, unsafe because it is a guess.

Bad::

    FILTER orders > 10 WITH tags = ["vips"] ALIAS vip

    FILTER EXISTS email WITH {"tags": ["Email", "vip"]} ALIAS with_address

    FILTER EXISTS email WITH tags = ["spring campaign"] ALIAS with_address

Good::

    FILTER orders > 10 WITH tags = ["vip"] ALIAS vip

    FILTER EXISTS email WITH {"tags": ["email", "vip"]} ALIAS with_address
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic, did_you_mean
from segql.linter.metadata import item_spans, shown, texts_in, written
from segql.linter.scope import Scope
from segql.source import Span
from segql.syntax import nodes as n


def check(option: n.Option, scope: Scope) -> Iterator[Diagnostic]:
    """Report each tag that is not in the list of the workspace, where it has one."""
    known = scope.settings.tags
    tags = texts_in(option, "tags") if known else []
    if all(tag in known for tag in tags):
        return
    taken = set(known).intersection(tags)  # a fix must not write a tag that stands here already
    for tag, span in _firsts(tags, item_spans(option, scope.text)):
        if tag not in known:
            near = did_you_mean(tag, known)
            help = f"did you mean `{near}`?" if near else "add it to `tags` in segql.toml"
            fix = _fix(option, span, near, scope) if near and near not in taken else None
            taken.add(near or tag)
            message = f"{shown(tag)} is none of the tags of this workspace"
            yield diagnostic("unknown-tag", span.start, span.end, message, help, fix)


def _firsts(tags: list[str], spans: list[Span]) -> list[tuple[str, Span]]:
    """Each tag where it stands first; repeated-tag tells of the others."""
    firsts: dict[str, Span] = {}
    for tag, span in zip(tags, spans, strict=True):
        firsts.setdefault(tag, span)
    return [*firsts.items()]


def _fix(option: n.Option, span: Span, near: str, scope: Scope) -> Fix | None:
    text = written(near, option, scope.text)
    if text is None:
        return None
    return Fix("unsafe", f"write `{text}`", (Edit(span.start, span.end, text),))
