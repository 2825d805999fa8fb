"""The pages of a deck: one that lists its questions, and those of its sections with the cards."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.richtext import parse
from cardgen.site.cards import card, line_of
from cardgen.site.content import cards_of, downloads, facts, voice_of
from cardgen.site.frame import link
from cardgen.site.html import Html, element, joined
from cardgen.site.offers import WHOLE
from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cardgen.export import Bundle
    from cardgen.notes import Note
    from cardgen.site.content import Site

DECKS: Final = "decks"
"""The folder of the pages of decks."""

_MOST_CARDS: Final = 100
_MOST_BYTES: Final = 150_000
"""Most cards on a page, and most bytes of their HTML: what a phone loads in a few seconds, far from a city."""

_LISTED: Final = 1_000
"""Most cards of a deck whose questions are all on one page."""


class _Part(Struct, frozen=True):
    """The cards of one page.

    Attributes:
        path: The page's path.
        title: The section's title, and which part of the section it is if there are several.
        notes: The notes on it.
        cards: Their HTML.
    """

    path: str
    title: str
    notes: tuple[Note, ...]
    cards: tuple[Html, ...]


class DeckPages:
    """Makes the pages of a deck.

    Args:
        site: What the site is made of.
        bundle: The deck.
    """

    def __init__(self, site: Site, bundle: Bundle) -> None:
        self._site = site
        self._bundle = bundle
        self._edition = bundle.editions[0]
        self._deck = self._edition.deck
        self._voice = voice_of(bundle)

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """Yield the pages, each after its path."""
        parts = list(self._parts())
        yield self._contents(parts)
        for index, part in enumerate(parts):
            before = parts[index - 1] if index else None
            after = parts[index + 1] if index + 1 < len(parts) else None
            yield part.path, self._page(part, before, after)

    def _parts(self) -> Iterator[_Part]:
        """Yield the sections, in parts where they are long."""
        shown = (note for note in self._edition.notes if not note.part.covered)
        for (section, title), notes in groupby(shown, lambda note: (note.section_id, note.section)):
            stem = f"{DECKS}/{self._deck.name}/{section}"
            fold = self._site.fold(f"{stem}.html", self._bundle)
            rendered = [(note, card(note, self._voice, fold, self._site.report)) for note in notes]
            parts = list(_split(rendered))
            for number, part in enumerate(parts, 1):
                which = fill(self._voice.words.part_of, part=number, parts=len(parts))
                yield _Part(
                    path=f"{stem}.html" if number == 1 else f"{stem}.{number}.html",
                    title=title if len(parts) == 1 else f"{title}, {which}",
                    notes=tuple(note for note, _ in part),
                    cards=tuple(html for _, html in part),
                )

    def _contents(self, parts: Sequence[_Part]) -> tuple[str, bytes]:
        """Return the page that lists what there is, and its path."""
        path, deck, words = deck_page(self._bundle), self._deck, self._voice.words
        listed = cards_of(self._bundle) <= _LISTED
        body = (
            element("h1", self._bundle.title),
            self._site.fold(path, self._bundle).page(parse(deck.description)),
            element("p", counts(self._bundle), class_="facts"),
            downloads(path, self._site.offers.of_deck(WHOLE, deck.name), words),
            *self._editions(path),
            *(_section(path, part, listed=listed) for part in parts),
        )
        return path, self._site.frame.page(path, self._bundle.title, self._voice, *body)

    def _editions(self, path: str) -> Iterator[Html]:
        """Yield the editions of the deck, folded."""
        offers, words = self._site.offers, self._voice.words
        found = ((cut, offers.of_deck(cut, self._deck.name)) for cut in offers.cuts() if cut != WHOLE)
        entries = [
            joined(element("h2", self._site.title_of(cut)), downloads(path, files, words))
            for cut, files in found
            if files
        ]
        if entries:
            yield element("details", element("summary", words.which_edition), *entries, class_="editions")

    def _page(self, part: _Part, before: _Part | None, after: _Part | None) -> bytes:
        words = self._voice.words
        around = ((before, words.previous_page, "prev"), (after, words.next_page, "next"))
        links = (
            element("a", fill(entry, title=other.title), href=link(part.path, other.path), rel=way)
            for other, entry, way in around
            if other is not None
        )
        up = element("a", self._bundle.title, href=link(part.path, deck_page(self._bundle)))
        body = (
            element("p", up, class_="up"),
            element("h1", part.title),
            *part.cards,
            element("nav", *links, class_="turn", aria_label=self._bundle.title),
        )
        title = f"{part.title} · {self._bundle.title}"
        return self._site.frame.page(part.path, title, self._voice, *body)


def deck_page(bundle: Bundle) -> str:
    """Return the path of the page that lists what is in a deck."""
    return f"{DECKS}/{bundle.editions[0].deck.name}.html"


def counts(bundle: Bundle) -> Html:
    """Return how many cards there are, as authors and as Anki count them."""
    words = bundle.words
    in_anki = fill(words.in_anki, cards=words.counted("card", bundle.card_count))
    return facts(words.counted("card", cards_of(bundle)), in_anki)


def _section(path: str, part: _Part, *, listed: bool) -> Html:
    """Return a section's title and its questions; each has the place of its card's ID, wherever the card may be."""
    heading = element("h2", element("a", part.title, href=link(path, part.path)))
    questions = (
        element("li", element("a", line_of(note), href=link(path, part.path, note.place)), id=note.place)
        for note in part.notes
        if not note.part.id
    )
    return element("section", heading, element("ul", *questions, class_="questions") if listed else "")


def _split(cards: Iterable[tuple[Note, Html]]) -> Iterator[list[tuple[Note, Html]]]:
    """Yield cards in parts that are not too long for a page."""
    part: list[tuple[Note, Html]] = []
    length = 0
    for note, html in cards:
        longer = length + len(html.encode())
        if part and (len(part) == _MOST_CARDS or longer > _MOST_BYTES):
            yield part
            part, longer = [], len(html.encode())
        part.append((note, html))
        length = longer
    if part:
        yield part
