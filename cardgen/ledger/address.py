"""How notes are named in the files of this package, as parts of regular expressions."""

from __future__ import annotations

from typing import Final

ID: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"

# A part that stands for a card of another deck is named by that card's address, with two hyphens for its slash.
PLACE: Final = rf"{ID}(?:/{ID}(?:--{ID})?)?"
"""A note's address inside its deck: ``card``, or ``card/part``."""

ADDRESS: Final = rf"{ID}/{PLACE}"
"""A note's address with its deck."""
