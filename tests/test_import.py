"""Decks of other programs: what Anki itself exports, tables, and folders become files that build and say the same."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from anki_cards import png
from conftest import imported, written
from hypothesis import given
from hypothesis import strategies as st
from packages import packed

from cardgen.anki.html import to_html
from cardgen.anki.reading.markup import read_html
from cardgen.bring import UnreadableSourceError, bring
from cardgen.bring.plainer import plainer
from cardgen.bring.templates import sides
from cardgen.bring.yaml import card_file
from cardgen.errors import UsageError
from cardgen.load import load_decks
from cardgen.read.unprintable import UNPRINTABLE
from cardgen.richtext import parse, to_plain
from cardgen.richtext.write import NotWritableError, to_markdown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anki.collection import Collection
    from conftest import Ran

NOTES = [
    ("Basic", ["What is <b>this</b>?", 'A map<br>of it: <img src="map é.png">'], "Geo::Rivers", ["a::b", "leech"]),
    ("Basic (and reversed card)", ["die Quelle", "the source"], "Geo::Words", []),
    ("Basic (optional reversed card)", ["der Fluss", "the river", "y"], "Geo::Words", []),
    ("Basic (optional reversed card)", ["der See", "the lake", ""], "Geo::Words", []),
    ("Basic (type in the answer)", ["The capital?", "Vienna"], "Geo::Rivers", []),
    ("Cloze", ["The {{c1::Danube::river}} ends in the <i>{{c2::Black Sea}}</i>.", "Since long ago"], "Geo::Rivers", []),
    ("Basic", ["Said: [sound:fluss.mp3]", r"\(x^2\) &amp; &lt;y&gt;"], "Geo", []),
]
CARDS = {
    "Rivers": [
        {"id": "what-is-this", "kind": "basic", "front": "What is **this**?",
         "back": "A map\\\nof it: ![](media/map-e.png)", "tags": ["a::b"]},
        {"id": "the-capital", "kind": "typed", "front": "The capital?", "back": "Vienna"},
        {"id": "the-danube-ends-in-the-black-sea", "kind": "cloze",
         "text": "The {{c1::Danube::river}} ends in the *{{c2::Black Sea}}*.", "extra": "Since long ago"},
    ],
    "Words": [
        {"id": "die-quelle", "kind": "reversed", "front": "die Quelle", "back": "the source"},
        {"id": "der-fluss", "kind": "reversed", "front": "der Fluss", "back": "the river"},
        {"id": "der-see", "kind": "basic", "front": "der See", "back": "the lake"},
    ],
    "Geo": [{"id": "said-fluss-mp3", "kind": "basic", "front": "Said: ![](media/fluss.mp3)", "back": "$x^2$ & <y>"}],
}  # fmt: skip


def cards_of(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the cards of a deck's files by the titles of its sections."""
    files = [file for file in sorted(folder.glob("*.yaml")) if file.name != "deck.yaml"]
    read = [yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) for file in files]
    return {section["title"]: section["cards"] for section in read}


@pytest.fixture
def full(anki: Collection) -> Collection:
    """Return a collection with a note of each of Anki's own types."""
    anki.media.write_data("map é.png", png(1))
    anki.media.write_data("fluss.mp3", b"sound")
    for kind, fields, deck, tags in NOTES:
        note = anki.new_note(anki.models.by_name(kind))
        note.fields, note.tags = fields, tags
        anki.add_note(note, anki.decks.id(deck))
    return anki


@pytest.mark.parametrize("old", [False, True])
def test_what_anki_exports_becomes_cards_of_our_kinds(old: bool, full: Collection, tmp_path: Path) -> None:
    from anki.collection import ExportAnkiPackageOptions

    options = ExportAnkiPackageOptions(with_scheduling=True, with_media=True, legacy=old)
    full.export_anki_package(out_path=str(tmp_path / "geo.apkg"), options=options, limit=None)
    brought = bring(tmp_path / "geo.apkg", tmp_path / "decks" / "geo")
    assert (brought.notes, brought.cards, brought.media, brought.refused, brought.lost) == (7, 7, 2, (), ())
    assert cards_of(brought.folder) == CARDS
    assert (brought.folder / "media" / "map-e.png").read_bytes() == png(1)
    assert load_decks(tmp_path / "decks").diagnostics == ()


