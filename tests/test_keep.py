"""Decks that learners have: kept as they are, rebuilt, and imported again by those who have them."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from anki_cards import png
from conftest import imported, written
from hypothesis import given
from hypothesis import strategies as st
from packages import packed

from cardgen.anki.reading import FoundNoteType, FoundTemplate, read_package
from cardgen.anki.reading.markup import read_html
from cardgen.bring import Keep, UnreadableSourceError, bring
from cardgen.bring.field_types import FieldReader, Use, uses
from cardgen.errors import UsageError
from cardgen.load import load_decks
from cardgen.model import FieldType
from cardgen.richtext import parse, to_plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anki.collection import Collection
    from conftest import Ran

GEOGRAPHY = {
    "fields": ["Country", "Info", "Flag", "Code"],
    "cards": {
        "Country - Flag": (
            '{{Country}}{{#Info}}<i class="info">{{Info}}</i>{{/Info}}<script src="_map.js"></script>',
            "{{FrontSide}}<hr id=answer>{{Flag}}",
        ),
        "Flag - Country": ("{{#Flag}}{{Flag}}{{/Flag}}", "{{FrontSide}}<hr id=answer>{{Country}} ({{Code}})"),
    },
    "css": ".card { color: black; }\n",
}
GAPS = {
    "fields": ["Text", "Extra"],
    "cards": {"Gaps": ("{{cloze:Text}}", "{{cloze:Text}}<br>{{Extra}}")},
    "css": ".cloze { color: blue; }",
}
AUSTRIA = '<img src="flag of austria.png">'
NOTES = [
    ("Ultimate Geography", ["Austria", "In the <strong>Alps</strong>", AUSTRIA, "*AT*"], "Europe", ["eu::a", "leech"]),
    ("Ultimate Geography", ["Malta & Gozo", "", f'<img src="m&amp;g.png">{AUSTRIA}', "MT_1"], "Europe", ["eu::a"]),
    ("Ultimate Geography", ["Peru", "<div>one</div><div>two</div>", '<img src="peru.png">', ""], "America", []),
    ("Fluß", ["Die {{c1::Donau::Fluss}} und der <i>{{c2::Rhein}}</i>", '<font color="red">rot</font>'], "Europe", []),
    ("Fluß", ["Im {{c1::Süden}} [sound:s.mp3]", '<img src="gone.png">[sound:s.mp3]'], "Europe", []),
]  # fmt: skip


def add_type(collection: Collection, name: str, design: dict[str, Any], *, cloze: bool = False) -> None:
    """Add a note type."""
    models = collection.models
    kind = models.new(name)
    kind["type"], kind["css"] = int(cloze), design["css"]
    for number, title in enumerate(design["fields"], start=11):
        field = models.new_field(title)
        field["id"] = number
        models.add_field(kind, field)
    for number, (title, (front, back)) in enumerate(design["cards"].items(), start=-22):
        template = models.new_template(title)
        template["qfmt"], template["afmt"], template["id"] = front, back, number
        models.add_template(kind, template)
    models.add(kind)


@pytest.fixture
def author(anki: Collection) -> Collection:
    """Return the collection of an author who has learnt some of the cards."""
    add_type(anki, "Ultimate Geography", GEOGRAPHY)
    add_type(anki, "Fluß", GAPS, cloze=True)
    for shade, name in enumerate(["flag of austria.png", "m&g.png", "peru.png"]):
        anki.media.write_data(name, png(shade))
    for name in ("_map.js", "s.mp3"):
        anki.media.write_data(name, name.encode())
    for kind, fields, deck, tags in NOTES:
        note = anki.new_note(anki.models.by_name(kind))
        note.fields, note.tags = list(fields), list(tags)
        anki.add_note(note, anki.decks.id(f"World::{deck}"))
    for cid in anki.find_cards("Country:Austria OR Fluss"):
        card = anki.get_card(cid)
        card.type = card.queue = 2
        card.ivl, card.due, card.reps = 30, 40, 5
        anki.update_card(card)
    return anki


def exported(collection: Collection, file: Path, *, old: bool = False) -> Path:
    """Export a collection's decks."""
    from anki.collection import ExportAnkiPackageOptions

    options = ExportAnkiPackageOptions(with_scheduling=True, with_media=True, legacy=old)
    collection.export_anki_package(out_path=str(file), options=options, limit=None)
    return file


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the content of all files below a folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and ".cardgen" not in file.parts
    }


def schedules(collection: Collection) -> list[Any]:
    """Return all cards, with everything that is a learner's."""
    columns = "id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, left, data"
    assert collection.db is not None
    return [tuple(row) for row in collection.db.all(f"select {columns} from cards order by id")]


def contents(collection: Collection) -> list[Any]:
    """Return all notes with their types."""
    assert collection.db is not None
    return [tuple(row) for row in collection.db.all("select id, guid, mid, mod, tags, flds from notes order by id")]


def built(cardgen: Callable[..., Ran], folder: Path, name: str = "world") -> Path:
    """Build a package of a deck in a folder's `decks`, and return it."""
    ran = cardgen("build", name, "--format", "apkg", cwd=folder)
    assert ran.code == 0, ran.err
    return folder / "dist" / f"{name}.apkg"


# What is written

