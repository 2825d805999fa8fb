"""In which order Anki's own scheduler shows new cards: sections in their order, siblings apart."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import pytest
from conftest import REPOSITORY, artefacts, card_file, imported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from anki.collection import Collection

from anki_cards import basic, deck_file

SHIPPED = sorted(file.parent.name for file in REPOSITORY.glob("decks/*/deck.yaml"))
PROCESS = {
    "id": "process",
    "kind": "process",
    "title": "The chain",
    "steps": [{"id": name, "do": f"Do {name}."} for name in ("one", "two", "three")],
}
TERM = {"id": "term", "kind": "definition", "term": "T", "definition": "D", "not": {"term": "U", "differs": "So."}}
GAPS = {"id": "gaps", "kind": "cloze", "text": "{{c2::a}} {{c1::b}}"}


def study(collection: Collection, a_day: int, days: int, deck: str = "Demo") -> list[str]:
    """Answer new cards with Easy, so many a day as Anki deals out; give each as ``deck/card/part#template``."""
    for config in collection.decks.all_config():
        config["new"]["perDay"] = a_day
        collection.decks.update_config(config)
    collection.decks.select(collection.decks.id_for_name(deck))
    shown = []
    for _ in range(days):
        while (card := collection.sched.getCard()) is not None:
            shown.append(f"{card.note()['ID']}#{card.ord}")
            card.start_timer()
            collection.sched.answerCard(card, 4)
        # As the next day does, this lets Anki gather the next cards.
        collection.sched.extend_limits(a_day, 0)
    return shown


def card_of(shown: str) -> str:
    """Return the card that its author wrote, as ``deck/card``."""
    return "/".join(shown.partition("#")[0].split("/")[:2])


def between(shown: list[str]) -> list[int]:
    """Return how many other cards stand between siblings that follow one another."""
    last: dict[str, int] = {}
    found = []
    for index, card in enumerate(map(card_of, shown)):
        if card in last:
            found.append(index - last[card] - 1)
        last[card] = index
    return found


@pytest.fixture(scope="module", params=SHIPPED)
def learner(
    request: pytest.FixtureRequest, shipped: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Collection]:
    """Return a learner who has imported a shipped deck with default options."""
    from anki.collection import Collection

    folder = tmp_path_factory.mktemp(request.param)
    (package,) = artefacts(shipped, folder / "dist", "apkg", names=[request.param]).values()
    collection = Collection(str(folder / "collection.anki2"))
    imported(collection, package)
    yield collection
    collection.close()


def test_no_answer_of_a_shipped_deck_was_shown_just_before(learner: Collection) -> None:
    (deck,) = (deck.name for deck in learner.decks.all_names_and_ids() if "::" in deck.name)
    shown = study(learner, 20, 5, deck)
    assert len(shown) == 100
    assert min(between(shown), default=100) >= 5


def sections(collection: Collection, shown: list[str]) -> list[str]:
    """Return the sections of cards, each as often as another one comes before it."""
    titles = {(note := collection.get_note(id_))["ID"]: note["Section"] for id_ in collection.find_notes("")}
    return [title for title, _ in groupby(titles[card.partition("#")[0]] for card in shown)]


def test_the_first_cards_of_visa_are_of_its_first_sections(shipped: Path, tmp_path: Path, anki: Collection) -> None:
    imported(anki, artefacts(shipped, tmp_path / "dist", "apkg", names=["visa"])["visa.apkg"])
    title = next(deck.name for deck in anki.decks.all_names_and_ids() if "::" in deck.name)
    assert sections(anki, study(anki, 20, 1, title)) == ["Who needs a sponsor", "J-1 or H-1B?"]


@pytest.fixture
def first(decks: Callable[..., Path], tmp_path: Path, anki: Collection) -> Callable[..., list[str]]:
    """Return a function that builds a deck of sections, imports it, and studies it in one day."""

    def make(*cards: list[dict[str, Any]], a_day: int = 999, **header: object) -> list[str]:
        names = [f"{number}-{name}" for number, name in zip("987", ("one", "two", "three"), strict=False)][: len(cards)]
        files: dict[str, str] = {
            f"demo/{name}.yaml": card_file(name, list(of)) for name, of in zip(names, cards, strict=True)
        }
        root = decks({**files, "demo/deck.yaml": deck_file("demo", "Demo", names, **header)})
        imported(anki, artefacts(root, tmp_path / "dist", "apkg")["demo.apkg"])
        return [card.removeprefix("demo/") for card in study(anki, a_day, 1)]

    return make


def fillers(count: int, name: str = "x") -> list[dict[str, Any]]:
    """Return cards that have no siblings."""
    return [basic(f"{name}{number}", f"Q {name}{number}?") for number in range(count)]


def xs(start: int, stop: int, name: str = "x") -> list[str]:
    """Return some of these as they are shown."""
    return [f"{name}{number}#0" for number in range(start, stop)]


def test_siblings_come_with_eight_others_between_them_main_note_first(first: Callable[..., list[str]]) -> None:
    assert first([PROCESS, *fillers(30)]) == [
        "process#0", *xs(0, 8), "process/one#0", *xs(8, 16), "process/two#0", *xs(16, 24),
        "process/three#0", *xs(24, 30),
    ]  # fmt: skip


