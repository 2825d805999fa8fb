"""What a site is made of, and what several of its pages show alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.model import direction_of
from cardgen.model.own_kind import gate_of
from cardgen.richtext import parse
from cardgen.site.fold import Gathered, PageFold, no_picture
from cardgen.site.frame import FILES, MEDIA, Voice, link
from cardgen.site.html import Html, element
from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cardgen.build.manifest import Artefact
    from cardgen.export import Bundle
    from cardgen.model import Collection
    from cardgen.site.frame import Frame
    from cardgen.site.offers import Cut, Offers
    from cardgen.site.releases import Release
    from cardgen.words import Words

_KB: Final = 1_000
_MB: Final = 1_000_000
_LARGE: Final = 10 * _MB

_SHOWN: Final = ("apkg", "pdf", "xlsx")
"""The formats that people are offered where an edition is; all others are on the page of downloads."""


class Site(Struct, frozen=True):
    """What a site is made of.

    Attributes:
        frame: What its pages have in common.
        collection: The collection.
        report: The address at which readers report mistakes, with ``{card}`` and ``{question}``; or empty.
        voice: Its language.
        whole: All its decks.
        decks: Each of them.
        offers: The files that can be downloaded.
        releases: What has changed, the newest first.
        gathered: What its pages have been found to need beside them.
    """

    frame: Frame
    collection: Collection
    report: str
    voice: Voice
    whole: Bundle
    decks: tuple[Bundle, ...]
    offers: Offers
    releases: tuple[Release, ...]
    gathered: Gathered

    def fold(self, path: str, bundle: Bundle) -> PageFold:
        """Return what writes the texts of a deck on a page of this path."""
        (edition,) = bundle.editions

        def media(file: str) -> str:
            return link(path, f"{MEDIA}/{self.gathered.file(edition.media[file])}")

        return PageFold(media, self.gathered)

    def own_text(self, markdown: str) -> Html:
        """Return a text of the collection's own."""
        return self.own_fold().page(parse(markdown))

    def own_fold(self) -> PageFold:
        """Return what writes texts that are of no deck, and so have no pictures."""
        return PageFold(no_picture, self.gathered)

    def title_of(self, cut: Cut) -> str:
        """Return what people call the edition of a cut; of whole decks, that it is all."""
        if cut.tier is not None:
            return gate_of(cut.tier)
        if cut.variant is None:
            return self.voice.words.all_cards
        found = (deck.variant(cut.variant) for deck in self.collection.decks)
        return next(named.title for named in found if named is not None)


def voice_of(bundle: Bundle) -> Voice:
    """Return the language of the pages of a deck."""
    deck = bundle.editions[0].deck
    return Voice(deck.words, deck.language, direction_of(deck.language))


def cards_of(bundle: Bundle) -> int:
    """Return how many cards there are as their authors count them."""
    return sum(1 for edition in bundle.editions for _ in edition.deck.cards())


def facts(*parts: str) -> Html:
    """Return facts in a row, each in its own direction: letters and digits of one must not move into another."""
    return Html(" · ".join(element("bdi", part) for part in parts))


def size(number: int) -> str:
    """Return how large a file is, in the units of the International System."""
    return f"{round(number / _MB)} MB" if number >= _LARGE else f"{max(1, round(number / _KB))} kB"


def format_name(name: str, words: Words) -> str:
    """Return what a format is for, or what it is called."""
    known = {
        "apkg": words.for_anki,
        "pdf": words.to_print,
        "xlsx": words.as_table,
        "csv": words.as_table,
        "story-sheet": words.story_sheet,
    }
    return known.get(name, name)


def download(path: str, artefact: Artefact, name: str, words: Words) -> Html:
    """Return a button for a file.

    Args:
        path: The path of the page.
        artefact: The file.
        name: What stands on the button.
        words: Those of the page.
    """
    file = artefact.path.name
    details = [f".{file.rpartition('.')[2]}", size(artefact.bytes)]
    if artefact.format == "apkg":
        details.insert(1, fill(words.in_anki, cards=words.counted("card", artefact.cards)))
    button = element("a", name, href=link(path, f"{FILES}/{file}"), download=True, class_="button")
    return element("li", button, " ", element("small", facts(*details)))


def downloads(path: str, artefacts: Iterable[Artefact], words: Words) -> Html:
    """Return a list of buttons for the usual files of an edition."""
    found = {artefact.format: artefact for artefact in reversed(list(artefacts))}
    buttons = (download(path, found[name], format_name(name, words), words) for name in _SHOWN if name in found)
    return element("ul", *buttons, class_="files")
