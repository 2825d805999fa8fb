"""The macros that a collection has for its formulas, and texts without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cardgen.check.texts import with_texts, written_texts
from cardgen.kinds import Problem, literal_paths
from cardgen.richtext.macros import MacroError, check_macro, with_macros

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.check import Vocabulary
    from cardgen.diagnostics import Diagnostic
    from cardgen.load.values import Fields, Findings
    from cardgen.read import Document


def usable_macros(document: Document | None, written: Mapping[str, str]) -> tuple[Mapping[str, str], Findings]:
    """Return the macros of a collection that can be used, and what is wrong with the others.

    Args:
        document: The collection's file; None if there is none, and then no macros either.
        written: What it has under ``macros``.
    """
    found: list[Diagnostic] = []
    usable = dict(written)
    for name in written:
        try:
            check_macro(name, written)
        except MacroError as error:
            del usable[name]
            if document is not None:
                found.append(document.diagnose("CG353", f"`\\{name}`: {error}", ("macros", name)))
    return usable, tuple(found)


def without_macros(
    item: Mapping[str, Any], macros: Mapping[str, str], vocabulary: Vocabulary
) -> tuple[Mapping[str, Any], list[Problem]]:
    """Return a card with TeX in the place of the macros in its formulas, and what is wrong with these."""
    problems: list[Problem] = []
    changes = []
    literal = literal_paths(item.get("kind"))
    for text, path in written_texts(item, vocabulary):
        if "$" not in text or path in literal:
            continue
        try:
            plain = with_macros(text, macros)
        except MacroError as error:
            problems.append(Problem("CG354", str(error), path))
            continue
        if plain != text:
            changes.append((path, plain))
    return (with_texts(item, changes) if changes else item), problems


def in_description(header: Fields, macros: Mapping[str, str]) -> tuple[Fields, tuple[Problem, ...]]:
    """Return the fields of a deck with TeX in the place of the macros in its description, and what is wrong there."""
    description = header.values.get("description", "")
    if not macros or "$" not in description:
        return header, ()
    try:
        plain = with_macros(description, macros)
    except MacroError as error:
        return header, (Problem("CG354", str(error), ("description",)),)
    return header._replace(values={**header.values, "description": plain}), ()
