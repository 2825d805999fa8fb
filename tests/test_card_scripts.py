"""What cards do in a browser, as Anki's own engine renders them: steps one at a time, options in another order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import REPOSITORY, artefacts, card_file, imported, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from anki.collection import Collection
    from anki.template import TemplateRenderOutput
    from playwright.sync_api import Browser, Page

CARDS: list[dict[str, Any]] = [
    {
        "id": "route",
        "kind": "process",
        "title": "The route",
        "steps": [{"id": name, "do": f"Step {name}."} for name in "abc"],
    },
    {
        "id": "answer",
        "kind": "framework",
        "question": "Why?",
        "asks_for": "Fit",
        "moves": [{"id": name, "cue": f"Move {name}.", "text": f"Text {name}."} for name in "abc"],
        "ordered": True,
        "do": "Look up.",
    },
    {
        "id": "any-order",
        "kind": "framework",
        "question": "Why here?",
        "wordings": ["Why us?", "Why this town?"],
        "asks_for": "Fit",
        "moves": [{"id": name, "cue": name, "text": f"Move {name}."} for name in "abc"],
    },
    {
        "id": "pick",
        "kind": "choice",
        "question": "Which?",
        "options": [{"text": name, "right": name == "B"} for name in "ABCDE"],
    },
    {
        "id": "fee",
        "kind": "typed",
        "front": "How much?",
        "back": "510",
        "confidence": "secondary",
        "stale_after": "2027-06-30",
    },
]


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> dict[str, TemplateRenderOutput]:
    """Return what Anki's engine makes of the first card of each note."""
    from anki.collection import Collection

    files = {"demo/deck.yaml": "id: demo\ntitle: Demo\nsections: [one]\n", "demo/one.yaml": card_file("One", CARDS)}
    folder = tmp_path_factory.mktemp("scripts")
    (package,) = artefacts(written(folder / "decks", files), folder / "dist", "apkg").values()
    anki = Collection(str(folder / "collection.anki2"))
    imported(anki, package)
    notes = map(anki.get_note, anki.find_notes(""))
    found = {note["ID"]: note.cards()[0].render_output() for note in notes}
    anki.close()
    return found


@pytest.fixture
def show(browser: Browser, sides: dict[str, TemplateRenderOutput]) -> Iterator[Callable[..., Page]]:
    """Show a side of a card: ``show("demo/route", "answer")``; the same page again, as Anki does, or a new one."""
    contexts = []

    def make(
        note: str, side: str, page: Page | None = None, *, scripts: bool = True, now: str = "", zone: str = "UTC"
    ) -> Page:
        output = sides[note]
        html = output.question_text if side == "question" else output.answer_text
        if page is None:
            context = browser.new_context(
                java_script_enabled=scripts, viewport={"width": 360, "height": 800}, timezone_id=zone
            )
            contexts.append(context)
            page = context.new_page()
            if now:
                page.clock.set_fixed_time(now)
            page.set_content(f'<style>{output.css}</style><body class="card"><div id="qa">{html}</div>')
        else:
            page.evaluate(PUT, html)
        return page

    yield make
    for context in contexts:
        context.close()


# Anki's desktop puts a side into its page like this, and runs the scripts in it (ts/reviewer/index.ts).
PUT = """html => {
    const qa = document.getElementById("qa");
    qa.innerHTML = html;
    for (const old of qa.querySelectorAll("script")) {
        const script = document.createElement("script");
        script.textContent = old.textContent;
        old.replaceWith(script);
    }
}"""


def seen(page: Page, selector: str) -> list[str]:
    """Return the words of the elements that can be seen."""
    found: list[str] = page.eval_on_selector_all(
        selector,
        """all => all
            .filter(one => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length)
            .map(one => one.innerText)""",
    )
    return found


