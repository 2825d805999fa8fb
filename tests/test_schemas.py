"""The schemas: complete for editors, explained in full, and read in the same way by both validators."""

from __future__ import annotations

import json
import pkgutil
import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from conftest import REPOSITORY, Ran
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schema_values import documents

import cardgen.kinds
from cardgen.check import SCHEMAS, convert, fits, kinds, schema_text
from cardgen.check.explain import _PROBLEMS, explain
from cardgen.check.schemas import resolve, schema_named
from cardgen.read import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Schema = dict[str, Any]

each_schema = pytest.mark.parametrize("name", SCHEMAS)


def inside(schema: Schema, way: str) -> Iterator[tuple[str, Schema]]:
    """Yield a schema and all schemas that are written inside it, each with the way to it."""
    yield way, schema
    for keyword in ("properties", "$defs"):
        for key, part in schema.get(keyword, {}).items():
            yield from inside(part, f"{way}/{keyword}/{key}")
    for keyword in ("items", "additionalProperties", "propertyNames", "if", "then", "else", "not", "contains"):
        if isinstance(schema.get(keyword), dict):
            yield from inside(schema[keyword], f"{way}/{keyword}")
    for keyword in ("anyOf", "allOf", "oneOf", "prefixItems"):
        for index, part in enumerate(schema.get(keyword, ())):
            yield from inside(part, f"{way}/{keyword}/{index}")


def properties(name: str) -> Iterator[tuple[str, Schema]]:
    """Yield all properties of a schema's file, with what their references say; not those that only tell kinds apart."""
    root = schema_named(name)
    for way, schema in inside(root, name):
        if not way.endswith("/if"):
            for key, part in schema.get("properties", {}).items():
                yield f"{way}/properties/{key}", resolve(part, root)


# The files


