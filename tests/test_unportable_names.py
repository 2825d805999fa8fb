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
