"""The site that Zensical makes of docs/: whole, the same as on GitHub, readable on a phone, and nothing calls out."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import cmarkgfm
import pytest
from conftest import REPOSITORY
from lxml import html as html_reader
from test_preview_page import AXE, WCAG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PAGES = sorted((REPOSITORY / "docs").glob("*.md"))
CONFIGURATION = tomllib.loads((REPOSITORY / "zensical.toml").read_text(encoding="utf-8"))["project"]


def pages_of(nav: list[Any]) -> Iterator[str]:
    """Yield the pages of a part of the navigation."""
    for entry in nav:
        if isinstance(entry, str):
            yield entry
        else:
            for below in entry.values():
                yield from pages_of(below)


def test_every_page_is_in_the_navigation_once() -> None:
    assert sorted(pages_of(CONFIGURATION["nav"])) == [page.name for page in PAGES]


def test_what_both_lists_pin_has_the_same_version() -> None:
    pins = [
        dict(line.split("==") for line in (REPOSITORY / "requirements" / name).read_text(encoding="utf-8").split())
        for name in ("docs.txt", "tested.txt")
    ]
    shared = pins[0].keys() & pins[1].keys()
    assert shared
    assert {name: pins[0][name] for name in shared} == {name: pins[1][name] for name in shared}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site as docs/contributing.md says; without Zensical, these tests are skipped."""
    pytest.importorskip("zensical", reason="no Zensical: pip install -c requirements/docs.txt -e '.[docs]'")
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(REPOSITORY / "docs", folder / "docs")
    shutil.copy(REPOSITORY / "zensical.toml", folder)
    built = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--clean", "--strict"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (built.returncode, built.stderr) == (0, "No issues found\n")
    return folder / "build" / "docs"


def test_the_site_has_the_pages_and_no_scripts_that_make_them(site: Path) -> None:
    assert {page.stem for page in site.glob("*.html")} == {"404", *(page.stem for page in PAGES)}
    assert list(site.rglob("*.py")) == []


SHOWN = re.compile("h[1-4]|p|ul|ol|li|pre|table|tr|code|em|strong|img|sub|sup")
"""The elements that a reader sees."""


def structure(page: html_reader.HtmlElement) -> list[tuple[str, str]]:
    """Return the elements of a page, with the text of each, in order."""
    for aside in page.xpath(".//script | .//style | .//nav | .//a[@class='headerlink']"):
        aside.drop_tree()
    elements = [element for element in page.iter() if isinstance(element.tag, str) and SHOWN.fullmatch(element.tag)]
    # A paragraph in an item of a list is one where lines are empty, and that is up to the reader.
    return [
        (element.tag, " ".join(element.text_content().split()))
        for element in elements
        if (element.tag, element.getparent().tag) not in {("p", "li"), ("code", "pre")}
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_shows_on_the_site_what_it_shows_on_github(page: Path, site: Path) -> None:
    github = html_reader.fromstring(cmarkgfm.github_flavored_markdown_to_html(page.read_text(encoding="utf-8")))
    (ours,) = html_reader.parse(site / f"{page.stem}.html").getroot().xpath("//article")
    expected = structure(html_reader.fragment_fromstring(html_reader.tostring(github), create_parent=True))
    assert structure(ours) == expected


def test_pages_and_styles_name_nothing_to_load_from_other_hosts(site: Path) -> None:
    for page in site.glob("*.html"):
        root = html_reader.parse(page).getroot()
        loaded = root.xpath("//*/@src | //link[not(@rel='prev' or @rel='next')]/@href")
        assert [address for address in loaded if re.match(r"(\w+:)?//", address)] == [], page.name
    for style in site.rglob("*.css"):
        assert re.findall(r"""(?:url\(|@import )["']?(?:https?:)?//[^)]*""", style.read_text(encoding="utf-8")) == []


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    """Open the site's first page from the disk, on a phone; nothing may be asked of another host."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto((site / "index.html").as_uri())
    yield opened
    context.close()
    assert [address for address in asked if not address.startswith(("file:", "data:", "blob:", "about:"))] == []


STICKING_OUT = """() => [...document.querySelectorAll("body *")].filter(element => {
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.right <= innerWidth) return false;
  for (let around = element.parentElement; around; around = around.parentElement)
    if (getComputedStyle(around).overflowX !== "visible") return false;
  return true;
}).map(element => element.outerHTML.slice(0, 200))"""
"""What a page shows beyond its right edge, and not in a part that scrolls by itself, as wide tables do."""


def test_no_page_is_wider_than_a_phone(page: Page, site: Path) -> None:
    for file in sorted(site.glob("*.html")):
        page.goto(file.as_uri())
        assert page.evaluate(STICKING_OUT) == [], file.name


@pytest.mark.parametrize("name", ["index", "kinds", "printing", "commands"])
def test_nothing_keeps_people_from_using_a_page(name: str, page: Page, site: Path) -> None:
    page.goto((site / f"{name}.html").as_uri())
    page.evaluate(AXE)
    # Wide tables scroll by themselves, also with the keyboard: browsers focus what scrolls, Chromium since 130.
    options = {"runOnly": WCAG, "rules": {"scrollable-region-focusable": {"enabled": False}}}
    found = page.evaluate("options => axe.run(options)", options)
    assert [(broken["id"], broken["nodes"][0]["html"]) for broken in found["violations"]] == []


def test_search_finds_a_page_without_a_server(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("ledger")
    page.get_by_role("link", name=re.compile("lost ledger|Publish", re.IGNORECASE)).first.wait_for()
