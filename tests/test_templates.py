"""Anki's template language: read as Anki's engine reads it, and what Anki takes in silence is found."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from anki.errors import CardTypeError
from hypothesis import given
from hypothesis import strategies as st
from measuring import unmeasured

from cardgen.read import nfc
from cardgen.templates import (
    MAX_DEPTH,
    SPECIAL,
    Comment,
    Flaw,
    Replacement,
    Section,
    Span,
    TemplateError,
    Text,
    cards,
    check_field_names,
    check_fronts,
    check_template,
    check_template_names,
    counted,
    is_empty,
    makes_a_card,
    parse,
    read,
    under,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from anki.collection import Collection


FIELDS = ("A", "B", "C")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """Yield a collection for questions to Anki's engine."""
    from anki.collection import Collection

    collection = Collection(str(tmp_path_factory.mktemp("engine") / "collection.anki2"))
    yield collection
    collection.close()


# Reading


def test_a_template_is_texts_comments_replacements_and_sections() -> None:
    assert parse("a {{ A }}<!-- {{B}} -->{{#B}}{{^ C}}}{{type:cloze:B}}{{/C}}{{ /B }}z") == (
        Text("a ", Span(0, 2)),
        Replacement("A", (), Span(2, 9)),
        Comment("<!-- {{B}} -->", Span(9, 23)),
        Section(
            "B",
            False,
            (
                Section(
                    "C",
                    True,
                    (Text("}", Span(36, 37)), Replacement("B", ("type", "cloze"), Span(37, 53))),
                    Span(29, 36),
                ),
            ),
            Span(23, 29),
        ),
        Text("z", Span(67, 68)),
    )


def test_other_delimiters_are_read_and_leave_braces_alone() -> None:
    template = " {{=<% %>=}}<%#A%>{{A}}<%text:A%><%/A%>"
    assert parse(template) == (
        Section("A", False, (Text("{{A}}", Span(18, 23)), Replacement("A", ("text",), Span(23, 33))), Span(12, 18)),
    )


@pytest.mark.parametrize(
    ("template", "message", "marked"),
    [
        ("<b>{{A</b>", "`{{A</b>` is not closed", "{{"),
        ("x{{A} {{B}}", "`{{A} {{B}}` is not closed", "{{"),
        ("{{#A}}x", "`{{#A}}` is not closed", "{{#A}}"),
        ("{{#A}}<!--{{/A}}-->", "`{{#A}}` is not closed", "{{#A}}"),
        ("x{{/A}}", "`{{/A}}` closes nothing", "{{/A}}"),
        ("{{#A}}x{{/B}}", "`{{/B}}` closes nothing: `{{#A}}` is open", "{{/B}}"),
        ("{{#A}}{{^B}}x{{/A}}", "`{{^B}}` is not closed before `{{/A}}`", "{{^B}}"),
        ("a{{}}", "`{{}}` names nothing", "{{}}"),
        ("a{{ # }}", "`{{#}}` names nothing", "{{ # }}"),
        ("{{=<% %>=}}<%#A%>", "`<%#A%>` is not closed", "<%#A%>"),
        (
            "{{#A}}" * (MAX_DEPTH + 1) + "{{/A}}" * (MAX_DEPTH + 1),
            f"`{{{{#A}}}}` is more than {MAX_DEPTH} sections deep",
            "{{#A}}",
        ),
    ],
)
def test_what_cannot_be_read_is_said_at_its_place(template: str, message: str, marked: str) -> None:
    with pytest.raises(TemplateError) as raised:
        parse(template)
    problem = raised.value.problem
    assert (str(raised.value), template[slice(*problem.span)]) == (message, marked)
    assert problem.hint


def test_all_that_is_wrong_is_told_at_once_and_the_rest_is_read() -> None:
    nodes, problems = read("{{}}{{#A}}{{#B}}{{C}}{{/A}}{{/B}}{{A")
    assert [problem.message for problem in problems] == [
        "`{{}}` names nothing",
        "`{{#B}}` is not closed before `{{/A}}`",
        "`{{/B}}` closes nothing",
        "`{{A` is not closed",
    ]
    inner = Section("B", False, (Replacement("C", (), Span(16, 21)),), Span(10, 16))
    assert nodes == (Section("A", False, (inner,), Span(4, 10)), Text("{{A", Span(33, 36)))


