"""The schemas for editors: they refuse what `check` refuses, know one collection, and lie in a folder of it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from command import environment
from conftest import Ran, written
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schema_values import documents

from cardgen.check import SCHEMAS, fits, kinds
from cardgen.check.schemas import schema_named
from cardgen.check.vocabulary import ANY_FACET
from cardgen.editor.folder import refresh_schemas, schema_files, write_schemas
from cardgen.editor.schemas import Offered, editor_schema
from cardgen.editor.walk import needed
from cardgen.lint import built_in
from cardgen.model import Source
from cardgen.read import read_collection

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ANYTHING = Offered(None, None)
KNOWN = Offered(
    {"level": ("core", "more"), "year": ("2025", "true"), "region": ()},
    {"atlas": Source("atlas", "Atlas of `Rivers`", "Example Press", "2024", ""), "flawed": None},
)

each_schema = pytest.mark.parametrize("name", SCHEMAS)
each_offer = pytest.mark.parametrize(
    "offered", [ANYTHING, Offered({}, {}), KNOWN], ids=["anything", "nothing", "known"]
)


def is_valid(value: Any, schema: Any) -> bool:
    """Return whether a value fits, by the validator that takes patterns as editors do."""
    return jsonschema_rs.Draft202012Validator(schema).is_valid(value)


def with_card(**more: Any) -> Any:
    return {"title": "T", "cards": [{"id": "a", "kind": "basic", "front": "Q", "back": "A", **more}]}


# The schemas


@each_offer
@each_schema
def test_a_schema_for_editors_is_one_with_the_definitions_that_it_needs_and_no_others(
    name: str, offered: Offered
) -> None:
    schema = editor_schema(name, offered)
    Draft202012Validator.check_schema(schema)
    assert needed(schema) == schema["$defs"]


@cache
def of_anything(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(editor_schema(name, ANYTHING))


@each_schema
@given(data=st.data())
def test_without_a_collection_it_takes_what_the_schema_takes_and_nothing_else(name: str, data: st.DataObject) -> None:
    """But for settings of lint, which the rules themselves refuse later."""
    value = data.draw(documents(name))
    taken = of_anything(name).is_valid(value)
    assert taken == fits(value, name, vocabulary=ANY_FACET) or (name == "lint" and not taken)


@pytest.mark.parametrize(
    ("more", "taken"),
    [
        ({"level": "core", "region": "Upper", "source": "atlas"}, True),
        ({"level": ["core", "more"], "source": ["atlas", {"id": "flawed", "locator": "p. 3"}]}, True),
        ({"level": "cor"}, False),
        ({"level": ["core", "cor"]}, False),
        ({"size": "big"}, False),
        ({"source": "atlsa"}, False),
        ({"source": ["atlas", {"id": "atlsa", "locator": "p. 3"}]}, False),
        ({"source": "atlas-2"}, False),
        ({"see": "atlas"}, True),
        ({"see": ["atlsa"]}, False),
        ({"year": "2025"}, True),
        ({"year": 2025}, True),
        ({"year": True}, True),
        ({"year": 2026}, False),
    ],
)
def test_of_facets_and_sources_it_takes_those_of_the_collection(more: Any, *, taken: bool) -> None:
    assert is_valid(with_card(**more), editor_schema("cards", KNOWN)) == taken


def test_where_a_collection_has_none_it_takes_none() -> None:
    schema = editor_schema("cards", Offered({}, {}))
    assert [is_valid(with_card(**more), schema) for more in ({}, {"level": "core"}, {"source": "atlas"})] == [
        True,
        False,
        False,
    ]


@settings(max_examples=30)
@given(
    ids=st.lists(st.from_regex(r"\A[^\s\"'*:,]{1,8}\Z"), max_size=40, unique=True),
    other=st.from_regex(r"\A[^\s\"'*:,]{1,8}\Z"),
)
def test_whatever_ids_sources_have_they_are_taken_and_no_others(ids: list[str], other: str) -> None:
    schema = editor_schema("cards", Offered({}, dict.fromkeys(ids)))
    part = schema["$defs"]["source_id"] | {"$defs": schema["$defs"]}
    assert [is_valid(source_id, part) for source_id in (*ids, other)] == [*[True] * len(ids), other in ids]


def test_a_title_of_a_source_is_no_markdown() -> None:
    text = json.dumps(editor_schema("cards", KNOWN)["$defs"]["source_id"])
    assert "Atlas of `Rivers` (Example Press, 2024)" in text
    assert "markdownDescription" not in text


def test_every_kind_says_its_name_and_what_it_is() -> None:
    definitions = editor_schema("cards", ANYTHING)["$defs"]
    said = {kind: definitions[kind]["properties"]["kind"] for kind in kinds()}
    assert {kind: schema["const"] for kind, schema in said.items()} == {kind: kind for kind in kinds()}
    described = schema_named("cards")["$defs"]
    assert [kind for kind in kinds() if not said[kind]["description"].startswith(described[kind]["description"])] == []


def test_a_translated_card_may_have_the_texts_of_any_kind() -> None:
    block = editor_schema("language", Offered({}, {}))["$defs"]["block"]["properties"]
    assert {"front", "steps", "masks", "note", "speak", "of", "skip"} <= block.keys()
    assert not {"id", "kind", "tags", "source", "image"} & block.keys()
    assert block["front"]["markdownDescription"].startswith("The question.")


def test_every_rule_is_known_where_rules_are_set_and_where_they_are_ignored() -> None:
    names = {rule.name for rule in built_in()}
    settings = editor_schema("lint", ANYTHING)["properties"]["rules"]
    ignored = editor_schema("cards", ANYTHING)["$defs"]["basic"]["properties"]["lint_ignore"]
    ignored = editor_schema("cards", ANYTHING)["$defs"][ignored["$ref"].rpartition("/")[2]]
    assert (set(settings["properties"]), set(ignored["properties"])) == (names, names)


@pytest.mark.parametrize(
    ("rules", "taken"),
    [
        ({"answer-leak": "off", "S05": "error", "no-stream": {"severity": "info"}}, True),
        ({"answer-leak": {"percent": 80}, "unexpanded-abbreviation": {"known": ["UN"]}}, True),
        ({"framework-step-check": {"steps": {"STAR": 4}}}, True),
        ({"answer-leak": {"words": 80}}, False),
        ({"answer-leak": {"percent": "most"}}, False),
        ({"framework-step-check": {"steps": ["STAR"]}}, False),
    ],
)
def test_settings_of_rules_are_those_that_they_have(rules: Any, *, taken: bool) -> None:
    assert is_valid({"rules": rules}, editor_schema("lint", ANYTHING)) == taken


# The folder

SOURCES = "references:\n  - {id: atlas, type: book, title: Atlas of Rivers}\n"
FILES = {"collection.yaml": "facets: {level: [core, more]}\n", "sources.yaml": SOURCES}
NAMES = [".cardgen/.gitignore", *(f".cardgen/schema/{name}.schema.json" for name in SCHEMAS)]


def listed(state: str) -> str:
    return "".join(f"decks/{name}  ({state})\n" for name in NAMES)


def told(root: Path) -> tuple[list[str], list[str]]:
    """Return the values of the facet `level` and the ids of the sources that editors of a collection know."""
    definitions = json.loads((root / NAMES[3]).read_text(encoding="utf-8"))["$defs"]
    return definitions["facet-level"]["anyOf"][0]["enum"], definitions["source_id"]["anyOf"][1]["enum"]


def state(root: Path) -> dict[str, tuple[int, bytes]]:
    return {name: ((root / name).stat().st_mtime_ns, (root / name).read_bytes()) for name in NAMES}


@pytest.fixture
def root(decks: Callable[..., Path]) -> Path:
    """Write a collection that has its schemas for editors."""
    made = decks(FILES)
    write_schemas(read_collection(made))
    return made


def test_the_command_writes_the_schemas_once(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    root = decks(FILES)
    assert cardgen("schema", "--editor") == Ran(0, listed("written"), "")
    assert told(root) == (["core", "more"], ["atlas"])
    before = state(root)
    assert cardgen("schema", "--editor") == Ran(0, listed("up to date"), "")
    assert state(root) == before


def test_git_keeps_the_folder_alone(root: Path) -> None:
    subprocess.run(["git", "init", "-q", root], check=True)
    subprocess.run(["git", "add", "."], cwd=root, check=True)
    kept = subprocess.run(["git", "ls-files", ".cardgen"], cwd=root, check=True, capture_output=True, text=True).stdout
    assert kept == ".cardgen/.gitignore\n"


def test_it_is_written_for_the_decks_that_are_named(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    root = decks(FILES).rename(decks().parent / "mine")
    assert cardgen("schema", "--editor", "--decks", "mine").code == 0
    assert told(root) == (["core", "more"], ["atlas"])


@pytest.mark.parametrize(
    ("command", "code"), [(("check",), 0), (("check", "--output", "json"), 0), (("preview", "--output", "site"), 0)]
)
def test_a_folder_that_is_there_is_kept_up_to_date(
    command: tuple[str, ...], code: int, root: Path, cardgen: Callable[..., Ran]
) -> None:
    written(root, {"sources.yaml": f"{SOURCES}  - {{id: charts, type: map, title: Charts}}\n"})
    assert cardgen(*command).code == code
    assert told(root) == (["core", "more"], ["atlas", "charts"])


def test_a_preview_keeps_it_up_to_date_while_it_runs(root: Path, tmp_path: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "cardgen", "preview"], cwd=tmp_path, env=environment(), stdout=subprocess.PIPE
    )
    assert running.stdout is not None
    running.stdout.readline()
    written(root, {"collection.yaml": "facets: {level: [core, more, extra]}\n"})
    waited = time.monotonic() + 20
    while told(root)[0] != ["core", "more", "extra"] and time.monotonic() < waited:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=20)
    assert told(root)[0] == ["core", "more", "extra"]


@pytest.mark.parametrize(
    "command", [("build", "--format", "csv"), ("build", "--locked"), ("check", "--fix"), ("stats",)]
)
def test_other_commands_write_nothing_into_it(
    command: tuple[str, ...], root: Path, cardgen: Callable[..., Ran]
) -> None:
    written(root, {"collection.yaml": "facets: {level: [core, more, extra]}\n"})
    before = state(root)
    cardgen(*command)
    assert state(root) == before


@pytest.mark.parametrize("command", ["check", "preview --output site"])
def test_without_the_folder_nothing_is_written(
    command: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    root = decks(FILES)
    cardgen(*command.split())
    assert not (root / ".cardgen").exists()


def test_a_check_fills_the_folder_of_a_fresh_checkout(root: Path, cardgen: Callable[..., Ran]) -> None:
    for file in schema_files(root)[1:]:
        file.unlink()
    cardgen("check")
    assert told(root) == (["core", "more"], ["atlas"])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sources.yaml", "references:\n  - {id: at"),
        ("sources.yaml", "references: atlas\n"),
        ("collection.yaml", "facets: ["),
    ],
)
def test_while_somebody_writes_what_it_depends_on_it_stays(
    name: str, text: str, root: Path, cardgen: Callable[..., Ran]
) -> None:
    before = state(root)
    written(root, {name: text})
    assert cardgen("check").code == 1
    assert state(root) == before


def test_of_a_kind_of_ones_own_with_a_flaw_a_card_may_have_any_field(root: Path, cardgen: Callable[..., Ran]) -> None:
    written(root, {"kinds/country.yaml": "id: country\ntitle: [\n"})
    assert [cardgen(*command).code for command in (("schema", "--editor"), ("init", "lakes"))] == [0, 0]
    schema = json.loads((root / ".cardgen/schema/cards.schema.json").read_text(encoding="utf-8"))
    assert is_valid(with_card(kind="country", capital="Vienna"), schema)


def test_a_source_with_a_flaw_is_known_all_the_same(root: Path, cardgen: Callable[..., Ran]) -> None:
    written(root, {"sources.yaml": f"{SOURCES}  - {{id: charts, type: nothing, title: Charts}}\n"})
    assert cardgen("check").code == 1
    assert told(root)[1] == ["atlas", "charts"]


def test_files_of_somebody_else_stay_and_are_told(root: Path, cardgen: Callable[..., Ran]) -> None:
    written(root, {NAMES[3]: "mine"})
    cardgen("check")
    refused = cardgen("schema", "--editor")
    assert (refused.code, refused.out) == (1, listed("up to date").replace(f"decks/{NAMES[3]}  (up to date)\n", ""))
    assert refused.err.startswith(
        f"error[CG507]: this file is in the way, and cardgen has not made it\n  --> decks/{NAMES[3]}\n"
    )
    assert (root / NAMES[3]).read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_written_fails_no_check(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks({**FILES, "sources.yaml": None, ".cardgen/schema": "a file in the way"})
    checked = cardgen("check")
    assert (checked.code, checked.out) == (0, "1 deck, 1 card: no findings\n")
    assert checked.err.startswith("The schemas for editors stay as they were: decks/.cardgen/schema")


@pytest.mark.skipif(sys.platform == "win32", reason="not everybody may make links there")
def test_through_a_link_that_leads_out_nothing_is_written(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (decks(FILES) / ".cardgen").symlink_to(elsewhere)
    cardgen("check")
    assert list(elsewhere.iterdir()) == []


def test_inside_an_installed_cardgen_nothing_is_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(root, {"collection.yaml": "facets: {level: [core, more, extra]}\n"})
    before = state(root)
    home = root.parent
    for name in ("_HOME", "_BUNDLED"):
        monkeypatch.setattr(sys.modules["cardgen.read.shipped"], name, home)
    refresh_schemas(read_collection(root))
    assert state(root) == before


@pytest.mark.parametrize(
    ("files", "first"),
    [
        ({"sources.yaml": "references: ["}, "error[CG106]"),
        ({"demo/deck.yaml": None, "demo/one.yaml": None, "collection.yaml": ""}, "error[CG505]"),
    ],
)
def test_of_a_collection_that_cannot_be_read_nothing_is_written(
    files: dict[str, Any], first: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    root = decks(files)
    refused = cardgen("schema", "--editor")
    assert (refused.code, refused.out, refused.err.partition(":")[0]) == (1, "", first)
    assert not (root / ".cardgen").exists()


@pytest.mark.parametrize(
    "arguments", ["--editor cards", "--editor --out x", "--decks decks", "cards --decks decks", "--out x --decks decks"]
)
def test_what_goes_with_nothing_else_is_wrong_usage(
    arguments: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks()
    assert cardgen("schema", *arguments.split()).code == 2


def test_the_schemas_are_the_same_bytes_whatever_python_hashes(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    ids = [f"s{number}" for number in range(20)]
    flawed = "".join(f"  - {{id: {source_id}, type: nothing, title: T}}\n" for source_id in ids)
    root = decks({**FILES, "sources.yaml": f"references:\n{flawed}"})
    seen = []
    for seed in ("1", "2"):
        cardgen("schema", "--editor", env={"PYTHONHASHSEED": seed})
        seen.append([file.read_bytes() for file in schema_files(root)])
    assert seen[0] == seen[1]
