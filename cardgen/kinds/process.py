"""`process`: steps in order. Each step is a note of its own, so a new step moves no learner's schedule."""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from cardgen.charts import Span, Timeline
from cardgen.kinds.base import (
    CardText,
    Form,
    Part,
    Problem,
    Role,
    chained,
    duplicate_ids,
    labelled,
    next_title,
    prompt,
)
from cardgen.richtext import EMPTY, Drawing, Group, GroupRole, NumberedList, RichText, parse, to_plain
from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.words import Words


WORDS: Final = ("show_all", "next_of")
"""Entries of the words that the templates show."""


class Step(Struct, frozen=True, gc=False):
    """A step.

    Attributes:
        id: For ever.
        do, who, document, when: Markdown of what is done, by whom, with what and when; all but the first may be empty.
        at: When it happens, for the timeline: ``2027``, ``2027-03``, ``2027-03-19``, or two of them with a slash
            between; or empty.
    """

    id: str
    do: str
    who: str
    document: str
    when: str
    at: str


class Process(Struct, frozen=True, gc=False):
    """Steps in order.

    Attributes:
        title: Markdown.
        steps: The steps.
        marks: The days that they turn around: labels, and days as ``2027-03-19``.
        drill: Whether each step is asked for.
    """

    title: str
    steps: tuple[Step, ...]
    marks: tuple[tuple[str, str], ...]
    drill: bool


def read(fields: Mapping[str, Any]) -> Process:
    """Take over the fields."""
    steps = tuple(
        Step(step["id"], step["do"], *(step.get(field, "") for field in ("who", "document", "when", "at")))
        for step in fields["steps"]
    )
    return Process(fields["title"], steps, tuple(fields.get("marks", {}).items()), fields.get("drill", True))


def check(content: Process) -> Iterator[Problem]:
    """Find steps that share an id, and times that no calendar has."""
    yield from duplicate_ids(((step.id, step) for step in content.steps), "steps")
    for index, step in enumerate(content.steps):
        yield from _check_time(step.at, ("steps", index, "at"))
    for label, day in content.marks:
        yield from _check_time(day, ("marks", label))


def _check_time(written: str, path: tuple[str | int, ...]) -> Iterator[Problem]:
    if not written:
        return
    try:
        start, end = _days(written)
    except ValueError:
        yield Problem("CG308", f"there is no day {written}", path)
        return
    if end < start:
        yield Problem("CG315", f"{written} ends before it begins", path)


def compose(content: Process, words: Words) -> Iterator[Part]:
    """Ask for all steps, then for each step after the one before it."""
    title = parse(content.title)
    bare = tuple(parse(step.do) for step in content.steps)
    steps = tuple((*do, *_details(step, words)) for do, step in zip(bare, content.steps, strict=True))
    ask = prompt(fill(words.name_steps, n=len(steps)))
    yield Part("", Form.BASIC, (*title, ask), (NumberedList(steps),), _timeline(content, bare, words))
    if not content.drill:
        return
    context = Group(GroupRole.CONTEXT, title)
    for step, answer, (before, _) in zip(content.steps, steps, chained(bare), strict=True):
        ask = prompt(words.next_step if before else words.first_step)
        named = next_title(title, before, words.listed_first_step, words)
        yield Part(step.id, Form.BASIC, (context, *before, ask), answer, title=named, covered=True)


def _details(step: Step, words: Words) -> RichText:
    """Put who, document and when on a line each."""
    details = tuple(
        Group(role, labelled(label, parse(text), words))
        for role, label, text in (
            (GroupRole.WHO, words.who, step.who),
            (GroupRole.DOCUMENT, words.document, step.document),
            (GroupRole.WHEN, words.when, step.when),
        )
        if text
    )
    return (Group(GroupRole.DETAILS, details),) if details else ()


def _timeline(content: Process, bare: tuple[RichText, ...], words: Words) -> RichText:
    """Draw the steps that have a time."""
    spans = tuple(
        Span(number, to_plain(do), *_days(step.at), step.at)
        for number, (step, do) in enumerate(zip(content.steps, bare, strict=True), 1)
        if step.at
    )
    if not spans:
        return EMPTY
    marks = tuple((label, date.fromisoformat(day)) for label, day in content.marks)
    return (Group(GroupRole.DATA, (Drawing(Timeline(spans, marks, words)),)),)


def _days(written: str) -> tuple[date, date]:
    """Return the first and the last day of a time.

    Raises:
        ValueError: If a day is in no calendar.
    """
    start, _, end = written.partition("/")
    return _day(start, last=False), _day(end or start, last=True)


def _day(written: str, *, last: bool) -> date:
    """Return a day, or the first or last of a month or year."""
    year, *rest = (int(part) for part in written.split("-"))
    month = rest[0] if rest else (12 if last else 1)
    if len(rest) > 1:
        return date(year, month, rest[1])
    return date(year, month, calendar.monthrange(year, month)[1] if last else 1)


def texts(content: Process) -> Iterator[CardText]:
    """Yield the title, and each step with its details."""
    yield CardText(Role.CUE, ("title",), content.title)
    for index, step in enumerate(content.steps):
        yield CardText(Role.ANSWER, ("steps", index, "do"), step.do)
        for name, text in (("who", step.who), ("document", step.document), ("when", step.when)):
            if text:
                yield CardText(Role.MORE, ("steps", index, name), text)
