"""The story sheet: worksheets and a table for stories of one's own, which Anki takes in and no release touches."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pdfplumber
import pytest
from anki.errors import BackendError
from conftest import Ran, counts, imported, written
from measuring import unmeasured
from office import converted, needs_office

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anki.collection import Collection

MOVES = [{"id": "issue", "cue": "The *issue*", "text": "What it was"}, {"id": "end", "cue": "The end", "text": "How"}]
CARDS: list[dict[str, Any]] = [
    {
        "id": "conflict",
        "kind": "framework",
        "question": "A **conflict**, with whom?",
        "wordings": ["Another way to ask?"],
        "asks_for": "Calm",
        "moves": MOVES,
        "opening": "It was late.",
        "drill": True,
        "formerly": "demo/quarrel",
    },
    {"id": "plain", "kind": "basic", "front": "Which river?", "back": "The Danube"},
    {"id": "sum", "kind": "framework", "question": "=1+1?", "asks_for": "Sums", "moves": MOVES, "ordered": True},
]
DECK = "id: demo\ntitle: Interview::Demo\nsections: [one]\n"

HEAD = (
    "\ufeff# Write under My story. Delete the # of each row that is written. Save as CSV in UTF-8. "
    "Import the deck into Anki and then this file.\n"
    "#separator:Comma\n#html:false\n#tags column:1\n#guid column:2\n#notetype column:3\n#deck column:4\n"
    "#,ID,Anki,Deck,Question,My story,Points\n"
)
ROWS = (
    '#my-story,my-story/demo/quarrel,cardgen Basic,Interview::My stories,"A conflict, with whom?",,'
    "The issue · The end\n"
    "#my-story,my-story/demo/sum,cardgen Basic,Interview::My stories,'=1+1?,,The issue · The end\n"
)
STORY = '"Night shift, and ""two"" plans.\n<b>We</b> agreed."'


@pytest.fixture
def sheet(decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path) -> Path:
    """Build the story sheet and the package of a small deck; return their folder."""
    decks({"demo/deck.yaml": DECK, "demo/one.yaml": json.dumps({"title": "One", "cards": CARDS})})
    # The earlier address of a card is one of the ledger's.
    first = [{**CARDS[0], "id": "quarrel"}, *CARDS[1:]]
    first[0].pop("formerly")
    written(tmp_path / "decks", {"demo/one.yaml": json.dumps({"title": "One", "cards": first})})
    assert cardgen("build", "--format", "csv").code == 0
    written(tmp_path / "decks", {"demo/one.yaml": json.dumps({"title": "One", "cards": CARDS})})
    built = cardgen("build", "--format", "story-sheet", "--format", "apkg")
    assert (built.code, built.err) == (0, "")
    return tmp_path / "dist"


def table(sheet: Path) -> str:
    return (sheet / "demo.stories.csv").read_bytes().decode().replace("\r\n", "\n")


def taken(anki: Collection, file: Path, text: str) -> dict[str, int]:
    """Import a table into Anki as its dialog does where nobody changes anything."""
    from anki.import_export_pb2 import ImportCsvRequest

    file.write_text(text, encoding="utf-8")
    metadata = anki.get_csv_metadata(str(file), None)
    return counts(anki.import_csv(ImportCsvRequest(path=str(file), metadata=metadata)).log)


def filled(text: str, row: str = "my-story/demo/quarrel") -> str:
    """Write a story into a row, and delete its #."""
    lines = text.split("\n")
    (number,) = (index for index, line in enumerate(lines) if f",{row}," in line)
    lines[number] = lines[number].removeprefix("#").replace(",,The issue", f",{STORY},The issue")
    return "\n".join(lines)


def of_learner(anki: Collection) -> list[list[Any]]:
    """Return all that the learner's own notes and their cards have."""
    assert anki.db is not None
    notes = anki.db.all("select guid, mid, mod, tags, flds, csum from notes where guid like 'my-story/%' order by guid")
    cards = anki.db.all(
        "select c.id, c.did, c.ord, c.type, c.queue, c.due, c.ivl, c.factor, c.reps, c.data from cards c "
        "join notes n on n.id = c.nid where n.guid like 'my-story/%' order by c.id"
    )
    return [*notes, *cards]


def test_the_table_has_the_frameworks_of_a_deck(sheet: Path) -> None:
    assert table(sheet) == HEAD + ROWS


