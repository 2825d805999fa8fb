"""Packages, seen by Anki's own engine: what arrives, what stays as it was, and what the files are made of."""

from __future__ import annotations

import html
import json
import re
import shutil
import sqlite3
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import REPOSITORY, Ran, artefacts, card_file, imported, written

from cardgen.anki.fields import sources_html
from cardgen.anki.html import text_to_html, to_html
from cardgen.build.clock import build_time
from cardgen.kinds import Form
from cardgen.load import load_decks
from cardgen.model.edition import Edition
from cardgen.notes import Note, compose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from anki.cards import Card
    from anki.collection import Collection

    from cardgen.check import MediaFile
    from cardgen.richtext import RichText

# The decks that ship, in all their editions --------------------------------------------------------------------------

DECKS = {
    file.parent.name: yaml.safe_load(file.read_text(encoding="utf-8"))
    for file in sorted((REPOSITORY / "decks").glob("*/deck.yaml"))
}
EDITIONS = [(name, variant) for name, deck in DECKS.items() for variant in (None, *deck.get("variants", {}))]


@dataclass(frozen=True)
class Learner:
    """A collection of Anki's into which one edition was imported, and nothing else."""

    collection: Collection
    package: Path
    notes: tuple[Note, ...]
    media: Mapping[str, MediaFile]
    title: str
    log: dict[str, int]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(REPOSITORY / "decks", tmp_path_factory.mktemp("shipped") / "decks"))


@pytest.fixture(scope="module", params=EDITIONS, ids=lambda edition: "-".join(filter(None, edition)))
def learner(
    request: pytest.FixtureRequest, shipped: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Learner]:
    from anki.collection import Collection

    name, variant = request.param
    folder = tmp_path_factory.mktemp("learner")
    wanted = {"variants": [variant]} if variant else {}
    (package,) = artefacts(shipped, folder / "dist", "apkg", names=[name], **wanted).values()
    loaded = load_decks(shipped, [name])
    assert loaded.collection is not None
    (deck,) = loaded.collection.decks
    selection = Edition(deck, deck.variant(variant or "")).selection
    composed = compose(deck, loaded.collection.sources, build_time().date())
    notes = tuple(note for note in composed if selection.selects(note.card))
    collection = Collection(str(folder / "collection.anki2"))
    yield Learner(collection, package, notes, loaded.media[deck.id], deck.title, imported(collection, package))
    collection.close()


def test_a_shipped_edition_imports_without_conflict(learner: Learner) -> None:
    assert learner.log == {"new": len(learner.notes)}


NAMES = {
    Form.BASIC: "cardgen Basic",
    Form.TWO_WAY: "cardgen Two-way",
    Form.TYPED: "cardgen Typed",
    Form.CLOZE: "cardgen Cloze",
}


Arrived = tuple[str, str, list[str], list[str], list[tuple[int, str]]]
"""A note in Anki: guid, note type, fields, tags, and the number and the deck of each of its cards."""


def as_composed(note: Note, learner: Learner) -> Arrived:
    """Give what a note should be in Anki."""
    card, part = note.card, note.part

    def rendered(tree: RichText) -> str:
        return to_html(tree, lambda path: learner.media[path].name)

    fields = [
        *(rendered(part.front), rendered(part.back), rendered(part.more), text_to_html(note.section)),
        *(rendered(note.note), sources_html(note.source), card.as_of, " ".join(note.status), card.kind, note.address),
        *(card.language, card.direction, "", ""),
    ]
    cards = [(ordinal, f"{learner.title}::{note.section}") for ordinal in note.ordinals]
    return note.guid, NAMES[part.form], [unicodedata.normalize("NFC", field) for field in fields], [*note.tags], cards


def as_arrived(collection: Collection) -> list[Arrived]:
    """Give all notes of a collection, in the order in which it would show them."""
    arrived = []
    for note_id in collection.db.list("select nid from cards group by nid order by min(due)"):
        note = collection.get_note(note_id)
        cards = [(card.ord, collection.decks.name(card.did)) for card in note.cards()]
        arrived.append((note.guid, note.note_type()["name"], list(note.fields), sorted(note.tags), cards))
    return arrived


