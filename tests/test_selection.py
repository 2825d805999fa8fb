"""Selections: which cards variants and demands leave, and what the artefacts of the editions are called."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import FACETS, artefacts, card_file, imported, written

from cardgen.build.builder import build_decks
from cardgen.build.request import Request
from cardgen.errors import UsageError
from cardgen.load import load_decks
from cardgen.model import EVERYTHING, Selection
from cardgen.model.edition import Edition

if TYPE_CHECKING:
    from pathlib import Path

    from anki.collection import Collection

    from cardgen.model import Deck

CARDS: dict[str, dict[str, Any]] = {
    "us-core": {"audience": "us", "level": "core", "tags": "visa::j1"},
    "both-more": {"audience": ["us", "ca"], "level": "more", "kind": "typed"},
    "nothing": {"tags": ["visa", "visas::old"]},
    "country": {"country": ["US", "CA"], "level": "core", "tags": "forms"},
}


def collected(root: Path, files: dict[str, str]) -> Path:
    """Write decks whose collection declares facets."""
    return written(root, {"collection.yaml": FACETS, **files})


def deck_file(deck_id: str, **more: object) -> str:
    return json.dumps({"id": deck_id, "title": deck_id.title(), "sections": ["one"], **more})


def cards(*names: str) -> str:
    written_cards = [{"id": name, "kind": "basic", "front": f"{name}?", "back": "a", **CARDS[name]} for name in names]
    return card_file("One", written_cards)


def chosen(folder: Path, where: dict[str, Any]) -> list[str]:
    """Return the ids of the cards that a variant of these demands leaves."""
    variants = {"v": {"where": where}}
    files = {"demo/deck.yaml": deck_file("demo", variants=variants), "demo/one.yaml": cards(*CARDS)}
    deck = loaded_deck(collected(folder / "decks", files))
    return selected(Edition(deck, deck.variant("v")))


def selected(edition: Edition) -> list[str]:
    """Return the ids of an edition's cards."""
    return [card.id for card in edition.deck.cards() if edition.selection.selects(card)]


def loaded_deck(decks: Path) -> Deck:
    loaded = load_decks(decks)
    assert loaded.diagnostics == ()
    assert loaded.collection is not None
    return loaded.collection.decks[0]


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ({"level": "core"}, ["us-core", "country"]),
        ({"level": ["core", "more"]}, ["us-core", "both-more", "country"]),
        ({"audience": "us"}, ["us-core", "both-more"]),
        ({"audience": ["ca", "xx"]}, ["both-more"]),
        ({"country": "CA"}, ["country"]),
        ({"kind": "typed"}, ["both-more"]),
        ({"kind": ["typed", "basic"]}, list(CARDS)),
        ({"tags": "visa"}, ["us-core", "nothing"]),
        ({"tags": "visa::j1"}, ["us-core"]),
        ({"tags": ["forms", "visas"]}, ["nothing", "country"]),
        ({"level": "core", "audience": "us"}, ["us-core"]),
        ({"level": "core", "tags": ["visa", "forms"], "kind": "basic"}, ["us-core", "country"]),
    ],
)
def test_a_variant_leaves_the_cards_for_which_every_line_holds(
    tmp_path: Path, where: dict[str, Any], ids: list[str]
) -> None:
    assert chosen(tmp_path, where) == ids


def test_a_whole_deck_has_all_cards_in_study_order(tmp_path: Path) -> None:
    files = {
        "demo/deck.yaml": deck_file("demo", sections=["two", "one"]),
        "demo/one.yaml": cards("nothing", "us-core"),
        "demo/two.yaml": cards("country", "both-more").replace("One", "Two"),
    }
    edition = Edition(loaded_deck(collected(tmp_path / "decks", files)))
    assert selected(edition) == ["country", "both-more", "nothing", "us-core"]


def test_a_variant_and_further_demands_must_all_hold(tmp_path: Path) -> None:
    variants = {"core": {"title": "Essentials", "where": {"level": "core"}}}
    files = {"demo/deck.yaml": deck_file("demo", variants=variants), "demo/one.yaml": cards(*CARDS)}
    deck = loaded_deck(collected(tmp_path / "decks", files))
    extra = Selection((("tags", frozenset({"visa"})),))
    assert selected(Edition(deck, deck.variant("core"), extra)) == ["us-core"]
    assert selected(Edition(deck, None, extra)) == ["us-core", "nothing"]


