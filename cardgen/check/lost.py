"""Finds texts that a YAML comment cuts short, in fields where the comment could have been a part of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from cardgen.check.schemas import resolve, schema_with
from cardgen.check.vocabulary import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.check.vocabulary import Schema, Vocabulary
    from cardgen.diagnostics import Diagnostic
    from cardgen.read import Document, KeyPath

_QUOTES: Final = ('"', "'")
_NUMBER: Final = re.compile(r"[-+]?\d[\d.,:/%-]*")
"""Numbers, dates, times; `5 # say` is no text that was cut, `5 #1` may be one."""


def lost_comments(document: Document, name: str, vocabulary: Vocabulary = SHIPPED) -> Iterator[Diagnostic]:
    """Find plain texts that are followed by a comment in their line, and may not have been meant to end there.

    Ids, numbers, dates, tags and all else that the comment could not be a part of, because its schema refuses that, may
    be followed by one.

    Args:
        document: A document that was read to its end.
        name: Name of its schema.
        vocabulary: What the collection adds to the schemas.
    """
    candidates = list(_ends_before_comments(document.text))
    if not candidates:
        return
    from cardgen.read.losses import comment_behind

    for candidate in candidates:
        # Of what ends in a quote, the text says later whether it is in quotes.
        flaw = document.text[candidate - 1] in _QUOTES or comment_behind(document.text, candidate, candidate - 1)
        path = document.path_of_end(candidate) if flaw else None
        if path is None:
            continue
        start, end = document.span(path)
        flaw = comment_behind(document.text, end, start)
        if flaw and _NUMBER.fullmatch(document.text, start, end) and document.text[flaw.span[0] + 1 :][:1] in " \t":
            continue
        root = schema_with(name, vocabulary)
        if flaw and _takes(root, root, document.value, path, document.text[start : flaw.span[1]]):
            yield document.found(flaw)


def _ends_before_comments(text: str) -> Iterator[int]:
    """Yield where plain texts may end before a ``#``: behind a quote, or behind another character and a blank.

    One expression for both would try each character of the file: 25 ms for the 54 files of our decks, and this a tenth
    of one.
    """
    comment = text.find("#")
    while comment != -1:
        end = comment
        while end and text[end - 1] in " \t":
            end -= 1
        last = text[end - 1] if end else "\n"
        if last in _QUOTES or (end < comment and last not in "\r\n:"):
            yield end
        comment = text.find("#", comment + 1)


def _takes(schema: Schema, root: Schema, value: Any, path: KeyPath, text: str) -> bool:  # noqa: ANN401 - any may come
    """Return whether a schema takes a text at the end of a path; of an unknown field, whether it has words."""
    schema = resolve(schema, root)
    if "anyOf" in schema:
        return any(_takes(part, root, value, path, text) for part in schema["anyOf"])
    if not path:
        return _takes_text(schema, text)
    step, *rest = path
    if isinstance(step, int):
        inner = schema.get("items")
        below = value[step] if isinstance(value, list) else None
    else:
        inner = _field(schema, root, value, step)
        below = value.get(step) if isinstance(value, dict) else None
    if not isinstance(inner, dict):
        return " " in text.partition("#")[0].strip()
    return _takes(inner, root, below, tuple(rest), text)


def _field(schema: Schema, root: Schema, value: Any, name: str) -> Any:  # noqa: ANN401 - as above
    """Return the schema of a field, or nothing where it is not known; a card's kind says which fields it has."""
    for pair in schema.get("allOf", ()):
        kind = pair["if"]["properties"]["kind"]["const"]
        if isinstance(value, dict) and value.get("kind") == kind:
            return _field(resolve(pair["then"], root), root, value, name)
    return schema.get("properties", {}).get(name, schema.get("additionalProperties"))


def _takes_text(schema: Schema, text: str) -> bool:
    wanted = schema.get("type", "string")
    if "enum" in schema or "string" not in ([wanted] if isinstance(wanted, str) else wanted):
        return False
    return "pattern" not in schema or re.search(schema["pattern"], text) is not None
