"""The description of the API: it is what is served, and no looser than the vendor's."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx2
import jsonschema
import pytest

from segql.emulator import Setup, running
from segql.emulator.models import ACCOUNT_ID
from segql.emulator.openapi import description
from segql.emulator.routes import OPERATIONS

from .conftest import TOKEN, collect, data, post_text

REST = json.loads((Path(__file__).parent / "documents" / "rest.json").read_text())
OWN = description()

# What the vendor's document calls otherwise.
PARAMETERS = {"slug_or_id": "id"}
SCHEMAS = {"SegmentScanRequest": "FilterRequest", "DatamodelField": "DatamodelField"}
# The page of the Segment API has other kinds than the OpenAPI document, and both are told.
WIDER = {("Segment", "kind")}
# The key of the account is told to nobody.
UNTOLD = {("Account", "apikey")}


@pytest.fixture(scope="module")
def http() -> Iterator[httpx2.Client]:
    """An account in which there is something of everything."""
    with (
        running(Setup(token=TOKEN)) as url,
        httpx2.Client(base_url=url, headers={"Authorization": TOKEN}, trust_env=False) as http,
    ):
        collect(http, {"email": "anna@example.com", "visitct": 7, "scores": {"m": 1.5}})
        post_text(http, "FILTER visitct > 5 WITH kind = audience ALIAS often")
        http.post("/api/connection", json={"name": "a", "type": "csv"})
        yield http


def operations(document: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {
        operation["operationId"]: (method, path)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_it_is_served_to_everybody(http: httpx2.Client) -> None:
    response = httpx2.get(f"{http.base_url}/openapi.json", trust_env=False)
    assert response.headers["content-type"] == "application/json"
    assert response.json() == OWN


def test_it_has_every_operation_of_the_vendors_document() -> None:
    theirs = {
        name: (method, path.replace("{slug_or_id}", "{id}"))
        for name, (method, path) in operations(REST).items()
    }
    assert len(theirs) == 19
    assert theirs.items() <= operations(OWN).items()


def test_it_is_what_is_served(http: httpx2.Client) -> None:
    """Each path has exactly the methods that are described."""
    for path, methods in OWN["paths"].items():
        response = http.request("OPTIONS", path)
        assert response.status_code == 405
        allowed = {method.lower() for method in response.headers["allow"].split(", ")}
        assert allowed == methods.keys()
    assert {each.id for each in OPERATIONS} == operations(OWN).keys()
    assert len(OPERATIONS) == len(operations(OWN))


@pytest.mark.parametrize("name", REST["components"]["schemas"])
def test_it_is_no_looser(name: str) -> None:
    """Of each schema of the vendor's, ours has all fields with the same types or narrower ones."""
    theirs = REST["components"]["schemas"][name]
    if name.endswith("Response") or name == "CollectRequest":
        return  # the envelopes are compared where they are used
    ours = OWN["components"]["schemas"].get(SCHEMAS.get(name, name)) or profile_schema()
    assert {*theirs.get("required", ())} <= {*ours.get("required", ())}
    assert theirs.get("oneOf") == ours.get("oneOf")
    for field, schema in theirs["properties"].items():
        if (name, field) not in UNTOLD:
            is_wider = (name, field) in WIDER
            assert_no_looser(ours["properties"][field], schema, is_wider)


def profile_schema() -> dict[str, Any]:
    answer = OWN["paths"]["/api/entity/{table}/{field}/{value}"]["get"]["responses"]["200"]
    return answer["content"]["application/json"]["schema"]["properties"]["data"]


def assert_no_looser(ours: dict[str, Any], theirs: dict[str, Any], is_wider: bool = False) -> None:
    ours = OWN["components"]["schemas"][ours["$ref"].split("/")[-1]] if "$ref" in ours else ours
    for key in ("type", "format", "items"):
        if key == "items" and key in theirs:
            assert key in ours
        elif key in theirs and not (key == "type" and "enum" in ours):
            assert ours[key] == theirs[key]
    if "enum" in theirs:
        same = {*theirs["enum"]} <= {*ours["enum"]} if is_wider else None
        assert same or {*ours["enum"]} == {*theirs["enum"]}


