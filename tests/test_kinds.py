"""The kinds: from YAML to notes, with their parts, ids, questions and answers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import FACETS, REPOSITORY

from cardgen.anki.html import to_html
from cardgen.charts import Bars, Span, Timeline
from cardgen.check import kinds
from cardgen.kinds import Form, Problem, kind_named
from cardgen.load import load_decks
from cardgen.notes import Note, compose, guid_of, questions
from cardgen.richtext import Drawing, Group, GroupRole, to_plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def notes(decks: Callable[..., Path]) -> Callable[..., tuple[Note, ...]]:
    """Compose the notes of one card, written as YAML without the hyphen before its first line."""

    def make(card: str, *, section: str = "title: One\n", sources: str = "") -> tuple[Note, ...]:
        lines = "".join(f"    {line}\n" for line in card.strip().splitlines())
        shared: dict[str, str] = {"collection.yaml": FACETS} | ({"sources.yaml": sources} if sources else {})
        loaded = load_decks(decks({"demo/one.yaml": f"{section}cards:\n  -\n{lines}", **shared}))
        assert loaded.diagnostics == ()
        assert loaded.collection is not None
        return compose(loaded.collection.decks[0], loaded.collection.sources)

    return make


def seen(composed: tuple[Note, ...]) -> list[tuple[str, Form, list[tuple[str, str]]]]:
    """Return each note's address and form, and the question and answer of each of its cards."""
    return [(note.address, note.part.form, list(questions(note))) for note in composed]


def html(note: Note) -> tuple[str, str, str]:
    return to_html(note.part.front), to_html(note.part.back), to_html(note.part.more)


def test_basic_asks_front_to_back(notes: Callable[..., tuple[Note, ...]]) -> None:
    composed = notes("""
id: issuer
kind: basic
front: Who issues the **DS-2019**?
back: |
  - ECFMG
  - the sponsor
""")
    assert seen(composed) == [("demo/issuer", Form.BASIC, [("Who issues the DS-2019?", "• ECFMG\n• the sponsor")])]
    assert [html(note) for note in composed] == [
        ("Who issues the <strong>DS-2019</strong>?", "<ul><li>ECFMG</li><li>the sponsor</li></ul>", "")
    ]


def test_reversed_asks_in_both_directions(notes: Callable[..., tuple[Note, ...]]) -> None:
    composed = notes("""
id: nrmp
kind: reversed
front: NRMP
back: National Resident Matching Program
""")
    full = "National Resident Matching Program"
    assert seen(composed) == [("demo/nrmp", Form.TWO_WAY, [("NRMP", full), (full, "NRMP")])]
    assert composed[0].ordinals == (0, 1)


def test_typed_asks_for_the_back_letter_by_letter(notes: Callable[..., tuple[Note, ...]]) -> None:
    composed = notes("""
id: form
kind: typed
front: Which *form*?
back: "*DS_2019_ <x> $y$"
""")
    assert seen(composed) == [("demo/form", Form.TYPED, [("Which form?", "*DS_2019_ <x> $y$")])]
    assert [html(note) for note in composed] == [("Which <em>form</em>?", "*DS_2019_ &lt;x&gt; $y$", "")]


def test_cloze_asks_for_each_number(notes: Callable[..., tuple[Note, ...]]) -> None:
    composed = notes("""
id: sponsor
kind: cloze
text: The J-1 is sponsored by {{c3::ECFMG}} on {{c1::DS-2019::form}}.
extra: The hospital does **not**.
""")
    assert seen(composed) == [
        (
            "demo/sponsor",
            Form.CLOZE,
            [
                ("The J-1 is sponsored by ECFMG on [form].", "DS-2019\nThe hospital does not."),
                ("The J-1 is sponsored by [...] on DS-2019.", "ECFMG\nThe hospital does not."),
            ],
        )
    ]
    assert composed[0].ordinals == (0, 2)
    assert html(composed[0]) == (
        "The J-1 is sponsored by {{c3::ECFMG}} on {{c1::DS-2019::form}}.",
        "The hospital does <strong>not</strong>.",
        "",
    )


