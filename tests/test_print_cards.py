"""Cards to cut out, read back: each is complete, has its back behind its front, and loses nothing that has no room."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pdfplumber
import pytest
from conftest import MINIMAL_DECK, Ran, artefacts, card_file, written
from measuring import unmeasured
from print_decks import DECK, FILES, HOSTILE, HOSTILE_FILES, ONE, TWO, printer
from printed import MM, Printed

from cardgen.build.builder import build_decks
from cardgen.build.request import Request
from cardgen.model import Printing
from cardgen.model.cardstock import CARDS as SIZES
from cardgen.model.cardstock import PAPERS, Grid, grid_of, paper_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from printed import Box


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Printed]:
    """Print the ordinary deck as cards, each way once: ``printed(card="a6", flip="short")``."""
    return printer(tmp_path_factory, FILES)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Printed]:
    """Print the deck of what does not fit, each way once."""
    return printer(tmp_path_factory, HOSTILE_FILES)


@dataclass(frozen=True)
class Card:
    """A card that was cut out: the sheet and the place that it was on, and what is on its two sides, without spaces."""

    sheet: int
    place: int
    front: str
    back: str


def cut_out(found: Printed, grid: Grid, flip: str = "long", first: int = 1) -> list[Card]:
    """Turn each sheet over as a printer does, and cut it; what is on no card is an error.

    Args:
        found: The file.
        grid: Where the cards are.
        flip: The edge over which the paper is turned: the long or the short one.
        first: The page of the first fronts.
    """
    sideways = (flip == "long") == (grid.page[0] < grid.page[1])
    sides: dict[tuple[int, int], dict[int, list[str]]] = {}
    for char, box in found.boxes():
        if box.page < first:
            continue
        sheet, back = divmod(box.page - first, 2)
        x, y = box.middle
        if back:
            x, y = (grid.page[0] - x, y) if sideways else (x, grid.page[1] - y)
        (column, inside_x), (row, inside_y) = (
            divmod(at - edge, pitch) for at, edge, pitch in zip((x, y), grid.first, grid.pitch, strict=True)
        )
        assert (inside_x <= grid.card[0], inside_y <= grid.card[1]) == (True, True), (char, box)
        assert box.turned == (bool(back) and not sideways), (char, box)
        place = sides.setdefault((sheet, int(row * grid.columns + column)), {0: [], 1: []})
        place[back].append(char)
    return [Card(*at, "".join(side[0]), "".join(side[1])) for at, side in sorted(sides.items())]


def squeezed(words: str) -> str:
    return "".join(words.split())


QUICK = ("a7", "3x5", "avery-5371")
PRINTS = [
    pytest.param(card, paper, flip, marks=() if card in QUICK else pytest.mark.slow, id=f"{card}-{paper}-{flip}")
    for card in SIZES
    for paper in ((paper_of(card),) if paper_of(card) else PAPERS)
    for flip in ("long", "short")
]
"""Every size on every paper, and every perforated sheet on its own, turned over either edge."""


def on(card: str, paper: str) -> dict[str, str]:
    """Return what asks for cards on a paper; perforated sheets need not be told theirs."""
    return {"layout": "cards", "card": card} | ({} if paper_of(card) else {"paper": paper})


@pytest.mark.parametrize(("card", "paper", "flip"), PRINTS)
def test_every_back_comes_to_lie_behind_its_front(
    card: str, paper: str, flip: str, printed: Callable[..., Printed]
) -> None:
    found = printed(**on(card, paper), flip=flip)
    grid = grid_of(card, paper)
    assert {(round(width, 1), round(height, 1)) for width, height in found.sizes} == {grid.page}
    cards = cut_out(found, grid, flip)
    for asked in ONE:
        question, answer = squeezed(asked["front"]), squeezed(asked["back"])
        (place,) = [card for card in cards if question in card.front]
        assert (question in place.back, answer in place.back) == (True, True)
    each = grid.columns * grid.rows
    assert [(place.sheet, place.place) for place in cards] == [divmod(index, each) for index in range(len(cards))]
    assert len(found.sizes) == 2 * -(-len(cards) // each)


def test_folded_cards_have_front_and_back_side_by_side(printed: Callable[..., Printed]) -> None:
    found = printed(layout="cards", flip="fold")
    for asked in ONE:
        front, _ = sorted(found.find(asked["front"]), key=lambda box: box.left)
        (back,) = found.find(asked["back"])
        assert (front.page, int(front.middle[1] // 74.25)) == (back.page, int(back.middle[1] // 74.25))
        assert front.middle[0] < 105 < back.middle[0]


@pytest.mark.parametrize(
    ("card", "paper"),
    [
        ("a7", "a4"),
        pytest.param("a7", "letter", marks=pytest.mark.slow),
        ("3x5", "letter"),
        pytest.param("a6", "a4", marks=pytest.mark.slow),
        ("avery-5371", "letter"),
        pytest.param("avery-5388", "letter", marks=pytest.mark.slow),
        pytest.param("avery-l7414", "a4", marks=pytest.mark.slow),
        pytest.param("avery-c32011", "a4", marks=pytest.mark.slow),
    ],
)
def test_no_text_leaves_its_card_and_none_comes_near_its_edges(
    card: str, paper: str, hostile: Callable[..., Printed]
) -> None:
    found = hostile(**on(card, paper))
    grid = grid_of(card, paper)

    def near(box: Box) -> bool:
        left, top = (
            (at - edge) % pitch for at, edge, pitch in zip((box.left, box.top), grid.first, grid.pitch, strict=True)
        )
        right, bottom = left + box.right - box.left, top + box.bottom - box.top
        sides, ends = grid.safe - 0.1, grid.safe - 3
        return not (left >= sides and right <= grid.card[0] - sides and top > ends and bottom < grid.card[1] - ends)

    assert [(char, box) for char, box in found.boxes() if near(box)] == []


# What a card has


def cards_with(cards: list[Card], question: str) -> list[Card]:
    return [card for card in cards if squeezed(question) in card.front]


def test_a_card_is_complete_do_dont_and_template_are_on_it(tmp_path: Path) -> None:
    framework = {
        **TWO[-1],
        "template": "I am [name]. " * 12,
        "asks_for": "Whether you know them. " * 4,
        "note": "Nobody expects more.",
    }
    files = {**FILES, "demo/one.yaml": card_file("One", [framework]), "demo/deck.yaml": DECK.replace(", two", "")}
    (file,) = artefacts(written(tmp_path / "decks", files), tmp_path, "pdf", printing=Printing(layout="cards")).values()
    found = Printed(file)
    cards = cards_with(cut_out(found, grid_of("a7", "a4")), "Why us of all?")
    assert len(cards) > 1
    text = "".join(card.back for card in cards)
    parts = ["State a fact.", "Link it.", "Whether you know them.", "Prepare well.", "Flatter them.", "I am [name]."]
    assert [part for part in [*parts, "Nobody expects more."] if squeezed(part) not in text] == []


def test_cards_that_belong_together_follow_each_other_and_say_so(hostile: Callable[..., Printed]) -> None:
    cards = cut_out(hostile(layout="cards"), grid_of("a7", "a4"))
    several = [card for card in cards if squeezed("List?") in card.front]
    n = len(several)
    assert n > 2
    assert [(card.sheet * 8 + card.place) - (several[0].sheet * 8 + several[0].place) for card in several] == list(
        range(n)
    )
    for side in ("front", "back"):
        assert [f"{k}of{n}" in getattr(card, side) for k, card in enumerate(several, 1)] == [True] * n
    pointers = [re.findall(r"Continuedoncard(\d+)of(\d+)", card.back) for card in several]
    assert pointers == [[(str(k), str(n))] for k in range(2, n + 1)] + [[]]


def test_a_question_that_continues_has_its_answer_on_each_card(hostile: Callable[..., Printed]) -> None:
    cards = [card for card in cut_out(hostile(layout="cards"), grid_of("a7", "a4")) if "a0?a1?a2?" in card.back]
    text = "".join(card.front for card in cards)
    assert len(cards) > 1
    assert [text.count(f"a{i}?") for i in range(300)] == [1] * 300
    assert ["Short." in card.back for card in cards] == [True] * len(cards)


@pytest.mark.parametrize("card", ["a7", "avery-5371", pytest.param("a6", marks=pytest.mark.slow)])
def test_what_has_no_room_on_a_card_is_on_another(card: str, hostile: Callable[..., Printed]) -> None:
    backs = "".join(part.back for part in cut_out(hostile(layout="cards", card=card), grid_of(card, "a4")))
    assert [backs.count(f"w{i}.") for i in range(1200)] == [1] * 1200
    assert [len(re.findall(rf"point{i}(?!\d)", backs)) for i in range(120)] == [1] * 120
    assert backs.count("x=y") >= 40
    assert backs.count("Doit") + backs.count("Dowhathastobedoneinagoodmanywords.") >= len(HOSTILE[-1]["steps"])


def random_block(rng: random.Random, words: Iterator[str]) -> str:
    """Make up a block of Markdown."""

    def some(most: int) -> str:
        return " ".join(next(words) for _ in range(rng.randint(1, most)))

    match rng.randrange(6):
        case 0:
            return "\n".join(f"- {some(12)}" for _ in range(rng.randint(1, 25)))
        case 1:
            return "\n".join(f"{i}. {some(40)}" for i in range(1, rng.randint(2, 9)))
        case 2:
            rows = "\n".join(f"| {some(2)} | {some(9)} |" for _ in range(rng.randint(1, 20)))
            return f"| {some(1)} | {some(2)} |\n| --- | --- |\n{rows}"
        case 3:
            return "```\n" + "\n".join(some(6) for _ in range(rng.randint(1, 30))) + "\n```"
        case 4:
            return f"{some(60)} **{some(40)}** {some(10)}."
        case _:
            return ". ".join(some(20) for _ in range(rng.randint(1, 20)))


@pytest.mark.parametrize(
    ("card", "seed"),
    [
        ("a7", 1),
        *(pytest.param(card, n, marks=pytest.mark.slow) for card, n in (("avery-c32011", 2), ("a7", 3), ("a7", 4))),
    ],
)
def test_nothing_that_is_typed_is_lost(card: str, seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    typed: dict[str, list[str]] = {"front": [], "back": [], "note": []}

    def words(field: str, number: int) -> Iterator[str]:
        while True:
            typed[field].append(f"{field[0]}{number}z{len(typed[field])}q")
            yield typed[field][-1]

    cards = [
        {"id": f"c{number}", "kind": "basic"}
        | {
            field: "\n\n".join(random_block(rng, words(field, number)) for _ in range(rng.randint(1, most)))
            for field, most in (("front", 1), ("back", 5), ("note", 2))
        }
        for number in range(12)
    ]
    files = {"demo/deck.yaml": MINIMAL_DECK, "demo/one.yaml": card_file("One", cards)}
    printing = Printing(layout="cards", card=card)
    (file,) = artefacts(written(tmp_path / "decks", files), tmp_path, "pdf", printing=printing).values()
    cut = cut_out(Printed(file), grid_of(card, printing["paper"]))
    fronts, backs = "".join(card.front for card in cut), "".join(card.back for card in cut)
    assert [word for word in typed["front"] if word not in fronts] == []
    assert [word for word in (*typed["back"], *typed["note"]) if word not in backs] == []


def test_sources_are_one_line_with_the_time_the_first_and_how_many_more(tmp_path: Path) -> None:
    references = "\n".join(
        f"  - {{id: r{i}, type: report, title: 'Results of the survey of {'many ' * 12}places {i}'}}"
        for i in range(1, 4)
    )
    card = {**ONE[0], "source": ["r1", "r2", "r3"]}
    files = {
        "sources.yaml": f"references:\n{references}\n",
        "demo/deck.yaml": DECK.replace(", two", ""),
        "demo/one.yaml": card_file("One", [card]),
    }
    (file,) = artefacts(written(tmp_path / "decks", files), tmp_path, "pdf", printing=Printing(layout="cards")).values()
    found = Printed(file)
    (line,) = found.find("As of June 2026 · Results of the survey of many")
    (more,) = found.find("… and 2 more")
    assert (round(line.top, 2), len(found.find("places"))) == (round(more.top, 2), 0)


def test_a_long_line_of_times_leaves_room_for_a_source_and_stays_on_its_card(tmp_path: Path) -> None:
    times = {"as_of": "2026-06-30", "checked": "2026-11-29", "source": ["report", "report", "report"]}
    cards = [
        {**ONE[0], **times},
        {**ONE[1], **times, "as_of": "2026 Main Residency Match of all the specialties there are"},
    ]
    files = {**FILES, "demo/deck.yaml": DECK.replace(", two", ""), "demo/one.yaml": card_file("One", cards)}
    printing = Printing(layout="cards", card="avery-c32011")
    (file,) = artefacts(written(tmp_path / "decks", files), tmp_path, "pdf", printing=printing).values()
    found, grid = Printed(file), grid_of("avery-c32011", "a4")
    first, second = [card.back for card in cut_out(found, grid)[1:]]
    assert squeezed("As of 30 June 2026 · Results and 2 more") in first
    assert squeezed("As of the 2026 Main Residency Match of all the") in second
    right = grid.first[0] + grid.pitch[0] + grid.card[0] - grid.safe
    assert max(box.right for _, box in found.boxes()) <= right + 0.1


def test_a_long_description_continues_on_a_second_card_of_the_title(tmp_path: Path) -> None:
    words = [f"d{number}d" for number in range(700)]
    files = {**FILES, "demo/deck.yaml": DECK.replace("Not legal advice.", " ".join(words))}
    built = build_decks(
        Request(
            decks=written(tmp_path / "decks", files), out=tmp_path, formats=("pdf",), printing=Printing(layout="cards")
        )
    )
    assert built.diagnostics == ()
    title = [
        card
        for card in cut_out(Printed(tmp_path / "demo.cards.pdf"), grid_of("a7", "a4"))
        if "Demodeck29cards" in card.front
    ]
    assert len(title) > 1
    assert [f"{k}of{len(title)}" in card.front for k, card in enumerate(title, 1)] == [True] * len(title)
    assert [word for word in words if word not in "".join(card.back for card in title)] == []


# Places on the paper


def test_an_offset_of_the_backs_moves_them_and_nothing_else(printed: Callable[..., Printed]) -> None:
    plain, moved = printed(layout="cards"), printed(layout="cards", back_offset=(1.5, -0.5))
    assert moved.find("Question 7 here?")[0] == plain.find("Question 7 here?")[0]
    (before,), (after,) = plain.find("Answer 7 there."), moved.find("Answer 7 there.")
    assert (round(after.left - before.left, 3), round(after.top - before.top, 3)) == (1.5, -0.5)


@pytest.mark.parametrize(("flip", "back"), [("long", (-1.5, 0.5)), ("short", (1.5, -0.5))])
def test_an_offset_moves_the_cards_on_the_sheet_so_that_backs_stay_behind_their_fronts(
    flip: str, back: tuple[float, float], printed: Callable[..., Printed]
) -> None:
    plain = printed(layout="cards", card="avery-5371", flip=flip)
    moved = printed(layout="cards", card="avery-5371", flip=flip, offset=(1.5, 0.5))
    (before, _), (after, _) = plain.find("Question 7 here?"), moved.find("Question 7 here?")
    assert (round(after.left - before.left, 3), round(after.top - before.top, 3)) == (1.5, 0.5)
    (before,), (after,) = plain.find("Answer 7 there."), moved.find("Answer 7 there.")
    assert (round(after.left - before.left, 3), round(after.top - before.top, 3)) == back


def test_perforated_sheets_have_no_marks_to_cut_along(printed: Callable[..., Printed]) -> None:
    def lines(card: str) -> int:
        file = printed(layout="cards", card=card).file
        with unmeasured(), pdfplumber.open(file) as pdf:
            return len(pdf.pages[0].lines)

    assert (lines("avery-5371"), lines("a7") > 10) == (0, True)


def test_a_ruler_shows_the_outlines_and_what_both_sides_miss_by(printed: Callable[..., Printed]) -> None:
    asked = {"layout": "cards", "card": "avery-5371", "offset": (1.0, 2.0), "back_offset": (0.5, -0.5)}
    found, without = printed(**asked, ruler=True), printed(**asked)
    grid = grid_of("avery-5371", "letter")
    assert len(found.sizes) == len(without.sizes) + 2
    assert cut_out(found, grid, first=3) == cut_out(without, grid)
    with unmeasured(), pdfplumber.open(found.file) as pdf:
        front, back = pdf.pages[:2]
        outlines = {
            (round(shape["x0"] / MM - 1), round(shape["top"] / MM - 2))
            for shape in front.rects
            if round(shape["width"] / MM, 1) == 88.9
        }
        assert outlines == {
            (round(grid.first[0] + column * grid.pitch[0]), round(grid.first[1] + row * grid.pitch[1]))
            for column in range(2)
            for row in range(5)
        }
        # The zeros of both scales on a side: to the right of the first card, and below it; on the back, the middle.
        zeros = [
            [
                (round((char["x0"] + char["x1"]) / 2 / MM, 1), round((char["top"] + char["bottom"]) / 2 / MM, 1))
                for index, char in enumerate(page.chars)
                if char["text"] == "0" and page.chars[index - 1]["text"] not in "10"
            ]
            for page in (front, back)
        ]
    (across, down), (back_across, back_down) = zeros
    assert across[0] == pytest.approx(19.05 + 88.9 + 1, abs=0.1)
    assert down[1] == pytest.approx(12.7 + 50.8 + 2, abs=0.4)
    assert back_across[0] == pytest.approx(215.9 / 2 - 1 + 0.5, abs=0.1)
    assert back_down[1] == pytest.approx(279.4 / 2 + 2 - 0.5, abs=0.4)


# What is said


def build(cardgen: Callable[..., Ran], *more: str) -> Ran:
    return cardgen("build", "--format", "pdf", "--layout", "cards", *more)


def test_a_build_says_how_many_cards_continue_and_warns_of_none_of_them(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    long = {"id": "long", "kind": "basic", "front": "Long?", "back": "Many words. " * 100}
    decks({"demo/one.yaml": card_file("One", [*ONE[:3], long]), "sources.yaml": FILES["sources.yaml"]})
    found = build(cardgen)
    assert (found.code, found.err) == (0, "")
    assert found.out.splitlines()[-1] == "demo.cards.pdf: 5 cards to cut out, since 1 of 4 takes more than one"


@pytest.mark.parametrize(
    ("card", "hint"),
    [
        ("a7", "Shorten it, split it, or print larger cards with --card a6."),
        ("a6", "Shorten it, or split it."),
        ("avery-5371", "Shorten it, split it, or print larger cards with --card avery-5389."),
    ],
)
def test_no_hint_recommends_what_is_in_force(card: str, hint: str, decks: Callable[..., Path], tmp_path: Path) -> None:
    text = {"id": "long", "kind": "basic", "front": "Long?", "back": "Many words. " * 1500}
    built = build_decks(
        Request(
            decks=decks({"demo/one.yaml": card_file("One", [text])}),
            out=tmp_path,
            formats=("pdf",),
            printing=Printing(layout="cards", card=card),
        )
    )
    assert [(found.code, found.hint) for found in built.diagnostics] == [("CG803", hint)]


def test_a_build_for_perforated_sheets_names_them_and_how_to_test_them(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks()
    assert build(cardgen, "--card", "avery-c32011").out.splitlines()[1:] == [
        "demo.cards.pdf: print double-sided, flip on the long edge, at 100 % (not fitted to the page)",
        "demo.cards.pdf: for Avery C32011, a sheet of A4 paper; --ruler begins with a test",
    ]


@pytest.mark.parametrize(
    ("arguments", "files", "wrong"),
    [
        (
            ("--card", "avery-5371", "--paper", "a4"),
            {},
            "`avery-5371` is a sheet of Letter paper, and A4 is asked for; "
            "leave out the paper, or choose `avery-l7414`, `avery-c32011` or `avery-c32015`",
        ),
        (
            ("--paper", "letter"),
            {"demo/deck.yaml": MINIMAL_DECK + "print: {card: avery-c32011}\n"},
            "`avery-c32011` is a sheet of A4 paper, and Letter is asked for; "
            "leave out the paper, or choose `avery-5371`, `avery-5388` or `avery-5389`",
        ),
        (
            ("--card", "avery-5388", "--flip", "fold"),
            {},
            "`avery-5388` is a perforated sheet, and those are not folded; leave out `fold`, or choose `a7`, `a6` or "
            "`3x5`",
        ),
    ],
)
def test_what_a_perforated_sheet_cannot_be_is_wrong_usage(
    arguments: tuple[str, ...],
    files: Mapping[str, str],
    wrong: str,
    decks: Callable[..., Path],
    cardgen: Callable[..., Ran],
    tmp_path: Path,
) -> None:
    decks(files)
    found = build(cardgen, *arguments)
    assert (found.code, f"demo: {wrong}" in " ".join(found.err.split())) == (2, True)
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize(
    ("collection", "deck", "arguments", "paper"),
    [
        ("paper: letter", "", ("--card", "avery-c32011"), "a4"),
        ("paper: a4", "card: avery-5371", (), "letter"),
        ("card: avery-5371", "", ("--card", "a7"), "a4"),
        ("card: avery-5371", "", ("--layout", "sheet", "--paper", "a4"), "a4"),
        ("card: avery-5371", "", ("--layout", "sheet"), "a4"),
    ],
)
def test_a_perforated_sheet_has_its_paper_where_nobody_nearer_asks_for_one(
    collection: str,
    deck: str,
    arguments: tuple[str, ...],
    paper: str,
    decks: Callable[..., Path],
    cardgen: Callable[..., Ran],
    tmp_path: Path,
) -> None:
    deck_file = MINIMAL_DECK + (f"print: {{{deck}}}\n" if deck else "")
    decks({"collection.yaml": f"print: {{{collection}}}\n", "demo/deck.yaml": deck_file})
    assert build(cardgen, *arguments).code == 0
    (file,) = (tmp_path / "dist").glob("*.pdf")
    assert {(round(width, 1), round(height, 1)) for width, height in Printed(file).sizes} == {PAPERS[paper]}


def test_perforated_sheets_are_as_wide_on_both_sides_of_their_cards() -> None:
    # So that a sheet may be put in either way round.
    for card in filter(paper_of, SIZES):
        grid = grid_of(card, "a4")
        for page, first, pitch, size, n in zip(
            grid.page, grid.first, grid.pitch, grid.card, (grid.columns, grid.rows), strict=True
        ):
            assert page - (first + (n - 1) * pitch + size) == pytest.approx(first), card
            assert pitch >= size
