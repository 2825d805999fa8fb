"""From a folder of decks to the model: reading, checking and building, with all findings gathered."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from cardgen.check import DeckMedia, Known, addresses, convert, dates, fits, lost_comments, readable, references
from cardgen.diagnostics import Diagnostic, did_you_mean, has_errors, in_file_order, shortened
from cardgen.kinds import kind_named
from cardgen.model import (
    Card,
    Citation,
    Collection,
    Deck,
    Preset,
    Printing,
    Section,
    Selection,
    Source,
    Variant,
    direction_of,
)
from cardgen.model.printing import OPTIONS, Folder, Offset
from cardgen.read import decks_at_hand, label, read_collection
from cardgen.read.files import is_folder
from cardgen.richtext.address import doi_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from cardgen.check import MediaFile
    from cardgen.kinds import Problem
    from cardgen.model import Direction
    from cardgen.read import CollectionFolder, DeckFolder, Document, KeyPath


@dataclass(frozen=True)
class Home:
    """Where a deck stands.

    Attributes:
        folder: Its folder.
        deck: The document of deck.yaml.
        cards: For each card its document and the way to it there.
        flawed: Ids of cards with an error of their own.
    """

    folder: Path
    deck: Document
    cards: Mapping[str, tuple[Document, KeyPath]]
    flawed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Loaded:
    """What a folder of decks holds.

    Attributes:
        collection: The model; None if anything is wrong that stops a build.
        diagnostics: All findings, in file order.
        media: For each deck, by its id, its pictures by the paths that cards give.
        folders: For each deck, by its id, its folder and the files its cards stand in.
        readable: What could be read, also where something is wrong: for those who look for more that is wrong.
        files: The files of the collection.
    """

    collection: Collection | None
    diagnostics: tuple[Diagnostic, ...] = ()
    media: Mapping[str, Mapping[str, MediaFile]] = field(default_factory=dict)
    folders: Mapping[str, Home] = field(default_factory=dict)
    readable: Collection | None = None
    files: CollectionFolder | None = None


def load_decks(decks: Path | None = None, names: Sequence[str] = ()) -> Loaded:
    """Read and check decks.

    Args:
        decks: The folder of decks; by default ``decks`` in the working directory, else the bundled ones.
        names: Names of the decks wanted; all if empty.
    """
    folder = read_collection(decks_at_hand(decks), names)
    return _Loader(folder).load()


class _Loader:
    """Builds one collection; keeps what is found on the way."""

    def __init__(self, folder: CollectionFolder) -> None:
        self._folder = folder
        self._found: list[Diagnostic] = list(folder.diagnostics)
        self._media: dict[str, dict[str, MediaFile]] = {}
        self._homes: dict[str, Home] = {}
        self._readable: list[Deck] = []
        for document in folder.headers():
            self._found.extend(document.diagnostics)

    def load(self) -> Loaded:
        shared = self._value(self._folder.collection, "collection") or {}
        sources = self._sources()
        if self._folder.collection is not None:
            self._check_fonts(self._folder.collection, shared, self._folder.path)
        unread = self._folder.sources is not None and self._folder.sources.value is None
        known = Known(shared.get("facets", {}), None if unread else sources)
        decks = [deck for folder in self._folder.decks if (deck := self._deck(folder, shared, known)) is not None]
        self._duplicate_decks()
        self._duplicate_titles()
        diagnostics = in_file_order(self._found)
        facets = {facet: tuple(values) for facet, values in shared.get("facets", {}).items()}
        title = shared.get("title", self._folder.path.resolve().name)
        printing = printing_from(shared, self._folder.path)
        readable = Collection(title, facets, sources, tuple(self._readable), printing)
        collection = None if has_errors(diagnostics) else replace(readable, decks=tuple(decks))
        return Loaded(collection, diagnostics, self._media, self._homes, readable, self._folder)

    def _value(self, document: Document | None, schema: str) -> Any:  # noqa: ANN401 - as the schema says
        """Give a document's value if it fits its schema, else None; say what is wrong."""
        if document is None or document.value is None:
            return None
        convert(document.value, schema)
        self._found.extend(lost_comments(document, schema))
        if fits(document.value, schema):
            return document.value
        # Only where something is wrong: jsonschema takes a while to come.
        from cardgen.check.explain import explain

        self._found.extend(explain(document, schema))
        return None

    def _sources(self) -> dict[str, Source]:
        document = self._folder.sources
        value = self._value(document, "sources")
        sources: dict[str, Source] = {}
        for index, entry in enumerate(value["references"] if value and document else ()):
            if document:
                self._found.extend(
                    document.diagnose(problem.code, problem.message, ("references", index, *problem.path), problem.hint)
                    for problem in addresses(entry)
                )
            source = source_from(entry)
            if source.id in sources and document:
                message = f"`{shortened(source.id)}` names an earlier source"
                self._found.append(document.diagnose("CG310", message, ("references", index, "id")))
            sources[source.id] = source
        if document is not None and value is None and isinstance(document.value, dict):
            # The file has flaws of its own; its ids still count, so that cards are not blamed for them.
            entries = document.value.get("references")
            for entry in entries if isinstance(entries, list) else ():
                if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                    sources[entry["id"]] = Source(entry["id"], "", "", "", "")
        return sources

    def _duplicate_decks(self) -> None:
        seen: dict[str, DeckFolder] = {}
        for folder in self._folder.decks:
            value = folder.deck.value
            deck_id = value.get("id") if isinstance(value, dict) else None
            if not isinstance(deck_id, str):
                continue
            if deck_id in seen:
                message = f"`{deck_id}` is already the id of {seen[deck_id].deck.name}"
                self._found.append(folder.deck.diagnose("CG311", message, ("id",)))
            seen[deck_id] = folder

    def _duplicate_titles(self) -> None:
        seen: dict[str, str] = {}
        for folder in self._folder.decks:
            value = folder.deck.value
            title = value.get("title") if isinstance(value, dict) else None
            if not isinstance(title, str):
                continue
            key = _as_anki_compares("::".join(part.strip() for part in title.split("::")))
            if key in seen:
                message = f"`{shortened(title)}` is already the title of {seen[key]}"
                self._found.append(folder.deck.diagnose("CG314", message, ("title",)))
            seen.setdefault(key, folder.deck.name)

    def _deck(self, folder: DeckFolder, shared: Mapping[str, Any], known: Known) -> Deck | None:
        value = self._value(folder.deck, "deck")
        header = value if value is not None else {}
        language = header.get("language", shared.get("language", "en"))
        direction = header.get("dir", shared.get("dir", direction_of(language)))
        loader = _DeckLoader(folder, known, language, direction, self._found)
        sections = []
        unfinished: dict[int, Section] = {}
        for name, read in folder.sections.items():
            document = read()
            self._found.extend(document.diagnostics)
            section = loader.section(name, document, self._value(document, "cards"))
            if section is not None:
                sections.append(section)
            elif loader.unfinished is not None:
                unfinished[len(sections) + len(unfinished)] = loader.unfinished
            document.release()
        loader.check_description(folder.deck, header.get("description", ""))
        self._check_fonts(folder.deck, header, folder.path)
        self._found.extend(loader.media.unused())
        if value is None:
            return None
        self._media[value["id"]] = loader.media.files
        self._homes[value["id"]] = Home(folder.path, folder.deck, loader.cards, frozenset(loader.flawed))
        loader.check_replacements()
        deck = Deck(
            id=value["id"],
            name=folder.name,
            title="::".join(part.strip() for part in value["title"].split("::")),
            description=value.get("description", ""),
            language=language,
            sections=tuple(sections),
            variants=tuple(_variant(name, entry) for name, entry in value.get("variants", {}).items()),
            preset=Preset(**{**shared.get("preset", {}), **value.get("preset", {})}),
            retired=loader.retired,
            printing=printing_from(value, folder.path).over(printing_from(shared, self._folder.path)),
        )
        self._check_variants(deck, folder, known, complete=len(sections) == len(value["sections"]))
        for position, section in unfinished.items():
            sections.insert(position, section)
        self._readable.append(replace(deck, sections=tuple(sections)) if unfinished else deck)
        return deck

    def _check_fonts(self, document: Document, header: Mapping[str, Any], home: Path) -> None:
        """Find a folder of fonts that is not there, or not with the decks."""
        written = header.get("print", {}).get("font_dir")
        if written is None:
            return
        shown = shortened(written)
        if not self._folder.files.holds(home / written):
            problem = f"`{shown}` leads out of the folder of the decks"
        elif not is_folder(home / written):
            problem = f"no folder `{shown}` in {label(home)}"
        else:
            return
        self._found.append(document.diagnose("CG807", problem, ("print", "font_dir")))

    def _check_variants(self, deck: Deck, folder: DeckFolder, known: Known, *, complete: bool) -> None:
        for variant in deck.variants:
            way: KeyPath = ("variants", variant.name, "where")
            where = folder.deck.value["variants"][variant.name]["where"]
            wrong = list(references(where, known))
            for problem in wrong:
                path = (*way, *problem.path)
                self._found.append(folder.deck.diagnose(problem.code, problem.message, path, problem.hint))
            if complete and not wrong and not any(map(variant.selection.selects, deck.cards())):
                message = f"the variant `{variant.name}` selects no card"
                self._found.append(folder.deck.diagnose("CG306", message, way))


