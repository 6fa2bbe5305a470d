"""`segql pull`: from the account to files, and what it says about it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from segql.api import Client, Credentials
from segql.emulator import running

from .api_server import Answer, Asked, serving
from .conftest import TOKEN, Run, Shell, Write

Create = Callable[..., str]


@pytest.fixture
def create(account: Client) -> Create:
    """Create a segment in the account and return its id."""

    def create(slug: str, text: str = "FILTER a > 1", **fields: object) -> str:
        return account.create({"slug_name": slug, "segment_ql": text, **fields}).id

    return create


def files(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in found}


def test_a_life(
    segql: Shell, folder: Path, account: Client, create: Create, login: dict[str, str]
) -> None:
    create("vip", "filter a>1", name="VIPs", description="Our best")
    create("pages", "FILTER b", table="content")
    assert segql("pull", **login) == Run(
        0,
        "created pages  pages.segql\ncreated vip  vip.segql\n2 created, 0 updated, 0 unchanged.\n",
        "",
    )
    assert files(folder) == {
        "pages.segql": "FILTER b FROM content ALIAS pages\n",
        "vip.segql": '-- Our best\nFILTER a > 1 WITH name = "VIPs" ALIAS vip\n',
    }
    assert segql("check", **login).code == 0
    assert segql("plan", **login).code == 0
    assert segql("pull", **login) == Run(0, "0 created, 0 updated, 2 unchanged.\n", "")

    account.update("vip", {"segment_ql": "FILTER a > 2", "name": "The best"})
    assert segql("pull", **login) == Run(
        0,
        "updated vip  vip.segql  (name, segment_ql)\n0 created, 1 updated, 1 unchanged.\n",
        "",
    )
    assert files(folder)["vip.segql"] == (
        '-- Our best\nFILTER a > 2 WITH name = "The best" ALIAS vip\n'
    )


@pytest.mark.parametrize("option", ["--check", "--dry-run"])
def test_nothing_is_written(
    segql: Shell, folder: Path, write: Write, create: Create, login: dict[str, str], option: str
) -> None:
    write("segql.toml", "")
    create("vip")
    write("b.segql", "FILTER b ALIAS b")
    create("b")
    create("c", "FILTER c ALIAS c")
    write("c.segql", "filter  c  alias c")
    before = files(folder)
    assert segql("pull", "new", option, **login) == Run(
        1,
        "would update b  b.segql  (segment_ql)\n"
        "would create vip  new/vip.segql\n"
        "1 would be created, 1 would be updated, 1 unchanged.\n",
        "",
    )
    assert files(folder) == before


def test_check_is_content_with_what_is_there(
    segql: Shell, create: Create, login: dict[str, str]
) -> None:
    create("vip")
    segql("pull", **login)
    assert segql("pull", "--check", **login) == Run(
        0, "0 would be created, 0 would be updated, 1 unchanged.\n", ""
    )


def test_folders(segql: Shell, folder: Path, create: Create, login: dict[str, str]) -> None:
    create("one", tags=["Email", "web"])
    create("two", kind="aspect")
    assert segql("pull", "audiences", "--folders", "tag", **login).code == 0
    assert sorted(files(folder)) == ["audiences/email/one.segql", "audiences/two.segql"]
    shutil.rmtree(folder / "audiences")
    assert segql("pull", "kinds", "--folders", "kind", **login).code == 0
    assert {*files(folder)} == {"kinds/segment/one.segql", "kinds/aspect/two.segql"}


def test_a_segment_is_found_in_any_file_of_the_workspace(
    segql: Shell, folder: Path, write: Write, create: Create, login: dict[str, str]
) -> None:
    write("segql.toml", "line-length = 30")
    write("old/all.segql", "-- mine\n\nFILTER x ALIAS vip\nFILTER y ALIAS other\n")
    create("vip", "FILTER AND (first_field, second_field)")
    assert segql("pull", "new", **login).code == 0
    assert files(folder)["old/all.segql"] == (
        "-- mine\n\n"
        "FILTER AND (\n    first_field,\n    second_field,\n)\nALIAS vip\n"
        "FILTER y ALIAS other\n"
    )
    assert not (folder / "new").exists()


def test_without_a_configuration_too(
    segql: Shell, write: Write, folder: Path, create: Create, login: dict[str, str]
) -> None:
    create("vip", "FILTER a > 5")
    write("mine.segql", "FILTER a > 1 ALIAS vip\n")
    assert segql("pull", "new", **login).code == 0
    assert files(folder) == {"mine.segql": "FILTER a > 5 ALIAS vip\n"}


def test_only_some(segql: Shell, folder: Path, create: Create, login: dict[str, str]) -> None:
    for slug in ("vip", "vip_2", "other"):
        create(slug)
    assert segql("pull", "--only", "VIP*", **login).code == 0
    assert sorted(files(folder)) == ["vip.segql", "vip_2.segql"]
    run = segql("pull", "--only", "other", "--only", "nobody", **login)
    assert run == Run(2, "", "segql: the account has no segment `nobody`\n")
    assert len(files(folder)) == 2


def test_an_environment(
    segql: Shell, folder: Path, write: Write, create: Create, login: dict[str, str]
) -> None:
    write("segql.toml", '[env.prod]\nfiles = ["prod/"]\nowner-tag = "segql"')
    write("dev/b.segql", "FILTER dev ALIAS b")
    create("vip", tags=["segql", "email"])
    run = segql("pull", "--env", "prod", **login)
    assert run == Run(
        2,
        "",
        "segql: vip.segql would not belong to `prod`\n"
        "  help: name a folder that `files` of `env.prod` has\n",
    )
    assert segql("pull", "prod", "--env", "prod", **login).code == 0
    assert files(folder)["prod/vip.segql"] == 'FILTER a > 1 WITH tags = ["email"] ALIAS vip\n'
    assert segql("plan", "--env", "prod", **login).code == 0

    create("b")
    run = segql("pull", "prod", "--env", "prod", **login)
    assert (run.code, run.out) == (
        1,
        "skipped b  dev/b.segql\n0 created, 0 updated, 1 unchanged, 1 skipped.\n",
    )
    assert run.err == "segql: b: it is in dev/b.segql, which does not belong to `prod`\n"
    assert sorted(files(folder)) == ["dev/b.segql", "prod/vip.segql", "segql.toml"]


def test_what_no_file_can_hold(
    segql: Shell, folder: Path, account: Client, create: Create, login: dict[str, str]
) -> None:
    create("vip", "FILTER len(a, -1) > 2")
    create("b")
    run = segql("pull", **login)
    assert (run.code, run.out) == (
        1,
        "created b  b.segql\n"
        "aside   vip  vip.segql.txt\n"
        "1 created, 0 updated, 0 unchanged, 1 kept aside.\n",
    )
    assert run.err.startswith("segql: vip: the server refuses a negative number")
    assert files(folder)["vip.segql.txt"].endswith("\nFILTER len(a, -1) > 2\n")
    assert segql("check").code == 0


def test_a_file_with_mistakes_is_left_alone(
    segql: Shell, folder: Path, write: Write, create: Create, login: dict[str, str]
) -> None:
    write("a.segql", "FILTER x > ALIAS vip")
    create("vip")
    run = segql("pull", **login)
    assert (run.code, run.out) == (
        1,
        "skipped vip  a.segql\n0 created, 0 updated, 0 unchanged, 1 skipped.\n",
    )
    assert run.err.startswith("segql: vip: parts of this segment could not be read")
    assert files(folder) == {"a.segql": "FILTER x > ALIAS vip"}


def test_slugs_lead_nowhere_else(
    segql: Shell, folder: Path, tmp_path: Path, create: Create, login: dict[str, str]
) -> None:
    for slug in ("..\\x", "con", ".hidden", "c:x", "nul.x", "a b", "%2e%2e", "-rf", "~"):
        create(slug)
    before = {path for path in tmp_path.rglob("*") if folder not in path.parents}
    assert segql("pull", "in", **login).code == 0
    assert {path for path in tmp_path.rglob("*") if folder not in path.parents} == before
    names = sorted(path.removeprefix("in/") for path in files(folder))
    assert names == sorted(
        [
            *("%2E.%5Cx.segql", "%63on.segql", "%2Ehidden.segql", "c%3Ax.segql", "%6Eul.x.segql"),
            *("a%20b.segql", "%252e%252e.segql", "%2Drf.segql", "%7E.segql"),
        ]
    )
    assert segql("plan", **login).code == 0


def test_a_file_of_that_name_is_not_written_over(
    segql: Shell, folder: Path, write: Write, create: Create, login: dict[str, str]
) -> None:
    write("VIP.segql", "-- notes, and no segment\n")
    create("vip")
    assert segql("pull", **login).out.startswith("created vip  vip-2.segql\n")
    assert files(folder)["VIP.segql"] == "-- notes, and no segment\n"


def test_what_is_kept_aside_replaces_only_what_was(
    segql: Shell, folder: Path, write: Write, create: Create, login: dict[str, str]
) -> None:
    write("vip.segql.txt", "notes of a person\n")
    create("vip", "FILTER len(a, -1) > 2")
    for _ in range(2):
        assert segql("pull", **login).out.startswith("aside   vip  vip-2.segql.txt\n")
    assert sorted(files(folder)) == ["vip-2.segql.txt", "vip.segql.txt"]
    assert files(folder)["vip.segql.txt"] == "notes of a person\n"


def test_what_somebody_wrote_meanwhile_is_not_written_over(segql: Shell, write: Write) -> None:
    path = write("vip.segql", "FILTER a > 1 ALIAS vip\n")
    held = Answer(200, '{"data": [{"id": "1", "slug_name": "vip", "segment_ql": "FILTER a > 2"}]}')

    def answered(asked: Asked) -> Answer:
        path.write_text("FILTER a > 3 ALIAS vip\n")
        return held

    with serving(answered) as server:
        run = segql("pull", LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=server.url)
        message = "segql: vip.segql was changed meanwhile, and nothing was written\n"
        assert run == Run(2, "", f"{message}  help: pull again\n")
        assert path.read_text() == "FILTER a > 3 ALIAS vip\n"


def test_a_byte_order_mark_stays(
    segql: Shell, write: Write, create: Create, login: dict[str, str]
) -> None:
    path = write("vip.segql", "\ufeffFILTER a > 2 ALIAS vip\r\n")
    create("vip")
    assert segql("pull", **login).out.startswith("updated vip  vip.segql  (segment_ql)\n")
    assert path.read_bytes() == "\ufeffFILTER a > 1 ALIAS vip\r\n".encode()


def test_an_interrupted_pull_leaves_no_half_file(
    segql: Shell, unprivileged: Shell, folder: Path, create: Create, login: dict[str, str]
) -> None:
    create("a", tags=["one"])
    create("b", tags=["two"])
    (folder / "two").mkdir()
    (folder / "two").chmod(0o500)
    run = unprivileged("pull", "--folders", "tag", **login)
    assert (run.code, run.out) == (2, "")
    assert "Permission denied" in run.err
    assert files(folder) == {"one/a.segql": 'FILTER a > 1 WITH tags = ["one"] ALIAS a\n'}
    (folder / "two").chmod(0o700)
    assert segql("pull", "--folders", "tag", **login).code == 0
    assert sorted(files(folder)) == ["one/a.segql", "two/b.segql"]


def test_an_account_that_cannot_be_asked_changes_no_file(
    segql: Shell, folder: Path, write: Write
) -> None:
    write("a.segql", "FILTER a ALIAS a")
    with running(token=TOKEN) as url:
        run = segql("pull", LYTICS_API_TOKEN="another-token", LYTICS_API_URL=url)
        assert (run.code, run.out) == (2, "")
        with Client(Credentials(url, TOKEN)) as account:
            account.create({"slug_name": "b", "segment_ql": "FILTER b"})
    run = segql("pull", LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL="http://127.0.0.1:9")
    assert (run.code, run.out) == (2, "")
    assert files(folder) == {"a.segql": "FILTER a ALIAS a"}


def test_a_file_is_no_folder(segql: Shell, write: Write, login: dict[str, str]) -> None:
    write("a.segql", "FILTER a ALIAS a")
    run = segql("pull", "a.segql", **login)
    assert (run.code, run.out) == (2, "")
    assert "is a file" in run.err


def test_an_empty_account(segql: Shell, folder: Path, login: dict[str, str]) -> None:
    assert segql("pull", "new", **login) == Run(0, "0 created, 0 updated, 0 unchanged.\n", "")
    assert files(folder) == {}
