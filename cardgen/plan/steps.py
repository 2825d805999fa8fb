"""What to do in Anki, in order, in the words of a language: for all that a plan is written down in."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from cardgen.anki.collection import DECK_SEPARATOR
from cardgen.anki.plan_package import MANY
from cardgen.anki.search import weak_cards
from cardgen.plan.milestones import Occasion
from cardgen.plan.simulate import SEASON_RETENTION
from cardgen.words import pieces
from cardgen.words.dates import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from cardgen.plan.study_plan import StudyPlan
    from cardgen.words import Words

_COPIED: Final = frozenset({"search", "file"})
"""What people copy or look for letter by letter."""


class Run(NamedTuple):
    """A part of a step, and its look: plain, what Anki calls something, or what is copied letter by letter."""

    text: str
    look: Literal["plain", "strong", "code"]


class Step(NamedTuple):
    """What to do, and the occasion from which on."""

    occasion: Occasion
    runs: tuple[Run, ...]

    @property
    def plain(self) -> str:
        """The step as plain text."""
        return "".join(run.text for run in self.runs)


def steps(plan: StudyPlan, words: Words, file: str) -> tuple[Step, ...]:
    """Return what to do in Anki.

    Args:
        plan: The plan.
        words: Those of the language.
        file: Name of the plan's package.
    """
    return tuple(_steps(plan, words, file))


def _steps(plan: StudyPlan, words: Words, file: str) -> Iterator[Step]:
    deck = ", ".join(study_from([deck.title for deck in plan.decks]))
    numbers = {"new": plan.new_per_day, "reviews": MANY, "retention": _percent(plan.retention)}
    yield _step(Occasion.START, words.plan_step_fsrs)
    yield _step(Occasion.START, words.plan_step_import, file=file)
    yield _step(Occasion.START, words.plan_step_options, deck=deck, **numbers)
    yield _step(Occasion.START, words.plan_step_study, deck=deck)
    if plan.top_up is not None:
        start = written(plan.top_up.days[0], words)
        found = {"start": start, "search": search_of(plan), "n": plan.top_up.limit}
        yield _step(Occasion.TOP_UP, words.plan_step_top_up, **found)
        yield _step(Occasion.INTERVIEW, words.plan_step_delete)
    if plan.retention != SEASON_RETENTION:
        yield _step(Occasion.INTERVIEW, words.plan_step_after, retention=_percent(SEASON_RETENTION))


def study_from(titles: Sequence[str]) -> tuple[str, ...]:
    """Return the decks to choose in Anki's list: the one that all have in common, or each."""
    levels = [title.split(DECK_SEPARATOR) for title in titles]
    shared = [same[0] for same in takewhile(lambda same: len(set(same)) == 1, zip(*levels, strict=False))]
    return (DECK_SEPARATOR.join(shared),) if shared else tuple(titles)


def search_of(plan: StudyPlan) -> str:
    """Return the search of the filtered deck for the last days."""
    return weak_cards(study_from([deck.title for deck in plan.decks]))


def written(day: date, words: Words) -> str:
    """Write a day with its name."""
    return f"{words.short_weekday_name(day.weekday())} {day_in_words(day.isoformat(), words)}"


def _percent(share: float) -> int:
    return round(100 * share)


def _step(occasion: Occasion, pattern: str, **values: object) -> Step:
    """Fill an entry in; what is filled in is never taken for an asterisk of the entry's own."""
    return Step(occasion, tuple(run for run in _runs(pattern, values) if run.text))


def _runs(pattern: str, values: dict[str, object]) -> Iterator[Run]:
    for number, part in enumerate(pattern.split("*")):
        look: Literal["plain", "strong"] = "strong" if number % 2 else "plain"
        for index, piece in enumerate(pieces(part)):
            filled = index % 2
            yield Run(str(values[piece]) if filled else piece, "code" if filled and piece in _COPIED else look)