def test_a_condition_is_put_around_a_template_with_its_own_delimiters() -> None:
    assert under("Gate", "a{{A}}") == "{{#Gate}}a{{A}}{{/Gate}}"
    assert under("Gate", "\n{{=<% %>=}}a<%A%>") == "\n{{=<% %>=}}<%#Gate%>a<%A%><%/Gate%>"


# Random templates

NAMES = st.sampled_from([*FIELDS, "Tags", "Deck", "FrontSide", "CardID"])
FILTERS = st.sampled_from(["", "", "text:", "hint:", "cloze:", "foo:", "text::"])
SPACE = st.sampled_from(["", "", " ", "\n", "\xa0"])
LEAVES = st.one_of(
    st.builds("{{{{{}{}{}}}}}".format, SPACE, FILTERS, NAMES),
    st.sampled_from(["text", " ", "<br>", "<!-- {{A}} -->", "<!-- x", "-->", "}}", "{", "\n"]),
)


def _section(mark: str, name: str, inside: list[str]) -> str:
    return f"{{{{{mark}{name}}}}}{''.join(inside)}{{{{/{name}}}}}"


TREES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        _section, st.sampled_from("#^"), st.sampled_from([*FIELDS, "Tags", "Deck"]), st.lists(inner, max_size=4)
    ),
    max_leaves=8,
)
TEMPLATES = st.builds(
    lambda start, parts: start + "".join(parts), st.sampled_from(["", "", " {{=<% %>=}}"]), st.lists(TREES, max_size=5)
)
VALUES = st.sampled_from(
    ["", "", "x", "<br>", " \n", "\xa0", "&nbsp;", "<div> <BR /></div>", "<img src=a.png>", "<p></p>"]
)


class Type:
    """A note type of Anki whose templates are changed for each example.

    Args:
        engine: A collection.
        name: Of the stock type that it is made of: ``Basic`` or ``Cloze``.
    """

    def __init__(self, engine: Collection, name: str) -> None:
        models = engine.models
        kind = models.by_name(name)
        assert kind is not None
        kind |= {"id": 0, "name": f"{name} {len(models.all_names_and_ids())}"}
        kind["flds"] = [models.new_field(field) for field in FIELDS]
        shown = "{{cloze:A}}" if name == "Cloze" else "{{A}}"
        kind["tmpls"] = [models.new_template("1") | {"qfmt": shown, "afmt": shown}]
        self._engine = engine
        self._id = models.add_dict(kind).id
        self._kind: dict[str, Any] = {}

    def change(self, *templates: tuple[str, str], check: bool = False) -> None:
        """Give it other templates; Anki checks nothing of what a package brings.

        Raises:
            CardTypeError: If Anki is to check them, and refuses them.
        """
        models = self._engine.models
        kind = models.get(self._id)
        assert kind is not None
        new = [models.new_template(str(number)) for number in range(len(templates))]
        kind["tmpls"] = [
            {**old, "qfmt": front, "afmt": back} for old, (front, back) in zip(new, templates, strict=True)
        ]
        models.update_dict(kind, skip_checks=not check)
        models._clear_cache()  # noqa: SLF001 - it would return the type as it was

    def note(self, values: Mapping[str, str], tags: Sequence[str] = ()) -> Any:
        """Return a note of it that is not kept yet."""
        kind = self._engine.models.get(self._id)
        assert kind is not None
        note = self._engine.new_note(kind)
        for field, value in values.items():
            note[field] = value
        note.tags = list(tags)
        return note

    def cards(self, values: Mapping[str, str], tags: Sequence[str] = ()) -> tuple[int, ...]:
        """Return which cards Anki makes of a note."""
        note = self.note(values, tags)
        self._engine.add_note(note, self._engine.decks.id("Default"))
        made = tuple(sorted(card.ord for card in note.cards()))
        self._engine.remove_notes([note.id])
        return made


@pytest.fixture(scope="module")
def normal(engine: Collection) -> Type:
    return Type(engine, "Basic")


@pytest.fixture(scope="module")
def with_gaps(engine: Collection) -> Type:
    return Type(engine, "Cloze")


# Cards


