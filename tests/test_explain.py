"""`cardgen explain`: what there is to read about every code, and samples that are true."""

from __future__ import annotations

import re
import subprocess
from inspect import cleandoc
from typing import TYPE_CHECKING

import pytest
from command import environment
from conftest import Ran, written

from cardgen.diagnostics import CATALOGUE
from cardgen.diagnostics.page import as_text, pages
from cardgen.lint import built_in
from cardgen.lint.page import pages as pages_of_rules

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGES = {page.code: page for page in (*pages(), *pages_of_rules())}

WITHOUT_SAMPLES = {"CG520", "CG605", "CG801", "CG808"}
"""What no files and no command show: a fault of cardgen's, a disk that is read-only, a machine without Typst or on
which it fails."""

CARD = "  - id: vienna\n    kind: basic\n    front: Which river flows through Vienna?\n    back: The Danube.\n"
DECK = {
    "decks/rivers/deck.yaml": "id: rivers\ntitle: Rivers\nsections: [europe]\n",
    "decks/rivers/europe.yaml": f"title: Europe\ncards:\n{CARD}",
}


def tried(sample: str, folder: Path, cardgen: Callable[..., Ran]) -> Ran:
    """Do what a sample shows in a folder with the deck that samples belong to; return what its last command says."""
    written(folder, DECK)
    if sample.startswith("- "):
        sample = "# decks/rivers/europe.yaml\ntitle: Europe\ncards:\n" + re.sub("^", "  ", sample, flags=re.MULTILINE)
    ran = None
    for step in re.split(r"^(?=# (?:decks|dist)/|\$ )", sample, flags=re.MULTILINE)[1:]:
        head, _, content = step.partition("\n")
        if head.startswith("# "):
            written(folder, {head[2:]: content})
        elif head.startswith("$ cardgen "):
            ran = cardgen(*head.split()[2:])
        else:
            subprocess.run(["/bin/sh", "-c", head[2:]], cwd=folder, env=environment(), check=True)
    return ran or cardgen("check")


def codes(ran: Ran) -> set[str]:
    """Return the codes of the findings that were shown."""
    return set(re.findall(r"^(?:error|warning|info)\[(\w+)\]", ran.err, re.MULTILINE))


@pytest.mark.parametrize("code", sorted(CATALOGUE.keys() - WITHOUT_SAMPLES))
def test_a_bad_sample_has_the_finding_and_the_good_one_has_none(
    code: str, cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    bad = tried(PAGES[code].samples.bad, tmp_path / "bad", lambda *words: cardgen(*words, cwd=tmp_path / "bad"))
    assert codes(bad) == {code}, bad
    good = tried(PAGES[code].samples.good, tmp_path / "good", lambda *words: cardgen(*words, cwd=tmp_path / "good"))
    assert (good.code, good.err) == (0, "")


def test_every_code_has_samples_but_those_that_cannot() -> None:
    assert {code for code, page in PAGES.items() if not all(page.samples)} == WITHOUT_SAMPLES


def test_every_code_and_every_rule_has_a_page() -> None:
    assert set(PAGES) == {*CATALOGUE, *(rule.code for rule in built_in())}


def test_a_page_says_what_is_wrong_what_to_do_and_shows_it(cardgen: Callable[..., Ran]) -> None:
    shown = cleandoc("""
        CG404 no-right-option (error)

        No option of a choice is right.
        What to do: Mark one with `right: true`.

        Bad:

            - id: vienna
              kind: choice
              question: Which river flows through Vienna?
              options: [{text: The Danube}, {text: The Inn}]

        Good:

            - id: vienna
              kind: choice
              question: Which river flows through Vienna?
              options: [{text: The Danube, right: true}, {text: The Inn}]
    """)
    assert cardgen("explain", "CG404") == Ran(0, f"{shown}\n", "")


def test_the_page_of_a_rule_has_its_settings_and_sources(cardgen: Callable[..., Ran]) -> None:
    (rule,) = (rule for rule in built_in() if rule.name == "answer-too-long")
    shown = cardgen("explain", "answer-too-long").out
    assert shown == f"{as_text(PAGES[rule.code])}\n"
    assert "\n\nSettings, and their defaults:\n  words: " in shown
    assert f"\nSource: {rule.references[0].title}, {rule.references[0].publisher}\n" in shown


def test_codes_and_names_are_taken_in_any_case_and_several_at_once(cardgen: Callable[..., Ran]) -> None:
    shown = f"{as_text(PAGES['CG201'])}\n\n\n{as_text(PAGES['CG202'])}\n"
    assert cardgen("explain", "cg201", "Missing-Field") == Ran(0, shown, "")


def test_without_a_code_all_are_listed(cardgen: Callable[..., Ran]) -> None:
    listed = cardgen("explain")
    assert (listed.code, listed.err) == (0, "")
    assert [line.split()[:3] for line in listed.out.splitlines()] == [
        [page.code, page.severity, page.name] for page in PAGES.values()
    ]


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("CG4066", "Did you mean `CG406`?"),
        ("answer-to-long", "Did you mean `answer-too-long`?"),
        ("xyz", "`cardgen explain` lists those there are."),
    ],
)
def test_a_code_that_does_not_exist_is_wrong_usage(wrong: str, hint: str, cardgen: Callable[..., Ran]) -> None:
    refused = cardgen("explain", wrong)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.endswith(f"\nError: there is no finding `{wrong}`. {hint}\n")