def test_both_directions_of_a_term_are_set_apart(first: Callable[..., list[str]]) -> None:
    shown = first([TERM, *fillers(30)])
    # Anki puts second templates at the end of a day; they are gathered where they can do no harm on any day.
    assert shown == ["term#0", *xs(0, 8), "term/not#0", *xs(8, 30), "term#1"]
    assert all(gap >= 8 for gap in between(shown))


def test_gaps_of_a_text_are_set_apart(first: Callable[..., list[str]]) -> None:
    assert first([GAPS, *fillers(10)]) == ["gaps#0", *xs(0, 10), "gaps#1"]


@pytest.mark.parametrize("a_day", [10, 14, 20, 35])
def test_siblings_are_apart_however_many_cards_a_day_bring(first: Callable[..., list[str]], a_day: int) -> None:
    terms = [TERM | {"id": f"t{number}"} for number in range(12)]
    shown = first([*terms, *fillers(6), PROCESS, GAPS], [*fillers(30, "y")], a_day=a_day)
    assert len(shown) == a_day
    assert all(gap >= 8 for gap in between(shown))


def test_siblings_that_would_come_too_close_come_in_the_next_section(first: Callable[..., list[str]]) -> None:
    assert first([PROCESS, *fillers(7)], fillers(40, "y")) == [
        "process#0", *xs(0, 7), "process/one#0", *xs(0, 8, "y"), "process/two#0", *xs(8, 16, "y"), "process/three#0",
        *xs(16, 40, "y"),
    ]  # fmt: skip


def test_the_last_siblings_come_at_the_end_of_the_deck(first: Callable[..., list[str]]) -> None:
    assert first([PROCESS, *fillers(2)]) == [
        "process#0", "x0#0", "x1#0", "process/one#0", "process/two#0", "process/three#0",
    ]  # fmt: skip


def test_sections_come_in_the_authors_order_and_not_in_that_of_their_names(first: Callable[..., list[str]]) -> None:
    assert first(fillers(2), fillers(2, "a"), fillers(1, "m")) == ["x0#0", "x1#0", "a0#0", "a1#0", "m0#0"]


def test_all_cards_lie_in_the_deck_of_its_title(first: Callable[..., list[str]], anki: Collection) -> None:
    first([PROCESS], fillers(2, "a"))
    assert sorted(deck.name for deck in anki.decks.all_names_and_ids()) == ["Default", "Demo"]


def test_sections_are_subdecks_for_who_wants_them(first: Callable[..., list[str]], anki: Collection) -> None:
    # Anki takes them in the order of their names, and no card comes in another section's deck.
    assert first([PROCESS, *fillers(1)], fillers(2, "a"), subdecks=True) == [
        "a0#0", "a1#0", "process#0", "x0#0", "process/one#0", "process/two#0", "process/three#0",
    ]  # fmt: skip
    names = sorted(deck.name for deck in anki.decks.all_names_and_ids())
    assert names == ["Default", "Demo", "Demo::8-two", "Demo::9-one"]


def test_a_preset_keeps_siblings_of_a_note_for_another_day(
    decks: Callable[..., Path], tmp_path: Path, anki: Collection
) -> None:
    files = {"demo/deck.yaml": deck_file("demo", "Demo", ["one"], preset={"new_per_day": 30})}
    root = decks({**files, "demo/one.yaml": card_file("One", [TERM, *fillers(12)])})
    imported(anki, artefacts(root, tmp_path / "dist", "apkg")["demo.apkg"], with_deck_configs=True)
    # `study` sets no limit below the number of cards; the backward card is buried.
    assert study(anki, 30, 1) == [f"demo/{card}" for card in ["term#0", *xs(0, 8), "term/not#0", *xs(8, 12)]]


def test_an_edition_takes_the_places_that_its_cards_have_in_the_whole_deck(
    decks: Callable[..., Path], tmp_path: Path, anki: Collection
) -> None:
    core = [card | {"level": "core"} for card in (PROCESS, *fillers(10, "c"))]
    variants = {"essentials": {"where": {"level": "core"}}}
    root = decks(
        {
            "collection.yaml": "facets: {level: any}",
            "demo/deck.yaml": deck_file("demo", "Demo", ["one"], variants=variants),
            "demo/one.yaml": card_file("One", [*fillers(3), *core, *fillers(3, "z")]),
        }
    )
    package = artefacts(root, tmp_path / "dist", "apkg", variants=["essentials"])["demo-essentials.apkg"]
    imported(anki, package)
    rows = anki.db.all("select nid, due from cards order by due")
    assert [(anki.get_note(note_id)["ID"].removeprefix("demo/"), due) for note_id, due in rows] == [
        ("process", 4), ("c0", 5), ("c1", 6), ("c2", 7), ("c3", 8), ("c4", 9), ("c5", 10), ("c6", 11), ("c7", 12),
        ("process/one", 13), ("c8", 14), ("c9", 15), ("process/two", 16), ("process/three", 17),
    ]  # fmt: skip
