"""Findings as text, as JSON and as annotations for GitHub."""

from __future__ import annotations

import json
from inspect import cleandoc
from typing import TYPE_CHECKING

import pytest
from conftest import MINIMAL_CARDS, Ran

from cardgen.diagnostics import (
    Diagnostic,
    Place,
    as_github,
    as_json,
    as_text,
    summary,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from findings import Files

SEVERAL: Files = {
    "demo/one.yaml": MINIMAL_CARDS + "    50%, a:b: x\n    level: [core, moer]\n",
    "demo/50%, a.yaml": MINIMAL_CARDS,
    "collection.yaml": "facets: {level: [core, more]}\n",
}

FREE = (
    "`tags`, `source`, `as_of`, `checked`, `stale_after`, `confidence`, `see`, `lang`, `dir`, `speak`, `note`, "
    "`hint`, `retired`, `replaced_by`, `formerly`, `lint_ignore`"
)


def test_findings_as_text_are_counted_and_stand_apart(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks(SEVERAL)
    shown = cleandoc("""
        error[CG501]: no deck `nope` in decks
          hint: Choose from `demo`.

        error[CG201]: unknown field `50%, a:b` in card `first` of kind basic
          --> decks/demo/one.yaml:7:5
          7 |     50%, a:b: x
            |     ^^^^^^^^
          hint: Choose from {free}.

        warning[CG305]: `50%, a` is not among the deck's sections
          --> decks/demo/50%, a.yaml
          hint: Add it to `sections`, or move it away.

        2 errors, 1 warning
    """).format(free=FREE)
    assert cardgen("check", "--deck", "demo", "--deck", "nope") == Ran(1, "", f"{shown}\n")


def test_findings_as_json_are_one_document_with_a_version(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks(SEVERAL)
    document = {
        "version": 1,
        "diagnostics": [
            {
                "code": "CG501",
                "name": "unknown-deck",
                "severity": "error",
                "message": "no deck `nope` in decks",
                "hint": "Choose from `demo`.",
                "place": None,
            },
            {
                "code": "CG305",
                "name": "unlisted-section",
                "severity": "warning",
                "message": "`50%, a` is not among the deck's sections",
                "hint": "Add it to `sections`, or move it away.",
                "place": {"file": "decks/demo/50%, a.yaml", "line": 0, "column": 0, "width": 1},
            },
            {
                "code": "CG201",
                "name": "unknown-field",
                "severity": "error",
                "message": "unknown field `50%, a:b` in card `first` of kind basic",
                "hint": f"Choose from {FREE}.",
                "place": {"file": "decks/demo/one.yaml", "line": 7, "column": 5, "width": 8},
            },
        ],
    }
    shown = json.dumps(document, indent=2, ensure_ascii=False)
    assert cardgen("check", "--deck", "demo", "--deck", "nope", "--output", "json") == Ran(1, f"{shown}\n", "")


def test_findings_for_github_are_annotations_with_their_escapes(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks(SEVERAL)
    unlisted = "title=CG305 unlisted-section,file=decks/demo/50%25%2C a.yaml"
    unknown = "title=CG201 unknown-field,file=decks/demo/one.yaml,line=7,col=5,endColumn=13"
    field = "`50%25, a:b` in card `first` of kind basic"
    lines = [
        "::error title=CG501 unknown-deck::no deck `nope` in decks%0AChoose from `demo`.",
        f"::warning {unlisted}::`50%25, a` is not among the deck's sections%0AAdd it to `sections`, or move it away.",
        f"::error {unknown}::unknown field {field}%0AChoose from {FREE}.",
    ]
    shown = "".join(f"{line}\n" for line in lines)
    assert cardgen("check", "--deck", "demo", "--deck", "nope", "--output", "github") == Ran(1, shown, "")


def test_a_message_of_several_lines_stays_one_annotation() -> None:
    found = Diagnostic("CG106", "a\nb\rc", Place("d\r\n.yaml", 1, 2, 3))
    assert as_github([found]) == (
        "::error title=CG106 yaml-syntax,file=d%0D%0A.yaml,line=1,col=2,endColumn=5::a%0Ab%0Dc"
    )


@pytest.mark.parametrize(
    ("output", "out"),
    [
        ("text", "1 deck, 1 card: no findings\n"),
        ("json", '{\n  "version": 1,\n  "diagnostics": []\n}\n'),
        ("github", ""),
    ],
)
def test_good_decks_have_no_findings_in_any_form(
    output: str, out: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks()
    assert cardgen("check", "--output", output) == Ran(0, out, "")


def test_nothing_found_is_no_text() -> None:
    assert (as_text([]), as_github([]), json.loads(as_json([]))["diagnostics"]) == ("", "", [])


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ([], "no findings"),
        (["CG101"], "1 error"),
        (["CG101", "CG101"], "2 errors"),
        (["CG305"], "1 warning"),
        (["CG305", "CG101", "CG409"], "1 error, 2 warnings"),
    ],
)
def test_findings_are_counted_in_words(codes: list[str], words: str) -> None:
    assert summary(Diagnostic(code, "") for code in codes) == words
