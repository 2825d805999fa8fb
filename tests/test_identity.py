"""Identity over years: what an author renames and moves, and what of it learners keep, in Anki's own engine."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from conftest import artefacts, imported, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anki.collection import Collection
    from conftest import Ran


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


CARD = "  - {{id: {0}, kind: basic, front: What is {1}?, back: {1}.{2}}}\n"
"""A card in the small deck by its id, what it is about, and more fields."""

DAY = 86_400
NOW = int(time.time()) // DAY * DAY
"""The author works in the days before the learner's clock, which is the machine's."""


class Author:
    """Builds the decks of a folder, each time on a later day than before."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self._environment = monkeypatch
        self._built = 0

    @staticmethod
    def day(number: int) -> int:
        """Return the beginning of a day of the author's, in seconds since 1970."""
        return NOW + (number - 9) * DAY

    def build(self, files: dict[str, str], *names: str) -> Path:
        """Write files into the folder of decks, and build one package of all decks, or of those named."""
        written(self.root, files)
        self._built += 1
        self._environment.setenv("SOURCE_DATE_EPOCH", str(self.day(self._built)))
        out = self.root.parent / f"dist-{self._built}"
        (package,) = artefacts(self.root, out, "apkg", all_in_one=True, names=names).values()
        return package

    def ledger(self, deck: str = "demo") -> list[str]:
        """Return the lines of a ledger without their hashes, with days counted from the first build."""
        lines = (self.root / deck / "ledger.txt").read_text().splitlines()[1:]
        days = {
            f"{datetime.fromtimestamp(self.day(number), UTC):%Y-%m-%dT%H:%M:%SZ}": str(number) for number in range(9)
        }
        return [" ".join(days.get(word, word.partition(":")[0]) for word in line.split()) for line in lines]


