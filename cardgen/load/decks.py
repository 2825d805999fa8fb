"""From a deck's folder to a deck: its sections, its variants, and what is wrong across them."""

from __future__ import annotations

from collections import Counter
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct, field

from cardgen.check import DeckMedia, formula_problems, references
from cardgen.diagnostics import Diagnostic, did_you_mean, shortened
from cardgen.kinds import CardText, Problem, Role
from cardgen.ledger import GUIDS_FILE, LEDGER_FILE, NO_GUIDS
from cardgen.load.cards import LoadedSection, Surroundings, load_section
from cardgen.load.guids import load_guids
from cardgen.load.names import listed, selection_from, title_of
from cardgen.load.printing import load_printing
from cardgen.load.values import Fields, Findings, fields_of, placed
from cardgen.load.words import fallen_back, words_of
from cardgen.memory import NO_MEMORY
from cardgen.model import Deck, Preset, Section, Variant, direction_of
from cardgen.read import as_anki_compares
from cardgen.richtext.breaks import with_line_ends
from cardgen.richtext.macros import MacroError, with_macros

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from cardgen.check import Known, MediaFile
    from cardgen.ledger import GuidFile
    from cardgen.load.neighbours import Neighbours
    from cardgen.load.words import Entries
    from cardgen.memory import Memory
    from cardgen.model import Printing
    from cardgen.read import DeckFolder, Document, InputFolder, KeyPath


class CardFile(NamedTuple):
    """Where the cards of a file stand in it.

    Attributes:
        document: The file's document.
        ids: The ids of its cards in their order; empty for one that could not be read.
    """

    document: Document
    ids: tuple[str, ...]


class Home(Struct, frozen=True, dict=True):
    """Where a deck is on the disk, and what of it can be relied on.

    Attributes:
        folder: Its folder.
        ledger: The file of its ledger, whether it is there or not.
        deck: The document of deck.yaml.
        files: Its card files, in the deck's order.
        flawed: Ids of cards with an error of their own.
        unsure: By the ids of cards, the fields whose value is not known, because what gives it has a flaw.
        whole: Whether all cards that its files mean to have were read.
        guids: What its file of guids says.
    """

    folder: Path
    ledger: Path
    deck: Document
    files: tuple[CardFile, ...]
    flawed: frozenset[str] = frozenset()
    unsure: Mapping[str, frozenset[str]] = field(default_factory=dict)
    whole: bool = True
    guids: GuidFile = NO_GUIDS

    @cached_property
    def cards(self) -> Mapping[str, tuple[Document, KeyPath]]:
        """For each card its document and its path there; made for who asks, since it takes 180 bytes a card."""
        return {
            card_id: (file.document, ("cards", index))
            for file in self.files
            for index, card_id in enumerate(file.ids)
            if card_id
        }


class Shared(Struct, frozen=True):
    """What the decks of a collection have in common.

    Attributes:
        fields: The fields of collection.yaml.
        known: What cards may refer to.
        printing: How decks are printed that do not say it themselves.
        files: Opens the files of the collection.
        words: Its own words, in place of cardgen's.
        macros: TeX by the names that stand for it in formulas.
        neighbours: Finds the cards of other decks that cards name.
    """

    fields: Fields
    known: Known
    printing: Printing
    files: InputFolder
    words: Entries
    macros: Mapping[str, str]
    neighbours: Neighbours


class LoadedDeck(Struct, frozen=True):
    """A deck with its home and its pictures by the paths that cards give."""

    deck: Deck
    home: Home
    media: Mapping[str, MediaFile]


def load_deck(folder: DeckFolder, shared: Shared, memory: Memory = NO_MEMORY) -> tuple[LoadedDeck | None, Findings]:
    """Return a deck, or None if its deck.yaml has a flaw, and what is wrong with its files.

    A deck of which some cards have flaws is returned with the others.

    Args:
        folder: The deck's files.
        shared: What it has in common with others.
        memory: What knows the sections already that have not changed.
    """
    header, header_findings = fields_of(folder.deck, "deck", shared.known.vocabulary)
    found: list[Diagnostic] = list(header_findings)
    header, problems = _without_macros(header, shared.macros)
    found.extend(placed(folder.deck, (), problems))
    around = _surroundings(header, shared)
    media = DeckMedia(folder.path)
    sections = []
    for name, read in folder.sections.items():
        document = read()
        section, findings = memory.recall(
            ("section", folder.label, name),
            (document, around),
            partial(load_section, name, document, around, media, shared.neighbours),
            lambda kept: (
                media.taken(kept[0].pictures) == kept[0].pictures
                and shared.neighbours.taken(kept[0].named) == kept[0].named
            ),
        )
        sections.append(section)
        found.extend(findings)
        if not memory.keeps:
            document.release()
    repeated = Counter(loaded.card.id for section in sections for loaded in section.cards)
    found.extend(_duplicate_cards(sections, repeated))
    found.extend(_duplicate_titles(sections))
    whole = (
        header.whole and len(sections) == len(header.values["sections"]) and all(section.whole for section in sections)
    )
    if whole:
        found.extend(_unknown_replacements(sections))
    description = header.values.get("description", "")
    if "![" in description:
        found.extend(placed(folder.deck, (), media.check(description, ("description",), plays=False)))
    if "$" in description:
        found.extend(placed(folder.deck, (), formula_problems(CardText(Role.MORE, ("description",), description))))
    if "language" in header.values and words_of(header.values["language"], shared.words)[1]:
        found.append(fallen_back(folder.deck, header.values["language"]))
    guids, guid_findings = load_guids(shared.files, folder.path / GUIDS_FILE)
    found.extend(guid_findings)
    printing, print_findings = load_printing(folder.deck, header.values, folder.path, shared.files)
    found.extend(print_findings)
    found.extend(media.unused())
    found.extend(media.unportable())
    found.extend(media.unplayable())
    found.extend(media.oversized())
    if not header.whole:
        return None, tuple(found)
    home = _home(folder, sections, repeated, guids, whole=whole)
    deck = _deck(folder.name, header.values, sections, shared, around, printing.over(shared.printing), guids)
    found.extend(_variants(deck, folder.deck, header.values, shared.known, whole=whole))
    return LoadedDeck(deck, home, media.files), tuple(found)


def _without_macros(header: Fields, macros: Mapping[str, str]) -> tuple[Fields, tuple[Problem, ...]]:
    """Return the fields of deck.yaml with TeX in the place of the macros in the description."""
    description = header.values.get("description", "")
    if not macros or "$" not in description:
        return header, ()
    try:
        plain = with_macros(description, macros)
    except MacroError as error:
        return header, (Problem("CG354", str(error), ("description",)),)
    return header._replace(values={**header.values, "description": plain}), ()


def _surroundings(header: Fields, shared: Shared) -> Surroundings:
    common = shared.fields.values
    language = header.values.get("language", common.get("language", "en"))
    unsure = "language" in header.broken or ("language" not in header.values and "language" in shared.fields.broken)
    direction = header.values.get("dir", common.get("dir", direction_of(language)))
    return Surroundings(
        known=shared.known,
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


def _duplicate_titles(sections: Sequence[LoadedSection]) -> Iterator[Diagnostic]:
    seen: dict[str, str] = {}
    for section in sections:
        if section.title:
            key = as_anki_compares(section.title)
            if key in seen:
                message = f"`{shortened(section.title)}` is also the title of {seen[key]}"
                yield section.document.diagnose("CG312", message, ("title",))
            seen[key] = section.document.name


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
