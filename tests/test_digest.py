"""The digest of a note: it changes with everything that a learner can see, and with nothing else."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from conftest import FACETS, MINIMAL_DECK, card_file, written
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cardgen.anki.html import to_html
from cardgen.check import kinds
from cardgen.load import load_decks
from cardgen.notes import Note, compose, digests
from cardgen.richtext import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CARD: dict[str, Any] = {
    "id": "a",
    "kind": "basic",
    "front": "What is *it*?",
    "back": "This:\n\n- one `code`\n- two $x^2$\n\n![A dot](media/dot.svg)",
    "note": "A remark.",
    "tags": ["b", "a"],
    "source": [{"id": "book", "locator": "page 4"}],
    "as_of": "2026-06",
    "stale_after": "2027-06-30",
}
SOURCES = "references:\n  - {id: book, type: book, title: A book, publisher: A house}\n"
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><circle cx="2" cy="2" r="2"/></svg>'


@pytest.fixture
def digest_of(decks: Callable[..., Path]) -> Callable[..., str]:
    """Return the digest of the one note of a card like `CARD`; `files` replace those of its folder."""

    def make(files: dict[str, str] | None = None, section: str = "One", **changes: object) -> str:
        written: dict[str, str | bytes | None] = {
            "collection.yaml": FACETS,
            "sources.yaml": SOURCES,
            "demo/media/dot.svg": DOT,
            "demo/one.yaml": card_file(section, [CARD | changes]),
        }
        loaded = load_decks(decks(written | (files or {})))
        assert loaded.collection is not None, loaded.diagnostics
        deck = loaded.collection.decks[0]
        notes, media = compose(deck, loaded.collection.sources), loaded.media[deck.id]
        (found,) = digests(notes, lambda path: media[path].name).values()
        return found

    return make


@pytest.fixture(scope="module")
def plain_note(tmp_path_factory: pytest.TempPathFactory) -> Note:
    """Return a note to put other texts into."""
    card = {"id": "a", "kind": "basic", "front": "A", "back": "B"}
    files = {"demo/deck.yaml": MINIMAL_DECK, "demo/one.yaml": card_file("One", [card])}
    loaded = load_decks(written(tmp_path_factory.mktemp("plain"), files))
    assert loaded.collection is not None
    (note,) = compose(loaded.collection.decks[0], {})
    return note


@pytest.mark.parametrize(
    "changes",
    [
        {"front": "What is **it**?"},
        {"back": CARD["back"].replace("one", "One")},
        {"back": CARD["back"].replace("`code`", "code")},
        {"back": CARD["back"].replace("x^2", "x^3")},
        {"back": CARD["back"].replace("A dot", "A spot")},
        {"back": CARD["back"].replace("- one", "1. one").replace("- two", "2. two")},
        {"note": "Another remark."},
        {"tags": ["a", "c"]},
        {"level": "core"},
        {"source": ["book"]},
        {"as_of": "2026-05"},
        {"stale_after": "2027-06-29"},
        {"confidence": "secondary"},
        {"lang": "fr"},
        {"dir": "rtl"},
        {"section": "Two"},
        {"files": {"sources.yaml": SOURCES.replace("A house", "Another")}},
        {"files": {"demo/media/dot.svg": DOT.replace("r=", "fill='red' r=")}},
    ],
    ids=str,
)
def test_what_a_learner_can_see_changes_it(digest_of: Callable[..., str], changes: dict[str, Any]) -> None:
    assert digest_of() != digest_of(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"front": "What is _it_?"},
        {"back": CARD["back"].replace("- ", "* ")},
        {"tags": ["a", "b"]},
        {"lint_ignore": {"answer-too-long": "It must be."}},
        {"files": {"demo/deck.yaml": MINIMAL_DECK.replace("Demo", "Another title")}},
        {"files": {"demo/deck.yaml": MINIMAL_DECK + "description: Words about the deck.\n"}},
        {"files": {"sources.yaml": SOURCES.replace("A house}", "A house, custom: {grade: A}}")}},
    ],
    ids=str,
)
def test_what_no_field_shows_does_not_change_it(digest_of: Callable[..., str], changes: dict[str, Any]) -> None:
    assert digest_of() == digest_of(**changes)


def test_the_language_of_the_deck_changes_it_where_a_card_of_another_has_a_date(
    digest_of: Callable[..., str],
) -> None:
    card = {"id": "a", "kind": "basic", "front": "Q", "back": "A", "lang": "en", "as_of": "2026-06"}
    english = {"demo/one.yaml": card_file("One", [card])}
    french = english | {"demo/deck.yaml": MINIMAL_DECK + "language: fr\n"}
    assert digest_of(english) != digest_of(french)


def test_composed_and_decomposed_characters_are_the_same(digest_of: Callable[..., str]) -> None:
    text = "Größe, café, 각"
    decomposed = unicodedata.normalize("NFD", text)
    assert text != decomposed
    assert digest_of(front=text) == digest_of(front=decomposed)


# Texts that could run into each other if the digest joined them.
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"front": "a", "back": "b c"}, {"front": "a b", "back": "c"}),
        ({"front": "a", "back": '"],["paragraph","b'}, {"front": 'a"],["paragraph"', "back": "b"}),
        ({"front": r"\*a\*"}, {"front": "*a*"}),
        ({"tags": ["a", "b"]}, {"tags": ["a::b"]}),
        ({"note": "a", "as_of": "2026"}, {"note": "a 2026", "as_of": "2025"}),
    ],
)
def test_parts_stay_apart(digest_of: Callable[..., str], one: dict[str, Any], other: dict[str, Any]) -> None:
    assert digest_of(**one) != digest_of(**other)


FRAGMENTS = st.sampled_from(
    ["a", "b", " ", "\n", "\n\n", "*", "**", "`", "$", "^", "~", "- ", "1. ", "| a |\n|---|\n", "\\", "é", "e\u0301",
     "{{c1::", "{{c2::", "::", "}}", "[a](https://example.org/", ")", "![a](p)", "![a](q)"]
)  # fmt: skip


@settings(max_examples=300)
@given(parts=st.lists(FRAGMENTS, min_size=1, max_size=12), place=st.integers(0), other=FRAGMENTS, cloze=st.booleans())
def test_texts_that_look_different_have_different_digests(
    plain_note: Note, parts: list[str], place: int, other: str, cloze: bool
) -> None:
    place %= len(parts)
    trees = [parse("".join(text), gaps=cloze) for text in (parts, [*parts[:place], other, *parts[place + 1 :]])]
    fields = {unicodedata.normalize("NFC", to_html(tree)) for tree in trees}
    notes = [replace(plain_note, part=replace(plain_note.part, front=tree)) for tree in trees]
    hashes = {found for note in notes for found in digests([note], str).values()}
    assert len(hashes) >= len(fields)


KINDS: dict[str, dict[str, Any]] = {
    "basic": {"front": "A *b* `c` ~d~", "back": "- e\n- f\n\n| g | h |\n|---|--:|\n| i | j |"},
    "reversed": {"front": "A", "back": "B"},
    "typed": {"front": "A", "back": "*b*"},
    "cloze": {"text": "{{c1::A **b**::hint}} and $x + {{c2::y}}$", "extra": "1. c\n2. d"},
    "choice": {"question": "A?", "options": [{"text": "B", "right": True}, {"text": "C"}], "why": "D."},
    "definition": {"term": "A", "definition": "B", "not": {"term": "C", "differs": "D"}, "example": "E"},
    "statistic": {"question": "A?", "value": "1234", "unit": "b", "compare": {"C": "1234", "D": "30.0"}},
    "process": {"title": "A", "steps": [{"id": "one", "do": "B", "when": "2027-03"}, {"id": "two", "do": "C"}]},
    "framework": {
        "question": "A?",
        "wordings": ["B?"],
        "asks_for": "B",
        "moves": [{"id": "one", "cue": "E", "text": "C"}, {"id": "two", "cue": "F", "text": "D"}],
        "opening": "F",
        "trap": {"answer": "G", "flaw": "H", "better": "I"},
        "drill": True,
    },
    "story": {
        "title": "A *b*",
        "for": ["demo/choice", "demo/framework"],
        "beats": {"C": "D", "E": "- F\n- G"},
        "beat_seconds": {"E": 9},
        "seconds": 30,
    },
    "occlusion": {
        "image": "media/a.svg",
        "title": "A *b*",
        "masks": {
            "one": {"rect": [10, 20.5, 30, 40], "hides": "C **d**"},
            "two": {"polygon": [[1, 2], [3, 4], [5, 1]]},
        },
        "hide": "one",
        "extra": "E",
    },
}

# Digests stand in ledgers. If one of these changes, all notes like it take a new time, and learners' own edits of them
# are overwritten: raise RENDER_VERSION if that is meant, else keep the digest as it was.
KEPT = {
    "basic": "basic:be3c0c80bcc4-23679b0e",
    "reversed": "two-way:af5c97e20532-a8955b93",
    "typed": "typed:e720213183ba-5fda9d2f",
    "cloze": "cloze:07b9feed53dd-7d025daa",
    "choice": "basic:a79082e3932e-0a34b20a",
    "definition": "two-way:3ccd34010540-03641479",
    "definition/not": "basic:afbe147c39a0-077e5035",
    "statistic": "basic:5fd6f62e4876-8d64991c",
    "process": "basic:d88e44a39e3d-de8b3d6a",
    "process/one": "basic:1e13d077038c-1e5fce6d",
    "process/two": "basic:2ccf8d71ff1a-2d2e7a93",
    "framework": "basic:ee5a54c2cbd0-78785c6b",
    "framework/opening": "basic:6a6022fc24d0-b23b33b1",
    "framework/trap": "basic:e901fa1636f5-eb6bbc83",
    "framework/one": "basic:c94ee25ab99b-7b7f30b2",
    "framework/two": "basic:3cbae9a8b5da-2006712a",
    "story": "basic:ec0c703e2b61-95e3bb64",
    "story/demo--choice": "basic:6f73e3776f80-c28cb0d3",
    "story/demo--framework": "basic:6f73e3776f80-6d8f4792",
    "occlusion": "occlusion:71a35858f143-004425db",
}


def test_digests_stay_what_they_are(decks: Callable[..., Path]) -> None:
    assert set(KINDS) == set(kinds())
    cards = [{"id": kind, "kind": kind, **fields} for kind, fields in KINDS.items()]
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>'
    loaded = load_decks(decks({"demo/one.yaml": card_file("One", cards), "demo/media/a.svg": drawing}))
    assert loaded.collection is not None, loaded.diagnostics
    assert digests(compose(loaded.collection.decks[0], {}), str) == KEPT
