"""Lint: what the rules find and where, what settings change, and what cards suppress."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from conftest import MINIMAL_DECK, REPOSITORY, Ran
from hypothesis import given
from hypothesis import strategies as st
from linted import DAY, found

from cardgen.lint import built_in, lint, ruleset_of
from cardgen.lint.regexes import UnfitExpressionError, compiled
from cardgen.lint.rules import interference_pair, too_many_siblings
from cardgen.lint.text import content_words, count_words, may_have_more_words, sentences
from cardgen.lint.view import CardView, Shared
from cardgen.load import load_decks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cardgen.diagnostics import Diagnostic
    from cardgen.lint import Rule

Files = dict[str, str | bytes | None]

CATALOGUE = {rule.code: rule for rule in built_in()}
each_rule = pytest.mark.parametrize("rule", [pytest.param(rule, id=f"{rule.code} {rule.name}") for rule in built_in()])


def places(diagnostics: list[Diagnostic]) -> list[tuple[str, int, int, int]]:
    """Return file name, line, column and width of findings."""
    return [
        (d.place.file.rpartition("/")[2], d.place.line, d.place.column, d.place.width) for d in diagnostics if d.place
    ]


def messages(diagnostics: list[Diagnostic]) -> list[str]:
    return [f"{d.code} {d.message}" for d in diagnostics]


def cards(text: str, head: str = "title: One\n") -> Files:
    """Return the section of the small deck with cards."""
    return {"demo/one.yaml": f"{head}cards:\n{text}"}


def card(**fields: str) -> Files:
    """Return the section of the small deck with one card, basic unless a kind is given."""
    return cards(f"  {json.dumps([{'id': 'a', 'kind': 'basic'} | fields], ensure_ascii=False)}\n")


def unmarked(name: str, text: str) -> tuple[str, list[tuple[str, int, int, int]]]:
    """Return a file's text without marks, and the places that they marked."""
    marked = []
    for number, line in enumerate(text.splitlines(), 1):
        start = line.find("⟦")
        if start >= 0:
            # A card as a whole begins with its first field, and is a place of one character.
            whole = line[start:].startswith(("⟦id:", "⟦["))
            marked.append((name, number, start + 1, 1 if whole else line.index("⟧") - start - 1))
    return text.replace("⟦", "").replace("⟧", ""), marked


# Every rule and its own samples


def sample(rule: Rule, text: str, decks: Callable[..., Path]) -> tuple[Path, list[tuple[str, int, int, int]]]:
    """Write a rule's sample as files, without its marks; return the marked places."""
    name, head = ("sources.yaml", "references:\n") if rule.source else ("one.yaml", "title: Sample\ncards:\n")
    plain, marked = unmarked(name, head + text)
    files: Files = {}
    for path in re.findall(r"\]\((media/[^)\s]+)\)", plain):
        files[f"demo/{path}"] = b"\x89PNG\r\n\x1a\n"
    if rule.sample_sources:
        files["sources.yaml"] = f"references:\n{rule.sample_sources}"
    if rule.sample_settings:
        files["collection.yaml"] = "lint: lint.yaml\n"
        files["lint.yaml"] = f"rules: {{{rule.name}: {{{rule.sample_settings}}}}}\n"
    files["demo/one.yaml" if name == "one.yaml" else name] = plain
    for path in re.findall(r"media/\w+\.svg", text):
        files[f"demo/{path}"] = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'
    return decks(files), marked


@each_rule
def test_a_rule_finds_its_bad_sample_where_it_is_marked(rule: Rule, decks: Callable[..., Path]) -> None:
    root, marked = sample(rule, rule.bad, decks)
    diagnostics = found(root, rule.code)
    assert (places(diagnostics), {d.code for d in diagnostics}) == (marked, {rule.code})


@each_rule
def test_a_rule_passes_over_its_good_sample(rule: Rule, decks: Callable[..., Path]) -> None:
    root, _ = sample(rule, rule.good, decks)
    assert messages(found(root, rule.code)) == []


