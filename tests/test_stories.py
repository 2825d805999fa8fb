"""Stories of one's own: their cards, and the cards of other decks that they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import MINIMAL_DECK, Ran, written
from linted import found as linted

from cardgen.anki.html import to_html
from cardgen.diagnostics import CATALOGUE
from cardgen.load import load_decks
from cardgen.memory import Memory
from cardgen.notes import Note, compose, guid_of, questions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STORY = """
title: Mine
cards:
  - id: flood
    kind: story
    title: The **flood**
    for: FOR
    beats:
      Situation: High water.
      "Action <b>": I closed the gate.
    beat_seconds: {Situation: 10}
    seconds: 60
"""

ANSWERS = """
title: Hard ones
cards:
  - id: conflict
    kind: framework
    question: Tell me about a *conflict*, and $x^2$.
    asks_for: Calm
    moves: [{id: a, cue: One, text: One}, {id: b, cue: Two, text: Two}]
    formerly: answers/quarrel
  - {id: plain, kind: basic, front: "Which\\n\\nriver?", back: A}
  - {id: gap, kind: cloze, text: "The {{c1::Danube}}"}
  - {id: no-answer-side, kind: basic, front: Which one?}
"""

BESIDE = {
    "answers/deck.yaml": "id: answers\nformerly: replies\ntitle: Answers\nsections: [hard]\n",
    "answers/hard.yaml": ANSWERS,
}


@pytest.fixture
def root(decks: Callable[..., Path], tmp_path: Path) -> Callable[[str], Path]:
    """Make a folder of decks with a story for some addresses, beside one with what it answers."""

    def make(addresses: str, **more: str) -> Path:
        written(tmp_path / "others/decks", BESIDE)
        with_others = {"collection.yaml": "with: ../others/decks\n", "demo/one.yaml": STORY.replace("FOR", addresses)}
        return decks(with_others | more)

    return make


def notes_of(root: Path) -> tuple[Note, ...]:
    loaded = load_decks(root)
    assert loaded.diagnostics == ()
    assert loaded.collection is not None
    return compose(loaded.collection.decks[0], loaded.collection.sources)


def found(root: Path) -> list[tuple[str, str, str]]:
    return [(one.code, one.message, one.hint) for one in load_decks(root).diagnostics]


BEATS = "1. Situation, 10 sec: High water.\n2. Action <b>: I closed the gate."


def test_a_story_is_asked_for_by_its_title_and_by_each_question(root: Callable[[str], Path]) -> None:
    assert [(note.address, list(questions(note))) for note in notes_of(root("[answers/conflict, answers/plain]"))] == [
        (
            "demo/flood",
            [
                (
                    "The flood\nName the 2 beats of this story, in order. Then tell it aloud in about 60 seconds.",
                    f"{BEATS}\nAnswers these questions\n• Tell me about a conflict, and x^2.\n• Which river?",
                )
            ],
        ),
        (
            "demo/flood/answers--conflict",
            [
                (
                    "Tell me about a conflict, and x^2.\n"
                    "Which of your stories answers this? Name it and its beats. "
                    "Then tell it aloud in about 60 seconds.",
                    f"The flood\n{BEATS}",
                )
            ],
        ),
        (
            "demo/flood/answers--plain",
            [
                (
                    "Which river?\nWhich of your stories answers this? Name it and its beats. "
                    "Then tell it aloud in about 60 seconds.",
                    f"The flood\n{BEATS}",
                )
            ],
        ),
    ]


def test_names_of_beats_are_text(root: Callable[[str], Path]) -> None:
    (_, note) = notes_of(root("answers/plain"))
    assert "<strong>Action &lt;b&gt;:</strong> I closed the gate." in to_html(note.part.back)


def test_its_notes_have_identities_of_their_own(root: Callable[[str], Path]) -> None:
    assert [note.guid for note in notes_of(root("answers/conflict"))] == [
        guid_of("demo", "flood"),
        guid_of("demo", "flood", "answers--conflict"),
    ]


@pytest.mark.parametrize("address", ["answers/conflict", "answers/quarrel", "replies/conflict"])
def test_an_address_that_a_card_has_or_had_leads_to_it(address: str, root: Callable[[str], Path]) -> None:
    (_, note) = notes_of(root(address))
    assert (note.part.id, note.part.title) == (
        address.replace("/", "--"),
        "Tell me about a conflict, and x^2: which story",
    )


@pytest.mark.parametrize(
    ("address", "message", "hint"),
    [
        ("answers/conflicts", "no card `answers/conflicts`", "Did you mean `answers/conflict`?"),
        ("answers/gap", "`answers/gap` has no question that a story could answer", ""),
        (
            "answers/no-answer-side",
            "no card `answers/no-answer-side`",
            "Choose from `answers/conflict`, `answers/gap`, `answers/plain`.",
        ),
        ("answer/conflict", "no deck `answer` in {root} or {root}/../others/decks", "Did you mean `answers`?"),
    ],
)
def test_what_is_not_there_is_an_error(address: str, message: str, hint: str, root: Callable[[str], Path]) -> None:
    made = root(address)
    expected = ("CG340", message.format(root=made), hint or CATALOGUE["CG340"].way_out)
    assert found(made) == [expected]


def test_a_deck_of_the_same_folder_comes_before_one_beside(root: Callable[..., Path]) -> None:
    mine = {
        "answers/deck.yaml": "id: answers\ntitle: Own\nsections: [own]\n",
        "answers/own.yaml": "title: Own\ncards: [{id: conflict, kind: basic, front: Mine?, back: Yes}]\n",
        "demo/deck.yaml": MINIMAL_DECK,
    }
    loaded = load_decks(root("answers/conflict", **mine))
    assert loaded.collection is not None
    assert [note.part.title for note in compose(loaded.collection.decks[1], {})][1] == "Mine? which story"


PLACES = {
    "kinds/place.yaml": "id: place\ntitle: Places\n"
    "fields: {place: {title: Place}, map: {title: Map, type: pictures}, years: {title: Years, type: literal}}\n"
    "words: {word: {en: Lived in, de: Gewohnt in}}\n"
    "cards: {map: {title: Map}, lived: {title: Lived}}\n",
    "kinds/place/map.front.html": "{{#Map}}<style>b {}</style>{{Map}}{{/Map}}",
    "kinds/place/map.back.html": "{{Place}}",
    "kinds/place/lived.front.html": "{{#Place}}<p>{{word:word}} <b>{{Place}}</b></p>{{hint:Years}}<p>When?</p>"
    "{{/Place}}",
    "kinds/place/style.css": "",
    "kinds/gap/style.css": "",
    "kinds/place/lived.back.html": "{{Years}}",
    "kinds/gap.yaml": "id: gap\ntitle: Gaps\ncloze: true\nfields: {text: {title: Text, type: gaps}}\n"
    "cards: {gap: {title: Gap}}\n",
    "kinds/gap/gap.front.html": "{{cloze:Text}}",
    "kinds/gap/gap.back.html": "{{cloze:Text}}",
    "places/deck.yaml": "id: places\ntitle: Places\nsections: [one]\nlanguage: de\n",
    "places/one.yaml": "title: One\ncards:\n"
    "  - {id: vienna, kind: place, place: '*Vienna* & around', years: 1 < 2}\n"
    "  - {id: seen, kind: place, map: map.svg}\n"
    "  - {id: river, kind: gap, text: 'The {{c1::Danube}}'}\n",
}


@pytest.mark.parametrize("there", ["decks", "others/decks"])
def test_a_card_of_a_kind_of_ones_own_asks_what_its_front_says(
    there: str, root: Callable[..., Path], tmp_path: Path
) -> None:
    made = root("places/vienna")
    written(tmp_path / there, PLACES)
    readable = load_decks(made, names=("demo",)).readable
    assert readable is not None
    assert compose(readable.decks[0], {})[1].part.title == "Gewohnt in Vienna & around When? which story"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("places/seen", "`places/seen` has no question that a story could answer"),
        ("places/river", "`places/river` has no question that a story could answer"),
    ],
)
def test_a_card_whose_front_has_no_words_is_no_question(
    address: str, message: str, root: Callable[..., Path], tmp_path: Path
) -> None:
    made = root(address)
    written(tmp_path / "others/decks", PLACES)
    assert [(code, said) for code, said, _ in found(made)] == [("CG340", message)]


def test_a_card_of_a_kind_with_a_flaw_is_no_question(root: Callable[..., Path], tmp_path: Path) -> None:
    made = root("places/vienna")
    written(tmp_path / "others/decks", PLACES | {"kinds/place/lived.front.html": "{{Place"})
    assert [code for code, _, _ in found(made)] == ["CG340"]


def test_without_a_folder_beside_the_decks_that_come_with_cardgen_are_meant(decks: Callable[..., Path]) -> None:
    (_, note) = notes_of(decks({"demo/one.yaml": STORY.replace("FOR", "answers/star")}))
    assert note.part.title == '"Tell me about a time ..." Which four parts does your story have? which story'


def test_a_running_preview_learns_of_a_change_beside(root: Callable[[str], Path], tmp_path: Path) -> None:
    memory = Memory()
    made = root("answers/plain")
    before = load_decks(made, memory=memory).readable
    file = tmp_path / "others/decks/answers/hard.yaml"
    assert load_decks(made, memory=memory).readable == before
    file.write_text(ANSWERS.replace("river", "lake"), encoding="utf-8")
    after = load_decks(made, memory=memory).readable
    assert after == load_decks(made).readable
    assert after != before


def test_a_build_keeps_and_reads_what_it_wrote(root: Callable[[str], Path], cardgen: Callable[..., Ran]) -> None:
    root("[answers/conflict, answers/plain]")
    cardgen("build", "--format", "csv")
    again = cardgen("build", "--locked", "--format", "csv")
    assert (again.code, again.err) == (0, "")


def test_the_command_line_names_another_folder_for_once(
    root: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    root("answers/conflict", **{"collection.yaml": "title: Mine\n"})
    without, there, nowhere = (cardgen("check", *more) for more in ((), ("--with", "others/decks"), ("--with", "x")))
    assert [line for line in without.err.splitlines() if line.startswith("error")] == [
        "error[CG340]: no card `answers/conflict`"
    ]
    assert [line for line in there.err.splitlines() if line.startswith("error")] == []
    assert [line for line in nowhere.err.splitlines() if line.startswith("error")] == [
        "error[CG343]: x: cannot read the folder: No such file or directory"
    ]
    built = cardgen("build", "--with", str(tmp_path / "others/decks"), "--format", "csv")
    assert (built.code, built.err) == (0, "")


def test_what_has_no_story_yet_is_counted_by_deck(root: Callable[..., Path]) -> None:
    lint = {"lint.yaml": "rules: {framework-without-story: {tags: [hard]}}\n"}
    made = root("answers/plain", **lint, **{"collection.yaml": "with: ../others/decks\nlint: lint.yaml\n"})
    assert [finding.message for finding in linted(made, "A15")] == []
    file = made.parent / "others/decks/answers/hard.yaml"
    file.write_text(ANSWERS.replace("title: Hard ones", "title: Hard ones\ndefaults: {tags: hard}"), encoding="utf-8")
    assert [
        (finding.message, finding.place and finding.place.file.rpartition("/")[2]) for finding in linted(made, "A15")
    ] == [("1 of 1 frameworks of `answers` have no story: `answers/conflict`", "deck.yaml")]


def test_a_story_may_not_take_longer_than_the_answer_to_its_question(root: Callable[..., Path]) -> None:
    made = root("answers/conflict")
    assert linted(made, "A16") == []
    file = made.parent / "others/decks/answers/hard.yaml"
    file.write_text(ANSWERS.replace("asks_for: Calm", "asks_for: Calm\n    seconds: 30"), encoding="utf-8")
    assert [finding.message for finding in linted(made, "A16")] == [
        "it takes 60 seconds, but an answer to `answers/conflict` has 30"
    ]
