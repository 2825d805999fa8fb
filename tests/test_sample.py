"""The sample deck with all that cards can show and play: it is clean, and Anki has all of it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from anki_cards import cards_in
from conftest import Ran, artefacts, imported

if TYPE_CHECKING:
    from collections.abc import Callable

    from anki.collection import Collection

SAMPLE = Path(__file__).parent / "sample" / "decks"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Return a copy of the sample's decks, in which builds may write ledgers."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "decks"))


def test_nothing_is_to_be_found_in_it(sample: Path, cardgen: Callable[..., Ran]) -> None:
    found = cardgen("check", "--decks", sample, "--strict", "--severity", "info")
    assert found == Ran(0, "1 deck, 8 cards: no findings\n", "")


def test_anki_shows_and_plays_it(sample: Path, tmp_path: Path, anki: Collection) -> None:
    (package,) = artefacts(sample, tmp_path / "dist", "apkg").values()
    assert imported(anki, package) == {"new": 8}
    assert [*anki.media.check().missing, *anki.media.check().unused] == []
    shown = ""
    played = 0
    for card in cards_in(anki):
        output = card.render_output()
        shown += output.question_text + output.answer_text
        played += len(output.question_av_tags) + len(output.answer_av_tags)
    marks = ("image-occlusion-canvas", "<mark>", "<u>", "<dl>", "<ruby>", 'class="k', "width:60%", r"\(\frac")
    assert [mark for mark in marks if mark not in shown] == []
    # The horn on both sides of its card; a word on three sides of its two cards; a sentence on two backs.
    assert played == 2 + 3 + 2


def test_every_anki_plays_and_says_the_same(sample: Path, tmp_path: Path, learner: Any) -> None:
    (package,) = artefacts(sample, tmp_path / "dist", "apkg").values()
    assert learner.import_package(str(package))["new"] == 8
    horn = "short-blast-d426a6fa4a34.wav"
    word, sentence = (
        "de_DE: die Schleuse",
        "en_GB: The keeper opens the upper gate when the water inside is as high as outside.",
    )
    assert learner.heard() == {
        "canal/horn 0": [[horn], [horn]],
        "canal/die-schleuse 0": [[word], [word]],
        "canal/die-schleuse 1": [[], [word]],
        "canal/lock-keeper 0": [[], [sentence]],
        "canal/lock-keeper 1": [[], [sentence]],
    }
    assert learner.missing_pictures() == []


def test_it_is_printed_and_read_on_github(sample: Path, tmp_path: Path) -> None:
    found = artefacts(sample, tmp_path / "dist", "pdf", "md", "csv")
    assert {Path(name).suffix for name in found} == {".pdf", ".md", ".csv", ".svg", ".wav"}
