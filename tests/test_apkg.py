"""The shipped decks in Anki's own engine: what arrives, what stays as it was."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import REPOSITORY, artefacts, card_file, imported, written

from cardgen.anki.fields import listed, sources_html
from cardgen.anki.html import text_to_html, to_html
from cardgen.kinds import Form
from cardgen.load import load_decks
from cardgen.model.edition import Edition
from cardgen.notes import Note, compose
from cardgen.notes.dates import dated
from cardgen.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from anki.collection import Collection

    from cardgen.check import MediaFile
    from cardgen.load import Loaded
    from cardgen.richtext import RichText

from anki_cards import asked, basic, cards_in, contents, deck_file

# The decks that ship, in all their editions --------------------------------------------------------------------------

DECKS = {
    file.parent.name: yaml.safe_load(file.read_text(encoding="utf-8"))
    for file in sorted((REPOSITORY / "decks").glob("*/deck.yaml"))
}
EDITIONS = [(name, variant) for name, deck in DECKS.items() for variant in (None, *deck.get("variants", {}))]


@dataclass(frozen=True)
class Learner:
    """A collection of Anki's into which one edition was imported, and nothing else."""

    collection: Collection
    package: Path
    notes: tuple[Note, ...]
    media: Mapping[str, MediaFile]
    title: str
    log: dict[str, int]


@pytest.fixture(scope="module")
def packages(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build every edition once; give the packages by their names."""
    return artefacts(shipped, tmp_path_factory.mktemp("editions"), "apkg", all_variants=True)


@pytest.fixture(scope="module")
def loaded(shipped: Path) -> Loaded:
    """Read the decks."""
    return load_decks(shipped)


def named(*edition: str | None) -> str:
    """Return what an edition is called: ``visa``, ``visa-essentials``."""
    return "-".join(filter(None, edition))


@pytest.fixture(scope="module", params=EDITIONS, ids=lambda edition: named(*edition))
def learner(
    request: pytest.FixtureRequest,
    packages: dict[str, Path],
    loaded: Loaded,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Learner]:
    from anki.collection import Collection

    name, variant = request.param
    package = packages[f"{named(name, variant)}.apkg"]
    assert loaded.collection is not None
    (deck,) = (deck for deck in loaded.collection.decks if deck.id == name)
    selection = Edition(deck, deck.variant(variant or "")).selection
    composed = compose(deck, loaded.collection.sources)
    notes = tuple(note for note in composed if selection.selects(note.card))
    collection = Collection(str(tmp_path_factory.mktemp("learner") / "collection.anki2"))
    yield Learner(collection, package, notes, loaded.media[deck.id], deck.title, imported(collection, package))
    collection.close()


def test_a_shipped_edition_imports_without_conflict(learner: Learner) -> None:
    assert learner.log == {"new": len(learner.notes)}


NAMES = {
    Form.BASIC: "cardgen Basic",
    Form.TWO_WAY: "cardgen Two-way",
    Form.TYPED: "cardgen Typed",
    Form.CLOZE: "cardgen Cloze",
}


Arrived = tuple[str, str, list[str], list[str], list[tuple[int, str]]]
"""A note in Anki: guid, note type, fields, tags, and the number and the deck of each of its cards."""


def status(note: Note) -> str:
    """Return what warns the reader: that the source is a secondary one, and until when the fact can be trusted."""
    lines = ['<p class="secondary">Secondary source: check the official table.</p>'] if note.card.secondary else []
    if note.card.stale_after is not None:
        lines.append(f'<p class="check-again" data-after="{note.card.stale_after}">{note.check_again}</p>')
    return "".join(lines)


SAID = {
    "choice": {"right": "right:", "wrong": "wrong:"},
    "typed": {"type_answer": "Type the answer."},
    "process": {"show_all": "Show all", "next_of": "Next, {n} of {count}"},
    "framework": {"show_all": "Show all", "next_of": "Next, {n} of {count}", "more": "More"},
}


def words(note: Note) -> str:
    """Return what the templates say on a note's cards."""
    said = SAID.get(note.card.kind, {})
    return "".join(f'<span data-word="{name}">{text}</span>' for name, text in said.items())


def as_composed(note: Note, learner: Learner) -> Arrived:
    """Return what a note should be in Anki."""
    card, part = note.card, note.part

    def rendered(tree: RichText) -> str:
        return to_html(tree, lambda path: learner.media[path].name)

    as_of = text_to_html(dated(card.as_of, card.checked, ENGLISH))
    fields = [
        *(rendered(part.front), rendered(part.back), rendered(part.more), text_to_html(note.section)),
        *(rendered(note.note), sources_html(note.source, ENGLISH), as_of, status(note), card.kind, note.address),
        *(text_to_html(listed(part)), card.language, card.direction, words(note), *([""] * 4)),
    ]
    cards = [(ordinal, learner.title) for ordinal in note.ordinals]
    return note.guid, NAMES[part.form], [unicodedata.normalize("NFC", field) for field in fields], [*note.tags], cards


def as_arrived(collection: Collection) -> list[Arrived]:
    """Return all notes of a collection, sorted."""
    arrived = []
    for note_id in collection.db.list("select id from notes"):
        note = collection.get_note(note_id)
        cards = [(card.ord, collection.decks.name(card.did)) for card in note.cards()]
        arrived.append((note.guid, note.note_type()["name"], list(note.fields), sorted(note.tags), cards))
    return sorted(arrived)


def test_notes_of_a_shipped_edition_arrive_whole(learner: Learner) -> None:
    assert as_arrived(learner.collection) == sorted(as_composed(note, learner) for note in learner.notes)


def test_every_card_has_a_place_of_its_own_among_those_that_its_edition_has_in_the_deck(learner: Learner) -> None:
    places = [note.position + index for note in learner.notes for index in range(len(note.ordinals))]
    assert learner.collection.db.list("select due from cards order by due") == places


def test_of_many_sources_the_first_is_shown_and_the_others_wait(tmp_path: Path, anki: Collection) -> None:
    works = [{"id": f"w{number}", "type": "book", "title": f"Work {number}"} for number in range(5)]
    files = {
        "sources.yaml": json.dumps({"references": works}),
        "demo/deck.yaml": deck_file("demo", "Demo", ["one"]),
        "demo/one.yaml": card_file(
            "One",
            [
                basic("a", "Q", "A", source=["w0", "w1", "w2"]),
                basic("b", "Q", "A", source=["w0", "w1", "w2", "w3", "w4"]),
            ],
        ),
    }
    (package,) = artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "apkg").values()
    imported(anki, package)
    assert [card.note()["Source"] for card in cards_in(anki)] == [
        "<p>Work 0</p><p>Work 1</p><p>Work 2</p>",
        "<p>Work 0</p><details><summary>4 more sources</summary>"
        "<p>Work 1</p><p>Work 2</p><p>Work 3</p><p>Work 4</p></details>",
    ]


