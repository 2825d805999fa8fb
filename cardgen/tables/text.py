"""The text of a cell: rich text as lines, which say what a table cannot show."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from cardgen.richtext import BulletList, GroupRole
from cardgen.richtext.plain import PlainFold
from cardgen.words import fill

if TYPE_CHECKING:
    from cardgen.richtext import Group, Image
    from cardgen.words import Words

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001 - full width, which some take as well
"""What makes a spreadsheet program take a cell for a formula: https://owasp.org/www-community/attacks/CSV_Injection"""

_AFTER_HOST: Final = re.compile("[/?#]")


def composed(text: str) -> str:
    """Return text with letters and their marks as one character where there is one: fonts have those."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def is_like_a_formula(text: str) -> bool:
    """Return whether a spreadsheet program may take text for a formula."""
    return text.startswith(_FORMULA_STARTS)


def cut(text: str, length: int) -> str:
    """Return the beginning of a text that is longer than that."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def units(text: str) -> int:
    """Return how long a text is as Excel counts: in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def host(address: str) -> str:
    """Return what tells people where an address leads: the host, or a mail address."""
    return _AFTER_HOST.split(address.partition(":")[2].removeprefix("//"))[0]


class CellFold(PlainFold):
    """Writes lines; a picture leaves a word, and of the ways to ask a question the others are points under the first.

    Args:
        words: The catalogue of the deck's language.
    """

    def __init__(self, words: Words) -> None:
        self._picture = fill(words.label, label=words.picture)

    def image(self, node: Image) -> str:
        """Fold a picture: what it shows, after a word that says that it is one."""
        return f"[{self._picture} {node.alternative or node.path}]"

    def group(self, node: Group) -> str:
        """Fold blocks that play a role."""
        if node.role is GroupRole.WORDINGS and isinstance(points := node.children[0], BulletList):
            first, *others = points.items
            return self.blocks((*first, BulletList(tuple(others))))
        return self.blocks(node.children)
