"""D04: one card that becomes very many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.kinds import Form, kind_named
from cardgen.lint.base import Finding, Option, Rule, Severity
from cardgen.lint.literature import ANKI_OPTIONS, ANKI_STUDYING
from cardgen.richtext import to_html
from cardgen.richtext.gaps import gap_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.kinds import Part
    from cardgen.lint.base import Options
    from cardgen.lint.view import CardView


def check(card: CardView, options: Options) -> Iterator[Finding]:
    """Count the Anki cards that a card becomes.

    Steps and moves become notes of their own, which Anki does not take for siblings: it shows them on the same day.
    So the limit is not the four siblings of a note that research on the rule gives, but a sitting's worth of one topic.
    """
    # Each text becomes two cards at the most, and the card asks for all of them once.
    if 2 * len(card.texts) + 1 <= options["cards"] and not card.gapped:
        return
    count = sum(map(_cards, kind_named(card.card.kind).compose(card.card.content)))
    if count > options["cards"]:
        yield Finding(f"the card becomes {count} cards in Anki, more than {options['cards']}")


def _cards(part: Part) -> int:
    match part.form:
        case Form.CLOZE:
            return len(gap_numbers(to_html(part.front)))
        case Form.TWO_WAY:
            return 2
        case _:
            return 1


RULE = Rule(
    code="D04",
    name="too-many-siblings",
    severity=Severity.WARNING,
    finds="One card becomes very many cards in Anki.",
    why="Cards from one item cue each other when they come on one day, and near a date they crowd out the rest.",
    way_out="Split it: a long process into stages, a long text into sentences.",
    references=(ANKI_OPTIONS, ANKI_STUDYING),
    bad="""\
- ⟦id: alphabet⟧
  kind: process
  title: The Greek alphabet
  steps:
    - {id: a, do: Alpha}
    - {id: b, do: Beta}
    - {id: c, do: Gamma}
    - {id: d, do: Delta}
""",
    good="""\
- id: alphabet
  kind: process
  title: The Greek alphabet begins
  steps:
    - {id: a, do: Alpha}
    - {id: b, do: Beta}
    - {id: c, do: Gamma}
""",
    options=(Option("cards", 12, "Most cards in Anki that one card may become. A value of our own."),),
    card=check,
    sample_options="cards: 4",
)
