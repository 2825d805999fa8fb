"""`cardgen check` of single files: what it finds is what a check of everything finds in them."""

from __future__ import annotations

import json
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import MINIMAL_CARDS, Ran

from cardgen.lint.run import CheckRequest, check
from cardgen.read.asked import asked

if TYPE_CHECKING:
    from collections.abc import Callable

WEAK = "title: One\ncards:\n  - {id: first, kind: basic, front: Describe it, back: This.}\n"
UNKNOWN_SOURCE = MINIMAL_CARDS + "    source: nowhere\n"
FLAWED = {
    "collection.yaml": "lint: lint.yaml\nlanguage: pt\n",
    "lint.yaml": "rules: {nothing-like-it: off}\n",
    "sources.yaml": "references:\n  - {id: a, type: book, title: A}\n  - {id: b, type: book, title: A, URL: ftp://b}\n",
    "demo/deck.yaml": "id: demo\ntitle: Demo\nsections: [one, two]\nvariants: {none: {where: {kind: typed}}}\n",
    "demo/one.yaml": WEAK,
    "demo/two.yaml": UNKNOWN_SOURCE.replace("One", "Two").replace("first", "second"),
    "demo/stray.yaml": MINIMAL_CARDS,
    "demo/media/unused.png": "no picture",
    "other/deck.yaml": "id: demo\ntitle: Demo\nsections: [one]\n",
    "other/one.yaml": MINIMAL_CARDS.replace("front", "fornt"),
}
"""Something wrong in every file, within and between decks."""


@pytest.mark.parametrize("file", FLAWED)
def test_a_file_has_the_findings_that_a_check_of_everything_has_for_it(file: str, decks: Callable[..., Path]) -> None:
    root = decks(FLAWED)
    path = (root / file).as_posix()
    everything = check(CheckRequest(root)).diagnostics
    expected = [found for found in everything if found.place is not None and found.place.file == path]
    assert expected != []
    assert list(check(CheckRequest(root, (path,))).diagnostics) == expected


def test_a_ledger_has_its_findings(decks: Callable[..., Path]) -> None:
    root = decks({"demo/ledger.txt": "nothing of a ledger\n"})
    found = check(CheckRequest(root, ((root / "demo/ledger.txt").as_posix(),)))
    assert [(finding.code, found.elsewhere) for finding in found.diagnostics] == [("CG601", 0)]


def test_a_ledger_that_errors_elsewhere_leave_unread_is_a_file_of_its_deck(decks: Callable[..., Path]) -> None:
    root = decks(FLAWED | {"demo/ledger.txt": "nothing of a ledger\n"})
    found = check(CheckRequest(root, ((root / "demo/ledger.txt").as_posix(),)))
    assert (found.diagnostics, found.elsewhere > 0) == ((), True)


