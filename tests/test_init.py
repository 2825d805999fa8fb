"""`cardgen init`: what it writes is a good beginning, and what was there stays."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from inspect import cleandoc
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from command import environment
from conftest import Ran, written

from cardgen.check import SCHEMAS, kinds, schema_text
from cardgen.load import load_decks
from cardgen.starter.origin import address_in

if TYPE_CHECKING:
    from collections.abc import Callable

FOR_EDITORS = ["decks/.cardgen/.gitignore", *(f"decks/.cardgen/schema/{name}.schema.json" for name in SCHEMAS)]
AROUND = [
    "README.md",
    ".gitignore",
    ".gitattributes",
    ".vscode/settings.json",
    ".vscode/extensions.json",
    ".github/workflows/decks.yml",
]
NO_NAME = "a deck's name has small letters, digits and hyphens, at most 80"
SHARED = ["decks/collection.yaml", "decks/sources.yaml"]


def deck_files(name: str, home: str = "") -> list[str]:
    return [f"{home}decks/{name}/deck.yaml", f"{home}decks/{name}/first-cards.yaml"]


def first_deck_files(name: str, home: str = "") -> list[str]:
    return [*deck_files(name, home), f"{home}decks/{name}/media/planets.svg"]


def contents(folder: Path) -> dict[str, str]:
    """Return every file below a folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes().decode() for file in folder.rglob("*") if file.is_file()
    }


