"""What tests share: small decks on disk, the command as users run it, and Anki's own engine."""

from __future__ import annotations

import gc
import json
import os
import re
import shutil
import signal
import sys
import threading
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from command import REPOSITORY, Command, Ran
from engines import ENGINES, Remote
from hypothesis import HealthCheck, is_hypothesis_test, settings
from measuring import examples_unmeasured

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence

    from anki.collection import Collection
    from playwright.sync_api import Browser

__all__ = ["REPOSITORY", "Ran"]  # from elsewhere, and tests take them from here

if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts a job in the background with SIGINT ignored, and children inherit that; some tests send it.
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Examples that build and import packages take the time they take. They are the same in every run, so that a change is
# judged by what it changes; `pytest --hypothesis-profile=searching` looks for new ones.
settings.register_profile("searching", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeating", settings.get_profile("searching"), derandomize=True)
settings.load_profile("repeating")


def is_superuser() -> bool:
    """Return whether the system refuses these tests nothing; Windows has nobody like that."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


MINIMAL_DECK = "id: demo\ntitle: Demo\nsections: [one]\n"
MINIMAL_CARDS = "title: One\ncards:\n  - id: first\n    kind: basic\n    front: What is it?\n    back: This.\n"
FACETS = "facets: {audience: any, country: any, level: any}\n"
"""A collection.yaml for cards that state these."""


DEPENDENCIES = {
    "test_apkg",
    "test_apkg_decks",
    "test_apkg_files",
    "test_apkg_text",
    "test_bad_input",
    "test_gaps",
    "test_print_files",
    "test_print_text",
    "test_render",
    "test_richtext",
    "test_roundtrip",
    "test_schemas",
    "test_strict_yaml",
    "test_xlsx",
    "test_yaml_parsers",
    "test_yaml_places",
}
"""Modules whose tests depend on what packages for YAML, Markdown, schemas, Anki and Typst do."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of modules that depend on what other packages do."""
    for item in items:
        if item.path.stem in DEPENDENCIES:
            item.add_marker("dependencies")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Leave what collecting has made, which stays to the end, out of every later search for cycles."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Measure no coverage while Hypothesis makes up examples."""
    with examples_unmeasured(pyfuncitem.obj) if is_hypothesis_test(pyfuncitem.obj) else nullcontext():
        return (yield)


@pytest.fixture
def decks(tmp_path: Path) -> Callable[..., Path]:
    """Make a folder of decks from files: ``decks({"demo/one.yaml": "..."})``.

    A deck ``demo`` with one section ``one`` is there unless its files are given or are given as None.
    """

    def make(files: dict[str, str | bytes | None] | None = None) -> Path:
        root = tmp_path / "decks"
        contents: dict[str, str | bytes | None] = {"demo/deck.yaml": MINIMAL_DECK, "demo/one.yaml": MINIMAL_CARDS}
        for name, content in (contents | (files or {})).items():
            if content is None:
                continue
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return make


@pytest.fixture(scope="session")
def runner() -> Iterator[Command]:
    """Start what runs the command; for all tests of a worker, since its start is what takes time."""
    started = Command()
    yield started
    started.close()


@pytest.fixture
def cardgen(tmp_path: Path, runner: Command) -> Callable[..., Ran]:
    """Run the command in the test's folder: ``cardgen("build", "--deck", "visa", env={"TZ": "UTC"})``."""

    def run(*arguments: str | Path, cwd: Path = tmp_path, env: dict[str, str] | None = None) -> Ran:
        return runner.run(arguments, cwd, env)

    return run


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Collection]:
    """Yield an empty collection of Anki's own engine."""
    from anki.collection import Collection

    collection = Collection(str(tmp_path / "collection.anki2"))
    yield collection
    collection.close()


@pytest.fixture(
    scope="module",
    params=[pytest.param(engine, marks=[] if engine == sys.executable else pytest.mark.slow) for engine in ENGINES],
)
def engine(request: pytest.FixtureRequest) -> Iterator[Remote]:
    """Start each of the engines."""
    remote = Remote(request.param)
    yield remote
    remote.stop()


@pytest.fixture
def learner(engine: Remote, tmp_path: Path) -> Iterator[Any]:
    """Yield a learner with an empty collection."""
    engine.open(str(tmp_path / "learner.anki2"))
    yield engine
    engine.close()


BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A process for all pages and their frames: to start one for each takes a fifth of these tests' time.
    "--disable-site-isolation-trials",
    "--renderer-process-limit=1",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's own Chromium; without one, tests are skipped, unless CI says that there must be one."""
    # The first is Chromium without windows: the same pages in half the time.
    names = (
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    )
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        if os.environ.get("CARDGEN_NEEDS_BROWSER"):
            pytest.fail("no Chromium: apt-get install chromium-headless-shell")
        pytest.skip("no Chromium on this machine: apt-get install chromium-headless-shell")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=BROWSER_ARGUMENTS)
        yield started
        started.close()


def card_file(title: str, cards: Sequence[object], **more: object) -> str:
    r"""Write a card file; JSON is YAML, and in it no text can be taken for markup of the file's.

    A line end before a letter is written by its number: as ``\n`` it could be what is left of a command of TeX, which
    is an error.
    """
    text = json.dumps({"title": title, **more, "cards": cards}, ensure_ascii=False)
    return re.sub(
        r"(?<!\\)((?:\\\\)*)\\([ntr])(?=[A-Za-z])",
        lambda match: f"{match[1]}\\u{ord(_NUMBERED[match[2]]):04x}",
        text,
    )


_NUMBERED = {"n": "\n", "t": "\t", "r": "\r"}


def written(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files into a folder of decks, and give the folder."""
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def artefacts(decks: Path, out: Path, *formats: str, **asked: Any) -> dict[str, Path]:
    """Build in this process, where there is no error to find; give the artefacts by their names."""
    from cardgen.build.builder import build_decks
    from cardgen.build.request import Request
    from cardgen.diagnostics import as_text, has_errors

    built = build_decks(Request(decks=decks, out=out, formats=formats, **asked))
    assert not has_errors(built.diagnostics), as_text(built.diagnostics)
    return {artefact.path.name: artefact.path for artefact in built.artefacts}


def imported(collection: Collection, package: Path, **options: bool) -> dict[str, int]:
    """Import a package with Anki's default options or others; give the counts of Anki's log that are not 0."""
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    chosen = ImportAnkiPackageOptions(**options)
    response = collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=chosen))
    return counts(response.log)


def counts(log: Any) -> dict[str, int]:
    """Return the counts of a log of Anki's imports that are not 0."""
    outcomes = ("new", "updated", "duplicate", "conflicting", "first_field_match", "missing_notetype", "missing_deck")
    found = {outcome: len(getattr(log, outcome)) for outcome in (*outcomes, "empty_first_field")}
    return {outcome: count for outcome, count in found.items() if count}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the decks that ship with cardgen, and give the copy."""
    return Path(shutil.copytree(REPOSITORY / "decks", tmp_path_factory.mktemp("shipped") / "decks"))


@pytest.fixture
def repository_ledgers() -> dict[Path, bytes]:
    """Return the ledgers of the decks that ship with cardgen, as they are now."""
    return {file: file.read_bytes() for file in sorted(REPOSITORY.glob("decks/*/ledger.txt"))}
