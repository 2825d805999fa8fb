"""What the files of a plan are made of."""

from __future__ import annotations

from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct

from cardgen.build.compiled import content_hash
from cardgen.export import DeckNotes, EditionNotes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.build.compiled import CompiledDeck
    from cardgen.model import Collection, Printing
    from cardgen.plan.study_plan import StudyPlan
    from cardgen.words import Words


class PlanBundle(Struct, frozen=True, eq=False, dict=True):
    """A plan, and what its files need beside it.

    Attributes:
        name: Stem of the files' names.
        plan: The plan.
        collection: The collection.
        decks: The decks with their notes, by their ids.
        printing: How it is to be printed.
        tier: Up to which tier kinds of one's own make cards; empty for all.
    """

    name: str
    plan: StudyPlan
    collection: Collection
    decks: Mapping[str, CompiledDeck]
    printing: Printing
    tier: str = ""

    @property
    def words(self) -> Words:
        """What cardgen itself says in it: in the language of its first deck."""
        return self.plan.decks[0].words

    @cached_property
    def stages(self) -> tuple[EditionNotes, ...]:
        """The notes to learn, in order: what follows on one another of a deck and a level together."""
        wholes = {
            key: DeckNotes(deck.deck, deck.times_at(self.tier), deck.media, deck.kinds_changed, tier=self.tier)
            for key, deck in self.decks.items()
        }
        stages = []
        for (deck, _), units in groupby(self.plan.chosen, key=lambda unit: (unit.deck.id, unit.level)):
            notes = tuple(note for unit in units for note in unit.notes)
            stages.append(EditionNotes(wholes[deck], notes, content_hash(self.decks[deck], notes)))
        return tuple(stages)

    @property
    def notes(self) -> int:
        """How many notes there are to learn."""
        return sum(len(stage.notes) for stage in self.stages)
