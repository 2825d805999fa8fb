"""Histories that nobody wrote: what an author changes and releases, and what a learner does and imports, at random.

Each history is drawn from a number, so that one that fails can be run again. Whatever happens, a learner's work is not
harmed, and what the author changed arrives.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
import zipfile
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import pytest
from learner import Learner

from cardgen.build.allowable import ALLOWABLE
from cardgen.build.builder import build_decks
from cardgen.build.request import Request
from cardgen.diagnostics import Severity, has_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

DAY: Final = 24 * 60 * 60
BEGIN: Final = int(time.time()) // DAY * DAY - 700 * DAY
"""When histories begin, in seconds since 1970: they must end before Anki's clock, which is the machine's."""

WORDS: Final = ("acid", "bone", "cell", "dose", "edge", "fact", "gene", "hand", "iron", "knee", "lung", "mass", "node")

SPELLINGS: Final = (
    "a *b* **c**", "a _b_ __c__", "a b c", "a  b c", "a\nb c", "a\\\nb c", "a  \nb c", "a\n\nb c", "- a\n- b",
    "* a\n* b", "- a\n\n- b", "1. a\n2. b", "1) a\n2) b", "3. a\n4. b", "`a`", "`` a ``",
    "[a](https://example.org)", "[a](<https://example.org>)", "https://example.org", "<https://example.org>",
    "e\u0301", "\u00e9", "&eacute;", "\\*a\\*", "| a | b |\n|---|---|\n| 1 | 2 |", "|a|b|\n|:--|--:|\n|1|2|",
    "```\na\n```", "~~~\na\n~~~", "```py\na\n```", "$x^2$", "$ x^2 $", "$$x^2$$", "H~2~O", "H₂O", "a -- b",
    "a – b", "<b>a</b>", "a &lt; b", "a < b",
)  # fmt: skip
"""Some of these look alike to learners, and some do not."""

Fields = tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """A note as a package or a learner's collection has it: its fields, its tags, and when it last changed."""

    fields: Fields
    tags: frozenset[str]
    changed: int

    @property
    def content(self) -> tuple[Fields, frozenset[str]]:
        """What a learner can see of it."""
        return self.fields, self.tags


@dataclass(frozen=True)
class Release:
    """A package, which may be of an edition.

    Attributes:
        package: The file.
        built: When it was built, in seconds since 1970.
        notes: The notes in it, by their addresses.
        whole: The notes of the whole deck at the same time.
    """

    package: Path
    built: int
    notes: Mapping[str, Note]
    whole: Mapping[str, Note]


# The author -----------------------------------------------------------------------------------------------------------


