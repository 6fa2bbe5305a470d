"""Profiles as they lie in files, one after the other: JSON, CSV and Parquet."""

from typing import TYPE_CHECKING

from segql._lazy import lazily

if TYPE_CHECKING:
    from segql.profiles.files import FORMATS, Format, format_of, read_profiles
    from segql.profiles.json import read_json
    from segql.profiles.model import BadProfile, Profile, Profiles

_PLACES = {
    "BadProfile": "model.BadProfile",
    "FORMATS": "files.FORMATS",
    "Format": "files.Format",
    "format_of": "files.format_of",
    "Profile": "model.Profile",
    "Profiles": "model.Profiles",
    "read_json": "json.read_json",
    "read_profiles": "files.read_profiles",
}

__all__ = [
    "FORMATS",
    "BadProfile",
    "Format",
    "Profile",
    "Profiles",
    "format_of",
    "read_json",
    "read_profiles",
]

__getattr__ = lazily(__name__, _PLACES)
