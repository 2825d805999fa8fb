"""From a deck's folder to a deck: its sections, its variants, and what is wrong across them."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from cardgen.check import DeckMedia, formula_problems, references
from cardgen.diagnostics import Diagnostic, did_you_mean
from cardgen.kinds import CardText, Role
from cardgen.ledger import GUIDS_FILE, LEDGER_FILE, file_of_language
from cardgen.load.cards import LoadedSection, Surroundings, duplicate_titles, load_section
from cardgen.load.guids import load_guids
from cardgen.load.home import CardFile, Home, LoadedDeck
from cardgen.load.macros import in_description
from cardgen.load.names import listed, selection_from, title_of
from cardgen.load.printing import load_printing
from cardgen.load.values import fields_of, placed
from cardgen.load.words import fallen_back, words_of
from cardgen.memory import NO_MEMORY
from cardgen.model import Deck, Preset, Section, Variant, direction_of
from cardgen.read.listing import LANGUAGES_FOLDER
from cardgen.richtext.breaks import with_line_ends

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cardgen.check import Known
    from cardgen.ledger import GuidFile
    from cardgen.load.home import Shared
    from cardgen.load.languages import Language, TranslatedSection
    from cardgen.load.neighbours import Neighbours
    from cardgen.load.values import Fields, Findings
    from cardgen.memory import Memory
    from cardgen.model import Printing
    from cardgen.read import DeckFolder, Document, KeyPath


def load_deck(
    folder: DeckFolder, shared: Shared, memory: Memory = NO_MEMORY
) -> tuple[tuple[LoadedDeck, ...], Findings]:
    """Return a deck and its translations, as far as they are asked for, and what is wrong with their files.

    A deck of which some cards have flaws is returned with the others; one whose deck.yaml has a flaw is not.

    Args:
        folder: The deck's files.
        shared: What it has in common with others.
        memory: What knows the sections already that have not changed.
    """
    header, header_findings = fields_of(folder.deck, "deck", shared.known.vocabulary)
    found: list[Diagnostic] = list(header_findings)
    header, problems = in_description(header, shared.macros)
    found.extend(placed(folder.deck, (), problems))
    around = _surroundings(header, shared)
    media = DeckMedia(folder.path)
    languages = []
    for tag, read_language in folder.languages.items():
        from cardgen.load.languages import open_language  # few decks have another

        file = folder.path / LANGUAGES_FOLDER / f"{tag}.yaml"
        language, findings = open_language(file, read_language(), around, shared)
        languages.append(language)
        found.extend(findings)
    sections, parts, findings = _sections(folder, around, languages, _Loader(media, shared.neighbours, memory))
    found.extend(findings)
    repeated = Counter(loaded.card.id for section in sections for loaded in section.cards)
    found.extend(_duplicate_cards(sections, repeated))
    found.extend(duplicate_titles(sections))
    whole = (
        header.whole and len(sections) == len(header.values["sections"]) and all(section.whole for section in sections)
    )
    if whole:
        found.extend(_unknown_replacements(sections))
    found.extend(_in_description(folder.deck, header.values, media))
    for language in languages:
        found.extend(_in_description(language.document, language.values, media))
    if "language" in header.values and words_of(header.values["language"], shared.words)[1]:
        found.append(fallen_back(folder.deck, header.values["language"]))
    guids, guid_findings = load_guids(shared.files, folder.path / GUIDS_FILE)
    found.extend(guid_findings)
    printing, print_findings = load_printing(folder.deck, header.values, folder.path, shared.files)
    found.extend(print_findings)
    if folder.whole:  # another language may show what these do not
        found.extend(media.unused())
    found.extend(media.unportable())
    found.extend(media.unplayable())
    found.extend(media.oversized())
    if not header.whole:
        return (), tuple(found)
    home = _home(folder, sections, repeated, guids, whole=whole)
    deck = _deck(folder.name, header.values, sections, shared, around, printing.over(shared.printing), guids)
    found.extend(_variants(deck, folder.deck, header.values, shared.known, whole=whole))
    decks = [LoadedDeck(deck, home, media.files | shared.assets_of(deck))] if folder.wanted else []
    for language in languages:
        from cardgen.load.languages import translated_deck

        guids, findings = load_guids(shared.files, file_of_language(language.file, GUIDS_FILE))
        found.extend(findings)
        (other, there), findings = translated_deck(language, deck, home, parts[language.tag], guids)
        found.extend(findings)
        decks.append(LoadedDeck(other, there, media.files | shared.assets_of(other)))
    return tuple(decks), tuple(found)


class _Loader(NamedTuple):
    """What loading sections needs beside their documents."""

    media: DeckMedia
    neighbours: Neighbours
    memory: Memory

    def holds(self, kept: tuple[LoadedSection | TranslatedSection, Findings]) -> bool:
        """Return whether what a section has of other files is still what these have."""
        section, _ = kept
        pictures, named = self.media.taken(section.pictures), self.neighbours.taken(section.named)
        return pictures == section.pictures and named == section.named


def _sections(
    folder: DeckFolder, around: Surroundings, languages: Sequence[Language], loader: _Loader
) -> tuple[list[LoadedSection], dict[str, list[TranslatedSection]], Findings]:
    """Return the sections of a deck, those of each language, and what is wrong with them."""
    found: list[Diagnostic] = []
    sections = []
    translations: dict[str, list[TranslatedSection]] = {language.tag: [] for language in languages}
    media, neighbours, memory = loader
    for name, read in folder.sections.items():
        document = read()
        section, findings = memory.recall(
            ("section", folder.label, name),
            (document, around),
            partial(load_section, name, document, around, media, neighbours),
            loader.holds,
        )
        sections.append(section)
        found.extend(findings)
        for language in languages:
            from cardgen.load.languages import translated

            other, findings = memory.recall(
                ("section", folder.label, name, language.tag),
                (section, language.document, language.around),
                partial(translated, section, language, media, neighbours),
                loader.holds,
            )
            translations[language.tag].append(other)
            found.extend(findings)
        if not memory.keeps:
            document.release()
    return sections, translations, tuple(found)


def _in_description(document: Document, values: Mapping[str, Any], media: DeckMedia) -> Iterator[Diagnostic]:
    """Find what is wrong with the pictures and formulas of a deck's description."""
    description = values.get("description", "")
    if "![" in description:
        yield from placed(document, (), media.check(description, ("description",), plays=False))
    if "$" in description:
        yield from placed(document, (), formula_problems(CardText(Role.MORE, ("description",), description)))


