"""Attacks that went through once: each input is small, and the command says at once and in words what is wrong with it.

Those on the preview are beside its tests, those on `diff` beside the tests of reading packages.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from command import environment
from conftest import MINIMAL_CARDS, artefacts, imported
from fuzz_runner import Runner

from cardgen.build.compile import compile_collection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from anki.collection import Collection

MEMORY: Final = 300 * 1024**2
NOW: Final = "1795910400"
"""2026-11-29, in seconds since 1970."""

DAY: Final = 24 * 60 * 60
BUILD: Final = ("build", "--format", "apkg")


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """Start what runs commands with limits."""
    started = Runner()
    yield started
    started.close()


@pytest.fixture
def run(runner: Runner, tmp_path: Path) -> Callable[..., tuple[int | None, str, str]]:
    """Run a command in the test's folder; give its exit code and what it said."""

    def run(*arguments: str, epoch: str = NOW) -> tuple[int | None, str, str]:
        series = runner.run([arguments], tmp_path, {"SOURCE_DATE_EPOCH": epoch})
        assert series.memory < MEMORY
        (ran,) = series.runs
        return ran.code, ran.out.decode(), ran.err.decode()

    return run


def shown(text: str) -> str:
    return cleandoc(text) + "\n"


# Ledgers and manifests ------------------------------------------------------------------------------------------------


def put_pipe(file: Path) -> None:
    os.mkfifo(file)


def put_gigabytes(file: Path) -> None:
    with file.open("wb") as stream:
        stream.truncate(3 * 1024**3)


@pytest.mark.parametrize(
    ("put", "said"),
    [
        pytest.param(
            put_pipe,
            """
            error[CG101]: cannot read the file: it is a named pipe
              --> decks/demo/ledger.txt
              hint: Check that it exists and can be read.

            1 error
            """,
            id="a pipe",
        ),
        pytest.param(
            put_gigabytes,
            """
            error[CG102]: the file is larger than 64 MiB
              --> decks/demo/ledger.txt
              hint: Split a card file into several sections; restore any other file from git.

            1 error
            """,
            id="gigabytes",
        ),
        pytest.param(
            lambda file: file.symlink_to("/etc/passwd"),
            """
            error[CG115]: the file is a link that leads out of the decks' folder
              --> decks/demo/ledger.txt
              hint: Put the file itself into the deck's folder.

            1 error
            """,
            id="a link out",
        ),
        pytest.param(
            lambda file: file.symlink_to("/dev/zero"),
            """
            error[CG115]: the file is a link that leads out of the decks' folder
              --> decks/demo/ledger.txt
              hint: Put the file itself into the deck's folder.

            1 error
            """,
            id="a link to a device",
        ),
    ],
)
@pytest.mark.parametrize("command", [("check",), BUILD])
def test_a_ledger_that_is_none_is_refused_at_once(
    command: tuple[str, ...],
    put: Callable[[Path], None],
    said: str,
    decks: Callable[..., Path],
    run: Callable[..., tuple[int | None, str, str]],
) -> None:
    put(decks() / "demo/ledger.txt")
    assert run(*command) == (1, "", shown(said))


def test_a_year_that_would_be_written_with_three_digits_is_refused_and_the_ledger_kept(
    decks: Callable[..., Path], run: Callable[..., tuple[int | None, str, str]]
) -> None:
    root = decks()
    run(*BUILD)
    ledger = root / "demo/ledger.txt"
    old = ledger.read_text().replace("2026-11-29T", "0999-01-01T")
    ledger.write_text(old)
    (root / "demo/one.yaml").write_text(MINIMAL_CARDS.replace("This.", "That."))
    code, out, err = run(*BUILD)
    assert (code, out, err.splitlines()[:2]) == (
        1,
        "",
        ["error[CG601]: the time 0999-01-01T00:00:00Z is not between 1970 and 8999", "  --> decks/demo/ledger.txt:2:1"],
    )
    assert ledger.read_text() == old


def test_the_last_second_that_may_be_is_far_from_the_last_that_a_calendar_has(
    decks: Callable[..., Path], run: Callable[..., tuple[int | None, str, str]]
) -> None:
    root = decks()
    assert run(*BUILD, epoch="253402300799")[0] == 2
    assert run(*BUILD, epoch="221845391999")[0] == 0
    (root / "demo/one.yaml").write_text(MINIMAL_CARDS.replace("This.", "That."))
    assert run(*BUILD, epoch="221845391999")[0] == 0
    assert run(*BUILD)[0] == 0