@pytest.fixture
def author(decks: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Author:
    """Return the author of the small deck with two cards, and of a deck `other` with one."""
    files = {
        "demo/one.yaml": "title: One\ncards:\n" + CARD.format("a", "A", "") + CARD.format("b", "B", ""),
        "other/deck.yaml": "id: other\ntitle: Other\nsections: [one]\n",
        "other/one.yaml": "title: One\ncards:\n" + CARD.format("x", "X", ""),
    }
    return Author(decks(files), monkeypatch)


def cards(*lines: str) -> str:
    """Return a card file."""
    return "title: One\ncards:\n" + "".join(lines)


def studied(anki: Collection, search: str) -> list[int]:
    """Return the cards that a search finds an interval of a week; return their ids."""
    found = list(anki.find_cards(search))
    anki.sched.set_due_date(found, "7")
    return found


def test_a_renamed_card_keeps_its_schedule_and_its_times(author: Author, anki: Collection) -> None:
    imported(anki, author.build({}))
    learned = studied(anki, "ID:demo/a")
    renamed = cards(CARD.format("c", "A", ", formerly: demo/a"), CARD.format("b", "B", ""))
    assert imported(anki, author.build({"demo/one.yaml": renamed})) == {"updated": 1, "duplicate": 2}
    assert list(anki.find_cards("is:review ID:demo/c")) == learned
    assert anki.card_count() == 3
    assert author.ledger() == ["b basic 1 1", "c basic 1 2 as demo/a"]


def test_a_card_renamed_twice_names_its_oldest_address_first(author: Author, anki: Collection) -> None:
    imported(anki, author.build({}))
    learned = studied(anki, "ID:demo/a")
    author.build({"demo/one.yaml": cards(CARD.format("c", "A", ", formerly: demo/a"), CARD.format("b", "B", ""))})
    again = cards(CARD.format("d", "A", ", formerly: [demo/a, demo/c]"), CARD.format("b", "B", ""))
    assert imported(anki, author.build({"demo/one.yaml": again})) == {"updated": 1, "duplicate": 2}
    assert list(anki.find_cards("is:review ID:demo/d")) == learned
    assert author.ledger() == ["b basic 1 1", "d basic 1 3 as demo/a"]


def test_of_two_cards_merged_the_first_address_is_kept_and_the_other_retired(author: Author, anki: Collection) -> None:
    imported(anki, author.build({}))
    learned = studied(anki, "ID:demo/b")
    merged = cards(CARD.format("c", "A and B", ", formerly: [demo/b, demo/a]"))
    assert imported(anki, author.build({"demo/one.yaml": merged})) == {"updated": 1, "duplicate": 1}
    assert list(anki.find_cards("is:review ID:demo/c")) == learned
    assert author.ledger() == ["a basic 1 1 retired 2 c", "c basic 1 2 as demo/b"]


@pytest.mark.parametrize("alone", [True, False])
def test_a_card_moved_to_another_deck_keeps_its_schedule_and_its_times(
    author: Author, anki: Collection, *, alone: bool
) -> None:
    imported(anki, author.build({}))
    learned = studied(anki, "ID:demo/a")
    moved = {
        "demo/one.yaml": cards(CARD.format("b", "B", "")),
        "other/one.yaml": cards(CARD.format("x", "X", ""), CARD.format("a", "A", ", formerly: demo/a")),
    }
    package = author.build(moved, *(["other"] if alone else []))
    assert imported(anki, package) == {"updated": 1, "duplicate": 1 if alone else 2}
    assert list(anki.find_cards("is:review ID:other/a")) == learned
    author.build({})
    assert author.ledger("other") == ["a basic 1 2 as demo/a", "x basic 1 1"]
    assert author.ledger() == ["b basic 1 1"]


def test_a_step_that_gets_another_id_or_another_process_keeps_its_schedule(author: Author, anki: Collection) -> None:
    process = "  - {{id: {0}, kind: process, title: {0}, steps: [{1}]}}\n"
    one = process.format("one", "{id: r, do: R}, {id: s, do: S}, {id: t, do: T}")
    imported(anki, author.build({"demo/one.yaml": cards(one, process.format("two", "{id: u, do: U}, {id: v, do: V}"))}))
    learned = studied(anki, "ID:demo/one/r") + studied(anki, "ID:demo/one/t")
    one = process.format("one", "{id: rr, formerly: demo/one/r, do: R}, {id: s, do: S}")
    two = process.format("two", "{id: u, do: U}, {id: t, formerly: demo/one/t, do: T}, {id: v, do: V}")
    author_package = author.build({"demo/one.yaml": cards(one, two)})
    imported(anki, author_package)
    assert [*anki.find_cards("is:review ID:demo/one/rr"), *anki.find_cards("is:review ID:demo/two/t")] == learned
    assert [line.split()[0] for line in author.ledger()] == [
        "one", "one/rr", "one/s", "two", "two/t", "two/u", "two/v",
    ]  # fmt: skip


def test_an_earlier_address_that_is_no_longer_named_is_missed(author: Author, cardgen: Callable[..., Ran]) -> None:
    author.build({})
    renamed = cards(CARD.format("c", "A", ", formerly: demo/a"), CARD.format("b", "B", ""))
    author.build({"demo/one.yaml": renamed})
    written_again = renamed.replace(", formerly: demo/a", "").replace("id: c", "id: d")
    author.build({"demo/one.yaml": renamed.replace("id: c, ", "id: d, ").replace("demo/a", "[demo/a, demo/c]")})
    written(author.root, {"demo/one.yaml": written_again})
    assert cardgen("check").err.splitlines()[0] == ("error[CG611]: learners have `d` with the identity of `demo/a`")
    written(author.root, {"demo/one.yaml": renamed.replace("id: c", "id: e").replace("demo/a", "demo/d")})
    assert cardgen("check").err.splitlines()[:5] == [
        "error[CG611]: `demo/d` has the identity of `demo/a`",
        "  --> decks/demo/one.yaml:3:65",
        "  3 |   - {id: e, kind: basic, front: What is A?, back: A., formerly: demo/d}",
        "    |                                                                 ^^^^^^",
        "  hint: Write `demo/a` before it.",
    ]


def test_a_card_of_a_deck_that_was_renamed_names_the_first_id_of_it(
    author: Author, cardgen: Callable[..., Ran]
) -> None:
    author.build({})
    renamed = {"demo/deck.yaml": "id: demonstration\nformerly: demo\ntitle: Demo\nsections: [one]\n"}
    moved = {
        "demo/one.yaml": cards(CARD.format("b", "B", "")),
        "other/one.yaml": cards(CARD.format("x", "X", ""), CARD.format("a", "A", ", formerly: demonstration/a")),
    }
    written(author.root, renamed | moved)
    assert cardgen("check").err.splitlines()[:5] == [
        "error[CG610]: `demonstration/a` names a deck by a later id, and guids follow from its first",
        "  --> decks/other/one.yaml:4:65",
        "  4 |   - {id: a, kind: basic, front: What is A?, back: A., formerly: demonstration/a}",
        "    |                                                                 ^^^^^^^^^^^^^^^",
        "  hint: Write `demo/a`.",
    ]


def test_a_renamed_card_is_known_by_its_content_until_it_is_released(
    author: Author, cardgen: Callable[..., Ran]
) -> None:
    author.build({})
    moved = {"demo/one.yaml": cards(CARD.format("c", "A", "")), "other/one.yaml": cards(CARD.format("y", "B", ""))}
    shown = {
        "warning[CG613]: `c` asks and answers what `demo/a` did, which is gone",
        "warning[CG613]: `y` asks and answers what `demo/b` did, which is gone",
    }
    written(author.root, moved)
    assert {line for line in cardgen("check").err.splitlines() if "[CG613]" in line} == shown
    author.build({})
    assert {line for line in cardgen("check").err.splitlines() if "[CG613]" in line} == shown
