"""What an editor offers, shows and refuses in the files of a collection, asked of the YAML language server itself."""

from __future__ import annotations

import json
import os
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import REPOSITORY, written
from language_server import CURSOR, LanguageServer, Proposal

from cardgen.check import kinds
from cardgen.check.schemas import schema_named
from cardgen.editor.folder import schema_files, write_schemas
from cardgen.load import load_decks
from cardgen.read import read_collection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Ran

COLLECTION = {
    "collection.yaml": """
title: Waters
lint: lint.yaml
facets: {level: [core, more], region: any, year: ["2025", "2026"]}
""",
    "lint.yaml": "rules: {yes-no: off}\n",
    "sources.yaml": """
references:
  - {id: atlas, type: report, title: Atlas of Rivers, publisher: Example Press, issued: 2024}
  - {id: atlas-2, type: report, title: "Atlas of *Lakes*, [2]"}
  - {id: "2026", type: webpage, title: Gauges, publisher: Danube Commission}
""",
    "rivers/deck.yaml": "id: rivers\ntitle: Rivers\nsections: [europe]\n",
    "rivers/europe.yaml": "title: Europe\ncards: [{id: danube, kind: basic, front: Which?, back: The Danube}]\n",
}

SCHEMA = "# yaml-language-server: $schema="
CARDS = f"{SCHEMA}../.cardgen/schema/cards.schema.json\ntitle: Europe\n"
LIST = f"{CARDS}cards:\n"
BASIC = f"{LIST}  - id: danube\n    kind: basic\n    front: Which river?\n    back: The Danube\n"
DECK = f"{SCHEMA}../.cardgen/schema/deck.schema.json\nid: rivers\ntitle: Rivers\nsections: [europe]\n"
WHERE = f"{DECK}variants:\n  easy:\n    where:\n      "
LINT = f"{SCHEMA}.cardgen/schema/lint.schema.json\n"
SOURCES = f"{SCHEMA}.cardgen/schema/sources.schema.json\n"

IN_CARDS, IN_DECK, IN_LINT, IN_SOURCES = "rivers/europe.yaml", "rivers/deck.yaml", "lint.yaml", "sources.yaml"

SNIPPETS = [f"{kind} card" for kind in kinds()]
FACETS = ["level", "region", "year"]
OF_ALL_CARDS = [
    "as_of", "checked", "confidence", "dir", "formerly", "hint", "lang", "lint_ignore", "note", "replaced_by",
    "retired", "see", "source", "speak", "stale_after", "tags",
]  # fmt: skip
OF_DEFAULTS = ["as_of", "checked", "confidence", "dir", "lang", "source", "speak", "stale_after", "tags"]
LOCK = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M2 5 20 9 38 15"/></svg>'
IDS = ["2026", "atlas", "atlas-2"]


