"""The numbers of cards: those of the study sheet, in every output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import artefacts, card_file, written
from printed import Printed

from cardgen.load import load_decks
from cardgen.notes import compose, numbered

if TYPE_CHECKING:
    from pathlib import Path

MOVES = [{"id": "see", "cue": "See", "text": "See it."}, {"id": "say", "cue": "Say", "text": "Say it."}]
CARDS = [
    {
        "id": "visa",
        "kind": "process",
        "title": "Visa",
        "steps": [{"id": "a", "do": "Sign."}, {"id": "b", "do": "Pay."}],
    },
    {
        "id": "why",
        "kind": "framework",
        "question": "Why?",
        "asks_for": "Fit",
        "moves": MOVES,
        "opening": "Because.",
        "drill": True,
    },
    {
        "id": "j-1",
        "kind": "definition",
        "term": "J-1",
        "definition": "A visa.",
        "not": {"term": "H-1B", "differs": "It ends."},
    },
    {"id": "last", "kind": "basic", "front": "Last?", "back": "Yes."},
]
FILES = {"demo/deck.yaml": "id: demo\ntitle: Demo\nsections: [one]\n", "demo/one.yaml": card_file("One", CARDS)}


def test_what_paper_shows_as_part_of_another_shares_its_number(tmp_path: Path) -> None:
    collection = load_decks(written(tmp_path, FILES)).collection
    assert collection is not None
    notes = compose(collection.decks[0], collection.sources)
    assert [(number, note.place) for number, note in numbered(notes, first=11)] == [
        (11, "visa"),
        (11, "visa/a"),
        (11, "visa/b"),
        (12, "why"),
        (13, "why/opening"),
        (12, "why/see"),
        (12, "why/say"),
        (14, "j-1"),
        (14, "j-1/not"),
        (15, "last"),
    ]


def test_the_study_sheet_has_these_numbers(tmp_path: Path) -> None:
    (sheet,) = artefacts(written(tmp_path / "decks", FILES), tmp_path / "dist", "pdf").values()
    (place,) = Printed(sheet).find("5Last?")
    assert place.page == 1