@pytest.mark.parametrize("operation", operations(REST))
def test_statuses_and_parameters(operation: str) -> None:
    method, path = operations(REST)[operation]
    theirs = REST["paths"][path][method]
    own_method, own_path = operations(OWN)[operation]
    ours = OWN["paths"][own_path][own_method]
    assert theirs["responses"].keys() <= ours["responses"].keys()
    said = {(each["name"], each["in"]) for each in ours["parameters"]}
    for parameter in theirs["parameters"]:
        if "$ref" in parameter:  # the key, which is among the ways to authorize; the account's id
            continue
        name = PARAMETERS.get(parameter["name"], parameter["name"])
        assert (name, parameter["in"]) in said
    assert ("requestBody" in theirs) <= ours.get("requestBody", {}).get("required", False)


def test_answers_have_an_envelope() -> None:
    for methods in OWN["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                if status != "204":
                    schema = answer["content"]["application/json"]["schema"]
                    if "$ref" in schema:
                        schema = OWN["components"]["schemas"]["Error"]
                    assert {"status", "message"} <= {*schema["required"]}


def test_its_schemas_are_schemas() -> None:
    for schema in OWN["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def schemathesis(document: dict[str, Any], config: str, folder: Path, url: str) -> None:
    """Let schemathesis ask all that a document has, also wrongly, and judge the answers."""
    assert find_spec("schemathesis"), "schemathesis is not installed: pip install -e '.[dev]'"
    (folder / "document.json").write_text(json.dumps(document))
    (folder / "config.toml").write_text(config)
    (folder / "hooks.py").write_text(HOOKS)
    done = subprocess.run(
        [
            *(sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"),
            *("--config-file", "config.toml", "run", "document.json", "--url", url),
            *("--header", f"Authorization: {TOKEN}", "--seed", "1", "--max-examples", "10"),
            *("--generation-database", "none", "--no-color"),
        ],
        cwd=folder,
        env={"PYTHONPATH": ":".join([".", *sys.path]), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert f"Tested: {len(operations(document))}\n" in done.stdout


# What a filter is, no schema can say.
HOOKS = """
import schemathesis
from hypothesis import strategies as st

texts = ["FILTER visitct > 5 ALIAS often", 'AND (EXISTS email, city IN ("a", "b")) ALIAS reachable']
schemathesis.openapi.format("segmentql", st.sampled_from(texts))
"""
COMMON = f"""
hooks = "hooks"

[parameters]
"path.aid" = "{ACCOUNT_ID}"
"path.slug_or_id" = "often"
"path.table" = "user"
"path.field" = "email"
"path.value" = "anna@example.com"

# A job that is cancelled is still there.
[[operations]]
include-operation-id = ["cancelJob", "getJob"]
checks.use_after_free.enabled = false

# Whether they are taken depends on more than a schema can say: what else is there.
[[operations]]
include-operation-id = [
    "createJob", "createSegment", "updateSegment", "validateSegment", "sizeSegment",
    "scanSegment", "scanSegments", "scanStoredSegment",
]
checks.positive_data_acceptance.enabled = false
"""
# The paths of segments have more methods than the vendor's document knows of, and its key is a
# parameter that is given as well as the header.
OF_THE_VENDOR = """
[checks]
unsupported_method.enabled = false
allow_header_conformance.enabled = false
ignored_auth.enabled = false
"""


def test_schemathesis_on_our_description(http: httpx2.Client, tmp_path: Path) -> None:
    schemathesis(OWN, COMMON, tmp_path, str(http.base_url))


def test_schemathesis_on_the_vendors_document(tmp_path: Path) -> None:
    with (
        running(Setup(token=TOKEN)) as url,
        httpx2.Client(base_url=url, headers={"Authorization": TOKEN}, trust_env=False) as http,
    ):
        collect(http, {"email": "anna@example.com", "visitct": 7, "scores": {"m": 1.5}})
        # Of the kinds, the two documents have different ones: those that are given are told.
        post_text(http, "FILTER visitct > 5 WITH kind = audience, is_public = true ALIAS often")
        assert data(http.get("/api/segment/often"))["size"] == 1
        schemathesis(REST, COMMON + OF_THE_VENDOR, tmp_path, url)
