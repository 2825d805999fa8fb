"""For programs that want an exception where decks have errors, and not a list to look through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from cardgen.diagnostics.diagnostic import has_errors
from cardgen.diagnostics.render import as_text
from cardgen.errors import CardgenError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardgen.diagnostics.diagnostic import Diagnostic


class DecksError(CardgenError):
    """Decks have errors; its text is all findings, as on a terminal.

    Attributes:
        diagnostics: All findings, those that are no errors included.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(as_text(diagnostics))
        self.diagnostics = tuple(diagnostics)


class Findings:
    """What results have in common that come with findings."""

    __slots__ = ()

    diagnostics: tuple[Diagnostic, ...]

    def raise_for_errors(self) -> Self:
        """Return the result itself, if no finding is an error.

        Raises:
            DecksError: If one is.
        """
        if has_errors(self.diagnostics):
            raise DecksError(self.diagnostics)
        return self
