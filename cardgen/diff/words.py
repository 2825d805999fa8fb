"""What changed inside a text, word by word."""

from __future__ import annotations

import html
import re
from difflib import SequenceMatcher
from typing import Final, Literal

from cardgen.anki.stripped import without_tags

Kind = Literal["same", "old", "new"]
Piece = tuple[Kind, str]

_TAG: Final = re.compile(r"<(?:/?(?:p|div|li|ul|ol|tr|table|thead|tbody|pre|h\d)\b[^>]*|br)>")
_TOKEN: Final = re.compile(r"\s+|\w+|[^\w\s]")

_MOST_PAIRS: Final = 1_000_000
"""Most pairs of words and signs to compare, as of two texts of 1,000; difflib can need 0.2 seconds for them."""


def visible(field: str) -> str:
    """Return what is seen of a field's HTML, in one line."""
    return " ".join(html.unescape(without_tags(_TAG.sub(" ", field))).split())


def word_changes(old: str, new: str) -> list[Piece]:
    """Cut two texts into pieces that are the same, only old or only new.

    The pieces from new to old are these with old and new exchanged, which difflib alone does not give.
    """
    if old > new:
        swap: dict[Kind, Kind] = {"same": "same", "old": "new", "new": "old"}
        return _old_first([(swap[kind], text) for kind, text in word_changes(new, old)])
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > _MOST_PAIRS:
        return [("old", old), ("new", new)]
    pieces: list[Piece] = []
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal":
            pieces.append(("same", "".join(before[i1:i2])))
        else:
            pieces += [("old", "".join(before[i1:i2]))] if i2 > i1 else []
            pieces += [("new", "".join(after[j1:j2]))] if j2 > j1 else []
    return pieces


def _old_first(pieces: list[Piece]) -> list[Piece]:
    """Put what is old before what is new where the two meet."""
    ordered: list[Piece] = []
    for piece in pieces:
        if piece[0] == "old" and ordered and ordered[-1][0] == "new":
            ordered.insert(len(ordered) - 1, piece)
        else:
            ordered.append(piece)
    return ordered