@pytest.fixture(scope="session")
def program() -> str:
    """Find the language server; without one, tests are skipped, unless the environment says where it is."""
    named = os.environ.get("CARDGEN_YAML_LANGUAGE_SERVER")
    found = shutil.which(named or "yaml-language-server")
    if found is None or shutil.which("node") is None:
        if named:
            pytest.fail(f"no {named}, or no Node to run it")
        pytest.skip("no YAML language server on this machine: npm install --global yaml-language-server")
    return found


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a collection with schemas for editors."""
    root = written(tmp_path_factory.mktemp("waters") / "decks", COLLECTION)
    write_schemas(read_collection(root))
    return root


@pytest.fixture(scope="module")
def editor(program: str, collection: Path) -> Iterator[LanguageServer]:
    """Open the collection in an editor."""
    server = LanguageServer(program, collection)
    yield server
    server.close()


def labels(proposals: list[Proposal]) -> list[str]:
    """Return what a list shows, without the quotes in which some versions of the server show a text."""
    return [proposal.label.strip('"') for proposal in proposals]


def fields(*own: str) -> list[str]:
    return sorted([*own, *FACETS, *OF_ALL_CARDS])


# Proposals


@pytest.mark.parametrize("kind", kinds())
def test_a_snippet_writes_a_card_of_each_kind_that_has_nothing_to_find(
    kind: str, editor: LanguageServer, tmp_path: Path
) -> None:
    """The text is put in as an editor does it: each line but the first is indented as the line of the cursor."""
    (snippet,) = [
        proposal for proposal in editor.proposals(IN_CARDS, f"{LIST}  - {CURSOR}") if proposal.label == f"{kind} card"
    ]
    filled = re.sub(r"\$\{\d+:((?:\\.|[^\\}])*)\}", lambda place: re.sub(r"\\(.)", r"\1", place[1]), snippet.text)
    text = f"{LIST}  - {filled}\n".replace("\n  ", "\n    ").replace(
        "\n    - id: danube-mouth", "\n  - id: danube-mouth"
    )
    assert "$" not in filled
    shown = {"rivers/media/lock.svg": LOCK} if kind == "occlusion" else {}
    loaded = load_decks(written(tmp_path, {**COLLECTION, "rivers/europe.yaml": text, **shown}))
    assert loaded.diagnostics == ()
    assert loaded.collection is not None
    assert [(card.id, card.kind) for card in loaded.collection.decks[0].cards()] == [("danube-mouth", kind)]
    assert editor.findings(IN_CARDS, text) == []


@pytest.mark.parametrize(
    ("file", "text", "offered"),
    [
        pytest.param(IN_CARDS, f"{LIST}  - {CURSOR}", [*SNIPPETS, "id", "kind"], id="a card"),
        pytest.param(IN_CARDS, f"{BASIC}  - {CURSOR}", [*SNIPPETS, "id", "kind"], id="a second card"),
        pytest.param(IN_CARDS, f"{LIST}  - id: danube\n    {CURSOR}", [*SNIPPETS, "kind"], id="a card with an id"),
        pytest.param(IN_CARDS, f"{LIST}  - id: danube\n    kind: {CURSOR}", sorted(kinds()), id="kinds"),
        pytest.param(
            IN_CARDS,
            f"{LIST}  - id: danube\n    kind: definition\n    {CURSOR}",
            ["Card of kind definition", *fields("definition", "example", "not", "term")],
            id="fields of a kind",
        ),
        pytest.param(
            IN_CARDS,
            f"{LIST}  - id: danube\n    kind: cloze\n    text: A\n    {CURSOR}",
            fields("extra"),
            id="fields that are not there yet",
        ),
        pytest.param(
            IN_CARDS,
            f"{LIST}  - id: a\n    kind: process\n    title: T\n    steps:\n      - {CURSOR}",
            ["Step", "at", "do", "document", "formerly", "id", "when", "who"],
            id="fields of a step",
        ),
        pytest.param(IN_CARDS, f"{CARDS}defaults:\n  {CURSOR}", sorted([*FACETS, *OF_DEFAULTS]), id="defaults"),
        pytest.param(IN_CARDS, f"{BASIC}    level: {CURSOR}", ["core", "more"], id="values of a facet"),
        pytest.param(IN_CARDS, f"{BASIC}    level: [core, {CURSOR}]", ["core", "more"], id="more values"),
        pytest.param(IN_CARDS, f"{BASIC}    level:\n      - {CURSOR}", ["core", "more"], id="values in a list"),
        pytest.param(IN_CARDS, f"{CARDS}defaults:\n  level: {CURSOR}", ["core", "more"], id="values in defaults"),
        pytest.param(IN_CARDS, f"{BASIC}    source: {CURSOR}", IDS, id="sources"),
        pytest.param(IN_CARDS, f"{BASIC}    source: a{CURSOR}", IDS, id="sources, for the editor to filter"),
        pytest.param(IN_CARDS, f"{BASIC}    see: {CURSOR}", IDS, id="where to see"),
        pytest.param(IN_CARDS, f"{BASIC}    source:\n      - id: {CURSOR}", IDS, id="a source with a locator"),
        pytest.param(IN_DECK, f"{WHERE}{CURSOR}", sorted([*FACETS, "kind", "tags"]), id="selections"),
        pytest.param(IN_DECK, f"{WHERE}level: {CURSOR}", ["core", "more"], id="values selected"),
        pytest.param(IN_DECK, f"{WHERE}kind: {CURSOR}", sorted(kinds()), id="kinds selected"),
        pytest.param(
            IN_LINT, f"{LINT}rules:\n  answer-leak:\n    {CURSOR}", ["percent", "severity"], id="settings of a rule"
        ),
    ],
)
def test_what_is_offered(file: str, text: str, offered: list[str], editor: LanguageServer) -> None:
    assert labels(editor.proposals(file, text)) == offered


@pytest.mark.parametrize("field", ["front", "region"])
def test_no_example_is_offered_where_a_text_is_written(field: str, editor: LanguageServer) -> None:
    """What is offered is one key away from being written; these words are what YAML takes for no texts."""
    assert labels(editor.proposals(IN_CARDS, f"{BASIC}    {field}: {CURSOR}")) == ["false", "true"]


def test_sources_are_offered_in_a_list(editor: LanguageServer) -> None:
    offered = labels(editor.proposals(IN_CARDS, f"{BASIC}    source: [{CURSOR}]"))
    assert set(IDS) <= set(offered)


def test_a_source_is_offered_with_its_title_as_text(editor: LanguageServer) -> None:
    offered = editor.proposals(IN_CARDS, f"{BASIC}    source: {CURSOR}")
    assert [(proposal.text, proposal.about) for proposal in offered] == [
        ('"2026"', "Gauges (Danube Commission)"),
        ("atlas", "Atlas of Rivers (Example Press, 2024)"),
        ("atlas-2", "Atlas of *Lakes*, [2]"),
    ]


def test_a_kind_is_offered_with_what_it_is(editor: LanguageServer) -> None:
    offered = {proposal.label: proposal for proposal in editor.proposals(IN_CARDS, f"{LIST}  - kind: {CURSOR}")}
    assert offered["choice"] == Proposal(
        "choice", "choice", "A question with options: one card. Fields: `question`, `options`; optional: `why`."
    )


def test_the_required_fields_of_a_kind_are_offered_together(editor: LanguageServer) -> None:
    offered = editor.proposals(IN_CARDS, f"{LIST}  - id: danube\n    kind: reversed\n    {CURSOR}")
    assert (offered[0].label, offered[0].text) == ("Card of kind reversed", "front: $1\nback: $2")


def test_a_field_with_names_of_the_authors_is_filled_in(editor: LanguageServer) -> None:
    offered = editor.proposals(IN_CARDS, f"{LIST}  - id: danube\n    kind: statistic\n    comp{CURSOR}")
    (compare,) = [proposal.text for proposal in offered if proposal.label == "compare"]
    assert compare == "compare:\n  ${1:Walked}: ${2:21.5}\n  ${3:Cycled}: ${4:56.4}"


@pytest.mark.parametrize(
    ("file", "text"),
    [(IN_LINT, f"{LINT}rules:\n  {CURSOR}"), (IN_CARDS, f"{BASIC}    lint_ignore:\n      {CURSOR}")],
)
def test_rules_are_offered_with_what_they_find(file: str, text: str, editor: LanguageServer) -> None:
    offered = {proposal.label: proposal.about for proposal in editor.proposals(file, text)}
    assert offered["yes-no"].startswith("A question can be answered with yes or no.")


# What is shown of a word


@pytest.mark.parametrize(
    ("file", "text", "shown"),
    [
        pytest.param(
            IN_CARDS,
            BASIC.replace("kind: ba", f"kind: ba{CURSOR}"),
            "#### Card of kind basic\n\nOne question, one answer: one card. Fields: `front`, `back`.",
            id="a kind",
        ),
        pytest.param(
            IN_CARDS,
            f"{LIST}  - id: danube\n    ki{CURSOR}nd: cloze\n    text: A\n",
            "#### Card of kind cloze\n\nA text with gaps: one card for each number. Fields: `text`; optional: `extra`.",
            id="the field of a kind",
        ),
        pytest.param(
            IN_CARDS,
            BASIC.replace("fro", f"fro{CURSOR}"),
            "#### Front\n\nThe question.\n\nExample: `Into which sea does the Danube flow?`",
            id="a field",
        ),
        pytest.param(
            IN_CARDS,
            f"{BASIC}    chec{CURSOR}ked: 2026\n",
            "#### Checked\n\nWhen somebody last read the source: YYYY-MM-DD, YYYY-MM, YYYY, or a year with words. "
            "The card says in which month.\n\nExamples: `2026-11-29`, `2026-11`",
            id="a field with several examples",
        ),
        pytest.param(
            IN_CARDS,
            f"{BASIC}    lev{CURSOR}el: core\n",
            "#### level\n\nA facet of this collection, by which cards are selected: one value or a list.\n\n"
            "Allowed Values:\n\n* `core`\n* `more`",
            id="a facet",
        ),
        pytest.param(
            IN_CARDS,
            f"{BASIC}    source: atl{CURSOR}as\n",
            "#### Source\n\nAtlas of Rivers (Example Press, 2024)",
            id="a source",
        ),
        pytest.param(
            IN_CARDS,
            f"{BASIC}    source: [atlas, atla{CURSOR}s-2]\n",
            "#### Source\n\nAtlas of \\*Lakes\\*, \\[2\\]",
            id="a source whose title looks like Markdown",
        ),
        pytest.param(
            IN_DECK,
            f"{DECK}bre{CURSOR}aks: true\n",
            "#### Line breaks\n\n`true` keeps each line of a text on a line of its own; else a single line end is a "
            "space, as in Markdown.\n\nExample: `true`",
            id="a field of a deck",
        ),
        pytest.param(
            IN_LINT,
            f"{LINT}rules:\n  orphan-t{CURSOR}ag:\n    severity: info\n",
            "#### orphan-tag\n\nOnly one card of a deck has a tag. An isolated fact is easily forgotten; and a tag "
            "that occurs once is often misspelt. A finding is an info, unless you say otherwise.",
            id="a rule",
        ),
    ],
)
def test_what_is_shown(file: str, text: str, shown: str, editor: LanguageServer) -> None:
    assert editor.hover(file, text) == shown


# What is refused

KINDS_WANTED = " | ".join(f'"{kind}"' for kind in kinds())


@pytest.mark.parametrize(
    ("file", "text", "found"),
    [
        pytest.param(IN_CARDS, BASIC, [], id="nothing"),
        pytest.param(
            IN_CARDS,
            f"{BASIC}    level: [core, more]\n    region: Upper\n    year: 2026\n"
            "    source: [atlas, {id: 2026, locator: p. 3}]\n",
            [],
            id="nothing, with facets and sources",
        ),
        pytest.param(IN_CARDS, f"{BASIC}    fornt: A\n", ["8:5 Property fornt is not allowed."], id="wrong field"),
        pytest.param(
            IN_CARDS, f"{BASIC}    term: A\n", ["8:5 Property term is not allowed."], id="another kind's field"
        ),
        pytest.param(IN_CARDS, f"{BASIC}    size: big\n", ["8:5 Property size is not allowed."], id="no such facet"),
        pytest.param(
            IN_CARDS, BASIC.replace("basic", "basc"), [f"5:11 Value must be {KINDS_WANTED}."], id="wrong kind"
        ),
        pytest.param(
            IN_CARDS, BASIC.replace("    back: The Danube\n", ""), ['4:5 Missing property "back".'], id="missing field"
        ),
        pytest.param(IN_CARDS, f"{LIST}  - id: a\n    front: A\n", ['4:5 Missing property "kind".'], id="missing kind"),
        pytest.param(IN_CARDS, f"{LIST}  - \n", ['4:5 Incorrect type. Expected "Card".'], id="no card yet"),
        pytest.param(
            IN_CARDS,
            BASIC.replace("id: danube", "id: The_Danube"),
            [
                "4:9 Unique in the deck, small letters, digits and hyphens. It is never changed and never used again "
                "for another card: what a learner has studied depends on it."
            ],
            id="wrong id",
        ),
        pytest.param(
            IN_CARDS,
            f"{BASIC}    level: cor\n",
            ['8:12 Value is not accepted. Valid values: "core", "more".'],
            id="wrong value",
        ),
        pytest.param(
            IN_CARDS,
            f"{BASIC}    level: [core, mroe]\n",
            ['8:19 Value is not accepted. Valid values: "core", "more".'],
            id="wrong value in a list",
        ),
        pytest.param(
            IN_CARDS, f"{BASIC}    source: atlsa\n", ["8:13 sources.yaml has no source of this id."], id="wrong source"
        ),
        pytest.param(
            IN_CARDS,
            f"{BASIC}    see: [atlas, atlsa]\n",
            ["8:18 sources.yaml has no source of this id."],
            id="wrong source in a list",
        ),
        pytest.param(
            IN_CARDS,
            f"{LIST}  - {{id: a, kind: process, title: T, drill: no, steps: [{{id: b, do: A}}, {{id: c, do: B}}]}}\n",
            ['4:45 Incorrect type. Expected "boolean".'],
            id="wrong type",
        ),
        pytest.param(
            IN_DECK,
            f"{DECK}variants: {{easy: {{where: {{level: hard}}}}}}\n",
            ['5:34 Value is not accepted. Valid values: "core", "more".'],
            id="wrong value in a selection",
        ),
        pytest.param(
            IN_LINT,
            f"{LINT}rules: {{answer-leak: {{percent: many}}}}\n",
            ['2:32 Incorrect type. Expected "integer".'],
            id="wrong setting",
        ),
        pytest.param(
            IN_SOURCES,
            f"{SOURCES}references: [{{id: new, type: book}}]\n",
            ['2:14 Missing property "title".'],
            id="source without title",
        ),
    ],
)
def test_what_is_refused(file: str, text: str, found: list[str], editor: LanguageServer) -> None:
    assert editor.findings(file, text) == found


# How files find their schemas


def test_the_files_that_init_writes_find_their_schemas_by_their_first_lines(
    program: str, cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    assert cardgen("init", "rivers").code == 0
    server = LanguageServer(program, tmp_path)
    assert server.findings_in(sorted((tmp_path / "decks").rglob("*.yaml"))) == {}
    wrong = (
        (tmp_path / "decks/rivers/first-cards.yaml").read_text(encoding="utf-8").replace("level: core", "level: cor", 1)
    )
    assert server.findings("decks/rivers/first-cards.yaml", wrong) == [
        '10:12 Value is not accepted. Valid values: "core", "more".'
    ]
    server.close()


def test_files_without_such_a_line_find_them_by_the_settings_that_init_writes(
    program: str, cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    assert cardgen("init", "rivers").code == 0
    settings = json.loads((tmp_path / ".vscode/settings.json").read_text(encoding="utf-8"))
    server = LanguageServer(program, tmp_path, settings["yaml.schemas"])
    offered = {
        file: labels(server.proposals(f"decks/{file}", CURSOR))
        for file in ("collection.yaml", "sources.yaml", "lint.yaml", "lakes/deck.yaml", "lakes/asia.yaml")
    }
    assert offered == {
        "collection.yaml": sorted(schema_named("collection")["properties"]),
        "sources.yaml": ["cardgen sources", "references"],
        "lint.yaml": ["patterns", "rules"],
        "lakes/deck.yaml": ["cardgen deck", *sorted(schema_named("deck")["properties"])],
        "lakes/asia.yaml": ["cardgen card file", "cards", "defaults", "title"],
    }
    server.close()


def test_the_shipped_decks_fit_the_schemas_that_their_first_lines_name(program: str) -> None:
    server = LanguageServer(program, REPOSITORY)
    assert server.findings_in(sorted((REPOSITORY / "decks").rglob("*.yaml"))) == {}
    server.close()


def test_the_shipped_decks_fit_their_own_schemas_for_editors(program: str, shipped: Path) -> None:
    write_schemas(read_collection(shipped))
    server = LanguageServer(program, shipped)
    files = sorted(shipped.rglob("*.yaml"))
    for file in files:
        text = file.read_text(encoding="utf-8")
        file.write_text(
            re.sub(r"\$schema=((?:\.\./)?)\.\./schema/", r"$schema=\1.cardgen/schema/", text), encoding="utf-8"
        )
    assert server.findings_in(files) == {}
    server.close()


def test_a_new_source_is_offered_once_it_is_checked(
    program: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    root = decks(dict(COLLECTION))
    write_schemas(read_collection(root))
    server = LanguageServer(program, root)
    assert "new" not in labels(server.proposals(IN_CARDS, f"{BASIC}    source: {CURSOR}"))
    with (root / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("  - {id: new, type: book, title: New}\n")
    cardgen("check")
    server.changed(schema_files(root))
    assert "new" in labels(server.proposals(IN_CARDS, f"{BASIC}    source: {CURSOR}"))
    server.close()
