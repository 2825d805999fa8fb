"""Macros of a collection: put in place before anything else sees a formula, and never without an end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from conftest import artefacts, card_file
from hypothesis import given
from hypothesis import strategies as st

from cardgen.anki.html import to_html
from cardgen.kinds import kind_named
from cardgen.load import load_decks
from cardgen.richtext import parse
from cardgen.richtext.macros import MAX_LENGTH, MacroError, check_macro, expanded, with_macros

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MACROS = {
    "RR": r"\mathbb{R}",
    "norm": r"\lVert #1 \rVert",
    "frac": r"\cfrac{#1}{#2}",
    "bold": r"\mathbf#1",
    "al": r"\alpha",
    "twice": r"\norm{#1}\norm{#1}",
}


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"\RR", r"\mathbb{R}"),
        (r"x \in \RR^2", r"x \in \mathbb{R}^2"),
        (r"\RRR \\RR \R", r"\RRR \\RR \R"),
        (r"\norm{x+\norm y}", r"\lVert x+\lVert y \rVert \rVert"),
        (r"\norm \RR", r"\lVert \mathbb{R} \rVert"),
        (r"\norm{\}}", r"\lVert \} \rVert"),
        (r"\frac12", r"\cfrac{1}{2}"),
        (r"\bold x", r"\mathbf x"),
        (r"\bold{\al}x", r"\mathbf\alpha x"),
        (r"\al2\al b", r"\alpha2\alpha b"),
        (r"x^\RR_\al", r"x^{\mathbb{R}}_{\alpha}"),
        (r"x\_\al", r"x\_\alpha"),
        (r"\twice{\RR}", r"\lVert \mathbb{R} \rVert\lVert \mathbb{R} \rVert"),
        (r"{{c1::\norm{x}::\RR}}", r"{{c1::\lVert x \rVert::\mathbb{R}}}"),
        (r"\newcommand{\x}[1]{#1}", r"\newcommand{\x}[1]{#1}"),
    ],
)
def test_names_are_replaced_token_by_token(tex: str, plain: str) -> None:
    assert expanded(tex, MACROS) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"$\RR$ and `$\RR$` and \RR, $$\RR$$", r"$\mathbb{R}$ and `$\RR$` and \RR, $$\mathbb{R}$$"),
        ("- a\n\n  $$\n  \\RR\n  \\RR\n  $$", "- a\n\n  $$\n  \\mathbb{R}\n  \\mathbb{R}\n  $$"),
        ("```\n$\\RR$\n```\n\n$\\RR$", "```\n$\\RR$\n```\n\n$\\mathbb{R}$"),
        (r"\$\RR\$ costs $5 and $6", r"\$\RR\$ costs $5 and $6"),
        (r"**$\norm{x}$** {{c1::$\RR$::$\al$}}", r"**$\lVert x \rVert$** {{c1::$\mathbb{R}$::$\alpha$}}"),
    ],
)
def test_only_formulas_are_changed(text: str, plain: str) -> None:
    assert with_macros(text, MACROS) == plain


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        (r"\norm", r"`\norm` lacks an argument"),
        (r"{\norm}", r"`\norm` lacks an argument"),
        (r"\norm{x", r"the argument of `\norm` has no end"),
    ],
)
def test_what_cannot_be_put_in_place_is_refused(tex: str, message: str) -> None:
    with pytest.raises(MacroError, match=re.escape(message)):
        expanded(tex, MACROS)


@pytest.mark.parametrize(
    "macros",
    [
        {"a": r"\a"},
        {"a": r"x\b", "b": r"y\a"},
        {"a": r"\vec{\a}"},
        {"a": r"\a{#1#1}"},
        {"a0": "x" * 10, **{f"a{n}": rf"\a{n - 1}" * 2 for n in range(1, 60)}, "a": r"\b\b", "b": r"\c\c", "c": r"\a"},
    ],
)
def test_a_macro_without_an_end_is_refused_at_once(macros: dict[str, str]) -> None:
    with pytest.raises(MacroError, match="leads to itself"):
        check_macro("a", macros)


names = st.sampled_from(["a", "b", "c"])
bodies = st.lists(st.sampled_from(["\\a", "\\b ", "\\c{#1}", "#1", "#2", "{", "}", "x", "\\{", "^", "\\"]), max_size=5)


@given(macros=st.dictionaries(names, bodies.map("".join), max_size=3), text=bodies.map("".join))
def test_any_macros_come_to_an_end(macros: dict[str, str], text: str) -> None:
    try:
        tex = expanded(text, macros)
    except MacroError:
        return
    assert len(tex) <= 2 * MAX_LENGTH
    assert expanded(tex, {}) == tex


@given(st.text(st.sampled_from("a\\R{}$#1^ `\n*c:"), max_size=30))
def test_texts_without_macros_stay_as_they_are(text: str) -> None:
    assert with_macros(text, {"QQ": "x"}) == text


def test_a_formula_with_macros_is_that_without(decks: Callable[..., Path], tmp_path: Path) -> None:
    def packed(back: str, text: str, macros: str) -> bytes:
        cards = [
            {"id": "a", "kind": "basic", "front": "Q", "back": back},
            {"id": "b", "kind": "cloze", "text": text, "note": back},
            {"id": "c", "kind": "typed", "front": back, "back": r"$\RR$"},
        ]
        files: dict[str, str | bytes | None] = {
            "collection.yaml": macros,
            "demo/one.yaml": card_file("One", cards),
        }
        return artefacts(decks(files), tmp_path / "dist", "anki-csv")["demo.anki.csv"].read_bytes()

    with_names = packed(r"$\norm{x}$", r"In {{c1::$\RR$}}", "macros: {RR: '\\mathbb{R}', norm: '\\lVert #1 \\rVert'}\n")
    assert with_names == packed(r"$\lVert x \rVert$", r"In {{c1::$\mathbb{R}$}}", "title: T\n")


def test_a_macro_is_no_way_to_smuggle_anything(decks: Callable[..., Path]) -> None:
    files: dict[str, str | bytes | None] = {
        "collection.yaml": "macros: {x: '<img src=x onerror=alert(1)> \\) [sound:x.mp3] {{c1::y}}'}\n",
        "demo/one.yaml": card_file("One", [{"id": "a", "kind": "basic", "front": "Q", "back": r"$\x$"}]),
    }
    loaded = load_decks(decks(files))
    assert loaded.readable is not None
    (card,) = loaded.readable.decks[0].cards()
    rendered = to_html(parse(next(text.text for text in kind_named("basic").texts(card.content) if "$" in text.text)))
    assert re.search(r"<(?!span)|\[sound:|\{\{c1::", rendered) is None
