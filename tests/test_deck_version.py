"""The version that an author gives a deck is shown where people look for it, and touches no note."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import MINIMAL_CARDS, MINIMAL_DECK, artefacts, imported, written
from printed import Printed
from workbooks import MAIN, Book

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anki.collection import Collection
    from conftest import Ran

NOON = "1780000000"
DATED = "28 May 2026"


def deck(version: str = "", more: str = "") -> str:
    return f"{MINIMAL_DECK}{more}" + (f"version: {version}\n" if version else "")


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)


def test_a_new_version_changes_no_note_and_no_ledger(
    decks: Callable[..., Path], anki: Collection, tmp_path: Path
) -> None:
    root = decks({"demo/deck.yaml": deck("1.9", "description: What it is about.\n")})
    first = artefacts(root, tmp_path / "first", "apkg")["demo.apkg"]
    ledger = (root / "demo/ledger.txt").read_bytes()
    assert imported(anki, first) == {"new": 1}
    before = anki.db.all("SELECT * FROM notes"), anki.db.all("SELECT * FROM cards")

    written(root, {"demo/deck.yaml": deck("1.10", "description: What it is about.\n")})
    second = artefacts(root, tmp_path / "second", "apkg")["demo.apkg"]
    assert (root / "demo/ledger.txt").read_bytes() == ledger
    assert imported(anki, second) == {"duplicate": 1}
    assert (anki.db.all("SELECT * FROM notes"), anki.db.all("SELECT * FROM cards")) == before
    assert anki.decks.by_name("Demo")["desc"] == "What it is about.<br><br>Version 1.10"


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ("", "Version 2027-03"),
        ("language: de\n", "Version 2027-03"),
        ("language: ar\n", "الإصدار 2027-03"),
        ("description: '**Bold** & more'\n", "<strong>Bold</strong> &amp; more<br><br>Version 2027-03"),
        (
            "description: |\n  ```\n  code without an end\n",
            "<pre><code>code without an end</code></pre><br><br>Version 2027-03",
        ),
    ],
)
def test_anki_shows_it_below_the_description(
    more: str, shown: str, decks: Callable[..., Path], anki: Collection, tmp_path: Path
) -> None:
    root = decks({"demo/deck.yaml": deck("2027-03", more)})
    imported(anki, artefacts(root, tmp_path / "dist", "apkg")["demo.apkg"])
    assert anki.decks.by_name("Demo")["desc"] == shown


def test_paper_and_workbooks_have_it_at_the_foot(decks: Callable[..., Path], tmp_path: Path) -> None:
    root = decks({"demo/deck.yaml": deck("2027-03")})
    built = artefacts(root, tmp_path / "dist", "pdf", "xlsx")
    (foot,) = (element.text or "" for element in Book(built["demo.xlsx"]).sheets[0].xml.iter(f"{MAIN}oddFooter"))
    imprint = foot.partition("&C&8 ")[2].partition("&R")[0]
    assert imprint.startswith(f"cardgen 0.1.0 · {DATED} · deck 2027-03 (")
    assert len(Printed(built["demo.pdf"]).find(imprint)) == 1


def test_the_foot_of_paper_has_room_for_it_beside_the_number_of_the_page(
    decks: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790630000")
    root = decks({"demo/deck.yaml": deck("2027-03-31")})
    printed = Printed(artefacts(root, tmp_path / "dist", "pdf")["demo.pdf"])
    (foot,) = printed.find("28 September 2026 · deck 2027-03-31 (")
    (number,) = printed.find("1 / 1")
    (end,) = (box for text, box in printed.boxes() if text == ")" and box.top > foot.top - 1)
    assert (round(end.top - foot.top), end.right < number.left) == (0, True)


def test_the_manifest_and_the_list_name_it(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks({"demo/deck.yaml": deck("1.10")})
    built = json.loads(cardgen("build", "--format", "csv", "--output", "json").out)
    assert [artefact["version"] for artefact in built["artefacts"]] == ["1.10"]
    (entry,) = json.loads((tmp_path / "dist/manifest.json").read_text())["artefacts"]
    assert entry["version"] == "1.10"
    assert cardgen("list").out.splitlines()[:2] == ["demo  Demo", "  version:  1.10"]
    assert json.loads(cardgen("list", "--output", "json").out)["decks"][0]["version"] == "1.10"


@pytest.mark.parametrize(("other", "expected"), [("1.10", "1.10"), ("1.1", None), ("", None)])
def test_decks_in_one_package_have_a_version_if_it_is_the_same(
    other: str, expected: str | None, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    second = deck(other).replace("demo", "other").replace("Demo", "Other")
    decks({"demo/deck.yaml": deck("1.10"), "other/deck.yaml": second, "other/one.yaml": MINIMAL_CARDS})
    built = json.loads(cardgen("build", "--all-in-one", "--format", "csv", "--output", "json").out)
    assert [artefact["version"] for artefact in built["artefacts"]] == [expected]


def test_release_notes_have_it_in_their_heading(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks({"demo/deck.yaml": deck("1.10")})
    assert cardgen("build", "--format", "csv", "--release-notes", "notes.md").code == 0
    assert "\n## Demo 1.10\n" in (tmp_path / "notes.md").read_text()


@pytest.mark.parametrize("version", ["1 0", "1/0", "-1", "'<b>'", "2027.03.31-version-MM", "[1]"])
def test_a_version_that_could_be_anything_else_is_refused(
    version: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks({"demo/deck.yaml": deck(version)})
    checked = cardgen("check")
    assert (checked.code, "decks/demo/deck.yaml:4:10" in checked.err) == (1, True)
