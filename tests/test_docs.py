"""What the documentation shows is true."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import click
import pytest
import yaml
from conftest import REPOSITORY, written

from cardgen.check import kinds
from cardgen.cli import cli
from cardgen.load import load_decks
from cardgen.read.strict_yaml import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

sys.path.insert(0, str(REPOSITORY / "docs"))
import make_commands
import make_diagnostics
import make_fields
import make_rules
import make_words

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
DOCS = "\n".join([README, *(file.read_text(encoding="utf-8") for file in sorted((REPOSITORY / "docs").glob("*.md")))])


def shown_files(page: str) -> dict[str, str]:
    """Return the files that a page shows: blocks of YAML, XML, HTML and CSS that begin with a comment naming them.

    A block that begins with a card belongs to the file of cards before it.
    """
    files: dict[str, str] = {}
    block = r"^```(?:yaml|xml|html|css)\n(?:(?:#|<!--|/\*) decks/(\S+)(?: -->| \*/)?\n)?(.*?)^```"
    for name, text in re.findall(block, page, re.MULTILINE | re.DOTALL):
        if name:
            files[name] = text
        elif files and text.startswith("  - id: "):
            files[[file for file in files if file.endswith(".yaml")][-1]] += f"\n{text}"
    return files


GUIDE = {
    name: text
    for page in ("writing-decks.md", "kinds.md", "checking.md")
    for name, text in shown_files((REPOSITORY / "docs" / page).read_text(encoding="utf-8")).items()
}
"""The files of the collection that these pages show together."""


def test_the_page_on_editors_shows_what_init_writes(cardgen: Callable[..., Ran], tmp_path: Path) -> None:
    page = (REPOSITORY / "docs/editor.md").read_text(encoding="utf-8")
    cardgen("init", "rivers")
    settings = json.loads((tmp_path / ".vscode/settings.json").read_text(encoding="utf-8"))
    (as_json,) = re.findall(r"^```json\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (as_toml,) = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    server = tomllib.loads(as_toml)["language-server"]["yaml-language-server"]["config"]
    assert json.loads(as_json) == settings
    assert server == {"yaml": {"schemas": settings["yaml.schemas"]}}
    lines: dict[str, str] = dict(
        re.findall(r"^\| `(decks/\S+)`.* \| `(# yaml-language-server: \S+)` \|$", page, re.MULTILINE)
    )
    renamed = {"decks/rivers/europe.yaml": "decks/rivers/first-cards.yaml"}
    assert len(lines) == 7
    for file, line in lines.items():
        if file not in ("decks/lint.yaml", "decks/kinds/country.yaml", "decks/rivers/languages/de.yaml"):
            assert (tmp_path / renamed.get(file, file)).read_text(encoding="utf-8").splitlines()[0] == line


MADE = {
    "commands.md": make_commands,
    "diagnostics.md": make_diagnostics,
    "fields.md": make_fields,
    "rules.md": make_rules,
    "words.md": make_words,
}
"""The pages that are made from the program, and what makes them."""


@pytest.mark.parametrize("name", MADE)
def test_a_page_that_is_made_from_the_program_is_up_to_date(name: str) -> None:
    page = (REPOSITORY / "docs" / name).read_text(encoding="utf-8")
    assert page == MADE[name].page(), f"run: python docs/{MADE[name].__name__}.py"


def test_the_page_on_yaml_shows_what_parsers_read() -> None:
    page = (REPOSITORY / "docs/strict-yaml.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(.*?)` \| `(.*?)` \| `(.*?)` \|$", page, re.MULTILINE)
    assert rows
    assert [
        (typed, repr(yaml.safe_load(typed)), parse(f"value: {typed}").value["value"]) for typed, _, _ in rows
    ] == rows


def test_the_commands_of_the_readme_build_the_decks_that_come_with_cardgen(
    tmp_path: Path, cardgen: Callable[..., Ran]
) -> None:
    (block,) = re.findall(r"^```sh\n(cardgen list .*?)^```", README, re.MULTILINE | re.DOTALL)
    commands = [line.partition("#")[0].replace("~", str(tmp_path)).split()[1:] for line in block.splitlines()]
    assert ["build", "visa", "--all-variants"] in commands
    for command in commands:
        form = ["--format", "csv"] if command[0] == "build" and "--format" not in command else []
        assert (cardgen(*command, *form).code, command) == (0, command)


@pytest.mark.parametrize("files", [shown_files(README), GUIDE], ids=["readme", "guide"])
def test_the_deck_that_pages_show_builds_without_a_finding(
    files: dict[str, str], decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks({"demo/deck.yaml": None, "demo/one.yaml": None, **files})
    built = cardgen("build", "--deck", "rivers", "--variant", "essentials")
    assert (built.code, built.err) == (0, "")
    assert [line.split()[0] for line in built.out.splitlines()] == [
        "dist/rivers-essentials.apkg",
        "dist/rivers-essentials.csv",
        "dist/rivers-essentials.xlsx",
        "dist/rivers-essentials.pdf",
    ]


def test_the_deck_that_the_guide_shows_is_a_good_one(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks({"demo/deck.yaml": None, "demo/one.yaml": None, **GUIDE})
    checked = cardgen("check", "--strict")
    assert (checked.code, checked.err) == (0, "")


def test_the_page_on_own_kinds_shows_a_deck_that_is_right(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    page = (REPOSITORY / "docs/own-kinds.md").read_text(encoding="utf-8")
    decks({"demo/deck.yaml": None, "demo/one.yaml": None, **shown_files(page)})
    (commands,) = re.findall(r"^```sh\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert commands.splitlines()[:2] == ["cardgen check", "cardgen kinds"]
    checked = cardgen("check", "--strict")
    assert (checked.code, checked.err) == (0, "")
    built = cardgen("build", "world", "--format", "apkg", "--format", "csv")
    assert (built.code, built.err) == (0, "")
    assert built.out.splitlines()[0].startswith("dist/world.apkg  (2 notes, 3 cards, ")


def test_the_page_on_checks_shows_what_check_says(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    page = (REPOSITORY / "docs/checking.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```\n(warning.*?)```", page, re.MULTILINE | re.DOTALL)
    files = shown_files(README)
    weak = files["rivers/europe.yaml"].replace("Which river flows through Vienna?", "Describe the Danube.")
    weak = weak.replace("back: The Danube.", "back: A river of ten countries.")
    decks({"demo/deck.yaml": None, "demo/one.yaml": None, **files, "rivers/europe.yaml": weak})
    assert cardgen("check").err == f"{shown}\n1 warning\n"


def test_the_hooks_for_pre_commit_are_right_usage(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks()
    entries = re.findall(r"entry: cardgen (.*)", (REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [cardgen(*entry.split()).code for entry in entries] == [0, 0]


def test_the_readme_shows_what_check_says_of_the_mistake(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    (shown,) = re.findall(r"^```\n(error.*?)```", README, re.MULTILINE | re.DOTALL)
    files = shown_files(README)
    wrong = files["rivers/europe.yaml"].replace("    back: The Danube.", "    bakc: The Danube.")
    decks({"demo/deck.yaml": None, "demo/one.yaml": None, **files, "rivers/europe.yaml": wrong})
    assert cardgen("check").err == f"{shown}\n1 error\n"


def test_the_python_of_the_readme_runs_where_there_is_nothing(tmp_path: Path, cardgen: Callable[..., Ran]) -> None:
    (code,) = re.findall(r"^```python\n(.*?)```", README, re.MULTILINE | re.DOTALL)
    assert cardgen("build", "--deck", "visa", "--out", "old").code == 0
    environment = {"PYTHONPATH": str(REPOSITORY), "PATH": ""}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [line.split()[0] for line in ran.stdout.split("\n") if line] == [
        "dist/visa.apkg",
        "dist/visa.csv",
        "dist/visa.xlsx",
        "dist/visa.pdf",
    ]


PRINTED = """\
rivers vienna basic {'level': ('core',)}
rivers danube-mouth cloze {}
CG201 error decks/rivers/europe.yaml 6 Did you mean `back`?
error[CG201]: unknown field `bakc` in card `vienna` of kind basic
  --> decks/rivers/europe.yaml:6:5
  6 |     bakc: The Danube.
    |     ^^^^
  hint: Did you mean `back`?