def test_choice_shows_its_options_in_the_authors_order_and_the_right_one_behind(
    notes: Callable[..., tuple[Note, ...]],
) -> None:
    composed = notes("""
id: need
kind: choice
question: Which visa needs a Statement of Need?
options:
  - text: H-1B
  - text: J-1
    right: true
  - text: O-1
    right: false
why: Only the J-1 is tied to the home country.
""")
    question = "Which visa needs a Statement of Need?\n• H-1B\n• J-1\n• O-1"
    assert seen(composed) == [("demo/need", Form.BASIC, [(question, "J-1\nOnly the J-1 is tied to the home country.")])]
    assert html(composed[0]) == (
        (
            '<p>Which visa needs a Statement of Need?</p><div class="options"><ul>'
            '<li><div class="wrong">H-1B</div></li>'
            '<li><div class="right">J-1</div></li>'
            '<li><div class="wrong">O-1</div></li></ul></div>'
        ),
        "J-1",
        "Only the J-1 is tied to the home country.",
    )


def test_choice_lists_several_right_options(notes: Callable[..., tuple[Note, ...]]) -> None:
    composed = notes("""
id: usual
kind: choice
question: Which two?
options: [{text: J-1, right: true}, {text: F-1}, {text: H-1B, right: true}]
""")
    assert seen(composed) == [("demo/usual", Form.BASIC, [("Which two?\n• J-1\n• F-1\n• H-1B", "• J-1\n• H-1B")])]


def test_definition_asks_term_to_meaning_and_back(notes: Callable[..., tuple[Note, ...]]) -> None:
    composed = notes("""
id: img
kind: definition
term: IMG
definition: Graduate of a medical school abroad.
example: A doctor from Peru.
""")
    meaning, example = "Graduate of a medical school abroad.", "A doctor from Peru."
    assert seen(composed) == [
        ("demo/img", Form.TWO_WAY, [("IMG", f"{meaning}\n{example}"), (meaning, f"IMG\n{example}")])
    ]
    assert html(composed[0]) == ("IMG", meaning, f'<div class="example">{example}</div>')


def test_definition_with_a_contrast_makes_a_card_of_its_own_for_it(notes: Callable[..., tuple[Note, ...]]) -> None:
    composed = notes("""
id: img
kind: definition
term: IMG
definition: Graduate of a school abroad.
not:
  term: "*Non-US* IMG"
  differs: That one is no US citizen.
""")
    meaning, differs = "Graduate of a school abroad.", "That one is no US citizen."
    beside = f"Not to be confused with Non-US IMG:\n{differs}"
    assert seen(composed) == [
        ("demo/img", Form.TWO_WAY, [("IMG", f"{meaning}\n{beside}"), (meaning, f"IMG\n{beside}")]),
        (
            "demo/img/not",
            Form.BASIC,
            [("What is the difference between IMG and Non-US IMG?", f"{differs}\nIMG\n{meaning}")],
        ),
    ]
    assert html(composed[1]) == (
        "What is the difference between <strong>IMG</strong> and <strong><em>Non-US</em> IMG</strong>?",
        differs,
        f'<div class="versus"><div class="this"><p><strong>IMG</strong></p><p>{meaning}</p></div></div>',
    )


def test_a_contrast_with_a_meaning_of_its_own_stands_beside_the_term(
    notes: Callable[..., tuple[Note, ...]],
) -> None:
    composed = notes("""
id: img
kind: definition
term: IMG
definition: Graduate of a school abroad.
not: {term: AMG, differs: The school's place decides., definition: Graduate of a school in the US.}
""")
    assert html(composed[1])[2] == (
        '<div class="versus">'
        '<div class="this"><p><strong>IMG</strong></p><p>Graduate of a school abroad.</p></div>'
        '<div class="other"><p><strong>AMG</strong></p><p>Graduate of a school in the US.</p></div>'
        "</div>"
    )


@pytest.mark.parametrize("term", ["1. Liga", "- x", "`code`"])
def test_the_card_on_the_contrast_names_any_term(notes: Callable[..., tuple[Note, ...]], term: str) -> None:
    contrast = notes(f"id: a\nkind: definition\nterm: '{term}'\ndefinition: b\nnot: {{term: '{term}', differs: d}}")[1]
    shown = term.strip("`")
    assert to_plain(contrast.part.front) == f"What is the difference between {shown} and {shown}?"


def test_statistic_shows_value_unit_and_scope(notes: Callable[..., tuple[Note, ...]]) -> None:
    composed = notes("""
id: rate
kind: statistic
question: What share matched?
value: 56.40
unit: percent
period: 2026 Main Match
population: active non-US IMGs
""")
    assert seen(composed) == [
        (
            "demo/rate",
            Form.BASIC,
            [("What share matched?", "56.40 percent\n2026 Main Match · active non-US IMGs")],
        )
    ]
    assert html(composed[0]) == (
        "What share matched?",
        (
            '<div class="figure"><strong>56.40</strong> percent</div>'
            '<div class="scope">2026 Main Match · active non-US IMGs</div>'
        ),
        "",
    )


