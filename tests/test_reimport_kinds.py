"""The re-import matrix of kinds of one's own: what their authors change in a kind, and what learners keep.

Every row imports, studies, changes the kind, builds and imports again, with Anki's own engines and their default
options. How to have the engines of other years: `test_reimport`.
"""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING, Any

import pytest
from conftest import card_file, written
from engines import OLDEST, counts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from conftest import Ran

DAY = 24 * 60 * 60
NOW = int(time.time()) // DAY * DAY
"""As for `test_reimport`: the first build long before the learner imports it, the later ones after that."""

KIND = """
id: country
title: Countries
fields:
  country: {title: Country, required: true}
  capital: {title: Capital}
  code: {title: Code, type: literal}
tiers: [standard, extended, experimental]
cards:
  capital: {title: Capital of}
  code: {title: Code of, tier: extended}
  country: {title: Country of, tier: experimental}
"""
TEMPLATES = {
    "capital.front.html": "{{#Capital}}The capital of {{Country}}?{{/Capital}}",
    "capital.back.html": "{{FrontSide}}<hr>{{Capital}}",
    "code.front.html": "{{#Code}}The code of {{Country}}?{{/Code}}",
    "code.back.html": "{{FrontSide}}<hr>{{Code}}",
    "country.front.html": "{{#Code}}Whose code is {{Code}}?{{/Code}}",
    "country.back.html": "{{FrontSide}}<hr>{{Country}}",
    "style.css": ".card { color: black; }\n",
}
CARDS: list[dict[str, object]] = [
    {"id": "at", "kind": "country", "country": "Austria", "capital": "Vienna", "code": "AT"},
    {"id": "gl", "kind": "country", "country": "Greenland", "capital": "Nuuk"},
    {"id": "hu", "kind": "country", "country": "Hungary", "capital": "Budapest", "code": "HU"},
]
STANDARD, EXTENDED, EXPERIMENTAL = 3, 5, 7
"""How many cards Anki makes of them at each tier."""

KEEPS_TIME_OF_IMPORT = "24.11"
"""It gives a note that it updates the time of the import, and takes nothing older after that (ankitects/anki#3589)."""

UPDATED = counts(updated=3)
SAME = counts(duplicate=3)


