"""No input makes the command raise, hang, take much memory, write half of a file, or show what would be obeyed."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import stat
import zipfile
from typing import TYPE_CHECKING, Final

import pytest
from conftest import imported
from fuzz_inputs import mutate, write_base
from fuzz_packages import bomb, package
from fuzz_runner import SECONDS, Runner
from packages import zstd

from cardgen.build.manifest import MANIFEST
from cardgen.ledger import LEDGER_FILE, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fuzz_runner import Run, Series

MEMORY: Final = 300 * 1024**2
"""Most memory that a run may take, in bytes."""

NOW: Final = {"SOURCE_DATE_EPOCH": "1795910400", "GITHUB_ACTIONS": "true"}
"""The day of all builds, 2026-11-29. What GitHub's runner would read is cleaned for it."""

LARGE: Final = 2**24
"""Larger files are not compared byte by byte."""

OBEYED: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
COMMANDS: Final = re.compile("^[ \t]*::", re.MULTILINE)
"""What a terminal would obey, and lines that GitHub would."""

PACKAGE: Final = "dist/zoo.apkg"
BUILD: Final = ("build", "--format", "apkg", "--format", "csv", "--format", "xlsx", "--format", "anki-csv")


@pytest.fixture(scope="module")
def fuzzer() -> Iterator[Runner]:
    """Start what runs the commands."""
    started = Runner()
    yield started
    started.close()