def test_a_whole_collection_becomes_the_same(full: Collection, tmp_path: Path) -> None:
    full.export_collection_package(str(tmp_path / "all.colpkg"), include_media=True, legacy=False)
    assert cards_of(bring(tmp_path / "all.colpkg", tmp_path / "decks" / "geo").folder) == CARDS
    full.reopen(after_full_sync=False)


def test_cards_that_nobody_has_learnt_stay_in_the_order_of_their_queue(full: Collection, tmp_path: Path) -> None:
    from anki.collection import ExportAnkiPackageOptions

    queue = {cid: place for place, cid in enumerate(sorted(full.find_cards("deck:Geo::Words"), reverse=True), 1)}
    for cid, place in queue.items():
        card = full.get_card(cid)
        card.due = place
        full.update_card(card)
    full.export_anki_package(out_path=str(tmp_path / "geo.apkg"), options=ExportAnkiPackageOptions(), limit=None)
    brought = bring(tmp_path / "geo.apkg", tmp_path / "decks" / "geo")
    assert [card["id"] for card in cards_of(brought.folder)["Words"]] == ["der-see", "der-fluss", "die-quelle"]


def test_a_deck_that_was_brought_over_is_imported_by_anki(
    full: Collection, tmp_path: Path, cardgen: Callable[..., Ran]
) -> None:
    from anki.collection import ExportAnkiPackageOptions

    options = ExportAnkiPackageOptions(with_media=True, legacy=False)
    full.export_anki_package(out_path=str(tmp_path / "geo.apkg"), options=options, limit=None)
    assert cardgen("import", "geo.apkg").code == 0
    assert cardgen("build", "geo", "--format", "apkg").code == 0
    log = imported(full, tmp_path / "dist" / "geo.apkg")
    assert log == {"new": 7}


# Fields

FIELDS = [
    ("a &amp; b&nbsp;&nbsp;c", "a & b c"),
    ("<div>one</div><div>two<br></div><div><br></div>", "one\n\ntwo"),
    ("<ul><li>a<ul><li>b</li></ul></li><li>c</ul>", "- a\n  - b\n- c"),
    ("<ol start=3><li>x</ol>", "3. x"),
    ("<b>1</b><b>.</b> and <b>two </b><i>x</i>", "**1.** and **two** *x*"),
    ("x<sup>2</sup> H<sub>2</sub>O", "x^2^ H~2~O"),
    ('<span style="font-weight: bold; color: red">x</span>', "**x**"),
    ("<u>a</u> <mark>b</mark> <s>c</s>", "++a++ ==b== ~~c~~"),
    (r"\(a_1\) \[b\] [$]c[/$] <anki-mathjax block='true'>d</anki-mathjax>", "$a_1$ $$b$$ $c$ $$d$$"),
    ("<table><tr><th>a</th><th>b</th></tr><tr><td>c|d<td>e</table>", "| a | b |\n| --- | --- |\n| c\\|d | e |"),
    ("<pre>a\n  b</pre>", "```\na\n  b\n```"),
    (r"<code>a\(b\)</code>", r"`a\(b\)`"),
    ('<a href="https://example.org/(x)"><b>w</b></a>', "[**w**](<https://example.org/(x)>)"),
    ("<a href='javascript:alert(1)'>w</a>", "w"),
    ("- no list<br>5. x<br>*star*", "\\- no list\\\n5\\. x\\\n\\*star\\*"),
    ("<ruby>漢字<rp>(</rp><rt>かんじ</rt></ruby>", "{漢字|かんじ}"),
    ("<dl><dt>a</dt><dd>b</dd><dd><ul><li>c</ul></dd></dl>", "a\n: b\n: - c"),
    ('<img src="a.png" width="60%">', "![](a.png){width=60%}"),
    ("<script>alert(1)</script>x", "x"),
    ("a<!-- b -->c", "ac"),
    ("<b>open <div>in</div>", "**open**\n\n**in**"),
    ("<ul><li>a</li>beside <b>it</b><li>b</li></ul>", "- a\\\n  beside **it**\n- b"),
    (
        "<table><tr><td>a<br><img src='p.png'></td><td><ul><li>b<li>c</ul></td></tr></table>",
        "|  |  |\n| --- | --- |\n| a ![](p.png) | b; c |",
    ),
    ("[latex]$a^2$[/latex] [latex]\\begin{displaymath}b\\end{displaymath}[/latex]", "$a^2$ $$b$$"),
]


