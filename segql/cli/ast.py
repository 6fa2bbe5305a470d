"""``segql ast``: show the tree of segments."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from segql.cli.failures import FINDINGS
from segql.cli.inputs import paths_argument, read_files, stop_on_errors
from segql.compiler import to_api_tree
from segql.diagnostics.reports.json import as_object, encodable
from segql.syntax.nodes import Node, Statement, said
from segql.syntax.parser import ParsedFile
from segql.syntax.walk import children, is_whole


@click.command(name="ast")
@paths_argument
@click.option(
    "--output-format",
    type=click.Choice(["tree", "json", "api"]),
    default="tree",
    show_default=True,
    help="An indented tree; our typed tree as JSON; or the API's own JSON tree.",
)
def command(paths: tuple[Path, ...], stdin_filename: str | None, output_format: str) -> None:
    """Show the tree of segments; json and api print one JSON object a file, each on one line."""
    files = read_files(paths, stdin_filename)
    if output_format == "tree":
        for file in files:
            click.echo("\n".join(_tree(file)))
        stop_on_errors((file, file.diagnostics) for file in files)
        return
    render = _api if output_format == "api" else _json
    for file in files:
        click.echo(msgspec.json.encode(render(file)).decode())
    if any(file.has_errors for file in files):
        sys.exit(FINDINGS)


def _json(file: ParsedFile) -> dict[str, Any]:
    return {
        "path": encodable(file.source.path or ""),
        "statements": file.statements,
        "comments": file.comments,
        "diagnostics": _diagnostics(file),
    }


def _api(file: ParsedFile) -> dict[str, Any]:
    return {
        "path": encodable(file.source.path or ""),
        "statements": [_api_statement(s) for s in file.statements if is_whole(s)],
        "diagnostics": _diagnostics(file),
    }


def _api_statement(statement: Statement) -> dict[str, Any]:
    return {
        "expr": to_api_tree(statement.filter),
        "from": statement.table,
        "limit": statement.limit,
        "with": statement.options or None,
        # The server stores an alias in lower case.
        "alias": statement.alias.lower() if statement.alias is not None else None,
    }


def _diagnostics(file: ParsedFile) -> list[dict[str, Any]]:
    return [as_object(file.source, problem) for problem in file.diagnostics]


def _tree(file: ParsedFile) -> Iterator[str]:
    yield f"{file.source.path}"
    for statement in file.statements:
        pending: list[tuple[Node, int]] = [(statement, 1)]
        while pending:
            node, depth = pending.pop()
            line, column = file.source.position(node.start)
            yield f"{'  ' * depth}{_label(node)}  {line}:{column}"
            pending.extend((child, depth + 1) for child in reversed(children(node)))


def _label(node: Node) -> str:
    """The kind of a node and what it says itself, beside its children."""
    values = (getattr(node, name) for name in said(node))
    words = [repr(value) for value in values if not isinstance(value, Node | tuple)]
    return " ".join([type(node).__name__, *words])
