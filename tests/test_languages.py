"""Decks in other languages: what is translated, what a translation is made of, and when it is out of date."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import REPOSITORY, Ran, artefacts, card_file, imported, written
from hypothesis import given, settings
from hypothesis import strategies as st
from schema_values import ODD, spots

from cardgen.build.compile import compile_collection
from cardgen.check import kinds
from cardgen.check.translated import merged, texts_digest, translated_fields
from cardgen.kinds import kind_named
from cardgen.ledger import content_of, read
from cardgen.load import load_decks
from cardgen.notes.note import guid_of
from cardgen.plan.planner import find
from cardgen.plan.request import PlanRequest
from cardgen.plan.season import Season
from cardgen.read.strict_yaml import parse
from cardgen.site.offers import offered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from anki.collection import Collection

DE = "rivers/languages/de.yaml"
DECK = """\
id: rivers
title: Geography::Rivers
description: The great rivers.
sections: [europe, canals]
variants: {cities: {title: Cities, where: {tags: city}}}
"""
EUROPE = """\
title: Europe
defaults: {tags: water}
cards:
  - {id: vienna, kind: basic, front: Which river flows through Vienna?, back: The Danube., tags: city, note: Blue.}
  - {id: paris, kind: cloze, text: '{{c1::Paris}} is the largest city that lies on the {{c2::Seine}}.'}
  - {id: rhine, kind: reversed, front: The Rhine, back: Der Rhein}
"""
CANALS = """\
title: Canals
cards:
  - id: lock
    kind: process
    title: Passing a lock upstream
    steps:
      - {id: enter, do: Enter the chamber., at: 2026-01}
      - {id: fill, do: Wait until the chamber is full., who: The crew}
"""
GERMAN = """\
title: Erdkunde::Flüsse
description: Die großen Flüsse.
sections: {europe: Europa, canals: Kanäle}
variants: {cities: Städte}
cards:
  vienna:
    front: Welcher Fluss fließt durch Wien?
    back: Die Donau.
  paris: {text: '{{c1::Paris}} ist die größte Stadt, die an der {{c2::Seine}} liegt.'}
  rhine: {skip: true}
  lock:
    title: Bergauf durch eine Schleuse
    steps:
      - {id: fill, do: 'Warten, bis die Kammer voll ist.', who: Die Besatzung}
      - {id: enter, do: In die Kammer fahren.}
"""
FILES = {
    "rivers/deck.yaml": DECK,
    "rivers/europe.yaml": EUROPE,
    "rivers/canals.yaml": CANALS,
    DE: GERMAN,
}
SMALL = {
    "rivers/deck.yaml": "id: rivers\ntitle: Rivers\nsections: [europe]\n",
    "rivers/europe.yaml": (
        "title: Europe\ncards:\n"
        "  - {id: vienna, kind: basic, front: Which river flows through Vienna?, back: The Danube.}\n"
    ),
    DE: "cards:\n  vienna:\n    front: Welcher Fluss fließt durch Wien?\n    back: Die Donau.\n",
}


@pytest.fixture
def rivers(tmp_path: Path) -> Path:
    """Write a deck of rivers with its German translation, and give the folder of decks."""
    return written(tmp_path / "decks", FILES)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Write the same with one card."""
    return written(tmp_path / "decks", SMALL)


def changed(root: Path, file: str, old: str, new: str) -> None:
    """Change a text in a file, which has it."""
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), encoding="utf-8")


# What comes out


def test_a_language_makes_a_deck_of_its_own(rivers: Path) -> None:
    loaded = load_decks(rivers)
    assert loaded.diagnostics == ()
    assert loaded.collection is not None
    base, german = loaded.collection.decks
    assert (base.id, base.title, base.language, base.translation) == ("rivers", "Geography::Rivers", "en", None)
    assert (german.id, german.name, german.title, german.language) == (
        "rivers-de",
        "rivers-de",
        "Erdkunde::Flüsse",
        "de",
    )
    assert (german.description, german.words.language) == ("Die großen Flüsse.", "de")
    assert [(section.id, section.title) for section in german.sections] == [("europe", "Europa"), ("canals", "Kanäle")]
    assert [(variant.name, variant.title) for variant in german.variants] == [("cities", "Städte")]


def test_what_is_the_same_in_all_languages_comes_from_the_card(rivers: Path) -> None:
    collection = load_decks(rivers).collection
    assert collection is not None
    cards = {card.id: card for card in collection.decks[1].cards()}
    assert list(cards) == ["vienna", "paris", "lock"]
    assert cards["vienna"].tags == ("water", "city")
    assert (cards["vienna"].language, cards["vienna"].direction) == ("de", "ltr")
    steps: Any = cards["lock"].content
    assert [(step.id, step.do, step.who, step.at) for step in steps.steps] == [
        ("enter", "In die Kammer fahren.", "", "2026-01"),
        ("fill", "Warten, bis die Kammer voll ist.", "Die Besatzung", ""),
    ]


