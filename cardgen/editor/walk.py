"""Walks through schemas: a copy with every part changed, and the definitions that are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cardgen.check.vocabulary import Schema

_MAPS: Final = ("properties", "$defs")
_LISTS: Final = ("anyOf", "allOf", "oneOf")
_SINGLE: Final = ("items", "additionalProperties", "propertyNames", "if", "then", "else")
"""Where schemas stand in a schema: under these keywords and no others, or an example could be taken for one."""

POINTER: Final = "#/$defs/"
"""How a schema begins to refer to a definition."""


def everywhere(schema: Schema, change: Callable[[Schema], Schema]) -> Schema:
    """Return a copy of a schema in which it and every schema in it are changed, the outer ones first.

    Args:
        schema: The schema; it stays as it is.
        change: Returns what stands in place of a schema: another one, or the same.
    """
    changed = dict(change(schema))
    for keyword, part in changed.items():
        if keyword in _MAPS:
            changed[keyword] = {key: everywhere(inner, change) for key, inner in part.items()}
        elif keyword in _LISTS:
            changed[keyword] = [everywhere(inner, change) for inner in part]
        elif keyword in _SINGLE and isinstance(part, dict):
            changed[keyword] = everywhere(part, change)
    return changed


def needed(root: Schema) -> dict[str, Schema]:
    """Return the definitions that a schema refers to, directly or through others, in their order."""
    definitions: dict[str, Schema] = root.get("$defs", {})
    found: set[str] = set()
    waiting = list(_references({key: part for key, part in root.items() if key != "$defs"}))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_references(definitions[name]))
    return {name: part for name, part in definitions.items() if name in found}


def _references(schema: Schema) -> Iterator[str]:
    found: list[str] = []

    def look(part: Schema) -> Schema:
        if "$ref" in part:
            found.append(part["$ref"].removeprefix(POINTER))
        return part

    everywhere(schema, look)
    yield from found