def test_notes_of_a_shipped_edition_arrive_whole_and_in_study_order(learner: Learner) -> None:
    assert as_arrived(learner.collection) == [as_composed(note, learner) for note in learner.notes]


def test_all_cards_of_a_note_are_due_at_its_own_position(learner: Learner) -> None:
    positions = learner.collection.db.all("select distinct nid, due from cards")
    assert sorted(due for _, due in positions) == sorted({due for _, due in positions})
    assert len(positions) == len(learner.notes)


def cards_in(collection: Collection) -> list[Card]:
    return [collection.get_card(card_id) for card_id in collection.db.list("select id from cards order by due, ord")]


def asked(card: Card) -> str:
    """Give the words of the question that Anki shows."""
    found = re.search(r'<div class="question">(.*)</main>', card.render_output().question_text, re.DOTALL)
    return html.unescape(re.sub(r"<[^<>]*>", "", found[1])).strip() if found else ""


def test_of_many_sources_the_first_is_shown_and_the_others_wait(tmp_path: Path, anki: Collection) -> None:
    works = [{"id": f"w{number}", "type": "book", "title": f"Work {number}"} for number in range(5)]
    files = {
        "sources.yaml": json.dumps({"references": works}),
        "demo/deck.yaml": deck_file("demo", "Demo", ["one"]),
        "demo/one.yaml": card_file(
            "One",
            [
                basic("a", "Q", "A", source=["w0", "w1", "w2"]),
                basic("b", "Q", "A", source=["w0", "w1", "w2", "w3", "w4"]),
            ],
        ),
    }
    (package,) = artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "apkg").values()
    imported(anki, package)
    assert [card.note()["Source"] for card in cards_in(anki)] == [
        "<p>Work 0</p><p>Work 1</p><p>Work 2</p>",
        "<p>Work 0</p><details><summary>4 more sources</summary>"
        "<p>Work 1</p><p>Work 2</p><p>Work 3</p><p>Work 4</p></details>",
    ]


def test_every_card_of_a_shipped_edition_renders(learner: Learner) -> None:
    wrong = []
    for card in cards_in(learner.collection):
        output = card.render_output()
        both = output.question_text + output.answer_text
        if not asked(card) or "{{" in both or "unknown field" in both or card.is_empty():
            wrong.append((card.note()["ID"], card.ord))
    assert wrong == []
    assert list(learner.collection.get_empty_cards().notes) == []


def contents(collection: Collection) -> dict[str, Any]:
    """Give all that a collection holds of a learner's: notes, cards, reviews, decks and note types."""
    return {
        "notes": collection.db.all("select * from notes order by id"),
        "cards": collection.db.all("select * from cards order by id"),
        "reviews": collection.db.all("select * from revlog order by id"),
        "decks": sorted(deck.name for deck in collection.decks.all_names_and_ids()),
        "note types": sorted(kind.name for kind in collection.models.all_names_and_ids()),
    }


def test_importing_a_shipped_edition_again_changes_nothing(learner: Learner) -> None:
    before = contents(learner.collection)
    assert imported(learner.collection, learner.package) == {"duplicate": len(learner.notes)}
    assert contents(learner.collection) == before


def test_a_shipped_edition_passes_ankis_integrity_check(learner: Learner) -> None:
    assert learner.collection.fix_integrity()[1]


# Variants and schedules ----------------------------------------------------------------------------------------------


def study(collection: Collection, deck: str, count: int) -> None:
    """Answer some cards, by turns well and easily, so some are learning and some are due in days."""
    collection.decks.select(collection.decks.id_for_name(deck))
    for index in range(count):
        card = collection.sched.getCard()
        card.start_timer()
        collection.sched.answerCard(card, 3 + index % 2)


def studied(collection: Collection) -> dict[str, Any]:
    """Give all that studying has left: the cards that were seen, whole, and the reviews."""
    return {
        "cards": collection.db.all("select * from cards where reps > 0 order by id"),
        "reviews": collection.db.all("select * from revlog order by id"),
    }


