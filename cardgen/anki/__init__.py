"""All that knows Anki: fields, note types, collections, packages, text import."""