def test_statistic_puts_its_other_figures_under_the_answer_as_they_were_typed(
    notes: Callable[..., tuple[Note, ...]],
) -> None:
    composed = notes("""
id: rate
kind: statistic
question: What share matched?
value: 1 in 2
compare:
  US MD seniors: 93.50
  "*Non-US* IMGs": -56
series:
  Non-US IMGs: {2024: 58.5, 2026: 56.40}
  US IMGs: {2024: 67.0, 2025: 70}
""")
    assert seen(composed) == [
        (
            "demo/rate",
            Form.BASIC,
            [
                (
                    "What share matched?",
                    (
                        "1 in 2\n"
                        "US MD seniors | 93.50\n*Non-US* IMGs | -56\n"
                        " | Non-US IMGs | US IMGs\n2024 | 58.5 | 67.0\n2026 | 56.40 | \n2025 |  | 70"
                    ),
                )
            ],
        )
    ]


@pytest.mark.parametrize(
    ("value", "chosen"),
    [("56.4", (1,)), ("56.40", (1,)), ("11,944", (2,)), ("1 in 2", ()), ("**56.4**", (1,)), ("NaN", ())],
)
def test_statistic_marks_the_bar_that_is_asked_for(
    notes: Callable[..., tuple[Note, ...]], value: str, chosen: tuple[int, ...]
) -> None:
    (note,) = notes(
        f"id: rate\nkind: statistic\nquestion: Q?\nvalue: '{value}'\nunit: percent\n"
        "compare: {A: 93.5, B: 56.4, C: 11944}"
    )
    bars = (("A", Decimal("93.5")), ("B", Decimal("56.4")), ("C", 11944))
    separator = "," if "," in value else ""
    assert note.part.more == (Group(GroupRole.DATA, (Drawing(Bars("percent", bars, chosen, separator)),)),)


@pytest.mark.parametrize("value", ["-", "5.", "1) 2", "- 3", "`4`", "$5$", "$$6$$", "**7**"])
def test_statistic_shows_any_value(notes: Callable[..., tuple[Note, ...]], value: str) -> None:
    ((_, _, ((_, answer),)),) = seen(notes(f"id: rate\nkind: statistic\nquestion: Q?\nvalue: '{value}'"))
    assert answer.replace("*", "").replace("`", "") == value.strip("*`$")


PROCESS = """
id: route
kind: process
title: From offer to *visa*
steps:
  - id: offer
    do: Sign the contract.
  - id: apply
    do: Apply to **ECFMG**.
    who: The programme
    document: Form DS-2019
    when: May
  - id: visit
    do: Visit the consulate.
    when: June
"""


def test_process_asks_for_all_steps_and_for_each_after_the_one_before_it(
    notes: Callable[..., tuple[Note, ...]],
) -> None:
    applied = "Apply to ECFMG.\nWho: The programme\nDocument: Form DS-2019\nWhen: May"
    visited = "Visit the consulate.\nWhen: June"
    title = "From offer to visa"
    overview = (
        "1. Sign the contract.\n"
        "2. Apply to ECFMG.\n   Who: The programme\n   Document: Form DS-2019\n   When: May\n"
        "3. Visit the consulate.\n   When: June"
    )
    assert seen(notes(PROCESS)) == [
        ("demo/route", Form.BASIC, [(f"{title}\nName the 3 steps in order.", overview)]),
        (
            "demo/route/offer",
            Form.BASIC,
            [(f"{title}\nWhat is the first step?", "Sign the contract.")],
        ),
        (
            "demo/route/apply",
            Form.BASIC,
            [(f"{title}\nSign the contract.\nWhat comes next?", applied)],
        ),
        ("demo/route/visit", Form.BASIC, [(f"{title}\nApply to ECFMG.\nWhat comes next?", visited)]),
    ]


def test_process_without_drill_is_an_overview_alone(notes: Callable[..., tuple[Note, ...]]) -> None:
    assert [note.address for note in notes(PROCESS + "drill: false\n")] == ["demo/route"]


def test_process_marks_the_roles_of_its_parts(notes: Callable[..., tuple[Note, ...]]) -> None:
    assert html(notes(PROCESS)[2]) == (
        (
            '<div class="context">From offer to <em>visa</em></div><div class="before">Sign the contract.</div>'
            '<div class="prompt">What comes next?</div>'
        ),
        (
            '<p>Apply to <strong>ECFMG</strong>.</p><div class="details"><div class="who">Who: The programme</div>'
            '<div class="document">Document: Form DS-2019</div><div class="when">When: May</div></div>'
        ),
        "",
    )


