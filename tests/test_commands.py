"""The command line: what it takes, what it answers, where the answer goes and how it ends."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from inspect import cleandoc
from typing import TYPE_CHECKING

import pytest
from conftest import FACETS, MINIMAL_CARDS, MINIMAL_DECK, REPOSITORY, Ran, artefacts, written

import cardgen as package
from cardgen.check import SCHEMAS
from cardgen.cli.schema import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COMMANDS = (
    "build", "check", "diff", "explain", "import", "init", "kinds", "list", "plan", "preview", "push", "schema", "site",
    "stats",
)  # fmt: skip

TWO_DECKS = {
    "demo/deck.yaml": """\
id: demo
title: Demo::日本
sections: [two, one]
variants:
  core: {title: The core, where: {level: core}}
  typing: {where: {kind: [typed, cloze]}}
""",
    "demo/one.yaml": """\
title: One
cards:
  - {id: a, kind: basic, front: A, back: B, level: core, country: US}
  - {id: b, kind: typed, front: A, back: B, country: CA}
""",
    "demo/two.yaml": """\
title: Zwei
cards:
  - {id: c, kind: typed, front: A, back: B, level: core, country: CA}
""",
    "other/deck.yaml": "id: another\ntitle: Other\nsections: [one]\n",
    "other/one.yaml": MINIMAL_CARDS,
    "collection.yaml": "title: My Decks\nfacets: {country: [US, CA], level: [core, more]}\n",
}


# What it says of itself


def test_it_tells_its_version(cardgen: Callable[..., Ran]) -> None:
    assert cardgen("--version") == Ran(0, f"cardgen, version {package.__version__}\n", "")


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_help_is_the_same_by_either_name_and_shows_examples(
    command: tuple[str, ...], cardgen: Callable[..., Ran]
) -> None:
    shown = cardgen(*command, "--help")
    assert shown == cardgen(*command, "-h")
    assert (shown.code, shown.err) == (0, "")
    assert "\n  Examples:\n    cardgen " in shown.out


def test_help_lists_every_command(cardgen: Callable[..., Ran]) -> None:
    listed = cardgen("--help").out.partition("\nCommands:\n")[2]
    assert tuple(re.findall(r"^  (\w+) ", listed, re.MULTILINE)) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_the_examples_of_help_are_right_usage(
    command: str, decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    root = decks({"collection.yaml": FACETS})
    (package,) = artefacts(root, tmp_path / "dist", "apkg").values()
    package.rename(tmp_path / "geography.apkg")
    written(tmp_path, {"releases/2026-11-29.md": "- a card\n", "words.csv": "a,b\n", "vault/rivers/a.md": "a::b"})
    examples = re.findall(r"^    cardgen (.*?)(?:  .*| > .*)?$", cardgen(command, "--help").out, re.MULTILINE)
    assert len(examples) >= 2
    assert [example for example in examples if "Usage:" in cardgen(*shlex.split(example)).err] == []


def test_the_command_line_knows_all_schemas() -> None:
    assert NAMES == SCHEMAS


def test_schemas_are_listed_by_name(cardgen: Callable[..., Ran]) -> None:
    assert cardgen("schema") == Ran(0, "collection\ndeck\ncards\nlanguage\nkind\nsources\nlint\n", "")


# How it ends


def test_nothing_wrong_ends_with_0(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    written(decks(), {"../words.csv": "a,b\n"})
    planned = ("--start", "2026-12-01", "--interview", "2027-01-15", "--minutes", "20")
    arguments = {
        "diff": ("decks", "decks"), "import": ("words.csv",), "plan": planned, "preview": ("--output", "preview"),
    }  # fmt: skip
    assert {command: cardgen(command, *arguments.get(command, ())).code for command in COMMANDS} == dict.fromkeys(
        COMMANDS, 0
    )


def test_a_wrong_deck_ends_with_1(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks({"demo/one.yaml": ""})
    assert [cardgen(command).code for command in ("build", "check", "list")] == [1, 1, 1]


@pytest.mark.parametrize("output", ["text", "json", "github"])
def test_a_warning_alone_ends_with_0(output: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks({"demo/two.yaml": MINIMAL_CARDS})
    assert cardgen("check", "--output", output).code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        "bild",
        "--decks decks",
        "build --variant core --all-variants",
        "diff decks",
        "build --frmat csv",
        "build --format docx",
        "build --deck",
        "build --all-in-one=yes",
        "check --output xml",
        "check --variant core",
        "list --output github",
        "schema crads",
        "schema deck cards",
    ],
)
def test_wrong_usage_ends_with_2_and_builds_nothing(
    arguments: str, decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    found = cardgen(*arguments.split())
    assert (found.code, found.out) == (2, "")
    assert found.err.splitlines()[-1].startswith("Error: ")
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ("level", "--where takes KEY=VALUE, as in level=core, not 'level'"),
        ("level=", "--where takes KEY=VALUE, as in level=core, not 'level='"),
        ("=core", "--where takes KEY=VALUE, as in level=core, not '=core'"),
        ("lvel=core", "cards are not selected by `lvel`. Did you mean `level`?"),
        ("x=y", "cards are not selected by `x`. Choose from `country`, `level`, `kind`, `tags`."),
    ],
)
def test_a_selection_that_makes_no_sense_is_wrong_usage(
    where: str, problem: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks({"collection.yaml": "facets: {country: [US, CA], level: [core, more]}\n"})
    found = cardgen("build", "--where", where)
    assert (found.code, found.out, found.err.splitlines()[-1]) == (2, "", f"Error: {problem}")


@pytest.mark.parametrize("moment", ["yesterday", "-1", "1.5", "١", "1e9", "221845392000", " 1", "9" * 5000])
def test_a_build_time_that_is_none_is_wrong_usage(
    moment: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks()
    found = cardgen("build", env={"SOURCE_DATE_EPOCH": moment})
    shown = moment if len(moment) < 40 else "9" * 39 + "…"
    problem = f"SOURCE_DATE_EPOCH must be seconds since 1970, at most 221845391999, not {shown!r}"
    assert (found.code, found.out, found.err.splitlines()[-1]) == (2, "", f"Error: {problem}")


# Where answers go


def test_artefacts_are_named_on_standard_output_and_findings_on_standard_error(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks({"demo/two.yaml": MINIMAL_CARDS})
    found = cardgen("build", "--format", "csv")
    size = (tmp_path / "dist/demo.csv").stat().st_size
    warning = cleandoc("""
        warning[CG305]: `two` is not among the deck's sections
          --> decks/demo/two.yaml
          hint: Add it to `sections`, or move it away.

        1 warning
    """)
    assert found == Ran(0, f"dist/demo.csv  (1 note, 1 card, {size} bytes)\n", f"{warning}\n")


@pytest.mark.parametrize("words", [("demo",), ("--deck", "demo"), ("demo", "--deck", "demo")])
def test_a_deck_that_is_not_asked_for_is_not_judged(
    words: tuple[str, ...], decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks({"bad/deck.yaml": "- nothing\n"})
    assert cardgen("check", *words) == Ran(0, "1 deck, 1 card: no findings\n", "")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("list other", r"other  Other\n"),
        ("stats other", r"other  Other\n"),
        ("preview other --output site", r"site/index\.html  \(1 card\)\n$"),
    ],
)
def test_a_command_shows_the_decks_that_are_named(
    command: str, said: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks(TWO_DECKS)
    shown = cardgen(*command.split())
    assert (shown.code, shown.err) == (0, "")
    assert re.match(said, shown.out)


def test_decks_and_cards_are_counted(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks(TWO_DECKS)
    assert cardgen("check", "--severity", "error") == Ran(0, "2 decks, 4 cards: no findings\n", "")


def test_a_list_for_people_has_a_block_for_each_deck(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks(TWO_DECKS)
    shown = cleandoc("""
        demo  Demo::日本
          cards:    3
          sections: two, one
          variants: core (2), typing (2)

        other  Other
          cards:    1
          sections: one
          variants: none
    """)
    assert cardgen("list") == Ran(0, f"{shown}\n", "")


def test_a_list_for_programs_is_one_document_with_a_version(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks(TWO_DECKS)
    document = {
        "version": 1,
        "title": "My Decks",
        "decks": [
            {
                "name": "demo",
                "id": "demo",
                "title": "Demo::日本",
                "version": None,
                "language": "en",
                "translation": None,
                "cards": 3,
                "sections": [
                    {"name": "two", "title": "Zwei", "cards": 1},
                    {"name": "one", "title": "One", "cards": 2},
                ],
                "variants": [
                    {"name": "core", "title": "The core", "cards": 2},
                    {"name": "typing", "title": "typing", "cards": 2},
                ],
                "tiers": [],
            },
            {
                "name": "other",
                "id": "another",
                "title": "Other",
                "version": None,
                "language": "en",
                "translation": None,
                "cards": 1,
                "sections": [{"name": "one", "title": "One", "cards": 1}],
                "variants": [],
                "tiers": [],
            },
        ],
    }
    shown = json.dumps(document, ensure_ascii=False, indent=2)
    assert cardgen("list", "--output", "json") == Ran(0, f"{shown}\n", "")


def test_what_an_encoding_lacks_is_no_reason_to_stop(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks({"demo/deck.yaml": MINIMAL_DECK.replace("Demo", "日本")})
    found = cardgen("list", env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"})
    assert (found.code, found.out.splitlines()[0], found.err) == (0, "demo  ??", "")


@pytest.mark.parametrize("command", ["list --output json", "diff old decks --output markdown", "check --fix"])
def test_documents_for_programs_are_utf_8_whatever_the_encoding(
    command: str, decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    (tmp_path / "decks").rename(tmp_path / "old")
    decks(
        {
            "demo/deck.yaml": "id: demo\ntitle: 日本\nsections: [one]\n",
            "demo/one.yaml": MINIMAL_CARDS.replace("This", "日本  。"),
        }
    )
    found = cardgen(*command.split(), env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"})
    assert ("日本" in found.out, found.err) == (True, "")


# What is built


@pytest.mark.parametrize(
    ("arguments", "artefacts"),
    [
        (
            "",
            [f"dist/{deck}.{form}" for deck in ("demo", "other") for form in ("apkg", "csv", "xlsx", "pdf")],
        ),
        ("--deck other --format csv", ["dist/other.csv"]),
        ("other --format csv", ["dist/other.csv"]),
        ("other demo other --deck demo --format csv", ["dist/demo.csv", "dist/other.csv"]),
        (
            "--all-variants --format csv",
            ["dist/demo.csv", "dist/other.csv", "dist/demo-core.csv", "dist/demo-typing.csv"],
        ),
        (
            "demo --all-variants --where level=core --format csv",
            ["dist/demo-level-core.csv", "dist/demo-core-level-core.csv", "dist/demo-typing-level-core.csv"],
        ),
        (
            "--all-variants --all-in-one --format csv",
            ["dist/my-decks.csv", "dist/my-decks-core.csv", "dist/my-decks-typing.csv"],
        ),
        ("--deck demo --deck demo --format csv --format anki-csv", ["dist/demo.csv", "dist/demo.anki.csv"]),
        ("--variant core --where country=CA --format csv", ["dist/demo-core-country-CA.csv"]),
        ("--all-in-one --format csv", ["dist/my-decks.csv"]),
        ("--deck other --format csv --out to/here", ["to/here/other.csv"]),
        ("--deck other --format pdf --layout test --paper letter --grey", ["dist/other.test.pdf"]),
    ],
)
def test_every_option_of_a_build_is_heeded(
    arguments: str, artefacts: list[str], decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    # Not every machine has fonts for the title.
    decks(TWO_DECKS | {"demo/deck.yaml": TWO_DECKS["demo/deck.yaml"].replace("日本", "Nihon")})
    found = cardgen("build", *arguments.split())
    assert (found.code, found.err) == (0, "")
    assert [line.split("  ")[0] for line in found.out.splitlines()] == artefacts
    assert [artefact for artefact in artefacts if not (tmp_path / artefact).is_file()] == []


def test_without_a_folder_of_decks_the_bundled_ones_are_used(cardgen: Callable[..., Ran], tmp_path: Path) -> None:
    bundled = cardgen("list")
    assert bundled == replace(
        cardgen("list", "--decks", REPOSITORY / "decks"),
        err="No decks/ here or in a folder above: these are the decks that come with cardgen.\n",
    )
    assert re.findall(r"^(\w+)  ", bundled.out, re.MULTILINE) == ["answers", "definitions", "match", "visa"]
    assert cardgen("build", "--deck", "visa", "--format", "csv").code == 0
    assert (tmp_path / "dist/visa.csv").is_file()


def test_the_folder_of_decks_that_is_named_is_used(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks()
    elsewhere = REPOSITORY / "decks"
    assert cardgen("list", "--decks", elsewhere).out.startswith("answers  ")
    assert cardgen("list", "--decks", "decks").out.startswith("demo  ")


# What it does without being asked: nothing


def test_it_starts_without_the_heavy_libraries() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "cardgen", "--version"],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        check=True,
        text=True,
    )
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert imported >= {"cardgen", "click"}
    assert imported & {"yaml", "jsonschema", "jsonschema_rs", "markdown_it", "mdit_py_plugins", "http"} == set()


NO_NETWORK = """\
import runpy, sys
def refuse(event, _arguments):
    if event.startswith("socket.") and event != "socket.__new__":
        sys.exit(f"the network was asked: {event}")
