"""What an author has made is never replaced: a build and a preview know their own files."""

from __future__ import annotations

import os
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import MINIMAL_CARDS, Ran, written

from cardgen.build.release_notes import MARK

if TYPE_CHECKING:
    from collections.abc import Callable

MOVE = "Move, rename or delete the file, or write into another folder."
ELSEWHERE = "Name another file with --release-notes; the notes of an earlier build begin with a mark."
OTHER_CARDS = {"demo/one.yaml": MINIMAL_CARDS.replace("back: This.", "back: That.")}


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def refused(*files: str, hint: str = MOVE) -> Ran:
    """Return what a command says of files that are in its way."""
    parts = [
        cleandoc(f"""
            error[CG507]: this file is in the way, and cardgen has not made it
              --> {file}
              hint: {hint}
        """)
        for file in files
    ]
    count = "1 error" if len(files) == 1 else f"{len(files)} errors"
    return Ran(1, "", "\n\n".join([*parts, count]) + "\n")


@pytest.mark.parametrize("content", ["a,b\n", ""])
def test_a_file_of_an_artefacts_name_is_left_alone_and_nothing_is_written(
    content: str, decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    written(tmp_path, {"dist/demo.csv": content, "dist/demo.apkg": "mine"})
    before = contents(tmp_path)
    assert cardgen("build", "--format", "csv", "--format", "apkg") == refused("dist/demo.apkg", "dist/demo.csv")
    assert contents(tmp_path) == before


@pytest.mark.parametrize("content", ["", "[]", '{"name": "my app", "icons": []}', '{"version": 2, "artefacts": []}'])
def test_a_manifest_of_somebody_else_is_left_alone(
    content: str, decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    written(tmp_path, {"dist/manifest.json": content})
    before = contents(tmp_path)
    assert cardgen("build", "--format", "csv") == refused("dist/manifest.json")
    assert contents(tmp_path) == before


def test_a_link_of_an_artefacts_name_is_left_alone(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist/demo.csv").symlink_to("nowhere")
    assert cardgen("build", "--format", "csv") == refused("dist/demo.csv")
    assert (tmp_path / "dist/demo.csv").readlink() == Path("nowhere")


def test_a_pipe_of_an_artefacts_name_is_left_alone(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    (tmp_path / "dist").mkdir()
    os.mkfifo(tmp_path / "dist/demo.csv")
    assert cardgen("build", "--format", "csv") == refused("dist/demo.csv")


def test_an_artefact_that_was_edited_since_is_replaced(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    assert cardgen("build", "--format", "csv").code == 0
    artefact = tmp_path / "dist/demo.csv"
    built = artefact.read_bytes()
    artefact.write_text("saved by a spreadsheet")
    assert cardgen("build", "--format", "csv").code == 0
    assert artefact.read_bytes() == built


def test_without_its_manifest_an_artefact_is_known_as_long_as_it_is_what_would_be_built(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    assert cardgen("build").code == 0
    (tmp_path / "dist/manifest.json").unlink()
    assert cardgen("build").code == 0
    (tmp_path / "dist/manifest.json").unlink()
    decks(OTHER_CARDS)
    assert cardgen("build", "--format", "csv") == refused("dist/demo.csv")


@pytest.mark.parametrize("name", ["README.md", "decks/sources.yaml", "dist/demo.csv"])
def test_release_notes_replace_nothing_but_release_notes(
    name: str, decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    written(tmp_path, {"decks/sources.yaml": "references: []\n", "README.md": "# Mine\n"})
    assert cardgen("build", "--format", "csv").code == 0
    decks(OTHER_CARDS)
    before = contents(tmp_path)
    assert cardgen("build", "--format", "apkg", "--release-notes", name) == refused(name, hint=ELSEWHERE)
    assert contents(tmp_path) == before


def test_release_notes_replace_those_of_an_earlier_build(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    notes = tmp_path / "notes.md"
    notes.write_text(f"{MARK}\n\nedited since")
    assert cardgen("build", "--format", "csv", "--release-notes", "notes.md").code == 0
    assert notes.read_text() == f"{MARK}\n\n# What has changed\n\n## Demo\n\nFirst release: 1 note.\n"


@pytest.mark.parametrize("name", ["index.html", "app.css", "cards/card.js"])
def test_a_written_preview_replaces_no_page_of_somebody_else(
    name: str, decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    written(tmp_path, {f"site/{name}": "mine"})
    before = contents(tmp_path)
    assert cardgen("preview", "--output", "site") == refused(f"site/{name}")
    assert contents(tmp_path) == before


def test_a_written_preview_replaces_an_earlier_one(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    assert cardgen("preview", "--output", "site").code == 0
    first = contents(tmp_path / "site")
    written(tmp_path, {"site/app.css": "edited", "site/mine.txt": "mine"})
    decks(OTHER_CARDS)
    assert cardgen("preview", "--output", "site") == Ran(0, "site/index.html  (1 card)\n", "")
    second = contents(tmp_path / "site")
    changed = {name for name in second if second[name] != first.get(name)}
    assert (second["app.css"], changed) == (first["app.css"], {"index.html", "mine.txt"})
