"""REF001 missing-include: a segment that nobody has cannot be evaluated, and so matches nobody."""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic, did_you_mean
from segql.formatter.flat import included
from segql.syntax.nodes import Name
from segql.workspace import Segment, Workspace


def check(workspace: Workspace) -> Iterator[tuple[Segment, Diagnostic]]:
    """Report each INCLUDE of a name that is neither here nor known to be in the account."""
    for segment in workspace.segments:
        for name in segment.includes:
            if not workspace.find(name.value) and not workspace.is_elsewhere(name.value):
                yield segment, _problem(workspace, segment, name)


def _problem(workspace: Workspace, segment: Segment, name: Name) -> Diagnostic:
    near = did_you_mean(name.value, [*workspace.by_slug, *workspace.external])
    message = f"there is no segment `{name.value}` in this workspace"
    if near is None:
        help = 'add it, or list it in segql.toml: `external = ["..."]` when only the account has it'
        return diagnostic("missing-include", name.start, name.end, message, help)
    help = f"did you mean `{near}`?"
    is_string = segment.file.source.text.startswith('"', name.start)
    text = f'"{near}"' if is_string else included(near)
    fix = Fix("unsafe", f"include `{near}`", (Edit(name.start, name.end, text),))
    return diagnostic("missing-include", name.start, name.end, message, help, fix)
