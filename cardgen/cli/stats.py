"""The command `stats`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click
from msgspec.structs import asdict

from cardgen.cli.options import (
    deck_names,
    decks_folder,
    decks_option,
    language_option,
    output_option,
    pair,
    tier_option,
    variant_option,
    where_option,
)
from cardgen.cli.terminal import say, say_document, show_findings, wrong_usage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from cardgen.stats import Stats

JSON_VERSION: Final = 2
"""Version of the JSON form; it grows when a field changes its meaning or goes away."""

_NAMED: Final = 8
"""Cards that are named before the rest is only counted."""


@click.command()
@deck_names()
@language_option
@variant_option
@tier_option
@where_option
@output_option("text", "json", what="the figures")
@decks_option
def stats(
    names: tuple[str, ...],
    languages: tuple[str, ...],
    variants: tuple[str, ...],
    tiers: tuple[str, ...],
    where: tuple[str, ...],
    output: str,
    decks: Path | None,
) -> None:
    """Say what is in decks: cards by kind and by facets, lengths of answers, sources, what becomes overdue.

    \b
    Examples:
      cardgen stats
      cardgen stats rivers --variant essentials
      cardgen stats --where level=core
      cardgen stats world --tier standard
      cardgen stats --output json
    """  # noqa: D301 - \b is click's mark for lines to keep
    from cardgen.build.clock import build_time
    from cardgen.build.plan import editions
    from cardgen.build.request import Request
    from cardgen.load import load_decks
    from cardgen.stats import stats_of

    demands = tuple(pair(text) for text in where)
    loaded = load_decks(decks_folder(decks), names, languages=languages)
    if loaded.collection is None:
        show_findings(loaded.diagnostics)
        sys.exit(1)
    with wrong_usage():
        day = build_time().date()
        chosen, problems = editions(Request(decks, names, variants, demands, tiers=tiers), loaded.collection)
    show_findings((*problems, *loaded.diagnostics))
    if problems:
        sys.exit(1)
    figures = [stats_of(edition, loaded.collection, day) for edition in chosen]
    if output == "json":
        say_document(as_json(figures))
    else:
        say("\n\n".join(map(as_text, figures)))


def as_json(figures: Sequence[Stats]) -> str:
    """Write ``{"version": 1, "editions": [...]}``, each with the fields of `cardgen.stats.Stats`."""
    from cardgen.diagnostics.shown import json_document

    editions = [{**asdict(edition), "answers": asdict(edition.answers)} for edition in figures]
    return json_document({"version": JSON_VERSION, "editions": editions})


def as_text(figures: Stats) -> str:
    """Write a block of lines for an edition."""
    from cardgen.diagnostics.shown import line

    rows = list(_rows(figures))
    width = max(len(label) for label, _ in rows)
    lines = [f"  {label:{width}}  {text}".rstrip() for label, text in rows]
    return "\n".join(map(line, [f"{figures.name}  {figures.title}", *lines]))


def _rows(figures: Stats) -> Iterator[tuple[str, str]]:
    yield "cards", f"{figures.cards:,}"
    yield "kind", _listed(figures.kinds)
    for facet, counts in figures.facets.items():
        yield facet, _listed(counts)
    yield "section", _listed(figures.sections)
    answers = figures.answers
    if answers.count:
        yield (
            "answers",
            (f"{answers.count:,}; median {answers.median:g} words, 90 percent have {answers.ninetieth} or fewer"),
        )
        yield "longest", ", ".join(f"{card_id} ({words})" for card_id, words in answers.longest)
    yield "sources", f"{figures.sources:,}"
    if figures.sources:
        yield "grade", _listed(figures.grades)
        yield "age in years", _listed(figures.ages)
    yield "overdue", _named(figures.overdue)
    for months, ids in figures.upcoming.items():
        yield f"in {months} months", _named(ids)


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())


def _named(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - _NAMED:,} more" if len(ids) > _NAMED else ""
    return f"{len(ids):,}: {', '.join(ids[:_NAMED])}{more}" if ids else "0"
