"""What tests of findings share: small decks with something wrong in them, and what is found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cardgen.load import load_decks

if TYPE_CHECKING:
    from pathlib import Path

Files = dict[str, str | bytes | None]


def section(*cards: str) -> Files:
    """Return the section of the small deck with cards in flow style, each on a line of its own from line 3."""
    return {"demo/one.yaml": "title: One\ncards:\n" + "".join(f"  - {{{card}}}\n" for card in cards)}


def deck(more: str, sections: str = "one") -> Files:
    """Return the small deck's own file with more in it, from line 4."""
    return {"demo/deck.yaml": f"id: demo\ntitle: Demo\nsections: [{sections}]\n{more}"}


@dataclass(frozen=True)
class Case:
    """Files beside or instead of those of a small deck, what is run on them, and all that it then says.

    `out` is what a warning leaves on standard output, with N for sizes.
    """

    files: Files
    shown: str
    arguments: tuple[str, ...] = ("check",)
    out: str = "1 deck, 1 card: 1 warning\n"
    folders: tuple[str, ...] = ()
    links: dict[str, str] = field(default_factory=dict)


LEDGER_HEAD = "# cardgen ledger 1 of demo: when each note last changed. cardgen build keeps it; commit it."
NEW_YEAR = "2026-01-01T00:00:00Z"
LONG = "Words. " * 300

LINTED: Files = {"collection.yaml": "lint: lint.yaml\n"}

SOURCES: Files = {"sources.yaml": "references:\n  - {id: abc, type: book, title: T}\n"}
FACETS: Files = {"collection.yaml": "facets: {level: [core, more], country: [US, CA]}\n"}


def found_in(root: Path) -> list[tuple[str, str, str]]:
    """Return code, place and message of all findings; places from the folder of the decks."""
    return [
        (found.code, str(found.place).removeprefix(f"{root.as_posix()}/"), found.message)
        for found in load_decks(root).diagnostics
    ]
