"""Findings in SARIF 2.1.0, which GitHub's code scanning and many editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from cardgen.diagnostics.catalogue import Severity
from cardgen.diagnostics.shown import json_document, line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cardgen.diagnostics.catalogue import DiagnosticType
    from cardgen.diagnostics.diagnostic import Diagnostic, Place

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(diagnostics: Iterable[Diagnostic], version: str) -> str:
    """Write findings as a SARIF log of one run; columns count characters, as everywhere in cardgen.

    Args:
        diagnostics: The findings.
        version: That of the cardgen that found them.
    """
    found = list(diagnostics)
    rules = {diagnostic.code: diagnostic.type for diagnostic in found}
    index = {code: position for position, code in enumerate(rules)}
    driver = {"name": "cardgen", "version": version, "rules": [_rule(rule) for rule in rules.values()]}
    results = [_result(diagnostic, index[diagnostic.code]) for diagnostic in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json_document({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: DiagnosticType) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.about},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    return described | ({"help": {"text": rule.way_out}} if rule.way_out else {})


def _result(diagnostic: Diagnostic, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": line(f"{diagnostic.message}. {diagnostic.hint}".strip())},
    }
    if diagnostic.place is not None:
        result["locations"] = [{"physicalLocation": _location(diagnostic.place)}]
    return result


def _location(place: Place) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(place.file, errors="surrogateescape")}}
    if place.line:
        location["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endColumn": place.column + place.width,
        }
    return location