@each_rule
def test_a_rule_says_all_that_its_page_shows(rule: Rule) -> None:
    assert re.fullmatch(r"[SDPA][0-9]{2}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert [text for text in (rule.finds, rule.why, rule.way_out) if not text.endswith(".")] == []
    assert [check is not None for check in (rule.card, rule.deck, rule.source)].count(True) == 1
    assert [setting for setting in rule.settings if not setting.about.endswith(".")] == []


def test_codes_and_names_are_given_once() -> None:
    assert len({rule.code for rule in built_in()} | {rule.name for rule in built_in()}) == 2 * len(built_in())


# The shipped decks


def test_the_shipped_decks_are_clean(cardgen: Callable[..., Ran]) -> None:
    checked = cardgen("check", "--strict", cwd=REPOSITORY, env={"SOURCE_DATE_EPOCH": "1795910400"})  # 2026-11-29
    assert (checked.code, checked.err) == (0, "")


# Places


@pytest.mark.parametrize(
    "field",
    [
        pytest.param("front: What is the ⟦latest⟧ rule?", id="plain"),
        pytest.param("front: 'It''s so: what is the ⟦latest⟧ rule?'", id="single quotes"),
        pytest.param('front: "A \\"so\\" \\u2014 the ⟦latest⟧ rule?"', id="double quotes"),
        pytest.param("front: >-\n      What is the\n      ⟦latest⟧ rule?", id="folded"),
        pytest.param("front: |\n      What is\n      the ⟦latest⟧ rule?", id="literal"),
        pytest.param('front: "What \\\n      is the ⟦latest⟧ rule?"', id="continued"),
        pytest.param("front: &q What is the ⟦latest⟧ rule?\n    lint_ignore: {S13: *q}", id="anchor"),
        pytest.param("front: What is **the ⟦latest⟧** rule?", id="markup"),
        pytest.param("front: 日本の ⟦latest⟧ rule?", id="wide characters"),
    ],
)
def test_a_part_of_a_text_is_found_in_any_style(field: str, decks: Callable[..., Path]) -> None:
    text, marked = unmarked(
        "one.yaml", f"title: One\ncards:\n  - id: a\n    kind: basic\n    {field}\n    back: None\n"
    )
    assert places(found(decks({"demo/one.yaml": text}), "P05")) == marked


def test_a_part_that_the_markup_hides_is_the_whole_text(decks: Callable[..., Path]) -> None:
    root = decks(cards("  - id: a\n    kind: basic\n    front: The la**test** rule?\n    back: None\n"))
    assert places(found(root, "P05")) == [("one.yaml", 5, 12, 20)]


def test_a_part_of_a_text_with_gaps_is_found_beside_and_in_the_gaps(decks: Callable[..., Path]) -> None:
    text = "  - {id: a, kind: cloze, text: 'The {{c1::river::hint}} of this year and of {{c2::last year}}.'}\n"
    assert places(found(decks(cards(text)), "P05")) == [("one.yaml", 3, 60, 9)]


@pytest.mark.parametrize(
    "text",
    [
        "'Not ⟦{{c2::this}}⟧ but that is what it is.'",
        "'Not `{{c2::this}}` but **⟦{{c2::this}}⟧** is what it is.'",
        "'Not $x$ but $\\sqrt{⟦{{c2::y::root}}⟧}$ is what it is.'",
        "|\n      + 5 of it and\n      - a list with\n        ⟦{{c2::this}}⟧ in it, twice: `{{c2::this}}`.",
        "|\n      | a | b |\n      | - | - |\n      | `{{c2::x}}` | ⟦{{c2::x}}⟧ and some more words |",
    ],
)
def test_a_gap_is_found_where_its_author_wrote_it(text: str, decks: Callable[..., Path]) -> None:
    deck, marked = unmarked("one.yaml", f"title: One\ncards:\n  - id: a\n    kind: cloze\n    text: {text}\n")
    assert places(found(decks({"demo/one.yaml": deck}), "S02")) == marked


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The {{c1::a {{c2::river}} c}} and river of it.", ["S11 “river” also appears outside of its gap"]),
        ("The {{c1::river::stream}} is no {{c2::stream}} of ours.", []),
        ("The {{c1::`std::vector`}} of `std::vector` here.", ["S11 `std::vector` also appears outside of its gap"]),
    ],
)
def test_what_a_gap_hides_is_looked_for_where_its_card_shows_text(
    text: str, said: list[str], decks: Callable[..., Path]
) -> None:
    assert messages(found(decks(card(kind="cloze", text=text)), "S11")) == said


