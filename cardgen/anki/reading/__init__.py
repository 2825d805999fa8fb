"""Packages of any origin and of all three forms, read under limits: a hostile one ends as a message."""

from cardgen.anki.reading.found import (
    FieldSettings,
    FoundCollection,
    FoundNote,
    FoundNoteType,
    FoundTemplate,
    UnreadablePackageError,
)
from cardgen.anki.reading.package import read_package

__all__ = [
    "FieldSettings",
    "FoundCollection",
    "FoundNote",
    "FoundNoteType",
    "FoundTemplate",
    "UnreadablePackageError",
    "read_package",
]
