"""Kinds of card: what each holds, and the notes that come of it. One module a kind; see ``base``."""

from cardgen.kinds.base import (
    CardText,
    Form,
    Kind,
    Part,
    Problem,
    Reference,
    Role,
    entries_shown,
    field_of_references,
    kind_named,
    literal_paths,
    task_of,
)

__all__ = [
    "CardText",
    "Form",
    "Kind",
    "Part",
    "Problem",
    "Reference",
    "Role",
    "entries_shown",
    "field_of_references",
    "kind_named",
    "literal_paths",
    "task_of",
]
