"""Private decks: nothing of them gets where others could see it."""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
import zipfile
import zlib
from typing import TYPE_CHECKING

import pdfplumber
import pytest
from command import environment
from conftest import Ran, written
from linted import found as linted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SECRET = "Zanzibarquartett"
"""A word that stands on a private card alone."""

PRIVATE = {
    "collection.yaml": "title: Quiet\nprivate: true\nwith: ../../public/decks\n",
    "mine/deck.yaml": f"id: mine\ntitle: Mine::{SECRET}\nsections: [stories]\n",
    "mine/stories.yaml": f"""
title: {SECRET}
cards:
  - id: night
    kind: story
    title: The night of {SECRET}
    for: rivers/danger
    beats: {{Situation: "{SECRET} was there.", Action: I called.}}
""",
}
PUBLIC = {
    "rivers/deck.yaml": "id: rivers\ntitle: Rivers\nsections: [one]\n",
    "rivers/one.yaml": "title: One\ncards:\n  - {id: danger, kind: basic, front: Which danger?, back: Floods}\n"
    "  - {id: plan, kind: framework, question: Why?, asks_for: Floods, moves: [{id: a, cue: A, text: B}, "
    "{id: c, cue: C, text: D}]}\n",
}

FORMATS = ("apkg", "csv", "xlsx", "anki-csv", "md", "pairs", "pdf", "story-sheet")


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    """Make a private folder beside a public one, and return it."""
    written(tmp_path / "public/decks", PUBLIC)
    return written(tmp_path / "quiet/decks", PRIVATE).parent


def found(ran: Ran) -> tuple[int, list[str]]:
    """Return the exit code, and code and message of all findings."""
    return ran.code, re.findall(r"^(?:error|warning)\[(.*)", ran.err, re.MULTILINE)


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, env=environment(), check=True, capture_output=True)


def inflated(content: bytes) -> Iterator[bytes]:
    """Yield bytes, and what is packed in them: in a zip, in the streams of a PDF, and the words of its pages."""
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from inflated(archive.read(name))
    elif content.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
            with contextlib.suppress(zlib.error):  # not all streams are packed
                yield zlib.decompress(stream)
        with pdfplumber.open(io.BytesIO(content)) as pages:
            yield from (page.extract_text().encode() for page in pages.pages)


def says(folder: Path, word: str) -> list[str]:
    """Return the files in a folder that hold a word, in any of the forms in which texts are kept."""
    forms = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), word.encode("utf-16-be").hex().encode()]
    return [
        file.relative_to(folder).as_posix()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        and any(form.lower() in part.lower() for part in inflated(file.read_bytes()) for form in forms)
    ]


def test_what_is_built_of_private_decks_stays_beside_them(
    quiet: Path, cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    built = cardgen("build", "--decks", "quiet/decks", "--format", "csv")
    assert (built.code, built.err) == (0, "")
    assert sorted(file.name for file in (quiet / "dist").iterdir()) == ["manifest.json", "mine.csv"]
    assert not (tmp_path / "dist").exists()
    (entry,) = json.loads((quiet / "dist/manifest.json").read_text(encoding="utf-8"))["artefacts"]
    assert entry["private"] is True


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("site",), "a site is"),
        (("preview", "--output", "page"), "a page in files is"),
        (("build", "--release-notes", "NOTES.md"), "release notes are"),
    ],
)
def test_what_is_for_others_is_refused(
    words: tuple[str, ...], what: str, quiet: Path, cardgen: Callable[..., Ran]
) -> None:
    before = sorted(quiet.rglob("*"))
    refused = cardgen(*words, cwd=quiet)
    assert found(refused) == (1, [f"CG531]: `mine` is private, and {what} for others"])
    assert [file for file in sorted(quiet.rglob("*")) if ".cardgen" not in file.parts] == before


def test_a_difference_is_no_release_notes(quiet: Path, cardgen: Callable[..., Ran]) -> None:
    assert cardgen("diff", "decks", "decks", "--output", "markdown", cwd=quiet) == Ran(
        2, "", "error: decks: `mine` is private, and release notes are for others\n"
    )
    assert cardgen("diff", "decks", "decks", cwd=quiet).code == 0


def test_the_files_of_a_plan_stay_apart_as_well(quiet: Path, cardgen: Callable[..., Ran]) -> None:
    asked = ("plan", "--interview", "2030-01-01", "--start", "2029-12-01", "--minutes", "20", "--format", "ics")
    planned = cardgen(*asked, cwd=quiet)
    assert planned.code == 0, planned
    entries = json.loads((quiet / "dist/manifest.json").read_text(encoding="utf-8"))["artefacts"]
    assert [entry["private"] for entry in entries] == [True]
    git(quiet, "init", "--quiet")
    assert [message[:5] for message in found(cardgen(*asked, cwd=quiet))[1]] == ["CG532", "CG532"]


@pytest.mark.usefixtures("quiet")
def test_private_and_public_artefacts_share_no_folder(cardgen: Callable[..., Ran]) -> None:
    assert cardgen("build", "--decks", "public/decks", "--format", "csv").code == 0
    mine = cardgen("build", "--decks", "quiet/decks", "--format", "csv", "--out", "dist")
    assert found(mine) == (1, ["CG530]: dist holds artefacts of public decks"])
    assert cardgen("build", "--decks", "quiet/decks", "--format", "csv").code == 0
    others = cardgen("build", "--decks", "public/decks", "--format", "csv", "--out", "quiet/dist")
    assert found(others) == (1, ["CG530]: quiet/dist holds artefacts of private decks"])


