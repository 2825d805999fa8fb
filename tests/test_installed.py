"""cardgen as people install it: the wheel in an environment of its own, far from the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from typing import TYPE_CHECKING

import pytest
from conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.slow

PROGRAMS = "Scripts" if os.name == "nt" else "bin"
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_", "VIRTUAL_ENV"))}


def run(*command: str | Path, cwd: Path, err: str = "") -> str:
    """Run a program that succeeds and says nothing else on standard error; return what it says."""
    done = subprocess.run(command, cwd=cwd, env=CLEAN, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, err), done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build the source distribution, and the wheel from that, as for a release; return them by their suffixes."""
    out = tmp_path_factory.mktemp("built")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", out, REPOSITORY],
        cwd=out,
        env=CLEAN,
        capture_output=True,
        check=True,
    )
    return {file.name.rpartition(".")[2]: file for file in out.iterdir()}


@pytest.fixture(scope="module")
def cardgen(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Install the wheel in an empty environment with the versions that are tested; run its command in a folder."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=True)
    versions = REPOSITORY / "requirements/tested.txt"
    subprocess.run(
        [home / PROGRAMS / "python", "-m", "pip", "install", "--quiet", "-c", versions, built["whl"]],
        cwd=home,
        env=CLEAN,
        check=True,
    )

    def command(*arguments: str, cwd: Path, err: str = "") -> str:
        return run(home / PROGRAMS / "cardgen", *arguments, cwd=cwd, err=err)

    return command


def test_a_deck_is_begun_checked_built_and_shown(cardgen: Callable[..., str], tmp_path: Path) -> None:
    assert "wrote  decks/rivers/deck.yaml\n" in cardgen("init", "rivers", cwd=tmp_path)
    assert cardgen("check", "--strict", cwd=tmp_path) == "1 deck, 10 cards: no findings\n"
    artefacts = re.findall(r"^dist/rivers\.(\w+)  \(", cardgen("build", cwd=tmp_path), re.MULTILINE)
    assert artefacts == ["apkg", "csv", "xlsx", "pdf"]
    assert cardgen("preview", "--output", "site", cwd=tmp_path).startswith("site/index.html  (")
    published = cardgen(
        "site", "--out", "public", "--locked", "--format", "apkg", "--base-url", "https://example.org/", cwd=tmp_path
    )
    assert published.startswith("public/index.html  (2 downloads, ")
    assert cardgen("build", "--locked", "--all-variants", "--format", "apkg", cwd=tmp_path).count("\n") == 2


def test_what_comes_with_it_is_there(cardgen: Callable[..., str], tmp_path: Path) -> None:
    listed = cardgen("schema", "--out", "schema", cwd=tmp_path).split()
    assert sorted(listed) == sorted(file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.json"))
    assert cardgen("explain", "CG201", cwd=tmp_path).startswith("CG201 unknown-field (error)\n")
    told = "No decks/ here or in a folder above: these are the decks that come with cardgen.\n"
    built = cardgen("build", "visa", "--format", "apkg", cwd=tmp_path, err=told)
    assert built.startswith("dist/visa.apkg  (")


def test_the_wheel_from_the_source_distribution_is_that_of_the_checkout(built: dict[str, Path], tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, REPOSITORY],
        cwd=tmp_path,
        env=CLEAN,
        capture_output=True,
        check=True,
    )
    (direct,) = tmp_path.iterdir()
    assert contents(direct) == contents(built["whl"])


def test_the_wheel_has_all_that_the_package_has_and_nothing_else(built: dict[str, Path]) -> None:
    tracked = run("git", "ls-files", "cardgen", "schema", "decks", cwd=REPOSITORY).split()
    bundled = {re.sub("^(schema|decks)/", r"cardgen/bundled/\1/", file) for file in tracked}
    packed = {name for name in contents(built["whl"]) if ".dist-info/" not in name}
    assert packed == bundled


def test_the_source_distribution_has_what_tests_need(built: dict[str, Path]) -> None:
    with tarfile.open(built["gz"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = run("git", "ls-files", "tests", "docs", "benchmarks", "requirements", cwd=REPOSITORY).split()
    assert set(wanted) - names == set()


def contents(wheel: Path) -> dict[str, bytes]:
    """Return every file of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