@pytest.mark.parametrize("order", [("essentials", None), (None, "essentials")], ids=["essentials first", "all first"])
@pytest.mark.parametrize("name", DECKS)
def test_one_edition_after_another_keeps_every_schedule_and_makes_no_duplicates(
    name: str, order: tuple[str | None, ...], shipped: Path, tmp_path: Path, anki: Collection
) -> None:
    packages = {
        variant: next(iter(artefacts(shipped, tmp_path / "dist", "apkg", names=[name], variants=wanted).values()))
        for variant, wanted in ((None, []), ("essentials", ["essentials"]))
    }
    imported(anki, packages[order[0]])
    study(anki, DECKS[name]["title"], 6)
    before = studied(anki)
    counted = imported(anki, packages[order[1]])
    assert studied(anki) == before
    assert len(before["cards"]) == 6
    guids = anki.db.list("select guid from notes")
    assert sorted(guids) == sorted({*guids})
    assert {*counted} <= {"new", "duplicate"}


SECTIONS = {
    f"demo/{name}.yaml": card_file(
        name,
        [
            {"id": f"{name}-{index}", "kind": "basic", "front": f"{name} {index}", "back": "a", "level": level}
            for index, level in enumerate(["more", "core", "more", "core"])
        ],
    )
    for name in ("one", "two")
}
ESSENTIALS = {
    "demo/deck.yaml": "id: demo\ntitle: Demo\nsections: [one, two]\nvariants: {essentials: {where: {level: core}}}\n"
}


def test_new_cards_come_in_the_decks_order_whichever_edition_came_first(tmp_path: Path, anki: Collection) -> None:
    decks = written(tmp_path / "decks", ESSENTIALS | SECTIONS)
    (essentials,) = artefacts(decks, tmp_path / "dist", "apkg", variants=["essentials"]).values()
    (everything,) = artefacts(decks, tmp_path / "dist", "apkg").values()
    assert [imported(anki, essentials), imported(anki, everything)] == [{"new": 4}, {"new": 4, "duplicate": 4}]
    assert [asked(card) for card in cards_in(anki)] == [
        f"{name} {index}" for name in ("one", "two") for index in range(4)
    ]


# Decks ---------------------------------------------------------------------------------------------------------------


def deck_names(collection: Collection) -> list[str]:
    return sorted(deck.name for deck in collection.decks.all_names_and_ids() if deck.name != "Default")


def basic(card_id: str, front: str, back: str = "An answer.", **more: object) -> dict[str, object]:
    return {"id": card_id, "kind": "basic", "front": front, "back": back, **more}


def deck_file(deck_id: str, title: str, sections: list[str], **more: object) -> str:
    return json.dumps({"id": deck_id, "title": title, "sections": sections, **more}, ensure_ascii=False)


def test_a_deck_has_its_parents_its_sections_and_its_description(tmp_path: Path, anki: Collection) -> None:
    files = {
        "demo/deck.yaml": deck_file("demo", "A & B::C <i>", ["one", "two"], description="For **all** <you>."),
        "demo/one.yaml": card_file("Step 1: d'où?", [basic("a", "Q")]),
        "demo/two.yaml": card_file("日本語", [basic("b", "Q")]),
    }
    (package,) = artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "apkg").values()
    imported(anki, package)
    assert deck_names(anki) == ["A & B", "A & B::C <i>", "A & B::C <i>::Step 1: d'où?", "A & B::C <i>::日本語"]
    assert [anki.decks.by_name(name)["desc"] for name in deck_names(anki)] == [
        "",
        "For <strong>all</strong> &lt;you&gt;.",
        "",
        "",
    ]


def test_the_package_itself_lists_every_parent(tmp_path: Path) -> None:
    files = {
        "demo/deck.yaml": deck_file("demo", "A::B::C", ["one"]),
        "demo/one.yaml": card_file("One", [basic("a", "Q")]),
    }
    (package,) = artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "apkg").values()
    decks = column(package, "decks").values()
    assert sorted(deck["name"] for deck in decks) == ["A", "A::B", "A::B::C", "A::B::C::One", "Default"]


def test_two_decks_may_have_sections_of_the_same_title(tmp_path: Path, anki: Collection) -> None:
    files = {
        f"{name}/{file}.yaml": content
        for name in ("left", "right")
        for file, content in (
            ("deck", deck_file(name, name.title(), ["same"])),
            ("same", card_file("Same", [basic("a", f"{name}?")])),
        )
    }
    for package in artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "apkg").values():
        assert imported(anki, package) == {"new": 1}
    assert [(asked(card), anki.decks.name(card.did)) for card in cards_in(anki)] == [
        ("left?", "Left::Same"),
        ("right?", "Right::Same"),
    ]