@pytest.mark.usefixtures("quiet")
def test_a_public_deck_shows_nothing_of_a_private_one(cardgen: Callable[..., Ran], tmp_path: Path) -> None:
    story = "title: One\ncards:\n  - {id: a, kind: story, title: T, for: mine/night, beats: {A: B, C: D}}\n"
    written(tmp_path / "public/decks", {"collection.yaml": "with: ../../quiet/decks\n", "rivers/one.yaml": story})
    refused = cardgen("build", "--decks", "public/decks", "--format", "csv")
    message = "`mine/night` is a card of a private deck, and this deck is for others"
    assert found(refused) == (1, [f"CG340]: {message}"])
    assert SECRET not in refused.err


# Git


@pytest.mark.parametrize(
    ("ignored", "messages"),
    [
        ("", ["quiet/decks/mine is", "quiet/dist is"]),
        ("*.csv\n", ["quiet/decks/mine is", "quiet/dist is"]),
        ("dist/\n", ["quiet/decks/mine is"]),
        ("quiet/decks/\n", ["quiet/dist is"]),
        ("quiet/\n", []),
    ],
)
def test_git_must_not_see_them(
    ignored: str, messages: list[str], quiet: Path, cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitignore").write_text(ignored, encoding="utf-8")
    built = cardgen("build", "--decks", "quiet/decks", "--format", "csv")
    top = tmp_path.resolve().as_posix()
    said = [f"CG532]: {message} in the git work tree {top}, which does not ignore it" for message in messages]
    assert found(built) == (1 if messages else 0, said)
    assert (quiet / "dist").exists() is not bool(messages)


def test_what_git_has_already_is_not_ignored(quiet: Path, cardgen: Callable[..., Ran], tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "quiet/decks/mine/stories.yaml")
    (quiet / ".gitignore").write_text("*\n", encoding="utf-8")
    assert found(cardgen("check", cwd=quiet))[1][0].startswith("CG532]: decks/mine is in the git work tree")
    git(tmp_path, "rm", "--quiet", "--cached", "quiet/decks/mine/stories.yaml")
    assert cardgen("check", cwd=quiet).code == 0


def test_variables_of_a_hook_do_not_mislead_it(quiet: Path, cardgen: Callable[..., Ran], tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    (other / ".git/info/exclude").write_text("*\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    hook = {"GIT_DIR": str(other / ".git"), "GIT_WORK_TREE": str(tmp_path)}
    assert cardgen("check", cwd=quiet, env=hook).code == 1


# No word of it


@pytest.mark.slow
def test_no_public_artefact_has_a_word_of_them(quiet: Path, cardgen: Callable[..., Ran], tmp_path: Path) -> None:
    every = [word for name in FORMATS for word in ("--format", name)]
    assert cardgen("build", cwd=quiet).code == 0
    public = tmp_path / "public"
    for command in (
        ("build", *every),
        ("build", "--release-notes", "NOTES.md"),
        ("site",),
        ("preview", "--output", "page"),
    ):
        ran = cardgen(*command, cwd=public)
        assert (ran.code, ran.err) == (0, ""), command
    assert says(public, SECRET) == []
    assert {"dist/rivers.apkg", "dist/rivers.pdf", "dist/rivers.xlsx"} <= set(says(public, "Floods"))
    assert {"dist/mine.apkg", "dist/mine.pdf", "dist/mine.xlsx"} <= set(says(quiet, SECRET))


# Patients


INNOCENT = (
    "BP 120/80, 24/7, 1/2 of them at 3:10",
    "pH 7.35, version 5.5.2, steps 10-12-14",
    "In May 2024 I may ask 3 times.",
    "Mrs. O. left, Mr. X stayed.",
    "I called Radiology, then called Code Blue.",
    "We treated patient 12 of 40 in a record of 12000 steps.",
    "1000000 units, 1,500,000 people, 245 points, NCT01234567",
    "16 years later, in the spring of 2024",
    "Sr. Resident and Jr. Resident",
)
TELLING = {
    "Ms. Lee came.": "Ms. Lee",
    "a patient called Maria": "patient called Maria",
    "the 3rd of May": "3rd of May",
    "March 12, 2024": "March 12, 2024",
    "born 12.03.1960": "12.03.1960",
    "on 2024-03-12 at": "2024-03-12",
    "seen 3/4/60": "3/4/60",
    "her DOB": "DOB",
    "record no. 123456": "record no. 123456",
    "Case 48213-7": "Case 48213-7",
    "SSN 123-45-6789": "123-45-6789",
    "call +44 20 7946 0958": "+44 20 7946 0958",
    "write to anna@example.org.": "anna@example.org",
}


def details(text: str, private: str, decks: Callable[..., Path]) -> list[str]:
    """Return what lint finds in a text of a basic card."""
    card = json.dumps({"id": "a", "kind": "basic", "front": "Which one?", "back": text})
    root = decks({"collection.yaml": f"private: {private}\n", "demo/one.yaml": f"title: One\ncards:\n  - {card}\n"})
    return [finding.message for finding in linted(root, "A18")]


@pytest.mark.parametrize("text", INNOCENT)
def test_numbers_and_words_of_a_hospital_are_no_patients(text: str, decks: Callable[..., Path]) -> None:
    assert details(text, "true", decks) == []


@pytest.mark.parametrize("text", TELLING)
def test_what_tells_who_a_patient_was_is_found(text: str, decks: Callable[..., Path]) -> None:
    (message,) = details(text, "true", decks)
    assert message.startswith(f"“{TELLING[text]}” is a")
    assert details(text, "false", decks) == []
