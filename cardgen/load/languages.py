"""A deck in other languages: each file of `languages/` makes a deck of its own, of the cards that it translates.

A card in another language is the card with other texts. So a section in another language is loaded as any other, from
cards that are put together of two files; its places are those of the file of the language, and what is wrong with the
rest is left to the other file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from cardgen.check import convert, fits
from cardgen.check.translated import OF_TEXTS, TEXTS_BYTES, merged, texts_digest
from cardgen.diagnostics import Diagnostic, did_you_mean, shortened
from cardgen.ledger import LEDGER_FILE, GuidFile, file_of_language
from cardgen.load.cards import LoadedSection, Surroundings, duplicate_titles, load_section
from cardgen.load.home import CardFile, Home
from cardgen.load.macros import in_description
from cardgen.load.names import title_of
from cardgen.load.values import fields_of, placed
from cardgen.load.words import fallen_back, words_of
from cardgen.model import Deck, MadeOf, Section, Translation, direction_of
from cardgen.read import Document
from cardgen.read.listing import in_language
from cardgen.richtext.breaks import with_line_ends

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from cardgen.check import DeckMedia
    from cardgen.kinds import Problem
    from cardgen.load.home import Shared
    from cardgen.load.neighbours import Neighbour, Neighbours
    from cardgen.load.values import Findings
    from cardgen.model import Card
    from cardgen.read import KeyPath
    from cardgen.read.flaws import Span
    from cardgen.words import Words


_BLOCK: Final = 4
"""How many bytes the digest of a block has: a change that is missed is one in 2^32."""


class Language(Struct, frozen=True):
    """A language of a deck.

    Attributes:
        tag: BCP 47 tag, the name of its file.
        file, document: The file.
        values: The fields of the file that fit the schema.
        blocks: Of the cards that it translates, by their ids, the texts; those that fit the schema.
        around: What its cards have in common.
        words: What cardgen itself says in it.
    """

    tag: str
    file: Path
    document: Document
    values: Mapping[str, Any]
    blocks: Mapping[str, Mapping[str, Any]]
    around: Surroundings
    words: Words


class TranslatedSection(Struct, frozen=True):
    """A section in another language.

    Attributes:
        loaded: The section; None where no card of it is translated.
        made_of: Of its cards, by their ids, what they were made of.
        missing: The ids of cards that nobody has translated.
        skipped: The ids of cards that are left out on purpose.
        retired: The ids of retired cards.
    """

    loaded: LoadedSection | None
    made_of: Mapping[str, MadeOf]
    missing: tuple[str, ...]
    skipped: tuple[str, ...]
    retired: tuple[str, ...]

    @property
    def pictures(self) -> Mapping[str, str | tuple[str, str]]:
        """The pictures of its cards, as `DeckMedia.taken` gives them."""
        return self.loaded.pictures if self.loaded is not None else {}

    @property
    def named(self) -> Mapping[str, Neighbour | None]:
        """The cards of other decks that its cards name, as `Neighbours.taken` gives them."""
        return self.loaded.named if self.loaded is not None else {}


_Block = tuple[str, "Mapping[str, tuple[int, ...]]"]
"""The id of a card, and where the items of its lists stand in the lists of its block."""


class _Cards(Document):
    """A card file that nobody has written: cards with the texts of a language, and places in the language's file."""

    def __init__(self, file: Document, section: str, value: dict[str, Any], blocks: Sequence[_Block]) -> None:
        """Give cards places.

        Args:
            file: The file of the language.
            section: The name of the section.
            value: What a card file would hold.
            blocks: Those of the cards.
        """
        super().__init__(file.name, file.text, value)
        self._file = file
        self._section = section
        self._blocks = blocks

    def span(self, path: KeyPath, *, of_key: bool = False) -> Span:
        """Return where the block has a value; where it does not, where it is."""
        return self._file.span(self._in_file(path), of_key=of_key)

    def holds(self, path: KeyPath) -> bool:
        """Return whether the file has a value."""
        return self._file.holds(self._in_file(path))

    def owns(self, path: KeyPath) -> bool:
        """Return whether it is the file that says what is there."""
        return self.holds(path)

    def path_of_end(self, position: int) -> KeyPath | None:  # noqa: ARG002 - as Document has it
        """Return nothing: who looks through the text has looked through that of the whole file."""
        return None

    def _in_file(self, path: KeyPath) -> KeyPath:
        if path[:1] == ("title",):
            return ("sections", self._section)
        if path[:1] != ("cards",) or len(path) == 1:
            return path
        index, *rest = path[1:]
        card_id, positions = self._blocks[int(index)]
        if len(rest) > 1 and rest[0] in positions and isinstance(rest[1], int):
            rest[1] = positions[str(rest[0])][rest[1]]
        return ("cards", card_id, *rest)


