"""Printed files: their names and volumes, who decides how they look, and what happens where something is missing."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any

import pytest
from conftest import MINIMAL_CARDS, MINIMAL_DECK, REPOSITORY, Ran, artefacts, card_file, written
from printed import Printed

from cardgen.build.builder import build_decks
from cardgen.build.request import Request
from cardgen.model import Printing
from cardgen.print import compiler, exporter, printout
from cardgen.print.workers import PrintingError, Workers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = {"SOURCE_DATE_EPOCH": "1767225600"}
"""1 January 2026."""


def many(count: int) -> dict[str, str]:
    cards = [{"id": f"c{i}", "kind": "basic", "front": f"Ask {i}?", "back": f"Reply {i}."} for i in range(1, count + 1)]
    return {"demo/deck.yaml": MINIMAL_DECK, "demo/one.yaml": card_file("One", cards)}


# Names


@pytest.mark.parametrize(
    ("layout", "name"),
    [("sheet", "demo.pdf"), ("cards", "demo.cards.pdf"), ("test", "demo.test.pdf"), ("large", "demo.large.pdf")],
)
def test_a_layout_has_a_name_that_no_variant_can_have(layout: str, name: str, tmp_path: Path) -> None:
    made = artefacts(written(tmp_path / "decks", many(1)), tmp_path, "pdf", printing=Printing(layout=layout))
    assert list(made) == [name]


def test_a_long_deck_comes_in_volumes_in_which_numbers_run_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(printout.VOLUME, "sheet", 30)
    made = artefacts(written(tmp_path / "decks", many(70)), tmp_path / "dist", "pdf")
    assert list(made) == ["demo.part-1.pdf", "demo.part-2.pdf", "demo.part-3.pdf"]
    first, second, third = map(Printed, made.values())
    assert [bool(part.find("Ask 30?")) for part in (first, second)] == [True, False]
    assert [bool(part.find("Ask 31?")) for part in (first, second)] == [False, True]
    pages = [
        int(page) for part in (first, second, third) for page in re.findall(r"deck[0-9a-f]{7}(\d+)·part\d", part.text())
    ]
    assert pages == list(range(1, len(first.sizes) + len(second.sizes) + len(third.sizes) + 1))
    manifest = json.loads((tmp_path / "dist/manifest.json").read_text())["artefacts"]
    assert [entry["cards"] for entry in manifest] == [30, 30, 10]


def test_all_decks_in_one_have_their_names_over_their_sections(tmp_path: Path) -> None:
    other = MINIMAL_DECK.replace("id: demo\ntitle: Demo", "id: other\ntitle: Other")
    files = {
        "collection.yaml": "title: Mine\n",
        "demo/deck.yaml": MINIMAL_DECK,
        "demo/one.yaml": MINIMAL_CARDS,
        "other/deck.yaml": other,
        "other/one.yaml": MINIMAL_CARDS,
    }
    (file,) = artefacts(written(tmp_path / "decks", files), tmp_path, "pdf", all_in_one=True).values()
    text = Printed(file).text()
    assert [name in text for name in ("Demo:One", "Other:One", "2cardsin2sections")] == [True] * 3


def test_a_variant_is_named_under_the_title(tmp_path: Path) -> None:
    deck = MINIMAL_DECK + "variants: {core: {title: The core, where: {kind: basic}}}\n"
    files = {"demo/deck.yaml": deck, "demo/one.yaml": MINIMAL_CARDS}
    (file,) = artefacts(written(tmp_path / "decks", files), tmp_path, "pdf", variants=["core"]).values()
    assert "Thecore·1cardin1section" in Printed(file).text()


# Bytes


@pytest.mark.parametrize("layout", ["sheet", "cards", "test", "large"])
def test_two_runs_give_the_same_bytes(layout: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    folder = decks().parent
    found = []
    for seed in ("1", "2"):
        arguments = ("build", "--format", "pdf", "--layout", layout, "--out", seed)
        assert cardgen(*arguments, env={**DAY, "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"}).code == 0
        found.append([file.read_bytes() for file in sorted((folder / seed).glob("*.pdf"))])
    assert found[0] == found[1]


# Who decides


@pytest.mark.parametrize(
    ("collection", "deck", "arguments", "paper", "layout"),
    [
        pytest.param("", "", (), "a4", "sheet", id="nobody"),
        pytest.param("letter", "", (), "letter", "sheet", id="the collection"),
        pytest.param("letter", "a4", (), "a4", "sheet", id="the deck over the collection"),
        pytest.param(
            "a4", "a4", ("--paper", "letter", "--layout", "large"), "letter", "large", id="the command over both"
        ),
    ],
)
def test_the_command_line_wins_over_the_deck_and_the_deck_over_its_collection(
    collection: str,
    deck: str,
    arguments: tuple[str, ...],
    paper: str,
    layout: str,
    decks: Callable[..., Path],
    cardgen: Callable[..., Ran],
    tmp_path: Path,
) -> None:
    files = {"demo/deck.yaml": MINIMAL_DECK + (f"print: {{paper: {deck}}}\n" if deck else "")}
    if collection:
        files["collection.yaml"] = f"print: {{paper: {collection}}}\n"
    decks(files)
    assert cardgen("build", "--format", "pdf", *arguments).code == 0
    found = Printed(tmp_path / "dist" / ("demo.pdf" if layout == "sheet" else f"demo.{layout}.pdf"))
    assert round(found.sizes[0][0], 1) == {"a4": 210.0, "letter": 215.9}[paper]


def test_every_wish_can_stand_in_a_deck(decks: Callable[..., Path]) -> None:
    from cardgen.load import load_decks

    wishes = (
        "print: {layout: cards, paper: letter, fold: half, flip: fold, card: 3x5, back_offset: [1.5, -0.5], "
        "grey: true, font_dir: fonts}\n"
    )
    root = decks({"demo/deck.yaml": MINIMAL_DECK + wishes, "demo/fonts/keep": ""})
    loaded = load_decks(root)
    assert loaded.collection is not None
    assert loaded.collection.decks[0].printing == Printing(
        layout="cards",
        paper="letter",
        fold="half",
        flip="fold",
        card="3x5",
        back_offset=(1.5, -0.5),
        grey=True,
        font_dir=(root / "demo/fonts").as_posix(),
    )


@pytest.mark.parametrize("offset", ["1", "1,2,3", "a,b", "11,0", "0,-10.5", "nan,0"])
def test_an_offset_that_makes_no_sense_is_wrong_usage(
    offset: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks()
    found = cardgen("build", "--format", "pdf", "--back-offset", offset)
    assert (found.code, "Invalid value for '--back-offset'" in found.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        ((), "double-sided, flip on the long edge, at 100 % (not fitted to the page)"),
        (("--flip", "short"), "double-sided, flip on the short edge, at 100 % (not fitted to the page)"),
        (("--flip", "fold"), "on one side, then fold along the middle and glue, at 100 % (not fitted to the page)"),
    ],
)
def test_a_build_of_cards_says_how_to_print_them(
    arguments: tuple[str, ...], advice: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks()
    found = cardgen("build", "--format", "pdf", "--layout", "cards", *arguments)
    assert found.out.splitlines()[1:] == [f"demo.cards.pdf: print {advice}"]


# Where something is missing


def without_typst(folder: Path) -> dict[str, str]:
    """Return an environment in which Python finds no Typst."""
    hook = (
        "import importlib.util\n"
        "find = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *more: None if name == 'typst' else find(name, *more)\n"
    )
    (folder / "hook").mkdir()
    (folder / "hook/sitecustomize.py").write_text(hook)
    return {"PYTHONPATH": f"{folder / 'hook'}{os.pathsep}{REPOSITORY}"}


def test_without_typst_the_other_default_formats_are_built(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    found = cardgen("build", env=without_typst(tmp_path))
    assert (found.code, found.err) == (0, "")
    assert [line.split("  ")[0] for line in found.out.splitlines()] == [
        "dist/demo.apkg",
        "dist/demo.csv",
        "dist/demo.xlsx",
        "no pdf: printing needs the Python package typst, which is not installed",
    ]


def test_without_typst_asking_for_print_is_an_error(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    assert cardgen("build", "--format", "pdf", env=without_typst(tmp_path)) == Ran(
        1,
        "",
        "error[CG801]: printing needs the Python package typst, which is not installed\n"
        "  hint: Install it with `pip install 'typst>=0.15,<0.16'`, where there is a wheel for the machine, or build "
        "other formats.\n\n1 error\n",
    )


def test_a_character_of_the_deck_itself_is_told_with_the_deck(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks({"demo/deck.yaml": "id: demo\ntitle: Demo \u0378\nsections: [one]\n"})
    found = cardgen("build", "--format", "pdf")
    assert (found.code, found.err.splitlines()[:2]) == (
        0,
        ["warning[CG802]: no font can show U+0378; `[U+0378]` is printed instead", "  --> decks/demo"],
    )


def test_what_stops_print_leaves_the_other_default_formats_alone(
    decks: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def typeset(*_: object) -> None:
        raise PrintingError("the ink is dry")

    monkeypatch.setattr(exporter, "typeset", typeset)
    built = build_decks(Request(decks=decks(), out=tmp_path))
    assert (built.diagnostics, built.advice) == (
        (),
        ("no demo.pdf: demo: the ink is dry; ask for it with --format to see more",),
    )
    assert [artefact.path.name for artefact in built.artefacts] == ["demo.apkg", "demo.csv", "demo.xlsx"]


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
@pytest.mark.parametrize(("limit", "why"), [(10_000, errno.EFBIG), (30_000, errno.ENOSPC)])
def test_a_full_disk_is_named(limit: int, why: int, decks: Callable[..., Path], tmp_path: Path) -> None:
    import resource

    root = decks()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Templates are larger than the first limit, a PDF is larger than the second.
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        built = build_decks(Request(decks=root, out=tmp_path, formats=("pdf",)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [(found.code, found.message, found.hint) for found in built.diagnostics] == [
        (
            "CG808",
            f"demo: cannot write temporary files in `{tempfile.gettempdir()}`: {os.strerror(why)}",
            "Free some space there, or name another folder in the environment variable TMPDIR.",
        )
    ]


def test_a_template_that_fails_is_an_error_with_typsts_own_words() -> None:
    data = {"layout": "nothing", "sections": [], "time": 0}
    with Workers() as workers, pytest.raises(PrintingError, match=r"^Typst failed: "):
        compiler.typeset(workers, data, {}, [])


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiler, "_BASE_SECONDS", 0.001)
    data: dict[str, Any] = {"layout": "sheet", "sections": [], "time": 0}
    with Workers() as workers, pytest.raises(PrintingError, match=r"^typesetting took more than 0 seconds$"):
        compiler.typeset(workers, data, {}, [])


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_ends_printing_at_once_and_leaves_nothing(decks: Callable[..., Path], tmp_path: Path) -> None:
    decks(many(4000))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    build = subprocess.Popen(
        [sys.executable, "-m", "cardgen", "build", "--format", "pdf", "--layout", "cards"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY), "TMPDIR": str(scratch)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not list(scratch.glob("*/families.json")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)
    assert build.poll() is None
    os.killpg(build.pid, signal.SIGINT)
    assert build.wait(60) == 130
    assert list(scratch.iterdir()) == []
    assert list(tmp_path.glob("dist/*.pdf")) == []


def test_printing_leaves_no_temporary_files(
    decks: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    artefacts(decks(), tmp_path / "dist", "pdf")
    assert list(scratch.iterdir()) == []


# Pictures


def test_pictures_that_would_stop_the_printer_are_frames_and_the_others_are_printed(tmp_path: Path) -> None:
    from PIL import Image

    media = tmp_path / "decks/demo/media"
    media.mkdir(parents=True)
    Image.new("RGB", (40, 20), "teal").save(media / "good.png")
    Image.new("RGB", (40, 20), "teal").save(media / "good.jpg")
    Image.new("RGB", (40, 20), "teal").save(media / "good.gif")
    Image.new("RGB", (40, 20), "teal").save(media / "good.webp")
    Image.new("1", (9000, 9000)).save(media / "huge.png")
    (media / "cut.png").write_bytes((media / "good.png").read_bytes()[:60])
    names = ("good.png", "good.jpg", "good.gif", "good.webp", "huge.png", "cut.png")
    back = "\n\n".join(f"![Words for {name}](media/{name})" for name in names)
    cards = [{"id": "a", "kind": "basic", "front": "Which?", "back": back}]
    root = written(tmp_path / "decks", {"demo/deck.yaml": MINIMAL_DECK, "demo/one.yaml": card_file("One", cards)})
    (file,) = artefacts(root, tmp_path / "dist", "pdf").values()
    found = Printed(file)
    assert [bool(found.find(f"Words for {name}")) for name in names] == [False, False, False, False, True, True]


COSTLY = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="4000"><filter id="f">'
    '<feTurbulence numOctaves="60" baseFrequency="0.05"/><feGaussianBlur stdDeviation="200"/></filter>'
    '<rect width="4000" height="4000" filter="url(#f)"/></svg>'
)
"""A drawing that takes about ten seconds."""


def test_pictures_that_cannot_be_drawn_are_named_by_their_paths_in_the_deck(
    decks: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiler, "_SECONDS_A_PICTURE", 1)
    linked = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="b.png" width="9" height="9"/></svg>'
    )
    names = ("good", "costly", "linked", "again")
    back = " ".join(f"![Words for {name}](media/{name}.svg)" for name in names)
    files = {
        "demo/one.yaml": card_file("One", [{"id": "a", "kind": "basic", "front": "Which?", "back": back}]),
        "demo/media/good.svg": linked.replace("<image", "<rect"),
        "demo/media/costly.svg": COSTLY,
        "demo/media/linked.svg": linked,
        "demo/media/again.svg": COSTLY.replace("60", "61"),
    }
    built = build_decks(Request(decks=decks(files), out=tmp_path, formats=("pdf",)))
    assert [(found.code, found.message) for found in built.diagnostics] == [
        ("CG805", "`media/again.svg` is printed as an empty frame: it takes more than 1 seconds to draw"),
        ("CG805", "`media/costly.svg` is printed as an empty frame: it takes more than 1 seconds to draw"),
        (
            "CG805",
            "`media/linked.svg` is printed as an empty frame: "
            "failed to load linked image b.png in SVG (file not found)",
        ),
    ]
    found = Printed(tmp_path / "demo.pdf")
    assert [bool(found.find(f"Words for {name}")) for name in names] == [False, True, True, True]
