"""Loading: from checked values to the model; each function returns what it has made and what it has found."""

from cardgen.load.collection import Loaded, load_collection, load_decks
from cardgen.load.home import Home
from cardgen.load.names import selection_from

__all__ = ["Home", "Loaded", "load_collection", "load_decks", "selection_from"]
