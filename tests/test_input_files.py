"""Every file is opened by one function, and whatever is not a plain file of its size and place is told at its place."""

from __future__ import annotations

import json
import os
import socket
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import MINIMAL_CARDS, MINIMAL_DECK, is_superuser

from cardgen.build.builder import build_decks
from cardgen.build.compile import compile_collection
from cardgen.build.manifest import read_manifest
from cardgen.build.request import Request
from cardgen.diagnostics import as_json, as_sarif, as_text
from cardgen.lint.run import CheckRequest, check
from cardgen.preview.site import as_json as site_as_json
from cardgen.preview.site import compile_site
from cardgen.read.files import (
    MAX_LEDGER,
    MAX_PICTURE,
    InputFolder,
    Reason,
    UnreadableFileError,
    is_there,
    label,
    names_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = "a" * 300

PICTURE = MINIMAL_CARDS.replace("This.", "'![map](map.png)'")

as_root = pytest.mark.skipif(is_superuser(), reason="the superuser may read and write everything")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in the test's folder, so that findings name files as people do."""
    monkeypatch.chdir(tmp_path)
    return Path("decks")


def findings(root: Path) -> str:
    """Return all that is found in decks, as text."""
    return as_text(compile_collection(root).diagnostics)


def put_socket(file: Path) -> None:
    with socket.socket(socket.AF_UNIX) as endpoint:
        endpoint.bind(os.path.relpath(file))


FILES = ("collection.yaml", "sources.yaml", "demo/deck.yaml", "demo/one.yaml", "demo/ledger.txt", "demo/guids.txt")


@pytest.mark.parametrize("file", FILES)
def test_a_named_pipe_is_told_and_nobody_waits_for_it(file: str, here: Path, decks: Callable[..., Path]) -> None:
    decks()
    (here / file).unlink(missing_ok=True)
    os.mkfifo(here / file)
    assert findings(here) == cleandoc(f"""
        error[CG101]: cannot read the file: it is a named pipe
          --> decks/{file}
          hint: Check that it exists and can be read.

        1 error
    """)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        pytest.param(lambda file: file.mkdir(), "a folder", id="a folder"),
        pytest.param(put_socket, "a socket", id="a socket"),
    ],
)
def test_what_is_no_file_is_named_as_what_it_is(
    make: Callable[[Path], None], what: str, here: Path, decks: Callable[..., Path]
) -> None:
    decks()
    make(here / "demo/ledger.txt")
    assert findings(here) == cleandoc(f"""
        error[CG101]: cannot read the file: it is {what}
          --> decks/demo/ledger.txt
          hint: Check that it exists and can be read.

        1 error
    """)


def test_a_device_is_not_read() -> None:
    with pytest.raises(UnreadableFileError, match="it is a device") as caught:
        InputFolder(Path("/dev")).read_bytes(Path("/dev/zero"), 10)
    assert caught.value.reason is Reason.NOT_A_FILE


@pytest.mark.parametrize("target", ["/etc/hostname", "/dev/zero", "../../ledger.txt"])
def test_a_ledger_that_leads_out_of_the_decks_is_not_read(
    target: str, here: Path, decks: Callable[..., Path], tmp_path: Path
) -> None:
    decks()
    (tmp_path / "ledger.txt").write_text("secret\n", encoding="utf-8")
    (here / "demo/ledger.txt").symlink_to(target)
    assert findings(here) == cleandoc("""
        error[CG115]: the file is a link that leads out of the decks' folder
          --> decks/demo/ledger.txt
          hint: Put the file itself into the deck's folder.

        1 error
    """)


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "there.txt").write_bytes(b"there")
    (tmp_path / "link.txt").symlink_to("there.txt")
    assert InputFolder(tmp_path).read_bytes(tmp_path / "link.txt", 10) == b"there"


def test_a_folder_whose_name_begins_the_same_is_outside(tmp_path: Path) -> None:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks-of-others").mkdir()
    assert not InputFolder(tmp_path / "decks").holds(tmp_path / "decks" / ".." / "decks-of-others")


