"""Publishes decks: builds all downloads, makes the pages around them, and puts both in place in one step."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from cardgen.build.builder import Built, prepared
from cardgen.build.plan import Planned, cut, one_each
from cardgen.build.private import published
from cardgen.build.request import Request
from cardgen.errors import UsageError
from cardgen.read import UnreadableFileError, label
from cardgen.site.content import Site
from cardgen.site.decks import DECKS, DeckPages
from cardgen.site.feed import LATEST, feed, latest
from cardgen.site.fold import Gathered
from cardgen.site.frame import FEED, FILES, ICON, MEDIA, PICTURES, STYLE, Frame, Voice, asset, style
from cardgen.site.help import STEPS, changes_page, downloads_page, importing_page
from cardgen.site.html import Html, element
from cardgen.site.offers import Offers, offered
from cardgen.site.record import Record
from cardgen.site.releases import Release, read_releases
from cardgen.site.start import start_page
from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from cardgen.build.builder import Build
    from cardgen.build.manifest import Artefact
    from cardgen.build.staging import Staging
    from cardgen.diagnostics import Diagnostic
    from cardgen.export import Content

ADDRESS: Final = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")
"""What collection.schema.json allows for `address`."""

REPORT: Final = re.compile(r"(https?://|mailto:)([^\s{}]|\{question\})*\{card\}([^\s{}]|\{card\}|\{question\})*")
"""What it allows for `report`."""

_NO_FEED: Final = (
    "no feed: its entries need the address of the site; give it with --base-url, or as `address` under `site` in "
    "collection.yaml"
)


class SiteRequest(Struct, frozen=True):
    """What to publish.

    Attributes:
        decks: Folder of the decks; None as for `cardgen.build.request.Request`.
        names: Names of decks; empty for all.
        languages: Languages of decks; empty for all.
        formats: Names of the formats to offer; empty for the default ones.
        out: Folder of the site.
        address: Where the site will be found; empty for what the collection says.
        report: Where readers report mistakes, with ``{card}`` in it, if the collection does not say; or empty.
        release_notes: A Markdown file of release notes, or a folder of them; or None.
        locked: Whether to refuse decks whose ledger is out of date, and leave ledgers alone.
    """

    decks: Path | None = None
    names: Sequence[str] = ()
    languages: Sequence[str] = ()
    formats: Sequence[str] = ()
    out: Path = Path("site")
    address: str = ""
    report: str = ""
    release_notes: Path | None = None
    locked: bool = False


def publish(asked: SiteRequest, watch: Callable[[int, int, str], None] | None = None) -> Built:
    """Build the downloads and the pages, or say why not; nothing is written unless everything can be.

    Args:
        asked: What to publish.
        watch: As for `cardgen.build.builder.build_decks`.

    Returns:
        The downloads, all findings, and what people should know.

    Raises:
        UsageError: If it makes no sense.
    """
    _check(asked)
    request = Request(
        decks=asked.decks,
        names=asked.names,
        languages=asked.languages,
        formats=asked.formats,
        out=asked.out / FILES,
        locked=asked.locked,
    )
    build = prepared(request)
    if isinstance(build, Built):
        return build
    _check_publishable(asked, build)
    if refused := published(build.compiled.decks, "a site is"):
        return Built((), (*refused, *build.compiled.diagnostics))
    texts = build.collection.site
    address = _folder(asked.address or texts.address)
    pages = _Pages(build, address, texts.report or asked.report)
    try:
        releases = read_releases(asked.release_notes, pages.day) or pages.only_release()
    except UnreadableFileError as error:
        return Built((), (error.diagnostic(), *build.compiled.diagnostics))
    record = Record(asked.out)

    def beside(staging: Staging, artefacts: Sequence[Artefact]) -> Iterator[Diagnostic]:
        yield from record.add(staging, pages.files(artefacts, releases))

    built = build.run(offered(build.collection, build.formats), (), watch, beside, alone=True)
    if not built.artefacts:
        return built
    record.remove_empty_folders()
    return replace(built, advice=built.advice if address else (*built.advice, _NO_FEED))


def _folder(address: str) -> str:
    """Return an address with a slash at its end, if it is one."""
    return f"{address}/" if address and not address.endswith("/") else address


def _check(asked: SiteRequest) -> None:
    """Refuse addresses that are none, whatever the decks hold."""
    if asked.address and not ADDRESS.fullmatch(asked.address):
        raise UsageError(f"--base-url must be an address such as https://example.org/decks/, not {asked.address!r}")
    if asked.report and not REPORT.fullmatch(asked.report):
        known = "https://example.org/new?title={card}"
        raise UsageError(f"--report must be an address with the card's ID in it, such as {known}, not {asked.report!r}")


def _check_publishable(asked: SiteRequest, build: Build) -> None:
    """Refuse to write pages among decks."""
    files = build.compiled.loaded.files
    if files is None:
        return
    for folder in (asked.out, asked.out / DECKS):
        if folder.resolve().is_relative_to(files.path.resolve()):
            raise UsageError(f"{label(folder)} is the folder of the decks or lies in it; write the site somewhere else")


class _Pages:
    """Makes the files of a site but for its downloads.

    Attributes:
        day: When the content of its decks last changed.
    """

    def __init__(self, build: Build, address: str, report: str) -> None:
        collection = build.collection
        self._collection = collection
        self._whole = build.bundle(Planned("", cut(collection, None), None))
        # As Anki lists them.
        editions = sorted(cut(collection, None), key=lambda edition: edition.deck.title.casefold())
        self._decks = tuple(build.bundle(part) for part in one_each(editions, None))
        self._voice = Voice(collection.words, collection.language, collection.direction)
        self._address = address
        self._report = report
        self.day: date = self._whole.changed.date()

    def only_release(self) -> tuple[Release, ...]:
        """Return the release that there is where there are no notes: the content as it is now."""
        version = fill(self._voice.words.version, version=self._whole.version)
        return (Release(self._whole.version, self.day, element("p", version)),)

    def files(self, artefacts: Sequence[Artefact], releases: tuple[Release, ...]) -> Iterator[tuple[str, Content]]:
        """Yield paths in the site, and what is in the files."""
        site = self._site(artefacts, releases)
        for make in (start_page, importing_page, downloads_page, changes_page):
            yield make(site)
        for bundle in self._decks:
            yield from DeckPages(site, bundle).pages()
        # All pages are made, so what they need is known.
        yield STYLE, style(site.gathered.styles)
        yield ICON, asset(ICON)
        for name in STEPS:
            yield f"{PICTURES}/{name}.png", asset(f"{PICTURES}/{name}.png")
        for name, file in sorted(site.gathered.media.items()):
            yield f"{MEDIA}/{name}", file.write_to
        if site.frame.address:
            yield FEED, feed(site.frame, site.voice, releases)
        yield LATEST, latest(site.frame, self._whole.version, self.day, artefacts)

    def _site(self, artefacts: Sequence[Artefact], releases: tuple[Release, ...]) -> Site:
        frame = Frame(self._collection.title, Html(""), self._whole.imprint, self._address)
        site = Site(
            frame=frame,
            collection=self._collection,
            report=self._report,
            voice=self._voice,
            whole=self._whole,
            decks=self._decks,
            offers=Offers(artefacts),
            releases=releases,
            gathered=Gathered(),
        )
        return replace(site, frame=replace(frame, notice=site.own_text(self._collection.site.notice)))