@pytest.mark.parametrize(
    ("note", "items", "words"),
    [("demo/route", ".answer > ol > li", "Step"), ("demo/answer", ".moves > ol > li", "Move")],
)
def test_steps_and_moves_come_one_at_a_time(show: Callable[..., Page], note: str, items: str, words: str) -> None:
    page = show(note, "answer")
    assert (seen(page, items), seen(page, ".reveal button")) == ([f"{words} a."], ["Next, 2 of 3", "Show all"])
    page.keyboard.press("n")
    assert (seen(page, items), seen(page, ".reveal button")) == (
        [f"{words} a.", f"{words} b."],
        ["Next, 3 of 3", "Show all"],
    )
    page.click("text=Next, 3 of 3")
    assert (len(seen(page, items)), seen(page, ".reveal button")) == (3, [])


def test_a_tap_on_the_list_shows_the_next_and_one_button_shows_all(show: Callable[..., Page]) -> None:
    page = show("demo/answer", "answer")
    page.click(".moves li")
    assert len(seen(page, ".moves li")) == 2
    page.click("text=Show all")
    assert len(seen(page, ".moves li")) == 3


def test_what_would_tell_the_moves_waits_for_the_last(show: Callable[..., Page]) -> None:
    page = show("demo/answer", "answer")
    before = seen(page, ".more")
    page.click("text=Show all")
    after = seen(page, ".more")
    page.click("text=More")
    assert (before, after, seen(page, ".more .do li")) == ([], ["More"], ["Look up."])


def test_moves_in_any_order_come_at_once_and_the_rest_waits_for_a_tap(show: Callable[..., Page]) -> None:
    page = show("demo/any-order", "answer")
    assert (seen(page, ".moves li"), seen(page, ".texts li"), seen(page, "button")) == (["a", "b", "c"], [], [])
    page.click("text=More")
    assert seen(page, ".texts li") == ["a: Move a.", "b: Move b.", "c: Move c."]


WORDINGS = ["Why here?", "Why us?", "Why this town?"]


def test_a_question_comes_in_another_wording_each_time_and_in_the_same_on_both_sides(
    show: Callable[..., Page],
) -> None:
    page = show("demo/any-order", "question")
    asked = []
    for _ in range(40):
        show("demo/any-order", "question", page)
        asked += seen(page, ".wordings li")
        show("demo/any-order", "answer", page)
        # The answer side shows the list of the question again in its own place.
        assert seen(page, ".wordings li") == asked[-1:]
    # All 40 without one of three wordings: less than once in a million.
    assert (len(asked), sorted(set(asked))) == (40, sorted(WORDINGS))


def test_an_answer_that_knows_no_wording_shows_the_first_and_without_scripts_all(show: Callable[..., Page]) -> None:
    assert seen(show("demo/any-order", "answer"), ".wordings li") == WORDINGS[:1]
    assert seen(show("demo/any-order", "question", scripts=False), ".wordings li") == WORDINGS


def test_the_key_shows_a_move_once_on_the_second_card_too(show: Callable[..., Page]) -> None:
    page = show("demo/route", "answer")
    show("demo/answer", "answer", page)
    page.keyboard.press("n")
    assert len(seen(page, ".moves li")) == 2


def test_a_question_and_a_card_of_another_kind_have_no_such_buttons(show: Callable[..., Page]) -> None:
    page = show("demo/route", "question")
    assert seen(page, "button") == []
    show("demo/pick", "answer", page)
    page.keyboard.press("n")
    assert seen(page, "button") == []


@pytest.mark.parametrize(
    ("note", "items"), [("demo/route", ".answer > ol > li"), ("demo/answer", ".moves > ol > li, .folded")]
)
def test_without_scripts_everything_is_there(show: Callable[..., Page], note: str, items: str) -> None:
    page = show(note, "answer", scripts=False)
    assert len(seen(page, items)) == (3 if note == "demo/route" else 4)


def options(page: Page) -> list[str]:
    return [text.strip() for text in seen(page, ".options li")]


