"""What Anki would take from a note type in silence and choke on later, held against our own note types.

Anki imports a type whose templates are wrong without a word; then its cards show errors, and the learner can save not
even a change of its CSS. What is refused when is measured in `rslib/src/notetype` of Anki's engine.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import genanki
import pytest
from conftest import artefacts, card_file, imported, written

from cardgen.anki.note_types import FORMS, note_type
from cardgen.anki.package import AnkiDeck
from cardgen.kinds import Form

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anki.collection import Collection

from anki_cards import basic

PLAIN: list[dict[str, object]] = [
    basic("basic", "Q"),
    {"id": "reversed", "kind": "reversed", "front": "a", "back": "b"},
    {"id": "typed", "kind": "typed", "front": "a", "back": "b"},
    {"id": "cloze", "kind": "cloze", "text": "{{c1::a}} {{c3::b}}"},
    {
        "id": "occlusion",
        "kind": "occlusion",
        "image": "media/a.svg",
        "masks": {"one": {"rect": [1, 2, 30, 40]}, "two": {"rect": [50, 2, 30, 40], "hides": "Two"}},
    },
]
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>'
FULL = [
    {**card, "id": f"{card['id']}-full", "note": "N", "source": "s", "as_of": "2026", "stale_after": "2027-01-31"}
    for card in PLAIN
]
EXPECTED = {
    "demo/basic": [0], "demo/basic-full": [0],
    "demo/reversed": [0, 1], "demo/reversed-full": [0, 1],
    "demo/typed": [0], "demo/typed-full": [0],
    "demo/cloze": [0, 2], "demo/cloze-full": [0, 2],
    "demo/occlusion": [0, 1], "demo/occlusion-full": [0, 1],
}  # fmt: skip


@pytest.fixture
def collection(decks: Callable[..., Path], tmp_path: Path, anki: Collection) -> Collection:
    """Return a collection with notes of every type, whose optional fields are empty on some and full on others."""
    root = decks({"demo/one.yaml": card_file("One", [*PLAIN, *FULL]), "demo/media/a.svg": DRAWING})
    written(root, {"sources.yaml": "references: [{id: s, type: book, title: Work}]"})
    imported(anki, artefacts(root, tmp_path / "dist", "apkg")["demo.apkg"])
    return anki


def cards(collection: Collection) -> dict[str, list[int]]:
    """Return the numbers of the cards of each note."""
    found: dict[str, list[int]] = {}
    for note_id, ordinal in collection.db.all("select nid, ord from cards order by nid, ord"):
        found.setdefault(collection.get_note(note_id)["ID"], []).append(ordinal)
    return found


def test_a_package_has_the_cards_that_anki_makes_of_its_notes(collection: Collection) -> None:
    assert cards(collection) == EXPECTED


def test_no_edit_of_a_note_makes_or_empties_a_card(collection: Collection) -> None:
    collection.update_notes([collection.get_note(id_) for id_ in collection.db.list("select id from notes")])
    collection.fix_integrity()
    assert cards(collection) == EXPECTED
    assert list(collection.get_empty_cards().notes) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_learner_can_save_a_change_of_the_look(form: Form, collection: Collection) -> None:
    model: Any = collection.models.get(note_type(form).id)
    model["css"] += ".mine { color: red; }"
    collection.models.update_dict(model)
    assert collection.models.get(note_type(form).id)["css"].endswith(".mine { color: red; }")


def test_no_card_shows_an_error_or_a_template(collection: Collection) -> None:
    for card_id in collection.db.list("select id from cards"):
        output = collection.get_card(card_id).render_output()
        for side in (output.question_text, output.answer_text):
            assert "{{" not in side
            assert "Found" not in side
            assert "template" not in side.lower()


def test_the_browser_lists_questions_in_words(decks: Callable[..., Path], tmp_path: Path, anki: Collection) -> None:
    steps = [{"id": name.lower(), "do": f"{name} *it*."} for name in ("Start", "Stop")]
    options = [{"text": "A", "right": True}, {"text": "B"}]
    written_cards: list[dict[str, object]] = [
        basic("basic", "Is `x < y`\n\n- & true?"),
        {"id": "cloze", "kind": "cloze", "text": "A {{c1::b::hint}} and **{{c2::c}}**."},
        {"id": "choice", "kind": "choice", "question": "Which?", "options": options},
        {"id": "process", "kind": "process", "title": "The **chain**", "steps": steps},
        {"id": "term", "kind": "definition", "term": "T", "definition": "D", "not": {"term": "U", "differs": "So."}},
    ]
    root = decks({"demo/one.yaml": card_file("One", written_cards)})
    imported(anki, artefacts(root, tmp_path / "dist", "apkg")["demo.apkg"])
    anki.set_browser_note_columns(["noteFld"])
    note_ids = anki.find_notes("", order="n.id asc")
    listed = {anki.get_note(id_)["ID"]: [cell[0] for cell in anki.browser_row_for_id(id_)[0]] for id_ in note_ids}
    assert listed == {
        "demo/basic": ["Is x < y \N{BULLET} & true?"],
        "demo/cloze": ["A b and c."],
        "demo/choice": ["Which?"],
        "demo/process": ["The chain"],
        "demo/process/start": ["The chain: first step"],
        "demo/process/stop": ["The chain: after Start it"],
        "demo/term": ["T"],
        "demo/term/not": ["What is the difference between T and U?"],
    }


def field_names(form: Form) -> list[str]:
    """Return the names of a type's fields."""
    return [*note_type(form).fields]