def test_a_demand_that_nothing_meets_leaves_nothing(tmp_path: Path) -> None:
    deck = loaded_deck(collected(tmp_path, {"demo/deck.yaml": deck_file("demo"), "demo/one.yaml": cards(*CARDS)}))
    assert selected(Edition(deck, None, Selection((("level", frozenset({"none"})),)))) == []


def test_only_a_selection_without_demands_counts_as_everything() -> None:
    assert [bool(EVERYTHING), bool(Selection((("level", frozenset({"core"})),)))] == [False, True]


def test_a_variant_without_a_title_is_called_by_its_name(tmp_path: Path) -> None:
    variants = {"core": {"where": {"level": "core"}}, "us": {"title": "US IMG", "where": {"audience": "us"}}}
    files = {"demo/deck.yaml": deck_file("demo", variants=variants), "demo/one.yaml": cards(*CARDS)}
    deck = loaded_deck(collected(tmp_path, files))
    assert [(variant.name, variant.title) for variant in deck.variants] == [("core", "core"), ("us", "US IMG")]


@pytest.fixture
def two_decks(tmp_path: Path) -> Path:
    core = {"core": {"where": {"level": "core"}}}
    return collected(
        tmp_path / "decks",
        {
            "collection.yaml": f"title: My *own* Études, vol. 2\n{FACETS}",
            "visa/deck.yaml": deck_file("visa", variants=core | {"us": {"where": {"audience": "us"}}}),
            "visa/one.yaml": cards(*CARDS),
            "forms/deck.yaml": deck_file("forms", variants=core),
            "forms/one.yaml": cards("country"),
        },
    )


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["forms", "visa"]),
        ({"names": ["visa"]}, ["visa"]),
        ({"variants": ["core"]}, ["forms-core", "visa-core"]),
        ({"variants": ["us"]}, ["visa-us"]),
        ({"variants": ["us", "core"]}, ["forms-core", "visa-core", "visa-us"]),
        ({"where": [("level", "core")]}, ["forms-level-core", "visa-level-core"]),
        (
            {"names": ["visa"], "variants": ["us"], "where": [("level", "core"), ("kind", "basic")]},
            ["visa-us-level-core-kind-basic"],
        ),
        ({"names": ["visa"], "where": [("tags", "visa::j1")]}, ["visa-tags-visa-j1"]),
        ({"all_in_one": True}, ["my-own-études-vol-2"]),
        ({"all_in_one": True, "variants": ["core"]}, ["my-own-études-vol-2-core"]),
        ({"all_in_one": True, "where": [("level", "core")]}, ["my-own-études-vol-2-level-core"]),
    ],
)
def test_artefacts_are_named_after_deck_variant_and_demands(
    two_decks: Path, tmp_path: Path, asked: dict[str, Any], names: list[str]
) -> None:
    built = artefacts(two_decks, tmp_path / "dist", "apkg", "csv", "anki-csv", **asked)
    assert sorted(built) == sorted(f"{name}.{suffix}" for name in names for suffix in ("apkg", "csv", "anki.csv"))


def test_without_a_format_packages_tables_for_people_and_print_are_built(two_decks: Path, tmp_path: Path) -> None:
    names = [f"{deck}.{form}" for deck in ("forms", "visa") for form in ("apkg", "csv", "xlsx", "pdf")]
    assert list(artefacts(two_decks, tmp_path / "dist")) == names


def test_every_artefact_tells_what_is_in_it(two_decks: Path, tmp_path: Path) -> None:
    built = build_decks(Request(decks=two_decks, out=tmp_path / "dist", formats=["csv"], variants=["core"]))
    one = build_decks(
        Request(decks=two_decks, out=tmp_path / "dist", formats=["csv"], variants=["core"], all_in_one=True)
    )
    assert [(a.decks, a.variant, a.format, a.notes, a.cards) for a in built.artefacts + one.artefacts] == [
        (("forms",), "core", "csv", 1, 1),
        (("visa",), "core", "csv", 2, 2),
        (("forms", "visa"), "core", "csv", 3, 3),
    ]


def rows(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))


