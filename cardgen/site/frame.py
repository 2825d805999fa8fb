"""What all pages have in common: head, links between them, and foot."""

from __future__ import annotations

import posixpath
from functools import cache
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from msgspec import Struct

from cardgen.charts.svg import style as charts_style
from cardgen.site.html import Html, element, html

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cardgen.model import Direction
    from cardgen.words import Words

START: Final = "index.html"
IMPORTING: Final = "import.html"
DOWNLOADS: Final = "downloads.html"
CHANGES: Final = "changes.html"
FEED: Final = "feed.xml"
STYLE: Final = "site.css"
ICON: Final = "icon.svg"
FILES: Final = "downloads"
"""The folder of what is downloaded."""
PICTURES: Final = "pictures"
"""The folder of the pictures that say how to import."""
MEDIA: Final = "media"
"""The folder of the pictures and recordings that cards show."""


class Voice(Struct, frozen=True):
    """The language of a page.

    Attributes:
        words: What cardgen itself says on it.
        language: BCP 47 tag.
        direction: Its writing direction.
    """

    words: Words
    language: str
    direction: Direction


class Frame(Struct, frozen=True):
    """What all pages have in common.

    Attributes:
        title: The site's.
        notice: What stands at the foot of every page.
        imprint: Which version of the content it is, and of cardgen.
        address: Where the site is found, with a slash at its end; empty if that is not known. Without it there is no
            feed.
    """

    title: str
    notice: Html
    imprint: str
    address: str

    def page(self, path: str, title: str, voice: Voice, *body: str) -> bytes:
        """Return a page.

        Args:
            path: Its path in the site.
            title: Its own title, before that of the site.
            voice: Its language.
            body: What is on it, texts or HTML.
        """
        words = voice.words
        entries = (
            (words.decks, link(path, START, "decks")),
            (words.importing, link(path, IMPORTING)),
            (words.downloads, link(path, DOWNLOADS)),
            (words.changes, link(path, CHANGES)),
        )
        links = (element("a", name, href=address) for name, address in entries)
        brand = element("a", self.title, href=link(path, START), class_="brand")
        parts = (
            element("a", words.skip, href="#text", class_="skip"),
            element("header", brand, element("nav", *links)),
            element("main", _lines(body), id="text", tabindex=-1),
            element("footer", self.notice, element("p", self.imprint)),
        )
        filled = _template().substitute(
            language=html(voice.language),
            direction=voice.direction,
            title=html(" · ".join(dict.fromkeys((title, self.title)))),
            links=_lines(self._links(path)),
            body=_lines(parts),
        )
        return filled.encode()

    def _links(self, path: str) -> Iterable[Html]:
        yield element("link", rel="stylesheet", href=link(path, STYLE))
        yield element("link", rel="icon", href=link(path, ICON), type="image/svg+xml")
        if self.address:
            own = "" if path == START else quote(path)
            yield element("link", rel="canonical", href=f"{self.address}{own}")
            yield element("link", rel="alternate", type="application/atom+xml", title=self.title, href=link(path, FEED))


def link(path: str, file: str, place: str = "") -> str:
    """Return the address of a file of the site, or of a place in one, as a page writes it.

    Args:
        path: The path of the page in the site.
        file: The path of the file.
        place: The name of the place in it; or empty.
    """
    way = quote(posixpath.relpath(file, posixpath.dirname(path) or "."))
    return f"{way}#{quote(place)}" if place else way


@cache
def asset(name: str) -> bytes:
    """Return a file that all sites have."""
    return (files(__package__) / name).read_bytes()


def style(gathered: Mapping[str, str]) -> bytes:
    """Return the style sheet of all pages.

    Args:
        gathered: What formulas and pictures need, declarations by the names of classes.
    """
    more = "".join(f".{name} {{ {gathered[name]} }}\n" for name in sorted(gathered))
    return asset(STYLE) + f"{charts_style()}{more}".encode()


@cache
def _template() -> Template:
    return Template(asset("frame.html").decode())


def _lines(parts: Iterable[str]) -> Html:
    return Html("\n".join(map(html, parts)))
