"""The decks' figures are those of the dossier of facts, which stands in ``tests/facts``.

`dossier.yaml` holds the facts as researched, `withdrawn.yaml` those that a second reading took back. A file for each
deck names for each card the facts it rests on, and for each figure of a statistic the fact it is taken from; under
``own`` stand numbers that are no facts, such as the years in an invented example, and under ``dated`` the fact that a
card's `as_of` speaks of where others of its facts are older. A card with a figure, a unit, a year or a date that its
facts do not have fails here.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from conftest import REPOSITORY
from msgspec import Struct

from cardgen.kinds.statistic import Statistic
from cardgen.load import load_decks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.model import Card, Collection

FACTS: Final = REPOSITORY / "tests" / "facts"
RESEARCHED: Final = date(2026, 11, 29)
"""The day of the second reading: what was stale by then is on no card."""

NUMBER: Final = re.compile(r"(?<![\w-])(?<!Step )(?<!Part )\d+(?:,\d{3})*(?:\.\d+)?(?![\w-]*[A-Za-z])")
"""A number, and not part of a name such as J-1, H-1B or Step 2."""


@cache
def read(name: str) -> dict[str, Any]:
    """Return one of the files of facts."""
    text = (FACTS / f"{name}.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


@cache
def dossier() -> dict[str, list[dict[str, Any]]]:
    """Return the facts by id; where two facts have the same id, either may be meant."""
    return {name: fact if isinstance(fact, list) else [fact] for name, fact in read("dossier").items()}


def rests_on(deck: str) -> dict[str, dict[str, Any]]:
    """Return for each card of a deck the ids of its facts."""
    return read(deck)


@cache
def collection() -> Collection:
    loaded = load_decks(REPOSITORY / "decks")
    assert loaded.collection is not None
    return loaded.collection


def cards() -> Iterator[tuple[str, Card, dict[str, Any]]]:
    """Yield each card with its address and its entry."""
    for deck in collection().decks:
        for card in deck.cards():
            yield f"{deck.name}/{card.id}", card, rests_on(deck.name).get(card.id, {})


def ids(entry: Any) -> Iterator[str]:
    """Yield all ids of an entry."""
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, dict):
        for key, value in entry.items():
            if key not in {"own", "dated"}:
                yield from ids(value)
    else:
        for value in entry:
            yield from ids(value)


def facts_of(entry: dict[str, Any]) -> list[dict[str, Any]]:
    return [fact for name in ids(entry) for fact in dossier().get(name, [])]


def numbers(text: str) -> set[Decimal]:
    """Return the numbers that a text writes, with or without commas between thousands."""
    return {Decimal(found.replace(",", "")) for found in NUMBER.findall(text)}


def words(value: Any) -> Iterator[str]:
    """Yield all texts of a value, whatever it is made of; no ids."""
    if isinstance(value, dict):
        yield from words(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from words(item)
    elif isinstance(value, Struct):
        yield from words([getattr(value, name) for name in value.__struct_fields__ if name != "id"])
    else:
        yield str(value)


def supports(fact: str, card: str) -> bool:
    """Return whether a fact's date carries that of a card, which is no later and no more precise."""
    told = re.findall(r"\d+", card)
    known = re.findall(r"\d+", fact)
    return told <= known[: len(told)] and (told < known[: len(told)] or len(told) <= len(known))


