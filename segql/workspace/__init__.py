"""The files of a folder as one whole: configuration, discovery, segments, INCLUDE graph."""

from typing import TYPE_CHECKING

from segql._lazy import lazily

if TYPE_CHECKING:
    from segql.workspace.config import Config, ConfigError, find_config
    from segql.workspace.environments import Environment
    from segql.workspace.finding import STDIN, FilePath, Found, config_for, files_around, find
    from segql.workspace.graph import cycles, in_include_order, include_graph
    from segql.workspace.naming import slug_of
    from segql.workspace.outline import Mention, Outline, Overview, Placed, outlines_of
    from segql.workspace.reading import read_bytes, read_file, source_of
    from segql.workspace.workspace import Segment, Selection, Workspace, select

_PLACES = {
    "Config": "config.Config",
    "ConfigError": "config.ConfigError",
    "Environment": "environments.Environment",
    "FilePath": "finding.FilePath",
    "Found": "finding.Found",
    "Mention": "outline.Mention",
    "Outline": "outline.Outline",
    "Overview": "outline.Overview",
    "Placed": "outline.Placed",
    "STDIN": "finding.STDIN",
    "Segment": "workspace.Segment",
    "Selection": "workspace.Selection",
    "Workspace": "workspace.Workspace",
    "config_for": "finding.config_for",
    "cycles": "graph.cycles",
    "files_around": "finding.files_around",
    "find": "finding.find",
    "find_config": "config.find_config",
    "in_include_order": "graph.in_include_order",
    "include_graph": "graph.include_graph",
    "outlines_of": "outline.outlines_of",
    "read_bytes": "reading.read_bytes",
    "read_file": "reading.read_file",
    "select": "workspace.select",
    "slug_of": "naming.slug_of",
    "source_of": "reading.source_of",
}

__all__ = [
    "STDIN",
    "Config",
    "ConfigError",
    "Environment",
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

__getattr__ = lazily(__name__, _PLACES)