def open_language(file: Path, document: Document, around: Surroundings, shared: Shared) -> tuple[Language, Findings]:
    """Return a language of a deck, and what is wrong with its file by itself.

    Args:
        file: The file.
        document: What it holds.
        around: What the cards of the deck have in common in its own language.
        shared: What the decks of the collection have in common.
    """
    tag = file.stem
    fields, findings = fields_of(document, "language")
    found: list[Diagnostic] = [*document.diagnostics, *findings]
    fields, problems = in_description(fields, shared.macros)
    found.extend(placed(document, (), problems))
    if tag.lower() == around.language.lower():
        found.append(document.diagnose("CG380", f"the deck itself is in `{tag}`", ()))
    words, lacking = words_of(tag, shared.words)
    if lacking:
        found.append(fallen_back(document, tag))
    written = document.value.get("cards") if isinstance(document.value, dict) else None
    blocks = written if isinstance(written, dict) else {}
    fitting = {card_id: block for card_id, block in blocks.items() if fits({"cards": {card_id: block}}, "language")}
    own = replace(around, known=shared.known_in(tag), language=tag, direction=direction_of(tag), unsure=frozenset())
    return Language(tag, file, document, fields.values, fitting, own, words), tuple(found)


class _Made(NamedTuple):
    """A card in another language.

    Attributes:
        item: What a card file would hold of it.
        block: Its id, and where the items of its lists stand in its block.
        made_of: What it is made of.
    """

    item: dict[str, Any]
    block: _Block
    made_of: MadeOf


def translated(
    section: LoadedSection, language: Language, media: DeckMedia, neighbours: Neighbours
) -> tuple[TranslatedSection, Findings]:
    """Return a section in another language, and what is wrong with the texts that are in it.

    Cards that have an error of their own are left out, and so is a section whose file does not fit its schema: whoever
    mends it is told of the translation next time.

    Args:
        section: The section in the deck's own language; its document has not let go of its value.
        language: The language.
        media: The deck's pictures.
        neighbours: Finds cards of other decks.
    """
    found: list[Diagnostic] = []
    made: list[_Made] = []
    missing, skipped = [], []
    for loaded in section.cards if section.whole else ():
        block = language.blocks.get(loaded.card.id)
        if loaded.retired or loaded.flawed:
            continue
        if block is None:
            missing.append(loaded.card.id)
        elif block.get("skip"):
            skipped.append(loaded.card.id)
        else:
            card, wrong = _made(_written(section, loaded.path), block, language)
            made.extend(filter(None, (card,)))
            found.extend(wrong)
    result: LoadedSection | None = None
    if made:
        file = _card_file(section, [card.item for card in made], language)
        cards = _Cards(language.document, section.name, file, [card.block for card in made])
        result, findings = load_section(section.name, cards, language.around, media, neighbours)
        result = replace(result, cards=tuple(card._replace(card=_moved(card.card, language)) for card in result.cards))
        found.extend(findings)
    fitting = () if result is None else {card.card.id for card in result.cards}
    made_of = {card.block[0]: card.made_of for card in made if card.block[0] in fitting}
    retired = tuple(loaded.card.id for loaded in section.cards if loaded.retired)
    return TranslatedSection(result, made_of, tuple(missing), tuple(skipped), retired), tuple(found)


def _made(
    base: Mapping[str, Any], block: Mapping[str, Any], language: Language
) -> tuple[_Made | None, list[Diagnostic]]:
    """Return a card with the texts of a block, or None if they do not fit together, and what is wrong with that."""
    vocabulary = language.around.known.vocabulary
    item, positions, problems = merged(base, block, vocabulary)
    if problems:
        return None, [_in_block(language.document, base["id"], problem) for problem in problems]
    convert({"cards": [item]}, "cards")
    own = texts_digest(item, _BLOCK, vocabulary) if fits(item, "cards", "card", vocabulary) else ""
    made_of = MadeOf(texts_digest(base, TEXTS_BYTES, vocabulary), own, str(block.get("of", "")))
    return _Made(item, (base["id"], positions), made_of), []


def _in_block(document: Document, card_id: str, problem: Problem) -> Diagnostic:
    """Return the finding that a problem of a block is; of a field that should not be there, at its name."""
    path = ("cards", card_id, *problem.path)
    of_key = problem.code == "CG383"
    return document.diagnose(problem.code, problem.message, path, problem.hint, of_key=of_key)


def _written(section: LoadedSection, path: KeyPath) -> Mapping[str, Any]:
    """Return a card of a section as its author wrote it."""
    value: Any = section.document.value
    for step in path:
        value = value[step]
    item: Mapping[str, Any] = value
    return item


