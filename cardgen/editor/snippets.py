"""Snippets: what an editor writes for an author, with places to fill in.

The form is that of VS Code and of the Language Server Protocol: ``${1:text}`` is a place with a text in it, to which
the next press of the tabulator leads (https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#snippet_syntax).
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.check.vocabulary import Schema

SNIPPET: Final = 15
"""The number that the protocol has for a proposal that is a snippet: `CompletionItemKind.Snippet`."""

_NOT_PLAIN: Final = re.compile(r"^[\s\[\]{}>|*&!%#`@'\",?:-]|: | #|[:\s]$")
"""Texts that YAML takes for something else, unless they stand in quotes."""


def card_snippet(kind: str, description: str, must_have: Mapping[str, Schema]) -> Schema:
    """Return the snippet that writes a card of a kind: the fields that it must have, filled in with examples.

    Args:
        kind: The kind.
        description: What it is.
        must_have: The schemas of the fields.
    """
    example = {field: kind if field == "kind" else schema["examples"][0] for field, schema in must_have.items()}
    return {
        "label": f"{kind} card",
        "description": description,
        "suggestionKind": SNIPPET,
        "body": _body(example, count(1), fixed=("kind",)),
    }


def mapping_snippet(title: str, example: Mapping[str, Any]) -> Schema:
    """Return the snippet that writes a mapping whose names are an author's choice, as in an example."""
    return {"label": title, "suggestionKind": SNIPPET, "body": _free(example, count(1))}


def _free(value: Any, places: Iterator[int]) -> Any:  # noqa: ANN401 - an example
    """Return the body of a snippet in which names are places as well."""
    if isinstance(value, dict):
        return {_body(key, places): _free(part, places) for key, part in value.items()}
    return _body(value, places)


def _body(value: Any, places: Iterator[int], fixed: tuple[str, ...] = ()) -> Any:  # noqa: ANN401 - an example
    if isinstance(value, dict):
        return {key: part if key in fixed else _body(part, places) for key, part in value.items()}
    if isinstance(value, list):
        return [_body(part, places) for part in value]
    if isinstance(value, bool):
        return value
    text = str(value)
    quote = "'" if _NOT_PLAIN.search(text) else ""
    shown = text.replace("'", "''") if quote else text
    escaped = re.sub(r"[\\$}]", r"\\\g<0>", shown)
    return f"{quote}${{{next(places)}:{escaped}}}{quote}"
