"""Begins a collection, or one more deck of one: decides which files that takes, and writes those that are missing.

The texts are in ``files``, where ``__DECK__``, ``__TITLE__``, ``__COLLECTION__`` and ``__CARDGEN__`` stand for what
depends on the case. A new collection (``first``) begins with a deck that has a card of each kind; a deck that is added
later (``deck``) knows nothing of its collection's facets and sources. ``project`` is what lies around the decks, and
``stories`` a private folder with a story.
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from cardgen.build.staging import Staging, unwritable
from cardgen.editor.folder import schema_files, write_schemas
from cardgen.errors import UsageError
from cardgen.load.neighbours import Neighbours
from cardgen.read import InputFolder, UnreadableFileError, label, nearest_decks, nfc, read_collection
from cardgen.read.files import MAX_YAML, exists, is_folder
from cardgen.read.listing import deck_folders
from cardgen.read.names import check_deck_name, like_a_deck
from cardgen.starter.origin import installed_from

if TYPE_CHECKING:
    from cardgen.diagnostics import Diagnostic

_DECKS: Final = Path("decks")
_FALLBACK: Final = "first-deck"

_AROUND: Final = {
    "README.md": "README.md",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
    ".vscode/settings.json": "settings.json",
    ".vscode/extensions.json": "extensions.json",
    ".github/workflows/decks.yml": "decks.yml",
}
"""The files around the decks, and their names in ``files/project``, under which no tool obeys them there."""

_CARDS: Final = "first-cards.yaml"
_OF_DECK: Final = {"first": ("deck.yaml", _CARDS, "media/planets.svg"), "deck": ("deck.yaml", _CARDS)}
"""The files of a deck: of the first one of a collection, and of others."""

_OF_STORIES: Final = {
    "README.md": "README.md",
    ".gitignore": "gitignore",
    "decks/collection.yaml": "collection.yaml",
    "decks/lint.yaml": "lint.yaml",
    "decks/stories/deck.yaml": "deck.yaml",
    "decks/stories/stories.yaml": "stories.yaml",
}
"""The files of a folder of stories, and their names in ``files/stories``."""

_ANSWERED: Final = "answers/story-mistake"
"""The card of the decks that come with cardgen whose question the example answers."""

_BY_LINES: Final = frozenset({".gitignore", ".gitattributes"})
"""Files in which each line says something by itself, so that one that was there can be told what it lacks."""

_UNSOURCED: Final = "lint_ignore: {fact-without-source: A sample to change or delete.}"
"""What a sample card without a source needs in a collection that has sources."""


class Kept(Struct, frozen=True):
    """A file that was there and is left as it is.

    Attributes:
        path: The file.
        lacks: The lines that it would have had and has not.
    """

    path: Path
    lacks: tuple[str, ...] = ()


class Begun(Struct, frozen=True):
    """What came of a beginning.

    Attributes:
        deck: The name of the deck that was begun; None where there was a collection and no deck was named.
        cards: The file of that deck's cards, or None.
        is_first: Whether the deck is the first of its collection.
        written: The files that were written.
        kept: Those that were there.
        diagnostics: Why nothing was written.
        home: The folder in which its commands are run.
    """

    deck: str | None = None
    cards: Path | None = None
    is_first: bool = False
    written: tuple[Path, ...] = ()
    kept: tuple[Kept, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    home: Path = Path()


def begin(name: str | None = None) -> Begun:
    """Write the files of a new collection; in a collection those of one more deck, or those around it that are missing.

    The collection is that of the nearest folder of decks; where there is none, it begins in the working directory.

    Args:
        name: The deck's name. Without one, a new collection's first deck is called after its folder, and a collection
            that is there gets no deck.

    Raises:
        UsageError: If the name is none of a deck, or taken.
    """
    decks = nearest_decks() or _DECKS
    try:
        taken = tuple(deck_folders(decks)) if is_folder(decks) else ()
        is_new = not taken and not exists(decks / "collection.yaml")
        _check_name(name, taken, decks)
        begun = _written(_wanted(name, decks, is_new=is_new))
        return _with_schemas(begun, decks)
    except UnreadableFileError as error:
        return Begun(diagnostics=(error.diagnostic(),))
    except OSError as error:
        return Begun(diagnostics=(unwritable(error, decks.parent),))


def begin_stories(home: Path) -> Begun:
    """Write a private folder of stories, with one to write over; what is there stays.

    The stories answer cards of the decks at hand: of the nearest folder of decks, or of those that come with cardgen.

    Args:
        home: The folder.
    """
    decks = home / _DECKS
    beside = nearest_decks()
    if beside is not None and beside.resolve() == decks.resolve():
        beside = None
    named = "" if beside is None else f"with: {_way(decks, beside)}  # the decks whose questions they answer"
    is_there = Neighbours(decks, beside).card(_ANSWERED) is not None
    words = {
        "__WITH__": named,
        "__TAG__": "answers::stories" if is_there else "stories",
        "__FOR__": f"for: {_ANSWERED}  # the question that it answers, deck/card: one or a list"
        if is_there
        else "# for: deck/card  # the question that it answers: one or a list",
    }
    texts = {home / file: _filled(_text("stories", text), words) for file, text in _OF_STORIES.items()}
    try:
        begun = _written(_Wanted(texts, "stories", decks / "stories/stories.yaml", is_first=True))
        return replace(_with_schemas(begun, decks), home=home)
    except UnreadableFileError as error:
        return Begun(diagnostics=(error.diagnostic(),))
    except OSError as error:
        return Begun(diagnostics=(unwritable(error, home),))


def _way(start: Path, end: Path) -> str:
    """Return the path from one folder to another, as a file in the first writes it."""
    try:
        return Path(os.path.relpath(end.resolve(), start.resolve())).as_posix()
    except ValueError:  # another drive of Windows
        return end.resolve().as_posix()


class _Wanted(Struct, frozen=True):
    """The files that a beginning takes, with their texts, and the deck and the file of cards that are among them."""

    texts: dict[Path, str]
    deck: str | None
    cards: Path | None
    is_first: bool


def _wanted(name: str | None, decks: Path, *, is_new: bool) -> _Wanted:
    home = decks.parent
    folder = like_a_deck(home.resolve().name)
    deck = name or ((folder or _FALLBACK) if is_new else None)
    texts: dict[Path, str] = {}
    if is_new or deck is None:
        texts.update({home / file: _text("project", text) for file, text in _AROUND.items()})
    if is_new:
        texts.update({decks / file: _text("first", file) for file in ("collection.yaml", "sources.yaml")})
    cards = None
    if deck is not None:
        cards = decks / deck / _CARDS
        of = "first" if is_new else "deck"
        texts.update({decks / deck / file: _text(of, file) for file in _OF_DECK[of]})
    words = {
        "__DECK__": deck or "",
        "__TITLE__": _title(deck or ""),
        "__COLLECTION__": _title(folder) or "My decks",
        "__CARDGEN__": installed_from(),
        "__UNSOURCED__": _UNSOURCED if _has_sources(decks) else "",
    }
    return _Wanted({path: _filled(text, words) for path, text in texts.items()}, deck, cards, is_new)


def _written(wanted: _Wanted) -> Begun:
    """Write the files that are not there, all or none.

    Raises:
        OSError: If one cannot be written.
    """
    kept, written = [], []
    with Staging() as staging:
        for path, text in wanted.texts.items():
            if exists(path):
                kept.append(Kept(path, _lacking(path, text)))
            else:
                staging.add(path, text.encode())
                written.append(path)
        staging.commit()
    return Begun(wanted.deck, wanted.cards, wanted.is_first, tuple(written), tuple(kept))


def _with_schemas(begun: Begun, decks: Path) -> Begun:
    """Write the schemas for editors as well, which the first lines of the files name and which know the collection.

    Raises:
        OSError: If one cannot be written.
    """
    written = write_schemas(read_collection(decks)).written
    adds_a_deck = begun.deck is not None and not begun.is_first
    kept = [] if adds_a_deck else [Kept(path) for path in schema_files(decks) if path not in written]
    return replace(begun, written=(*begun.written, *written), kept=(*begun.kept, *kept))


def _lacking(path: Path, text: str) -> tuple[str, ...]:
    """Return the lines that a file which is there lacks, where its lines can be told one by one."""
    if path.name not in _BY_LINES:
        return ()
    try:
        there = InputFolder(path.parent).read_text(path, MAX_YAML).splitlines()
    except UnreadableFileError:
        return ()
    has = {line.strip() for line in there}
    return tuple(line for line in text.splitlines() if line not in has and not line.startswith("#"))


def _check_name(name: str | None, taken: tuple[str, ...], decks: Path) -> None:
    if name is None:
        return
    check_deck_name(name)
    if name in {nfc(other).casefold() for other in taken}:
        raise UsageError(f"there is a deck `{name}` in {label(decks)}: name another")


def _has_sources(decks: Path) -> bool:
    document = read_collection(decks, wanted=("",)).sources if is_folder(decks) else None
    value = document.value if document is not None else None
    return bool(value.get("references")) if isinstance(value, dict) else False


def _text(kind: str, name: str) -> str:
    return files("cardgen.starter").joinpath("files", kind, *name.split("/")).read_text(encoding="utf-8")


def _filled(text: str, words: dict[str, str]) -> str:
    """Put words in their places; a line on which nothing is left is left out."""
    lines = []
    for line in text.splitlines(keepends=True):
        filled = line
        for place, word in words.items():
            filled = filled.replace(place, word)
        if filled == line or filled.strip():
            lines.append(filled)
    return "".join(lines)


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()
