"""A build that is killed at any moment leaves files that are whole, and no artefact newer than its ledger."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from cardgen.ledger import read

REPOSITORY = Path(__file__).resolve().parents[1]


STEP = 1000
"""Seconds between two builds: more than the ledger puts between two changes of a note that come at once."""


def write_deck(root: Path, version: int) -> None:
    """Write a deck whose every card says which version it is."""
    folder = root / "decks/demo"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "deck.yaml").write_text("id: demo\ntitle: Demo\nsections: [one]\n")
    cards = "".join(
        f"  - {{id: c{number}, kind: basic, front: Question {number}, back: Version {version}}}\n"
        for number in range(500)
    )
    (folder / "one.yaml").write_text(f"title: One\ncards:\n{cards}")


def notes_of(package: Path) -> list[tuple[str, int]]:
    """Return the second field and the time of each note; raises if the package is not whole."""
    with zipfile.ZipFile(package) as opened:
        assert opened.testzip() is None
        database = opened.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database)
    rows = connection.execute("SELECT flds, mod FROM notes").fetchall()
    connection.close()
    return [(fields.split("\x1f")[1], changed) for fields, changed in rows]


def build(root: Path, now: int) -> subprocess.Popen[bytes]:
    """Start a build."""
    return subprocess.Popen(
        [sys.executable, "-m", "cardgen", "build", "--format", "apkg"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "SOURCE_DATE_EPOCH": str(now)},
        stdout=subprocess.DEVNULL,
    )


@pytest.mark.slow
def test_a_build_killed_at_a_hundred_random_moments(tmp_path: Path) -> None:
    chance = random.Random(2026)
    start = 1_800_000_000
    write_deck(tmp_path, 0)
    begun = time.monotonic()
    assert build(tmp_path, start).wait() == 0
    lasts = time.monotonic() - begun
    killed = 0
    for version in range(1, 101):
        write_deck(tmp_path, version)
        process = build(tmp_path, start + version * STEP)
        time.sleep(chance.uniform(0, lasts * 1.1))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        notes = notes_of(tmp_path / "dist/demo.apkg")
        assert len(notes) == 500
        assert len({*notes}) == 1, "the package mixes versions"
        entries = read((tmp_path / "decks/demo/ledger.txt").read_text()).entries
        (ledger_time,) = {entry.changed for entry in entries.values()}
        assert notes[0][1] <= ledger_time, "the package is newer than the ledger"
        ((text, changed),) = {*notes}
        assert text == f"Version {(changed - start) // STEP}", "the package's time is not that of its content"
    assert killed > 50
    assert build(tmp_path, start + 200 * STEP).wait() == 0
    assert {text for text, _ in notes_of(tmp_path / "dist/demo.apkg")} == {"Version 100"}
