"""`framework`: how to answer a question: a plan, and where its author gives them a first sentence and a trap.

A plan is no text to recite, so its moves are no cards of their own, unless they must be known one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from cardgen.kinds.base import (
    CardText,
    Form,
    Part,
    Problem,
    Role,
    chained,
    duplicate_ids,
    next_title,
    present,
    prompt,
    titled,
)
from cardgen.richtext import (
    BulletList,
    Group,
    GroupRole,
    NumberedList,
    Paragraph,
    RichText,
    Styled,
    parse,
    parse_line,
    to_plain,
)
from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.words import Words


OPENING: Final = "opening"
TRAP: Final = "trap"
"""Ids of the parts that ask for the first sentence and for what is wrong with a poor answer."""

WORDS: Final = ("show_all", "next_of", "more")
"""Entries of the words that the templates show."""


class Move(Struct, frozen=True, gc=False):
    """A move of the answer: its id for ever, and Markdown of what to do and of the words that bring it to mind."""

    id: str
    text: str
    cue: str


class Trap(Struct, frozen=True, gc=False):
    """Markdown of a poor answer, of what is wrong with it, and of a better one."""

    answer: str
    flaw: str
    better: str


class Framework(Struct, frozen=True, gc=False):
    """An answer's plan.

    Attributes:
        question, asks_for: Markdown.
        moves: In order.
        wordings: Markdown of other ways to ask the question.
        ordered: Whether the order of the moves matters.
        opening: Markdown of a first sentence, or empty.
        trap: A poor answer, or None.
        drill: Whether each move is asked for.
        do, dont: Markdown of what makes the answer strong and what spoils it; may be empty.
        seconds: How long the answer should take, or None.
        template: Markdown of a frame with slots, or empty.
        name: Markdown of the framework's name, or empty.
    """

    question: str
    asks_for: str
    moves: tuple[Move, ...]
    wordings: tuple[str, ...]
    ordered: bool
    opening: str
    trap: Trap | None
    drill: bool
    do: tuple[str, ...]
    dont: tuple[str, ...]
    seconds: int | None
    template: str
    name: str


def read(fields: Mapping[str, Any]) -> Framework:
    """Take over the fields."""
    trap = fields.get("trap")
    return Framework(
        question=fields["question"],
        asks_for=fields["asks_for"],
        moves=tuple(Move(move["id"], move["text"], move["cue"]) for move in fields["moves"]),
        wordings=tuple(fields.get("wordings", ())),
        ordered=fields.get("ordered", False),
        opening=fields.get("opening", ""),
        trap=Trap(trap["answer"], trap["flaw"], trap["better"]) if trap else None,
        drill=fields.get("drill", False),
        do=_listed(fields.get("do", ())),
        dont=_listed(fields.get("dont", ())),
        seconds=fields.get("seconds"),
        template=fields.get("template", ""),
        name=fields.get("name", ""),
    )


def _listed(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - one text or a list
    return (value,) if isinstance(value, str) else tuple(value)


def check(content: Framework) -> Iterator[Problem]:
    """Find moves that share an id, also with a part that the card has beside its moves."""
    yield from duplicate_ids(((move.id, move) for move in content.moves), "moves")
    if not content.drill:
        return
    taken = {OPENING: bool(content.opening), TRAP: content.trap is not None}
    for index, move in enumerate(content.moves):
        if taken.get(move.id):
            yield Problem("CG309", f"`{move.id}` names the card that asks for `{move.id}`", ("moves", index, "id"))


def compose(content: Framework, words: Words) -> Iterator[Part]:
    """Ask for the plan, for the first sentence, for the flaw of a poor answer, and for each move if it is drilled."""
    question = parse(content.question)
    moves = tuple(parse(move.text) for move in content.moves)
    yield _plan(content, question, moves, words)
    if content.opening:
        front = (*question, prompt(words.first_sentence))
        title = next_title(question, (), words.listed_first_sentence, words)
        yield Part(OPENING, Form.BASIC, front, parse(content.opening), title=title)
    context = Group(GroupRole.CONTEXT, question)
    if content.trap is not None:
        poor = Group(GroupRole.POOR, parse(content.trap.answer))
        better = titled(GroupRole.BETTER, words.better, parse(content.trap.better))
        front = (context, poor, prompt(words.what_is_wrong))
        title = next_title(question, (), words.listed_poor_answer, words)
        yield Part(TRAP, Form.BASIC, front, parse(content.trap.flaw), (better,), title)
    if not content.drill:
        return
    for move, (before, answer) in zip(content.moves, chained(moves), strict=True):
        ask = prompt(words.next_move if before else words.first_move)
        title = next_title(question, before, words.listed_first_move, words)
        yield Part(move.id, Form.BASIC, (context, *before, ask), answer, title=title, covered=True)


def _plan(content: Framework, question: RichText, moves: tuple[RichText, ...], words: Words) -> Part:
    """Ask for the cues; all else waits behind a line to tap."""
    asked = question
    if content.wordings:
        asked = (Group(GroupRole.WORDINGS, (BulletList((question, *map(parse, content.wordings))),)),)
    ask = fill(words.name_points_in_order if content.ordered else words.name_points, n=len(moves))
    if content.seconds:
        ask = f"{ask} {fill(words.then_aloud, n=content.seconds)}"
    cues = tuple(parse(move.cue) for move in content.moves)
    return Part(
        "",
        Form.BASIC,
        (*asked, prompt(ask)),
        (Group(GroupRole.MOVES, (_points(content, cues),)),),
        (Group(GroupRole.FOLDED, tuple(_advice(content, moves, words))),),
        title=to_plain(question) if content.wordings else "",
        aloud=content.seconds or 0,
    )


def _points(content: Framework, points: tuple[RichText, ...]) -> NumberedList | BulletList:
    return NumberedList(points) if content.ordered else BulletList(points)


def _advice(content: Framework, moves: tuple[RichText, ...], words: Words) -> Iterator[Group]:
    yield titled(GroupRole.AIM, words.aim, parse(content.asks_for))
    if content.name:
        yield titled(GroupRole.NAME, words.framework, parse(content.name))
    in_full = tuple(_in_full(move, text) for move, text in zip(content.moves, moves, strict=True))
    yield titled(GroupRole.TEXTS, words.in_full, (_points(content, in_full),))
    if content.do:
        yield titled(GroupRole.DO, words.do, (BulletList(tuple(map(parse, content.do))),))
    if content.dont:
        yield titled(GroupRole.DONT, words.dont, (BulletList(tuple(map(parse, content.dont))),))
    if content.template:
        yield titled(GroupRole.TEMPLATE, words.template, parse(content.template))


def _in_full(move: Move, text: RichText) -> RichText:
    """Put a move's cue before its text."""
    first, *rest = text
    if not isinstance(first, Paragraph):
        return text
    return (Paragraph((Styled("strong", parse_line(move.cue)), ": ", *first.children)), *rest)