# Special cases


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        pytest.param("S01", {"front": "What is it?", "back": "+"}, id="a symbol says something"),
        pytest.param("S01", {"front": "Which?", "back": "![a map](m.png)"}, id="a picture does"),
        pytest.param("S03", {"front": "Q", "back": "word " * 25}, id="as many words as allowed"),
        pytest.param("S03", {"front": "Q", "back": "水" * 50}, id="two ideographs are a word"),
        pytest.param("S03", {"front": "Q", "back": "ก" * 125}, id="five Thai letters are a word"),
        pytest.param(
            "S03", {"front": "Q", "back": "[word](https://example.org/a/b/c) " * 25}, id="no word of an address"
        ),
        pytest.param(
            "S05", {"front": 'Asked "Why? What? When?", what do you say?', "back": "A"}, id="quoted questions"
        ),
        pytest.param("S05", {"front": "When and only when does it rain?", "back": "A"}, id="a turn of phrase"),
        pytest.param("S06", {"front": "Q", "back": "About 1,000,000,000,000 of them"}, id="commas in a number"),
        pytest.param("S11", {"front": "Is Vienna in Austria or in Hungary?", "back": "Austria"}, id="a choice"),
        pytest.param("S12", {"front": "Is Vienna in Austria or in Hungary?", "back": "Austria"}, id="either, or"),
        pytest.param("S12", {"front": "Est-ce vrai ?", "back": "No", "lang": "fr"}, id="another language"),
        pytest.param("S14", {"front": "It takes how long to get there?", "back": "A year"}, id="it that points ahead"),
        pytest.param("S15", {"front": "What does PD stand for?", "back": "Director"}, id="asked for its meaning"),
        pytest.param(
            "S15", {"front": "Which is Chapter VII of DS-2019?", "back": "STAR-L, H-1B"}, id="numerals and hyphens"
        ),
        pytest.param(
            "S16", {"front": "Which word is not in “never say never”?", "back": "Always"}, id="quoted negations"
        ),
        pytest.param("S19", {"front": "Vrai ?", "back": "Oui ; non !", "lang": "fr"}, id="French spacing"),
        pytest.param("S19", {"front": "| a   | b |\n| --- | - |\n| c   | d |", "back": "A"}, id="a table's layout"),
        pytest.param("S19", {"front": "2 + 2 = ?", "back": "`a  b` and $a  b$"}, id="code and mathematics"),
        pytest.param("P05", {"front": "By when?", "back": "On Monday at the latest"}, id="at the latest"),
        pytest.param("P05", {"front": "Who?", "back": "Those in their last year"}, id="a year of theirs"),
        pytest.param("S11", {"front": "Which question?", "back": '"What would you do" questions'}, id="common words"),
        pytest.param("S11", {"front": "Whose visa is a programme's?", "back": "Its visa policy"}, id="two in three"),
        pytest.param(
            "S15", {"front": "Is LCME accreditation (Liaison Committee) it?", "back": "A"}, id="a word between"
        ),
        pytest.param("S16", {"front": "Which has neither wings nor legs?", "back": "A fish"}, id="neither, nor"),
        pytest.param("P06", {"front": "Which share in 1999?", "back": "5%"}, id="a year in the question"),
    ],
)
def test_what_is_good_is_left_alone(code: str, fields: dict[str, str], decks: Callable[..., Path]) -> None:
    root = decks(card(**fields) | {"demo/m.png": b"\x89PNG\r\n\x1a\n"})
    assert messages(found(root, code)) == []


