"""The re-import matrix: what happens to a learner's work when a deck is built again and imported over the old one.

Every row imports, studies, changes the deck, builds and imports again, with Anki's own engine and its default options.
By default this is the installed engine. For others, make an environment for each and name their Pythons:

    python3 -m venv anki-24 && anki-24/bin/pip install anki==24.11
    python3 -m venv anki-21 && anki-21/bin/pip install anki==2.1.54 'protobuf<4'
    export CARDGEN_ENGINES="$PWD/anki-24/bin/python $PWD/anki-21/bin/python"
    .venv/bin/pytest -m slow tests/test_reimport.py tests/test_first_release.py
"""

from __future__ import annotations

import json
import shutil
import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from engines import OLDEST, counts

from cardgen.notes.dates import end_in_words
from cardgen.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

DAY = 24 * 60 * 60
NOW = int(time.time()) // DAY * DAY
"""The learner's clock is the machine's, so what the author does must lie around it, in seconds since 1970: the first
build long before the learner imports it, the later ones, a day apart, after the learner has studied. Anki 24.11 gives a
note that it updates the time of the import, and takes nothing older after that (ankitects/anki#3589)."""

DECK = """
id: demo
title: Demo::Deck
sections: [one, two]
variants:
  essentials: {where: {level: core}}
"""
ONE = """
title: One
cards:
  - {id: a, kind: basic, front: What is A?, back: The first., level: core}
  - {id: b, kind: basic, front: What is B?, back: The second., level: core}
  - {id: c, kind: reversed, front: C, back: The third., level: more}
  - id: chain
    kind: process
    title: The chain
    steps:
      - {id: start, do: Start.}
      - {id: stop, do: Stop.}
    level: core
"""
TWO = """
title: Two
cards:
  - {id: d, kind: cloze, text: "{{c1::D}} and {{c2::E}}.", level: core}
  - {id: f, kind: typed, front: Type F., back: F, level: more}
"""


class Author:
    """A deck on disk and what its author does with it; each build comes a day after the one before."""

    def __init__(self, folder: Path, cardgen: Callable[..., Ran]) -> None:
        self.folder = folder
        self._cardgen = cardgen
        self._day = 0
        self.write("../collection", "facets: {level: [core, more]}\n")
        self.write("deck", DECK)
        self.write("one", ONE)
        self.write("two", TWO)

    def write(self, name: str, text: str) -> None:
        """Write one of the deck's files."""
        file = self.folder / "decks/demo" / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a text in one of the deck's files."""
        file = self.folder / "decks/demo" / f"{name}.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def set_clock(self, day: int) -> None:
        """Say how many days after `NOW` the next build is made; 0 for the very first one."""
        self._day = day

    def build(self, *options: str, name: str = "demo", warned: bool = False) -> Path:
        """Build, `warned` or without a warning; give a copy of the package that the next build leaves alone."""
        first = NOW - 365 * DAY
        env = {"SOURCE_DATE_EPOCH": str(NOW + self._day * DAY if self._day else first)}
        self._day += 1
        built = self._cardgen("build", "--format", "apkg", *options, cwd=self.folder, env=env)
        assert (built.code, bool(built.err)) == (0, warned), built.err
        package = self.folder / f"{name}-{self._day}.apkg"
        shutil.copy(self.folder / f"dist/{name}.apkg", package)
        return package


@pytest.fixture
def author(tmp_path: Path, cardgen: Callable[..., Ran]) -> Author:
    """Return an author with the deck of this module."""
    return Author(tmp_path, cardgen)


ALL = [
    "demo/a", "demo/b", "demo/c", "demo/chain", "demo/chain/start", "demo/chain/stop", "demo/d", "demo/f",
]  # fmt: skip


def begin(learner: Any, author: Author) -> dict[str, list[list[int]]]:
    """Import the first build and study a little; give the schedules."""
    assert learner.import_package(author.build()) == counts(new=8)
    assert learner.notes() == ALL
    learner.study(4)
    assert learner.reviews() == 4
    return dict(learner.schedules())


def test_nothing_changed(learner: Any, author: Author) -> None:
    before = begin(learner, author)
    assert learner.import_package(author.build()) == counts(duplicate=8)
    assert learner.schedules() == before