@pytest.fixture(scope="module")
def base(fuzzer: Runner, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a good collection that was built, with its ledger and its artefacts."""
    folder = tmp_path_factory.mktemp("base")
    write_base(folder)
    (run,) = fuzzer.run([BUILD], folder, NOW).runs
    assert (run.code, run.err) == (0, b"")
    shutil.copy(folder / PACKAGE, folder / "good.apkg")
    return folder


def commands(number: int) -> list[tuple[str, ...]]:
    """Return what is run on an input: `check` and `build` always, and in turn the others."""
    output = ("text", "json", "github", "sarif")[number % 4]
    others: tuple[tuple[str, ...], ...] = (
        ("list", "--output", "json"),
        ("stats",),
        ("preview", "--output", "site"),
        ("diff", "good.apkg", "decks"),
        ("diff", "decks", PACKAGE, "--output", "markdown"),
        ("build", "--format", "pdf"),
        ("build", "--format", "pdf", "--layout", "test"),
        ("build", "--format", "pdf", "--layout", "sheet", "--paper", "letter"),
        ("check", "--fix"),
        ("list",),
        ("stats", "--output", "json"),
        ("build", "--locked", "--all-variants", "--format", "csv"),
        ("diff", PACKAGE, "good.apkg", "--output", "json"),
        ("build", "--all-in-one", "--format", "apkg", "--release-notes", "notes.md"),
        ("check", "--fix", "--write"),
        ("schema", "cards"),
        ("build", "--format", "csv", "--where", "level=core", "--variant", "essentials"),
    )
    return [("check", "--output", output), BUILD, others[number % len(others)]]


def contents(folder: Path) -> dict[str, bytes]:
    """Return the plain files of a folder, or where they are too large or none, what they are."""
    found: dict[str, bytes] = {}
    for file in folder.rglob("*"):
        status = file.lstat()
        name = file.relative_to(folder).as_posix()
        if stat.S_ISREG(status.st_mode) and status.st_size < LARGE:
            found[name] = file.read_bytes()
        elif not stat.S_ISDIR(status.st_mode):
            found[name] = f"{status.st_mode} {status.st_size}".encode()
    return found


def said_wrong(run: Run) -> Iterator[str]:
    """Find what is wrong with what a run said."""
    out, err = (text.decode("utf-8", "surrogateescape") for text in (run.out, run.err))
    if run.code is None:
        yield f"does not end in {SECONDS} seconds"
    elif run.code not in {0, 1, 2}:
        yield f"ends with {run.code}"
    elif run.code and not err and run.arguments[0] not in {"diff", "check"}:
        yield f"ends with {run.code} and does not say why"
    if "Traceback" in err or "Exception" in err:
        yield f"raises: {err[-1500:]}"
    is_document = run.arguments[-1] in {"json", "sarif"}
    for text in (err, out):
        if found := OBEYED.search(text):
            yield f"shows {found[0]!a}: {text[max(0, found.start() - 80) : found.end() + 80]!a}"
        if "github" not in run.arguments and (found := COMMANDS.search(text)):
            yield f"begins a line with `::`: {text[found.start() : found.end() + 80]!a}"
    if is_document and out:
        try:
            json.loads(out)
        except ValueError as error:
            yield f"writes JSON that is none: {error}"


def written_wrong(folder: Path, before: dict[str, bytes], series: Series) -> Iterator[str]:
    """Find what is wrong with what the runs wrote."""
    after = contents(folder)
    fixed = any("--write" in run.arguments for run in series.runs)
    built = any(run.arguments[0] == "build" and run.code == 0 for run in series.runs)
    for name in sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)):
        if name.startswith("tmp/") or name.endswith(".part"):
            yield f"leaves {name!a}"
        elif built and name.endswith(LEDGER_FILE):
            read(after[name].decode())
        elif name.startswith("decks/") and not (fixed and name.endswith(".yaml")):
            yield f"changes {name!a}"
        elif name.startswith("dist/") and not built:
            yield f"changes {name!a} without a build that succeeds"
    if built:
        for artefact in json.loads(after[f"dist/{MANIFEST}"])["artefacts"]:
            name = f"dist/{artefact['file']}"
            # What this build did not make may have been changed since.
            if after.get(name) != before.get(name) and hashlib.sha256(after[name]).hexdigest() != artefact["sha256"]:
                yield f"the manifest is wrong about {name}"


def problems(
    number: int, base: Path, folder: Path, fuzzer: Runner, asked: Sequence[Sequence[str]]
) -> tuple[list[str], Series]:
    """Run commands on an input, and find what is wrong."""
    shutil.copytree(base, folder)
    (folder / "tmp").mkdir()
    done = mutate(folder, number)
    before = contents(folder)
    series = fuzzer.run(asked, folder, NOW | {"TMPDIR": str(folder / "tmp")})
    found = [f"{' '.join(run.arguments)} {problem}" for run in series.runs for problem in said_wrong(run)]
    if all(run.code is not None for run in series.runs):
        found += written_wrong(folder, before, series)
    if series.memory > MEMORY:
        found.append(f"takes {series.memory // 1024**2} MiB")
    return [f"input {number} ({'; '.join(done)}): {problem}" for problem in found], series


def all_problems(numbers: range, base: Path, folder: Path, fuzzer: Runner) -> list[str]:
    """Run the commands on many inputs; inputs without a problem are removed."""
    found = []
    for number in numbers:
        here = folder / str(number)
        wrong, _ = problems(number, base, here, fuzzer, commands(number))
        found += wrong
        if not wrong:
            shutil.rmtree(here)
    return found


def test_a_hundred_inputs_that_nobody_wrote(base: Path, fuzzer: Runner, tmp_path: Path) -> None:
    assert all_problems(range(100), base, tmp_path, fuzzer) == []


@pytest.mark.slow
def test_two_thousand_inputs_that_nobody_wrote(base: Path, fuzzer: Runner, tmp_path: Path) -> None:
    assert all_problems(range(100, 2100), base, tmp_path, fuzzer) == []


# Packages ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def databases(base: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """Return the database of the good package, as cardgen writes it and as Anki writes it today."""
    from anki.collection import Collection, ExportAnkiPackageOptions

    folder = tmp_path_factory.mktemp("anki")
    collection = Collection(str(folder / "collection.anki2"))
    imported(collection, base / PACKAGE)
    options = ExportAnkiPackageOptions(with_scheduling=False, with_media=False, legacy=False)
    collection.export_anki_package(out_path=str(folder / "new.apkg"), options=options, limit=None)
    collection.close()
    with zipfile.ZipFile(base / PACKAGE) as old, zipfile.ZipFile(folder / "new.apkg") as new:
        return old.read("collection.anki2"), zstd.decompress(new.read("collection.anki21b"))


def differences(numbers: range, databases: tuple[bytes, bytes], base: Path, folder: Path, fuzzer: Runner) -> list[str]:
    """Compare hostile packages with the good one, from either side; say what is wrong."""
    shutil.copy(base / PACKAGE, folder / "good.apkg")
    found = []
    for number in numbers:
        (folder / "hostile.apkg").write_bytes(package(*databases, number))
        found += compared(folder, fuzzer, f"package {number}", ("text", "markdown", "json")[number % 3])
    return found


def compared(folder: Path, fuzzer: Runner, name: str, output: str) -> list[str]:
    """Compare a hostile package with the good one, from either side; say what is wrong."""
    asked = [("diff", "good.apkg", "hostile.apkg"), ("diff", "hostile.apkg", "good.apkg", "--output", output)]
    (folder / "tmp").mkdir(exist_ok=True)
    series = fuzzer.run(asked, folder, NOW | {"TMPDIR": str(folder / "tmp")})
    found = [f"{name}: {' '.join(run.arguments)} {problem}" for run in series.runs for problem in said_wrong(run)]
    found += [f"{name} leaves {left.name}" for left in (folder / "tmp").iterdir()]
    return found + ([f"{name} takes {series.memory // 1024**2} MiB"] if series.memory > MEMORY else [])


def test_twenty_packages_that_no_honest_program_writes(
    databases: tuple[bytes, bytes], base: Path, fuzzer: Runner, tmp_path: Path
) -> None:
    assert differences(range(20), databases, base, tmp_path, fuzzer) == []


@pytest.mark.slow
def test_two_hundred_packages_that_no_honest_program_writes(
    databases: tuple[bytes, bytes], base: Path, fuzzer: Runner, tmp_path: Path
) -> None:
    assert differences(range(20, 220), databases, base, tmp_path, fuzzer) == []


@pytest.mark.slow
@pytest.mark.parametrize("newest", [False, True])
def test_a_package_that_unpacks_to_gigabytes(newest: bool, base: Path, fuzzer: Runner, tmp_path: Path) -> None:
    shutil.copy(base / PACKAGE, tmp_path / "good.apkg")
    (tmp_path / "hostile.apkg").write_bytes(bomb(3 * 1024**3, newest=newest))
    assert compared(tmp_path, fuzzer, "the bomb", "text") == []
