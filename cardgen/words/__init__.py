"""The words that cardgen itself puts on cards, sheets, worksheets and tables: one catalogue for each language."""

from cardgen.words.catalogue import LANGUAGES, Words, catalogue_of, fill, key_names, pieces, place_holders
from cardgen.words.en import WORDS as ENGLISH

__all__ = ["ENGLISH", "LANGUAGES", "Words", "catalogue_of", "fill", "key_names", "pieces", "place_holders"]
