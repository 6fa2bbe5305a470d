"""Runs the jobs of GitHub Actions and of GitLab CI, as far as the files of this repository go."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
ACTION = ROOT / "action.yml"
WORKFLOW = ROOT / "docs" / "github-actions.yml"
PIPELINE = ROOT / "docs" / "gitlab-ci.yml"

Variables = Mapping[str, str]


class Run(NamedTuple):
    code: int
    log: str
    outputs: Mapping[str, str]
    summary: str


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


class Machine:
    """Where a job runs: a folder with the repository, and a PATH with segql and a pip.

    The pip installs nothing, and notes what it was called with and whether it could see secrets.
    """

    def __init__(self, folder: Path) -> None:
        self.workspace = folder / "workspace"
        self.temporary = folder / "temporary"
        self._calls = folder / "pip.txt"
        bin = folder / "bin"
        for path in (self.workspace, self.temporary, bin):
            path.mkdir()
        write_program(bin / "segql", f'exec {sys.executable} -m segql "$@"')
        seen = "${LYTICS_API_TOKEN:+seen}${GITHUB_TOKEN:+seen}${GH_TOKEN:+seen}"
        write_program(bin / "pip", f'echo "$@" secrets={seen} >> {self._calls}')
        self.environment = {
            "PATH": f"{bin}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "CI": "true",
        }

    @property
    def installed(self) -> list[str]:
        return self._calls.read_text().splitlines() if self._calls.exists() else []

    def write(self, name: str, text: str) -> None:
        path = self.workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def new_file(self) -> Path:
        handle, name = tempfile.mkstemp(dir=self.temporary)
        os.close(handle)
        return Path(name)

    def bash(self, script: str, environment: Variables) -> tuple[int, str]:
        path = self.new_file()
        path.write_text(script, encoding="utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(path)],
            cwd=self.workspace,
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
        )
        assert "Traceback" not in done.stdout, done.stdout
        return done.returncode, done.stdout


def write_program(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


# ---- GitHub -----------------------------------------------------------------------------

_EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")
_WORDS = re.compile(r"'[^']*'|[A-Za-z_][\w.-]*|==|!=|&&|\|\||[()]")
_OPERATORS = {"&&": " and ", "||": " or "}


class GitHubRunner:
    """Runs jobs for an event; `github` is the context of that name, with dots in its keys."""

    def __init__(
        self, machine: Machine, github: Variables, secrets: Variables, environment: Variables
    ) -> None:
        self.machine = machine
        self.contexts: dict[str, str | None] = {f"github.{key}": github[key] for key in github}
        self.contexts |= {f"secrets.{key}": secrets[key] for key in secrets}
        self.environment = environment

    def jobs(self) -> list[str]:
        """The jobs of the workflow that this event starts."""
        jobs = read(WORKFLOW)["jobs"]
        return [name for name in jobs if self.value(jobs[name].get("if", "'true'"))]

    def job(self, name: str) -> Run:
        """Run a job of the workflow."""
        assert name in self.jobs()
        runs = list(self._steps(read(WORKFLOW)["jobs"][name]["steps"], {}))
        return Run(runs[-1].code, "".join(run.log for run in runs), runs[-1].outputs, "")

    def action(self, inputs: Variables | None = None, **environment: str) -> Run:
        """Run the action with these inputs."""
        action = read(ACTION)
        inputs = inputs or {}
        assert inputs.keys() <= action["inputs"].keys()
        given = {name: said["default"] for name, said in action["inputs"].items()} | {**inputs}
        before = self.contexts
        self.contexts = before | {f"inputs.{name}": given[name] for name in given}
        path = {"GITHUB_ACTION_PATH": str(ROOT)}
        runs = list(self._steps(action["runs"]["steps"], environment | path))
        outputs = {name: self.text(said["value"]) for name, said in action["outputs"].items()}
        self.contexts = before
        log = "".join(run.log for run in runs)
        return Run(runs[-1].code, log, outputs, runs[-1].summary)

    def _steps(self, steps: list[Any], environment: Variables) -> Iterator[Run]:
        """Run steps until one fails; the actions of others are left out."""
        for step in steps:
            own = {name: self.text(value) for name, value in step.get("env", {}).items()}
            run = None
            if "run" in step:
                run = self._script(step, {**environment, **own})
            elif step["uses"].startswith("segql/segql@"):
                run = self.action({k: str(v) for k, v in step.get("with", {}).items()}, **own)
            if run:
                yield run
                if run.code:
                    return

    def _script(self, step: Any, environment: Variables) -> Run:
        output, summary = self.machine.new_file(), self.machine.new_file()
        runner = {
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "RUNNER_TEMP": str(self.machine.temporary),
        }
        code, log = self.machine.bash(
            self.text(step["run"]), {**self.environment, **runner, **environment}
        )
        outputs = dict(line.split("=", 1) for line in output.read_text().splitlines())
        for name, value in outputs.items():
            self.contexts[f"steps.{step.get('id')}.outputs.{name}"] = value
        return Run(code, log, outputs, summary.read_text())

    def text(self, template: object) -> str:
        """A text with the values of its expressions."""
        return _EXPRESSION.sub(lambda found: _shown(self.value(found[1])), str(template))

    def value(self, expression: str) -> Any:
        """The value of an expression; what a context does not have is nothing."""
        return _evaluated(expression, self.contexts.get)


def _shown(value: Any) -> str:
    return str({None: "", True: "true", False: "false"}.get(value, value))


def _evaluated(expression: str, look_up: Callable[[str], str | None]) -> Any:
    assert not _WORDS.sub("", expression).strip(), expression
    words = (
        _OPERATORS.get(word)
        or (word if word[0] in "'=!()" else repr(look_up(word.removeprefix("$"))))
        for word in _WORDS.findall(expression)
    )
    return eval("".join(words))


# ---- GitLab -----------------------------------------------------------------------------


class GitLabRunner:
    """Runs jobs of a pipeline with these variables."""

    def __init__(self, machine: Machine, variables: Variables) -> None:
        self.machine = machine
        self.variables = variables

    def jobs(self) -> list[str]:
        """The jobs that this pipeline has."""
        names = (name for name in read(PIPELINE) if not name.startswith("."))
        return [name for name in names if any(map(self._holds, self._job(name)["rules"]))]

    def job(self, name: str) -> Run:
        assert name in self.jobs()
        job = self._job(name)
        script = "\n".join([*job["before_script"], *job["script"]])
        return Run(*self.machine.bash(script, self.variables), {}, "")

    def _job(self, name: str) -> Any:
        jobs = read(PIPELINE)
        job = jobs[name]
        return (jobs[job["extends"]] if "extends" in job else {}) | job

    def _holds(self, rule: Any) -> bool:
        expression = re.sub(r'"([^"]*)"', r"'\1'", rule["if"]).replace("$", "")
        return bool(_evaluated(expression, self.variables.get))