def test_a_ledger_of_any_size_is_refused_before_it_is_read(here: Path, decks: Callable[..., Path]) -> None:
    decks()
    with (here / "demo/ledger.txt").open("wb") as stream:
        stream.truncate(MAX_LEDGER + 1)
    assert findings(here) == cleandoc("""
        error[CG102]: the file is larger than 64 MiB
          --> decks/demo/ledger.txt
          hint: Split a card file into several sections; restore any other file from git.

        1 error
    """)


def test_a_file_that_says_it_is_empty_is_still_not_read_beyond_its_limit() -> None:
    with pytest.raises(UnreadableFileError) as caught:
        InputFolder(Path("/proc")).read_bytes(Path("/proc/meminfo"), 8)
    assert caught.value.reason is Reason.TOO_LARGE


def test_a_ledger_that_is_not_utf8_is_told_at_its_first_wrong_byte(here: Path, decks: Callable[..., Path]) -> None:
    decks({"demo/ledger.txt": b"# cardgen\nfirst \xff\n"})
    assert findings(here) == cleandoc("""
        error[CG103]: byte 0xFF is not UTF-8
          --> decks/demo/ledger.txt:2:7
          2 | first\x20
            |       ^
          hint: Save it as UTF-8 in your editor.

        1 error
    """)


def test_lint_settings_that_cannot_be_read_are_told_where_they_are_named(
    here: Path, decks: Callable[..., Path]
) -> None:
    decks({"collection.yaml": "title: Demo\nlint: lint.yaml\n"})
    os.mkfifo(here / "lint.yaml")
    checked = check(CheckRequest(here))
    assert as_text(checked.diagnostics) == cleandoc("""
        error[CG101]: decks/lint.yaml: cannot read the file: it is a named pipe
          --> decks/collection.yaml:2:7
          2 | lint: lint.yaml
            |       ^^^^^^^^^
          hint: Check that it exists and can be read.

        1 error
    """)


@pytest.mark.parametrize(
    ("make", "message", "hint"),
    [
        pytest.param(
            lambda file: os.mkfifo(file),  # noqa: PLW0108 - looked up when it is called: not every system has it
            "[CG406]: cannot read `map.png`: it is a named pipe",
            "Correct the path; it starts at the deck's folder.",
            id="a named pipe",
        ),
        pytest.param(
            os.mkdir,
            "[CG406]: cannot read `map.png`: it is a folder",
            "Correct the path; it starts at the deck's folder.",
            id="a folder",
        ),
        pytest.param(
            lambda file: file.symlink_to("/dev/zero"),
            "[CG407]: `map.png` is a link that leads out of the deck's folder",
            "Copy the file into the deck's folder.",
            id="a device",
        ),
        pytest.param(
            lambda file: os.truncate(os.open(file, os.O_CREAT | os.O_WRONLY), MAX_PICTURE + 1),
            "[CG410]: `map.png` is larger than 20 MiB",
            "Make it smaller.",
            id="a large file",
        ),
    ],
)
def test_a_picture_that_cannot_be_read_is_told_where_it_is_named(
    make: Callable[[Path], None], message: str, hint: str, here: Path, decks: Callable[..., Path]
) -> None:
    decks({"demo/one.yaml": PICTURE})
    make(here / "demo/map.png")
    assert findings(here) == cleandoc(f"""
        error{message}
          --> decks/demo/one.yaml:6:11
          6 |     back: '![map](map.png)'
            |           ^^^^^^^^^^^^^^^^^
          hint: {hint}

        1 error
    """)


def test_a_picture_path_that_no_system_takes_is_told_where_it_is_named(here: Path, decks: Callable[..., Path]) -> None:
    decks({"demo/one.yaml": MINIMAL_CARDS.replace("This.", f"'![map]({LONG}/map.png)'")})
    assert findings(here) == cleandoc(f"""
        error[CG406]: cannot read `{"a" * 59}…`: File name too long
          --> decks/demo/one.yaml:6:11
          6 |     back: '![map]({"a" * 82}…
            |           {"^" * 90}
          hint: Correct the path; it starts at the deck's folder.

        1 error
    """)


