"""Printed layouts, read back: all content is there, where it belongs, and nothing leaves its column or card."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pdfplumber
import pytest
from conftest import artefacts, card_file, written
from measuring import unmeasured
from print_decks import CARDS, DECK, FILES, HOSTILE, HOSTILE_FILES, ONE, PAPERS, TWO, printer
from printed import Printed, elements

from cardgen.model import Printing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from printed import Box

LAYOUTS = ("sheet", "cards", "test", "large")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Printed]:
    """Print the ordinary deck, each way once: ``printed(layout="cards", flip="short")``."""
    return printer(tmp_path_factory, FILES)


ANSWER = {
    "id": "answer",
    "kind": "framework",
    "question": "Why us of all?",
    "wordings": ["Why this town?"],
    "asks_for": "Fit",
    "moves": [{"id": "fact", "cue": "Fact", "text": "State one."}, {"id": "link", "cue": "Link", "text": "Tie it."}],
    "opening": "I was born here.",
    "trap": {"answer": "I like it.", "flaw": "It names nothing.", "better": "Name a ward."},
    "drill": True,
}


@pytest.mark.parametrize("layout", ["sheet", "cards", "test", "large"])
def test_paper_has_the_plan_the_first_sentence_and_the_trap_but_no_move_alone(layout: str, tmp_path: Path) -> None:
    files = {"demo/deck.yaml": DECK.replace(", two", ""), "demo/one.yaml": card_file("One", [ANSWER])}
    root = written(tmp_path / "decks", files)
    (file,) = artefacts(root, tmp_path / "dist", "pdf", printing=Printing(layout=layout)).values()
    text = Printed(file).text()
    # A worksheet has room for each move in full, the other layouts show the cue as the answer, too.
    once = [
        "Whythistown?",
        "Stateone.",
        "Ilikeit.",
        "Itnamesnothing.",
        "Nameaward.",
        "Iwasbornhere.",
        "Whatisyourfirstsentence?",
    ]
    assert {words: words in text for words in once} == dict.fromkeys(once, True)
    assert "Howdoestheanswerbegin?" not in text


def in_order(found: Printed, words: list[str]) -> bool:
    """Return whether texts stand in a file once each, one after the other."""
    text = found.text()
    places = [text.find("".join(word.split())) for word in words]
    return min(places) >= 0 and places == sorted(places) and all(len(found.find(word)) == 1 for word in words)


# Content


@pytest.mark.parametrize("layout", ["sheet", "test", "large"])
def test_every_question_and_every_answer_is_there_once_and_in_order(
    layout: str, printed: Callable[..., Printed]
) -> None:
    found = printed(layout=layout)
    assert in_order(found, [card["front"] for card in ONE])
    assert in_order(found, [card["back"] for card in ONE])


def test_a_sheet_has_titles_description_sections_sources_and_marks(printed: Callable[..., Printed]) -> None:
    text = printed().text()
    expected = [
        "Demo deck",
        "Prep · 29 cards in 2 sections",
        "Not legal advice.",
        "First part",
        "As of June 2026",
        "Results",
        "Second part",
        "Secondary source: check the official table.",
        "From the ______ (hills)1 to the ______2.",
        "1Black Forest2Black Sea",
        "B Exchange",
        "56.4 percent",
        "You",
        "WHAT THEY WANT TO LEARN",
    ]
    assert [words for words in expected if "".join(words.split()) not in text] == []


@pytest.mark.parametrize("layout", ["sheet", "cards", "test", "large"])
def test_print_marks_what_is_overdue_on_its_own_day(
    layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = {"id": "fee", "kind": "basic", "front": "How much?", "back": "510", "stale_after": "2027-06-30"}
    root = written(tmp_path / "decks", {"demo/deck.yaml": DECK, "demo/one.yaml": card_file("One", [card]),
                                        "demo/two.yaml": card_file("Two", [TWO[0]])})  # fmt: skip
    marked = []
    for day in ("1814399999", "1814400000"):  # the last second of 30 June 2027, and the next
        monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
        (file,) = artefacts(root, tmp_path / "dist", "pdf", printing=Printing(layout=layout)).values()
        marked.append(len(Printed(file).find("Overdue since June 2027: check whether this still holds.")))
    assert marked == [0, 1]


def test_the_foot_says_version_day_of_the_content_and_deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = written(tmp_path / "decks", FILES)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 1 January 2026
    (first,) = artefacts(root, tmp_path / "dist", "pdf").values()
    before = first.read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1788220800")  # 1 September 2026
    (second,) = artefacts(root, tmp_path / "dist", "pdf").values()
    assert "cardgen0.1.0·1January2026·deck" in Printed(second).text(last=1)
    assert second.read_bytes() == before


def test_a_self_test_asks_first_and_answers_on_pages_of_their_own(printed: Callable[..., Printed]) -> None:
    found = printed(layout="test")
    (key,) = found.find("Answer key")
    assert [box.page < key.page for card in ONE for box in found.find(card["front"])] == [True] * CARDS
    assert [box.page >= key.page for card in ONE for box in found.find(card["back"])] == [True] * CARDS


def test_a_framework_is_a_worksheet_of_one_page(printed: Callable[..., Printed]) -> None:
    found = printed(layout="test")
    parts = ["Why us of all?", "State a fact.", "Link it.", "Prepare well.", "Flatter them."]
    pages = {box.page for words in parts for box in found.find(words)}
    assert [len(found.find(words)) for words in parts] == [1] * len(parts)
    assert len(pages) == 1


# Places


def outside(found: Printed, pages: range, inside: Callable[[Box], bool]) -> list[tuple[str, Box]]:
    return [(char, box) for char, box in found.boxes() if box.page in pages and not inside(box)]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Printed]:
    """Print the deck of what does not fit, each way once."""
    return printer(tmp_path_factory, HOSTILE_FILES)


EACH_PAPER = pytest.mark.parametrize("paper", ["a4", pytest.param("letter", marks=pytest.mark.slow)])


@EACH_PAPER
@pytest.mark.parametrize("fold", [None, "half"])
def test_no_text_of_a_sheet_leaves_its_column(paper: str, fold: str | None, hostile: Callable[..., Printed]) -> None:
    found = hostile(paper=paper, fold=fold)
    width, height = PAPERS[paper]
    line = width / 2 if fold else 84.0

    def inside(box: Box) -> bool:
        if (box.page == 1 and box.top < 75) or box.top < 20 or box.bottom > height - 18:
            return box.left >= 16.5 and box.right <= width - 14.5 and box.top > 5 and box.bottom < height - 5
        return (box.left >= 16.5 and box.right <= line - 4.8) or (line + 4.8 <= box.left and box.right <= width - 14.8)

    headings = {box.page for box in found.find("A section with a title")}
    assert headings == set(range(1, len(found.sizes) + 1))
    assert outside(found, range(1, len(found.sizes) + 1), inside) == []


@pytest.mark.parametrize(
    ("asked", "sides"),
    [
        ({"layout": "test"}, (19.8, 17.8)),
        ({"layout": "test", "columns": "2"}, (19.8, 17.8)),
        ({"layout": "large"}, (24.9, 25.2)),
    ],
)
@EACH_PAPER
def test_no_text_leaves_the_margins(
    asked: dict[str, str], sides: tuple[float, float], paper: str, hostile: Callable[..., Printed]
) -> None:
    found = hostile(paper=paper, **asked)
    width, height = PAPERS[paper]

    def inside(box: Box) -> bool:
        return box.left >= sides[0] and box.right <= width - sides[1] and box.top > 5 and box.bottom < height - 5

    assert outside(found, range(1, len(found.sizes) + 1), inside) == []


SMALL: list[dict[str, Any]] = [
    {
        "id": "letters",
        "kind": "basic",
        "front": "What is H~2~O at 10^9^ `Pa`?",
        "back": "| `code` | H~2~O^+^ |\n| --- | --- |\n| `x` | 10^9^ |\n\n1. `a`\n2. b^c~d~^",
        "note": "A note with `code`, H~2~O and\n\n| `a` | b^2^ |\n| --- | --- |\n| 1 | 2 |",
        "as_of": "2026-06",
        "stale_after": "2026-07-31",
        "confidence": "secondary",
    },
    {"id": "gaps", "kind": "cloze", "text": "{{c1::One::which}} and {{c2::two^2^::how many}}.", "extra": "`Small`"},
    {
        "id": "term",
        "kind": "definition",
        "term": "Term",
        "definition": "What it is.",
        "not": {"term": "Another", "differs": "It is more."},
        "example": "This one.",
    },
    *(
        {
            "id": name,
            "kind": "statistic",
            "question": f"How many of {name}?",
            "value": "3.5",
            "unit": "percent",
            "period": "2026",
            "series": {line: dict.fromkeys(map(str, range(first, 2027)), 3.5) for line in ("Few", "Many")},
        }
        for name, first in (("years", 1990), ("points", 2024))
    ),
]
"""What is set in the smallest type: raised and lowered letters, code, tables, hints, marks, figures of charts."""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_but_raised_letters_of_large_print_is_smaller_than_it_may_be(layout: str, tmp_path: Path) -> None:
    title = "A title as long as titles are that stand in one line of a head or a foot"
    deck = f"id: demo\ntitle: {title}\ndescription: H~2~O.\nsections: [one]\n"
    cards = [*SMALL, *HOSTILE, TWO[-1], TWO[-2]]
    files = {
        "sources.yaml": FILES["sources.yaml"],
        "demo/deck.yaml": deck,
        "demo/one.yaml": card_file("A section whose title is longer than a line of a head has room for", cards),
    }
    root = written(tmp_path / "decks", files)
    (file,) = artefacts(root, tmp_path / "dist", "pdf", printing=Printing(layout=layout)).values()
    with unmeasured(), pdfplumber.open(file) as pdf:
        sizes = {round(char["size"], 2) for page in pdf.pages for char in page.chars if char["text"].strip()}
    assert min(sizes) == (12.24 if layout == "large" else 7)


def test_nothing_of_large_print_is_smaller_than_18_points(printed: Callable[..., Printed]) -> None:
    file = printed(layout="large").file
    with unmeasured(), pdfplumber.open(file) as pdf:
        sizes = {round(char["size"], 1) for page in pdf.pages for char in page.chars if char["text"].strip()}
    assert min(sizes) >= 18


def test_grey_is_without_colour(printed: Callable[..., Printed]) -> None:
    def colours(found: Printed) -> set[bool]:
        with unmeasured(), pdfplumber.open(found.file) as pdf:
            marks = [mark["non_stroking_color"] for page in pdf.pages for mark in page.chars]
        return {len(set(mark)) > 1 for mark in marks if mark}

    assert (colours(printed(grey=True)), colours(printed())) == ({False}, {True, False})


# For those who do not see


def test_the_structure_has_headings_tables_figures_and_languages(printed: Callable[..., Printed]) -> None:
    found = elements(printed().file)
    names = [name for name, _ in found]
    assert [
        name for name in ("H1", "H2", "Table", "TH", "TR", "TD", "L", "LI", "Figure", "Link") if name not in names
    ] == []
    figures = [kept["Alt"] for name, kept in found if name == "Figure" and "Alt" in kept]
    assert figures == ["A teal field", "Bar chart, percent. These 56.4, Those 70"]
    assert {"ar", "hi"} <= {kept["Lang"] for _, kept in found if "Lang" in kept}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_claims_pdf_a_and_pdf_ua(layout: str, printed: Callable[..., Printed]) -> None:
    import pikepdf

    with pikepdf.open(printed(layout=layout).file) as pdf, pdf.open_metadata() as metadata:
        assert [metadata.get(f"pdfaid:{key}") for key in ("part", "conformance")] == ["2", "A"]
        assert metadata.get("pdfuaid:part") == "1"
        assert str(pdf.docinfo["/Title"]) == "Demo deck"
        assert str(pdf.Root.Lang) == "en"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_opens_in_poppler(layout: str, paper: str, printed: Callable[..., Printed]) -> None:
    found = printed(layout=layout, paper=paper)
    told = subprocess.run(["pdfinfo", found.file], capture_output=True, text=True, check=True)
    read = subprocess.run(["pdftotext", found.file, "-"], capture_output=True, text=True, check=True)
    # Poppler 22.12 takes offence at a boolean that ISO 32000-1, 14.7.1, wants to be one.
    complaints = set((told.stderr + read.stderr).splitlines()) - {
        "Syntax Error: Suspects object is wrong type (boolean)"
    }
    assert complaints == set()
    assert {(round(width, 1), round(height, 1)) for width, height in found.sizes} == {PAPERS[paper]}
    assert "मझाकर" in read.stdout
