"""What those hear who listen to print: the structure tree of every layout, by two checkers and by its own order."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

import outloud
import pdfplumber
import pdfua
import pytest
from conftest import REPOSITORY, artefacts, card_file, written
from measuring import unmeasured
from paging import pieces, reading_order
from print_decks import DECK, FILES

from cardgen.model import Printing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LISTENED_TO = ("sheet", "test", "large")
"""Layouts to read in order; on cards to cut out, questions and answers stand on pages of their own."""

TAKEN = {
    # It counts the marks of an element before those of a link inside of it, so that every link seems out of place; the
    # order is tested below.
    "ORD-001": "paint order",
    # A card's heading is its question, however long that is.
    "HDG-011": "long heading",
    # A label or the head of a table that stands near the top of three pages.
    "PAG-001": "running head tagged as content",
    # Words for a line of many years are figures for the most part.
    "FIG-012": "alternative text that is not language",
}
"""Findings of outloud that are none."""

CUT_OUT = "LNK-010"
"""An address as text: the one line of a card that names its source is cut to its width, and so no link."""


@unmeasured()
def findings(file: Path) -> list[str]:
    """Return what outloud finds, without what is none."""
    found = []
    for finding in outloud.check(str(file)).findings:
        # A running head is prose that no screen reader should repeat on every page.
        head = finding.rule == "TAG-002" and all(box["y0"] > 700 for box in finding.boxes)
        # A note of one paragraph says the same as that.
        note = finding.rule == "NOTE-003" and "tagged twice" in finding.message
        card = finding.rule == CUT_OUT and ".cards" in file.name
        if finding.rule not in TAKEN and not head and not note and not card:
            found.append(f"{finding.rule} p. {finding.page}: {finding.message} {finding.evidence or ''}")
    return found


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Print a deck of all sorts of cards in a layout, each once."""
    root = written(tmp_path_factory.mktemp("decks"), FILES)

    @cache
    def build(layout: str) -> Path:
        out = tmp_path_factory.mktemp("dist")
        (file,) = artefacts(root, out, "pdf", printing=Printing(layout=layout)).values()
        return file

    return build


@pytest.mark.parametrize("layout", ["sheet", "cards", "test", "large"])
def test_two_checkers_find_nothing(layout: str, printed: Callable[[str], Path]) -> None:
    assert findings(printed(layout)) == []
    file = str(printed(layout))
    with unmeasured():
        assert pdfua.validate(file).findings == ()


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["sheet", "cards", "test", "large"])
def test_two_checkers_find_nothing_in_the_shipped_decks(layout: str, tmp_path: Path) -> None:
    files = artefacts(REPOSITORY / "decks", tmp_path, "pdf", locked=True, printing=Printing(layout=layout))
    assert {name: findings(file) for name, file in files.items()} == {name: [] for name in files}
    assert {name: pdfua.validate(str(file)).findings for name, file in files.items()} == dict.fromkeys(files, ())


def painted(file: Path) -> dict[int, list[int]]:
    """Return the marks of each page in the order in which they are painted."""
    found: dict[int, list[int]] = defaultdict(list)
    with unmeasured(), pdfplumber.open(file) as pdf:
        for page in pdf.pages:
            for char in page.chars:
                if char["mcid"] is not None and char["mcid"] not in found[page.page_number][-1:]:
                    found[page.page_number].append(char["mcid"])
    return found


@pytest.mark.parametrize("layout", LISTENED_TO)
def test_what_is_heard_is_in_the_order_in_which_it_is_seen(layout: str, printed: Callable[[str], Path]) -> None:
    seen = painted(printed(layout))
    heard = {
        page: [mark for mark in marks if mark in seen[page]] for page, marks in reading_order(printed(layout)).items()
    }
    assert len(seen) > 1
    assert heard == seen


@pytest.mark.parametrize("layout", LISTENED_TO)
def test_the_title_of_the_deck_is_the_first_heading(layout: str, printed: Callable[[str], Path]) -> None:
    headings = [(piece.kind, piece.text) for piece in pieces(printed(layout)) if piece.kind.startswith("H")]
    assert headings[:2] == [("H1", "Demo deck"), ("H2", "First part")]
    assert [text for kind, text in headings if kind == "H1"] == ["Demo deck"]


def test_the_line_to_cover_answers_along_is_no_column_of_the_table(printed: Callable[[str], Path]) -> None:
    heads = [piece.text for piece in pieces(printed("sheet")) if piece.kind == "TH"]
    assert heads == ["NO.", "QUESTION", "ANSWER"] * 2 + ["Term", "Law"]


PLAN = {
    "id": "plan",
    "kind": "framework",
    "question": "Why us?",
    "asks_for": "Fit",
    "moves": [{"id": "fact", "cue": "Fact", "text": "State one."}, {"id": "link", "cue": "Link", "text": "Link it."}],
}
TRAP = {"trap": {"answer": "I like it.", "flaw": "It names nothing.", "better": "Name a ward."}}


def headings_of(card: dict[str, Any], layout: str, tmp_path: Path) -> list[tuple[str, str]]:
    files = {"demo/deck.yaml": DECK.replace(", two", ""), "demo/one.yaml": card_file("One", [card])}
    root = written(tmp_path / "decks", files)
    (file,) = artefacts(root, tmp_path / "dist", "pdf", printing=Printing(layout=layout)).values()
    return [(piece.kind, piece.text) for piece in pieces(file) if piece.kind.startswith("H")]


def test_worksheets_alone_have_a_heading(tmp_path: Path) -> None:
    expected = [("H1", "Demo deck"), ("H2", "WORKSHEETS"), ("H3", "1 Why us?")]
    assert headings_of(PLAN, "test", tmp_path) == expected


def test_the_heading_of_a_poor_answer_is_the_question_that_it_answers(tmp_path: Path) -> None:
    found = headings_of(PLAN | TRAP, "large", tmp_path)
    assert [text.replace("\xa0", " ") for kind, text in found if kind == "H3"] == ["1. Why us?", "2. Why us?"]