REPORT = "world/import-report.md"
WRITTEN = {
    "kinds/fluss.yaml": """\
id: fluss
title: Fluß
cloze: true
fields:
  text: {title: Text, type: gaps, required: true}
  extra: {title: Extra, type: html}
spare: {fields: 0, templates: 0}
cards:
  gaps: {title: Gaps}
anki:
  id: 2
  fields: {text: 11, extra: 12}
  templates: {gaps: -22}
""",
    "kinds/fluss/gaps.back.html": "{{cloze:Text}}<br>{{Extra}}",
    "kinds/fluss/gaps.front.html": "{{cloze:Text}}",
    "kinds/fluss/style.css": ".cloze { color: blue; }",
    "kinds/ultimate-geography.yaml": """\
id: ultimate-geography
title: Ultimate Geography
fields:
  country: {title: Country, type: line, required: true}
  info: {title: Info, type: text}
  flag: {title: Flag, type: pictures}
  code: {title: Code, type: literal}
spare: {fields: 0, templates: 0}
cards:
  country-flag: {title: Country - Flag}
  flag-country: {title: Flag - Country}
print: {asks: [country, info], answers: [flag]}
anki:
  id: 1
  fields: {country: 11, info: 12, flag: 13, code: 14}
  templates: {country-flag: -22, flag-country: -21}
""",
    "kinds/ultimate-geography/_map.js": "_map.js",
    "kinds/ultimate-geography/country-flag.back.html": "{{FrontSide}}<hr id=answer>{{Flag}}",
    "kinds/ultimate-geography/country-flag.front.html": (
        '{{Country}}{{#Info}}<i class="info">{{Info}}</i>{{/Info}}<script src="_map.js"></script>'
    ),
    "kinds/ultimate-geography/flag-country.back.html": "{{FrontSide}}<hr id=answer>{{Country}} ({{Code}})",
    "kinds/ultimate-geography/flag-country.front.html": "{{#Flag}}{{Flag}}{{/Flag}}",
    "kinds/ultimate-geography/style.css": ".card { color: black; }\n",
    "world/america.yaml": """\
title: America
cards:
  - id: peru
    kind: ultimate-geography
    country: Peru
    info: |-
      one

      two
    flag: media/peru.png
""",
    "world/deck.yaml": """\
id: world
title: World
subdecks: true
section_tags: false
sections: [europe, america]
""",
    "world/europe.yaml": """\
title: Europe
cards:
  - id: austria
    kind: ultimate-geography
    country: Austria
    info: In the **Alps**
    flag: media/flag-of-austria.png
    code: '*AT*'
    tags: ['eu::a']

  - id: malta-gozo
    kind: ultimate-geography
    country: Malta & Gozo
    flag: [media/m-g.png, media/flag-of-austria.png]
    code: MT_1
    tags: ['eu::a']

  - id: die-donau-und-der-rhein
    kind: fluss
    text: Die {{c1::Donau::Fluss}} und der *{{c2::Rhein}}*
    extra: <font color="red">rot</font>

  - id: im-suden-s-mp3
    kind: fluss
    text: Im {{c1::Süden}} ![](media/s.mp3)
    extra: <img src="gone.png">[sound:media/s.mp3]
""",
}


def test_note_types_become_kinds_and_notes_their_cards(author: Collection, tmp_path: Path) -> None:
    brought = bring(exported(author, tmp_path / "world.apkg"), tmp_path / "decks" / "world", keep=Keep())
    texts = {name: content.decode() for name, content in files_of(tmp_path / "decks").items() if "media" not in name}
    for number, name in enumerate(("Ultimate Geography", "Fluß"), start=1):
        type_id = str(author.models.by_name(name)["id"])
        texts = {file: text.replace(type_id, str(number)) for file, text in texts.items()}
    assert {name: text for name, text in texts.items() if name in WRITTEN} == WRITTEN
    assert (brought.notes, brought.cards, brought.media, brought.refused, brought.untimed) == (5, 5, 4, (), False)


def test_the_report_says_what_fields_became_and_why(author: Collection, tmp_path: Path) -> None:
    kind = author.models.by_name("Ultimate Geography")
    kind["sortf"], kind["flds"][0]["rtl"], kind["tmpls"][0]["bqfmt"] = 3, True, "{{Code}}"
    author.models.update_dict(kind)
    bring(exported(author, tmp_path / "world.apkg"), tmp_path / "decks" / "world", keep=Keep())
    assert (
        (tmp_path / "decks" / REPORT).read_text(encoding="utf-8")
        == """\
# What came of world.apkg

5 notes are kept, with 4 files of media. Learners who have them get what you build as updates.

## Ultimate Geography

It is the kind `ultimate-geography`.

| field | type | notes that have it | of which cardgen spells otherwise |
| --- | --- | --- | --- |
| country | line | 3 | 1 |
| info | text | 2 | 1 |
| flag | pictures | 3 | 0 |
| code | literal | 2 | 0 |

- the field Country is written from right to left, which deck.yaml says with dir: rtl.
- the template Country - Flag shows something else in Anki's browser, which will show its sides.

## Fluß

It is the kind `fluss`.

| field | type | notes that have it | of which cardgen spells otherwise |
| --- | --- | --- | --- |
| text | gaps | 2 | 1 |
| extra | html | 2 | 0 |

`extra` is HTML, since Markdown has no form for:

- colours: 1 note `Die {{c1::Donau::Fluss}} und der {{c2::Rhein}}`
- pictures without a file: 1 note `Im {{c1::Süden}} [sound:s.mp3]`
"""
    )


