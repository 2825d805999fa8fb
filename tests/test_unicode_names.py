"""Names are the same whatever form of Unicode they were typed in, or the disk keeps them in."""

from __future__ import annotations

import unicodedata
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import FACETS, MINIMAL_CARDS, MINIMAL_DECK

from cardgen.build.builder import build_decks
from cardgen.build.compile import compile_collection
from cardgen.build.request import Request
from cardgen.diagnostics import as_text

if TYPE_CHECKING:
    from collections.abc import Callable

NFC = "Zürich"
NFD = unicodedata.normalize("NFD", NFC)
BOTH = pytest.mark.parametrize(
    ("one", "other"), [pytest.param(NFC, NFD, id="NFC and NFD"), pytest.param(NFD, NFC, id="NFD and NFC")]
)
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def test_the_two_forms_differ() -> None:
    assert NFC != NFD


def built(root: Path, out: Path, where: tuple[str, str] | None = None, names: tuple[str, ...] = ()) -> int:
    """Build and give the number of notes; there are no findings."""
    done = build_decks(Request(root, names=names, where=(where,) if where else (), formats=("csv",), out=out))
    assert as_text(done.diagnostics) == ""
    return sum(artefact.notes for artefact in done.artefacts)


@BOTH
def test_a_picture_is_found_in_folders_and_files_of_the_other_form(
    one: str, other: str, decks: Callable[..., Path]
) -> None:
    text = MINIMAL_CARDS.replace("This.", f"'![x](media/{one}/{one}.svg)'")
    root = decks({"demo/one.yaml": text, f"demo/media/{other}/{other}.svg": PICTURE})
    compiled = compile_collection(root)
    assert as_text(compiled.diagnostics) == ""
    assert [file.read() for file in compiled.media["demo"].values()] == [PICTURE]


@BOTH
def test_a_picture_of_another_name_is_proposed_in_the_form_of_the_others(
    one: str, other: str, decks: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = MINIMAL_CARDS.replace("This.", f"'![x](media/{one}s.svg)'")
    decks({"demo/one.yaml": text, f"demo/media/{other}.svg": PICTURE})
    monkeypatch.chdir(tmp_path)
    (found,) = (found for found in compile_collection(Path("decks")).diagnostics if found.code == "CG406")
    assert found.message == f"no file `media/{one}s.svg` in the deck's folder. Did you mean `media/{NFC}.svg`?"


@BOTH
@pytest.mark.parametrize("field", ["tags", "audience"])
def test_where_selects_what_was_typed_in_the_other_form(
    field: str, one: str, other: str, decks: Callable[..., Path], tmp_path: Path
) -> None:
    root = decks({"collection.yaml": FACETS, "demo/one.yaml": MINIMAL_CARDS + f"    {field}: {one}\n"})
    assert built(root, tmp_path, where=(field, other)) == 1


@BOTH
def test_a_facet_has_its_values_in_either_form(
    one: str, other: str, decks: Callable[..., Path], tmp_path: Path
) -> None:
    root = decks(
        {
            "collection.yaml": f"facets: {{audience: [{one}]}}\n",
            "demo/deck.yaml": f"{MINIMAL_DECK}variants: {{v: {{where: {{audience: {one}}}}}}}\n",
            "demo/one.yaml": MINIMAL_CARDS + f"    audience: {other}\n",
        }
    )
    assert built(root, tmp_path, where=("audience", other)) == 1


@BOTH
def test_a_source_is_cited_in_either_form(one: str, other: str, decks: Callable[..., Path], tmp_path: Path) -> None:
    sources = f"references: [{{id: {one}, type: book, title: T, publisher: P}}]\n"
    cards = MINIMAL_CARDS + f"    source: [{other}, {{id: {one}, locator: p. 1}}]\n"
    assert built(decks({"sources.yaml": sources, "demo/one.yaml": cards}), tmp_path) == 1


@BOTH
def test_a_deck_is_named_in_either_form(one: str, other: str, decks: Callable[..., Path], tmp_path: Path) -> None:
    root = decks()
    (root / "demo").rename(root / one)
    assert built(root, tmp_path / "dist", names=(other,)) == 1
    assert (tmp_path / "dist" / f"{NFC}.csv").is_file()


def test_a_tag_in_both_forms_is_one_tag(decks: Callable[..., Path]) -> None:
    compiled = compile_collection(decks({"demo/one.yaml": MINIMAL_CARDS + f"    tags: [{NFC}, {NFD}]\n"}))
    assert [note.card.tags for deck in compiled.decks for note in deck.notes] == [(NFC,)]


def test_two_sources_whose_ids_look_the_same_are_told(
    decks: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = "  - {{id: {}, type: book, title: T}}\n"
    decks({"sources.yaml": f"references:\n{entry.format(NFC)}{entry.format(NFD)}"})
    monkeypatch.chdir(tmp_path)
    assert as_text(compile_collection(Path("decks")).diagnostics) == cleandoc(f"""
        error[CG310]: `{NFC}` names an earlier source
          --> decks/sources.yaml:3:10
          3 |   - {{id: {NFD}, type: book, title: T}}
            |          ^^^^^^
          hint: Delete or rename one of them.

        1 error
    """)
