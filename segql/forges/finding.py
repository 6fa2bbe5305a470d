"""Which service this job runs on."""

from __future__ import annotations

from collections.abc import Mapping

from segql.forges.forge import Forge, ForgeError
from segql.forges.github import open_github
from segql.forges.gitlab import open_gitlab

# A variable that the service sets to "true" in its jobs -> how its pull request is found.
_FORGES = {"GITHUB_ACTIONS": open_github, "GITLAB_CI": open_gitlab}


def open_forge(environ: Mapping[str, str]) -> Forge:
    """The pull request that this job runs for.

    Raises:
        ForgeError: this is no such job, or there is no token.
        CredentialsError: the token or the address is unusable.
        OSError: the event of the job cannot be read.
    """
    for variable, find in _FORGES.items():
        if environ.get(variable) == "true":
            return find(environ)
    raise ForgeError(
        f"there is no pull request to comment on: neither {' nor '.join(_FORGES)} is set",
        "Run it in a job of GitHub Actions or GitLab CI.",
    )
