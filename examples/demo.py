"""The main job, from files to account: run it with ``make demo``.

Works on a copy of the example shop, against an emulated account on this machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

EXAMPLES = Path(__file__).parent
TOKEN = "demo-token"

DRAFT = """\
-- Bought shoes, and reads our mails.
and ( purchase_count>=1 && last_category == "shoes"
   include reachable_by_email   -- consent is in there
   not city in ("Portland, OR", "Salem, OR") )
alias shoe_buyers with tags = ["campaign"]
"""


def main() -> None:
    """Tell the story; exit with 1 when a step does not end as it should."""
    with tempfile.TemporaryDirectory() as folder:
        shop = Path(folder) / "shop"
        shutil.copytree(EXAMPLES, shop, ignore=shutil.ignore_patterns("demo.py"))
        with emulator() as url:
            story(Shell(shop, url))


def story(shell: Shell) -> None:
    """Check, mend, format, compile, push, change, push again, list, and what mistakes look like."""
    draft = shell.folder / "audiences" / "shoes.segql"
    draft.write_text(DRAFT, encoding="utf-8")

    title("A segment as somebody typed it: what the server would refuse or misread")
    shell.segql("check", "audiences/shoes.segql", expect=1)
    title("Why is that a trap?")
    shell.segql("rule", "missing-filter")
    title("Mend what can be mended without changing the meaning")
    shell.segql("check", "--fix", "audiences/shoes.segql")
    title("The canonical form")
    shell.segql("format", "--diff", "audiences/shoes.segql", expect=1)
    shell.segql("format", "audiences/shoes.segql")
    title("Check every segment, and what includes what")
    shell.segql("check")
    title("What the API gets")
    shell.segql("compile", "audiences/shoes.segql")
    title("Push the shop: every segment after those it includes")
    shell.segql("push")
    title("Change one segment, push again: one update, the rest unchanged")
    text = draft.read_text(encoding="utf-8")
    draft.write_text(text.replace('"shoes"', '"sneakers"'), encoding="utf-8")
    shell.segql("push")
    title("What the account holds now")
    list_account(shell.url)
    title("What mistakes look like")
    shell.segql("check", "broken", expect=1)


class Shell:
    """Runs `segql` in the shop, with the account's address and token in the environment."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url

    def segql(self, *arguments: str, expect: int = 0) -> None:
        """Show a command and its output; end the story when it does not exit as expected."""
        say(f"\n$ segql {' '.join(arguments)}")
        environment = os.environ | {"LYTICS_API_URL": self.url, "LYTICS_API_TOKEN": TOKEN}
        done = subprocess.run(["segql", *arguments], cwd=self.folder, env=environment)
        if done.returncode != expect:
            sys.exit(f"demo: exit code {done.returncode} where {expect} was expected")


@contextmanager
def emulator() -> Generator[str]:
    """The vendor's API on a free port of this machine; yields its url."""
    title("Start an account on this machine")
    say("\n$ segql emulator --port 0")
    command = ["segql", "emulator", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        first = server.stdout.readline().strip()
        say(first)
        try:
            yield first.removeprefix("emulator: ")
        finally:
            server.terminate()
            server.wait(timeout=10)
    title("The emulator is stopped")


def list_account(url: str) -> None:
    """Print the slug, table and name of every segment, as the API lists them."""
    from segql.api import Client, Credentials

    with Client(Credentials(url, TOKEN)) as client:
        held = [*client.segments("user"), *client.segments("content")]
    for segment in held:
        say(f"{segment.slug_name or '':20} {segment.table or '':8} {segment.name}")
    say(f"{len(held)} segments.")


def title(text: str) -> None:
    """Print a headline."""
    say(f"\n== {text} {'=' * (70 - len(text))}")


def say(text: str) -> None:
    """Print at once, so that the lines of the commands do not overtake it."""
    print(text, flush=True)


if __name__ == "__main__":
    main()
