"""Printed layouts, read back: all content is there, where it belongs, and nothing leaves its column or card."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Any

import pdfplumber
import pytest
from conftest import artefacts, card_file, written
from printed import Printed, elements

from cardgen.model import Printing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from printed import Box

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
LAYOUTS = ("sheet", "cards", "test", "large")
CARDS = 20
"""So many that cards take three pages of fronts."""

TABLE = "| Term | Law |\n| --- | --- |\n| One | Legal |\n| Two | Illegal |"
DECK = "id: demo\ntitle: Prep::Demo deck\ndescription: Not legal advice.\nsections: [one, two]\n"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="100" height="50" fill="teal"/></svg>'
)
ONE: list[dict[str, Any]] = [
    {
        "id": f"card-{number}",
        "kind": "basic",
        "front": f"Question {number} here?",
        "back": f"Answer {number} there.",
        "source": "report",
        "as_of": "2026-06",
    }
    for number in range(1, CARDS + 1)
]
TWO: list[dict[str, Any]] = [
    {"id": "table", "kind": "basic", "front": "Which laws?", "back": TABLE, "confidence": "secondary"},
    {"id": "arabic", "kind": "basic", "lang": "ar", "front": "ما هو مرض السكري؟", "back": "مرض **مزمن** 126 mg/dL."},
    {"id": "hindi", "kind": "basic", "lang": "hi", "front": "सहमति क्या है?", "back": "रोगी को *समझाकर* लेना।"},
    {"id": "picture", "kind": "basic", "front": "What is it?", "back": "![A teal field](media/teal.svg)"},
    {"id": "cloze", "kind": "cloze", "text": "From the {{c1::Black Forest::hills}} to the {{c2::Black Sea}}."},
    {
        "id": "choice",
        "kind": "choice",
        "question": "Which visa?",
        "options": [{"text": "Tourist"}, {"text": "Exchange", "right": True}],
        "why": "It is the usual one.",
    },
    {
        "id": "statistic",
        "kind": "statistic",
        "question": "How many matched?",
        "value": "56.4",
        "unit": "percent",
        "period": "2026",
        "compare": {"These": 56.4, "Those": 70},
    },
    {
        "id": "process",
        "kind": "process",
        "title": "To the visa",
        "steps": [{"id": "sign", "do": "Sign it."}, {"id": "apply", "do": "Apply for it.", "who": "You"}],
    },
    {
        "id": "framework",
        "kind": "framework",
        "question": "Why us of all?",
        "asks_for": "Fit",
        "moves": [
            {"id": "fact", "cue": "Some fact", "text": "State a fact."},
            {"id": "link", "cue": "Some link", "text": "Link it."},
        ],
        "do": "Prepare well.",
        "dont": "Flatter them.",
        "seconds": 60,
    },
]
FILES = {
    "sources.yaml": "references:\n  - {id: report, type: report, title: Results, URL: 'https://example.org/r'}\n",
    "demo/deck.yaml": DECK,
    "demo/media/teal.svg": PICTURE,
    "demo/one.yaml": card_file("First part", ONE),
    "demo/two.yaml": card_file("Second part", TWO),
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Printed]:
    """Print the deck, each way once: ``printed(layout="cards", flip="short")``."""
    root = written(tmp_path_factory.mktemp("decks"), FILES)

    @cache
    def build(**asked: Any) -> Printed:
        out = tmp_path_factory.mktemp("dist")
        (file,) = artefacts(root, out, "pdf", printing=Printing(**asked)).values()
        return Printed(file)

    return build


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


def test_every_card_has_its_question_in_front_and_again_over_its_answer(printed: Callable[..., Printed]) -> None:
    found = printed(layout="cards")
    for card in ONE:
        front, head = sorted(found.find(card["front"]), key=lambda box: box.page)
        (back,) = found.find(card["back"])
        assert (head.page, back.page) == (front.page + 1, front.page + 1)


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


HOSTILE: list[dict[str, Any]] = [
    {"id": "word", "kind": "basic", "front": "Is " + "Kapitaen" * 16 + "?", "back": "A" * 600},
    {"id": "code", "kind": "basic", "front": "Code?", "back": "```\n" + "x = y" * 40 + "\n```\n\n`" + "z" * 90 + "`"},
    {
        "id": "table",
        "kind": "basic",
        "front": "Seven?",
        "back": "|" + "Heading|" * 7 + "\n|" + "-|" * 7 + "\n|" + "Pneumonoultramicroscopic|" * 7,
    },
    {
        "id": "wide",
        "kind": "basic",
        "front": "Thirty?",
        "back": "|" + "H|" * 30 + "\n|" + "-|" * 30 + "\n|" + "c|" * 30,
    },
    {"id": "long", "kind": "basic", "front": "Long?", "back": " ".join(f"w{i}." for i in range(1200))},
    {"id": "list", "kind": "basic", "front": "List?", "back": "\n".join(f"- point {i}" for i in range(120))},
    {"id": "ask", "kind": "basic", "front": " ".join(f"a{i}?" for i in range(300)), "back": "Short."},
    {"id": "hot", "kind": "basic", "front": "#panic() @ref \\ <script> // x", "back": "a\u202eb\u202c #let x = 1 [*a*"},
    {
        "id": "lines",
        "kind": "statistic",
        "question": "Trend?",
        "value": "-3.5",
        "compare": {"A label that goes on and on and on and on and on": -3.5, "B": 120000},
        "series": {"A label that goes on for the first line": {"2020": 1, "2024": 5}, "Two": {"2020": 1, "2024": 5}},
    },
    {
        "id": "steps",
        "kind": "process",
        "title": "Steps",
        "steps": [
            {"id": f"s{i}", "do": "Do what has to be done in a good many words.", "who": "You", "at": f"2027-{i:02}"}
            for i in range(1, 13)
        ],
        "marks": {"Match Day": "2027-03-19", "The day after": "2027-03-20"},
    },
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Printed]:
    """Print a deck of everything that is too long, too wide or looks like markup."""
    title = "A section with a title that is longer than any line of any layout that there is to print"
    deck = "id: demo\ntitle: A deck with quite a long title, longer than titles are\nsections: [one]\n"
    files = {"demo/deck.yaml": deck, "demo/one.yaml": card_file(title, HOSTILE)}
    root = written(tmp_path_factory.mktemp("decks"), files)

    @cache
    def build(**asked: Any) -> Printed:
        (file,) = artefacts(root, tmp_path_factory.mktemp("dist"), "pdf", printing=Printing(**asked)).values()
        return Printed(file)

    return build


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


@pytest.mark.parametrize(
    ("paper", "card"), [("a4", "a7"), pytest.param("letter", "a7", marks=pytest.mark.slow), ("letter", "3x5")]
)
def test_no_text_leaves_its_card(paper: str, card: str, hostile: Callable[..., Printed]) -> None:
    found = hostile(layout="cards", paper=paper, card=card)
    (columns, rows), (wide, high), (x, y) = geometry(paper, card)
    pages = range(1, 1 + 2 * -(-len(HOSTILE) // (columns * rows)))

    def inside(box: Box) -> bool:
        left, top = (box.left - x) % wide, (box.top - y) % high
        return left >= 8.9 and left + box.right - box.left <= wide - 8.9 and 6 < top < high - 6

    assert outside(found, pages, inside) == []


def test_on_a_card_a_framework_shows_its_moves_and_the_rest_stands_at_the_end(
    printed: Callable[..., Printed],
) -> None:
    found = printed(layout="cards")
    last = len(found.sizes)
    # The question is on the front, over the back, and over the rest; a cue stands before its move there.
    assert [len(found.find(words)) for words in ("Why us of all?", "Some fact", "Prepare well.")] == [3, 2, 1]
    at_the_end = ("State a fact.", "Prepare well.", "Flatter them.")
    assert {box.page for words in at_the_end for box in found.find(words)} == {last}
    assert found.find("Some fact")[0].page < last
    assert len(found.find(f"More on the last pages, no. {CARDS + len(TWO)}")) == 1


def test_what_has_no_room_on_a_card_goes_on_at_the_end(hostile: Callable[..., Printed]) -> None:
    found = hostile(layout="cards")
    text = found.text()
    assert [text.count(f"point{i}") >= 1 for i in range(120)] == [True] * 120
    assert [text.count(f"a{i}?") for i in range(100, 300)] == [1] * 200
    assert [text.count(f"w{i}.") for i in range(1200)] == [1] * 1200


def geometry(paper: str, card: str) -> tuple[tuple[int, int], tuple[float, float], tuple[float, float]]:
    """Return columns and rows, width and height of a card, and where the first begins."""
    width, height = PAPERS[paper]
    if card == "3x5":
        return (2, 2), (127.0, 76.2), ((height - 254.0) / 2, (width - 152.4) / 2)
    return (2, 4), (width / 2, height / 4), (0.0, 0.0)


@pytest.mark.parametrize(
    ("paper", "card", "flip"),
    [
        ("a4", "a7", "long"),
        ("a4", "a7", "short"),
        ("letter", "a7", "long"),
        ("letter", "a7", "short"),
        ("a4", "3x5", "long"),
        ("a4", "3x5", "short"),
        ("letter", "3x5", "long"),
        ("letter", "3x5", "short"),
    ],
)
def test_every_back_comes_to_lie_behind_its_front(
    paper: str, card: str, flip: str, printed: Callable[..., Printed]
) -> None:
    found = printed(layout="cards", paper=paper, card=card, flip=flip)
    (columns, rows), (wide, high), (x, y) = geometry(paper, card)
    page_width, page_height = found.sizes[0]
    # The printer turns the sheet over one of its edges; over the long one, a lying sheet is turned upside down.
    sideways = (flip == "long") == (page_width < page_height)
    for asked in ONE:
        front = min(found.find(asked["front"]), key=lambda box: box.page)
        (back,) = found.find(asked["back"])
        left, top = front.middle
        seen = (page_width - left, top) if sideways else (left, page_height - top)
        assert (back.page, back.turned) == (front.page + 1, not sideways)
        assert [int((at - edge) // size) for at, edge, size in zip(back.middle, (x, y), (wide, high), strict=True)] == [
            int((at - edge) // size) for at, edge, size in zip(seen, (x, y), (wide, high), strict=True)
        ]
    assert columns * rows == sum(1 for card in ONE for box in found.find(card["front"]) if box.page == 1) + 1  # title


def test_folded_cards_have_front_and_back_side_by_side(printed: Callable[..., Printed]) -> None:
    found = printed(layout="cards", flip="fold")
    for asked in ONE:
        front, _ = sorted(found.find(asked["front"]), key=lambda box: box.left)
        (back,) = found.find(asked["back"])
        assert (front.page, int(front.middle[1] // 74.25)) == (back.page, int(back.middle[1] // 74.25))
        assert front.middle[0] < 105 < back.middle[0]


def test_an_offset_moves_the_backs_and_nothing_else(printed: Callable[..., Printed]) -> None:
    plain, moved = printed(layout="cards"), printed(layout="cards", back_offset=(1.5, -0.5))
    assert moved.find("Question 7 here?")[0] == plain.find("Question 7 here?")[0]
    (before,), (after,) = plain.find("Answer 7 there."), moved.find("Answer 7 there.")
    assert (round(after.left - before.left, 3), round(after.top - before.top, 3)) == (1.5, -0.5)


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
    with pdfplumber.open(file) as pdf:
        sizes = {round(char["size"], 2) for page in pdf.pages for char in page.chars if char["text"].strip()}
    assert min(sizes) == (12.24 if layout == "large" else 7)


def test_nothing_of_large_print_is_smaller_than_18_points(printed: Callable[..., Printed]) -> None:
    with pdfplumber.open(printed(layout="large").file) as pdf:
        sizes = {round(char["size"], 1) for page in pdf.pages for char in page.chars if char["text"].strip()}
    assert min(sizes) >= 18


def test_grey_is_without_colour(printed: Callable[..., Printed]) -> None:
    def colours(found: Printed) -> set[bool]:
        with pdfplumber.open(found.file) as pdf:
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
