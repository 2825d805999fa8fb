"""The schemas, and the quick question whether a value fits one.

A compiled validator answers yes or no for a whole file in one pass; only what it refuses is given to
``jsonschema``, which is slower by two orders of magnitude but says what is wrong (see ``explain``).
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from cardgen.check.vocabulary import OWN, SHIPPED, Schema, Vocabulary, with_own_kinds
from cardgen.read import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import jsonschema_rs

SCHEMAS: Final = ("collection", "deck", "cards", "language", "kind", "sources", "lint")
"""Names of the schemas, one for each type of file."""

_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,18})")
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?")

_SUFFIX: Final = ".schema.json"


_ANY_FACET: Final = {"$ref": "#/$defs/facet_values"}
"""What the files of the schemas take for any name, where a facet may stand: editors do not know the collection."""


@cache
def schema_text(name: str) -> str:
    """Return the text of a schema, by its name; it stands alone, with all that it refers to."""
    return json.dumps(schema_named(name), indent=2, ensure_ascii=False) + "\n"


@cache
def schema_named(name: str) -> Schema:
    """Return a schema as data; callers do not change it.

    The files share definitions: what several need stands in one of them, and the others refer to it there. Here each
    has its own copy, so that a validator needs no other file.
    """
    root = _file(name)
    brought: dict[str, Any] = {}
    whole = cast("Schema", _alone(root, name, brought))
    if brought:
        whole["$defs"] = brought | whole.get("$defs", {})
    return whole


@cache
def schema_with(name: str, vocabulary: Vocabulary) -> Schema:
    """Return a schema that takes the facets of a collection, and no other names in their place, and its own kinds."""
    root = schema_named(name)
    if vocabulary.own and "kind" in root.get("$defs", {}):
        names = {fields.kind: definition_of(fields.kind) for fields in vocabulary.own}
        root = with_own_kinds(root, vocabulary.own, names, fields_of_all())
    return root if vocabulary.facets is None else cast("Schema", _closed(root, vocabulary.facets))


def definition_of(kind: str) -> str:
    """Return the name under which a schema's ``$defs`` have the cards of a kind."""
    return kind if kind in kinds() else f"{OWN}{kind}"


@cache
def fields_of_all() -> dict[str, Schema]:
    """Return the schemas of the fields that cards of all shipped kinds may have, those of one's own included."""
    definitions = schema_named("cards")["$defs"]
    first, *others = (definitions[kind]["properties"] for kind in kinds())
    return {name: schema for name, schema in first.items() if all(schema == other.get(name) for other in others)}


def _closed(part: Any, facets: tuple[str, ...]) -> Any:  # noqa: ANN401 - a part of a schema
    if isinstance(part, list):
        return [_closed(item, facets) for item in part]
    if not isinstance(part, dict):
        return part
    closed = {key: _closed(value, facets) for key, value in part.items()}
    if part.get("additionalProperties") == _ANY_FACET:
        closed["additionalProperties"] = False
        # Beside the tags, in whose place a hint lists them.
        own = dict.fromkeys(facets, _ANY_FACET)
        closed["properties"] = {"tags": closed["properties"].get("tags")} | own | closed["properties"]
    return closed


@cache
def card_fields() -> frozenset[str]:
    """Return the names of all fields that a card of any kind may have."""
    definitions = schema_named("cards")["$defs"]
    return frozenset(field for kind in kinds() for field in definitions[kind]["properties"])


@cache
def _file(name: str) -> Schema:
    return cast("Schema", json.loads((shipped("schema") / f"{name}.schema.json").read_text(encoding="utf-8")))


def _alone(part: Any, home: str, brought: dict[str, Any]) -> Any:  # noqa: ANN401 - a part of a schema
    """Return a part of a schema with references into its own file alone.

    Args:
        part: The part.
        home: The schema that it is from.
        brought: Gets the definitions of other files that it needs.
    """
    if isinstance(part, list):
        return [_alone(item, home, brought) for item in part]
    if not isinstance(part, dict):
        return part
    found = {key: _alone(value, home, brought) for key, value in part.items()}
    reference = found.get("$ref")
    if isinstance(reference, str):
        file, _, definition = reference.rpartition("#/$defs/")
        other = file.removesuffix(_SUFFIX) or home
        found["$ref"] = f"#/$defs/{definition}"
        if file and definition not in brought:
            _bring(other, definition, brought)
    return found


def _bring(name: str, definition: str, brought: dict[str, Any]) -> None:
    """Copy a definition of a schema, with those that it refers to there."""
    copied = brought[definition] = _alone(_file(name)["$defs"][definition], name, brought)
    for reference in _references(copied):
        if reference not in brought:
            _bring(name, reference, brought)