def test_every_card_of_a_shipped_edition_renders(learner: Learner) -> None:
    wrong = []
    for card in cards_in(learner.collection):
        output = card.render_output()
        both = output.question_text + output.answer_text
        if not asked(card) or "{{" in both or "unknown field" in both or card.is_empty():
            wrong.append((card.note()["ID"], card.ord))
    assert wrong == []
    assert list(learner.collection.get_empty_cards().notes) == []


def test_importing_a_shipped_edition_again_changes_nothing(learner: Learner) -> None:
    before = contents(learner.collection)
    assert imported(learner.collection, learner.package) == {"duplicate": len(learner.notes)}
    assert contents(learner.collection) == before


def test_a_shipped_edition_passes_ankis_integrity_check(learner: Learner) -> None:
    assert learner.collection.fix_integrity()[1]


# Variants and schedules ----------------------------------------------------------------------------------------------


def study(collection: Collection, deck: str, count: int) -> None:
    """Answer some cards, by turns well and easily, so some are learning and some are due in days."""
    collection.decks.select(collection.decks.id_for_name(deck))
    for index in range(count):
        card = collection.sched.getCard()
        card.start_timer()
        collection.sched.answerCard(card, 3 + index % 2)


def studied(collection: Collection) -> dict[str, Any]:
    """Return all that studying has left: the cards that were seen, whole, and the reviews."""
    return {
        "cards": collection.db.all("select * from cards where reps > 0 order by id"),
        "reviews": collection.db.all("select * from revlog order by id"),
    }


@pytest.mark.parametrize("order", [("essentials", None), (None, "essentials")], ids=["essentials first", "all first"])
@pytest.mark.parametrize("name", DECKS)
def test_one_edition_after_another_keeps_every_schedule_and_makes_no_duplicates(
    name: str, order: tuple[str | None, ...], packages: dict[str, Path], anki: Collection
) -> None:
    first, second = (packages[f"{named(name, variant)}.apkg"] for variant in order)
    imported(anki, first)
    study(anki, DECKS[name]["title"], 6)
    before = studied(anki)
    counted = imported(anki, second)
    assert studied(anki) == before
    assert len(before["cards"]) == 6
    guids = anki.db.list("select guid from notes")
    assert sorted(guids) == sorted({*guids})
    assert {*counted} <= {"new", "duplicate"}


SECTIONS = {
    f"demo/{name}.yaml": card_file(
        name,
        [
            {"id": f"{name}-{index}", "kind": "basic", "front": f"{name} {index}", "back": "a", "level": level}
            for index, level in enumerate(["more", "core", "more", "core"])
        ],
    )
    for name in ("one", "two")
}
ESSENTIALS = {
    "collection.yaml": "facets: {level: [core, more]}\n",
    "demo/deck.yaml": "id: demo\ntitle: Demo\nsections: [one, two]\nvariants: {essentials: {where: {level: core}}}\n",
}


def test_new_cards_come_in_the_decks_order_whichever_edition_came_first(tmp_path: Path, anki: Collection) -> None:
    decks = written(tmp_path / "decks", ESSENTIALS | SECTIONS)
    (essentials,) = artefacts(decks, tmp_path / "dist", "apkg", variants=["essentials"]).values()
    (everything,) = artefacts(decks, tmp_path / "dist", "apkg").values()
    assert [imported(anki, essentials), imported(anki, everything)] == [{"new": 4}, {"new": 4, "duplicate": 4}]
    assert [asked(card) for card in cards_in(anki)] == [
        f"{name} {index}" for name in ("one", "two") for index in range(4)
    ]
