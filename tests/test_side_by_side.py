"""Exports side by side: processes that do one job after another, and what comes out in the order of the plan."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from conftest import MINIMAL_DECK, card_file, written

from cardgen.build import exports
from cardgen.build.builder import build_decks
from cardgen.build.request import Request
from cardgen.print import compiler, exporter, printout, workers
from cardgen.print.workers import PrintingError, Workers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import FrameType

NAMES = ("first", "second", "third", "fourth")
"""Decks, each larger than the one before, so that the last is begun first."""

EMPTY: dict[str, Any] = {"layout": "sheet", "sections": [], "time": 0}
"""Data that lacks what the template wants: Typst says so at once."""


def several(folder: Path) -> Path:
    """Write decks, each with a sign that no font has in as many cards as there were decks before it."""
    files = {}
    for number, name in enumerate(NAMES):
        cards = [
            {"id": f"c{i}", "kind": "basic", "front": f"Q{i}", "back": f"\u0378 {name}" if i < number else "A"}
            for i in range(2 + number)
        ]
        files[f"{name}/deck.yaml"] = MINIMAL_DECK.replace("demo", name).replace("Demo", name.title())
        files[f"{name}/one.yaml"] = card_file("One", cards)
    return written(folder / "decks", files)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Return the processes that are started, as they are."""
    found: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            found.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return found


def all_of(root: Path, out: Path) -> tuple[list[str], list[tuple[str, str]], dict[str, bytes]]:
    """Build everything; return artefacts and findings in their order, and the files."""
    built = build_decks(Request(decks=root, out=out, formats=("pdf", "csv")))
    artefacts = [artefact.path.name for artefact in built.artefacts]
    findings = [(found.code, found.place.file if found.place else "") for found in built.diagnostics]
    files = {file.name: file.read_bytes() for file in out.glob("*.pdf")}
    return artefacts, findings, files


@pytest.mark.parametrize(("cores", "processes"), [(1, 1), (2, 2), (64, 4)])
def test_however_many_go_on_at_once_the_outcome_is_the_same(
    cores: int,
    processes: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    started: list[subprocess.Popen[bytes]],
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    root = several(tmp_path)
    monkeypatch.setattr(exports, "processors", lambda: 1)
    alone = all_of(root, tmp_path / "alone")
    assert alone[0] == [f"{name}.{form}" for name in sorted(NAMES) for form in ("pdf", "csv")]
    assert [code for code, _ in alone[1]] == ["CG802"] * 6
    started.clear()
    monkeypatch.setattr(exports, "processors", lambda: cores)
    assert all_of(root, tmp_path / "beside") == alone
    assert len(started) <= processes
    assert [process.poll() for process in started if process.poll() is None] == []


@pytest.mark.parametrize(("most", "processes"), [(10_000, 1), (0, 3)])
def test_a_process_does_jobs_until_it_has_set_much(
    most: int, processes: int, monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]
) -> None:
    monkeypatch.setattr(workers, "_MUCH", most)
    with Workers() as pool:
        for _ in range(3):
            with pytest.raises(PrintingError, match=r"^Typst failed: error: "):
                compiler.typeset(pool, EMPTY, {}, [])
    assert len(started) == processes
    assert all(process.poll() is not None for process in started)


def test_a_process_that_died_in_the_meantime_gets_no_job(started: list[subprocess.Popen[bytes]]) -> None:
    with Workers() as pool:
        for _ in range(2):
            with pytest.raises(PrintingError, match=r"^Typst failed: error: "):
                compiler.typeset(pool, EMPTY, {}, [])
            started[0].kill()
            started[0].wait()
    assert len(started) == 2


def test_what_a_process_says_as_it_dies_is_told_and_the_next_job_gets_another(
    started: list[subprocess.Popen[bytes]],
) -> None:
    lost = {**EMPTY, "layout": "nothing"}
    with Workers() as pool:
        for data, said in ((EMPTY, "error: "), (lost, "RuntimeError: "), (EMPTY, "error: ")):
            with pytest.raises(PrintingError, match=f"^Typst failed: {said}"):
                compiler.typeset(pool, data, {}, [])
    assert len(started) == 2


def test_nothing_is_started_after_the_end(started: list[subprocess.Popen[bytes]]) -> None:
    with Workers() as pool:
        pass
    with pytest.raises(PrintingError, match="the build has ended"):
        compiler.typeset(pool, EMPTY, {}, [])
    assert started == []


def test_wherever_a_job_is_interrupted_nothing_is_left_that_the_end_would_wait_for() -> None:
    at = 0
    while interrupted(at):
        left = [thread.name for thread in threading.enumerate() if not thread.daemon]
        assert left == ["MainThread"], at
        at += 1
    assert at > 5


def interrupted(at: int) -> bool:
    """Do a job, and interrupt it at one of its lines; say whether it has so many."""
    lines = itertools.count()

    def trace(frame: FrameType, event: str, _: object) -> Any:
        if event == "line" and next(lines) == at:
            raise KeyboardInterrupt
        return trace if frame.f_code.co_qualname == "_Worker.do" else None

    earlier = sys.gettrace()
    sys.settrace(trace)
    try:
        with Workers() as pool:
            compiler.typeset(pool, EMPTY, {}, [])
    except PrintingError:
        return False
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(earlier)
    raise AssertionError


def test_pictures_are_looked_at_once_for_all_volumes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known: list[compiler.Looked] = []

    def typeset(
        pool: Workers, data: Mapping[str, Any], pictures: Mapping[str, bytes], fonts: Any, looked: compiler.Looked
    ) -> compiler.Typeset:
        known.append(looked)
        return compiler.typeset(pool, data, pictures, fonts, looked)

    monkeypatch.setattr(exporter, "typeset", typeset)
    monkeypatch.setitem(printout.VOLUME, "sheet", 1)
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    cards = [{"id": f"c{i}", "kind": "basic", "front": f"Q{i}", "back": "![P](media/p.svg)"} for i in range(2)]
    files = {"demo/deck.yaml": MINIMAL_DECK, "demo/one.yaml": card_file("One", cards), "demo/media/p.svg": picture}
    build_decks(Request(decks=written(tmp_path / "decks", files), out=tmp_path / "dist", formats=("pdf",)))
    assert known == [compiler.NOTHING, compiler.Looked({}, {"fonts of folders": ["1-1.svg"]})]
