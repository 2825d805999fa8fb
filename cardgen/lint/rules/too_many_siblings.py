"""D04: cards that become very many Anki cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.check import kinds
from cardgen.kinds import Form, kind_named
from cardgen.lint.base import Finding, Rule, Setting, Severity
from cardgen.lint.literature import ANKI_OPTIONS, ANKI_STUDYING
from cardgen.richtext.gaps import gap_numbers
from cardgen.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.kinds import Part
    from cardgen.lint.base import Settings
    from cardgen.lint.view import CardView


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Count the Anki cards that a card becomes.

    Steps and moves become separate notes, which Anki does not treat as siblings, so it shows them on the same day. The
    limit is therefore not about the siblings of one note, but about how much of one topic to study in a session.
    """
    # What is asked or to be recalled becomes at most two cards, and one more asks for all of it; what only stands below
    # an answer becomes none.
    most = 2 * (len(card.asked) + len(card.answers)) + 1
    if most <= settings["cards"] and not card.gapped and not _is_counted(card):
        return
    count = sum(map(_cards, kind_named(card.card.kind).compose(card.card.content, ENGLISH)))
    if count > settings["cards"]:
        yield Finding(f"the card becomes {count} cards in Anki, more than {settings['cards']}")


def _is_counted(card: CardView) -> bool:
    """Return whether cards are of something else than its texts: masks, others' questions, templates of a kind."""
    return card.card.kind in ("occlusion", "story") or card.card.kind not in kinds()


def _cards(part: Part) -> int:
    if part.own is not None:
        return len(part.own.cards)
    if part.masked is not None:
        return len(part.masked.masks)
    match part.form:
        case Form.CLOZE:
            return len(gap_numbers(part.front))
        case Form.TWO_WAY:
            return 2
        case _:
            return 1


RULE = Rule(
    code="D04",
    name="too-many-siblings",
    severity=Severity.WARNING,
    finds="A card becomes very many cards in Anki.",
    why="Cards made from one item give each other away on the same day, and crowd out others when time is short.",
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
    settings=(Setting("cards", 12, "Most Anki cards that one card may become. A value of our own."),),
    card=check,
    sample_settings="cards: 4",
)
