"""Which decks a command takes where nobody names them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import MINIMAL_CARDS, REPOSITORY, Ran

from cardgen.errors import UsageError
from cardgen.read import decks_at_hand

if TYPE_CHECKING:
    from collections.abc import Callable

BUNDLED = "No decks/ here or in a folder above: these are the decks that come with cardgen.\n"


@pytest.mark.parametrize(
    ("here", "found"),
    [(".", "decks"), ("notes", "../decks"), ("notes/old", "../../decks"), ("decks", "../decks"), ("inner", "decks")],
)
def test_the_nearest_folder_of_decks_is_taken(
    here: str, found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("decks", "notes/old", "inner/decks"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / here)
    assert decks_at_hand(None) == Path(found)


def test_a_file_called_decks_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "decks").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/decks").touch()
    monkeypatch.chdir(tmp_path / "notes")
    assert decks_at_hand(None) == Path("../decks")


def test_a_folder_that_is_named_is_taken_whatever_is_near(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "decks").mkdir()
    monkeypatch.chdir(tmp_path)
    assert decks_at_hand(Path("mine"), bundled=False) == Path("mine")


def test_without_decks_the_bundled_ones_are_taken_where_they_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert decks_at_hand(None) == REPOSITORY / "decks"
    with pytest.raises(UsageError) as caught:
        decks_at_hand(None, bundled=False)
    assert str(caught.value) == (
        f"there is no folder decks in {tmp_path.as_posix()} or in any folder above it; "
        "name the folder of your decks with --decks"
    )


@pytest.mark.parametrize(
    "arguments", ["check", "check --strict", "check --fix", "build --locked", "check --output json --deck visa"]
)
def test_what_judges_decks_never_judges_the_bundled_ones(
    arguments: str, cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    found = cardgen(*arguments.split())
    assert (found.code, found.out) == (2, "")
    assert found.err.splitlines()[-1] == (
        f"Error: there is no folder decks in {tmp_path.as_posix()} or in any folder above it; "
        "name the folder of your decks with --decks"
    )


@pytest.mark.parametrize(
    "arguments", ["list --output json", "stats --deck visa", "build --deck visa --format csv", "preview --output site"]
)
def test_what_shows_decks_says_first_that_it_shows_the_bundled_ones(
    arguments: str, cardgen: Callable[..., Ran]
) -> None:
    found = cardgen(*arguments.split())
    assert found.code == 0
    assert found.err.startswith(BUNDLED)
    assert BUNDLED not in found.out


def test_in_a_folder_of_a_deck_its_collection_is_checked(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    root = decks({"demo/one.yaml": MINIMAL_CARDS.replace("kind: basic", "kind: bsaic")})
    found = cardgen("check", "--strict", cwd=root / "demo")
    assert found.code == 1
    assert "  --> ../../decks/demo/one.yaml:4:11\n" in found.err
