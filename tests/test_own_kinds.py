"""Kinds of one's own from their files: what is found in them, what comes of them, and their lock in builds."""

from __future__ import annotations

import json
import re
from time import process_time
from typing import TYPE_CHECKING

import pytest
from conftest import Ran, imported, is_superuser
from hypothesis import given
from hypothesis import strategies as st

from cardgen.anki.own_types import own_note_type
from cardgen.diagnostics import CATALOGUE
from cardgen.editor.folder import refresh_schemas, write_schemas
from cardgen.load import load_decks
from cardgen.load.kind_files import style_with_words, with_words
from cardgen.load.kind_rules import CODES
from cardgen.model import Asset, FieldType, OwnField, OwnTemplate, Slot
from cardgen.preview.watch import stamp
from cardgen.read import read_collection
from cardgen.templates import Flaw, makes_a_card, named, parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anki.collection import Collection

    from cardgen.load import Loaded
    from cardgen.model import OwnKind

KIND = """\
id: country
title: Geography
fields:
  country: {title: Country, required: true, role: prompt}
  capital: {title: Capital}
  flag: {title: Flag, type: pictures, translate: false}
tiers: [standard, extended]
words: {capital: {en: Capital, de: Hauptstadt}}
cards:
  capital: {title: Country - Capital}
  flag: {title: Country - Flag, tier: extended}
"""
BESIDE = {
    "capital.front.html": "{{#Capital}}{{Country}}: {{word:capital}}?{{/Capital}}\n",
    "capital.back.html": "{{FrontSide}}<hr id=answer>{{Capital}}\n",
    "flag.front.html": "{{#Flag}}{{Country}}{{/Flag}}\n",
    "flag.back.html": "{{FrontSide}}<hr id=answer>{{Flag}}\n",
    "style.css": ".card { text-align: center; }\n",
}
WORLD = {
    "demo/deck.yaml": None,
    "demo/one.yaml": None,
    "world/deck.yaml": "id: world\ntitle: World\nsections: [europe]\n",
    "world/europe.yaml": "title: Europe\ncards:\n"
    "  - {id: england, kind: country, country: England, capital: London}\n"
    "  - {id: wales, kind: country, country: Wales, capital: Cardiff}\n",
}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n'

Files = dict[str, str | bytes | None]


def files(kind: str = KIND, **beside: str | bytes | None) -> Files:
    """Return the files of a collection with one kind; a name of a file has `__` for its full stops."""
    changed = {name.replace("__", "."): content for name, content in beside.items()}
    return {
        **WORLD,
        "kinds/country.yaml": kind,
        **{f"kinds/country/{name}": text for name, text in (BESIDE | changed).items()},
    }


def changed(old: str, new: str) -> str:
    """Return the kind with something else in it."""
    assert old in KIND
    return KIND.replace(old, new)


def found(loaded: Loaded) -> list[str]:
    """Return the findings, each as code and place."""
    return [f"{one.code} {str(one.place).partition('decks/')[2]}" for one in loaded.diagnostics]


@pytest.fixture
def load(decks: Callable[..., Path]) -> Callable[..., Loaded]:
    """Load a collection of files."""
    return lambda contents: load_decks(decks(contents))


def loaded_kind(loaded: Loaded) -> OwnKind:
    assert loaded.diagnostics == ()
    assert loaded.collection is not None
    return loaded.collection.own_kinds["country"]


# What comes of files


def test_a_kind_is_what_its_files_declare(load: Callable[..., Loaded]) -> None:
    kind = loaded_kind(load(files()))
    assert (kind.id, kind.title, kind.language, kind.tiers) == ("country", "Geography", "", ("standard", "extended"))
    assert kind.fields == (
        OwnField("country", "Country", required=True, role="prompt"),
        OwnField("capital", "Capital"),
        OwnField("flag", "Flag", FieldType.PICTURES, translate=False),
    )
    assert kind.templates == (
        OwnTemplate(
            "capital",
            "Country - Capital",
            "{{#Capital}}{{Country}}: Capital?{{/Capital}}\n",
            "{{FrontSide}}<hr id=answer>{{Capital}}\n",
        ),
        OwnTemplate(
            "flag",
            "Country - Flag",
            "{{#Extended}}{{#Flag}}{{Country}}{{/Flag}}\n{{/Extended}}",
            "{{FrontSide}}<hr id=answer>{{Flag}}\n",
            "extended",
        ),
    )
    assert kind.field_slots[3:5] == (Slot("tier", "extended"), Slot("spare", "1"))
    assert (len(kind.field_slots), kind.template_slots[2:]) == (10, (Slot("spare", "1"), Slot("spare", "2")))
    assert (kind.asks, kind.answers) == (("country",), ("capital", "flag"))