def test_the_report_says_which_files_of_templates_are_not_brought_over(author: Collection, tmp_path: Path) -> None:
    kind = author.models.by_name("Ultimate Geography")
    kind["css"] = '@font-face { src: url(_gone.woff2), url("_schön.woff2"), url(_big.woff2); }'
    kind["tmpls"][0]["afmt"] += "<script>this._map.set(1)</script>"
    author.models.update_dict(kind)
    author.media.write_data("_schön.woff2", b"font")
    author.media.write_data("_big.woff2", bytes(4 * 1024 * 1024 + 1))
    bring(exported(author, tmp_path / "world.apkg"), tmp_path / "decks" / "world", keep=Keep())
    told = [
        line
        for line in (tmp_path / "decks" / REPORT).read_text(encoding="utf-8").replace("\\", "").splitlines()
        if line.startswith("- the file")
    ]
    assert told == [
        "- the file _big.woff2 is left out: it cannot be read, or has more than 4 MiB.",
        "- the file _gone.woff2 is named by templates or style sheet and was not found: put it beside them.",
        "- the file _schön.woff2 is left out: put it beside the templates under a name of letters from a to z, "
        "digits, full stops, hyphens and low lines, and name it so.",
    ]


def test_paper_asks_as_the_template_that_makes_most_cards(anki: Collection, tmp_path: Path) -> None:
    cards = {"rare": ("{{#Rare}}{{Rare}}{{/Rare}}", "{{Word}}"), "usual": ("{{Word}}", "{{Meaning}}")}
    add_type(anki, "Words", {"fields": ["ID", "Word", "Meaning", "Rare"], "cards": cards, "css": ""})
    for number, rare in enumerate(["r", "", ""]):
        note = anki.new_note(anki.models.by_name("Words"))
        note.fields = [str(number), "w", "m", rare]
        anki.add_note(note, anki.decks.id("D"))
    bring(exported(anki, tmp_path / "d.apkg"), tmp_path / "decks" / "d", keep=Keep())
    text = (tmp_path / "decks" / "kinds" / "words.yaml").read_text(encoding="utf-8")
    assert "print: {asks: [word], answers: [meaning]}\n" in text


@pytest.mark.parametrize("form", ["legacy 1", "legacy 2", "colpkg", "old colpkg"])
def test_every_form_of_a_package_becomes_the_same_files(form: str, author: Collection, tmp_path: Path) -> None:
    bring(exported(author, tmp_path / "world.apkg"), tmp_path / "decks" / "world", keep=Keep())
    expected = files_of(tmp_path / "decks")
    other = tmp_path / "other" / "world.apkg"
    other.parent.mkdir()
    if "colpkg" in form:
        other = other.with_suffix(".colpkg")
        author.export_collection_package(str(other), include_media=True, legacy=form == "old colpkg")
        author.reopen(after_full_sync=False)
    else:
        exported(author, other, old=True)
        if form == "legacy 1":
            other.write_bytes(in_the_oldest_form(other.read_bytes()))
    bring(other, tmp_path / "other" / "decks" / "world", keep=Keep())
    found = files_of(tmp_path / "other" / "decks")
    found[REPORT] = found[REPORT].replace(b".colpkg", b".apkg")
    assert found == expected


def in_the_oldest_form(package: bytes) -> bytes:
    """Turn a package of form legacy 2 into one of legacy 1: the same collection under its first name, and no `meta`."""
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        files = {name: old.read(name) for name in old.namelist() if name not in ("meta", "collection.anki2")}
    return packed({"collection.anki2": files.pop("collection.anki21"), **files})


