"""The decks' figures are those of the dossier of facts, which stands in ``tests/facts``.

`dossier.yaml` holds the facts; a file for each deck names for each card the facts it rests on, and for each figure of a
statistic the fact it is taken from. A card with another figure, year, unit or day than its facts fails here.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from conftest import REPOSITORY

from cardgen.kinds.statistic import Statistic
from cardgen.loading import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.model import Card, Collection

FACTS: Final = REPOSITORY / "tests" / "facts"
RESEARCHED: Final = "2026-11-22"
"""The day of the dossier: what was stale by then is on no card."""


@cache
def dossier() -> dict[str, list[dict[str, Any]]]:
    """Give the facts by id; in a few cases two fact files had the same id, and either may be meant."""
    facts = yaml.load((FACTS / "dossier.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return {name: fact if isinstance(fact, list) else [fact] for name, fact in facts.items()}


@cache
def rests_on(deck: str) -> dict[str, dict[str, Any]]:
    """Give for each card of a deck the ids of its facts."""
    found: dict[str, dict[str, Any]] = yaml.load(
        (FACTS / f"{deck}.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )
    return found


@cache
def collection() -> Collection:
    loaded = load(REPOSITORY / "decks")
    assert loaded.collection is not None
    return loaded.collection


def cards() -> Iterator[tuple[str, Card, dict[str, Any]]]:
    for deck in collection().decks:
        for card in deck.cards():
            if card.id not in deck.retired:
                yield f"{deck.name}/{card.id}", card, rests_on(deck.name).get(card.id, {})


def ids(entry: Any) -> Iterator[str]:
    """Give all ids of an entry."""
    if isinstance(entry, str):
        yield entry
    else:
        for value in entry.values() if isinstance(entry, dict) else entry:
            yield from ids(value)


def figures(card: Card, entry: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Give each figure of a statistic: where it stands, how it is written, and the id of its fact."""
    content = card.content
    assert isinstance(content, Statistic)
    yield "value", content.value, entry["value"]
    for label, figure in content.compare:
        yield f"compare {label}", str(figure), entry["compare"][label]
    for label, points in content.series:
        for point, figure in points:
            yield f"series {label} {point}", str(figure), entry["series"][label][point]


def numbers(text: str) -> set[Decimal]:
    """Give the numbers that a text writes, thousands set apart or not."""
    return {Decimal(found.replace(",", "")) for found in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)}


def test_every_card_names_its_facts_and_every_fact_its_card() -> None:
    unnamed = [name for name, _, entry in cards() if not entry.get("facts")]
    known = {name for name, _, _ in cards()}
    lost = [f"{deck.name}/{card}" for deck in collection().decks for card in rests_on(deck.name)]
    used = {fact for deck in collection().decks for fact in ids(rests_on(deck.name))}
    assert (unnamed, [name for name in lost if name not in known], sorted(used ^ dossier().keys())) == ([], [], [])


def test_every_figure_is_that_of_its_fact() -> None:
    wrong = [
        (name, place, figure, fact)
        for name, card, entry in cards()
        if card.kind == "statistic"
        for place, figure, fact in figures(card, entry)
        if not any(numbers(figure) & numbers(found.get("value", "")) for found in dossier()[fact])
    ]
    assert wrong == []
