"""The first release: what its learners have must take whatever cardgen builds from then on.

``data/first-release.apkg`` is what they have: two small decks with all kinds of cards, built by cardgen 0.1.0 from
``data/first-release``, with the ledgers that this left beside the sources::

    cd tests/data/first-release
    SOURCE_DATE_EPOCH=1788220800 cardgen build --all-in-one --format apkg --release-notes notes.md

It is never made anew, and neither are the ledgers: what learners have cannot be taken back. Where a test here fails,
it is cardgen that has changed, and they would lose something by it. A new kind gets a release of its own beside this.

The clocks of the author and of the learner are fixed days in the past. For the engines of other years, see
`test_reimport`.
"""

from __future__ import annotations

import hashlib
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from engines import counts

from cardgen.notes.digest import RENDER_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

DATA = Path(__file__).with_name("data")
PACKAGE = DATA / "first-release.apkg"
RENDERED_AS = 1
"""The render version of the first release: another one may touch all notes, once."""

MADE_AS = "8f8f9f743148bfc0a260c965b18ab2a86596d5f971aad75ee5489dd121bfdac6"
"""The SHA-256 of the package."""

TYPES = ["cardgen Basic", "cardgen Cloze", "cardgen Two-way", "cardgen Typed"]

EDITS = {
    "rivers/deck.yaml": [("description: Rivers, and", "description: Rivers and")],
    "rivers/water.yaml": [
        ("Into the **Black Sea**.", "Into the *Black Sea*, by a delta."),
        ("River of Vienna", "The river of Vienna"),
        ("back: Paris", "back: Paname"),
        ("the {{c2::North Sea}}.", "the {{c2::North Sea}}, after {{c3::1,230}} km."),
        ("There the bed is steepest.", "The bed is steepest there."),
        ("Land that a river builds at its mouth.", "Land that a river has built at its mouth."),
        ("A delta is land; an estuary is water.", "A delta is of land; an estuary is of water."),
        ("Rhine: {2024: 2850, 2025: 2880, 2026: 2900}", "Rhine: {2024: 2850, 2025: 2880, 2026: 2910}"),
        ("stale_after: 2027-01-31", "stale_after: 2028-01-31"),
        # From the other section.
        ("  - id: nile\n", "  - id: ferry\n    kind: basic\n    front: What moves a reaction ferry?\n"
         "    back: |\n      The current:\n\n      ![A ferry on its cable](media/ferry.svg)\n\n  - id: nile\n"),
    ],
    "rivers/works.yaml": [
        ("Wait until the chamber is full.", "Wait until the chamber has filled."),
        ("      - {id: leave,", "      - {id: cast-off, do: Cast off., who: The crew}\n      - {id: leave,"),
        ("Survey the valley.", "Survey the whole valley."),
        ("Say what you want to build.", "Say what you will build."),
        ("on the wrong side of a river.", "beside a river."),
        ("Name who crosses.", "Name those who cross."),
        ("Warn the town.", "Warn the town by siren."),
        ("  - id: old-weir\n", "  - id: weir\n    formerly: rivers/old-weir\n"),
        ("  - id: ferry\n    kind: basic\n    front: What moves a reaction ferry?\n    back: |\n      The current:\n\n"
         "      ![A ferry on its cable](media/ferry.svg)\n\n", ""),
        ("    back: A steam tug.\n", "    back: A steam tug.\n    retired: true\n    replaced_by: motor-tug\n\n"
         "  - id: motor-tug\n    kind: basic\n    front: What pushes barges?\n    back: A motor tug.\n"),
    ],
    "fleuves/cours.yaml": [
        ("Lieu où un fleuve prend naissance.", "Lieu où naît un fleuve."),
        ("se jette dans", "finit dans"),
        ("value: 1 006", "value: 1 012"),
        ("{Loire: 1006,", "{Loire: 1012,"),
        ("Écouter l'alerte.", "Écouter la radio."),
        ("Situer le fleuve.", "Situer un fleuve."),
        ("Trop court.", "Un peu court."),
    ],
}  # fmt: skip
"""What the author changes after the release: old and new texts, by file; the picture of the map changes too."""

UNTOUCHED = [
    "fleuves/pourquoi/opening", "rivers/ford", "rivers/lock/enter", "rivers/nile", "rivers/untouched",
    "rivers/why-bridges/past", "rivers/why-bridges/present",
]  # fmt: skip
"""The notes that these changes leave alone."""

RELEASED, EDITED = 36, 37
"""How many notes there are before and after them: two are new, and one is retired."""


