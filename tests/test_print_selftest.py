"""Self-tests: every item says what to do, options have boxes, and two columns take fewer pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pdfplumber
import pytest
from conftest import Ran, artefacts, card_file, written
from measuring import unmeasured
from printed import MM, Printed

from cardgen.model import Printing
from cardgen.print.selftest import is_abbreviation, lines_to_write
from cardgen.words import LANGUAGES, catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cardgen.print.data import BlockNode

TERMS = [
    {"id": "term", "kind": "definition", "term": "Observership", "definition": "Watching."},
    {"id": "letters", "kind": "definition", "term": "STAR-L", "definition": "Situation, task, action, result, lesson."},
    {"id": "asks", "kind": "definition", "term": "So what?", "definition": "The middle part."},
    {"id": "pair", "kind": "reversed", "front": "Bonn", "back": "A capital until 1990."},
    {"id": "pair-asks", "kind": "reversed", "front": "Which capital?", "back": "Bonn."},
    {"id": "plain", "kind": "basic", "front": "Largest city", "back": "Tokyo."},
]
CHOICE = {
    "id": "choice",
    "kind": "choice",
    "question": "Which visa?",
    "options": [{"text": "Tourist"}, {"text": "Exchange", "right": True}, {"text": "None"}],
}


@pytest.fixture
def printed(tmp_path: Path) -> Callable[..., Printed]:
    def build(cards: list[dict[str, Any]], language: str = "en", **asked: Any) -> Printed:
        deck = f"id: demo\ntitle: Demo\nlanguage: {language}\nsections: [one]\n"
        root = written(tmp_path / "decks", {"demo/deck.yaml": deck, "demo/one.yaml": card_file("One", cards)})
        printing = Printing(layout="test", **asked)
        (file,) = artefacts(root, tmp_path / "dist", "pdf", printing=printing).values()
        return Printed(file)

    return build


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "ar"])  # its letters are read one by one
def test_a_term_alone_has_a_task(language: str, printed: Callable[..., Printed]) -> None:
    words = catalogue_of(language)
    assert words is not None
    found = printed(TERMS, language)
    counts = [len(found.find(words[name])) for name in ("define", "spell_out", "explain")]
    assert counts == [2, 1, 1]


def test_the_task_stands_before_its_term(printed: Callable[..., Printed]) -> None:
    text = printed(TERMS).text()
    asked = [
        "1Define:Observership",
        "2Spellout:STAR-L",
        "3Define:Sowhat?",
        "4Explain:Bonn",
        "5Whichcapital?",
        "6Largestcity",
    ]
    assert [words for words in asked if words not in text] == []


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("SPIKES", True),
        ("I-PASS", True),
        ("HEEADSSS", True),
        ("ÉCG", True),
        ("CanMEDS", False),
        ("A to D", False),
        ("NRMP (National Resident Matching Program)", False),
        ("R3", False),
        ("A", False),
        ("2026", False),
        ("MATCH DAY", False),
        ("", False),
    ],
)
def test_letters_alone_are_one_word_of_capitals(term: str, expected: bool) -> None:
    assert is_abbreviation(term) is expected


def test_options_have_boxes_and_no_lines(printed: Callable[..., Printed]) -> None:
    found = printed([CHOICE])
    with unmeasured(), pdfplumber.open(found.file) as pdf:
        page = pdf.pages[0]
        boxes = [shape for shape in page.curves if shape["width"] < 3 * MM]
        lines = [line for line in page.lines if line["width"] > 100 * MM and line["top"] > 100 * MM]
    assert (len(boxes), len(lines)) == (3, 0)


def paragraph(words: int) -> list[BlockNode]:
    return [{"t": "p", "c": ["word " * words]}]


@pytest.mark.parametrize(
    ("words", "columns", "lines"), [(1, "1", 2), (40, "1", 4), (400, "1", 7), (9, "2", 2), (20, "2", 4), (400, "2", 9)]
)
def test_a_longer_answer_has_more_lines(words: int, columns: str, lines: int) -> None:
    assert lines_to_write(paragraph(1), paragraph(words), columns) == lines


def test_two_columns_take_fewer_pages_and_hold_the_same(printed: Callable[..., Printed]) -> None:
    cards = [
        {"id": f"c{n:02}", "kind": "basic", "front": f"Number {n:02} here?", "back": f"Yes {n:02}."} for n in range(60)
    ]
    wide, narrow = printed(cards), printed(cards, columns="2")
    for found in (wide, narrow):
        assert [(len(found.find(card["front"])), len(found.find(card["back"]))) for card in cards] == [(1, 1)] * 60
    assert (len(wide.sizes), len(narrow.sizes)) == (8, 5)
    # Left of the page's middle, or right of it: never across.
    assert [
        box for _, box in narrow.boxes() if box.page == 2 and 30 < box.top < 270 and box.left < 105 < box.right
    ] == []


@pytest.mark.parametrize("columns", ["1", "2"])
def test_a_build_says_that_a_file_has_many_pages(
    columns: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    moves = [{"id": "fact", "cue": "Fact", "text": "State a fact."}, {"id": "link", "cue": "Link", "text": "Link it."}]
    plan = {"kind": "framework", "question": "Why us?", "asks_for": "Fit", "moves": moves}
    decks({"demo/one.yaml": card_file("One", [{"id": f"c{n}", **plan} for n in range(90)])})
    done = cardgen("build", "--format", "pdf", "--layout", "test", "--columns", columns)
    # Before the worksheets, a list of them to tick off.
    pages = {"1": 93, "2": 47}[columns]
    advice = f"demo.test.pdf: {pages} pages, printed double-sided {-(-pages // 2)} sheets of paper"
    assert done.err == ""
    assert done.out.splitlines()[1:] == [advice + ("; --columns 2 takes fewer" if columns == "1" else "")]
