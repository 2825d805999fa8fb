"""Runs the rules on loaded decks: locates their findings, and drops those that cards suppress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from cardgen.diagnostics import Diagnostic, Severity, did_you_mean, has_errors, shortened
from cardgen.lint.view import CardView, DeckView, Shared
from cardgen.read import nfc

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from cardgen.diagnostics import Place
    from cardgen.lint.base import Finding
    from cardgen.lint.ruleset import Active, Ruleset
    from cardgen.load import Home, Loaded
    from cardgen.model import Deck
    from cardgen.read import Document, KeyPath


class Linted(Struct, frozen=True):
    """What lint found: the findings, in no order."""

    diagnostics: tuple[Diagnostic, ...]


def lint(
    loaded: Loaded, ruleset: Ruleset, day: date, only: Collection[str] = (), least: Severity = Severity.INFO
) -> Linted:
    """Run the rules.

    Cards with an error of their own are skipped, since their content is uncertain.

    Args:
        loaded: The loaded collection.
        ruleset: The rules.
        day: The day of the check, which decides what is overdue.
        only: Codes of the rules to run; all if empty.
        least: Rules of a lower severity are not run.
    """
    if loaded.readable is None:
        return Linted(())
    active = ruleset.chosen(only, least)
    shared = Shared(loaded.readable.sources, day, loaded.neighbours)
    found: list[Diagnostic] = []
    for deck in loaded.readable.decks:
        linter = _DeckLinter(deck, loaded.folders[deck.id], ruleset, active, shared)
        found.extend(linter.lint())
        if not only:
            found.extend(linter.suppressions(unused=not has_errors(loaded.diagnostics)))
    found.extend(_sources(loaded, active))
    return Linted(tuple(found))


class _DeckLinter:
    def __init__(self, deck: Deck, home: Home, ruleset: Ruleset, active: list[Active], shared: Shared) -> None:
        self._deck = deck
        self._home = home
        self._ruleset = ruleset
        self._active = active
        self._shared = shared
        self._suppressed: dict[str, dict[str, str]] = {}  # by card: codes of rules, and their names as written
        self._used: set[tuple[str, str]] = set()

    def lint(self) -> Iterator[Diagnostic]:
        """Run the rules for cards, then those for decks."""
        views = [
            CardView(card, section, self._shared)
            for section in self._deck.sections
            for card in section.cards
            if self._is_sure(card.id)
        ]
        for view in views:
            if view.card.lint_ignore:
                known = self._ruleset.known
                names = {known[name].code: name for name, _ in view.card.lint_ignore if name in known}
                self._suppressed[view.card.id] = names
        checks = [(entry, entry.rule.card, entry.settings) for entry in self._active if entry.rule.card is not None]
        unsure = self._home.unsure
        for view in views:
            unknown = unsure.get(view.card.id) if unsure else None
            for entry, check, settings in checks:
                if unknown and not unknown.isdisjoint(entry.rule.needs):
                    continue
                for finding in check(view, settings):
                    yield from self._placed(entry, finding, view)
            view.forget()
        deck = DeckView(self._deck, tuple(views), self._shared)
        everything = self._home.whole and len(views) == sum(len(section.cards) for section in self._deck.sections)
        for entry in self._active:
            if entry.rule.deck is not None and (everything or not entry.rule.needs_all):
                for finding in entry.rule.deck(deck, entry.settings):
                    yield from self._placed(entry, finding, finding.card)

    def _is_sure(self, card_id: str) -> bool:
        """Return whether a card can be judged: it has no error of its own, and its language is known."""
        return card_id not in self._home.flawed and "lang" not in self._home.unsure.get(card_id, ())

    def suppressions(self, *, unused: bool) -> Iterator[Diagnostic]:
        """Yield findings for unknown rules in `lint_ignore`, and for suppressions that suppress nothing."""
        running = {entry.rule.code for entry in self._active}
        for section in self._deck.sections:
            for card in section.cards:
                for name, _ in card.lint_ignore:
                    document, card_path = self._home.cards[card.id]
                    path = (*card_path, "lint_ignore", name)
                    rule = self._ruleset.known.get(name)
                    if rule is None:
                        hint = did_you_mean(name, self._ruleset.known)
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
            if self._is_told_here(self._home.deck, (), finding):
                yield _diagnostic(entry, finding, self._home.deck.place(finding.path))
            return
        card_id = view.card.id
        if not self._is_told_here(*self._home.cards[card_id], finding):
            return
        if entry.rule.code in self._suppressed.get(card_id, ()):
            self._used.add((card_id, entry.rule.code))
            return
        document, card_path = self._home.cards[card_id]
        yield _diagnostic(entry, finding, _place(document, card_path, finding))

    def _is_told_here(self, document: Document, path: KeyPath, finding: Finding) -> bool:
        """Return whether a finding is about what a file says: of a translation, all but its texts is another deck's."""
        if self._deck.translation is None:
            return True
        return bool(finding.path) and document.holds((*path, *finding.path))


def _place(document: Document, card_path: KeyPath, finding: Finding) -> Place:
    path = (*card_path, *finding.path)
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
        source = loaded.readable.sources.get(nfc(source_id)) if isinstance(source_id, str) else None
        if source is None:
            continue
        for rule in active:
            if rule.rule.source is not None:
                for finding in rule.rule.source(source, rule.settings):
                    yield _diagnostic(rule, finding, document.place(("references", index, *finding.path)))