def test_process_puts_steps_that_have_a_time_on_a_timeline(notes: Callable[..., tuple[Note, ...]]) -> None:
    dated = PROCESS.replace("    when: May\n", "    at: 2027-05\n").replace(
        "    when: June\n", "    at: 2028/2029-02\n"
    )
    (group,) = notes(dated + "marks: {Match Day: 2027-03-19}")[0].part.more
    assert group == Group(
        GroupRole.DATA,
        (
            Drawing(
                Timeline(
                    (
                        Span(2, "Apply to ECFMG.", date(2027, 5, 1), date(2027, 5, 31), "2027-05"),
                        Span(3, "Visit the consulate.", date(2028, 1, 1), date(2029, 2, 28), "2028/2029-02"),
                    ),
                    (("Match Day", date(2027, 3, 19)),),
                )
            ),
        ),
    )


FRAMEWORK = """
id: yourself
kind: framework
question: Tell me about yourself.
asks_for: Can you sum yourself up?
moves:
  - {id: now, cue: Present, text: Who you are now.}
  - {id: past, cue: Past, text: One story from *before*.}
  - {id: why, cue: Why *now*, text: Why this specialty.}
do: Name one number.
dont: [Recite the CV., Ramble.]
seconds: 90
template: I am a [specialty] graduate.
name: Present-past-future
"""


YOURSELF = (
    "What they want to learn\nCan you sum yourself up?\n"
    "Framework\nPresent-past-future\n"
    "The points in full\n• Present: Who you are now.\n• Past: One story from before.\n• Why now: Why this specialty.\n"
    "Do\n• Name one number.\n"
    "Don't\n• Recite the CV.\n• Ramble.\n"
    "Template\nI am a [specialty] graduate."
)
ASK = (
    "Tell me about yourself.\n"
    "Name the 3 points of your answer, in any sensible order. Then answer aloud in about 90 seconds."
)


def test_framework_asks_for_its_cues_in_any_order(notes: Callable[..., tuple[Note, ...]]) -> None:
    answer = f"• Present\n• Past\n• Why now\n{YOURSELF}"
    assert seen(notes(FRAMEWORK)) == [("demo/yourself", Form.BASIC, [(ASK, answer)])]


def test_framework_numbers_moves_whose_order_matters(notes: Callable[..., tuple[Note, ...]]) -> None:
    ((_, _, ((front, back),)),) = seen(notes(FRAMEWORK + "ordered: true\n"))
    numbered = YOURSELF
    for number, cue in enumerate(("Present", "Past", "Why now"), 1):
        numbered = numbered.replace(f"• {cue}", f"{number}. {cue}")
    assert front == ASK.replace("in any sensible order", "in order")
    assert back == f"1. Present\n2. Past\n3. Why now\n{numbered}"


def test_framework_shows_the_cues_and_folds_the_rest(notes: Callable[..., tuple[Note, ...]]) -> None:
    front, back, more = html(
        notes("""
id: why
kind: framework
question: Why us?
wordings: [Why here?, "Why *this* town?"]
asks_for: Fit
moves: [{id: fact, cue: Fact, text: Name a fact.}, {id: link, cue: A *link*, text: Link it.}]
""")[0]
    )
    assert (front, back, more) == (
        '<div class="wordings"><ul><li>Why us?</li><li>Why here?</li><li>Why <em>this</em> town?</li></ul></div>'
        '<div class="prompt">Name the 2 points of your answer, in any sensible order.</div>',
        '<div class="moves"><ul><li>Fact</li><li>A <em>link</em></li></ul></div>',
        '<details class="folded"><summary class="tappable">More</summary><div>'
        '<div class="aim"><p><strong>What they want to learn</strong></p><p>Fit</p></div>'
        '<div class="texts"><p><strong>The points in full</strong></p>'
        "<ul><li><strong>Fact</strong>: Name a fact.</li><li><strong>A <em>link</em></strong>: Link it.</li></ul></div>"
        "</div></details>",
    )


