"""Pictures of which parts are hidden: from an author's percent to the masks that Anki's own editor opens."""

from __future__ import annotations

import csv
import html
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from conftest import artefacts, card_file, imported
from hypothesis import given
from hypothesis import strategies as st
from linted import found as lint_found

from cardgen.anki.fields import rendered_notes
from cardgen.anki.note_types import note_type
from cardgen.anki.occlusion import fraction, occlusion_text
from cardgen.anki.render import rendered
from cardgen.build.compile import compile_collection
from cardgen.kinds import Form
from cardgen.load import load_decks
from cardgen.masks import Ellipse, Mask, Masked, Point, Polygon, Rect, area, covered
from cardgen.masks.drawing import UnusableLayerError, drawn_layer, size_of
from cardgen.masks.shapes import outside
from cardgen.memory import Memory
from cardgen.preview.site import compile_site
from cardgen.richtext import Image
from cardgen.richtext.plain import to_plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anki.collection import Collection
    from conftest import Ran

    from cardgen.masks import Shape

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">{}</svg>'
PLAIN = SVG.format("")
HEART: dict[str, Any] = {
    "id": "heart",
    "kind": "occlusion",
    "image": "media/heart.svg",
    "title": "The *heart*",
    "masks": {
        "left-atrium": {"rect": [6.25, 10, 37.5, 30], "hides": "Left atrium"},
        "right-atrium": {"ellipse": [60, 14, 30, 32], "hides": "Right **atrium**"},
        "septum": {"polygon": [[25, 90], [50, 60], [75, 90]], "hides": "Septum"},
    },
    "extra": "Seen from the front.",
}
LAYERED = """<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
     width="100mm" height="50mm" viewBox="0 0 200 100">
<rect width="200" height="100" fill="white"/>
<g inkscape:groupmode="layer" inkscape:label="masks" id="layer1" transform="translate(20,0) scale(2)">
  <title>Not a mask</title>
  <rect id="left" x="0" y="5" width="20" height="10"><title>The &lt;left&gt; one</title></rect>
  <ellipse id="right" cx="60" cy="25" rx="10" ry="5" inkscape:label="The right one"/>
  <rect id="turned" x="30" y="20" width="10" height="10" transform="rotate(45 35 25)"/>
  <g id="both"><circle cx="5" cy="40" r="5"/><path d="M20 35 h10 v10 h-10 z"/></g>
</g>
<text x="1" y="9">seen</text>
</svg>
"""


def deck(decks: Callable[..., Path], *cards: dict[str, Any], svg: str = PLAIN) -> Path:
    """Make a deck of cards that show a drawing."""
    return decks({"demo/one.yaml": card_file("One", cards or [HEART]), "demo/media/heart.svg": svg})


def with_masks(**masks: Any) -> dict[str, Any]:
    """Return a card with other masks."""
    return HEART | {"masks": masks}


# Shapes


@given(st.decimals(0, 100, places=4))
def test_percent_become_parts_of_four_digits_at_most_and_none_before_the_point(percent: Decimal) -> None:
    written = fraction(percent)
    assert re.fullmatch(r"0|1|\.[0-9]{0,3}[1-9]", written)
    assert abs(Decimal(written) * 100 - percent) <= Decimal("0.005")
    assert fraction(Decimal(written) * 100) == written


POINTS = st.builds(Point, st.decimals(0, 100, places=2), st.decimals(0, 100, places=2))
SIZES = st.decimals(Decimal("0.01"), 50, places=2)
RECTS = st.builds(Rect, st.decimals(0, 50, places=2), st.decimals(0, 50, places=2), SIZES, SIZES)
SHAPES = RECTS | st.builds(Ellipse, RECTS) | st.builds(Polygon, st.lists(POINTS, min_size=3, max_size=9).map(tuple))


@given(SHAPES)
def test_a_shape_fills_no_more_than_its_box_and_lies_in_the_picture(shape: Shape) -> None:
    assert not outside(shape)
    assert 0 <= area([shape]) <= area([shape.box]) + 1e-9


