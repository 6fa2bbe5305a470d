"""Pull requests on GitHub, or on a server of one's own that runs it.

Source: docs.github.com: the REST API of issue comments (to it a pull request is an issue), and the
variables of a job in GitHub Actions.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import msgspec

from segql.api.messages import Answer, Request, json_body
from segql.forges.forge import (
    Comment,
    Forge,
    ForgeError,
    Place,
    Service,
    checked,
    first,
    read,
    required,
)

_TOKENS = ("GH_TOKEN", "GITHUB_TOKEN")  # in the order of GitHub's own command line
_URL = "GITHUB_API_URL"
_PERMISSION = (
    "Give the job `permissions: pull-requests: write`; "
    "in a pull request from a fork its token may only read."
)


def open_github(environ: Mapping[str, str]) -> Forge:
    """The pull request of this job. Raises `ForgeError`, ``CredentialsError``, ``OSError``."""
    number = _number(environ)
    token = first(environ, *_TOKENS)
    if token is None:
        help = "Give the step `env: GITHUB_TOKEN: ${{ github.token }}`."
        raise ForgeError("GITHUB_TOKEN is not set", help)
    url = required(environ, _URL).rstrip("/")
    # GraphQL is beside the REST API, not below it: /api/v3 and /api/graphql.
    root = url.removesuffix("/v3")
    repository = quote(required(environ, "GITHUB_REPOSITORY"))
    issues = f"{url.removeprefix(root)}/repos/{repository}/issues"
    page = f"{environ.get('GITHUB_SERVER_URL', '')}/{repository}/pull/{number}"
    place = Place(f"{issues}/{number}/comments", f"{issues}/comments", page)
    return Forge(_GITHUB, checked(root, token, _URL, _TOKENS[-1]), place)


def _number(environ: Mapping[str, str]) -> int:
    path = Path(required(environ, "GITHUB_EVENT_PATH"))
    try:
        event = msgspec.json.decode(path.read_bytes(), type=_Event)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ForgeError(f"{path}: this is no event of GitHub: {error}") from None
    if event.pull_request is None:
        name = environ.get("GITHUB_EVENT_NAME") or "something else"
        raise ForgeError(
            f"there is no pull request to comment on: this job runs for `{name}`",
            "Leave it out there: `if: github.event_name == 'pull_request'`.",
        )
    return event.pull_request.number


# ---- What GitHub says -------------------------------------------------------------------


class _PullRequest(msgspec.Struct):
    number: int


class _Event(msgspec.Struct):
    pull_request: _PullRequest | None = None


class _User(msgspec.Struct):
    login: str


class _Viewer(msgspec.Struct):
    viewer: _User


class _Asked(msgspec.Struct):
    data: _Viewer


class _Comment(msgspec.Struct):
    id: int
    body: str | None = None
    user: _User | None = None  # None: the account is gone


def _who(answer: Answer) -> str:
    return read(answer, _Asked).data.viewer.login


def _comments(answer: Answer) -> list[Comment]:
    comments = read(answer, list[_Comment])
    return [Comment(c.id, c.body or "", c.user.login if c.user else "") for c in comments]


def _has_next(answer: Answer) -> bool:
    return 'rel="next"' in answer.headers.get("link", "")


_GITHUB = Service(
    edit_method="PATCH",
    order=(),
    anchor="issuecomment-",
    # GET /user is for people: the token of a job is an app's.
    who=Request(
        "POST",
        "/graphql",
        body=json_body({"query": "query { viewer { login } }"}),
        is_repeatable=True,
    ),
    read_who=_who,
    read_comments=_comments,
    has_next=_has_next,
    help={
        **dict.fromkeys(range(300, 400), f"Check {_URL}."),
        401: "Check GITHUB_TOKEN: it may be wrong or expired.",
        403: _PERMISSION,
        404: f"There is no such pull request, or the token may not see it. {_PERMISSION}",
        422: "The text may be too long: a comment holds 65,536 characters.",
    },
)
