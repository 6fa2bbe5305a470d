"""The files of a folder as one whole: configuration, discovery, segments, INCLUDE graph."""

from segql.workspace.config import Config, ConfigError, find_config
from segql.workspace.graph import cycles, in_include_order, include_graph
from segql.workspace.workspace import (
    STDIN,
    Segment,
    Selection,
    Workspace,
    config_for,
    files_around,
    read_bytes,
    read_file,
    select,
    slug_of,
)

__all__ = [
    "STDIN",
    "Config",
    "ConfigError",
    "Segment",
    "Selection",
    "Workspace",
    "config_for",
    "cycles",
    "files_around",
    "find_config",
    "in_include_order",
    "include_graph",
    "read_bytes",
    "read_file",
    "select",
    "slug_of",
]
