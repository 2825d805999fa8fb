"""Sounds and films on cards: Anki plays exactly those that a card has, and elsewhere words stand for them."""

from __future__ import annotations

import csv
import io
import re
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from anki_cards import basic, cards_in, deck_file
from conftest import artefacts, card_file, imported, written
from printed import Printed
from test_preview_page import served, side, window

from cardgen.richtext import Image, Paragraph, Recording, parse
from cardgen.richtext.tree import FILMS, PICTURES, SOUNDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from anki.collection import Collection
    from anki.sound import AVTag
    from conftest import Ran

__all__ = ["window"]  # a fixture


def tone(frames: int = 800) -> bytes:
    """Return a wav file: silence at 8 kHz, two bytes a frame."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(2 * frames))
    return content.getvalue()


SAID = "![pronunciation](media/der fluss.wav)"
FILM = "![the delta](media/delta.MP4)"
CARDS = [
    basic("front", f"What is this? {SAID}"),
    basic("back", "What is the river called?", f"Der Fluss. {SAID}\n\n- {FILM}"),
    basic("note", "A question?", note=SAID),
    {"id": "both", "kind": "reversed", "front": SAID, "back": "The river"},
    {"id": "around", "kind": "cloze", "text": f"{SAID} {{{{c1::Der}}}} {{{{c2::Fluss}}}}"},
    {"id": "inside", "kind": "cloze", "text": f"The river is {{{{c1::der Fluss {SAID}}}}}."},
    {
        "id": "options",
        "kind": "choice",
        "question": "Which is the river?",
        "options": [{"text": SAID, "right": True}, {"text": "A lake"}],
    },
]
FILES: dict[str, str | bytes | None] = {
    "demo/deck.yaml": deck_file("demo", "Demo", ["one"]),
    "demo/one.yaml": card_file("One", CARDS),
    "demo/media/der fluss.wav": tone(),
    "demo/media/delta.MP4": b"film",
}


@pytest.mark.parametrize("suffix", sorted(SOUNDS | FILMS))
def test_the_suffix_says_what_is_played(suffix: str) -> None:
    assert parse(f"![words](media/a b{suffix.upper()})") == (
        Paragraph((Recording(f"media/a b{suffix.upper()}", "words", is_film=suffix in FILMS),)),
    )


@pytest.mark.parametrize("suffix", sorted(PICTURES))
def test_the_suffix_says_what_is_shown(suffix: str) -> None:
    assert parse(f"![words](a{suffix})") == (Paragraph((Image(f"a{suffix}", "words"),)),)


def played(tags: list[AVTag]) -> list[str]:
    """Return the beginnings of the names of files that Anki plays: what their author calls them."""
    return [str(getattr(tag, "filename", tag)).rpartition("-")[0] for tag in tags]


def test_anki_plays_the_recordings_of_each_side(decks: Callable[..., Path], tmp_path: Path, anki: Collection) -> None:
    (package,) = artefacts(decks(FILES), tmp_path / "dist", "apkg").values()
    imported(anki, package)
    found = {}
    for card in cards_in(anki):
        output = card.render_output()
        name = f"{card.note()['ID'].removeprefix('demo/')} {card.ord}"
        found[name] = played(output.question_av_tags), played(output.answer_av_tags)
    said = ["der-fluss"]
    assert found == {
        "front 0": (said, said),  # the back shows the question too
        "back 0": ([], [*said, "delta"]),
        "note 0": ([], said),
        "both 0": (said, said),
        "both 1": ([], said),
        "around 0": (said, said),
        "around 1": (said, said),
        "inside 0": ([], said),
        "options 0": (said, [*said, *said]),  # among the options, and as the answer
    }


def test_their_files_come_with_the_package(decks: Callable[..., Path], tmp_path: Path, anki: Collection) -> None:
    (package,) = artefacts(decks(FILES), tmp_path / "dist", "apkg").values()
    imported(anki, package)
    assert [*anki.media.check().missing, *anki.media.check().unused] == []
    assert sorted(name.rpartition("-")[0] for name in media_names(anki)) == ["delta", "der-fluss"]


def media_names(collection: Collection) -> list[str]:
    return [file.name for file in Path(collection.media.dir()).iterdir()]


def test_tables_have_a_mark_and_the_words(decks: Callable[..., Path], tmp_path: Path) -> None:
    (table,) = artefacts(decks(FILES), tmp_path / "dist", "csv").values()
    rows = {row["ID"]: row for row in csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig")))}
    assert rows["demo/front"]["Question"] == "What is this? ♪ pronunciation"
    assert rows["demo/back"]["Answer"] == "Der Fluss. ♪ pronunciation\n• ▶ the delta"


def test_a_recording_without_words_is_called_by_its_file(decks: Callable[..., Path], tmp_path: Path) -> None:
    cards = card_file("One", [basic("a", "Q", "![](media/der fluss.wav) ![](media/delta.MP4)")])
    (table,) = artefacts(decks(FILES | {"demo/one.yaml": cards}), tmp_path / "dist", "csv").values()
    assert "♪ der fluss.wav ▶ delta.MP4" in table.read_text(encoding="utf-8-sig")


def test_markdown_links_to_them(decks: Callable[..., Path], tmp_path: Path) -> None:
    found = artefacts(decks(FILES), tmp_path / "dist", "md")
    page = found["demo.md"].read_text(encoding="utf-8")
    (sound,) = [name for name in found if name.endswith(".wav")]
    assert f"### What is this? [♪ pronunciation]({sound})" in page
    assert found[sound].read_bytes() == tone()


def test_pairs_say_what_they_have_in_words_only(
    decks: Callable[..., Path], tmp_path: Path, cardgen: Callable[..., object]
) -> None:
    ran = str(cardgen("build", "--decks", decks(FILES), "--out", tmp_path / "dist", "--format", "pairs"))
    assert "In words only: 8 recordings." in ran


def test_sheets_have_a_mark_and_the_words(decks: Callable[..., Path], tmp_path: Path) -> None:
    (sheet,) = artefacts(decks(FILES), tmp_path / "dist", "pdf").values()
    text = Printed(sheet).text()
    assert "Whatisthis?♪pronunciation" in text  # the file is read letter by letter
    assert "▶thedelta" in text


def test_a_deck_that_is_edited_is_a_change_of_its_recordings(decks: Callable[..., Path], tmp_path: Path) -> None:
    """The note changes with the file: its name in Anki does."""
    root = decks(FILES)
    before = artefacts(root, tmp_path / "before", "anki-csv")["demo.anki.csv"].read_text(encoding="utf-8")
    written(root, {"demo/media/der fluss.wav": tone(801)})
    after = artefacts(root, tmp_path / "after", "anki-csv")["demo.anki.csv"].read_text(encoding="utf-8")
    changed = [new for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new]
    assert len(changed) == len([line for line in before.splitlines() if "[sound:der-fluss" in line])


def test_the_preview_plays_a_sound(decks: Callable[..., Path], window: Callable[..., object]) -> None:
    for preview in served(decks(FILES)):
        page = window().open(preview.url + "#card=demo%2Ffront")  # type: ignore[attr-defined]
        frame = side(page, "front")
        frame.wait_for_function("() => document.querySelector('audio[controls]').readyState > 0")
        assert frame.evaluate("document.querySelector('audio').duration") == pytest.approx(0.1)


def test_a_site_has_controls_and_the_files(
    decks: Callable[..., Path], tmp_path: Path, cardgen: Callable[..., Ran]
) -> None:
    assert cardgen("site", "--decks", decks(FILES), "--out", tmp_path / "site").code == 0
    page = (tmp_path / "site" / "decks" / "demo" / "one.html").read_text(encoding="utf-8")
    players = set(re.findall(r'<(audio|video) controls [^>]*src="\.\./\.\./(media/[^"]+)" aria-label="([^"]+)">', page))
    found = sorted((tag, words, (tmp_path / "site" / name).read_bytes()) for tag, name, words in players)
    assert found == [("audio", "pronunciation", tone()), ("video", "the delta", b"film")]