def test_what_a_deck_says_of_itself_and_where_new_learners_find_its_cards(author: Collection, tmp_path: Path) -> None:
    deck = author.decks.get(author.decks.id("World"))
    deck["desc"] = "All <b>countries</b>"
    author.decks.save(deck)
    note = author.new_note(author.models.by_name("Basic"))
    note.fields = ["Q", "A"]
    author.add_note(note, author.decks.id("World::Europe::Alps"))
    bring(exported(author, tmp_path / "world.apkg"), tmp_path / "decks" / "world", keep=Keep())
    file = yaml.load((tmp_path / "decks" / "world" / "deck.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert (file["description"], file["sections"]) == ("All **countries**", ["europe", "america", "europe-alps"])
    dash = "\N{EN DASH}"
    told = f"- those of `World::Europe::Alps` in `World::Europe {dash} Alps`\n"
    assert told in (tmp_path / "decks" / REPORT).read_text(encoding="utf-8")


# What learners get


@pytest.fixture
def kept(author: Collection, tmp_path: Path) -> Path:
    """Bring over what an author has, and return the folder in which that was done."""
    bring(exported(author, tmp_path / "world.apkg"), tmp_path / "decks" / "world", keep=Keep())
    return tmp_path


def test_who_has_the_deck_gets_nothing_new_of_it(kept: Path, author: Collection, cardgen: Callable[..., Ran]) -> None:
    before = schedules(author), contents(author)
    assert imported(author, built(cardgen, kept)) == {"duplicate": 5}
    assert (schedules(author), contents(author)) == before


def test_who_has_an_older_state_gets_updates_and_keeps_schedules(
    kept: Path, author: Collection, cardgen: Callable[..., Ran]
) -> None:
    assert author.db is not None
    author.db.execute("update notes set mod = 1, flds = replace(flds, 'Austria', 'Astria')")
    before = schedules(author)
    assert imported(author, built(cardgen, kept)) == {"updated": 5}
    assert schedules(author) == before
    fields = [row[0].split("\x1f") for row in author.db.all("select flds from notes order by id")]
    shown = [[HASHED.sub("", field) for field in of_note] for of_note in fields]
    assert shown == [
        ["Austria", "In the <strong>Alps</strong>", '<img src="flag-of-austria.png">', "*AT*"],
        ["Malta &amp; Gozo", "", '<img src="m-g.png"><img src="flag-of-austria.png">', "MT_1"],
        ["Peru", "<p>one</p><p>two</p>", '<img src="peru.png">', ""],
        ["Die {{c1::Donau::Fluss}} und der <em>{{c2::Rhein}}</em>", '<font color="red">rot</font>'],
        ["Im {{c1::Süden}} [sound:s.mp3]", '<img src="gone.png">[sound:s.mp3]'],
    ]


HASHED = re.compile(r"-[0-9a-f]{12}(?=\.)")


def test_a_card_that_is_changed_arrives_alone(kept: Path, author: Collection, cardgen: Callable[..., Ran]) -> None:
    file = kept / "decks" / "world" / "europe.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("country: Austria", "country: Österreich"), encoding="utf-8"
    )
    before = schedules(author)
    assert imported(author, built(cardgen, kept)) == {"updated": 1, "duplicate": 4}
    assert schedules(author) == before
    assert len(author.find_notes("Country:Österreich")) == 1


def test_a_style_sheet_that_is_changed_arrives(kept: Path, author: Collection, cardgen: Callable[..., Ran]) -> None:
    style = kept / "decks" / "kinds" / "ultimate-geography" / "style.css"
    changed(style, "black", "green")
    before = schedules(author)
    assert imported(author, built(cardgen, kept)) == {"duplicate": 5}
    assert current_type(author)["css"] == ".card { color: green; }\n"
    assert current_type(author, "Fluß")["css"] == GAPS["css"]
    assert schedules(author) == before


def test_lists_stay_sorted_by_the_field_that_they_were(
    author: Collection, tmp_path: Path, cardgen: Callable[..., Ran]
) -> None:
    kind = author.models.by_name("Ultimate Geography")
    kind["sortf"] = 3
    author.models.update_dict(kind)
    bring(exported(author, tmp_path / "world.apkg"), tmp_path / "decks" / "world", keep=Keep())
    files = tmp_path / "decks" / "kinds"
    assert "\nsort: code\n" in (files / "ultimate-geography.yaml").read_text(encoding="utf-8")
    changed(files / "ultimate-geography" / "style.css", "black", "green")
    changed(tmp_path / "decks" / "world" / "europe.yaml", "code: MT_1", "code: A_1")
    assert imported(author, built(cardgen, tmp_path)) == {"updated": 1, "duplicate": 4}
    now = current_type(author)
    assert (now["css"], now["sortf"]) == (".card { color: green; }\n", 3)
    assert author.db is not None
    assert author.db.list("select sfld from notes where mid = ? order by sfld", now["id"]) == ["", "*AT*", "A_1"]


def test_a_field_that_is_renamed_arrives_by_its_id(kept: Path, author: Collection, cardgen: Callable[..., Ran]) -> None:
    kind = kept / "decks" / "kinds" / "ultimate-geography.yaml"
    before = schedules(author)
    changed(kind, "{title: Code,", "{title: Region code,")
    changed(kind.with_suffix("") / "flag-country.back.html", "{{Code}}", "{{Region code}}")
    assert imported(author, built(cardgen, kept)) == {"duplicate": 5}
    assert [field["name"] for field in current_type(author)["flds"]] == ["Country", "Info", "Flag", "Region code"]
    assert schedules(author) == before


def test_note_types_without_ids_of_parts_are_known_by_names(
    author: Collection, tmp_path: Path, cardgen: Callable[..., Ran]
) -> None:
    """As of authors who made the deck before Anki 23.10, or with another program; learners' Anki may have given ids."""
    package = without_ids(exported(author, tmp_path / "world.apkg", old=True))
    bring(package, tmp_path / "decks" / "world", keep=Keep())
    kind = tmp_path / "decks" / "kinds" / "ultimate-geography.yaml"
    assert "adopt: true}" in kind.read_text(encoding="utf-8")
    changed(kind.with_suffix("") / "style.css", "black", "green")
    before = schedules(author)
    assert imported(author, built(cardgen, tmp_path)) == {"duplicate": 5}
    assert current_type(author)["css"] == ".card { color: green; }\n"
    assert schedules(author) == before


def without_ids(package: Path) -> Path:
    """Take the ids of fields and templates out of a package of form legacy 2."""
    with zipfile.ZipFile(package) as old:
        files = {name: old.read(name) for name in old.namelist()}
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(files["collection.anki21"])
        models = json.loads(database.execute("select models from col").fetchone()[0])
        for model in models.values():
            for part in (*model["flds"], *model["tmpls"]):
                part["id"] = None
        database.execute("update col set models = ?", [json.dumps(models)])
        database.commit()
        files["collection.anki21"] = database.serialize()
    package.write_bytes(packed(files))
    return package


def test_note_types_with_room_take_a_field_once_they_are_merged(
    author: Collection, tmp_path: Path, cardgen: Callable[..., Ran]
) -> None:
    bring(exported(author, tmp_path / "world.apkg"), tmp_path / "decks" / "world", keep=Keep(room=True))
    package, before = built(cardgen, tmp_path), schedules(author)
    assert imported(author, package) == {"conflicting": 5}
    assert imported(author, package, merge_notetypes=True) == {"duplicate": 5}
    assert schedules(author) == before
    changed(tmp_path / "decks" / "kinds" / "ultimate-geography.yaml", "cards:", "  people: {title: People}\ncards:")
    changed(tmp_path / "decks" / "world" / "europe.yaml", "country: Austria", "country: Austria\n    people: 9 million")
    later = {"SOURCE_DATE_EPOCH": str(2**31)}
    assert cardgen("build", "world", "--format", "apkg", env=later).code == 0
    assert imported(author, package) == {"updated": 1, "duplicate": 4}
    assert schedules(author) == before
    assert len(author.find_notes('People:"9 million"')) == 1


def changed(file: Path, old: str, new: str) -> None:
    """Replace a text in a file."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def current_type(collection: Collection, name: str = "Ultimate Geography") -> Any:
    """Return a note type as it is after an import, which Anki's Python does not notice by itself."""
    collection.models._clear_cache()  # noqa: SLF001
    return collection.models.by_name(name)


# Round trips


@pytest.mark.parametrize("deck", ["world", "rivers"])
def test_a_package_of_ours_comes_back_as_it_was(deck: str, kept: Path, cardgen: Callable[..., Ran]) -> None:
    """Whether its kinds are one's own or cardgen's, it is rebuilt byte for byte, and that becomes the same files."""
    if deck == "rivers":
        written(kept / "decks" / "rivers", {"deck.yaml": DECK, "europe.yaml": CARDS, "media/a.png": png(7)})
    packages, files = [built(cardgen, kept, deck)], []
    for number in range(2):
        folder = kept / str(number)
        brought = bring(packages[-1], folder / "decks" / deck, keep=Keep())
        assert (brought.refused, brought.untimed) == ((), False)
        packages.append(built(cardgen, folder, deck))
        files.append(files_of(folder / "decks"))
    first, second, third = map(read_package, packages)
    assert second.notes == first.notes
    assert [second.note_types[note.note_type] for note in second.notes] == [
        first.note_types[note.note_type] for note in first.notes
    ]
    assert third == second
    assert files[1] == files[0]
    assert b"adopt" not in b"".join(files[0].values())


DECK = "id: rivers\ntitle: Geo::Rivers\ndescription: All *rivers*.\nsections: [europe]\n"
CARDS = """\
title: Europe
cards:
  - {id: a, kind: basic, front: 'What is ==this==?', back: 'A map: ![a map](media/a.png){width=60%}', tags: x::y}
  - {id: b, kind: definition, term: Delta, definition: A mouth with arms.}
  - {id: c, kind: cloze, text: 'The {{c1::Danube}} ends in the {{c2::Black Sea}}.', note: 'An *old* one.'}
  - {id: d, kind: typed, front: Capital of Austria?, back: Vienna}
"""


SPECIES: dict[str, str | bytes] = {
    "kinds/species.yaml": """\
id: species
title: Species
fields:
  name: {title: Name, required: true}
  sound: {title: Sound, type: html}
tiers: [standard, extended]
cards:
  name: {title: Name}
  sound: {title: Sound, tier: extended}
""",
    "kinds/species/name.front.html": "{{Name}}",
    "kinds/species/name.back.html": '{{FrontSide}}{{Sound}}<script src="_s.js"></script>',
    "kinds/species/sound.front.html": "{{#Sound}}{{Sound}}{{/Sound}}",
    "kinds/species/sound.back.html": "{{Name}}",
    "kinds/species/_s.js": "let s;",
    "kinds/species/style.css": "",
    "birds/deck.yaml": "id: birds\ntitle: Birds\nsections: [one]\n",
    "birds/one.yaml": """\
title: One
cards:
  - {id: owl, kind: species, name: Owl, sound: '[sound:media/owl.mp3]'}
  - {id: emu, kind: species, name: Emu}
""",
    "birds/media/owl.mp3": b"hoo",
}


def test_a_kind_comes_back_with_its_spare_places(tmp_path: Path, cardgen: Callable[..., Ran]) -> None:
    """A note type that cardgen made can still grow; the gate of a tier is a field like others."""
    written(tmp_path / "decks", SPECIES)
    first = built(cardgen, tmp_path, "birds")
    bring(first, tmp_path / "again" / "decks" / "birds", keep=Keep())
    files = files_of(tmp_path / "again" / "decks")
    kind = yaml.load(files["kinds/species.yaml"], Loader=yaml.BaseLoader)
    assert (kind["spare"], [*kind["fields"]]) == ({"fields": "4", "templates": "2"}, ["name", "sound", "extended"])
    assert "adopt" not in kind["anki"]
    assert files["kinds/species/_s.js"] == b"let s;"
    assert b'src="_s.js"' in files["kinds/species/name.back.html"]
    again = read_package(built(cardgen, tmp_path / "again", "birds"))
    assert again == read_package(first)


@pytest.mark.parametrize("room", [False, True])
def test_an_adopted_kind_comes_back_with_its_spare_places(
    room: bool, tmp_path: Path, cardgen: Callable[..., Ran]
) -> None:
    """Its parts have no ids, so they are told by their names: those that are spare, too."""
    spare = "spare: {fields: 1, templates: 1}\nanki: {id: 1607392319, adopt: true}\n"
    written(tmp_path / "decks", SPECIES | {"kinds/species.yaml": str(SPECIES["kinds/species.yaml"]) + spare})
    first = built(cardgen, tmp_path, "birds")
    bring(first, tmp_path / "again" / "decks" / "birds", keep=Keep(room=room))
    kind = yaml.load(files_of(tmp_path / "again" / "decks")["kinds/species.yaml"], Loader=yaml.BaseLoader)
    assert (kind["spare"], [*kind["fields"]], kind["anki"]) == (
        {"fields": "1", "templates": "1"},
        ["name", "sound", "extended"],
        {"id": "1607392319", "adopt": "true"},
    )
    assert read_package(built(cardgen, tmp_path / "again", "birds")) == read_package(first)


# Types of fields


PICTURE = '<img src="a.png">'
RED = '<font color="red">y</font>'
TWO = ["media/b.png", "media/a.png"]


@pytest.mark.parametrize(
    ("values", "type_", "written_as"),
    [
        (["one", "two"], FieldType.LINE, ["one", "two"]),
        (["one", "<b>two</b> <i>x</i>"], FieldType.LINE, ["one", "**two** *x*"]),
        (["one<br>two"], FieldType.TEXT, ["one\\\ntwo"]),
        (["", "<br>"], FieldType.TEXT, ["", ""]),
        (["*one*", "two &lt; three"], FieldType.LITERAL, ["*one*", "two < three"]),
        (["*one*", "<b>two</b>"], FieldType.LINE, ["\\*one\\*", "**two**"]),
        ([PICTURE, "", PICTURE.replace("a", "b") + PICTURE], FieldType.PICTURES, ["media/a.png", "", TWO]),
        ([PICTURE, "x"], FieldType.LINE, ["![](media/a.png)", "x"]),
        ([PICTURE + PICTURE], FieldType.LINE, ["![](media/a.png)![](media/a.png)"]),
        (["&nbsp;"], FieldType.HTML, ["&nbsp;"]),
        (["one", "<b>\u200b</b>"], FieldType.HTML, ["one", "<b>\u200b</b>"]),
        (["x<hr>y"], FieldType.HTML, ["x<hr>y"]),
        (['<span class="x">y</span>'], FieldType.HTML, ['<span class="x">y</span>']),
        (['<p style="text-align: center">y</p>'], FieldType.HTML, ['<p style="text-align: center">y</p>']),
        (['<a href="x.html">y</a>'], FieldType.HTML, ['<a href="x.html">y</a>']),
        (["[latex]x[/latex]"], FieldType.HTML, ["[latex]x[/latex]"]),
        ([r"\(x^2\) [sound:a.mp3]"], FieldType.LINE, ["$x^2$ ![](media/a.mp3)"]),
        ([f"x{PICTURE}{RED}"], FieldType.HTML, [f'x<img src="media/a.png">{RED}']),
        (['<img src="no/where.png">'], FieldType.HTML, ['<img src="no/where.png">']),
    ],
)  # fmt: skip
def test_a_field_has_the_plainest_type_that_says_all(
    values: list[str], type_: FieldType, written_as: list[str | list[str]]
) -> None:
    typed = FieldReader(place, exact=False).typed(values, Use())
    assert (typed.type, [*typed.values]) == (type_, written_as)


def place(name: str) -> str | None:
    return f"media/{name}" if "/" not in name else None


@pytest.mark.parametrize(
    ("values", "type_"),
    [
        (["one", "<strong>two</strong>"], FieldType.LINE),
        (["one", "<b>two</b>"], FieldType.HTML),
        ([PICTURE], FieldType.HTML),
        (["<br>"], FieldType.HTML),
        (["a &amp; b"], FieldType.LINE),
        (["a & b"], FieldType.HTML),
    ],
)
def test_exact_fields_are_the_very_html(values: list[str], type_: FieldType) -> None:
    assert FieldReader(place, exact=True).typed(values, Use()).type is type_
    assert FieldReader(place, exact=False).typed(values, Use(in_code=True)).type is type_ or values == ["<br>"]


@pytest.mark.parametrize(
    ("values", "type_", "written_as"),
    [
        (["{{c1::a}} <b>b</b>"], FieldType.GAPS, ["{{c1::a}} **b**"]),
        (["{{c1::<b>a</b>::<i>h</i>}}"], FieldType.GAPS, ["{{c1::**a**::*h*}}"]),
        (["no gap"], FieldType.HTML, ["no gap"]),
        (['{{c1::<font color="red">a</font>}}'], FieldType.HTML, ['{{c1::<font color="red">a</font>}}']),
    ],
)
def test_texts_with_gaps_are_gaps_unless_markdown_cannot_say_them(
    values: list[str], type_: FieldType, written_as: list[str]
) -> None:
    typed = FieldReader(place, exact=False).typed(values, Use(has_gaps=True))
    assert (typed.type, [*typed.values]) == (type_, written_as)


def test_templates_say_which_fields_stand_in_code() -> None:
    front = '<a href="{{Link}}">{{Word}}</a><script>x = "{{text:Data}}"</script>{{#Word}}{{cloze:Gaps}}{{/Word}}'
    kind = FoundNoteType(
        1, "x", ("Link", "Word", "Data", "Gaps"), (FoundTemplate("1", front, ""),), "p { white-space: pre-wrap; }",
        is_cloze=True, changed=0,
    )  # fmt: skip
    assert [*uses(kind)] == [
        Use(in_code=True, keeps_spaces=True),
        Use(keeps_spaces=True),
        Use(in_code=True, keeps_spaces=True),
        Use(has_gaps=True, keeps_spaces=True),
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                *"ab*_<>&\\$",
                " ",
                "<b>",
                "</b>",
                "<br>",
                "&amp;",
                "&nbsp;",
                "<div>",
                "</div>",
                PICTURE,
                '<i class="x">',
                "</i>",
            ]
        ),
        max_size=8,
    ).map("".join)
)
def test_whatever_a_field_holds_nothing_of_it_is_lost(html: str) -> None:
    """As Markdown it shows the same, and otherwise it stays the HTML that it was."""
    (value,) = (typed := FieldReader(place, exact=False).typed([html], Use())).values
    match typed.type:
        case FieldType.HTML:
            assert value == html.replace('"a.png"', '"media/a.png"')
        case FieldType.PICTURES:
            assert (
                "".join(f'<img src="{path}">' for path in ([value] if isinstance(value, str) else value)).replace(
                    "media/", ""
                )
                == html.strip()
            )
        case FieldType.LITERAL:
            assert value == to_plain(read_html(html, place).tree)
        case _:
            assert not read_html(html, place).lost.total()
            assert parse(str(value)) == read_html(html, place).tree