def test_a_reworded_card_is_reworded_and_keeps_its_schedule(learner: Any, author: Author) -> None:
    before = begin(learner, author)
    author.replace("one", "The first.", "The very first.")
    assert learner.import_package(author.build()) == counts(updated=1, duplicate=7)
    assert learner.field("demo/a", "Back") == "The very first."
    assert learner.schedules() == before


def test_a_learners_edit_of_another_card_is_kept(learner: Any, author: Author) -> None:
    begin(learner, author)
    learner.edit("demo/b", "Back", "My own words.")
    author.replace("one", "The first.", "The very first.")
    assert learner.import_package(author.build()) == counts(updated=1, duplicate=7)
    assert learner.field("demo/b", "Back") == "My own words."


def test_a_learners_own_tags_are_kept_on_notes_that_did_not_change(learner: Any, author: Author) -> None:
    begin(learner, author)
    learner.add_tag("demo/b", "mine")
    author.replace("one", "The first.", "The very first.")
    learner.import_package(author.build())
    assert "mine" in learner.tags("demo/b")


def test_a_card_in_the_middle_comes_alone_and_in_its_place(learner: Any, author: Author) -> None:
    before = begin(learner, author)
    order_before = learner.new_order()
    author.replace("one", "  - {id: c,", "  - {id: between, kind: basic, front: New?, back: Yes.}\n  - {id: c,")
    assert learner.import_package(author.build()) == counts(new=1, duplicate=8)
    assert {note: schedule for note, schedule in learner.schedules().items() if note != "demo/between"} == before
    order = learner.new_order()
    assert [note for note in order if note != "demo/between"] == order_before
    assert order.index("demo/between") < order.index("demo/d")


def test_a_step_in_the_middle_leaves_the_schedules_of_the_others(learner: Any, author: Author) -> None:
    before = begin(learner, author)
    author.replace("one", "      - {id: stop", "      - {id: go, do: Go.}\n      - {id: stop")
    # The overview lists three steps now, and the next step shows it before itself.
    assert learner.import_package(author.build()) == counts(new=1, updated=2, duplicate=6)
    assert {note: schedule for note, schedule in learner.schedules().items() if note != "demo/chain/go"} == before


def test_a_retired_card_stays_and_is_found_by_the_search_that_build_names(
    learner: Any, author: Author, cardgen: Callable[..., Ran]
) -> None:
    before = begin(learner, author)
    author.replace("one", "  - {id: b, kind: basic, front: What is B?, back: The second., level: core}\n", "")
    assert learner.import_package(author.build()) == counts(duplicate=7)
    assert learner.schedules() == before
    said = cardgen("build", cwd=author.folder).out.splitlines()[-1]
    assert said == 'demo: 1 retired note; learners find it in Anki with "ID:demo/b"'
    assert learner.find('"ID:demo/b"') == ["demo/b"]


def test_a_retired_card_is_not_given_to_those_who_never_had_it(learner: Any, author: Author) -> None:
    author.build()
    author.replace("one", "What is B?, back: The second.,", "What is B?, back: The second., retired: true,")
    assert learner.import_package(author.build()) == counts(new=7)
    assert learner.find('"ID:demo/b"') == []


def test_a_card_that_moves_to_another_section_stays_where_the_learner_has_it(learner: Any, author: Author) -> None:
    before = begin(learner, author)
    line = "  - {id: b, kind: basic, front: What is B?, back: The second., level: core}\n"
    author.replace("one", line, "")
    author.replace("two", "cards:\n", f"cards:\n{line}")
    # Its section is shown on the card and is among its tags, so the note is updated.
    assert learner.import_package(author.build()) == counts(updated=1, duplicate=7)
    assert learner.decks()["demo/b"] == "Demo::Deck"
    assert learner.field("demo/b", "Section") == "Two"
    assert learner.schedules() == before


def test_another_title_of_the_deck_touches_no_note(learner: Any, author: Author) -> None:
    before = begin(learner, author)
    author.replace("deck", "Demo::Deck", "Demo::Another")
    assert learner.import_package(author.build()) == counts(duplicate=8)
    assert set(learner.decks().values()) == {"Demo::Deck"}
    assert learner.schedules() == before