def report(*wrote: str) -> str:
    return "".join(f"wrote  {file}\n" for file in wrote)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Make an empty folder whose name is none of a deck."""
    folder = tmp_path / "Große Flüsse"
    folder.mkdir()
    return folder


@pytest.fixture
def init(here: Path, cardgen: Callable[..., Ran]) -> Callable[..., Ran]:
    def run(*words: str, cwd: Path = here) -> Ran:
        return cardgen("init", *words, cwd=cwd)

    return run


# What it writes


def test_a_collection_begins_with_a_deck(init: Callable[..., Ran], here: Path) -> None:
    files = [*AROUND, *SHARED, *first_deck_files("rivers"), *FOR_EDITORS]
    following = cleandoc("""
        Next:
          cardgen preview --open  see the cards; change them in decks/rivers/first-cards.yaml
          cardgen check           what is wrong with them, and where
          cardgen build           dist/rivers.apkg for Anki, tables, and sheets to print
    """)
    assert init("rivers") == Ran(0, f"{report(*files)}\n{following}\n", "")
    assert sorted(contents(here)) == sorted(files)


def test_a_deck_without_a_name_is_called_after_its_folder(init: Callable[..., Ran], here: Path) -> None:
    assert init().code == 0
    loaded = load_decks(here / "decks").collection
    assert loaded is not None
    (deck,) = loaded.decks
    assert (loaded.title, deck.name, deck.id, deck.title) == (
        "Grosse flusse",
        "grosse-flusse",
        "grosse-flusse",
        "Grosse flusse",
    )


@pytest.mark.parametrize("folder", ["日本", "con", "..."])
def test_where_a_folder_has_no_such_name_the_deck_has_a_plain_one(
    folder: str, init: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / folder).mkdir()
    assert init(cwd=tmp_path / folder).code == 0
    assert (tmp_path / folder / "decks/first-deck/deck.yaml").is_file()


def test_a_deck_is_added_to_a_collection(init: Callable[..., Ran], here: Path) -> None:
    init("rivers")
    before = contents(here)
    following = cleandoc("""
        Next:
          cardgen preview lakes --open  see the cards; change them in decks/lakes/first-cards.yaml
          cardgen check lakes           what is wrong with them, and where
          cardgen build lakes           dist/lakes.apkg for Anki, tables, and sheets to print
    """)
    assert init("lakes") == Ran(0, f"{report(*deck_files('lakes'))}\n{following}\n", "")
    after = contents(here)
    assert {name: after[name] for name in before} == before
    assert sorted(after.keys() - before.keys()) == deck_files("lakes")


def test_below_a_collection_the_deck_is_added_to_it(init: Callable[..., Ran], here: Path) -> None:
    init("rivers")
    added = init("lakes", cwd=here / "decks/rivers")
    assert added.out.startswith(report(*deck_files("lakes", "../../")))


def test_an_empty_folder_of_decks_begins_a_collection_below_another(init: Callable[..., Ran], here: Path) -> None:
    init("rivers")
    (here / "inner/decks").mkdir(parents=True)
    begun = init("lakes", cwd=here / "inner")
    assert begun.out.startswith(report(*AROUND, *SHARED, *first_deck_files("lakes"), *FOR_EDITORS))


def test_without_a_name_a_collection_gets_the_files_around_it_that_are_missing(
    init: Callable[..., Ran], decks: Callable[..., Path], tmp_path: Path
) -> None:
    decks()
    written(tmp_path, {"README.md": "# Mine\n"})
    wrote = report(*AROUND[1:], *FOR_EDITORS)
    assert init(cwd=tmp_path) == Ran(0, f"{wrote}kept   README.md  (it was there)\n", "")


# It is a good beginning


def test_the_first_deck_has_a_card_of_each_kind_and_nothing_to_find(
    init: Callable[..., Ran], cardgen: Callable[..., Ran], here: Path
) -> None:
    init("rivers")
    loaded = load_decks(here / "decks").collection
    assert loaded is not None
    # A deck for others has no story of one's own.
    assert {card.kind for card in loaded.decks[0].cards()} == set(kinds()) - {"story"}
    assert cardgen("check", "--strict", "--severity", "info", cwd=here) == Ran(0, "1 deck, 10 cards: no findings\n", "")


def test_a_deck_that_is_added_has_nothing_to_find(
    init: Callable[..., Ran], cardgen: Callable[..., Ran], here: Path
) -> None:
    init("rivers")
    init("lakes")
    assert cardgen("check", "--strict", "--severity", "info", cwd=here) == Ran(
        0, "2 decks, 13 cards: no findings\n", ""
    )


def test_a_deck_that_is_added_where_there_are_no_sources_has_nothing_to_find(
    init: Callable[..., Ran], cardgen: Callable[..., Ran], decks: Callable[..., Path], tmp_path: Path
) -> None:
    decks({"collection.yaml": "title: Mine\n"})
    init("lakes", cwd=tmp_path)
    checked = cardgen("check", "lakes", "--strict", "--severity", "info")
    assert checked == Ran(0, "1 deck, 3 cards: no findings\n", "")


def test_what_it_writes_is_built(init: Callable[..., Ran], cardgen: Callable[..., Ran], here: Path) -> None:
    init("rivers")
    built = cardgen("build", "--all-variants", "--format", "apkg", "--format", "csv", cwd=here)
    assert (built.code, built.err) == (0, "")
    assert [line.split()[0] for line in built.out.splitlines()] == [
        "dist/rivers.apkg",
        "dist/rivers.csv",
        "dist/rivers-essentials.apkg",
        "dist/rivers-essentials.csv",
    ]


def test_the_commands_of_its_readme_run(init: Callable[..., Ran], cardgen: Callable[..., Ran], here: Path) -> None:
    init()
    readme = (here / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^cardgen (.*?)(?: +#.*)?$|`cardgen ([^`A-Z]*)`", readme, re.MULTILINE)
    words = [(line or quoted).replace("--open", "--output preview") for line, quoted in commands]
    assert len(words) == 7
    assert {word: cardgen(*shlex.split(word), cwd=here).code for word in words} == dict.fromkeys(words, 0)


def test_the_workflow_runs_commands_that_succeed_once_all_is_committed(
    init: Callable[..., Ran], cardgen: Callable[..., Ran], here: Path
) -> None:
    init("rivers")
    workflow = yaml.safe_load((here / ".github/workflows/decks.yml").read_text(encoding="utf-8"))
    steps = [step["run"] for step in workflow["jobs"]["decks"]["steps"] if "run" in step]
    commands = [step.removeprefix("cardgen ") for step in steps if step.startswith("cardgen ")]
    assert [command.split()[0] for command in commands] == ["check", "build"]
    assert [cardgen(*command.split(), cwd=here).code for command in commands] == [0, 1]
    cardgen("build", cwd=here)
    assert [cardgen(*command.split(), cwd=here).code for command in commands] == [0, 0]


def test_the_workflow_installs_nothing_by_a_name(init: Callable[..., Ran], here: Path) -> None:
    init("rivers")
    files = [text for name, text in contents(here).items() if not name.endswith(".json")]
    assert re.findall(r"(?:pip|pipx|uv tool) install .*", "".join(files)) == ['pip install --quiet "$CARDGEN" ;;']


def test_editors_find_a_schema_for_every_file(init: Callable[..., Ran], here: Path) -> None:
    init("rivers")
    settings = json.loads((here / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert sorted(settings) == sorted(FOR_EDITORS[1:])
    for file in (*SHARED, *deck_files("rivers")):
        (schema,) = [schema for schema, globs in settings.items() if matches(file, globs)]
        first = (here / file).read_text(encoding="utf-8").splitlines()[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert (here / file).parent.joinpath(named).resolve() == (here / schema).resolve()
        assert (here / schema).is_file()


def matches(file: str, globs: str | list[str]) -> bool:
    """Return whether a file is meant, as the language server says: patterns after an exclamation mark exclude."""
    patterns = [globs] if isinstance(globs, str) else globs
    path = PurePosixPath(file)
    return any(path.match(pattern) for pattern in patterns) and not any(
        path.match(pattern[1:]) for pattern in patterns if pattern.startswith("!")
    )


# Stories of one's own


OF_STORIES = [
    "README.md",
    ".gitignore",
    "decks/collection.yaml",
    "decks/lint.yaml",
    "decks/stories/deck.yaml",
    "decks/stories/stories.yaml",
]


def test_a_private_folder_begins_with_a_story(init: Callable[..., Ran], here: Path) -> None:
    files = [f"mine/{file}" for file in (*OF_STORIES, *FOR_EDITORS)]
    following = cleandoc("""
        Next, in mine:
          cardgen preview --open  see the cards; change them in decks/stories/stories.yaml
          cardgen check           what is wrong with them, and where
          cardgen build           dist/stories.apkg for Anki, tables, and sheets to print
    """)
    assert init("--stories", "mine") == Ran(0, f"{report(*files)}\n{following}\n", "")
    assert sorted(contents(here)) == sorted(files)
    loaded = load_decks(here / "mine/decks").collection
    assert loaded is not None
    assert [(deck.private, [card.kind for card in deck.cards()]) for deck in loaded.decks] == [(True, ["story"])]


def test_it_answers_the_decks_that_come_with_cardgen(
    init: Callable[..., Ran], cardgen: Callable[..., Ran], here: Path
) -> None:
    init("--stories", "mine")
    checked = cardgen("check", "--severity", "info", cwd=here / "mine")
    heads = re.findall(r"^\w+\[.*", checked.err, re.MULTILINE)
    assert (checked.code, len(heads)) == (0, 1)
    assert heads[0].startswith("warning[A15]: 13 of 14 frameworks of `answers` have no story: ")


def test_it_answers_the_decks_that_are_near(init: Callable[..., Ran], cardgen: Callable[..., Ran], here: Path) -> None:
    init("rivers")
    init("--stories", "../mine")
    assert "\nwith: ../../Große Flüsse/decks  #" in (here / "../mine/decks/collection.yaml").read_text(encoding="utf-8")
    stories = here / "../mine/decks/stories/stories.yaml"
    text = stories.read_text(encoding="utf-8")
    assert cardgen("check", "--strict", "--severity", "info", cwd=here / "../mine").code == 0
    stories.write_text(text.replace("# for: deck/card", "for: rivers/number-of-planets"), encoding="utf-8")
    built = cardgen("build", "--format", "csv", cwd=here / "../mine")
    assert (built.code, built.err) == (0, "")


def test_git_sees_nothing_of_it(init: Callable[..., Ran], cardgen: Callable[..., Ran], here: Path) -> None:
    init("--stories", "mine")
    for words in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *words], cwd=here, check=True, env=environment())
    listed = subprocess.run(["git", "ls-files"], cwd=here, check=True, env=environment(), capture_output=True)
    assert listed.stdout == b""
    assert cardgen("build", "--format", "csv", cwd=here / "mine").code == 0


def test_the_commands_of_the_readme_of_stories_run(
    init: Callable[..., Ran], cardgen: Callable[..., Ran], here: Path
) -> None:
    init("--stories", "mine")
    commands = re.findall(r"^cardgen (.*?) +#", (here / "mine/README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert commands == ["preview --open", "check", "build"]
    assert [cardgen(word, cwd=here / "mine").code for word in commands[1:]] == [0, 0]


def test_stories_that_are_there_stay(init: Callable[..., Ran], here: Path) -> None:
    init("--stories", "mine")
    written(here / "mine", {"decks/stories/stories.yaml": "title: Written\ncards: []\n"})
    before = contents(here)
    again = init("--stories", "mine")
    assert (again.code, contents(here)) == (0, before)
    assert len(re.findall("^kept ", again.out, re.MULTILINE)) == len(before)


def test_stories_have_a_folder_and_no_name(init: Callable[..., Ran], here: Path) -> None:
    assert init("rivers", "--stories", "mine").code == 2
    assert contents(here) == {}


# What was there stays


@pytest.mark.parametrize("name", [None, "rivers"])
def test_no_file_that_is_there_is_changed(name: str | None, init: Callable[..., Ran], here: Path) -> None:
    files = [*AROUND, *SHARED[1:], *first_deck_files("rivers")[1:], *FOR_EDITORS]
    written(here, {file: f"mine: {file}\n" for file in files})
    before = contents(here)
    begun = init(*([] if name is None else [name]))
    after = contents(here)
    assert (begun.code, begun.err) == (0, "")
    assert {file: after[file] for file in before} == before
    kept = re.findall(r"^kept   (\S+)  \(it was there.*\)$", begun.out, re.MULTILINE)
    assert kept == [file for file in files if name or "rivers" not in file]


def test_lines_that_a_file_lacks_are_told(init: Callable[..., Ran], here: Path) -> None:
    ledgers = "decks/*/ledger.txt merge=union\r\ndecks/*/languages/*.txt merge=union\r\n"
    written(here, {".gitignore": "/dist/\n*.tmp\n", ".gitattributes": f"{ledgers}* text=auto eol=lf"})
    kept = [line for line in init().out.splitlines() if line.startswith("kept")]
    assert kept == [
        "kept   .gitignore  (it was there, and lacks: /site/, /preview/, /notes.md, .venv/)",
        "kept   .gitattributes  "
        "(it was there, and lacks: decks/*/guids.txt merge=union, decks/kinds/kinds.lock merge=union)",
    ]


def test_where_one_file_cannot_be_written_none_is(init: Callable[..., Ran], here: Path) -> None:
    written(here, {".vscode": "a file in the way"})
    refused = init("rivers")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("error[CG504]: cannot write: ")
    assert "\n  --> .vscode\n" in refused.err
    assert contents(here) == {".vscode": "a file in the way"}


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("My Rivers", f"{NO_NAME}, not 'My Rivers'. Did you mean `my-rivers`?"),
        ("../rivers", f"{NO_NAME}, not '../rivers'. Did you mean `rivers`?"),
        ("日本", f"{NO_NAME}, not '日本'."),
        ("", f"{NO_NAME}, not ''."),
        ("r" * 81, f"{NO_NAME}, not '{'r' * 81}'. Did you mean `{'r' * 80}`?"),
        ("nul", "Windows has no folder `nul`: it is the name of a device"),
        ("lakes", "there is a deck `lakes` in decks: name another"),
        ("seas", "there is a deck `seas` in decks: name another"),
    ],
)  # fmt: skip
def test_a_name_that_is_none_of_a_new_deck_is_wrong_usage(
    name: str, problem: str, init: Callable[..., Ran], here: Path
) -> None:
    init("lakes")
    written(here, {"decks/Seas/deck.yaml": "id: seas\ntitle: Seas\nsections: [one]\n"})
    before = contents(here)
    refused = init(name)
    assert (refused.code, refused.out, refused.err.splitlines()[-1]) == (2, "", f"Error: {problem}")
    assert contents(here) == before


# Where cardgen comes from


@pytest.mark.parametrize(
    ("record", "address"),
    [
        (
            {"url": "https://example.org/a/cardgen.git", "vcs_info": {"vcs": "git", "commit_id": "0123abc"}},
            "git+https://example.org/a/cardgen.git@0123abc",
        ),
        ({"url": "https://example.org/cardgen-1-py3-none-any.whl", "archive_info": {}}, "https://example.org/cardgen-1-py3-none-any.whl"),
        ({"url": "https://user:secret@example.org/cardgen.whl", "archive_info": {}}, ""),
        ({"url": "https://example.org/cardgen.whl?token=secret", "archive_info": {}}, ""),
        ({"url": 'https://example.org/"; rm -rf /', "archive_info": {}}, ""),
        ({"url": "http://example.org/cardgen.whl", "archive_info": {}}, ""),
        ({"url": "file:///home/me/cardgen", "dir_info": {"editable": True}}, ""),
        ({"url": "https://example.org/cardgen", "vcs_info": {"vcs": "hg", "commit_id": "0123abc"}}, ""),
        ({"url": "https://example.org/cardgen", "vcs_info": {"vcs": "git", "commit_id": "main; rm"}}, ""),
        (["https://example.org"], ""),
    ],
)  # fmt: skip
def test_the_address_that_a_workflow_can_install_from_is_found(record: Any, address: str) -> None:
    assert address_in(record) == address


# Schemas as files


def test_schemas_are_written_into_a_folder(cardgen: Callable[..., Ran], tmp_path: Path) -> None:
    files = [f"schemas/{name}.schema.json" for name in SCHEMAS]
    assert cardgen("schema", "--out", "schemas") == Ran(0, "".join(f"{file}\n" for file in files), "")
    for file in files:
        assert (tmp_path / file).read_bytes() == schema_text(Path(file).name.split(".")[0]).encode()


def test_a_schema_is_written_into_a_file_and_replaced_there(cardgen: Callable[..., Ran], tmp_path: Path) -> None:
    written(tmp_path, {"to/deck.json": '{\n  "title": "cardgen deck", "of": "an older version"}'})
    assert cardgen("schema", "deck", "--out", "to/deck.json") == Ran(0, "to/deck.json\n", "")
    assert (tmp_path / "to/deck.json").read_bytes() == schema_text("deck").encode()


def test_a_schema_replaces_no_file_of_somebody_else(cardgen: Callable[..., Ran], tmp_path: Path) -> None:
    written(tmp_path, {"to/cards.schema.json": '{"title": "mine"}'})
    refused = cardgen("schema", "--out", "to")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith(
        "error[CG507]: this file is in the way, and cardgen has not made it\n  --> to/cards.schema.json\n"
    )
    assert contents(tmp_path) == {"to/cards.schema.json": '{"title": "mine"}'}


def test_a_folder_in_place_of_the_schemas_file_is_told(cardgen: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "deck.json").mkdir()
    refused = cardgen("schema", "deck", "--out", "deck.json")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("error[CG504]: cannot write: a folder of this name is in the way\n  --> deck.json\n")