@pytest.mark.parametrize(("html", "markdown"), FIELDS)
def test_a_field_becomes_the_markdown_of_what_is_seen(html: str, markdown: str) -> None:
    assert to_markdown(read_html(html).tree) == markdown


@pytest.mark.parametrize(
    ("html", "lost"),
    [
        ('<font color="red" size=3>x</font>', {"colours": 1, "sizes of letters": 1}),
        ("<h2>x</h2>", {"headings, now in bold": 1}),
        ('<img src="gone.png">x', {"pictures without a file": 1}),
        ("<svg><path/></svg>x", {"<path>": 1, "<svg>": 1}),
        ('<div style="display:none">x</div>y', {"hidden text": 1}),
        ("<table><tr><td colspan=2>a<td>b</table>", {"merged cells": 1}),
        ("[anki:tts lang=en_US]x[/anki:tts]y", {"speech": 1}),
        ("[latex]two $x$ and $y$[/latex]", {"documents of LaTeX, left as they were typed": 1}),
        ("a\x07b\u2028c\ud800", {"control characters": 3}),
        ("<ul><li>a" * 9 + "</ul>" * 9, {"lists deep inside others, now paragraphs": 1}),
    ],
)
def test_what_is_left_out_is_counted(html: str, lost: dict[str, int]) -> None:
    assert dict(+read_html(html, lambda _: None).lost) == lost


TAGS = ("b", "i", "div", "ul", "li", "td", "tr", "table", "sub", "code", "pre", "u", "a")
PIECES = st.sampled_from(
    [f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS] + [*"ab*_-`$~^|\\"]
    + ["<br>", "&lt;", "&nbsp;", "1. ", "\\(", "\\)", "[sound:a.mp3]", "<img src=a.png>", "{{c1::", "}}"]
    + ["<a href=https://e.org>"]
)  # fmt: skip


@given(st.lists(PIECES | st.just(" ") | st.text(max_size=3), max_size=20).map("".join))
def test_any_html_becomes_a_tree_and_what_is_written_of_it_is_the_same(html: str) -> None:
    tree = read_html(html).tree
    try:
        markdown = to_markdown(tree)
    except NotWritableError:
        return
    assert parse(markdown) == tree


@given(st.text(max_size=60).filter(lambda text: not UNPRINTABLE.search(text)))
def test_text_of_ours_survives_its_own_html(text: str) -> None:
    """What Anki's fields hold of ours is read back as the words that it had."""
    tree = parse(text)
    back = read_html(to_html(tree)).tree
    assert to_plain(back).split() == to_plain(tree).replace("\xa0", " ").split() or "\\" in text or "$" in text


# Templates


