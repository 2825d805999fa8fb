"""The files that the page is made of, and what a browser may do with them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

PAGE: Final = (
    "index.html",
    "app.css",
    "make.js",
    "unpack.js",
    "search.js",
    "frames.js",
    "stage.js",
    "findings.js",
    "app.js",
    "icon.svg",
)
FONT: Final = "cards/latinmodern-math.woff2"
"""A face for formulas, which looks as Anki's does; not every machine has one that can set them."""

CARD: Final = (
    "cards/card.html",
    "cards/card.css",
    "cards/typed.js",
    "cards/occlusion.js",
    "cards/card.js",
    FONT,
    "cards/latinmodern-math.txt",
)
"""The page inside each frame. Pictures stand beside it, as they do in Anki."""

TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
    # https://www.iana.org/assignments/media-types; Chromium takes a film of QuickTime only under MP4's name.
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".mp4": "video/mp4",
    ".mov": "video/mp4",
    ".webm": "video/webm",
}

_RULES: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""What the page may load: nothing that is not ours (https://www.w3.org/TR/CSP3/)."""

_CARD_RULES: Final = _RULES | {
    # A template's own scripts and styles stand in the card's HTML, as Anki wants them.
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'none'",
    "frame-src": "'none'",
}
"""What a card may load. It cannot reach the page around it either: its frame is a sandbox without an origin."""

_PLACE: Final = b"<!-- policy -->"


def policy(name: str) -> str:
    """Return the policy of a file, or of anything else that is sent under a name."""
    rules = _CARD_RULES if name.startswith("cards/") else _RULES
    return "; ".join(f"{what} {where}" for what, where in rules.items())


@cache
def content(name: str) -> bytes:
    """Return a file of the page."""
    return (files(__package__) / "page" / name).read_bytes()


def from_disk(name: str) -> bytes:
    """Return a file for a page that no server sends: its policy stands in it.

    Files on a disk have no origin of their own, so where a browser does not count them as ``'self'``, ``file:`` does.
    """
    rules = policy(name).replace("'self'", "'self' file:")
    policed = f'<meta http-equiv="Content-Security-Policy" content="{rules}">'
    return content(name).replace(_PLACE, policed.encode())