@given(SHAPES, SHAPES)
def test_how_much_is_covered_is_a_part_of_the_whole(one: Shape, other: Shape) -> None:
    assert 0 <= covered([one], [other]) <= 1
    assert covered([one], [one]) in (0, 1)
    assert covered([one.box], [Rect(Decimal(-1), Decimal(-1), Decimal(102), Decimal(102))]) == 1


def rect(*numbers: float) -> Rect:
    return Rect(*map(Decimal, numbers))


CORNER = Polygon(tuple(Point(Decimal(x), Decimal(y)) for x, y in ((0, 0), (10, 0), (0, 10))))


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        (rect(0, 0, 10, 10), rect(5, 0, 10, 10), 0.5),
        (rect(0, 0, 10, 10), rect(10, 0, 10, 10), 0),
        (Ellipse(rect(0, 0, 10, 10)), rect(0, 0, 5, 5), 0.25),
        (rect(0, 0, 10, 10), Ellipse(rect(0, 0, 10, 10)), 0.785),
        (rect(0, 0, 10, 10), CORNER, 0.5),
    ],
)
def test_covered_measures_shapes(one: Shape, other: Shape, share: float) -> None:
    assert covered([one], [other]) == pytest.approx(share, abs=0.02)


# Numbers


def masked(*ids: str) -> Masked:
    masks = tuple(Mask(name, number, (rect(0, 0, 1, 1),), ()) for number, name in enumerate(ids, 1))
    return Masked(Image("a.svg", ""), (), masks, hide_all=True)


IDS = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(st.lists(IDS, min_size=1, max_size=6))
def test_a_mask_has_the_same_number_in_every_release_and_none_has_that_of_another(releases: list[list[str]]) -> None:
    known: dict[str, int] = {}
    for ids in releases:
        numbers = {mask: number for number, mask in masked(*ids).with_numbers(known).numbers}
        assert sorted(numbers) == sorted(ids)
        known = {**known, **numbers}
        assert {mask: known[mask] for mask in numbers} == numbers
        assert len(set(known.values())) == len(known)


def test_a_new_mask_gets_a_number_that_no_other_has_had() -> None:
    assert masked("a", "new", "b").with_numbers({"a": 1, "b": 2, "gone": 3}).numbers == ((1, "a"), (2, "b"), (4, "new"))


# In Anki


def test_ankis_own_editor_opens_the_masks(decks: Callable[..., Path], tmp_path: Path, anki: Collection) -> None:
    imported(anki, artefacts(deck(decks), tmp_path / "dist", "apkg")["demo.apkg"])
    (note_id,) = anki.find_notes("")
    opened = anki.get_image_occlusion_note(note_id)
    shapes = {
        mask.ordinal: [(shape.shape, {one.name: one.value for one in shape.properties}) for shape in mask.shapes]
        for mask in opened.note.occlusions
    }
    assert shapes == {
        1: [("rect", {"left": ".0625", "top": ".1", "width": ".375", "height": ".3", "oi": "1"})],
        2: [("ellipse", {"left": ".6", "top": ".14", "rx": ".15", "ry": ".16", "oi": "1"})],
        3: [("polygon", {"left": ".25", "top": ".6", "points": ".25,.9 .5,.6 .75,.9", "oi": "1"})],
    }
    assert (opened.note.header, opened.note.back_extra) == ("The <em>heart</em>", "Seen from the front.")
    assert opened.note.image_data == PLAIN.encode()


def test_the_database_check_leaves_the_type_as_it_is(
    decks: Callable[..., Path], tmp_path: Path, anki: Collection
) -> None:
    imported(anki, artefacts(deck(decks), tmp_path / "dist", "apkg")["demo.apkg"])
    before: Any = anki.models.get(note_type(Form.OCCLUSION).id)
    anki.fix_integrity()
    anki.models._clear_cache()  # noqa: SLF001 - the desktop program does it after a check
    assert anki.models.get(note_type(Form.OCCLUSION).id) == before