@pytest.mark.parametrize("titles", [("Visa", "VISA"), ("é", "É"), ("é", "e\u0301")])
def test_sections_that_anki_cannot_tell_apart_are_not_built(tmp_path: Path, titles: tuple[str, str]) -> None:
    # Anki ignores case and normal form in the names of decks, and renames one of two that clash.
    files = {
        "demo/deck.yaml": deck_file("demo", "Demo", ["one", "two"]),
        "demo/one.yaml": card_file(titles[0], [basic("a", "Q")]),
        "demo/two.yaml": card_file(titles[1], [basic("b", "Q")]),
    }
    assert [finding.code for finding in load_decks(written(tmp_path / "decks", files)).diagnostics] == ["CG312"]


@pytest.mark.parametrize("title", [" ", ":x", "x:", "\u00a0"])
def test_a_section_keeps_its_title_in_anki_or_is_not_built(tmp_path: Path, anki: Collection, title: str) -> None:
    files = {
        "demo/deck.yaml": deck_file("demo", "Demo", ["one"]),
        "demo/one.yaml": card_file(title, [basic("a", "Q")]),
    }
    decks = written(tmp_path / "decks", files)
    if load_decks(decks).collection is not None:
        (package,) = artefacts(decks, tmp_path / "dist", "apkg").values()
        imported(anki, package)
        assert deck_names(anki) == ["Demo", f"Demo::{title}"]


def test_thousands_of_sections_arrive(tmp_path: Path, anki: Collection) -> None:
    names = [f"s{index:04}" for index in range(4000)]
    files = {f"demo/{name}.yaml": card_file(f"Section {name}", [basic(name, f"{name}?")]) for name in names}
    decks = written(tmp_path / "decks", {"demo/deck.yaml": deck_file("demo", "Demo", names), **files})
    (package,) = artefacts(decks, tmp_path / "dist", "apkg").values()
    assert imported(anki, package) == {"new": 4000}
    assert deck_names(anki) == ["Demo", *(f"Demo::Section {name}" for name in names)]


# Presets -------------------------------------------------------------------------------------------------------------

PRESET = {"new_per_day": 7, "reviews_per_day": 33, "desired_retention": 0.87}


def presets(collection: Collection, decks: list[str]) -> dict[str, dict[str, Any]]:
    """Give the deck options that Anki uses for these decks."""
    found = {}
    for name in decks:
        options = collection.decks.config_dict_for_deck_id(collection.decks.id_for_name(name))
        found[name] = {
            "name": options["name"],
            "new": options["new"]["perDay"],
            "reviews": options["rev"]["perDay"],
            "retention": options["desiredRetention"],
            "by position": options["newGatherPriority"] == 1,
        }
    return found


def preset_package(folder: Path, **preset: object) -> Path:
    files = {
        "demo/deck.yaml": deck_file("demo", "Top::Demo", ["one"], preset=preset),
        "demo/one.yaml": card_file("One", [basic("a", "Q")]),
    }
    (package,) = artefacts(written(folder / "decks", files), folder / "dist", "apkg").values()
    return package


def test_a_preset_arrives_if_the_learner_asks_for_it(tmp_path: Path, anki: Collection) -> None:
    imported(anki, preset_package(tmp_path, **PRESET), with_deck_configs=True)
    ours = {"name": "Top - Demo", "new": 7, "reviews": 33, "retention": 0.87, "by position": True}
    theirs = {"name": "Default", "new": 20, "reviews": 200, "retention": 0.9, "by position": False}
    assert presets(anki, ["Top", "Top::Demo", "Top::Demo::One"]) == {
        "Top": theirs,
        "Top::Demo": ours,
        "Top::Demo::One": ours,
    }


def test_a_preset_does_not_arrive_by_itself(tmp_path: Path, anki: Collection) -> None:
    before = presets(anki, ["Default"])["Default"]
    imported(anki, preset_package(tmp_path, **PRESET))
    assert presets(anki, ["Top::Demo", "Top::Demo::One"]) == {"Top::Demo": before, "Top::Demo::One": before}
    assert [options["name"] for options in anki.decks.all_config()] == ["Default"]


