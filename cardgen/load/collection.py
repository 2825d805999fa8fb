"""From a folder of decks to the model: everything read, checked and built, with all findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from cardgen.check import SHIPPED, Known
from cardgen.diagnostics import Diagnostic, Findings, diagnose, did_you_mean, has_errors, in_file_order, shortened
from cardgen.load.decks import load_deck
from cardgen.load.facets import load_facets
from cardgen.load.home import Home, Shared
from cardgen.load.macros import usable_macros
from cardgen.load.names import title_of
from cardgen.load.neighbours import Neighbours, folder_beside, unreadable_beside
from cardgen.load.printing import load_printing
from cardgen.load.site import load_site, unknown_variants
from cardgen.load.sources import load_sources
from cardgen.load.values import fields_of
from cardgen.load.vocabulary import own_kinds_of
from cardgen.load.words import fallen_back, own_words, words_of
from cardgen.memory import NO_MEMORY
from cardgen.model import Collection, direction_of
from cardgen.read import as_anki_compares, decks_at_hand, read_collection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cardgen.check import MediaFile, Vocabulary
    from cardgen.ledger.kinds_lock import KindsLock
    from cardgen.load.home import LoadedDeck
    from cardgen.load.own_kinds import OwnKinds
    from cardgen.load.words import Entries
    from cardgen.memory import Memory
    from cardgen.read import CollectionFolder, DeckFolder, Document, KeyPath


class Loaded(Findings, Struct, frozen=True):
    """What a folder of decks holds.

    Attributes:
        collection: The model; None if anything is wrong that stops a build.
        diagnostics: All findings, in file order.
        media: For each deck, by its id, its pictures by the paths that cards give.
        folders: For each deck, by its id, its folder and the files its cards stand in.
        readable: What could be read, also where something is wrong: for those who look for more that is wrong.
        files: The files of the collection.
        neighbours: Finds the cards of other decks that cards may name.
        own: Its own kinds of card; None if it has none.
        vocabulary: What it adds to the schemas.
    """

    collection: Collection | None
    diagnostics: tuple[Diagnostic, ...] = ()
    media: Mapping[str, Mapping[str, MediaFile]] = field(default_factory=dict)
    folders: Mapping[str, Home] = field(default_factory=dict)
    readable: Collection | None = None
    files: CollectionFolder | None = None
    neighbours: Neighbours | None = None
    own: OwnKinds | None = None
    vocabulary: Vocabulary = SHIPPED


def load_decks(
    decks: Path | None = None,
    names: Sequence[str] = (),
    memory: Memory = NO_MEMORY,
    beside: Path | None = None,
    languages: Sequence[str] = (),
    lock: KindsLock | None = None,
) -> Loaded:
    """Read and check decks.

    Args:
        decks: The folder of decks; None as for `cardgen.read.decks_at_hand`.
        names: Names of the decks wanted; all if empty.
        memory: What knows what has not changed since it was loaded last.
        beside: The folder of decks in which to look for cards of other decks that cards name; None for the one that
            collection.yaml names, else the decks that come with cardgen.
        languages: Languages of the decks wanted; all if empty.
        lock: What is locked of own kinds, where their file does not say all of it.
    """
    return load_collection(read_collection(decks_at_hand(decks), names, memory, languages), memory, beside, lock)


def load_collection(
    folder: CollectionFolder,
    memory: Memory = NO_MEMORY,
    beside: Path | None = None,
    lock: KindsLock | None = None,
) -> Loaded:
    """Check what was read of a folder of decks, and build the model; see `load_decks`."""
    found: list[Diagnostic] = list(folder.diagnostics)
    for document in folder.headers():
        found.extend(document.diagnostics)
    fields, findings = fields_of(folder.collection, "collection")
    found.extend(findings)
    printing, findings = load_printing(folder.collection, fields.values, folder.path, folder.files)
    found.extend(findings)
    sources, findings = memory.recall(("sources",), (folder.sources,), lambda: load_sources(folder.sources))
    found.extend(findings)
    facets, findings = load_facets(folder.collection)
    found.extend(findings)
    words, findings = own_words(folder.collection, fields.values.get("words", {}))
    found.extend(findings)
    macros, findings = usable_macros(folder.collection, fields.values.get("macros", {}))
    found.extend(findings)
    found.extend(_fallen_back(folder.collection, fields.values.get("language"), words))
    others = folder_beside(folder, fields.values.get("with"), beside)
    unreadable = tuple(unreadable_beside(folder, others, beside)) if others is not None else ()
    found.extend(unreadable)
    neighbours = Neighbours(folder.path, others, memory, whole=not unreadable)
    language = fields.values.get("language", "en")
    own, findings = own_kinds_of(folder, facets, language, lock)
    found.extend(findings)
    own_kinds = own.in_language(language) if own is not None else {}
    known = Known(facets, sources.ids, own_kinds)
    shared = Shared(fields, known, printing, folder.files, words, macros, neighbours, own)
    decks: dict[str, LoadedDeck] = {}
    translated: list[LoadedDeck] = []
    spoken = {translation.language.lower() for translation in folder.translations}
    for deck_folder in folder.decks:
        loaded_decks, findings = load_deck(deck_folder, shared, memory)
        found.extend(findings)
        translated.extend(loaded for loaded in loaded_decks if loaded.deck.translation is not None)
        spoken.update(loaded.deck.language.lower() for loaded in loaded_decks)
        for loaded in loaded_decks:
            if not folder.languages or loaded.deck.language.lower() in folder.languages:
                # A second deck of an id is an error; what looks for more has the first.
                decks.setdefault(loaded.deck.id, loaded)
    if not has_errors(found):
        found.extend(_unknown_languages(folder, decks.values(), spoken))
    found.extend(_duplicate_ids(folder.decks, translated))
    found.extend(_ids_in_use(folder.decks, translated))
    found.extend(_duplicate_titles(folder.decks, translated))
    site, findings = load_site(folder.collection, fields.values)
    found.extend(findings)
    if len(decks) == len(folder.names):
        variants = {variant.name for loaded in decks.values() for variant in loaded.deck.variants}
        found.extend(unknown_variants(folder.collection, site, variants))
    if own is not None:
        found.extend(own.check_words(loaded.deck for loaded in decks.values()))
    diagnostics = in_file_order(found)
    readable = Collection(
        title=fields.values.get("title", folder.path.resolve().name),
        facets=facets or {},
        sources=sources.good,
        decks=tuple(loaded.deck for loaded in decks.values()),
        printing=printing,
        language=language,
        direction=fields.values.get("dir", direction_of(language)),
        words=words_of(language, words)[0],
        site=site,
        own_kinds=own_kinds,
    )
    return Loaded(
        collection=None if has_errors(diagnostics) else readable,
        diagnostics=diagnostics,
        media={loaded.deck.id: loaded.media for loaded in decks.values()},
        folders={loaded.deck.id: loaded.home for loaded in decks.values()},
        readable=readable,
        files=folder,
        neighbours=neighbours,
        own=own,
        vocabulary=known.vocabulary,
    )


def _unknown_languages(
    folder: CollectionFolder, decks: Iterable[LoadedDeck], spoken: Iterable[str]
) -> Iterator[Diagnostic]:
    """Find languages that are asked for, and that no deck is in that was chosen; others are proposed."""
    known = {loaded.deck.language.lower() for loaded in decks}
    for language in sorted(folder.languages - known):
        others = sorted(other for other in spoken if other != language)
        yield diagnose("CG387", f"no deck is in `{shortened(language)}`", hint=did_you_mean(language, others))


def _fallen_back(document: Document | None, language: str | None, words: Entries) -> Iterator[Diagnostic]:
    """Find that the language of the collection has not all the words."""
    if document is not None and language is not None and words_of(language, words)[1]:
        yield fallen_back(document, language)


def _texts(decks: Sequence[DeckFolder], field_name: str) -> Iterator[tuple[Document, str]]:
    """Yield the documents of decks that have a text in a field, with the text."""
    for folder in decks:
        value = folder.deck.value
        text = value.get(field_name) if isinstance(value, dict) else None
        if isinstance(text, str):
            yield folder.deck, text


def _ids(decks: Sequence[DeckFolder], translated: Sequence[LoadedDeck]) -> Iterator[tuple[Document, str]]:
    """Yield the ids of decks and of translations, with their documents; translations come last."""
    yield from _texts(decks, "id")
    yield from ((loaded.home.deck, loaded.deck.id) for loaded in translated)


def _duplicate_ids(decks: Sequence[DeckFolder], translated: Sequence[LoadedDeck]) -> Iterator[Diagnostic]:
    seen: dict[str, str] = {}
    for document, deck_id in _ids(decks, translated):
        if deck_id in seen:
            message = f"`{deck_id}` is already the id of {seen[deck_id]}"
            yield document.diagnose("CG311", message, ("id",))
        seen[deck_id] = document.name


def _ids_in_use(decks: Sequence[DeckFolder], translated: Sequence[LoadedDeck]) -> Iterator[Diagnostic]:
    """Find earlier ids of decks that are ids now, or earlier ids of two decks: notes would have one guid twice."""
    owners = {deck_id: document.name for document, deck_id in _ids(decks, translated)}
    for folder in decks:
        value = folder.deck.value
        formerly = value.get("formerly") if isinstance(value, dict) else None
        entries = formerly if isinstance(formerly, list) else [formerly]
        for index, deck_id in enumerate(entries):
            if not isinstance(deck_id, str):
                continue
            if deck_id in owners:
                path: KeyPath = ("formerly", index) if isinstance(formerly, list) else ("formerly",)
                yield folder.deck.diagnose("CG606", f"`{deck_id}` is an id of {owners[deck_id]}", path)
            owners.setdefault(deck_id, folder.deck.name)
    for loaded in translated:
        for deck_id in loaded.deck.formerly:
            if deck_id in owners:
                message = f"`{deck_id}`, an earlier id of `{loaded.deck.id}`, is an id of {owners[deck_id]}"
                yield loaded.home.deck.diagnose("CG606", message, ())


def _duplicate_titles(decks: Sequence[DeckFolder], translated: Sequence[LoadedDeck]) -> Iterator[Diagnostic]:
    seen: dict[str, str] = {}
    titles = [*_texts(decks, "title"), *((loaded.home.deck, loaded.deck.title) for loaded in translated)]
    for document, title in titles:
        key = as_anki_compares(title_of(title))
        if key in seen:
            message = f"`{shortened(title)}` is already the title of {seen[key]}"
            yield document.diagnose("CG314", message, ("title",))
        seen.setdefault(key, document.name)
