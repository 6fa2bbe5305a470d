"""`segql api`: any request, as it goes out and as its answer is printed."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest

from segql.api import Client
from tests.api.conftest import Asked, Reply, Vendor, reply, vendor

from .conftest import TOKEN, Run, Shell, Write

__all__ = ["vendor"]

OK = reply(200, {"data": []})


class Call:
    """Calls `segql api` at a server that answers as it is told."""

    def __init__(self, segql: Shell, server: Vendor) -> None:
        self.segql, self.server = segql, server
        self.login = {"LYTICS_API_TOKEN": TOKEN, "LYTICS_API_URL": server.url, "SEGQL_RETRIES": "3"}
        server.usual = OK

    def __call__(self, *arguments: str, stdin: str | bytes = b"") -> Run:
        return self.segql("api", *arguments, stdin=stdin, **self.login)

    def answer(self, *replies: Reply) -> None:
        """Answer in turn; the last one for ever."""
        *self.server.first, self.server.usual = replies

    @property
    def asked(self) -> Asked:
        (asked,) = self.server.asked
        return asked


@pytest.fixture
def api(segql: Shell, vendor: Vendor) -> Call:
    return Call(segql, vendor)


def test_an_answer_is_printed_as_it_came(api: Call) -> None:
    body = '{"data":  [{"name": "Ångström \\u00e9"}]}'
    api.answer(reply(200, body.encode()))
    assert api("GET", "/api/segment") == Run(0, body, "")
    assert (api.asked.method, api.asked.path, api.asked.body) == ("GET", "/api/segment", b"")


@pytest.mark.parametrize(
    ("arguments", "method", "path", "body"),
    [
        (["get", "api/segment"], "GET", "/api/segment", None),
        (["HEAD", "/a", "-f", "x=1"], "HEAD", "/a?x=1", None),
        (["GET", "/api/a%2Fb?x=1&y"], "GET", "/api/a%2Fb?x=1&y=", None),
        (["GET", "/a", "-f", "table=a b", "-F", "n=5"], "GET", "/a?table=a+b&n=5", None),
        (["GET", "/a?x=1", "-f", "x=2", "-f", "x==3"], "GET", "/a?x=1&x=2&x=%3D3", None),
        (["GET", "/a", "-F", "ids=[1,2]"], "GET", "/a?ids=1%2C2", None),
        (["DELETE", "/a/1", "-F", "force=true"], "DELETE", "/a/1?force=true", None),
        (["POST", "/a"], "POST", "/a", None),
        (["POST", "/a", "-f", "n=5", "-f", "t="], "POST", "/a", {"n": "5", "t": ""}),
        (
            ["PUT", "/a", "-F", "n=5", "-F", "yes=true", "-F", "no=null", "-F", 'tags=["a"]'],
            "PUT",
            "/a",
            {"n": 5, "yes": True, "no": None, "tags": ["a"]},
        ),
        (["PATCH", "/a", "-F", "t=visitct > 5"], "PATCH", "/a", {"t": "visitct > 5"}),
        (["PATCH", "/a", "-F", "t=NaN", "-F", "u=01"], "PATCH", "/a", {"t": "NaN", "u": "01"}),
    ],
)
def test_fields(
    api: Call, arguments: list[str], method: str, path: str, body: dict[str, object] | None
) -> None:
    run = api(*arguments)
    assert run.code == 0, run.err
    assert (api.asked.method, api.asked.path) == (method, path)
    assert (json.loads(api.asked.body) if api.asked.body else None) == body


def test_a_field_from_a_file(api: Call, write: Write) -> None:
    write("a.segql", "FILTER é > 1 ALIAS a\n")
    api("POST", "/a", "-F", "segment_ql=@a.segql", "-f", "name=@a.segql")
    said = {"name": "@a.segql", "segment_ql": "FILTER é > 1 ALIAS a\n"}
    assert json.loads(api.asked.body) == said


def test_a_field_from_standard_input(api: Call) -> None:
    api("POST", "/a", "-F", "x=@-", stdin="FILTER é")
    assert json.loads(api.asked.body) == {"x": "FILTER é"}


@pytest.mark.parametrize(
    ("content", "kind"),
    [('{"a":  1}', "application/json"), ("FILTER a ALIAS é", "text/plain"), ("", "text/plain")],
)
def test_a_body(api: Call, write: Write, content: str, kind: str) -> None:
    write("body", content)
    for source, stdin in (("body", ""), ("-", content)):
        api.server.asked.clear()
        assert api("POST", "/a", "--input", source, "-f", "x=1", stdin=stdin).code == 0
        assert (api.asked.path, api.asked.body.decode()) == ("/a?x=1", content)
        assert api.asked.headers["content-type"] == kind


def test_the_kind_of_a_body_reaches_the_account(
    api: Call, segql: Shell, account: Client, login: dict[str, str]
) -> None:
    text = "FILTER a > 1 ALIAS vip"
    run = segql("api", "POST", "/api/segment", "--input", "-", stdin=text, **login)
    assert run.code == 0, run.err
    told = json.dumps({"slug_name": "json", "segment_ql": "FILTER b"})
    run = segql("api", "POST", "/api/segment", "--input", "-", stdin=told, **login)
    assert run.code == 0, run.err
    assert sorted(segment.slug_name or "" for segment in account.segments()) == ["json", "vip"]
    run = segql("api", "PUT", "/api/segment/vip", "-f", "name=Ångström", **login)
    assert json.loads(run.out)["data"]["name"] == "Ångström"
    assert segql("api", "DELETE", "/api/segment/vip", **login) == Run(0, "", "")
    run = segql("api", "GET", "/api/segment/vip", **login)
    assert (run.code, json.loads(run.out)["status"]) == (2, 404)
    assert "not found (404)" in run.err


def test_headers(api: Call) -> None:
    api("POST", "/a", "--input", os.devnull, "-H", "content-type: text/csv", "-H", "X-A:b: c")
    assert api.asked.headers["content-type"] == "text/csv"
    assert api.asked.headers["x-a"] == "b: c"
    assert api.asked.headers["authorization"] == TOKEN


def test_status_and_headers(api: Call) -> None:
    api.answer(reply(200, b'{"a": 1}', **{"X-More": "this"}))
    run = api("GET", "/a", "-i")
    head, _, body = run.out.partition("\n\n")
    first, *headers = head.splitlines()
    assert (first, body) == ("HTTP/1.1 200 OK", '{"a": 1}')
    assert "x-more: this" in headers


@pytest.mark.parametrize("status", [400, 401, 404, 409, 422, 500])
def test_a_bad_answer_is_printed_as_well(api: Call, status: int) -> None:
    body = '{"message": "no", "more": [1]}'
    api.answer(reply(status, body.encode()))
    run = api("GET", "/a", "--retries", "0", "-i")
    assert run.code == 2
    assert run.out.startswith(f"HTTP/1.1 {status} ")
    assert run.out.endswith(body)
    assert run.err.startswith(f"segql: GET {api.server.url}/a: ")
    assert f"({status}): no" in run.err


def test_an_error_in_a_good_answer(api: Call) -> None:
    api.answer(reply(200, b'{"status": 400, "message": "no"}'))
    run = api("GET", "/a")
    assert (run.code, run.out) == (2, '{"status": 400, "message": "no"}')
    assert "refused (400): no" in run.err


def test_what_is_no_json_is_printed_too(api: Call) -> None:
    api.answer(reply(200, b"<html>\n"))
    assert api("GET", "/a") == Run(0, "<html>\n", "")


# ---- Pages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "token", "param"), [("GET", "next", "start"), ("POST", "_next", "next")]
)
def test_all_pages(api: Call, method: str, token: str, param: str) -> None:
    def answer(asked: Asked) -> Reply:
        number = int(parse_qs(urlsplit(asked.path).query).get(param, ["0"])[0])
        told = {"data": [number], token: str(number + 1) if number < 2 else ""}
        return reply(200, told)

    api.server.decide = answer
    run = api(method, "/api/segment/scan?limit=1", "--paginate", "--input", os.devnull)
    assert [json.loads(line)["data"] for line in run.out.splitlines()] == [[0], [1], [2]]
    assert [asked.path.partition("?")[2] for asked in api.server.asked] == [
        "limit=1",
        f"limit=1&{param}=1",
        f"limit=1&{param}=2",
    ]


@pytest.mark.parametrize("body", ['{"data": [], "next": "x"}', "[1]", "<html>", '{"data": 5}'])
def test_pages_that_end_at_once(api: Call, body: str) -> None:
    api.answer(reply(200, body.encode()))
    assert api("GET", "/a", "--paginate").out == f"{body}\n"
    assert len(api.server.asked) == 1


# ---- Tries ------------------------------------------------------------------------------


def test_failures_that_may_pass(api: Call) -> None:
    api.answer(reply(503), reply(429), OK)
    run = api("GET", "/a", "-v")
    assert (run.code, run.out) == (0, OK.body.decode())
    assert [line.split(" in ")[0] for line in run.err.splitlines()] == [
        f"GET {api.server.url}/a: 503",
        f"GET {api.server.url}/a: 429",
        f"GET {api.server.url}/a: 200",
    ]


@pytest.mark.parametrize(("path", "tries"), [("/api/job", 1), ("/api/segment/validate", 2)])
def test_a_post_is_sent_again_only_where_it_asks(api: Call, path: str, tries: int) -> None:
    api.answer(reply(503), OK)
    run = api("POST", path)
    assert len(api.server.asked) == tries
    assert run.code == (2 if tries == 1 else 0)
    assert ("look before you send it again" in run.err) == (tries == 1)


def test_no_tries_again(api: Call) -> None:
    api.answer(reply(503))
    assert api("GET", "/a", "--retries", "0").code == 2
    assert len(api.server.asked) == 1


def test_verbose_names_the_request(api: Call) -> None:
    api.answer(reply(200, b"{}", **{"X-Request-Id": "r-1"}))
    run = api("GET", "/a", "-f", "b=c", "--verbose")
    assert run.err.startswith(f"GET {api.server.url}/a?b=c: 200 in ")
    assert run.err.endswith(" ms [request r-1]\n")


def test_nobody_listens(segql: Shell) -> None:
    login = {"LYTICS_API_TOKEN": TOKEN, "LYTICS_API_URL": "http://127.0.0.1:1"}
    run = segql("api", "GET", "/a", "--retries", "1", "-v", **login)
    assert (run.code, run.out) == (2, "")
    told = "GET http://127.0.0.1:1/a: cannot connect"
    assert [line.startswith(told) for line in run.err.splitlines()[:2]] == [True, True]


# ---- Secrets ----------------------------------------------------------------------------


def test_neither_the_token_nor_a_key_is_printed(api: Call) -> None:
    body = {"data": {"aid": "1", "apikey": "hunter2", "note": f"it is {TOKEN}"}}
    api.answer(reply(200, body, **{"X-Echo": TOKEN}))
    run = api("GET", "/api/account/1", "-i", "-v")  # the shell looks for the token
    assert "hunter2" not in run.out
    shown = json.loads(run.out.partition("\n\n")[2])
    assert shown == {"data": {"aid": "1", "apikey": "[token]", "note": "it is [token]"}}
    assert "x-echo: [token]" in run.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["-H", "Authorization: hunter2"],
        ["-H", "authorization:hunter2"],
        ["-H", "Cookie: hunter2"],
        ["-f", "key=hunter2"],
        ["-F", "KEY=hunter2"],
    ],
)
def test_a_token_is_no_argument(api: Call, arguments: list[str]) -> None:
    run = api("GET", "/a", *arguments)
    assert (run.code, run.out) == (2, "")
    assert "hunter2" not in run.err
    assert "the token is read from LYTICS_API_TOKEN" in run.err
    assert api.server.asked == []


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("https://example.com/api/segment", "PATH is an address"),
        ("/api/segment?key=hunter2", "`key` in the query"),
        ("/api/segment/a#b", "`#` ends an address"),
        ("/api/\x1b[31m", "characters that an address cannot have"),
    ],
)
def test_a_path_that_is_refused(api: Call, path: str, message: str) -> None:
    run = api("DELETE", path)
    assert (run.code, run.out) == (2, "")
    assert message in run.err.splitlines()[0]
    assert "hunter2" not in run.err
    assert api.server.asked == []


def test_another_host_in_the_path_is_none(api: Call) -> None:
    assert api("GET", "//example.com/a").code == 0
    assert api.asked.path == "/example.com/a"


# ---- Usage ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["GET"], "Missing argument 'PATH'"),
        (["FETCH", "/a"], "'FETCH' is not one of"),
        (["GET", "/a", "-f", "x"], "A field is written KEY=VALUE."),
        (["GET", "/a", "-F", "=x"], "A field is written KEY=VALUE."),
        (["GET", "/a", "-f", "x=\udcff"], "A field is written in UTF-8."),
        (["POST", "/a", "-F", "x=\udcff"], "A field is written in UTF-8."),
        (["GET", "/a", "-H", "x"], "A header is written 'NAME: TEXT', in ASCII."),
        (["GET", "/a", "-H", "x: é"], "A header is written 'NAME: TEXT', in ASCII."),
        (["GET", "/a", "-H", "x: a\nb: c"], "A header is written 'NAME: TEXT', in ASCII."),
        (["PUT", "/a", "--paginate"], "--paginate goes with GET and POST."),
        (["POST", "/a", "--input", "-", "-F", "x=@-"], "Standard input can be read once only."),
        (["GET", "/a", "--retries", "-1"], "is not in the range"),
        (["GET", "/a", "--timeout", "0"], "is not in the range"),
    ],
)
def test_wrong_usage(api: Call, arguments: list[str], message: str) -> None:
    run = api(*arguments)
    assert (run.code, run.out) == (2, "")
    assert message in run.err
    assert api.server.asked == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["POST", "/a", "--input", "nothing"], "nothing: No such file or directory"),
        (["POST", "/a", "-F", "x=@nothing"], "nothing: No such file or directory"),
        (["POST", "/a", "-F", "x=@latin"], "latin: not UTF-8"),
        (["POST", "/a", "-f", "x=1", "-f", "x=2"], "the field `x` is given twice"),
    ],
)
def test_what_cannot_be_sent(api: Call, write: Write, arguments: list[str], message: str) -> None:
    write("latin", "é".encode("latin-1"))
    run = api(*arguments)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"segql: {message}")
    assert api.server.asked == []


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("api GET /a >&-", 0, ""),
        ("api POST /a --input - <&-", 2, "segql: standard input is closed\n"),
        ("api POST /a -F x=@- <&-", 2, "segql: standard input is closed\n"),
    ],
)
def test_streams_that_the_shell_has_closed(api: Call, line: str, code: int, message: str) -> None:
    api.segql.environment.update(api.login)
    run = api.segql.script(f"$SEGQL {line}")
    assert (run.code, run.out) == (code, "")
    assert run.err.startswith(message)
    assert bool(run.err) == bool(message)


def test_no_token(segql: Shell) -> None:
    run = segql("api", "GET", "/api/segment", LYTICS_API_TOKEN="")
    assert (run.code, run.out) == (2, "")
    assert "no API token" in run.err


# ---- Terminal ---------------------------------------------------------------------------


def on_a_terminal(api: Call, *arguments: str) -> str:
    """What `segql api` prints where standard output is a terminal."""
    ours, theirs = pty.openpty()
    try:
        subprocess.run(
            [sys.executable, "-m", "segql", "api", *arguments],
            cwd=api.segql.folder,
            env=api.segql.environment | api.login,
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            timeout=60,
        )
        return os.read(ours, 65536).decode().replace("\r\n", "\n")
    finally:
        os.close(ours)
        os.close(theirs)


def test_json_is_indented_on_a_terminal(api: Call) -> None:
    api.answer(reply(200, '{"data":[{"name":"é"}]}'.encode()))
    expected = '{\n  "data": [\n    {\n      "name": "é"\n    }\n  ]\n}\n'
    assert on_a_terminal(api, "GET", "/a") == expected


def test_nothing_steers_the_terminal(api: Call) -> None:
    api.answer(reply(200, b"\x1b[31mred\nand more"))
    assert on_a_terminal(api, "GET", "/a") == "�[31mred\nand more\n"
