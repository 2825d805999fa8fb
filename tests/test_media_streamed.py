"""Pictures on their way into packages: never whole in memory, deflated once, and never other than they were checked."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import sys
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import artefacts, card_file, imported, written
from hypothesis import given
from hypothesis import strategies as st

import cardgen
from cardgen.anki.package import AnkiDeck, Package
from cardgen.build.builder import build_decks
from cardgen.check import MediaFile
from cardgen.read import InputFolder
from cardgen.read.files import MIB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anki.collection import Collection

    from cardgen.export import Begun

PNG = b"\x89PNG\r\n\x1a\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">' + b'<path d="M0 0h9"/>' * 50 + b"</svg>"
VARIANTS = "id: demo\ntitle: Demo\nsections: [one]\nvariants:\n" + "".join(
    f"  {name}: {{where: {{kind: basic}}}}\n" for name in "abc"
)


def pictured(root: Path, pictures: dict[str, bytes], deck: str = VARIANTS) -> Path:
    """Write a deck with a card for each picture."""
    cards = [
        {"id": f"c-{number}", "kind": "basic", "front": f"![{number}](media/{name})", "back": "B"}
        for number, name in enumerate(pictures)
    ]
    files: dict[str, str | bytes] = {f"demo/media/{name}": content for name, content in pictures.items()}
    return written(root, {"demo/deck.yaml": deck, "demo/one.yaml": card_file("One", cards), **files})


def test_drawings_are_deflated_and_other_pictures_stored(tmp_path: Path, anki: Collection) -> None:
    decks = pictured(tmp_path / "decks", {"a.png": PNG + bytes(100), "b.svg": SVG})
    package = artefacts(decks, tmp_path / "dist", "apkg")["demo.apkg"]
    with zipfile.ZipFile(package) as found:
        kept = {found.read(name): found.getinfo(name).compress_type for name in ("0", "1")}
        assert found.testzip() is None
    assert kept == {PNG + bytes(100): zipfile.ZIP_STORED, SVG: zipfile.ZIP_DEFLATED}
    imported(anki, package)
    folder = Path(anki.media.dir())
    assert {file.read_bytes() for file in folder.iterdir()} == {SVG, PNG + bytes(100)}


def test_a_picture_is_the_same_in_every_package(tmp_path: Path) -> None:
    """What the third package takes from the spool, the first has read from the deck."""
    decks = pictured(tmp_path / "decks", {"a.png": PNG + bytes(MIB + 1), "b.svg": SVG, "empty.gif": b""}, VARIANTS)
    together = artefacts(decks, tmp_path / "all", "apkg", variants=["a", "b", "c"])
    for name in ("a", "b", "c"):
        alone = artefacts(decks, tmp_path / name, "apkg", variants=[name])
        assert together[f"demo-{name}.apkg"].read_bytes() == alone[f"demo-{name}.apkg"].read_bytes()
        assert zipfile.ZipFile(together[f"demo-{name}.apkg"]).testzip() is None


def test_packages_with_the_same_pictures_have_their_own_checksums(tmp_path: Path) -> None:
    decks = pictured(tmp_path / "decks", {"a.png": PNG, "b.svg": SVG}, VARIANTS)
    made = artefacts(decks, tmp_path / "dist", "apkg", variants=["a", "b", "c"])
    listed = json.loads((tmp_path / "dist" / "manifest.json").read_text(encoding="utf-8"))["artefacts"]
    sums = {name: hashlib.sha256(package.read_bytes()).hexdigest() for name, package in made.items()}
    assert {entry["file"]: entry["sha256"] for entry in listed} == sums


def test_anki_takes_all_pictures_of_a_package_that_begins_as_another(tmp_path: Path, anki: Collection) -> None:
    pictures = {f"{number}.{'svg' if number % 2 else 'png'}": PNG + bytes([number]) for number in range(20)}
    decks = pictured(tmp_path / "decks", pictures, VARIANTS)
    made = artefacts(decks, tmp_path / "dist", "apkg", variants=["a", "b", "c"])
    imported(anki, made["demo-c.apkg"])
    assert {file.read_bytes() for file in Path(anki.media.dir()).iterdir()} == {*pictures.values()}


@pytest.fixture(scope="module")
def media_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a few pictures, one of them empty, and one that is read in two pieces."""
    folder = tmp_path_factory.mktemp("media")
    for name, content in (
        ("a.png", PNG),
        ("b.svg", SVG),
        ("c.gif", b""),
        ("d.svg", SVG * 2),
        ("e.jpg", bytes(MIB + 1)),
    ):
        (folder / name).write_bytes(content)
    return folder


