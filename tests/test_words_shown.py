"""A deck in French holds no word of cardgen's in English, whatever is made of it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pdfplumber
import pytest
from anki_cards import cards_in
from conftest import artefacts, imported, written
from measuring import unmeasured
from workbooks import MAIN, Book

from cardgen.model import Printing
from cardgen.words import ENGLISH, Words, catalogue_of, key_names, place_holders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from anki.cards import Card
    from anki.collection import Collection


CARDS = """
title: Un
cards:
  - {id: basic, kind: basic, front: Fleuve de Vienne, back: Danube, source: [a, b, c, d], as_of: 2026-05-01,
     stale_after: 2027-06-30, confidence: secondary}
  - {id: late, kind: reversed, front: Seine, back: Paris, as_of: 2025-03, checked: 2025-04, stale_after: 2026-01-01}
  - {id: typed, kind: typed, front: Capitale, back: Paris}
  - {id: cloze, kind: cloze, text: "Le {{c1::Rhin}} et le {{c2::Danube}}", extra: Deux fleuves}
  - {id: choice, kind: choice, question: Lequel, options: [{text: Rhin, right: true}, {text: Nil}], why: Rapide}
  - {id: term, kind: definition, term: Delta, definition: Bras,
     not: {term: Estuaire, differs: Mer, definition: Large}, example: Nil}
  - {id: count, kind: statistic, question: Combien, value: "3", unit: km, compare: {A: 3, B: 4},
     series: {X: {2025: 1, 2026: 3}}}
  - id: steps
    kind: process
    title: Barrage
    steps:
      - {id: a, do: Mesurer, who: Ville, document: Plan, when: Printemps, at: 2027-02-01/2027-05-01}
      - {id: b, do: Creuser, at: 2027-08}
    marks: {Fin: 2027-12-01}
  - id: plan
    kind: framework
    question: Pourquoi
    asks_for: Motif
    name: STAR
    moves: [{id: a, text: Situer le fleuve, cue: Situer}, {id: b, text: Conclure vite, cue: Conclure}]
    do: [Sourire]
    dont: [Crier]
    seconds: 60
    template: Je [verbe]
    opening: Bonjour
    trap: {answer: Non, flaw: Brusque, better: Oui}
    drill: true
  - {id: ordered, kind: framework, question: Comment, asks_for: Ordre, ordered: true,
     moves: [{id: a, cue: Oser, text: Oser}, {id: b, cue: Finir, text: Finir}]}
"""

FILES = {
    "demo/deck.yaml": "id: demo\ntitle: Cours::Fleuves\nlanguage: fr\nsections: [un]\nvariants:\n"
    "  mots: {where: {kind: [typed, cloze]}}\n",
    "demo/un.yaml": CARDS,
    "sources.yaml": "references:\n" + "".join(f"  - {{id: {name}, type: book, title: Atlas}}\n" for name in "abcd"),
}


def french() -> Words:
    words = catalogue_of("fr")
    assert words is not None
    return words


def entries() -> Iterator[tuple[str, str]]:
    """Yield the English texts that French does not share, each with its name: of a list each part."""
    for key in key_names():
        if key.endswith(("months", "weekdays")):
            pairs = zip(ENGLISH[key].split(", "), french()[key].split(", "), strict=True)
            yield from ((key, one) for one, other in pairs if one != other)
        elif ENGLISH[key] != french()[key] and key != "zero":
            yield key, ENGLISH[key]


def in_english(text: str) -> list[str]:
    """Return the names of the entries that a text has in English."""
    found = []
    for key, entry in entries():
        fixed = [re.escape(part) for part in re.split(r"\{\w+\}", entry.replace("*", ""))]
        if not re.search("[A-Za-z]", "".join(fixed)):
            continue
        pattern = ".+?".join(r"\s+".join(part.split(r"\ ")) for part in fixed)
        if re.search(rf"(?<!\w)(?:{pattern}|{pattern.upper() if not place_holders(entry) else pattern})(?!\w)", text):
            found.append(key)
    return found


def as_text(field: str) -> str:
    """Return what a field shows, and what is told to those who hear it."""
    return html.unescape(re.sub(r"<[^>]*>", " ", field))


def sides(card: Card) -> Iterator[str]:
    """Yield what the two sides of a card show and say, and what their scripts could."""
    output = card.render_output()
    for side in (output.question_text, output.answer_text):
        scripts = " ".join(re.findall(r"<script>(.*?)</script>", side, re.DOTALL))
        code = re.sub(r"//[^\n]*|/\*.*?\*/", "", scripts, flags=re.DOTALL)
        texts = re.findall(r"""(?:"([^"\n]*)"|'([^'\n]*)')""", code)
        yield as_text(re.sub(r"<script>.*?</script>", "", side, flags=re.DOTALL))
        yield "\n".join(one or other for one, other in texts)


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("french") / "decks", FILES)


