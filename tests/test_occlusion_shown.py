"""Pictures with masks as people see them: in the preview, where a tap takes a mask away, and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from conftest import artefacts, card_file
from printed import Printed, elements
from test_preview_page import side

from cardgen.model import Printing
from cardgen.preview import write_site
from cardgen.preview.site import compile_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><path d="M0 0h400v200H0z"/></svg>'
MASKS = {
    "first": {"rect": [0, 0, 25, 50], "hides": "The first"},
    "second": {"ellipse": [50, 0, 25, 50], "hides": "The second"},
    "third": {"polygon": [[0, 100], [25, 50], [25, 100]], "hides": "The third"},
}
CARDS: list[dict[str, Any]] = [
    {"id": "all", "kind": "occlusion", "image": "media/a.svg", "title": "All of it", "masks": MASKS},
    {"id": "one", "kind": "occlusion", "image": "media/a.svg", "title": "Only one", "masks": MASKS, "hide": "one"},
    {"id": "plain", "kind": "basic", "front": "What comes after them?", "back": "Nothing."},
]


@pytest.fixture
def root(decks: Callable[..., Path]) -> Path:
    """Return a folder of decks with two pictures."""
    return decks({"demo/one.yaml": card_file("One", CARDS), "demo/media/a.svg": PICTURE})


# In the preview


@pytest.fixture
def page(root: Path, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """Yield the preview as files, in which nothing may go wrong."""
    written = write_site(compile_site(root), tmp_path / "site")
    context = browser.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(written.page.as_uri())
    page.wait_for_selector("#content > *")
    yield page
    context.close()
    assert wrong == []


def drawn(page: Page, card: str, name: str) -> dict[str, list[str]]:
    """Return the masks on a side of a card that can be seen, by the part they play; each as its element's name."""
    page.click(f'#list button[data-key="{card}"]')
    frame = side(page, name)
    frame.wait_for_selector("svg#image-occlusion-canvas > *")
    found: dict[str, list[str]] = frame.evaluate(
        """() => {
            const found = {};
            for (const mask of document.querySelectorAll("#image-occlusion-canvas > *:not(.away)"))
                (found[mask.classList[0]] ||= []).push(mask.tagName);
            for (const names of Object.values(found)) names.sort();
            return found;
        }"""
    )
    return found


def test_a_card_shows_the_masks_that_anki_would_draw(page: Page) -> None:
    assert drawn(page, "demo/all#2", "front") == {"active": ["ellipse"], "inactive": ["polygon", "rect"]}
    assert drawn(page, "demo/all#2", "back") == {"highlight": ["ellipse"], "inactive": ["polygon", "rect"]}
    assert drawn(page, "demo/one#3", "front") == {"active": ["polygon"]}
    assert drawn(page, "demo/one#3", "back") == {"highlight": ["polygon"]}
    assert side(page, "back").inner_text(".answer") == "The third"
    assert side(page, "back").is_hidden("#toggle")


def test_a_mask_lies_where_its_author_said(page: Page) -> None:
    drawn(page, "demo/all#1", "front")
    mask, picture = (
        side(page, "front").eval_on_selector(
            selector, "e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.width, b.height]; }"
        )
        for selector in ("#image-occlusion-canvas > .active", "#image-occlusion-container img")
    )
    left, top, width, height = picture
    assert width == pytest.approx(2 * height, abs=1)
    assert mask == pytest.approx([left, top, width / 4, height / 2], abs=1)


def test_a_tap_takes_a_mask_away_and_the_button_all_others(page: Page) -> None:
    drawn(page, "demo/all#1", "back")
    frame = side(page, "back")
    frame.click("#image-occlusion-canvas > ellipse")
    assert drawn_now(frame) == {"highlight": 1, "inactive": 1}
    frame.click("#image-occlusion-canvas > ellipse")
    assert drawn_now(frame) == {"highlight": 1, "inactive": 2}
    assert frame.inner_text("#toggle") == "Show or hide the masks"
    frame.click("#toggle")
    assert drawn_now(frame) == {"highlight": 1}
    frame.click("#toggle")
    assert drawn_now(frame) == {"highlight": 1, "inactive": 2}


def drawn_now(frame: Any) -> dict[str, int]:
    """Return how many masks of each part can be seen."""
    classes: list[str] = frame.eval_on_selector_all(
        "#image-occlusion-canvas > *:not(.away)", "all => all.map(one => one.classList[0])"
    )
    return {name: classes.count(name) for name in sorted(set(classes))}


# On paper


def printed(root: Path, out: Path, **options: Any) -> Printed:
    """Print the deck."""
    (file,) = artefacts(root, out, "pdf", printing=Printing(**options)).values()
    return Printed(file)


@pytest.mark.parametrize("layout", ["sheet", "test", "large"])
def test_a_sheet_has_numbers_on_the_picture_and_a_key(layout: str, root: Path, tmp_path: Path) -> None:
    sheet = printed(root, tmp_path / "dist", layout=layout)
    assert len(sheet.find("Name the 3 parts.")) == 2
    for name in ("The first", "The second", "The third"):
        assert len(sheet.find(name)) == 2
    (title, *_) = sheet.find("All of it")
    (prompt, *_) = sheet.find("Name the 3 parts.")
    inside = [
        (text, box)
        for text, box in sheet.boxes()
        if text in "123" and box.page == title.page and title.bottom < box.top and box.bottom < prompt.top
    ]
    # Those of the key stand to the right, or below.
    marks = {text: min((box for other, box in inside if other == text), key=lambda box: box.left) for text in "123"}
    # From the first to the second it is half the picture's width, to the third half its height, which is half as much.
    (left, top), (right, beside), (below, bottom) = (marks[number].middle for number in "123")
    assert (below, beside) == pytest.approx((left, top), abs=0.5)
    assert right - left == pytest.approx(2 * (bottom - top), rel=0.02)


def test_cards_to_cut_out_are_one_for_each_mask_and_numbered_as_the_sheet(root: Path, tmp_path: Path) -> None:
    cards = printed(root, tmp_path / "dist", layout="cards")
    assert len(cards.find("?")) == 6 + 2  # and the question of the last card, in front and above its answer
    for name in ("The first", "The second", "The third"):
        assert len(cards.find(name)) == 2
    numbers = [text for text, box in cards.boxes() if text in "123" and box.page == 1 and box.top % 74.25 < 12]
    assert sorted(numbers) == ["1", "1", "1", "2", "2", "2", "3"]


def test_screen_readers_hear_of_the_picture_once(root: Path, tmp_path: Path) -> None:
    sheet = printed(root, tmp_path / "dist", layout="sheet")
    told = [kept["Alt"] for _, kept in elements(sheet.file) if "Alt" in kept]
    assert told == ["All of it", "Only one"]
