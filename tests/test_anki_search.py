"""The searches that learners are told to paste into Anki's browser, tried in Anki's own engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cardgen.anki.search import removal_advice, with_addresses, with_text

if TYPE_CHECKING:
    from anki.collection import Collection

ADDRESSES = [
    "visa/ds-2019",
    "visa/ds-2019/not",
    "visa/dsx2019",
    'a"b',
    "a*b",
    "a_b",
    "axb",
    "a:b",
    r"a\b",
    "a (b) or c",
]


@pytest.fixture
def known(anki: Collection) -> Collection:
    """Return a collection with a note for each address in its field ID."""
    models = anki.models
    model = models.new("With ID")
    for name in ("ID", "Front"):
        models.add_field(model, models.new_field(name))
    template = models.new_template("Card")
    template["qfmt"] = "{{Front}}"
    models.add_template(model, template)
    models.add_dict(model)
    kind = models.by_name("With ID")
    assert kind is not None
    for address in ADDRESSES:
        note = anki.new_note(kind)
        note.fields = [address, "Front"]
        anki.add_note(note, anki.decks.id("Default"))
    return anki


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_search_finds_its_note_and_no_other(known: Collection, address: str) -> None:
    found = known.find_notes(with_addresses([address]))
    assert [known.get_note(note)["ID"] for note in found] == [address]


def test_a_search_for_several_notes_finds_all_of_them(known: Collection) -> None:
    found = known.find_notes(with_addresses(["visa/ds-2019", "a*b"]))
    assert sorted(known.get_note(note)["ID"] for note in found) == ["a*b", "visa/ds-2019"]


TEXTS = [
    "<b>one</b> &amp; two",
    "one  two",
    "one\ntwo",
    "one, two",
    'a"b*c_d\\e:f',
    '<img src="a-1.svg">',
    "ä" * 300,
    "ä" * 100,
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_search_finds_the_note_with_a_text_and_no_other(anki: Collection, text: str) -> None:
    for kind, field in (("Basic", "Front"), ("Cloze", "Text")):
        note_type = anki.models.by_name(kind)
        assert note_type is not None
        for one in TEXTS:
            note = anki.new_note(note_type)
            note[field] = one
            anki.add_note(note, anki.decks.id("Default"))
    found = [anki.get_note(note) for note in anki.find_notes(with_text("Basic", "Front", text))]
    assert [(note.note_type()["name"], note["Front"]) for note in found] == [("Basic", text)]


def test_an_address_with_backticks_and_line_breaks_stays_inside_its_block_of_code() -> None:
    assert removal_advice(with_addresses(["a/b\n```\n# Title ````"])).splitlines()[2:] == [
        "`````",
        '"ID:a/b ``` # Title ````"',
        "`````",
    ]
