"""`hint:` on cards of every kind: behind a line to tap in Anki, under the question elsewhere."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

import pytest
from anki_cards import basic
from conftest import artefacts, card_file, imported
from linted import found

from cardgen.check import kinds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anki.collection import Collection

HINT = {"hint": "Think of **rivers**."}
TAPPED = (
    '<details class="hint"><summary class="tappable">Hint</summary>'
    "<div>Think of <strong>rivers</strong>.</div></details>"
)
MASKS = {"one": {"rect": [0, 0, 50, 50], "hides": "One"}}
CARDS: dict[str, dict[str, Any]] = {
    "basic": {"front": "Q?", "back": "A"},
    "reversed": {"front": "Q?", "back": "A"},
    "typed": {"front": "Q?", "back": "A"},
    "cloze": {"text": "The {{c1::Danube::name}} flows."},
    "choice": {"question": "Q?", "options": [{"text": "A", "right": True}, {"text": "B"}]},
    "definition": {"term": "T", "definition": "D", "not": {"term": "U", "differs": "So."}},
    "statistic": {"question": "Q?", "value": 5},
    "process": {"title": "T", "steps": [{"id": "one", "do": "One."}, {"id": "two", "do": "Two."}]},
    "framework": {"question": "Q?", "asks_for": "A?", "moves": [{"id": id_, "cue": id_, "text": "M."} for id_ in "mn"]},
    "occlusion": {"image": "media/a.svg", "title": "T", "masks": MASKS},
    "story": {"title": "T", "beats": {"Situation": "High water.", "Action": "I closed the gate."}},
}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M2 5v10"/></svg>'


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_the_first_question_of_every_kind_has_its_hint_to_tap(
    kind: str, decks: Callable[..., Path], tmp_path: Path, anki: Collection
) -> None:
    cards = [{"id": "a", "kind": kind, **CARDS[kind], **HINT}]
    root = decks({"demo/one.yaml": card_file("One", cards), "demo/media/a.svg": SVG})
    imported(anki, artefacts(root, tmp_path / "dist", "apkg")["demo.apkg"])
    shown = {
        anki.get_card(id_).note()["ID"]: anki.get_card(id_).render_output().question_text
        for id_ in anki.find_cards("", order="c.ord desc")
    }
    assert [place for place, question in shown.items() if TAPPED in question] == ["demo/a"]


def test_tables_and_markdown_have_it_under_the_question(decks: Callable[..., Path], tmp_path: Path) -> None:
    root = decks({"demo/one.yaml": card_file("One", [basic("a", "Q?", "A") | HINT])})
    built = artefacts(root, tmp_path / "dist", "csv", "md")
    (row,) = csv.DictReader(built["demo.csv"].read_text(encoding="utf-8-sig").splitlines(keepends=True))
    assert (row["Question"], row["Answer"]) == ("Q?\nHint: Think of rivers.", "A")
    written = built["demo.md"].read_text(encoding="utf-8")
    assert "### Q?\n\nHint: Think of **rivers**.\n\n**Answer**\n\nA\n" in written


def test_lint_reads_it(decks: Callable[..., Path]) -> None:
    card = basic("a", "Which river flows through Vienna?", "The Danube") | {"hint": "It is <b>blue</b>."}
    root = decks({"demo/one.yaml": card_file("One", [card])})
    assert [finding.message for finding in found(root, "S20")] == ["`<b>` looks like HTML, but is shown as text"]


@pytest.mark.parametrize(
    ("answer", "hint", "found_there"),
    [
        ("The Danube", "The danubes are blue.", ["the hint gives away “The Danube”"]),
        ("The Danube", "It is blue.", []),
        ("The Black Sea", "A sea.", []),
        ("One two three four five six", "One two three four five six", []),
        ("It is.", "It is so.", []),
    ],
)
def test_a_hint_that_has_the_whole_answer_is_found(
    answer: str, hint: str, found_there: list[str], decks: Callable[..., Path]
) -> None:
    root = decks({"demo/one.yaml": card_file("One", [basic("a", "Which river?", answer) | {"hint": hint}])})
    assert [finding.message for finding in found(root, "S18")] == found_there


def test_a_hint_that_has_what_a_gap_hides_is_found(decks: Callable[..., Path]) -> None:
    card = {"id": "a", "kind": "cloze", "text": "It is the {{c1::Danube}}.", "hint": "The Danube, say."}
    root = decks({"demo/one.yaml": card_file("One", [card])})
    assert [finding.message for finding in found(root, "S18")] == ["the hint gives away “Danube”"]


def test_a_hint_changes_the_note_that_shows_it_and_no_other(decks: Callable[..., Path], tmp_path: Path) -> None:
    def ledger(**more: str) -> list[str]:
        card = {"id": "a", "kind": "definition", **CARDS["definition"], **more}
        root = decks({"demo/one.yaml": card_file("One", [card])})
        (root / "demo/ledger.txt").unlink(missing_ok=True)
        artefacts(root, tmp_path / "dist", "csv")
        return re.findall(r"^(a\S* \S+)", (root / "demo/ledger.txt").read_text(encoding="utf-8"), re.MULTILINE)

    plain, hinted = ledger(), ledger(**HINT)
    assert [one == other for one, other in zip(plain, hinted, strict=True)] == [False, True]
