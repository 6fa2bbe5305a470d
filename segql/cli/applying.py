"""What apply keeps in the workspace, how it goes on, and what it says about it."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn
from urllib.parse import quote

import click
import msgspec

from segql.cli.account import connection
from segql.cli.failures import CANNOT_RUN, FINDINGS, Failure
from segql.cli.streams import is_terminal, wants_colour
from segql.diagnostics.reports.text import visible
from segql.workspace import STDIN, Config, Environment, config_for, find

if TYPE_CHECKING:
    from segql.api import Client
    from segql.deploy.journal import Journal
    from segql.deploy.plan import Action, Change, Plan

_FOLDER = ".segql"
_DONE: dict[Action, str] = {"create": "created", "update": "updated", "delete": "deleted"}


class Place(NamedTuple):
    """Where the journal and the lock of an environment are: in a folder of the workspace.

    The lock is one for all that writes to the environment.
    """

    config: Config
    env: str | None
    source: str | None = None  # the account that is copied there; None: files are

    @classmethod
    def of(cls, paths: Sequence[Path], env: str | None) -> Place:
        """The place for the files of PATHS: the same for the same paths."""
        named = [path for path in paths if path != Path(STDIN)]
        configs = [found.config for found in find(named)] or [config_for(Path())]
        having = [config for config in configs if any(each.name == env for each in config.env)]
        return cls((having or configs)[0], env)

    @property
    def environment(self) -> Environment:
        """The environment as it is configured. Raises ``ConfigError``."""
        return Environment() if self.env is None else self.config.environment(self.env)

    @property
    def journal(self) -> Path:
        """The file of the journal."""
        return self._file("journal", self.source)

    @property
    def ways_out(self) -> str:
        """What can be done about a journal."""
        if self.source:
            return "call it again: it goes on from what the account holds"
        call = f"segql apply --env {self.env}" if self.env else "segql apply"
        return f"`{call} --resume` goes on with it, `{call} --abandon` forgets it"

    def make(self) -> None:
        """Make the folder, which git passes over. Raises ``OSError``."""
        folder = self.journal.parent
        folder.mkdir(exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n")

    @contextmanager
    def alone(self) -> Generator[None]:
        """Hold the lock. Raises `Failure` where another apply has it."""
        from segql.deploy.locking import LockedError, locked

        try:
            with locked(self._file("lock"), "another apply"):
                yield
        except LockedError as error:
            raise Failure(error.message, error.help) from None

    def require_no_journal(self) -> None:
        """Raise `Failure` where an apply was interrupted."""
        if self.journal.exists():
            raise Failure("an apply was interrupted", self.ways_out)

    def require_journal(self) -> None:
        """Raise `Failure` where no apply was interrupted."""
        if not self.journal.exists():
            message = f"no apply was interrupted: there is no {self.journal}"
            raise Failure(message, "leave --resume and --abandon out")

    def resumed(self) -> Journal:
        """The journal of the apply that was interrupted. Raises `Failure` if it is broken."""
        from segql.deploy.journal import JournalError, resume

        self.require_journal()
        try:
            return resume(self.journal)
        except JournalError as error:
            raise Failure(error.message, error.help) from None

    def abandon(self) -> list[str]:
        """Remove the journal, even a broken one; say what was not done, as far as it tells."""
        from segql.deploy.journal import JournalError, resume

        self.require_journal()
        try:
            journal = resume(self.journal)
            left = lines_left(journal.left, journal.doubtful)
        except JournalError:
            left = []
        self.journal.unlink()
        return left

    def _file(self, kind: str, source: str | None = None) -> Path:
        steps = [name for name in (source, self.env) if name]
        word = "sync" if source else "env" if self.env else "apply"
        name = ".".join([word, *(quote(step, safe="") for step in steps), kind])
        return self.config.root / _FOLDER / name


def tell(problems: Sequence[tuple[str, str]]) -> None:
    """Print what is wrong with segments: their slugs, and why."""
    for slug, reason in problems:
        click.echo(visible(f"segql: {slug}: {reason}"), err=True)


def stop_on(problems: Sequence[tuple[str, str]], code: int) -> None:
    """Tell what is wrong with segments, and exit with a code if anything is."""
    tell(problems)
    if problems:
        click.echo("Stopped: nothing was written.", err=True)
        sys.exit(code)


def confirm(plan: Plan, auto_approve: bool) -> None:
    """Show the plan and ask; exit with 2 unless the answer is yes."""
    from segql.deploy.reports import text

    if auto_approve:
        return
    click.echo(text.render(plan, wants_colour(sys.stderr)), err=True, nl=False)
    try:
        is_wanted = click.confirm("Do this?", err=True)
    except click.Abort:  # Ctrl-C, or the end of the input
        is_wanted = False
        click.echo(err=True)
    if not is_wanted:
        click.echo("Nothing was written.", err=True)
        sys.exit(CANNOT_RUN)


def go_on(
    asking: Client, writing: Client, journal: Journal, output_format: str, place: Place
) -> None:
    """Do what a journal leaves to do and tell it; the journal goes when nothing is left in doubt.

    Exits with 1 where the API refuses or somebody interferes, with 2 where it cannot go on.
    """
    from segql.api import ApiError
    from segql.deploy.applying import Interference, carry_out

    report = Report(journal.plan, output_format)
    try:
        report.follow(carry_out(asking, writing, journal, connection().retry), len(journal.left))
    except (Interference, ApiError, OSError, KeyboardInterrupt) as error:
        message, help, code = _told(error)
        if code == FINDINGS or not journal.begun:
            journal.remove()  # the account has told, and this plan cannot be gone on with
            # What is refused was not written; what holds something else now may have been.
            doubtful = journal.doubtful if isinstance(error, Interference) else []
            report.stop(journal, doubtful, message, help, code)
        help = f"{help} {place.ways_out}".strip()
        report.stop(journal, journal.doubtful, message, help, code)
    journal.remove()
    report.end()


def _told(error: BaseException) -> tuple[str, str, int]:
    """What went wrong, what to do about it, and the exit code."""
    from segql.api import ApiError
    from segql.deploy.applying import Interference
    from segql.deploy.refusal import is_refusal

    if isinstance(error, Interference):
        return error.message, error.help, FINDINGS
    if isinstance(error, ApiError):
        is_final = is_refusal(error) and not error.is_doubtful
        return error.message, error.help, FINDINGS if is_final else CANNOT_RUN
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}", "", CANNOT_RUN
    return "interrupted", "", CANNOT_RUN


class Report(NamedTuple):
    """Tells what was done: line by line, or as one JSON object in the end."""

    plan: Plan
    output_format: str

    def follow(self, changes: Iterator[Change], count: int) -> None:
        """Tell of each change as it is done; on a terminal a bar does."""
        if self.output_format == "json":
            for _ in changes:
                pass
        elif is_terminal(sys.stdout):
            _draw(changes, count)
        else:
            for change in changes:
                click.echo(visible(f"{_DONE[change.action]:9} {change.slug}"))

    def end(self) -> None:
        """Say that all is done."""
        self._tell([], None)
        if self.output_format == "text":
            click.echo(f"{self._counted([])}.")

    def stop(
        self, journal: Journal, doubtful: Sequence[Change], message: str, help: str, code: int
    ) -> NoReturn:
        """Say what was done, what was not and why, and exit."""
        left = journal.left
        self._tell(left, message)
        click.echo(f"segql: {visible(message)}", err=True)
        if help:
            click.echo(f"  help: {visible(help)}", err=True)
        if self.output_format == "text":
            for line in lines_left(left, doubtful):
                click.echo(line)
            is_written = doubtful or journal.begun & journal.done
            so_far = f"{self._counted(left)}, not done {len(left)}"
            click.echo(f"Stopped: {so_far if is_written else 'nothing was written'}.")
        sys.exit(code)

    def _counted(self, left: Sequence[Change]) -> str:
        done = [change.action for change in self.plan.writes if change not in left]
        counts = [f"{word} {done.count(action)}" for action, word in _DONE.items()]
        return ", ".join([*counts, f"unchanged {self.plan.counts['unchanged']}"])

    def _tell(self, left: Sequence[Change], error: str | None) -> None:
        if self.output_format != "json":
            return
        content = {
            "account": self.plan.account,
            "env": self.plan.env,
            "changes": [
                {"action": change.action, "slug": change.slug, "done": change not in left}
                for change in self.plan.writes
            ],
            "unchanged": self.plan.counts["unchanged"],
            "error": error,
        }
        click.echo(msgspec.json.format(msgspec.json.encode(content), indent=2).decode())


def lines_left(left: Sequence[Change], doubtful: Sequence[Change]) -> list[str]:
    """What is not done; whether that is so of what was begun, only the account knows."""
    begun = {change.slug for change in doubtful}
    lines = (
        f"{'begun' if change.slug in begun else 'not done':9} {change.slug}  ({change.action})"
        for change in left
    )
    return [*map(visible, lines)]


def _draw(changes: Iterator[Change], count: int) -> None:
    def shown(change: Change | None) -> str:
        return visible(change.slug) if change else ""

    with click.progressbar(
        length=count, label="apply", file=sys.stdout, item_show_func=shown
    ) as bar:
        for change in changes:
            bar.update(1, change)