@given(packages=st.lists(st.lists(st.sampled_from("abcde"), unique=True), max_size=12))
def test_a_package_is_the_same_alone_and_among_others(packages: list[list[str]], media_folder: Path) -> None:
    together = found(media_folder)
    for names in packages:
        made, begun = package_of(names, together)
        assert made == package_of(names, found(media_folder))[0]
        if begun is not None:
            running = begun.sha256()
            running.update(made[begun.size :])
            assert running.hexdigest() == hashlib.sha256(made).hexdigest()


def found(folder: Path) -> dict[str, MediaFile]:
    """Return the pictures of a folder by the first letters of their names, as nobody has asked for them before."""
    files = InputFolder(folder)
    return {
        file.stem: MediaFile(file.name, file, files, zlib.crc32(file.read_bytes()), file.stat().st_size)
        for file in folder.iterdir()
    }


def package_of(names: list[str], media: dict[str, MediaFile]) -> tuple[bytes, Begun | None]:
    """Return a package of some pictures and no notes, and what is known of its beginning."""
    stream = io.BytesIO()
    begun = Package([AnkiDeck("Demo")], (), {}, [media[name] for name in names]).write_to(stream)
    return stream.getvalue(), begun


def test_a_picture_is_read_twice_however_many_packages_show_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once to give it its name, and once or twice to pack it."""
    read: list[str] = []
    pieces = InputFolder.read_pieces

    def noted(folder: InputFolder, file: Path, limit: int, size: int = MIB) -> Iterator[bytes]:
        read.append(file.name)
        yield from pieces(folder, file, limit, size)

    decks = pictured(tmp_path / "decks", {"a.png": PNG, "b.svg": SVG}, VARIANTS)
    monkeypatch.setattr(InputFolder, "read_pieces", noted)
    artefacts(decks, tmp_path / "dist", "apkg", variants=["a", "b", "c"])
    assert (read.count("a.png"), read.count("b.svg")) == (3, 2)


@pytest.mark.parametrize(("name", "content", "stops"), [("a.png", PNG, True), ("b.svg", SVG, False)])
def test_a_picture_that_changes_between_packages_never_comes_into_one(
    name: str, content: bytes, stops: bool, tmp_path: Path
) -> None:
    """The second package reads a PNG once more, and takes a drawing from the spool."""
    decks = pictured(tmp_path / "decks", {name: content}, VARIANTS)
    whole = artefacts(decks, tmp_path / "whole", "apkg", variants=["a", "b"])

    def change(done: int, *_: object) -> None:
        if done == 1:
            (decks / "demo" / "media" / name).write_bytes(b"another")

    request = cardgen.Request(decks=decks, out=tmp_path / "dist", formats=["apkg"], variants=("a", "b"))
    built = build_decks(request, change)
    made = {artefact.path.name: artefact.path.read_bytes() for artefact in built.artefacts}
    assert made == ({} if stops else {file: path.read_bytes() for file, path in whole.items()})


@pytest.mark.parametrize("name", ["a.png", "b.svg"])
def test_a_picture_that_changes_during_a_build_stops_it(name: str, tmp_path: Path) -> None:
    decks = pictured(tmp_path / "decks", {name: PNG if name == "a.png" else SVG})
    out = tmp_path / "dist"

    def change(*_: object) -> None:
        (decks / "demo" / "media" / name).write_bytes(b"another")

    built = build_decks(cardgen.Request(decks=decks, out=out, formats=["apkg"]), change)
    found = [(finding.code, finding.message) for finding in built.diagnostics]
    assert found == [("CG101", "the file changed while cardgen was at work")]
    assert (built.artefacts, list(out.iterdir())) == ((), [])


@pytest.mark.slow
def test_memory_does_not_grow_with_the_pictures(tmp_path: Path) -> None:
    """200 MB of them may take 60 MB more than the same cards with hardly any."""
    chance = random.Random(1)
    small = pictured(tmp_path / "small", {f"{number}.png": PNG + bytes([number]) for number in range(200)})
    large = pictured(tmp_path / "large", {f"{number}.png": PNG + chance.randbytes(1_000_000) for number in range(200)})
    assert peak(large, tmp_path) - peak(small, tmp_path) < 60_000_000


def peak(decks: Path, tmp_path: Path) -> int:
    """Return how many bytes of memory a build takes at most."""
    out = tmp_path / f"{decks.name}-dist"
    command = [sys.executable, "-m", "cardgen", "build", "--decks", str(decks), "--out", str(out), "--format", "apkg"]
    _, status, used = os.wait4(os.posix_spawn(sys.executable, command, os.environ), 0)
    assert status == 0
    return used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