def test_english_is_found() -> None:
    assert in_english("Next, 2 of 3: WORKSHEET, 5 June 2026") == ["months", "next_of", "card_of", "worksheet"]


def test_french_is_not() -> None:
    assert in_english(" ".join(re.sub(r"\{\w+\}", "3", french()[key]) for key in key_names())) == []


def test_fields_in_anki_hold_none(decks: Path, tmp_path: Path, anki: Collection) -> None:
    imported(anki, *artefacts(decks, tmp_path, "apkg").values())
    notes = [anki.get_note(note) for note in anki.find_notes("")]
    shown = {f"{note['ID']} {name}": in_english(as_text(text)) for note in notes for name, text in note.items()}
    assert {place: found for place, found in shown.items() if found} == {}


def test_cards_as_anki_shows_them_hold_none(decks: Path, tmp_path: Path, anki: Collection) -> None:
    imported(anki, *artefacts(decks, tmp_path, "apkg").values())
    shown = [text for card in cards_in(anki) for text in sides(card)]
    assert "Suivant, {n} sur {count}" in " ".join(shown)
    assert [found for text in shown if (found := in_english(text))] == []


def test_the_style_sheet_writes_no_words(decks: Path, tmp_path: Path, anki: Collection) -> None:
    imported(anki, *artefacts(decks, tmp_path, "apkg").values())
    contents = {text for card in cards_in(anki) for text in re.findall(r"content: ([^;{}]*);", card.note_type()["css"])}
    assert [text for text in contents if re.search(r"[A-Za-z]{2}", re.sub(r"var\([^)]*\)|\\\w+", "", text))] == []


def test_the_csv_holds_none(decks: Path, tmp_path: Path) -> None:
    (table,) = artefacts(decks, tmp_path, "csv").values()
    assert in_english(table.read_text(encoding="utf-8")) == []


def test_the_workbook_holds_none(decks: Path, tmp_path: Path) -> None:
    (table,) = artefacts(decks, tmp_path, "xlsx").values()
    book = Book(table)
    cells = [str(cell) for sheet in book.sheets for row in sheet.rows for cell in row]
    assert "Adresse" in cells
    feet = [foot.text or "" for sheet in book.sheets for foot in sheet.xml.iter(f"{MAIN}oddFooter")]
    assert in_english("\n".join((*cells, *feet, *book.names))) == []


@pytest.mark.parametrize("variant", ["", "mots"])
@pytest.mark.parametrize("layout", ["sheet", "cards", "test", "large"])
def test_paper_holds_none(decks: Path, tmp_path: Path, layout: str, variant: str) -> None:
    made = artefacts(decks, tmp_path, "pdf", printing=Printing(layout=layout), variants=(variant,) if variant else ())
    with unmeasured(), pdfplumber.open(next(iter(made.values()))) as pdf:
        text = "\n".join(page.extract_text() for page in pdf.pages)
    assert "Fleuves" in text
    assert in_english(text) == []