def test_framework_with_nothing_optional_shows_only_what_is_there(notes: Callable[..., tuple[Note, ...]]) -> None:
    composed = notes("""
id: why
kind: framework
question: Why us?
asks_for: Have you read about us?
moves: [{id: fact, cue: Fact, text: Name a fact.}, {id: link, cue: Link, text: Link it to you.}]
""")
    asked = "Why us?\nName the 2 points of your answer, in any sensible order."
    answer = (
        "• Fact\n• Link\nWhat they want to learn\nHave you read about us?\n"
        "The points in full\n• Fact: Name a fact.\n• Link: Link it to you."
    )
    assert seen(composed) == [("demo/why", Form.BASIC, [(asked, answer)])]


OPENED = """
opening: I am a doctor from a village.
trap: {answer: I work too hard., flaw: It is a *strength*., better: Name a real one.}
"""


def test_framework_asks_for_the_first_sentence_and_for_the_flaw_of_a_poor_answer(
    notes: Callable[..., tuple[Note, ...]],
) -> None:
    question = "Tell me about yourself."
    assert seen(notes(FRAMEWORK + OPENED))[1:] == [
        (
            "demo/yourself/opening",
            Form.BASIC,
            [(f"{question}\nWhat is your first sentence?", "I am a doctor from a village.")],
        ),
        (
            "demo/yourself/trap",
            Form.BASIC,
            [
                (
                    f"{question}\nI work too hard.\nWhat is wrong with this answer?",
                    "It is a strength.\nBetter\nName a real one.",
                )
            ],
        ),
    ]


def test_framework_asks_for_each_move_where_it_is_drilled(notes: Callable[..., tuple[Note, ...]]) -> None:
    question, story = "Tell me about yourself.", "One story from before."
    assert seen(notes(FRAMEWORK + OPENED + "drill: true\n"))[3:] == [
        ("demo/yourself/now", Form.BASIC, [(f"{question}\nHow does the answer begin?", "Who you are now.")]),
        (
            "demo/yourself/past",
            Form.BASIC,
            [(f"{question}\nWho you are now.\nWhat comes next in the answer?", story)],
        ),
        (
            "demo/yourself/why",
            Form.BASIC,
            [(f"{question}\n{story}\nWhat comes next in the answer?", "Why this specialty.")],
        ),
    ]


@pytest.mark.parametrize(
    ("more", "problems"),
    [
        (OPENED, []),
        ("drill: true\n", []),
        (
            OPENED + "drill: true\n",
            [
                Problem("CG309", "`opening` names the card that asks for `opening`", ("moves", 0, "id")),
                Problem("CG309", "`trap` names the card that asks for `trap`", ("moves", 2, "id")),
            ],
        ),
    ],
)
def test_a_drilled_move_cannot_have_the_id_of_another_part(more: str, problems: list[Problem]) -> None:
    fields = yaml.safe_load(FRAMEWORK.replace("id: now", "id: opening").replace("id: why", "id: trap") + more)
    framework = kind_named("framework")
    assert list(framework.check(framework.read(fields))) == problems


@pytest.mark.parametrize(
    ("card", "before", "inserted", "part"),
    [
        (PROCESS, "  - id: apply\n", "  - id: insure\n    do: Buy insurance.\n", "insure"),
        (PROCESS, "  - id: offer\n", "  - id: match\n    do: Match.\n", "match"),
        (FRAMEWORK + "drill: true\n", "  - {id: past,", "  - {id: pause, cue: Pause, text: Breathe.}\n", "pause"),
    ],
    ids=["a step", "a first step", "a move"],
)
def test_what_is_inserted_leaves_the_guids_of_all_others(
    notes: Callable[..., tuple[Note, ...]], card: str, before: str, inserted: str, part: str
) -> None:
    old = {note.part.id: note.guid for note in notes(card)}
    new = {note.part.id: note.guid for note in notes(card.replace(before, inserted + before))}
    assert new == {**old, part: next(guid for name, guid in new.items() if name == part)}
    assert len(set(new.values())) == len(old) + 1


def test_a_changed_text_leaves_the_guids(notes: Callable[..., tuple[Note, ...]]) -> None:
    assert [note.guid for note in notes(PROCESS.replace("Sign the contract.", "Wait."))] == [
        note.guid for note in notes(PROCESS)
    ]


