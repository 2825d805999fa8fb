"""How collections and decks begin: the files that `cardgen init` writes, and the schemas for editors."""

from cardgen.starter.begin import Begun, Kept, begin
from cardgen.starter.schemas import SCHEMA_FOLDER, schema_files, write_schemas

__all__ = ["SCHEMA_FOLDER", "Begun", "Kept", "begin", "schema_files", "write_schemas"]
