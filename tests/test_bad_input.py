"""Whatever is wrong with what it is given, cardgen says so in a line, and what was built before stays as it is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import MINIMAL_CARDS, MINIMAL_DECK, REPOSITORY, Ran, is_superuser
from hypothesis import given
from hypothesis import strategies as st
from schema_values import documents

from cardgen.build.builder import build_decks
from cardgen.build.request import Request
from cardgen.diagnostics import as_github, as_json, as_text, has_errors
from cardgen.load import load_decks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Files = dict[str, str | bytes | None]

as_root = pytest.mark.skipif(is_superuser(), reason="the superuser may read and write everything")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the small deck once, and give the folder with ``decks`` and ``dist``."""
    folder = tmp_path_factory.mktemp("built")
    put(folder / "decks", {"demo/deck.yaml": MINIMAL_DECK, "demo/one.yaml": MINIMAL_CARDS})
    build_decks(Request(decks=folder / "decks", out=folder / "dist"))
    return folder


@pytest.fixture
def earlier(built: Path, tmp_path: Path) -> dict[str, bytes]:
    """Lay the small deck and its artefacts in ``dist`` into the test's folder, and give what is in ``dist``."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return contents(tmp_path / "dist")


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder, hidden ones too."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def put(root: Path, files: Files) -> None:
    for name, content in files.items():
        file = root / name
        if content is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())


def back(text: str) -> Files:
    """Return the small deck's card another answer, written as YAML."""
    return {"demo/one.yaml": MINIMAL_CARDS.replace("This.", text)}


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)
)


