"""Loading: from checked values to the model, with all findings gathered."""

from cardgen.load.loader import Home, Loaded, load_decks, printing_from, selection_from, source_from

__all__ = ["Home", "Loaded", "load_decks", "printing_from", "selection_from", "source_from"]
