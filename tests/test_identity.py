"""Identity over years: what an author renames and moves, and what of it learners keep, in Anki's own engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import artefacts, imported

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anki.collection import Collection


def test_a_deck_with_another_id_that_names_its_old_one_keeps_every_schedule(
    tmp_path: Path, decks: Callable[..., Path], anki: Collection
) -> None:
    root = decks()
    imported(anki, artefacts(root, tmp_path / "dist", "apkg")["demo.apkg"])
    learned = anki.find_cards("")
    anki.sched.set_due_date(learned, "7")
    header = root / "demo/deck.yaml"
    header.write_text(header.read_text().replace("id: demo", "id: another\nformerly: demo"))
    again = artefacts(root, tmp_path / "dist", "apkg")["demo.apkg"]
    assert imported(anki, again) == {"updated": 1}
    assert anki.find_cards("is:review ID:another/first tag:another::section::one") == learned
