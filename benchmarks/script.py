"""The script that most people would write: PyYAML, jsonschema, Markdown, genanki and csv, as their manuals show them.

It is written with some care: the validator and the Markdown converter are made once, and notes have lasting guids.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import genanki
import jsonschema
import markdown
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONE_OR_MORE: Final = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
_SCHEMA: Final = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["title", "cards"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "string", "minLength": 1},
        "defaults": {"type": "object"},
        "cards": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/card"}},
    },
    "$defs": {
        "card": {
            "type": "object",
            "required": ["id", "kind", "front", "back"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
                "kind": {"enum": ["basic", "reversed"]},
                "front": {"type": "string", "minLength": 1},
                "back": {"type": "string", "minLength": 1},
                "level": {"enum": ["core", "more"]},
                "tags": _ONE_OR_MORE,
                "source": _ONE_OR_MORE,
                "as_of": {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"},
            },
        },
    },
}
_FIELDS: Final = ("Front", "Back", "Source", "As of")
_MODEL_ID: Final = 1_607_392_319
_DECK_ID: Final = 2_059_400_110

Card = dict[str, Any]


def read(file: Path, loader: Any, validator: jsonschema.Draft202012Validator) -> tuple[str, list[Card]]:  # noqa: ANN401
    """Return a card file's title and its cards."""
    data = yaml.load(file.read_text(encoding="utf-8"), loader)
    validator.validate(data)
    common = data["defaults"]["tags"]
    return data["title"], [card | {"tags": [*common, *card["tags"]]} for card in data["cards"]]


def read_deck(folder: Path, loader: Any) -> tuple[str, dict[str, list[Card]]]:  # noqa: ANN401
    """Return a deck's title, and by their titles the cards of its sections."""
    deck = yaml.load((folder / "deck.yaml").read_text(encoding="utf-8"), loader)
    validator = jsonschema.Draft202012Validator(_SCHEMA)
    return deck["title"], dict(read(folder / f"{name}.yaml", loader, validator) for name in deck["sections"])


def write_package(title: str, sections: dict[str, list[Card]], file: Path) -> None:
    """Write the Anki package: one subdeck for each section."""
    model = genanki.Model(
        _MODEL_ID,
        "Bench",
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "Card", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr>{{Back}}<p>{{Source}} {{As of}}"}],
    )
    decks = []
    for number, (section, cards) in enumerate(sections.items()):
        deck = genanki.Deck(_DECK_ID + number, f"{title}::{section}")
        for note in notes(cards, model):
            deck.add_note(note)
        decks.append(deck)
    genanki.Package(decks).write_to_file(file)


def notes(cards: list[Card], model: genanki.Model) -> Iterator[genanki.Note]:
    """Yield the notes of cards."""
    converter = markdown.Markdown()
    for card in cards:
        front = converter.reset().convert(card["front"])
        back = converter.reset().convert(card["back"])
        fields = [front, back, card["source"], card["as_of"]]
        yield genanki.Note(model, fields, tags=card["tags"], guid=genanki.guid_for(card["id"]))


def write_csv(sections: dict[str, list[Card]], file: Path) -> None:
    """Write the table."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("Section", *_FIELDS))
        for section, cards in sections.items():
            writer.writerows((section, card["front"], card["back"], card["source"], card["as_of"]) for card in cards)


def main() -> None:
    """Build the deck `bench` of the folder of decks that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("decks", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--c-loader", action="store_true", help="read with yaml.CSafeLoader, not as yaml.safe_load does"
    )
    arguments = parser.parse_args()
    loader = yaml.CSafeLoader if arguments.c_loader else yaml.SafeLoader
    title, sections = read_deck(arguments.decks / "bench", loader)
    arguments.out.mkdir(parents=True, exist_ok=True)
    write_package(title, sections, arguments.out / "bench.apkg")
    write_csv(sections, arguments.out / "bench.csv")
    print(f"{sum(map(len, sections.values())):,} notes")


if __name__ == "__main__":
    main()
