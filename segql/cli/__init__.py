"""The command line: one file a command, imported when it is called."""

from __future__ import annotations

import gc
import io
import sys
from importlib import import_module
from typing import Any

import click

from segql._version import __version__
from segql.cli.failures import reported

# Command -> the module that holds it, as `command`, and its line in the list of commands.
COMMANDS = {
    "check": ("check", "Report mistakes in segments."),
    "rule": ("rule", "Explain a rule, or list all."),
    "format": ("format", "Rewrite segments in canonical form."),
    "ast": ("ast", "Show the tree of segments."),
    "compile": ("compile", "Print the API payload of every segment."),
    "eval": ("eval", "Print the members of a segment among profiles."),
    "why": ("why", "Tell why a profile is a member, or is not."),
    "size": ("size", "Count the members of segments, all at once."),
    "test": ("test", "Run the cases of segments."),
    "generate": ("generate", "Write cases at the edges of a segment."),
    "catalog": ("catalog", "Make and show the catalog of fields."),
    "validate": ("validate", "Check segments here, then at the API."),
    "plan": ("plan", "Show what apply would do to the account."),
    "apply": ("apply", "Carry out a plan: bring the account to what the files say."),
    "drift": ("drift", "Tell where the account differs from the files."),
    "comment": ("comment", "Write a comment on the pull request of a CI job."),
    "pull": ("pull", "Bring files to what the account holds."),
    "sync": ("sync", "Bring one account to what another holds."),
    "push": ("push", "Create or update segments in the account."),
    "api": ("api", "Send any request to the account's API."),
    "emulator": ("emulator", "Serve the vendor's API on this machine."),
    "lsp": ("lsp", "Run the language server."),
}


class _Commands(click.Group):
    """Imports a command only when it is called: `segql check` must not pay for the others."""

    def invoke(self, ctx: click.Context) -> Any:
        with reported():  # here and not around it all: click would take a broken pipe for its own
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"segql.cli.{COMMANDS[cmd_name][0]}").command
        gc.freeze()
        gc.set_threshold(50_000)  # a tree has no circles, and there are many trees
        gc.enable()
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from segql.diagnostics import did_you_mean

        near = did_you_mean(args[0], COMMANDS) if args[0] not in COMMANDS else None
        if near:
            ctx.fail(f"No such command '{args[0]}'. Did you mean '{near}'?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help) for name, (_, help) in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="segql")
def cli() -> None:
    """The toolkit for SegmentQL, the language of audience segments.

    Exit codes: 0 fine, 1 findings, 2 the command could not run.
    """


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):  # segments are UTF-8, whatever the terminal says
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    cli()