def test_a_block_replaces_all_texts_of_its_card(rivers: Path) -> None:
    collection = load_decks(rivers).collection
    assert collection is not None
    assert [card.note for deck in collection.decks for card in deck.cards() if card.id == "vienna"] == ["Blue.", ""]


def test_the_table_of_a_language(rivers: Path, tmp_path: Path) -> None:
    table = artefacts(rivers, tmp_path / "dist", "csv")["rivers-de.csv"].read_text(encoding="utf-8-sig")
    assert table.splitlines() == [
        "Nr.,Abschnitt,Frage,Antwort,Quelle,Stand,Schlagwörter,Art,Kennung",
        '1,Europa,Welcher Fluss fließt durch Wien?,Die Donau.,,,"water, city",basic,rivers-de/vienna',
        '2,Europa,"[...] ist die größte Stadt, die an der [...] liegt.","1. Paris',
        '2. Seine",,,water,cloze,rivers-de/paris',
        '3,Kanäle,"Bergauf durch eine Schleuse',
        'Nennen Sie die 2 Schritte der Reihe nach.","1. In die Kammer fahren.',
        "2. Warten, bis die Kammer voll ist.",
        "   Wer: Die Besatzung",
        '1. In die Kammer fahren. | Januar 2026",,,,process,rivers-de/lock',
    ]


def test_without_a_title_the_language_stands_behind_that_of_the_deck(small: Path) -> None:
    collection = load_decks(small).collection
    assert collection is not None
    assert [(deck.title, deck.description) for deck in collection.decks] == [("Rivers", ""), ("Rivers [DE]", "")]
    assert collection.decks[1].sections[0].title == "Europe"


def test_names_select_exactly_and_a_language_all_decks_that_are_in_it(rivers: Path, tmp_path: Path) -> None:
    written(rivers, {"seen/deck.yaml": "id: seen\ntitle: Seen\nlanguage: DE\nsections: [alle]\n"})
    written(rivers, {"seen/alle.yaml": card_file("Alle", [{"id": "a", "kind": "basic", "front": "A?", "back": "a"}])})

    def built(**asked: Any) -> list[str]:
        return sorted(artefacts(rivers, tmp_path / "dist", "csv", **asked))

    assert built() == ["rivers-de.csv", "rivers.csv", "seen.csv"]
    assert built(names=["rivers"]) == ["rivers.csv"]
    assert built(names=["rivers-de"]) == ["rivers-de.csv"]
    assert built(languages=["de"]) == ["rivers-de.csv", "seen.csv"]
    assert built(languages=["De", "en"]) == ["rivers-de.csv", "rivers.csv", "seen.csv"]
    assert built(names=["rivers", "rivers-de"], languages=["en"]) == ["rivers.csv"]
    assert built(variants=["cities"], names=["rivers-de"]) == ["rivers-de-cities.csv"]


def test_what_is_built_of_other_decks_leaves_a_translation_where_it_is(rivers: Path, tmp_path: Path) -> None:
    artefacts(rivers, tmp_path / "dist", "csv")
    artefacts(rivers, tmp_path / "dist", "csv", names=["rivers"])
    assert (tmp_path / "dist/rivers-de.csv").exists()
    (rivers / DE).unlink()
    artefacts(rivers, tmp_path / "dist", "csv", names=["rivers"])
    assert not (tmp_path / "dist/rivers-de.csv").exists()


@pytest.mark.usefixtures("rivers")
def test_a_language_that_no_deck_is_in_is_an_error(cardgen: Callable[..., Ran]) -> None:
    ran = cardgen("build", "--language", "fr", "--language", "de")
    assert (ran.code, ran.err) == (1, "error[CG387]: no deck is in `fr`\n  hint: Choose from `de`, `en`.\n\n1 error\n")


@pytest.mark.usefixtures("rivers")
def test_a_language_of_another_deck_is_not_proposed_once_more(cardgen: Callable[..., Ran]) -> None:
    ran = cardgen("build", "rivers", "--language", "de")
    assert (ran.code, ran.err) == (1, "error[CG387]: no deck is in `de`\n  hint: Choose from `en`.\n\n1 error\n")


def test_list_says_how_much_is_translated(rivers: Path, cardgen: Callable[..., Ran]) -> None:
    changed(rivers, "rivers/canals.yaml", "cards:\n", "cards:\n  - {id: new, kind: basic, front: New?, back: Yes.}\n")
    assert (
        cardgen("list").out
        == """\
rivers  Geography::Rivers
  language: en; also in de (3)
  cards:    5
  sections: europe, canals
  variants: cities (1)

rivers-de  Erdkunde::Flüsse
  language: de, 3 of 5 cards of rivers, 1 left out
  cards:    3
  sections: europe, canals
  variants: cities (1)
"""
    )


