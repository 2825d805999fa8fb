"""Cards, as editors see them: each kind says its own name, and as long as there is none, snippets write cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.check.schemas import definition_of, kinds, resolve, schema_with
from cardgen.editor.snippets import card_snippet
from cardgen.editor.walk import POINTER

if TYPE_CHECKING:
    from cardgen.check.vocabulary import Schema, Vocabulary

_HAS_KIND: Final = {"type": "object", "required": ["kind"]}
"""A card that has a kind. An item of the list with nothing in it yet has no fields to miss, but is no card either."""


def name_kinds(definitions: dict[str, Schema], vocabulary: Vocabulary) -> None:
    """Say of each kind what it is, wherever the name of a kind may stand.

    Args:
        definitions: Those of a schema; changed in place.
        vocabulary: What the collection adds to the schemas.
    """
    if "kind" in definitions:
        said = {key: definitions["kind"][key] for key in ("title", "description")}
        definitions["kind"] = said | {"anyOf": [_named(kind, vocabulary) for kind in kinds(vocabulary)]}


def name_cards(definitions: dict[str, Schema], vocabulary: Vocabulary) -> None:
    """Let a card begin with its id and its kind, or with a snippet, and have the fields of its kind alone.

    Args:
        definitions: Those of the schema of card files; changed in place.
        vocabulary: What the collection adds to the schemas.
    """
    root = {"$defs": definitions}
    snippets = []
    for index, kind in enumerate(kinds(vocabulary)):
        schema = definitions[definition_of(kind)]
        schema["properties"]["kind"] = _named(kind, vocabulary)
        must_have = {field: resolve(schema["properties"][field], root) for field in schema["required"]}
        # In the order of the schema, and before single fields.
        snippets.append({"sortText": f"{index:02}", **card_snippet(kind, schema["description"], must_have)})
    card = definitions["card"]
    card["properties"] = {"id": definitions["card_id"], "kind": {"$ref": f"{POINTER}kind"}}
    # What must be there stands apart from its schema: where both stand together, editors offer to write just these.
    required = {"required": card.pop("required")}
    # The snippets are for mappings alone, which says all that the type of a card does.
    snippets_apart = {"type": card.pop("type"), "title": card["title"], "defaultSnippets": snippets}
    by_kind = [
        {"if": _HAS_KIND | {"allOf": [{"properties": pair["if"]["properties"]}]}, "then": pair["then"]}
        for pair in card["allOf"]
    ]
    card["allOf"] = [required, {"if": _HAS_KIND, "else": snippets_apart}, *by_kind]


def _named(kind: str, vocabulary: Vocabulary) -> Schema:
    """Return the schema of a kind's name, which says what the kind is and which fields are its own."""
    definitions = schema_with("cards", vocabulary)["$defs"]
    described = definitions[definition_of(kind)]
    of_all = set.intersection(*({*definitions[other]["properties"]} for other in kinds()))
    own = [field for field in described["properties"] if field not in of_all]
    fields = ", ".join(f"`{field}`" for field in own if field in described["required"])
    optional = ", ".join(f"`{field}`" for field in own if field not in described["required"])
    said = f"{described['description']} Fields: {fields}{f'; optional: {optional}' if optional else ''}."
    return {"const": kind, "title": described["title"], "description": said}