def _references(part: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"].removeprefix("#/$defs/")
        part = list(part.values())
    if isinstance(part, list):
        for item in part:
            yield from _references(item)


@cache
def kinds(vocabulary: Vocabulary = SHIPPED) -> tuple[str, ...]:
    """Return the names of all kinds of card, in the schema's order, a collection's own behind the shipped ones."""
    return (*schema_named("cards")["$defs"]["kind"]["enum"], *(fields.kind for fields in vocabulary.own))


def resolve(schema: Schema, root: Schema) -> Schema:
    """Follow a schema's reference into its file's ``$defs``; what stands beside the reference is kept."""
    reference = schema.get("$ref")
    if reference is None:
        return schema
    target = resolve(root["$defs"][reference.removeprefix("#/$defs/")], root)
    return target | {key: value for key, value in schema.items() if key != "$ref"}


@cache
def _validator(name: str, part: str | None, vocabulary: Vocabulary) -> jsonschema_rs.Draft202012Validator:
    import jsonschema_rs

    schema = schema_with(name, vocabulary)
    if part is not None:
        schema = {"$ref": f"#/$defs/{part}", "$defs": schema["$defs"]}
    return jsonschema_rs.Draft202012Validator(schema)


def fits(value: Any, name: str, part: str | None = None, vocabulary: Vocabulary = SHIPPED) -> bool:  # noqa: ANN401 - any value may come
    """Return whether a value fits a schema, or one of its ``$defs``, in a collection that adds this to it."""
    try:
        return _validator(name, part, vocabulary).is_valid(value)
    except UnicodeEncodeError:  # a lone surrogate, which reading has reported
        return False


def fitting(
    value: Any,  # noqa: ANN401 - any value may come
    name: str,
    field: str | None = None,
    vocabulary: Vocabulary = SHIPPED,
) -> tuple[dict[str, Any], frozenset[str]]:
    """Return the fields of a mapping that fit a schema, each by itself, and the names of the schema's other fields.

    Args:
        value: The mapping; of anything else no field fits.
        name: The schema.
        field: The field of a file of this schema that the mapping stands in; None for the file itself.
        vocabulary: What the collection adds to the schemas.
    """
    properties = schema_with(name, vocabulary)["properties"]
    known = properties if field is None else properties[field]["properties"]
    if not isinstance(value, dict):
        return {}, frozenset(known)
    kept = {
        key: part for key, part in value.items() if key in known and _fits_alone({key: part}, name, field, vocabulary)
    }
    return kept, frozenset(key for key in value if key in known and key not in kept)


def _fits_alone(value: Any, name: str, field: str | None, vocabulary: Vocabulary) -> bool:  # noqa: ANN401 - as above
    try:
        return _field_validator(name, field, vocabulary).is_valid(value)
    except UnicodeEncodeError:  # as in `fits`
        return False


@cache
def _field_validator(name: str, field: str | None, vocabulary: Vocabulary) -> jsonschema_rs.Draft202012Validator:
    import jsonschema_rs

    root = schema_with(name, vocabulary)
    schema = root if field is None else root["properties"][field]
    return jsonschema_rs.Draft202012Validator({"properties": schema["properties"], "$defs": root.get("$defs", {})})


def convert(value: Any, name: str) -> None:  # noqa: ANN401 - any value may come
    """Turn texts into numbers and booleans, in place, where the schema wants those and no text.

    A text that does not look like one stays, for the schema to refuse. Numbers with a fraction become Decimal,
    so they are shown as they were typed.
    """
    converter = _converters(name)
    if converter is not None:
        converter(value)


@cache
def _converters(name: str) -> Callable[[Any], Any] | None:
    root = schema_named(name)
    return _converter(root, root)


def _converter(schema: Schema, root: Schema) -> Callable[[Any], Any] | None:
    """Build what converts a value of this schema, or None where nothing in it is ever converted."""
    schema = resolve(schema, root)
    if "anyOf" in schema:
        # One value or a list of such values, as everywhere in our schemas: none of them holds numbers.
        return None
    if "allOf" in schema:
        return _by_kind(schema, root)
    scalar = _scalar_converter(schema.get("type"))
    if scalar is not None:
        return scalar
    if "items" in schema:
        each = _converter(schema["items"], root)
        return None if each is None else _in_list(each)
    named = {
        key: converter
        for key, part in schema.get("properties", {}).items()
        if (converter := _converter(part, root)) is not None
    }
    others = schema.get("additionalProperties")
    rest = _converter(others, root) if isinstance(others, dict) else None
    if not named and rest is None:
        return None
    return _in_mapping(named, rest)


def _by_kind(schema: Schema, root: Schema) -> Callable[[Any], Any]:
    """Build the converter of a card: its kind says which of the ``if``/``then`` pairs holds."""
    by_kind = {pair["if"]["properties"]["kind"]["const"]: _converter(pair["then"], root) for pair in schema["allOf"]}
    # Of a kind of one's own it is not known what else it has, and all that is text.
    of_all = _converter({"properties": fields_of_all()}, root)

    def convert_card(card: Any) -> Any:  # noqa: ANN401
        if isinstance(card, dict):
            kind = card.get("kind")
            converter = by_kind.get(kind, of_all) if isinstance(kind, str) else None
            if converter is not None:
                converter(card)
        return card

    return convert_card


def _in_list(each: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def convert_list(value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, list):
            value[:] = map(each, value)
        return value

    return convert_list


def _in_mapping(named: Mapping[str, Callable[[Any], Any]], rest: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    def convert_mapping(value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, dict):
            for key, converter in named.items():
                if key in value:
                    value[key] = converter(value[key])
            if rest is not None:
                for key in value.keys() - named.keys():
                    value[key] = rest(value[key])
        return value

    return convert_mapping


def _scalar_converter(wanted: str | list[str] | None) -> Callable[[Any], Any] | None:
    converters = {"boolean": _to_boolean, "integer": _to_integer, "number": _to_number}
    return converters.get(wanted) if isinstance(wanted, str) else None


def _to_boolean(value: Any) -> Any:  # noqa: ANN401
    """Read YAML 1.2's booleans: https://yaml.org/spec/1.2.2/#1032-tag-resolution."""
    if value in ("true", "True", "TRUE"):
        return True
    if value in ("false", "False", "FALSE"):
        return False
    return value


def _to_integer(value: Any) -> Any:  # noqa: ANN401
    return int(value) if isinstance(value, str) and _INTEGER.fullmatch(value) else value


def _to_number(value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        return value
    return Decimal(value) if "." in value else int(value)
