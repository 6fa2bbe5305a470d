"""GitHub and GitLab as far as comments go: real servers, as their documents describe them."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from tests.canary import CANARY

TOKEN = f"{CANARY}-of-a-job"
READER = f"{CANARY}-that-may-only-read"


class Asked(NamedTuple):
    method: str
    path: str
    query: Mapping[str, list[str]]
    body: Any


class Answer(NamedTuple):
    status: int
    content: Any = None
    headers: Mapping[str, str] = {}


@dataclass
class Comment:
    id: int
    author: str
    body: str
    system: bool = False


@dataclass
class Forge:
    """A pull request. `faults` are answered before anything else, one a request."""

    url: str = ""
    comments: list[Comment] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    faults: list[Answer | None] = field(default_factory=list)
    owner = ""  # of the token
    longest = 0
    too_long = Answer(0)

    def write(self, author: str, body: str, *, system: bool = False) -> Comment:
        comment = Comment(1000 + len(self.comments), author, body, system)
        self.comments.append(comment)
        return comment

    @property
    def bodies(self) -> list[str]:
        return [comment.body for comment in self.comments]

    @property
    def writes(self) -> list[str]:
        methods = [asked.method for asked in self.asked if "graphql" not in asked.path]
        return [method for method in methods if method != "GET"]

    def answer(self, asked: Asked, authorization: str) -> Answer:
        token = authorization.removeprefix("Bearer ")
        if token not in (TOKEN, READER):
            return self.refused(401)
        is_read = asked.method == "GET" or asked.path.endswith("/graphql")
        if token == READER and not is_read:
            return self.refused(403)
        return self.allowed(asked)

    def page(self, asked: Asked) -> tuple[list[Comment], int, bool]:
        """The comments of the page asked for, its number, and whether there are more."""
        size, number = (int(asked.query[name][0]) for name in ("per_page", "page"))
        assert 1 <= size <= 100
        begin = (number - 1) * size
        return self.comments[begin : begin + size], number, len(self.comments) > begin + size

    def posted(self, asked: Asked) -> Answer:
        if len(asked.body["body"]) > self.longest:
            return self.too_long
        return Answer(201, self.shown(self.write(self.owner, asked.body["body"])))

    def edited(self, asked: Asked, id: int) -> Answer:
        (comment,) = (each for each in self.comments if each.id == id)
        if len(asked.body["body"]) > self.longest:
            return self.too_long
        comment.body = asked.body["body"]
        return Answer(200, self.shown(comment))

    def refused(self, status: int) -> Answer:
        raise NotImplementedError

    def allowed(self, asked: Asked) -> Answer:
        raise NotImplementedError

    def shown(self, comment: Comment) -> dict[str, Any]:
        raise NotImplementedError


class GitHub(Forge):
    """`root` is where the REST API is: on a server of one's own /api/v3."""

    owner = "github-actions[bot]"
    longest = 65536
    too_long = Answer(422, {"message": "Validation Failed", "errors": [{"code": "unprocessable"}]})
    root = ""
    variables = ("GITHUB_TOKEN",)

    def environment(self, folder: Any, event: Mapping[str, Any] | None = None) -> dict[str, str]:
        path = folder / "event.json"
        path.write_text(json.dumps({"pull_request": {"number": 7}} if event is None else event))
        return {
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": f"{self.url}{self.root}",
            "GITHUB_SERVER_URL": self.url,
            "GITHUB_REPOSITORY": "shop/segments",
            "GITHUB_EVENT_PATH": str(path),
            "GITHUB_EVENT_NAME": "push" if event is not None else "pull_request",
            "GITHUB_TOKEN": TOKEN,
        }

    def address(self, comment: Comment) -> str:
        return f"{self.url}/shop/segments/pull/7#issuecomment-{comment.id}"

    def allowed(self, asked: Asked) -> Answer:
        issues = f"{self.root}/repos/shop/segments/issues"
        if asked.path == f"{self.root.removesuffix('/v3')}/graphql":
            assert "viewer" in asked.body["query"]
            return Answer(200, {"data": {"viewer": {"login": self.owner}}})
        if asked.path == f"{self.root}/user":
            return self.refused(403)
        if (asked.method, asked.path) == ("GET", f"{issues}/7/comments"):
            comments, number, more = self.page(asked)
            # Nobody may go where this leads.
            link = f'<http://127.0.0.1:9/?page={number + 1}>; rel="next"' if more else ""
            return Answer(200, [self.shown(each) for each in comments], {"Link": link})
        if (asked.method, asked.path) == ("POST", f"{issues}/7/comments"):
            return self.posted(asked)
        found = re.fullmatch(rf"{re.escape(issues)}/comments/(\d+)", asked.path)
        if found and asked.method == "PATCH":
            return self.edited(asked, int(found[1]))
        return self.refused(404)

    def shown(self, comment: Comment) -> dict[str, Any]:
        user = {"login": comment.author, "id": 41, "type": "Bot"} if comment.author else None
        return {"id": comment.id, "body": comment.body, "user": user, "html_url": "https://x"}

    def refused(self, status: int) -> Answer:
        words = {401: "Bad credentials", 403: "Resource not accessible by integration"}
        message = words.get(status, "Not Found")
        return Answer(status, {"message": message, "status": str(status)})


