"""What a collection adds to the schemas: the names of its facets, and its own kinds of card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cardgen.model import FieldType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cardgen.model import OwnField, OwnKind

Schema = dict[str, Any]

_FACETS: Final = {"$ref": "#/$defs/facet_values"}


class OwnFields(NamedTuple):
    """What a card of a kind of one's own may have, beside what all cards may.

    Attributes:
        kind: The kind's name.
        title, description: What people call it, and what editors say of it.
        fields: Its fields; none where they cannot be known, and its cards may have any.
    """

    kind: str
    title: str
    description: str
    fields: tuple[OwnField, ...]


class Vocabulary(NamedTuple):
    """What a collection adds to the schemas.

    Attributes:
        facets: Names of the facets that it declares; None where they cannot be known, and any name may be one.
        own: The fields of its own kinds of card.
    """

    facets: tuple[str, ...] | None = ()
    own: tuple[OwnFields, ...] = ()


def own_fields(kind: OwnKind) -> OwnFields:
    """Return what a card of a kind may have."""
    return OwnFields(kind.id, kind.title, kind.description, kind.fields)


SHIPPED: Final = Vocabulary()
"""Of a collection that adds nothing."""

ANY_FACET: Final = Vocabulary(None)
"""Of one of which nobody knows what it adds."""

OWN: Final = "own-"
"""What begins the names of definitions of kinds of one's own: ``text`` is a good name for one."""


def with_own_kinds(
    root: Schema, own: Iterable[OwnFields], names: Mapping[str, str], shared: Mapping[str, Schema]
) -> Schema:
    """Return a schema that knows more kinds of card.

    Args:
        root: The schema.
        own: The kinds.
        names: Under which name ``$defs`` is to have the cards of each.
        shared: The schemas of the fields that cards of all kinds may have.
    """
    definitions = dict(root["$defs"])
    known = definitions["kind"]
    definitions["kind"] = known | {"enum": [*known["enum"], *(fields.kind for fields in own)]}
    if "card" in definitions:
        pairs = []
        for fields in own:
            definitions[names[fields.kind]] = _own_card(fields, shared)
            condition = {"required": ["kind"], "properties": {"kind": {"const": fields.kind}}}
            pairs.append({"if": condition, "then": {"$ref": f"#/$defs/{names[fields.kind]}"}})
        definitions["card"] = definitions["card"] | {"allOf": [*definitions["card"]["allOf"], *pairs]}
    return root | {"$defs": definitions}


def _own_card(own: OwnFields, shared: Mapping[str, Schema]) -> Schema:
    """Return the schema of a card of a kind of one's own."""
    first = {name: schema for name, schema in shared.items() if name in ("id", "kind")}
    said = {"title": f"Card of kind {own.kind}", "description": own.description or f"{own.title}."}
    if not own.fields:
        return said | {"required": ["id", "kind"], "properties": first}
    fields = {field.id: _own_field(field) for field in own.fields}
    return said | {
        "required": ["id", "kind", *(field.id for field in own.fields if field.required)],
        "additionalProperties": _FACETS,
        "properties": {**first, **fields, **shared},
    }


_UNTYPED: Final[Schema] = {"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": 20_000}
_PICTURE: Final = _UNTYPED | {"maxLength": 1000, "pattern": r"^[^\n]*$"}

MOST_HTML: Final = 200_000
"""Letters that a field of HTML may have: tables and dictionaries that people paste have some ten thousand."""

_OF_TYPE: Final[Mapping[FieldType, Schema]] = {
    FieldType.TEXT: {"$ref": "#/$defs/text"},
    FieldType.GAPS: {"$ref": "#/$defs/text"},
    FieldType.LINE: {"$ref": "#/$defs/line"},
    FieldType.LITERAL: _UNTYPED,
    FieldType.HTML: _UNTYPED | {"maxLength": MOST_HTML},
    FieldType.PICTURES: {
        "anyOf": [_PICTURE, {"type": "array", "items": _PICTURE, "minItems": 1, "maxItems": 20, "uniqueItems": True}]
    },
}
"""The schemas of what fields of one's own hold."""


_EXAMPLES: Final = {
    FieldType.TEXT: "The **longest** river of Europe.",
    FieldType.GAPS: "The Danube flows into {{c1::the Black Sea}}.",
    FieldType.LINE: "The Danube",
    FieldType.LITERAL: "AT-9",
    FieldType.HTML: '<span lang="de">Donau</span>',
    FieldType.PICTURES: "media/danube.png",
}
"""What editors show of them."""


def _own_field(field: OwnField) -> Schema:
    said = {"title": field.title, "description": field.description or field.title, "examples": [_EXAMPLES[field.type]]}
    return said | _OF_TYPE[field.type]
