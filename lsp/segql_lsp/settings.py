"""What the client's settings say: the section ``segql``."""

from __future__ import annotations

from typing import Literal

import msgspec


class Diagnostics(msgspec.Struct, frozen=True):
    """For which documents problems are reported."""

    scope: Literal["workspace", "openFiles"] = "workspace"


class InlayHints(msgspec.Struct, frozen=True):
    """Which hints stand in the text."""

    instants: bool = True  # what date math means now
    types: bool = False  # of fields


class CodeLens(msgspec.Struct, frozen=True):
    """What stands above segments."""

    includes: bool = True  # who includes it
    members: bool = True  # how many profiles are in it


class Settings(msgspec.Struct, frozen=True, rename="camel"):
    """All settings; what is absent has its default."""

    diagnostics: Diagnostics = Diagnostics()
    inlay_hints: InlayHints = InlayHints()
    code_lens: CodeLens = CodeLens()


def read(value: object) -> Settings:
    """The settings of a section, or the defaults. Raises ``ValueError`` with the reason."""
    return msgspec.convert(value, Settings) if isinstance(value, dict) else Settings()
