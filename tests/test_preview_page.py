"""The preview in a real browser: what a deck's author sees and does, and that nothing leaves the machine.

The browser is the system's own Chromium, driven by Playwright; without one these tests are skipped, except where
CARDGEN_NEEDS_BROWSER says that there must be one, as CI does.
"""

from __future__ import annotations

import html
import shutil
import threading
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe_playwright_python
import pytest
from conftest import REPOSITORY, artefacts, card_file, imported, written
from test_preview import FILES, PIXEL

from cardgen.preview import Editor, write_site
from cardgen.preview.server import PreviewServer
from cardgen.preview.site import ShownCard, ShownNoteType, ShownSection, Site, compile_site
from cardgen.preview.watch import Current

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from anki.collection import Collection
    from playwright.sync_api import Browser, Frame, Page

# axe-core, the checker of accessibility that browsers' own tools use (MPL-2.0).
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


TYPED_STYLE = "font-family: 'Liberation Sans'; font-size: 20px"
TYPED_LINE = f'<center><input type="text" id="typeans" aria-label="Your answer" style="{TYPED_STYLE}"></center>'


@dataclass
class Window:
    """A page in a window of its own, and all that went wrong in it."""

    page: Page
    wrong: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, url: str) -> Page:
        """Open a page, and wait until it shows something."""
        self.page.goto(url)
        self.page.wait_for_selector("#content > *")
        return self.page


def windows(browser: Browser) -> Iterator[Callable[..., Window]]:
    """Open windows: ``window(width=360, dark=True)``; at the end, nothing may have gone wrong in any of them."""
    contexts, opened = [], []

    def make(width: int = 1280, height: int = 800, *, dark: bool = False) -> Window:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        found = Window(context.new_page())
        found.page.set_default_timeout(10_000)
        found.page.on("console", lambda message: found.wrong.append(message.text))
        found.page.on("pageerror", lambda error: found.wrong.append(str(error)))
        found.page.on("request", lambda request: found.requests.append(request.url))
        contexts.append(context)
        opened.append(found)
        return found

    yield make
    for context in contexts:
        context.close()
    assert [wrong for found in opened for wrong in found.wrong] == []


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Window]]:
    """Open windows of one test."""
    yield from windows(browser)


@dataclass(frozen=True)
class Served:
    """A preview that is served, and the folder of its decks."""

    server: PreviewServer
    root: Path

    @property
    def url(self) -> str:
        """The page's address."""
        return self.server.url

    def change(self, name: str, old: str, new: str) -> None:
        """Edit a file of the decks."""
        file = self.root / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


def served(root: Path, editor: Editor | None = None) -> Iterator[Served]:
    server = PreviewServer(Current(root), 0, editor)
    current = server.current
    threads = [
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}),
        threading.Thread(target=current.keep, args=(lambda _: None,)),
    ]
    for thread in threads:
        thread.start()
    yield Served(server, root)
    current.close()
    server.shutdown()
    for thread in threads:
        thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def shipped() -> Iterator[Served]:
    """Serve the decks that ship; nobody changes them."""
    yield from served(REPOSITORY / "decks")


SMALL = FILES | {
    "demo/deck.yaml": "id: demo\ntitle: Demo\nsections: [one, two]\nvariants: {core: {where: {level: core}}}\n",
    "demo/two.yaml": card_file(
        "Two",
        [
            {"id": f"card-{number}", "kind": "basic", "front": f"Question {number}?", "back": f"Réponse {number}"}
            for number in range(60)
        ],
        defaults={"audience": "us-img", "tags": "y"},
    ),
}


@pytest.fixture
def small(decks: Callable[..., Path]) -> Iterator[Served]:
    """Serve a small deck that may be changed."""
    yield from served(decks(SMALL))


