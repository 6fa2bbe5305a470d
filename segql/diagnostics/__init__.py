"""What is said about a text: the problem, its place, why it matters and what to do."""

from segql.diagnostics.codes import CODES, Code
from segql.diagnostics.diagnostic import Diagnostic, Edit, Fix, diagnostic
from segql.diagnostics.suggest import did_you_mean

__all__ = ["CODES", "Code", "Diagnostic", "Edit", "Fix", "diagnostic", "did_you_mean"]
