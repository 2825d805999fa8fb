"""What cards of other decks ask, for cards that name them: those of their own folder, and of the folders beside it.

Only the decks that are named are read, and of their cards only those that are: whatever else is wrong with a deck of
somebody else's is no matter here.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from cardgen.check import convert, fits
from cardgen.diagnostics import Diagnostic, Place, diagnose, did_you_mean
from cardgen.kinds import Problem, Reference, Role, kind_named
from cardgen.load.names import listed
from cardgen.memory import NO_MEMORY
from cardgen.read import InputFolder, UnreadableFileError, label, read_document, shipped
from cardgen.read.listing import DECK_FILE, deck_folders
from cardgen.richtext import parse, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cardgen.kinds import CardText
    from cardgen.memory import Memory
    from cardgen.read import CollectionFolder

_ASKING: Final = (Role.PROMPT, Role.CUE)


class Neighbour(Struct, frozen=True):
    """A card that another may name.

    Attributes:
        asks: Its question, in plain words on one line; empty where it has none.
        kind: Its kind, and its facets and tags, as written.
        retired: Whether it stays as a record only.
        replaced_by: The ids of its successors.
    """

    asks: str
    kind: str
    retired: bool = False
    replaced_by: tuple[str, ...] = ()


class Neighbours:
    """Finds the cards that others name."""

    def __init__(self, own: Path, beside: Sequence[Path], memory: Memory = NO_MEMORY) -> None:
        """Find cards in folders of decks.

        Args:
            own: The folder of the decks whose cards name others.
            beside: The folders beside it; none for the decks that come with cardgen.
            memory: What knows the documents already whose files have not changed.
        """
        self._roots = (own, *(beside or (shipped("decks"),)))
        self._memory = memory
        self._cards: dict[str, Mapping[str, Mapping[str, Any]]] = {}
        self._found: dict[str, Neighbour | None] = {}

    def card(self, address: str) -> Neighbour | None:
        """Return the card of an address, one that it has now or had before; None where there is none."""
        if address not in self._found:
            item = self._cards_of(address.partition("/")[0]).get(address)
            self._found[address] = None if item is None else _neighbour(item)
        return self._found[address]

    def taken(self, addresses: Iterable[str]) -> dict[str, Neighbour | None]:
        """Return the cards of addresses, by these."""
        return {address: self.card(address) for address in addresses}

    def of_deck(self, deck_id: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the addresses of a deck's cards that are not retired, with the cards as their author wrote them."""
        for address, item in self._cards_of(deck_id).items():
            if address == f"{deck_id}/{item['id']}" and not item.get("retired"):
                yield address, item

    def references(self, addresses: Sequence[str], field: str) -> tuple[tuple[Reference, ...], list[Problem]]:
        """Return the cards that a field names, without those that there are not, and what is wrong with them.

        Args:
            addresses: What the field holds.
            field: Its name.
        """
        found: list[Reference] = []
        problems: list[Problem] = []
        for index, address in enumerate(addresses):
            card = self.card(address)
            path = (field, index) if len(addresses) > 1 else (field,)
            if card is None or not card.asks:
                problems.append(self._unknown(address, path))
                continue
            if card.retired:
                successors = [f"`{address.partition('/')[0]}/{card_id}`" for card_id in card.replaced_by]
                hint = f"Name {' or '.join(successors)} instead." if successors else ""
                problems.append(Problem("CG341", f"`{address}` is retired", path, hint))
            found.append(Reference(address, card.asks))
        return tuple(found), problems

    def _unknown(self, address: str, path: tuple[str | int, ...]) -> Problem:
        if self.card(address) is not None:
            return Problem("CG340", f"`{address}` has no question that a story could answer", path)
        deck_id = address.partition("/")[0]
        if known := self._cards_of(deck_id):
            now = sorted(f"{deck_id}/{item['id']}" for item in known.values())
            return Problem("CG340", f"no card `{address}`", path, did_you_mean(address, list(dict.fromkeys(now))))
        where = " or ".join(label(root) for root in self._roots)
        return Problem("CG340", f"no deck `{deck_id}` in {where}", path, did_you_mean(deck_id, sorted(self._decks)))

    def _cards_of(self, deck_id: str) -> Mapping[str, Mapping[str, Any]]:
        """Return the cards of a deck as written, by all addresses that they have and had."""
        if deck_id not in self._cards:
            folder = self._decks.get(deck_id)
            self._cards[deck_id] = {} if folder is None else dict(self._addressed(deck_id, folder))
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
                formerly = header.get("formerly")
                ids = (header.get("id"), *(formerly if isinstance(formerly, list) else [formerly]))
                found = {deck_id: folder for deck_id in ids if isinstance(deck_id, str)} | found
        return found

    def _addressed(self, deck_id: str, folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
        sections = self._value(folder, DECK_FILE).get("sections")
        earlier: list[tuple[str, Mapping[str, Any]]] = []
        for name in sections if isinstance(sections, list) else ():
            for item in self._items(folder, str(name).removesuffix(".yaml")):
                earlier.extend((address, item) for address in listed(item.get("formerly")))
                yield f"{deck_id}/{item['id']}", item
        yield from ((address, item) for address, item in earlier if address.startswith(f"{deck_id}/"))

    def _items(self, folder: Path, section: str) -> Iterator[Mapping[str, Any]]:
        """Yield the cards of a section that fit the schema."""
        value = self._value(folder, f"{section}.yaml")
        convert(value, "cards")
        items = value.get("cards")
        for item in items if isinstance(items, list) else ():
            if fits(item, "cards", "card", None):
                yield item

    def _value(self, folder: Path, name: str) -> dict[str, Any]:
        """Return what a file of a deck holds; nothing where it holds no mapping or cannot be read."""
        file = folder / name
        value = read_document(file, label(file), InputFolder(folder.parent), self._memory).value
        return value if isinstance(value, dict) else {}


def folders_beside(
    folder: CollectionFolder, written: str | None, named: Path | None
) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """Return the folder of decks beside a collection, and what is wrong with it; none where nobody names one.

    Args:
        folder: The collection.
        written: What its collection.yaml names.
        named: What the command line names, which comes before it.
    """
    if named is None and written is None:
        return (), ()
    root = named if named is not None else folder.path / str(written)
    try:
        wrong = "" if deck_folders(root) else f"no folder in {label(root)} has a deck.yaml"
    except UnreadableFileError as error:
        wrong = f"{label(root)}: {error}"
    if not wrong:
        return (root,), ()
    if named is None and folder.collection is not None:
        return (root,), (folder.collection.diagnose("CG343", wrong, ("with",)),)
    return (root,), (diagnose("CG343", wrong, Place(label(root))),)


def _neighbour(item: Mapping[str, Any]) -> Neighbour:
    texts: Iterable[CardText] = kind_named(item["kind"]).texts(kind_named(item["kind"]).read(item))
    question = next((text for text in texts if text.role in _ASKING), None)
    asks = "" if question is None else question.text if question.literal else to_plain(parse(question.text))
    retired = bool(item.get("retired"))
    return Neighbour(" ".join(asks.split()), item["kind"], retired, listed(item.get("replaced_by")))
