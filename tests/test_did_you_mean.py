"""Wrong names are answered with right ones, and what was received is shown short."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from conftest import MINIMAL_CARDS, Ran
from findings import FACETS, SOURCES, Files, deck, section

from cardgen.diagnostics import (
    did_you_mean,
    shortened,
)
from cardgen.load import load_decks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VARIANTS = deck("variants: {essentials: {where: {kind: basic}}, us-img: {where: {kind: basic}}}\n")


@pytest.mark.parametrize(
    ("files", "hint"),
    [
        pytest.param(section("id: a, kind: basic, front: Q, back: A, sorce: x"), "source", id="field of a card"),
        pytest.param(
            section("id: a, kind: process, title: T, steps: [{id: a, do: A, documnt: x}, {id: b, do: B}]"),
            "document",
            id="field of a step",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, levle: core") | FACETS, "level", id="facet of a card"
        ),
        pytest.param(deck("descripton: x\n"), "description", id="field of a deck"),
        pytest.param(deck("preset: {new_per_dya: 1}\n"), "new_per_day", id="field of a preset"),
        pytest.param(deck("variants: {a: {where: {levle: core}}}\n") | FACETS, "level", id="field of a selection"),
        pytest.param({"collection.yaml": "facet: {}\n"}, "facets", id="field of a collection"),
        pytest.param(
            {"sources.yaml": "references: [{id: a, type: book, title: T, url: x}]\n"}, "URL", id="field of a source"
        ),
        pytest.param(section("id: a, kind: defintion"), "definition", id="kind"),
        pytest.param(section("id: a, kind: Cloze"), "cloze", id="kind in capitals"),
        pytest.param(deck("variants: {a: {where: {kind: [basic, clozee]}}}\n"), "cloze", id="kind in a list of kinds"),
        pytest.param(section("id: a, kind: basic, front: Q, back: A, level: mroe") | FACETS, "more", id="facet value"),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, country: [ca]") | FACETS, "CA", id="facet value's case"
        ),
        pytest.param(deck("variants: {a: {where: {level: mor}}}\n") | FACETS, "more", id="facet value of a variant"),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, source: {id: ab, locator: x}") | SOURCES, "abc", id="source"
        ),
        pytest.param(deck("", "one, tow") | {"demo/two.yaml": MINIMAL_CARDS}, "two", id="section"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest_right_one(
    files: Files, hint: str, decks: Callable[..., Path]
) -> None:
    hints = [found.hint for found in load_decks(decks(files)).diagnostics]
    assert f"Did you mean `{hint}`?" in hints


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        ("check --deck Demo", "CG501", "Did you mean `demo`?"),
        ("build --deck demos", "CG501", "Did you mean `demo`?"),
        ("build --deck xyz", "CG501", "Choose from `demo`."),
        ("stats demos", "CG501", "Did you mean `demo`?"),
        ("build decks/demo", "CG501", "A deck goes by its name alone: `demo`."),
        ("list decks/demo/one.yaml", "CG501", "A deck goes by its name alone: `demo`."),
        ("build decks\\demo\\", "CG501", "A deck goes by its name alone: `demo`."),
        ("build decks", "CG501", "That is the folder of all decks: without a name, all of them are meant."),
        ("build essentials", "CG501", "It is a variant of `demo`: write `demo --variant essentials`."),
        ("build --variant esentials", "CG502", "Did you mean `essentials`?"),
        ("build --where level=cores", "CG506", "Did you mean `core`?"),
        ("build --where country=xyz", "CG506", "Choose from `US`, `CA`."),
        ("build --where kind=types", "CG506", "Did you mean `typed`?"),
    ],
)
def test_a_wrong_name_on_the_command_line_is_answered_with_the_nearest_right_one(
    arguments: str, code: str, hint: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks(FACETS | VARIANTS)
    found = cardgen(*arguments.split())
    assert (found.code, found.out) == (1, "")
    assert re.findall(r"^error\[(\w+)\]: .*\n  hint: (.*)$", found.err, re.MULTILINE) == [(code, hint)]


@pytest.mark.parametrize(
    ("wrong", "right", "hint"),
    [
        ("levle", ["level", "label"], "Did you mean `level`?"),
        ("ESSENTIALS", ["essentials"], "Did you mean `essentials`?"),
        ("us", ["US", "CA"], "Did you mean `US`?"),
        ("xyz", ["core", "more"], "Choose from `core`, `more`."),
        ("xyz", [f"word-{number}" for number in range(17)], ""),
        ("xyz", [], ""),
    ],
)
def test_words_are_offered_where_they_help(wrong: str, right: list[str], hint: str) -> None:
    assert did_you_mean(wrong, right) == hint


@pytest.mark.parametrize(
    ("received", "shown"),
    [
        ("short", "short"),
        ("two\n  lines", "two lines"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 59 + "…"),
        ("\x1b[31mred\u202e", "�[31mred�"),
    ],
)
def test_a_received_value_is_shown_short_and_harmless(received: str, shown: str) -> None:
    assert shortened(received) == shown
