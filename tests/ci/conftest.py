"""A repository of segments, an emulated account, and the services on which people review."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import accounts
from tests.accounts import account, emulator

from . import forges
from .forges import GitHub, GitLab
from .runners import GitHubRunner, GitLabRunner, Machine

__all__ = ["account", "emulator"]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """It has a repository with one segment, which the account does not have."""
    folder = tmp_path / "machine"
    folder.mkdir()
    machine = Machine(folder)
    machine.write("segql.toml", '[env.prod]\nowner-tag = "segql"\n')
    machine.write("audiences/vip.segql", "FILTER visits > 5 ALIAS vip\n")
    return machine


@pytest.fixture
def github() -> Iterator[GitHub]:
    forge = GitHub()
    with forges.serving(forge):
        yield forge


@pytest.fixture
def gitlab() -> Iterator[GitLab]:
    forge = GitLab()
    with forges.serving(forge):
        yield forge


Start = Callable[..., GitHubRunner]


@pytest.fixture
def start(machine: Machine, github: GitHub, emulator: str, tmp_path: Path) -> Start:
    """Start a run for an event, of this repository or of a fork."""

    def start(event: str, *, head: str = "shop/segments", secret: bool = True) -> GitHubRunner:
        is_request = event.startswith("pull_request")
        context = {
            "event_name": event,
            "repository": "shop/segments",
            "actor": "ann",
            "token": forges.TOKEN,
            "ref": "refs/pull/7/merge" if is_request else "refs/heads/main",
            **({"event.pull_request.head.repo.full_name": head} if is_request else {}),
        }
        environment = github.environment(tmp_path, None if is_request else {})
        del environment["GITHUB_TOKEN"]  # a runner gives it to nobody who does not ask for it
        environment |= {"GITHUB_EVENT_NAME": event, "LYTICS_API_URL": emulator}
        secrets = {"LYTICS_API_TOKEN": accounts.TOKEN} if secret else {}
        return GitHubRunner(machine, context, secrets, environment)

    return start


Pipeline = Callable[..., GitLabRunner]


@pytest.fixture
def pipeline(machine: Machine, gitlab: GitLab, emulator: str, tmp_path: Path) -> Pipeline:
    """Make a pipeline of GitLab for a source, such as a push."""

    def pipeline(source: str, **variables: str) -> GitLabRunner:
        account = {"LYTICS_API_URL": emulator, "LYTICS_API_TOKEN": accounts.TOKEN}
        common = {"CI_PIPELINE_SOURCE": source, "CI_DEFAULT_BRANCH": "main"}
        if source == "merge_request_event":
            request = gitlab.environment(tmp_path) | {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "12"}
            return GitLabRunner(machine, request | account | common | variables)
        branch = {"CI_COMMIT_BRANCH": "main", "GITLAB_CI": "true"}
        return GitLabRunner(machine, branch | account | common | variables)

    return pipeline
