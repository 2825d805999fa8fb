"""A ledger that was lost, restored from the package that learners have."""

from __future__ import annotations

import json
import shutil
import time
from typing import TYPE_CHECKING, Any

import pytest
from conftest import artefacts, imported

from cardgen.ledger import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anki.collection import Collection
    from conftest import Ran

DAY = 86_400
NOW = int(time.time()) // DAY * DAY
CLOZE = {"id": "c", "kind": "cloze", "text": "*A* {{c1::x & **y**}} and $\\frac{1}{ {{c2::2}} }$ {{c3::<z>::hint}}."}
CARDS: list[dict[str, Any]] = [
    {"id": "a", "kind": "basic", "front": "What is *A*?", "back": "`A`.", "tags": ["t"]},
    {"id": "b", "kind": "reversed", "front": "B", "back": "C"},
    CLOZE,
    {"id": "p", "kind": "process", "title": "P", "steps": [{"id": "r", "do": "R"}, {"id": "s", "do": "S"}]},
    {"id": "n", "kind": "basic", "front": "What is N?", "back": "N.", "formerly": "demo/m"},
]

NAMED_M = {"id": "m", "kind": "basic", "front": "What is N?", "back": "N."}


@pytest.fixture
def root(decks: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the small deck, which has had two builds, the second with two cards more."""
    root = decks()
    for day, cards in enumerate(([*CARDS[:3], NAMED_M], CARDS)):
        written(root, cards)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW + (day - 9) * DAY))
        package = artefacts(root, root.parent / "dist", "apkg")["demo.apkg"]
    shutil.copy(package, root.parent / "old.apkg")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW - DAY))
    return root


def written(root: Path, cards: list[dict[str, Any]]) -> None:
    """Write the cards of the small deck; JSON is YAML."""
    (root / "demo/one.yaml").write_text(json.dumps({"title": "One", "cards": cards}))


def times(root: Path) -> dict[str, tuple[str, int, str]]:
    """Return of each note in the ledger what it is, when that changed, and the address that its guid is of."""
    entries = read((root / "demo/ledger.txt").read_text()).entries
    return {place: (entry.digest, entry.changed, entry.origin) for place, entry in entries.items()}


def rebuilt(root: Path) -> Path:
    """Delete the ledger, and build with the package that learners have."""
    (root / "demo/ledger.txt").unlink()
    return artefacts(root, root.parent / "new", "apkg", since=root.parent / "old.apkg")["demo.apkg"]


def test_a_restored_ledger_gives_the_same_package(root: Path) -> None:
    before = times(root)
    assert rebuilt(root).read_bytes() == (root.parent / "old.apkg").read_bytes()
    assert times(root) == before


def test_after_a_lost_ledger_was_restored_an_import_touches_nothing(root: Path, anki: Collection) -> None:
    imported(anki, root.parent / "old.apkg")
    assert imported(anki, rebuilt(root)) == {"duplicate": 7}


def test_what_changed_since_the_package_arrives_and_nothing_else(root: Path, anki: Collection) -> None:
    imported(anki, root.parent / "old.apkg")
    cards = [CARDS[0] | {"back": "Another."}, CARDS[1], CLOZE | {"text": "{{c1::x & y}} and $\\frac{1}{ {{c3::2}} }$."}]
    written(root, [*cards, CARDS[4], {"id": "new", "kind": "basic", "front": "What is new?", "back": "This."}])
    assert imported(anki, rebuilt(root)) == {"updated": 2, "duplicate": 2, "new": 1}
    ledger = read((root / "demo/ledger.txt").read_text())
    assert {place for place, entry in ledger.entries.items() if entry.retired is not None} == {"p", "p/r", "p/s"}
    entry = ledger.entries["c"]
    assert (entry.gaps, entry.lost) == (((1, "x & y"), (3, "2")), ((2, "2"),))
    assert entry.was is not None
    assert entry.was.gaps == ((1, "x & y"), (2, "2"), (3, "<z>"))


def test_a_ledger_that_was_lost_is_missed(root: Path, cardgen: Callable[..., Ran]) -> None:
    written(root, CARDS[:4])
    assert cardgen("build", "--format", "csv").err == ""
    (root / "demo/ledger.txt").unlink()
    assert cardgen("build", "--format", "csv").err.splitlines()[0] == (
        "warning[CG618]: `demo` has no ledger but must have had one: dist/demo.apkg is there"
    )


def test_a_shipped_deck_restored_is_what_it_was(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = artefacts(shipped, tmp_path / "old", "apkg", names=["visa"])["visa.apkg"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW + DAY))
    (shipped / "visa/ledger.txt").unlink()
    new = artefacts(shipped, tmp_path / "new", "apkg", names=["visa"], since=old)["visa.apkg"]
    assert new.read_bytes() == old.read_bytes()


def test_what_is_no_package_is_refused(root: Path, cardgen: Callable[..., Ran]) -> None:
    (root / "demo/ledger.txt").unlink()
    refused = cardgen("build", "--since", "decks/demo/one.yaml")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.splitlines()[-1].startswith("Error: decks/demo/one.yaml: ")