class Author:
    """A deck on disk, which changes at random.

    Attributes:
        deck: What deck.yaml holds.
        sections: The card files, by name.
        sources: What sources.yaml holds.
        pictures: Pictures by their names.
    """

    def __init__(self, folder: Path, chance: Random, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._chance = chance
        self._environment = monkeypatch
        self._made = 0
        self._built = 0
        self.deck: dict[str, Any] = {
            "id": "demo",
            "title": "Demo",
            "sections": ["one", "two", "three"],
            "variants": {"essentials": {"where": {"level": "core"}}},
        }
        self.sources: list[dict[str, Any]] = [
            {"id": source, "type": "webpage", "title": source.upper(), "URL": f"https://example.org/{source}"}
            for source in ("s1", "s2")
        ]
        self.pictures = {"p.png": b"\x89PNG 1", "q.png": b"\x89PNG 2"}
        self.sections: dict[str, dict[str, Any]] = {
            name: {"title": name.title(), "cards": [self._new_card() for _ in range(4)]}
            for name in self.deck["sections"]
        }

    def change(self) -> str:
        """Do one of the things that authors do; say which."""
        changes: tuple[Callable[[], None], ...] = (
            self._reword, self._reword, self._reword, self._retag, self._cite, self._date, self._date, self._date,
            self._move, self._shuffle, self._retire, self._add, self._grow, self._grow, self._change_kind,
            self._retitle, self._change_source, self._annotate, self._remove, self._change_level, self._change_language,
            self._illustrate, self._illustrate, self._respell, self._respell, self._respell, self._count, self._doubt,
            self._change_language_of_all, self._divide,
        )  # fmt: skip
        change = self._chance.choice(changes)
        change()
        return change.__name__

    def release(self, at: int, *, edition: bool, announced: bool) -> Release | None:
        """Build the deck, and a package to release; give None where the ledger refuses what was done.

        Args:
            at: The time of the build, in seconds since 1970.
            edition: Whether the package has the essentials alone.
            announced: Whether release notes are written.
        """
        self._write()
        self._environment.setenv("SOURCE_DATE_EPOCH", str(at))
        whole = self._build(notes=self._folder / "notes.md" if announced else None)
        if whole is None:
            return None
        package = (self._build("essentials") if edition else None) or whole
        return Release(package, at, notes_in(package), notes_in(whole))

    def _build(self, *variants: str, notes: Path | None = None) -> Path | None:
        decks, out = self._folder / "decks", self._folder / "dist"
        # An author who means it: what stops a release has tests of its own.
        asked = Request(
            decks=decks,
            out=out,
            formats=("apkg",),
            variants=variants,
            release_notes=notes,
            allow=ALLOWABLE if notes is not None else (),
        )
        built = build_decks(asked)
        if has_errors(built.diagnostics):
            codes = {found.code for found in built.diagnostics if found.severity is Severity.ERROR}
            # An id that is used again for another card, and an edition that nothing is in.
            assert codes <= {"CG602", "CG503"}, built.diagnostics
            return None
        self._built += 1
        return Path(shutil.copy(built.artefacts[0].path, self._folder / f"{self._built}.apkg"))

    def state(self) -> Any:
        """Return all that the author has written."""
        return deepcopy((self.deck, self.sections, self.sources, self.pictures))

    def take_back(self, state: Any) -> None:
        """Make the files what they were."""
        self.deck, self.sections, self.sources, self.pictures = deepcopy(state)

    def _write(self) -> None:
        folder = self._folder / "decks/demo"
        folder.mkdir(parents=True, exist_ok=True)
        # JSON is YAML.
        (folder.parent / "collection.yaml").write_text("facets: {level: [core, more]}\n")
        (folder / "deck.yaml").write_text(json.dumps(self.deck))
        (folder.parent / "sources.yaml").write_text(json.dumps({"references": self.sources}))
        for name, picture in self.pictures.items():
            (folder / name).write_bytes(picture)
        for name, section in self.sections.items():
            (folder / f"{name}.yaml").write_text(json.dumps(section))

    def _text(self) -> str:
        self._made += 1
        return f"{self._chance.choice(WORDS)} {self._chance.choice(WORDS)} {self._made}"

    def _new_card(self) -> dict[str, Any]:
        text = self._text
        kinds: tuple[dict[str, Any], ...] = (
            {"kind": "basic", "front": text(), "back": text()},
            {"kind": "basic", "front": text(), "back": text()},
            {"kind": "reversed", "front": text(), "back": text()},
            {"kind": "typed", "front": text(), "back": text()},
            {"kind": "cloze", "text": f"{{{{c1::{text()}}}}} and {{{{c2::{text()}}}}}"},
            {"kind": "choice", "question": text(), "options": [{"text": text(), "right": True}, {"text": text()}]},
            {"kind": "definition", "term": text(), "definition": text()},
            {"kind": "statistic", "question": text(), "value": 5, "unit": "%"},
            {"kind": "process", "title": text(), "steps": [{"id": "a", "do": text()}, {"id": "b", "do": text()}]},
            {
                "kind": "framework",
                "question": text(),
                "asks_for": text(),
                "moves": [{"id": name, "cue": text(), "text": text()} for name in "ab"],
            },
        )
        self._made += 1
        level = {"level": self._chance.choice(("core", "more"))}
        return {"id": f"card-{self._made}", **self._chance.choice(kinds), **level}

    def _section(self) -> dict[str, Any]:
        return self._chance.choice(list(self.sections.values()))

    def _card(self, *kinds: str) -> dict[str, Any]:
        """Choose a card; one without a kind that is wanted is none, whose changes come to nothing."""
        cards = [card for section in self.sections.values() for card in section["cards"]]
        return self._chance.choice([card for card in cards if not kinds or card["kind"] in kinds] or [{}])

    def _reword(self) -> None:
        card = self._card()
        fields = [
            key for key in ("front", "back", "question", "term", "definition", "asks_for", "title") if key in card
        ]
        if fields:
            card[self._chance.choice(fields)] = self._text()
        elif card.get("kind") == "cloze":
            card["text"] = card["text"].replace(" and ", f" and {self._text()} ", 1)

    def _retag(self) -> None:
        card = self._card() if self._chance.random() < 0.7 else self._section().setdefault("defaults", {})
        tags = set(card.get("tags", [])) ^ {self._chance.choice(("t1", "t2", "deep::t3"))}
        card["tags"] = sorted(tags)
        if not tags:
            del card["tags"]

    def _cite(self) -> None:
        card = self._card()
        card["source"] = self._chance.sample(["s1", "s2"], self._chance.randrange(1, 3))
        if self._chance.random() < 0.3:
            del card["source"]

    def _change_source(self) -> None:
        self._chance.choice(self.sources)["title"] = self._text()

    def _date(self) -> None:
        card = self._card()
        day = datetime.fromtimestamp(BEGIN, UTC).date() + timedelta(days=self._chance.randrange(900))
        card[self._chance.choice(("stale_after", "stale_after", "as_of"))] = str(day)
        if self._chance.random() < 0.2:
            card.pop("stale_after", None)
        if card.get("stale_after", "9") < card.get("as_of", ""):
            del card["as_of"]

    def _move(self) -> None:
        source, target = self._section(), self._section()
        if len(source["cards"]) > 1:
            card = source["cards"].pop(self._chance.randrange(len(source["cards"])))
            target["cards"].insert(self._chance.randrange(len(target["cards"]) + 1), card)

    def _shuffle(self) -> None:
        self._chance.shuffle(self.deck["sections"] if self._chance.random() < 0.3 else self._section()["cards"])

    def _retire(self) -> None:
        card = self._card()
        if card.pop("retired", None) is None:
            card["retired"] = True

    def _remove(self) -> None:
        cards = self._section()["cards"]
        if len(cards) > 1:
            del cards[self._chance.randrange(len(cards))]

    def _add(self) -> None:
        cards = self._section()["cards"]
        cards.insert(self._chance.randrange(len(cards) + 1), self._new_card())

    def _grow(self) -> None:
        """Add, take away or reorder a step, a move, a gap or a contrast: notes of the same card come and go."""
        card = self._card("process", "framework", "cloze", "definition")
        if card.get("kind") == "definition":
            if card.pop("not", None) is None:
                card["not"] = {"term": self._text(), "differs": self._text()}
        elif card.get("kind") == "cloze":
            card["text"] += f" {{{{c{self._chance.randrange(1, 5)}::{self._text()}}}}}"
        elif card:
            parts = card["steps" if "steps" in card else "moves"]
            self._made += 1
            said = {"do": self._text()} if "steps" in card else {"cue": self._text(), "text": self._text()}
            part = {"id": f"p{self._made}", **said}
            parts.insert(self._chance.randrange(len(parts) + 1), part)
            if len(parts) > 3:
                del parts[self._chance.randrange(len(parts))]

    def _change_kind(self) -> None:
        """Change a kind for another whose notes are of the same type."""
        card = self._card("basic", "reversed")
        if card.get("kind") == "basic":
            card |= {"kind": "statistic", "question": card.pop("front"), "value": card.pop("back").replace("\n", " ")}
        elif card:
            card |= {"kind": "definition", "term": card.pop("front"), "definition": card.pop("back")}

    def _retitle(self) -> None:
        (self.deck if self._chance.random() < 0.3 else self._section())["title"] = self._text().title()

    def _annotate(self) -> None:
        self._card()["note"] = self._text()

    def _illustrate(self) -> None:
        """Show a picture, or change one that is shown."""
        name = self._chance.choice(list(self.pictures))
        if self._chance.random() < 0.5:
            self._card()["note"] = f"![A picture]({name})"
        else:
            self.pictures[name] = f"\x89PNG {self._text()}".encode("latin-1")

    def _respell(self) -> None:
        """Write a text that may be the same in another way."""
        card = self._card("basic", "reversed", "definition")
        for name in ("back", "definition"):
            if name in card:
                card[name] = self._chance.choice(SPELLINGS)

    def _count(self) -> None:
        """Change the figures of a statistic, or how they are written."""
        card = self._card("statistic")
        if card and self._chance.random() < 0.5:
            card["value"] = self._chance.choice((5, "5", 5.0, "5.0", "5.00", 6))
        elif card:
            card["compare"] = {"A": self._chance.choice((1, 1.0, "1.0", 2)), "B": self._chance.choice((3, "3.00"))}

    def _doubt(self) -> None:
        card = self._card()
        if card.pop("confidence", None) is None:
            card["confidence"] = "secondary"

    def _change_language_of_all(self) -> None:
        self.deck["language"] = self._chance.choice(("en", "fr", "ar"))

    def _divide(self) -> None:
        """Make a deck of Anki's for each section, or one of all."""
        self.deck["subdecks"] = not self.deck.get("subdecks", False)

    def _change_level(self) -> None:
        self._card()["level"] = self._chance.choice(("core", "more"))

    def _change_language(self) -> None:
        self._card()["lang"] = self._chance.choice(("en", "fr"))


def notes_in(package: Path) -> dict[str, Note]:
    """Read the notes of a package, by their addresses."""
    with zipfile.ZipFile(package) as opened:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(opened.read("collection.anki2"))
    rows = connection.execute("SELECT flds, tags, mod FROM notes").fetchall()
    connection.close()
    notes = [Note(tuple(fields.split("\x1f")), frozenset(tags.split()), changed) for fields, tags, changed in rows]
    found = {address(note.fields): note for note in notes}
    assert len(found) == len(notes)
    return found


def address(fields: Fields) -> str:
    """Return the note's address, which is in its field ``ID``."""
    (found,) = (field for field in fields if field.startswith("demo/"))
    return found


# The learner ----------------------------------------------------------------------------------------------------------


class Studies:
    """A learner who does at random what learners do, and what must hold of each import.

    Attributes:
        received: The notes that the learner has, as they last came.
        from_release: The number of the release that each of them came with last, or was the same as.
        edited: When the learner last changed a note, by its address; what came after that has replaced it.
        restyled: The learner's own style sheets, by the names of the note types.
    """

    def __init__(self, learner: Learner, chance: Random) -> None:
        self.learner = learner
        self._chance = chance
        self.received: dict[str, Note] = {}
        self.from_release: dict[str, int] = {}
        self.edited: dict[str, int] = {}
        self.restyled: dict[str, str] = {}
        self.log: list[str] = []

    def act(self, now: int) -> None:
        """Do one of the things that learners do."""
        notes = self.learner.notes()
        if not notes:
            return
        note = self._chance.choice(notes)
        # An author's clock may be ahead of the learner's by a second; what is edited then is not this test's question.
        now = max(now, self.received[note].changed + 1)
        action = self._chance.choice(("study", "study", "edit", "tag", "suspend", "move", "delete", "restyle"))
        self.log.append(f"{action} {note} at {now - BEGIN}")
        if action == "study":
            self.learner.study(
                self._chance.randrange(1, 6), self._chance.choice(sorted(set(self.learner.decks().values())))
            )
        elif action == "edit":
            self.learner.edit(note, "Note", f"my own words {now}", now)
            self.edited[note] = now
        elif action == "tag":
            self.learner.add_tag(note, f"mine-{now}", now)
            self.edited[note] = now
        elif action == "suspend":
            self.learner.suspend(note)
        elif action == "move":
            self.learner.move(note, "Mine")
        elif action == "restyle":
            style = self._chance.choice(self.learner.note_types())
            self.restyled[style] = f".card {{ margin: {now}px }}"
            self.learner.set_css(style, self.restyled[style])
        else:
            self.learner.delete(note)
            self.edited.pop(note, None)

    def take(self, number: int, releases: list[Release]) -> None:
        """Import a release, and check all that must hold then."""
        release = releases[number]
        before, cards, reviews = self._notes(), self.learner.cards(), self.learner.reviews()
        counts = self.learner.import_package(str(release.package))
        after, cards_after = self._notes(), self.learner.cards()
        self.log.append(f"imports release {number}: {counts}")

        assert counts["conflicting"] == 0
        assert set(self.learner.note_types()) <= NOTE_TYPES
        assert set(after) == set(before) | set(release.notes)
        assert {name: self.learner.css(name) for name in self.restyled} == self.restyled
        assert self.learner.missing_pictures() == []
        assert self.learner.reviews() == reviews, "reviews were lost"
        assert {card: cards_after.get(card) for card in cards} == cards, "cards that were there changed"
        for place, note in after.items():
            sent = release.notes.get(place)
            if sent is None:
                assert note == before[place], f"{place} is not in the package, and changed"
            elif place not in before:
                assert note.content == sent.content, f"{place} is new, and came wrong"
                self._has(place, sent, number)
            else:
                self._check_update(place, before[place], note, number, releases)

    def _check_update(self, place: str, old: Note, new: Note, number: int, releases: list[Release]) -> None:
        """Check a note that the learner had, after the import of a package that has it, too."""
        sent, last, edited = releases[number].notes[place], self.from_release[place], self.edited.get(place)
        if number <= last:
            assert new == old, f"{place} went back to an older release"
            return
        between = [release.whole[place] for release in releases[last : number + 1] if place in release.whole]
        if all(note.content == self.received[place].content for note in between):
            assert new == old, f"{place} did not change, and the learner's own was touched"
        elif edited is None or edited < sent.changed:
            assert new.content == sent.content, f"the change of {place} did not arrive"
            self._has(place, sent, number)
        else:
            assert new == old, f"{place} was edited after the package's time, and was touched"
        if new.content == sent.content:
            self._has(place, sent, number)

    def _has(self, place: str, note: Note, number: int) -> None:
        self.received[place] = note
        self.from_release[place] = number
        self.edited.pop(place, None)

    def _notes(self) -> dict[str, Note]:
        rows = self.learner.contents()
        return {place: Note(tuple(fields), frozenset(tags), changed) for place, (fields, tags, changed) in rows.items()}


NOTE_TYPES: Final = {"cardgen Basic", "cardgen Cloze", "cardgen Two-way", "cardgen Typed"}


# Histories ------------------------------------------------------------------------------------------------------------


def check_release(releases: list[Release]) -> None:
    """Check a release against those before it: exactly what changed has another time, which is not before its build."""
    release = releases[-1]
    for place, note in release.whole.items():
        earlier = next((older.whole[place] for older in reversed(releases[:-1]) if place in older.whole), None)
        if earlier is None:
            assert note.changed >= release.built, f"{place} is new, and older than its release"
        elif earlier.content == note.content:
            assert note.changed == earlier.changed, f"{place} did not change, and has another time"
        else:
            assert note.changed > earlier.changed, f"{place} changed, and has no later time"
            assert note.changed >= release.built, f"{place} changed, and is older than its release"


def live(number: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Live through a history."""
    chance = Random(f"history {number}")
    folder.mkdir()
    author = Author(folder, chance, monkeypatch)
    learner = Learner(str(folder / "learner.anki2"))
    studies = Studies(learner, chance)
    releases: list[Release] = []
    now = BEGIN
    try:
        for _ in range(chance.randrange(4, 12)):
            now += chance.choice((0, 1, 60, DAY, 5 * DAY, 40 * DAY))
            state = author.state()
            done = [author.change() for _ in range(chance.choice((0, 1, 1, 2, 4, 8)))] if releases else []
            at = now if chance.random() < 0.85 else max(0, now - chance.randrange(60 * DAY))
            release = author.release(at, edition=chance.random() < 0.2, announced=chance.random() < 0.2)
            studies.log.append(f"release {len(releases)} at {at - BEGIN}: {done} {release is not None}")
            if release is None:
                author.take_back(state)
            else:
                releases.append(release)
                check_release(releases)
            for _ in range(chance.randrange(4)):
                studies.act(now + chance.randrange(10))
            if releases and chance.random() < 0.7:
                in_order = chance.random() < 0.75
                studies.take(len(releases) - 1 if in_order else chance.randrange(len(releases)), releases)
        studies.take(len(releases) - 1, releases)
        before = (learner.contents(), learner.cards())
        assert learner.integrity(), "Anki's database check found something wrong"
        assert (learner.contents(), learner.cards()) == before, "Anki's database check changed something"
    except AssertionError as error:
        story = "\n".join(studies.log)
        raise AssertionError(f"history {number}:\n{story}\n{error}") from error
    finally:
        learner.close()


def failures(numbers: range, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Live through histories, and give what went wrong in each that went wrong."""
    for number in numbers:
        try:
            live(number, folder / str(number), monkeypatch)
        except AssertionError as error:
            yield str(error)
        shutil.rmtree(folder / str(number))


def test_twenty_histories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\n\n".join(failures(range(20), tmp_path, monkeypatch)) == ""


@pytest.mark.slow
def test_a_hundred_and_fifty_histories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\n\n".join(failures(range(20, 170), tmp_path, monkeypatch)) == ""
