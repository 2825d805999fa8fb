"""The preview: a page that shows every card of a deck, front and back, served on this machine or written as files."""

from cardgen.preview.editor import Editor
from cardgen.preview.server import serve
from cardgen.preview.static import write_site

__all__ = ["Editor", "serve", "write_site"]
