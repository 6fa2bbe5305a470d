"""Ask the API whether segments are valid, without storing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from segql.api import Client, Rejected
from segql.compiler import compile_statement
from segql.deploy.refusal import is_refusal
from segql.workspace import Segment


def validate(client: Client, segments: Iterable[Segment]) -> Iterator[tuple[Segment, str | None]]:
    """Yield each segment with None, or with the API's reason to refuse it.

    Raises ``ApiError`` when the API cannot be asked.
    """
    for segment in segments:
        try:
            client.validate(compile_statement(segment.statement)["segment_ql"])
        except Rejected as refused:
            if not is_refusal(refused):
                raise
            yield segment, refused.message
        else:
            yield segment, None