def sides(form: Form) -> list[tuple[str, str]]:
    """Return the fronts and backs of a type's templates, without the comments that Anki leaves as they are."""
    return [
        (
            re.sub(r"<!--.*?-->", "", one.front, flags=re.DOTALL),
            re.sub(r"<!--.*?-->", "", one.back, flags=re.DOTALL),
        )
        for one in note_type(form).templates
    ]


def tags(template: str) -> list[str]:
    """Return what stands in a template's braces."""
    return re.findall(r"\{\{(.*?)\}\}", template)


@pytest.mark.parametrize("form", FORMS)
def test_field_names_are_kept_by_anki_as_they_are(form: Form) -> None:
    for name in field_names(form):
        assert re.fullmatch(r"[^#^/:\"{}\s](?:[^:\"{}]*[^:\"{}\s])?", name)


@pytest.mark.parametrize("form", FORMS)
def test_no_two_fields_or_templates_have_the_same_name(form: Form) -> None:
    for names in (field_names(form), [one.name for one in note_type(form).templates]):
        assert sorted({name.casefold() for name in names}) == sorted(name.casefold() for name in names)


@pytest.mark.parametrize("form", FORMS)
def test_templates_name_fields_and_filters_that_there_are(form: Form) -> None:
    for front, back in sides(form):
        for side, special in ((front, set()), (back, {"FrontSide"})):
            named = {tag.lstrip("#^/").rpartition(":")[2] for tag in tags(side)}
            assert named <= {*field_names(form), *special}
            assert {tag.rpartition(":")[0] for tag in tags(side)} <= {"", "cloze", "cloze-only", "type"}


@pytest.mark.parametrize("form", FORMS)
def test_every_section_of_a_template_is_closed_in_order(form: Form) -> None:
    for side in (side for pair in sides(form) for side in pair):
        opened: list[str] = []
        for tag in tags(side):
            if tag[0] in "#^":
                opened.append(tag[1:])
            elif tag[0] == "/":
                assert opened.pop() == tag[1:]
        assert opened == []


@pytest.mark.parametrize("form", FORMS)
def test_every_front_shows_a_field_and_differs_from_the_others(form: Form) -> None:
    fronts = [front for front, _ in sides(form)]
    assert all(any(tag[0] not in "#^/" for tag in tags(front)) for front in fronts)
    assert len(set(fronts)) == len(fronts)


ASKS = {Form.CLOZE: "cloze:Text", Form.OCCLUSION: "cloze:Occlusion"}
"""What a type shows of which each number is a card."""


@pytest.mark.parametrize("form", FORMS)
def test_cloze_types_alone_ask_with_their_filter_and_on_both_sides(form: Form) -> None:
    shown = [[tag for tag in tags(side) if tag.startswith("cloze:")] for pair in sides(form) for side in pair]
    assert shown == ([[ASKS[form]], [ASKS[form]]] if form in ASKS else [[] for _ in shown])


def test_there_are_four_spare_fields_and_two_spare_templates_where_there_can_be() -> None:
    spare = {
        form: (
            sum(name.startswith("Reserved ") for name in field_names(form)),
            sum(one.name.startswith("Reserved ") for one in note_type(form).templates),
        )
        for form in FORMS
    }
    assert spare == {
        Form.BASIC: (4, 2), Form.TWO_WAY: (4, 2), Form.TYPED: (4, 2), Form.CLOZE: (4, 0), Form.OCCLUSION: (4, 0)
    }  # fmt: skip


# What is as in the packages of genanki, which learners' Ankis have taken for years


@pytest.mark.parametrize("form", FORMS)
def test_a_note_type_is_what_genanki_would_write_but_for_the_ids_of_its_parts(form: Form) -> None:
    kind = note_type(form)
    model = genanki.Model(
        kind.id,
        kind.name,
        fields=[{"name": name} for name in kind.fields],
        templates=[{"name": one.name, "qfmt": one.front, "afmt": one.back} for one in kind.templates],
        css=kind.css,
        model_type=genanki.Model.CLOZE if kind.is_cloze else genanki.Model.FRONT_BACK,
        sort_field_index=kind.sort_field,
    )
    ours = kind.as_json(7)
    for part in (*ours["flds"], *ours["tmpls"]):
        del part["id"]
    if form is Form.OCCLUSION:  # genanki knows nothing of image occlusion
        assert ours.pop("originalStockKind") == 6
        known = [(part.pop("tag", None), part.pop("preventDeletion", False)) for part in ours["flds"]]
        assert known == [*((tag, True) for tag in range(5)), *[(None, False)] * (len(known) - 5)]
    assert ours == model.to_json(kind.changed, 7)


def test_a_deck_is_what_genanki_would_write_but_for_its_counts_and_its_time() -> None:
    deck = AnkiDeck("A::B", "<p>C", 5)
    no_counts = {f"{name}Today": [0, 0] for name in ("new", "rev", "lrn", "time")}
    assert deck.as_json() == genanki.Deck(deck.id, "A::B", "<p>C").to_json() | no_counts | {"conf": 5, "mod": 0}
