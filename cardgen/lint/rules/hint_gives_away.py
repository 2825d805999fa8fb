"""S18: hints that give away the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.kinds import Role
from cardgen.lint.base import Finding, Rule, Severity
from cardgen.lint.literature import ANKI_HINTS
from cardgen.lint.text import OBJECT, content_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Settings
    from cardgen.lint.view import CardView, Text

_WORDS: Final = 5
"""Words of an answer up to which a hint that has all of them gives it away. A value of our own."""

_LETTERS: Final = 3
"""Letters that hint and answer may not both begin with. A value of our own."""


def check(card: CardView, _settings: Settings) -> Iterator[Finding]:
    """Find hints that contain words of the answer, or begin like it."""
    for text in card.gapped:
        for gap in text.gaps:
            if gap.hint and _gives_away(gap.hint.casefold().strip(), gap.hidden.casefold().strip()):
                yield text.gap_finding(f"the hint “{gap.hint}” gives away “{gap.hidden}”", gap)
    hint = next((text for text in card.texts if text.path == ("hint",)), None)
    if hint is not None:
        yield from _of_card(card, hint)


def _of_card(card: CardView, hint: Text) -> Iterator[Finding]:
    """Find an answer, or what a gap hides, that a card's hint has whole."""
    told = content_words(hint.plain)
    answers = [text.plain for text in card.texts if text.role is Role.ANSWER and not text.more_words_than(_WORDS)]
    hidden = [gap.hidden for text in card.gapped for gap in text.gaps]
    for answer in (*answers, *hidden):
        words = content_words(answer)
        if words and words <= told:
            yield Finding(f"the hint gives away “{answer}”", hint.path)
            return


def _gives_away(hint: str, hidden: str) -> bool:
    if content_words(hint) & content_words(hidden):
        return True
    same_start = len(hint) >= _LETTERS and hint[:_LETTERS] == hidden[:_LETTERS]
    return same_start and " " not in hint and OBJECT not in hint


RULE = Rule(
    code="S18",
    name="hint-gives-away",
    severity=Severity.WARNING,
    finds="The hint of a gap has words of the answer, or its first letters; or that of a card has the whole answer.",
    why="The easier the answer is on the card, the weaker the memory of it.",
    way_out="Write what type of answer is expected.",
    references=(ANKI_HINTS,),
    bad="""\
- id: spikes-first
  kind: cloze
  text: In SPIKES the first step is the ⟦{{c1::Setting::Set...}}⟧ of the talk.
""",
    good="""\
- id: spikes-first
  kind: cloze
  text: In SPIKES the first step prepares the {{c1::setting::room and people}} of the talk.
""",
    card=check,
)
