"""Whatever text an author types, in any script: it goes through build and import, and the learner sees it as typed."""

from __future__ import annotations

import html
import re
import tempfile
import unicodedata
from contextlib import contextmanager
from pathlib import Path
from string import punctuation
from typing import TYPE_CHECKING, Any

from conftest import artefacts, card_file, imported, written
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cardgen.richtext import is_blank, literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anki.cards import Card
    from anki.collection import Collection

DECK = "id: demo\ntitle: Demo\nsections: [one]\nsubdecks: true\n"


@contextmanager
def learning(cards: list[dict[str, Any]], **section: str) -> Iterator[Collection]:
    """Build a deck of these cards, and give a collection of Anki's that has imported it."""
    from anki.collection import Collection

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        title = section.pop("title", "One")
        files = {"demo/deck.yaml": DECK, "demo/one.yaml": card_file(title, cards, **section)}
        package = artefacts(written(root / "decks", files), root / "dist", "apkg")["demo.apkg"]
        collection = Collection(str(root / "collection.anki2"))
        try:
            assert imported(collection, package) == {"new": len(cards)}
            yield collection
        finally:
            collection.close()


def cards_in(collection: Collection) -> list[Card]:
    return [collection.get_card(card_id) for card_id in collection.db.list("select id from cards order by due, ord")]


def sides(card: Card) -> tuple[str, str]:
    """Return the words of the question and of the answer on a card that Anki has rendered."""
    rendered = card.render_output().answer_text
    found = re.search(
        r'<div class="question">(.*)</div>\n<hr id="answer">\n<div class="body"><div class="answer">(.*?)</div></div>',
        rendered,
        re.DOTALL,
    )
    assert found is not None
    question, answer = (html.unescape(re.sub(r"<[^<>]*>", "", side)) for side in found.groups())
    return question, answer


def escaped(text: str) -> str:
    """Write text so that Markdown takes none of it for markup."""
    return "".join(f"\\{char}" if char in punctuation else char for char in text)


def composed(text: str) -> str:
    """Return text in Unicode's form NFC, as Anki keeps it; it looks the same."""
    return unicodedata.normalize("NFC", text)


# What YAML lets through on one line; everything else is a diagnostic.
characters = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff")
scripts = st.sampled_from(
    ["العربية", "हिन्दी", "日本語", "한국어", "ภาษาไทย", "עברית", "e\u0301", "👩🏽‍⚕️", "Ω≈ç", "İıẞß"]
)
pieces = st.lists(
    st.text(characters, max_size=8) | scripts | st.sampled_from([*punctuation, "{{c1::", "}}", "::", "&amp;"]),
    max_size=6,
)
lines = pieces.map("".join).map(str.strip).filter(lambda text: not is_blank(literal(text)))


@settings(max_examples=25)
@given(st.lists(st.tuples(lines, lines), min_size=1, max_size=20))
def test_a_text_that_is_escaped_arrives_as_it_was_typed(texts: list[tuple[str, str]]) -> None:
    cards = [
        {"id": f"card-{index}", "kind": "basic", "front": escaped(front), "back": escaped(back)}
        for index, (front, back) in enumerate(texts)
    ]
    with learning(cards) as collection:
        assert [sides(card) for card in cards_in(collection)] == [tuple(map(composed, sides)) for sides in texts]


unmarked = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff\\`*_~^$[]<&|{}"),
    max_size=12,
)
words = unmarked.map(str.strip).filter(
    lambda text: not is_blank(literal(text)) and re.match(r"(?:[-+]|[0-9]{1,9}[.)])(?:\s|$)", text) is None
)


@settings(max_examples=25)
@given(st.lists(st.tuples(words, words), min_size=1, max_size=20))
def test_a_text_without_markup_arrives_as_it_was_typed(texts: list[tuple[str, str]]) -> None:
    cards = [
        {"id": f"card-{index}", "kind": "reversed", "front": front, "back": back}
        for index, (front, back) in enumerate(texts)
    ]
    expected = {f"demo/card-{index}": [pair, pair[::-1]] for index, pair in enumerate(texts)}
    with learning(cards) as collection:
        found: dict[str, list[tuple[str, str]]] = {}
        for card in sorted(cards_in(collection), key=lambda card: int(card.ord)):
            found.setdefault(card.note()["ID"], []).append(sides(card))
        assert found == {
            note: [(composed(one), composed(other)) for one, other in pairs] for note, pairs in expected.items()
        }


# Anki itself makes a space of a no-break space, but only in an answer with an entity.
typed_lines = lines.filter(lambda text: "\u00a0" not in text)


@settings(max_examples=25)
@given(st.lists(typed_lines, min_size=1, max_size=20))
@example(["```", "-", "1.", "[x]"])
@example(["![x](y.png)"])
@example([r"\(x\)", "[sound:x.mp3]", "[[type:Front]]", "<b>&amp;</b>", "{{c1::x}}", "$x$ *y*", "&#91;", "a  b", "=1+1"])
def test_an_answer_that_is_typed_as_the_author_typed_it_counts_as_right(texts: list[str]) -> None:
    cards = [
        {"id": f"card-{index}", "kind": "typed", "front": "Type it.", "back": text} for index, text in enumerate(texts)
    ]
    with learning(cards) as collection:
        notes = [card.note() for card in cards_in(collection)]
        compared = [collection.compare_answer(note["Back"], text) for note, text in zip(notes, texts, strict=True)]
        assert [re.findall(r"class=(\w+)", marked) for marked in compared] == [["typeGood"]] * len(texts)


tags = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Z"), exclude_characters="\ufeff\ufffe\uffff\"'*:,"),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25)
@given(st.lists(st.lists(tags, min_size=1, max_size=3).map("::".join), min_size=1, max_size=6, unique_by=str.casefold))
def test_tags_in_any_script_arrive(texts: list[str]) -> None:
    card = {"id": "a", "kind": "basic", "front": "Q", "back": "A", "tags": texts}
    with learning([card]) as collection:
        (note_id,) = collection.find_notes("")
        assert sorted(collection.get_note(note_id).tags) == sorted(
            {"demo::section::one", *(composed(text) for text in texts)}
        )


titles = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters='\ufeff\ufffe\uffff":'),
    min_size=1,
    max_size=12,
).map(str.strip)


@settings(max_examples=25)
@given(titles.filter(lambda text: not is_blank(literal(text))))
def test_a_sections_title_in_any_script_names_its_deck_and_stands_on_its_cards(title: str) -> None:
    with learning([{"id": "a", "kind": "basic", "front": "Q", "back": "A"}], title=title) as collection:
        (card,) = cards_in(collection)
        assert collection.decks.name(card.did) == f"Demo::{composed(title)}"
        assert html.unescape(re.sub(r"<[^<>]*>", "", card.note()["Section"])) == composed(title)