def test_what_a_preset_does_not_say_is_as_anki_has_it(tmp_path: Path, anki: Collection) -> None:
    imported(anki, preset_package(tmp_path, new_per_day=0), with_deck_configs=True)
    ours = anki.decks.config_dict_for_deck_id(anki.decks.id_for_name("Top::Demo"))
    theirs = anki.decks.get_config(1)
    different = {"id", "mod", "usn", "name", "newGatherPriority", "easyDaysPercentages"}
    assert {key: value for key, value in ours.items() if key not in different} == {
        key: value for key, value in {**theirs, "new": theirs["new"] | {"perDay": 0}}.items() if key not in different
    }


# Media ---------------------------------------------------------------------------------------------------------------


def png(shade: int) -> bytes:
    """Make a picture of one pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes([0, shade]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def pictures_shown(collection: Collection) -> dict[str, list[bytes | None]]:
    """Give for each question the contents of the pictures that its answer side shows, as the learner has them."""
    folder = Path(collection.media.dir())
    return {
        asked(card): [
            (folder / name).read_bytes() if (folder / name).is_file() else None
            for name in re.findall(r'<img src="([^"]*)"', card.render_output().answer_text)
        ]
        for card in cards_in(collection)
    }


def test_decks_with_pictures_of_the_same_name_show_each_its_own(tmp_path: Path, anki: Collection) -> None:
    files: dict[str, str | bytes] = {}
    for name, shade in (("left", 10), ("right", 200)):
        files[f"{name}/deck.yaml"] = deck_file(name, name.title(), ["one"])
        files[f"{name}/one.yaml"] = card_file("One", [basic("a", f"{name}?", "![map](media/map.png)")])
        files[f"{name}/media/map.png"] = png(shade)
    for package in artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "apkg").values():
        imported(anki, package)
    assert pictures_shown(anki) == {"left?": [png(10)], "right?": [png(200)]}


def test_pictures_arrive_from_every_field_whatever_their_files_are_called(tmp_path: Path, anki: Collection) -> None:
    names = ["Carte d'été.PNG", "日本.png", "a%20b&c.png", "deep/er/map.png", "map.png", "x" * 200 + ".png"]
    links = [f"![](<media/{name}>)" for name in names]
    cards = [
        basic("a", f"front? {links[0]}", links[1], note=links[2]),
        {"id": "b", "kind": "definition", "term": "term?", "definition": links[3], "example": links[4]},
        {"id": "c", "kind": "cloze", "text": f"gap? {{{{c1::{links[5]}}}}}"},
    ]
    files: dict[str, str | bytes] = {
        "demo/deck.yaml": deck_file("demo", "Demo", ["one"]),
        "demo/one.yaml": card_file("One", cards),
        **{f"demo/media/{name}": png(shade) for shade, name in enumerate(names)},
    }
    (package,) = artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "apkg").values()
    imported(anki, package)
    shown = pictures_shown(anki)
    assert shown == {
        "front?": [png(0), png(1), png(2)],
        "term?": [png(3), png(4)],
        "": [png(3), png(4)],
        "gap? [...]": [png(5)],
    }
    assert [
        file.name for file in Path(anki.media.dir()).iterdir() if not re.fullmatch(r"[a-z0-9-]+\.png", file.name)
    ] == []


def test_a_variant_carries_only_the_pictures_it_shows(tmp_path: Path, anki: Collection) -> None:
    cards = [basic("a", "a?", "![](media/a.png)", level="core"), basic("b", "b?", "![](media/b.png)")]
    files: dict[str, str | bytes] = {
        "demo/deck.yaml": deck_file("demo", "Demo", ["one"], variants={"v": {"where": {"level": "core"}}}),
        "demo/one.yaml": card_file("One", cards),
        "demo/media/a.png": png(1),
        "demo/media/b.png": png(2),
    }
    decks = written(tmp_path / "decks", files)
    (package,) = artefacts(decks, tmp_path / "dist", "apkg", variants=["v"]).values()
    imported(anki, package)
    assert [file.read_bytes() for file in Path(anki.media.dir()).iterdir()] == [png(1)]


def test_one_picture_in_two_decks_of_a_package_is_packed_once(tmp_path: Path, anki: Collection) -> None:
    files: dict[str, str | bytes] = {"collection.yaml": "title: All\n"}
    for name in ("left", "right"):
        files[f"{name}/deck.yaml"] = deck_file(name, name.title(), ["one"])
        files[f"{name}/one.yaml"] = card_file("One", [basic("a", f"{name}?", "![map](media/map.png)")])
        files[f"{name}/media/map.png"] = png(7)
    decks = written(tmp_path / "decks", files)
    package = artefacts(decks, tmp_path / "dist", "apkg", all_in_one=True)["all.apkg"]
    imported(anki, package)
    assert pictures_shown(anki) == {"left?": [png(7)], "right?": [png(7)]}
    assert zipfile.ZipFile(package).namelist() == ["collection.anki2", "0", "media"]


# Text is text --------------------------------------------------------------------------------------------------------

INERT = [
    "[sound:x.mp3]",
    "[latex]x[/latex]",
    "[anki:tts lang=en_US]x[/anki:tts]",
    "[[type:Front]]",
    "{{Front}} {{#Back}}x{{/Back}} {{FrontSide}}",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt;",
    "<anki-mathjax>x</anki-mathjax>",
]


def alive(collection: Collection) -> list[str]:
    """Give what of each card is live: sounds, scripts, pictures, LaTeX, input fields, and TeX delimiters."""
    found: list[str] = []
    for card in cards_in(collection):
        output = card.render_output()
        found.extend(map(str, output.question_av_tags + output.answer_av_tags))
        for side in (output.question_text, output.answer_text):
            # The template's own script is the last thing of a card.
            content = side.rpartition("</main>")[0]
            found.extend(re.findall(r"<(?:script|img|anki)[^>]*>|\[\[type:[^\]]*\]\]|\\[(\[]", content))
    return found


@pytest.mark.parametrize("text", [*INERT, r"\\(x\\)", r"\\[x\\]"])
def test_what_an_author_types_never_comes_alive_on_a_card(text: str, tmp_path: Path, anki: Collection) -> None:
    cards = [
        basic("a", text, text, note=text, source={"id": "s", "locator": text}),
        {"id": "b", "kind": "cloze", "text": f"{text} {{{{c1::{text}::{text}}}}}", "extra": text},
        {"id": "c", "kind": "choice", "question": text, "options": [{"text": text, "right": True}, {"text": "b"}]},
    ]
    files = {
        "sources.yaml": json.dumps({"references": [{"id": "s", "type": "book", "title": text, "publisher": text}]}),
        "demo/deck.yaml": deck_file("demo", "Demo", ["one"]),
        "demo/one.yaml": card_file("One", cards if "{{" not in text else [cards[0], cards[2]]),
    }
    (package,) = artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "apkg").values()
    imported(anki, package)
    assert alive(anki) == []
    assert asked(cards_in(anki)[0]) == text.replace("\\\\", "\\")


@pytest.mark.parametrize("text", ["$%s$", "$$%s$$", "[a](https://example.org/%s)", "![%s](media/map.png)", "`%s`"])
@pytest.mark.parametrize("tag", ["[sound:x.mp3]", "[latex]x[/latex]"])
def test_no_markup_brings_ankis_own_tags_to_life(text: str, tag: str, tmp_path: Path, anki: Collection) -> None:
    files: dict[str, str | bytes] = {
        "demo/deck.yaml": deck_file("demo", "Demo", ["one"]),
        "demo/one.yaml": card_file("One", [basic("a", f"Q {text % tag}")]),
    }
    if "map.png" in text:
        files["demo/media/map.png"] = png(0)
    (package,) = artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "apkg").values()
    imported(anki, package)
    (card,) = cards_in(anki)
    output = card.render_output()
    assert output.question_av_tags == []
    assert "latex-" not in output.question_text


def test_only_the_typed_card_asks_for_typing(tmp_path: Path, anki: Collection) -> None:
    files = {
        "demo/deck.yaml": deck_file("demo", "Demo", ["one"]),
        "demo/one.yaml": card_file("One", [{"id": "a", "kind": "typed", "front": "Which?", "back": "[[type:Front]]"}]),
    }
    (package,) = artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "apkg").values()
    imported(anki, package)
    output = cards_in(anki)[0].render_output()
    assert re.findall(r"\[\[type:.*?\]\]", output.question_text) == ["[[type:Back]]"]
    assert re.findall(r"\[\[type:.*?\]\]", output.answer_text) == ["[[type:Back]]"]


def test_mathematics_reaches_anki_as_mathjax(tmp_path: Path, anki: Collection) -> None:
    files = {
        "demo/deck.yaml": deck_file("demo", "Demo", ["one"]),
        "demo/one.yaml": card_file("One", [basic("a", "If $x^2<4$, then", "$$x<2$$")]),
    }
    (package,) = artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "apkg").values()
    imported(anki, package)
    note = cards_in(anki)[0].note()
    assert [note["Front"], note["Back"]] == [r"If \(x^2&lt;4\), then", r"\[x&lt;2\]"]


# What a package is made of -------------------------------------------------------------------------------------------


def opened(package: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(zipfile.ZipFile(package).read("collection.anki2"))
    return connection


def column(package: Path, name: str) -> dict[str, Any]:
    (text,) = opened(package).execute(f"select {name} from col").fetchone()
    values: dict[str, Any] = json.loads(text)
    return values


SHARED = ("More", "Section", "Note", "Source", "As of", "Status", "Kind", "ID", "Language", "Direction")
SPARE = ("Reserved 1", "Reserved 2")
NOTE_TYPES = {
    1763800000001: ("cardgen Basic", ("Front", "Back", *SHARED, *SPARE), ("Card",)),
    1763800000002: ("cardgen Two-way", ("Front", "Back", *SHARED, *SPARE), ("Forward", "Backward")),
    1763800000003: ("cardgen Typed", ("Front", "Back", *SHARED, *SPARE), ("Card",)),
    1763800000004: ("cardgen Cloze", ("Text", "Extra", *SHARED, *SPARE), ("Cloze",)),
}
"""The note types for ever: learners' collections hang on their ids, and on the names and the order of fields."""

