"""The package of a study plan: the cards that it chooses, in its order, with its numbers as far as Anki takes them.

Notes, identities and decks are those of the decks' own packages, so that these can be imported before and after. Notes
are whole: of one that lacks some of its cards, Anki would make them at its next check.

What Anki 26.9 takes over of the numbers (`tests/test_plan_package.py`): with "Import any deck presets" the preset, also
for decks that are there; without it the desired retention, for decks that the import makes. A deck's own limit of new
cards would come with "Import any learning progress" and outrank the preset of every later plan, so there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from cardgen.anki.apkg import anki_decks, shown_media, times_of
from cardgen.anki.fields import anki_notes
from cardgen.anki.package import Package, stable_id
from cardgen.model import Preset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardgen.anki.fields import AnkiNote
    from cardgen.export import EditionNotes

MANY: Final = 9999
"""Reviews a day that no plan reaches: a limit would hide cards that are due."""


class PlanNumbers(Struct, frozen=True):
    """What a plan asks of Anki's options: new cards a day, and the desired retention."""

    new_per_day: int
    retention: float


def plan_package(name: str, stages: Sequence[EditionNotes], numbers: PlanNumbers) -> Package:
    """Return the package of a plan.

    Args:
        name: What its preset is called.
        stages: The notes, in the order in which they are taken up. Each stage has notes of one deck, none is in two.
        numbers: Its numbers.
    """
    preset = Preset(numbers.new_per_day, MANY, numbers.retention)
    preset_id = stable_id("preset", f"plan/{name}/{numbers.new_per_day}/{numbers.retention}")
    decks = [replace(deck, preset_id=preset_id, retention=numbers.retention) for deck in anki_decks(stages)]
    notes: list[AnkiNote] = []
    first = 1
    for stage in stages:
        ranked = _in_a_row(anki_notes(stage), first)
        first += sum(len(note.positions) for note in ranked)
        notes += ranked
    return Package(decks, notes, times_of(stages), shown_media(stages), [(preset_id, name, preset)])


def _in_a_row(notes: Sequence[AnkiNote], first: int) -> list[AnkiNote]:
    """Return notes with the places of their cards dealt out anew, in the same order and without gaps."""
    places = sorted(
        (place, number, nth) for number, note in enumerate(notes) for nth, place in enumerate(note.positions)
    )
    dealt = [[0] * len(note.positions) for note in notes]
    for rank, (_, number, nth) in enumerate(places, first):
        dealt[number][nth] = rank
    return [replace(note, positions=tuple(own)) for note, own in zip(notes, dealt, strict=True)]
