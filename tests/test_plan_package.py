"""What Anki's own engine makes of the package of a plan, and of what the plan tells people to do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import imported

from cardgen.anki.search import weak_cards
from cardgen.words import LANGUAGES, catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anki.collection import Collection
    from conftest import Ran

NOON = {"SOURCE_DATE_EPOCH": "1796126400"}  # of 1 December 2026
LEVELS = ("core", "more")


def section(name: str) -> str:
    """Write cards of both levels by turns, one of them with two Anki cards."""
    cards = [f"  - {{id: {name}-{n}, kind: basic, front: Q{n}, back: A, level: {LEVELS[n % 2]}}}" for n in range(12)]
    cards.append(f"  - {{id: {name}-two, kind: reversed, front: Q, back: A, level: core}}")
    return "\n".join((f"title: {name}", "cards:", *cards, ""))


FILES: dict[str, str | bytes | None] = {
    "collection.yaml": "title: Trip\nfacets: {level: [core, more]}\n",
    "demo/deck.yaml": "id: demo\ntitle: Trip::A Demo\nsections: [one]\npreset: {new_per_day: 3}\n",
    "demo/one.yaml": section("one"),
    "other/deck.yaml": "id: other\ntitle: Trip::B Other\nsections: [two]\n",
    "other/two.yaml": section("two"),
}


@pytest.fixture
def planned(decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path) -> Callable[..., Path]:
    """Plan with the second deck first; return where the package is."""
    decks(FILES)

    def plan(*more: str) -> Path:
        wanted = ("other", "demo", "--interview", "2026-12-06", "--minutes", "60", "--format", "apkg", *more)
        ran = cardgen("plan", *wanted, env=NOON)
        assert ran.code == 0, ran.err
        return tmp_path / "dist" / "plan-other-demo-2026-12-06.apkg"

    return plan


def study(collection: Collection, deck: str) -> list[str]:
    """Answer the cards of a day, as long as there are any; return the new ones, as ``deck/card#template``."""
    collection.decks.select(collection.decks.id_for_name(deck))
    shown = []
    while (card := collection.sched.getCard()) is not None:
        if card.type == 0:
            shown.append(f"{card.note()['ID']}#{card.ord}")
        card.start_timer()
        collection.sched.answerCard(card, 4)
    return shown


def next_day(collection: Collection) -> None:
    """Let a night pass: Anki counts days from when the collection was created."""
    collection.db.execute("update col set crt = crt - 86400")
    collection.close()
    collection.reopen()
    collection.sched.unbury_deck(collection.decks.id_for_name("Trip"))


def options_of(collection: Collection, deck: str) -> dict[str, Any]:
    """Return what the options of a deck are: those of its preset, and its own."""
    deck_id = collection.decks.id_for_name(deck)
    preset, own = collection.decks.config_dict_for_deck_id(deck_id), collection.decks.get(deck_id)
    return {
        "new": preset["new"]["perDay"],
        "reviews": preset["rev"]["perDay"],
        "retention": preset["desiredRetention"],
        "by position": preset["newGatherPriority"],
        "own new": own["newLimit"],
        "own retention": own["desiredRetention"],
    }


ANKI = {"new": 20, "reviews": 200, "retention": 0.9, "by position": 0, "own new": None, "own retention": None}
PLAN = {"new": 6, "reviews": 9999, "retention": 0.9, "by position": 1}


@pytest.mark.parametrize(
    ("ticked", "arrives"),
    [
        ({}, {**ANKI, "own retention": 90}),
        ({"with_deck_configs": True}, {**ANKI, **PLAN, "own retention": 90}),
        ({"with_scheduling": True}, {**ANKI, "own retention": 90}),
    ],
)
def test_what_arrives_of_the_numbers(
    ticked: dict[str, bool], arrives: dict[str, Any], planned: Callable[..., Path], anki: Collection
) -> None:
    imported(anki, planned(), **ticked)
    assert [options_of(anki, deck) for deck in ("Trip", "Trip::A Demo", "Trip::B Other")] == [arrives] * 3


def test_decks_that_are_there_get_the_preset_of_each_plan_that_is_imported(
    planned: Callable[..., Path], cardgen: Callable[..., Ran], anki: Collection, tmp_path: Path
) -> None:
    first = planned()
    cardgen("build", "--all-in-one", "--format", "apkg", env=NOON)
    imported(anki, tmp_path / "dist/trip.apkg")
    imported(anki, first, with_deck_configs=True)
    assert options_of(anki, "Trip::A Demo") == {**ANKI, **PLAN}
    second = planned("--start", "2026-12-03")
    imported(anki, second, with_deck_configs=True)
    assert options_of(anki, "Trip::A Demo") == {**ANKI, **PLAN, "new": 10}


def test_anki_deals_the_cards_out_in_the_order_of_the_plan(planned: Callable[..., Path], anki: Collection) -> None:
    """Level by level, and in each the deck that was named first, as many a day as the plan says."""
    imported(anki, planned(), with_deck_configs=True)
    shown = []
    for _ in range(7):
        today = study(anki, "Trip")
        assert len(today) <= 6
        shown += today
        next_day(anki)
    core, more = ("0", "2", "4", "6", "8", "10", "two"), ("1", "3", "5", "7", "9", "11")
    expected = [f"{deck}-{card}" for level in (core, more) for deck in ("other/two", "demo/one") for card in level]
    assert list(dict.fromkeys(card.split("#")[0] for card in shown)) == expected
    assert len(shown) == 28