PART_IDS: dict[int, list[int]] = {
    1763800000001: [
        8591896006694986317,
        4595179857343436143,
        932087637463487829,
        7463278537411024621,
        2262817271312588050,
        5316026769127294872,
        671265229277540608,
        599858905715014518,
        6836821699491643155,
        2879582347135196012,
        4935162647115076387,
        1701468501281405112,
        3639734284078316595,
        8907038207661395351,
        7485685090971376193,
    ],
    1763800000002: [
        7082488270706740406,
        7417525013814750610,
        8291126126675466862,
        4302320526760458961,
        6365972185428013502,
        6824710655534253213,
        1934033353633638651,
        6189946517618440712,
        7168308503890159967,
        3635630347867110004,
        8869514727061242404,
        8058492887161273345,
        1511092151408599550,
        1622533679336358811,
        3009937632228302572,
        5031256616362092456,
    ],
    1763800000003: [
        625782860319982066,
        9168821248314331666,
        8717084587564682500,
        6051739748022738488,
        5044784770161525560,
        6329619377825120416,
        3318964172670191529,
        1060630623267251924,
        9030427750147946306,
        4694784771409914956,
        4515048882161731828,
        2313979090443909705,
        306001609676407272,
        1034931658773550153,
        8988328023079588928,
    ],
    1763800000004: [
        8288854555556341210,
        8694688578389177301,
        2055456728293587812,
        916774758318770836,
        7066605760454902833,
        936661235188520269,
        3810019328299233994,
        5799304799849265464,
        5774407004803117942,
        7350734740816642391,
        7892977881329038262,
        8499031532047230282,
        7025014217289829154,
        1378725322854170064,
        6597917214304631439,
    ],
}
"""For ever as well: ids of fields, then of templates, by which Anki knows them again after a renaming."""