def test_roles_and_what_paper_shows_follow_from_the_order_of_the_fields(load: Callable[..., Loaded]) -> None:
    kind = loaded_kind(load(files(changed(", role: prompt", ""))))
    assert [field.role for field in kind.fields] == ["cue", "answer", "answer"]


def test_a_kind_can_say_what_paper_shows(load: Callable[..., Loaded]) -> None:
    text = changed(", role: prompt", "") + "print: {asks: [capital, flag], answers: [country]}\n"
    kind = loaded_kind(load(files(text)))
    assert (kind.asks, kind.answers) == (("capital", "flag"), ("country",))
    assert [field.role for field in kind.fields] == ["answer", "cue", "cue"]


def test_cards_of_a_kind_from_gaps_come_from_the_field_with_them(load: Callable[..., Loaded]) -> None:
    text = (
        "id: country\ntitle: Gaps\ncloze: true\nfields:\n  hint-of: {title: Hint}\n"
        "  text: {title: Text, type: gaps}\ncards:\n  capital: {title: Cloze}\n"
    )
    world = "title: Europe\ncards:\n  - {id: a, kind: country, text: 'The {{c1::Danube}}'}\n"
    contents = files(text, flag__front__html=None, flag__back__html=None, capital__front__html="{{cloze:Text}}")
    contents |= {"kinds/country/capital.back.html": "{{cloze:Text}} {{Hint}}", "world/europe.yaml": world}
    kind = loaded_kind(load(contents))
    assert (kind.asks, kind.answers, kind.fields[1].role) == (("text",), ("hint-of",), "gaps")
    assert kind.template_slots == (Slot("template", "capital"),)
    assert [slot.use for slot in kind.field_slots] == ["field", "field", "spare", "spare", "spare", "spare"]


def test_line_ends_and_a_mark_of_other_systems_change_nothing(load: Callable[..., Loaded]) -> None:
    front = BESIDE["capital.front.html"].replace("\n", "\r\n")
    kind = loaded_kind(load(files(capital__front__html=f"\ufeff{front}")))
    assert kind.templates[0].front == "{{#Capital}}{{Country}}: Capital?{{/Capital}}\n"


def test_in_another_language_a_kind_has_its_words_and_a_title_of_its_own(load: Callable[..., Loaded]) -> None:
    contents = files() | {"world/deck.yaml": "id: world\ntitle: World\nlanguage: de-AT\nsections: [europe]\n"}
    loaded = load(contents)
    assert loaded.collection is not None
    (kind,) = {card.content.kind for card in loaded.collection.decks[0].cards()}  # type: ignore[attr-defined]
    assert (kind.title, kind.language, kind.anki_id) == ("Geography [DE-AT]", "de-at", 0)
    assert kind.templates[0].front == "{{#Capital}}{{Country}}: Hauptstadt?{{/Capital}}\n"
    assert own_note_type(kind).id != own_note_type(loaded.collection.own_kinds["country"]).id


def test_a_kind_can_have_its_own_title_in_another_language_than_the_collection(load: Callable[..., Loaded]) -> None:
    contents = files(f"{KIND}language: de\nanki: {{id: 1607392319}}\n")
    contents["world/deck.yaml"] = "id: world\ntitle: World\nlanguage: de\nsections: [europe]\n"
    loaded = load(contents)
    assert loaded.collection is not None
    (kind,) = {card.content.kind for card in loaded.collection.decks[0].cards()}  # type: ignore[attr-defined]
    assert (kind.title, kind.language, kind.anki_id) == ("Geography", "", 1607392319)


def test_a_folder_with_a_deck_file_is_a_deck_whatever_it_is_called(load: Callable[..., Loaded]) -> None:
    deck = "id: kinds\ntitle: Kinds\nsections: [one]\n"
    card = "title: One\ncards:\n  - {id: a, kind: basic, front: Q, back: A}\n"
    loaded = load({"demo/deck.yaml": None, "demo/one.yaml": None, "kinds/deck.yaml": deck, "kinds/one.yaml": card})
    assert loaded.diagnostics == ()
    assert loaded.collection is not None
    assert (loaded.collection.own_kinds, [deck.id for deck in loaded.collection.decks]) == ({}, ["kinds"])


def test_everything_that_can_be_wrong_with_a_template_has_a_code() -> None:
    assert CODES.keys() == {*Flaw}
    assert set(CODES.values()) <= CATALOGUE.keys()


# Words


@given(st.one_of(st.text(), st.text(st.sampled_from('{}#/%<>"a'))))
def test_a_word_is_text_in_a_template_whatever_it_holds(word: str) -> None:
    written = with_words('<b title="{{word:a}}">{{word:a}}{{Front}}</b>', {"a": word})
    assert re.search("[<>\"']", written.removeprefix('<b title="').removesuffix("</b>").replace('">', "", 1)) is None
    assert [node.field for node in named(parse(written))] == ["Front"]
    assert with_words("{{ word:a }}|{{word:b}}", {"a": "x"}) == "x|{{word:b}}"