def test_options_stand_in_the_same_order_on_both_sides(show: Callable[..., Page]) -> None:
    page = show("demo/pick", "question")
    for _ in range(5):
        show("demo/pick", "question", page)
        asked = options(page)
        show("demo/pick", "answer", page)
        assert (options(page), sorted(asked)) == (asked, list("ABCDE"))


def test_options_come_in_another_order_each_time(show: Callable[..., Page]) -> None:
    page = show("demo/pick", "question")
    orders = set()
    for _ in range(20):
        show("demo/pick", "question", page)
        orders.add(tuple(options(page)))
    # Twenty times the same of 120 orders: once in 10 to the power of 39.
    assert len(orders) > 1


def test_an_answer_that_knows_no_order_shows_the_authors(show: Callable[..., Page]) -> None:
    assert options(show("demo/pick", "answer")) == list("ABCDE")


def test_the_answer_marks_what_is_right_in_words(show: Callable[..., Page]) -> None:
    page = show("demo/pick", "answer")
    marks = [
        json.loads(page.evaluate("element => JSON.stringify(getComputedStyle(element, '::before').content)", element))
        for element in page.query_selector_all(".options li > div")
    ]
    assert marks == [f'"{mark}" / "{word}:"' for mark, word in [("✗", "wrong"), ("✓", "right"), *[("✗", "wrong")] * 3]]


LINES = """Array.from(document.querySelectorAll(".status p"), line =>
    [line.innerText, getComputedStyle(line).borderInlineStartWidth])"""
"""The lines that say what one should know of an answer, and the width of the bar before those that stand out."""

SECONDARY = ["Secondary source: check the official table.", "4px"]


@pytest.mark.parametrize(
    ("now", "zone", "bar"),
    [
        ("2027-06-30T23:59:58Z", "UTC", "0px"),
        ("2027-07-01T00:00:01Z", "UTC", "4px"),
        ("2027-06-30T16:00:00Z", "Asia/Tokyo", "4px"),
        ("2027-07-01T06:00:00Z", "America/Los_Angeles", "0px"),
    ],
)
def test_a_fact_stands_out_once_its_day_has_passed_where_the_learner_is(
    show: Callable[..., Page], now: str, zone: str, bar: str
) -> None:
    page = show("demo/fee", "answer", now=now, zone=zone)
    assert page.evaluate(LINES) == [SECONDARY, ["Check again after June 2027.", bar]]


def test_without_scripts_a_fact_says_its_day(show: Callable[..., Page]) -> None:
    page = show("demo/fee", "answer", scripts=False)
    assert seen(page, ".status p") == ["Secondary source: check the official table.", "Check again after June 2027."]


def test_a_card_that_comes_after_is_not_marked(show: Callable[..., Page]) -> None:
    page = show("demo/fee", "answer", now="2030-01-01T00:00:00Z")
    show("demo/pick", "answer", page)
    assert page.evaluate(LINES) == []


def test_no_card_of_a_shipped_deck_is_wider_than_a_small_phone(
    browser: Browser, tmp_path: Path, anki: Collection
) -> None:
    packages = artefacts(REPOSITORY / "decks", tmp_path / "dist", "apkg", locked=True)
    for package in packages.values():
        imported(anki, package)
    wide: list[str] = []
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.set_content('<html class="mobile"><body class="card"><style></style><div id="qa"></div>')
    for card_id in anki.find_cards(""):
        card = anki.get_card(card_id)
        output = card.render_output()
        sides = [output.question_text, output.answer_text]
        # Without the scripts: everything is shown at once, which is the widest a card can be.
        width = page.evaluate(
            """([css, sides]) => {
                document.querySelector("style").textContent = css;
                document.getElementById("qa").innerHTML = sides.join("");
                return document.documentElement.scrollWidth;
            }""",
            [output.css, sides],
        )
        if width > 360:
            wide.append(card.note()["ID"])
    context.close()
    assert wide == []