@each_schema
def test_a_schema_is_one_of_json_schema_2020_12(name: str) -> None:
    schema = schema_named(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@each_schema
def test_every_reference_leads_to_a_definition_of_the_same_file(name: str) -> None:
    root = schema_named(name)
    references = {part["$ref"] for _, part in inside(root, name) if "$ref" in part}
    assert references <= {f"#/$defs/{key}" for key in root.get("$defs", {})}


@each_schema
def test_every_definition_is_used(name: str) -> None:
    root = schema_named(name)
    references = {part["$ref"] for _, part in inside(root, name) if "$ref" in part}
    assert {f"#/$defs/{key}" for key in root.get("$defs", {})} <= references


@each_schema
def test_a_schema_says_what_its_file_is(name: str) -> None:
    assert {"title", "description"} <= schema_named(name).keys()


@each_schema
def test_every_property_has_a_title_a_description_and_examples(name: str) -> None:
    wanted = ("title", "description", "examples")
    assert [way for way, part in properties(name) if not all(part.get(keyword) for keyword in wanted)] == []


@each_schema
def test_every_example_fits_its_own_property(name: str) -> None:
    definitions = schema_named(name).get("$defs", {})
    wrong = [
        (way, example)
        for way, part in properties(name)
        for example in part["examples"]
        if not Draft202012Validator(part | {"$defs": definitions}).is_valid(example)
    ]
    assert wrong == []


def files() -> dict[str, Schema]:
    """Return the schemas as they stand in their files."""
    folder = REPOSITORY / "schema"
    return {name: json.loads((folder / f"{name}.schema.json").read_text(encoding="utf-8")) for name in SCHEMAS}


def test_every_definition_stands_in_one_file() -> None:
    defined = Counter(key for schema in files().values() for key in schema.get("$defs", {}))
    assert [key for key, count in defined.items() if count > 1] == []


def test_every_reference_to_another_file_leads_to_a_definition_there() -> None:
    schemas = files()
    for name, schema in schemas.items():
        for _, part in inside(schema, name):
            file, _, definition = part.get("$ref", "cards.schema.json#/$defs/id").rpartition("#/$defs/")
            assert definition in schemas[file.removesuffix(".schema.json") or name]["$defs"]


@each_schema
def test_the_command_prints_a_schema_that_stands_alone(name: str, cardgen: Callable[..., Ran]) -> None:
    printed = cardgen("schema", name)
    assert printed == Ran(0, schema_text(name), "")
    assert json.loads(printed.out) == schema_named(name)
    assert ".schema.json#" not in printed.out


def test_a_schema_that_refers_to_no_other_is_printed_as_its_file_is() -> None:
    assert schema_text("cards") == (REPOSITORY / "schema/cards.schema.json").read_text(encoding="utf-8")


# Kinds


def test_every_kind_of_the_schema_has_its_module_and_every_module_its_kind() -> None:
    modules = {module.name for module in pkgutil.iter_modules(cardgen.kinds.__path__)}
    assert modules - {"base", "own"} == set(kinds())


def test_every_kind_has_its_own_fields() -> None:
    definitions = schema_named("cards")["$defs"]
    pairs = {pair["if"]["properties"]["kind"]["const"]: pair["then"]["$ref"] for pair in definitions["card"]["allOf"]}
    assert pairs == {kind: f"#/$defs/{kind}" for kind in kinds()}


def test_cards_of_every_kind_have_the_fields_that_all_cards_have() -> None:
    definitions = schema_named("cards")["$defs"]
    shared = {"id", "kind", "tags", "source", "as_of", "stale_after", "confidence"}
    shared |= {"lang", "dir", "note"}
    assert [kind for kind in kinds() if not shared <= definitions[kind]["properties"].keys()] == []


# Shipped files

YAML_FILES = sorted((REPOSITORY / "decks").rglob("*.yaml"))


@pytest.mark.parametrize("file", [pytest.param(file, id=str(file.relative_to(REPOSITORY))) for file in YAML_FILES])
def test_a_shipped_file_begins_by_naming_its_schema_to_editors(file: Path) -> None:
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert match is not None
    sort = {"collection.yaml": "collection", "deck.yaml": "deck", "sources.yaml": "sources", "lint.yaml": "lint"}.get(
        file.name, "cards"
    )
    named = (file.parent / match[1]).resolve()
    assert named == REPOSITORY / "schema" / f"{sort}.schema.json"
    assert named.is_file()


# Explanations

EXPLAINED_OTHERWISE = {"additionalProperties", "required"}
NEVER_REPORTED = {"properties", "items", "propertyNames", "allOf", "if", "then", "const", "$ref", "$defs", "$schema"}
ANNOTATIONS = {"title", "description", "examples"}


def test_every_keyword_of_the_schemas_is_explained_and_no_other() -> None:
    used = {keyword for name in SCHEMAS for _, schema in inside(schema_named(name), name) for keyword in schema}
    assert used - NEVER_REPORTED - ANNOTATIONS - EXPLAINED_OTHERWISE == set(_PROBLEMS)


# Conversion


def converted(name: str, value: Any) -> Any:
    convert(value, name)
    return value


def card_with(kind: str, **fields: Any) -> Any:
    return {"title": "T", "cards": [{"id": "a", "kind": kind, **fields}]}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("False", False),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("yes", "yes"),
        ("1", "1"),
        ("", ""),
        (["true"], ["true"]),
    ],
)
def test_a_text_is_a_boolean_where_the_schema_wants_one_and_yaml_knows_it(typed: Any, meant: Any) -> None:
    found = converted("cards", card_with("choice", options=[{"text": typed, "right": typed}]))
    (option,) = found["cards"][0]["options"]
    assert (option["text"], option["right"], type(option["right"])) == (typed, meant, type(meant))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("60", 60),
        ("0", 0),
        ("-1", -1),
        ("9" * 18, int("9" * 18)),
        ("9" * 20, "9" * 20),
        ("007", "007"),
        ("+1", "+1"),
        ("1.0", "1.0"),
        ("1e3", "1e3"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("١", "١"),
        (" 1", " 1"),
        ("1\n", "1\n"),
        ("", ""),
        (["60"], ["60"]),
    ],
)
def test_a_text_is_a_whole_number_where_the_schema_wants_one_and_it_looks_like_one(typed: Any, meant: Any) -> None:
    found = converted("cards", card_with("framework", seconds=typed, name=typed))
    (card,) = found["cards"]
    assert (card["name"], card["seconds"], type(card["seconds"])) == (typed, meant, type(meant))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("56.4", Decimal("56.4")),
        ("56.40", Decimal("56.40")),
        ("-0.5", Decimal("-0.5")),
        ("0.1", Decimal("0.1")),
        ("12", 12),
        (".5", ".5"),
        ("5.", "5."),
        ("1,5", "1,5"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("NaN", "NaN"),
        ("5%", "5%"),
    ],
)
def test_a_text_is_a_number_where_the_schema_wants_one_and_it_is_shown_as_typed(typed: str, meant: Any) -> None:
    found = converted("cards", card_with("statistic", value=typed, compare={"a": typed}, series={"s": {"2026": typed}}))
    (card,) = found["cards"]
    assert card == {
        "id": "a",
        "kind": "statistic",
        "value": typed,
        "compare": {"a": meant},
        "series": {"s": {"2026": meant}},
    }
    assert str(card["compare"]["a"]) == typed


def test_a_text_stays_a_text_where_the_schema_wants_one() -> None:
    fields = {"front": "12", "back": "true", "as_of": "2026", "level": "1", "tags": ["2", "false"], "source": "3"}
    assert converted("cards", card_with("basic", **fields)) == card_with("basic", **fields)


def test_numbers_of_a_deck_are_converted() -> None:
    preset = {"new_per_day": "12", "reviews_per_day": "x", "desired_retention": "0.9"}
    meant = {"new_per_day": 12, "reviews_per_day": "x", "desired_retention": Decimal("0.9")}
    assert converted("deck", {"title": "1", "preset": preset}) == {"title": "1", "preset": meant}


def test_converting_twice_changes_nothing() -> None:
    once = converted("cards", card_with("statistic", value="1", compare={"a": "1.50", "b": "2"}))
    assert converted("cards", json.loads(json.dumps(once, default=str))) == once


@each_schema
@given(
    value=st.recursive(st.text(max_size=3), lambda part: st.lists(part) | st.dictionaries(st.text(max_size=3), part))
)
def test_converting_passes_over_what_is_of_the_wrong_sort(name: str, value: Any) -> None:
    wrong = dict.fromkeys(schema_named(name)["properties"], value)
    assert converted(name, wrong).keys() == schema_named(name)["properties"].keys()


# The two validators: the compiled one says whether a file fits, jsonschema what is wrong with it


@each_schema
@given(data=st.data())
def test_what_does_not_fit_is_explained_and_nothing_else_is(name: str, data: st.DataObject) -> None:
    value = data.draw(documents(name))
    explained = list(explain(Document("a.yaml", "a: b\n", value), name))
    assert fits(value, name) == (not explained)
