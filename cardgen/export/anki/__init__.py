"""Everything that knows how Anki holds notes, note types, decks and packages."""
