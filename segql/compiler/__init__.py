"""From tree to what the API takes: canonical text, payload, and the API's own tree."""

from typing import TYPE_CHECKING

from segql._lazy import lazily

if TYPE_CHECKING:
    from segql.compiler.api_tree import to_api_tree
    from segql.compiler.emission import portable, segment_ql
    from segql.compiler.payload import CompileError, Payload, compile_parsed, compile_statement
    from segql.compiler.reading import ApiTreeError, from_api_tree

_PLACES = {
    "ApiTreeError": "reading.ApiTreeError",
    "CompileError": "payload.CompileError",
    "Payload": "payload.Payload",
    "compile_parsed": "payload.compile_parsed",
    "compile_statement": "payload.compile_statement",
    "from_api_tree": "reading.from_api_tree",
    "portable": "emission.portable",
    "segment_ql": "emission.segment_ql",
    "to_api_tree": "api_tree.to_api_tree",
}

__all__ = [
    "ApiTreeError",
    "CompileError",
    "Payload",
    "compile_parsed",
    "compile_statement",
    "from_api_tree",
    "portable",
    "segment_ql",
    "to_api_tree",
]

__getattr__ = lazily(__name__, _PLACES)
