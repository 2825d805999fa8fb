"""Pages beside the cards: how to import, all downloads, and what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.richtext import parse_line
from cardgen.site.content import format_name, size
from cardgen.site.frame import CHANGES, DOWNLOADS, FEED, FILES, IMPORTING, PICTURES, link
from cardgen.site.html import Html, element, joined
from cardgen.words.dates import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.build.manifest import Artefact
    from cardgen.site.content import Site
    from cardgen.site.offers import Cut

_ANKI: Final = "https://apps.ankiweb.net/"
_ANKIDROID: Final = "https://ankidroid.org/"
_ANKIMOBILE: Final = "https://apps.apple.com/app/id373493387"

STEPS: Final = {"choose": (640, 300), "options": (640, 250), "study": (640, 300)}
"""The steps on a computer that have a picture, with its width and height."""


def importing_page(site: Site) -> tuple[str, bytes]:
    """Return the page that says how to import, after its path."""
    words = site.voice.words

    def said(entry: str) -> Html:
        """Return an entry of the words; what stands between asterisks is what a program says."""
        return site.own_fold().line(parse_line(words[entry].replace("*", "**")))

    def program(heading: str, name: str, address: str) -> Html:
        return joined(element("h2", words[heading]), element("p", element("a", name, href=address)))

    steps = (
        element("li", said("step_install")),
        *(element("li", said(f"step_{name}"), _picture(site, name)) for name in STEPS),
    )
    body = (
        element("h1", words.importing),
        element("p", said("anki_is")),
        program("on_computer", "Anki", _ANKI),
        element("ol", *steps, class_="steps"),
        program("on_android", "AnkiDroid", _ANKIDROID),
        element("p", said("android")),
        program("on_iphone", "AnkiMobile", _ANKIMOBILE),
        element("p", said("iphone")),
        element("p", said("iphone_free")),
        element("h2", words.newer),
        element("p", said("import_again")),
    )
    return IMPORTING, site.frame.page(IMPORTING, words.importing, site.voice, *body)


def _picture(site: Site, name: str) -> Html:
    address = link(IMPORTING, f"{PICTURES}/{name}.png")
    width, height = STEPS[name]
    words = site.voice.words[f"picture_{name}"]
    return element("img", src=address, alt=words, width=width, height=height, loading="lazy")


def downloads_page(site: Site) -> tuple[str, bytes]:
    """Return the page that lists all files with their checksums, after its path."""
    words = site.voice.words
    sections = (
        element("section", element("h2", site.title_of(cut)), _table(site, cut), id=cut.id)
        for cut in site.offers.cuts()
    )
    body = (element("h1", words.downloads), *sections)
    return DOWNLOADS, site.frame.page(DOWNLOADS, words.downloads, site.voice, *body)


def _table(site: Site, cut: Cut) -> Html:
    words = site.voice.words
    head = (words.file, words.column_kind, words.size, "SHA-256")
    rows = (element("tr", *_cells(site, artefact)) for artefact in site.offers.of_edition(cut))
    return element(
        "table",
        element("thead", element("tr", *(element("th", name, scope="col") for name in head))),
        element("tbody", *rows),
        class_="sums",
    )


def _cells(site: Site, artefact: Artefact) -> Iterator[Html]:
    file = artefact.path.name
    yield element("td", element("a", file, href=link(DOWNLOADS, f"{FILES}/{file}"), download=True))
    yield element("td", format_name(artefact.format, site.voice.words))
    yield element("td", size(artefact.bytes), class_="to-right")
    yield element("td", element("code", artefact.sha256))


def changes_page(site: Site) -> tuple[str, bytes]:
    """Return the page that says what has changed, after its path."""
    words = site.voice.words
    follow = element("p", element("a", words.follow, href=link(CHANGES, FEED)))
    body = (
        element("h1", words.changes),
        follow if site.frame.address else "",
        *(
            element(
                "section",
                element("h2", day_in_words(release.day.isoformat(), words)),
                release.notes,
                id=release.name,
            )
            for release in site.releases
        ),
    )
    return CHANGES, site.frame.page(CHANGES, words.changes, site.voice, *body)
