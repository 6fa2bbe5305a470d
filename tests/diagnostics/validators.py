"""The schemas of the formats, and what no schema says."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, Draft202012Validator
from jsonschema.protocols import Validator
from xmlschema import XMLSchema10

_SCHEMAS = Path(__file__).parent / "schemas"
# RFC 3986: a scheme with an absolute path, or a relative path whose first part has no colon.
_URI = re.compile(r"(file:///|(?![^/]*:))(%[0-9A-F]{2}|[A-Za-z0-9\-._~!$&'()*+,;=:@/])*")


def sarif_errors(log: Any) -> list[str]:
    return _errors(_sarif(), log)


def gitlab_errors(report: Any) -> list[str]:
    return _errors(_gitlab(), report)


def junit_errors(document: str) -> list[str]:
    return [str(error) for error in _junit().iter_errors(document)]


def is_uri_reference(text: str) -> bool:
    return _URI.fullmatch(text) is not None


def _errors(validator: Validator, instance: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(instance)]


def _loaded(name: str) -> Any:
    return json.loads((_SCHEMAS / name).read_text(encoding="utf-8"))


@cache
def _sarif() -> Validator:
    return Draft4Validator(_loaded("sarif-2.1.0-rtm.5.json"))


@cache
def _gitlab() -> Validator:
    return Draft202012Validator(_loaded("gitlab-code-quality.json"))


@cache
def _junit() -> XMLSchema10:
    return XMLSchema10(_SCHEMAS / "junit-10.xsd")
