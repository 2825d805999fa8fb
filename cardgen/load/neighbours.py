"""What cards of other decks ask, for cards that name them: those of their own folder, and of the folders beside it.

Only the decks that are named are read, and of their cards only those that are: whatever else is wrong with a deck of
somebody else's is no matter here.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from cardgen.check import convert, fits
from cardgen.check.vocabulary import ANY_FACET, own_fields
from cardgen.diagnostics import Diagnostic, Place, diagnose, did_you_mean
from cardgen.kinds import Problem, Reference, Role, kind_named
from cardgen.load.names import listed
from cardgen.memory import NO_MEMORY
from cardgen.read import InputFolder, UnreadableFileError, label, read_document, shipped
from cardgen.read.files import is_folder
from cardgen.read.folder import COLLECTION_FILE
from cardgen.read.kinds import KINDS_FOLDER
from cardgen.read.listing import DECK_FILE, deck_folders
from cardgen.richtext import parse, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cardgen.memory import Memory
    from cardgen.model import OwnKind
    from cardgen.read import CollectionFolder

_TRUE: Final = ("true", "True", "TRUE", True)
"""What a file that was only read, or checked as well, may have for `true`."""

_ASKING: Final = (Role.PROMPT, Role.CUE)


class Neighbour(Struct, frozen=True):
    """A card that another may name.

    Attributes:
        address: Its present address.
        kind: Its kind.
        asks: Its question, in plain words on one line; empty where it has none.
        seconds: How long an answer should take; None if it does not say.
        tags: Its tags, with those that all cards of its file carry.
        retired: Whether it stays as a record only.
        replaced_by: The ids of its successors.
        private: Whether its deck is private.
    """

    address: str
    kind: str
    asks: str
    seconds: int | None
    tags: tuple[str, ...]
    retired: bool
    replaced_by: tuple[str, ...]
    private: bool


class _Written(Struct, frozen=True, eq=False):
    """A card as written.

    Attributes:
        address: Its present address.
        item: Its fields.
        tags: Its tags, with those of its file.
        private: Whether its deck is private.
        own: Its kind, where that is one of its collection's own.
    """

    address: str
    item: Mapping[str, Any]
    tags: tuple[str, ...]
    private: bool
    own: OwnKind | None


class Neighbours:
    """Finds the cards that others name."""

    def __init__(self, own: Path, beside: Path | None, memory: Memory = NO_MEMORY, *, whole: bool = True) -> None:
        """Find cards in folders of decks.

        Args:
            own: The folder of the decks whose cards name others.
            beside: The folder beside it; None for the decks that come with cardgen.
            memory: What knows the documents already whose files have not changed.
            whole: Whether the folder beside can be read: else no card is blamed for naming a deck that is not there.
        """
        self._roots = (own, beside or shipped("decks"))
        self._whole = whole
        self._memory = memory
        self._cards: dict[str, Mapping[str, _Written]] = {}
        self._found: dict[str, Neighbour | None] = {}
        self._kinds: dict[tuple[Path, str], Mapping[str, OwnKind]] = {}

    def card(self, address: str) -> Neighbour | None:
        """Return the card of an address, one that it has now or had before; None where there is none."""
        if address not in self._found:
            written = self._cards_of(address.partition("/")[0]).get(address)
            self._found[address] = None if written is None else _neighbour(written)
        return self._found[address]

    def taken(self, addresses: Iterable[str]) -> dict[str, Neighbour | None]:
        """Return the cards of addresses, by these."""
        return {address: self.card(address) for address in addresses}

    def of_deck(self, address: str) -> Iterator[Neighbour]:
        """Yield all cards of the deck that an address leads to, without those that are retired."""
        for written in dict.fromkeys(self._cards_of(address.partition("/")[0]).values()):
            if not written.item.get("retired") and (card := self.card(written.address)) is not None:
                yield card

    def references(
        self, addresses: Sequence[str], field: str, *, private: bool
    ) -> tuple[tuple[Reference, ...], list[Problem]]:
        """Return the cards that a field names, without those that there are not, and what is wrong with them.

        Args:
            addresses: What the field holds.
            field: Its name.
            private: Whether it stands in a private deck: others may not show what is on cards of private ones.
        """
        found: list[Reference] = []
        problems: list[Problem] = []
        for index, address in enumerate(addresses):
            card = self.card(address)
            path = (field, index) if len(addresses) > 1 else (field,)
            if card is not None and card.private and not private:
                message = f"`{address}` is a card of a private deck, and this deck is for others"
                problems.append(Problem("CG340", message, path, "Make this deck private, too, or name another card."))
                continue
            if card is None or not card.asks:
                problems.extend(self._unknown(address, path))
                continue
            if card.retired:
                successors = [f"`{address.partition('/')[0]}/{card_id}`" for card_id in card.replaced_by]
                hint = f"Name {' or '.join(successors)} instead." if successors else ""
                problems.append(Problem("CG341", f"`{address}` is retired", path, hint))
            found.append(Reference(address, card.asks, card.seconds))
        return tuple(found), problems

    def _unknown(self, address: str, path: tuple[str | int, ...]) -> Iterator[Problem]:
        """Say why an address leads to no question."""
        if self.card(address) is not None:
            yield Problem("CG340", f"`{address}` has no question that a story could answer", path)
            return
        deck_id = address.partition("/")[0]
        if known := self._cards_of(deck_id):
            now = sorted({written.address for written in known.values()})
            yield Problem("CG340", f"no card `{address}`", path, did_you_mean(address, now))
        elif self._whole:
            where = " or ".join(label(root) for root in self._roots)
            yield Problem("CG340", f"no deck `{deck_id}` in {where}", path, did_you_mean(deck_id, sorted(self._decks)))

    def _cards_of(self, deck_id: str) -> Mapping[str, _Written]:
        """Return the cards of a deck by all addresses that they have and had; none where there is no such deck."""
        if deck_id not in self._cards:
            folder = self._decks.get(deck_id)
            self._cards[deck_id] = {} if folder is None else self._addressed(deck_id, folder)
        return self._cards[deck_id]

    @cached_property
    def _decks(self) -> Mapping[str, Path]:
        """The folders of decks by all ids that these have and had; an own deck comes before one beside it."""
        found: dict[str, Path] = {}
        for root in self._roots:
            try:
                folders = deck_folders(root)
            except UnreadableFileError:  # reported where it was named
                continue
            for folder in folders.values():
                header = self._value(folder, DECK_FILE)
                ids = (*_names(header.get("id")), *_names(header.get("formerly")))
                found = dict.fromkeys(ids, folder) | found
        return found

    def _addressed(self, deck_id: str, folder: Path) -> Mapping[str, _Written]:
        header, common = self._value(folder, DECK_FILE), self._value(folder.parent, COLLECTION_FILE)
        sections = header.get("sections")
        private = header.get("private", common.get("private")) in _TRUE
        language = header.get("language", common.get("language"))
        kinds = self._own_kinds(folder.parent, language if isinstance(language, str) else "en")
        now: dict[str, _Written] = {}
        before: dict[str, _Written] = {}
        for name in sections if isinstance(sections, list) else ():
            for written in self._written(deck_id, folder, str(name).removesuffix(".yaml"), kinds, private=private):
                now[written.address] = written
                before.update(dict.fromkeys(listed(written.item.get("formerly")), written))
        return before | now

    def _own_kinds(self, root: Path, language: str) -> Mapping[str, OwnKind]:
        """Return the own kinds of a collection, as its decks of a language have them."""
        if (root, language) not in self._kinds:
            there = is_folder(root / KINDS_FOLDER)
            self._kinds[root, language] = _kinds_in(root, language, self._memory) if there else {}
        return self._kinds[root, language]

    def _written(
        self, deck_id: str, folder: Path, section: str, kinds: Mapping[str, OwnKind], *, private: bool
    ) -> Iterator[_Written]:
        """Yield the cards of a section that fit the schema."""
        value = self._value(folder, f"{section}.yaml")
        convert(value, "cards")
        items, defaults = value.get("cards"), value.get("defaults")
        common = _names(defaults.get("tags")) if isinstance(defaults, dict) else ()
        vocabulary = ANY_FACET._replace(own=tuple(map(own_fields, kinds.values())))
        for item in items if isinstance(items, list) else ():
            if fits(item, "cards", "card", vocabulary):
                tags = (*common, *listed(item.get("tags")))
                yield _Written(f"{deck_id}/{item['id']}", item, tags, private, kinds.get(item["kind"]))

    def _value(self, folder: Path, name: str) -> dict[str, Any]:
        """Return what a file of a deck holds; nothing where it holds no mapping or cannot be read."""
        file = folder / name
        value = read_document(file, label(file), InputFolder(folder.parent), self._memory).value
        return value if isinstance(value, dict) else {}


def folder_beside(folder: CollectionFolder, written: str | None, named: Path | None) -> Path | None:
    """Return the folder of decks beside a collection; None where nobody names one.

    Args:
        folder: The collection.
        written: What its collection.yaml names.
        named: What the command line names, which comes before it.
    """
    return folder.path / written if named is None and written is not None else named


def unreadable_beside(folder: CollectionFolder, beside: Path, named: Path | None) -> Iterator[Diagnostic]:
    """Find that the folder of decks beside a collection cannot be read, or holds none; see `folder_beside`."""
    try:
        if deck_folders(beside):
            return
        wrong = f"no folder in {label(beside)} has a deck.yaml"
    except UnreadableFileError as error:
        wrong = f"{label(beside)}: {error}"
    if named is None and folder.collection is not None:
        yield folder.collection.diagnose("CG343", wrong, ("with",))
    else:
        yield diagnose("CG343", wrong, Place(label(beside)))


def _names(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - any may come
    """Return the names that a field holds, one or a list; of what is no name, nothing."""
    return listed([name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str)])


def _kinds_in(root: Path, language: str, memory: Memory) -> Mapping[str, OwnKind]:
    from cardgen.load.own_kinds import kinds_beside  # brings Anki's template language, which most decks do without

    return kinds_beside(root, InputFolder(root), language, memory)


def _question(written: _Written) -> str:
    """Return what a card asks, in plain words; empty where it has no question."""
    item = written.item
    if written.own is not None:
        from cardgen.kinds.own import front_words, read

        return front_words(read({**item, "kind": written.own}), tagged=bool(written.tags))
    kind = kind_named(item["kind"])
    question = next((text for text in kind.texts(kind.read(item)) if text.role in _ASKING), None)
    if question is None:
        return ""
    return question.text if question.literal else to_plain(parse(question.text))


def _neighbour(written: _Written) -> Neighbour:
    item = written.item
    return Neighbour(
        address=written.address,
        kind=item["kind"],
        asks=" ".join(_question(written).split()),
        seconds=item.get("seconds"),
        tags=written.tags,
        retired=bool(item.get("retired")),
        replaced_by=listed(item.get("replaced_by")),
        private=written.private,
    )