def test_conditions_and_tags_decide_what_a_side_shows() -> None:
    from cardgen.anki.reading import FoundNoteType, FoundTemplate

    front = '{{#A}}<p class="{{B}}">{{A}}</p>{{/A}}{{^A}}{{C}}{{/A}}<script>{{B}}</script>'
    kind = FoundNoteType(1, "x", ("A", "B", "C"), (FoundTemplate("1", front, "{{FrontSide}}{{hint:B}}"),), "", False, 0)
    (filled,) = sides(kind, {"A": "a", "B": "b", "C": "c"}, tagged=False)
    assert [[shown.field for shown in side] for side in filled] == [["A"], ["B"]]
    (empty,) = sides(kind, {"A": "<br>", "B": "b", "C": "c"}, tagged=False)
    assert [[shown.field for shown in side] for side in empty] == [["C"], ["B"]]
    assert list(sides(kind, {"A": "", "B": "b", "C": ""}, tagged=False)) == []


def test_a_back_that_adds_readings_to_what_the_front_asks_shows_them() -> None:
    from cardgen.anki.reading import FoundNoteType, FoundTemplate

    template = FoundTemplate("1", "{{kanji:A}}{{kanji:B}}", "{{furigana:A}}{{furigana:B}}{{C}}")
    kind = FoundNoteType(1, "x", ("A", "B", "C"), (template,), "", False, 0)
    (card,) = sides(kind, {"A": "山[やま]", "B": "none", "C": "c"}, tagged=False)
    assert [shown.field for shown in card.back] == ["A", "C"]


# What Markdown has no form for


@pytest.mark.parametrize(
    ("html", "markdown", "lost"),
    [
        ("<ul><li>x<b>,</b>y<li><b>whole</b></ul>", "- x,y\n- **whole**", {"styles in the middle of words": 1}),
        (
            "<ul><li><ruby>３<rt>さん</rt></ruby><li><b>whole</b></ul>",
            "- ３(さん)\n- **whole**",
            {"readings over letters and digits, now in brackets": 1},
        ),
    ],
)
def test_one_text_without_a_form_costs_the_others_nothing(html: str, markdown: str, lost: dict[str, int]) -> None:
    counted: Counter[str] = Counter()
    assert to_markdown(plainer(read_html(html).tree, counted)) == markdown
    assert dict(counted) == lost


@given(st.lists(PIECES, max_size=20).map("".join))
def test_any_html_can_be_written_without_what_has_no_form(html: str) -> None:
    tree = plainer(read_html(html).tree, Counter())
    assert parse(to_markdown(tree)) == tree


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("1. first<br>2. {{c1::second}}", "1\\. first\\\n2\\. {{c1::second}}"),
        ("a* b_ *{{c1::x_y::h|i}}* [z]", "a\\* b\\_ \\*{{c1::x\\_y::h\\|i}}\\* \\[z\\]"),
    ],
)
def test_marks_of_gaps_stay_where_other_marks_are_escaped(html: str, text: str) -> None:
    assert to_markdown(read_html(html).tree, gaps=True) == text


# Files


@given(
    st.text(max_size=30)
    | st.lists(st.sampled_from([*"a1 .:#-'\"[]{}&*!|>%@`?~=\\\n", "yes", ": ", " #", "5 mg", "1:30"])).map("".join)
)
def test_any_text_stays_a_text_in_a_file(text: str) -> None:
    """Written by us where PyYAML's way is plain to see, else by it: both read the same back, and no number or truth."""
    written_text = "".join(char for char in text if not UNPRINTABLE.match(char))
    file = card_file("x", [{"id": "a", "front": written_text, "tags": [written_text]}])
    assert yaml.safe_load(file)["cards"] == [{"id": "a", "front": written_text, "tags": [written_text]}]


# Tables


