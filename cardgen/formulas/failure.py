"""Why a formula cannot be set outside of Anki."""

from __future__ import annotations

from cardgen.errors import CardgenError


class NotSetError(CardgenError):
    """A formula has something that only MathJax can set.

    Attributes:
        what: The command, environment or sign, as it was typed.
        start, end: Where it stands in the TeX.
    """

    def __init__(self, what: str, start: int, end: int) -> None:
        super().__init__(f"`{what}` is set by MathJax alone")
        self.what = what
        self.start = start
        self.end = end
