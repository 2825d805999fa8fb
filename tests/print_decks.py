"""Decks that tests print: an ordinary one, and one of everything that is too long, too wide or looks like markup."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from conftest import artefacts, card_file, written
from printed import Printed

from cardgen.model import Printing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pytest

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
CARDS = 20
"""So many that cards take three pages of fronts."""

TABLE = "| Term | Law |\n| --- | --- |\n| One | Legal |\n| Two | Illegal |"
DECK = "id: demo\ntitle: Prep::Demo deck\ndescription: Not legal advice.\nsections: [one, two]\n"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="100" height="50" fill="teal"/></svg>'
)
ONE: list[dict[str, Any]] = [
    {
        "id": f"card-{number}",
        "kind": "basic",
        "front": f"Question {number} here?",
        "back": f"Answer {number} there.",
        "source": "report",
        "as_of": "2026-06",
    }
    for number in range(1, CARDS + 1)
]
TWO: list[dict[str, Any]] = [
    {"id": "table", "kind": "basic", "front": "Which laws?", "back": TABLE, "confidence": "secondary"},
    {"id": "arabic", "kind": "basic", "lang": "ar", "front": "ما هو مرض السكري؟", "back": "مرض **مزمن** 126 mg/dL."},
    {"id": "hindi", "kind": "basic", "lang": "hi", "front": "सहमति क्या है?", "back": "रोगी को *समझाकर* लेना।"},
    {"id": "picture", "kind": "basic", "front": "What is it?", "back": "![A teal field](media/teal.svg)"},
    {"id": "cloze", "kind": "cloze", "text": "From the {{c1::Black Forest::hills}} to the {{c2::Black Sea}}."},
    {
        "id": "choice",
        "kind": "choice",
        "question": "Which visa?",
        "options": [{"text": "Tourist"}, {"text": "Exchange", "right": True}],
        "why": "It is the usual one.",
    },
    {
        "id": "statistic",
        "kind": "statistic",
        "question": "How many matched?",
        "value": "56.4",
        "unit": "percent",
        "period": "2026",
        "compare": {"These": 56.4, "Those": 70},
    },
    {
        "id": "process",
        "kind": "process",
        "title": "To the visa",
        "steps": [{"id": "sign", "do": "Sign it."}, {"id": "apply", "do": "Apply for it.", "who": "You"}],
    },
    {
        "id": "framework",
        "kind": "framework",
        "question": "Why us of all?",
        "asks_for": "Fit",
        "moves": [
            {"id": "fact", "cue": "Some fact", "text": "State a fact."},
            {"id": "link", "cue": "Some link", "text": "Link it."},
        ],
        "do": "Prepare well.",
        "dont": "Flatter them.",
        "seconds": 60,
    },
]
FILES = {
    "sources.yaml": "references:\n  - {id: report, type: report, title: Results, URL: 'https://example.org/r'}\n",
    "demo/deck.yaml": DECK,
    "demo/media/teal.svg": PICTURE,
    "demo/one.yaml": card_file("First part", ONE),
    "demo/two.yaml": card_file("Second part", TWO),
}

HOSTILE: list[dict[str, Any]] = [
    {"id": "word", "kind": "basic", "front": "Is " + "Kapitaen" * 16 + "?", "back": "A" * 600},
    {"id": "code", "kind": "basic", "front": "Code?", "back": "```\n" + "x = y" * 40 + "\n```\n\n`" + "z" * 90 + "`"},
    {
        "id": "table",
        "kind": "basic",
        "front": "Seven?",
        "back": "|" + "Heading|" * 7 + "\n|" + "-|" * 7 + "\n|" + "Pneumonoultramicroscopic|" * 7,
    },
    {
        "id": "wide",
        "kind": "basic",
        "front": "Thirty?",
        "back": "|" + "H|" * 30 + "\n|" + "-|" * 30 + "\n|" + "c|" * 30,
    },
    {"id": "long", "kind": "basic", "front": "Long?", "back": " ".join(f"w{i}." for i in range(1200))},
    {"id": "list", "kind": "basic", "front": "List?", "back": "\n".join(f"- point {i}" for i in range(120))},
    {"id": "ask", "kind": "basic", "front": " ".join(f"a{i}?" for i in range(300)), "back": "Short."},
    {"id": "hot", "kind": "basic", "front": "#panic() @ref \\ <script> // x", "back": "a\u202eb\u202c #let x = 1 [*a*"},
    {
        "id": "lines",
        "kind": "statistic",
        "question": "Trend?",
        "value": "-3.5",
        "compare": {"A label that goes on and on and on and on and on": -3.5, "B": 120000},
        "series": {"A label that goes on for the first line": {"2020": 1, "2024": 5}, "Two": {"2020": 1, "2024": 5}},
    },
    {
        "id": "steps",
        "kind": "process",
        "title": "Steps",
        "steps": [
            {"id": f"s{i}", "do": "Do what has to be done in a good many words.", "who": "You", "at": f"2027-{i:02}"}
            for i in range(1, 13)
        ],
        "marks": {"Match Day": "2027-03-19", "The day after": "2027-03-20"},
    },
]

HOSTILE_FILES = {
    "demo/deck.yaml": "id: demo\ntitle: A deck with quite a long title, longer than titles are\nsections: [one]\n",
    "demo/one.yaml": card_file(
        "A section with a title that is longer than any line of any layout that there is to print", HOSTILE
    ),
}


def printer(factory: pytest.TempPathFactory, files: Mapping[str, str]) -> Callable[..., Printed]:
    """Return what prints a deck, each way once, whether it is asked for or the default: ``printed(layout="cards")``."""
    root = written(factory.mktemp("decks"), files)

    @cache
    def build(**values: Any) -> Printed:
        (file,) = artefacts(root, factory.mktemp("dist"), "pdf", printing=Printing(**values)).values()
        return Printed(file)

    return lambda **asked: build(**Printing(**asked).values())