# What is in the way


def test_a_second_deck_of_the_same_note_types_uses_their_kinds(
    kept: Path, author: Collection, cardgen: Callable[..., Ran]
) -> None:
    before = files_of(kept / "decks" / "kinds")
    note = author.new_note(author.models.by_name("Ultimate Geography"))
    note.fields = ["*Japan*", "one", PICTURE.replace("a.png", "peru.png"), "*JP*"]
    author.add_note(note, author.decks.id("Asia"))
    package = exported_deck(author, "Asia", kept / "asia.apkg")
    assert bring(package, kept / "decks" / "asia", keep=Keep()).kinds == ("ultimate-geography",)
    assert files_of(kept / "decks" / "kinds") == before
    assert imported(author, built(cardgen, kept, "asia")) == {"duplicate": 1}


def exported_deck(collection: Collection, deck: str, file: Path) -> Path:
    """Export one deck."""
    from anki.collection import DeckIdLimit, ExportAnkiPackageOptions

    limit = DeckIdLimit(collection.decks.id(deck))
    options = ExportAnkiPackageOptions(with_media=True)
    collection.export_anki_package(out_path=str(file), options=options, limit=limit)
    return file


def test_a_kind_that_is_there_and_another_one_is_not_overwritten(kept: Path) -> None:
    kind = kept / "decks" / "kinds" / "fluss.yaml"
    changed(kind, "{title: Extra, type: html}", "{title: Extra}")
    with pytest.raises(
        UsageError, match=r"kinds/fluss\.yaml is the note type 'Fluß', and its fields cannot hold those"
    ):
        bring(kept / "world.apkg", kept / "decks" / "again", keep=Keep())
    assert "{title: Extra}" in kind.read_text(encoding="utf-8")
    assert not (kept / "decks" / "again").exists()


