"""Facets: what a collection declares, where cards and selections may state it, and what is said where they may not."""

from __future__ import annotations

from inspect import cleandoc
from typing import TYPE_CHECKING, Any

import pytest
from conftest import MINIMAL_CARDS, Ran
from findings import Files, deck, found_in, section

from cardgen.load import load_decks
from cardgen.notes import compose

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CARD = "id: a, kind: basic, front: Q, back: A"
WHERE = "variants: {a: {where: {specialty: surgery}}}\n"


def collection(facets: str, more: str = "") -> Files:
    return {"collection.yaml": f"facets: {facets}\n{more}"}


def test_a_facet_takes_the_values_of_its_list_or_any(decks: Callable[..., Path]) -> None:
    files = section(f"{CARD}, level: core, specialty: [Allgemeinmedizin, x/y]") | collection(
        "{level: [core, more], specialty: any}"
    )
    loaded = load_decks(decks(files)).collection
    assert loaded is not None
    (card,) = loaded.decks[0].cards()
    assert loaded.facets == {"level": ("core", "more"), "specialty": ()}
    assert card.facets == {"level": ("core",), "specialty": ("Allgemeinmedizin", "x/y")}


def test_a_card_states_the_facets_of_its_files_defaults(decks: Callable[..., Path]) -> None:
    files = {"demo/one.yaml": MINIMAL_CARDS.replace("cards:", "defaults: {level: core, topic: x}\ncards:")}
    files["demo/one.yaml"] += "    level: more\n"
    loaded = load_decks(decks(files | collection("{level: any, topic: any}"))).collection
    assert loaded is not None
    (note,) = compose(loaded.decks[0], {})
    assert note.card.facets == {"level": ("more",), "topic": ("x",)}
    assert note.tags == ("demo::section::one", "level::more", "topic::x")


@pytest.mark.parametrize(
    ("files", "shown"),
    [
        pytest.param(
            section(f"{CARD}, continent: Asia"),
            """
            error[CG330]: `continent` is no field of cards and no facet of the collection
              --> decks/demo/one.yaml:3:45
              3 |   - {id: a, kind: basic, front: Q, back: A, continent: Asia}
                |                                             ^^^^^^^^^
              hint: Did you mean `confidence`? If not, declare it in collection.yaml, with `any` or a list of values:
                facets:
                  continent: any

            1 error
            """,
            id="a facet that is a little like a field",
        ),
        pytest.param(
            section(f"{CARD}, topic: x", f"{CARD.replace('a,', 'b,', 1)}, topic: [x, y]") | collection("{level: any}"),
            """
            error[CG330]: `topic` is no field of cards and no facet of the collection
              --> decks/demo/one.yaml:3:45
              3 |   - {id: a, kind: basic, front: Q, back: A, topic: x}
                |                                             ^^^^^
              hint: To select cards by it, declare it in collection.yaml, with `any` or a list of values:
                facets:
                  topic: any

            1 error
            """,
            id="once for all cards of a file",
        ),
        pytest.param(
            deck(WHERE) | collection("{level: any}"),
            """
            error[CG330]: `specialty` is no field of cards and no facet of the collection
              --> decks/demo/deck.yaml:4:24
              4 | variants: {a: {where: {specialty: surgery}}}
                |                        ^^^^^^^^^
              hint: To select cards by it, declare it in collection.yaml, with `any` or a list of values:
                facets:
                  specialty: any

            1 error
            """,
            id="in a variant",
        ),
        pytest.param(
            {
                "collection.yaml": "lint: lint.yaml\n",
                "lint.yaml": "patterns:\n  - {id: own, message: M, match: x, where: {topic: y}}\n",
            },
            """
            error[CG330]: `topic` is no field of cards and no facet of the collection
              --> decks/lint.yaml:2:45
              2 |   - {id: own, message: M, match: x, where: {topic: y}}
                |                                             ^^^^^
              hint: To select cards by it, declare it in collection.yaml, with `any` or a list of values:
                facets:
                  topic: any

            1 error
            """,
            id="in a pattern of lint",
        ),
        pytest.param(
            collection("{Level: [core]}"),
            """
            error[CG205]: `Level` cannot be used as a name here
              --> decks/collection.yaml:1:10
              1 | facets: {Level: [core]}
                |          ^^^^^
              hint: Use small letters, digits and hyphens.

            1 error
            """,
            id="a name with a capital",
        ),
        pytest.param(
            collection("{level: core}"),
            """
            error[CG204]: `level`: must be one of `any`, not `core`
              --> decks/collection.yaml:1:17
              1 | facets: {level: core}
                |                 ^^^^
              hint: Write its values as a list, as in `level: [core]`, or `any`.

            1 error
            """,
            id="values that are no list",
        ),
    ],
)
def test_what_is_no_facet_is_told_with_the_way_to_declare_it(
    files: Files, shown: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks(files)
    assert cardgen("check") == Ran(1, "", f"{cleandoc(shown)}\n")


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("levle: core", "unknown field `levle` in card `a` of kind basic"),
        ("topic: two words", "unknown field `topic` in card `a` of kind basic"),
        ("Topic: x", "unknown field `Topic` in card `a` of kind basic"),
        ("unit: kg", "unknown field `unit` in card `a` of kind basic"),
    ],
)
def test_what_cannot_be_a_facet_is_an_unknown_field(field: str, message: str, decks: Callable[..., Path]) -> None:
    files = section(f"{CARD}, {field}") | collection("{level: any}")
    assert found_in(decks(files)) == [("CG201", "demo/one.yaml:3:45", message)]


@pytest.mark.parametrize(
    ("written", "findings"),
    [
        pytest.param(b"facets: {level: [core, more]\n", ["CG106"], id="a file that cannot be read"),
        pytest.param(b"facets: [level]\n", ["CG203"], id="no mapping"),
        pytest.param(b"facets: {level: [core, core]}\n", ["CG207"], id="values that do not fit"),
        pytest.param(b"facets: {Level: [core], level: any}\n", ["CG205"], id="another facet that does not fit"),
    ],
)
def test_no_card_is_blamed_for_facets_that_cannot_be_known(
    written: bytes, findings: list[str], decks: Callable[..., Path]
) -> None:
    files: dict[str, Any] = section(f"{CARD}, level: other") | deck("variants: {a: {where: {level: other}}}\n")
    found = load_decks(decks(files | {"collection.yaml": written})).diagnostics
    assert [diagnostic.code for diagnostic in found] == findings
