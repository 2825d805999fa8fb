"""The media of a deck: which files its cards show, whether they are there, and what they are called in a package."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from cardgen.diagnostics import Diagnostic, Place, diagnose, did_you_mean, shortened
from cardgen.kinds import Problem
from cardgen.read import stays_inside
from cardgen.richtext import images, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cardgen.read import KeyPath

MEDIA_FOLDER: Final = "media"
MAX_BYTES: Final = 20 * 1024 * 1024
"""Largest media file; AnkiWeb's own limit for one file is 100 MB, a phone's patience is less."""

TYPES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"})
"""Pictures that Anki shows on all of its platforms."""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A picture of a deck.

    Attributes:
        name: Its name in packages: readable, safe on every system, and different for different content.
        content: Its bytes.
    """

    name: str
    content: bytes


class DeckMedia:
    """Checks and gathers the pictures that a deck's cards show."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._problems: dict[str, tuple[str, str] | None] = {}
        self._named: set[str] = set()
        self.files: dict[str, MediaFile] = {}

    def check(self, text: str, path: KeyPath) -> Iterator[Problem]:
        """Find what is wrong with the pictures of a text; those that are right are kept in `files`."""
        for image in images(parse(text)):
            if image.path not in self._problems:
                self._problems[image.path] = self._take(image.path)
                self._named.add(PurePosixPath(image.path).as_posix())
            problem = self._problems[image.path]
            if problem is not None:
                yield Problem(*problem, path)

    def unused(self) -> Iterator[Diagnostic]:
        """Warn of files in the media folder that no card shows."""
        folder = self._folder / MEDIA_FOLDER
        try:
            files = [file for file in sorted(folder.rglob("*")) if file.is_file()] if folder.is_dir() else []
        except OSError as error:
            yield diagnose("CG101", f"cannot read the folder: {error.strerror}", Place(folder.as_posix()))
            return
        for file in files:
            path = file.relative_to(self._folder).as_posix()
            if not file.name.startswith(".") and path not in self._named:
                yield diagnose("CG409", f"no card shows {path}", Place((self._folder / path).as_posix()))

    def _take(self, path: str) -> tuple[str, str] | None:
        shown = shortened(path)
        if re.match(r"[a-z]+:", path, re.IGNORECASE):
            return "CG407", f"`{shown}` is not a path in the deck's folder; cards show nothing from a network"
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or "\\" in path:
            return "CG407", f"`{shown}` leads out of the deck's folder"
        file = self._folder / pure
        if not stays_inside(file, self._folder):
            return "CG407", f"`{shown}` is a link that leads out of the deck's folder"
        if pure.suffix.lower() not in TYPES:
            return "CG408", f"`{shown}` is no picture that Anki can show everywhere"
        if file.exists() and not file.is_file():
            return "CG406", f"`{shown}` is a folder or a device, no picture"
        try:
            with file.open("rb") as stream:
                content = stream.read(MAX_BYTES + 1)
        except FileNotFoundError:
            return "CG406", f"no file `{shown}` in the deck's folder{self._near(pure)}"
        except OSError as error:
            return "CG406", f"cannot read `{shown}`: {error.strerror}"
        if len(content) > MAX_BYTES:
            return "CG410", f"`{shown}` is larger than {MAX_BYTES // 1024 // 1024} MiB"
        self.files[path] = MediaFile(_package_name(pure, content), content)
        return None

    def _near(self, pure: PurePosixPath) -> str:
        parent = self._folder / pure.parent
        there = sorted(file.name for file in parent.iterdir()) if parent.is_dir() else []
        hint = did_you_mean(pure.name, there)
        return f". {hint}" if hint.startswith("Did") else ""


def _package_name(path: PurePosixPath, content: bytes) -> str:
    """Name a file so that equal names mean equal content, in all decks a learner may import."""
    stem = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-").lower()[:40]
    digest = hashlib.sha256(content).hexdigest()[:12]
    return f"{stem or 'picture'}-{digest}{path.suffix.lower()}"