class Author:
    """A deck of a kind of one's own on disk, and what its author does with it; each build comes a day after another."""

    def __init__(self, folder: Path, cardgen: Callable[..., Ran]) -> None:
        self.folder = folder
        self._cardgen = cardgen
        self._built = 0
        self.write(
            {
                "kinds/country.yaml": KIND,
                "world/deck.yaml": "id: world\ntitle: World\nsections: [one]\n",
                "world/one.yaml": card_file("One", CARDS),
                **{f"kinds/country/{name}": text for name, text in TEMPLATES.items()},
            }
        )

    def write(self, files: Mapping[str, str]) -> None:
        """Write files into the folder of decks."""
        written(self.folder / "decks", files)

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a text in a file of the kind."""
        file = self.folder / "decks/kinds" / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def build(self, tier: str = "") -> Path:
        """Build the deck on the next day, up to a tier or whole; give a copy of the package."""
        self._built += 1
        first = NOW - 365 * DAY
        env = {"SOURCE_DATE_EPOCH": str(NOW + self._built * DAY if self._built > 1 else first)}
        options = ("--tier", tier) if tier else ()
        built = self._cardgen("build", "--format", "apkg", *options, cwd=self.folder, env=env)
        assert (built.code, built.err) == (0, "")
        package = self.folder / f"{self._built}.apkg"
        shutil.copy(self.folder / f"dist/{'-'.join(filter(None, ('world', tier)))}.apkg", package)
        return package


@pytest.fixture
def author(tmp_path: Path, cardgen: Callable[..., Ran]) -> Author:
    """Return an author with the deck of this module."""
    return Author(tmp_path, cardgen)


def begin(learner: Any, package: Path, cards: int) -> dict[str, list[list[int]]]:
    """Import a first package and study a little; give the schedules."""
    assert learner.import_package(package) == counts(new=3)
    learner.study(2, "World")
    before: dict[str, list[list[int]]] = learner.schedules()
    assert (sum(map(len, before.values())), learner.blank_cards()) == (cards, 0)
    return before


def kept(before: Mapping[str, list[list[int]]], after: Mapping[str, list[list[int]]]) -> bool:
    """Return whether cards that were there are as they were; new ones may stand behind them."""
    return before.keys() == after.keys() and all(
        all(card in after[note] for card in cards) for note, cards in before.items()
    )


# Tiers


def test_each_tier_adds_cards_and_keeps_the_schedules_of_those_before_it(learner: Any, author: Author) -> None:
    before = begin(learner, author.build("standard"), STANDARD)
    for tier, cards in (("extended", EXTENDED), ("experimental", EXPERIMENTAL)):
        outcome = learner.import_package(author.build(tier))
        if learner.version() == KEEPS_TIME_OF_IMPORT and tier == "experimental":
            assert (outcome, kept(before, learner.schedules()), learner.blank_cards()) == (SAME, True, 2)
            return
        assert outcome == UPDATED
        after = learner.schedules()
        assert (sum(map(len, after.values())), learner.blank_cards()) == (cards, 0)
        assert kept(before, after)
        before = after
    asked = {"The capital of Austria?", "The code of Austria?", "Whose code is AT?"}
    assert asked <= set(learner.questions())
    assert (learner.integrity(), learner.schedules()) == (True, before)
    assert learner.note_types("Countries") == ["Countries"]


def test_a_whole_deck_is_at_its_highest_tier(learner: Any, author: Author) -> None:
    before = begin(learner, author.build(), EXPERIMENTAL)
    assert learner.import_package(author.build("experimental")) == SAME
    assert learner.schedules() == before


@pytest.mark.parametrize("lower", ["standard", "extended"])
def test_a_lower_tier_over_a_higher_one_changes_nothing(learner: Any, author: Author, lower: str) -> None:
    before = begin(learner, author.build("experimental"), EXPERIMENTAL)
    assert learner.import_package(author.build(lower)) == SAME
    assert (learner.schedules(), learner.blank_cards()) == (before, 0)


def test_a_check_of_the_database_makes_no_cards_of_a_higher_tier(learner: Any, author: Author) -> None:
    before = begin(learner, author.build("standard"), STANDARD)
    assert (learner.integrity(), learner.schedules()) == (True, before)


def test_a_learners_edit_makes_no_cards_of_a_higher_tier(learner: Any, author: Author) -> None:
    begin(learner, author.build("standard"), STANDARD)
    learner.edit("Austria", "Capital", "Wien")
    assert sum(map(len, learner.schedules().values())) == STANDARD


def test_a_changed_template_makes_no_cards_of_a_higher_tier(learner: Any, author: Author) -> None:
    begin(learner, author.build("standard"), STANDARD)
    author.replace("country/code.front.html", "The code of", "Which code has")
    assert learner.import_package(author.build("standard")) == SAME
    assert sum(map(len, learner.schedules().values())) == STANDARD


def test_cards_of_a_higher_tier_are_blank_where_a_learners_edit_is_kept(learner: Any, author: Author) -> None:
    before = begin(learner, author.build("standard"), STANDARD)
    learner.edit("Austria", "Capital", "My own words.")
    assert learner.import_package(author.build("extended")) == counts(updated=2, duplicate=1)
    assert kept(before, learner.schedules())
    assert (learner.field("Austria", "Capital"), learner.blank_cards()) == ("My own words.", 1)
    author.write({"world/one.yaml": card_file("One", [CARDS[0] | {"capital": "Wien"}, *CARDS[1:]])})
    assert learner.import_package(author.build("extended")) == counts(updated=1, duplicate=2)
    assert (learner.field("Austria", "Capital"), learner.blank_cards()) == ("Wien", 0)


def test_what_changed_since_arrives_at_every_tier(learner: Any, author: Author) -> None:
    before = begin(learner, author.build("experimental"), EXPERIMENTAL)
    author.write({"world/one.yaml": card_file("One", [CARDS[0] | {"capital": "Wien"}, *CARDS[1:]])})
    assert learner.import_package(author.build("experimental")) == counts(updated=1, duplicate=2)
    assert learner.field("Austria", "Capital") == "Wien"
    assert learner.schedules() == before


# What changes in the kind


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("country/style.css", "black", "teal"),
        ("country/capital.back.html", "<hr>", "<hr><hr>"),
        # Fields in card files come in any order; Anki's is the first that there was.
        ("country.yaml", "  capital: {title: Capital}\n  code: {title: Code, type: literal}\n",
         "  code: {title: Code, type: literal}\n  capital: {title: Capital}\n"),
    ],
)  # fmt: skip
def test_another_look_arrives_and_touches_no_note(learner: Any, author: Author, file: str, old: str, new: str) -> None:
    before, contents = begin(learner, author.build(), EXPERIMENTAL), learner.contents()
    author.replace(file, old, new)
    assert learner.import_package(author.build()) == SAME
    assert (learner.schedules(), learner.contents()) == (before, contents)
    assert learner.note_types("Countries") == ["Countries"]
    assert ("teal" in learner.css("Countries")) is (new == "teal")


@pytest.mark.parametrize("what", ["field", "template"])
def test_a_part_that_is_renamed_is_renamed_in_place(learner: Any, author: Author, what: str) -> None:
    before = begin(learner, author.build(), EXPERIMENTAL)
    if what == "field":
        rename_capital(author)
    else:
        author.replace("country.yaml", "{title: Capital of}", "{title: Seat of}")
    outcome = learner.import_package(author.build())
    assert learner.schedules() == before
    if learner.version() == OLDEST:
        # It knows no ids: a type with a part of another name is another type, and its notes stay as they were.
        assert (outcome["updated"], outcome["conflicting"]) == (0, 3)
        return
    assert outcome == SAME
    assert learner.note_types("Countries") == ["Countries"]
    fields, templates = learner.parts("Countries")
    assert (fields[1], templates[0]) == (("Seat", "Capital of") if what == "field" else ("Capital", "Seat of"))
    assert learner.integrity()


def test_a_kind_that_is_renamed_is_renamed_in_place(learner: Any, author: Author) -> None:
    before = begin(learner, author.build(), EXPERIMENTAL)
    author.replace("country.yaml", "title: Countries", "title: Lands")
    assert learner.import_package(author.build()) == SAME
    assert learner.schedules() == before
    assert learner.note_types("Countries") == ([] if learner.version() != OLDEST else learner.note_types("Countries"))


def test_a_new_field_takes_a_spare_ones_place(learner: Any, author: Author) -> None:
    before = begin(learner, author.build(), EXPERIMENTAL)
    author.replace("country.yaml", "  code: {title: Code, t", "  people: {title: People}\n  code: {title: Code, t")
    author.replace("country/capital.back.html", "{{Capital}}", "{{Capital}}<p>{{People}}</p>")
    author.write({"world/one.yaml": card_file("One", [CARDS[0] | {"people": "Nine million"}, *CARDS[1:]])})
    outcome = learner.import_package(author.build())
    assert learner.schedules() == before
    if learner.version() == OLDEST:
        assert (outcome["updated"], outcome["conflicting"]) == (0, 3)
        return
    assert outcome == counts(updated=1, duplicate=2)
    assert learner.field("Austria", "People") == "Nine million"
    assert learner.note_types("Countries") == ["Countries"]
    assert learner.integrity()


def test_a_new_template_takes_a_spare_ones_place_and_brings_its_cards(learner: Any, author: Author) -> None:
    before = begin(learner, author.build(), EXPERIMENTAL)
    author.replace("country.yaml", "cards:\n", "cards:\n  where: {title: Country with}\n")
    author.write(
        {
            "kinds/country/where.front.html": "{{#Capital}}Where is {{Capital}}?{{/Capital}}",
            "kinds/country/where.back.html": "{{FrontSide}}<hr>{{Country}}",
        }
    )
    outcome = learner.import_package(author.build())
    after = learner.schedules()
    assert kept(before, after)
    if learner.version() == OLDEST:
        assert (outcome["updated"], outcome["conflicting"]) == (0, 3)
        return
    # No note changed, and yet Anki makes the new cards of all.
    assert outcome == SAME
    added = [[card[:3] for card in cards[len(before[note]) :]] for note, cards in after.items()]
    assert added == [[[3, 0, 0]]] * 3
    assert (learner.integrity(), learner.schedules()) == (True, after)


def test_a_new_tier_takes_a_spare_ones_place(learner: Any, author: Author) -> None:
    before = begin(learner, author.build(), EXPERIMENTAL)
    author.replace("country.yaml", "experimental]", "experimental, wild]")
    author.replace("country.yaml", "cards:\n", "cards:\n  where: {title: Country with, tier: wild}\n")
    author.write(
        {
            "kinds/country/where.front.html": "{{#Capital}}Where is {{Capital}}?{{/Capital}}",
            "kinds/country/where.back.html": "{{FrontSide}}<hr>{{Country}}",
        }
    )
    low, whole = author.build("experimental"), author.build()
    if learner.version() == OLDEST:
        assert learner.import_package(whole)["updated"] == 0
        assert learner.schedules() == before
        return
    assert learner.import_package(low) == SAME
    assert learner.schedules() == before
    assert learner.import_package(whole) == UPDATED
    after = learner.schedules()
    assert kept(before, after)
    assert (sum(map(len, after.values())), learner.blank_cards()) == (EXPERIMENTAL + 3, 0)


# What learners have done


def test_a_field_that_a_learner_has_renamed_is_still_updated(learner: Any, author: Author) -> None:
    before = begin(learner, author.build(), EXPERIMENTAL)
    learner.rename_field("Countries", "Capital", "Hauptstadt")
    author.write({"world/one.yaml": card_file("One", [CARDS[0] | {"capital": "Wien"}, *CARDS[1:]])})
    outcome = learner.import_package(author.build())
    assert learner.schedules() == before
    if learner.version() == OLDEST:
        assert outcome["updated"] == 0
        return
    assert outcome == counts(updated=1, duplicate=2)
    assert learner.field("Austria", "Hauptstadt") == "Wien"


def test_a_learners_own_style_stays_until_the_kind_changes(learner: Any, author: Author) -> None:
    begin(learner, author.build(), EXPERIMENTAL)
    learner.set_css("Countries", ".card { color: red; }")
    author.write({"world/one.yaml": card_file("One", [CARDS[0] | {"capital": "Wien"}, *CARDS[1:]])})
    learner.import_package(author.build())
    assert learner.css("Countries") == ".card { color: red; }"
    author.replace("country/style.css", "black", "teal")
    learner.import_package(author.build())
    assert "teal" in learner.css("Countries")


# Decks that learners have from elsewhere

TAKEN_OVER = """
id: country
title: Geography
fields:
  country: {{title: Country, required: true}}
  capital: {{title: Capital}}
