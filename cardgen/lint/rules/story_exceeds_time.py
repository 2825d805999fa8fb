"""A16: stories that take longer to tell than their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.kinds import Role
from cardgen.kinds.story import Story
from cardgen.lint.base import Finding, Rule, Setting, Severity
from cardgen.lint.literature import OPENER_LENGTH
from cardgen.lint.text import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Settings
    from cardgen.lint.view import CardView


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Compare the time that a story takes with its `seconds`, and these with what its questions leave."""
    story = card.card.content
    if not isinstance(story, Story):
        return
    given = sum(beat.seconds or 0 for beat in story.beats)
    words = sum(count_words(text.plain) for text in card.texts if text.role is Role.ANSWER)
    spoken = round(60 * words / settings["words_a_minute"])
    if story.seconds is not None and given > story.seconds:
        yield Finding(f"its beats have {given} seconds, but the story has {story.seconds}", ("seconds",))
    elif story.seconds is not None and 100 * spoken > settings["percent"] * story.seconds:
        yield Finding(f"it takes about {spoken} seconds to tell, but has {story.seconds}", ("seconds",))
    takes = story.seconds or max(given, spoken)
    for reference in story.serves:
        if reference.seconds is not None and 100 * takes > settings["percent"] * reference.seconds:
            message = f"it takes {takes} seconds, but an answer to `{reference.address}` has {reference.seconds}"
            yield Finding(message, ("for",))


RULE = Rule(
    code="A16",
    name="story-exceeds-time",
    severity=Severity.WARNING,
    finds="A story takes longer to tell than its `seconds`, or than the answers to its questions should.",
    why="A story that is too long is interrupted before its result.",
    way_out="Shorten the beat that sets the scene, or allow more seconds.",
    references=(OPENER_LENGTH,),
    bad="""\
- id: flood
  kind: story
  title: The flood at the lock
  beats: {Situation: High water., Action: I closed the gate., Result: No boat was lost.}
  beat_seconds: {Situation: 30, Action: 40}
  seconds: ⟦60⟧
- id: storm
  kind: story
  title: The storm on the lake
  beats: {Situation: Wind came up so fast that not one of us saw it in time., Action: I rowed all of us ashore.}
  seconds: ⟦5⟧
""",
    good="""\
- id: flood
  kind: story
  title: The flood at the lock
  beats: {Situation: High water., Action: I closed the gate., Result: No boat was lost.}
  beat_seconds: {Situation: 15, Action: 40}
  seconds: 60
""",
    settings=(
        Setting("words_a_minute", 140, "Words spoken in a minute, in a second language. A value of our own."),
        Setting("percent", 150, "Percentage of the seconds that a story may take. A value of our own."),
    ),
    card=check,
)
