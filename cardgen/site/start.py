"""The first page: what the decks are about, which edition is for whom, and what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.richtext import parse
from cardgen.site.content import cards_of, download, downloads, facts
from cardgen.site.decks import counts, deck_page
from cardgen.site.frame import DOWNLOADS, IMPORTING, START, link
from cardgen.site.html import Html, element
from cardgen.site.offers import WHOLE, Cut
from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.export import Bundle
    from cardgen.model.site import Audience
    from cardgen.site.content import Site


def start_page(site: Site) -> tuple[str, bytes]:
    """Return the first page, after its path."""
    words, texts = site.voice.words, site.collection.site
    there_is = facts(
        words.counted("deck", len(site.decks)),
        words.counted("card", cards_of(site.whole)),
        fill(words.last_changed, date=site.whole.day_of_change),
    )
    body = (
        element("h1", site.collection.title),
        site.own_text(texts.about),
        element("p", there_is, class_="facts"),
        *_audiences(site),
        element("section", element("h2", words.decks), *_decks(site), id="decks"),
        *(element("section", element("h2", title), site.own_text(text)) for title, text in texts.chapters),
    )
    return START, site.frame.page(START, site.collection.title, site.voice, *body)


def _audiences(site: Site) -> Iterator[Html]:
    """Yield what helps readers to find the edition that is theirs."""
    texts, words, offered = site.collection.site, site.voice.words, site.offers.cuts()
    boxes = [_audience(site, audience) for audience in texts.audiences if Cut(audience.variant) in offered]
    if boxes:
        yield element(
            "section",
            element("h2", words.which_edition),
            site.own_text(texts.which),
            element("div", *boxes, class_="boxes"),
            element("p", element("a", words.importing, href=link(START, IMPORTING))),
            id="editions",
        )


def _audience(site: Site, audience: Audience) -> Html:
    words = site.voice.words
    choices = ((audience.begin_with, words.begin_with), (audience.variant, words.complete))
    buttons = (
        download(START, artefact, name, words)
        for variant, name in choices
        if variant
        for artefact in site.offers.together(Cut(variant))
    )
    return element(
        "article",
        element("h3", site.title_of(Cut(audience.variant))),
        site.own_text(audience.about),
        element("ul", *buttons, class_="files"),
        element("p", element("a", words.all_files, href=link(START, DOWNLOADS, audience.variant))),
        id=audience.variant,
    )


def _decks(site: Site) -> Iterator[Html]:
    """Yield the decks, and before them what holds all of them."""
    words = site.voice.words
    if sum(bundle.editions[0].deck.translation is None for bundle in site.decks) > 1:
        together = (download(START, artefact, words.all_decks, words) for artefact in site.offers.together(WHOLE))
        yield element("ul", *together, class_="files")
    yield element("div", *(_deck(site, bundle) for bundle in site.decks), class_="boxes")


def _deck(site: Site, bundle: Bundle) -> Html:
    deck = bundle.editions[0].deck
    return element(
        "article",
        element("h3", element("a", bundle.title, href=link(START, deck_page(bundle)))),
        site.fold(START, bundle).page(parse(deck.description)),
        element("p", counts(bundle), class_="facts"),
        downloads(START, site.offers.of_deck(WHOLE, deck.name), site.voice.words),
        lang=deck.language if deck.language != site.collection.language else None,
    )
