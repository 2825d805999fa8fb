"""Checking: documents against their schemas, and cards against what else there is."""

from cardgen.check.formulas import formula_problems
from cardgen.check.lost import lost_comments
from cardgen.check.media import DeckMedia, MediaFile
from cardgen.check.rules import Known, addresses, dates, readable, references, unneeded_see
from cardgen.check.schemas import SCHEMAS, card_fields, convert, fits, fitting, kinds, schema_text
from cardgen.check.texts import written_texts
from cardgen.check.vocabulary import SHIPPED, Vocabulary

__all__ = [
    "SCHEMAS",
    "SHIPPED",
    "DeckMedia",
    "Known",
    "MediaFile",
    "Vocabulary",
    "addresses",
    "card_fields",
    "convert",
    "dates",
    "fits",
    "fitting",
    "formula_problems",
    "kinds",
    "lost_comments",
    "readable",
    "references",
    "schema_text",
    "unneeded_see",
    "written_texts",
]
