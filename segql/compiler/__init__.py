"""From tree to what the API takes: canonical text, payload, and the API's own tree."""

from segql.compiler.api_tree import to_api_tree
from segql.compiler.payload import CompileError, Payload, compile_parsed, compile_statement
from segql.compiler.portable import portable, segment_ql

__all__ = [
    "CompileError",
    "Payload",
    "compile_parsed",
    "compile_statement",
    "portable",
    "segment_ql",
    "to_api_tree",
]
