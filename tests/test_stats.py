"""What `stats` says is in decks."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from cardgen.load import load_decks
from cardgen.model.edition import Edition
from cardgen.stats import Answers, Stats, stats_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

FILES: dict[str, str | bytes | None] = {
    "collection.yaml": "facets: {level: [core, more], audience: any, topic: any}\n",
    "sources.yaml": """\
references:
  - {id: new, type: book, title: New, publisher: P, issued: 2026-03, custom: {grade: A}}
  - {id: old, type: book, title: Old, publisher: P, issued: 2009, custom: {grade: C}}
  - {id: undated, type: book, title: Undated, publisher: P}
  - {id: uncited, type: book, title: Uncited, publisher: P}
""",
    "demo/deck.yaml": """\
id: demo
title: Demo
sections: [one, two]
variants: {core: {where: {level: core}}}
""",
    "demo/one.yaml": """\
title: One
cards:
  - {id: a, kind: basic, front: Q, back: One two three, level: core, audience: [x, y], source: [new, old]}
  - {id: b, kind: cloze, text: "It is {{c1::one}} and {{c2::one two}}.", level: core, audience: x, source: undated}
""",
    "demo/two.yaml": """\
title: Two
cards:
  - {id: c, kind: basic, front: R, back: One, stale_after: 2026-11-21}
  - {id: d, kind: basic, front: S, back: One, stale_after: 2026-11-22}
  - {id: e, kind: basic, front: T, back: One, stale_after: 2027-02-21}
  - {id: f, kind: basic, front: U, back: One, stale_after: 2027-02-22}
  - {id: g, kind: basic, front: V, back: One, stale_after: 2027-11-21}
  - {id: h, kind: basic, front: W, back: One, stale_after: 2027-11-22}
""",
}
NOVEMBER = {"SOURCE_DATE_EPOCH": "1795305600"}  # 2026-11-22


def test_an_edition_is_counted(decks: Callable[..., Path]) -> None:
    collection = load_decks(decks(FILES)).collection
    assert collection is not None
    assert stats_of(Edition(collection.decks[0]), collection, date(2026, 11, 22)) == Stats(
        name="demo",
        title="Demo",
        cards=8,
        kinds={"basic": 7, "cloze": 1},
        facets={"level": {"core": 2, "none": 6}, "audience": {"x": 2, "y": 1, "none": 6}, "topic": {"none": 8}},
        sections={"one": 2, "two": 6},
        answers=Answers(9, 1, 3, (("a", 3), ("b", 2), ("b", 1), ("c", 1), ("d", 1))),
        sources=3,
        grades={"A": 1, "C": 1, "none": 1},
        ages={"0-1": 1, "10+": 1, "none": 1},
        overdue=("c",),
        upcoming={3: ("d", "e"), 6: ("d", "e", "f"), 12: ("d", "e", "f", "g")},
    )


@pytest.mark.parametrize(
    ("day", "upcoming"),
    [
        pytest.param(date(2026, 11, 30), ("e", "f"), id="a shorter month"),
        pytest.param(date(9999, 12, 31), (), id="the last day"),
    ],
)
def test_months_are_counted_from_any_day(day: date, upcoming: tuple[str, ...], decks: Callable[..., Path]) -> None:
    collection = load_decks(decks(FILES)).collection
    assert collection is not None
    assert stats_of(Edition(collection.decks[0]), collection, day).upcoming[3] == upcoming


def test_figures_for_people_are_lines(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks(FILES)
    shown = cardgen("stats", "--variant", "core", env=NOVEMBER)
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.splitlines() == [
        "demo-core  Demo",
        "  cards         2",
        "  kind          basic 1, cloze 1",
        "  level         core 2",
        "  audience      x 2, y 1",
        "  topic         none 2",
        "  section       one 2",
        "  answers       3; median 2 words, 90 percent have 3 or fewer",
        "  longest       a (3), b (2), b (1)",
        "  sources       3",
        "  grade         A 1, C 1, none 1",
        "  age in years  0-1 1, 10+ 1, none 1",
        "  overdue       0",
        "  in 3 months   0",
        "  in 6 months   0",
        "  in 12 months  0",
    ]


def test_figures_for_programs_are_one_document_with_a_version(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks(FILES)
    document = json.loads(cardgen("stats", "--where", "kind=cloze", "--output", "json", env=NOVEMBER).out)
    assert document["version"] == 2
    (edition,) = document["editions"]
    assert edition["answers"] == {"count": 2, "median": 1.5, "ninetieth": 2, "longest": [["b", 2], ["b", 1]]}
    assert edition["upcoming"] == {"3": [], "6": [], "12": []}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("--deck nope", 1, "error[CG501]"),
        ("--variant nope", 1, "error[CG502]"),
        ("--where audience=nope", 1, "error[CG503]"),
        ("--where colour=red", 2, "cards are not selected by `colour`"),
        ("--where level", 2, "--where takes KEY=VALUE"),
    ],
)
def test_what_is_not_there_is_said(
    arguments: str, code: int, said: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks(FILES)
    ran = cardgen("stats", *arguments.split())
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
