"""docs/gitlab-ci.yml: which job runs when, and a day of it."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest

from segql.api import Client
from tests.accounts import stored

from .conftest import Pipeline
from .forges import READER, GitLab
from .runners import PIPELINE, Machine, read

REQUEST = "merge_request_event"


@pytest.mark.parametrize(
    ("source", "variables", "jobs"),
    [
        (REQUEST, {}, ["segments", "segments-plan"]),
        (REQUEST, {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "99"}, ["segments"]),  # of a fork
        ("push", {}, ["segments", "segments-apply"]),
        ("push", {"CI_COMMIT_BRANCH": "draft"}, []),
        ("schedule", {}, ["segments-drift"]),
    ],
)
def test_which_jobs_run(
    pipeline: Pipeline, source: str, variables: dict[str, str], jobs: list[str]
) -> None:
    assert pipeline(source, **variables).jobs() == jobs


def test_a_day(pipeline: Pipeline, machine: Machine, gitlab: GitLab, account: Client) -> None:
    assert pipeline(REQUEST).job("segments").code == 0
    assert pipeline(REQUEST).job("segments-plan").log.startswith("written: ")
    assert pipeline(REQUEST).job("segments-plan").log.startswith("unchanged: ")
    (note,) = gitlab.bodies
    assert note.startswith("<!-- segql plan: prod -->\n### Plan for <code>prod at ")
    assert stored(account) == []

    assert pipeline("push").job("segments-apply").code == 0
    assert [segment.slug_name for segment in stored(account)] == ["vip"]
    assert pipeline("schedule").job("segments-drift").code == 0
    account.update("vip", {"segment_ql": "FILTER visits > 50"})
    assert pipeline("schedule").job("segments-drift").code == 3

    assert pipeline(REQUEST).job("segments-plan").log.startswith("replaced: ")
    assert len(gitlab.comments) == 1


def test_findings(pipeline: Pipeline, machine: Machine, gitlab: GitLab) -> None:
    machine.write("audiences/bad.segql", "FILTER a > ALIAS bad")
    run = pipeline(REQUEST).job("segments")
    assert run.code == 1
    assert "audiences/bad.segql:1:12: error SYN002" in run.log
    report = json.loads((machine.workspace / "gl-code-quality-report.json").read_text())
    assert [problem["check_name"] for problem in report] == ["incomplete"]
    junit = ET.parse(machine.workspace / "segql-junit.xml")
    assert junit.getroot().get("failures") == "1"

    assert pipeline(REQUEST).job("segments-plan").code != 0
    assert gitlab.asked == []


def test_what_is_missing(pipeline: Pipeline) -> None:
    run = pipeline(REQUEST, LYTICS_API_TOKEN="").job("segments-plan")
    assert run.code != 0
    assert "segql: no API token" in run.log
    run = pipeline(REQUEST, GITLAB_TOKEN=READER).job("segments-plan")
    assert run.code == 2
    assert "GITLAB_TOKEN needs the scope `api`" in run.log


def test_two_applies_never_run_at_once() -> None:
    job = read(PIPELINE)["segments-apply"]
    assert job["resource_group"] == "segql-apply-prod"
    assert job["environment"] == "production"
    assert not job.get("interruptible")