def figures(card: Card, entry: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield each figure of a statistic: where it stands, how it is written, and the id of its fact."""
    content = card.content
    assert isinstance(content, Statistic)
    yield "value", content.value, entry["value"]
    for label, figure in content.compare:
        yield f"compare {label}", str(figure), entry["compare"][label]
    for label, points in content.series:
        for point, figure in points:
            yield f"series {label} {point}", str(figure), entry["series"][label][int(point)]


def statistics() -> Iterator[tuple[str, Statistic, Card, dict[str, Any]]]:
    for name, card, entry in cards():
        if isinstance(card.content, Statistic):
            yield name, card.content, card, entry


def test_every_card_names_facts_that_there_are() -> None:
    unknown = [(name, fact) for name, _, entry in cards() for fact in ids(entry) if fact not in dossier()]
    assert ([name for name, _, entry in cards() if not entry.get("facts")], unknown) == ([], [])


def test_nothing_in_the_dossier_is_without_a_card() -> None:
    known = {name for name, _, _ in cards()}
    entries = {f"{deck.name}/{card}" for deck in collection().decks for card in rests_on(deck.name)}
    used = {fact for deck in collection().decks for fact in ids(rests_on(deck.name))}
    assert (sorted(entries - known), sorted(dossier().keys() - used)) == ([], [])


def test_the_value_of_a_statistic_is_that_of_its_fact() -> None:
    wrong = [
        (name, content.value, [fact.get("value") for fact in dossier()[entry["value"]]])
        for name, content, _, entry in statistics()
        if not any(numbers(content.value) == numbers(str(fact.get("value"))) for fact in dossier()[entry["value"]])
    ]
    assert wrong == []


def test_every_figure_of_a_chart_is_in_its_fact() -> None:
    wrong = [
        (name, place, figure, fact)
        for name, _, card, entry in statistics()
        for place, figure, fact in figures(card, entry)
        if not any(numbers(figure) <= numbers(" ".join(words(found))) for found in dossier()[fact])
    ]
    assert wrong == []


def test_a_statistic_names_the_year_of_its_fact() -> None:
    wrong = []
    for name, content, card, entry in statistics():
        years = set(re.findall(r"\b(?:19|20)\d\d\b", " ".join(str(f.get("period")) for f in dossier()[entry["value"]])))
        told = set(re.findall(r"\b(?:19|20)\d\d\b", f"{content.question} {content.period} {card.as_of} {card.note}"))
        if years and not years & told:
            wrong.append((name, sorted(years), sorted(told)))
    assert wrong == []


def test_a_statistic_in_percent_rests_on_a_fact_in_percent() -> None:
    wrong = [
        (name, content.unit, unit)
        for name, content, _, entry in statistics()
        for unit in [" ".join(str(fact.get("unit", "")) for fact in dossier()[entry["value"]])]
        if ("percent" in content.unit) != ("percent" in unit or "pct" in unit or "share" in unit)
    ]
    assert wrong == []


def test_every_number_of_a_card_is_in_its_facts() -> None:
    wrong = []
    for name, card, entry in cards():
        told = numbers(" ".join(words([card.content, card.note])))
        known = numbers(" ".join(words([*facts_of(entry), entry.get("own", [])])))
        # A date of the facts, 2026-12-08, is told as 8 December 2026.
        known |= {Decimal(part) for part in re.findall(r"\d+", " ".join(words(facts_of(entry))))}
        if told - known:
            wrong.append((name, sorted(map(str, told - known))))
    assert wrong == []


def test_a_card_goes_stale_no_later_than_its_facts() -> None:
    wrong = []
    for name, card, entry in cards():
        days = [date.fromisoformat(str(fact["stale_after"])) for fact in facts_of(entry) if "stale_after" in fact]
        last = min((day for day in days if day >= RESEARCHED), default=None)
        if last is not None and (card.stale_after is None or card.stale_after > last):
            wrong.append((name, str(card.stale_after), str(last)))
    assert wrong == []


def test_no_card_rests_on_a_withdrawn_fact() -> None:
    withdrawn = read("withdrawn").keys()
    wrong = [(name, sorted(taken)) for name, _, entry in cards() if (taken := withdrawn & set(ids(entry)))]
    assert wrong == []


def test_a_card_that_rests_on_unofficial_pages_alone_says_so_and_where_to_check() -> None:
    wrong = [
        name
        for name, card, entry in cards()
        if (grades := {fact["grade"] for fact in facts_of(entry) if "grade" in fact})
        and (grades == {"C"} or "unverified" in grades)
        and not (card.secondary and card.see)
    ]
    assert wrong == []


def test_a_card_is_dated_no_later_than_its_facts() -> None:
    """A card with several facts has the date of the oldest, unless its entry names the one that its date speaks of."""
    wrong = []
    for name, card, entry in cards():
        about = dossier()[entry["dated"]] if "dated" in entry else facts_of(entry)
        latest = min((str(fact["as_of"]) for fact in about if "as_of" in fact), default=None)
        graded = any("grade" in fact for fact in about)
        if card.as_of and graded and (latest is None or not supports(latest, card.as_of)):
            wrong.append((name, card.as_of, latest))
    assert wrong == []


@pytest.mark.parametrize(
    ("fact", "card", "holds"),
    [
        ("2026-06-30", "2026-06-30", True),
        ("2026-06-30", "2026-06", True),
        ("2026-06-30", "2026 Match", True),
        ("2026-06-30", "2025-12-31", True),
        ("2026-06-30", "2026-07", False),
        ("2026", "2026-06", False),
        ("2026", "2027 Match", False),
    ],
)
def test_a_date_is_supported_to_its_own_precision(fact: str, card: str, holds: bool) -> None:
    assert supports(fact, card) is holds


def test_the_best_source_of_a_card_comes_first_and_is_no_repository() -> None:
    wrong = []
    for name, card, _ in cards():
        works = [collection().sources[citation.source] for citation in card.citations]
        if works and (works[0].grade != min(work.grade for work in works) or "github" in works[0].url):
            wrong.append(name)
    assert wrong == []
