"""Templates of authors, with any filter and whatever the fields hold: filled in as Anki's engine does it."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measuring import unmeasured

from cardgen.anki.cloze import numbers, typed
from cardgen.anki.fields import AnkiNote
from cardgen.anki.note_types import CardTemplate, NoteType
from cardgen.anki.render import Sides, expected, filled_in, rendered, shown
from cardgen.anki.stripped import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from anki.collection import Collection

TAGS = ("a", "b::c")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """Yield an empty collection for questions to Anki's engine that leave nothing behind."""
    from anki.collection import Collection

    collection = Collection(str(tmp_path_factory.mktemp("engine") / "collection.anki2"))
    yield collection
    collection.close()


def by_anki(
    engine: Collection, name: str, front: str, back: str, fields: Mapping[str, str], ordinal: int = 0
) -> Sides | None:
    """Let Anki render a note that is not kept, sounds left where they are; None if it finds the card empty."""
    from anki.template import TemplateRenderContext, apply_custom_filters

    kind = engine.models.by_name(name)
    assert kind is not None
    template = kind["tmpls"][0] | {"qfmt": front, "afmt": back}
    note = engine.new_note(kind)
    for field, text in fields.items():
        note[field] = text
    note.tags = list(TAGS)
    card = note.ephemeral_card(ordinal, custom_template=template)
    context = TemplateRenderContext.from_card_layout(note, card, kind, template, fill_empty=False)
    partial = context._partially_render()  # noqa: SLF001 - what follows it takes sounds and speech out
    if partial.is_empty:
        return None
    question = apply_custom_filters(partial.qnodes, context, front_side=None)
    return Sides(alike(question), alike(apply_custom_filters(partial.anodes, context, front_side=question)))


def alike(html: str) -> str:
    """Return HTML with the same id for all hints: Anki computes them by another hash."""
    return re.sub("hint[0-9a-f]{16}", "hint0", html)


def by_us(front: str, back: str, fields: Mapping[str, str], ordinal: int = 0) -> Sides:
    question = filled_in(front, fields, ordinal)
    return Sides(alike(question), alike(filled_in(back, fields, ordinal, front=question)))


