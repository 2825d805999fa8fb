"""The words that cardgen itself puts on what it makes: a catalogue a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import REPOSITORY, artefacts, written

from cardgen import load_decks
from cardgen.notes import compose
from cardgen.notes.digest import digests
from cardgen.words import ENGLISH, LANGUAGES, Words, catalogue_of, fill, key_names, place_holders
from cardgen.words.dates import day_in_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def catalogue(language: str) -> Words:
    words = catalogue_of(language)
    assert words is not None
    return words


def test_the_list_names_the_catalogues_that_are_there() -> None:
    files = (REPOSITORY / "cardgen/words").glob("*.py")
    assert tuple(sorted({file.stem for file in files} - {"__init__", "catalogue", "dates"})) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_fills_in_what_the_english_one_does(language: str) -> None:
    words = catalogue(language)
    assert words.language == language
    assert {key: place_holders(words[key]) for key in key_names()} == {
        key: place_holders(ENGLISH[key]) for key in key_names()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_twelve_months_and_says_everything(language: str) -> None:
    words = catalogue(language)
    assert (len(words.months.split(", ")), len(words.short_months.split(", "))) == (12, 12)
    assert [key for key in key_names() if words[key] != words[key].strip() or not words[key]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_bold_words_are_between_pairs_of_asterisks(language: str) -> None:
    words = catalogue(language)
    assert {key: words[key].count("*") for key in key_names()} == {key: ENGLISH[key].count("*") for key in key_names()}


@pytest.mark.parametrize(
    ("tag", "language"), [("fr", "fr"), ("fr-CA", "fr"), ("FR-ca", "fr"), ("frr", None), ("pt", None), ("EN", "en")]
)
def test_a_language_is_known_by_the_beginning_of_its_tag(tag: str, language: str | None) -> None:
    words = catalogue_of(tag)
    assert (words.language if words else None) == language


@pytest.mark.parametrize(
    ("language", "number", "read"),
    [("en", 0, "0 cards"), ("en", 1, "1 card"), ("en", 2, "2 cards"), ("fr", 0, "0 carte"), ("ar", 3, "البطاقات: 3")],
)
def test_things_are_counted(language: str, number: int, read: str) -> None:
    assert catalogue(language).counted("card", number) == read


def test_what_is_filled_in_is_never_filled_in_again() -> None:
    assert fill("{one} and {other}", one="{other}", other="b") == "{other} and b"


@pytest.mark.parametrize(
    ("language", "written", "read"),
    [
        ("fr", "2027-06-01", "1er juin 2027"),
        ("fr", "2027-06-02", "2 juin 2027"),
        ("de", "2027-03-01", "1. März 2027"),
        ("es", "2027-03-31", "31 de marzo de 2027"),
        ("es", "2027-03", "marzo de 2027"),
        ("ar", "2027-03-31", "\u200f31 مارس 2027"),
    ],
)
def test_a_day_is_written_as_the_language_does(language: str, written: str, read: str) -> None:
    assert day_in_words(written, catalogue(language)) == read


CARDS = "title: One\ncards:\n  - {id: a, kind: basic, front: Q, back: A}\n"


@pytest.mark.parametrize(
    ("collection", "language", "said"),
    [
        ("{}", "de", ("Wer", "Wann")),
        ("language: de", None, ("Wer", "Wann")),
        ("words: {de: {who: Durch}}", "de-AT", ("Durch", "Wann")),
        ("words: {de: {who: Durch}, de-AT: {who: Von}}", "de-AT", ("Von", "Wann")),
        ("words: {DE-at: {who: Von}}", "de", ("Wer", "Wann")),
        ("words: {pt: {who: Quem}}", "pt", ("Quem", "When")),
        ("words: {fr: {who: Par}}", "pt", ("Who", "When")),
    ],
)
def test_a_deck_speaks_the_words_of_its_language_and_of_its_collection(
    decks: Callable[..., Path], collection: str, language: str | None, said: tuple[str, str]
) -> None:
    deck = "id: demo\ntitle: Demo\nsections: [one]\n" + (f"language: {language}\n" if language else "")
    loaded = load_decks(decks({"collection.yaml": f"{collection}\n", "demo/deck.yaml": deck, "demo/one.yaml": CARDS}))
    assert loaded.collection is not None
    words = loaded.collection.decks[0].words
    assert (words.who, words.when) == said


def test_a_language_that_the_collection_gives_whole_needs_no_catalogue(decks: Callable[..., Path]) -> None:
    entries = "".join(f"    {key}: {ENGLISH[key]!r}\n" for key in key_names() if key != "dont") + '    dont: "No"\n'
    deck = "id: demo\ntitle: Demo\nsections: [one]\nlanguage: pt\n"
    collection = f"words:\n  pt:\n{entries}"
    loaded = load_decks(decks({"collection.yaml": collection, "demo/deck.yaml": deck, "demo/one.yaml": CARDS}))
    assert loaded.diagnostics == ()
    assert loaded.collection is not None
    words = loaded.collection.decks[0].words
    assert (words.language, words.dont, words.do) == ("pt", "No", "Do")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('months: "1, 2"', "`months` must be 12 names with `, ` between them"),
        ("zero: none", "`zero` must be `one` or `many`, not `none`"),
        ("who: '{n}'", "the place holders of `who` do not fit: it must have none, and has `{n}`"),
    ],
)
def test_an_entry_that_does_not_fit_is_told(decks: Callable[..., Path], entry: str, message: str) -> None:
    loaded = load_decks(decks({"collection.yaml": f"words: {{fr: {{{entry}}}}}\n"}))
    assert [(found.code, found.message) for found in loaded.diagnostics] == [("CG352", message)]


SHOWN = """
title: One
defaults: {tags: [a]}
cards:
  - {id: basic, kind: basic, front: Q, back: A, as_of: 2026-05}
  - {id: typed, kind: typed, front: Q, back: A}
  - {id: choice, kind: choice, question: Q, options: [{text: A, right: true}, {text: B}]}
  - {id: count, kind: statistic, question: Q, value: "3", compare: {A: 3, B: 4}}
  - {id: steps, kind: process, title: T, steps: [{id: a, do: A, at: 2027-02}, {id: b, do: B}], drill: false}
  - {id: plan, kind: framework, question: Q, asks_for: A, moves: [{id: a, cue: A, text: A}, {id: b, cue: B, text: B}]}