@given(
    st.lists(TEMPLATES, min_size=1, max_size=3),
    st.fixed_dictionaries(dict.fromkeys(FIELDS, VALUES)),
    st.sampled_from([(), ("t",)]),
)
def test_the_cards_of_a_note_are_those_that_anki_makes(
    normal: Type, fronts: list[str], values: dict[str, str], tags: tuple[str, ...]
) -> None:
    normal.change(*((front, "") for front in fronts))
    # A comment that begins or ends in another place can take a section apart: such a template makes no card.
    parsed = [nodes if not problems else () for nodes, problems in map(read, fronts)]
    filled = counted([name for name, value in values.items() if not is_empty(value)], FIELDS, tagged=bool(tags))
    assert cards(parsed, filled) == normal.cards(values, tags)


@pytest.mark.parametrize(
    ("front", "makes"),
    [
        ("static", False),
        ("{{A}}", True),
        ("{{#A}}static{{/A}}", False),
        ("{{^B}}{{A}}{{/B}}", True),
        ("{{#B}}{{A}}{{/B}}", False),
        ("{{hint:A}}", True),
        ("{{tts en_US:A}}", True),
        ("{{type:A}}", True),
        ("<!-- {{A}} -->", False),
        ("{{FrontSide}}", False),
        ("{{Tags}}", False),
        ("{{Deck}}", True),
        ("{{#CardFlag}}{{A}}{{/CardFlag}}", True),
    ],
)
def test_a_front_makes_a_card_if_it_shows_something(front: str, makes: bool) -> None:
    assert makes_a_card(parse(front), counted(["A"], FIELDS, tagged=False)) is makes


def test_a_field_goes_before_what_anki_fills_itself() -> None:
    assert counted(["A"], ["A", "Type"], tagged=True) == {"A", *SPECIAL} - {"FrontSide", "Type"}
    assert counted(["Type"], ["A", "Type"], tagged=False) == {*SPECIAL} - {"FrontSide", "Tags"}


# Checks


def found(front: str, back: str = "", **known: Any) -> list[tuple[str, Flaw, str, str]]:
    """Return what is wrong with a template: side, flaw, message and the text it is about."""
    sides = {"front": front, "back": back}
    return [
        (side, problem.flaw, problem.message, sides[side][slice(*problem.span)])
        for side, problem in check_template(front, back, FIELDS, **known)
    ]