@pytest.mark.parametrize(
    ("name", "text", "cards"),
    [
        ("a.csv", "front,back\n1,one\n2,two\n", [("1", "one"), ("2", "two")]),
        ("a.csv", "Frage;Antwort, lang\n", [("Frage", "Antwort, lang")]),
        ("a.txt", "the sun - a star - ours\nthe moon - none\n", [("the sun", "a star - ours"), ("the moon", "none")]),
        ("a.tsv", "la source\tthe source\n", [("la source", "the source")]),
        ("a.txt", "la source\tthe <b>source</b>\n", [("la source", "the <b>source</b>")]),
        ("a.txt", "#separator:tab\n#html:true\nQ\tan <b>answer</b>\n", [("Q", "an **answer**")]),
        ("a.csv", '"two\nlines",b\n', [("two\\\nlines", "b")]),
        ("a.csv", "\ufeffQ,1. no list\n", [("Q", "1\\. no list")]),
    ],
)
def test_a_table_becomes_a_card_a_row(name: str, text: str, cards: list[tuple[str, str]], tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (made,) = cards_of(bring(tmp_path / name, tmp_path / "decks" / "a").folder).values()
    assert [(card["front"], card["back"]) for card in made] == cards


def test_ankis_text_export_keeps_decks_tags_and_html(full: Collection, tmp_path: Path) -> None:
    full.export_note_csv(
        out_path=str(tmp_path / "notes.txt"), limit=None, with_html=True, with_tags=True, with_deck=True,
        with_notetype=True, with_guid=True,
    )  # fmt: skip
    made = cards_of(bring(tmp_path / "notes.txt", tmp_path / "decks" / "notes").folder)
    assert {title: len(cards) for title, cards in made.items()} == {"Rivers": 3, "Words": 3, "Geo": 1}
    assert made["Rivers"][0]["front"] == "What is **this**?"
    assert made["Rivers"][0]["tags"] == ["a::b"]


# CrowdAnki

MODEL = {
    "crowdanki_uuid": "m", "name": "Country", "type": 0, "css": "",
    "flds": [{"name": "Country", "ord": 0}, {"name": "Capital", "ord": 1}, {"name": "Flag", "ord": 2}],
    "tmpls": [
        {"name": "1", "ord": 0, "qfmt": "{{Country}}", "afmt": "{{FrontSide}}<hr>{{Capital}}{{Flag}}"},
        {"name": "2", "ord": 1, "qfmt": "{{#Flag}}{{Flag}}{{/Flag}}", "afmt": "{{FrontSide}}<hr>{{Country}}"},
    ],
}  # fmt: skip
CROWD = {
    "__type__": "Deck", "name": "World", "note_models": [MODEL], "notes": [],
    "children": [{
        "__type__": "Deck", "name": "Europe", "children": [], "note_models": [],
        "notes": [
            {"guid": "1", "note_model_uuid": "m", "fields": ["Austria", "Vienna", '<img src="a.png">'], "tags": []},
            {"guid": "2", "note_model_uuid": "m", "fields": ["Malta", "Valletta", ""], "tags": ["small island"]},
        ],
    }],
}  # fmt: skip


def test_a_folder_of_crowdanki_becomes_a_card_for_each_template(tmp_path: Path) -> None:
    written(tmp_path / "World", {"deck.json": json.dumps(CROWD), "media/a.png": png(2)})
    brought = bring(tmp_path / "World", tmp_path / "decks" / "world")
    assert cards_of(brought.folder) == {
        "Europe": [
            {"id": "austria", "kind": "basic", "front": "Austria", "back": "Vienna\n\n**Flag:** ![](media/a.png)"},
            {"id": "media-a-png", "kind": "basic", "front": "![](media/a.png)", "back": "Austria"},
            {"id": "malta", "kind": "basic", "front": "Malta", "back": "Valletta", "tags": ["small-island"]},
        ]
    }
    assert load_decks(tmp_path / "decks").diagnostics == ()


def test_notes_of_crowdanki_may_stand_in_a_file_beside_the_deck(tmp_path: Path) -> None:
    notes = [{"guid": "1", "note_model_uuid": "m", "fields": ["Malta", "Valletta", ""], "tags": []}]
    crowd = {**CROWD, "children": []}
    written(tmp_path / "World", {"deck.json": json.dumps(crowd), "notes.json": json.dumps(notes)})
    brought = bring(tmp_path / "World", tmp_path / "decks" / "world")
    assert [card["front"] for card in cards_of(brought.folder)["World"]] == ["Malta"]


# What cannot be brought over


def test_what_is_refused_stands_in_the_report(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Q,A\nno answer,\n{{c1::open,\n", encoding="utf-8")
    brought = bring(tmp_path / "a.csv", tmp_path / "decks" / "a")
    assert brought.refused == (
        ("no answer", "no field gives its back anything that is not on its front"),
        ("{{c1::open", "its gaps are not well formed: `{{c1::open` is not closed by `}}`"),
    )
    report = (brought.folder / "import-report.md").read_text(encoding="utf-8")
    assert "- `no answer`: no field gives its back anything that is not on its front" in report


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.apkg", b"no zip", "no Anki package (File is not a zip file)"),
        ("a.apkg", packed({"media": b"{}"}), "no Anki package (there is no collection in it)"),
        ("a.csv", b"\xff\xfe\xff", "is not UTF-8 (byte 3); save it as UTF-8"),
        ("a.csv", b"", "has no rows"),
        (
            "a.csv",
            b"only\none\n",
            "has one column: put a tab, a comma, a semicolon or a bar between front and back",
        ),
        ("a.csv", b"front,back\n", "has a header and no rows"),
        (
            "a.json",
            b"[1]",
            "is no deck of CrowdAnki's (a text, a list or an object stands where CrowdAnki writes another)",
        ),
        ("a.json", b"{}", "is no deck of CrowdAnki's (there is no `name` in it)"),
        (
            "a.json",
            b'{"name": "A", "notes": [{"note_model_uuid": "x"}]}',
            "is no deck of CrowdAnki's (a note is of a note type that is not in it)",
        ),
        (
            "a.json",
            b'{"name": "A", "children": [' * 60 + b"]}" * 60,
            "is no deck of CrowdAnki's (its decks lie too deep inside each other)",
        ),
        ("a.json", b"{", "is no JSON (Expecting property name enclosed in double quotes: line 1 column 2 (char 1))"),
        (
            "a.doc",
            b"x",
            "has the suffix .doc, and cardgen reads .apkg, .colpkg, .csv, .json, .markdown, .md, .tsv, .txt",
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name: str, content: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableSourceError) as raised:
        bring(tmp_path / name, tmp_path / "decks" / "a")
    assert str(raised.value) == why
    assert not (tmp_path / "decks").exists()


def test_control_characters_in_the_name_of_a_column_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("front,back,no\0te\nQ,A,N\n", encoding="utf-8")
    brought = bring(tmp_path / "a.csv", tmp_path / "decks" / "a")
    assert [card["back"] for card in cards_of(brought.folder)["a"]] == ["A\n\n**note:** N"]


def test_a_tag_is_no_longer_than_a_tag_may_be(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"front,back,tags\nQ,A,{'a' * 198}::b {'a' * 300}\n", encoding="utf-8")
    brought = bring(tmp_path / "a.csv", tmp_path / "decks" / "a")
    assert [card["tags"] for card in cards_of(brought.folder)["a"]] == [["a" * 198, "a" * 200]]
    assert load_decks(tmp_path / "decks").diagnostics == ()


def test_gaps_that_no_text_shows_are_none(tmp_path: Path) -> None:
    rows = "#separator:tab\n#html:true\nThe <!-- {{c1::sun}} --> star\t\nThe {{c1::sun}}\t\n"
    (tmp_path / "a.txt").write_text(rows, encoding="utf-8")
    brought = bring(tmp_path / "a.txt", tmp_path / "decks" / "a")
    assert brought.refused == (("The star", "its text has no gap"),)
    assert [card["text"] for card in cards_of(brought.folder)["a"]] == ["The {{c1::sun}}"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes in folders")
@pytest.mark.parametrize("name", ["a.apkg", "a.csv", "a.json", "a.md"])
def test_a_named_pipe_is_not_waited_for(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(UnreadableSourceError, match=r"^cannot be read \(it is neither a file nor a folder\)$"):
        bring(tmp_path / name, tmp_path / "decks" / "a")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    written(tmp_path, {"a.csv": "Q,A\n", "decks/a/deck.yaml": "mine"})
    with pytest.raises(UsageError, match="decks/a is not empty, and nothing is overwritten: name another folder"):
        bring(tmp_path / "a.csv", tmp_path / "decks" / "a")
    assert (tmp_path / "decks" / "a" / "deck.yaml").read_text() == "mine"


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path, cardgen: Callable[..., Ran]) -> None:
    (tmp_path / "a.csv").write_text("Q,A\nno answer,\n", encoding="utf-8")
    told = cardgen("import", "a.csv", "--dry-run")
    assert told.out == (
        "2 notes would become 1 card in 1 section, with no media: decks/a\n"
        "1 would not be brought over; import-report.md would say which and why\n"
    )
    assert not (tmp_path / "decks").exists()


def test_the_next_commands_are_told(tmp_path: Path, cardgen: Callable[..., Ran]) -> None:
    (tmp_path / "Two Words.csv").write_text("Q,A\n", encoding="utf-8")
    told = cardgen("import", "Two Words.csv")
    assert (told.code, told.out, told.err) == (
        0,
        "1 note became 1 card in 1 section, with no media: decks/two-words\n\n"
        "Next:\n  cardgen check two-words\n  cardgen preview two-words --open\n",
        "",
    )


def test_a_folder_that_no_deck_can_have_is_wrong_usage(tmp_path: Path, cardgen: Callable[..., Ran]) -> None:
    (tmp_path / "a.csv").write_text("Q,A\n", encoding="utf-8")
    refused = cardgen("import", "a.csv", "--into", "decks/My Deck")
    assert refused.code == 2
    assert "not 'My Deck'. Did you mean `my-deck`?" in refused.err


def test_a_package_leads_nowhere_outside_of_the_deck(tmp_path: Path) -> None:
    """Names of media are names, whatever they look like, and a folder's are only those in it."""
    crowd = json.loads(json.dumps(CROWD).replace("a.png", "../secret.png"))
    written(tmp_path / "w", {"deck.json": json.dumps(crowd), "secret.png": png(3), "media/x": b""})
    brought = bring(tmp_path / "w", tmp_path / "decks" / "w")
    assert (brought.media, dict(brought.lost)) == (0, {"pictures without a file": 2})


def test_a_file_that_a_package_of_ours_named_gets_its_name_back(tmp_path: Path) -> None:
    content = png(1)
    digest = hashlib.sha256(content).hexdigest()[:12]
    names = [f"map-{digest}.png", f"other-{'0' * 12}.png"]
    notes = [{"guid": name, "note_model_uuid": "m", "fields": [name, f'<img src="{name}">', ""]} for name in names]
    crowd = {**CROWD, "children": [], "notes": notes}
    written(tmp_path / "w", {"deck.json": json.dumps(crowd), **{f"media/{name}": content for name in names}})
    brought = bring(tmp_path / "w", tmp_path / "decks" / "w")
    assert [file for file in brought.files if file.startswith("media/")] == [
        "media/map.png", "media/other-000000000000.png",
    ]  # fmt: skip


def test_files_whose_names_become_the_same_stay_apart(tmp_path: Path) -> None:
    names = ["a!.png", "a-2.png", "a.png"]
    notes = [{"guid": name, "note_model_uuid": "m", "fields": [name, f'<img src="{name}">', ""]} for name in names]
    crowd = {**CROWD, "children": [], "notes": notes}
    files = {f"media/{name}": png(shade) for shade, name in enumerate(names)}
    written(tmp_path / "w", {"deck.json": json.dumps(crowd), **files})
    (cards,) = cards_of(bring(tmp_path / "w", tmp_path / "decks" / "w").folder).values()
    shown = [card["back"].removeprefix("![](").removesuffix(")") for card in cards]
    assert [(tmp_path / "decks" / "w" / path).read_bytes() for path in shown] == [png(0), png(1), png(2)]