@pytest.mark.parametrize(
    "put",
    [
        pytest.param(put_pipe, id="a pipe"),
        pytest.param(put_gigabytes, id="gigabytes"),
        pytest.param(lambda file: file.write_text("[" * 200_000), id="nested without end"),
        pytest.param(lambda file: file.symlink_to("/dev/zero"), id="a device"),
    ],
)
def test_a_manifest_that_is_none_is_in_the_way(
    put: Callable[[Path], None],
    decks: Callable[..., Path],
    run: Callable[..., tuple[int | None, str, str]],
    tmp_path: Path,
) -> None:
    decks()
    (tmp_path / "dist").mkdir()
    put(tmp_path / "dist/manifest.json")
    said = """
        error[CG507]: this file is in the way, and cardgen has not made it
          --> dist/manifest.json
          hint: Move, rename or delete the file, or write into another folder.

        1 error
    """
    assert run(*BUILD) == (1, "", shown(said))
    assert [file.name for file in (tmp_path / "dist").iterdir()] == ["manifest.json"]


# Names and addresses --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["build --format apkg", "list", "stats", "check"])
def test_names_do_not_steer_a_terminal(command: str, decks: Callable[..., Path], tmp_path: Path) -> None:
    root = decks()
    (root / "demo/q\x1b[2Jr.yaml").write_text("")
    (root / "a\x1b]0;x\x07b").mkdir()
    (root / "a\x1b]0;x\x07b/deck.yaml").write_text("")
    pty = pytest.importorskip("pty")
    master, terminal = pty.openpty()
    words = [sys.executable, "-m", "cardgen", *command.split()]
    env = environment({"NO_COLOR": "1", "TERM": "xterm"})
    subprocess.run(words, cwd=tmp_path, env=env, check=False, stdin=terminal, stdout=terminal, stderr=terminal)
    os.close(terminal)
    said = b""
    try:
        while piece := os.read(master, 4096):
            said += piece
    except OSError:
        # So a terminal says that nobody writes to it any more.
        os.close(master)
    assert rb"decks/a\x1b]0;x\x07b" in said
    assert b"\x1b" not in said.replace(b"\x1b[?25l", b"").replace(b"\x1b[?25h", b"")


def test_a_line_break_in_a_name_begins_no_command(
    decks: Callable[..., Path], run: Callable[..., tuple[int | None, str, str]]
) -> None:
    root = decks()
    (root / "demo").rename(root / "a\n::error title=x::y")
    said = r"""
        error[CG130]: the name of the deck's folder `a\x0a::error title=x::y` has a control character
          --> decks/a\x0a::error title=x::y
          hint: Rename the folder.

        1 error
    """
    assert run("check") == (1, "", shown(said))


def test_a_script_is_no_address_of_a_source(
    decks: Callable[..., Path], run: Callable[..., tuple[int | None, str, str]], tmp_path: Path
) -> None:
    source = "references:\n  - {id: s1, type: webpage, title: P, URL: 'javascript:document.title=1'}\n"
    decks({"sources.yaml": source, "demo/one.yaml": f"{MINIMAL_CARDS}    source: s1\n"})
    code, out, err = run(*BUILD)
    assert (code, out, err.splitlines()[0]) == (
        1,
        "",
        "error[CG316]: `javascript:document.title=1` is no address that a card may lead to",
    )
    assert not (tmp_path / "dist").exists()


def test_a_part_of_a_path_that_no_system_takes_is_told_in_json(
    decks: Callable[..., Path], run: Callable[..., tuple[int | None, str, str]]
) -> None:
    long = "a" * 300
    root = decks({"demo/one.yaml": MINIMAL_CARDS.replace("This.", f"'![x](media/{long}.png)'")})
    code, out, _ = run("check", "--output", "json")
    (found,) = (found for found in json.loads(out)["diagnostics"] if found["severity"] == "error")
    assert (code, found["code"], found["place"]["line"]) == (1, "CG406", 6)
    assert [found.code for found in compile_collection(root).diagnostics] == ["CG406"]
    (root / "demo/deck.yaml").write_text(f"id: demo\ntitle: Demo\nsections: [one, {long}]\n")
    code, out, err = run(*BUILD)
    assert (code, out, err.count("error[CG304]")) == (1, "", 1)


def test_a_name_that_is_not_utf_8_is_told_in_every_form(
    decks: Callable[..., Path], run: Callable[..., tuple[int | None, str, str]]
) -> None:
    root = decks()
    Path(f"{root}/demo/bad\udcff.yaml").write_text(MINIMAL_CARDS)
    assert json.loads(run("check", "--output", "sarif")[1])["version"] == "2.1.0"
    assert [run("preview", "--output", "site")[0], run(*BUILD)[0]] == [0, 0]