@pytest.mark.parametrize(
    ("code", "fields", "message"),
    [
        ("S03", {"back": "水" * 52}, "`back` has 26 words, more than 25"),
        ("S03", {"back": "ก" * 126}, "`back` has 26 words, more than 25"),
        ("S05", {"front": "何ですか？どこですか？"}, "`front` asks 2 questions"),
        ("S06", {"back": "- a\n- b\n- c\n- d"}, "`back` lists 4 items, more than 3"),
        ("S06", {"back": "甲、乙、丙、丁"}, "`back` lists 4 items, more than 3"),
        ("S12", {"front": "A rule holds. Does it bind you?"}, "`front` asks for yes or no"),
        ("S12", {"front": "Isn't it?"}, "`front` asks for yes or no"),
        ("S14", {"front": "As mentioned, who pays?"}, "“As mentioned” refers to something outside of the card"),
        ("S17", {"note": "word " * 29}, "a sentence has 29 words, more than 28"),
        ("S19", {"note": "One , two"}, "there is a space before the punctuation"),
        ("S19", {"note": "One,, two"}, "there are two commas in a row"),
        ("A04", {"back": "Ask [your mentor]."}, "“[your mentor]” is not filled in"),
        ("P06", {"back": "5 percent"}, "the card has a percentage but names no year"),
    ],
)
def test_what_is_bad_is_found_in_any_script(
    code: str, fields: dict[str, str], message: str, decks: Callable[..., Path]
) -> None:
    root = decks(card(**({"front": "Which?", "back": "That"} | fields)))
    assert messages(found(root, code)) == [f"{code} {message}"]


def test_a_card_becomes_overdue_on_the_day_after(decks: Callable[..., Path]) -> None:
    for last, wrong in (("2026-11-22", []), ("2026-11-21", ["P04 the fact has been overdue since 2026-11-21"])):
        assert messages(found(decks(card(front="Q", back="A", stale_after=last)), "P04")) == wrong


def test_a_fact_from_the_future_or_too_old_for_its_tag_is_stale(decks: Callable[..., Path]) -> None:
    settings: Files = {"collection.yaml": "lint: lint.yaml\n", "lint.yaml": "rules: {stale-fact: {days: {visa: 90}}}\n"}
    fields = "kind: basic, front: Q, back: A, tags: visa::j1"
    dates = {"a": "2027", "b": "2026-07", "c": "2026-09"}
    text = "".join(f"  - {{id: {name}, {fields}, as_of: {held}}}\n" for name, held in dates.items())
    assert messages(found(decks(cards(text) | settings), "P04")) == [
        "P04 `as_of` is 2027, which is in the future",
        "P04 the fact is from 2026-07, more than 90 days old",
    ]


