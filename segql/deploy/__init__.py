"""Bring the segments of a workspace to an account."""

from segql.deploy.compare import changed_fields
from segql.deploy.push import Outcome, PushError, Step, push
from segql.deploy.refusal import is_refusal
from segql.deploy.validate import validate

__all__ = ["Outcome", "PushError", "Step", "changed_fields", "is_refusal", "push", "validate"]
