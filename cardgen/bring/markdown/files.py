"""Files and folders of Markdown as notes: a section for each file, or for each heading of a single one."""

from __future__ import annotations

import posixpath
import unicodedata
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from cardgen.anki.reading import FoundCollection, FoundNote, FoundNoteType, FoundTemplate
from cardgen.bring.markdown.asked import asked_cards, is_asked
from cardgen.bring.markdown.fields import field_of
from cardgen.bring.markdown.inline import DECK, inline_cards
from cardgen.bring.markdown.lines import front_matter
from cardgen.bring.media import UnreadableSourceError
from cardgen.read import InputFolder, UnreadableFileError
from cardgen.read.files import is_file, is_folder, names_in, shown
from cardgen.richtext.address import is_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cardgen.bring.markdown.lines import Written

SUFFIXES: Final = frozenset({".md", ".markdown"})

_MOST_TEXT: Final = 64 * 1024 * 1024
"""Largest text of all files together, in bytes."""
_MOST_FILES: Final = 50_000
"""Files in a folder, pictures too; vaults of many years have some ten thousand."""
_DEEPEST: Final = 50
"""Folders inside each other."""

_BASIC, _REVERSED, _CLOZE = 1, 2, 3
_THERE: Final = FoundTemplate("Card 1", "{{Front}}", "{{FrontSide}}{{Back}}")
_BACK_AGAIN: Final = FoundTemplate("Card 2", "{{Back}}", "{{FrontSide}}{{Front}}")
_GAPS: Final = FoundTemplate("Cloze", "{{cloze:Text}}", "{{cloze:Text}}")
_TYPES: Final = {
    _BASIC: FoundNoteType(_BASIC, "Question", ("Front", "Back"), (_THERE,), "", is_cloze=False, changed=0),
    _REVERSED: FoundNoteType(
        _REVERSED, "Both", ("Front", "Back"), (_THERE, _BACK_AGAIN), "", is_cloze=False, changed=0
    ),
    _CLOZE: FoundNoteType(_CLOZE, "Gaps", ("Text",), (_GAPS,), "", is_cloze=True, changed=0),
}
_OF_KIND: Final = {"basic": _BASIC, "reversed": _REVERSED, "cloze": _CLOZE}


def read_markdown(path: Path) -> tuple[FoundCollection, TreeMedia]:
    """Read the cards of a file, or of all files in a folder; hidden folders are passed over.

    Raises:
        UnreadableSourceError: If there are none, or what is there cannot be read or exceeds the limits.
    """
    root = path if is_folder(path) else path.parent
    media = TreeMedia(root)
    files = [*_files(path, media)]
    if any(file.is_tagged for file in files):
        files = [file for file in files if file.is_tagged or file.is_asked]
    written = [(file, [*file.cards()]) for file in files]
    filled = [(file, cards) for file, cards in written if cards]
    if not filled:
        raise UnreadableSourceError(
            "has no cards in a form that cardgen knows: Q: and A:, C: with [gaps], ::, :::, ?, ??, ==gaps==, #card"
        )
    notes = tuple(note for file, cards in filled for note in file.notes(cards, media, is_only=len(filled) == 1))
    return FoundCollection(_TYPES, notes), media


