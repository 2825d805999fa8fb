"""Holds the rules to what has been read: findings get their place, and cards may ask for silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cardgen.diagnostics import Diagnostic, Severity, did_you_mean, has_errors, shortened
from cardgen.lint.view import CardView, DeckView, Shared

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from cardgen.diagnostics import Place
    from cardgen.lint.base import Finding
    from cardgen.lint.settings import Active, Settings
    from cardgen.load import Home, Loaded
    from cardgen.model import Deck
    from cardgen.read import Document, KeyPath


@dataclass(frozen=True, slots=True)
class Linted:
    """What lint has found: the findings, in no order."""

    diagnostics: tuple[Diagnostic, ...]


def lint(
    loaded: Loaded, settings: Settings, day: date, only: Collection[str] = (), least: Severity = Severity.INFO
) -> Linted:
    """Look for all that the rules find.

    Cards with an error of their own are left alone: what they say is not sure.

    Args:
        loaded: What was read.
        settings: The rules that hold.
        day: The day of the check, which decides what is overdue.
        only: Codes of the rules to hold; all if empty.
        least: Rules that weigh less are not held.
    """
    if loaded.readable is None:
        return Linted(())
    active = [
        entry
        for entry in settings.active
        if (not only or entry.rule.code in only) and entry.type.severity.weight >= least.weight
    ]
    shared = Shared(loaded.readable.sources, day)
    found: list[Diagnostic] = []
    for deck in loaded.readable.decks:
        linter = _DeckLinter(deck, loaded.folders[deck.id], settings, active, shared)
        found.extend(linter.lint())
        if not only:
            found.extend(linter.suppressions(unused=not has_errors(loaded.diagnostics)))
    found.extend(_sources(loaded, active))
    return Linted(tuple(found))


class _DeckLinter:
    def __init__(self, deck: Deck, home: Home, settings: Settings, active: list[Active], shared: Shared) -> None:
        self._deck = deck
        self._home = home
        self._settings = settings
        self._active = active
        self._shared = shared
        self._silenced: dict[str, dict[str, str]] = {}  # by card: the rule's code, and its name as the author has it
        self._used: set[tuple[str, str]] = set()

    def lint(self) -> Iterator[Diagnostic]:
        """Hold the rules for cards, then those for decks."""
        views = [
            CardView(card, section, self._shared)
            for section in self._deck.sections
            for card in section.cards
            if self._is_sure(card.id)
        ]
        for view in views:
            if view.card.lint_ignore:
                known = self._settings.known
                names = {known[name].code: name for name, _ in view.card.lint_ignore if name in known}
                self._silenced[view.card.id] = names
        checks = [(entry, entry.rule.card, entry.options) for entry in self._active if entry.rule.card is not None]
        unsure = self._home.unsure
        for view in views:
            unknown = unsure.get(view.card.id) if unsure else None
            for entry, check, options in checks:
                if unknown and not unknown.isdisjoint(entry.rule.needs):
                    continue
                for finding in check(view, options):
                    yield from self._placed(entry, finding, view)
        deck = DeckView(self._deck, tuple(views), self._shared)
        everything = self._home.whole and len(views) == sum(len(section.cards) for section in self._deck.sections)
        for entry in self._active:
            if entry.rule.deck is not None and (everything or not entry.rule.needs_all):
                for finding in entry.rule.deck(deck, entry.options):
                    yield from self._placed(entry, finding, finding.card)

    def _is_sure(self, card_id: str) -> bool:
        """Say whether a card can be judged: it has no error of its own, and its language is known."""
        return card_id not in self._home.flawed and "lang" not in self._home.unsure.get(card_id, ())

    def suppressions(self, *, unused: bool) -> Iterator[Diagnostic]:
        """Find names of rules that do not exist, and suppressions that suppress nothing."""
        running = {entry.rule.code for entry in self._active}
        for section in self._deck.sections:
            for card in section.cards:
                for name, _ in card.lint_ignore:
                    document, way = self._home.cards[card.id]
                    path = (*way, "lint_ignore", name)
                    rule = self._settings.known.get(name)
                    if rule is None:
                        hint = did_you_mean(name, self._settings.known)
                        message = f"there is no lint rule `{shortened(name)}`"
                        yield document.diagnose("CG701", message, path, hint, of_key=True)
                    elif (
                        unused
                        and rule.code in running
                        and card.id not in self._home.flawed
                        and (card.id, rule.code) not in self._used
                    ):
                        message = f"`{name}` finds nothing in the card `{card.id}`"
                        yield document.diagnose("CG706", message, path, of_key=True)

    def _placed(self, entry: Active, finding: Finding, view: CardView | None) -> Iterator[Diagnostic]:
        if view is None:
            yield _diagnostic(entry, finding, self._home.deck.place(finding.path))
            return
        card_id = view.card.id
        if entry.rule.code in self._silenced.get(card_id, ()):
            self._used.add((card_id, entry.rule.code))
            return
        document, way = self._home.cards[card_id]
        yield _diagnostic(entry, finding, _place(document, way, finding))


def _place(document: Document, way: KeyPath, finding: Finding) -> Place:
    path = (*way, *finding.path)
    if finding.text is not None:
        span = finding.span if finding.as_written else finding.text.written_span(finding.span)
        if span is not None:
            return document.place_inside(path, finding.text.written, span)
    return document.place(path)


def _diagnostic(entry: Active, finding: Finding, place: Place) -> Diagnostic:
    return Diagnostic(entry.rule.code, finding.message, place, finding.hint or entry.rule.way_out, entry.type)


def _sources(loaded: Loaded, active: list[Active]) -> Iterator[Diagnostic]:
    document = loaded.files.sources if loaded.files is not None else None
    if document is None or loaded.readable is None or not isinstance(document.value, dict):
        return
    entries = document.value.get("references")
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        source_id = entry.get("id") if isinstance(entry, dict) else None
        source = loaded.readable.sources.get(source_id) if isinstance(source_id, str) else None
        if source is None:
            continue
        for rule in active:
            if rule.rule.source is not None:
                for finding in rule.rule.source(source, rule.options):
                    yield _diagnostic(rule, finding, document.place(("references", index, *finding.path)))