@given(st.text(st.characters(exclude_characters="\n\r\f")))
def test_a_word_is_text_in_a_style_sheet_whatever_it_holds(word: str) -> None:
    written = style_with_words('content: "{{word:a}}"', {"a": word})
    inside = written.removeprefix('content: "').removesuffix('"')
    assert re.fullmatch(r"(?:[^\"'\\<]|\\[0-9a-f]{1,6} )*", inside)
    assert re.sub(r"\\([0-9a-f]{1,6}) ", lambda code: chr(int(code[1], 16)), inside) == word


# Files that packages bring


def test_files_go_into_packages_under_a_name_for_their_content(
    load: Callable[..., Loaded], cardgen: Callable[..., Ran], tmp_path: Path, anki: Collection
) -> None:
    contents = files(
        capital__back__html='<script src="_map.js"></script>{{Capital}}<img src=./_map.js.svg>',
        style__css='@font-face { src: url("_map.js.svg?x") } .my_map.js { }',
        _map__js="alert(1)",
        _map__js__svg=SVG,
    )
    kind = loaded_kind(load(contents))
    assert kind.assets == (
        Asset("_map-6e11c72f7cf6.js", "../kinds/country/_map.js"),
        Asset("_map.js-a69dd3b8c6be.svg", "../kinds/country/_map.js.svg"),
    )
    assert kind.templates[0].back == (
        '<script src="_map-6e11c72f7cf6.js"></script>{{Capital}}<img src=_map.js-a69dd3b8c6be.svg>'
    )
    assert kind.style == '@font-face { src: url("_map.js-a69dd3b8c6be.svg?x") } .my_map.js { }'
    assert cardgen("build", "--format", "apkg").code == 0
    imported(anki, tmp_path / "dist/world.apkg")
    assert anki.media.check().missing == []
    assert (tmp_path / "anki.media/_map-6e11c72f7cf6.js").exists() or anki.media.have("_map-6e11c72f7cf6.js")


# What is wrong

