"""Releases: what the ledger remembers of the last one, what stops the next, and what its notes say."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from conftest import artefacts, imported

from cardgen.build.release_notes import MARK
from cardgen.ledger import Entry, Ledger, Names, Released, after_release, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from anki.collection import Collection
    from conftest import Ran

DAY = 86_400
NOW = int(time.time()) // DAY * DAY


class Deck:
    """The small deck, built each time on a later day than before."""

    def __init__(self, root: Path, cardgen: Callable[..., Ran]) -> None:
        self._root = root
        self._run = cardgen
        self._day = 0
        self.notes = root.parent / "notes.md"

    def write(self, cards: Sequence[dict[str, object]], title: str = "One") -> None:
        """Write its cards; JSON is YAML."""
        (self._root / "demo/one.yaml").write_text(json.dumps({"title": title, "cards": cards}))

    def build(self, *options: str) -> Ran:
        """Build a table."""
        self._day += 1
        day = {"SOURCE_DATE_EPOCH": str(NOW + (self._day - 9) * DAY)}
        return self._run("build", "--format", "csv", *options, env=day)

    def release(self, *options: str) -> Ran:
        """Build with release notes."""
        return self.build("--release-notes", "notes.md", *options)

    def told(self) -> str:
        """Return what the release notes say of the deck since the last ones."""
        text = self.notes.read_text()
        assert text.startswith(f"{MARK}\n\n# What has changed\n\n## ")
        return text.partition("\n\nSince ")[2].partition("\n\n")[2]

    def ledger(self) -> Ledger:
        """Read its ledger."""
        return read((self._root / "demo/ledger.txt").read_text())


@pytest.fixture
def deck(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> Deck:
    return Deck(decks(), cardgen)


def basic(name: str, **more: object) -> dict[str, object]:
    """Return a card."""
    return {"id": name, "kind": "basic", "front": f"What is {name}?", "back": "It.", **more}


def cloze(text: str) -> dict[str, object]:
    """Return a cloze card."""
    return {"id": "gaps", "kind": "cloze", "text": text}


TEN = [basic(name) for name in "abcdefghij"]


def messages(ran: Ran) -> list[str]:
    """Return the first lines of findings."""
    return [line for line in ran.err.splitlines() if line.startswith(("error", "warning"))]


def test_a_note_that_is_gone_without_a_word_stops_a_release(deck: Deck) -> None:
    deck.write(TEN)
    deck.release()
    deck.write(TEN[1:])
    gone = "error[CG616]: 1 note of the last release is gone without a word: `a`"
    assert deck.build().code == 0
    assert messages(deck.build("--locked")) == [gone]
    assert messages(deck.release()) == [gone]
    assert deck.build("--allow", "dropped").code == 0
    assert deck.ledger().allowed == {"dropped"}
    assert deck.build("--locked").code == 0
    assert deck.release().code == 0
    assert deck.ledger().allowed == frozenset()


def test_a_note_that_is_retired_or_merged_stops_no_release(deck: Deck) -> None:
    deck.write([*TEN, basic("old"), basic("older")])
    deck.release()
    deck.write([*TEN, basic("old", retired=True, replaced_by=["a", "b"]), basic("new", formerly=["demo/older"])])
    assert messages(deck.release()) == []
    assert "- `old`, replaced by `a` and `b`\n" in deck.told()


def test_more_than_a_fifth_of_all_notes_touched_stop_a_release(deck: Deck) -> None:
    deck.write(TEN)
    deck.release()
    deck.write([*(basic(name, back="That.") for name in "ab"), *TEN[2:]])
    assert messages(deck.build("--locked")) == ["error[CG603]: 2 notes are not as the ledger knows them: `a`, `b`"]
    deck.write([*(basic(name, back="That.") for name in "abc"), *TEN[3:]])
    assert messages(deck.release()) == [
        "error[CG616]: 3 of 10 notes of the last release have changed, more than a fifth: `a`, `b`, `c`"
    ]
    assert deck.release("--allow", "touched").code == 0
    assert messages(deck.release()) == []


def test_before_the_first_release_nothing_stops_it(deck: Deck) -> None:
    deck.write(TEN)
    deck.build()
    deck.write([basic("k"), basic("a", back="That.")])
    assert messages(deck.release()) == []


def test_a_number_used_for_something_else_is_told_until_it_is_released(deck: Deck) -> None:
    deck.write([*TEN, cloze("The {{c1::Danube}} flows through {{c2::Vienna}}.")])
    deck.release()
    deck.write([*TEN, cloze("The {{c1::Danube}} flows through {{c2::Linz}}.")])
    told = (
        "warning[CG614]: gap 2 of `gaps` hides “Linz”, and hid “Vienna”: those who learned the one are asked for the "
        "other"
    )
    assert messages(deck.build()) == [told]
    assert messages(deck.build()) == [told]
    assert messages(deck.release()) == [
        "error[CG616]: 1 gap of the last release is used for something else: `gaps`",
        told,
    ]
    assert messages(deck.release("--allow", "gaps")) == [told]
    assert messages(deck.build()) == []


def test_numbers_that_change_places_are_told_together(deck: Deck) -> None:
    deck.write([cloze("The {{c1::Danube}} flows through {{c2::Vienna}}.")])
    deck.release()
    deck.write([cloze("The {{c2::Danube}} flows through {{c1::Vienna}}.")])
    assert messages(deck.build()) == [
        "warning[CG614]: gaps 1 and 2 of `gaps` have changed places: those who learned “Danube” are asked for “Vienna”"
        ", and the other way round"
    ]


def test_a_number_that_is_gone_is_never_another_thing(deck: Deck) -> None:
    deck.write([cloze("The {{c1::Danube}} flows through {{c2::Vienna}}.")])
    deck.release()
    deck.write([cloze("The {{c1::Danube}} flows through Vienna.")])
    deck.release("--allow", "touched")
    assert deck.told() == (
        "### Changed\n\n- The \\[...\\] flows through Vienna. `gaps`\n\n"
        "### Empty cards\n\n- `gaps`, gap 2: Vienna\n\n"
        "These cards ask for nothing any more. In Anki, *Tools > Empty Cards* removes them.\n"
    )
    deck.write([cloze("The {{c1::Danube}} flows to the {{c2::Black Sea}}.")])
    assert messages(deck.build()) == [
        "warning[CG614]: gap 2 of `gaps` hides “Black Sea”, and hid “Vienna”: those who learned the one are asked for "
        "the other"
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("the Danube river", "the river Danube", False),
        ("the Danube", "the long Danube", False),
        ("the Danube", "a river", True),
        ("1994", "1995", True),
        ("+", "+", False),
        ("+", "-", True),
        ("many words " * 20, "many words " * 21, False),
    ],
)
def test_half_the_words_of_a_gap_may_change(deck: Deck, old: str, new: str, *, told: bool) -> None:
    deck.write([cloze(f"It is {{{{c1::{old}}}}}.")])
    deck.build()
    deck.write([cloze(f"It is {{{{c1::{new}}}}}.")])
    assert [message[:14] for message in messages(deck.build())] == (["warning[CG614]"] if told else [])


def test_an_empty_card_is_what_anki_has_of_a_gap_that_is_gone(
    decks: Callable[..., Path], anki: Collection, tmp_path: Path
) -> None:
    root = decks({"demo/one.yaml": json.dumps({"title": "One", "cards": [cloze("{{c1::A}} and {{c2::B}}.")]})})
    imported(anki, artefacts(root, tmp_path / "dist", "apkg")["demo.apkg"])
    (root / "demo/one.yaml").write_text(json.dumps({"title": "One", "cards": [cloze("{{c1::A}} and B.")]}))
    assert imported(anki, artefacts(root, tmp_path / "dist", "apkg")["demo.apkg"]) == {"updated": 1}
    report = anki.get_empty_cards()
    assert [list(note.card_ids) for note in report.notes] == [list(anki.find_cards("card:2"))]
    assert len(report.notes) == 1


def test_what_was_renamed_is_told_in_the_build_and_in_the_release_notes(deck: Deck, decks: Callable[..., Path]) -> None:
    deck.write([*TEN])
    deck.release()
    decks({"demo/one.yaml": None, "demo/deck.yaml": "id: demo\ntitle: New\nsections: [one]\n"})
    deck.write(TEN, title="Two")
    title = (
        "The deck “Demo” is now “New”: new cards come in the new deck, and those that learners have stay in the old "
        "one. To move them, select the old deck's cards in Anki's browser and choose Cards > Change Deck."
    )
    section = "The section “One” is now “Two”: its cards say so, and stay where learners have them."
    assert deck.build().out.splitlines()[1:] == [f"demo: {title}", f"demo: {section}"]
    deck.release("--allow", "touched")
    assert deck.told().partition("### Renamed\n\n")[2] == f"- {title.replace('>', chr(92) + '>')}\n- {section}\n"
    assert deck.build().out.splitlines()[1:] == []


def test_after_a_release_the_ledger_knows_only_what_was_released() -> None:
    names = Names("Demo", "demo", (("one", "One"),))
    entry = Entry("basic:" + "a" * 16, 1, 2, was=Released("basic:" + "b" * 16, ((1, "x"),)))
    before = Ledger({"a": entry}, 1, "demo", None, frozenset({"gaps"}))
    assert after_release(before, 5, names) == Ledger({"a": Entry("basic:" + "a" * 16, 1, 2)}, 5, "demo", names)


def test_allow_and_locked_do_not_go_together(deck: Deck) -> None:
    assert deck.build("--locked", "--allow", "dropped").code == 2
