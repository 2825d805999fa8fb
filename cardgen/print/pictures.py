"""The pictures of a deck, as far as they can be printed: one bad file would stop Typst, so they are looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.masks.drawing import size_of
from cardgen.read.pictures import kind_and_size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.check import MediaFile

MAX_PIXELS: Final = 40_000_000
"""Largest picture: decoded it takes four bytes a pixel, and a sheet of A4 at 600 dots an inch has 35 million."""

DOTS_AN_INCH: Final = 150
"""How large a picture is printed that has room."""

_PIXELS_AN_INCH: Final = 96
"""Those of a drawing, as CSS has them."""

_MILLIMETRES: Final = 25.4
_UNKNOWN: Final = (60.0, 40.0)
"""Size in millimetres of a drawing that does not say how large it is; it keeps its shape inside."""

_AS: Final = {"png": ".png", "jpeg": ".jpg", "gif": ".gif", "webp": ".webp", "svg": ".svg"}


class Picture(Struct, frozen=True):
    """A picture as the templates know it.

    Attributes:
        name: Its file's name beside the template; empty if it cannot be printed.
        width, height: In millimetres, as large as it would like to be.
        refused: Why it cannot be printed, or empty.
    """

    name: str = ""
    width: float = 0.0
    height: float = 0.0
    refused: str = ""


@dataclass(slots=True)
class Pictures:
    """Takes pictures in, each once; `files` then has those that are needed, by their names for the template."""

    media: Mapping[str, MediaFile]
    prefix: str
    files: dict[str, bytes] = field(default_factory=dict)
    _taken: dict[str, Picture] = field(default_factory=dict)

    def take(self, path: str) -> Picture:
        """Return the picture of a path in the deck's folder."""
        if path not in self._taken:
            self._taken[path] = self._look(self.media[path].read())
        return self._taken[path]

    def _look(self, content: bytes) -> Picture:
        kind, size = kind_and_size(content)
        if kind not in _AS:
            return Picture(refused="only PNG, JPEG, GIF, WebP and SVG can be printed")
        if size is None and kind != "svg":
            return Picture(refused=f"the {kind} file is damaged")
        if size is None:
            width, height = _size_of_drawing(content)
        else:
            if min(size) < 1:
                return Picture(refused=f"the {kind} file is damaged")
            if size[0] * size[1] > MAX_PIXELS:
                return Picture(refused=f"{size[0]:,} x {size[1]:,} pixels are more than {MAX_PIXELS:,}")
            width, height = (_MILLIMETRES * length / DOTS_AN_INCH for length in size)
        name = f"{self.prefix}{len(self.files) + 1}{_AS[kind]}"
        self.files[name] = content
        return Picture(name, width, height)


def _size_of_drawing(content: bytes) -> tuple[float, float]:
    """Return the size of a drawing in millimetres: its own, or its own shape inside that of those without one."""
    size = size_of(content, told=True)
    if size is not None:
        scale = _MILLIMETRES / _PIXELS_AN_INCH
    else:
        size = size_of(content)
        if size is None:
            return _UNKNOWN
        scale = min(room / length for room, length in zip(_UNKNOWN, size, strict=True))
    return size[0] * scale, size[1] * scale
