"""The renderer of Anki's templates: what it writes is what Anki's own engine writes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import REPOSITORY, artefacts, card_file, imported
from hypothesis import given
from hypothesis import strategies as st

from cardgen.anki.cloze import filled
from cardgen.anki.fields import rendered_notes
from cardgen.anki.note_types import note_type
from cardgen.anki.render import Sides, expected, filled_in, rendered, shown, template_texts
from cardgen.build.compile import compile_collection
from cardgen.kinds import Form
from cardgen.templates import TemplateError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from anki.collection import Collection

CARDS: dict[str, dict[str, Any]] = {
    "basic": {"front": "One & <two>?", "back": "$x < y$ and **more**"},
    "reversed": {"front": "Aller", "back": "Zurück", "note": "Both ways."},
    "typed": {"front": "Which?", "back": '*R&D* "x" it\'s <1> &nbsp;'},
    "cloze": {
        "text": "A {{c2::b & **c** {{c1::d::e f}} – “日本” é}} g, {{c2::h}}: {{c1::$a < b$}} and {{c3::x}}",
        "extra": "Below.",
    },
}


def compiled(root: Path) -> dict[tuple[str, int], Sides]:
    """Return all cards of a folder of decks by the guid of the note and their numbers, as the renderer writes them."""
    found = compile_collection(root)
    return {
        (note.guid, ordinal): rendered(note, ordinal)
        for deck in found.decks
        for note in rendered_notes(deck.deck, deck.notes, deck.media)
        for ordinal in note.ordinals
    }


def in_anki(collection: Collection) -> dict[tuple[str, int], Sides]:
    """Return all cards of a collection, as Anki's engine writes them."""
    sides = {}
    for card_id in collection.db.list("select id from cards"):
        card = collection.get_card(card_id)
        output = card.render_output()
        sides[card.note().guid, card.ord] = Sides(output.question_text, output.answer_text)
    return sides


def test_every_card_of_the_shipped_decks_is_as_anki_shows_it(anki: Collection, tmp_path: Path) -> None:
    root = Path(shutil.copytree(REPOSITORY / "decks", tmp_path / "decks"))
    (package,) = artefacts(root, tmp_path / "dist", "apkg", all_in_one=True).values()
    imported(anki, package)
    cards = compiled(root)
    assert len(cards) > 300
    assert cards == in_anki(anki)


def test_cards_of_every_note_type_are_as_anki_shows_them(
    anki: Collection, decks: Callable[..., Path], tmp_path: Path
) -> None:
    cards = [{"id": kind, "kind": kind, "as_of": "2026", **fields} for kind, fields in CARDS.items()]
    root = decks({"demo/one.yaml": card_file("One & <two>", cards)})
    imported(anki, artefacts(root, tmp_path / "dist", "apkg")["demo.apkg"])
    assert compiled(root) == in_anki(anki)


def test_a_typed_answer_is_asked_for_and_compared_as_on_the_desktop(
    anki: Collection, decks: Callable[..., Path], tmp_path: Path
) -> None:
    root = decks({"demo/one.yaml": card_file("One", [{"id": "typed", "kind": "typed", **CARDS["typed"]}])})
    imported(anki, artefacts(root, tmp_path / "dist", "apkg")["demo.apkg"])
    (deck,) = compile_collection(root).decks
    (note,) = rendered_notes(deck.deck, deck.notes, deck.media)
    output = anki.get_card(anki.db.scalar("select id from cards")).render_output()
    style = "font-family: 'Liberation Sans'; font-size: 20px"
    line = f'<center><input type="text" id="typeans" aria-label="Your answer" style="{style}"></center>'
    compared = f'<div style="{style}">{anki.compare_answer(note.fields[1], "")}</div>'
    front, back = map("".join, shown(note, 0))
    assert front == output.question_text.replace("[[type:Back]]", line)
    assert back == output.answer_text.replace("[[type:Back]]", compared)