@pytest.mark.parametrize(
    ("front", "back", "known", "expected"),
    [
        (
            "{{A}}{{#a}}x{{/a}}",
            "{{Deck}}{{text:D}}",
            {},
            [
                ("front", Flaw.UNKNOWN_FIELD, "`{{#a}}` names no field", "{{#a}}"),
                ("back", Flaw.UNKNOWN_FIELD, "`{{text:D}}` names no field", "{{text:D}}"),
            ],
        ),
        ("{{A}}{{#B}}", "", {}, [("front", Flaw.SYNTAX, "`{{#B}}` is not closed", "{{#B}}")]),
        ("{{A}}{{{B}}}", "", {}, [
            ("front", Flaw.SYNTAX, "a tag has two braces: Anki passes over the third, and shows one at the end as text",
             "{{{B}}"),
        ]),
        ("static", "{{A}}", {}, [("front", Flaw.NO_CARD, "the front shows no field, so that it makes no card", "")]),
        (
            "{{#A}}static{{^A}}{{B}}{{/A}}{{/A}}{{^C}}{{C}}{{/C}}{{^Deck}}{{A}}{{/Deck}}",
            "",
            {},
            [("front", Flaw.NO_CARD, "the front makes no card: whatever is filled, it shows no field", "")],
        ),
        (
            "{{A}}{{FrontSide}}",
            "{{FrontSide}}",
            {},
            [("front", Flaw.FRONT_SIDE, "`{{FrontSide}}` on the front shows nothing", "{{FrontSide}}")],
        ),
        (
            "{{A}}",
            "{{#FrontSide}}x{{/FrontSide}}",
            {},
            [("back", Flaw.UNKNOWN_FIELD, "`{{#FrontSide}}` names no field", "{{#FrontSide}}")],
        ),
        (
            "{{txt:A}}",
            "{{tts:B}}{{tts en-US:A}}{{text :C}}{{tts de_DE voices=X:B}}",
            {},
            [
                ("front", Flaw.UNKNOWN_FILTER, "Anki has no filter `txt`, and shows the field as it is", "{{txt:A}}"),
                ("back", Flaw.SPEECH, "`tts` names no language", "{{tts:B}}"),
                ("back", Flaw.SPEECH, "`tts en-US` names no language", "{{tts en-US:A}}"),
                ("back", Flaw.UNKNOWN_FILTER, "`text ` is no filter: it has a space beside the colon", "{{text :C}}"),
            ],
        ),
        ("{{A}}", "{{text:}}{{tts-voices:}}", {}, [
            ("back", Flaw.UNKNOWN_FIELD, "`{{text:}}` names no field", "{{text:}}"),
        ]),
        (
            "{{A}}{{=[[ ]]=}}",
            "",
            {},
            [("front", Flaw.UNKNOWN_FIELD, "`{{=[[ ]]=}}` names no field", "{{=[[ ]]=}}")],
        ),
        (
            "{{#B}}{{B}}{{/B}}<i>{{Deck}}{{Tags}}</i>",
            "{{Deck}}",
            {},
            [
                ("front", Flaw.VERSIONS,
                 "`{{Deck}}` makes this card of every note since Anki 26.08, and of none before", "{{Deck}}"),
                ("front", Flaw.VERSIONS,
                 "`{{Tags}}` makes this card of notes that have tags since Anki 26.05, and of none before",
                 "{{Tags}}"),
            ],
        ),
        (
            "{{#Tags}}{{A}}{{/Tags}}{{^Deck}}{{^B}}{{A}}{{/B}}{{/Deck}}",
            "",
            {},
            [
                ("front", Flaw.VERSIONS,
                 "whether `Tags` is filled decides about this card since Anki 26.05; before, it counts as empty",
                 "{{A}}"),
                ("front", Flaw.VERSIONS,
                 "whether `Deck` is filled decides about this card since Anki 26.08; before, it counts as empty",
                 "{{A}}"),
            ],
        ),
        (
            "{{A}}{{#A}}<!-- {{B}} -->{{/A}}<!-- b -->",
            "{{CardID}}",
            {},
            [
                ("front", Flaw.VERSIONS,
                 "Anki before 25.02 reads the tags in a comment as if they stood outside of it", "<!-- {{B}} -->"),
                ("back", Flaw.VERSIONS,
                 "Anki before 25.07 knows no `CardID`, and shows an error instead of the card", "{{CardID}}"),
            ],
        ),
        (
            "{{=<% %>=}}<%A%>{{B}}",
            "",
            {},
            [("front", Flaw.VERSIONS, "Anki before 25.02 reads tags with braces also where others are declared",
              "{{B}}")],
        ),
        ("{{#B}}{{Deck}}{{#Tags}}{{A}}{{/Tags}}{{B}}{{/B}}", "", {}, []),
        ("{{A}}{{^B}}{{Deck}}{{/B}}{{#Tags}}{{B}}{{Tags}}{{/Tags}}", "", {"required": ("A",)}, []),
        ("{{A}}", "{{type:B}}", {}, [
            ("back", Flaw.TYPED, "nothing is typed on the front, so that `type:` on the back shows nothing",
             "{{type:B}}"),
        ]),
        ("{{A}}{{type:B}}", "{{type:B}}", {}, []),
        (
            "{{cloze:A}}",
            "{{type:cloze:B}}",
            {},
            [
                ("front", Flaw.GAPS, "a kind without gaps has no use for `cloze:`, and shows nothing of the field",
                 "{{cloze:A}}"),
                ("back", Flaw.GAPS, "a kind without gaps has no use for `cloze:`, and shows nothing of the field",
                 "{{type:cloze:B}}"),
                ("back", Flaw.TYPED, "nothing is typed on the front, so that `type:` on the back shows nothing",
                 "{{type:cloze:B}}"),
            ],
        ),
        (
            "{{A}}",
            "{{cloze-only:A}}",
            {"is_cloze": True},
            [
                ("front", Flaw.GAPS, "a side of a cloze template shows no gaps", ""),
                ("back", Flaw.GAPS, "a side of a cloze template shows no gaps", ""),
            ],
        ),
        (
            "{{cloze:A}}",
            "{{cloze:A}}{{cloze:C}}",
            {"is_cloze": True, "gaps": ("A", "B")},
            [
                ("front", Flaw.GAPS, "gaps of `B` make cards, and are not on the front", ""),
                ("back", Flaw.GAPS, "`C` has no gaps, so that `cloze:` shows nothing of it", "{{cloze:C}}"),
            ],
        ),
        ("{{type:cloze:A}}", "{{cloze:A}}{{type:cloze:A}}{{#c1}}x{{/c1}}", {"is_cloze": True, "gaps": ("A",)}, []),
        (
            "{{A}}{{word:capital}}{{word:capitol}}",
            "",
            {"words": ("capital",)},
            [("front", Flaw.UNKNOWN_WORD, "the kind has no word `capitol`", "{{word:capitol}}")],
        ),
    ],
)  # fmt: skip
def test_what_anki_takes_in_silence_is_found(
    front: str, back: str, known: dict[str, Any], expected: list[tuple[str, Flaw, str, str]]
) -> None:
    assert found(front, back, **known) == expected


