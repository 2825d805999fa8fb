"""From documents to checked values: what fits its schema, and findings about the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cardgen.check import SHIPPED, convert, fits, fitting, lost_comments
from cardgen.diagnostics import diagnose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cardgen.check import Vocabulary
    from cardgen.diagnostics import Diagnostic, Place
    from cardgen.kinds import Problem
    from cardgen.read import Document, KeyPath

Findings = tuple["Diagnostic", ...]


class Fields(NamedTuple):
    """The fields of a file, or of a mapping in it.

    Attributes:
        values: Those that fit the schema.
        broken: The names of the others; what would follow from them is not known.
        whole: Whether the mapping fits as a whole: no field is broken and none is missing.
    """

    values: Mapping[str, Any]
    broken: frozenset[str] = frozenset()
    whole: bool = True


NO_FIELDS = Fields({})
"""Those of a file that is not there."""


def fields_of(document: Document | None, schema: str, vocabulary: Vocabulary = SHIPPED) -> tuple[Fields, Findings]:
    """Return the fields of a file, their texts made numbers and booleans where the schema wants those.

    Args:
        document: The file; None if it is optional and not there.
        schema: The name of its schema.
        vocabulary: What the collection adds to the schemas.

    Returns:
        The fields and what is wrong with them. Of a file that could not be read all fields are broken.
    """
    if document is None:
        return NO_FIELDS, ()
    value = document.value
    lost: Findings = ()
    if value is not None:
        convert(value, schema)
        lost = tuple(lost_comments(document, schema, vocabulary))
        if fits(value, schema, vocabulary=vocabulary):
            return Fields(value), lost
    kept, broken = fitting(value, schema, vocabulary=vocabulary)
    if value is None:
        return Fields(kept, broken, whole=False), ()
    # Only where something is wrong: jsonschema takes a while to come.
    from cardgen.check.explain import explain

    return Fields(kept, broken, whole=False), (*lost, *explain(document, schema, vocabulary))


def fields_inside(value: Any, schema: str, field: str, vocabulary: Vocabulary) -> Fields:  # noqa: ANN401 - any value may come
    """Return the fields of a mapping that is a field of a file which does not fit its schema as a whole."""
    kept, broken = fitting(value, schema, field, vocabulary)
    return Fields(kept, broken, whole=not broken)


def placed(document: Document, path: KeyPath, problems: Iterable[Problem]) -> list[Diagnostic]:
    """Return the findings that problems are, in a mapping of a document; without those that it is not to blame for."""
    return [
        diagnose(problem.code, problem.message, _place(document, (*path, *problem.path), problem), problem.hint)
        for problem in problems
        if document.owns((*path, *problem.path))
    ]


def _place(document: Document, path: KeyPath, problem: Problem) -> Place:
    return document.place_inside(path, problem.text, problem.span) if problem.span else document.place(path)
