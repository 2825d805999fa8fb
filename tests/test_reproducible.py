"""The same sources give the same bytes: in any folder, zone, locale and process, in whatever order files are found."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from conftest import REPOSITORY, Ran, artefacts, card_file, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EPOCH = {"SOURCE_DATE_EPOCH": "1780000000"}
ALL = ("--format", "apkg", "--format", "csv", "--format", "xlsx", "--format", "anki-csv")


def contents(folder: Path) -> dict[str, str]:
    """Return the checksums of a folder's files by their names."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


@pytest.fixture
def build(cardgen: Callable[..., Ran], tmp_path: Path) -> Callable[..., dict[str, str]]:
    """Copy the decks that ship into a folder of its own, build them there, and give the artefacts' checksums."""

    def run(name: str, *arguments: str, **env: str) -> dict[str, str]:
        folder = tmp_path / name
        shutil.copytree(REPOSITORY / "decks", folder / "decks")
        assert cardgen("build", *ALL, *arguments, cwd=folder, env=EPOCH | env) == Ran(0, said(folder), "")
        return contents(folder / "dist")

    return run


def said(folder: Path) -> str:
    """Return what a build says: a line for each artefact of the manifest, in the order of decks and formats."""
    listed = json.loads((folder / "dist/manifest.json").read_text(encoding="utf-8"))["artefacts"]
    order = ["apkg", "csv", "xlsx", "anki-csv"]
    listed.sort(key=lambda entry: (str(entry["deck"]), order.index(entry["format"])))
    return "".join(
        f"dist/{entry['file']}  ({entry['notes']:,} notes, {entry['cards']:,} cards, {entry['bytes']:,} bytes)\n"
        for entry in listed
    )


def test_folder_zone_locale_and_hash_seed_leave_no_trace(build: Callable[..., dict[str, str]]) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    one = build("here", TZ="Pacific/Auckland", PYTHONHASHSEED="0", USER="ada", **ascii_only)
    other = build("a/place far éloigné", TZ="America/Los_Angeles", LC_ALL="C.UTF-8", PYTHONHASHSEED="4242")
    assert one == other
    assert len(one) == 4 * len(list((REPOSITORY / "decks").glob("*/deck.yaml"))) + 1


def test_variants_and_collections_of_all_decks_leave_no_trace_either(build: Callable[..., dict[str, str]]) -> None:
    arguments = ("--variant", "essentials", "--all-in-one")
    assert build("one", *arguments, PYTHONHASHSEED="1") == build("other", *arguments, PYTHONHASHSEED="2")


def test_the_time_of_day_leaves_no_trace_in_tables(build: Callable[..., dict[str, str]]) -> None:
    morning, evening = (build(time, SOURCE_DATE_EPOCH=time) for time in ("1779926400", "1780012799"))
    tables = [name for name in morning if name.endswith((".csv", ".xlsx"))]
    assert [morning[name] for name in tables] == [evening[name] for name in tables]


def test_the_day_of_a_build_leaves_no_trace_in_packages_and_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = {"id": "fee", "kind": "basic", "front": "How much?", "back": "510", "stale_after": "2027-06-30"}
    files = {"demo/deck.yaml": "id: demo\ntitle: Demo\nsections: [one]\n", "demo/one.yaml": card_file("One", [card])}
    decks = written(tmp_path / "decks", files)
    found = []
    for day in ("1780000000", "1900000000"):  # 28 May 2026, and 17 March 2030, when the fact is overdue
        monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
        artefacts(decks, tmp_path / "dist", "apkg", "csv", "xlsx", "anki-csv")
        found.append(contents(tmp_path / "dist"))
    assert found[0] == found[1]


def three_decks() -> dict[str, str | bytes]:
    """Return the files of three decks of three sections, with pictures and a source."""
    files: dict[str, str | bytes] = {
        "collection.yaml": "title: All\n",
        "sources.yaml": json.dumps({"references": [{"id": "s", "type": "book", "title": "A book"}]}),
    }
    sections = ["two", "one", "three"]
    for name in ("left", "middle", "right"):
        files[f"{name}/deck.yaml"] = json.dumps({"id": name, "title": name.title(), "sections": sections})
        for section in sections:
            card = {"id": section, "kind": "basic", "front": f"![](media/{section}.png)", "back": "b", "source": "s"}
            files[f"{name}/{section}.yaml"] = card_file(section, [card])
            files[f"{name}/media/{section}.png"] = section.encode()
    return files


FILES = three_decks()


def test_the_order_in_which_files_were_written_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    forms = ("apkg", "csv", "xlsx", "anki-csv")
    found = []
    for name, files in (("there", FILES), ("back", dict(reversed(FILES.items())))):
        decks = written(tmp_path / name / "decks", files)
        artefacts(decks, tmp_path / name / "dist", *forms)
        artefacts(decks, tmp_path / name / "dist", *forms, all_in_one=True)
        found.append(contents(tmp_path / name / "dist"))
    assert found[0] == found[1]
    assert len(found[0]) == 4 * 4 + 1


def test_the_manifest_tells_of_every_artefact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    decks, dist = written(tmp_path / "decks", FILES), tmp_path / "dist"
    artefacts(decks, dist, "csv", "apkg", names=["left"], where=[("kind", "basic")])
    artefacts(decks, dist, "anki-csv", all_in_one=True)

    def entry(file: str, deck: str | list[str], form: str, count: int) -> dict[str, Any]:
        content = (dist / file).read_bytes()
        return {
            "file": file,
            "collection": "All",
            "deck": deck,
            "variant": None,
            "tier": None,
            "format": form,
            "notes": count,
            "cards": count,
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "version": None,
        }

    assert json.loads((dist / "manifest.json").read_text(encoding="utf-8")) == {
        "version": 1,
        "artefacts": [
            entry("all.anki.csv", ["left", "middle", "right"], "anki-csv", 9),
            entry("left-kind-basic.apkg", "left", "apkg", 3),
            entry("left-kind-basic.csv", "left", "csv", 3),
        ],
    }


def test_the_manifest_forgets_what_is_no_longer_there(tmp_path: Path) -> None:
    decks, dist = written(tmp_path / "decks", FILES), tmp_path / "dist"
    artefacts(decks, dist, "csv", names=["left", "right"])
    (dist / "left.csv").unlink()
    artefacts(decks, dist, "csv", names=["middle"])
    manifest = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))
    assert [entry["file"] for entry in manifest["artefacts"]] == ["middle.csv", "right.csv"]


PROGRAM = """
import sys
from pathlib import Path
import cardgen
for out in ("first", "second"):
    loaded = cardgen.load_decks(Path("decks"))
    request = cardgen.Request(decks=Path("decks"), out=Path(out), formats=["apkg", "csv", "xlsx", "anki-csv"])
    built = cardgen.build_decks(request)
    sys.stdout.write(cardgen.as_text(loaded.diagnostics) + cardgen.as_text(built.diagnostics))
"""


def test_a_program_that_builds_twice_gets_the_same_bytes_twice(tmp_path: Path) -> None:
    written(tmp_path / "decks", FILES)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=tmp_path,
        env={"PYTHONPATH": str(REPOSITORY), **EPOCH},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert contents(tmp_path / "first") == contents(tmp_path / "second")
