"""From tree to what the API takes: canonical text, payload, and the API's own tree."""

from segql.compiler.api_tree import to_api_tree
from segql.compiler.from_api_tree import ApiTreeError, from_api_tree
from segql.compiler.payload import CompileError, Payload, compile_parsed, compile_statement
from segql.compiler.portable import portable, segment_ql

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