def test_a_build_says_how_much_is_translated_and_check_what_is_not(rivers: Path, cardgen: Callable[..., Ran]) -> None:
    changed(rivers, DE, "  paris: {text: '{{c1::Paris}} ist die größte Stadt, die an der {{c2::Seine}} liegt.'}\n", "")
    changed(rivers, DE, "canals: Kanäle", "")
    assert "rivers-de: 2 of 4 cards translated, 1 left out\n" in cardgen("build", "--format", "csv").out
    ran = cardgen("check", "--severity", "info", "--rule", "yes-no")
    assert re.findall(r"^info\[.*", ran.err, re.MULTILINE) == [
        "info[CG386]: 1 title of a section is not translated: `canals`",
        "info[CG386]: 1 card is not translated: `paris`",
    ]


def test_a_picture_that_one_language_shows_is_no_unused_file(small: Path) -> None:
    (small / "rivers/media").mkdir()
    (small / "rivers/media/map.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    changed(small, DE, "Die Donau.", "Die Donau. ![Karte](media/map.png)")
    assert load_decks(small).diagnostics == ()
    assert load_decks(small, ["rivers"]).diagnostics == ()
    (small / DE).unlink()
    assert [found.code for found in load_decks(small, ["rivers"]).diagnostics] == ["CG409"]


def test_lint_leaves_to_the_deck_what_is_not_translated(small: Path, cardgen: Callable[..., Ran]) -> None:
    changed(small, "rivers/europe.yaml", "back: The Danube.", "back: The Danube., tags: b, stale_after: 2020-01-01")
    changed(small, DE, "Die Donau.", "Die Donau ,  der zweitlängste Fluss.")
    ran = cardgen("check", "--severity", "info", env={"SOURCE_DATE_EPOCH": "1790000000"})
    assert [place.rpartition("/")[2] for place in re.findall(r"--> (.*?):", ran.err)].count("europe.yaml") > 0
    assert set(re.findall(r"\[(\w+)\][^\n]*\n  --> decks/rivers/languages/de.yaml", ran.err)) == {"S19", "CG386"}


def test_a_site_has_one_package_of_all_decks_for_each_language(rivers: Path) -> None:
    for name, files in (("seas", {DE: SMALL[DE]}), ("lakes", {})):
        base = {file: text for file, text in SMALL.items() if file != DE} | files
        written(rivers, {file.replace("rivers", name): text.replace("ivers", name) for file, text in base.items()})
    collection = load_decks(rivers).collection
    assert collection is not None
    planned = {part.name: [edition.deck.name for edition in part.editions] for part in offered(collection, ("apkg",))}
    assert {name: decks for name, decks in planned.items() if len(decks) > 1} == {
        "decks": ["lakes", "rivers", "seas"],
        "decks-de": ["rivers-de", "seas-de"],
    }


def test_a_plan_passes_over_translations_that_nobody_asks_for(rivers: Path) -> None:
    season = Season(date(2026, 12, 1), (date(2027, 1, 15),), frozenset())

    def planned(**asked: Any) -> set[str]:
        pool, _ = find(PlanRequest(season, 20, rivers, **asked))
        assert pool is not None
        return {unit.deck.name for unit in pool.units}

    assert planned() == {"rivers"}
    assert planned(languages=["de"]) == {"rivers-de"}
    assert planned(names=["rivers", "rivers-de"]) == {"rivers", "rivers-de"}


def test_of_the_folder_of_a_deck_a_comparison_takes_translations_by_language(
    small: Path, tmp_path: Path, cardgen: Callable[..., Ran]
) -> None:
    artefacts(small, tmp_path / "dist", "apkg")
    changed(small, DE, "Die Donau.", "Es ist die Donau.")
    assert cardgen("diff", "dist/rivers.apkg", "decks/rivers") == Ran(0, "no difference\n", "")
    compared = cardgen("diff", "dist/rivers-de.apkg", "decks/rivers", "--language", "de")
    assert compared == Ran(1, "~ rivers-de/vienna\n    Back: [-Die-]{+Es ist die+} Donau.\n1 changed notes\n", "")


# Anki


def test_two_languages_live_side_by_side(rivers: Path, tmp_path: Path, anki: Collection) -> None:
    packages = artefacts(rivers, tmp_path / "dist", "apkg")
    assert imported(anki, packages["rivers.apkg"]) == {"new": 6}
    assert imported(anki, packages["rivers-de.apkg"]) == {"new": 5}
    anki.sched.set_due_date(anki.find_cards("deck:Geography::Rivers"), "7")
    changed(rivers, DE, "Die Donau.", "Die schöne blaue Donau.")
    again = artefacts(rivers, tmp_path / "again", "apkg", names=["rivers-de"])
    assert imported(anki, again["rivers-de.apkg"]) == {"updated": 1, "duplicate": 4}
    assert sorted(deck.name for deck in anki.decks.all_names_and_ids()) == [
        "Default",
        "Erdkunde",
        "Erdkunde::Flüsse",
        "Geography",
        "Geography::Rivers",
    ]
    assert len(anki.find_cards("is:review")) == len(anki.find_cards("deck:Geography::Rivers")) == 8
    assert not [model.name for model in anki.models.all_names_and_ids() if model.name.endswith("+")]


def test_what_a_card_was_called_before_counts_for_its_translations(rivers: Path, tmp_path: Path) -> None:
    artefacts(rivers, tmp_path / "dist", "csv")
    before = read((rivers / "rivers/languages/de.ledger.txt").read_text(encoding="utf-8")).entries["vienna"]
    changed(rivers, "rivers/europe.yaml", "{id: vienna,", "{id: wien, formerly: rivers/vienna,")
    changed(rivers, DE, "  vienna:", "  wien:")
    compiled = compile_collection(rivers)
    assert compiled.diagnostics == ()
    (german,) = (deck for deck in compiled.decks if deck.deck.translation is not None)
    assert german.notes[0].guid == guid_of("rivers-de", "vienna")
    assert german.current.entries["wien"].of == before.of
    assert german.current.entries["wien"].origin == "rivers-de/vienna"


def test_a_translation_may_be_younger_than_the_names_of_its_cards(small: Path, tmp_path: Path) -> None:
    (small / DE).unlink()
    artefacts(small, tmp_path / "dist", "csv")
    changed(small, "rivers/deck.yaml", "id: rivers\n", "id: streams\nformerly: rivers\n")
    changed(small, "rivers/europe.yaml", "{id: vienna,", "{id: wien, formerly: rivers/vienna,")
    changed(
        small,
        "rivers/europe.yaml",
        "cards:\n",
        "cards:\n  - {id: old, kind: basic, front: A?, back: B, retired: true}\n",
    )
    written(small, {DE: SMALL[DE].replace("vienna", "wien")})
    compiled = compile_collection(small)
    assert compiled.diagnostics == ()
    assert [(deck.deck.id, deck.notes[0].guid) for deck in compiled.decks] == [
        ("streams", guid_of("rivers", "vienna")),
        ("streams-de", guid_of("rivers-de", "vienna")),
    ]


def test_a_translation_that_says_the_same_asks_and_answers_the_same(tmp_path: Path) -> None:
    """For cards of all kinds: what is merged is whole, and what is not translated is there."""
    root = shutil.copytree(REPOSITORY / "decks", tmp_path / "decks")
    shutil.copytree(REPOSITORY / "tests/sample/decks/canal", root / "canal")
    for folder in sorted(file.parent for file in root.glob("*/deck.yaml")):
        header = parse((folder / "deck.yaml").read_text(encoding="utf-8")).value
        blocks = {}
        for section in header["sections"]:
            for card in parse((folder / f"{section}.yaml").read_text(encoding="utf-8")).value["cards"]:
                blocks[card["id"]] = {
                    name: _texts_alone(card[name], inner)
                    for name, inner in translated_fields(card["kind"]).items()
                    if name in card
                }
        written(folder, {"languages/en-GB.yaml": json.dumps({"cards": blocks}, ensure_ascii=False)})
    compiled = compile_collection(root)
    decks = {deck.deck.name: deck for deck in compiled.decks}
    assert {card.kind for deck in decks.values() for card in deck.deck.cards()} >= {*kinds()} - {"story"}
    for name in (name for name in decks if not name.endswith("-en-gb")):
        deck, other = decks[name], decks[f"{name}-en-gb"]
        here, there = ({note.place: content_of(one.digest(note)) for note in one.notes} for one in (deck, other))
        assert here == there


def _texts_alone(value: Any, inner: frozenset[str] | None) -> Any:
    """Return what a block says of a field: of items with ids, their texts."""
    if inner is None:
        return value
    if isinstance(value, dict):
        kept = {key: {name: one[name] for name in inner if name in one} for key, one in _mappings(value)}
        return {key: one for key, one in kept.items() if one}
    return [{name: one[name] for name in ("id", *sorted(inner)) if name in one} for one in value]


def _mappings(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((key, one) for key, one in value.items() if isinstance(one, dict))


@st.composite
def language_files(draw: st.DrawFn) -> Mapping[str, Any]:
    """Make the files of languages of the deck of rivers, most of them right."""
    texts = st.text(st.sampled_from("abc äß{}*|#$~\n:"), min_size=1, max_size=12)
    blocks = {
        "vienna": st.fixed_dictionaries({"front": texts, "back": texts}, optional={"note": texts, "tags": texts}),
        "paris": st.fixed_dictionaries({"text": st.just("{{c1::Paris}}, {{c2::Seine}}")}, optional={"extra": texts}),
        "rhine": st.just({"skip": True}),
        "gone": st.just({"front": "a", "back": "b"}),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(blocks)), unique=True, min_size=1))
    return {"cards": {card: draw(blocks[card]) for card in chosen}}


