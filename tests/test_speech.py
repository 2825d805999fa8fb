"""Cards that are read aloud: Anki is told what to say, in which language, and on which side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from anki_cards import basic, cards_in, deck_file
from conftest import artefacts, card_file, imported
from hypothesis import given
from hypothesis import strategies as st

from cardgen.richtext import parse
from cardgen.richtext.spoken import to_speech

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anki.collection import Collection
    from anki.sound import AVTag
    from conftest import Ran

BOTH = {"front": "en-US", "back": "de-DE"}
CARDS: list[dict[str, object]] = [
    basic("silent", "Is it silent?"),
    basic("basic", "The *river*?", "Der **Fluss** & [mehr](https://example.org)", speak=BOTH),
    {"id": "both", "kind": "reversed", "front": "the river", "back": "der Fluss", "speak": BOTH},
    {"id": "typed", "kind": "typed", "front": "the river", "back": "der Fluss", "speak": {"back": "de-DE"}},
    {"id": "gap", "kind": "cloze", "text": "{{c1::Der}} {{c2::Fluss::?}}", "extra": "Ja.", "speak": {"back": "de-DE"}},
]


def said(tags: list[AVTag]) -> list[str]:
    return [f"{tag.lang} {tag.field_text}" for tag in tags]


def test_anki_says_the_words_of_each_side_in_its_language(
    decks: Callable[..., Path], tmp_path: Path, anki: Collection
) -> None:
    files = {"demo/deck.yaml": deck_file("demo", "Demo", ["one"]), "demo/one.yaml": card_file("One", CARDS)}
    (package,) = artefacts(decks(files), tmp_path / "dist", "apkg").values()
    imported(anki, package)
    found = {}
    for card in cards_in(anki):
        output = card.render_output()
        name = f"{card.note()['ID'].removeprefix('demo/')} {card.ord}"
        found[name] = said(output.question_av_tags), said(output.answer_av_tags)
    river, fluss = "en_US the river", "de_DE der Fluss"
    assert found == {
        "silent 0": ([], []),
        "basic 0": (["en_US The river?"], ["en_US The river?", "de_DE Der Fluss & mehr"]),
        "both 0": ([river], [river, fluss]),
        "both 1": ([fluss], [fluss, river]),
        "typed 0": ([], [fluss]),
        "gap 0": ([], ["de_DE Der Fluss"]),
        "gap 1": ([], ["de_DE Der Fluss"]),
    }


def test_a_typed_answer_is_compared_with_its_words_alone(
    decks: Callable[..., Path], tmp_path: Path, anki: Collection
) -> None:
    files = {"demo/deck.yaml": deck_file("demo", "Demo", ["one"]), "demo/one.yaml": card_file("One", [CARDS[3]])}
    (package,) = artefacts(decks(files), tmp_path / "dist", "apkg").values()
    imported(anki, package)
    (card,) = cards_in(anki)
    assert card.note()["Back"] == "der Fluss"


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("**Bold** and ~~struck~~ H~2~O", "Bold and struck H2O"),
        ("- one\n- two,\n- three", "one. two, three"),
        ("1. one\n2. two", "one. two"),
        ("First\n\nthen\\\nlast", "First. then. last"),
        ("| a | b |\n| --- | --- |\n| c |  |", "a, b. c"),
        ("![a map](media/map.png) ![his voice](media/a.mp3)", ""),
        ("[words](https://example.org)", "words"),
        ("$x^2$", "x^2"),
    ],
)
def test_what_a_voice_says(text: str, spoken: str) -> None:
    assert to_speech(parse(text)) == spoken


MARKED = st.text(st.sampled_from("ab \n-*|#1.[]()!~$\\"))


@given(text=MARKED)
def test_speech_is_one_line_without_spaces_around(text: str) -> None:
    spoken = to_speech(parse(text))
    assert spoken == " ".join(spoken.split())


@pytest.mark.parametrize(
    "text", ["[/anki:tts] a", "[sound:x.mp3]", "<b>&amp;</b>", 'a "b"', "[[type:Front]]", "{{c1::x}}"]
)
def test_nothing_in_the_words_ends_the_speech(
    text: str, decks: Callable[..., Path], tmp_path: Path, anki: Collection
) -> None:
    card = basic("a", text, speak={"front": "en-US"})
    files = {"demo/deck.yaml": deck_file("demo", "Demo", ["one"]), "demo/one.yaml": card_file("One", [card])}
    (package,) = artefacts(decks(files), tmp_path / "dist", "apkg").values()
    imported(anki, package)
    (shown,) = cards_in(anki)
    assert said(shown.render_output().question_av_tags) == [f"en_US {text}"]


def test_what_holds_for_a_file_is_a_default(decks: Callable[..., Path], tmp_path: Path, anki: Collection) -> None:
    cards = [basic("a", "Q"), basic("b", "Q?", speak={"front": "fr-CA"})]
    files = {
        "demo/deck.yaml": deck_file("demo", "Demo", ["one"]),
        "demo/one.yaml": card_file("One", cards, defaults={"speak": {"back": "de-DE"}}),
    }
    (package,) = artefacts(decks(files), tmp_path / "dist", "apkg").values()
    imported(anki, package)
    found = [said(card.render_output().answer_av_tags) for card in cards_in(anki)]
    assert found == [["de_DE An answer."], ["fr_CA Q?"]]


def test_a_card_that_begins_to_speak_is_a_change(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    root = decks({"demo/one.yaml": card_file("One", [basic("a", "Q")])})
    assert cardgen("build", "--decks", root, "--out", root / "dist", "--format", "csv").code == 0
    (root / "demo" / "one.yaml").write_text(card_file("One", [basic("a", "Q", speak={"back": "de-DE"})]))
    refused = cardgen("build", "--decks", root, "--out", root / "dist", "--format", "csv", "--locked")
    assert refused.code == 1
    assert "error[CG603]" in refused.err


def test_the_preview_says_what_will_be_spoken(decks: Callable[..., Path]) -> None:
    from cardgen.preview.site import compile_site

    site = compile_site(decks({"demo/one.yaml": card_file("One", [basic("a", "Q", speak={"front": "en-US"})])}))
    assert '<span class="voice" title="Q">🔊 en-US</span>' in "".join(site.cards[0].front)
