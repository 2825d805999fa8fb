"""CG620: texts that this version of cardgen reads otherwise are named once, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import artefacts, card_file
from findings import LEDGER_HEAD, NEW_YEAR, section

from cardgen.build.compile import compile_collection

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Digests as cardgen wrote them before it knew these marks.
LEDGER = f"""{LEDGER_HEAD}
a basic:0da94262f27d-3788af1b {NEW_YEAR} {NEW_YEAR}
b basic:311f94fc8708-fb10d34a {NEW_YEAR} {NEW_YEAR}
c cloze:275131debe57-d3a4814f {NEW_YEAR} {NEW_YEAR} {{"gaps": {{"1": "++very++ good"}}}}
"""
A = "id: a, kind: basic, front: Q, back: It is ==very== good."
B = "id: b, kind: basic, front: Q 2, back: x==y and ==z"
C = "id: c, kind: cloze, text: 'It is {{c1::++very++ good}}.'"


def reread(root: Path) -> list[str]:
    return [str(found.place)[-6:] for found in compile_collection(root).diagnostics if found.code == "CG620"]


def test_texts_that_got_another_meaning_are_named_at_their_marks(decks: Callable[..., Path]) -> None:
    assert reread(decks(section(A, B, C) | {"demo/ledger.txt": LEDGER})) == ["l:3:48", "l:5:45"]


@pytest.mark.parametrize(
    "back",
    [r"It is \==very== good.", "It is ==very== bad.", "It is **very** good."],
    ids=["escaped", "edited", "bold"],
)
def test_what_its_author_has_changed_since_is_not(back: str, decks: Callable[..., Path]) -> None:
    assert reread(decks(section(f"id: a, kind: basic, front: Q, back: '{back}'") | {"demo/ledger.txt": LEDGER})) == []


def test_a_new_card_is_not(decks: Callable[..., Path]) -> None:
    assert reread(decks(section(A.replace("id: a", "id: new"), B, C) | {"demo/ledger.txt": LEDGER})) == ["l:5:45"]


def test_after_the_next_build_nothing_is(decks: Callable[..., Path], tmp_path: Path) -> None:
    root = decks(section(A, B, C) | {"demo/ledger.txt": LEDGER})
    artefacts(root, tmp_path / "dist", "csv")
    assert reread(root) == []


# As cardgen wrote it before, of cards whose backs are the texts.
EARLIER = f"""{LEDGER_HEAD}
d basic:31487ad00faf-074d8d73 {NEW_YEAR} {NEW_YEAR}
e basic:22dab7f1929e-8707aff3 {NEW_YEAR} {NEW_YEAR}
f basic:d6e157aaa2fb-3edcd116 {NEW_YEAR} {NEW_YEAR}
g basic:44a38661196e-13edad06 {NEW_YEAR} {NEW_YEAR}
h basic:b860a0ab86df-6d560060 {NEW_YEAR} {NEW_YEAR}
"""
BACKS = {
    "d": "Preload\n: stretch",
    "e": "```python\nx = 1\n```",
    "f": "{水|みず}",
    "g": "![x](a.png){width=5%}",
    "h": "a ++much++",
}


def test_each_mark_that_has_come_is_named_as_what_it_is(decks: Callable[..., Path]) -> None:
    cards = [{"id": name, "kind": "basic", "front": f"Q {name}", "back": back} for name, back in BACKS.items()]
    files: dict[str, str | bytes | None] = {
        "demo/one.yaml": card_file("One", cards),
        "demo/a.png": b"\x89PNG\r\n\x1a\n",
        "demo/ledger.txt": EARLIER,
    }
    messages = [found.message for found in compile_collection(decks(files)).diagnostics if found.code == "CG620"]
    assert [message.partition(", and was not")[0] for message in messages] == [
        "`: stretch` is read as a definition of the term above it",
        "````python` is read as code with its parts told apart",
        "`{水|みず}` is read as characters with a reading",
        "`{width=5%}` is read as the width of the picture before it",
        "`++much` is read as an underline",
    ]
