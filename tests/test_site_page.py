"""The site in a real browser: it is read without scripts, by everybody, on any window and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from conftest import card_file, written
from test_preview_page import WCAG, violations
from test_recordings import tone
from test_site import FILES, made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

WIDE = [
    {
        "id": "wide", "kind": "basic", "front": "```\n" + "x" * 300 + "\n```",
        "back": "| " + " | ".join(f"column-{n}" for n in range(12)) + " |\n" + "|--" * 12 + "|\n" + "| y " * 12 + "|",
        "note": "w" * 200 + " $" + " + ".join(f"a_{{{n}}}" for n in range(30)) + "$",
    },
]  # fmt: skip
MARKS = [
    {
        "id": "marks", "kind": "basic", "front": "==Highlighted==, ++underlined++, {漢字|かんじ}: what is this?",
        "back": "```python\ndef name(n):  # comment\n    return 'string' + 1\n```\n\nTerm\n: Meaning.\n",
        "note": "![half as wide](media/dot.png){width=50%}",
    },
    {"id": "linked", "kind": "basic", "front": "What is [this](https://example.org/)?", "back": "A page"},
    {"id": "heard", "kind": "reversed", "front": "![a tone](media/tone.wav)", "back": "A tone"},
]  # fmt: skip
MORE: dict[str, str | bytes] = {
    "left/two.yaml": FILES["left/two.yaml"],
    "left/deck.yaml": str(FILES["left/deck.yaml"]).replace("[one, two]", "[one, two, marks]"),
    "left/marks.yaml": card_file("Marks", MARKS, defaults={"level": "more"}),
    "left/media/tone.wav": tone(),
    "right/only.yaml": card_file("Only", WIDE, defaults={"level": "more"}),
}
PAGES = (
    "index.html", "import.html", "downloads.html", "changes.html", "decks/left.html", "decks/left/one.html",
    "decks/left/two.html", "decks/left/marks.html", "decks/right/only.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish two small decks."""
    folder = tmp_path_factory.mktemp("site")
    notes = written(folder / "releases", {"2026-11-29.md": "# One\n\n## Two\n\n- a `card`\n"})
    decks = written(folder / "decks", FILES | MORE)
    return made(decks, folder / "site", address="https://example.org/", release_notes=notes)


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open windows; at the end, nothing may have gone wrong in them, and nobody else may have been asked."""
    contexts: list[Any] = []
    wrong: list[str] = []
    asked: list[str] = []

    def make(width: int = 1000, *, dark: bool = False, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("request", lambda request: asked.append(request.url))
        return page

    yield make
    for context in contexts:
        context.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith("file:")] == []


def opened(page: Page) -> Page:
    """Open all answers."""
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    return page


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_page_has_barriers(dark: bool, site: Path, window: Callable[..., Page]) -> None:
    page = window(dark=dark)
    found = {}
    for name in PAGES:
        page.goto((site / name).as_uri())
        found[name] = violations(opened(page), [*WCAG, "best-practice"])
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_an_answer_opens_without_scripts(site: Path, window: Callable[..., Page]) -> None:
    page = window(scripts=False)
    page.goto((site / "decks/left/one.html").as_uri())
    answer = page.locator("#basic .answer")
    assert not answer.is_visible()
    page.click("#basic summary")
    assert answer.is_visible()
    page.keyboard.press("Enter")
    assert not answer.is_visible()
    assert page.locator("#choice .options").is_visible()


def test_what_is_tapped_in_a_question_stands_outside_of_what_opens_the_answer(
    site: Path, window: Callable[..., Page]
) -> None:
    page = window()
    page.goto((site / "decks/left/marks.html").as_uri())
    assert page.locator("summary a, summary audio").count() == 0
    # Waiting for a function would be evaluating a string, which the page forbids.
    loaded = "audio => new Promise(done => { audio.onloadedmetadata = () => done(audio.duration); audio.load(); })"
    assert page.eval_on_selector("#heard audio", loaded) == pytest.approx(0.1)
    page.click("#linked summary")
    assert page.locator("#linked .answer").is_visible()


def test_a_picture_is_as_wide_as_its_author_wants(site: Path, window: Callable[..., Page]) -> None:
    page = window()
    page.goto((site / "decks/left/marks.html").as_uri())
    widths = opened(page).evaluate(
        "[document.querySelector('#marks img'), document.querySelector('#marks .note p')]"
        ".map(one => one.getBoundingClientRect().width)"
    )
    assert widths[0] == pytest.approx(widths[1] / 2, abs=1)


def test_one_gets_from_the_first_page_to_a_card_and_back(site: Path, window: Callable[..., Page]) -> None:
    page = window(scripts=False)
    page.goto((site / "index.html").as_uri())
    page.click("main h3 >> text=Left")
    page.click("text=To the visa")
    assert page.url.endswith("/decks/left/one.html#process")
    page.click("text=Next: Two")
    page.click(".up a")
    page.click("header .brand")
    assert page.url.endswith("/index.html")


@pytest.mark.parametrize("width", [390, 320])
def test_no_page_is_scrolled_sideways_on_a_phone(width: int, site: Path, window: Callable[..., Page]) -> None:
    page = window(width)
    widths = {}
    for name in PAGES:
        page.goto((site / name).as_uri())
        widths[name] = opened(page).evaluate("document.documentElement.scrollWidth")
    assert set(widths.values()) == {width}, widths


def test_what_can_be_tapped_is_large_enough(site: Path, window: Callable[..., Page]) -> None:
    page = window(390)
    page.goto((site / "decks/left/one.html").as_uri())
    heights = page.eval_on_selector_all(
        "summary, header a", "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 24  # https://www.w3.org/TR/WCAG22/#target-size-minimum


def test_paper_has_all_answers_and_no_links_to_elsewhere(site: Path, window: Callable[..., Page]) -> None:
    page = window()
    page.goto((site / "decks/left/one.html").as_uri())
    page.emulate_media(media="print")
    assert page.locator("#basic .answer").is_visible()
    assert page.locator("#framework .texts").is_visible()
    assert not page.locator("body > header nav").is_visible()


def test_light_and_dark_follow_the_reader(site: Path, window: Callable[..., Page]) -> None:
    colours = []
    for dark in (False, True):
        page = window(dark=dark)
        page.goto((site / "index.html").as_uri())
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert colours == ["rgb(255, 255, 255)", "rgb(28, 30, 32)"]


def test_a_language_from_right_to_left_is_mirrored(tmp_path: Path, window: Callable[..., Page]) -> None:
    files = FILES | {"collection.yaml": "title: Geography\nlanguage: ar\nfacets: {level: any}\n"}
    site = made(written(tmp_path / "decks", files), tmp_path / "site")
    page = window(390)
    page.goto((site / "decks/left/one.html").as_uri())
    box = page.locator("main h1").bounding_box()
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('main h1')).textAlign") == "start"
    assert box is not None
    assert opened(page).evaluate("document.documentElement.scrollWidth") == 390
    assert violations(page, [*WCAG, "best-practice"]) == []
