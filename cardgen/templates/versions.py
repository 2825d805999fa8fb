"""What Anki's versions read in different ways.

Comments are left alone since 25.02 (its commit ef94bf1cb0), and so are braces where tags are declared to have none;
before, a tag in them is a tag. ``{{CardID}}`` is known since 25.07 (a99beb71fe). What Anki itself fills counts as
filled when it makes cards: tags since 26.05, all else since 26.08 (c41668026f and 3186cc31c4). So a deck's name in the
corner of a front makes a card of every note in newer versions, with nothing else on it. All of it was seen in 24.11 and
26.09.3.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from cardgen.templates.nodes import Comment, Flaw, Problem, Replacement, Section, Text
from cardgen.templates.shows import CARD_ID, FRONT_SIDE, SPECIAL, TAGS, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cardgen.templates.nodes import Node

_MOST: Final = 50
"""How many different cases of a front are looked at."""


def check_older(nodes: Sequence[Node], fields: Iterable[str]) -> Iterator[Problem]:
    """Yield what older versions show otherwise.

    Args:
        nodes: The nodes of a side that has no problems.
        fields: The names of the note type's fields.
    """
    for text in _texts(nodes):
        if isinstance(text, Comment) and any(begin in text.text for begin in ("{{", "<%")):
            message = "Anki before 25.02 reads the tags in a comment as if they stood outside of it"
            yield Problem(Flaw.VERSIONS, message, text.span, "Take their braces away.")
        elif "{{" in text.text:
            message = "Anki before 25.02 reads tags with braces also where others are declared"
            yield Problem(Flaw.VERSIONS, message, text.span, "Put a space between the braces.")
    if CARD_ID not in fields:
        for node in named(nodes):
            if node.field == CARD_ID:
                message = f"Anki before 25.07 knows no `{CARD_ID}`, and shows an error instead of the card"
                yield Problem(Flaw.VERSIONS, message, node.span, "Do without it while learners have such versions.")


def _texts(nodes: Sequence[Node]) -> Iterator[Text | Comment]:
    for node in nodes:
        match node:
            case Text() | Comment():
                yield node
            case Section():
                yield from _texts(node.nodes)


class _Case(NamedTuple):
    """Notes with some names filled and some empty."""

    filled: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()

    def without(self, names: frozenset[str]) -> _Case:
        """Return the case without what it says of some names."""
        return _Case(self.filled - names, self.empty - names)

    def includes(self, other: _Case) -> bool:
        """Return whether all notes of another case are of this one."""
        return self.filled <= other.filled and self.empty <= other.empty


def check_versions(front: Sequence[Node], fields: Iterable[str], required: Iterable[str]) -> Iterator[Problem]:
    """Yield what decides about a card in some versions of Anki alone.

    Args:
        front: The nodes of a front.
        fields: The names of the note type's fields.
        required: Those of them that are filled on every note.
    """
    names, always = frozenset(fields), frozenset(required)
    by_anki = SPECIAL - {FRONT_SIDE} - names
    shown = [(node, case) for node, case in _cases(front, _Case()) if node.field in names | by_anki]
    # In these, the front shows a field, whatever the version.
    safe = {case for _, case in shown if by_anki.isdisjoint(case.filled | case.empty)}
    doubtful: dict[_Case, Replacement] = {}
    for node, case in shown:
        if not by_anki.isdisjoint(case.filled | case.empty) and case.filled.isdisjoint(case.empty):
            doubtful.setdefault(case, node)
    for case, node in islice(doubtful.items(), _MOST):
        sure = case.without(by_anki)
        sure = _Case(sure.filled | always, sure.empty)
        if not any(other.includes(sure) for other in safe):
            name = min((case.filled | case.empty) & by_anki)
            yield _problem(name, node, min(names, default=""))


def _cases(nodes: Sequence[Node], around: _Case) -> Iterator[tuple[Replacement, _Case]]:
    """Yield what a template shows, each with the case in which that makes a card."""
    filled, empty = around
    for node in nodes:
        match node:
            case Replacement(field=name):
                yield node, _Case(filled | {name}, empty)
            case Section(field=name, negated=True):
                yield from _cases(node.nodes, _Case(filled, empty | {name}))
            case Section(field=name):
                yield from _cases(node.nodes, _Case(filled | {name}, empty))


def _problem(name: str, node: Replacement, field: str) -> Problem:
    since = "26.05" if name == TAGS else "26.08"
    if node.field == name:
        notes = "notes that have tags" if name == TAGS else "every note"
        message = f"`{{{{{name}}}}}` makes this card of {notes} since Anki {since}, and of none before"
        hint = f"Put it into a section that shows a field: `{{{{#{field}}}}}…{{{{/{field}}}}}`."
    else:
        message = f"whether `{name}` is filled decides about this card since Anki {since}; before, it counts as empty"
        hint = "Ask for a field instead."
    return Problem(Flaw.VERSIONS, message, node.span, hint)
