"""Merge requests on GitLab, wherever it runs.

Source: docs.gitlab.com: the API of notes, as comments are called there, and the variables of
pipelines for merge requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

import msgspec

from segql.api.messages import Answer, Request
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

_TOKEN = "GITLAB_TOKEN"  # noqa: S105  (the variable's name)
_URL = "CI_API_V4_URL"
_RIGHT = (
    f"{_TOKEN} needs the scope `api` and the role Developer, as a project access token can have "
    "them; CI_JOB_TOKEN may not write comments."
)
_TOO_LONG = "The text may be too long: a comment holds 1,000,000 characters."


def open_gitlab(environ: Mapping[str, str]) -> Forge:
    """The merge request of this job. Raises `ForgeError`, ``CredentialsError``."""
    number = first(environ, "CI_MERGE_REQUEST_IID")
    if number is None:
        name = environ.get("CI_PIPELINE_SOURCE") or "something else"
        raise ForgeError(
            f"there is no merge request to comment on: this job runs for `{name}`",
            'Leave it out there: `rules: - if: $CI_PIPELINE_SOURCE == "merge_request_event"`.',
        )
    token = first(environ, _TOKEN)
    if token is None:
        raise ForgeError(f"{_TOKEN} is not set", _RIGHT)
    request = f"merge_requests/{quote(number, safe='')}"
    # A pipeline of a fork may run there, and the merge request is elsewhere.
    project = required(environ, "CI_MERGE_REQUEST_PROJECT_ID", "CI_PROJECT_ID")
    notes = f"/projects/{quote(project, safe='')}/{request}/notes"
    web = first(environ, "CI_MERGE_REQUEST_PROJECT_URL", "CI_PROJECT_URL") or ""
    credentials = checked(required(environ, _URL), token, _URL, _TOKEN)
    return Forge(_GITLAB, credentials, Place(notes, notes, f"{web}/-/{request}"))


# ---- What GitLab says -------------------------------------------------------------------


class _User(msgspec.Struct):
    id: int


class _Note(msgspec.Struct):
    id: int
    body: str
    author: _User
    system: bool = False  # that somebody has pushed, for instance


def _who(answer: Answer) -> str:
    return str(read(answer, _User).id)


def _comments(answer: Answer) -> list[Comment]:
    notes = read(answer, list[_Note])
    return [Comment(n.id, n.body, str(n.author.id)) for n in notes if not n.system]


def _has_next(answer: Answer) -> bool:
    return bool(answer.headers.get("x-next-page", "").strip())


_GITLAB = Service(
    edit_method="PUT",
    order=(("order_by", "created_at"), ("sort", "asc")),
    anchor="note_",
    who=Request("GET", "/user"),
    read_who=_who,
    read_comments=_comments,
    has_next=_has_next,
    help={
        **dict.fromkeys(range(300, 400), f"Check {_URL}."),
        **dict.fromkeys((400, 413, 422), _TOO_LONG),
        401: f"The token may be wrong or expired. {_RIGHT}",
        403: _RIGHT,
        404: f"There is no such merge request, or the token may not see it. {_RIGHT}",
    },
)