def test_essentials_first_and_the_whole_deck_later(learner: Any, author: Author) -> None:
    assert learner.import_package(author.build("--variant", "essentials", name="demo-essentials")) == counts(new=6)
    learner.study(3)
    before = learner.schedules()
    assert learner.import_package(author.build()) == counts(new=2, duplicate=6)
    assert learner.notes() == ALL
    assert {note: learner.schedules()[note] for note in before} == before


def test_the_whole_deck_first_and_essentials_later(learner: Any, author: Author) -> None:
    before = begin(learner, author)
    essentials = author.build("--variant", "essentials", name="demo-essentials")
    assert learner.import_package(essentials) == counts(duplicate=6)
    assert learner.schedules() == before


def test_two_decks_with_the_same_text_do_not_clash(learner: Any, author: Author) -> None:
    before = begin(learner, author)
    other = author.folder / "decks/other"
    shutil.copytree(author.folder / "decks/demo", other)
    (other / "ledger.txt").unlink()
    (other / "deck.yaml").write_text(DECK.replace("id: demo", "id: other"), encoding="utf-8")
    assert learner.import_package(author.build("--deck", "other", name="other")) == counts(new=8)
    assert learner.notes() == sorted([*ALL, *(note.replace("demo", "other", 1) for note in ALL)])
    assert {note: learner.schedules()[note] for note in before} == before


def test_a_newer_look_arrives_and_touches_no_note(learner: Any, author: Author) -> None:
    before = begin(learner, author)
    package = author.build()
    _restyle(package, ".card { color: red; }", NOW + DAY)
    assert learner.import_package(package) == counts(duplicate=8)
    assert learner.css("cardgen Basic") == ".card { color: red; }"
    assert learner.note_types() == ["cardgen Basic", "cardgen Cloze", "cardgen Two-way", "cardgen Typed"]
    assert learner.schedules() == before


def test_a_learners_own_look_is_kept_while_ours_does_not_change(learner: Any, author: Author) -> None:
    begin(learner, author)
    learner.set_css("cardgen Basic", ".card { color: green; }")
    author.replace("one", "The first.", "The very first.")
    assert learner.import_package(author.build()) == counts(updated=1, duplicate=7)
    assert learner.css("cardgen Basic") == ".card { color: green; }"


def test_another_machine_with_the_same_commit_updates_nothing(
    learner: Any, author: Author, tmp_path: Path, cardgen: Callable[..., Ran]
) -> None:
    before = begin(learner, author)
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(author.folder / "decks", elsewhere / "decks")
    built = cardgen("build", "--locked", cwd=elsewhere)
    assert (built.code, built.err) == (0, "")
    assert learner.import_package(elsewhere / "dist/demo.apkg") == counts(duplicate=8)
    assert learner.schedules() == before


def after(days: int) -> date:
    """Return the day that many days after `NOW`."""
    return datetime.fromtimestamp(NOW + days * DAY, UTC).date()


def check_again(day: date) -> str:
    """Return the field that says until when a fact can be trusted."""
    return f'<p class="check-again" data-after="{day}">Check again after {end_in_words(day, ENGLISH)}.</p>'


def test_the_day_of_a_build_touches_no_note(learner: Any, author: Author) -> None:
    author.replace("one", "back: The first.", f"back: The first., stale_after: {after(2)}")
    assert learner.import_package(author.build()) == counts(new=8)
    # Days before, on and after that one.
    for _ in range(4):
        assert learner.import_package(author.build()) == counts(duplicate=8)
    assert learner.field("demo/a", "Status") == check_again(after(2))


def test_another_day_to_check_a_fact_again_is_delivered_once(learner: Any, author: Author) -> None:
    author.replace("one", "back: The first.", f"back: The first., stale_after: {after(2)}")
    assert learner.import_package(author.build()) == counts(new=8)
    author.replace("one", str(after(2)), str(after(200)))
    # Before the learner's clock: Anki 24.11 takes a later change again until that day has come.
    author.set_clock(-2)
    assert learner.import_package(author.build()) == counts(updated=1, duplicate=7)
    assert learner.import_package(author.build()) == counts(duplicate=8)
    assert learner.field("demo/a", "Status") == check_again(after(200))