@settings(max_examples=25)
@given(language_files())
def test_a_language_never_changes_what_is_built_of_the_deck(
    tmp_path_factory: pytest.TempPathFactory, language: Mapping[str, Any]
) -> None:
    def built(root: Path) -> dict[str, bytes]:
        made = artefacts(root / "decks", root / "dist", "apkg", "csv", "md", names=["rivers"])
        ledger = root / "decks/rivers/ledger.txt"
        return {file.name: file.read_bytes() for file in (*made.values(), ledger)}

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1790000000")
        alone, beside = (tmp_path_factory.mktemp(name) for name in ("alone", "beside"))
        written(alone / "decks", {name: text for name, text in FILES.items() if name != DE})
        written(beside / "decks", {**FILES, DE: yaml.safe_dump(language, allow_unicode=True)})
        from cardgen.build.builder import build_decks
        from cardgen.build.request import Request

        build_decks(Request(decks=beside / "decks", out=beside / "all", formats=("csv",)))
        assert built(alone) == built(beside)


COUNTRY = {
    "kinds/country.yaml": """\
id: country
title: Countries
fields:
  country: {title: Country, required: true}
  capital: {title: Capital}
  code: {title: Code, type: literal, translate: false}
words: {capital: {en: Capital, de: Hauptstadt}}
cards:
  to-capital: {title: To capital}
""",
    "kinds/country/to-capital.front.html": "{{word:capital}}: {{Country}}",
    "kinds/country/to-capital.back.html": "{{FrontSide}}<hr>{{Capital}} {{Code}}",
    "kinds/country/style.css": ".card { color: navy; }",
    "world/deck.yaml": "id: world\ntitle: World\nsections: [all]\n",
    "world/all.yaml": (
        "title: All\ncards:\n"
        "  - {id: austria, kind: country, country: Austria, capital: Vienna, code: AT}\n"
        "  - {id: france, kind: country, country: France, capital: Paris, code: FR}\n"
    ),
    "world/languages/de.yaml": (
        "sections: {all: Alle}\ncards:\n"
        "  austria: {country: Österreich, capital: Wien}\n"
        "  france: {country: Frankreich, capital: Paris}\n"
    ),
}