def test_notes_that_no_kind_can_hold_are_told(author: Collection, tmp_path: Path) -> None:
    assert author.db is not None
    guids = ["has space", "", "x" * 65]
    for guid, nid in zip(guids, author.find_notes("Country:*"), strict=True):
        author.db.execute("update notes set guid = ? where id = ?", guid, nid)
    author.db.execute("update notes set flds = replace(flds, '{{c', '{{d') where flds like '%Rhein%'")
    brought = bring(exported(author, tmp_path / "world.apkg"), tmp_path / "decks" / "world", keep=Keep())
    assert [why for _, why in brought.refused] == [
        "its guid, 'has space', is none that a line can hold",
        "its guid, '', is none that a line can hold",
        f"its guid, '{'x' * 65}', is none that a line can hold",
        "its text has no gap",
    ]
    assert brought.kinds == ("fluss",)


def test_names_of_cards_and_facets_are_no_fields(anki: Collection, tmp_path: Path) -> None:
    fields = ["Level", "Source", "2nd", "国", "ID"]
    add_type(anki, "Definition", {"fields": fields, "cards": {"1": ("{{Level}}", "{{Source}}")}, "css": ""})
    note = anki.new_note(anki.models.by_name("Definition"))
    note.fields = ["a", "b", "c", "d", "e"]
    anki.add_note(note, anki.decks.id("D"))
    written(tmp_path / "decks", {"collection.yaml": "facets: {level: any}\n"})
    bring(exported(anki, tmp_path / "d.apkg"), tmp_path / "decks" / "d", keep=Keep())
    kind = yaml.load(
        (tmp_path / "decks" / "kinds" / "d-definition.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )
    assert [*kind["fields"]] == ["level-field", "source-field", "field-2nd", "field-4", "id-field"]
    assert [*kind["cards"]] == ["template-1"]
    assert load_decks(tmp_path / "decks").collection is not None


def test_note_types_that_are_called_alike_stay_apart(kept: Path, anki: Collection) -> None:
    """Another author's type of the same name has another id, and Anki takes each name once."""
    anki.models.remove(anki.models.by_name("Fluß")["id"])
    add_type(anki, "fluß", {"fields": ["A"], "cards": {"con": ("{{A}}", "{{A}}")}, "css": ""})
    note = anki.new_note(anki.models.by_name("fluß"))
    note.fields = ["a"]
    anki.add_note(note, anki.decks.id("D"))
    brought = bring(exported_deck(anki, "D", kept / "d.apkg"), kept / "decks" / "d", keep=Keep())
    assert (brought.kinds, brought.untimed) == (("fluss-2",), False)
    kind = yaml.load((kept / "decks" / "kinds" / "fluss-2.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert (kind["title"], [*kind["cards"]]) == ("fluß (d)", ["con-template"])


def test_kinds_is_no_name_of_a_deck(kept: Path) -> None:
    with pytest.raises(UsageError, match="kinds is where kinds of your own go, and no deck can be called so"):
        bring(kept / "world.apkg", kept / "other" / "kinds", keep=Keep())


@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_tables_have_nothing_to_keep(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("Q\tA\n", encoding="utf-8")
    with pytest.raises(UnreadableSourceError, match="has no note types and no guids that could be kept"):
        bring(tmp_path / name, tmp_path / "decks" / "a", keep=Keep())


def test_a_folder_of_crowdanki_is_known_by_names_alone(tmp_path: Path) -> None:
    model = {
        "crowdanki_uuid": "m", "name": "Country", "type": 0, "css": "", "sortf": 1, "latexPre": "mine",
        "flds": [{"name": "Country", "ord": 0}, {"name": "Capital", "ord": 1, "rtl": True}],
        "tmpls": [{"name": "1", "ord": 0, "qfmt": "{{Country}}", "afmt": "{{Capital}}"}],
    }  # fmt: skip
    note = {"guid": "g-1", "note_model_uuid": "m", "fields": ["Austria", "Vienna"], "tags": []}
    crowd = {"__type__": "Deck", "name": "World", "note_models": [model], "notes": [note], "children": []}
    written(tmp_path / "World", {"deck.json": json.dumps(crowd)})
    assert not bring(tmp_path / "World", tmp_path / "decks" / "world", keep=Keep()).untimed
    files = files_of(tmp_path / "decks")
    assert files["kinds/country.yaml"].endswith(b"anki: {adopt: true}\n")
    assert files["world/guids.txt"].splitlines()[1:] == [b"austria g-1"]
    assert "world/ledger.txt" not in files
    told = files[REPORT].decode()
    assert b"\nsort: capital\n" in files["kinds/country.yaml"]
    assert "header or footer of its own for LaTeX" in told
    assert "field Capital is written from right to left" in told


def test_learners_of_a_crowdanki_deck_merge_note_types_once(
    anki: Collection, tmp_path: Path, cardgen: Callable[..., Ran]
) -> None:
    design = {"fields": ["Country", "Capital"], "cards": {"1": ("{{Country}}", "{{Capital}}")}, "css": ""}
    add_type(anki, "Country", design)
    note = anki.new_note(anki.models.by_name("Country"))
    note.fields, note.guid = ["Austria", "Vienna"], "g-1"
    anki.add_note(note, anki.decks.id("World"))
    (card_id,) = anki.find_cards("")
    card = anki.get_card(card_id)
    card.type, card.queue, card.ivl, card.due = 2, 2, 30, 40
    anki.update_card(card)
    template = {"name": "1", "ord": 0, "qfmt": "{{Country}}", "afmt": "{{Capital}}"}
    model = {
        "crowdanki_uuid": "m", "name": "Country", "type": 0, "css": "",
        "flds": [{"name": name, "ord": number} for number, name in enumerate(design["fields"])], "tmpls": [template],
    }  # fmt: skip
    notes = [{"guid": "g-1", "note_model_uuid": "m", "fields": ["Austria", "Wien"], "tags": []}]
    crowd = {"__type__": "Deck", "name": "World", "note_models": [model], "notes": notes, "children": []}
    written(tmp_path / "World", {"deck.json": json.dumps(crowd)})
    bring(tmp_path / "World", tmp_path / "decks" / "world", keep=Keep())
    anki.db.execute("update notes set mod = 1")
    before = schedules(anki)
    assert imported(anki, built(cardgen, tmp_path), merge_notetypes=True) == {"updated": 1}
    assert schedules(anki) == before
    changed(tmp_path / "decks" / "world" / "world.yaml", "Wien", "Vindobona")
    assert imported(anki, built(cardgen, tmp_path)) == {"updated": 1}
    assert schedules(anki) == before


def test_a_dry_run_of_keeping_writes_nothing(kept: Path, cardgen: Callable[..., Ran]) -> None:
    told = cardgen("import", "world.apkg", "--keep", "--dry-run", "--into", "other/world", cwd=kept)
    assert told.out == (
        "5 notes would become 5 cards in 2 sections, with 4 media files: other/world\n"
        "kinds: ultimate-geography, fluss\n"
    )
    assert not (kept / "other").exists()


@pytest.mark.parametrize("option", ["--exact", "--room"])
def test_what_is_of_keep_is_refused_without_it(option: str, kept: Path, cardgen: Callable[..., Ran]) -> None:
    refused = cardgen("import", "world.apkg", option, "--into", "other/world", cwd=kept)
    assert (refused.code, refused.out) == (2, "")
    assert f"{option} is of --keep: what is converted has no note types" in refused.err