def test_a_change_made_while_the_clock_is_wrong_is_delivered(learner: Any, author: Author) -> None:
    stale = f", stale_after: {after(5)}"
    author.write("one", ONE.replace("back: The first.", f"back: The first.{stale}"))
    author.set_clock(10)
    assert learner.import_package(author.build()) == counts(new=8)
    for answer, day in (("Made before it was overdue.", 1), ("Made long before.", -900), ("Made in time.", 20)):
        author.set_clock(day)
        author.write("one", ONE.replace("back: The first.", f"back: {answer}{stale}"))
        assert learner.import_package(author.build()) == counts(updated=1, duplicate=7)
        assert learner.field("demo/a", "Back") == answer


def test_ten_releases_in_a_row(learner: Any, author: Author) -> None:
    before = begin(learner, author)
    for release in range(1, 11):
        old = "The first." if release == 1 else f"Answer {release - 1}."
        author.replace("one", old, f"Answer {release}.")
        assert learner.import_package(author.build()) == counts(updated=1, duplicate=7)
    assert learner.field("demo/a", "Back") == "Answer 10."
    assert learner.schedules() == before
    assert learner.reviews() == 4
    assert learner.integrity()


def test_a_spare_field_put_to_use_arrives_in_place(learner: Any, author: Author) -> None:
    before = begin(learner, author)
    learner.edit("demo/b", "Back", "My own words.", NOW + 2 * DAY)
    package = author.build()
    _use_spare_field(package, NOW + DAY)
    if learner.version() == OLDEST:
        # It knows no ids: a type with a field of another name is another type, and its notes stay as they were.
        assert learner.import_package(package) == {"new": 0, "updated": 0, "duplicate": 1, "conflicting": 8}
        assert learner.schedules() == before
        return
    assert learner.import_package(package) == counts(updated=7, duplicate=1)
    assert learner.note_types() == ["cardgen Basic", "cardgen Cloze", "cardgen Two-way", "cardgen Typed"]
    assert learner.field("demo/a", "Population") == "Whole population"
    assert learner.field("demo/d", "Population") == "Whole population"
    assert (learner.field("demo/b", "Population"), learner.field("demo/b", "Back")) == ("", "My own words.")
    assert learner.schedules() == before


def test_a_spare_template_put_to_use_brings_its_cards(learner: Any, author: Author) -> None:
    before = begin(learner, author)
    package = author.build()
    _use_spare_template(package, NOW + DAY)
    if learner.version() == OLDEST:
        assert learner.import_package(package) == {"new": 0, "updated": 0, "duplicate": 8, "conflicting": 7}
        assert learner.schedules() == before
        return
    # No note changed, and yet Anki makes the new cards of all.
    assert learner.import_package(package) == counts(duplicate=8)
    assert learner.note_types() == ["cardgen Basic", "cardgen Cloze", "cardgen Two-way", "cardgen Typed"]
    after_it = learner.schedules()
    assert {note: cards[: len(before[note])] for note, cards in after_it.items()} == before
    added = {note: [card[:5] for card in cards[len(before[note]) :]] for note, cards in after_it.items()}
    basic, two_way = [[1, 0, 0, 0, 0]], [[2, 0, 0, 0, 0]]
    assert added == {note: two_way if note == "demo/c" else [] if note == "demo/d" else basic for note in ALL}
    assert learner.integrity()
    assert learner.schedules() == after_it


def _use_spare_field(package: Path, changed: int) -> None:
    """Rename a spare field and fill it, as a later cardgen would."""

    def renamed(model: dict[str, Any]) -> None:
        next(field for field in model["flds"] if field["name"] == "Reserved 1")["name"] = "Population"

    _edit(package, changed, renamed, {"Population": "Whole population"})


def _use_spare_template(package: Path, changed: int) -> None:
    """Rename a spare template and let it ask something, likewise."""

    def asking(model: dict[str, Any]) -> None:
        for template in model["tmpls"]:
            if template["name"] == "Reserved 1":
                template |= {"name": "Source", "qfmt": "Which card? {{ID}}", "afmt": "{{FrontSide}}<hr>{{Front}}"}

    _edit(package, changed, asking, {})