def test_guids_are_these_for_ever() -> None:
    # A change here would make every learner's collection hold every card twice.
    assert [guid_of("visa", "ds-2019"), guid_of("visa", "ds-2019", "not"), guid_of("match", "ds-2019")] == [
        "c54dd9e703fc007bfc67",
        "d65d1e3b1f56f9ab18de",
        "d2a81dc5f693e626804c",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [(("a", "b", "c"), ("a", "b-c", "")), (("a-b", "c", ""), ("a", "b-c", "")), (("a", "b", ""), ("b", "a", ""))],
)
def test_ids_that_are_cut_differently_have_different_guids(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    assert guid_of(*one) != guid_of(*other)


def test_every_kind_of_the_schema_is_a_module_of_its_own() -> None:
    names = (
        "basic",
        "reversed",
        "typed",
        "cloze",
        "choice",
        "definition",
        "statistic",
        "process",
        "framework",
        "story",
        "occlusion",
    )
    assert kinds() == names
    assert [kind_named(name).__name__ for name in names] == [f"cardgen.kinds.{name}" for name in names]  # type: ignore[attr-defined]


SOURCES = """
references:
  - id: nrmp
    type: report
    title: Results & Data
    publisher: NRMP
    issued: {date-parts: [[2026, 5]]}
    URL: https://example.org/r?a=1&b=2
  - id: person
    type: book
    title: A book
    author: [{given: Ada, family: Byron}, {literal: The Board}]
"""

SECTION = """
title: Rates
defaults: {audience: [us-img, non-us-img], country: US, tags: [rates], as_of: 2026-05, source: nrmp}
"""


def surroundings(note: Note) -> dict[str, Any]:
    return {
        "section": note.section,
        "tags": note.tags,
        "note": to_plain(note.note),
        "source": to_html(note.source),
        "as of": note.card.as_of,
        "status": note.status,
        "check again": note.check_again,
        "language": (note.card.language, note.card.direction),
    }


def test_every_note_carries_what_its_card_and_section_say(notes: Callable[..., tuple[Note, ...]]) -> None:
    composed = notes(
        """
id: rate
kind: definition
term: a
definition: b
not: {term: c, differs: d}
tags: [match::rates, rates]
level: core
source: [{id: nrmp, locator: Table 4}, person]
as_of: 2026-06-30
stale_after: 2026-11-21
confidence: secondary
note: "A *remark*."
lang: ar
""",
        section=SECTION,
        sources=SOURCES,
    )
    expected = {
        "section": "Rates",
        "tags": (
            "audience::non-us-img",
            "audience::us-img",
            "country::US",
            "demo::section::one",
            "level::core",
            "match::rates",
            "rates",
        ),
        "note": "A remark.",
        "source": '<p>NRMP: <a href="https://example.org/r?a=1&amp;b=2">Results &amp; Data</a> (May 2026, Table 4)</p>'
        "<p>Ada Byron, The Board: A book</p>",
        "as of": "2026-06-30",
        "status": ("Secondary source: check the official table.",),
        "check again": "Check again after 21 November 2026.",
        "language": ("ar", "rtl"),
    }
    assert [surroundings(note) for note in composed] == [expected, expected]


def test_a_card_that_says_nothing_of_its_own_has_the_sections_defaults(
    notes: Callable[..., tuple[Note, ...]],
) -> None:
    (note,) = notes("id: a\nkind: basic\nfront: Q\nback: A", section=SECTION, sources=SOURCES)
    assert surroundings(note) == {
        "section": "Rates",
        "tags": ("audience::non-us-img", "audience::us-img", "country::US", "demo::section::one", "rates"),
        "note": "",
        "source": 'NRMP: <a href="https://example.org/r?a=1&amp;b=2">Results &amp; Data</a> (May 2026)',
        "as of": "2026-05",
        "status": (),
        "check again": "",
        "language": ("en", "ltr"),
    }


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2026, 11, 21), ()),
        (date(2026, 11, 22), ("Overdue since 21 November 2026: check whether this still holds.",)),
    ],
)
def test_a_fact_is_overdue_from_the_day_after_it_goes_stale(
    notes: Callable[..., tuple[Note, ...]], day: date, status: tuple[str, ...]
) -> None:
    (note,) = notes("id: a\nkind: basic\nfront: Q\nback: A\nstale_after: 2026-11-21")
    assert note.warnings(day) == status


ROLE = re.compile(r'\brole(?: ==|:) "(\w+)"|\brole in \(([^()]*)\)')


def test_the_templates_of_print_name_roles_that_there_are() -> None:
    named: set[str] = set()
    for file in (REPOSITORY / "cardgen/print/templates").glob("*.typ"):
        for one, several in ROLE.findall(file.read_text(encoding="utf-8")):
            named |= {one} if one else set(re.findall(r'"(\w+)"', several))
    assert named - set(GroupRole) == set()
    assert {"figure", "who", "aim"} <= named
