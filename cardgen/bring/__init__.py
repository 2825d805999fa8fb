"""Brings decks of other programs over: files of theirs become YAML files of a deck.

What is read from a file, whatever its form, is a `FoundCollection` as Anki has it and its media. `templates.py` says
which fields the sides of its cards show, `cards.py` makes cards of that, `deck.py` the files of a deck.
"""

from cardgen.bring.deck import Brought, bring
from cardgen.bring.keep import Keep
from cardgen.bring.media import UnreadableSourceError

__all__ = ["Brought", "Keep", "UnreadableSourceError", "bring"]
