"""Findings in SARIF: the structure that the standard requires, and what the findings say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

import cardgen as package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

# What section 3 of the standard asks of the properties that we write, as a schema: the types, what is required,
# and no property that the standard does not have. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
MESSAGE = {
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {"text": {"type": "string", "minLength": 1}},
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
NATURAL = {"type": "integer", "minimum": 1}
REGION = {
    "type": "object",
    "required": ["startLine"],
    "additionalProperties": False,
    "properties": {"startLine": NATURAL, "startColumn": NATURAL, "endColumn": NATURAL},
}
LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "additionalProperties": False,
                    "properties": {"uri": {"type": "string", "pattern": "^[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+$"}},
                },
                "region": REGION,
            },
        }
    },
}
RULE = {
    "type": "object",
    "required": ["id"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "name": {"type": "string"},
        "shortDescription": MESSAGE,
        "help": MESSAGE,
        "defaultConfiguration": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"level": LEVEL},
        },
    },
}
RESULT = {
    "type": "object",
    "required": ["message"],
    "additionalProperties": False,
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": MESSAGE,
        "locations": {"type": "array", "maxItems": 1, "items": LOCATION},
    },
}
LOG = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"const": "https://json.schemastore.org/sarif-2.1.0.json"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "additionalProperties": False,
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "additionalProperties": False,
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"const": "cardgen"},
                                    "version": {"const": package.__version__},
                                    "rules": {"type": "array", "uniqueItems": True, "items": RULE},
                                },
                            }
                        },
                    },
                    "columnKind": {"const": "unicodeCodePoints"},
                    "results": {"type": "array", "items": RESULT},
                },
            },
        },
    },
}


def sarif(cardgen: Callable[..., Ran], *arguments: str) -> dict[str, Any]:
    """Run the check, and give the only run of its log, which must be as the standard has it."""
    log = json.loads(cardgen("check", "--output", "sarif", *arguments).out)
    Draft202012Validator(LOG).validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


def test_no_findings_are_a_log_without_results(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks()
    run = sarif(cardgen)
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


def test_every_sort_of_finding_is_a_result(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    cards = (
        "title: One\ncards:\n"
        "  - {id: a, kind: basic, front: Describe it., back: TODO}\n"
        "  - {id: b, kind: basic, front: Which?, back: A, tags: [b, a]}\n"
    )
    decks({"demo/one.yaml": cards, "demo/ä b.yaml": cards})
    run = sarif(cardgen, "--severity", "info", "--rule", "S13", "--rule", "A04", "--rule", "D05")
    seen = [
        (
            result["ruleId"],
            run["tool"]["driver"]["rules"][result["ruleIndex"]]["name"],
            result["level"],
            result["locations"][0]["physicalLocation"],
        )
        for result in run["results"]
    ]

    def place(line: int, start: int, end: int) -> dict[str, Any]:
        return {
            "artifactLocation": {"uri": "decks/demo/one.yaml"},
            "region": {"startLine": line, "startColumn": start, "endColumn": end},
        }

    assert seen == [
        ("S13", "vague-prompt", "warning", place(3, 33, 41)),
        ("A04", "unfilled-slot", "error", place(3, 53, 57)),
        ("D05", "unsorted-tags", "note", place(4, 56, 57)),
        ("CG305", "unlisted-section", "warning", {"artifactLocation": {"uri": "decks/demo/%C3%A4%20b.yaml"}}),
    ]


def test_a_finding_without_a_file_has_no_location(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks()
    (result,) = sarif(cardgen, "--deck", "nope")["results"]
    assert result == {
        "ruleId": "CG501",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "no deck `nope` in decks. Choose from `demo`."},
    }
