"""Move Ultimate Geography to cardgen: 16 languages and three tiers from one source.

    python docs/examples/ultimate_geography.py ULTIMATE-GEOGRAPHY FOLDER

ULTIMATE-GEOGRAPHY is a checkout of https://github.com/anki-geo/ultimate-geography (its notes in CSV files, a template
of each card for all languages, flags and maps), FOLDER one that does not exist yet, which gets `decks/`. "Move a large
deck" in the documentation goes through it step by step.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import sys
import unicodedata
from html import unescape
from pathlib import Path
from typing import Any, Final, NamedTuple

Row = dict[str, str]


class Field(NamedTuple):
    """A field: its name in Anki, the CSV file that it stands in, what it holds, and whether languages differ in it."""

    title: str
    file: str
    type: str = "literal"
    translate: bool = True


FIELDS: Final = {
    "country": Field("Country", "country"),
    "country-info": Field("Country info", "country_info"),
    "capital": Field("Capital", "capital"),
    "capital-info": Field("Capital info", "capital_info"),
    "capital-hint": Field("Capital hint", "capital_hint"),
    "flag": Field("Flag", "main", "pictures", translate=False),
    "flag-similarity": Field("Flag similarity", "flag_similarity"),
    "map": Field("Map", "main", "pictures", translate=False),
    "region-code": Field("Region code", "main", translate=False),
}
"""Fields in Anki's order, as in the deck's own note types."""

TEMPLATES: Final = {
    "country-capital": ("Country - Capital", ""),
    "capital-country": ("Capital - Country", ""),
    "country-flag": ("Country - Flag", "extended"),
    "flag-country": ("Flag - Country", ""),
    "country-map": ("Country - Map", "extended"),
    "map-country": ("Map - Country", ""),
}
"""Templates in Anki's order, each with its name and the lowest tier that has its cards."""

WORDS: Final = {
    "capital": "__CAPITAL_TRANSLATION__",
    "location": "__LOCATION_TRANSLATION__",
    "hint": "__HINT_TRANSLATION__",
    "flag": "__FLAG_TRANSLATION__",
    "direction": "__TEXT_DIRECTION__",
}
"""What templates say, by the columns of `translations.csv`, which are also the place holders in the templates."""

FLAGS: Final = "{{Flag similarity}}"
ALIKE: Final = "__FLAG_SIMILARITY_TRANSLATION__"
"""A sentence around a field. Words are text and name no field, so what stands before it and behind it are two words."""


DECK: Final = {
    "id": "world",
    "title": "Ultimate Geography",
    "section_tags": False,
    "sections": ["places"],
    "preset": {"new_per_day": 15, "reviews_per_day": 100},
}
"""What `deck.yaml` says: no tags but the author's, and the numbers of the deck's own header."""


def main(source: Path, folder: Path) -> None:
    """Write the decks."""
    models = source / "src" / "note_models"
    translations = {row["__LANGUAGE_CODE__"].lower(): row for row in rows(models / "translations.csv")}
    decks = folder / "decks"
    deck = decks / "world"
    write(decks / "collection.yaml", {"title": "Ultimate Geography", "language": "en"})
    write_kind(models, source / "src" / "media" / "experimental_assets", translations, decks / "kinds")
    data = source / "src" / "data"
    places = {slug(row["country"]): row for row in rows(data / "main.csv")}
    files = {field.file for field in FIELDS.values()} | {"guid"}
    texts = {name: {row["country"]: row for row in rows(data / f"{name}.csv")} for name in files}
    write(deck / "deck.yaml", DECK)
    cards = [card(place, row, texts) for place, row in places.items()]
    write(deck / "places.yaml", {"title": "Places", "cards": cards})
    write_guids(deck / "guids.txt", places, texts["guid"], "")
    for language in translations.keys() - {"en"}:
        blocks = {place: translated(row["country"], texts, language) for place, row in places.items()}
        file = deck / "languages" / f"{language}.yaml"
        write(file, {"cards": {place: block for place, block in blocks.items() if block}})
        write_guids(file.with_suffix(".guids.txt"), places, texts["guid"], f":{language}")
    for kind in ("flags", "maps"):
        shutil.copytree(source / "src" / "media" / kind, deck / "media", dirs_exist_ok=True)