def texts(content: Framework) -> Iterator[CardText]:
    """Yield the question, the moves, and the advice around them."""
    yield CardText(Role.CUE, ("question",), content.question)
    for index, text in enumerate(content.wordings):
        yield CardText(Role.CUE, ("wordings", index), text)
    yield from present(CardText(Role.MORE, ("name",), content.name))
    yield CardText(Role.MORE, ("asks_for",), content.asks_for)
    for index, move in enumerate(content.moves):
        yield CardText(Role.ANSWER, ("moves", index, "cue"), move.cue)
        yield CardText(Role.ANSWER if content.drill else Role.MORE, ("moves", index, "text"), move.text)
    yield from present(CardText(Role.ANSWER, ("opening",), content.opening))
    if content.trap is not None:
        yield CardText(Role.WRONG, ("trap", "answer"), content.trap.answer)
        yield CardText(Role.ANSWER, ("trap", "flaw"), content.trap.flaw)
        yield CardText(Role.MORE, ("trap", "better"), content.trap.better)
    yield from _advised(Role.MORE, "do", content.do)
    yield from _advised(Role.WRONG, "dont", content.dont)
    yield from present(CardText(Role.TEMPLATE, ("template",), content.template))


def _advised(role: Role, field: str, texts: tuple[str, ...]) -> Iterator[CardText]:
    """Yield advice; the path of the only one is the same whether its author wrote a list or not."""
    for index, text in enumerate(texts):
        yield CardText(role, (field, index), text)
