"""Artefacts of decks and variants that a collection no longer has leave the folder; nothing else does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import MINIMAL_CARDS, Ran, written

if TYPE_CHECKING:
    from collections.abc import Callable

VARIANTS = "variants: {core: {where: {kind: basic}}, plain: {where: {kind: basic}}}\n"
OTHER = {"other/deck.yaml": f"id: other\ntitle: Other\nsections: [one]\n{VARIANTS}", "other/one.yaml": MINIMAL_CARDS}


@pytest.fixture
def built(decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path) -> Path:
    """Build two decks with all variants, then forget one of them; return the folder of artefacts."""
    decks({"collection.yaml": "title: Mine\n", **OTHER})
    assert cardgen("build", "--all-variants", "--format", "csv").code == 0
    shutil.rmtree(tmp_path / "decks/other")
    return tmp_path / "dist"


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def listed(folder: Path) -> list[str]:
    return [entry["file"] for entry in json.loads((folder / "manifest.json").read_text())["artefacts"]]


def change_manifest(folder: Path, **change: Any) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    for entry in manifest["artefacts"]:
        entry.update(change)
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_those_of_a_deck_that_is_gone_leave(built: Path, cardgen: Callable[..., Ran]) -> None:
    assert names(built) == ["demo.csv", "manifest.json", "other-core.csv", "other-plain.csv", "other.csv"]
    again = cardgen("build", "--format", "csv")
    assert (again.code, again.err, again.out.splitlines()[1:]) == (
        0,
        "",
        [
            "dist/other-core.csv is removed: there is no deck `other` any more",
            "dist/other-plain.csv is removed: there is no deck `other` any more",
            "dist/other.csv is removed: there is no deck `other` any more",
        ],
    )
    assert (names(built), listed(built)) == (["demo.csv", "manifest.json"], ["demo.csv"])


def test_a_build_of_some_decks_keeps_those_of_the_others(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks(OTHER)
    assert cardgen("build", "--all-variants", "--format", "csv").code == 0
    before = names(tmp_path / "dist")
    assert cardgen("build", "demo", "--format", "csv").out.count("\n") == 1
    assert names(tmp_path / "dist") == before


def test_those_of_a_variant_that_is_gone_leave_once_its_deck_is_built(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks(OTHER)
    assert cardgen("build", "--all-variants", "--format", "csv").code == 0
    decks({**OTHER, "other/deck.yaml": OTHER["other/deck.yaml"].replace("core:", "essential:")})
    assert cardgen("build", "demo", "--format", "csv").out.count("\n") == 1
    said = "dist/other-core.csv is removed: there is no variant `core` any more"
    assert cardgen("build", "other", "--format", "csv").out.splitlines()[1:] == [said]
    assert names(tmp_path / "dist") == ["demo.csv", "manifest.json", "other-plain.csv", "other.csv"]


def test_one_package_of_several_decks_leaves_with_any_of_them(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks({"collection.yaml": "title: Mine\n", **OTHER})
    assert cardgen("build", "--all-in-one", "--format", "csv").code == 0
    shutil.rmtree(tmp_path / "decks/other")
    said = "dist/mine.csv is removed: there is no deck `other` any more"
    assert cardgen("build", "--format", "csv").out.splitlines()[1:] == [said]


def test_what_takes_the_place_of_one_that_is_gone_stays(
    built: Path, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks({"collection.yaml": "title: Other\n"})
    change_manifest(built, collection="Other")
    again = cardgen("build", "--all-in-one", "--format", "csv")
    assert again.out.splitlines()[0].startswith("dist/other.csv  (1 note")
    assert names(built) == ["demo.csv", "manifest.json", "other.csv"]


def test_those_of_another_collection_stay(built: Path, cardgen: Callable[..., Ran]) -> None:
    change_manifest(built, collection="Somebody else's")
    before = names(built)
    assert cardgen("build", "--format", "csv").out.count("\n") == 1
    assert names(built) == before


def test_one_that_was_edited_since_is_left_and_told(built: Path, cardgen: Callable[..., Ran]) -> None:
    (built / "other.csv").write_text("edited in a spreadsheet")
    said = "dist/other.csv was changed since it was built and is left there: there is no deck `other` any more"
    assert said in cardgen("build", "--format", "csv").out.splitlines()
    assert (names(built), listed(built)) == (["demo.csv", "manifest.json", "other.csv"], ["demo.csv"])


def test_a_link_in_place_of_one_is_left(built: Path, cardgen: Callable[..., Ran], tmp_path: Path) -> None:
    (built / "other.csv").rename(tmp_path / "moved.csv")
    (built / "other.csv").symlink_to("../moved.csv")
    assert cardgen("build", "--format", "csv").code == 0
    assert (built / "other.csv").readlink() == Path("../moved.csv")
    assert (tmp_path / "moved.csv").is_file()


@pytest.mark.parametrize(
    "name", ["../mine.txt", "sub/mine.txt", "sub\\mine.txt", "C:mine.txt", "..", "", "/etc/passwd"]
)
def test_a_manifest_names_no_file_elsewhere(
    name: str, built: Path, cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    """A folder of artefacts may come from somebody else, with a manifest that is made to have files removed."""
    written(tmp_path, {"mine.txt": "mine", "dist/sub/mine.txt": "mine"})
    entry = {"file": name, "collection": "Mine", "deck": "gone", "sha256": ""}
    (built / "manifest.json").write_text(json.dumps({"version": 1, "artefacts": [entry]}))
    assert cardgen("build", "--format", "pairs").code == 0
    assert [(tmp_path / file).read_text() for file in ("mine.txt", "dist/sub/mine.txt")] == ["mine", "mine"]
    assert all(not file.startswith("other") for file in listed(built))


def test_a_build_that_fails_removes_nothing(
    built: Path, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    before = names(built)
    decks({"demo/one.yaml": ""})
    assert cardgen("build", "--format", "csv").code == 1
    (built / "demo.apkg").mkdir()
    decks()
    assert cardgen("build", "--format", "apkg").code == 1
    assert names(built) == sorted([*before, "demo.apkg"])
