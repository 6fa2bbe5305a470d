"""Workspaces made of texts, and what the rules say about them."""

from __future__ import annotations

from segql.diagnostics import Diagnostic
from segql.linter import check_files
from segql.syntax.parser import parse
from segql.workspace import Workspace


def findings(files: dict[str, str], external: tuple[str, ...] = ()) -> list[tuple[str, Diagnostic]]:
    """Every diagnostic with the path of its file."""
    workspace = Workspace([parse(text, path) for path, text in files.items()], external)
    return [
        (file.source.path or "", problem)
        for file, problems in check_files(workspace, workspace.files)
        for problem in problems
    ]


def told(text: str, external: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    """Of one file each diagnostic's code, message and the text it points to."""
    found = (problem for _, problem in findings({"a.segql": text}, external))
    return [(p.code, p.message, text[p.span.start : p.span.end]) for p in found]
