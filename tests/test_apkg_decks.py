"""Decks, presets and media of packages, seen by Anki's own engine."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import artefacts, card_file, imported, written

from cardgen.load import load_decks

if TYPE_CHECKING:
    from anki.collection import Collection


from anki_cards import asked, basic, cards_in, column, deck_file, png

# Decks ---------------------------------------------------------------------------------------------------------------


def deck_names(collection: Collection) -> list[str]:
    return sorted(deck.name for deck in collection.decks.all_names_and_ids() if deck.name != "Default")


def test_a_deck_has_its_parents_its_sections_and_its_description(tmp_path: Path, anki: Collection) -> None:
    files = {
        "demo/deck.yaml": deck_file(
            "demo", "A & B::C <i>", ["one", "two"], description="For **all** <you>.", subdecks=True
        ),
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
    assert sorted(deck["name"] for deck in decks) == ["A", "A::B", "A::B::C", "Default"]


def test_two_decks_may_have_sections_of_the_same_title(tmp_path: Path, anki: Collection) -> None:
    files = {
        f"{name}/{file}.yaml": content
        for name in ("left", "right")
        for file, content in (
            ("deck", deck_file(name, name.title(), ["same"], subdecks=True)),
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
        "demo/deck.yaml": deck_file("demo", "Demo", ["one"], subdecks=True),
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
    decks = written(tmp_path / "decks", {"demo/deck.yaml": deck_file("demo", "Demo", names, subdecks=True), **files})
    (package,) = artefacts(decks, tmp_path / "dist", "apkg").values()
    assert imported(anki, package) == {"new": 4000}
    assert deck_names(anki) == ["Demo", *(f"Demo::Section {name}" for name in names)]


# Presets -------------------------------------------------------------------------------------------------------------

PRESET = {"new_per_day": 7, "reviews_per_day": 33, "desired_retention": 0.87}


def presets(collection: Collection, decks: list[str]) -> dict[str, dict[str, Any]]:
    """Return the deck options that Anki uses for these decks."""
    found = {}
    for name in decks:
        options = collection.decks.config_dict_for_deck_id(collection.decks.id_for_name(name))
        found[name] = {
            "name": options["name"],
            "new": options["new"]["perDay"],
            "reviews": options["rev"]["perDay"],
            "retention": options["desiredRetention"],
            "by position": (options["newGatherPriority"], options["newSortOrder"]) == (1, 1),
            "bury": options["new"]["bury"] and options["rev"]["bury"] and options["buryInterdayLearning"],
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
    ours = {"name": "Top - Demo", "new": 7, "reviews": 33, "retention": 0.87, "by position": True, "bury": True}
    theirs = {"name": "Default", "new": 20, "reviews": 200, "retention": 0.9, "by position": False, "bury": False}
    assert presets(anki, ["Top", "Top::Demo"]) == {"Top": theirs, "Top::Demo": ours}


def test_a_preset_does_not_arrive_by_itself(tmp_path: Path, anki: Collection) -> None:
    before = presets(anki, ["Default"])["Default"]
    imported(anki, preset_package(tmp_path, **PRESET))
    assert presets(anki, ["Top::Demo"]) == {"Top::Demo": before}
    assert [options["name"] for options in anki.decks.all_config()] == ["Default"]


def test_what_a_preset_does_not_say_is_as_anki_has_it(tmp_path: Path, anki: Collection) -> None:
    imported(anki, preset_package(tmp_path, new_per_day=0), with_deck_configs=True)
    ours = anki.decks.config_dict_for_deck_id(anki.decks.id_for_name("Top::Demo"))
    theirs = anki.decks.get_config(1)
    different = {"id", "mod", "usn", "name", "newGatherPriority", "newSortOrder", "buryInterdayLearning"}
    different |= {"easyDaysPercentages"}
    theirs |= {"new": theirs["new"] | {"perDay": 0, "bury": True}, "rev": theirs["rev"] | {"bury": True}}
    assert {key: value for key, value in ours.items() if key not in different} == {
        key: value for key, value in theirs.items() if key not in different
    }


# Media ---------------------------------------------------------------------------------------------------------------


def pictures_shown(collection: Collection) -> dict[str, list[bytes | None]]:
    """Return for each question the contents of the pictures that its answer side shows, as the learner has them."""
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
        "collection.yaml": "facets: {level: [core]}\n",
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
    assert zipfile.ZipFile(package).namelist() == ["0", "media", "collection.anki2"]
