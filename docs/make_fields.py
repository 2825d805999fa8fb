"""Writes docs/fields.md from the schemas that files are checked against: ``python docs/make_fields.py``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cardgen.check import kinds
from cardgen.check.schemas import resolve, schema_named
from cardgen.diagnostics.page import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.check.vocabulary import Schema

_HEAD: Final = """# All fields

Every field of every file, with an example. Those in **bold** are required. Editors show the same texts while you type
([your editor](editor.md)). How the fields work together: [the files of a deck](writing-decks.md),
[kinds of card](kinds.md) and [text on cards](card-text.md). This page is made from `schema/` by `docs/make_fields.py`.

`a.b` is the field `b` of the mapping in `a`, `a[].b` that of each item of the list in `a`, and `a.NAME.b` that of each
entry of `a`, whose names you choose.
"""
_OPTIONS: Final = "The options and their values: [Print](printing.md#options)."
_ELSEWHERE: Final = {("cardgen collection", "print"): _OPTIONS, ("cardgen deck", "print"): _OPTIONS}
"""Fields whose own fields stand on another page, by the titles of their schemas."""
_PAGE: Final = re.compile(r"\bdocs/([\w-]+\.md)")


def page() -> str:
    """Return the page's text."""
    cards = schema_named("cards")
    definitions: Mapping[str, Schema] = cards["$defs"]
    shared = set.intersection(*({*definitions[kind]["properties"]} for kind in kinds()))
    first = definitions[kinds()[0]]
    blocks = [
        _HEAD.rstrip(),
        _file("collection.yaml", "collection"),
        _file("deck.yaml", "deck"),
        _file("A card file", "cards"),
        _section(
            "Every card", "Fields that cards of all kinds have, beside the collection's facets.", first, cards, shared
        ),
    ]
    for kind in kinds():
        schema = definitions[kind]
        blocks.append(_section(f"kind: {kind}", schema["description"], schema, cards, {*schema["properties"]} - shared))
    language = schema_named("language")
    block = language["$defs"]["block"]
    blocks += [
        _file("languages/XX.yaml", "language"),
        _section("A translated card", block["description"], block, language, {*block["properties"]}),
        _file("kinds/NAME.yaml", "kind"),
    ]
    sources = schema_named("sources")
    reference = sources["$defs"]["reference"]
    blocks += [
        _file("sources.yaml", "sources"),
        _section("A source", reference["description"], reference, sources, {*reference["properties"]}),
        _file("Lint settings", "lint"),
        _pattern(),
    ]
    return "\n\n".join(blocks) + "\n"


def _file(title: str, name: str) -> str:
    schema = schema_named(name)
    return _section(title, schema["description"], schema, schema, {*schema["properties"]})


def _pattern() -> str:
    lint = schema_named("lint")
    pattern = lint["$defs"]["pattern"]
    return _section("A lint pattern", pattern["description"], pattern, lint, {*pattern["properties"]})


def _section(title: str, about: str, schema: Schema, root: Schema, names: set[str]) -> str:
    """Return a section with a table.

    Args:
        title: Its heading.
        about: The sentence below.
        schema: A mapping's.
        root: The file's schema, in which references lead somewhere.
        names: The fields to list.
    """
    chosen = schema | {"properties": {name: part for name, part in schema["properties"].items() if name in names}}
    rows = "\n".join(_rows("", chosen, root))
    return f"## {title}\n\n{_cell(about)}\n\n| field | what it is | example |\n| --- | --- | --- |\n{rows}"


def _rows(before: str, schema: Schema, root: Schema) -> Iterator[str]:
    for name, part in schema["properties"].items():
        field = resolve(part, root)
        path = f"`{before}{name}`"
        shown = f"**{path}**" if name in schema.get("required", ()) else path
        about = _cell(field.get("description", ""))
        below: list[str] = []
        if elsewhere := _ELSEWHERE.get((root["title"], name)):
            about += f" {elsewhere}"
        elif all({*inner} == {"$ref"} for inner in part.get("properties", {}).values()) and "properties" in part:
            about += f" Fields: {', '.join(f'`{inner}`' for inner in part['properties'])}."
        else:
            below = [row for step, inner in _inside(part) for row in _rows(f"{before}{name}{step}", inner, root)]
        yield f"| {shown} | {about} | {_example(part, root)} |"
        yield from below


def _inside(part: Schema) -> Iterator[tuple[str, Schema]]:
    """Yield the mappings in a field, each with the steps that lead to it."""
    for step, inner in ((".", part), ("[].", part.get("items")), (".NAME.", part.get("additionalProperties"))):
        if isinstance(inner, dict) and "properties" in inner:
            yield step, inner


def _example(part: Schema, root: Schema) -> str:
    """Return a field's first example, or nothing if it is only that of the definition that many fields share.

    In a table, readers of Markdown do not agree on a bar in code, so an example with one is passed over.
    """
    examples = resolve(part, root).get("examples", [])
    shared = resolve({"$ref": part["$ref"]}, root).get("examples") if {"$ref", "description"} <= {*part} else None
    own = (_flow(example) for example in examples if examples != shared)
    return next((f"`{example}`" for example in own if "|" not in example), "")


def _flow(value: Any) -> str:  # noqa: ANN401 - any value may be an example
    """Write a value as a line of YAML."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_flow(part)}" for key, part in value.items()) + "}"
        case list():
            return f"[{', '.join(map(_flow, value))}]"
        case str():
            return value if not set(value) & set("{}[],:#|\"'\\*&!%@`") else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)


def _cell(text: str) -> str:
    return _PAGE.sub(r"[\1](\1)", plain(text).replace("|", "\\|"))


if __name__ == "__main__":
    Path(__file__).with_name("fields.md").write_text(page(), encoding="utf-8")