WRONG: dict[str, tuple[Files, list[str]]] = {
    "another id than the file": (files(changed("id: country", "id: land")), ["CG360 kinds/country.yaml:1:5"]),
    "the id of a shipped kind": (
        {
            **{name: text for name, text in files().items() if not name.startswith(("kinds/", "world/europe"))},
            **{f"kinds/cloze/{name}": text for name, text in BESIDE.items()},
            "kinds/cloze.yaml": changed("id: country", "id: cloze"),
            "world/europe.yaml": "title: Europe\ncards:\n  - {id: a, kind: basic, front: Q, back: A}\n",
        },
        ["CG360 kinds/cloze.yaml:1:5"],
    ),
    "no back": (files(flag__back__html=None), ["CG361 kinds/country.yaml:11:3"]),
    "no style sheet": (files(style__css=None), ["CG361 kinds/country.yaml:9:1"]),
    "a front of no template": (files(map__front__html="{{Country}}"), ["CG362 kinds/country/map.front.html"]),
    "a file that nothing names": (files(_a__svg=SVG, b__svg=SVG), [
        "CG362 kinds/country/_a.svg",
        "CG362 kinds/country/b.svg",
    ]),
    "a word that nothing shows": (
        files(changed("words: {", "words: {flag: {en: Flag}, ")),
        ["CG362 kinds/country.yaml:8:9"],
    ),
    "a folder of no kind": (files() | {"kinds/river/style.css": ""}, ["CG362 kinds/river"]),
    "a folder beside the templates": (files() | {"kinds/country/old/a.css": ""}, ["CG362 kinds/country/old"]),
    "a file that Anki does not import": (
        files(style__css='a { background: url("a.svg") }', a__svg=SVG),
        ["CG363 kinds/country/style.css:1:22"],
    ),
    "a name with a space": (
        files(style__css='a { background: url("_a b.svg") }') | {"kinds/country/_a b.svg": SVG},
        ["CG363 kinds/country/style.css:1:22"],
    ),
    "files that are not there": (
        files(
            capital__back__html='{{Capital}}<img src="_a.png"><!-- <img src="_b.png"> --><a href="https://x.org/a.png">'
            "<img src='{{Flag}}.png'><script>\nload('_c.js', '_a.png')</script><a href='#top'>x</a>"
        ),
        ["CG364 kinds/country/capital.back.html:1:22", "CG364 kinds/country/capital.back.html:2:7"],
    ),
    "a section without an end": (
        files(flag__front__html="{{Country}}\n  {{#Flag}}x"),
        ["CG365 kinds/country/flag.front.html:2:3"],
    ),
    "a field that there is not": (
        files(flag__back__html="{{Flag}}\n<p>{{Capitol}}"),
        ["CG366 kinds/country/flag.back.html:2:4"],
    ),
    "a filter that Anki does not have": (
        files(flag__back__html="{{upper:Flag}}"),
        ["CG367 kinds/country/flag.back.html:1:1"],
    ),
    "what only some versions of Anki do": (
        files(flag__front__html="{{Country}}<!-- {{Flag}} -->"),
        ["CG367 kinds/country/flag.front.html:1:12"],
    ),
    "a front without a field": (files(flag__front__html="Which?"), ["CG368 kinds/country/flag.front.html"]),
    "two fronts that are the same": (
        files(
            changed(", tier: extended", ""),
            flag__front__html=BESIDE["capital.front.html"],
        ),
        ["CG368 kinds/country/flag.front.html"],
    ),
    "gaps in a kind that has none": (
        files(flag__back__html="{{cloze:Country}}"),
        ["CG369 kinds/country/flag.back.html:1:1"],
    ),
    "two fields of one name": (
        files(changed("{title: Capital}", "{title: COUNTRY}"), capital__front__html="{{Country}} {{word:capital}}",
              capital__back__html="{{Country}}"),
        ["CG370 kinds/country.yaml:5:20"],
    ),
    "a field called as a gate": (
        files(changed("{title: Capital}", "{title: extended}"), capital__front__html="{{Country}} {{word:capital}}",
              capital__back__html="{{extended}}"),
        ["CG370 kinds/country.yaml:5:20"],
    ),
    "a field called as a spare one": (
        files(changed("{title: Capital}", "{title: Reserved 2}"), capital__front__html="{{Country}} {{word:capital}}",
              capital__back__html="{{Reserved 2}}"),
        ["CG370 kinds/country.yaml:5:20"],
    ),
    "two templates of one name": (
        files(changed("Country - Flag", "Country - capital")), ["CG370 kinds/country.yaml:11:17"]),
    "a name that Anki would shorten": (files(changed("title: Capital}", "title: 'a: b'}")), [
        "CG205 kinds/country.yaml:5:20",
    ]),
    "a word that there is not": (
        files(style__css="a::after { content: '{{word:flag}}' }", flag__back__html="{{Flag}} {{word:Capital}}"),
        ["CG372 kinds/country/flag.back.html:1:10", "CG372 kinds/country/style.css:1:22"],
    ),
    "a word that a language lacks": (
        files() | {"world/deck.yaml": "id: world\ntitle: World\nlanguage: fr\nsections: [europe]\n"},
        ["CG372 kinds/country.yaml:8:18"],
    ),
    "a field that all cards have": (
        files(changed("  flag: {title: Flag,", "  note: {title: Flag,")), ["CG374 kinds/country.yaml:6:3"]),
    "a field that is a facet": (
        files() | {"collection.yaml": "facets: {flag: any}\n"}, ["CG374 kinds/country.yaml:6:3"]),
    "paper with an unknown field": (files(f"{KIND}print: {{asks: [land]}}\n"), ["CG375 kinds/country.yaml:12:16"]),
    "an id of a field that there is not": (
        files(f"{KIND}anki: {{id: 1, fields: {{land: 2}}}}\n"), ["CG375 kinds/country.yaml:12:24"]),
    "an id of a template that there is not": (
        files(f"{KIND}anki: {{id: 1, templates: {{land: -2}}}}\n"), ["CG375 kinds/country.yaml:12:27"]),
    "an id that Anki could not keep": (
        files(f"{KIND}anki: {{id: 1, fields: {{flag: {1 << 63}}}}}\n"), ["CG206 kinds/country.yaml:12:30"]),
    "a tier that there is not": (
        files(changed("tier: extended}", "tier: full}")), ["CG375 kinds/country.yaml:11:39"]),
    "gaps and no cloze": (
        files(changed("{title: Capital}", "{title: Capital, type: gaps}")), ["CG376 kinds/country.yaml:5:35"]),
    "cloze and no gaps": (
        files(f"{KIND}cloze: true\n"),
        [
            "CG369 kinds/country/capital.back.html",
            "CG369 kinds/country/capital.front.html",
            "CG369 kinds/country/flag.back.html",
            "CG369 kinds/country/flag.front.html",
            "CG376 kinds/country.yaml:11:3",
            "CG376 kinds/country.yaml:12:8",
        ],
    ),
    "a card of which no template asks": (
        files() | {"world/europe.yaml": "title: Europe\ncards:\n  - {id: a, kind: country, country: A}\n"},
        ["CG379 world/europe.yaml:3:5"],
    ),
    "a template that is too large": (
        files(flag__back__html=f"{{{{Flag}}}}{'x' * 256 * 1024}"), ["CG102 kinds/country/flag.back.html"]),
    "a style sheet that is too large": (files(style__css="x" * 256 * 1024 + "x"), ["CG102 kinds/country/style.css"]),
    "a template that is no text": (files(flag__back__html=b"{{Flag}}\xff"), [
        "CG103 kinds/country/flag.back.html:1:9",
    ]),
    "a character that nobody sees": (files(flag__back__html="{{Flag}}\x1f"), [
        "CG104 kinds/country/flag.back.html:1:9",
    ]),
    "a file that ends in yml": (files() | {"kinds/river.yml": "id: river\n"}, ["CG123 kinds/river.yml"]),
}  # fmt: skip