"""


@pytest.mark.parametrize(
    ("changed", "touched"),
    [
        ("as_of: 'In {date}'", {"basic"}),
        ("type_answer: Type it.", {"typed"}),
        ("right: yes", {"choice"}),
        ("bar_chart: Bars", {"count"}),
        ("timeline: Calendar", {"steps"}),
        ("show_all: All", {"steps", "plan"}),
        ("name_steps: '{n} steps.'", {"steps"}),
        ("worksheet: Paper", set()),
        ("as_of: 'As of {date}'", set()),
    ],
)
def test_a_changed_word_touches_the_notes_that_show_it(
    decks: Callable[..., Path], changed: str, touched: set[str]
) -> None:
    found = []
    for words in ("{}", f"words: {{en: {{{changed}}}}}"):
        loaded = load_decks(decks({"collection.yaml": f"{words}\n", "demo/one.yaml": SHOWN}))
        assert loaded.collection is not None, loaded.diagnostics
        found.append(digests(compose(loaded.collection.decks[0], {}), str))
    assert {place for place, digest in found[0].items() if found[1][place] != digest} == touched


def test_a_heading_of_the_table_is_no_formula(tmp_path: Path) -> None:
    files = {
        "collection.yaml": 'words: {en: {column_section: "=1+1"}}\n',
        "demo/deck.yaml": "id: demo\ntitle: Demo\nsections: [one]\n",
        "demo/one.yaml": CARDS,
    }
    (table,) = artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "csv").values()
    assert (
        table.read_text(encoding="utf-8-sig").splitlines()[0] == "No.,'=1+1,Question,Answer,Source,As of,Tags,Kind,ID"
    )
