"""What tests of packages share: cards to build, and how to look at packages and at what Anki shows."""

from __future__ import annotations

import html
import json
import re
import sqlite3
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from anki.cards import Card
    from anki.collection import Collection


def cards_in(collection: Collection) -> list[Card]:
    return [collection.get_card(card_id) for card_id in collection.db.list("select id from cards order by due, ord")]


def asked(card: Card) -> str:
    """Return the words of the question that Anki shows."""
    found = re.search(r'<div class="question">(.*)</main>', card.render_output().question_text, re.DOTALL)
    return html.unescape(re.sub(r"<[^<>]*>", "", found[1])).strip() if found else ""


def basic(card_id: str, front: str, back: str = "An answer.", **more: object) -> dict[str, object]:
    return {"id": card_id, "kind": "basic", "front": front, "back": back, **more}


def deck_file(deck_id: str, title: str, sections: list[str], **more: object) -> str:
    return json.dumps({"id": deck_id, "title": title, "sections": sections, **more}, ensure_ascii=False)


def png(shade: int) -> bytes:
    """Make a picture of one pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes([0, shade]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def opened(package: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(zipfile.ZipFile(package).read("collection.anki2"))
    return connection


def column(package: Path, name: str) -> dict[str, Any]:
    (text,) = opened(package).execute(f"select {name} from col").fetchone()
    values: dict[str, Any] = json.loads(text)
    return values


def contents(collection: Collection) -> dict[str, Any]:
    """Return all that a collection holds of a learner's: notes, cards, reviews, decks and note types."""
    return {
        "notes": collection.db.all("select * from notes order by id"),
        "cards": collection.db.all("select * from cards order by id"),
        "reviews": collection.db.all("select * from revlog order by id"),
        "decks": sorted(deck.name for deck in collection.decks.all_names_and_ids()),
        "note types": sorted(kind.name for kind in collection.models.all_names_and_ids()),
    }
