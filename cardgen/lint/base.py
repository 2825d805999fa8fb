"""The parts of a lint rule.

A rule is a module of ``cardgen.lint.rules`` with a constant ``RULE``; there is no other list of rules. Its check takes
a card (or a deck, or a source) from the model, whose texts are parsed once for all rules (see ``view``), and yields
findings with the path of the text and the part they are about. It knows nothing of files and places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from cardgen.check import SHIPPED
from cardgen.diagnostics import Severity
from cardgen.lint.view import Finding

if TYPE_CHECKING:
    from cardgen.check import Vocabulary
    from cardgen.lint.view import CardView, DeckView
    from cardgen.model import Source

__all__ = ["Change", "Finding", "Reference", "Rule", "Setting", "Settings", "Severity"]

Settings = Mapping[str, Any]
"""The values of a rule's settings by name; each has the type of its default."""


class Reference(NamedTuple):
    """A work that a rule is based on."""

    title: str
    publisher: str
    url: str


class Setting(NamedTuple):
    """A setting of a rule, which a collection may change.

    Attributes:
        name: Its name in the collection's lint settings.
        default: A whole number, a tuple of texts, or a mapping of names to whole numbers.
        about: What it means, with its unit, and the source of the default.
    """

    name: str
    default: int | tuple[str, ...] | Mapping[str, int]
    about: str


class Change(NamedTuple):
    """A replacement in a text.

    Attributes:
        path: The path of the text, from the card as its author wrote it.
        start, end: The part to replace, in characters of the text.
        text: The replacement.
    """

    path: tuple[str | int, ...]
    start: int
    end: int
    text: str


class WrittenCard(NamedTuple):
    """A card as its author wrote it, flawed or not.

    Attributes:
        fields: Its fields.
        language: BCP 47 tag of its texts.
        vocabulary: What its collection adds to the schemas.
    """

    fields: Mapping[str, Any]
    language: str
    vocabulary: Vocabulary = SHIPPED


class Rule(Struct, frozen=True):
    """A rule of good cards.

    Attributes:
        code: A stable code: a letter (S for the form of a card, D for decks, P for the provenance of facts, A for
            answers to interview questions) and two digits; for a collection's own pattern, its id. Its meaning never
            changes.
        name: A readable name, in kebab-case.
        severity: The severity of its findings, unless the collection sets another.
        finds: What it finds, in one sentence.
        why: Why that is bad, in one or two sentences.
        way_out: What the author can do, in one sentence.
        references: The works that the reason is based on.
        bad, good: Samples: cards as under `cards:`, or sources as under `references:` for a rule about sources. In the
            bad one, what is found is between ⟦ and ⟧.
        settings: What a collection may change.
        card, deck, source: The check; exactly one of the three.
        fix: Yields the changes that fix a card, given as its author wrote it; None if only people can.
        needs: Fields that a file's defaults may set and that the check depends on: if their value is unknown because
            what sets it has an error, the rule is not run.
        needs_all: Whether a check of a deck depends on all its cards: if some could not be read, it is not run.
        sample_sources: The sources that the samples cite, as under `references:`.
        sample_settings: The settings that the samples are checked with.
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
    settings: tuple[Setting, ...] = ()
    card: Callable[[CardView, Settings], Iterable[Finding]] | None = None
    deck: Callable[[DeckView, Settings], Iterable[Finding]] | None = None
    source: Callable[[Source, Settings], Iterable[Finding]] | None = None
    fix: Callable[[WrittenCard], Iterable[Change]] | None = None
    needs: frozenset[str] = frozenset()
    needs_all: bool = False
    sample_sources: str = ""
    sample_settings: str = ""
