"""What happens to one line of the shipped decks is told where it happened, or it harms nothing but its own field."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from conftest import REPOSITORY

from cardgen.check import Vocabulary, convert, fits, lost_comments
from cardgen.check.explain import explain
from cardgen.diagnostics import in_file_order
from cardgen.read import read_document
from cardgen.read.flaws import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cardgen.diagnostics import Diagnostic
    from cardgen.read import Document

SEED = 20261129
COUNT = 300
CARDS = 4
"""So many cards of a file are mutated at a time: enough to have neighbours, few enough to be fast."""

Mutation = Callable[[list[str], int], list[str] | None]
"""Takes all lines and the number of one of them, from 0; gives the new lines, or None where it does not apply."""


def deleted(lines: list[str], at: int) -> list[str] | None:
    return lines[:at] + lines[at + 1 :]


def swapped(lines: list[str], at: int) -> list[str] | None:
    if at + 1 == len(lines) or lines[at] == lines[at + 1]:
        return None
    return [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]


def indented(by: int) -> Mutation:
    def mutate(lines: list[str], at: int) -> list[str] | None:
        return with_line(lines, at, " " * by + lines[at])

    return mutate


def outdented(by: int) -> Mutation:
    def mutate(lines: list[str], at: int) -> list[str] | None:
        return with_line(lines, at, lines[at][by:]) if lines[at].startswith(" " * by) else None

    return mutate


def without(pattern: str, instead: str = "") -> Mutation:
    def mutate(lines: list[str], at: int) -> list[str] | None:
        changed = re.sub(pattern, instead, lines[at], count=1)
        return None if changed == lines[at] else with_line(lines, at, changed)

    return mutate


def with_line(lines: list[str], at: int, line: str) -> list[str]:
    return [*lines[:at], line, *lines[at + 1 :]]


MUTATIONS: dict[str, Mutation] = {
    "deleted": deleted,
    "swapped": swapped,
    "indented by 1": indented(1),
    "indented by 2": indented(2),
    "indented by 4": indented(4),
    "outdented by 1": outdented(1),
    "outdented by 2": outdented(2),
    "outdented by 4": outdented(4),
    "without its first quote": without("[\"']"),
    "without its last quote": without("[\"'](?=[^\"']*$)"),
    "without its quotes": without("([\"'])(.*)\\1", "\\2"),
    "without its dash": without(r"^( *)- ", r"\1  "),
    "without its colon": without(r"^( *(?:- )?\w+):", r"\1"),
    "without a space after its colon": without(r"^( *(?:- )?\w+:) ", r"\1"),
    "without its last bracket": without(r"[\]}](?=[^\]}]*$)"),
    "without its first bracket": without(r"[\[{]"),
    "indented with no-break spaces": without(r"^ ( *)", "\xa0\\1"),
}


@cache
def pieces() -> list[str]:
    """Return the shipped card files in pieces of a few cards, each a file of its own."""
    found = []
    for file in sorted((REPOSITORY / "decks").glob("*/*.yaml")):
        document = read_document(file, file.name)
        starts = [document.text.rindex("\n", 0, at) + 1 for at in document.items.values()]
        if file.name == "deck.yaml" or len(starts) < CARDS:
            continue
        head = document.text[: starts[0]]
        found += [head + document.text[starts[n] : starts[n + CARDS]] for n in range(0, len(starts) - CARDS, CARDS)]
    return found


OF_COLLECTION = Vocabulary(("audience", "country", "level"))
"""Those of the shipped decks."""


@dataclass(frozen=True)
class Checked:
    """A file as read, and what was found."""

    document: Document
    found: tuple[Diagnostic, ...]


def checked(text: str, folder: Path) -> Checked:
    file = folder / "s.yaml"
    file.write_bytes(text.encode())
    document = read_document(file, "s.yaml")
    found = list(document.diagnostics)
    if document.value is not None:
        convert(document.value, "cards")
        found += lost_comments(document, "cards", OF_COLLECTION)
        if not fits(document.value, "cards", vocabulary=OF_COLLECTION):
            found += explain(document, "cards", OF_COLLECTION)
    return Checked(document, in_file_order(found))


def fields(document: Document) -> dict[tuple[Any, ...], Any]:
    """Return the fields of the file and of its cards, by their paths."""
    value = document.value
    found: dict[tuple[Any, ...], Any] = {(name,): part for name, part in value.items() if name != "cards"}
    for number, card in enumerate(value["cards"]):
        found |= {("cards", number, name): part for name, part in card.items()}
    return found


def rows(document: Document, path: tuple[Any, ...]) -> range:
    """Return the lines that a field takes up, from 0."""
    lines = Lines(document.text)
    first = lines.locate(document.span(path, of_key=True)[0])[0] - 1
    begins = sorted(lines.locate(document.span(other, of_key=True)[0])[0] - 1 for other in fields(document))
    return range(first, next((row for row in begins if row > first), len(lines.starts)))


def verdict(before: Document, after: Checked, row: int, last: int) -> str:
    """Say what is wrong with how a mutation of some lines came out; nothing if it came out well."""
    places = [found.place for found in after.found if found.place is not None]
    if places:
        first = min(places, key=lambda place: place.line)
        near = row - 1 <= first.line <= last + 3
        # What a card lacks is told where the card begins: nobody can know where it was. A name that comes a second time
        # is told there, and says where it came first.
        starts = [after.document.place(("cards", n)).line for n in range(CARDS + 1)] if after.document.value else []
        around = max((line for line in starts if line <= row + 2), default=0)
        lacks = first.line == around and after.found[0].code == "CG202"
        twice = re.search(r"first in line (\d+)", after.found[0].message)
        near = near or (twice is not None and row - 1 <= int(twice[1]) <= last + 3)
        return "" if near or lacks else f"told at line {first.line}"
    old, new = fields(before), fields(after.document)
    changed = [path for path in old.keys() | new.keys() if old.get(path) != new.get(path)]
    for path in changed:
        where = [rows(document, path) for document, there in ((before, old), (after.document, new)) if path in there]
        if not any(part.start <= last and row < part.stop for part in where):
            return f"changes {path} without a word"
    return ""


def mutants(count: int) -> Iterator[tuple[str, str, str, int, int]]:
    """Yield mutated pieces: the piece, the mutation's name, what came out, and the first and last line changed."""
    chance = random.Random(SEED)
    while count:
        piece = chance.choice(pieces())
        lines = piece.split("\n")[:-1]
        row = chance.randrange(len(lines))
        name = chance.choice(sorted(MUTATIONS))
        mutated = MUTATIONS[name](lines, row) if lines[row].strip() and not lines[row].startswith("#") else None
        if mutated is not None and mutated != lines:
            count -= 1
            yield piece, name, "\n".join([*mutated, ""]), row, row + (name == "swapped")


def test_a_mutated_line_is_told_where_it_is_or_harms_nothing_else(tmp_path: Path) -> None:
    wrong = []
    for piece, name, mutated, row, last in mutants(COUNT):
        before = checked(piece, tmp_path)
        assert not before.found
        said = verdict(before.document, checked(mutated, tmp_path), row, last)
        if said:
            wrong.append(f"line {row + 1} {name}, {said}:\n{piece}")
    assert wrong == []
