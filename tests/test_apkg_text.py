"""Whatever an author types stays text on Anki's cards."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from conftest import artefacts, card_file, imported, written

if TYPE_CHECKING:
    from pathlib import Path

    from anki.collection import Collection


from anki_cards import asked, basic, cards_in, deck_file, png

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
    """Return what of each card is live: sounds, scripts, pictures, LaTeX, input fields, and TeX delimiters."""
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