SPECIAL = {
    "Tags": " ".join(TAGS),
    "Type": "Basic",
    "Deck": "(Deck)",
    "Subdeck": "(Deck)",
    "Card": "Card 1",
    "CardFlag": "flag0",
    "CardID": "0",
}
FILTERS = st.lists(
    st.sampled_from(
        ["text", "hint", "furigana", "kana", "kanji", "type", "cloze", "cloze-only", "nc", "foo", "", "tts en_US",
         "tts ja_JP voices=A,B speed=0.8", "tts-voices"]
    ),
    max_size=3,
)  # fmt: skip
TAG = st.builds(
    lambda filters, name: f"{{{{{':'.join((*filters, name))}}}}}",
    FILTERS,
    st.sampled_from(["Front", "Back", "FrontSide", *SPECIAL, "c1"]),
)
PARTS = st.recursive(
    st.one_of(TAG, st.sampled_from(["text", "<hr id=answer>", "<!-- {{Nothing}} -->", "{{text:}}", " } "])),
    lambda inner: st.builds(
        lambda mark, name, inside: f"{{{{{mark}{name}}}}}{''.join(inside)}{{{{/{name}}}}}",
        st.sampled_from("#^"),
        st.sampled_from(["Front", "Back", *SPECIAL, "c1", "c2"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=6,
)
SIDES = st.lists(PARTS, max_size=4).map("".join)
HTML = st.lists(
    st.sampled_from(
        ["word", "漢字[かんじ]", " ", "&nbsp;", "[", "]", "[sound:a.mp3]", "\n", "<br>", "<div>", "<b>", "&lt;",
         "&amp;", "R&D", "&#x41;", "&eacute;", "&bogus;", "<!-- x", "-->", "<style>", "</STYLE>", "<script src=x>",
         "</script>", "<", ">", "é", "\xa0", "{{c1::gap}}", "::"]
    ),
    max_size=8,
).map("".join)  # fmt: skip


@given(SIDES, SIDES, HTML, HTML)
def test_templates_with_filters_are_filled_in_as_anki_does(
    engine: Collection, front: str, back: str, one: str, other: str
) -> None:
    fields = {"Front": one, "Back": other}
    anki = by_anki(engine, "Basic", front, back, fields)
    ours = by_us(front, back, SPECIAL | fields)
    if anki is not None:
        assert ours == anki


@given(HTML)
def test_the_text_of_html_is_what_anki_takes_for_it(engine: Collection, html: str) -> None:
    anki = by_anki(engine, "Basic", "{{text:Front}}{{Deck}}", "", {"Front": html})
    assert anki is not None
    assert as_text(html) + "(Deck)" == anki.front


@given(HTML)
def test_what_is_compared_with_a_typed_answer_is_what_anki_compares(engine: Collection, html: str) -> None:
    assert expected(html) == engine.compare_answer(html, "")


GAPS = st.lists(
    st.sampled_from(
        ["{{c1::", "{{c2::", "{{c1,2::", "{{c0::", "{{c::", "{{c,::", "{{c70000::", "}}", "::", "a", "<b>", "</b>",
         r"\(", r"\)", "\n", '"', "{{", "é"]
    ),
    max_size=14,
).map("".join)  # fmt: skip
OF_GAPS = st.sampled_from(["cloze", "cloze-only", "type:cloze", "text:cloze", "cloze:text", "hint:cloze"])


@given(GAPS, GAPS, OF_GAPS, st.integers(0, 1))
def test_gaps_of_any_text_are_filled_as_anki_fills_them(
    engine: Collection, text: str, extra: str, of_gaps: str, ordinal: int
) -> None:
    template = f"{{{{{of_gaps}:Text}}}}|{{{{cloze:Back Extra}}}}|{{{{#c1}}}}one{{{{/c1}}}}"
    fields = {"Text": text, "Back Extra": extra}
    anki = by_anki(engine, "Cloze", template, template, fields, ordinal)
    assert (anki is not None) is (ordinal + 1 in numbers(text) | numbers(extra))
    if anki is not None:
        assert by_us(template, template, fields, ordinal) == anki


@given(GAPS, st.integers(1, 2))
def test_what_is_typed_for_a_gap_is_what_anki_asks_for(engine: Collection, text: str, number: int) -> None:
    assert typed(text, number) == engine.extract_cloze_for_typing(text, number)


@given(GAPS)
def test_the_cards_of_gaps_are_those_that_anki_makes(engine: Collection, text: str) -> None:
    kind = engine.models.by_name("Cloze")
    assert kind is not None
    note = engine.new_note(kind)
    note["Text"] = text
    assert numbers(text) == set(note.cloze_numbers_in_fields())


# Whole notes


def own(front: str, back: str, fields: Mapping[str, str], *, is_cloze: bool = False) -> AnkiNote:
    """Return a note of a type of one's own."""
    template = CardTemplate("Country - Capital", front, back)
    kind = NoteType(1, "Geography & more", tuple(fields), (template,), "", is_cloze, 0)
    return AnkiNote("g", kind, tuple(fields.values()), None, ("a", "b::c"), "World::Europe", (), (0,))


def test_what_anki_fills_itself_is_filled(engine: Collection) -> None:
    template = "{{A}}|{{Tags}}|{{Type}}|{{Deck}}|{{Subdeck}}|{{Card}}|{{CardFlag}}|{{#Tags}}tagged{{/Tags}}"
    note = own(template, "{{FrontSide}}", {"A": "x"})
    models = engine.models
    kind = models.new(note.note_type.name)
    kind["flds"] = [models.new_field("A")]
    kind["tmpls"] = [models.new_template("Country - Capital") | {"qfmt": template, "afmt": "{{FrontSide}}"}]
    kept = engine.new_note(models.get(models.add_dict(kind).id))
    kept["A"] = "x"
    kept.tags = list(note.tags)
    engine.add_note(kept, engine.decks.id(note.deck))
    output = kept.cards()[0].render_output()
    assert rendered(note, 0) == Sides(output.question_text, output.answer_text)


def test_a_field_goes_before_what_anki_fills_itself() -> None:
    note = own("{{A}}{{Type}}", "", {"A": "x", "Type": "island"})
    assert rendered(note, 0).front == "xisland"


COMPARED = "<div style=\"font-family: 'Liberation Sans'; font-size: 20px\"><code id=typeans>{}</code></div>"


@pytest.mark.parametrize(
    ("front", "back", "fields", "answer"),
    [
        ("{{A}}{{type:B}}", "{{type:B}}", {"A": "x", "B": "<b>y</b> &amp; z"}, COMPARED.format("y &amp; z")),
        ("{{A}}{{type:nc:B}}", "{{type:nc:B}}", {"A": "x", "B": "é"}, COMPARED.format("é")),
        ("{{A}}{{type:B}}", "{{A}}<hr id=answer>{{type:B}}", {"A": "x", "B": "y"},
         "x<hr id=answer>" + COMPARED.format("y")),
        ("{{A}}{{type:B}}", "x{{type:B}}", {"A": "x", "B": ""}, "x"),
        ("{{A}}", "{{A}}{{type:B}}", {"A": "x", "B": "y"}, "x"),
        ("{{A}}{{type:B}}", "{{type:B}}{{A}}", {"A": "[[type:C]]", "B": "y"}, ""),
    ],
)  # fmt: skip
def test_an_answer_is_asked_for_and_compared_as_on_the_desktop(
    front: str, back: str, fields: dict[str, str], answer: str
) -> None:
    assert "".join(shown(own(front, back, fields), 0).back) == answer


def test_the_answer_of_a_gap_is_typed() -> None:
    template = "{{cloze:A}}{{type:cloze:A}}"
    sides = shown(own(template, "{{type:cloze:A}}", {"A": "{{c1::one}} {{c2::two}} {{c1::six}}"}, is_cloze=True), 0)
    assert "".join(sides.back) == COMPARED.format("one, six")


def test_sounds_and_speech_of_templates_are_played() -> None:
    front = "[sound:{{A}}]{{tts de_DE voices=X:B}}[anki:tts lang=fr_FR]Le {{B}}[/anki:tts]"
    sides = shown(own(front, "", {"A": "a&amp;b.mp3", "B": '<b>Wort</b> "&lt;'}), 0)
    speaker = "\N{SPEAKER WITH THREE SOUND WAVES}"
    assert "".join(sides.front) == (
        '<audio controls preload="metadata" src="a&amp;b.mp3" aria-label="a&amp;b.mp3"></audio>'
        f'<span class="voice" title="Wort &quot;&lt;">{speaker} de-DE</span>'
        f'<span class="voice" title="Le Wort &quot;&lt;">{speaker} fr-FR</span>'
    )


HOSTILE: list[tuple[str, str]] = [
    ("text", "<script>" * 8_000),
    ("text", "<style><!--" * 5_000),
    ("text", "<" * 64_000),
    ("text", "&" * 64_000),
    ("furigana", "[" * 64_000),
    ("furigana", "a" * 64_000 + "["),
    ("furigana", "a[b\n" * 16_000),
    ("furigana", "a[]" * 20_000 + "\n]"),
    ("furigana", "a[b\n" * 16_000 + "]"),
    ("furigana", "a[ " * 20_000),
    ("cloze", "{{c1::" * 10_000),
    ("cloze", "{{c1::" * 10_000 + "}}" * 10_000),
    ("cloze", "{{c1," + "1," * 30_000 + "::x}}"),
    ("cloze", "{{c" + "1" * 60_000 + "::x}}"),
    ("cloze", r"{{c1::x}}\(" * 6_000),
    ("hint", " " * 64_000),
]


@pytest.mark.parametrize(("name", "html"), HOSTILE)
def test_a_hostile_field_takes_no_long_time(name: str, html: str) -> None:
    with unmeasured():
        begun = time.process_time()
        filled_in(f"{{{{{name}:A}}}}", {"A": html}, 0)
    # It takes some tenths, and where time grows with the square of length some ten seconds.
    assert time.process_time() - begun < 3
