"""The record of a site: which files of a folder are its own, so that no other is replaced and no old one stays."""

from __future__ import annotations

import contextlib
import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from cardgen.build.ours import in_the_way, is_in_the_way
from cardgen.diagnostics.shown import json_document
from cardgen.read import InputFolder, UnreadableFileError
from cardgen.read.files import MAX_MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from cardgen.build.staging import Staging
    from cardgen.diagnostics import Diagnostic
    from cardgen.export import Content

RECORD: Final = "site.json"
_GENERATOR: Final = "cardgen site"


class Record:
    """The files of a site.

    Args:
        out: Its folder.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self._before = _files_before(out)
        self._now: set[str] = set()

    def add(self, staging: Staging, files: Iterable[tuple[str, Content]]) -> Iterator[Diagnostic]:
        """Add files to what waits to be put in place, after them the record; find those that are somebody else's.

        Files of earlier sites that are no longer among them are to be removed.

        Args:
            staging: Where they wait.
            files: Their paths in the folder, and what is in them.
        """
        for name, content in files:
            yield from self._add(staging, name, content)
        data = {"generator": _GENERATOR, "files": sorted(self._now)}
        yield from self._add(staging, RECORD, f"{json_document(data)}\n".encode())
        for name in self._old():
            staging.remove(self._out / name)

    def remove_empty_folders(self) -> None:
        """Remove the folders in which there were files of earlier sites alone."""
        for name in sorted(self._before - self._now):
            for folder in list((self._out / name).parents)[: len(PurePosixPath(name).parents) - 1]:
                with contextlib.suppress(OSError):  # it is not empty, or is no folder
                    folder.rmdir()

    def _old(self) -> list[str]:
        """Return the files of earlier sites that are no longer among its own; what lies elsewhere is none of them."""
        folder = InputFolder(self._out)
        files = ((name, self._out / name) for name in sorted(self._before - self._now))
        return [name for name, file in files if file.is_file() and not file.is_symlink() and folder.holds(file)]

    def _add(self, staging: Staging, name: str, content: Content) -> Iterator[Diagnostic]:
        file = self._out / name
        waiting = staging.add(file, content)
        if name not in self._before and is_in_the_way(file, waiting):
            yield in_the_way(file)
        self._now.add(name)


def _files_before(out: Path) -> set[str]:
    """Return the paths of the files that the folder's record names; none if it has no record of ours."""
    try:
        data = json.loads(InputFolder(out).read_text(out / RECORD, MAX_MANIFEST))
    except (UnreadableFileError, RecursionError, ValueError):
        return set()
    match data:
        case {"generator": str(generator), "files": [*names]} if generator == _GENERATOR:
            return {RECORD, *(name for name in names if isinstance(name, str) and _is_inside(name))}
    return set()


def _is_inside(name: str) -> bool:
    """Return whether a path leads to a place in the folder, on any system."""
    path = PurePosixPath(name)
    return str(path) == name and not path.is_absolute() and ".." not in path.parts and not set(name) & set(":\\\0")
