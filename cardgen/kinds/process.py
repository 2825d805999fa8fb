"""`process`: steps in order. Each step is a note of its own, so a new step moves no learner's schedule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cardgen.kinds.base import Form, Part, Problem, Role, Side, duplicate_ids, prompt
from cardgen.richtext import Group, NumberedList, Paragraph, RichText, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its id for ever, and Markdown of what is done; by whom, with what and when may be empty."""

    id: str
    do: str
    who: str
    document: str
    when: str


@dataclass(frozen=True, slots=True)
class Process:
    """Markdown of the title, and the steps."""

    title: str
    steps: tuple[Step, ...]


def read(fields: Mapping[str, Any]) -> Process:
    """Take over the fields."""
    steps = tuple(
        Step(step["id"], step["do"], step.get("who", ""), step.get("document", ""), step.get("when", ""))
        for step in fields["steps"]
    )
    return Process(fields["title"], steps)


def check(content: Process) -> Iterator[Problem]:
    """Find steps that share an id."""
    return duplicate_ids(((step.id, step) for step in content.steps), "steps")


def compose(content: Process) -> Iterator[Part]:
    """Ask for all steps, then for each step after the one before it."""
    title = parse(content.title)
    steps = tuple((*parse(step.do), *_details(step)) for step in content.steps)
    ask = prompt(f"Name the {len(steps)} steps in order.")
    yield Part("", Form.BASIC, (*title, ask), (NumberedList(steps),))
    context = Group("context", title)
    yield Part(content.steps[0].id, Form.BASIC, (context, prompt("What is the first step?")), steps[0])
    for before, step, answer in zip(content.steps, content.steps[1:], steps[1:], strict=False):
        yield Part(step.id, Form.BASIC, (context, *parse(before.do), prompt("What comes next?")), answer)


def _details(step: Step) -> RichText:
    """Put who, document and when on a line each."""
    details = tuple(
        Group(role, _labelled(label, text))
        for role, label, text in (
            ("who", "Who", step.who),
            ("document", "Document", step.document),
            ("when", "When", step.when),
        )
        if text
    )
    return (Group("details", details),) if details else ()


def _labelled(label: str, text: str) -> RichText:
    first, *rest = parse(text)
    if isinstance(first, Paragraph):
        return (Paragraph((f"{label}: ", *first.children)), *rest)
    return (Paragraph((f"{label}:",)), first, *rest)


def sides(content: Process) -> Iterator[Side]:
    """Give the title, and each step with its details."""
    yield Side(Role.CUE, ("title",), content.title)
    for index, step in enumerate(content.steps):
        yield Side(Role.ANSWER, ("steps", index, "do"), step.do)
        for name, text in (("who", step.who), ("document", step.document), ("when", step.when)):
            if text:
                yield Side(Role.MORE, ("steps", index, name), text)
