"""What is offered by name: segments, tables, and the fields of WITH with their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lsprotocol.types import CompletionItemKind as Kind

from segql.catalog import DEFAULT_TABLE
from segql.catalog.words import KINDS, OPTIONS
from segql.formatter import UnsayableError
from segql.formatter.spelling import segment as spelled
from segql.formatter.spelling import string
from segql_lsp.offering import Item, Situation

# The values of a field of WITH, as a snippet, in JSON as well.
_VALUES = {"text": '"${1}"', "bool": "${1|true,false|}", "texts": '["${1}"]'}
_IN_LIST = ("[", ",")


def segments(s: Situation) -> Iterator[Item]:
    """Segments, those of broken files and those that would make a circle last; not itself."""
    own = s.expected.alias.lower() if s.expected.alias else ""
    overview = s.folder.overview
    circular = _including(overview.graph, own)
    broken = s.folder.broken
    for slug, placed in overview.by_slug.items():
        is_last = slug in circular or placed[0].path in broken
        detail = "includes this segment: a circle" if slug in circular else placed[0].outline.name
        if slug != own and (item := _segment(s, slug, "2" if is_last else "1", detail)):
            yield item
    for slug in sorted(overview.external - overview.by_slug.keys() - {own}):
        if item := _segment(s, slug, "3", "not in these files"):
            yield item


def _segment(s: Situation, slug: str, rank: str, detail: str | None) -> Item | None:
    try:
        text = string(slug) if s.expected.argument else spelled(slug)
    except UnsayableError:
        return None
    return s.item(slug, Kind.Reference, rank, text, detail=detail)


def _including(graph: Mapping[str, Sequence[str]], slug: str) -> set[str]:
    """The segments that include one, also by way of others."""
    sources: dict[str, list[str]] = {}
    for source, targets in graph.items():
        for target in targets:
            sources.setdefault(target, []).append(source)
    found: set[str] = set()
    pending = [slug]
    while pending:
        new = [source for source in sources.get(pending.pop(), ()) if source not in found]
        found.update(new)
        pending += new
    return found


def tables(s: Situation) -> Iterator[Item]:
    """The tables that are known."""
    for table in sorted(s.folder.catalog.tables | {DEFAULT_TABLE}):
        count = len(s.folder.catalog.fields(table))
        detail = f"{count} fields" if count else None
        yield s.item(table, Kind.Struct, "1", spelled(table), detail=detail)


def options(s: Situation) -> Iterator[Item]:
    """Fields of WITH that are not there yet."""
    has_value = s.document.text[s.expected.end :].lstrip()[:1] in ("=", ":")
    for number, (key, option) in enumerate(OPTIONS.items()):
        if key in s.expected.options:
            continue
        written = f'"{key}"' if s.expected.is_json else key
        mark = ": " if s.expected.is_json else " = "
        text = written if has_value else written + mark
        is_snippet = s.takes_snippets and not has_value
        if is_snippet:
            text += _VALUES[option.type]
        rank = f"1{number}"
        yield s.item(key, Kind.Property, rank, text, is_snippet=is_snippet)


def option_values(s: Situation) -> Iterator[Item]:
    """What a field of WITH may be."""
    match s.expected.option:
        case "is_public" if not s.expected.quote:
            yield from (s.item(word, Kind.Constant, "1") for word in ("true", "false"))
        case "kind":
            for number, kind in enumerate(KINDS):
                yield s.item(kind, Kind.EnumMember, f"1{number:02}", string(kind))
        case "table":
            for table in sorted(s.folder.catalog.tables | {DEFAULT_TABLE}):
                yield s.item(table, Kind.Struct, "1", string(table))
        case "tags":
            yield from _tags(s)
        case _:
            pass


def _tags(s: Situation) -> Iterator[Item]:
    """The tags of the configuration; where no list is begun, in one."""
    is_in_list = s.document.text[: s.expected.start].rstrip().endswith(_IN_LIST)
    for tag in s.folder.setup.options.settings.tags:
        try:
            text = string(tag)
        except UnsayableError:
            continue
        yield s.item(tag, Kind.Value, "1", text if is_in_list else f"[{text}]")