ALL_FORMS = [
    basic("a", "Q"),
    {"id": "b", "kind": "reversed", "front": "a", "back": "b"},
    {"id": "c", "kind": "typed", "front": "a", "back": "b"},
    {"id": "d", "kind": "cloze", "text": "{{c2::a}} {{c1::b}}"},
]


@pytest.fixture
def all_forms(tmp_path: Path) -> Path:
    """Build a package with every note type in it."""
    files = {"demo/deck.yaml": deck_file("demo", "Demo", ["one"]), "demo/one.yaml": card_file("One", ALL_FORMS)}
    return artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "apkg")["demo.apkg"]


def test_the_note_types_are_these_for_ever(all_forms: Path) -> None:
    assert {
        int(model["id"]): (
            model["name"],
            tuple(field["name"] for field in model["flds"]),
            tuple(template["name"] for template in model["tmpls"]),
        )
        for model in column(all_forms, "models").values()
    } == NOTE_TYPES


def test_fields_and_templates_carry_ids_that_stay(all_forms: Path) -> None:
    assert {
        int(model["id"]): [part["id"] for part in (*model["flds"], *model["tmpls"])]
        for model in column(all_forms, "models").values()
    } == PART_IDS


def test_anki_takes_over_the_ids_of_fields_and_templates(all_forms: Path, anki: Collection) -> None:
    imported(anki, all_forms)
    models = [anki.models.by_name(name) for name, _, _ in NOTE_TYPES.values()]
    assert {model["id"]: [part["id"] for part in (*model["flds"], *model["tmpls"])] for model in models} == PART_IDS