@pytest.fixture(scope="module")
def still(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Yield a page of a small deck that nobody changes; a test that asks for something clears what others asked for."""
    root = written(tmp_path_factory.mktemp("still") / "decks", {name: text for name, text in SMALL.items() if text})
    for preview in served(root):
        for window in windows(browser):
            yield window().open(preview.url)


def cleared(page: Page) -> Page:
    """Take away the search and the filters."""
    if page.is_visible("#clear"):
        page.click("#clear")
    assert len(listed(page)) == 63
    return page


def listed(page: Page) -> list[str]:
    """Return the keys of the cards in the list."""
    keys: list[str] = page.eval_on_selector_all("#list button", "buttons => buttons.map(button => button.dataset.key)")
    return keys


def current(page: Page) -> str:
    """Return the key of the card that is shown."""
    return str(page.inner_text(".facts .key code"))


def side(page: Page, name: str) -> Frame:
    """Return the frame of a side, when the card is in it."""
    element = page.wait_for_selector(f".side-{name} iframe")
    assert element is not None
    frame = element.content_frame()
    assert frame is not None
    frame.wait_for_selector(".cg, .mine")
    return frame


# It shows cards


def test_it_shows_every_card_and_asks_nobody_else(shipped: Served, window: Callable[..., Window]) -> None:
    opened = window()
    page = opened.open(shipped.url)
    cards = shipped.server.current.get()[1].cards
    assert listed(page) == [card.key for card in cards]
    assert page.inner_text("#found") == f"{len(cards)} cards"
    assert current(page) == cards[0].key
    # Of a question's wordings the card's script hides all but one.
    assert side(page, "front").inner_html("#qa").replace(' hidden=""', "") == "".join(cards[0].front)
    side(page, "back").wait_for_selector("#answer")
    assert [url for url in opened.requests if not url.startswith(shipped.url)] == []


def test_every_card_is_put_together_as_anki_shows_it(
    shipped: Served, window: Callable[..., Window], anki: Collection, tmp_path: Path
) -> None:
    decks = Path(shutil.copytree(shipped.root, tmp_path / "decks"))
    (package,) = artefacts(decks, tmp_path / "dist", "apkg", all_in_one=True).values()
    imported(anki, package)
    in_anki = {}
    for card in map(anki.get_card, anki.db.list("select id from cards")):
        note, output = card.note(), card.render_output()
        compared = f'<div style="{TYPED_STYLE}">{anki.compare_answer(note.fields[1], "")}</div>'
        in_anki[f"{note['ID']} {card.ord}"] = [
            output.question_text.replace("[[type:Back]]", TYPED_LINE),
            output.answer_text.replace("[[type:Back]]", compared),
        ]
    page = window().open(shipped.url)
    in_browser = page.evaluate(
        """async () => {
            const site = window.preview.unpacked(await (await fetch("site.json")).json());
            return Object.fromEntries(site.cards.map(card => [
                `${card.key.split("#")[0]} ${card.ordinal}`, [card.side("front"), card.side("back")],
            ]));
        }"""
    )
    assert in_browser == in_anki


def test_a_card_of_every_kind_is_shown_front_and_back(shipped: Served, window: Callable[..., Window]) -> None:
    page = window().open(shipped.url + "#view=kinds")
    counts = Counter(card.kind for card in shipped.server.current.get()[1].cards)
    shown = page.eval_on_selector_all(".shelf > h2", "heads => heads.map(head => head.textContent)")
    assert shown == [f"{kind} {count} cards" for kind, count in sorted(counts.items())]
    page.wait_for_function("() => document.querySelectorAll('.exhibit iframe').length >= 4")
    assert len(page.frames) < 60  # those far away are not there
    page.press(".exhibit .title >> nth=1", "Enter")  # a click would miss it while frames above still grow
    assert page.get_attribute("#view-card", "aria-pressed") == "true"


def test_pictures_are_shown(small: Served, window: Callable[..., Window]) -> None:
    page = window().open(small.url + "#card=demo%2Fpicture")
    assert picture_width(page) == 1


def picture_width(page: Page) -> int:
    frame = side(page, "front")
    frame.wait_for_function("() => document.images[0].complete")
    return int(frame.evaluate("document.images[0].naturalWidth"))


HOSTILE = r"$\text{<img src=x onerror=document.body.dataset.ran=1><script>alert(1)</script>} + x$"
TALL = r"$$\left( \frac{ \frac{a}{b} }{c} \right)$$"


@pytest.fixture
def formulas(decks: Callable[..., Path]) -> Iterator[Served]:
    """Serve a card with formulas."""
    card = {"id": "a", "kind": "basic", "front": HOSTILE, "back": TALL}
    yield from served(decks({"demo/one.yaml": card_file("One", [card])}))


@pytest.mark.parametrize("from_disk", [False, True])
def test_formulas_are_set_in_a_face_of_their_own(
    from_disk: bool, formulas: Served, tmp_path: Path, window: Callable[..., Window]
) -> None:
    file = write_site(formulas.server.current.get()[1], tmp_path / "site").page
    page = window().open(file.as_uri() if from_disk else formulas.url)
    # Only a face made for mathematics has parentheses that grow.
    heights = "['mo', 'mfrac'].map(tag => document.querySelector(`[display] ${tag}`).getBoundingClientRect().height)"
    side(page, "back").wait_for_function(f"() => {{ const [mo, mfrac] = {heights}; return mo > mfrac; }}")


def test_a_hostile_formula_is_text_in_a_card(formulas: Served, window: Callable[..., Window]) -> None:
    front = side(window().open(formulas.url), "front")
    assert "<script>alert(1)</script>" in (front.text_content("math") or "")
    assert front.evaluate("document.body.dataset.ran || document.querySelectorAll('math img, math script').length") == 0


def wait_for_dress(page: Page, html_class: str, body_class: str) -> None:
    """Wait until both sides carry these classes."""
    for name in ("front", "back"):
        side(page, name).wait_for_function(
            "dress => document.documentElement.className === dress[0] && document.body.className === dress[1]",
            arg=[html_class, body_class],
        )


def test_a_card_is_dressed_as_by_ankis_apps(small: Served, window: Callable[..., Window]) -> None:
    page = window().open(small.url)
    wait_for_dress(page, "", "card card1")
    page.keyboard.press("d")
    wait_for_dress(page, "night-mode", "card card1 nightMode night_mode")
    page.keyboard.press("p")
    wait_for_dress(page, "night-mode mobile", "card card1 nightMode night_mode")
    page.keyboard.press("d")
    page.keyboard.press("j")
    wait_for_dress(page, "mobile", "card card3")


def test_a_phone_is_360_pixels_wide(small: Served, window: Callable[..., Window]) -> None:
    page = window().open(small.url)
    page.click("#phone")
    for name in ("front", "back"):
        assert side(page, name).evaluate("innerWidth") == 360


def test_a_frame_is_as_high_as_its_card(small: Served, window: Callable[..., Window]) -> None:
    page = window().open(small.url)
    frame = side(page, "back")
    frame.evaluate("document.querySelector('.cg').style.paddingBottom = '900px'")
    page.wait_for_function("() => document.querySelector('.side-back iframe').offsetHeight > 900")
    assert frame.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0


EXPECTED = "Café <au> lait & thé 日本 e\u0301"
TYPED = [
    "",
    EXPECTED,
    "cafe",
    "Café  au lait",
    "au lait au lait",
    "日本",
    "xyz",
    "<b>Cafe\u0301</b>",
    "\u0301 thé",
    "éé",
]


def test_what_is_typed_is_compared_as_in_anki(
    decks: Callable[..., Path], anki: Collection, window: Callable[..., Window]
) -> None:
    card = {"id": "typed", "kind": "typed", "front": "Which?", "back": EXPECTED}
    for preview in served(decks({"demo/one.yaml": card_file("One", [card])})):
        page = window().open(preview.url)
        front, back = side(page, "front"), side(page, "back")
        field = unicodedata.normalize("NFC", html.escape(EXPECTED))
        for typed in TYPED:
            front.fill("#typeans", typed)
            front.press("#typeans", "Enter")
            compared = anki.compare_answer(field, typed)
            back.wait_for_function(
                """html => {
                    const wanted = document.createElement("div");
                    wanted.innerHTML = html;
                    return wanted.firstChild.outerHTML === document.querySelector("code#typeans").outerHTML;
                }""",
                arg=compared,
            )
        page.close()  # or it would ask a server that is gone


SCRIPTED = ShownCard(
    key="demo/scripted",
    deck="demo",
    section="one",
    kind="basic",
    part="",
    form="basic",
    template="",
    ordinal=0,
    question="Scripted",
    answer="",
    front=('<p class="mine">front</p><script>window.order = "b,a"; let once = 1;</script>',),
    back=(
        """<p class="mine">back</p><script>
      document.querySelector(".mine").textContent = window.order;
      let reach = "nothing";
      try { reach = window.parent.document.title; } catch (error) { reach = error.name; }
      document.body.dataset.reached = reach;
    </script>""",
    ),
    tags=(),
    facets={},
    variants=(),
    file="decks/demo/one.yaml",
    line=1,
)


def test_scripts_of_the_back_find_what_those_of_the_front_left_and_reach_nothing_else(
    tmp_path: Path, window: Callable[..., Window]
) -> None:
    site = Site("Demo", sections=(ShownSection((SCRIPTED,)),), note_types={"basic": ShownNoteType("", ())})
    page = window().open(write_site(site, tmp_path).page.as_uri())
    back = side(page, "back")
    back.wait_for_selector("text=b,a")
    assert back.evaluate("document.body.dataset.reached") == "SecurityError"


# One finds cards


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("demo 7 question", ["demo/card-7", *(f"demo/card-{ten}7" for ten in range(1, 6))]),
        ("REPONSE 13", ["demo/card-13"]),
        ("demo/gaps", ["demo/gaps#1", "demo/gaps#3"]),
        ("one.yaml picture", ["demo/picture"]),
        ("nothing at all", []),
    ],
)
def test_the_search_finds_words_wherever_they_stand(search: str, found: list[str], still: Page) -> None:
    page = cleared(still)
    page.click("h1")
    page.keyboard.press("/")
    page.keyboard.type(search)
    assert listed(page) == found
    assert page.inner_text("#found") == f"{len(found)} of 63 cards"
    if not found:
        assert page.inner_text("#content") == "No card has all that. Search for less, or clear the filters."


@pytest.mark.parametrize(
    ("name", "value", "count"),
    [
        ("section", "demo/one", 3),
        ("variant", "core", 2),
        ("kind", "cloze", 2),
        ("facet-audience", "us-img", 60),
        ("facet-country", "CA", 1),
        ("facet-level", "core", 2),
        ("tag", "x", 2),
    ],
)
def test_every_filter_keeps_what_carries_its_value(name: str, value: str, count: int, still: Page) -> None:
    page = cleared(still)
    assert f"({count})" in page.inner_text(f"#filter-{name} option[value='{value}']")
    page.select_option(f"#filter-{name}", value)
    assert len(listed(page)) == count


def test_a_deck_has_filters_of_its_own(shipped: Served, window: Callable[..., Window]) -> None:
    page = window().open(shipped.url)
    page.select_option("#filter-deck", "visa")
    site = shipped.server.current.get()[1]
    assert listed(page) == [card.key for card in site.cards if card.deck == "visa"]
    (deck,) = (deck for deck in site.decks if deck.name == "visa")
    offered = page.eval_on_selector_all("#filter-section option", "options => options.map(option => option.value)")
    assert offered == ["", *(f"visa/{section}" for section, _ in deck.sections)]


def test_keys_go_from_card_to_card_also_out_of_a_card(small: Served, window: Callable[..., Window]) -> None:
    page = window().open(small.url)
    seen = [current(page)]
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
        seen.append(current(page))
    side(page, "front").click("body")
    page.keyboard.press("j")
    page.wait_for_function("() => document.querySelector('.facts .key code').textContent === 'demo/picture'")
    assert seen == ["demo/gaps#1", "demo/gaps#3", "demo/picture", "demo/gaps#3"]


def test_what_is_chosen_is_there_after_a_reload(small: Served, window: Callable[..., Window]) -> None:
    page = window().open(small.url)
    page.fill("#search", "question")
    page.select_option("#filter-facet-audience", "us-img")
    page.click("[data-key='demo/card-42']")
    page.click("#night")
    page.reload()
    page.wait_for_selector("#content .facts")
    assert (current(page), len(listed(page)), page.input_value("#search")) == ("demo/card-42", 60, "question")
    assert page.get_attribute("html", "data-light") == "dark"


def test_the_place_is_shown_and_can_be_copied(small: Served, window: Callable[..., Window]) -> None:
    page = window().open(small.url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    place = f"{(small.root / 'demo/one.yaml').as_posix()}:3"
    assert page.inner_text(".place code") == place
    page.click("text=Copy")
    page.wait_for_selector("text=Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == place


def test_the_place_opens_in_the_editor(
    decks: Callable[..., Path], tmp_path: Path, window: Callable[..., Window]
) -> None:
    program = tmp_path / "editor"
    program.write_text(f'#!/bin/sh\nprintf "%s" "$*" > {tmp_path}/opened\n')
    program.chmod(0o755)
    root = decks(SMALL)
    for small in served(root, Editor(f"{program} {{file}} {{line}}")):
        page = window().open(small.url)
        page.click("text=Open in the editor")
        page.wait_for_selector("text=Opened.")
        for _ in range(100):
            if (tmp_path / "opened").exists() and (tmp_path / "opened").read_text():
                break
            page.wait_for_timeout(20)
        assert (tmp_path / "opened").read_text() == f"{root / 'demo/one.yaml'} 3"
        page.close()  # or it would ask a server that is gone


# It follows the files


def test_an_edit_is_shown_and_all_else_stays_where_it_was(small: Served, window: Callable[..., Window]) -> None:
    page = window(height=500).open(small.url)
    page.fill("#search", "question")
    page.select_option("#filter-section", "demo/two")
    page.click("[data-key='demo/card-50']")
    page.evaluate("document.querySelector('#list').scrollTop = 700")
    page.evaluate("window.scrollTo(0, 60)")
    where = "[document.querySelector('#list').scrollTop, window.scrollY]"
    before = page.evaluate(where)
    small.change("demo/two.yaml", "50", "fifty")
    small.change("demo/two.yaml", "card-fifty", "card-50")
    side(page, "back").wait_for_selector("text=Réponse fifty")
    assert page.evaluate(where) == before
    assert before[0] == 700
    assert (current(page), page.input_value("#search"), len(listed(page))) == ("demo/card-50", "question", 60)


def test_an_error_stands_above_the_cards_from_before_it(small: Served, window: Callable[..., Window]) -> None:
    page = window().open(small.url)
    small.change("demo/one.yaml", "tags: x::y", "tgas: x::y")
    page.wait_for_selector("#findings li")
    file = (small.root / "demo/one.yaml").as_posix()
    assert page.inner_text("#findings-title") == "1 error"
    assert page.inner_text("#findings .message") == "error[CG201] unknown field tgas in card gaps of kind cloze"
    assert page.inner_text("#findings .place code") == f"{file}:7"
    assert page.inner_text("#findings mark") == "tgas"
    assert page.inner_text("#findings-stale") == "The cards below are from before the error."
    assert len(listed(page)) == 63
    small.change("demo/one.yaml", "tgas: x::y", "tags: x::y")
    page.wait_for_selector("#findings", state="hidden")


def test_decks_that_are_wrong_from_the_start_are_shown_when_they_are_mended(
    decks: Callable[..., Path], window: Callable[..., Window]
) -> None:
    for small in served(decks({"demo/one.yaml": "title: One\ncards: [{id: a, kind: basic, front: A}]\n"})):
        page = window().open(small.url)
        assert page.inner_text("#content") == "There are no cards yet."
        assert page.is_hidden("#findings-stale")
        small.change("demo/one.yaml", "front: A", "front: A, back: B")
        page.wait_for_selector("[data-key='demo/a']")
        page.close()  # or it would ask a server that is gone


def test_a_page_whose_preview_has_ended_says_so(decks: Callable[..., Path], browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    for small in served(decks()):
        page.goto(small.url)
        page.wait_for_selector("#list button")
    page.wait_for_selector("text=The preview has ended")
    context.close()


# Anybody can use it


def test_a_narrow_window_is_never_scrolled_sideways(shipped: Served, window: Callable[..., Window]) -> None:
    page = window(width=360, height=640).open(shipped.url)
    page.click("#more-filters summary")
    widths = {}
    for look in ("desktop", "phone"):
        page.evaluate("look => document.getElementById(look).click()", look)
        for view in ("view-kinds", "view-card", "show-list"):
            page.click(f"#{view}")
            page.wait_for_timeout(100)
            widths[look, view] = page.evaluate("document.documentElement.scrollWidth")
        page.click("#show-list")
    assert set(widths.values()) == {360}, widths


def violations(frame: Any, tags: list[str]) -> list[str]:
    """Let axe-core look at a page or a frame, and give what it finds wrong, each with its first place."""
    if not frame.evaluate("'axe' in window"):
        frame.evaluate(AXE)
    options = {"runOnly": tags, "iframes": False, "preload": False, "resultTypes": ["violations"]}
    # What is right is left in the page: to bring it here would take as long as to find it.
    found = frame.evaluate("options => axe.run(document, options).then(found => found.violations)", options)
    return [f"{entry['id']}: {entry['nodes'][0]['html']} ({entry['nodes'][0]['failureSummary']})" for entry in found]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_page_has_no_barriers(dark: bool, decks: Callable[..., Path], window: Callable[..., Window]) -> None:
    for preview in served(decks(FILES)):
        page = window(dark=dark).open(preview.url)
        found = violations(page, [*WCAG, "best-practice"])
        page.click("#view-kinds")
        preview.change("demo/one.yaml", "back: B", "bakc: B")
        page.wait_for_selector("#findings li")
        found += violations(page, [*WCAG, "best-practice"])
        page.click("#view-card")
        page.set_viewport_size({"width": 360, "height": 640})
        page.click("#show-list")
        found += violations(page, [*WCAG, "best-practice"])
        assert found == []
        page.close()  # or it would ask a server that is gone


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_card_of_no_kind_has_barriers_on_either_side(
    dark: bool, shipped: Served, window: Callable[..., Window]
) -> None:
    page = window(dark=dark).open(shipped.url)
    first = {(card.kind, card.form): card for card in reversed(shipped.server.current.get()[1].cards)}
    found = {}
    for sort, card in sorted(first.items()):
        page.evaluate("key => document.querySelector(`[data-key='${key}']`).click()", card.key)
        for name in ("front", "back"):
            frame = side(page, name)
            frame.wait_for_function("title => document.title.endsWith(title)", arg=" ".join(card.question[:80].split()))
            found[*sort, name] = violations(frame, WCAG)
    assert {sort: wrong for sort, wrong in found.items() if wrong} == {}


# From a disk


def test_a_page_from_a_disk_works_without_a_server(
    decks: Callable[..., Path], tmp_path: Path, window: Callable[..., Window]
) -> None:
    file = write_site(compile_site(decks(SMALL)), tmp_path / "a site").page
    opened = window()
    page = opened.open(file.as_uri())
    assert len(listed(page)) == 63
    page.fill("#search", "dot")
    assert (current(page), picture_width(page)) == ("demo/picture", 1)
    page.click("#night")
    wait_for_dress(page, "night-mode", "card card1 nightMode night_mode")
    assert page.is_hidden("text=Open in the editor")
    assert {url.partition(":")[0] for url in opened.requests} == {"file"}
    assert [path for path in (tmp_path / "a site/cards").glob("*.png") if path.read_bytes() == PIXEL]