def test_thousands_of_findings_in_a_file_are_told_in_time(
    decks: Callable[..., Path], run: Callable[..., tuple[int | None, str, str]]
) -> None:
    entries = "".join(f"  - id: s{number}\n" for number in range(3000))
    decks({"sources.yaml": f"references:\n{entries}"})
    code, out, err = run("check")
    assert (code, out, err.splitlines()[-1]) == (1, "", "6,000 errors")


# What is written ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", ["sources.yaml", "collection.yaml", "lint.yaml"])
def test_release_notes_are_not_written_over_what_an_author_wrote(
    file: str, decks: Callable[..., Path], run: Callable[..., tuple[int | None, str, str]]
) -> None:
    texts = {"sources.yaml": "references: []\n", "collection.yaml": "lint: lint.yaml\n", "lint.yaml": "rules: {}\n"}
    root = decks({**texts})
    code, out, err = run(*BUILD, "--release-notes", f"decks/{file}")
    assert (code, out, err.splitlines()[:2]) == (
        1,
        "",
        ["error[CG507]: this file is in the way, and cardgen has not made it", f"  --> decks/{file}"],
    )
    assert (root / file).read_text() == texts[file]


def test_a_character_for_private_use_is_printed_as_its_number_and_its_card_named(
    decks: Callable[..., Path], run: Callable[..., tuple[int | None, str, str]]
) -> None:
    decks({"demo/one.yaml": MINIMAL_CARDS.replace("This.", '"This \\uE00A"')})
    code, _, err = run("build", "--format", "pdf")
    assert (code, err) == (
        0,
        shown("""
            warning[CG802]: no font can show U+E00A; `[U+E00A]` is printed instead
              --> decks/demo/one.yaml:3:9
              3 |   - id: first
                |         ^^^^^
              hint: Name a folder of fonts that have it with --font-dir, or write it differently.

            1 warning
        """),
    )


def test_a_build_without_standard_error_is_a_build(decks: Callable[..., Path], tmp_path: Path) -> None:
    decks()
    command = f"exec {sys.executable} -m cardgen build --format apkg 2>&-"
    done = subprocess.run(command, shell=True, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, check=False)
    assert (done.returncode, done.stdout.decode().split("  ")[0]) == (0, "dist/demo.apkg")
    assert sorted(file.name for file in (tmp_path / "dist").iterdir()) == ["demo.apkg", "manifest.json"]


# Times ----------------------------------------------------------------------------------------------------------------

DATED: Final = "title: One\ncards:\n  - {{id: a, kind: basic, front: Q, back: {}, as_of: 2026-01, stale_after: {}}}\n"


def test_a_change_made_while_the_clock_was_set_back_is_delivered(
    decks: Callable[..., Path], anki: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = 1790000000  # 2026-09-21
    seen = []
    for day, text, stale in (
        (0, "old", "2026-09-26"), (10, "old", "2026-09-26"), (4, "new", "2027-09-26"), (11, "new", "2027-09-26"),
    ):  # fmt: skip
        root = decks({"demo/one.yaml": DATED.format(text, stale)})
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(begin + day * DAY))
        counts = imported(anki, artefacts(root, tmp_path, "apkg")["demo.apkg"])
        seen.append((counts, anki.get_note(anki.find_notes("")[0])["Back"]))
    assert seen == [({"new": 1}, "old"), ({"duplicate": 1}, "old"), ({"updated": 1}, "new"), ({"duplicate": 1}, "new")]


def test_a_fact_that_is_overdue_changes_nothing_that_a_learner_wrote(
    decks: Callable[..., Path], anki: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = 1790000000  # 2026-09-21
    root = decks({"demo/one.yaml": DATED.format("A", "2026-09-26")})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(begin))
    imported(anki, artefacts(root, tmp_path, "apkg")["demo.apkg"])
    note = anki.get_note(anki.find_notes("")[0])
    note["Back"], note.tags = "A, and my mnemonic", [*note.tags, "hard"]
    anki.update_note(note)
    anki.db.execute("UPDATE notes SET mod = ?", begin + DAY)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(begin + 20 * DAY))
    assert imported(anki, artefacts(root, tmp_path, "apkg")["demo.apkg"]) == {"duplicate": 1}
    note.load()
    assert (note["Back"], "hard" in note.tags) == ("A, and my mnemonic", True)