def test_what_anki_fills_itself_can_stand_beside_a_field_that_every_card_has(load: Callable[..., Loaded]) -> None:
    assert found(load(files(flag__front__html="{{Country}}<i>{{Deck}}</i>"))) == []


@pytest.mark.parametrize(("contents", "findings"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_kind_is_found_where_it_stands(
    contents: Files, findings: list[str], load: Callable[..., Loaded]
) -> None:
    assert sorted(found(load(contents))) == sorted(findings)


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("id: country\ntitle: [\n", id="no YAML"),
        pytest.param("- country\n", id="no mapping"),
        pytest.param(
            "id: country\ntitle: Geography\nfields: many\ncards: {capital: {title: Capital}}\n", id="no fields"
        ),
        pytest.param(changed("{title: Country, required: true, role: prompt}", "Country"), id="a field with a flaw"),
        pytest.param(changed("tiers: [standard, extended]", "tiers: standard"), id="tiers with a flaw"),
        pytest.param(changed("words: {", "colour: {"), id="an unknown field"),
    ],
)
def test_no_card_is_blamed_for_a_flaw_of_its_kind(kind: str, load: Callable[..., Loaded]) -> None:
    loaded = load(files(kind))
    assert loaded.collection is None
    assert all(place.startswith("kinds/country") for _, place in map(str.split, found(loaded)))


@pytest.mark.skipif(is_superuser(), reason="links are followed for anybody, but permission is not refused")
def test_a_file_that_cannot_be_read_is_told_once(decks: Callable[..., Path]) -> None:
    root = decks(files())
    (root / "kinds/country/flag.back.html").chmod(0)
    assert found(load_decks(root)) == ["CG101 kinds/country/flag.back.html"]