def test_a_section_name_that_no_system_takes_is_told_where_it_stands(here: Path, decks: Callable[..., Path]) -> None:
    decks({"demo/deck.yaml": f"id: demo\ntitle: Demo\nsections: [one, {LONG}]\n"})
    assert [f"{found.code} {found.place}" for found in compile_collection(here).diagnostics] == [
        "CG206 decks/demo/deck.yaml:3:17",
        "CG304 decks/demo/deck.yaml:3:17",
    ]


def test_a_folder_of_fonts_that_no_system_takes_is_told_where_it_is_named(
    here: Path, decks: Callable[..., Path]
) -> None:
    decks({"demo/deck.yaml": f"{MINIMAL_DECK}print: {{font_dir: {LONG}}}\n"})
    assert findings(here) == cleandoc(f"""
        error[CG807]: no folder `{"a" * 59}…` in decks/demo
          --> decks/demo/deck.yaml:4:19
          4 | print: {{font_dir: {"a" * 82}…
            |                   {"^" * 82}
          hint: Correct the path; it starts at the folder of the file that names it.

        1 error
    """)


@as_root
def test_a_deck_folder_that_may_not_be_looked_into_is_an_error(here: Path, decks: Callable[..., Path]) -> None:
    decks({"other/deck.yaml": MINIMAL_DECK})
    (here / "other").chmod(0)
    try:
        assert findings(here) == cleandoc("""
            error[CG101]: cannot read the folder: Permission denied
              --> decks/other
              hint: Check that it exists and can be read.

            1 error
        """)
    finally:
        (here / "other").chmod(0o755)


def test_a_deck_folder_that_cannot_be_read_is_an_error(
    here: Path, decks: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    decks({"other/deck.yaml": MINIMAL_DECK})
    real = os.lstat

    def refusing(path: str, **more: int | None) -> os.stat_result:
        if os.fspath(path).endswith("other/deck.yaml"):
            raise PermissionError(13, "Permission denied", path)
        return real(path, **more)

    monkeypatch.setattr(os, "lstat", refusing)
    assert findings(here) == cleandoc("""
        error[CG101]: cannot read the folder: Permission denied
          --> decks/other
          hint: Check that it exists and can be read.

        1 error
    """)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param(
            "a\n::error title=boo::x", r"`a\x0a::error title=boo::x` has a control character", id="a line break"
        ),
        pytest.param("a\x1b[31m", r"`a\x1b[31m` has a control character", id="a terminal sequence"),
        pytest.param("a\u202eb", r"`a\u202eb` has a control character", id="a turn of the writing direction"),
        pytest.param(os.fsdecode(b"z\xfcrich"), r"`z\xfcrich` is not UTF-8", id="not UTF-8"),
    ],
)
def test_a_deck_folder_with_an_unfit_name_is_refused_in_a_line(
    name: str, said: str, here: Path, decks: Callable[..., Path]
) -> None:
    decks()
    (here / "demo").rename(here / name)
    assert findings(here) == cleandoc(f"""
        error[CG130]: the name of the deck's folder {said}
          --> decks/{said.split("`")[1]}
          hint: Rename the folder.

        1 error
    """)


NOT_UTF8 = os.fsdecode(b"bad\xff")


def test_a_card_file_whose_name_is_not_utf8_is_told_in_every_form(here: Path, decks: Callable[..., Path]) -> None:
    decks()
    (here / f"demo/{NOT_UTF8}.yaml").write_text(MINIMAL_CARDS, encoding="utf-8")
    (found,) = compile_collection(here).diagnostics
    assert as_text([found]) == cleandoc(r"""
        warning[CG305]: `bad\xff` is not among the deck's sections
          --> decks/demo/bad\xff.yaml
          hint: Rename it and add it to `sections`, or move it away.

        1 warning
    """)
    assert json.loads(as_json([found]))["diagnostics"][0]["place"]["file"] == r"decks/demo/bad\xff.yaml"
    run = json.loads(as_sarif([found], "1"))["runs"][0]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "decks/demo/bad%5Cxff.yaml"}}
    site = json.loads(site_as_json(compile_site(here)).encode())
    assert [(finding["file"], finding["message"]) for finding in site["findings"]] == [
        (r"decks/demo/bad\xff.yaml", r"`bad\xff` is not among the deck's sections")
    ]


