"""The segment of all profiles: every account has it, and no list of segments tells it.

Source: the vendor's REST description, whose examples ask for it.
"""

from __future__ import annotations

EVERYBODY = "all_users"  # its slug; a segment of the account that has it comes first
EVERYBODY_TEXT = "FILTER *"