def test_the_worksheets_have_them_too(sheet: Path) -> None:
    with unmeasured(), pdfplumber.open(sheet / "demo.stories.pdf") as pages:
        texts = [page.extract_text() for page in pages.pages]
    assert [("conflict, with whom?" in text, "=1+1?" in text, "What it was" in text) for text in texts] == [
        (True, True, False),
        (True, False, True),
        (False, True, True),
    ]
    assert "Story sheet" in texts[0]
    assert "Danube" not in "".join(texts)


def test_anki_takes_the_rows_that_are_written(sheet: Path, anki: Collection, tmp_path: Path) -> None:
    imported(anki, sheet / "demo.apkg")
    file = tmp_path / "filled.csv"
    with pytest.raises(BackendError, match="is empty"):
        taken(anki, file, table(sheet))
    assert taken(anki, file, filled(table(sheet))) == {"new": 1}
    (note_id,) = anki.find_notes('"deck:Interview::My stories"')
    note = anki.get_note(note_id)
    assert (note.guid, note.tags, note.fields[:3]) == (
        "my-story/demo/quarrel",
        ["my-story"],
        [
            "A conflict, with whom?",
            "Night shift, and &quot;two&quot; plans.<br>&lt;b&gt;We&lt;/b&gt; agreed.",
            "The issue · The end",
        ],
    )
    assert taken(anki, file, filled(table(sheet))) == {"duplicate": 1}
    assert taken(anki, file, filled(table(sheet)).replace("agreed", "talked")) == {"updated": 1}
    assert taken(anki, file, filled(table(sheet), "my-story/demo/sum")) == {"new": 1}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_a_spreadsheet_program_saves_is_taken(ending: str, sheet: Path, anki: Collection, tmp_path: Path) -> None:
    imported(anki, sheet / "demo.apkg")
    # LibreOffice and Excel fill all rows with commas up to the widest.
    head, rows = filled(table(sheet)).split("#,ID", 1)
    padded = head.replace("\n", f",,,,,,{ending}") + "#,ID" + rows.replace("\n", ending)
    assert taken(anki, tmp_path / "filled.csv", padded) == {"new": 1}


@pytest.mark.slow
@needs_office
def test_what_libreoffice_saves_is_taken(sheet: Path, anki: Collection, tmp_path: Path) -> None:
    imported(anki, sheet / "demo.apkg")
    file = tmp_path / "filled.csv"
    file.write_text(filled(table(sheet)), encoding="utf-8")
    saved = converted(file, "csv", "--infilter=Text - txt - csv (StarCalc):44,34,76")
    assert taken(anki, file, saved.read_text(encoding="utf-8")) == {"new": 1}


def test_without_the_deck_anki_takes_nothing(sheet: Path, anki: Collection, tmp_path: Path) -> None:
    assert taken(anki, tmp_path / "filled.csv", filled(table(sheet))) == {"missing_notetype": 1}


def test_four_releases_leave_stories_as_they_are(
    sheet: Path, anki: Collection, cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    imported(anki, sheet / "demo.apkg")
    taken(anki, tmp_path / "filled.csv", filled(filled(table(sheet)), "my-story/demo/sum"))
    anki.decks.select(anki.decks.id("Interview::My stories"))
    for _ in range(2):
        card = anki.sched.getCard()
        assert card is not None
        card.start_timer()
        anki.sched.answerCard(card, 3)
    before = of_learner(anki)
    assert [row[8] for row in before[2:]] == [1, 1]  # both are studied
    cards = json.loads(json.dumps(CARDS))
    for release in range(1, 5):
        cards[0]["question"] = f"A conflict, number {release}?"
        cards[0]["moves"][0]["cue"] = f"Issue {release}"
        cards.append({"id": f"more-{release}", "kind": "basic", "front": f"Number {release}?", "back": "Yes"})
        if release == 3:
            cards[2] = {
                "id": "sum",
                "kind": "framework",
                "question": "Why?",
                "asks_for": "A",
                "moves": MOVES,
                "retired": True,
            }
        written(tmp_path / "decks", {"demo/one.yaml": json.dumps({"title": f"One {release}", "cards": cards})})
        built = cardgen("build", "--format", "apkg", env={"SOURCE_DATE_EPOCH": str(2_000_000_000 + release)})
        assert built.code == 0, built
        assert imported(anki, sheet / "demo.apkg")["new"] == 1
        assert of_learner(anki) == before