@pytest.mark.parametrize("hide", ["all", "one"])
def test_cards_are_rendered_as_ankis_engine_does(
    hide: str, decks: Callable[..., Path], tmp_path: Path, anki: Collection
) -> None:
    card = HEART | {
        "hide": hide,
        "note": "N",
        "masks": HEART["masks"] | {"bare": {"rects": [[1, 1, 5, 5], [9, 9, 5, 5]]}},
    }
    root = deck(decks, card)
    imported(anki, artefacts(root, tmp_path / "dist", "apkg")["demo.apkg"])
    (compiled,) = compile_collection(root).decks
    (note,) = rendered_notes(compiled.deck, compiled.notes, compiled.media)
    cards = anki.get_note(anki.find_notes("")[0]).cards()
    assert [one.ord for one in cards] == [0, 1, 2, 3]
    for one in cards:
        output, ours = one.render_output(), rendered(note, one.ord)
        assert (ours.front, ours.back) == (output.question_text, output.answer_text)


def test_an_occlusion_text_is_what_ankis_editor_writes() -> None:
    one = Mask("one", 7, (rect(12.5, 0, 25, 100), Ellipse(rect(10, 20, 30, 40))), ())
    found = occlusion_text(Masked(Image("a.svg", ""), (), (one,), hide_all=False))
    assert found == (
        "{{c7::image-occlusion:rect:left=.125:top=0:width=.25:height=1}}<br>"
        "{{c7::image-occlusion:ellipse:left=.1:top=.2:rx=.15:ry=.2}}"
    )


def test_packages_without_such_cards_know_nothing_of_the_type(
    decks: Callable[..., Path], tmp_path: Path, anki: Collection
) -> None:
    imported(anki, artefacts(decks(), tmp_path / "dist", "apkg")["demo.apkg"])
    assert anki.models.get(note_type(Form.OCCLUSION).id) is None


# Layers of drawings


def test_the_shapes_of_a_layer_are_masks_and_the_layer_is_not_shown() -> None:
    masks, rest = drawn_layer(LAYERED.encode(), "masks")
    assert rest.decode() == re.sub(r"<g inkscape.*</g>(?=\n<text)", "", LAYERED, flags=re.DOTALL)
    found = {mask.id: (mask.words, mask.shapes) for mask in masks}
    assert list(found) == ["left", "right", "turned", "both"]
    assert found["left"] == ("The <left> one", (rect(10, 10, 20, 20),))
    assert found["right"] == ("The right one", (Ellipse(rect(60, 40, 20, 20)),))
    words, (turned,) = found["turned"]
    assert words == ""
    assert isinstance(turned, Polygon)
    corners = [float(length) for point in turned.points for length in point]
    assert corners == pytest.approx([45, 35.86, 52.07, 50, 45, 64.14, 37.93, 50], abs=0.01)
    circle, square = found["both"][1]
    assert circle == Ellipse(rect(10, 70, 10, 20))
    assert square.box == rect(30, 70, 10, 20)


def test_a_layer_is_found_by_its_id_as_well() -> None:
    assert drawn_layer(LAYERED.encode(), "layer1") == drawn_layer(LAYERED.encode(), "masks")


@pytest.mark.parametrize(
    ("svg", "name", "why"),
    [
        (LAYERED, "mask", "no layer or group `mask` in the drawing; there is `masks`"),
        (SVG.format('<g id="m"/>'), "m", "the layer `m` is empty"),
        (SVG.format('<g id="m"><rect width="1" height="1"/></g>'), "m", "a <rect> of the layer `m` has no id"),
        (SVG.format('<g id="m"><rect id="Left_1"/></g>'), "m", "a <rect> of the layer `m` has the id `Left_1`"),
        (SVG.format('<g id="m"><text id="a">T</text></g>'), "m", "`a` is no shape"),
        (SVG.format('<g id="m">'), "m", "the drawing is no well-formed SVG: mismatched tag"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + PLAIN, "m", "the drawing declares entities of its own"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><g id="m"><rect id="a"/></g></svg>', "m", "the drawing has neither"),
    ],
)
def test_a_layer_that_is_no_use_says_why(svg: str, name: str, why: str) -> None:
    with pytest.raises(UnusableLayerError) as error:
        drawn_layer(svg.encode(), name)
    assert str(error.value).startswith(why)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="40" height="30"', (40, 30)),
        ('width="1in" height="25.4mm"', (96, 96)),
        ('width="100%" height="100%" viewBox="0 0 8 6"', (8, 6)),
        ('viewBox="0,0,8,6"', (8, 6)),
        ('width="40"', None),
        ('viewBox="0 0 0 6"', None),
        ('viewBox="0 0 nan 6"', None),
        ('width="100%" height="100%"', None),
    ],
)
def test_how_large_a_drawing_is(attributes: str, size: tuple[float, float] | None) -> None:
    assert size_of(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode()) == (
        pytest.approx(size) if size else None
    )