1 error
dist/rivers.apkg 2 2 SIZE SUM
dist/rivers.csv 2 2 SIZE SUM
rivers/vienna ['Back']
"""


def test_the_examples_of_the_guide_to_python_run_one_after_the_other(tmp_path: Path) -> None:
    page = (REPOSITORY / "docs/python.md").read_text(encoding="utf-8")
    written(tmp_path / "decks", shown_files(page))
    code = "\n".join(re.findall(r"^```python\n(.*?)```", page, re.MULTILINE | re.DOTALL))
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(REPOSITORY), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert re.sub(r"\d[\d,.]* [0-9a-f]{64}", "SIZE SUM", ran.stdout) == PRINTED


def test_ci_runs_the_test_command_of_the_readme() -> None:
    (command,) = re.findall(r"^python3 -m venv .*pytest.*$", README, re.MULTILINE)
    assert command in (REPOSITORY / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert f"run: {command}\n" in (REPOSITORY / ".github/workflows/tests.yml").read_text(encoding="utf-8")


def commands() -> dict[str, click.Command]:
    """Return the commands by their names."""
    context = click.Context(cli)
    found = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    return {name: command for name, command in found.items() if command}


def test_every_command_stands_in_the_docs() -> None:
    assert [name for name in commands() if not re.search(rf"cardgen {name}\b", DOCS)] == []


def test_every_option_stands_in_the_docs() -> None:
    options = [(name, option) for name, command in commands().items() for option in command.params]
    long = {(name, word) for name, option in options for word in option.opts if word.startswith("--")}
    assert {(name, word) for name, word in long if not re.search(rf"(?<![\w-]){word}(?![\w-])", DOCS)} == set()


def test_every_kind_stands_in_the_docs_with_a_sample() -> None:
    page = (REPOSITORY / "docs/kinds.md").read_text(encoding="utf-8")
    assert [kind for kind in kinds() if not re.search(rf"^    kind: {kind}\b", page, re.MULTILINE)] == []


def test_every_file_that_a_page_links_to_is_there() -> None:
    for page in (REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")):
        text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        for target in re.findall(r"\]\(((?!https?:)[^)#]+)\)", text):
            if not target.startswith("media/"):
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_no_page_installs_cardgen_by_a_name_that_anybody_could_publish() -> None:
    assert re.findall(r"\b(?:pip|pipx|tool) install (?:-\S+ )*[\"']?cardgen\b(?!/)", DOCS) == []


def test_the_decks_have_as_many_cards_as_their_page_says() -> None:
    page = (REPOSITORY / "decks/README.md").read_text(encoding="utf-8")
    collection = load_decks(REPOSITORY / "decks").collection
    assert collection is not None
    told = {name: int(count) for name, count in re.findall(r"^\| `(\w+)` \| (\d+) \|", page, re.MULTILINE)}
    assert told == {deck.name: sum(1 for _ in deck.cards()) for deck in collection.decks}