def _restyle(package: Path, css: str, changed: int) -> None:
    """Put another CSS into the note types of a package, likewise."""
    _edit(package, changed, lambda model: model.update(css=css), {})


def _edit(package: Path, changed: int, edit: Callable[[dict[str, Any]], None], fields: dict[str, str]) -> None:
    """Edit the note types of a package, and fill fields of all its notes."""
    import sqlite3
    import zipfile

    with zipfile.ZipFile(package) as old:
        files = {name: old.read(name) for name in old.namelist()}
    connection = sqlite3.connect(":memory:")
    connection.deserialize(files["collection.anki2"])
    (models,) = connection.execute("SELECT models FROM col").fetchone()
    data = json.loads(models)
    for model in data.values():
        edit(model)
        model["mod"] = changed
        names = [field["name"] for field in model["flds"]]
        for note_id, joined in connection.execute(
            "SELECT id, flds FROM notes WHERE mid = ?", (model["id"],)
        ).fetchall():
            if fields:
                values = dict(zip(names, joined.split("\x1f"), strict=True)) | fields
                row = ("\x1f".join(values.values()), changed, note_id)
                connection.execute("UPDATE notes SET flds = ?, mod = ? WHERE id = ?", row)
    connection.execute("UPDATE col SET models = ?", (json.dumps(data),))
    connection.commit()
    files["collection.anki2"] = connection.serialize()
    connection.close()
    with zipfile.ZipFile(package, "w") as new:
        for name, content in files.items():
            new.writestr(name, content)


# Pictures with masks: each mask is a card of one note, by a number that is its own for ever


def show_masks(author: Author, *masks: str) -> None:
    """Let the deck be one picture with masks of these ids, in this order."""
    picture = author.folder / "decks/demo/media/a.svg"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>', encoding="utf-8")
    author.write("deck", "id: demo\ntitle: Demo::Deck\nsections: [two]\n")
    (author.folder / "decks/demo/one.yaml").unlink(missing_ok=True)
    lines = "".join(f"      {mask}: {{rect: [0, 0, 50, 50], hides: The {mask}}}\n" for mask in masks)
    card = "  - id: picture\n    kind: occlusion\n    image: media/a.svg\n    level: core\n    masks:\n"
    author.write("two", f"title: Two\ncards:\n{card}{lines}")


def test_a_mask_in_the_middle_comes_alone_and_leaves_the_schedules_of_the_others(learner: Any, author: Author) -> None:
    show_masks(author, "first", "second", "third")
    assert learner.import_package(author.build()) == counts(new=1)
    learner.study(2)
    before = learner.schedules()["demo/picture"]
    assert [schedule[0] for schedule in before] == [0, 1, 2]
    show_masks(author, "first", "between", "second", "third")
    assert learner.import_package(author.build()) == counts(updated=1)
    after = learner.schedules()["demo/picture"]
    assert after[:3] == before
    assert [schedule[:3] for schedule in after[3:]] == [[3, 0, 0]]
    assert learner.field("demo/picture", "Masks") == "1 first, 2 second, 3 third, 4 between"
    assert learner.integrity()
    assert learner.schedules()["demo/picture"] == after


def test_a_mask_that_goes_and_one_that_comes_are_not_taken_for_each_other(learner: Any, author: Author) -> None:
    show_masks(author, "first", "second")
    learner.import_package(author.build())
    learner.study(2)
    before = learner.schedules()["demo/picture"]
    show_masks(author, "other", "second")
    author.build(warned=True)
    show_masks(author, "second", "other", "first")
    assert learner.import_package(author.build()) == counts(updated=1)
    assert learner.schedules()["demo/picture"][:2] == before
    assert learner.field("demo/picture", "Masks") == "1 first, 2 second, 3 other"


def test_the_same_masks_in_another_order_move_no_schedule(learner: Any, author: Author) -> None:
    show_masks(author, "first", "second", "third")
    learner.import_package(author.build())
    learner.study(2)
    before = learner.schedules()
    show_masks(author, "third", "first", "second")
    assert learner.import_package(author.build()) == counts(updated=1)
    assert learner.schedules() == before
