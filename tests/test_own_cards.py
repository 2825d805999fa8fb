"""Cards of kinds of one's own: what they hold, which cards their templates make, and what Anki gets of them."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from conftest import Ran, imported
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cardgen.anki.fields import rendered_notes
from cardgen.anki.own_types import digest, own_note_type
from cardgen.anki.package import AnkiDeck, Package
from cardgen.anki.render import shown
from cardgen.editor.folder import write_schemas
from cardgen.kinds import Form
from cardgen.kinds.own import check, pictures, read, texts
from cardgen.model import Card, Deck, FieldType, OwnField, OwnKind, OwnTemplate, Preset, Section, Slot
from cardgen.notes import Note, compose, digests, questions
from cardgen.read import read_collection
from cardgen.richtext import Image, Paragraph, to_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from anki.collection import Collection

COUNTRY = OwnKind(
    id="country",
    title="Geography",
    fields=(
        OwnField("country", "Country", required=True, role="cue"),
        OwnField("capital", "Capital", FieldType.LINE),
        OwnField("code", "Region code", FieldType.LITERAL),
        OwnField("facts", "Facts", FieldType.HTML),
    ),
    templates=(
        OwnTemplate("capital", "Capital of", "{{#Capital}}{{Country}}{{/Capital}}", "{{FrontSide}}<hr>{{Capital}}"),
        OwnTemplate("code", "Where", "{{#Extended}}{{Region code}}{{/Extended}}", "{{Country}}", "extended"),
    ),
    field_slots=(
        *(Slot("field", name) for name in ("country", "capital", "code", "facts")),
        Slot("tier", "extended"),
        Slot("spare", "1"),
        Slot("card", "1"),
    ),
    template_slots=(Slot("template", "capital"), Slot("template", "code"), Slot("spare", "1")),
    style=".card { color: teal; }",
    tiers=("standard", "extended"),
    asks=("country",),
    answers=("capital", "code", "facts"),
)

GAPS = OwnKind(
    id="gaps",
    title="Gaps",
    fields=(OwnField("text", "Text", FieldType.GAPS, required=True), OwnField("more", "More")),
    templates=(OwnTemplate("gap", "Gap", "{{cloze:Text}}", "{{cloze:Text}}<br>{{More}}"),),
    field_slots=(Slot("field", "text"), Slot("field", "more")),
    template_slots=(Slot("template", "gap"),),
    is_cloze=True,
    asks=("text",),
    answers=("more",),
)


def notes_of(kind: OwnKind, *cards: dict[str, Any]) -> tuple[Deck, tuple[Note, ...]]:
    made = tuple(
        Card(
            id=card["id"], kind=kind.id, content=read({**card, "kind": kind}), tags=(), facets={}, citations=(), see=(),
            as_of="", checked="", stale_after=None, secondary=False, note="", language="en", direction="ltr",
        )
        for card in cards
    )  # fmt: skip
    deck = Deck("world", "world", "World", "", "en", (Section("one", "One", made),), (), Preset())
    return deck, compose(deck, {})


def noted(kind: OwnKind, **fields: Any) -> Note:
    _, (note,) = notes_of(kind, {"id": "a", **fields})
    return note


def package(deck: Deck, notes: tuple[Note, ...], file: Path) -> Path:
    stream = io.BytesIO()
    rendered = rendered_notes(deck, notes, {})
    Package([AnkiDeck("World")], rendered, {note.guid: 100 for note in notes}).write_to(stream)
    file.write_bytes(stream.getvalue())
    return file


@pytest.mark.parametrize(
    ("fields", "ordinals"),
    [
        ({"country": "England"}, (0,)),
        ({"country": "England", "capital": "London"}, (0,)),
        ({"country": "England", "code": "GB-ENG"}, (1,)),
        ({"country": "England", "capital": "London", "code": "GB-ENG"}, (0, 1)),
    ],
)
def test_the_templates_of_a_kind_say_which_cards_there_are(
    fields: dict[str, str], ordinals: tuple[int, ...], tmp_path: Path, anki: Collection
) -> None:
    deck, notes = notes_of(COUNTRY, {"id": "a", **fields})
    assert notes[0].ordinals == ordinals
    imported(anki, package(deck, notes, tmp_path / "a.apkg"))
    assert tuple(anki.db.list("select ord from cards order by ord")) == ordinals
    assert anki.fix_integrity()[1]
    assert tuple(anki.db.list("select ord from cards order by ord")) == ordinals


def test_each_number_of_a_gap_is_a_card(tmp_path: Path, anki: Collection) -> None:
    deck, notes = notes_of(GAPS, {"id": "a", "text": "{{c1::Vienna}} on the {{c3::Danube}}"})
    assert (notes[0].part.form, notes[0].ordinals) == (Form.CLOZE, (0, 2))
    assert list(questions(notes[0])) == [("[...] on the Danube", "Vienna"), ("Vienna on the [...]", "Danube")]
    imported(anki, package(deck, notes, tmp_path / "a.apkg"))
    assert anki.db.list("select ord from cards order by ord") == [0, 2]


def test_fields_go_into_their_slots(tmp_path: Path, anki: Collection) -> None:
    fields = {"country": "*England*", "capital": "London & more", "code": "*a*\nb", "facts": "<b>old</b>"}
    deck, notes = notes_of(COUNTRY, {"id": "a", **fields})
    imported(anki, package(deck, notes, tmp_path / "a.apkg"))
    (flds,) = anki.db.list("select flds from notes")
    assert flds.split("\x1f") == ["<em>England</em>", "London &amp; more", "*a*<br>b", "<b>old</b>", "1", "", ""]
    (kind,) = (kind for kind in anki.models.all() if kind["name"] == "Geography")
    assert [field["name"] for field in kind["flds"]] == [
        "Country", "Capital", "Region code", "Facts", "Extended", "Reserved 1", "Reserved card 1"
    ]  # fmt: skip
    assert [template["name"] for template in kind["tmpls"]] == ["Capital of", "Where", "Reserved 1"]
    anki.models.update_dict(kind)  # what is wrong with a type is only found by who changes it


def test_paper_shows_the_fields_that_the_kind_names() -> None:
    note = noted(COUNTRY, country="England", capital="London", code="GB-ENG", facts="<p>Old</p>and <b>wet</b>")
    assert to_plain(note.part.front) == "England"
    assert to_plain(note.part.back).splitlines() == ["Capital: London", "Region code: GB-ENG", "Facts: Old", "and wet"]


def test_pictures_stand_below_their_title_on_paper() -> None:
    pictured = replace(COUNTRY, fields=(*COUNTRY.fields[:3], OwnField("facts", "Map", FieldType.PICTURES)))
    note = noted(pictured, country="England", capital="London", facts=["media/a.png", "media/b.png"])
    assert note.part.back == (
        Paragraph(("Capital: ", "London")),
        Paragraph(("Map:",)),
        Paragraph((Image("media/a.png", ""), Image("media/b.png", ""))),
    )


def test_a_field_that_alone_answers_needs_no_title() -> None:
    note = noted(replace(COUNTRY, answers=("capital",)), country="England", capital="London")
    assert note.part.back == (Paragraph(("London",)),)


def test_each_card_is_listed_by_what_its_template_shows() -> None:
    note = noted(COUNTRY, country="England", capital="London", code="GB-ENG")
    assert list(questions(note)) == [("England", "London"), ("GB-ENG", "England")]


def test_a_card_on_which_no_template_asks_anything_is_an_error() -> None:
    assert [problem.code for problem in check(read({"kind": COUNTRY, "country": "England"}))] == ["CG379"]
    assert [problem.code for problem in check(read({"kind": GAPS, "text": "none"}))] == ["CG401"]
    assert [problem.code for problem in check(read({"kind": GAPS, "text": "{{c1::open"}))] == ["CG402"]
    assert list(check(read({"kind": COUNTRY, "country": "England", "capital": "London"}))) == []


def test_html_names_the_files_of_the_deck_by_their_paths() -> None:
    content = read({"kind": COUNTRY, "country": "x", "facts": '<img src="media/a.png"><img src="https://x.org/b.png">'})
    assert [picture.file for picture in pictures(content)] == ["media/a.png"]


def test_lint_reads_texts_by_their_roles() -> None:
    content = read({"kind": COUNTRY, "country": "England", "code": "GB", "facts": "<b>x</b>"})
    assert [(text.role.value, text.path, text.literal) for text in texts(content)] == [
        ("cue", ("country",), False),
        ("answer", ("code",), True),
    ]


def test_a_note_is_of_its_kinds_own_type_for_the_ledger() -> None:
    note = noted(COUNTRY, country="England", capital="London")
    (found,) = digests([note], str).values()
    assert found.startswith("own-country:")


def test_a_field_that_moves_or_one_more_changes_no_note() -> None:
    fields = {"country": "England", "capital": "London"}
    more = OwnField("people", "People")
    others = replace(
        COUNTRY, fields=(more, *reversed(COUNTRY.fields)), field_slots=(*COUNTRY.field_slots, Slot("field", "people"))
    )
    assert digests([noted(COUNTRY, **fields)], str) == digests([noted(others, **fields)], str)
    assert digests([noted(others, **fields)], str) != digests([noted(others, **fields, people="many")], str)


def test_the_digest_of_a_kind_is_of_what_anki_gets() -> None:
    changed = replace(COUNTRY, style="")
    said = replace(COUNTRY, description="Countries", asks=())
    assert digest(COUNTRY) == digest(said) != digest(changed)


def test_a_type_that_learners_have_keeps_its_id_and_goes_out_without_ids_of_its_parts() -> None:
    kind = own_note_type(replace(COUNTRY, anki_id=1_607_392_319, adopt=True))
    data = kind.as_json(1)
    assert kind.id == 1_607_392_319
    assert all("id" not in part for part in (*data["flds"], *data["tmpls"]))


def test_cards_are_shown_as_anki_renders_them(tmp_path: Path, anki: Collection) -> None:
    deck, notes = notes_of(COUNTRY, {"id": "a", "country": "England", "capital": "London"})
    (rendered,) = rendered_notes(deck, notes, {})
    imported(anki, package(deck, notes, tmp_path / "a.apkg"))
    card = anki.get_card(anki.db.scalar("select id from cards"))
    sides = shown(rendered, 0)
    output = card.render_output()
    assert ("".join(sides.front), "".join(sides.back)) == (output.question_text, output.answer_text)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """Yield a collection that keeps what is imported."""
    from anki.collection import Collection

    collection = Collection(str(tmp_path_factory.mktemp("engine") / "collection.anki2"))
    yield collection
    collection.close()


VALUES = st.sampled_from(
    ["", "x", "<br>", "<div></div>", " ", "\xa0", "&nbsp;", "<b></b>", "<!-- x -->", "\\", "*a*", "$x$"]
)
SHOWN = st.sampled_from(["Country", "Capital", "Region code", "Facts", "Extended"])
FRONTS = st.recursive(
    st.one_of(st.builds("{{{{{}}}}}".format, SHOWN), st.sampled_from(["text", "{{hint:Capital}}", "{{text:Facts}}"])),
    lambda inner: st.builds(
        lambda mark, name, inside: f"{{{{{mark}{name}}}}}{''.join(inside)}{{{{/{name}}}}}",
        st.sampled_from("#^"),
        SHOWN,
        st.lists(inner, max_size=3),
    ),
    max_leaves=5,
)


@settings(max_examples=30)
@given(
    st.lists(FRONTS, min_size=2, max_size=2), st.fixed_dictionaries(dict.fromkeys(["capital", "code", "facts"], VALUES))
)
def test_cards_are_those_that_anki_makes_of_the_fields_that_it_gets(
    engine: Collection, tmp_path_factory: pytest.TempPathFactory, fronts: list[str], values: dict[str, str]
) -> None:
    templates = tuple(replace(template, front=front) for template, front in zip(COUNTRY.templates, fronts, strict=True))
    title = f"Kind {len(engine.models.all_names_and_ids())}"
    kind = replace(COUNTRY, id=title, title=title, templates=templates)
    deck, notes = notes_of(kind, {"id": title, "country": "", **values})
    imported(engine, package(deck, notes, tmp_path_factory.mktemp("made") / "a.apkg"))
    found = engine.models.by_name(title)
    assert found is not None
    (fields,) = engine.db.list("select flds from notes where mid = ?", found["id"])
    again = engine.new_note(found)
    again.fields = fields.split("\x1f")
    again.tags = ["t"]
    engine.add_note(again, engine.decks.id("Default"))
    assert notes[0].ordinals == tuple(sorted(card.ord for card in again.cards()))


# From files

WORLD = {
    "kinds/country.yaml": "id: country\ntitle: Geography\ndescription: A country and its capital.\nfields:\n"
    "  country: {title: Country, required: true, role: cue}\n  capital: {title: Capital}\n"
    "cards: {capital: {title: Capital}}\n",
    "kinds/country/capital.front.html": "{{#Capital}}{{Country}}{{/Capital}}\n",
    "kinds/country/capital.back.html": "{{Capital}}\n",
    "kinds/country/style.css": "",
    "demo/one.yaml": "title: One\ncards:\n  - kind: country\n    country: Austria  and more\n    capital: Vienna\n",
}


def test_fixes_know_the_texts_of_kinds_of_ones_own(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    root = decks(WORLD)
    assert cardgen("check", "--fix", "--write").code == 0
    assert (root / "demo/one.yaml").read_text(encoding="utf-8") == (
        "title: One\ncards:\n  - id: austria-and-more\n    kind: country\n    country: Austria and more\n"
        "    capital: Vienna\n"
    )


def test_editors_know_the_fields_of_kinds_of_ones_own(decks: Callable[..., Path]) -> None:
    root = decks(WORLD)
    write_schemas(read_collection(root))
    schema = json.loads((root / ".cardgen/schema/cards.schema.json").read_text(encoding="utf-8"))
    named = {kind["const"]: kind for kind in schema["$defs"]["kind"]["anyOf"]}
    assert named["country"]["description"] == "A country and its capital. Fields: `country`; optional: `capital`."
    validator = jsonschema_rs.Draft202012Validator(schema)
    card = {"id": "a", "kind": "country", "country": "Austria"}
    assert validator.is_valid({"title": "One", "cards": [card]})
    assert not validator.is_valid({"title": "One", "cards": [{**card, "capitol": "Vienna"}]})
    assert not validator.is_valid({"title": "One", "cards": [{"id": "a", "kind": "country"}]})
