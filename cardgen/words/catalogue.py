"""What a catalogue holds, and how it is found.

A catalogue is a module of this package, named as the language is in BCP 47, with a constant `WORDS`. All entries are
texts; what stands in braces is filled in. A type checker finds an entry that a catalogue lacks. Texts for sentences
around a number come in two forms, for one and for many; a language with more forms words both so that no form is
wrong, as in "Cards: 3".
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES: Final = ("ar", "de", "en", "es", "fr")
"""The languages that have a catalogue."""

_PLACE_HOLDER: Final = re.compile(r"\{(\w+)\}")

_SEPARATOR: Final = ", "


class Words(Struct, frozen=True, eq=False, kw_only=True):
    """A catalogue. The comments say where an entry is read where its name does not."""

    language: str  # BCP 47

    # Dates.
    months: str  # twelve names, as they stand in a date
    short_months: str  # the same, short, for charts
    first_day: str  # how the first day of a month is written
    day: str
    short_day: str  # on charts, with a short name
    month: str
    either: str  # between values of which one is enough

    # About a fact.
    as_of: str
    season: str  # the name of one, where a date can stand
    checked: str  # behind `as_of`; alone, its first letter becomes a capital
    check_at: str  # a label before a source
    secondary: str
    check_again: str
    overdue: str  # on paper, after the day
    more_sources: str  # a line to tap; always two or more

    # What the learner is to do.
    type_answer: str
    name_steps: str
    next_step: str
    first_step: str
    name_points: str
    name_points_in_order: str
    then_aloud: str
    name_part: str  # of a picture; likewise the next one, where there are several
    name_parts: str
    first_sentence: str
    what_is_wrong: str
    next_move: str
    first_move: str
    name_beats: str  # of a story: its parts, each with a name
    then_told: str  # behind `name_beats` or `which_story`
    which_story: str  # below a question that a story of one's own answers
    difference: str

    # Labels.
    label: str  # a label before its text
    who: str
    document: str
    when: str
    aim: str
    framework: str
    do: str
    dont: str
    template: str
    in_full: str
    serves: str  # on a story, before the questions that it answers
    beat_timed: str  # the name of a part of a story and its seconds
    better: str
    example: str
    not_to_be_confused: str
    right: str  # for screen readers, before an option
    wrong: str
    more: str  # a line to tap
    hint: str  # a line to tap, and before a hint on paper and in tables
    show_all: str  # a button
    toggle_masks: str  # a button
    next_of: str  # a button
    needs_image_occlusion: str  # in place of masks, in an Anki that has none

    # In Anki's browser, behind what a note is about.
    listed_after: str
    listed_first_step: str
    listed_first_move: str
    listed_first_sentence: str
    listed_poor_answer: str
    listed_story: str

    # Charts, for those who cannot see them.
    bar_chart: str
    line_chart: str
    timeline: str
    chart_of: str  # a type of chart and its unit

    # Headings of tables and of the study sheet.
    column_deck: str
    column_section: str
    column_question: str
    column_answer: str
    column_source: str
    column_as_of: str
    column_number: str
    column_kind: str
    column_id: str
    column_tags: str
    column_address: str
    column_link: str
    column_points: str  # of an answer
    my_story: str  # the heading of a column that its reader fills
    my_stories: str  # a deck
    story_sheet: str  # a file to write stories of one's own on
    story_sheet_how: str  # in its table: what to do; no comma, semicolon or quotation mark
    picture: str  # a label before the words for one, where it cannot be shown
    continuation: str  # a label before a question whose answer continues in another row

    # Print: what is there, and where.
    one_card: str
    many_cards: str
    one_section: str
    many_sections: str
    one_question: str
    many_questions: str
    one_worksheet: str
    many_worksheets: str
    zero: str  # which form the number 0 takes: one or many
    cards_in_sections: str
    part_of: str
    continued: str  # behind the number of a section's cards
    version: str  # at the foot of a page
    release: str  # below the deck's description in Anki: the version that the author names
    sources: str
    for_example: str
    tick: str  # *strong* between asterisks, in this and the next three
    fold: str
    cover: str
    small_numbers: str
    and_more: str  # behind numbers of sources; always two or more
    to_card: str  # behind a source: the card that cites it
    to_cards: str
    goes_on: str  # beside a card's number, where the rest of it stands on the next page
    cards: str
    card_of: str  # on a card that takes several
    next_card: str
    answer_on: str
    ruler: str
    ruler_front: str  # *strong* between asterisks, in this and the next one
    ruler_back: str
    self_test: str
    define: str  # what to do with a term that stands alone, in a self-test; likewise the next two
    spell_out: str  # of letters alone
    explain: str  # where it is not certain that the answer is a definition
    answers_at_end: str
    name: str
    date: str
    score: str
    worksheet: str
    worksheets: str
    answer_key: str
    plans_elsewhere: str

    # Pages of a site.
    skip: str
    decks: str
    one_deck: str
    many_decks: str
    all_decks: str
    all_cards: str  # whole decks, beside editions of them
    in_anki: str
    last_changed: str
    which_edition: str
    begin_with: str  # a label before a download
    complete: str  # likewise
    downloads: str
    for_anki: str
    to_print: str
    as_table: str
    all_files: str
    file: str
    size: str
    something_wrong: str  # a link below a card
    previous_page: str
    next_page: str
    changes: str
    follow: str  # a link to the feed
    importing: str
    anki_is: str
    on_computer: str
    step_install: str
    step_choose: str
    step_options: str
    step_study: str
    picture_choose: str  # what a picture shows; likewise the next two
    picture_options: str
    picture_study: str
    on_android: str
    android: str
    on_iphone: str
    iphone: str
    iphone_free: str
    newer: str
    import_again: str
    # Study plans. What Anki's own menus and options are called is what Anki calls it in this language.
    short_weekdays: str  # seven names, from Monday
    interview: str
    plan: str
    plan_cards: str
    plan_cards_note: str
    plan_new: str
    plan_new_note: str
    plan_minutes: str
    plan_minutes_note: str
    plan_recall: str
    plan_recall_note: str
    plan_calendar: str
    plan_day_minutes: str
    plan_start: str
    plan_last_new: str
    plan_top_up: str
    plan_mock: str
    plan_eve: str
    plan_rest: str
    plan_in_anki: str
    plan_step_import: str  # *strong* between asterisks, in this and all that follow
    plan_step_fsrs: str
    plan_step_options: str
    plan_step_study: str
    plan_step_top_up: str
    plan_step_delete: str
    plan_step_after: str

    def __getitem__(self, key: str) -> str:
        text: str = getattr(self, key)
        return text

    def entries(self) -> dict[str, str]:
        """Return all entries by their names, without the language."""
        return {key: self[key] for key in key_names()}

    def changed(self, changes: Mapping[str, str]) -> Words:
        """Return the catalogue with some entries changed."""
        return replace(self, **changes)

    def month_name(self, number: int) -> str:
        """Return the name of a month as it stands in a date; `number` counts from 1."""
        return self.months.split(_SEPARATOR)[number - 1]

    def short_month_name(self, number: int) -> str:
        """Return the short name of a month; `number` counts from 1."""
        return self.short_months.split(_SEPARATOR)[number - 1]

    def short_weekday_name(self, number: int) -> str:
        """Return the short name of a day of the week; Monday is 0, as in `datetime.date.weekday`."""
        return self.short_weekdays.split(_SEPARATOR)[number]

    def counted(self, thing: str, number: int) -> str:
        """Return a number of things: ``deck``, ``card``, ``section``, ``question`` or ``worksheet``."""
        form = self.zero if number == 0 else "one" if number == 1 else "many"
        return fill(self[f"one_{thing}" if form == "one" else f"many_{thing}s"], n=number)


def fill(text: str, **values: object) -> str:
    """Return an entry with its place holders filled in.

    Raises:
        KeyError: If a value is missing.
    """
    return _PLACE_HOLDER.sub(lambda found: str(values[found[1]]), text)


def pieces(text: str) -> list[str]:
    """Return the texts of an entry and the names of its place holders by turns, a text first and last."""
    return _PLACE_HOLDER.split(text)


def place_holders(text: str) -> frozenset[str]:
    """Return the names that stand in braces."""
    return frozenset(_PLACE_HOLDER.findall(text))


@cache
def key_names() -> tuple[str, ...]:
    """Return the names of all entries."""
    return tuple(name for name in Words.__struct_fields__ if name != "language")


@cache
def catalogue_of(language: str) -> Words | None:
    """Return the catalogue of a language, or None if there is none.

    Args:
        language: BCP 47 tag; only what it begins with counts.
    """
    name = language.lower().split("-")[0]
    if name not in LANGUAGES:
        return None
    words: Words = import_module(f"cardgen.words.{name}").WORDS
    return words