def test_a_link_that_leads_out_of_the_decks_is_not_followed(decks: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("{{Flag}}", encoding="utf-8")
    root = decks(files(flag__back__html=None))
    (root / "kinds/country/flag.back.html").symlink_to(tmp_path / "secret")
    assert found(load_decks(root)) == ["CG115 kinds/country/flag.back.html"]


def test_two_kinds_have_two_titles_and_two_ids(load: Callable[..., Loaded]) -> None:
    other = files(f"{KIND}anki: {{id: 5}}\n")
    other["kinds/land.yaml"] = (
        f"{changed('id: country', 'id: land').replace('Geography', 'GEOGRAPHY')}anki: {{id: 5}}\n"
    )
    other |= {f"kinds/land/{name}": text for name, text in BESIDE.items()}
    assert found(load(other)) == ["CG370 kinds/land.yaml:2:8", "CG370 kinds/land.yaml:12:12"]


# The lock


@pytest.fixture
def build(cardgen: Callable[..., Ran]) -> Callable[..., Ran]:
    """Build a package at a time in seconds since 1970."""

    def run(*words: str, at: int = 1_796_031_000) -> Ran:
        return cardgen("build", "--format", "apkg", *words, env={"SOURCE_DATE_EPOCH": str(at)})

    return run


def lock_of(root: Path) -> str:
    return (root / "kinds/kinds.lock").read_text(encoding="utf-8")


def test_a_build_writes_the_lock_and_the_next_finds_it_as_it_is(
    decks: Callable[..., Path], build: Callable[..., Ran]
) -> None:
    root = decks(files())
    assert build("--locked").code == 1
    assert not (root / "kinds/kinds.lock").exists()
    assert build().code == 0
    lock = lock_of(root)
    assert re.sub("[0-9a-f]{16}", "0123456789abcdef", lock) == (
        "# cardgen kinds 1: what the places in note types are for, for ever. cardgen build keeps it; commit it.\n"
        "country field 00 field country\n"
        "country field 01 field capital\n"
        "country field 02 field flag\n"
        "country field 03 tier extended\n"
        "country field 04 spare 1\n"
        "country field 05 spare 2\n"
        "country field 06 spare 3\n"
        "country field 07 spare 4\n"
        "country field 08 card 1\n"
        "country field 09 card 2\n"
        "country template 00 template capital\n"
        "country template 01 template flag\n"
        "country template 02 spare 1\n"
        "country template 03 spare 2\n"
        "country type - normal 0 0123456789abcdef 2026-11-30T09:30:00Z\n"
    )
    assert build("--locked", at=1_800_000_000).code == 0
    assert (build(at=1_800_000_000).code, lock_of(root)) == (0, lock)


def test_a_new_field_takes_a_spare_place_and_the_note_type_gets_a_new_time(
    decks: Callable[..., Path], build: Callable[..., Ran], tmp_path: Path, anki: Collection
) -> None:
    root = decks(files())
    build()
    imported(anki, tmp_path / "dist/world.apkg")
    decks(
        files(
            changed("  capital: {title: Capital}", "  area: {title: Area}\n  capital: {title: Capital}"),
            capital__back__html="{{Capital}} {{Area}}",
        )
    )
    refused = build("--locked")
    told = "error[CG603]: it is not up to date with `country`\n  --> decks/kinds/kinds.lock\n"
    assert told in refused.err
    assert build().code == 0
    assert "country field 04 field area\n" in lock_of(root)
    assert lock_of(root).endswith("2026-11-30T09:30:01Z\n")
    imported(anki, tmp_path / "dist/world.apkg")
    (kind,) = (kind for kind in anki.models.all() if kind["name"].startswith("Geo"))
    assert [field["name"] for field in kind["flds"]][3:6] == ["Extended", "Area", "Reserved 2"]
    assert kind["tmpls"][0]["afmt"] == "{{Capital}} {{Area}}"
    anki.models.update_dict(kind)


def test_what_is_gone_and_what_finds_no_room_are_errors(decks: Callable[..., Path], build: Callable[..., Ran]) -> None:
    decks(files(f"{KIND}spare: {{fields: 0, templates: 0}}\n"))
    build()
    more = changed("  capital: {title: Capital}", "  area: {title: Area}\n  capital: {title: Capital}")
    root = decks(files(more.replace("[standard, extended]", "[standard, extended, full]")))
    assert found(load_decks(root)) == ["CG377 kinds/country.yaml:5:3", "CG377 kinds/country.yaml:8:29"]
    decks(
        files(changed("  flag: {title: Flag, type: pictures, translate: false}\n", ""), flag__front__html="{{Country}}")
    )
    (root / "kinds/country/flag.back.html").write_text("{{Country}}", encoding="utf-8")
    assert found(load_decks(root)) == ["CG377 kinds/country.yaml:3:1"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (f"{KIND}anki: {{id: 7}}\n", "CG378 kinds/country.yaml:12:12"),
        (f"{KIND}cloze: true\n", "CG378 kinds/country.yaml:12:8"),
    ],
)
def test_a_note_type_stays_what_it_is(
    change: str, place: str, decks: Callable[..., Path], build: Callable[..., Ran]
) -> None:
    decks(files())
    build()
    assert place in found(load_decks(decks(files(change))))


def test_a_kind_says_by_which_field_lists_are_sorted(
    decks: Callable[..., Path], build: Callable[..., Ran], tmp_path: Path, anki: Collection
) -> None:
    long_ago = 1_700_000_000
    decks(files())
    build(at=long_ago)
    imported(anki, tmp_path / "dist/world.apkg")
    decks(files(f"{KIND}sort: capital\n"))
    assert build(at=long_ago + 86_400).code == 0
    assert imported(anki, tmp_path / "dist/world.apkg") == {"duplicate": 2}
    (kind,) = (kind for kind in anki.models.all() if kind["name"] == "Geography")
    assert kind["sortf"] == 1
    found = anki.find_notes("", order="n.sfld")
    assert [anki.get_note(note)["Capital"] for note in found] == ["Cardiff", "London"]


def test_a_field_to_sort_by_must_be_there(load: Callable[..., Loaded]) -> None:
    assert found(load(files(f"{KIND}sort: capitl\n"))) == ["CG375 kinds/country.yaml:12:7"]


def test_a_kind_of_which_there_are_no_cards_is_not_locked(
    decks: Callable[..., Path], build: Callable[..., Ran]
) -> None:
    card = "title: Europe\ncards:\n  - {id: a, kind: basic, front: Q, back: A}\n"
    root = decks(files() | {"world/europe.yaml": card})
    assert build().code == 0
    assert not (root / "kinds/kinds.lock").exists()
    assert build("--locked").code == 0


def test_a_lost_lock_is_missed(decks: Callable[..., Path], build: Callable[..., Ran]) -> None:
    root = decks(files())
    build()
    (root / "kinds/kinds.lock").unlink()
    assert "warning[CG618]: kinds.lock has no places of `country`" in build().err
    assert "CG618" not in build().err