def test_a_kind_of_ones_own_has_a_note_type_for_each_language(tmp_path: Path, anki: Collection) -> None:
    root = written(tmp_path / "decks", COUNTRY)
    packages = artefacts(root, tmp_path / "dist", "apkg")
    assert imported(anki, packages["world.apkg"]) == imported(anki, packages["world-de.apkg"]) == {"new": 2}
    cards = [anki.get_card(card) for card in anki.find_cards("")]
    assert sorted((card.note_type()["name"], card.question().rpartition(">")[2]) for card in cards) == [
        ("Countries", "Capital: Austria"),
        ("Countries", "Capital: France"),
        ("Countries [DE]", "Hauptstadt: Frankreich"),
        ("Countries [DE]", "Hauptstadt: Österreich"),
    ]
    assert {card.note()["Code"] for card in cards} == {"AT", "FR"}


def test_fields_of_a_kind_of_ones_own_that_are_not_translated_are_no_texts(tmp_path: Path) -> None:
    root = written(tmp_path / "decks", COUNTRY)
    changed(root, "world/languages/de.yaml", "capital: Wien", "capital: Wien, code: OE")
    assert [(one.code, one.message) for one in load_decks(root).diagnostics] == [
        ("CG383", "`code` is not translated: the card says it for all languages")
    ]
    changed(root, "world/languages/de.yaml", ", code: OE", "")
    built(root)
    changed(root, "world/all.yaml", "code: AT", "code: A")
    assert stale(root) == []
    changed(root, "world/all.yaml", "capital: Vienna", "capital: Wien")
    assert len(stale(root)) == 1


# What is out of date


def stale(root: Path) -> list[str]:
    """Return the messages and hints of findings about translations that are out of date."""
    return [
        f"{found.place.line if found.place else 0}: {found.message} | {found.hint}"
        for found in compile_collection(root).diagnostics
        if found.code == "CG621"
    ]


def built(root: Path) -> None:
    """Build, so that the ledgers know what there is."""
    artefacts(root, root.parent / "dist", "csv")


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("rivers/europe.yaml", "Which river flows", "What river flows", True),
        ("rivers/europe.yaml", "note: Blue.", "note: Grey.", True),
        ("rivers/europe.yaml", ", note: Blue.", "", True),
        ("rivers/europe.yaml", "tags: city", "tags: town", False),
        ("rivers/europe.yaml", "front: Which river flows", "front: Which  river  flows", False),
        ("rivers/europe.yaml", "title: Europe", "title: Rivers of Europe", False),
        ("rivers/canals.yaml", "Enter the chamber.", "Enter the lock.", True),
        ("rivers/canals.yaml", "at: 2026-01", "at: 2026-02", False),
        (
            "rivers/canals.yaml",
            "      - {id: enter, do: Enter the chamber., at: 2026-01}\n"
            "      - {id: fill, do: Wait until the chamber is full., who: The crew}\n",
            "      - {id: fill, do: Wait until the chamber is full., who: The crew}\n"
            "      - {id: enter, do: Enter the chamber., at: 2026-01}\n",
            False,
        ),
    ],
)
def test_only_texts_make_a_translation_out_of_date(rivers: Path, file: str, old: str, new: str, found: bool) -> None:
    built(rivers)
    assert stale(rivers) == []
    changed(rivers, file, old, new)
    assert bool(stale(rivers)) is found


