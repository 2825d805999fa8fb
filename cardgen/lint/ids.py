"""Ids for cards, steps and moves that have none: a slug of what they ask or say."""

from __future__ import annotations

import re
import unicodedata
from itertools import count
from typing import TYPE_CHECKING, Final

from cardgen.check import SHIPPED, written_texts
from cardgen.lint.text import prose_and_code
from cardgen.richtext import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cardgen.check import Vocabulary
    from cardgen.read import Document, KeyPath

_WORDS: Final = 6
_CHARACTERS: Final = 60
"""Longest slug, in words and in characters; the schema allows 80. Values of our own."""

_LISTS: Final = ("steps", "moves")
"""The fields that hold items with ids of their own."""


def slug(text: str, otherwise: str) -> str:
    """Return an id made from Markdown: lower-case letters, digits and hyphens.

    Args:
        text: The text to make it from.
        otherwise: The id for a text without a Latin letter or digit.
    """
    plain = unicodedata.normalize("NFKD", prose_and_code(parse(text, gaps=True))).replace("'", "").replace("’", "")  # noqa: RUF001 - the apostrophe that is typed
    words = re.findall(r"[a-z0-9]+", "".join(char for char in plain if not unicodedata.combining(char)).lower())
    short = "-".join(words[:_WORDS])
    while len(short) > _CHARACTERS and "-" in short:
        short = short.rpartition("-")[0]
    return short[:_CHARACTERS] or otherwise


def missing_ids(
    document: Document, taken: set[str], vocabulary: Vocabulary = SHIPPED
) -> Iterator[tuple[tuple[int, int, str], KeyPath, str]]:
    """Yield an id for every card, step and move of a file without one.

    Args:
        document: The file.
        taken: All ids of the deck's cards, present and past; new ones are added.
        vocabulary: What the collection adds to the schemas.

    Yields:
        The insertion (start, end, text), the path of the id, and the id.
    """
    value = document.value
    cards = value.get("cards") if isinstance(value, dict) else None
    for index, card in enumerate(cards if isinstance(cards, list) else ()):
        if not isinstance(card, dict):
            continue
        path: KeyPath = ("cards", index)
        texts = list(written_texts(card, vocabulary))
        if "id" not in card and card:
            yield _inserted(document, path, _free(texts, (), "card", taken))
        for name in _LISTS:
            items = card.get(name)
            items = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
            own = {str(item["id"]) for item in items if "id" in item}
            for position, item in enumerate(card.get(name, ()) if items else ()):
                if isinstance(item, dict) and item and "id" not in item:
                    chosen = _free(texts, (name, position), name.removesuffix("s"), own)
                    yield _inserted(document, (*path, name, position), chosen)


def _free(texts: Sequence[tuple[str, KeyPath]], inside: KeyPath, what: str, taken: set[str]) -> str:
    """Return an id that is not taken, made from the first text inside the item at a path of the card."""
    text = next((text for text, path in texts if path[: len(inside)] == inside), "")
    wanted = slug(text, what)
    chosen = (
        wanted
        if wanted not in taken and wanted != what
        else next(
            f"{wanted}-{number}" for number in count(1 if wanted == what else 2) if f"{wanted}-{number}" not in taken
        )
    )
    taken.add(chosen)
    return chosen


def _inserted(document: Document, path: KeyPath, chosen: str) -> tuple[tuple[int, int, str], KeyPath, str]:
    """Insert the id before the first field, in the style of the mapping."""
    start, _ = document.span(path)
    if document.text[start : start + 1] == "{":
        return (start + 1, start + 1, f"id: {chosen}, "), (*path, "id"), chosen
    line_end = "\r\n" if "\r\n" in document.text else "\n"
    indent = " " * (document.place(path).column - 1)
    return (start, start, f"id: {chosen}{line_end}{indent}"), (*path, "id"), chosen
