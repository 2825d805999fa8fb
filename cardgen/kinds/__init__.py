"""Kinds of card: what each holds, and the notes that come of it. One module a kind; see ``base``."""

from cardgen.kinds.base import (
    CardText,
    FieldPicture,
    Form,
    Kind,
    Part,
    Problem,
    Reference,
    Role,
    entries_shown,
    field_of_references,
    kind_named,
    labelled,
    literal_paths,
    pictures_of,
    task_of,
    with_layer,
)

__all__ = [
    "CardText",
    "FieldPicture",
    "Form",
    "Kind",
    "Part",
    "Problem",
    "Reference",
    "Role",
    "entries_shown",
    "field_of_references",
    "kind_named",
    "labelled",
    "literal_paths",
    "pictures_of",
    "task_of",
    "with_layer",
]