class _DeckLoader:
    """Builds the sections of one deck."""

    def __init__(
        self, folder: DeckFolder, known: Known, language: str, direction: Direction, found: list[Diagnostic]
    ) -> None:
        self._known = known
        self._language = language
        self._direction = direction
        self._found = found
        self.cards: dict[str, tuple[Document, KeyPath]] = {}
        self.flawed: set[str] = set()
        self.unfinished: Section | None = None
        self.retired: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self.media = DeckMedia(folder.path)

    def section(self, name: str, document: Document, value: Any) -> Section | None:  # noqa: ANN401 - fits the schema
        """Build a section; of a file that does not fit its schema, the cards that do fit are checked all the same.

        Those stand in `unfinished` then.
        """
        written = document.value
        self.unfinished = None
        if value is None and not isinstance(written, dict):
            return None
        defaults = written.get("defaults", {}) if value is not None else {}
        self._report(document, ("defaults",), references(defaults, self._known))
        self._report(document, ("defaults",), dates(defaults, {}))
        items = written.get("cards")
        cards = [
            self._card(document, index, item, defaults)
            for index, item in enumerate(items if isinstance(items, list) else ())
            if value is not None or fits(item, "cards", "card")
        ]
        if value is None:
            self.unfinished = Section(name, str(written.get("title", "")), tuple(cards))
            return None
        title = value["title"].strip()
        key = _as_anki_compares(title)
        if key in self._titles:
            message = f"`{shortened(title)}` is also the title of {self._titles[key]}"
            self._found.append(document.diagnose("CG312", message, ("title",)))
        self._titles[key] = document.name
        kept = cards if not self.retired else [card for card in cards if card.id not in self.retired]
        return Section(name, title, tuple(kept), tuple(dict.fromkeys(_listed(defaults.get("tags")))))

    def check_description(self, document: Document, text: str) -> None:
        """Find what is wrong with the pictures of the deck's description."""
        if "![" in text:
            self._report(document, (), self.media.check(text, ("description",)))

    def check_replacements(self) -> None:
        """Find successors of retired cards that the deck does not have."""
        for card_id, successor in self.retired.items():
            if successor and successor not in self.cards:
                document, way = self.cards[card_id]
                hint = did_you_mean(successor, self.cards)
                message = f"no card `{successor}` in the deck"
                self._found.append(document.diagnose("CG313", message, (*way, "replaced_by"), hint))

    def _card(self, document: Document, index: int, item: dict[str, Any], defaults: Mapping[str, Any]) -> Card:
        kind = kind_named(item["kind"])
        content = kind.read(item)
        way: KeyPath = ("cards", index)
        card_id = item["id"]
        before = len(self._found)
        if card_id in self.cards:
            message = f"`{card_id}` is the id of an earlier card in {self.cards[card_id][0].name}"
            self._found.append(document.diagnose("CG303", message, (*way, "id")))
        self.cards[card_id] = document, way
        if item.get("retired"):
            self.retired[card_id] = item.get("replaced_by", "")
        elif "replaced_by" in item:
            message = "`replaced_by` stands on a card that is not retired"
            self._found.append(document.diagnose("CG313", message, (*way, "replaced_by"), "Add `retired: true`."))
        self._report(document, way, references(item, self._known))
        self._report(document, way, dates(item, defaults))
        self._report(document, way, readable(item, self.media.check))
        self._report(document, way, kind.check(content))
        if has_errors(self._found[before:]):
            self.flawed.add(card_id)
        return self._build(item, defaults, content)

    def _report(self, document: Document, way: KeyPath, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self._found.append(document.diagnose(problem.code, problem.message, (*way, *problem.path), problem.hint))

    def _build(self, item: dict[str, Any], defaults: Mapping[str, Any], content: Any) -> Card:  # noqa: ANN401
        merged = {**defaults, **item} if defaults else item
        language = merged.get("lang", self._language)
        own_direction = direction_of(language) if "lang" in merged else self._direction
        stale_after = merged.get("stale_after")
        return Card(
            id=item["id"],
            kind=item["kind"],
            content=content,
            tags=_tags(defaults.get("tags"), item.get("tags")),
            audience=_listed(merged.get("audience")),
            country=_listed(merged.get("country")),
            level=_listed(merged.get("level")),
            citations=_citations(merged.get("source")),
            as_of=merged.get("as_of", ""),
            stale_after=_day(stale_after) if stale_after else None,
            secondary="confidence" in merged,
            note=merged.get("note", ""),
            language=language,
            direction=merged.get("dir", own_direction),
            lint_ignore=tuple(item["lint_ignore"].items()) if "lint_ignore" in item else (),
        )


def _as_anki_compares(title: str) -> str:
    """Give what is left of a title when Anki tells names of decks apart: not case, not the form of its accents."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", title).casefold())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # reported as CG308; the collection will not be built
        return None


def _listed(value: str | list[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _tags(common: str | list[str] | None, own: str | list[str] | None) -> tuple[str, ...]:
    if own is None:
        return _listed(common)
    return tuple(dict.fromkeys((*_listed(common), *_listed(own))))


def _citations(value: Any) -> tuple[Citation, ...]:  # noqa: ANN401 - an id, a mapping, or a list of those
    if value is None:
        return ()
    entries = value if isinstance(value, list) else [value]
    return tuple(
        Citation(entry) if isinstance(entry, str) else Citation(entry["id"], entry["locator"]) for entry in entries
    )


def _variant(name: str, entry: Mapping[str, Any]) -> Variant:
    return Variant(name, entry.get("title", name), selection_from(entry["where"]))


def printing_from(header: Mapping[str, Any], home: Path) -> Printing:
    """Return what a file asks for in print; a folder in it counts from the file's own folder, `home`."""
    written = header.get("print", {})
    asked = {}
    for option in OPTIONS:
        value = written.get(option.name)
        match option.type:
            case Offset() if value is not None:
                value = (float(value[0]), float(value[1]))
            case Folder() if value is not None:
                value = (home / value).as_posix()
        asked[option.name] = value
    return Printing(**asked)


def selection_from(where: Mapping[str, Any]) -> Selection:
    """Build a selection from a ``where`` mapping."""
    return Selection(tuple((key, frozenset(_listed(value))) for key, value in where.items()))


def source_from(entry: Mapping[str, Any]) -> Source:
    """Take from a CSL entry what cards show."""
    publisher = entry.get("publisher") or _names(entry.get("author")) or entry.get("container-title", "")
    url = entry.get("URL", "").strip() or doi_address(entry.get("DOI", "").strip())
    grade = entry.get("custom", {}).get("grade", "")
    return Source(entry["id"], entry["title"], publisher, _issued(entry.get("issued")), url, grade)


def _names(names: Sequence[Mapping[str, str]] | None) -> str:
    found = [
        name.get("literal") or " ".join(filter(None, (name.get("given"), name.get("family")))) for name in names or ()
    ]
    return ", ".join(filter(None, found))


def _issued(value: Any) -> str:  # noqa: ANN401 - CSL allows text or a mapping
    if isinstance(value, dict):
        if "date-parts" in value:
            return "-".join(str(part).zfill(2) for part in value["date-parts"][0])
        return str(value.get("literal") or value.get("raw") or "")
    return str(value or "")