def test_a_picture_whose_name_is_not_utf8_is_told_and_never_proposed(here: Path, decks: Callable[..., Path]) -> None:
    decks({"demo/one.yaml": MINIMAL_CARDS.replace("This.", "'![map](media/bad.png)'"), "demo/media/x.txt": ""})
    (here / f"demo/media/{NOT_UTF8}.png").write_bytes(b"")
    assert findings(here) == cleandoc(r"""
        error[CG406]: no file `media/bad.png` in the deck's folder
          --> decks/demo/one.yaml:6:11
          6 |     back: '![map](media/bad.png)'
            |           ^^^^^^^^^^^^^^^^^^^^^^^
          hint: Correct the path; it starts at the deck's folder.

        warning[CG409]: no card shows media/bad\xff.png
          --> decks/demo/media/bad\xff.png
          hint: Use it or delete it.

        warning[CG409]: no card shows media/x.txt
          --> decks/demo/media/x.txt
          hint: Use it or delete it.

        1 error, 2 warnings
    """)


def test_a_folder_of_decks_whose_name_is_not_utf8_is_named_in_text(tmp_path: Path) -> None:
    (found,) = compile_collection(tmp_path / NOT_UTF8).diagnostics
    assert as_text([found]) == cleandoc(rf"""
        error[CG101]: cannot read the folder: No such file or directory
          --> {tmp_path.as_posix()}/bad\xff
          hint: Check that it exists and can be read.

        1 error
    """)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"[" * 200_000, id="nested without end"),
        pytest.param(b'{"version": 1, "artefacts": [{"file": "%s"}]}' % LONG.encode(), id="a name that is too long"),
        pytest.param(b'{"version": 1, "artefacts": [{"file": "a\\u0000b"}]}', id="a name that no system takes"),
        pytest.param(b'{"version": 1, "artefacts": [{"file": "../decks/demo.csv"}]}', id="a path out of the folder"),
        pytest.param(b'{"version": 1, "artefacts": [{"file": ["demo.csv"]}]}', id="a name that is no text"),
        pytest.param(b"\xff", id="not UTF-8"),
        pytest.param(None, id="a named pipe"),
    ],
)
def test_a_manifest_that_cannot_be_used_counts_as_empty(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    (tmp_path / "demo.csv").write_bytes(b"")
    if content is None:
        os.mkfifo(file)
    else:
        file.write_bytes(content)
    assert not read_manifest(tmp_path)


def test_a_build_leaves_a_manifest_alone_that_nobody_could_read(here: Path, decks: Callable[..., Path]) -> None:
    decks()
    Path("dist").mkdir()
    os.mkfifo("dist/manifest.json")
    built = build_decks(Request(decks=here, formats=("csv",)))
    assert [(found.code, str(found.place)) for found in built.diagnostics] == [("CG507", "dist/manifest.json")]
    assert [file.name for file in Path("dist").iterdir()] == ["manifest.json"]


def test_names_in_a_folder_are_sorted_and_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / name).touch()
    assert names_in(tmp_path) == ["a", "b"]
    with pytest.raises(UnreadableFileError, match="cannot read the folder: Not a directory"):
        names_in(tmp_path / "a")


def test_a_link_that_leads_nowhere_is_there(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nowhere")
    assert is_there(tmp_path / "link")
    assert not is_there(tmp_path / "none" / "link")


def test_a_path_is_shown_as_it_is_but_for_what_no_line_can_hold() -> None:
    assert label(Path("decks/Zürich 图/a\tb\x00\u2028" + NOT_UTF8)) == r"decks/Zürich 图/a\x09b\x00\u2028bad\xff"