def write_kind(models: Path, assets: Path, translations: dict[str, Row], kinds: Path) -> None:
    """Write the kind of card: its file, its templates in words of no language, its style, and what they load."""
    fields: dict[str, dict[str, Any]] = {}
    for name, field in FIELDS.items():
        fields[name] = {"title": field.title, "type": field.type}
        if name == "country":
            fields[name] |= {"required": True, "role": "cue"}
        if not field.translate:
            fields[name] |= {"translate": False}
    cards = {name: {"title": title} | ({"tier": tier} if tier else {}) for name, (title, tier) in TEMPLATES.items()}
    words = {word: {code: row[column] for code, row in translations.items()} for word, column in WORDS.items()}
    for place, word in enumerate(("flag-like", "flag-like-end")):
        words[word] = {code: row[ALIKE].split(FLAGS)[place] for code, row in translations.items()}
    kind = {
        "id": "country",
        "title": "Ultimate Geography",
        "description": "A place in the world: its name, its capital, its flag, where it is.",
        "fields": fields,
        "tiers": ["standard", "extended", "experimental"],
        "words": words,
        "cards": cards,
        "print": {"asks": ["country"], "answers": ["capital", "flag", "map"]},
    }
    write(kinds / "country.yaml", kind)
    folder = kinds / "country"
    folder.mkdir()
    for name, (title, _) in TEMPLATES.items():
        front, back = sides(models, title)
        if (models / "templates" / "base" / f"{title} [__LANGUAGE_CODE__] [Experimental].html").exists():
            better = sides(models, title, " [Experimental]")
            front, back = (one_or_other(*pair) for pair in zip(better, (front, back), strict=True))
        (folder / f"{name}.front.html").write_text(front, encoding="utf-8")
        (folder / f"{name}.back.html").write_text(back, encoding="utf-8")
    shutil.copy(models / "style_[Experimental].css", folder / "style.css")
    shutil.copytree(assets, folder, dirs_exist_ok=True)


def sides(models: Path, title: str, tier: str = "") -> tuple[str, str]:
    """Return the sides of a template, with cardgen's words in the place of place holders."""
    text = (models / "templates" / "base" / f"{title} [__LANGUAGE_CODE__]{tier}.html").read_text(encoding="utf-8")
    for word, column in WORDS.items():
        text = text.replace(column, f"{{{{word:{word}}}}}")
    text = text.replace(ALIKE, f"{{{{word:flag-like}}}}{FLAGS}{{{{word:flag-like-end}}}}")
    front, back = text.split("\n--\n")
    return f"{front.strip()}\n", f"{back.strip()}\n"


def one_or_other(experimental: str, usual: str) -> str:
    """Return a side that is one thing in the highest tier and another in those below it."""
    return (
        f"{{{{#Experimental}}}}\n{experimental}{{{{/Experimental}}}}\n"
        f"{{{{^Experimental}}}}\n{usual}{{{{/Experimental}}}}\n"
    )


def card(place: str, row: Row, texts: dict[str, dict[str, Row]]) -> dict[str, Any]:
    """Return a card in the deck's own language."""
    found: dict[str, Any] = {"id": place, "kind": "country"}
    for name, field in FIELDS.items():
        if field.file == "main":
            value: Any = row[field.title.lower()]
        else:
            value = texts[field.file].get(row["country"], {}).get(field.title.lower(), "")
        if value:
            found[name] = pictures(value) if field.type == "pictures" else unescape(value)
    return found | {"tags": row["tags"].split(", ")}


def translated(country: str, texts: dict[str, dict[str, Row]], language: str) -> dict[str, str]:
    """Return the fields of a card in another language; none if its name is not translated."""
    found = {}
    for name, field in FIELDS.items():
        if field.translate:
            value = texts[field.file].get(country, {}).get(f"{field.title.lower()}:{language}", "")
            if value:
                found[name] = unescape(value)
    return found if "country" in found else {}


def pictures(html: str) -> list[str]:
    """Return the paths of the pictures that a field shows."""
    return [f"media/{name}" for name in re.findall(r'<img src="([^"]+)"', html)]


def write_guids(file: Path, places: dict[str, Row], guids: dict[str, Row], suffix: str) -> None:
    """Write the identities that learners have the notes with."""
    lines = [f"{place} {guids[row['country']][f'guid{suffix}']}\n" for place, row in places.items()]
    file.write_text("".join(lines), encoding="utf-8")


def slug(name: str) -> str:
    """Return the id of a place."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def rows(file: Path) -> list[Row]:
    """Return the rows of a CSV file."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(file: Path, value: dict[str, Any]) -> None:
    """Write a YAML file: keys as they are, each text in double quotes, whose escapes JSON has as well."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines_of(value)) + "\n", encoding="utf-8")


def lines_of(value: dict[str, Any], indent: str = "") -> list[str]:
    """Return the lines of a mapping."""
    lines = []
    for key, part in value.items():
        if isinstance(part, dict):
            lines += [f"{indent}{key}:", *lines_of(part, f"{indent}  ")]
        elif isinstance(part, list) and part and isinstance(part[0], dict):
            lines.append(f"{indent}{key}:")
            for item in part:
                first, *more = lines_of(item, f"{indent}    ")
                lines += [f"{indent}  - {first.strip()}", *more]
        else:
            lines.append(f"{indent}{key}: {json.dumps(part, ensure_ascii=False)}")
    return lines


if __name__ == "__main__":
    if len(sys.argv) != 3:  # noqa: PLR2004 - the program and two folders
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