MORE = files(
    changed("  capital: {title: Capital}", "  area: {title: Area}\n  capital: {title: Capital}"),
    capital__back__html="{{Capital}} {{Area}}",
)


@pytest.fixture
def lost(decks: Callable[..., Path], build: Callable[..., Ran], tmp_path: Path) -> tuple[Path, str]:
    """Make a collection whose kind got a field later, and lose its lock; return the folder, and what the lock said."""
    root = decks(files())
    build()
    decks(MORE)
    build(at=1_796_031_600)
    (tmp_path / "dist/world.apkg").rename(tmp_path / "old.apkg")
    lock = lock_of(root)
    (root / "kinds/kinds.lock").unlink()
    return root, lock


def test_a_lost_lock_is_restored_from_a_package(
    lost: tuple[Path, str], build: Callable[..., Ran], tmp_path: Path
) -> None:
    root, lock = lost
    ledger = (root / "world/ledger.txt").read_bytes()
    assert build("--since", "old.apkg", at=1_800_000_000).err == ""
    assert lock_of(root) == lock
    assert (root / "world/ledger.txt").read_bytes() == ledger
    assert (tmp_path / "dist/world.apkg").read_bytes() == (tmp_path / "old.apkg").read_bytes()


def test_a_lock_and_a_ledger_are_restored_together(
    lost: tuple[Path, str], build: Callable[..., Ran], tmp_path: Path, anki: Collection
) -> None:
    root, lock = lost
    imported(anki, tmp_path / "old.apkg")
    (root / "world/ledger.txt").unlink()
    assert build("--since", "old.apkg", at=1_800_000_000).err == ""
    assert lock_of(root) == lock
    assert imported(anki, tmp_path / "dist/world.apkg") == {"duplicate": 2}


def test_what_has_changed_since_the_package_is_newer_in_a_restored_lock(
    lost: tuple[Path, str], build: Callable[..., Ran], tmp_path: Path, anki: Collection
) -> None:
    root, lock = lost
    imported(anki, tmp_path / "old.apkg")
    (root / "kinds/country/style.css").write_text(".card { color: red; }\n", encoding="utf-8")
    assert build("--since", "old.apkg", at=1_800_000_000).err == ""
    assert lock_of(root).splitlines()[:-1] == lock.splitlines()[:-1]
    assert lock_of(root).endswith(" 2027-01-15T08:00:00Z\n")
    imported(anki, tmp_path / "dist/world.apkg")
    (kind,) = (kind for kind in anki.models.all() if kind["name"].startswith("Geo"))
    assert kind["css"] == ".card { color: red; }\n"


def test_a_title_that_a_package_does_not_know_stops_the_restoring(
    lost: tuple[Path, str], build: Callable[..., Ran]
) -> None:
    root, _ = lost
    file = root / "kinds/country.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("title: Area", "title: Size"), encoding="utf-8")
    (root / "kinds/country/capital.back.html").write_text("{{Capital}} {{Size}}", encoding="utf-8")
    ran = build("--since", "old.apkg")
    assert (ran.code, ran.err.splitlines()[-1]) == (
        2,
        "Error: the note type `Geography` of the package has `Area`, and no field, template or tier of `country` has "
        "that title: give it back for this build; then it may change again",
    )
    assert not (root / "kinds/kinds.lock").exists()


def test_a_package_restores_nothing_of_a_kind_that_it_does_not_know(
    decks: Callable[..., Path], build: Callable[..., Ran], tmp_path: Path
) -> None:
    root = decks({})
    build()
    (tmp_path / "dist/demo.apkg").rename(tmp_path / "old.apkg")
    (root / "demo/ledger.txt").unlink()
    decks({name: text for name, text in files().items() if text is not None})
    assert build("--since", "old.apkg").code == 0
    assert "country field 00 field country\n" in lock_of(root)


def test_each_language_has_its_own_line(decks: Callable[..., Path], build: Callable[..., Ran]) -> None:
    german = {"welt/deck.yaml": "id: welt\ntitle: Welt\nlanguage: de\nsections: [europe]\n"}
    root = decks(files() | german | {"welt/europe.yaml": WORLD["world/europe.yaml"]})
    assert build().code == 0
    assert [line.split()[:3] for line in lock_of(root).splitlines() if " type " in line] == [
        ["country", "type", "-"],
        ["country", "type", "de"],
    ]


def test_a_damaged_lock_stops_a_build_at_its_line(decks: Callable[..., Path], build: Callable[..., Ran]) -> None:
    root = decks(files())
    build()
    (root / "kinds/kinds.lock").write_text(f"{lock_of(root)}<<<<<<< HEAD\n", encoding="utf-8")
    refused = build()
    assert refused.code == 1
    assert (
        "error[CG601]: a merge of two versions was not finished here\n  --> decks/kinds/kinds.lock:17:1\n"
        in refused.err
    )