@pytest.mark.parametrize(
    ("template", "hint"),
    [
        ("{{Cpital}}", "Did you mean `Capital`?"),
        ("{{text: Capital}}", "Take out the space beside the colon."),
        ("{{#text:Capital}}x{{/text:Capital}}", "A section has no filters: it asks whether the field is filled."),
        ("{{=[[ ]]=}}", "Of other delimiters Anki knows one pair: `{{=<% %>=}}`, at the very beginning."),
        ("{{#FrontSide}}x{{/FrontSide}}", "No section asks for `FrontSide`: the front is never empty."),
        ("{{hnt:Capital}}", "Did you mean `hint`?"),
        ("{{tts:Capital}}", "Write a language as Anki does: `{{tts en_US:Capital}}`."),
    ],
)
def test_a_problem_has_a_way_out(template: str, hint: str) -> None:
    ((_, problem),) = check_template("{{Capital}}", template, ["Capital", "Country"])
    assert problem.hint == hint


def test_a_name_of_a_field_has_the_form_in_which_anki_keeps_it() -> None:
    composed, apart = "{{Größe}}", "{{Gro\u0308ße}}"
    assert [*check_template(composed, composed, ["Gro\u0308ße"])] == []
    ((_, problem),) = check_template(composed, apart, ["Größe"])
    assert problem.hint == (
        "An accent is a character of its own here: save the file in Unicode's form NFC, in which Anki keeps names."
    )


def test_two_templates_with_the_same_front_are_found_as_anki_finds_them() -> None:
    fronts = {"one": "{{A}}", "two": "{{A}} ", "three": "{{A}}", "four": "{{ Card }}{{A}}", "five": "{{ Card }}{{A}}"}
    ((name, problem),) = check_fronts(fronts)
    assert (name, problem.flaw, problem.message) == (
        "three",
        Flaw.SAME_FRONT,
        "the front is the same as that of `one`",
    )


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Country", "country code", "Land/Staat", "a#b", "Größe"], []),
        (["A", ""], [(1, Flaw.NAME, "a field has no name")]),
        (["a:b"], [(0, Flaw.NAME, "Anki drops `:` from names of fields: `a:b`")]),
        (['"{a}"'], [(0, Flaw.NAME, 'Anki drops `"`, `{`, `}` from names of fields: `"{a}"`')]),
        (["#a"], [(0, Flaw.NAME, "Anki drops `#` at the beginning of a field's name: `#a`")]),
        (["a "], [(0, Flaw.NAME, "Anki drops spaces around a field's name: `a`")]),
        (
            ["FrontSide"],
            [(0, Flaw.SPECIAL_NAME, "no template can show a field `FrontSide`: the name means the whole front")],
        ),
        (
            ["Tags"],
            [(0, Flaw.SPECIAL_NAME,
              "Anki itself fills `{{Tags}}`, and older versions make cards of an empty field `Tags`")],
        ),
        (["A", "B", "A"], [(2, Flaw.SAME_NAME, "two fields are called `A`")]),
        (["Straße", "STRASSE"], [(1, Flaw.SAME_NAME, "`Straße` and `STRASSE` are the same name to Anki")]),
    ],
)  # fmt: skip
def test_names_of_fields_that_anki_would_change_are_found(
    names: list[str], expected: list[tuple[int, Flaw, str]]
) -> None:
    assert [(number, problem.flaw, problem.message) for number, problem in check_field_names(names)] == expected