def day(month: int, number: int) -> int:
    """Return when a day of the year of the release begins, in seconds since 1970."""
    return int(datetime(2026, month, number, tzinfo=UTC).timestamp())


@pytest.fixture
def build(tmp_path: Path, cardgen: Callable[..., Ran]) -> Callable[[int], Path]:
    """Return what makes today's package of a copy of the sources, at a time."""
    home = tmp_path / "author"
    shutil.copytree(DATA / "first-release", home)

    def run(now: int) -> Path:
        env = {"SOURCE_DATE_EPOCH": str(now)}
        built = cardgen("build", "--all-in-one", "--format", "apkg", cwd=home, env=env)
        assert (built.code, built.err) == (0, "")
        return home / "dist/first-release.apkg"

    return run


def edit(decks: Path) -> None:
    """Make the author's changes."""
    for name, changes in EDITS.items():
        text = (decks / name).read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (decks / name).write_text(text, encoding="utf-8")
    picture = decks / "rivers/media/map.png"
    # What follows the end of a PNG shows nothing, and is another content.
    picture.write_bytes(picture.read_bytes() + b"\0")


def begin(learner: Any) -> None:
    """Import the first release, study a little, and write into a note."""
    assert learner.import_package(PACKAGE) == counts(new=RELEASED)
    assert len(learner.study(12, "First release")) == 12
    learner.edit("rivers/untouched", "Back", "My own words.", day(9, 10))


def left_alone(notes: list[str]) -> list[str]:
    """Return those notes that a build leaves alone where no change of theirs touches them."""
    return notes if RENDER_VERSION == RENDERED_AS else []


def shown(contents: dict[str, Any]) -> dict[str, Any]:
    """Return the fields and tags of notes."""
    return {note: [fields, tags] for note, (fields, tags, _) in contents.items()}


def shapes(schedules: dict[str, list[list[int]]]) -> dict[str, list[int]]:
    """Return the numbers of the templates or gaps that each note has cards of."""
    return {note: [card[0] for card in cards] for note, cards in schedules.items()}


def assert_sound(learner: Any) -> None:
    """Check that nothing is there that should not be, and that Anki's own check has nothing to do."""
    assert learner.note_types() == TYPES
    assert learner.missing_pictures() == []
    before = learner.contents(), learner.cards()
    assert learner.integrity()
    assert (learner.contents(), learner.cards()) == before


def test_the_first_release_is_as_it_was_made() -> None:
    assert hashlib.sha256(PACKAGE.read_bytes()).hexdigest() == MADE_AS


def test_what_is_built_from_the_same_sources_touches_nothing(learner: Any, build: Callable[[int], Path]) -> None:
    begin(learner)
    had, cards = learner.contents(), learner.cards()
    same = left_alone(list(had))
    assert learner.import_package(build(day(10, 1))) == counts(updated=RELEASED - len(same), duplicate=len(same))
    has = learner.contents()
    assert {note: has[note] for note in same} == {note: had[note] for note in same}
    assert learner.cards() == cards
    assert learner.reviews() == 12
    assert_sound(learner)


def test_what_the_author_changes_arrives_and_nothing_is_lost(
    learner: Any, build: Callable[[int], Path], tmp_path: Path
) -> None:
    edit(tmp_path / "author/decks")
    package = build(day(11, 1))
    # Somebody who has only the new one.
    assert learner.import_package(package) == counts(new=EDITED)
    expected, expected_cards, expected_decks = shown(learner.contents()), shapes(learner.schedules()), learner.decks()
    learner.close()

    learner.open(str(tmp_path / "first.anki2"))
    begin(learner)
    had, cards, decks = learner.contents(), learner.cards(), learner.decks()
    same = left_alone(UNTOUCHED)
    assert learner.import_package(package) == counts(new=2, updated=EDITED - 2 - len(same), duplicate=len(same))
    has = learner.contents()
    # The retired card, and what the learner wrote.
    kept = ["rivers/steam-tug", *left_alone(["rivers/untouched"])]
    assert shown(has) == expected | shown({note: had[note] for note in kept})
    assert {note: has[note] for note in same} == {note: had[note] for note in same}
    assert {card: found for card, found in learner.cards().items() if card in cards} == cards
    assert shapes(learner.schedules()) == expected_cards | {"rivers/steam-tug": [0]}
    assert learner.decks() == expected_decks | {"rivers/steam-tug": decks["rivers/steam-tug"]}
    assert learner.reviews() == 12
    assert_sound(learner)

    assert learner.import_package(package) == counts(duplicate=EDITED)
    assert learner.contents() == has
