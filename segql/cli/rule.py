"""``segql rule``: explain a rule, or list all."""

from __future__ import annotations

import sys

import click

from segql.cli.failures import Failure
from segql.cli.streams import wants_colour
from segql.diagnostics.choice import UnknownRuleError, named
from segql.diagnostics.codes import CODES, FAMILIES, Code


@click.command(name="rule")
@click.argument("rule", required=False)
@click.option("--all", "lists_all", is_flag=True, help="List all rules.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How it is printed.",
)
def command(rule: str | None, lists_all: bool, output_format: str) -> None:
    """Explain a rule: why it is there, with examples. RULE is a code, a name or a family."""
    codes = _codes(rule, lists_all)
    if output_format == "json":
        click.echo(_as_json(codes))
    elif len(codes) == 1 and not lists_all:
        from segql.linter.pages import page, terminal

        click.echo(terminal(page(codes[0]), colour=wants_colour(sys.stdout)), nl=False)
    else:
        click.echo(_table(codes), nl=False)


def _codes(rule: str | None, lists_all: bool) -> list[Code]:
    if lists_all:
        return list(CODES.values())
    if rule is None:
        raise Failure("which rule?", "name one, as in `segql rule LOG001`, or add --all")
    try:
        names = named(rule)
    except UnknownRuleError as error:
        raise Failure(str(error), error.help) from None
    return [code for name, code in CODES.items() if name in names]


def _as_json(codes: list[Code]) -> str:
    from json import dumps

    rows = [
        {
            "code": code.code,
            "name": code.name,
            "severity": code.severity,
            "family": code.family,
            "fixable": code.is_fixable,
            "default": code.is_default,
            "summary": code.summary,
            "url": code.url,
        }
        for code in codes
    ]
    return dumps(rows, indent=2)


def _table(codes: list[Code]) -> str:
    """A line a rule, by families.

    ``[*]`` marks those of which some problems come with a fix, ``off`` those to be selected.
    """
    lines: list[str] = []
    for family, about in FAMILIES.items():
        rows = [code for code in codes if code.family == family]
        lines += [f"{family}  {about}"] if rows else []
        lines += [
            f"  {code.code:8} {'[*]' if code.is_fixable else '   '} {code.name:26} "
            f"{code.severity:8} {'   ' if code.is_default else 'off'} {code.summary}"
            for code in rows
        ]
    return "\n".join(lines) + "\n"
