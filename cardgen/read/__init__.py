"""Reading: folders and YAML files in, documents with places out."""

from cardgen.read.at_hand import decks_at_hand, nearest_decks
from cardgen.read.document import Document, read_document
from cardgen.read.files import InputFolder, UnreadableFileError, label, shown
from cardgen.read.folder import CollectionFolder, DeckFolder, read_collection
from cardgen.read.names import as_anki_compares, nfc
from cardgen.read.parsed import KeyPath
from cardgen.read.shipped import is_bundled, shipped

__all__ = [
    "CollectionFolder",
    "DeckFolder",
    "Document",
    "InputFolder",
    "KeyPath",
    "UnreadableFileError",
    "as_anki_compares",
    "decks_at_hand",
    "is_bundled",
    "label",
    "nearest_decks",
    "nfc",
    "read_collection",
    "read_document",
    "shipped",
    "shown",
]
