"""`breaks: true`: each line of a text stays a line, in Anki, in tables and in print."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import MINIMAL_DECK

from cardgen.anki.html import to_html
from cardgen.load import load_decks
from cardgen.richtext import parse
from cardgen.richtext.breaks import with_line_ends

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one", "one"),
        ("one\ntwo\n", "one<br>two"),
        ("one\ntwo\n\nthree\nfour", "<p>one<br>two</p><p>three<br>four</p>"),
        ("one  \ntwo", "one<br>two"),
        ("one\\\ntwo", "one<br>two"),
        ("**one\ntwo**", "<strong>one<br>two</strong>"),
        ("- a\n  b\n- c", "<ul><li>a<br>b</li><li>c</li></ul>"),
        ("so:\n- a\n- b", "<p>so:</p><ul><li>a</li><li>b</li></ul>"),
        ("```\none\ntwo\n```", "<pre><code>one\ntwo</code></pre>"),
        ("| a |\n|---|\n| b |", to_html(parse("| a |\n|---|\n| b |"))),
        ("$$\na\nb\n$$", to_html(parse("$$\na\nb\n$$"))),
        ("+ 5\n+ 6", "+ 5<br>+ 6"),
    ],
)
def test_line_ends_of_paragraphs_become_line_breaks_and_no_others(text: str, html: str) -> None:
    assert to_html(parse(with_line_ends(text))) == html


POEM = "one\ntwo"
CARDS = json.dumps(
    {
        "title": "T",
        "cards": [
            {"id": "a", "kind": "basic", "front": POEM, "back": POEM, "note": POEM},
            {
                "id": "b",
                "kind": "choice",
                "question": POEM,
                "options": [{"text": "x", "right": True}, {"text": "y"}],
                "why": POEM,
            },
        ],
    }
)


@pytest.mark.parametrize(
    ("collection", "deck", "kept"),
    [
        (None, "", False),
        ("breaks: true\n", "", True),
        (None, "breaks: true\n", True),
        ("breaks: true\n", "breaks: false\n", False),
    ],
)
def test_the_deck_says_whether_line_ends_are_kept_or_else_the_collection(
    collection: str | None, deck: str, kept: bool, decks: Callable[..., Path]
) -> None:
    more = f"description: |-\n  one\n  two\n{deck}"
    files = {"collection.yaml": collection, "demo/deck.yaml": MINIMAL_DECK + more, "demo/one.yaml": CARDS}
    loaded = load_decks(decks(files))
    assert loaded.diagnostics == ()
    assert loaded.collection is not None
    (found,) = loaded.collection.decks
    first, second = found.cards()
    basic: Any = first.content
    choice: Any = second.content
    shown = "one  \ntwo" if kept else POEM
    assert (basic.front, basic.back, first.note) == (shown, shown, shown)
    assert (choice.question, choice.why, choice.options[0].text) == (shown, shown, "x")
    assert found.description == shown
