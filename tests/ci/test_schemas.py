"""The files are what GitHub and GitLab say that such files are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .runners import ACTION, PIPELINE, ROOT, WORKFLOW

GITLAB = ("--data-transform", "gitlab-ci")
WORKFLOWS = ("vendor.github-workflows", "custom.github-workflows-require-timeout")


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        (ACTION, ("vendor.github-actions",)),
        *((WORKFLOW, (schema,)) for schema in WORKFLOWS),
        (PIPELINE, ("vendor.gitlab-ci", *GITLAB)),
    ],
)
def test_files(path: Path, schema: tuple[str, ...]) -> None:
    assert problems(path, *schema) == ""


def test_the_jobs_of_a_page(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "team.md").read_text(encoding="utf-8")
    jobs = page.split("```yaml\njobs:\n")[1].split("```")[0]
    workflow = tmp_path / "workflow.yml"
    workflow.write_text(f"on: push\njobs:\n  check: {{uses: ./check.yml}}\n{jobs}")
    assert problems(workflow, WORKFLOWS[0]) == ""


def test_the_schemas_say_something(tmp_path: Path) -> None:
    workflow = tmp_path / "workflow.yml"
    workflow.write_text("on: push\njobs: {check: {step: []}}\n")
    assert "check" in problems(workflow, WORKFLOWS[0])


def problems(path: Path, *schema: str) -> str:
    """What is wrong with a file."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *schema, str(path)]
    done = subprocess.run(command, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr
