"""`framework`: how to answer a question, and the moves of the answer. Each move is a note of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cardgen.kinds.base import CardText, Form, Part, Problem, Role, duplicate_ids, neighbours, next_title, prompt
from cardgen.richtext import BulletList, Group, GroupRole, NumberedList, Paragraph, RichText, Styled, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Move:
    """A move of the answer: its id for ever, and Markdown."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Framework:
    """An answer's plan.

    Attributes:
        question, asks_for: Markdown.
        moves: In order.
        do, dont: Markdown of what makes the answer strong and what spoils it; may be empty.
        seconds: How long the answer should take, or None.
        template: Markdown of a frame with slots, or empty.
        name: Markdown of the framework's name, or empty.
    """

    question: str
    asks_for: str
    moves: tuple[Move, ...]
    do: tuple[str, ...]
    dont: tuple[str, ...]
    seconds: int | None
    template: str
    name: str


def read(fields: Mapping[str, Any]) -> Framework:
    """Take over the fields."""
    return Framework(
        question=fields["question"],
        asks_for=fields["asks_for"],
        moves=tuple(Move(move["id"], move["text"]) for move in fields["moves"]),
        do=_listed(fields.get("do", ())),
        dont=_listed(fields.get("dont", ())),
        seconds=fields.get("seconds"),
        template=fields.get("template", ""),
        name=fields.get("name", ""),
    )


def _listed(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - one text or a list
    return (value,) if isinstance(value, str) else tuple(value)


def check(content: Framework) -> Iterator[Problem]:
    """Find moves that share an id."""
    return duplicate_ids(((move.id, move) for move in content.moves), "moves")


def compose(content: Framework) -> Iterator[Part]:
    """Ask for the whole answer, then for each move between its neighbours."""
    question = parse(content.question)
    moves = tuple(parse(move.text) for move in content.moves)
    time = f" in about {content.seconds} seconds" if content.seconds else ""
    front = (*question, prompt(f"Answer aloud{time}."))
    yield Part("", Form.BASIC, front, tuple(_plan(content, moves)), tuple(_advice(content)))
    context = Group(GroupRole.CONTEXT, question)
    for move, (before, answer, after) in zip(content.moves, neighbours(moves), strict=True):
        ask = prompt("What comes next in the answer?" if before else "How does the answer begin?")
        named = next_title(question, before, "how it begins")
        yield Part(move.id, Form.BASIC, (context, *before, ask), answer, after, named)


def _plan(content: Framework, moves: tuple[RichText, ...]) -> Iterator[Group]:
    yield _titled(GroupRole.AIM, "What they want to learn", parse(content.asks_for))
    if content.name:
        yield _titled(GroupRole.NAME, "Framework", parse(content.name))
    yield Group(GroupRole.MOVES, (NumberedList(moves),))


def _advice(content: Framework) -> Iterator[Group]:
    if content.do:
        yield _titled(GroupRole.DO, "Do", (BulletList(tuple(map(parse, content.do))),))
    if content.dont:
        yield _titled(GroupRole.DONT, "Don't", (BulletList(tuple(map(parse, content.dont))),))
    if content.template:
        yield _titled(GroupRole.TEMPLATE, "Template", parse(content.template))


def _titled(role: GroupRole, title: str, blocks: RichText) -> Group:
    return Group(role, (Paragraph((Styled("strong", (title,)),)), *blocks))


def texts(content: Framework) -> Iterator[CardText]:
    """Yield the question, the moves, and the advice around them."""
    yield CardText(Role.CUE, ("question",), content.question)
    if content.name:
        yield CardText(Role.MORE, ("name",), content.name)
    yield CardText(Role.MORE, ("asks_for",), content.asks_for)
    for index, move in enumerate(content.moves):
        yield CardText(Role.ANSWER, ("moves", index, "text"), move.text)
    yield from _advised(Role.MORE, "do", content.do)
    yield from _advised(Role.WRONG, "dont", content.dont)
    if content.template:
        yield CardText(Role.TEMPLATE, ("template",), content.template)


def _advised(role: Role, field: str, texts: tuple[str, ...]) -> Iterator[CardText]:
    """Yield advice; the path of the only one is the same whether its author wrote a list or not."""
    for index, text in enumerate(texts):
        yield CardText(role, (field, index), text)
