"""REF001 missing-include: a segment that nobody has cannot be evaluated, and so matches nobody."""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic, did_you_mean
from segql.formatter.flat import included
from segql.syntax.nodes import Name
from segql.syntax.parser import ParsedFile
from segql.workspace import Segment, Workspace

# Where more are missing, files are missing; to look for a misspelling of each would take minutes.
_SUGGESTIONS = 200


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report each INCLUDE of a name that is neither here nor known to be in the account."""
    for number, (segment, name) in enumerate(_missing(workspace)):
        near = _near(workspace, segment, name) if number < _SUGGESTIONS else None
        yield segment.file, _problem(segment, name, near)


def _missing(workspace: Workspace) -> Iterator[tuple[Segment, Name]]:
    for segment in workspace.segments:
        for name in segment.includes:
            if not workspace.find(name.value) and not workspace.is_elsewhere(name.value):
                yield segment, name


def _near(workspace: Workspace, segment: Segment, name: Name) -> str | None:
    others = (slug for slug in workspace.by_slug if slug != segment.slug)  # itself is a circle
    return did_you_mean(name.value, [*others, *workspace.external])


def _problem(segment: Segment, name: Name, near: str | None) -> Diagnostic:
    message = f"there is no segment `{name.value}` in this workspace"
    if near is None:
        help = 'add it, or list it in segql.toml: `external = ["..."]` when only the account has it'
        return diagnostic("missing-include", name.start, name.end, message, help)
    help = f"did you mean `{near}`?"
    is_string = segment.file.source.text.startswith('"', name.start)
    text = f'"{near}"' if is_string else included(near)
    fix = Fix("unsafe", f"include `{near}`", (Edit(name.start, name.end, text),))
    return diagnostic("missing-include", name.start, name.end, message, help, fix)