def _card_file(section: LoadedSection, items: list[dict[str, Any]], language: Language) -> dict[str, Any]:
    """Return what a card file of the cards would hold."""
    defaults = section.document.value.get("defaults", {})
    common = {name: value for name, value in defaults.items() if name not in OF_TEXTS}
    title = language.values.get("sections", {}).get(section.name, section.title)
    return {"title": title, **({"defaults": common} if common else {}), "cards": items}


def _moved(card: Card, language: Language) -> Card:
    """Return a card whose earlier addresses are those of the language."""
    if not card.formerly and not card.parts_formerly:
        return card

    def addresses(written: tuple[str, ...]) -> tuple[str, ...]:
        parted = (address.partition("/") for address in written)
        return tuple(f"{in_language(deck, language.tag)}/{place}" for deck, _, place in parted)

    parts = tuple((part, addresses(written)) for part, written in card.parts_formerly)
    return replace(card, formerly=addresses(card.formerly), parts_formerly=parts)


def translated_deck(
    language: Language, deck: Deck, home: Home, parts: Sequence[TranslatedSection], guids: GuidFile
) -> tuple[tuple[Deck, Home], Findings]:
    """Return a deck in another language with its home, and what is wrong with its file across sections.

    Args:
        language: The language.
        deck: The deck in its own language.
        home: Where that is.
        parts: Its sections in the other language.
        guids: What the language's file of guids says.
    """
    sections = [part.loaded for part in parts if part.loaded is not None]
    found = [*duplicate_titles(sections), *_strange(language, deck, home, parts)]
    titles: Mapping[str, str] = language.values.get("variants", {})
    title = language.values.get("title")
    description = language.values.get("description", "")
    other = replace(
        deck,
        id=in_language(deck.id, language.tag),
        name=in_language(deck.name, language.tag),
        title=f"{deck.title} [{language.tag.upper()}]" if title is None else title_of(title),
        description=with_line_ends(description) if language.around.breaks else description,
        language=language.tag,
        sections=tuple(
            Section(section.name, section.title, tuple(loaded.card for loaded in section.cards), section.tags)
            for section in sections
        ),
        variants=tuple(replace(variant, title=titles.get(variant.name, variant.title)) for variant in deck.variants),
        retired={**deck.retired, **{card_id: () for part in parts for card_id in part.skipped}},
        formerly=tuple(in_language(deck_id, language.tag) for deck_id in deck.formerly),
        words=language.words,
        guids=guids.guids,
        translation=_translation(language, deck, parts),
    )
    cards = [loaded for section in sections for loaded in section.cards]
    there = Home(
        folder=home.folder,
        ledger=file_of_language(language.file, LEDGER_FILE),
        deck=language.document,
        files=tuple(CardFile(section.document, section.ids) for section in sections),
        flawed=frozenset(loaded.card.id for loaded in cards if loaded.flawed),
        unsure={},
        whole=home.whole and all(section.whole for section in sections),
        guids=guids,
    )
    return (other, there), tuple(found)


def _translation(language: Language, deck: Deck, parts: Sequence[TranslatedSection]) -> Translation:
    titles = language.values.get("sections", {})
    sections = (part.loaded.name for part in parts if part.loaded is not None)
    return Translation(
        of=deck.id,
        made_of={card_id: made_of for part in parts for card_id, made_of in part.made_of.items()},
        missing=tuple(card_id for part in parts for card_id in part.missing),
        skipped=sum(len(part.skipped) for part in parts),
        untitled=tuple(section for section in sections if section not in titles),
    )


def _strange(language: Language, deck: Deck, home: Home, parts: Sequence[TranslatedSection]) -> Iterator[Diagnostic]:
    """Find names in a language's file of what the deck does not have."""
    if not home.whole:
        return
    document = language.document
    retired = {card_id for part in parts for card_id in part.retired}
    for card_id in language.blocks:
        if card_id in retired:
            message, hint = f"the card `{card_id}` is retired", ""
        elif card_id in home.cards:
            continue
        else:
            hint = did_you_mean(card_id, [known for known in home.cards if known not in language.blocks])
            message = f"the deck has no card `{shortened(card_id)}`"
        yield document.diagnose("CG382", message, ("cards", card_id), hint, of_key=True)
    known = {"sections": [section.id for section in deck.sections], "variants": [one.name for one in deck.variants]}
    for field, names in known.items():
        for name in language.values.get(field, {}):
            if name not in names:
                message = f"the deck has no {field.removesuffix('s')} `{shortened(name)}`"
                yield document.diagnose("CG385", message, (field, name), did_you_mean(name, names), of_key=True)