def test_masks_of_a_layer_come_into_the_deck_with_words_of_drawing_or_author(decks: Callable[..., Path]) -> None:
    card = with_masks(layer="masks", own={"rect": [0, 0, 5, 5], "hides": "Own"}, turned={"hides": "*Turned*"})
    loaded = load_decks(deck(decks, card, svg=LAYERED))
    assert loaded.diagnostics == ()
    assert loaded.collection is not None
    (one,) = loaded.collection.decks[0].cards()
    content: Any = one.content
    assert [(mask.id, mask.hides, mask.drawn) for mask in content.masks] == [
        ("own", "Own", False), ("left", "The <left> one", True), ("right", "The right one", True),
        ("turned", "*Turned*", False), ("both", "", True),
    ]  # fmt: skip


def test_a_package_has_the_drawing_without_the_layer(
    decks: Callable[..., Path], tmp_path: Path, anki: Collection
) -> None:
    root = deck(decks, with_masks(layer="masks"), svg=LAYERED)
    imported(anki, artefacts(root, tmp_path / "dist", "apkg")["demo.apkg"])
    (note_id,) = anki.find_notes("")
    image = anki.get_image_occlusion_note(note_id).note.image_data
    assert b"masks" not in image
    assert b">seen</text>" in image
    assert anki.get_note(note_id)["Answers"] == "{{c1::The &lt;left&gt; one}}<br>{{c2::The right one}}"


def test_a_running_preview_sees_masks_that_moved_in_their_layer(decks: Callable[..., Path]) -> None:
    memory = Memory()

    def shown() -> tuple[str, ...]:
        (section,) = compile_site(root, memory=memory).sections
        return section.cards[0].front

    root = deck(decks, with_masks(layer="masks"), svg=LAYERED)
    before = shown()
    assert shown() == before
    deck(decks, with_masks(layer="masks"), svg=LAYERED.replace('x="0" y="5"', 'x="1" y="5"'))
    after = shown()
    assert after != before
    assert after == compile_site(root).sections[0].cards[0].front


HOSTILE = [
    "a::b",
    "}} {{c1::x}}",
    "<b>&amp;</b>",
    "[sound:x.mp3]",
    "image-occlusion:rect:left=0",
    "a}",
    "x:",
    "{{cloze:A}}",
]


def test_whatever_a_mask_hides_is_text_in_anki(decks: Callable[..., Path], tmp_path: Path, anki: Collection) -> None:
    masks = {f"m{n}": {"rect": [0, 0, 9, 9], "hides": text} for n, text in enumerate(HOSTILE)}
    root = deck(decks, with_masks(**masks))
    imported(anki, artefacts(root, tmp_path / "dist", "apkg")["demo.apkg"])
    (compiled,) = compile_collection(root).decks
    (note,) = rendered_notes(compiled.deck, compiled.notes, compiled.media)
    cards = anki.get_note(anki.find_notes("")[0]).cards()
    shown = []
    for card in cards:
        answer = card.render_output().answer_text
        assert rendered(note, card.ord).back == answer
        (words,) = re.findall(r'<div class="answer">(.*?)</div>', answer)
        shown.append(html.unescape(words))
    assert shown == HOSTILE


# What is wrong


