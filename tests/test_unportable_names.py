"""Names that not every system takes or tells apart are told before somebody else has the decks."""

from __future__ import annotations

from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import MINIMAL_CARDS, MINIMAL_DECK

from cardgen.diagnostics import as_text
from cardgen.load import load_decks
from cardgen.read.names import trouble_on_windows, twins

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("CON", "it is the name of a device"),
        ("aux.svg", "it is the name of a device"),
        ("nul .tar.gz", "it is the name of a device"),
        ("Lpt1.yaml", "it is the name of a device"),
        ("com¹", "it is the name of a device"),
        ("map.", "it ends with a full stop or a space"),
        ("map ", "it ends with a full stop or a space"),
        ("why?.png", "it has a ?"),
        ("a:b", "it has a :"),
        ("a\\b", "it has a \\"),
        ("console", ""),
        ("com0", ""),
        ("lpt10.svg", ""),
        (".hidden", ""),
        ("a file (1) & more.png", ""),
        ("图片.png", ""),
    ],
)
def test_names_that_windows_refuses_are_known(name: str, trouble: str) -> None:
    assert trouble_on_windows(name) == trouble


def test_names_that_differ_in_capitals_alone_are_twins() -> None:
    assert list(twins(["map", "MAP", "maps", "Straße", "STRASSE", "a/b", "A/b"])) == [
        ("MAP", "map"),
        ("STRASSE", "Straße"),
        ("A/b", "a/b"),
    ]


def test_decks_sections_and_pictures_with_such_names_are_warned_of(
    decks: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = "![x](media/aux.svg) ![x](media/map.svg) ![x](media/Map.svg) ![x](why?/a.svg)"
    decks(
        {
            "demo/deck.yaml": MINIMAL_DECK.replace("one", "con"),
            "demo/con.yaml": MINIMAL_CARDS.replace("This.", f"'{texts}'"),
            "demo/one.yaml": None,
            "demo/media/aux.svg": PICTURE,
            "demo/media/map.svg": PICTURE,
            "demo/media/Map.svg": PICTURE,
            "demo/why?/a.svg": PICTURE,
            "Demo/deck.yaml": MINIMAL_DECK.replace("emo", "emo2"),
            "Demo/one.yaml": MINIMAL_CARDS,
        }
    )
    monkeypatch.chdir(tmp_path)
    hint = "Rename it, so that the decks can be used on every system."
    assert as_text(load_decks(Path("decks")).diagnostics) == cleandoc(f"""
        warning[CG131]: `demo` differs from decks/Demo in capitals alone
          --> decks/demo
          hint: {hint}

        warning[CG131]: Windows has no name `con.yaml`: it is the name of a device
          --> decks/demo/con.yaml
          hint: {hint}

        warning[CG131]: Windows has no name `aux.svg`: it is the name of a device
          --> decks/demo/media/aux.svg
          hint: {hint}

        warning[CG131]: `map.svg` differs from decks/demo/media/Map.svg in capitals alone
          --> decks/demo/media/map.svg
          hint: {hint}

        warning[CG131]: Windows has no name `why?`: it has a ?
          --> decks/demo/why?
          hint: {hint}

        5 warnings
    """)


# macOS and Windows find files in other capitals; whether decks are right must not depend on that.


def test_a_picture_goes_by_its_capitals_on_every_system(decks: Callable[..., Path]) -> None:
    cards = MINIMAL_CARDS.replace("This.", '"![x](media/map.svg) ![x](Plans/a.svg)"')
    root = decks({"demo/one.yaml": cards, "demo/media/Map.svg": PICTURE, "demo/plans/a.svg": PICTURE})
    found = [diagnostic for diagnostic in load_decks(root).diagnostics if diagnostic.code == "CG406"]
    assert {diagnostic.message for diagnostic in found} == {
        "no file `media/map.svg` in the deck's folder. Did you mean `media/Map.svg`?",
        "no file `Plans/a.svg` in the deck's folder",
    }


def test_a_section_goes_by_its_capitals_on_every_system(decks: Callable[..., Path]) -> None:
    root = decks({"demo/one.yaml": None, "demo/One.yaml": MINIMAL_CARDS})
    assert [(found.code, found.hint) for found in load_decks(root).diagnostics] == [
        ("CG305", "Add it to `sections`, or move it away."),
        ("CG304", "Did you mean `One`?"),
    ]


def test_a_deck_whose_capitals_change_takes_its_artefacts_along(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks(
        {"demo/one.yaml": None, "demo/deck.yaml": None, "Demo/deck.yaml": MINIMAL_DECK, "Demo/one.yaml": MINIMAL_CARDS}
    )
    assert cardgen("build", "--format", "csv").code == 0
    (tmp_path / "decks/Demo").rename(tmp_path / "decks/demo")
    decks({"demo/one.yaml": MINIMAL_CARDS.replace("This.", "That.")})
    assert cardgen("build", "--format", "csv").code == 0
    assert sorted(file.name for file in (tmp_path / "dist").iterdir()) == ["demo.csv", "manifest.json"]
    assert b"That." in (tmp_path / "dist/demo.csv").read_bytes()
