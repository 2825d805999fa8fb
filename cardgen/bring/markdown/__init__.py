"""Cards in Markdown files, as programs for flashcards and plugins of Obsidian take them.

`lines.py` cuts a file into blocks, `asked.py` finds cards marked with ``Q:``, ``A:`` and ``C:`` in it, `inline.py`
those of Obsidian's plugins, `fields.py` makes fields of notes of their Markdown, `files.py` reads files and folders.
"""

from cardgen.bring.markdown.files import SUFFIXES, read_markdown

__all__ = ["SUFFIXES", "read_markdown"]