def test_a_translation_is_out_of_date_until_it_changes(small: Path) -> None:
    built(small)
    changed(small, "rivers/europe.yaml", "flows through Vienna", "runs through Vienna")
    message = (
        "2: the texts of `rivers/vienna` have changed since the block was made from them | "
        "Translate what has changed; if nothing need change, add `of: 7f01008a687c`."
    )
    assert stale(small) == [message]
    built(small)
    assert stale(small) == [message], "a build is no translation"
    changed(small, DE, "fließt durch", "läuft durch")
    assert stale(small) == []
    built(small)
    assert stale(small) == []
    changed(small, "rivers/europe.yaml", "runs through Vienna", "flows through Vienna")
    assert len(stale(small)) == 1


def test_an_author_can_say_that_a_translation_still_holds(small: Path) -> None:
    built(small)
    changed(small, "rivers/europe.yaml", "flows through Vienna", "runs through Vienna")
    (digest,) = re.findall(r"of: (\w+)`", stale(small)[0])
    changed(small, DE, "  vienna:\n", f"  vienna:\n    of: {digest}\n")
    assert stale(small) == []
    (small / "rivers/languages/de.ledger.txt").unlink()
    changed(small, "rivers/europe.yaml", "The Danube", "It is the Danube")
    assert [line.partition(" | ")[0] for line in stale(small)] == [
        "3: `rivers/vienna` has other texts than the ones that the block says it was made from"
    ]
    changed(small, "rivers/europe.yaml", "It is the Danube", "The Danube")
    built(small)
    changed(small, DE, f"    of: {digest}\n", "")
    assert stale(small) == [], "the ledger knows it now"


def test_two_branches_that_translate_the_same_leave_a_ledger_that_can_be_read(small: Path) -> None:
    ledger = small / "rivers/languages/de.ledger.txt"
    built(small)
    ours = ledger.read_text(encoding="utf-8")
    changed(small, "rivers/europe.yaml", "The Danube", "It is the Danube")
    changed(small, DE, "Die Donau", "Das ist die Donau")
    built(small)
    theirs = ledger.read_text(encoding="utf-8")
    ledger.write_text(theirs + ours, encoding="utf-8")
    assert read(theirs + ours).entries == read(ours + theirs).entries
    assert stale(small) == []
    built(small)
    assert ledger.read_text(encoding="utf-8") == theirs


def test_a_translation_with_a_locked_ledger_can_be_built(small: Path, tmp_path: Path) -> None:
    built(small)
    assert sorted(artefacts(small, tmp_path / "locked", "csv", locked=True)) == ["rivers-de.csv", "rivers.csv"]


def test_a_translation_can_go_and_come_back_in_other_words(rivers: Path, tmp_path: Path) -> None:
    def released() -> None:
        artefacts(rivers, tmp_path / "dist", "csv", release_notes=tmp_path / "notes.md")

    whole = (rivers / DE).read_text(encoding="utf-8")
    released()
    changed(rivers, DE, "  paris: {text: '{{c1::Paris}} ist die größte Stadt, die an der {{c2::Seine}} liegt.'}\n", "")
    changed(rivers, DE, "  rhine:", "  paris: {skip: true}\n  rhine:")
    released()
    ledger = read((rivers / "rivers/languages/de.ledger.txt").read_text(encoding="utf-8"))
    assert ledger.entries["paris"].retired is not None
    (rivers / DE).write_text(whole.replace("die größte Stadt", "die bekannteste Stadt"), encoding="utf-8")
    assert compile_collection(rivers).diagnostics == ()


# What is wrong


