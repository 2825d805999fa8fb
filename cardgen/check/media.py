"""The media of a deck: which files its cards show and play, whether they are there, and their names in a package."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final

from msgspec import Struct

from cardgen.diagnostics import Diagnostic, Place, diagnose, did_you_mean, shortened
from cardgen.kinds import Problem
from cardgen.read import nfc
from cardgen.read.files import (
    MAX_PICTURE,
    MIB,
    InputFolder,
    Reason,
    UnreadableFileError,
    exists,
    is_file,
    is_fit,
    label,
    names_in,
    shown,
)
from cardgen.read.folder import unportable
from cardgen.read.pictures import kind_and_size
from cardgen.richtext import Recording, media_of, parse
from cardgen.richtext.tree import FILMS, PICTURES, SOUNDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cardgen.kinds import FieldPicture
    from cardgen.masks.drawing import DrawnMask
    from cardgen.read import KeyPath

MEDIA_FOLDER: Final = "media"
TYPES: Final = PICTURES | SOUNDS | FILMS
"""What cards may show and play."""

_NOT_ON_IPHONES: Final = frozenset({".ogg", ".opus", ".webm"})
"""Recordings that AnkiMobile does not play: it leaves them to iOS, which has no Vorbis, Opus (but in some files, since
iOS 17) and VP8/9 (https://github.com/Ajatt-Tools/mpvacious/issues/5,
https://github.com/yomidevs/local-audio-yomichan/issues/35)."""

_HEAVY: Final = {False: MIB, True: 10 * MIB}
"""Bytes, by whether it is a film, of which a minute is more than any card needs: 1 MiB are 65 s of sound at 128 kbit/s,
10 MiB as long a film at 1.3 Mbit/s."""


_NO_LAYER: Final = "CG432"
"""The code of what is wrong with a layer, and not with its picture."""

_LAYERED: Final = r"(?i)(.+?\.svg)#(.+)"

WIDE: Final = 1320
"""Pixels across that a picture needs at most: a card is 33 em of 20 pixels, and sharp screens have two for each."""

_LARGE: Final = 16_000_000
"""Pixels of which a phone notices that they are decoded: with four bytes each they take 61 MiB."""


class MediaFile(Struct, frozen=True, eq=False, weakref=True):
    """A picture or recording of a deck, which stays on the disk: there may be more of them than a machine has memory.

    Attributes:
        name: Its name in packages: readable, safe on every system, and different for different content.
        file: Where it is.
        files: What opens it.
        checksum: CRC-32 of its bytes, by which a change since they were looked at is noticed.
        size: How many bytes.
    """

    name: str
    file: Path
    files: InputFolder
    checksum: int
    size: int

    def pieces(self) -> Iterator[bytes]:
        """Yield its bytes in pieces.

        Raises:
            UnreadableFileError: If it can no longer be read, or is no longer what it was when its name was made.
        """
        checksum = 0
        for piece in self.files.read_pieces(self.file, MAX_PICTURE):
            checksum = zlib.crc32(piece, checksum)
            yield piece
        if checksum != self.checksum:
            detail = "the file changed while cardgen was at work"
            raise UnreadableFileError(Reason.CHANGED, detail, detail, Place(label(self.file)))

    def read(self) -> bytes:
        """Return its bytes.

        Raises:
            UnreadableFileError: As `pieces`.
        """
        return b"".join(self.pieces())

    def write_to(self, stream: BinaryIO) -> None:
        """Copy its bytes.

        Raises:
            OSError: If they cannot be written.
            UnreadableFileError: As `pieces`.
        """
        stream.writelines(self.pieces())


class CutDrawing(MediaFile, frozen=True, eq=False, weakref=True):
    """A drawing without one of its layers, which no file has: the bytes are kept."""

    content: bytes

    def pieces(self) -> Iterator[bytes]:
        """Yield its bytes."""
        yield self.content


class DeckMedia:
    """Checks and gathers the pictures and recordings that a deck's cards show and play."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = InputFolder(folder)
        self._problems: dict[str, tuple[str, str] | None] = {}
        self._named: set[str] = set()
        self._listed: dict[Path, frozenset[str]] = {}
        self._sizes: dict[str, int] = {}
        self._pixels: dict[str, tuple[int, int]] = {}
        self.files: dict[str, MediaFile] = {}
        self.layers: dict[str, tuple[DrawnMask, ...]] = {}

    def check(
        self, text: str, path: KeyPath, shown: set[str] | None = None, *, plays: bool = True
    ) -> Iterator[Problem]:
        """Find what is wrong with the media of a text; what is right is kept in `files`.

        Args:
            text: Markdown.
            path: The path of the text.
            shown: Gets the paths of the media.
            plays: Whether Anki plays recordings where the text stands.
        """
        for node in media_of(parse(text)):
            if shown is not None:
                shown.add(node.path)
            if isinstance(node, Recording) and not plays:
                yield Problem("CG418", f"Anki does not play `{shortened(node.path)}` here", path)
            problem = self._problem(node.path)
            if problem is not None:
                yield Problem(*problem, path)

    def check_field(self, picture: FieldPicture, shown: set[str] | None = None) -> Iterator[Problem]:
        """Find what is wrong with a picture that a field names by itself, likewise; `layers` gets what it is cut of.

        Args:
            picture: The picture.
            shown: As for `check`.
        """
        if shown is not None:
            # Of a drawing without its layer, what is left tells nothing of an edit of the layer.
            shown.update((picture.key, picture.file))
        problem = self._problem(picture.key) or self._sizeless(picture)
        if problem is not None:
            yield Problem(*problem, picture.layer_path if problem[0] == _NO_LAYER else picture.path)

    def _sizeless(self, picture: FieldPicture) -> tuple[str, str] | None:
        # One that is cut has a size, or it could not have been.
        if not picture.masked or picture.layer or PurePosixPath(picture.file).suffix.lower() != ".svg":
            return None
        from cardgen.masks.drawing import size_of  # brings a parser of XML, which most decks do without

        if size_of(self.files[picture.key].read()) is not None:
            return None
        return "CG433", f"`{shortened(picture.file)}` has neither width and height nor a viewBox"

    def taken(self, paths: Iterable[str]) -> dict[str, str | tuple[str, str]]:
        """Take media; return by their paths their names in packages, or code and message of what is wrong."""
        return {path: self._problem(path) or self.files[path].name for path in paths}

    def _problem(self, path: str) -> tuple[str, str] | None:
        if path not in self._problems:
            file, layer = _file_and_layer(path)
            self._problems[path] = self._take_without(file, layer) if layer else self._take(path)
            self._named.add(nfc(PurePosixPath(file).as_posix()))
        return self._problems[path]

    def unused(self) -> Iterator[Diagnostic]:
        """Warn of files in the media folder that no card shows."""
        refused: list[OSError] = []
        for folder, folders, files in os.walk(self._folder / MEDIA_FOLDER, onerror=refused.append):
            folders.sort()
            for name in sorted(files):
                file = Path(folder, name)
                path = file.relative_to(self._folder).as_posix()
                if not name.startswith(".") and nfc(path) not in self._named and is_file(file):
                    yield diagnose("CG409", f"no card shows {shown(path)}", Place(label(file)))
        for error in refused:
            if not isinstance(error, FileNotFoundError | NotADirectoryError):
                yield diagnose("CG101", f"cannot read the folder: {error.strerror}", Place(label(Path(error.filename))))

    def unplayable(self) -> Iterator[Diagnostic]:
        """Warn of recordings that not every learner can play, and of such as make a deck heavy."""
        for path, size in sorted(self._sizes.items()):
            suffix = PurePosixPath(path).suffix.lower()
            if suffix in PICTURES:
                continue
            place = Place(label(self.files[path].file))
            if suffix in _NOT_ON_IPHONES:
                instead = ".mp4" if suffix in FILMS else ".mp3"
                yield diagnose("CG416", f"iPhones and iPads do not play {suffix}; make it {instead}", place)
            if size > _HEAVY[suffix in FILMS]:
                minute = f"a minute of {'film' if suffix in FILMS else 'sound'}"
                enough = f"{minute} needs no more than {_HEAVY[suffix in FILMS] // MIB}"
                yield diagnose("CG417", f"the file has {size / MIB:.1f} MiB, and {enough}", place)

    def oversized(self) -> Iterator[Diagnostic]:
        """Warn of pictures that make a deck heavy and are larger than any card shows them."""
        for path, (width, height) in sorted(self._pixels.items()):
            size = self._sizes[path]
            if width > WIDE and (size > MIB or width * height > _LARGE):
                enough = f"{WIDE:,} x {max(1, round(height * WIDE / width)):,} would do"
                message = f"the picture has {width:,} x {height:,} pixels in {size / MIB:.1f} MiB; {enough}"
                yield diagnose("CG422", message, Place(label(self.files[path].file)))

    def unportable(self) -> Iterator[Diagnostic]:
        """Warn of media whose names, or whose folders' names, not every system takes or tells apart."""
        paths = sorted({PurePosixPath(nfc(_file_and_layer(path)[0])) for path in self.files})
        folders = sorted({above for path in paths for above in path.parents if above.name})
        for group in (folders, paths):
            yield from unportable(self._folder / path for path in group)

    def _take(self, path: str) -> tuple[str, str] | None:
        quoted = shortened(path)
        if re.match(r"[a-z]+:", path, re.IGNORECASE):
            return "CG407", f"`{quoted}` is not a path in the deck's folder; cards show nothing from a network"
        pure = PurePosixPath(path)
        if "\\" in path:
            meant = quoted.replace("\\", "/")
            return "CG406", f"`{quoted}` has a backslash, and paths use `/`: write `{meant}`"
        if pure.is_absolute() or ".." in pure.parts:
            return "CG407", f"`{quoted}` leads out of the deck's folder"
        file = self._folder / pure
        if pure.suffix.lower() not in TYPES and self._files.holds(file):
            return "CG408", f"`{quoted}` is neither a picture nor a recording that Anki knows everywhere"
        on_disk = self._on_disk(pure)
        if not self._is_listed(on_disk):
            return "CG406", f"no file `{quoted}` in the deck's folder{self._near(pure)}"
        digest, checksum, size = hashlib.sha256(), 0, 0
        pixels = None
        try:
            for piece in self._files.read_pieces(on_disk, MAX_PICTURE):
                pixels = pixels if size else kind_and_size(piece)[1]
                digest.update(piece)
                checksum = zlib.crc32(piece, checksum)
                size += len(piece)
        except UnreadableFileError as error:
            return self._refused(error, quoted, pure)
        self._sizes[path] = size
        if pixels is not None:
            self._pixels[path] = pixels
        self.files[path] = MediaFile(_package_name(pure, digest.hexdigest()), on_disk, self._files, checksum, size)
        return None

    def _take_without(self, path: str, layer: str) -> tuple[str, str] | None:
        """Take a drawing without one of its layers."""
        from cardgen.masks.drawing import UnusableLayerError, drawn_layer  # as above

        wrong = self._problem(path)
        if wrong is not None:
            return wrong
        whole = self.files[path]
        try:
            masks, content = drawn_layer(whole.read(), layer)
        except UnusableLayerError as error:
            return _NO_LAYER, f"`{shortened(path)}`: {error}"
        except UnreadableFileError as error:
            return "CG406", f"cannot read `{shortened(path)}`: {error.detail}"
        key = f"{path}#{layer}"
        name = _package_name(PurePosixPath(path), hashlib.sha256(content).hexdigest())
        self.layers[key] = masks
        self.files[key] = CutDrawing(name, whole.file, whole.files, zlib.crc32(content), len(content), content)
        return None

    def _refused(self, error: UnreadableFileError, quoted: str, pure: PurePosixPath) -> tuple[str, str]:
        """Return code and message for a file that cannot be read."""
        match error.reason:
            case Reason.OUTSIDE:
                return "CG407", f"`{quoted}` is a link that leads out of the deck's folder"
            case Reason.TOO_LARGE:
                return "CG410", f"`{quoted}` is larger than {MAX_PICTURE // MIB} MiB"
            case Reason.MISSING:
                return "CG406", f"no file `{quoted}` in the deck's folder{self._near(pure)}"
            case _:
                return "CG406", f"cannot read `{quoted}`: {error.detail}"

    def _on_disk(self, pure: PurePosixPath) -> Path:
        """Return the file of a path, whose names may be in another form of Unicode on the disk."""
        found = self._folder
        for name in pure.parts:
            there = found / name
            if not name.isascii() and not exists(there):
                there = next((found / other for other in _names_in(found) if nfc(other) == nfc(name)), there)
            found = there
        return found

    def _is_listed(self, file: Path) -> bool:
        """Return whether a file that is there has that very name, which is all that some systems go by.

        Where a folder cannot be listed, and of what is not there, it is taken to have.
        """
        for path in (file, *file.parents):
            if path == self._folder:
                break
            if path.parent not in self._listed:
                self._listed[path.parent] = frozenset(_names_in(path.parent))
            listed = self._listed[path.parent]
            if listed and path.name not in listed and exists(path):
                return False
        return True

    def _near(self, pure: PurePosixPath) -> str:
        there = filter(is_fit, _names_in(self._on_disk(pure.parent)))
        hint = did_you_mean(nfc(str(pure)), (nfc(str(pure.parent / name)) for name in there))
        return f". {hint}" if hint.startswith("Did") else ""


def _file_and_layer(path: str) -> tuple[str, str]:
    """Return the path of a picture's file, and the layer that is cut out of it, if it names one as addresses do."""
    match = re.fullmatch(_LAYERED, path)
    return (match[1], match[2]) if match else (path, "")


def _names_in(folder: Path) -> list[str]:
    try:
        return names_in(folder)
    except UnreadableFileError:
        return []


def _package_name(path: PurePosixPath, digest: str) -> str:
    """Name a file by its digest so that equal names mean equal content, in all decks a learner may import."""
    stem = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-").lower()[:40]
    return f"{stem or 'picture'}-{digest[:12]}{path.suffix.lower()}"