def test_the_whole_deck_and_the_plan_are_the_same_cards(
    planned: Callable[..., Path], cardgen: Callable[..., Ran], anki: Collection, tmp_path: Path
) -> None:
    planned("--where", "level=core")
    plan = tmp_path / "dist/plan-other-demo-level-core-2026-12-06.apkg"
    imported(anki, plan)
    assert len(study(anki, "Trip")) > 0
    learnt = anki.db.list("select id from cards where type > 0")
    cardgen("build", "--all-in-one", "--format", "apkg", env=NOON)
    assert imported(anki, tmp_path / "dist/trip.apkg") == {"new": 12, "duplicate": 14}
    assert anki.db.list("select id from cards where type > 0") == learnt
    assert imported(anki, plan) == {"duplicate": 14}


def test_the_same_plan_is_the_same_package(planned: Callable[..., Path]) -> None:
    first, again = (planned().read_bytes() for _ in range(2))
    assert first == again


def test_notes_are_whole_so_that_a_check_adds_no_card(planned: Callable[..., Path], anki: Collection) -> None:
    imported(anki, planned())
    before = anki.card_count()
    assert anki.fix_integrity()[1]
    assert anki.card_count() == before == 28


def filtered(collection: Collection, search: str, limit: int) -> list[str]:
    """Make the filtered deck of the steps; return the cards that it takes, as ``deck/card``."""
    from anki.decks import DeckId
    from anki.decks_pb2 import Deck

    deck = collection.sched.get_or_create_filtered_deck(DeckId(0))
    del deck.config.search_terms[1:]
    term = deck.config.search_terms[0]
    term.search, term.limit = search, limit
    term.order = Deck.Filtered.SearchTerm.Order.RETRIEVABILITY_ASCENDING
    deck.config.reschedule = True
    made = collection.sched.add_or_update_filtered_deck(deck)
    cards = collection.db.list("select id from cards where did = ? order by due", made.id)
    return [collection.get_card(card).note()["ID"] for card in cards]


def test_the_filtered_deck_of_the_steps_takes_what_it_should(
    planned: Callable[..., Path], cardgen: Callable[..., Ran], anki: Collection
) -> None:
    imported(anki, planned(), with_deck_configs=True)
    anki.set_config("fsrs", True)
    said = cardgen("plan", "--interview", "2026-12-20", "--minutes", "60", "--output", "json", env=NOON)
    search = json.loads(said.out)["search"]
    learnt = [shown.split("#")[0] for shown in study(anki, "Trip")]
    next_day(anki)
    taken = filtered(anki, search, 4)
    assert (len(taken), set(taken) <= set(learnt)) == (4, True)


def test_without_fsrs_the_filtered_deck_fails(planned: Callable[..., Path], anki: Collection) -> None:
    """So the first thing to do is to turn it on; if this test fails, Anki has learnt better, and the step can go."""
    from anki.errors import DBError

    imported(anki, planned(), with_deck_configs=True)
    study(anki, "Trip")
    next_day(anki)
    with pytest.raises(DBError):
        filtered(anki, weak_cards(["Trip"]), 4)


@pytest.mark.parametrize(
    "titles", [["A::B c"], ['Say "hi"'], ["a*b", "c_d"], ["back\\slash"], ["x -is:due"], ["é::日本"], ["deck:a or b"]]
)
def test_the_search_finds_the_cards_of_decks_whatever_they_are_called(titles: list[str], anki: Collection) -> None:
    note_type = anki.models.by_name("Basic")
    for title in (*titles, "aXb", "cXd", "another"):
        note = anki.new_note(note_type)
        note["Front"] = title
        anki.add_note(note, anki.decks.id(title))
        anki.db.execute(f"update cards set type = 2, queue = 2, due = 10, ivl = 5 where nid = {note.id}")
    found = [anki.get_note(note)["Front"] for note in anki.find_notes(weak_cards(titles))]
    assert sorted(found) == sorted(titles)


SAID = {
    "plan_step_import": ("importing_with_deck_configs",),
    "plan_step_fsrs": ("actions_options",),
    "plan_step_options": (
        "actions_options",
        "scheduling_new_cardsday",
        "scheduling_maximum_reviewsday",
        "deck_config_desired_retention",
        "deck_config_new_gather_priority",
        "deck_config_new_gather_priority_position_lowest_first",
        "deck_config_save_to_all_subdecks",
        "actions_save",
    ),
    "plan_step_top_up": (
        "qt_misc_create_filtered_deck",
        "actions_search",
        "decks_limit_to",
        "decks_cards_selected_by",
        "deck_config_sort_order_retrievability_ascending",
        "decks_reschedule_cards_based_on_my_answers",
        "actions_rebuild",
    ),
    "plan_step_after": ("deck_config_desired_retention",),
}
"""By entries of the words, what Anki calls what they name in its own catalogues."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_steps_call_things_what_anki_calls_them(language: str, tmp_path: Path) -> None:
    import anki.lang
    from anki.collection import Collection

    words = catalogue_of(language)
    assert words is not None
    anki.lang.set_lang(language)
    try:
        collection = Collection(str(tmp_path / "c.anki2"))
        said = {key: [getattr(collection.tr, name)() for name in names] for key, names in SAID.items()}
        collection.close()
    finally:
        anki.lang.set_lang("en_US")
    missing = [
        name for key, names in said.items() for name in names if name.rstrip(".… \N{NO-BREAK SPACE}") not in words[key]
    ]
    assert missing == []