# What check tells


def test_check_says_which_decks_bring_scripts_and_html(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks(
        files(
            changed("{title: Capital}", "{title: Capital, type: html}"),
            flag__back__html="{{Flag}}<img src=x onerror='alert(1)'>",
        )
    )
    told = cardgen("check", "--severity", "info")
    assert re.findall(r"^info\[CG373\]: (.*)$", told.err, re.MULTILINE) == [
        "`capital` of cards of `world` goes into Anki as HTML",
        "cards of `world` run scripts: `flag.back.html`",
    ]
    assert "CG373" not in cardgen("check").err
    assert "CG373" not in cardgen("build", "--format", "csv").err


def test_a_front_under_a_gate_makes_its_card_only_where_the_gate_is_open(load: Callable[..., Loaded]) -> None:
    front = parse(loaded_kind(load(files())).templates[1].front)
    assert not makes_a_card(front, {"Country", "Flag"})
    assert makes_a_card(front, {"Country", "Flag", "Extended"})


KINDS = """\
country  Geography
  fields:    country (required), capital, flag (pictures)
  templates: capital, flag (extended)
  tiers:     standard, extended
  spare:     4 fields, 2 templates
  languages: en
  decks:     world (2)
"""


def test_kinds_are_listed_with_what_is_spare_and_who_uses_them(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks(files())
    assert cardgen("kinds") == Ran(0, KINDS, "")
    data = json.loads(cardgen("kinds", "--output", "json").out)
    (kind,) = data.pop("kinds")
    assert data == {"version": 1}
    assert (kind["id"], kind["spare_fields"], kind["spare_templates"]) == ("country", 4, 2)
    assert kind["decks"] == [{"name": "world", "cards": 2}]
    assert kind["templates"][1] == {"id": "flag", "title": "Country - Flag", "tier": "extended"}


def test_where_there_is_no_kind_the_list_says_so(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks()
    shown = "no kinds of your own; docs/own-kinds.md says how to write one\n"
    assert cardgen("kinds") == Ran(0, shown, "")
    assert json.loads(cardgen("kinds", "--output", "json").out) == {"version": 1, "kinds": []}


def test_editors_know_the_fields_of_a_kind(decks: Callable[..., Path]) -> None:
    root = decks(files())
    write_schemas(read_collection(root))
    schema = json.loads((root / ".cardgen/schema/cards.schema.json").read_text(encoding="utf-8"))
    known = schema["$defs"]["own-country"]
    assert (known["required"], known["description"]) == (["id", "kind", "country"], "Geography.")
    assert {"country", "capital", "flag", "tags"} <= known["properties"].keys()
    decks(files("id: country\n"))
    assert refresh_schemas(read_collection(root)).written == ()


def test_what_is_wrong_in_a_kind_is_told_as_of_a_kind(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks(files(f"{KIND}colour: red\n".replace("tier: extended", "tiers: extended")))
    told = re.findall(r"^error\[(\w+)\]: (.*)$", cardgen("check").err, re.MULTILINE)
    assert told == [
        ("CG201", "unknown field `tiers` in `flag`"),
        ("CG201", "unknown field `colour` in kind `country`"),
    ]


def test_a_preview_sees_what_changes_beside_a_kind(decks: Callable[..., Path]) -> None:
    root = decks(files(_map__js="alert(1)") | {"kinds/country/.hidden": "x"})
    before = stamp(root)
    of_kinds = [path.partition("decks/")[2] for path in before if "/kinds/" in path]
    beside = [f"kinds/country/{name}" for name in (*BESIDE, "_map.js")]
    assert sorted(of_kinds) == sorted(["kinds/country.yaml", *beside])
    (root / "kinds/country/style.css").write_text(".card { color: teal; }", encoding="utf-8")
    assert stamp(root) != before


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<!--" * 16_000, id="comments without an end"),
        pytest.param("/*" * 32_000, id="comments of CSS without an end"),
        pytest.param("".join(f"src=a{number}.b " for number in range(6_000)), id="files"),
        pytest.param("{{word:a}}" * 6_000, id="words"),
        pytest.param("\x01" * 64_000, id="control characters"),
        pytest.param("src" + " " * 64_000, id="spaces"),
        pytest.param("a.svg " * 10_000, id="a file many times"),
        pytest.param('"_' * 32_000, id="quotes"),
    ],
)
def test_no_text_takes_long(text: str, load: Callable[..., Loaded]) -> None:
    """They take less than a tenth of a second; what grows with the square of a text would take many."""
    began = process_time()
    loaded = load(files(style__css=text, flag__back__html=text, a__svg=SVG))
    assert process_time() - began < 5
    assert len(loaded.diagnostics) < 250