@pytest.mark.parametrize(
    ("masks", "found"),
    [
        ({"a": {"hides": "A"}}, ["CG430 the mask `a` has no shape"]),
        ({"a": {"rect": [0, 0, 5, 5], "ellipse": [0, 0, 5, 5]}}, ["CG430 the mask `a` has `rect` and `ellipse`"]),
        (
            {"a": {"rect": [90, 0, 12.5, 5]}},
            ["CG431 the mask `a` reaches from 90 to 102.5 across and from 0 to 5 down: a picture ends at 0 and 100"],
        ),
        (
            {"a": {"polygon": [[-1, 0], [5, 5], [0, 5]]}},
            ["CG431 the mask `a` reaches from -1 to 5 across and from 0 to 5 down: a picture ends at 0 and 100"],
        ),
        ({"a": {"rect": [0, 0, 0, 5]}}, ["CG431 the mask `a` is a line and covers nothing"]),
        ({"layer": "none"}, ["CG432 `media/heart.svg`: no layer or group `none` in the drawing"]),
        ({"a": {"rect": [0, 0, 5]}}, ["CG206 `rect`: must have 4 or more entries, not 3"]),
        ({"A b": {"rect": [0, 0, 5, 5]}}, ["CG205 `A b` cannot be used as a name here"]),
    ],
)
def test_masks_that_cannot_be_are_found(masks: dict[str, Any], found: list[str], decks: Callable[..., Path]) -> None:
    # That its picture is shown is not known of a card that does not fit the schema.
    diagnostics = [one for one in load_decks(deck(decks, with_masks(**masks))).diagnostics if one.code != "CG409"]
    assert [f"{one.code} {one.message}" for one in diagnostics] == found
    assert all(one.place is not None and one.place.column > 1 for one in diagnostics)


def test_a_shape_that_neither_card_nor_layer_has_is_found(decks: Callable[..., Path]) -> None:
    diagnostics = load_decks(deck(decks, with_masks(layer="masks", lost={"hides": "A"}), svg=LAYERED)).diagnostics
    assert [one.message for one in diagnostics] == ["neither the card nor the layer `masks` has a shape `lost`"]


def test_a_drawing_without_a_size_is_found(decks: Callable[..., Path]) -> None:
    diagnostics = load_decks(deck(decks, svg='<svg xmlns="http://www.w3.org/2000/svg"/>')).diagnostics
    assert [one.code for one in diagnostics] == ["CG433"]


def test_a_picture_that_is_not_there_is_found_as_elsewhere(decks: Callable[..., Path]) -> None:
    diagnostics = load_decks(deck(decks, HEART | {"image": "media/hart.svg"})).diagnostics
    assert [one.code for one in diagnostics] == ["CG409", "CG406"]


# Elsewhere


def test_a_table_has_the_key_and_by_question_a_row_for_each_mask(
    decks: Callable[..., Path], tmp_path: Path, cardgen: Callable[..., Ran]
) -> None:
    deck(decks)

    def rows(*options: str) -> list[list[str]]:
        assert cardgen("build", "--format", "csv", *options).code == 0
        text = (tmp_path / "dist/demo.csv").read_text(encoding="utf-8-sig")
        return [row[2:4] for row in csv.reader(text.splitlines(keepends=True))][1:]

    below = "\nSeen from the front."
    assert rows() == [
        [
            "The heart\n[Picture: The heart]\nName the 3 parts.",
            f"1. Left atrium\n2. Right atrium\n3. Septum{below}",
        ]
    ]
    assert rows("--rows", "question") == [
        ["The heart – 1", f"Left atrium{below}"],
        ["The heart – 2", f"Right atrium{below}"],
        ["The heart – 3", f"Septum{below}"],
    ]


def test_the_sections_order_of_masks_is_that_of_their_cards(decks: Callable[..., Path]) -> None:
    root = deck(decks)
    (compiled,) = compile_collection(root).decks
    (note,) = compiled.notes
    assert note.ordinals == (0, 1, 2)
    assert to_plain(note.part.front) == "The heart\n[The heart]\nName the 3 parts."


# From release to release


def numbers(folder: Path) -> str:
    """Return what the ledger says of the numbers."""
    (line,) = re.findall(r"^heart .*?(\{.*\})$", (folder / "demo/ledger.txt").read_text(encoding="utf-8"), re.MULTILINE)
    return str(line)


