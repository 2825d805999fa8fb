"""Editions: one deck cut by a selection, the content of one set of artefacts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cardgen.model import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.model import Card, Deck, Section, Selection, Variant


@dataclass(frozen=True, slots=True)
class Edition:
    """A deck and which of its cards are wanted.

    The deck keeps its identity and its names in every edition, so a learner can start with one and go on with another.
    """

    deck: Deck
    variant: Variant | None = None
    extra: Selection = EVERYTHING

    @property
    def selection(self) -> Selection:
        """All that a card must carry to be in it."""
        return self.extra if self.variant is None else self.variant.selection & self.extra

    def cards(self) -> Iterator[tuple[Section, Card]]:
        """Give the selected cards with their sections, in study order."""
        selection = self.selection
        for section in self.deck.sections:
            for card in section.cards:
                if selection.selects(card):
                    yield section, card

    @property
    def name(self) -> str:
        """The stem of its artefacts' names: deck, variant and what else was asked for."""
        words = [self.deck.name]
        if self.variant is not None:
            words.append(self.variant.name)
        words.extend(suffix(self.extra))
        return "-".join(words)


def suffix(selection: Selection) -> list[str]:
    """Give the words that tell a selection's artefacts from those of the whole deck."""
    return ["-".join((key, *sorted(value.replace("::", "-") for value in values))) for key, values in selection.demands]
