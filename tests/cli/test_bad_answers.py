"""Servers that do not speak as the API does: one clear line, exit code 2, nothing written."""

from __future__ import annotations

import socket
import threading
from contextlib import closing

import pytest

from .api_server import Answer, serving
from .conftest import TOKEN, Run, Shell, Write

HTML = {"Content-Type": "text/html"}
DEEP = "[" * 100_000

ANSWERS = {
    "an error page": (Answer(500, "<h1>Oops</h1>", HTML), "the server failed (500)"),
    "a wrong token": (Answer(401, '{"message": "who?"}'), "not authorized (401): who?"),
    "no right": (Answer(403), "not authorized (403)"),
    "another place": (Answer(404), "not found (404)"),
    "a page": (Answer(200, "<html>Welcome</html>", HTML), "cannot be understood: it is not JSON"),
    "nothing": (Answer(200, ""), "cannot be understood: it is not JSON"),
    "half of it": (Answer(200, '{"data": [{"id"'), "cannot be understood: it is not JSON"),
    "NUL bytes": (Answer(200, "\0\0\0"), "cannot be understood: it is not JSON"),
    "deep JSON": (Answer(200, DEEP), "cannot be understood: it is"),
    "another shape": (Answer(200, '{"data": 7}'), "cannot be understood: Expected"),
    "a redirect": (
        Answer(302, "", {"Location": "http://example.com/"}),
        "redirected, which is not followed because the token would go along (302)",
    ),
    "an error in disguise": (
        Answer(200, '{"status": 400, "message": "no"}'),
        "refused (400): no",
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_to_the_first_question_of_a_push(segql: Shell, write: Write, name: str) -> None:
    write("a.segql", "FILTER a ALIAS a")
    answer, message = ANSWERS[name]
    with serving(lambda asked: answer) as server:
        run = segql("push", LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=server.url)
    assert run.out == "Stopped: nothing was written.\n"
    assert run.code == (1 if "refused" in message else 2)
    first, *help = run.err.splitlines()
    assert first.startswith("segql: GET http://127.0.0.1:")
    assert message in first
    assert [line[:8] for line in help] in ([], ["  help: "])
    assert len(server.asked) == 1


def test_an_answer_that_repeats_the_token(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a ALIAS a")
    echo = Answer(400, f'{{"message": "what is {TOKEN}?"}}', {"X-Token": TOKEN})
    with serving(lambda asked: echo) as server:
        run = segql("push", LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=server.url)
    assert "what is [token]?" in run.err


def test_a_message_that_would_steer_the_terminal(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a ALIAS a")
    answer = Answer(400, '{"message": "one\\ntwo \\u001b[31mred"}')
    with serving(lambda asked: answer) as server:
        for command in ("push", "validate"):
            run = segql(command, LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=server.url)
            assert "\x1b" not in run.out + run.err
            assert "refused (400): one two [31mred" in run.err.splitlines()[0]


@pytest.mark.parametrize("command", ["push", "validate"])
def test_nobody_listens(segql: Shell, write: Write, command: str) -> None:
    write("a.segql", "FILTER a ALIAS a")
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    run = segql(command, LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=url)
    assert run.code == 2
    assert f"{url}/api/segment" in run.err.splitlines()[0]
    assert "cannot connect" in run.err.splitlines()[0]
    assert run.out in ("", "Stopped: nothing was written.\n")


def test_a_server_that_hangs_up(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a ALIAS a")
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        threading.Thread(target=lambda: listener.accept()[0].close(), daemon=True).start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        run = segql("validate", LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=url)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"segql: POST {url}/api/segment/validate: ")


def test_help_and_message_are_all_there_is(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a ALIAS a")
    with serving(lambda asked: Answer(401)) as server:
        run = segql("validate", LYTICS_API_TOKEN=TOKEN, LYTICS_API_URL=server.url)
    assert run == Run(
        2,
        "",
        f"segql: POST {server.url}/api/segment/validate: not authorized (401): Unauthorized\n"
        "  help: Check the token: it may be wrong, expired, of another account or without this "
        "right.\n",
    )
