"""The files of a folder as one whole: configuration, discovery, segments, INCLUDE graph."""

from segql.workspace.config import Config, ConfigError, find_config
from segql.workspace.graph import cycles, in_include_order, include_graph
from segql.workspace.naming import slug_of
from segql.workspace.outline import Mention, Outline, Overview, Placed, outlines_of
from segql.workspace.workspace import (
    STDIN,
    FilePath,
    Found,
    Segment,
    Selection,
    Workspace,
    config_for,
    files_around,
    find,
    read_bytes,
    read_file,
    select,
    source_of,
)

__all__ = [
    "STDIN",
    "Config",
    "ConfigError",
    "FilePath",
    "Found",
    "Mention",
    "Outline",
    "Overview",
    "Placed",
    "Segment",
    "Selection",
    "Workspace",
    "config_for",
    "cycles",
    "files_around",
    "find",
    "find_config",
    "in_include_order",
    "include_graph",
    "outlines_of",
    "read_bytes",
    "read_file",
    "select",
    "slug_of",
    "source_of",
]