class TreeMedia:
    """Media in a folder and those inside it, which neither paths nor links lead out of.

    Args:
        root: The folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._inputs = InputFolder(root)
        self._paths: list[str] | None = None
        self._by_name: dict[str, str] = {}

    def paths(self) -> Sequence[str]:
        """Return the paths of all files in the folder, in order.

        Raises:
            UnreadableSourceError: If there are too many, or a folder cannot be read.
        """
        if self._paths is None:
            try:
                self._paths = [*_walk(self.root, self._inputs)]
            except UnreadableFileError as error:
                raise UnreadableSourceError(error.detail) from None
            for path in reversed(self._paths):
                self._by_name[_folded(posixpath.basename(path))] = path
        return self._paths

    def find(self, asked: str, folder: str) -> str:
        """Return the path of a file that a text asks for; what it asks for if there is none.

        Args:
            asked: An address, a path from the text's own folder or, after ``@/`` or ``/``, from the root, or a name.
            folder: The path of the text's folder, from the root.
        """
        if is_address(asked):
            return asked
        for name in dict.fromkeys((asked, unquote(asked))):
            from_root = name.removeprefix("@").removeprefix("/") if name.startswith(("@/", "/")) else None
            tried = (from_root,) if from_root is not None else (posixpath.join(folder, name), name)
            for path in map(posixpath.normpath, tried):
                if self.has(path):
                    return path
        try:
            self.paths()
        except UnreadableSourceError:
            # Around a single file there may be anything.
            self._paths = []
        return self._by_name.get(_folded(posixpath.basename(unquote(asked))), asked)

    def has(self, name: str) -> bool:
        """Return whether there is a file of this path."""
        return self._path(name) is not None

    def read(self, name: str, limit: int) -> bytes:
        """Return the content of a file.

        Raises:
            UnreadableSourceError: If it cannot be read, or is larger.
        """
        try:
            return self._inputs.read_bytes(self._path(name) or self.root / name, limit)
        except UnreadableFileError as error:
            raise UnreadableSourceError(error.detail) from None

    def _path(self, name: str) -> Path | None:
        """Return the file of a path, in the form of Unicode that it has on the disk."""
        if not name or "\\" in name or "\0" in name or name.startswith("/") or ".." in name.split("/"):
            return None
        forms = (name, unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name))
        return next((self.root / form for form in forms if is_file(self.root / form)), None)


class _File:
    """A file of Markdown.

    Args:
        path: Its path from the root.
        text: What is in it.

    Attributes:
        is_asked: Whether its cards are marked with ``Q:`` and the like.
        is_tagged: Whether it says that it has cards.
    """

    def __init__(self, path: str, text: str) -> None:
        self._folder, _, name = path.rpartition("/")
        title, front, self._text = front_matter(text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n"))
        self._title = (title or name.rpartition(".")[0]).replace("::", ":")
        self.is_asked = is_asked(self._text)
        self.is_tagged = "flashcards" in front or DECK.search(self._text) is not None

    def cards(self) -> Iterator[Written]:
        """Yield its cards."""
        return asked_cards(self._text) if self.is_asked else inline_cards(self._text)

    def notes(self, cards: Sequence[Written], media: TreeMedia, *, is_only: bool) -> Iterator[FoundNote]:
        """Yield its cards as notes.

        Args:
            cards: Its cards.
            media: Where what they show lies.
            is_only: Whether no other file has cards: its headings become sections.
        """
        above = () if is_only else tuple(level.replace("::", ":") for level in self._folder.split("/") if level)
        sections = _sections(cards) if is_only else [""] * len(cards)
        for card, section in zip(cards, sections, strict=True):
            levels = (card.deck,) if card.deck else (*above, self._title, section)
            yield FoundNote(
                guid="",
                note_type=_OF_KIND[card.kind],
                changed=0,
                fields=tuple(
                    field_of(side, lambda asked: media.find(asked, self._folder), breaks=not self.is_asked)
                    for side in ((card.front,) if card.kind == "cloze" else (card.front, card.back))
                ),
                tags=tuple(sorted(card.tags)),
                deck="::".join((media.root.resolve().name, *filter(None, levels))),
            )


def _sections(cards: Sequence[Written]) -> list[str]:
    """Return for each card the heading that is its section: the highest ones that differ."""
    common = 0
    paths = [card.headings for card in cards]
    while len({path[: common + 1] for path in paths}) == 1 and len(paths[0]) > common:
        common += 1
    return [path[common] if len(path) > common else "" for path in paths]


def _files(path: Path, media: TreeMedia) -> Iterator[_File]:
    """Yield the Markdown files of a folder, or the one."""
    if not is_folder(path):
        yield _File(path.name, _text(media, path.name, _MOST_TEXT, ""))
        return
    left = _MOST_TEXT
    for name in media.paths():
        if posixpath.splitext(name)[1].lower() in SUFFIXES:
            text = _text(media, name, left, f"has {shown(name)}, which ")
            left -= len(text)
            yield _File(name, text)


def _text(media: TreeMedia, name: str, limit: int, where: str) -> str:
    try:
        content = media.read(name, limit)
    except UnreadableSourceError as error:
        raise UnreadableSourceError(f"{where}cannot be read ({error})") from None
    try:
        return content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableSourceError(f"{where}is not UTF-8 (byte {error.start + 1}); save it as UTF-8") from None


def _walk(root: Path, inputs: InputFolder) -> Iterator[str]:
    """Yield the paths of files below a folder, those of each folder before those inside it."""
    count = 0
    waiting = [""]
    while waiting:
        folder = waiting.pop(0)
        for name in names_in(root / folder):
            path = f"{folder}/{name}" if folder else name
            if name.startswith(".") or not inputs.holds(root / path):
                continue
            count += 1
            if count > _MOST_FILES:
                raise UnreadableSourceError(f"has more than {_MOST_FILES:,} files")
            if is_file(root / path):
                yield path
            elif is_folder(root / path) and not (root / path).is_symlink() and path.count("/") < _DEEPEST:
                waiting.append(path)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