def _surroundings(header: Fields, shared: Shared) -> Surroundings:
    common = shared.fields.values
    language = header.values.get("language", common.get("language", "en"))
    unsure = "language" in header.broken or ("language" not in header.values and "language" in shared.fields.broken)
    direction = header.values.get("dir", common.get("dir", direction_of(language)))
    return Surroundings(
        known=shared.known_in(language),
        language=language,
        direction=direction,
        breaks=header.values.get("breaks", common.get("breaks", False)),
        macros=shared.macros,
        unsure=frozenset({"lang"}) if unsure else frozenset(),
        private=header.values.get("private", common.get("private", False)),
    )


def _deck(
    name: str,
    header: Mapping[str, Any],
    sections: Sequence[LoadedSection],
    shared: Shared,
    around: Surroundings,
    printing: Printing,
    guids: GuidFile,
) -> Deck:
    description = header.get("description", "")
    return Deck(
        id=header["id"],
        name=name,
        title=title_of(header["title"]),
        description=with_line_ends(description) if around.breaks else description,
        language=around.language,
        sections=tuple(
            Section(
                section.name,
                section.title,
                tuple([loaded.card for loaded in section.cards if not loaded.retired]),
                section.tags,
            )
            for section in sections
        ),
        variants=tuple(
            Variant(variant, entry.get("title", variant), selection_from(entry["where"]))
            for variant, entry in header.get("variants", {}).items()
        ),
        preset=Preset(**{**shared.fields.values.get("preset", {}), **header.get("preset", {})}),
        retired={
            loaded.card.id: loaded.replaced_by for section in sections for loaded in section.cards if loaded.retired
        },
        printing=printing,
        formerly=listed(header.get("formerly")),
        subdecks=header.get("subdecks", False),
        version=header.get("version", ""),
        words=words_of(around.language, shared.words)[0],
        private=around.private,
        guids=guids.guids,
        section_tags=header.get("section_tags", True),
    )


def _home(
    folder: DeckFolder, sections: Sequence[LoadedSection], repeated: Counter[str], guids: GuidFile, *, whole: bool
) -> Home:
    cards = [(section, loaded) for section in sections for loaded in section.cards]
    return Home(
        folder=folder.path,
        ledger=folder.path / LEDGER_FILE,
        deck=folder.deck,
        files=tuple(CardFile(section.document, section.ids) for section in sections),
        flawed=frozenset(loaded.card.id for _, loaded in cards if loaded.flawed or repeated[loaded.card.id] > 1),
        unsure={loaded.card.id: loaded.unsure for _, loaded in cards if loaded.unsure},
        whole=whole,
        guids=guids,
    )


def _duplicate_cards(sections: Sequence[LoadedSection], repeated: Counter[str]) -> Iterator[Diagnostic]:
    if repeated.total() == len(repeated):
        return
    seen: dict[str, str] = {}
    for section in sections:
        for loaded in section.cards:
            card_id = loaded.card.id
            if card_id in seen:
                message = f"`{card_id}` is the id of an earlier card in {seen[card_id]}"
                yield section.document.diagnose("CG303", message, (*loaded.path, "id"))
            seen[card_id] = section.document.name


def _unknown_replacements(sections: Sequence[LoadedSection]) -> Iterator[Diagnostic]:
    """Find successors of retired cards that the deck does not have."""
    replaced = [(section, loaded) for section in sections for loaded in section.cards if loaded.replaced_by]
    if not replaced:
        return
    ids = {loaded.card.id for section in sections for loaded in section.cards}
    for section, loaded in replaced:
        for successor in loaded.replaced_by:
            if successor not in ids:
                message = f"no card `{successor}` in the deck"
                path = (*loaded.path, "replaced_by")
                yield section.document.diagnose("CG313", message, path, did_you_mean(successor, ids))


def _variants(
    deck: Deck, document: Document, header: Mapping[str, Any], known: Known, *, whole: bool
) -> Iterator[Diagnostic]:
    """Find variants that ask for what does not exist, and those that select nothing."""
    for variant in deck.variants:
        path: KeyPath = ("variants", variant.name, "where")
        wrong = placed(document, path, references(header["variants"][variant.name]["where"], known))
        yield from wrong
        if whole and known.facets is not None and not wrong and not any(map(variant.selection.selects, deck.cards())):
            yield document.diagnose("CG306", f"the variant `{variant.name}` selects no card", path)
