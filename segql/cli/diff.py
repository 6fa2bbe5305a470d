"""Show what would change in a text."""

from __future__ import annotations

import re

import click


def show_diff(path: str, before: str, after: str) -> None:
    """Print a unified diff, as ``diff -u`` does."""
    from difflib import unified_diff  # slow to import, and few want a diff

    # Not splitlines(): a text may hold characters that only Python takes for the end of a line.
    old, new = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (before, after))
    for line in unified_diff(old, new, path, path):
        # A last line without a line break would run into the next line of the diff.
        end = "" if line.endswith("\n") else "\n\\ No newline at end of file\n"
        click.echo(line + end, nl=False)
