"""Translated cards, as editors see them: a block may have the texts of any kind; only the deck knows which it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.check.schemas import definition_of, kinds, resolve, schema_with
from cardgen.check.translated import translated_fields

if TYPE_CHECKING:
    from cardgen.check.vocabulary import Schema, Vocabulary


def name_texts(block: Schema, vocabulary: Vocabulary) -> None:
    """Propose and explain the fields that are translated on cards of some kind.

    What is in them is left to `check`, which knows the kind.

    Args:
        block: The schema of a block; changed in place.
        vocabulary: What the collection adds to the schemas.
    """
    root = schema_with("cards", vocabulary)
    texts: dict[str, Schema] = {}
    for kind in kinds(vocabulary):
        fields = root["$defs"][definition_of(kind)]["properties"]
        # Of a kind of one's own whose file has a flaw, nobody knows the fields.
        for name in translated_fields(kind, vocabulary):
            if name in fields:
                said = resolve(fields[name], root)
                texts.setdefault(name, {key: said[key] for key in ("title", "description", "examples") if key in said})
    block["properties"] = texts | block["properties"]