class OwnGitHub(GitHub):
    root = "/api/v3"


class GitLab(Forge):
    owner = "52"
    longest = 1_000_000
    too_long = Answer(400, {"message": {"note": ["is too long (maximum is 1000000 characters)"]}})
    variables = ("GITLAB_TOKEN",)

    def environment(self, folder: Any) -> dict[str, str]:
        return {
            "GITLAB_CI": "true",
            "CI_API_V4_URL": f"{self.url}/api/v4",
            "CI_PIPELINE_SOURCE": "merge_request_event",
            "CI_PROJECT_ID": "99",  # that of the fork in which the pipeline runs
            "CI_MERGE_REQUEST_PROJECT_ID": "12",
            "CI_MERGE_REQUEST_PROJECT_URL": f"{self.url}/shop/segments",
            "CI_MERGE_REQUEST_IID": "7",
            "GITLAB_TOKEN": TOKEN,
        }

    def address(self, comment: Comment) -> str:
        return f"{self.url}/shop/segments/-/merge_requests/7#note_{comment.id}"

    def allowed(self, asked: Asked) -> Answer:
        notes = "/api/v4/projects/12/merge_requests/7/notes"
        if (asked.method, asked.path) == ("GET", "/api/v4/user"):
            return Answer(200, {"id": int(self.owner), "username": "project_12_bot"})
        if (asked.method, asked.path) == ("GET", notes):
            assert asked.query["sort"] == ["asc"]
            comments, number, more = self.page(asked)
            headers = {"X-Next-Page": str(number + 1) if more else ""}
            return Answer(200, [self.shown(each) for each in comments], headers)
        if (asked.method, asked.path) == ("POST", notes):
            return self.posted(asked)
        found = re.fullmatch(rf"{notes}/(\d+)", asked.path)
        if found and asked.method == "PUT":
            return self.edited(asked, int(found[1]))
        return self.refused(404)

    def shown(self, comment: Comment) -> dict[str, Any]:
        author = {"id": int(comment.author), "username": "somebody"}
        return {
            "id": comment.id,
            "body": comment.body,
            "author": author,
            "system": comment.system,
        }

    def refused(self, status: int) -> Answer:
        if status == 403:
            return Answer(403, {"error": "insufficient_scope", "scope": "api"})
        return Answer(status, {"message": "401 Unauthorized" if status == 401 else "404 Not found"})


@contextmanager
def serving(forge: Forge) -> Iterator[None]:
    """Serve a forge; a fault that is None breaks the connection after the work is done."""

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            address = urlsplit(self.path)
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            query = parse_qs(address.query)
            asked = Asked(self.command, address.path, query, json.loads(content or "null"))
            forge.asked.append(asked)
            fault = forge.faults.pop(0) if forge.faults else Answer(0)
            if fault and fault.status:
                return self.send(fault)
            answer = forge.answer(asked, self.headers.get("Authorization", ""))
            return self.connection.close() if fault is None else self.send(answer)

        def send(self, answer: Answer) -> None:
            content = json.dumps(answer.content).encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_PATCH = handle_any

        def log_message(self, format: str, *args: object) -> None:
            """Keep the output of the tests clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        forge.url = f"http://127.0.0.1:{http.server_port}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield
        finally:
            http.shutdown()
            thread.join()
