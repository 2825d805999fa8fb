"""Which values of a card are texts that learners read, as the schema has it: for cards that may not fit it."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from cardgen.check.schemas import definition_of, kinds, schema_named, schema_with
from cardgen.check.vocabulary import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cardgen.check.vocabulary import Schema, Vocabulary
    from cardgen.read import KeyPath

WrittenText = tuple[str, "KeyPath"]
"""A text and its path."""

MARKDOWN: Final = frozenset({"#/$defs/text", "#/$defs/line"})
"""What the schema of cards calls Markdown."""


def written_texts(card: Mapping[str, Any], vocabulary: Vocabulary = SHIPPED) -> Iterator[WrittenText]:
    """Yield the texts of a card as its author wrote it, flawed or not, each with its path.

    Of a card of an unknown kind, those are texts that have the name of one in any kind. For a card that fits its
    schema, `Kind.texts` says the same and more.

    Args:
        card: The card.
        vocabulary: What the collection adds to the schemas.
    """
    kind = card.get("kind")
    known = kinds(vocabulary)
    definitions = schema_with("cards", vocabulary)["$defs"]
    properties: dict[str, Schema] = {}
    for name in (kind,) if isinstance(kind, str) and kind in known else known:
        properties |= definitions[definition_of(name)]["properties"]
    yield from _in_mapping(properties, card, ())


def with_texts(card: Mapping[str, Any], changes: Iterable[tuple[KeyPath, str]]) -> Mapping[str, Any]:
    """Return a copy of a card with other texts at some paths."""
    changed = deepcopy(dict(card))
    for (*way, last), text in changes:
        around: Any = changed
        for step in way:
            around = around[step]
        around[last] = text
    return changed


def _in_mapping(
    properties: Mapping[str, Schema], value: Mapping[str, Any], path: KeyPath, others: object = None
) -> Iterator[WrittenText]:
    """Yield the texts of a mapping: by the schemas of its fields, and by that of all others if they have one."""
    for key, part in value.items():
        schema = properties.get(key, others)
        if isinstance(schema, dict):
            yield from _texts(schema, part, (*path, key))


def _texts(schema: Schema, value: Any, path: KeyPath) -> Iterator[WrittenText]:  # noqa: ANN401 - any may come
    while "$ref" in schema:
        if schema["$ref"] in MARKDOWN:
            if isinstance(value, str):
                yield value, path
            return
        schema = schema_named("cards")["$defs"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        for part in schema["anyOf"]:
            yield from _texts(part, value, path)
    elif isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            yield from _texts(schema["items"], item, (*path, index))
    elif isinstance(value, dict):
        others = schema.get("additionalProperties")
        named = dict.fromkeys(value, others) if isinstance(others, dict) else {}
        yield from _in_mapping(named | schema.get("properties", {}), value, path)