def test_a_side_is_its_pieces_and_the_templates_bring_what_all_cards_share(decks: Callable[..., Path]) -> None:
    root = decks({"demo/one.yaml": card_file("One", [{"id": "a", "kind": "basic", "front": "Q?", "back": "A"}])})
    (deck,) = compile_collection(root).decks
    (note,) = rendered_notes(deck.deck, deck.notes, deck.media)
    sides, own = shown(note, 0), template_texts(note_type(Form.BASIC))
    assert rendered(note, 0) == Sides("".join(sides.front), "".join(sides.back))
    assert [piece for piece in sides.front if piece not in own] == ["basic", "en", "ltr", "demo/a", "One", "Q?"]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """Yield an empty collection for questions to Anki's engine that leave nothing behind."""
    from anki.collection import Collection

    collection = Collection(str(tmp_path_factory.mktemp("engine") / "collection.anki2"))
    yield collection
    collection.close()


HTML = st.lists(
    st.sampled_from(
        ["word", "<br>", "<div>", "</div>", "<b>x</b>", "&amp;", "&nbsp;", "&#91;", "\n", " ", "é–日", "'\""]
    )
).map("".join)


@given(HTML)
def test_an_answer_that_nobody_typed_is_shown_as_anki_does(engine: Collection, html: str) -> None:
    assert expected(html) == engine.compare_answer(html, "")


PIECES = st.sampled_from(
    ["a", " ", "<b>", "</b>", "&lt;", "é", "–", "::", r"\(", r"\)", r"\[", r"\]", '"', "'", "=", "\n", "}}", "日"]
)
GAPS = st.recursive(
    st.lists(PIECES, max_size=4).map("".join),
    lambda inner: st.builds("{}{{{{c{}::{}{}}}}}".format, inner, st.integers(1, 3), inner, inner),
    max_leaves=6,
)


@given(GAPS, st.integers(1, 3), st.booleans())
def test_gaps_are_filled_as_anki_fills_them(engine: Collection, text: str, number: int, asked: bool) -> None:
    html = text.replace("}}}}", "}} }}")
    card = in_note_type(engine, "Cloze", "{{cloze:Text}}", "{{cloze:Text}}", {"Text": html}, number - 1)
    side = card.question_text if asked else card.answer_text
    if f"{{{{c{number}::" in html:
        assert filled(html, number, asked=asked) == side


TEMPLATES = [
    "{{Front}} {{ Front }} {{#Back}}b {{Back}}{{/Back}}{{^Back}}none{{/Back}}",
    "{{#Front}}{{^Back}}{{#Front}}x{{/Front}}{{/Back}}{{/ Front }}{{Front}}",
    "<!-- {{#Back}} {{Nothing}} --> {{Front}} } {",
    "{{# Back }}b{{/Back}}{{Front}}{{type:Back}}",
]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("back", ["", " ", "<br>", "<div> <br/></div>", "text", "<img src=x>"])
def test_templates_are_read_as_anki_reads_them(template: str, back: str, engine: Collection) -> None:
    answer = f"{{{{FrontSide}}}}<hr>{template}"
    fields = {"Front": "f & g", "Back": back}
    output = in_note_type(engine, "Basic", template, answer, fields, 0)
    front = filled_in(template, fields, 0)
    assert front == output.question_text
    assert filled_in(answer, fields, 0, front=front) == output.answer_text


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{{Frnt}}", "`{{Frnt}}` names no field of the note type"),
        ("{{^Back}}{{#Frnt}}x{{/Frnt}}{{/Back}}", "`{{Frnt}}` names no field of the note type"),
        ("{{#FrontSide}}x{{/FrontSide}}", "`{{FrontSide}}` names no field of the note type"),
        ("{{c2}}{{#c2}}{{/c2}}", "`{{c2}}` names no field of the note type"),
        ("{{#Front}}", "`{{#Front}}` is not closed"),
        ("{{/Front}}", "`{{/Front}}` closes nothing"),
        ("{{#Front}}{{/Back}}", "`{{/Back}}` closes nothing: `{{#Front}}` is open"),
    ],
)
def test_a_template_that_is_wrong_is_refused(template: str, problem: str) -> None:
    with pytest.raises(TemplateError) as raised:
        filled_in(template, {"Front": "f", "Back": "b"}, 0)
    assert str(raised.value) == problem


def in_note_type(collection: Collection, name: str, front: str, back: str, fields: dict[str, str], ordinal: int) -> Any:
    """Let Anki render a note that is not kept, with templates of its own."""
    note_type = collection.models.by_name(name)
    template = note_type["tmpls"][0] | {"qfmt": front, "afmt": back}
    note = collection.new_note(note_type)
    for field, text in fields.items():
        note[field] = text
    return note.ephemeral_card(ordinal, custom_template=template).render_output()
