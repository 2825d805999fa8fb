"""How collections and decks begin: the files that `cardgen init` writes, and schemas as files."""

from cardgen.starter.begin import Begun, Kept, begin, begin_stories
from cardgen.starter.schemas import schema_files, write_schemas

__all__ = ["Begun", "Kept", "begin", "begin_stories", "schema_files", "write_schemas"]