@pytest.mark.parametrize(
    ("block", "found"),
    [
        ("vienna: {front: Was?}", ["CG202 14:11 missing field `back`"]),
        (
            "vienna: {front: Was?, back: 'A', tags: b}",
            ["CG383 14:36 `tags` is not translated: the card says"],
        ),
        ("vienna: {frnt: Was?, back: 'A'}", ["CG383 14:12 cards of kind basic have no text `frnt`"]),
        ("vienna: {front: 'Was?', back: '<!--'}", []),
        ("vienna: {front: '![x](media/x.png)', back: 'A'}", ["CG406 14:19"]),
        ("vienna: {front: Was?, back: [a]}", ["CG203 14:31 `back`: must be text, not a list"]),
        ("paris: {text: Paris liegt an der Seine.}", ["CG401 14:17 "]),
        ("vienn: {front: Was?, back: 'A'}", ["CG382 14:3 the deck has no card `vienn`"]),
        ("lock: {title: A, steps: [{id: enter, do: B}]}", ["CG384 14:27 `fill` of the card's steps is not translated"]),
        (
            "lock: {title: A, steps: [{id: fill, do: B, at: 2026-01}, {id: enter, do: C}]}",
            ["CG383 14:46 `at` is not translated here"],
        ),
        (
            "lock: {title: A, steps: [{id: fill, do: B}, {id: enter, do: C}, {id: exit, do: D}]}",
            ["CG384 14:72 the card has no `exit` among its steps"],
        ),
        (
            "lock: {title: A, steps: [{id: fill, do: B}, {id: fill, do: C}]}",
            ["CG384 14:27", "CG384 14:52 `fill` names an earlier one of the steps"],
        ),
        ("lock: {title: A, steps: [{id: fill, do: B}, {do: C}]}", ["CG384 14:27", "CG384 14:47 one of the steps"]),
        (
            "lock: {title: A, steps: [{id: fill, do: B, who: [c]}, {id: enter, do: C}]}",
            ["CG203 14:51 `who`: must be text, not a list"],
        ),
        ("lock: {title: A, steps: [{id: fill, do: ''}, {id: enter, do: C}]}", ["CG206 14:43 `do`: is empty"]),
        (
            "lock: {title: A, steps: [{id: [fill], do: B}, {id: enter, do: C}]}",
            ["CG384 14:27", "CG384 14:28 one of the steps has no id"],
        ),
        ("lock: {title: A, steps: all of them}", ["CG203 14:27 `steps`: must be a list"]),
        ("vienna: {of: 12, front: 'A?', back: B}", ["CG205 14:16 `of`"]),
        ("vienna: A", ["CG203 14:11 `vienna`"]),
        ("vienna: {front: $x, back: B}", []),
        ("vienna: {front: '$\\frac{1$', back: B}", ["CG411 14:26"]),
    ],
)
def test_what_is_wrong_with_a_block_is_said_in_the_file_of_the_language(
    tmp_path: Path, block: str, found: list[str]
) -> None:
    files = {
        "rivers/deck.yaml": DECK,
        "rivers/europe.yaml": EUROPE,
        "rivers/canals.yaml": CANALS,
        DE: "\n" * 12 + f"cards:\n  {block}\n",
    }
    root = written(tmp_path / "decks", files)
    said = [
        f"{one.code} {str(one.place).removeprefix(f'{(root / DE).as_posix()}:')} {one.message}"
        for one in load_decks(root).diagnostics
    ]
    assert len(said) == len(found), said
    assert [line for line, start in zip(said, found, strict=True) if not line.startswith(start)] == []


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Make the file of a language with a few slips."""
    value = parse(GERMAN).value
    value["cards"]["lock"] |= {"note": "N", "speak": {"front": "de-DE"}}
    for _ in range(draw(st.integers(1, 3))):
        around, key = draw(st.sampled_from(list(spots(value))))
        if draw(st.booleans()):
            around[key] = draw(ODD)
        else:
            del around[key]
    return yaml.safe_dump(as_written(value), allow_unicode=True)


def as_written(value: Any) -> Any:
    """Return a value as YAML writes it."""
    if isinstance(value, dict):
        return {str(key): as_written(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_written(part) for part in value]
    return str(value)


@settings(max_examples=40)
@given(damaged())
def test_whatever_is_wrong_with_a_language_is_said_in_its_file(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    root = written(tmp_path_factory.mktemp("decks"), {**FILES, DE: text})
    found = compile_collection(root).diagnostics
    assert {one.place.file for one in found if one.place is not None} <= {(root / DE).as_posix()}


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (
            {"languages/german.yaml": "cards: {vienna: {front: A?, back: B}}\n"},
            [("CG380", "`german` is no language tag")],
        ),
        ({"languages/de.yml": "cards: {}\n"}, [("CG380", "`de.yml` does not end in .yaml")]),
        ({"languages/EN.yaml": "cards: {vienna: {front: A?, back: B}}\n"}, [("CG380", "the deck itself is in `EN`")]),
        ({"languages/notes.txt": "cards"}, []),
        ({"languages/.de.yaml": "cards"}, []),
        (
            {"languages/de.yaml": "title: Rivers\ncards: {vienna: {front: A?, back: B}}\n"},
            [("CG314", "`Rivers` is already the title of {root}/rivers/deck.yaml")],
        ),
        (
            {"languages/de.yaml": "sections: {asia: Asien}\ncards: {vienna: {front: A?, back: B}}\n"},
            [("CG385", "the deck has no section `asia`")],
        ),
        ({"languages/de.yaml": ""}, [("CG114", "the file is empty")]),
    ],
)
def test_what_is_wrong_with_a_language(tmp_path: Path, files: dict[str, str], found: list[tuple[str, str]]) -> None:
    small = {name: text for name, text in SMALL.items() if name != DE}
    root = written(tmp_path / "decks", small | {f"rivers/{name}": text for name, text in files.items()})
    said = [(one.code, one.message) for one in load_decks(root).diagnostics]
    assert said == [(code, text.format(root=root.as_posix())) for code, text in found]


def test_a_retired_card_needs_no_translation(small: Path) -> None:
    changed(small, "rivers/europe.yaml", "back: The Danube.}", "back: The Danube., retired: true}")
    changed(
        small,
        "rivers/europe.yaml",
        "cards:\n",
        "cards:\n  - {id: linz, kind: basic, front: And Linz?, back: The same.}\n",
    )
    changed(small, DE, "cards:\n", "cards:\n  linz: {front: Und Linz?, back: Ebenso.}\n")
    assert [(one.code, one.message) for one in load_decks(small).diagnostics] == [
        ("CG382", "the card `vienna` is retired")
    ]


def test_a_file_of_a_language_can_be_checked_alone(rivers: Path, cardgen: Callable[..., Ran]) -> None:
    changed(rivers, DE, "  rhine: {skip: true}\n", "  rhein: {skip: true}\n")
    ran = cardgen("check", "decks/rivers/languages/de.yaml", "--rule", "yes-no")
    assert "warning[CG382]: the deck has no card `rhein`" in ran.err
    assert ran.out == "1 file, 3 cards: 1 warning\n"


@pytest.mark.parametrize(
    ("asked", "decks", "found"),
    [
        (["decks/rivers"], "2 decks", True),
        (["rivers"], "1 deck", False),
        (["rivers-de"], "1 deck", True),
        (["--language", "de"], "1 deck", True),
        (["--language", "en"], "1 deck", False),
    ],
)
def test_what_is_checked(
    rivers: Path, asked: list[str], decks: str, *, found: bool, cardgen: Callable[..., Ran]
) -> None:
    changed(rivers, DE, "  rhine: {skip: true}\n", "  rhein: {skip: true}\n")
    ran = cardgen("check", *asked, "--rule", "yes-no")
    assert ran.out.startswith(f"{decks}, ")
    assert ("CG382" in ran.err) is found


# Which fields are translated


def test_masks_keep_their_ids_and_their_places() -> None:
    card = {
        "id": "lock",
        "kind": "occlusion",
        "image": "media/lock.png",
        "masks": {"gate": {"rect": [1, 2, 3, 4], "hides": "The gate"}, "wall": {"rect": [5, 6, 7, 8]}},
    }
    made = merged(card, {"masks": {"gate": {"hides": "Das Tor"}}})
    assert made.item == card | {
        "masks": {"gate": {"rect": [1, 2, 3, 4], "hides": "Das Tor"}, "wall": {"rect": [5, 6, 7, 8]}}
    }
    assert made.problems == ()
    assert [problem.message for problem in merged(card, {"masks": {"door": {"hides": "Die Tür"}}}).problems] == [
        "the card has no `door` in `masks`",
        "`gate` of the card's masks is not translated",
    ]


def test_a_drawing_may_have_masks_that_the_card_does_not_name() -> None:
    card = {"id": "lock", "kind": "occlusion", "image": "media/lock.svg", "masks": {"layer": "masks"}}
    assert merged(card, {}).item == card
    made = merged(card, {"masks": {"gate": {"hides": "Das Tor"}}})
    assert (made.item["masks"], made.problems) == ({"layer": "masks", "gate": {"hides": "Das Tor"}}, ())


def test_the_order_of_items_with_ids_and_white_space_are_no_texts() -> None:
    step = {"id": "a", "do": "Do  a."}, {"id": "b", "do": "Do b.", "at": "2026"}
    one = {"id": "x", "kind": "process", "title": "T", "steps": [*step]}
    other = {
        "id": "y",
        "kind": "process",
        "title": "T\n",
        "steps": [step[1] | {"at": "2027"}, {"id": "a", "do": "Do a."}],
    }
    assert texts_digest(one, 6) == texts_digest(other, 6)
    assert texts_digest(one, 6) != texts_digest(one | {"note": "N"}, 6)


@pytest.mark.parametrize("kind", kinds())
def test_all_that_learners_read_is_translated(kind: str) -> None:
    cards = [
        card
        for folder in (REPOSITORY / "decks", REPOSITORY / "tests/sample/decks", REPOSITORY / "cardgen/starter/files")
        for deck in ((load_decks(folder).collection,) if (folder / "collection.yaml").exists() else ())
        if deck is not None
        for one in deck.decks
        for card in one.cards()
        if card.kind == kind
    ]
    fields = translated_fields(kind)
    for card in cards:
        for text in kind_named(kind).texts(card.content):
            inner = fields[str(text.path[0])]
            assert inner is None or text.path[-1] in inner or text.path[-1] == "layer"
    assert {"note", "hint"} <= fields.keys()
    assert not {"id", "kind", "tags", "source", "image", "for", "retired"} & fields.keys()