def test_numbers_stay_with_their_masks(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    root = deck(decks)

    def built(**masks: Any) -> str:
        deck(decks, with_masks(**masks))
        assert cardgen("build", "--format", "csv").code == 0
        return numbers(root)

    place = {"rect": [0, 0, 50, 50]}
    assert built(a=place, b=place) == '{"gaps": {"1": "a", "2": "b"}}'
    assert built(a=place, new=place, b=place) == '{"gaps": {"1": "a", "2": "b", "3": "new"}}'
    assert built(b=place, new=place) == '{"gaps": {"2": "b", "3": "new"}, "lost": {"1": "a"}}'
    assert built(other=place, b=place) == '{"gaps": {"2": "b", "4": "other"}, "lost": {"1": "a", "3": "new"}}'
    assert built(a=place, b=place) == '{"gaps": {"1": "a", "2": "b"}, "lost": {"3": "new", "4": "other"}}'


def test_a_mask_that_goes_is_told_of_and_locked_knows_no_new_one(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    place = {"rect": [0, 0, 50, 50]}
    root = deck(decks, with_masks(a=place, b=place))
    assert cardgen("build", "--format", "csv", "--release-notes", "notes.md").code == 0
    assert cardgen("build", "--format", "csv", "--locked").code == 0
    deck(decks, with_masks(a=place, b=place, c=place))
    locked = cardgen("build", "--format", "csv", "--locked")
    assert (locked.code, "CG605" in locked.err or "CG603" in locked.err) == (1, True)
    deck(decks, with_masks(b=place))
    gone = cardgen("build", "--format", "csv", "--release-notes", "notes.md", "--allow", "touched")
    assert "the mask `a` of `heart` is gone: learners keep an empty card" in gone.err
    assert "- `heart`, mask 1: a" in (root.parent / "notes.md").read_text(encoding="utf-8")


def test_a_lost_ledger_comes_back_from_a_package(
    decks: Callable[..., Path], tmp_path: Path, cardgen: Callable[..., Ran]
) -> None:
    place = {"rect": [0, 0, 50, 50]}
    root = deck(decks, with_masks(a=place, b=place))
    cardgen("build", "--format", "csv")
    deck(decks, with_masks(new=place, b=place, a=place))
    assert cardgen("build", "--format", "apkg").code == 0
    before = numbers(root)
    assert before == '{"gaps": {"1": "a", "2": "b", "3": "new"}}'
    (root / "demo/ledger.txt").unlink()
    (tmp_path / "dist/demo.apkg").rename(tmp_path / "old.apkg")
    restored = cardgen("build", "--format", "apkg", "--since", "old.apkg", "--out", "again")
    assert restored.code == 0, restored.err
    assert numbers(root) == before


# What lint says


@pytest.mark.parametrize(
    ("masks", "found"),
    [
        ({"a": {"rect": [0, 0, 50, 50]}}, ["S22 nothing says what the mask `a` hides"]),
        ({"layer": "masks"}, ["S22 nothing says what these masks of the layer hide: `turned`, `both`"]),
        (
            {"a": {"rect": [0, 0, 40, 40], "hides": "A"}, "b": {"ellipse": [0, 0, 50, 50], "hides": "B"}},
            ["S23 the mask `b` covers 89 % of the mask `a`"],
        ),
        (
            {
                "a": {"rects": [[0, 0, 10, 10], [50, 50, 10, 10]], "hides": "A"},
                "b": {"rect": [0, 0, 10, 10], "hides": "B"},
            },
            ["S23 the mask `a` covers 100 % of the mask `b`"],
        ),
        ({"a": {"rect": [0, 0, 9, 9], "hides": "A"}}, ["S24 the mask `a` covers 0.81 % of the picture"]),
        ({"a": {"rects": [[0, 0, 9, 9], [20, 20, 9, 9]], "hides": "A"}}, []),
        (
            {f"m{number}": {"rect": [7 * number, 0, 6, 50], "hides": f"The {number}th"} for number in range(13)},
            ["D04 the card becomes 13 cards in Anki, more than 12"],
        ),
    ],
)
def test_lint_finds_masks_that_are_hard_to_learn(
    masks: dict[str, Any], found: list[str], decks: Callable[..., Path]
) -> None:
    root = deck(decks, with_masks(**masks), svg=LAYERED)
    assert [f"{one.code} {one.message}" for one in lint_found(root)] == found


def test_lint_asks_for_words_of_a_picture_that_has_neither_title_nor_alt(decks: Callable[..., Path]) -> None:
    nameless = {name: value for name, value in HEART.items() if name != "title"}
    assert [one.message for one in lint_found(deck(decks, nameless))] == ["nothing says what `media/heart.svg` shows"]
    assert lint_found(deck(decks, nameless | {"alt": "A heart, seen from the front"})) == []