def test_every_finding_has_a_file_by_which_it_is_found(decks: Callable[..., Path]) -> None:
    root = decks(FLAWED)
    paths = tuple((root / file).as_posix() for file in FLAWED)
    assert check(CheckRequest(root, paths)).diagnostics == check(CheckRequest(root)).diagnostics


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("decks/demo/one.yaml", "1 file, 1 card: no findings"),
        ("./decks/../decks/demo/one.yaml", "1 file, 1 card: no findings"),
        ("decks/demo/one.yaml decks/demo/deck.yaml", "2 files, 1 card: no findings"),
        ("demo decks/other/one.yaml", "2 files, 2 cards: no findings"),
        ("decks/demo", "1 deck, 1 card: no findings"),
        ("decks/demo/ other", "2 decks, 2 cards: no findings"),
        ("decks/", "2 decks, 2 cards: no findings"),
        (".", "2 decks, 2 cards: no findings"),
        ("decks/collection.yaml", "1 file, 0 cards: no findings"),
    ],
)
def test_what_is_asked_for_is_counted(
    words: str, said: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    other = {"other/deck.yaml": "id: other\ntitle: Other\nsections: [one]\n", "other/one.yaml": MINIMAL_CARDS}
    decks({"collection.yaml": "title: Mine\n", **other})
    assert cardgen("check", *words.split()) == Ran(0, f"{said}\n", "")


def test_errors_in_other_files_are_not_shown_and_are_told(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks({"other/deck.yaml": "- nothing\n"})
    said = "1 file: no findings; 1 error in other files of the decks may hide more\n"
    assert cardgen("check", "decks/demo/one.yaml") == Ran(0, said, "")


@pytest.mark.parametrize(
    ("word", "problem", "hint"),
    [
        ("decks/demo/on.yaml", "there is no such file", "Did you mean `one.yaml`?"),
        ("decks/dmo/one.yaml", "there is no such file", ""),
        ("decks/notes.yaml", "no deck has this file", ""),
        ("decks/demo/README.md", "no deck has this file", ""),
    ],
)
def test_a_file_that_no_deck_has_is_told(
    word: str, problem: str, hint: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks({"notes.yaml": "a: b\n", "demo/README.md": "# Demo\n"})
    way_out = "Name a card file of a deck's `sections`, or its deck.yaml, sources.yaml or collection.yaml."
    shown = f"error[CG508]: {problem}\n  --> {word}\n  hint: {hint or way_out}\n\n1 error\n"
    assert cardgen("check", word) == Ran(1, "", shown)


def test_a_name_beside_a_file_may_be_wrong_as_well(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks()
    shown = cleandoc("""
        error[CG501]: no deck `dmeo` in decks
          hint: Did you mean `demo`?

        1 error
    """)
    assert cardgen("check", "dmeo", "decks/demo/one.yaml") == Ran(1, "", f"{shown}\n")


def test_fixes_stay_in_the_files_that_are_named(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    spaced = MINIMAL_CARDS.replace("This.", "This  one.")
    decks({"demo/one.yaml": spaced, "other/deck.yaml": "id: o\ntitle: O\nsections: [one]\n", "other/one.yaml": spaced})
    fixed = cardgen("check", "decks/demo/one.yaml", "--fix", "--write")
    assert fixed == Ran(0, "1 file, 1 card: no findings\n", "decks/demo/one.yaml  (1 change)\n")
    assert (tmp_path / "decks/demo/one.yaml").read_text() == spaced.replace("  one", " one")
    assert (tmp_path / "decks/other/one.yaml").read_text() == spaced


def test_findings_of_a_file_have_the_same_forms_for_programs(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks({"demo/one.yaml": WEAK, "other/deck.yaml": "- nothing\n"})
    shown = cardgen("check", "decks/demo/one.yaml", "--output", "json")
    assert [finding["code"] for finding in json.loads(shown.out)["diagnostics"]] == ["S13"]


# Which folder of decks a file belongs to


@pytest.fixture
def two_collections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for place in ("decks", "elsewhere/flashcards"):
        for file, content in {
            "demo/deck.yaml": "id: demo\ntitle: D\nsections: [one]\n",
            "demo/one.yaml": MINIMAL_CARDS,
        }.items():
            path = tmp_path / place / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_is_of_the_nearest_decks_if_it_lies_there(two_collections: Path) -> None:
    assert asked(["decks/demo/one.yaml"], None).paths == ("decks/demo/one.yaml",)
    assert asked([str(two_collections / "decks/demo/one.yaml")], None).paths == ("decks/demo/one.yaml",)


def test_a_file_elsewhere_is_of_the_decks_around_it(two_collections: Path) -> None:
    here = asked(["elsewhere/flashcards/demo/one.yaml"], None)
    assert (here.root, here.paths) == (Path("elsewhere/flashcards"), ("elsewhere/flashcards/demo/one.yaml",))
    path = two_collections / "elsewhere/flashcards/demo/one.yaml"
    assert asked([str(path)], None).root == path.parents[1]


def test_a_file_in_the_working_directory_needs_no_folder(
    two_collections: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(two_collections / "decks/demo")
    assert asked(["one.yaml"], None).paths == ("../../decks/demo/one.yaml",)
    assert asked(["."], None).names == ("demo",)
    monkeypatch.chdir(two_collections / "elsewhere/flashcards/demo")
    assert asked(["one.yaml"], Path("..")).paths == ("../demo/one.yaml",)


def test_a_link_on_the_way_is_no_matter(two_collections: Path) -> None:
    (two_collections / "linked").symlink_to("decks")
    assert asked(["linked/demo/one.yaml"], Path("decks")).paths == ("decks/demo/one.yaml",)


@pytest.mark.parametrize("words", [["decks/demo/one.yaml", "elsewhere/flashcards/demo/one.yaml"], ["/one.yaml"]])
def test_files_of_two_collections_are_wrong_usage(
    words: list[str], two_collections: Path, cardgen: Callable[..., Ran]
) -> None:
    refused = cardgen("check", "--decks", "decks", *words, cwd=two_collections)
    problem = f"Error: `{words[-1]}` is not in the folder of decks decks"
    assert (refused.code, refused.out, refused.err.splitlines()[-1]) == (2, "", problem)


def test_other_capitals_are_those_of_the_disk_where_the_system_takes_them(two_collections: Path) -> None:
    given = "decks/demo/ONE.yaml"
    shown = "decks/demo/one.yaml" if (two_collections / given).exists() else given
    assert asked([given], None).paths == (shown,)
