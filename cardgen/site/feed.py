"""The feed of changes, in Atom (RFC 4287), and the file by which programs find out whether there is a newer version."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from cardgen._version import __version__
from cardgen.diagnostics.shown import json_document
from cardgen.site.frame import CHANGES, FEED, FILES, link
from cardgen.words.dates import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from cardgen.build.manifest import Artefact
    from cardgen.site.frame import Frame, Voice
    from cardgen.site.releases import Release

_ATOM: Final = "http://www.w3.org/2005/Atom"

_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What cannot stand in XML (https://www.w3.org/TR/xml/#charsets)."""

LATEST: Final = "latest.json"
LATEST_VERSION: Final = 1
"""Version of the form of that file; it grows when a field changes its meaning or goes away."""


def feed(frame: Frame, voice: Voice, releases: Sequence[Release]) -> bytes:
    """Return the feed, an entry for each release.

    Args:
        frame: What all pages have in common; it knows its address.
        voice: The language of the site.
        releases: The newest first; at least one.
    """
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": voice.language})
    _add(root, "id", frame.address)
    _add(root, "title", frame.title)
    _add(root, "updated", _moment(releases[0].day))
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{frame.address}{FEED}")
    _add(root, "link", rel="alternate", type="text/html", href=f"{frame.address}{CHANGES}")
    _add(_add(root, "author"), "name", frame.title)
    _add(root, "generator", "cardgen", version=__version__)
    for release in releases:
        address = f"{frame.address}{link(CHANGES, CHANGES, release.name)}"
        entry = _add(root, "entry")
        _add(entry, "id", address)
        _add(entry, "title", f"{frame.title}: {day_in_words(release.day.isoformat(), voice.words)}")
        _add(entry, "updated", _moment(release.day))
        _add(entry, "link", rel="alternate", type="text/html", href=address)
        _add(entry, "content", release.notes, type="html")
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def latest(frame: Frame, version: str, day: date, artefacts: Iterable[Artefact]) -> bytes:
    """Return what programs ask whether there is a newer version: names, sizes and checksums of all downloads.

    Args:
        frame: What all pages have in common.
        version: That of the content of all decks.
        day: When that last changed.
        artefacts: The downloads.
    """
    files = {
        artefact.path.name: {
            "url": f"{frame.address}{link('', f'{FILES}/{artefact.path.name}')}",
            "deck": artefact.decks[0] if len(artefact.decks) == 1 else list(artefact.decks),
            "variant": artefact.variant,
            **({"tier": artefact.tier} if artefact.tier is not None else {}),
            "format": artefact.format,
            "bytes": artefact.bytes,
            "sha256": artefact.sha256,
        }
        for artefact in sorted(artefacts, key=lambda artefact: artefact.path.name)
    }
    data = {
        "version": LATEST_VERSION,
        "title": frame.title,
        "content": version,
        "changed": day.isoformat(),
        "files": files,
    }
    return f"{json_document(data)}\n".encode()


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text) or None
    return element


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