def test_importing_brings_only_the_note_types_that_are_used(tmp_path: Path, anki: Collection) -> None:
    before = contents(anki)["note types"]
    files = {"demo/deck.yaml": deck_file("demo", "Demo", ["one"]), "demo/one.yaml": card_file("One", ALL_FORMS[:2])}
    (package,) = artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "apkg").values()
    imported(anki, package)
    assert contents(anki)["note types"] == sorted([*before, "cardgen Basic", "cardgen Two-way"])


def test_every_form_makes_its_cards(all_forms: Path, anki: Collection) -> None:
    imported(anki, all_forms)
    assert [(card.note()["ID"], card.ord, card.due, asked(card)) for card in cards_in(anki)] == [
        ("demo/a", 0, 1, "Q"),
        ("demo/b", 0, 2, "a"),
        ("demo/b", 1, 2, "b"),
        ("demo/c", 0, 3, "a\nType the answer. [[type:Back]]"),
        ("demo/d", 0, 4, "a [...]"),
        ("demo/d", 1, 4, "[...] b"),
    ]


def note_ids(package: Path) -> dict[str, int]:
    return dict(opened(package).execute("select guid, id from notes").fetchall())


def test_note_ids_stay_from_build_to_build_and_from_edition_to_edition(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole: dict[str, int] = {}
    for package in artefacts(shipped, tmp_path / "whole", "apkg").values():
        whole |= note_ids(package)
    assert len({*whole.values()}) == len(whole)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    packages = artefacts(shipped, tmp_path / "later", "apkg", variants=["essentials", "us-img"])
    later = {name: note_ids(package) for name, package in packages.items()}
    assert later == {name: {guid: whole[guid] for guid in ids} for name, ids in later.items()}


def test_a_packages_files_are_compressed_and_bear_no_date(all_forms: Path) -> None:
    with zipfile.ZipFile(all_forms) as package:
        assert package.testzip() is None
        assert [(file.filename, file.compress_type, file.date_time) for file in package.infolist()] == [
            ("collection.anki2", zipfile.ZIP_DEFLATED, (1980, 1, 1, 0, 0, 0)),
            ("media", zipfile.ZIP_DEFLATED, (1980, 1, 1, 0, 0, 0)),
        ]


def test_a_packages_database_is_whole(all_forms: Path) -> None:
    connection = opened(all_forms)
    assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert connection.execute("select count(*) from cards where nid not in (select id from notes)").fetchone() == (0,)


def test_no_temporary_files_are_left(decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path) -> None:
    decks()
    (tmp_path / "temporary").mkdir()
    formats = ("--format", "apkg", "--format", "csv", "--format", "anki-csv")
    places = {name: str(tmp_path / "temporary") for name in ("TMPDIR", "TEMP", "TMP")}
    assert cardgen("build", *formats, env=places).code == 0
    assert list((tmp_path / "temporary").iterdir()) == []
    assert sorted(file.name for file in (tmp_path / "dist").iterdir()) == [
        "demo.anki.csv",
        "demo.apkg",
        "demo.csv",
        "manifest.json",
    ]