sys.addaudithook(refuse)
runpy.run_module("cardgen", run_name="__main__")
"""


@pytest.mark.parametrize("arguments", ["build --deck visa", "check", "list", "schema cards", "preview --output site"])
def test_it_asks_nothing_of_a_network(arguments: str, tmp_path: Path) -> None:
    (tmp_path / "decks").symlink_to(REPOSITORY / "decks")
    done = subprocess.run(
        [sys.executable, "-c", NO_NETWORK, *arguments.split()],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_progress_is_shown_on_a_terminal_by_the_names_of_artefacts(decks: Callable[..., Path], tmp_path: Path) -> None:
    decks()
    pty = pytest.importorskip("pty")
    terminal, other_end = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "cardgen", "build"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=other_end,
        check=True,
    )
    os.close(other_end)
    shown = os.read(terminal, 65536).decode()
    os.close(terminal)
    assert re.findall(r"\d+%(?:  (\S+))?", shown) == ["demo.apkg", "demo.csv", "demo.xlsx", "demo.pdf", ""]


# The same for programs


def test_everything_that_the_package_offers_is_there() -> None:
    assert [name for name in package.__all__ if getattr(package, name, None) is None] == []


def test_what_the_package_does_not_offer_is_not_there() -> None:
    with pytest.raises(AttributeError, match="module 'cardgen' has no attribute 'nothing'"):
        _ = package.nothing


def test_programs_may_load_and_build_more_than_once(decks: Callable[..., Path], tmp_path: Path) -> None:
    decks()
    program = cleandoc("""
        import cardgen, pathlib
        for out in ("first", "second"):
            print(cardgen.load_decks(pathlib.Path("decks")).diagnostics)
            built = cardgen.build_decks(cardgen.Request(names=["demo"], out=pathlib.Path(out)))
            print([artefact.path.as_posix() for artefact in built.artefacts])
    """)
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "()",
        "['first/demo.apkg', 'first/demo.csv', 'first/demo.xlsx', 'first/demo.pdf']",
        "()",
        "['second/demo.apkg', 'second/demo.csv', 'second/demo.xlsx', 'second/demo.pdf']",
    ]


def test_programs_build_what_the_command_builds(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    root = decks({"other/deck.yaml": TWO_DECKS["other/deck.yaml"], "other/one.yaml": TWO_DECKS["other/one.yaml"]})
    day = {"SOURCE_DATE_EPOCH": "1767225600"}
    assert cardgen("build", "--out", "by-command", env=day).code == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", day["SOURCE_DATE_EPOCH"])
        built = package.build_decks(package.Request(decks=root, out=tmp_path / "by-program"))
    names = [f"{deck}.{form}" for deck in ("demo", "other") for form in ("apkg", "csv", "xlsx", "pdf")]
    assert [artefact.path.name for artefact in built.artefacts] == names
    by_command, by_program = (
        {file.name: file.read_bytes() for file in (tmp_path / folder).iterdir()}
        for folder in ("by-command", "by-program")
    )
    assert by_program == by_command


def test_a_request_that_makes_no_sense_is_an_error_for_programs(decks: Callable[..., Path]) -> None:
    with pytest.raises(
        package.UsageError,
        match=r"^there is no format `docx`\. "
        r"Choose from `apkg`, `csv`, `xlsx`, `anki-csv`, `md`, `pairs`, `pdf`, `story-sheet`\.$",
    ):
        package.build_decks(package.Request(decks=decks(), formats=["docx"]))


# What somebody may have meant


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("bild", "there is no command `bild`. Did you mean `build`?"),
        ("build --format apgk", "Invalid value for '--format': there is no `apgk`. Did you mean `apkg`?"),
        ("check --output xml", "Invalid value for '--output': there is no `xml`. "
         "Choose from `text`, `json`, `github`, `sarif`."),
        ("check --rule yesno", "there is no lint rule `yesno`. Did you mean `yes-no`?"),
        ("check --rule nope", "there is no lint rule `nope`. `cardgen explain` lists the built-in ones."),
    ],
)  # fmt: skip
def test_a_wrong_word_is_answered_with_the_nearest(
    words: str, problem: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks()
    found = cardgen(*words.split())
    assert (found.code, found.out, found.err.splitlines()[-1]) == (2, "", f"Error: {problem}")


@pytest.mark.parametrize(
    ("words", "above"),
    [
        ("check --decks decks/demo", "decks"),
        ("list --decks decks/demo/.", "decks"),
        ("stats --decks decks/demo", "decks"),
    ],
)
def test_a_deck_in_place_of_the_folder_of_decks_is_told(
    words: str, above: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks()
    shown = cleandoc(f"""
        error[CG505]: the folder is a deck, not a folder of decks
          --> decks/demo
          hint: Name the folder above it, `--decks {above}`, and one of its decks by its name, `demo`.

        1 error
    """)
    assert cardgen(*words.split()) == Ran(1, "", f"{shown}\n")


# What a build says to programs


def test_a_build_for_programs_is_one_document(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks({"demo/two.yaml": MINIMAL_CARDS})
    found = cardgen("build", "--format", "csv", "--output", "json")
    content = (tmp_path / "dist/demo.csv").read_bytes()
    assert (found.code, found.err) == (0, "")
    assert json.loads(found.out) == {
        "version": 1,
        "artefacts": [
            {
                "path": "dist/demo.csv",
                "collection": "decks",
                "decks": ["demo"],
                "variant": None,
                "format": "csv",
                "notes": 1,
                "cards": 1,
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "version": None,
                "tier": None,
            }
        ],
        "advice": [],
        "diagnostics": [
            {
                "code": "CG305",
                "name": "unlisted-section",
                "severity": "warning",
                "message": "`two` is not among the deck's sections",
                "hint": "Add it to `sections`, or move it away.",
                "place": {"file": "decks/demo/two.yaml", "line": 0, "column": 0, "width": 1},
            }
        ],
    }


def test_a_failed_build_for_programs_is_one_document(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks({"demo/one.yaml": ""})
    found = cardgen("build", "--output", "json")
    document = json.loads(found.out)
    assert (found.code, found.err, document["artefacts"]) == (1, "", [])
    assert [finding["code"] for finding in document["diagnostics"]] == ["CG114"]


def test_a_build_annotates_a_pull_request(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks()
    annotation = (
        "::error title=CG603 ledger-out-of-date,file=decks/demo/ledger.txt::"
        "1 note is not as the ledger knows it: `first`%0A"
        "Run `cardgen build` without --locked, and commit the ledger with the deck.\n"
    )
    assert cardgen("build", "--locked", "--output", "github") == Ran(1, annotation, "")


def test_no_example_is_about_a_subject_of_its_own() -> None:
    files = [*(REPOSITORY / "cardgen").rglob("*.py"), *(REPOSITORY / "schema").glob("*.json")]
    named = re.compile(r"\bvisas?\b|J-1|DS-2019|ECFMG|us-img", re.IGNORECASE)
    assert [file.name for file in files if named.search(file.read_text(encoding="utf-8"))] == []


def test_no_schema_shows_editors_an_example_about_a_subject_of_its_own() -> None:
    named = re.compile(r"NRMP|H-1B|Intealth|residen(?:t|cy)|physician|programme|applicant|specialt|hospital")
    files = sorted((REPOSITORY / "schema").glob("*.json"))
    assert {file.name: named.findall(file.read_text(encoding="utf-8")) for file in files} == {
        file.name: [] for file in files
    }
