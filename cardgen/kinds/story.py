"""`story`: a story of one's own: which questions it answers, and its beats, told against the clock.

A story is asked for twice over: from its title, and from each question that it serves, since in an interview only the
question comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from cardgen.diagnostics import did_you_mean
from cardgen.kinds.base import CardText, Form, Part, Problem, Role, next_title, prompt, titled
from cardgen.richtext import (
    BulletList,
    Group,
    GroupRole,
    NumberedList,
    Paragraph,
    RichText,
    Styled,
    literal,
    parse,
    parse_line,
)
from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.kinds.base import Reference
    from cardgen.words import Words

REFERS: Final = "for"
"""The field that names cards of other decks."""


class Beat(Struct, frozen=True, gc=False):
    """A part of a story: the plain words that bring it to mind, Markdown of what happened, and its seconds or None."""

    cue: str
    text: str
    seconds: int | None


class Story(Struct, frozen=True, gc=False):
    """A story.

    Attributes:
        title: Markdown of what its teller calls it.
        serves: The questions that it answers.
        beats: In order.
        seconds: How long it should take to tell, or None.
        unknown: The names of beats that have a time, but are none.
    """

    title: str
    serves: tuple[Reference, ...]
    beats: tuple[Beat, ...]
    seconds: int | None
    unknown: tuple[str, ...]


def read(fields: Mapping[str, Any]) -> Story:
    """Take over the fields."""
    written: Mapping[str, str] = fields["beats"]
    times: Mapping[str, int] = fields.get("beat_seconds", {})
    return Story(
        title=fields["title"],
        serves=tuple(fields.get(REFERS, ())),
        beats=tuple(Beat(cue, text, times.get(cue)) for cue, text in written.items()),
        seconds=fields.get("seconds"),
        unknown=tuple(cue for cue in times if cue not in written),
    )


def check(content: Story) -> Iterator[Problem]:
    """Find times of beats that the story does not have."""
    for cue in content.unknown:
        hint = did_you_mean(cue, [beat.cue for beat in content.beats])
        yield Problem("CG342", f"the story has no beat `{cue}`", ("beat_seconds", cue), hint)


def compose(content: Story, words: Words) -> Iterator[Part]:
    """Ask for the beats by the title, and for title and beats by each question."""
    title = parse_line(content.title)
    count = fill(words.name_beats, n=len(content.beats))
    aloud = f" {fill(words.then_told, n=content.seconds)}" if content.seconds else ""
    beats = Group(GroupRole.MOVES, (NumberedList(tuple(_beat(beat, words) for beat in content.beats)),))
    told = content.seconds or 0
    more = tuple(_served(content, words))
    yield Part("", Form.BASIC, (Paragraph(title), prompt(count + aloud)), (beats,), more, aloud=told)
    answer = (Paragraph((Styled("strong", title),)), beats)
    for reference in content.serves:
        question = literal(reference.asks)
        listed = next_title(question, (), words.listed_story, words)
        front = (*question, prompt(words.which_story + aloud))
        yield Part(_part_id(reference), Form.BASIC, front, answer, title=listed, covered=True, aloud=told)


def _part_id(reference: Reference) -> str:
    """Name the part of a question; two hyphens, which no id has, keep any two addresses apart."""
    return reference.address.replace("/", "--")


def _beat(beat: Beat, words: Words) -> RichText:
    """Put a beat's cue, and its seconds if it has any, before its text."""
    label = beat.cue if beat.seconds is None else fill(words.beat_timed, beat=beat.cue, n=beat.seconds)
    label = fill(words.label, label=label)
    first, *rest = parse(beat.text)
    if isinstance(first, Paragraph):
        return (Paragraph((Styled("strong", (label,)), " ", *first.children)), *rest)
    return (Paragraph((Styled("strong", (label,)),)), first, *rest)


def _served(content: Story, words: Words) -> Iterator[Group]:
    """List the questions that the story answers."""
    if content.serves:
        yield titled(GroupRole.AIM, words.serves, (BulletList(tuple(literal(one.asks) for one in content.serves)),))


def texts(content: Story) -> Iterator[CardText]:
    """Yield the title and the beats; the questions are texts of other cards."""
    yield CardText(Role.CUE, ("title",), content.title)
    for beat in content.beats:
        yield CardText(Role.ANSWER, ("beats", beat.cue), beat.text)