@pytest.mark.parametrize(
    ("files", "shown"),
    [
        pytest.param(
            {"demo/one.yaml": ""},
            """
            error[CG114]: the file is empty
              --> decks/demo/one.yaml:1:1
              hint: Fill it, or delete it and its mention.
            """,
            id="an empty file",
        ),
        pytest.param(
            {"demo/deck.yaml": "- id: demo\n- title: Demo\n"},
            """
            error[CG203]: the file must be a mapping of fields, not a list
              --> decks/demo/deck.yaml:1:1
              1 | - id: demo
                | ^
              hint: What a deck is called, which card files it has and in which variants it can be built.
            """,
            id="a list where a mapping belongs",
        ),
        pytest.param(
            {"demo/one.yaml": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"},
            """
            error[CG122]: the file is a PNG picture, not text
              --> decks/demo/one.yaml
              hint: Write the cards as text in a YAML file.
            """,
            id="a picture for a card file",
        ),
        pytest.param(
            {"demo/one.yaml": b"title: \x00\n"},
            """
            error[CG104]: the file holds the invisible character U+0000
              --> decks/demo/one.yaml:1:8
              1 | title: �
                |        ^
              hint: Delete it.
            """,
            id="a control character",
        ),
        pytest.param(
            back('"a\\x1fb"'),
            """
            error[CG104]: a text holds the invisible character U+001F
              --> decks/demo/one.yaml:6:11
              6 |     back: "a\\x1fb"
                |           ^^^^^^^^
              hint: Delete it.
            """,
            id="the separator of Anki's fields",
        ),
        pytest.param(
            back("x" * 1_000_000),
            f"""
            error[CG206]: `back`: must have at most 20,000 characters, not 1,000,000
              --> decks/demo/one.yaml:6:11
              6 |     back: {"x" * 90}…
                |           {"^" * 90}
              hint: Keep to the limit in the message.
            """,
            id="a line of a megabyte",
        ),
        pytest.param(
            {"demo/one.yaml": "[" * 1_000_000},
            f"""
            error[CG111]: nested deeper than 64 levels
              --> decks/demo/one.yaml:1:65
              1 | …{"[" * 100}…
                | {" " * 51}^
              hint: Flatten the file.
            """,
            id="nesting without end",
        ),
        pytest.param(
            {"demo/one.yaml": BOMB},
            """
            error[CG110]: aliases repeat more than 100,000 values
              --> decks/demo/one.yaml:5:45
              5 | a4: &a4 [*a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3]
                |                                             ^^^
              hint: Write the values out.
            """,
            id="an alias bomb",
        ),
        pytest.param(
            {"demo/one.yaml": None},
            """
            error[CG304]: no file one.yaml in decks/demo
              --> decks/demo/deck.yaml:3:12
              3 | sections: [one]
                |            ^^^
              hint: Correct the name, or add the file.
            """,
            id="a card file that is not there",
        ),
        pytest.param(
            {"demo/deck.yaml": None},
            """
            error[CG505]: no folder in it has a deck.yaml
              --> decks
              hint: A deck is a folder with a deck.yaml; name the folder of the decks with --decks.
            """,
            id="no deck at all",
        ),
        pytest.param(
            {"sources.yaml/x": ""},
            """
            error[CG101]: cannot read the file: it is a folder
              --> decks/sources.yaml
              hint: Check that it exists and can be read.
            """,
            id="a folder in place of a file",
        ),
        pytest.param(
            back("'![map](../map.png)'"),
            """
            error[CG407]: `../map.png` leads out of the deck's folder
              --> decks/demo/one.yaml:6:11
              6 |     back: '![map](../map.png)'
                |           ^^^^^^^^^^^^^^^^^^^^
              hint: Copy the file into the deck's folder.
            """,
            id="a picture above the deck",
        ),
        pytest.param(
            back("'![map](/etc/map.png)'"),
            """
            error[CG407]: `/etc/map.png` leads out of the deck's folder
              --> decks/demo/one.yaml:6:11
              6 |     back: '![map](/etc/map.png)'
                |           ^^^^^^^^^^^^^^^^^^^^^^
              hint: Copy the file into the deck's folder.
            """,
            id="a picture anywhere on the disk",
        ),
    ],
)
def test_a_bad_file_is_told_and_earlier_artefacts_stay(
    files: Files, shown: str, earlier: dict[str, bytes], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    put(tmp_path / "decks", files)
    assert cardgen("build") == Ran(1, "", f"{cleandoc(shown)}\n\n1 error\n")
    assert contents(tmp_path / "dist") == earlier


@pytest.mark.parametrize(
    ("link", "target", "shown"),
    [
        pytest.param(
            "decks/demo/one.yaml",
            "../../one.yaml",
            """
            error[CG115]: the file is a link that leads out of the decks' folder
              --> decks/demo/one.yaml
              hint: Put the file itself into the deck's folder.
            """,
            id="a card file",
        ),
        pytest.param(
            "decks/sources.yaml",
            "/etc/hostname",
            """
            error[CG115]: the file is a link that leads out of the decks' folder
              --> decks/sources.yaml
              hint: Put the file itself into the deck's folder.
            """,
            id="the sources",
        ),
        pytest.param(
            "decks/other",
            "../elsewhere",
            """
            error[CG115]: the file is a link that leads out of the decks' folder
              --> decks/other/deck.yaml
              hint: Put the file itself into the deck's folder.
            """,
            id="a deck",
        ),
        pytest.param(
            "decks/demo/map.png",
            "../../map.png",
            """
            error[CG407]: `map.png` is a link that leads out of the deck's folder
              --> decks/demo/one.yaml:6:11
              6 |     back: '![map](map.png)'
                |           ^^^^^^^^^^^^^^^^^
              hint: Copy the file into the deck's folder.
            """,
            id="a picture",
        ),
        pytest.param(
            "decks/demo/one.yaml",
            "one.yaml",
            """
            error[CG101]: cannot read the file: Too many levels of symbolic links
              --> decks/demo/one.yaml
              hint: Check that it exists and can be read.
            """,
            id="a card file that leads to itself",
        ),
        pytest.param(
            "decks/demo/map.png",
            "map.png",
            """
            error[CG406]: cannot read `map.png`: Too many levels of symbolic links
              --> decks/demo/one.yaml:6:11
              6 |     back: '![map](map.png)'
                |           ^^^^^^^^^^^^^^^^^
              hint: Correct the path; it starts at the deck's folder.
            """,
            id="a picture that leads to itself",
        ),
    ],
)
def test_a_link_that_leads_nowhere_good_is_told_and_earlier_artefacts_stay(
    link: str, target: str, shown: str, earlier: dict[str, bytes], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    put(tmp_path, {"one.yaml": MINIMAL_CARDS, "map.png": "x", "elsewhere/deck.yaml": MINIMAL_DECK})
    if link.endswith("map.png"):
        put(tmp_path / "decks", back("'![map](map.png)'"))
    (tmp_path / link).unlink(missing_ok=True)
    (tmp_path / link).symlink_to(target)
    assert cardgen("build") == Ran(1, "", f"{cleandoc(shown)}\n\n1 error\n")
    assert contents(tmp_path / "dist") == earlier


@as_root
def test_a_file_that_may_not_be_read_is_told_and_earlier_artefacts_stay(
    earlier: dict[str, bytes], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "decks/demo/one.yaml").chmod(0)
    shown = cleandoc("""
        error[CG101]: cannot read the file: Permission denied
          --> decks/demo/one.yaml
          hint: Check that it exists and can be read.

        1 error
    """)
    assert cardgen("build") == Ran(1, "", f"{shown}\n")
    assert contents(tmp_path / "dist") == earlier


def test_a_deck_that_is_not_there_is_told_and_earlier_artefacts_stay(
    earlier: dict[str, bytes], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    shown = "error[CG501]: no deck `../demo` in decks\n  hint: A deck goes by its name alone: `demo`.\n\n1 error\n"
    assert cardgen("build", "--deck", "demo", "--deck", "../demo") == Ran(1, "", shown)
    assert contents(tmp_path / "dist") == earlier


def test_a_selection_of_nothing_is_told_and_earlier_artefacts_stay(
    earlier: dict[str, bytes], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    shown = "error[CG503]: no card is left in demo-tags-none\n  hint: Ask for fewer things at once.\n\n1 error\n"
    assert cardgen("build", "--where", "tags=none") == Ran(1, "", shown)
    assert contents(tmp_path / "dist") == earlier


@pytest.mark.parametrize(
    ("files", "arguments"),
    [
        pytest.param({"demo/one.yaml": ""}, (), id="a bad file"),
        pytest.param({}, ("--where", "tags=none"), id="an empty selection"),
        pytest.param({}, ("--variant", "none"), id="an unknown variant"),
    ],
)
def test_a_failed_build_makes_no_folder(
    files: Files, arguments: tuple[str, ...], decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks(files)
    assert cardgen("build", *arguments, "--out", "new").code == 1
    assert not (tmp_path / "new").exists()


# Where artefacts go

CANNOT_WRITE = "Check the folder, its permissions and the space on the disk; earlier artefacts are untouched."


@pytest.mark.parametrize(
    ("arguments", "problem", "place"),
    [
        pytest.param(("--out", "dist/demo.csv"), "File exists", "dist/demo.csv", id="a file in place of the folder"),
        pytest.param(("--out", "dist/demo.csv/new"), "Not a directory", "dist/demo.csv/new", id="a file above it"),
        pytest.param(
            ("--format", "csv", "--format", "anki-csv"),
            "a folder of this name is in the way",
            "dist/demo.anki.csv",
            id="a folder in place of an artefact",
        ),
        pytest.param(("--out", "dist/" + "x" * 300), "File name too long", "dist/" + "x" * 300, id="too long a name"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_told_and_earlier_artefacts_stay(
    arguments: tuple[str, ...],
    problem: str,
    place: str,
    earlier: dict[str, bytes],
    cardgen: Callable[..., Ran],
    tmp_path: Path,
) -> None:
    (tmp_path / "dist/demo.anki.csv").mkdir()
    put(tmp_path / "decks", back("That."))
    shown = f"error[CG504]: cannot write: {problem}\n  --> {place}\n  hint: {CANNOT_WRITE}\n\n1 error\n"
    assert cardgen("build", *arguments) == Ran(1, "", shown)
    assert contents(tmp_path / "dist") == earlier


@as_root
def test_a_folder_that_may_not_be_written_to_is_told_and_earlier_artefacts_stay(
    earlier: dict[str, bytes], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "dist").chmod(0o555)
    found = cardgen("build")
    (tmp_path / "dist").chmod(0o755)
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith("error[CG504]: cannot write: Permission denied\n")
    assert contents(tmp_path / "dist") == earlier


FULL_DISK = """\
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
del sys.argv[1]
runpy.run_module("cardgen", run_name="__main__")
"""


@pytest.mark.parametrize(
    ("room", "formats", "reason", "place"),
    [
        pytest.param(0, ("apkg",), "File too large", "decks/demo/ledger.txt", id="at the first byte"),
        pytest.param(1000, ("apkg",), "disk I/O error", tempfile.gettempdir(), id="inside the collection"),
        pytest.param(1000, ("csv", "apkg"), "disk I/O error", tempfile.gettempdir(), id="inside the second artefact"),
        pytest.param(200, ("csv",), "File too large", "dist/manifest.json", id="inside the manifest"),
    ],
)
def test_a_full_disk_is_told_and_earlier_artefacts_stay(
    room: int, formats: tuple[str, ...], reason: str, place: str, earlier: dict[str, bytes], tmp_path: Path
) -> None:
    put(tmp_path / "decks", back("That."))
    arguments = [part for name in formats for part in ("--format", name)]
    assert on_a_full_disk(room, ["build", *arguments], tmp_path) == Ran(1, "", cannot_write(reason, place))
    assert contents(tmp_path / "dist") == earlier


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (("preview", "--output", "page"), "page/index.html"),
        (("site", "--format", "csv"), "site/index.html"),
        (("schema", "cards", "--out", "cards.json"), "cards.json"),
    ],
)
def test_a_full_disk_is_told_at_the_file_that_does_not_fit(
    arguments: tuple[str, ...], place: str, decks: Callable[..., Path], tmp_path: Path
) -> None:
    decks()
    assert on_a_full_disk(1000, arguments, tmp_path) == Ran(1, "", cannot_write("File too large", place))


def on_a_full_disk(room: int, arguments: Sequence[str], cwd: Path) -> Ran:
    """Run the command where no file can be larger than so many bytes."""
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(room), *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
        text=True,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def cannot_write(reason: str, place: str) -> str:
    """Return what is said where a file cannot be written."""
    return f"error[CG504]: cannot write: {reason}\n  --> {place}\n  hint: {CANNOT_WRITE}\n\n1 error\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no file that is always full")
@pytest.mark.parametrize("arguments", [("list",), ("build",), ("check",), ("schema", "cards")])
def test_a_full_disk_behind_the_output_is_told(
    arguments: tuple[str, ...], decks: Callable[..., Path], tmp_path: Path
) -> None:
    decks()
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cardgen", *arguments],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
        )
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


# Anything at all


def load_with(name: str, content: bytes) -> None:
    """Read the small deck with one file replaced; whatever comes of it can be shown, and errors are told."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        put(root, {"demo/deck.yaml": MINIMAL_DECK, "demo/one.yaml": MINIMAL_CARDS, name: content})
        loaded = load_decks(root)
    found = loaded.diagnostics
    assert (loaded.collection is None) == has_errors(found)
    assert len(json.loads(as_json(found))["diagnostics"]) == len(found)
    assert as_github(found).count("\n") == max(0, len(found) - 1)
    assert as_text(found).count("\n  --> ") == len(found)


NAMES = {"demo/deck.yaml": "deck", "demo/one.yaml": "cards", "sources.yaml": "sources", "collection.yaml": "collection"}
each_file = pytest.mark.parametrize("name", NAMES)

SNIPPETS = st.sampled_from(
    [
        "id: ",
        "title: ",
        "kind: basic",
        "cards:",
        "sections: ",
        "references:",
        "demo",
        "- ",
        "\n",
        "\n  ",
        "[",
        "]",
        "{",
        "}",
    ]
) | st.sampled_from(
    [", ", "&a ", "*a", "'", '"', "|\n", ": ", "? ", "!b ", "# ", "\t", "---\n", "\\x1f", "日本", "\ufeff"]
)


@each_file
@given(content=st.one_of(st.binary(max_size=60), st.lists(SNIPPETS, max_size=16).map("".join).map(str.encode)))
def test_no_bytes_at_all_make_reading_raise(name: str, content: bytes) -> None:
    load_with(name, content)


@each_file
@given(data=st.data())
def test_no_values_at_all_make_checking_raise(name: str, data: st.DataObject) -> None:
    value: Any = data.draw(documents(NAMES[name]))
    load_with(name, json.dumps(value, ensure_ascii=False, default=str).encode())
