"""Turns the patterns of a collection's lint settings into rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cardgen.kinds import Role
from cardgen.lint.base import Finding, Rule, Severity
from cardgen.lint.regexes import compiled, needed
from cardgen.lint.text import has_one_of_each
from cardgen.model import EVERYTHING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping

    from cardgen.lint.base import Settings
    from cardgen.lint.view import CardView, DeckView
    from cardgen.model import Selection

_ROLES: Final = {
    "prompt": frozenset({Role.PROMPT, Role.CUE, Role.GAPS}),
    "answer": frozenset({Role.ANSWER, Role.GAPS}),
    "more": frozenset({Role.MORE}),
    "template": frozenset({Role.TEMPLATE}),
    "wrong": frozenset({Role.WRONG}),
    "any": frozenset(Role) - {Role.WRONG},
}
_LINE_END: Final = str.maketrans("\n", " ")


def listed(value: Any) -> list[str]:  # noqa: ANN401 - one text or a list
    """Return one text or a list of them as a list."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def rule_from(entry: Mapping[str, Any], where: Selection = EVERYTHING) -> Rule:
    """Return a pattern that fits its schema as a rule.

    Args:
        entry: The pattern.
        where: The cards it applies to.

    Raises:
        UnfitExpressionError: If one of its expressions cannot be used.
    """
    pattern = _Pattern(entry, where)
    return Rule(
        code=entry["id"],
        name=entry["id"],
        severity=Severity(entry.get("severity", "warning")),
        finds=entry["message"],
        why=entry.get("why", ""),
        way_out=entry.get("hint", ""),
        references=(),
        bad="",
        good="",
        card=None if pattern.for_decks else pattern.check,
        deck=pattern.check_deck if pattern.for_decks else None,
        needs=frozenset(key for key, _ in where.demands),
    )


class _Pattern:
    def __init__(self, entry: Mapping[str, Any], where: Selection) -> None:
        self._message = entry["message"].rstrip(".")
        self._match = [(compiled(text), needed(text)) for text in listed(entry["match"])]
        self._unless = [compiled(text) for text in listed(entry.get("unless"))]
        self._roles = frozenset().union(*(_ROLES[side] for side in listed(entry.get("sides", "any"))))
        self._where = where
        description = entry.get("unless_description")
        self._unless_description = compiled(description) if description else None

    @property
    def for_decks(self) -> bool:
        """Whether it reports the deck's description instead of cards."""
        return self._unless_description is not None

    def check(self, card: CardView, _settings: Settings) -> Iterator[Finding]:
        """Find the pattern in the words of a card, once per text."""
        candidates = self._candidates(card)
        if not candidates or not self._where.selects(card.card):
            return
        for text in card.texts:
            if text.role in self._roles:
                match = _first(candidates, text.plain)
                if match is not None and not self._excused(card):
                    yield text.finding(f"{self._message}: “{match[0].strip()}”", match.span())

    def check_deck(self, deck: DeckView, settings: Settings) -> Iterator[Finding]:
        """Find the first card of a deck with the pattern, unless the deck's description says what it should."""
        description = deck.deck.description
        if self._unless_description is None or self._unless_description.search(description.translate(_LINE_END)):
            return
        for card in deck.cards:
            if any(True for _ in self.check(card, settings)):
                yield Finding(f"{self._message}, as for the card `{card.card.id}`", ("description",))
                return

    def _candidates(self, card: CardView) -> list[re.Pattern[str]]:
        """Return the expressions that may be found; most cards have no word that one needs."""
        folded = card.folded
        return [regex for regex, needs in self._match if has_one_of_each(folded, needs)]

    def _excused(self, card: CardView) -> bool:
        return bool(self._unless) and any(
            regex.search(text.full.translate(_LINE_END)) for regex in self._unless for text in card.texts
        )


def _first(expressions: Iterable[re.Pattern[str]], text: str) -> re.Match[str] | None:
    text = text.translate(_LINE_END) if "\n" in text else text
    return next((match for match in (regex.search(text) for regex in expressions) if match), None)


def missed_samples(entry: Mapping[str, Any]) -> Iterator[tuple[str, int, str]]:
    """Find samples on which a pattern does not do what it should.

    Yields:
        The name of the list (`bad` or `good`), the index in it, and the sample.
    """
    match = [compiled(text) for text in listed(entry["match"])]
    unless = [compiled(text) for text in listed(entry.get("unless"))]
    for name in ("bad", "good"):
        for index, sample in enumerate(listed(entry.get(name))):
            text = sample.translate(_LINE_END)
            found = any(regex.search(text) for regex in match) and not any(regex.search(text) for regex in unless)
            if found != (name == "bad"):
                yield name, index, sample
