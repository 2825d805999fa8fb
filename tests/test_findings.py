"""What is wrong in files is named at its place, in the order of the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import MINIMAL_CARDS
from findings import FACETS, SOURCES, Files, deck, found_in, section
from hypothesis import given
from hypothesis import strategies as st

from cardgen.check import kinds
from cardgen.diagnostics import (
    CATALOGUE,
    Diagnostic,
    Place,
    in_file_order,
    quoted,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random


@pytest.mark.parametrize(
    ("files", "findings"),
    [
        pytest.param(
            {"demo/one.yaml": "- a\n- b\n"},
            [("CG203", "demo/one.yaml:1:1", "the file must be a mapping of fields, not a list")],
            id="a list where a mapping belongs",
        ),
        pytest.param(
            {"demo/deck.yaml": "id: demo\ntitle: [Demo]\nsections: one\n"},
            [
                ("CG203", "demo/deck.yaml:2:8", "`title`: must be text, not a list"),
                ("CG203", "demo/deck.yaml:3:11", "`sections`: must be a list, not `one`"),
            ],
            id="a list for a text and a text for a list",
        ),
        pytest.param(
            section("id: a, kind: [basic]", "id: b, kind: {a: b}", "id: c"),
            [
                ("CG204", "demo/one.yaml:3:19", f"`kind`: must be one of {quoted(kinds())}, not a list"),
                ("CG204", "demo/one.yaml:4:19", f"`kind`: must be one of {quoted(kinds())}, not a mapping"),
                ("CG202", "demo/one.yaml:5:5", "missing field `kind` in card `c`"),
            ],
            id="no kind",
        ),
        pytest.param(
            FACETS
            | {
                "demo/one.yaml": MINIMAL_CARDS.replace(
                    "cards:", "defaults: {lang: '!', levle: core, level: []}\ncards:"
                )
            },
            [
                ("CG205", "demo/one.yaml:2:18", "`lang`: `!` does not have the right form"),
                ("CG201", "demo/one.yaml:2:23", "unknown field `levle` in `defaults`"),
                ("CG206", "demo/one.yaml:2:43", "`level`: must have 1 or more entries, not 0"),
            ],
            id="defaults",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A", "id: b, kind: basic, front: [Q], back: ''", "cards"),
            [
                ("CG203", "demo/one.yaml:4:33", "`front`: must be text, not a list"),
                ("CG206", "demo/one.yaml:4:44", "`back`: is empty"),
                ("CG202", "demo/one.yaml:5:5", "missing field `id` in `cards`"),
                ("CG202", "demo/one.yaml:5:5", "missing field `kind` in `cards`"),
            ],
            id="only the cards that are wrong, each at its own place",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, tags: [x, 'y z']"),
            [("CG205", "demo/one.yaml:3:55", "`tags`: `y z` does not have the right form")],
            id="one entry of a list",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, tags: {x: y}"),
            [("CG203", "demo/one.yaml:3:51", "`tags`: a mapping does not belong here")],
            id="neither a text nor a list",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, source: [abc, 'a b']") | SOURCES,
            [("CG205", "demo/one.yaml:3:59", "`source`: `a b` does not have the right form")],
            id="one id in a list of sources",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, source: {id: abc, locater: x}") | SOURCES,
            [
                ("CG201", "demo/one.yaml:3:63", "unknown field `locater` in entry `abc`"),
            ],
            id="a citation",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, source: [abc, {id: abc, locater: x}]") | SOURCES,
            [
                ("CG201", "demo/one.yaml:3:69", "unknown field `locater` in entry `abc`"),
            ],
            id="a citation in a list",
        ),
        pytest.param(
            deck("variants: {some: {where: {kind: [basic, clozee]}}}\n"),
            [("CG204", "demo/deck.yaml:4:41", f"`kind`: must be one of {quoted(kinds())}, not `clozee`")],
            id="one of several kinds",
        ),
        pytest.param(
            deck("variants: {Some Name: {where: {}}}\n"),
            [
                ("CG205", "demo/deck.yaml:4:12", "`Some Name` cannot be used as a name here"),
                ("CG206", "demo/deck.yaml:4:31", "`where`: must have 1 or more entries, not 0"),
            ],
            id="a variant's name and its choice",
        ),
        pytest.param(
            deck("preset: {desired_retention: 0.99, new_per_day: -1}\n"),
            [("CG206", "demo/deck.yaml:4:48", "`new_per_day`: must be 0 or more, not -1")],
            id="a number at its limit is no mistake beside another mistake",
        ),
        pytest.param(
            deck("", "[x], two") | {"demo/one.yaml": None},
            [
                ("CG203", "demo/deck.yaml:3:12", "`sections`: must be text, not a list"),
                ("CG304", "demo/deck.yaml:3:17", "no file two.yaml in {root}/demo"),
            ],
            id="a section that is missing after one that is no name",
        ),
        pytest.param(
            section('id: "a\\n", kind: basic, front: Q, back: A'),
            [("CG205", "demo/one.yaml:3:10", "`id`: `a` does not have the right form")],
            id="an id that ends with a line end",
        ),
        pytest.param(
            section('id: a, kind: definition, term: "T\\n", definition: D'),
            [("CG205", "demo/one.yaml:3:37", "`term`: `T` does not have the right form")],
            id="a line that ends with a line end",
        ),
        pytest.param(
            section("id: a, kind: statistic, question: Q, value: 1, compare: {a: x, b: 1e3}"),
            [
                ("CG203", "demo/one.yaml:3:66", "`a`: must be a number, not `x`"),
                ("CG203", "demo/one.yaml:3:72", "`b`: must be a number, not `1e3`"),
            ],
            id="figures that are no numbers",
        ),
        pytest.param(
            section("id: a, kind: choice, question: Q, options: [{text: A, right: yes}, {txet: B}]"),
            [
                ("CG203", "demo/one.yaml:3:67", "`right`: must be true or false, not `yes`"),
                ("CG201", "demo/one.yaml:3:74", "unknown field `txet` in `options`"),
            ],
            id="options",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, source: abc") | {"sources.yaml": "references: [\n"},
            [("CG106", "sources.yaml:1:13", "the bracket `[` that opens on line 1, column 13, is not closed")],
            id="cards are not blamed where the sources cannot be read",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, source: abc")
            | {"sources.yaml": "references:\n  - {id: abc, type: book, title: T, isbn: 1}\n"},
            [("CG201", "sources.yaml:2:37", "unknown field `isbn` in source `abc`")],
            id="cards are not blamed where a source is wrong",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: '![map](./media/map.png)'") | {"demo/media/map.png": b"x"},
            [],
            id="a picture named with a dot before its path is in use",
        ),
        pytest.param(
            section("id: a, kind: basic, front: '![m](/etc/m.png)', back: '![m](a/../../m.png) ![m](..\\m.png)'"),
            [
                ("CG407", "demo/one.yaml:3:33", "`/etc/m.png` leads out of the deck's folder"),
                ("CG406", "demo/one.yaml:3:59", "`..\\m.png` has a backslash, and paths use `/`: write `../m.png`"),
                ("CG407", "demo/one.yaml:3:59", "`a/../../m.png` leads out of the deck's folder"),
            ],
            id="pictures out of the deck's folder",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: '![m](https://example.org/m.png)'"),
            [
                (
                    "CG407",
                    "demo/one.yaml:3:42",
                    "`https://example.org/m.png` is not a path in the deck's folder; cards show nothing from a network",
                )
            ],
            id="a picture from a network",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, as_of: 2026-02-30, stale_after: 2026-02-31"),
            [
                ("CG308", "demo/one.yaml:3:52", "there is no day 2026-02-30"),
                ("CG308", "demo/one.yaml:3:77", "there is no day 2026-02-31"),
            ],
            id="days that do not exist are not compared",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, as_of: 0000"),
            [("CG308", "demo/one.yaml:3:52", "there is no day 0000")],
            id="a year that no calendar has",
        ),
        pytest.param(
            {
                "demo/one.yaml": MINIMAL_CARDS.replace("cards:", "defaults: {as_of: 2027}\ncards:")
                + "    stale_after: 2026-12-31\n"
            },
            [("CG307", "demo/one.yaml:8:18", "stale after 2026-12-31, but as of 2027")],
            id="a card is compared with its file's defaults",
        ),
        pytest.param(
            deck("", "one, two") | {"demo/two.yaml": MINIMAL_CARDS.replace("One", "Two")},
            [("CG303", "demo/two.yaml:3:9", "`first` is the id of an earlier card in {root}/demo/one.yaml")],
            id="an id given twice in two sections",
        ),
    ],
)
def test_what_is_wrong_is_named_at_its_place(
    files: Files, findings: list[tuple[str, str, str]], decks: Callable[..., Path]
) -> None:
    root = decks(files)
    named = [(code, place, message.replace("{root}", root.as_posix())) for code, place, message in findings]
    assert found_in(root) == named


@pytest.mark.parametrize(
    ("files", "place"),
    [
        pytest.param({"demo/deck.yaml": "id: demo\ntitle: ' '\nsections: [one]\n"}, "demo/deck.yaml:2:8", id="a deck"),
        pytest.param(
            {"demo/deck.yaml": "id: demo\ntitle: 'A:: ::B'\nsections: [one]\n"},
            "demo/deck.yaml:2:8",
            id="a level of a deck's name",
        ),
        pytest.param({"demo/one.yaml": MINIMAL_CARDS.replace("One", "' '")}, "demo/one.yaml:1:8", id="a section"),
    ],
)
def test_a_title_that_shows_nothing_is_refused(files: Files, place: str, decks: Callable[..., Path]) -> None:
    assert [where for _, where, _ in found_in(decks(files))] == [place]


def test_findings_are_in_the_order_of_files_lines_and_columns(decks: Callable[..., Path]) -> None:
    cards = "".join(f"  - {{id: c{number}, kind: basic, frnt: Q, bcak: A}}\n" for number in range(10))
    root = decks(
        {
            "zoo/deck.yaml": "id: zoo\ntitle: Zoo\nsections: [a]\nx: y\n",
            "zoo/a.yaml": MINIMAL_CARDS + "    x: y\n",
            "collection.yaml": "x: y\n",
            "sources.yaml": "x: y\n",
            "demo/one.yaml": f"title: One\ncards:\n{cards}",
        }
    )
    places = [place for _, place, _ in found_in(root)]
    per_card = [[f"{line}:27", f"{line}:36"] for line in range(3, 13)]
    assert places == [
        "collection.yaml:1:1",
        *[f"demo/one.yaml:{place}" for places in per_card for place in places],
        "sources.yaml:1:1",
        "sources.yaml:1:1",
        "zoo/a.yaml:7:5",
        "zoo/deck.yaml:4:1",
    ]


PLACES = st.one_of(st.none(), st.builds(Place, st.sampled_from("ab"), st.integers(0, 12), st.integers(0, 12)))


@given(
    found=st.lists(
        st.builds(Diagnostic, st.sampled_from(sorted(CATALOGUE)), st.sampled_from("xy"), PLACES), max_size=8
    ),
    random=st.randoms(use_true_random=False),
)
def test_the_order_of_findings_does_not_hang_on_the_order_of_finding(found: list[Diagnostic], random: Random) -> None:
    shuffled = random.sample(found * 2, 2 * len(found))
    assert in_file_order(shuffled) == in_file_order(found)
