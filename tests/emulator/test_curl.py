"""The vendor's own examples: its command lines, with only host and token changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import pytest

from segql.emulator import Setup, running

from .conftest import TOKEN, collect, post_text

FILTER = """
FILTER AND (
    visitct > 5,
    lastvisit_ts >= "now-30d",
    score_momentum >  10
)
"""
TEXT = f"{FILTER}ALIAS our_test_activelist\n\n"
JSON = """
{
    "name":"Most Active Users",
    "segment_ql": "FILTER AND (visitct > 5,lastvisit_ts >= \\"now-30d\\", score_momentum >  10)",
    "slug_name":"our_test_activelist",
    "is_public": true,
    "description":"a description of what this is for"
}
"""
JSON_WITH_TAGS = JSON.replace('for"\n', 'for",\n    "tags":["email_personalization","product"]\n')
CONTENT = """
FILTER AND (
   EXISTS imageurls     -- Make sure they have images
   aspects = "article"  -- Ensure they are of type article
   PATH = "blog"        -- only show those from the /blog  part of site
   created > "now-30d"  -- only those authored in last 30 days
)
FROM content
WITH
   name = "Recent Blog Articles With Images"
ALIAS recent_blog_articles

"""

HEADER = '-H "Authorization: $LIOKEY"'
PLAIN = '-H "Content-type: text/plain"'
IS_JSON = '-H "Content-type: application/json"'
ACTIVE = {"visitct": 9, "score_momentum": 20}


class Example(NamedTuple):
    """A documented command line, but for `| jq`; the status it gets, and what the data tells."""

    line: str
    status: int
    told: Callable[[Any], bool]


def is_active(segment: Any) -> bool:
    return segment["slug_name"] == "our_test_activelist" and "now-30d" in segment["segment_ql"]


def is_described(segment: Any) -> bool:
    described = segment["description"] == "a description of what this is for"
    return is_active(segment) and described and segment["is_public"] is True


def is_tagged(segment: Any) -> bool:
    return is_described(segment) and segment["tags"] == ["email_personalization", "product"]


def is_about_content(segment: Any) -> bool:
    name = segment["name"] == "Recent Blog Articles With Images"
    return name and (segment["slug_name"], segment["table"]) == ("recent_blog_articles", "content")


def slugs(*expected: str) -> Callable[[Any], bool]:
    return lambda segments: [each["slug_name"] for each in segments] == [*expected]


EXAMPLES = {
    "list": Example(f'curl "$LIOAPI/api/segment" -s {HEADER}', 200, slugs("123456id")),
    "list_content": Example(
        f'curl "$LIOAPI/api/segment?table=content" -s {HEADER}', 200, slugs("pages")
    ),
    "create_text": Example(
        f"curl -s -XPOST \"https://api.lytics.io/api/segment\" {PLAIN} {HEADER} -d'{TEXT}'",
        201,
        is_active,
    ),
    "create_file": Example(
        f"curl -s -XPOST 'https://api.lytics.io/api/segment' {PLAIN} {HEADER} -d @my_segment.json",
        201,
        is_active,
    ),
    "create_json": Example(
        f'curl -s -XPOST "https://api.lytics.io/api/segment" {HEADER} {IS_JSON} '
        f"-d'{JSON_WITH_TAGS}'",
        201,
        is_tagged,
    ),
    "create_json_file": Example(
        f'curl -s -XPOST "$LIOAPI/api/segment" {HEADER} {IS_JSON} -d @segment.json', 201, is_tagged
    ),
    "create_content": Example(
        f"curl -s -XPOST \"https://api.lytics.io/api/segment\" {PLAIN} {HEADER} -d'{CONTENT}'",
        201,
        is_about_content,
    ),
    "update": Example(
        f'curl -s -XPUT "https://api.lytics.io/api/segment/123456id" {HEADER} {IS_JSON} '
        f"-d'{JSON}'",
        200,
        is_described,
    ),
    "size": Example(
        f"curl -s -XPOST \"https://api.lytics.io/api/segment/size\" {PLAIN} {HEADER} -d'{FILTER}'",
        200,
        lambda told: told["size"] == 1,
    ),
    "validate": Example(
        f"curl -s -XPOST 'https://api.lytics.io/api/segment/validate' {PLAIN} {HEADER} "
        f"-d'{FILTER}'",
        200,
        lambda told: told is None,
    ),
}


@pytest.fixture
def url() -> Iterator[str]:
    with (
        running(Setup(token=TOKEN)) as url,
        httpx2.Client(base_url=url, headers={"Authorization": TOKEN}, trust_env=False) as http,
    ):
        collect(http, {**ACTIVE, "lastvisit_ts": "2099-01-01T00:00:00Z"})
        collect(http, {**ACTIVE, "lastvisit_ts": "2015-04-01T00:00:00Z"})
        post_text(http, "FILTER visitct > 5 ALIAS `123456id`")
        post_text(http, "FILTER EXISTS url FROM content ALIAS pages")
        yield url


def run(line: str, url: str, folder: Path) -> Any:
    """Run a command line in a shell, and give what it prints, which ends with the status."""
    assert shutil.which("curl"), "curl is not installed, and these are its command lines"
    command = line.replace("https://api.lytics.io", url)
    environment = {"PATH": os.environ["PATH"], "LIOAPI": url, "LIOKEY": TOKEN}
    done = subprocess.run(
        ["bash", "-c", f"{command} -w '\\n%{{http_code}}' --noproxy '*'"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    body, _, status = done.stdout.rpartition("\n")
    return int(status), json.loads(body)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str, url: str, tmp_path: Path) -> None:
    (tmp_path / "my_segment.json").write_text(TEXT)
    (tmp_path / "segment.json").write_text(JSON_WITH_TAGS)
    example = EXAMPLES[name]
    status, answer = run(example.line, url, tmp_path)
    assert status == example.status, answer
    assert example.told(answer["data"]), answer


def test_json_that_is_said_to_be_text(url: str, tmp_path: Path) -> None:
    """The documented name of that file is one of JSON, whatever its media type."""
    (tmp_path / "my_segment.json").write_text(JSON_WITH_TAGS)
    status, answer = run(EXAMPLES["create_file"].line, url, tmp_path)
    assert (status, is_tagged(answer["data"])) == (201, True)


def test_posting_a_text_again_updates(url: str, tmp_path: Path) -> None:
    _, first = run(EXAMPLES["create_text"].line, url, tmp_path)
    status, again = run(EXAMPLES["create_text"].line, url, tmp_path)
    assert (status, again["data"]["id"]) == (200, first["data"]["id"])


def test_the_answers_have_the_documented_shape(url: str, tmp_path: Path) -> None:
    _, answer = run(EXAMPLES["validate"].line, url, tmp_path)
    assert answer == {"status": 200, "message": "success", "data": None}
    _, answer = run(EXAMPLES["create_text"].line, url, tmp_path)
    documented = {
        *("id", "account_id", "author_id", "kind", "segment_ql", "created", "updated"),
        *("description", "is_public", "name", "slug_name", "tags", "slug", "fields"),
    }
    assert documented <= answer["data"].keys()
    fields = ["lastvisit_ts", "score_momentum", "visitct"]
    assert (answer["data"]["kind"], answer["data"]["fields"]) == ("segment", fields)