cards:
  capital: {{title: Capital of}}
spare: {spare}
anki: {{id: {id}, adopt: true}}
"""
GUIDS = ("e+/O]%*qfk", "K7!x|Tz<bQ", "m.5~0&yUv'")
NONE, SOME = "{fields: 0, templates: 0}", "{fields: 4, templates: 2}"


def take_over(learner: Any, author: Author, spare: str, *, with_ids: bool = True) -> dict[str, list[list[int]]]:
    """Let a learner have the deck from elsewhere and study it, and its author take it over; give the schedules."""
    type_id = learner.make_note_type(
        "Geography", ["Country", "Capital"], [["Capital of", "{{Country}}", "{{FrontSide}}<hr>{{Capital}}"]], with_ids
    )
    for card, guid in zip(CARDS, GUIDS, strict=True):
        learner.add_note("Geography", [card["country"], card["capital"]], guid, "World", NOW - 500 * DAY)
    learner.study(2, "World")
    for name in ("code", "country"):
        for side in ("front", "back"):
            (author.folder / f"decks/kinds/country/{name}.{side}.html").unlink()
    plain = [{name: value for name, value in card.items() if name != "code"} for card in CARDS]
    author.write(
        {
            "kinds/country.yaml": TAKEN_OVER.format(id=type_id, spare=spare),
            "world/one.yaml": card_file("One", plain),
            "world/guids.txt": "".join(f"{card['id']} {guid}\n" for card, guid in zip(CARDS, GUIDS, strict=True)),
        }
    )
    schedules: dict[str, list[list[int]]] = learner.schedules()
    return schedules


def test_a_kind_takes_over_a_type_of_the_same_parts(learner: Any, author: Author) -> None:
    before = take_over(learner, author, NONE)
    assert learner.import_package(author.build()) == UPDATED
    assert learner.schedules() == before
    assert learner.note_types("Geography") == ["Geography"]
    author.replace("country/style.css", "black", "teal")
    assert learner.import_package(author.build()) == SAME
    assert (learner.schedules(), "teal" in learner.css("Geography")) == (before, True)


@pytest.mark.parametrize("with_ids", [True, False])
def test_a_kind_with_spare_parts_takes_over_a_type_that_is_merged_once(
    learner: Any, author: Author, *, with_ids: bool
) -> None:
    if learner.version() == OLDEST:
        return  # it cannot merge note types
    before = take_over(learner, author, SOME, with_ids=with_ids)
    learner.import_package(author.build(), True)
    assert learner.schedules() == before
    # From now on default options do.
    change(author, "Vienna", "Wien")
    assert learner.import_package(author.build()) == counts(updated=1, duplicate=2)
    author.replace("country.yaml", ", adopt: true", "")
    change(author, "Nuuk", "Godthåb")
    outcome = learner.import_package(author.build())
    assert learner.schedules() == before
    if with_ids:
        # What Anki itself has made has ids of its own, by which alone it is found from now on.
        assert outcome == {"new": 0, "updated": 0, "duplicate": 0, "conflicting": 3}
        return
    assert outcome["conflicting"] == 0
    rename_capital(author)
    assert learner.import_package(author.build())["conflicting"] == 0
    assert (learner.field("Austria", "Seat"), learner.field("Greenland", "Seat")) == ("Wien", "Godthåb")
    assert (learner.schedules(), learner.note_types("Geography")) == (before, ["Geography"])
    assert learner.integrity()


def rename_capital(author: Author) -> None:
    """Rename a field in the kind and its templates."""
    author.replace("country.yaml", "{title: Capital}", "{title: Seat}")
    author.replace("country/capital.front.html", "Capital}}", "Seat}}")
    author.replace("country/capital.back.html", "Capital}}", "Seat}}")


def change(author: Author, old: str, new: str) -> None:
    """Change a text in the cards."""
    file = author.folder / "decks/world/one.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