def test_names_of_templates_that_anki_would_change_are_found() -> None:
    names = ["Country: {{A}}", 'the "capital"', " ", "country: {{a}}"]
    assert [(number, problem.flaw, problem.message) for number, problem in check_template_names(names)] == [
        (1, Flaw.NAME, 'Anki drops `"` from names of templates: `the "capital"`'),
        (2, Flaw.NAME, "a template has no name"),
        (3, Flaw.SAME_NAME, "`Country: {{A}}` and `country: {{a}}` are the same name to Anki"),
    ]


@given(st.lists(TREES, max_size=4).map("".join), st.sets(st.sampled_from(FIELDS)), st.booleans())
def test_a_front_without_doubt_makes_its_card_in_every_version(front: str, filled: set[str], tagged: bool) -> None:
    """Whether what Anki itself fills counts, as it does by now, or nothing of it, as it once was."""
    if filled and not found(front, required=("A",)):
        nodes = parse(front)
        now = counted(filled | {"A"}, FIELDS, tagged=tagged)
        assert makes_a_card(nodes, now) is makes_a_card(nodes, filled | {"A"})


FLAWED = st.one_of(
    TREES,
    st.sampled_from(
        ["{{#A}}", "{{/A}}", "{{^c1}}", "{{/c1}}", "{{D}}", "{{", "{{{A}}", "{{}}", "{{text:}}", "{{#}}", "{{c1}}",
         "{{A", "{{text: A}}", "{{=<% %>=}}", "<%A%>", "{{Card}}", "{{#Tags}}", "{{/Tags}}"]
    ),
)  # fmt: skip
SIDES = st.lists(FLAWED, max_size=4).map("".join)


@given(st.lists(st.tuples(SIDES, SIDES), min_size=1, max_size=2), st.booleans())
def test_what_anki_would_refuse_to_save_is_found(
    normal: Type, with_gaps: Type, templates: list[tuple[str, str]], is_cloze: bool
) -> None:
    templates = templates[:1] if is_cloze else templates
    problems = [
        problem for front, back in templates for _, problem in check_template(front, back, FIELDS, is_cloze=is_cloze)
    ]
    problems += [problem for _, problem in check_fronts({str(n): front for n, (front, _) in enumerate(templates)})]
    try:
        (with_gaps if is_cloze else normal).change(*templates, check=True)
    except CardTypeError:
        assert problems


@given(st.lists(st.text(st.sampled_from('aAß:{}"#/^ \t+éE\u0301'), max_size=4), min_size=1, max_size=3))
def test_names_without_problems_stay_as_they_are_in_anki(engine: Collection, names: list[str]) -> None:
    if any(check_field_names(names)) or any(check_template_names(names)):
        return
    models = engine.models
    kind = models.new(f"Names {len(models.all_names_and_ids())}")
    kind["flds"] = [models.new_field(name) for name in names]
    kind["tmpls"] = [
        models.new_template(name) | {"qfmt": f"{{{{{nfc(names[0])}}}}}{number}"} for number, name in enumerate(names)
    ]
    stored = models.get(models.add_dict(kind).id)
    assert stored is not None
    expected = [nfc(name) for name in names]
    assert [field["name"] for field in stored["flds"]] == expected
    assert [template["name"] for template in stored["tmpls"]] == expected


# Hostile templates


@pytest.mark.parametrize(
    "template",
    [
        "{{" * 32_768,
        "<!--" * 16_384,
        "{{<!--" * 10_923,
        "{{#A}}" * 10_923,
        "{{#A}}{{/A}}" * 5_461,
        "{{^A}}{{/B}}" * 5_461,
        "{{A}}" * 13_107,
        "{" * 65_530 + "A}}",
        "{{A:" * 16_383 + "}}",
        "{{=<% %>=}}" * 5_957,
        "<%" * 32_000,
        "{{" + "a:" * 32_000 + "A}}",
        "".join(f"{{{{no field of that name {number}}}}}" for number in range(2_000)),
        "".join(f"{{{{#{number}}}}}{{{{/{number}}}}}" for number in range(4_000)),
    ],
)
def test_a_large_template_is_read_at_once(template: str) -> None:
    with unmeasured():
        begun = time.process_time()
        [*check_template(template, template, [f"Name {number} of a field" for number in range(60)])]
    # It takes some tenths, and where time grows with the square of length some ten seconds.
    assert time.process_time() - begun < 3
