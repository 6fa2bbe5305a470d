"""`segql comment`: one comment on a pull request, however often it is written."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ci.forges import READER, TOKEN, Answer, GitHub, GitLab, OwnGitHub, serving

from .conftest import Run, Shell, Write

MARKER = "<!-- segql plan: prod -->"
FIRST = f"{MARKER}\nOne change: é\n"
SECOND = f"{MARKER}\nTwo changes\n"


@pytest.fixture(params=[GitHub, OwnGitHub, GitLab])
def forge(request: pytest.FixtureRequest) -> Iterator[GitHub | GitLab]:
    forge = request.param()
    with serving(forge):
        yield forge


@pytest.fixture
def github() -> Iterator[GitHub]:
    forge = GitHub()
    with serving(forge):
        yield forge


@pytest.fixture
def gitlab() -> Iterator[GitLab]:
    forge = GitLab()
    with serving(forge):
        yield forge


class Job:
    """Calls the command in a job of a forge."""

    def __init__(self, segql: Shell, folder: Path) -> None:
        self.segql = segql
        self.folder = folder

    def __call__(
        self, forge: GitHub | GitLab, text: str | bytes = FIRST, *arguments: str, **variables: str
    ) -> Run:
        environment = forge.environment(self.folder) | variables
        return self.segql("comment", *arguments, stdin=text, **environment)


@pytest.fixture
def comment(segql: Shell, tmp_path: Path) -> Job:
    return Job(segql, tmp_path)


def test_a_life(comment: Job, forge: GitHub | GitLab, write: Write) -> None:
    run = comment(forge)
    (ours,) = forge.comments
    address = forge.address(ours)
    assert run == Run(0, f"written: {address}\n", "")
    assert (ours.body, ours.author) == (FIRST, forge.owner)

    assert comment(forge) == Run(0, f"unchanged: {address}\n", "")
    assert len(forge.writes) == 1

    path = write("plan.md", SECOND)
    assert comment(forge, b"", str(path)) == Run(0, f"replaced: {address}\n", "")
    assert forge.bodies == [SECOND]

    other = SECOND.replace("prod", "staging")
    assert comment(forge, other).out.startswith("written: ")
    assert forge.bodies == [SECOND, other]


def test_every_page_is_looked_at(comment: Job, forge: GitHub | GitLab) -> None:
    somebody = "7"
    for number in range(230):
        forge.write(somebody, f"Looks good {number}\n{MARKER}")
    ours = forge.write(forge.owner, FIRST)
    for number in range(80):
        forge.write(somebody, f"Still good {number}")
    assert comment(forge, SECOND).out == f"replaced: {forge.address(ours)}\n"
    pages = [asked.query["page"] for asked in forge.asked if "page" in asked.query]
    assert pages == [["1"], ["2"], ["3"]]
    assert (ours.body, len(forge.comments)) == (SECOND, 311)


def test_what_others_wrote_is_theirs(comment: Job, forge: GitHub | GitLab) -> None:
    theirs = forge.write("7", f"{MARKER}\nNothing will change, trust me")
    assert comment(forge).out.startswith("written: ")
    assert comment(forge, SECOND).out.startswith("replaced: ")
    assert theirs.body.endswith("trust me")
    assert forge.bodies[1:] == [SECOND]


def test_a_marker_is_the_whole_first_line(comment: Job, forge: GitHub | GitLab) -> None:
    for body in (f"> {MARKER}", f"Hello\n{MARKER}", MARKER.replace("prod", "prod2"), f"{MARKER} x"):
        forge.write(forge.owner, body)
    assert comment(forge).out.startswith("written: ")


def test_what_a_service_changes_in_a_text_is_no_change(
    comment: Job, forge: GitHub | GitLab
) -> None:
    ours = forge.write(forge.owner, FIRST.replace("\n", "\r\n").strip())
    assert comment(forge, FIRST.replace("\n", "\r\n")).out == f"unchanged: {forge.address(ours)}\n"
    assert comment(forge, b"\xef\xbb\xbf" + FIRST.encode()).out.startswith("unchanged: ")


def test_what_gitlab_notes_itself_is_no_comment(comment: Job, gitlab: GitLab) -> None:
    gitlab.write(gitlab.owner, FIRST, system=True)
    assert comment(gitlab).out.startswith("written: ")


def test_an_account_that_is_gone(comment: Job, github: GitHub) -> None:
    github.write("", FIRST)
    assert comment(github).out.startswith("written: ")


def test_a_merge_request_of_the_own_project(comment: Job, gitlab: GitLab) -> None:
    run = comment(gitlab, CI_MERGE_REQUEST_PROJECT_ID="", CI_PROJECT_ID="12")
    assert run.code == 0


def test_the_other_variable_for_a_token(comment: Job, github: GitHub) -> None:
    assert comment(github, GITHUB_TOKEN="", GH_TOKEN=TOKEN).code == 0


# ---- What goes wrong --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "there is nothing to write: the text is empty"),
        (" \n\n", "there is nothing to write: the text is empty"),
        ("A plan\n" + FIRST, "the first line is no marker"),
        ("\n" + FIRST, "the first line is no marker"),
        ("<!-- -->\ntext", "the first line is no marker"),
        ("<!-- segql plan: prod\n-->\n", "the first line is no marker"),
        ("<!-- a --> text\n", "the first line is no marker"),
        (b"<!-- \xff -->\n", "-: not UTF-8"),
    ],
)
def test_texts_that_cannot_be_written(
    comment: Job, github: GitHub, text: str | bytes, message: str
) -> None:
    run = comment(github, text)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"segql: {message}")
    assert "\n  help: " in run.err
    assert github.asked == []


def test_a_file_that_is_not_there(comment: Job, github: GitHub) -> None:
    run = comment(github, "", "plan.md")
    assert (run.code, run.err) == (2, "segql: plan.md: No such file or directory\n")


def test_outside_of_ci(segql: Shell) -> None:
    run = segql("comment", stdin=FIRST, GITHUB_TOKEN=TOKEN)
    assert (run.code, run.out) == (2, "")
    assert "neither GITHUB_ACTIONS nor GITLAB_CI is set" in run.err


def test_jobs_of_no_pull_request(segql: Shell, tmp_path: Path, gitlab: GitLab) -> None:
    github = GitHub("http://127.0.0.1:9")
    environment = github.environment(tmp_path, {"ref": "refs/heads/main", "pull_request": None})
    run = segql("comment", stdin=FIRST, **environment)
    assert (run.code, run.out) == (2, "")
    assert "no pull request to comment on: this job runs for `push`" in run.err

    environment = gitlab.environment(tmp_path) | {"CI_MERGE_REQUEST_IID": ""}
    run = segql("comment", stdin=FIRST, **environment | {"CI_PIPELINE_SOURCE": "push"})
    assert (run.code, run.out) == (2, "")
    assert "no merge request to comment on: this job runs for `push`" in run.err
    assert gitlab.asked == []


@pytest.mark.parametrize("content", ["", "[]", "{", '{"pull_request": 1}', "[" * 100_000])
def test_an_event_that_cannot_be_read(
    comment: Job, github: GitHub, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "broken.json"
    path.write_text(content)
    run = comment(github, GITHUB_EVENT_PATH=str(path))
    assert (run.code, run.out) == (2, "")
    assert f"{path}: this is no event of GitHub" in run.err


def test_variables_that_are_missing(comment: Job, github: GitHub, gitlab: GitLab) -> None:
    for name in ("GITHUB_TOKEN", "GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_EVENT_PATH"):
        run = comment(github, **{name: ""})
        assert (run.code, run.out) == (2, "")
        assert run.err.startswith(f"segql: {name} is not set\n  help: ")
    for name in ("GITLAB_TOKEN", "CI_API_V4_URL"):
        run = comment(gitlab, **{name: ""})
        assert (run.code, run.out) == (2, "")
        assert run.err.startswith(f"segql: {name} is not set\n  help: ")
    assert github.asked == gitlab.asked == []


def test_tokens_without_rights(comment: Job, github: GitHub, gitlab: GitLab) -> None:
    run = comment(github, GITHUB_TOKEN=READER)
    assert (run.code, run.out) == (2, "")
    assert "not authorized (403): Resource not accessible by integration" in run.err
    assert "help: Give the job `permissions: pull-requests: write`" in run.err

    run = comment(gitlab, GITLAB_TOKEN=READER)
    assert (run.code, run.out) == (2, "")
    assert "help: GITLAB_TOKEN needs the scope `api`" in run.err
    assert "CI_JOB_TOKEN may not write comments" in run.err


def test_tokens_that_are_wrong(comment: Job, github: GitHub, gitlab: GitLab) -> None:
    wrong = f"{TOKEN}-of-yesterday"
    run = comment(github, GITHUB_TOKEN=wrong)
    assert (run.code, run.out) == (2, "")
    assert "not authorized (401): Bad credentials" in run.err
    run = comment(gitlab, GITLAB_TOKEN=wrong)
    assert (run.code, run.out) == (2, "")
    assert "not authorized (401): 401 Unauthorized" in run.err
    run = comment(github, GITHUB_TOKEN="two\nlines")
    assert run.err.startswith("segql: the API token has characters that a header cannot carry\n")
    assert "help: Check GITHUB_API_URL and GITHUB_TOKEN." in run.err


def test_a_server_that_says_the_token(comment: Job, github: GitHub) -> None:
    github.faults = [Answer(403, {"message": f"{TOKEN} may not do this"})]
    assert "not authorized (403): [token] may not do this" in comment(github).err
    github.faults = [Answer(302, None, {"Location": f"http://elsewhere/{TOKEN}"})]
    assert "to http://elsewhere/[token]" in comment(github).err


def test_what_is_not_found(comment: Job, github: GitHub, gitlab: GitLab) -> None:
    run = comment(github, GITHUB_REPOSITORY="shop/other")
    assert (run.code, run.out) == (2, "")
    assert "help: There is no such pull request, or the token may not see it." in run.err
    run = comment(gitlab, CI_MERGE_REQUEST_IID="8")
    assert (run.code, run.out) == (2, "")
    assert "help: There is no such merge request, or the token may not see it." in run.err
    assert "LYTICS" not in run.err


def test_a_text_that_is_too_long(comment: Job, github: GitHub, gitlab: GitLab) -> None:
    run = comment(github, f"{MARKER}\n{'x' * 65_537}")
    assert (run.code, run.out) == (2, "")
    assert "(422): Validation Failed\n  help: The text may be too long" in run.err
    run = comment(gitlab, f"{MARKER}\n{'x' * 1_000_001}")
    assert (run.code, run.out) == (2, "")
    assert "help: The text may be too long: a comment holds 1,000,000 characters." in run.err


def test_a_token_goes_over_https_only(comment: Job, github: GitHub) -> None:
    run = comment(github, GITHUB_API_URL="http://github.example")
    assert run.code == 2
    assert "sends the token in the clear to github.example" in run.err
    assert "help: Check GITHUB_API_URL and GITHUB_TOKEN." in run.err


def test_nobody_is_followed(comment: Job, forge: GitHub | GitLab) -> None:
    elsewhere = GitHub()
    with serving(elsewhere):
        forge.faults = [Answer(302, None, {"Location": elsewhere.url})]
        run = comment(forge)
    assert (run.code, run.out, elsewhere.asked) == (2, "", [])
    assert "redirected, which is not followed" in run.err
    assert "LYTICS" not in run.err


def test_what_may_be_repeated_is(comment: Job, github: GitHub) -> None:
    comment(github)
    busy = Answer(503)
    well = Answer(0)
    github.faults = [busy, well, busy, well, busy]  # the list, whose token it is, and the text
    assert comment(github, SECOND).out.startswith("replaced: ")
    assert github.faults == []
    assert github.bodies == [SECOND]


def test_a_comment_that_may_have_arrived_is_not_written_twice(
    comment: Job, forge: GitHub | GitLab
) -> None:
    forge.faults = [Answer(0), None]  # the answer to the new comment is lost
    run = comment(forge)
    assert (run.code, run.out) == (2, "")
    assert "help: Run it again: a comment that has arrived is found and replaced.\n" in run.err
    assert forge.bodies == [FIRST]
    assert comment(forge, SECOND).out.startswith("replaced: ")
    assert forge.bodies == [SECOND]


@pytest.mark.parametrize("content", ["no list", [{"id": "x"}], {"data": None}, [1]])
def test_answers_that_nobody_expects(comment: Job, github: GitHub, content: object) -> None:
    github.faults = [Answer(200, content)]
    run = comment(github)
    assert (run.code, run.out) == (2, "")
    assert "cannot be understood" in run.err


def test_a_list_without_an_end(
    comment: Job, gitlab: GitLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gitlab, "allowed", lambda asked: Answer(200, [], {"X-Next-Page": "2"}))
    run = comment(gitlab)
    assert (run.code, run.out) == (2, "")
    assert run.err == "segql: there are more than 100 pages of comments\n"
    assert gitlab.writes == []


def test_only_the_call_itself_loads_the_http_library() -> None:
    code = "import sys, segql.cli.comment; print('httpx2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "False\n"
