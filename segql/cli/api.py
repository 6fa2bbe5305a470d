"""``segql api``: send any request to the account's API."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl

import click

from segql.cli.account import account, connection, connection_options, profile_option
from segql.cli.failures import Failure
from segql.cli.streams import is_terminal, standard_input
from segql.diagnostics.reports.paths import encodable

if TYPE_CHECKING:
    from segql.api import Answer, Body, Client, Credentials, Request

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
# Where fields go into the query when there is no other body; elsewhere they are the body.
_QUERY_METHODS = frozenset({"GET", "HEAD", "DELETE"})
# The parameter that takes the token of the next page.
_PAGE_PARAMS = {"GET": "start", "POST": "next"}
# POST here only asks, and may be repeated.
_QUESTIONS = frozenset({"/api/segment/validate", "/api/segment/size", "/api/segment/scan"})

_STDIN = "-"
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([ -~]*)")
# What is ours to say: whose account it is, and where a request ends.
_OUR_HEADERS = frozenset(
    {"authorization", "connection", "content-length", "cookie", "host", "proxy-authorization"}
    | {"transfer-encoding"}
)
_TOKEN_HELP = "the token is read from LYTICS_API_TOKEN or a profile, and is sent by itself"  # noqa: S105

Fields = list[tuple[str, object]]


@click.command(name="api")
@click.argument("method", type=click.Choice(_METHODS, case_sensitive=False))
@click.argument("path")
@click.option("-f", "--raw-field", "texts", multiple=True, metavar="KEY=TEXT", help="A text.")
@click.option(
    "-F",
    "--field",
    "values",
    multiple=True,
    metavar="KEY=VALUE",
    help="A JSON value, or else a text; @FILE is the text of a file, @- of standard input.",
)
@click.option("--input", "body", metavar="FILE", help="The body: a file, or - for standard input.")
@click.option("-H", "--header", "headers", multiple=True, metavar="NAME:TEXT", help="A header.")
@click.option("--paginate", is_flag=True, help="Ask for all pages, one after the other.")
@click.option("-i", "--include", is_flag=True, help="Print the status and the headers as well.")
@connection_options
@profile_option
def command(
    method: str,
    path: str,
    texts: tuple[str, ...],
    values: tuple[str, ...],
    body: str | None,
    headers: tuple[str, ...],
    paginate: bool,
    include: bool,
    profile: str | None,
) -> None:
    """Send any request to the account's API, and print the answer.

    PATH is as in the vendor's documents, such as /api/segment. Fields go into the query of GET,
    HEAD and DELETE, and beside --input; otherwise they are the body, a JSON object. On a terminal
    JSON is indented. Keys of accounts are not shown.

    The token is read from LYTICS_API_TOKEN (or LIOKEY), the address from LYTICS_API_URL.
    """
    from segql.api import Client, HttpError

    if paginate and method not in _PAGE_PARAMS:
        raise click.UsageError(f"--paginate goes with {' and '.join(_PAGE_PARAMS)}.")
    _check_stdin(values, body)
    fields = [*map(_text, texts), *map(_value, values)]
    request = _request(method, path, fields, body, [_header(each) for each in headers])
    credentials = account(profile)
    with connection().open(Client, credentials) as client:
        try:
            for answer in _pages(client, request) if paginate else [client.request(request)]:
                _show(answer, credentials, include, paginate)
        except HttpError as error:
            if error.answer:
                _show(error.answer, credentials, include, paginate)
            raise


# ---- The request ------------------------------------------------------------------------


def _request(
    method: str, path: str, fields: Fields, source: str | None, headers: list[tuple[str, str]]
) -> Request:
    from segql.api import Request

    address, query = _address(path)
    body = _body(source) if source is not None else None
    if body or method in _QUERY_METHODS:
        query = [*query, *((key, _query_text(value)) for key, value in fields)]
    elif fields:
        body = _object(fields)
    if any(key.lower() == "key" for key, _ in query):
        raise Failure("`key` in the query would be a token", _TOKEN_HELP)
    is_question = address in _QUESTIONS
    return Request(method, address, query, body, headers, is_repeatable=is_question)


def _address(path: str) -> tuple[str, list[tuple[str, str]]]:
    """The path, and what its own query says."""
    if "://" in path.partition("?")[0]:
        help = "give the path alone; LYTICS_API_URL says where the API is"
        raise Failure("PATH is an address, and the token goes to the account's only", help)
    if "#" in path:
        raise Failure("`#` ends an address", "write %23 where a name has it")
    if not path.isprintable():
        raise Failure("PATH has characters that an address cannot have", "write them as %XX")
    address, _, query = path.partition("?")
    return f"/{address.lstrip('/')}", parse_qsl(query, keep_blank_values=True)


def _body(source: str) -> Body:
    """What --input names: JSON if it is that, otherwise a text, such as a segment."""
    from segql.api import Body
    from segql.api.decoding import decode_json
    from segql.api.messages import JSON, TEXT

    content = _read(source)
    try:
        decode_json(content)
    except ValueError:
        return Body(TEXT, content)
    return Body(JSON, content)


def _object(fields: Fields) -> Body:
    from segql.api.messages import json_body

    found: dict[str, object] = {}
    for key, value in fields:
        if key in found:
            help = 'give a list as JSON: -F \'tags=["a", "b"]\''
            raise Failure(f"the field `{key}` is given twice", help)
        found[key] = value
    return json_body(found)


def _query_text(value: object) -> str:
    from segql.api.messages import param

    return param(value)


def _text(field: str) -> tuple[str, object]:
    key, equals, text = field.partition("=")
    if not key or not equals:
        raise click.UsageError("A field is written KEY=VALUE.")
    if encodable(field) != field:  # a byte that the shell passed on as it was
        raise click.UsageError("A field is written in UTF-8.")
    return key, text


def _value(field: str) -> tuple[str, object]:
    from segql.api.decoding import decode_json

    key, _ = _text(field)
    text = field.partition("=")[2]
    if text.startswith("@"):
        return key, _decoded(text[1:])
    try:
        return key, decode_json(text.encode())
    except ValueError:
        return key, text


def _header(text: str) -> tuple[str, str]:
    found = _HEADER.fullmatch(text)
    if not found:
        raise click.UsageError("A header is written 'NAME: TEXT', in ASCII.")
    name, value = found.groups()
    if name.lower() in _OUR_HEADERS:
        raise Failure(f"the header `{name}` cannot be given", _TOKEN_HELP)
    return name, value


def _check_stdin(values: Sequence[str], body: str | None) -> None:
    sources = [body, *(value.partition("=@")[2] for value in values)]
    if sources.count(_STDIN) > 1:
        raise click.UsageError("Standard input can be read once only.")


def _decoded(source: str) -> str:
    try:
        return _read(source).decode()
    except UnicodeDecodeError:
        raise Failure(f"{source}: not UTF-8", "name a file of text") from None


def _read(source: str) -> bytes:
    return standard_input().read() if source == _STDIN else Path(source).read_bytes()


# ---- The answer -------------------------------------------------------------------------


def _pages(client: Client, request: Request) -> Iterator[Answer]:
    """The answers to a request and to those that ask for its next pages."""
    name = _PAGE_PARAMS[request.method]
    others = [each for each in request.params if each[0] != name]
    while True:
        answer = client.request(request)
        yield answer
        token = _next_token(answer)
        if not token:
            return
        request = request._replace(params=[*others, (name, token)])


def _next_token(answer: Answer) -> str:
    """The token of the next page; "" at the end, and where there are no pages."""
    from segql.api.decoding import decode_json
    from segql.api.scanning import next_token

    try:
        document = decode_json(answer.body)
    except ValueError:
        return ""
    if not isinstance(document, dict):
        return ""
    told = cast("dict[str, object]", document)
    return next_token(told) if told.get("data") else ""


def _show(answer: Answer, credentials: Credentials, include: bool, is_page: bool) -> None:
    from segql.api.responses import redacted
    from segql.diagnostics.reports.text import visible

    answer = redacted(answer, credentials)
    if include:
        click.echo(f"HTTP/1.1 {answer.status} {visible(answer.reason)}".rstrip())
        for name, value in answer.headers.items():
            click.echo(f"{visible(name)}: {visible(value)}")
        click.echo()
    if is_terminal(sys.stdout):
        for line in _indented(answer.body).splitlines():
            click.echo(visible(line))
        return
    ends = b"" if not is_page or answer.body.endswith(b"\n") else b"\n"
    click.echo(answer.body + ends, nl=False)


def _indented(body: bytes) -> str:
    import msgspec

    try:
        return msgspec.json.format(body, indent=2).decode()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return body.decode(errors="replace")
