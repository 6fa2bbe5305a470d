"""Segments as code, from an account to files and back: run it with ``make demo``.

The account is emulated on this machine; `seed/` has its segments and makes up its customers. All
that is written is in a temporary folder. The demo fails where a step does not end as it should.
"""

from __future__ import annotations

import json
import os
import secrets
import shlex
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

from seed.people import people

from segql.api import Client, load_credentials

EXAMPLES = Path(__file__).parent
PEOPLE = 2000

CONFIG = """\
profiles = ["../people.ndjson"]   # customers, to count members among

[env.prod]                        # where it is, LYTICS_API_URL and LYTICS_API_TOKEN say
protected = ["do_not_contact"]    # never written from files
"""

# Two mistakes: there is no comma before NOT, and `shoes` without quotes is the name of a field.
EDIT = ("EXISTS email,", "EXISTS email NOT INCLUDE do_not_contact,")
DRAFT = """\
-- Bought shoes, and reads our mails.
filter and(include reachable_by_email, last_category=shoes)
with name="Shoe buyers", tags=["campaign"] alias shoe_buyers
"""


def main() -> None:
    """Tell the story."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("demo: terminated"))  # and clean up
    with TemporaryDirectory() as name:
        folder = Path(name)
        use_no_other_account(home=folder)
        with emulator(folder) as url:
            os.environ["LYTICS_API_URL"] = url
            with Client(load_credentials(os.environ)) as account:
                fill(account)
                shop = Shop(folder / "shop")
                pull(shop, account)
                edit(shop)
                plan_and_apply(shop, account)
                drift_and_repair(shop, account)


# ---- The story --------------------------------------------------------------------------


def pull(shop: Shop, account: Client) -> None:
    """Make files of all that the account holds; then nothing is to be done."""
    before = stored(account)
    say(f"It has {PEOPLE:,} customers and {len(before)} segments. One of them, as it was typed:\n")
    say(text_of(account, "active_customers"))

    title("Pull: a file for each segment")
    shop.write("segql.toml", CONFIG)
    shop.show("segql.toml")
    shop.run("segql catalog pull --table user --table content")
    shop.run("segql pull segments --env prod")
    shop.show("segments/active_customers.segql")
    must(len([*shop.folder.glob("segments/*.segql")]) == len(before), "a segment has no file")
    must("INCLUDE customers" in shop.read("segments/active_customers.segql"), "an id was kept")

    title("The files say what the account holds: by meaning, not by text")
    shop.run("segql plan --env prod")
    must(stored(account) == before, "pull or plan has changed the account")


def edit(shop: Shop) -> None:
    """Change a segment and add one, with mistakes; have them mended."""
    title("Edit: who asked to be left alone gets no mail; and a new segment")
    mail, shoes = "segments/reachable_by_email.segql", "segments/shoe_buyers.segql"
    shop.write(mail, shop.read(mail).replace(*EDIT))
    shop.write(shoes, DRAFT)
    shop.show(mail)
    shop.show(shoes)

    title("Check: what the server would read in another way")
    shop.run("segql check", expect=1)
    title("Mend: a safe fix, and one that changes what the text says")
    shop.run(f"segql check --fix {mail}")
    shop.run(f"segql check --unsafe-fixes {shoes}")
    shop.run("segql format")
    shop.show(shoes)


def plan_and_apply(shop: Shop, account: Client) -> None:
    """Look at what would change, and for how many; then change it."""
    title("Plan: what would change, for how many members, and who includes it")
    shop.run("segql plan --env prod --sizes profiles --out plan.json", expect=3)
    mail, shoes = (c for c in json.loads(shop.read("plan.json"))["changes"] if c["send"])
    must(0 < mail["size_after"] < mail["size_before"], "the edit takes no members away")
    must("store_opening" in mail["dependents"], "the plan does not know who includes it")
    must(shoes["size_after"] > 0, "nobody buys shoes")

    title("Apply: that plan, and nothing else")
    shop.run("segql apply plan.json --auto-approve")
    must("NOT INCLUDE do_not_contact" in text_of(account, "reachable_by_email"), "not applied")
    must("INCLUDE reachable_by_email" in text_of(account, "shoe_buyers"), "not created")
    shop.run("segql plan --env prod")


def drift_and_repair(shop: Shop, account: Client) -> None:
    """Somebody changes a segment by hand; the files bring it back."""
    title("Drift: a colleague lowers the bar of `vip` in the web form, and forgets it")
    text = text_of(account, "vip")
    account.update("vip", {"segment_ql": text.replace("count >= 10", "count >= 5")})
    shop.run("segql drift --env prod", expect=3)

    title("The old plan is refused: it was made for what the account held then")
    shop.run("segql apply plan.json --auto-approve", expect=2)
    must("purchase_count >= 5" in text_of(account, "vip"), "an old plan was carried out")

    title("Repair: back to the files (`segql pull` would take her change into them)")
    shop.run("segql apply --env prod --auto-approve")
    must("purchase_count >= 10" in text_of(account, "vip"), "not repaired")
    shop.run("segql drift --env prod")


# ---- The account ------------------------------------------------------------------------


def use_no_other_account(home: Path) -> None:
    """Forget what the environment says of accounts; all commands inherit it."""
    for name in [*os.environ]:
        if name.startswith(("LYTICS_", "LIOKEY", "SEGQL_", "XDG_")):
            del os.environ[name]
    token = secrets.token_hex(16)
    os.environ |= {"HOME": str(home), "LYTICS_API_TOKEN": token, "SEGQL_EMULATOR_TOKEN": token}


@contextmanager
def emulator(folder: Path) -> Generator[str]:
    """The vendor's API on a free port of this machine; yields its url."""
    lines = [json.dumps(person) for person in people(PEOPLE, datetime.now(UTC))]
    (folder / "people.ndjson").write_text("\n".join(lines), encoding="utf-8")
    command = "segql emulator --port 0 --profiles people.ndjson"
    for catalog in sorted(EXAMPLES.glob("catalog.*.json")):
        shutil.copy(catalog, folder)
        command += f" --catalog {catalog.name}"

    title("An account, as it has grown in the web form")
    say(f"\n$ {command}")
    arguments = python(command)
    with subprocess.Popen(arguments, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            first = server.stdout.readline().strip()
            must(first.startswith("emulator: "), "the emulator did not start")
            say(first)
            yield first.removeprefix("emulator: ")
        finally:
            server.terminate()


def fill(account: Client) -> None:
    """Make the segments that people have typed."""
    seed = tomllib.loads((EXAMPLES / "seed" / "account.toml").read_text(encoding="utf-8"))
    ids: dict[str, str] = {}
    for payload in seed["segment"]:
        text = Template(payload["segment_ql"]).substitute(ids)
        ids[payload["slug_name"]] = account.create(payload | {"segment_ql": text}).id


def stored(account: Client) -> list[tuple[str | None, str | None]]:
    """The slugs of all segments, and when each was written last."""
    segments = [*account.segments("user"), *account.segments("content")]
    return [(segment.slug_name, segment.updated) for segment in segments]


def text_of(account: Client, slug: str) -> str:
    """The text of a segment, as the account has it."""
    return account.segment(slug).segment_ql or ""


# ---- The folder -------------------------------------------------------------------------


class Shop:
    """The folder of the shop's segments, and the commands that are called there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def run(self, command: str, expect: int = 0) -> None:
        """Show a command and its output; end the demo when it does not exit as expected."""
        say(f"\n$ {command}")
        code = subprocess.run(python(command), cwd=self.folder).returncode
        must(code == expect, f"exit code {code} where {expect} was expected")
        if code:
            say(f"(exit code {code})")

    def show(self, path: str) -> None:
        """Show a file."""
        say(f"\n$ cat {path}\n{self.read(path).rstrip()}")

    def read(self, path: str) -> str:
        """The text of a file."""
        return (self.folder / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        """Write a file, as an editor would."""
        (self.folder / path).write_text(text, encoding="utf-8")


def python(command: str) -> list[str]:
    """The same command with this Python, wherever its scripts are."""
    return [sys.executable, "-m", *shlex.split(command)]


def must(is_true: bool, otherwise: str) -> None:
    """End the demo where the story is not true."""
    if not is_true:
        sys.exit(f"demo: {otherwise}")


def title(text: str) -> None:
    """Print a headline."""
    say(f"\n== {text} {'=' * (76 - len(text))}")


def say(text: str) -> None:
    """Print at once, so that the lines of the commands do not overtake it."""
    print(text, flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