def test_a_day_that_does_not_exist_is_not_judged_by_its_age(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    settings: Files = {"collection.yaml": "lint: lint.yaml\n", "lint.yaml": "rules: {stale-fact: {days: {visa: 90}}}\n"}
    card = "  - {id: a, kind: basic, front: Q, back: A, tags: visa}\n"
    for as_of in ("0000", "2026-02-30"):
        decks(cards(card, f"title: One\ndefaults: {{as_of: {as_of}}}\n") | settings)
        checked = cardgen("check")
        assert (checked.code, checked.err.splitlines()[0]) == (1, f"error[CG308]: there is no day {as_of}")


def test_no_card_becomes_more_cards_than_its_questions_and_answers_allow() -> None:
    """By them most cards are known to become few, without being composed."""
    loaded = load_decks(REPOSITORY / "decks")
    assert loaded.collection is not None
    shared = Shared(loaded.collection.sources, DAY)
    counted = [
        (2 * (len(view.asked) + len(view.answers)) + 1, int(finding.message.split()[3]))
        for deck in loaded.collection.decks
        for section in deck.sections
        for view in (CardView(card, section, shared) for card in section.cards)
        for finding in too_many_siblings.check(view, {"cards": 0})
        if not view.gapped
    ]
    assert len(counted) > 500
    assert [(most, becomes) for most, becomes in counted if becomes > most] == []


def test_of_ten_thousand_questions_only_pairs_that_share_rare_words_are_compared(
    decks: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten thousand questions of eight words from fifty: fifty million pairs, were all of them compared."""
    compared = 0
    alike = interference_pair._alike  # noqa: SLF001 - what is counted

    def counting(*arguments: Any) -> bool:
        nonlocal compared
        compared += 1
        return alike(*arguments)

    monkeypatch.setattr(interference_pair, "_alike", counting)
    words = [f"{first}{second}" for first in "bcdfgklmnp" for second in ("ado", "ero", "ilo", "omo", "uno")]
    questions = []
    for number in range(10_000):
        chosen = [words[(number * step + number // (7 + step)) % len(words)] for step in (1, 3, 7, 9, 11, 13, 17, 19)]
        questions.append(f"  - {{id: c{number}, kind: basic, front: which {' '.join(chosen)}, back: b{number}}}\n")
    lint(load_decks(decks(cards("".join(questions)))), ruleset_of(None), DAY, ["D02"])
    assert 0 < compared < 5_000_000


# Counting


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("— … ?", 0),
        ("one two", 2),
        ("it's well-known: 56.4% of H-1B/J-1", 5),
        ("日本語を学ぶ", 3),
        ("日 Tokyo 本", 3),
        ("한국어를 배우다", 2),
        ("ฉันรักภาษาไทย", 3),
        ("العربية لغة", 2),
        ("Ἑλληνική γλῶσσα", 2),
    ],
)
def test_words_are_counted_in_any_script(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.text(), st.integers(1, 40))
def test_a_text_that_is_not_counted_is_short(text: str, limit: int) -> None:
    assert may_have_more_words(text, limit) or count_words(text) <= limit


@given(st.text('ab .!?。\n"'))
def test_sentences_lose_nothing_but_what_divides_them(text: str) -> None:
    spans = list(sentences(text))
    assert all(start < end for start, end in spans)
    assert sorted(spans) == spans
    left = "".join(text[start:end] for start, end in spans)
    assert [char for char in text if char in "ab"] == [char for char in left if char in "ab"]


def test_content_words_are_those_that_carry_the_meaning() -> None:
    assert content_words("What is the Visa's class of visas?") == {"visa", "class"}
    assert content_words("日本語") == {"日本", "本語"}


# Settings


LINT: Files = {"collection.yaml": "lint: lint.yaml\nfacets: {level: [core, more]}\n"}
LONG = card(front="Which?", back="word " * 30)


@pytest.mark.parametrize(
    ("rules", "seen"),
    [
        ("{}", ["warning"]),
        ("{answer-too-long: on}", ["warning"]),
        ("{answer-too-long: error}", ["error"]),
        ("{S03: info}", ["info"]),
        ("{answer-too-long: off}", []),
        ("{answer-too-long: {words: 30}}", []),
        ("{answer-too-long: {severity: error, words: 29}}", ["error"]),
        ("{answer-too-long: {fields: {back: 40}}}", []),
    ],
)
def test_settings_turn_rules_off_and_weigh_them(rules: str, seen: list[str], decks: Callable[..., Path]) -> None:
    root = decks(LONG | LINT | {"lint.yaml": f"rules: {rules}\n"})
    assert [d.severity.value for d in found(root, "S03")] == seen


def test_settings_that_are_no_yaml_are_an_error_of_check_and_not_of_build(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks(LINT | {"lint.yaml": "rules: [\n"})
    assert cardgen("build", "--format", "csv").code == 0
    assert "error[CG106]" in cardgen("check").err


def test_settings_that_are_not_there_are_an_error(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks(LINT)
    assert (
        "error[CG101]: decks/lint.yaml: cannot read the file: No such file or directory\n"
        "  --> decks/collection.yaml:1:7\n"
    ) in cardgen("check").err


def test_settings_may_not_lead_out_of_the_decks(decks: Callable[..., Path]) -> None:
    root = decks({"collection.yaml": "lint: ../lint.yaml\n"})
    assert [d.code for d in load_decks(root).diagnostics] == ["CG205"]


# Patterns


def pattern(text: str) -> Files:
    return LINT | {"lint.yaml": f"patterns:\n  - {{id: own, message: do not say so, {text}}}\n"}


@pytest.mark.parametrize(
    ("more", "fields", "columns"),
    [
        pytest.param("match: one two", {"front": "ONE\nTWO", "back": "A"}, True, id="capitals and line ends"),
        pytest.param("match: '(?-i:ONE)'", {"front": "one", "back": "A"}, False, id="only capitals"),
        pytest.param("match: [nothing, one]", {"front": "one", "back": "A"}, True, id="several expressions"),
        pytest.param("match: one, sides: answer", {"front": "one", "back": "A"}, False, id="only answers"),
        pytest.param("match: one, sides: [answer, more]", {"front": "Q", "back": "A", "note": "one"}, True, id="notes"),
        pytest.param("match: one, unless: but", {"front": "one", "back": "but"}, False, id="unless"),
        pytest.param("match: one, where: {level: core}", {"front": "one", "back": "A"}, False, id="other cards"),
        pytest.param(
            "match: one, where: {level: core}", {"front": "one", "back": "A", "level": "core"}, True, id="such cards"
        ),
    ],
)
def test_a_pattern_is_a_rule_of_its_own(
    more: str, fields: dict[str, str], columns: bool, decks: Callable[..., Path]
) -> None:
    diagnostics = found(decks(card(**fields) | pattern(more)), "own")
    assert [(d.code, d.name, d.severity.value) for d in diagnostics] == [("own", "own", "warning")] * columns


def test_what_a_card_calls_wrong_is_searched_only_on_demand(decks: Callable[..., Path]) -> None:
    choice = "  - {id: a, kind: choice, question: Which?, options: [{text: one}, {text: two, right: true}]}\n"
    assert [
        len(found(decks(cards(choice) | pattern(more)), "own")) for more in ("match: one", "match: one, sides: wrong")
    ] == [0, 1]


def test_a_deck_must_say_once_what_a_pattern_wants(decks: Callable[..., Path]) -> None:
    own = pattern("match: visa, unless_description: 'no advice'")
    files = card(front="Which visa?", back="A") | own
    root = decks(files)
    assert messages(found(root, "own")) == ["own do not say so, as for the card `a`"]
    (root / "demo/deck.yaml").write_text(f"{MINIMAL_DECK}description: This is\n  no advice.\n")
    assert messages(found(root, "own")) == []


@pytest.mark.parametrize(
    "expression",
    [
        "(a+)+b",
        "a*",
        "a{2,}",
        "(a|b)+",
        ".{0,400}.{0,400}",
        "(a{0,9}){0,9}",
        "(.{0,50}x){3}",
        "(?=(a{0,400}){2})b",
        "a(",
    ],
)
def test_an_expression_that_could_take_long_is_refused(expression: str) -> None:
    with pytest.raises(UnfitExpressionError):
        compiled(expression)


@pytest.mark.parametrize("expression", ["a.{0,40}b", r"\bvisas?\b", "(one|two) .{0,40}(three|four)", "(?<!no )a{1,3}"])
def test_an_expression_with_limits_is_taken(expression: str) -> None:
    assert compiled(expression).flags & re.IGNORECASE


# Suppressions


def test_a_card_suppresses_a_rule_by_name_or_code(decks: Callable[..., Path]) -> None:
    for name in ("answer-too-long", "S03"):
        text = f"  - {{id: a, kind: basic, front: Which?, back: {'Word. ' * 30}, lint_ignore: {{{name}: It must.}}}}\n"
        assert messages(found(decks(cards(text)))) == []


def test_suppressing_one_rule_suppresses_no_other(decks: Callable[..., Path]) -> None:
    text = f"  - {{id: a, kind: basic, front: Describe it., back: {'word ' * 30}, lint_ignore: {{S03: It must.}}}}\n"
    assert [d.code for d in found(decks(cards(text)))] == ["S13", "S17"]


def test_a_suppression_changes_nothing_for_learners(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    built = []
    for more in ("", ", lint_ignore: {S13: A test.}"):
        root = decks(cards(f"  - {{id: a, kind: basic, front: Describe it., back: A{more}}}\n"))
        cardgen("build", env={"SOURCE_DATE_EPOCH": "1795305600"})
        built.append((root.parent / "dist/demo.apkg").read_bytes())
    assert built[0] == built[1]


# The command


WEAK = cards(
    "  - {id: a, kind: basic, front: Describe it., back: One}\n"
    "  - {id: b, kind: basic, front: Which  is it?, back: TODO, tags: [b, a]}\n"
)


@pytest.mark.parametrize(
    ("arguments", "code", "codes"),
    [
        ("", 1, ["S13", "S19", "A04"]),
        ("--severity error", 1, ["A04"]),
        ("--severity info", 1, ["S13", "S19", "A04", "D03", "D03", "D05"]),
        ("--rule S13", 0, ["S13"]),
        ("--rule vague-prompt --rule typographic-slip", 0, ["S13", "S19"]),
        ("--rule S13 --strict", 1, ["S13"]),
        ("--rule S13 --severity error --strict", 0, []),
    ],
)
def test_check_shows_what_is_asked_for(
    arguments: str, code: int, codes: list[str], decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks(WEAK)
    checked = cardgen("check", *arguments.split())
    assert checked.code == code
    assert sorted(re.findall(r"^\w+\[(\w+)\]", checked.err, re.MULTILINE)) == sorted(codes)


def test_findings_are_counted_by_rule(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks(WEAK)
    assert cardgen("check").out.splitlines() == [
        "1 deck, 2 cards: 1 error, 2 warnings",
        "  A04 unfilled-slot     1",
        "  S13 vague-prompt      1",
        "  S19 typographic-slip  1",
    ]


def test_errors_of_reading_and_lint_stand_in_one_list(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks(
        cards("  - {id: a, kind: basic, front: Describe it., back: A}\n  - {id: b, kind: basic, front: Q, bakc: A}\n")
    )
    assert re.findall(r"^\w+\[(\w+)\]", cardgen("check").err, re.MULTILINE) == ["CG201", "S13"]


def test_lint_never_stops_a_build(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks(WEAK)
    built = cardgen("build", "--format", "csv")
    assert (built.code, built.err) == (0, "")


def test_an_unknown_rule_is_wrong_usage(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks()
    checked = cardgen("check", "--rule", "answer-to-long")
    assert (checked.code, checked.out) == (2, "")
    assert "there is no lint rule `answer-to-long`. Did you mean `answer-too-long`?" in checked.err


def test_an_info_is_a_notice_for_github(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks(WEAK)
    shown = cardgen("check", "--rule", "D05", "--severity", "info", "--output", "github").out
    assert shown == (
        "::notice title=D05 unsorted-tags,file=decks/demo/one.yaml,line=4,col=66,endColumn=67"
        "::the tags are not sorted%0A`cardgen check --fix` sorts them.\n"
    )
