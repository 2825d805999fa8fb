"""What a lint rule is made of.

A rule is a module of ``cardgen.lint.rules`` with a constant ``RULE``; nothing else knows the list of rules. Its check
gets a card (or a deck, or a source) as the model has it, with its texts read once for all rules (see ``view``), and
yields findings with the way to the text and the part that is meant. Files and places are not its business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from cardgen.diagnostics import Severity

if TYPE_CHECKING:
    from cardgen.lint.view import CardView, DeckView, Text
    from cardgen.model import Source

__all__ = ["Change", "Finding", "Option", "Options", "Reference", "Rule", "Severity"]

Options = Mapping[str, Any]
"""The values of a rule's options: each of the sort that its default has."""


class Reference(NamedTuple):
    """A work that a rule rests on."""

    title: str
    publisher: str
    url: str


class Option(NamedTuple):
    """What a collection may set of a rule.

    Attributes:
        name: Its name in the settings.
        default: A whole number, a tuple of texts, or a mapping of names to whole numbers.
        about: What it means, with its unit, and where the default comes from.
    """

    name: str
    default: int | tuple[str, ...] | Mapping[str, int]
    about: str


class Finding(NamedTuple):
    """What a rule has found in a card, a deck or a source.

    Attributes:
        message: What is wrong, with the value received.
        path: The way to the value, from the card (or source, or deck.yaml).
        text: The text that a part of is meant, or None.
        span: Beginning and end of that part in the text's `gapped`, which is its `plain` where it has no gaps.
        as_written: Whether the span counts in what the author wrote instead, markup and all.
        hint: The way out, where there is a better one than the rule's own.
        card: The card, where a rule for decks speaks of one.
    """

    message: str
    path: tuple[str | int, ...] = ()
    text: Text | None = None
    span: tuple[int, int] = (0, 0)
    hint: str = ""
    card: CardView | None = None
    as_written: bool = False


class Change(NamedTuple):
    """A part of a text that is to be written otherwise, whatever the reader thinks of it.

    Attributes:
        path: The way to the text, from the card as its author wrote it.
        start, end: The part, counted in the text's characters.
        text: What is to stand there.
    """

    path: tuple[str | int, ...]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of good cards.

    Attributes:
        code: Stable code: a letter (S for a card's form, D for decks, P for where a fact comes from, A for answers to
            interview questions) and two digits; of a collection's own pattern, its id. It keeps its meaning for ever.
        name: The same for people, in kebab-case.
        severity: How much a finding weighs, unless the collection says otherwise.
        finds: What it finds, in one sentence.
        why: Why that is bad, in one or two sentences.
        way_out: What the author can do, in one sentence.
        references: What the reason rests on.
        bad, good: Samples: cards as they stand under `cards:`, or sources as under `references:` for a rule on
            sources. In the bad one, what is found stands between ⟦ and ⟧.
        options: What a collection may set.
        card, deck, source: The check; one of the three.
        fix: Gives the changes that mend a card as its author wrote it, in a language; None if only people can.
        needs: Fields that a file's defaults can give and that the check relies on: where their value is not known,
            because what gives it has a flaw, the rule is silent.
        needs_all: Whether a check of a deck relies on all its cards: where some could not be read, it is silent.
        sample_sources: The sources that the samples cite, as under `references:`.
        sample_options: Options that the samples are checked with.
    """

    code: str
    name: str
    severity: Severity
    finds: str
    why: str
    way_out: str
    references: tuple[Reference, ...]
    bad: str
    good: str
    options: tuple[Option, ...] = ()
    card: Callable[[CardView, Options], Iterable[Finding]] | None = None
    deck: Callable[[DeckView, Options], Iterable[Finding]] | None = None
    source: Callable[[Source, Options], Iterable[Finding]] | None = None
    fix: Callable[[Mapping[str, Any], str], Iterable[Change]] | None = None
    needs: frozenset[str] = frozenset()
    needs_all: bool = False
    sample_sources: str = ""
    sample_options: str = ""
