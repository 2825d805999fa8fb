"""Generates decks of basic cards: the same arguments give the same files."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CARDS_IN_FILE: Final = 5_000
"""Most cards of one card file, if nobody asks for another number."""

SOURCES: Final = 60

_VOCABULARY: Final = (
    "the sponsor applicant programme committee hospital licence certificate interview ranking deadline application "
    "residency visa training contract resident faculty director specialty examination letter document requires "
    "issues before after during because without within every first final annual clinical federal medical foreign "
    "national signed certified accredited naïve préfecture and of for with from to a in at by"
)
_WORDS: Final = _VOCABULARY.split()

_BOLD_EVERY: Final = 20
"""Every such card has a word in bold: in the decks that cardgen ships, one text in fifty has markup."""

_QUOTED_EVERY: Final = 12
"""Every such card has a colon in its question, so that YAML wants it in quotes."""


def write_collection(folder: Path, cards: int, in_file: int = CARDS_IN_FILE, decks: int = 1) -> None:
    """Write a collection with one deck, `bench`, or several of the same cards, `bench-1` and so on.

    Args:
        folder: Where to; it is made.
        cards: How many cards a deck has.
        in_file: Most cards of one card file, each of which is a section, and in Anki a subdeck.
        decks: How many decks.
    """
    folder.mkdir(parents=True)
    (folder / "collection.yaml").write_text("facets: {level: [core, more]}\n", encoding="utf-8")
    (folder / "sources.yaml").write_text(_sources(), encoding="utf-8")
    for name in ("bench",) if decks == 1 else (f"bench-{number}" for number in range(1, decks + 1)):
        _write_deck(folder / name, cards, in_file)


def _write_deck(deck: Path, cards: int, in_file: int) -> None:
    deck.mkdir()
    starts = range(0, cards, in_file)
    names = [f"section-{number}" for number in range(1, len(starts) + 1)]
    (deck / "deck.yaml").write_text(_deck(deck.name, names), encoding="utf-8")
    for name, start in zip(names, starts, strict=True):
        with (deck / f"{name}.yaml").open("w", encoding="utf-8") as stream:
            stream.write(_head(name))
            stream.writelines(_card(number) for number in range(start, min(start + in_file, cards)))


def write_pictured(folder: Path, pictures: int, size: int, editions: int = 0) -> None:
    """Write a collection with one deck, `bench`, of which each card shows a picture.

    Args:
        folder: Where to; it is made.
        pictures: How many; every other one is a drawing, which packages deflate.
        size: Bytes of each.
        editions: How many variants the deck has; each shows all pictures.
    """
    media = folder / "bench" / "media"
    media.mkdir(parents=True)
    variants = "".join(f"  edition-{number}: {{where: {{kind: basic}}}}\n" for number in range(editions))
    head = "id: bench\ntitle: Bench\nsections: [one]\n" + (f"variants:\n{variants}" if variants else "")
    (folder / "bench" / "deck.yaml").write_text(head, encoding="utf-8")
    names = [f"{number}.{'svg' if number % 2 else 'png'}" for number in range(pictures)]
    for number, name in enumerate(names):
        (media / name).write_bytes((_drawing if number % 2 else _photo)(random.Random(number), size))
    cards = (
        f"  - {{id: c-{number}, kind: basic, front: Which is number {number}?, back: '![It](media/{name})'}}\n"
        for number, name in enumerate(names)
    )
    text = "title: One\ncards:\n" + "".join(cards)
    (folder / "bench" / "one.yaml").write_text(text, encoding="utf-8")


def _photo(chance: random.Random, size: int) -> bytes:
    """Return what begins as a PNG of 640 x 480 pixels does, of which nobody need be warned, and cannot be deflated."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (640).to_bytes(4) + (480).to_bytes(4) + chance.randbytes(size)


def _drawing(chance: random.Random, size: int) -> bytes:
    points = " ".join(f"{chance.randrange(500)},{chance.randrange(500)}" for _ in range(size // 8))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 500 500"><path d="M{points}"/></svg>'.encode()


def _sources() -> str:
    return "references:\n" + "".join(map(_source, range(SOURCES)))


def _source(number: int) -> str:
    return (
        f"  - id: source-{number}\n"
        "    type: webpage\n"
        f"    title: Handbook for applicants, part {number}\n"
        "    publisher: Board of Examples\n"
        "    issued: 2026-03-20\n"
        f"    URL: https://example.org/handbook/{number}\n"
    )


def _deck(name: str, sections: list[str]) -> str:
    return (
        f"id: {name}\n"
        f"title: Benchmark::Basic cards{name.removeprefix('bench').replace('-', ' ')}\n"
        "description: Cards that only machines read.\n"
        f"sections: [{', '.join(sections)}]\n"
        "preset: {new_per_day: 12}\n"
    )


def _head(name: str) -> str:
    return f"title: {name.capitalize().replace('-', ' ')}\ndefaults: {{tags: [bench]}}\ncards:\n"


def _card(number: int) -> str:
    """Return one card; its texts hang on its number alone."""
    words = random.Random(number)
    front = f"{_sentence(words, 8)} in case {number}?"
    if number % _QUOTED_EVERY == 0:
        front = f'"Case {number}: {front}"'
    back = _sentence(words, 12)
    if number % _BOLD_EVERY == 0:
        back += " **once** a year"
    return (
        f"  - id: card-{number}\n"
        "    kind: basic\n"
        f"    front: {front}\n"
        f"    back: {back}.\n"
        f"    level: {'core' if number % 3 else 'more'}\n"
        f"    tags: [{', '.join(_tags(number))}]\n"
        f"    source: source-{number % SOURCES}\n"
        f"    as_of: 2026-{number % 12 + 1:02}\n"
    )


def _sentence(words: random.Random, length: int) -> str:
    return " ".join(words.choices(_WORDS, k=length)).capitalize()


def _tags(number: int) -> Iterator[str]:
    yield f"topic::area-{number % 40}"
    if number % 5 == 0:
        yield "exam"
