"""The contract between a build and its exporters: what each is given, and what it returns."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple, Protocol

from msgspec import Struct, field

from cardgen._version import __version__
from cardgen.model import NO_WISHES
from cardgen.words import fill
from cardgen.words.dates import day_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from hashlib import _Hash as HASH

    from cardgen.check import MediaFile
    from cardgen.model import Deck, Printing, Source
    from cardgen.notes import Note
    from cardgen.words import Words

_VERSION: Final = 7
"""Hexadecimal digits of a version: people compare two, they do not collect thousands."""


class DeckNotes(Struct, frozen=True, eq=False, weakref=True):
    """What the editions of a deck share; exporters may remember more about its notes, which all of them show alike.

    Attributes:
        deck: The deck.
        times: Each note's time by its guid: when its content last changed, in seconds since 1970, and the tier's rank.
        media: The deck's pictures, by the paths that cards give.
        kinds_changed: When the note type of a kind of one's own last changed, by the kind's id, in seconds since 1970.
        tier: Up to which tier kinds of one's own make cards; empty for all.
    """

    deck: Deck
    times: Mapping[str, int]
    media: Mapping[str, MediaFile]
    kinds_changed: Mapping[str, int] = field(default_factory=dict)
    tier: str = ""


class EditionNotes(Struct, frozen=True, eq=False):
    """One edition's notes, with what exporters need beside them.

    Attributes:
        whole: What it shares with the deck's other editions.
        notes: Its notes, in study order.
        content_hash: Hash of all that the notes hold, in hexadecimal: two prints that show the same have the same.
        title: What the notes are chosen by, for people: the variant's title and further demands; or empty.
    """

    whole: DeckNotes
    notes: tuple[Note, ...]
    content_hash: str
    title: str = ""

    @property
    def deck(self) -> Deck:
        """The deck."""
        return self.whole.deck

    @property
    def times(self) -> Mapping[str, int]:
        """When each note's content last changed, by guid, in seconds since 1970."""
        return self.whole.times

    @property
    def media(self) -> Mapping[str, MediaFile]:
        """The deck's pictures, by the paths that cards give."""
        return self.whole.media

    @property
    def changed(self) -> int:
        """When the content of any of the notes last changed, in seconds since 1970; 0 if there are none."""
        return max((self.times[note.guid] for note in self.notes), default=0)


class Bundle(Struct, frozen=True, eq=False):
    """What one artefact holds.

    Attributes:
        name: Stem of the artefact's name.
        editions: One for each deck in it.
        day: The build's day, on which print marks what is overdue. No other output knows it.
        facets: Names of the collection's facets, in its order.
        sources: The collection's sources, by id.
        printing: How it is to be printed.
    """

    name: str
    editions: tuple[EditionNotes, ...]
    day: date
    facets: tuple[str, ...]
    sources: Mapping[str, Source]
    printing: Printing = NO_WISHES

    @property
    def words(self) -> Words:
        """What cardgen itself says in it: in the language of its first deck."""
        return self.editions[0].deck.words

    @property
    def title(self) -> str:
        """Its title for people: the last level of its deck's; of several decks the first level, if they share it."""
        if len(self.editions) == 1:
            return self.editions[0].deck.title.split("::")[-1]
        first = {edition.deck.title.split("::")[0] for edition in self.editions}
        return first.pop() if len(first) == 1 else self.name

    @property
    def edition(self) -> str:
        """What its notes are chosen by, for people; empty for whole decks."""
        return ", ".join(dict.fromkeys(edition.title for edition in self.editions if edition.title))

    @property
    def changed(self) -> datetime:
        """When its content last changed."""
        return datetime.fromtimestamp(max(edition.changed for edition in self.editions), UTC)

    @property
    def version(self) -> str:
        """Short hash of all that its notes hold, by which people know what they have in their hands."""
        digest = hashlib.blake2b(digest_size=4)
        for edition in self.editions:
            digest.update(edition.content_hash.encode())
        return digest.hexdigest()[:_VERSION]

    @property
    def released_as(self) -> str:
        """The version that the authors of its decks call it by; empty if they have none, or not the same."""
        versions = {edition.deck.version for edition in self.editions}
        return versions.pop() if len(versions) == 1 else ""

    @property
    def day_of_change(self) -> str:
        """The day on which its content last changed, in words."""
        return day_in_words(self.changed.strftime("%Y-%m-%d"), self.words)

    @property
    def imprint(self) -> str:
        """What stands at the foot of all that is printed: cardgen's version, that day, the versions of the content."""
        named = f"{self.released_as} ({self.version})" if self.released_as else self.version
        version = fill(self.words.version, version=named)
        return f"cardgen {__version__} · {self.day_of_change} · {version}"

    @property
    def note_count(self) -> int:
        """How many notes the artefact holds."""
        return sum(len(edition.notes) for edition in self.editions)

    @property
    def card_count(self) -> int:
        """How many Anki cards its notes make."""
        return sum(len(note.ordinals) for edition in self.editions for note in edition.notes)


class Begun(NamedTuple):
    """How a file begins that is not the only one to begin so: whoever wants its hash can take it from there on.

    Attributes:
        size: How many bytes of it are known.
        sha256: Returns the running hash of these, anew each time.
    """

    size: int
    sha256: Callable[[], HASH]


Content = bytes | Callable[[BinaryIO], Begun | None]
"""A file's bytes, or what writes them into an empty file that can seek, so that a large one is never whole in memory.

What writes returns how the file begins, if that is known. It may raise OSError, and UnreadableFileError for an input
that is no longer what it was.
"""


class File(Struct, frozen=True, eq=False):
    """One file that an exporter made.

    Attributes:
        suffix: What its name ends with after the bundle's name, with the dot.
        content: Its bytes, or what writes them.
        notes, cards: How many it holds.
    """

    suffix: str
    content: Content
    notes: int
    cards: int


class Remark(Struct, frozen=True):
    """What an exporter found; it knows no files, so whoever asked it says where the card stands.

    Attributes:
        code: A code of the catalogue; an error stops the build.
        message: What is wrong, with the value received.
        deck, card: Ids of the deck and the card; empty where the whole bundle is meant.
        hint: The way out, where there is a better one than the code's own.
    """

    code: str
    message: str
    deck: str = ""
    card: str = ""
    hint: str = ""


class Exported(Struct, frozen=True, eq=False):
    """What comes of a bundle.

    Attributes:
        files: The artefacts; none if any remark is an error.
        remarks: What was found on the way.
        advice: What people should know who use the files.
    """

    files: tuple[File, ...]
    remarks: tuple[Remark, ...] = ()
    advice: tuple[str, ...] = ()


def whole(bundle: Bundle, suffix: str, content: Content) -> Exported:
    """Return a bundle that is one file and raises no questions."""
    return Exported((File(suffix, content, bundle.note_count, bundle.card_count),))


Begin = Callable[[Bundle], Callable[[], Exported]]
"""Begins an export, and returns what goes on with it: it may be called in another thread than began it.

Only the first half looks at notes and files, so that no model need be safe to share between threads.
"""


class Exporter(Protocol):
    """What each module of a format offers.

    One whose export waits for other processes most of the time offers `side_by_side()`, too: a context manager for the
    length of a build, which gives a `Begin`. Leaving it ends those processes, and with that all exports that go on.
    """

    @property
    def SUFFIX(self) -> str:  # noqa: N802 - it is a constant of the module
        """What the names of its artefacts end with, with the dot; of several, the usual one."""

    def export(self, bundle: Bundle) -> Exported:
        """Return the artefacts of a bundle; the same bundle gives the same bytes."""
