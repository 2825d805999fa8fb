"""Editions: one deck cut by a selection, the content of one set of artefacts."""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING

from msgspec import Struct

from cardgen.model import EVERYTHING
from cardgen.model.own_kind import gate_of
from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cardgen.model import Deck, Selection, Variant


class Edition(Struct, frozen=True):
    """A deck and which of its cards are wanted.

    The deck keeps its identity and its names in every edition, so a learner can start with one and go on with another.

    Attributes:
        deck: The deck.
        variant: The variant that cuts it; None for all of its cards.
        extra: What else a card must carry.
        tier: Up to which tier its kinds of one's own make cards; empty for all.
    """

    deck: Deck
    variant: Variant | None = None
    extra: Selection = EVERYTHING
    tier: str = ""

    @property
    def selection(self) -> Selection:
        """All that a card must carry to be in it."""
        return self.extra if self.variant is None else self.variant.selection & self.extra

    @property
    def name(self) -> str:
        """The stem of its artefacts' names: deck, variant, tier and what else was asked for."""
        variant = self.variant.name if self.variant is not None else ""
        return "-".join(filter(None, (self.deck.name, variant, self.tier, *suffix(self.extra))))

    @property
    def title(self) -> str:
        """What people call what it was cut by; empty for a whole deck."""
        titles = [self.variant.title] if self.variant is not None else []
        titles += [gate_of(self.tier)] if self.tier else []
        return ", ".join((*titles, *(f"{key}: {self._one_of(values)}" for key, values in self.extra.demands)))

    def _one_of(self, values: Iterable[str]) -> str:
        either = self.deck.words.either
        return reduce(lambda one, other: fill(either, one=one, other=other), sorted(values))


def suffix(selection: Selection) -> list[str]:
    """Return the words that tell a selection's artefacts from those of the whole deck."""
    return ["-".join((key, *sorted(map(_safe, values)))) for key, values in selection.demands]


def _safe(value: str) -> str:
    return re.sub(r"[^\w.+-]+", "-", value)