def test_a_table_of_all_decks_says_which_deck_a_row_is_of(two_decks: Path, tmp_path: Path) -> None:
    (table,) = artefacts(two_decks, tmp_path / "dist", "csv", variants=["core"], all_in_one=True).values()
    assert [row[:6] for row in rows(table)] == [
        ["No.", "Deck", "Section", "Question", "Answer", "Source"],
        ["1", "Forms", "One", "country?", "a", ""],
        ["2", "Visa", "One", "us-core?", "a", ""],
        ["3", "Visa", "One", "country?", "a", ""],
    ]


def test_a_package_of_all_decks_brings_them_all(two_decks: Path, tmp_path: Path, anki: Collection) -> None:
    (package,) = artefacts(two_decks, tmp_path / "dist", "apkg", all_in_one=True).values()
    assert imported(anki, package) == {"new": 5}
    decks = [anki.decks.name(deck_id) for deck_id in anki.db.list("select did from cards order by due")]
    assert decks == ["Forms", *["Visa"] * 4]


@pytest.mark.parametrize("asked", [{"variants": ["core"]}, {"where": [("audience", "us")]}])
def test_notes_are_the_same_in_every_edition(two_decks: Path, tmp_path: Path, asked: dict[str, Any]) -> None:
    (whole,) = artefacts(two_decks, tmp_path / "whole", "anki-csv", names=["visa"]).values()
    (part,) = artefacts(two_decks, tmp_path / "part", "anki-csv", names=["visa"], **asked).values()
    # The first line names the package of the edition.
    kept = [row for row in rows(whole)[1:] if row in rows(part)]
    assert rows(part)[1:] == kept
    assert len(kept) == 6 + 2


def test_no_two_artefacts_of_a_build_take_the_same_name(tmp_path: Path) -> None:
    where = {"where": {"level": "core"}}
    files = {
        "x/deck.yaml": deck_file("x", variants={"y-z": where}),
        "x/one.yaml": cards("us-core"),
        "x-y/deck.yaml": deck_file("x-y", variants={"z": where}),
        "x-y/one.yaml": cards("us-core"),
    }
    request = Request(
        decks=collected(tmp_path / "decks", files), out=tmp_path / "dist", formats=["csv"], variants=["y-z", "z"]
    )
    paths: list[Path] = []
    with contextlib.suppress(UsageError):
        paths.extend(artefact.path for artefact in build_decks(request).artefacts)
    assert sorted({*paths}) == sorted(paths)
    assert sorted((tmp_path / "dist").glob("*.[!j]*")) == sorted(paths)


@pytest.mark.parametrize("value", ["US/CA", "..", "../../x", "a\\b"])
def test_a_value_that_looks_like_a_path_makes_a_name_in_the_output_folder(tmp_path: Path, value: str) -> None:
    card = {"id": "a", "kind": "basic", "front": "a", "back": "b", "country": value}
    files = {"demo/deck.yaml": deck_file("demo"), "demo/one.yaml": card_file("One", [card])}
    decks = collected(tmp_path / "decks", files)
    (path,) = artefacts(decks, tmp_path / "dist", "csv", where=[("country", value)]).values()
    assert path.parent == tmp_path / "dist"
    assert path.is_file()
    assert "/" not in path.name
    assert "\\" not in path.name


def test_decks_without_a_wanted_card_are_left_out(tmp_path: Path) -> None:
    root = collected(
        tmp_path / "decks",
        {
            "demo/deck.yaml": deck_file("demo"),
            "demo/one.yaml": cards("nothing"),
            "other/deck.yaml": deck_file("other"),
            "other/one.yaml": cards("us-core"),
        },
    )
    request = Request(root, where=[("level", "core")], formats=["csv"], out=tmp_path / "dist")
    built = build_decks(request)
    assert [artefact.path.name for artefact in built.artefacts] == ["other-level-core.csv"]


def test_a_deck_of_retired_cards_alone_is_left_out(tmp_path: Path) -> None:
    retired = "title: One\ncards:\n  - {id: a, kind: basic, front: A, back: A, retired: true}\n"
    root = collected(
        tmp_path / "decks",
        {
            "demo/deck.yaml": deck_file("demo"),
            "demo/one.yaml": cards("nothing"),
            "other/deck.yaml": deck_file("other"),
            "other/one.yaml": retired,
        },
    )
    notes = tmp_path / "notes.md"
    built = build_decks(Request(root, formats=["csv"], out=tmp_path / "dist", all_in_one=True, release_notes=notes))
    assert [artefact.notes for artefact in built.artefacts] == [1]
