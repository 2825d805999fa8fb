"""Findings about source files: what can be found, one finding, and the ways to write them."""

from cardgen.diagnostics.catalogue import CATALOGUE, DiagnosticType, Severity
from cardgen.diagnostics.diagnostic import (
    Diagnostic,
    Place,
    counted,
    diagnose,
    did_you_mean,
    has_errors,
    in_file_order,
    quoted,
    shortened,
)
from cardgen.diagnostics.raising import DecksError, Findings
from cardgen.diagnostics.render import JSON_VERSION, as_github, as_json, as_text, summary
from cardgen.diagnostics.sarif import as_sarif

__all__ = [
    "CATALOGUE",
    "JSON_VERSION",
    "DecksError",
    "Diagnostic",
    "DiagnosticType",
    "Findings",
    "Place",
    "Severity",
    "as_github",
    "as_json",
    "as_sarif",
    "as_text",
    "counted",
    "diagnose",
    "did_you_mean",
    "has_errors",
    "in_file_order",
    "quoted",
    "shortened",
    "summary",
]
