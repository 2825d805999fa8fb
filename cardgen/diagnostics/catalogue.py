"""Every finding that cardgen can report, by its stable code.

A code never changes its meaning: it is never renamed and never used for something else. The first digit says
where in the flow the finding arises: 1 reading, 2 schema, 3 references between files, 4 what a card says,
5 building, 6 the ledger, 7 lint settings, 8 print. ``docs/diagnostics.md`` is made from this table and the files in
``samples``, and so is what `cardgen explain` shows: a new code gets a bad and a good sample there, which a test tries.
What the lint rules find has codes of its own, in ``cardgen/lint/rules``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from msgspec import Struct


class Severity(StrEnum):
    """How much a finding weighs: an error stops a build, a warning does not; an info is for those who ask.

    Findings of lint rules stop no build, whatever they weigh: a build does not look for them.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def weight(self) -> int:
        """A number that is greater for what weighs more."""
        return {"info": 0, "warning": 1, "error": 2}[self.value]


class DiagnosticType(Struct, frozen=True):
    """One sort of finding.

    Attributes:
        code: Stable code, such as ``CG107``.
        name: The same for people, in kebab-case.
        severity: Whether it stops a build.
        about: What is wrong, in one sentence.
        way_out: What the reader can do, in one sentence.
    """

    code: str
    name: str
    severity: Severity
    about: str
    way_out: str


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

CATALOGUE: Final[dict[str, DiagnosticType]] = {
    rule.code: rule
    for rule in (
        # 1: reading files
        DiagnosticType(
            "CG101",
            "unreadable-file",
            _E,
            "A file cannot be read.",
            "Check that it exists and can be read.",
        ),
        DiagnosticType(
            "CG102",
            "file-too-large",
            _E,
            "A file is larger than allowed: 32 MiB for YAML, 64 MiB for a ledger, and for own kinds 256 KiB for a "
            "template or a style sheet, 4 MiB for other files.",
            "Split a card file into several sections; restore any other file from git.",
        ),
        DiagnosticType("CG103", "not-utf8", _E, "A file is not UTF-8 text.", "Save it as UTF-8 in your editor."),
        DiagnosticType("CG104", "control-character", _E, "A text holds an invisible control character.", "Delete it."),
        DiagnosticType(
            "CG105",
            "tab",
            _E,
            "YAML is indented with spaces; there is a tab outside the texts under | and >.",
            "Use spaces; where a text needs a tab, write it under | or as \\t in double quotes.",
        ),
        DiagnosticType(
            "CG106",
            "yaml-syntax",
            _E,
            "The file is not well-formed YAML.",
            "Look at this line and the one before it: often a quote, a colon or the indentation is wrong.",
        ),
        DiagnosticType(
            "CG107",
            "duplicate-key",
            _E,
            "A field appears twice in one mapping.",
            "Delete or rename one of them.",
        ),
        DiagnosticType(
            "CG108",
            "yaml-tag",
            _E,
            "A value carries a YAML tag (!name).",
            "Quote the text if it begins with an exclamation mark; otherwise delete the tag.",
        ),
        DiagnosticType(
            "CG109",
            "recursive-alias",
            _E,
            "A YAML alias is inside the value that it refers to.",
            "Write the value out.",
        ),
        DiagnosticType(
            "CG110",
            "alias-expansion",
            _E,
            "YAML aliases repeat more than 100,000 values.",
            "Write the values out.",
        ),
        DiagnosticType("CG111", "too-deep", _E, "Values are nested deeper than 64 levels.", "Flatten the file."),
        DiagnosticType(
            "CG112",
            "several-documents",
            _E,
            "A file holds more than one YAML document.",
            "Delete the `---` line or split the file.",
        ),
        DiagnosticType(
            "CG113",
            "key-not-text",
            _E,
            "A field name is not plain text.",
            "Write the name as plain text; a text that begins with { or [ must be quoted.",
        ),
        DiagnosticType("CG114", "empty-file", _E, "A file has no content.", "Fill it, or delete it and its mention."),
        DiagnosticType(
            "CG115",
            "outside-folder",
            _E,
            "A link leads out of the folder of the decks.",
            "Put the file itself into the deck's folder.",
        ),
        DiagnosticType(
            "CG116",
            "comment-in-text",
            _E,
            "A comment cuts a text short: YAML reads a space and # as the start of a comment.",
            "Put the whole text in quotes; before a comment write two spaces, and one after the #.",
        ),
        DiagnosticType(
            "CG117",
            "eaten-backslash",
            _E,
            "In double quotes YAML reads a backslash as an escape, which destroys TeX and Markdown.",
            "Write the text in single quotes or under |, where a backslash is a backslash.",
        ),
        DiagnosticType(
            "CG118",
            "folded-structure",
            _W,
            "A text under > loses lists, tables or paragraphs: its lines are joined.",
            "Use | instead, which keeps lines as they are.",
        ),
        DiagnosticType(
            "CG119",
            "unfinished-merge",
            _E,
            "A file has the marks of a merge in git that was not finished.",
            "Keep one of the two versions, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.",
        ),
        DiagnosticType(
            "CG120",
            "foreign-space",
            _E,
            "A line is indented with characters that look like spaces, such as no-break spaces.",
            "Delete what the line begins with, and indent it with the space bar.",
        ),
        DiagnosticType(
            "CG121",
            "unused-anchor",
            _E,
            "A text begins with &, which YAML reads as an anchor and removes; no alias refers to it.",
            "Put the whole text in quotes.",
        ),
        DiagnosticType(
            "CG122",
            "not-text",
            _E,
            "A file is a picture, a Word document or anything else that is no text.",
            "Write the cards as text in a YAML file.",
        ),
        DiagnosticType(
            "CG123",
            "deck-yml",
            _E,
            "The file of a deck is called deck.yml, or that of an own kind ends in .yml, so it is none.",
            "Rename it to deck.yaml.",
        ),
        DiagnosticType(
            "CG130",
            "unfit-name",
            _E,
            "The name of a deck's folder, or of a file of an own kind, is not UTF-8, or has a line break or another "
            "control character in it.",
            "Rename the folder.",
        ),
        DiagnosticType(
            "CG131",
            "unportable-name",
            _W,
            "Windows has no such name, or it differs from another name only in case.",
            "Rename it, so that the decks can be used on every system.",
        ),
        # 2: schema
        DiagnosticType("CG201", "unknown-field", _E, "A field is not known here.", "Correct its name or delete it."),
        DiagnosticType("CG202", "missing-field", _E, "A required field is missing.", "Add it."),
        DiagnosticType("CG203", "wrong-type", _E, "A value is of the wrong type.", "Write it as the message says."),
        DiagnosticType("CG204", "not-allowed", _E, "A value is not one of those allowed.", "Choose one of them."),
        DiagnosticType(
            "CG205",
            "wrong-format",
            _E,
            "A text does not have the form it must have.",
            "Write it like the example in the hint.",
        ),
        DiagnosticType(
            "CG206",
            "out-of-range",
            _E,
            "A number, a text or a list is too small or too large.",
            "Keep to the limit in the message.",
        ),
        DiagnosticType("CG207", "repeated-item", _E, "A list names the same thing twice.", "Delete one of them."),
        # 3: references
        DiagnosticType(
            "CG301",
            "unknown-facet-value",
            _E,
            "A facet value is not in the collection's list.",
            "Correct it, or add it to `facets` in collection.yaml.",
        ),
        DiagnosticType(
            "CG302",
            "unknown-source",
            _E,
            "A card cites a source that sources.yaml does not have.",
            "Correct the id, or add the source.",
        ),
        DiagnosticType(
            "CG303",
            "duplicate-card",
            _E,
            "Two cards of a deck have the same id.",
            "Give the newer card an id of its own.",
        ),
        DiagnosticType(
            "CG304",
            "unknown-section",
            _E,
            "A deck names a section that has no file.",
            "Correct the name, or add the file.",
        ),
        DiagnosticType(
            "CG305",
            "unlisted-section",
            _W,
            "A card file is in the deck's folder but not in its `sections`.",
            "Add it to `sections`, or move it away.",
        ),
        DiagnosticType("CG306", "empty-variant", _E, "A variant selects no card.", "Correct its `where`."),
        DiagnosticType(
            "CG307", "stale-before-as-of", _E, "`stale_after` is before `as_of`.", "Correct one of the two."
        ),
        DiagnosticType("CG308", "no-such-day", _E, "The calendar does not have this day.", "Correct the date."),
        DiagnosticType(
            "CG309",
            "duplicate-part",
            _E,
            "Two steps or moves of a card have the same id.",
            "Give the newer one an id of its own.",
        ),
        DiagnosticType(
            "CG310", "duplicate-source", _E, "Two sources have the same id.", "Delete or rename one of them."
        ),
        DiagnosticType(
            "CG311",
            "duplicate-deck",
            _E,
            "Two decks have the same id.",
            "Give the newer deck an id of its own.",
        ),
        DiagnosticType(
            "CG312",
            "duplicate-section-title",
            _E,
            "Two sections of a deck have the same title.",
            "Give each a title of its own.",
        ),
        DiagnosticType(
            "CG313",
            "unknown-replacement",
            _E,
            "`replaced_by` names no card of the deck, or is on a card that is not retired.",
            "Correct the id, or delete the line.",
        ),
        DiagnosticType(
            "CG314",
            "duplicate-deck-title",
            _E,
            "Two decks have the same title; in Anki they would be one deck.",
            "Give each a title of its own.",
        ),
        DiagnosticType(
            "CG315", "ends-before-start", _E, "A time ends before it begins.", "Write the earlier one first."
        ),
        DiagnosticType(
            "CG316",
            "unfit-address",
            _E,
            "The address of a source is neither a web nor a mail address, or its DOI is not a DOI.",
            "Write the whole address, as in https://example.org/page or mailto:someone@example.org.",
        ),
        DiagnosticType(
            "CG330",
            "undeclared-facet",
            _E,
            "A card, or what selects cards, names a facet that the collection does not declare.",
            "Declare it under `facets` in collection.yaml, or correct the name.",
        ),
        DiagnosticType(
            "CG331",
            "facet-named-as-field",
            _E,
            "A facet has the name of a field of cards.",
            "Give it another name.",
        ),
        DiagnosticType(
            "CG332",
            "see-without-secondary",
            _E,
            "`see` is on a card whose sources are not marked as secondary.",
            "Add `confidence: secondary`, or cite the source under `source`.",
        ),
        DiagnosticType(
            "CG333",
            "unknown-audience",
            _E,
            "An audience of the site has a variant that no deck declares.",
            "Correct the name, or declare the variant in deck.yaml.",
        ),
        DiagnosticType(
            "CG334",
            "picture-on-site",
            _E,
            "A text for the site's own pages has a picture or recording, and only cards can.",
            "Leave it out, or link to it.",
        ),
        DiagnosticType(
            "CG340",
            "unknown-reference",
            _E,
            "A story names a card as one that it answers, and none of the decks beside it has that card.",
            "Correct the address, or name the folder of the deck under `with` in collection.yaml.",
        ),
        DiagnosticType(
            "CG341",
            "reference-to-retired",
            _W,
            "A story answers the question of a card that is retired.",
            "Name the card that came in its place, or take the address away.",
        ),
        DiagnosticType(
            "CG342",
            "time-without-beat",
            _E,
            "A time is given for a beat that the story does not have.",
            "Write the beat's name as it stands under `beats`.",
        ),
        DiagnosticType(
            "CG343",
            "nothing-beside",
            _E,
            "The decks that `with` in collection.yaml, or --with, names cannot be read.",
            "Name a folder of decks; a path in collection.yaml begins at the folder that the file is in.",
        ),
        DiagnosticType(
            "CG350",
            "language-without-words",
            _W,
            "cardgen has no words of its own in the language of a deck, so those on its cards are English.",
            "Write them in collection.yaml, under `words`.",
        ),
        DiagnosticType(
            "CG351",
            "unknown-word",
            _E,
            "`words` has an entry that cardgen never shows.",
            "Correct its name; docs/words.md lists them.",
        ),
        DiagnosticType(
            "CG352",
            "unfit-word",
            _E,
            "An entry of `words` does not fit what is filled in.",
            "Write the same place holders as in English.",
        ),
        DiagnosticType(
            "CG353",
            "unfit-macro",
            _E,
            "A macro of the collection has braces that are not in pairs, or leads to itself.",
            "Correct it; a macro may use others, but not itself.",
        ),
        DiagnosticType(
            "CG354",
            "macro-not-placed",
            _E,
            "A macro in a formula lacks an argument, or makes more of the formula than it can hold.",
            "Write its arguments in braces behind it, as in `\\norm{x}`.",
        ),
        # own kinds of card
        DiagnosticType(
            "CG360",
            "kind-id",
            _E,
            "The id of an own kind is not the name of its file, or is that of a kind that cardgen has.",
            "Give the kind another id, and its file and folder the same name.",
        ),
        DiagnosticType(
            "CG361",
            "missing-kind-file",
            _E,
            "A template or the style sheet of an own kind is not there.",
            "Write it; a template has two files, `NAME.front.html` and `NAME.back.html`.",
        ),
        DiagnosticType(
            "CG362",
            "unused-in-kind",
            _W,
            "An own kind has a word or a file that nothing in it names.",
            "Use it, or delete it.",
        ),
        DiagnosticType(
            "CG363",
            "unfit-asset-name",
            _E,
            "A file that a template or a style sheet names has a name with which Anki does not import it, or that "
            "would not be found everywhere.",
            "Begin the name with `_`, and use letters, digits, hyphens and full stops alone.",
        ),
        DiagnosticType(
            "CG364",
            "missing-asset",
            _W,
            "A template or a style sheet names a file that is not in the folder of the kind.",
            "Put the file there, or correct the name.",
        ),
        DiagnosticType(
            "CG365",
            "template-syntax",
            _E,
            "A template cannot be read: Anki would import it, show an error on every card, and let learners change "
            "nothing of the note type.",
            "Correct the tag.",
        ),
        DiagnosticType(
            "CG366",
            "unknown-template-field",
            _E,
            "A template names a field that the kind does not have: Anki shows an error on every card.",
            "Name fields by their titles.",
        ),
        DiagnosticType(
            "CG367",
            "template-without-effect",
            _W,
            "Anki, or a version of it, shows something in a template otherwise than it says, or not at all.",
            "Correct it, or take it out.",
        ),
        DiagnosticType(
            "CG368",
            "template-asks-nothing",
            _E,
            "The front of a template shows no field, or the same as that of another template: it makes no card, or "
            "learners can change nothing of the note type.",
            "Let it ask something of its own.",
        ),
        DiagnosticType(
            "CG369",
            "gaps-in-template",
            _E,
            "A template of a kind from gaps does not show them, or one of another kind would.",
            "Show the field with the gaps as `{{cloze:Text}}`, on both sides.",
        ),
        DiagnosticType(
            "CG370",
            "name-in-anki",
            _E,
            "Anki would change the name of a field, template or note type, because it has a character that Anki "
            "drops, or is there already.",
            "Choose another name.",
        ),
        DiagnosticType(
            "CG371",
            "special-field-name",
            _W,
            "A field has the name of something that Anki itself fills.",
            "Choose another title.",
        ),
        DiagnosticType(
            "CG372",
            "unknown-word",
            _E,
            "A template or a style sheet shows a word that the kind does not have, or not in the language of a deck.",
            "Write it under `words`, in each language in which there are cards.",
        ),
        DiagnosticType(
            "CG373",
            "active-kind",
            _I,
            "Cards of a deck bring scripts or HTML into Anki, which cardgen passes on as they are.",
            "Make sure that you know what they do; readers of the deck should hear of it.",
        ),
        DiagnosticType(
            "CG374",
            "taken-field-name",
            _E,
            "A field of an own kind has the name of a field that all cards have, or of a facet.",
            "Choose another name for it; its title may stay.",
        ),
        DiagnosticType(
            "CG375",
            "unknown-in-kind",
            _E,
            "An own kind names a field or a tier that it does not have.",
            "Correct the name.",
        ),
        DiagnosticType(
            "CG376",
            "half-a-cloze-kind",
            _E,
            "A kind from gaps needs a field with gaps and one template, and no other kind has a field with gaps.",
            "Write `cloze: true` and `type: gaps`, or neither.",
        ),
        DiagnosticType(
            "CG377",
            "no-place",
            _E,
            "A note type has no place left for what is new, or something that has one is gone: it can neither grow "
            "nor shrink, or Anki would import all its notes as conflicts.",
            "Use a field that is there, or write another kind, with a new id, for new cards.",
        ),
        DiagnosticType(
            "CG378",
            "another-type",
            _E,
            "The note type of a kind would be another than the one that learners have.",
            "Take the change back, or write another kind. If no learner has it, delete its lines of kinds.lock.",
        ),
        DiagnosticType(
            "CG379",
            "card-asks-nothing",
            _E,
            "None of the templates of a card's kind asks anything, so the card has no question.",
            "Fill in a field that one of the templates asks, or retire the card.",
        ),
        # decks in other languages
        DiagnosticType(
            "CG380",
            "not-another-language",
            _E,
            "A file in a deck's folder `languages` is not named by a language, or by the deck's own.",
            "Name it by a BCP 47 tag, such as de.yaml or pt-BR.yaml.",
        ),
        DiagnosticType(
            "CG381",
            "name-of-translation-taken",
            _E,
            "A deck in another language would have the name of another deck.",
            "Rename the folder of the other deck.",
        ),
        DiagnosticType(
            "CG382",
            "translation-of-no-card",
            _W,
            "The file of a language has texts for a card that the deck does not have or no longer teaches.",
            "Correct the id, or delete the block.",
        ),
        DiagnosticType(
            "CG383",
            "field-not-translated",
            _E,
            "The file of a language gives a card something that is the same in all languages.",
            "Delete it there; only texts are translated.",
        ),
        DiagnosticType(
            "CG384",
            "translated-items-do-not-fit",
            _E,
            "The file of a language has other steps, moves or masks for a card than the card has.",
            "Translate those that the card has, under their ids.",
        ),
        DiagnosticType(
            "CG385",
            "translated-title-of-nothing",
            _W,
            "The file of a language has a title for a section or variant that the deck does not have.",
            "Correct the name, or delete the title.",
        ),
        DiagnosticType(
            "CG386",
            "not-translated",
            _I,
            "Cards of a deck are not in its file of a language, and so not in that deck.",
            "Translate them, or write `skip: true` for those that are not wanted.",
        ),
        DiagnosticType(
            "CG387",
            "no-deck-in-language",
            _E,
            "No deck is in a language that is asked for.",
            "Correct the language; `cardgen list` shows those that there are.",
        ),
        # 4: what a card says
        DiagnosticType("CG401", "cloze-without-gap", _E, "A cloze text has no gap.", "Hide something: {{c1::hidden}}."),
        DiagnosticType(
            "CG402",
            "broken-gap",
            _E,
            "A gap of a cloze text is not well formed.",
            "Write {{c1::hidden}} or {{c1::hidden::hint}}, with a number from 1 to 499.",
        ),
        DiagnosticType(
            "CG403",
            "gap-outside-cloze",
            _W,
            "A card that is not a cloze has a {{c1::gap}}; Anki will show it as typed.",
            "Use `kind: cloze`, or delete the braces.",
        ),
        DiagnosticType(
            "CG404", "no-right-option", _E, "No option of a choice is right.", "Mark one with `right: true`."
        ),
        DiagnosticType("CG405", "blank-text", _E, "A text shows nothing.", "Write something that can be seen."),
        DiagnosticType(
            "CG406",
            "missing-media",
            _E,
            "A picture or recording that a card names does not exist.",
            "Correct the path; it starts at the deck's folder.",
        ),
        DiagnosticType(
            "CG407",
            "media-outside-deck",
            _E,
            "A path of a picture or recording leads out of the deck's folder.",
            "Copy the file into the deck's folder.",
        ),
        DiagnosticType(
            "CG408",
            "media-type",
            _E,
            "A file of this type cannot be shown or played on a card.",
            "Use png, jpg, gif, webp, avif or svg; mp3, m4a, wav, flac, ogg or opus; mp4, mov or webm.",
        ),
        DiagnosticType(
            "CG409",
            "unused-media",
            _W,
            "No card shows this file of the deck's `media` folder.",
            "Use it or delete it.",
        ),
        DiagnosticType("CG410", "media-too-large", _E, "A media file is larger than 20 MiB.", "Make it smaller."),
        DiagnosticType(
            "CG411",
            "broken-formula",
            _E,
            "Anki cannot set a formula, and would show its TeX, red letters or an error.",
            "Correct the formula.",
        ),
        DiagnosticType(
            "CG412",
            "formula-for-anki-alone",
            _W,
            "Anki can set a formula, print and preview cannot; they show its TeX.",
            "Write it with other commands, or leave it if nobody prints the deck.",
        ),
        DiagnosticType(
            "CG416",
            "recording-not-on-iphones",
            _W,
            "Anki plays a recording, but not on iPhones and iPads.",
            "Turn a sound into mp3 or m4a, a film into mp4; or leave it if no learner has such a device.",
        ),
        DiagnosticType(
            "CG417",
            "heavy-recording",
            _W,
            "A recording is larger than a minute of it needs to be, and every learner downloads it to every device.",
            "Cut it to what the card asks, or save it with fewer kbit/s.",
        ),
        DiagnosticType(
            "CG418",
            "recording-in-description",
            _E,
            "A deck's description has a recording, which Anki does not play there.",
            "Put it on a card.",
        ),
        DiagnosticType(
            "CG421",
            "unknown-language",
            _W,
            "The word after the fence of a block of code is no language that cardgen knows, so its parts look alike.",
            "Correct the word, or delete it. Languages: https://pygments.org/languages/",
        ),
        DiagnosticType(
            "CG422",
            "picture-oversized",
            _W,
            "A picture is heavy, and has more pixels than any card shows.",
            "Make it smaller: a card is 660 pixels wide, and sharp screens have two for each of them.",
        ),
        DiagnosticType(
            "CG430",
            "mask-without-shape",
            _E,
            "A mask of an occlusion card has no place in the picture, or more than one.",
            "Say where it lies by one of `rect`, `rects`, `ellipse` and `polygon`.",
        ),
        DiagnosticType(
            "CG431",
            "mask-outside-picture",
            _E,
            "A mask reaches out of the picture, or covers nothing.",
            "Lengths are percent of the picture's width and height: left, top, width, height.",
        ),
        DiagnosticType(
            "CG432",
            "unusable-layer",
            _E,
            "Masks cannot be taken from the layer of a drawing.",
            "Name a layer or group of the drawing, in which each shape has an id.",
        ),
        DiagnosticType(
            "CG433",
            "drawing-without-size",
            _E,
            "A drawing that masks lie on does not say how large it is, so that no app can place them.",
            "Give its <svg> element `width` and `height`, or a `viewBox`.",
        ),
        # 5: building
        DiagnosticType(
            "CG501", "unknown-deck", _E, "There is no deck of this name.", "`cardgen list` shows the decks."
        ),
        DiagnosticType(
            "CG502",
            "unknown-variant",
            _E,
            "No chosen deck has this variant.",
            "`cardgen list` shows the variants.",
        ),
        DiagnosticType(
            "CG503", "nothing-selected", _E, "The selection leaves no card.", "Ask for fewer things at once."
        ),
        DiagnosticType(
            "CG504",
            "cannot-write",
            _E,
            "An artefact cannot be written.",
            "Check the folder, its permissions and the space on the disk; earlier artefacts are untouched.",
        ),
        DiagnosticType(
            "CG505",
            "no-decks",
            _E,
            "The folder holds no deck.",
            "A deck is a folder with a deck.yaml; name the folder of the decks with --decks.",
        ),
        DiagnosticType(
            "CG506",
            "unknown-selection-value",
            _E,
            "--where asks for a value that the collection does not list.",
            "Choose a value from the message.",
        ),
        DiagnosticType(
            "CG520",
            "internal-failure",
            _E,
            "cardgen itself failed while the preview read the decks; the page keeps the cards from before.",
            "Change a file and the preview tries again. Please report the message: this is a fault of cardgen.",
        ),
        DiagnosticType(
            "CG530",
            "private-among-public",
            _E,
            "Private decks and public ones would be built together, or into one folder.",
            "Build each by name, into a folder of its own.",
        ),
        DiagnosticType(
            "CG531",
            "private-published",
            _E,
            "Something that is for others would be made of a private deck.",
            "Name the decks that are for others, or take `private` away.",
        ),
        DiagnosticType(
            "CG532",
            "private-in-git",
            _E,
            "A private deck, or what is built of it, lies in a git work tree that does not ignore it.",
            "Move it out of the work tree, or add its folder to .gitignore; `git rm --cached` lets git forget a file.",
        ),
        DiagnosticType(
            "CG507",
            "file-in-the-way",
            _E,
            "A file that cardgen did not write has the name of one that it would write; nothing was written.",
            "Move, rename or delete the file, or write into another folder.",
        ),
        DiagnosticType(
            "CG508",
            "no-file-of-decks",
            _E,
            "A file that was to be checked is not there, or is none that decks are made of.",
            "Name a card file of a deck's `sections`, or its deck.yaml, sources.yaml or collection.yaml.",
        ),
        DiagnosticType(
            "CG509",
            "unknown-tier",
            _E,
            "No chosen deck has cards of a kind with this tier.",
            "`cardgen list` shows the tiers.",
        ),
        # 6: the ledger
        DiagnosticType(
            "CG601",
            "damaged-ledger",
            _E,
            "A line of a ledger, or of the lock of own kinds, cannot be used.",
            "Take the file back from git. After an unfinished merge keep all lines of both sides; only the marks go.",
        ),
        DiagnosticType(
            "CG602",
            "reused-id",
            _E,
            "An id that belonged to a retired note is used for another.",
            "Give the new card, step or move an id of its own.",
        ),
        DiagnosticType(
            "CG603",
            "ledger-out-of-date",
            _E,
            "With --locked, the ledger must know every note as it is, and kinds.lock every own kind.",
            "Run `cardgen build` without --locked, and commit the ledger with the deck.",
        ),
        DiagnosticType(
            "CG604",
            "another-note-type",
            _E,
            "A card that people have is now of a kind that needs another note type, which Anki refuses to change.",
            "Give the card a new id; keep the old one with `retired: true` and `replaced_by`.",
        ),
        DiagnosticType(
            "CG605",
            "ledger-not-kept",
            _W,
            "Notes or own kinds have changed and the ledger or kinds.lock cannot be written, so a build of another "
            "day updates them again.",
            "Build where the deck's folder can be written, and commit the ledger.",
        ),
        DiagnosticType(
            "CG606",
            "earlier-id-in-use",
            _E,
            "An earlier id of a deck is the id, or an earlier one, of another deck or of itself.",
            "Delete it, or give the other deck an id of its own.",
        ),
        DiagnosticType(
            "CG607",
            "another-deck-id",
            _E,
            "The ledger is that of a deck with another id, from which the identity of every note follows.",
            "Take the id back, or name the old one with `formerly`.",
        ),
        DiagnosticType(
            "CG608",
            "earlier-address-in-use",
            _E,
            "An earlier address of a card is that of a card which is still there.",
            "Delete the other card, or do not name it with `formerly`.",
        ),
        DiagnosticType(
            "CG609",
            "earlier-address-of-two",
            _E,
            "Two cards name the same earlier address, whose learners can continue with only one.",
            "Let one of them name it; the other is new.",
        ),
        DiagnosticType(
            "CG610",
            "unknown-earlier-address",
            _E,
            "A card names an earlier address that no note of its deck has had.",
            "Correct it: `deck/card`, and for a step or move `deck/card/part`.",
        ),
        DiagnosticType(
            "CG611",
            "another-identity",
            _E,
            "A card has another identity than the one with which learners have it, so they would get it twice.",
            "Name its oldest address first in `formerly`, and keep that line for ever.",
        ),
        DiagnosticType(
            "CG612",
            "earlier-note-type",
            _E,
            "An earlier address is that of a note of another type, which Anki refuses to change.",
            "Do not name it; keep the old card with `retired: true` and `replaced_by`.",
        ),
        DiagnosticType(
            "CG613",
            "card-renamed",
            _W,
            "A card is gone, and a new one asks and answers the same.",
            "Write its earlier address with `formerly`, so that learners keep their progress.",
        ),
        DiagnosticType(
            "CG614",
            "gap-of-another-text",
            _W,
            "A number of a gap hides something other than what learners have learned with it.",
            "Give what is new a number of its own.",
        ),
        DiagnosticType(
            "CG615",
            "gap-gone",
            _W,
            "A number of a gap, or a mask, that learners have is gone, and its card becomes empty for them.",
            "Put it back, or let learners remove the card with Tools > Empty Cards; the release notes say so.",
        ),
        DiagnosticType(
            "CG616",
            "release-stopped",
            _E,
            "Changes since the last release would cost learners more than an update should.",
            "Take them back, or allow them with `cardgen build --allow`.",
        ),
        DiagnosticType(
            "CG617",
            "ledger-in-the-way",
            _E,
            "A ledger is to be restored from a package, but the deck has one.",
            "Delete the ledger if learners have the package and not what it says; else build without --since.",
        ),
        DiagnosticType(
            "CG618",
            "ledger-lost",
            _W,
            "A deck has no ledger, or a kind no places in kinds.lock, but must have had them, so a build touches every "
            "note that learners have.",
            "Take it back from git, or restore it from the last package: `cardgen build --since OLD.apkg`.",
        ),
        DiagnosticType(
            "CG619",
            "earlier-deck-unknown",
            _W,
            "A card names an earlier address in a deck that is not here, until a build has taken it over.",
            "Check the deck's id; if that deck is gone, build once and commit the ledger.",
        ),
        DiagnosticType(
            "CG620",
            "text-read-otherwise",
            _W,
            "This version of cardgen reads a text differently from the one that the deck was last built with.",
            "Build the deck if the new meaning is right; else put a backslash before the mark.",
        ),
        DiagnosticType(
            "CG621",
            "translation-out-of-date",
            _W,
            "The texts of a card have changed since they were translated, and the translation has not.",
            "Translate what has changed; if nothing need change, write the digest that the finding gives as `of`.",
        ),
        DiagnosticType(
            "CG625",
            "damaged-guid",
            _E,
            "A line of a deck's guids.txt is not the place of a note and a guid.",
            "Write `card GUID`, or `card/part GUID`: a guid has 1 to 64 characters that can be seen, and no spaces.",
        ),
        DiagnosticType(
            "CG626",
            "another-guid-above",
            _E,
            "A deck's guids.txt gives a note two guids.",
            "Keep the one that learners have the note with.",
        ),
        DiagnosticType(
            "CG627",
            "guid-twice",
            _E,
            "Two notes have one guid, so to Anki they would be one note.",
            "Keep the line of the note that learners have with it.",
        ),
        DiagnosticType(
            "CG628",
            "guid-without-card",
            _W,
            "A deck's guids.txt has a place that no note of the deck has, or has had.",
            "Correct the place, or delete the line.",
        ),
        DiagnosticType(
            "CG629",
            "guid-changed",
            _E,
            "A note has another guid than the one with which learners have it, so they would get it twice.",
            "Take the guid back.",
        ),
        # 7: lint settings, which only `check` reads
        DiagnosticType(
            "CG701",
            "unknown-lint-rule",
            _E,
            "Lint settings or a card's `lint_ignore` name a rule that does not exist.",
            "Correct the name; `cardgen explain` lists the built-in rules, lint settings the collection's own.",
        ),
        DiagnosticType(
            "CG702",
            "wrong-lint-setting",
            _E,
            "A lint rule has no such setting, or the value has the wrong type.",
            "`cardgen explain NAME` lists the settings of a rule.",
        ),
        DiagnosticType(
            "CG703",
            "unfit-expression",
            _E,
            "A regular expression is invalid, or could take very long.",
            "Correct it; give repetitions a limit, as in {0,40}.",
        ),
        DiagnosticType(
            "CG704",
            "taken-pattern-id",
            _E,
            "A pattern has the name of a built-in rule or of another pattern.",
            "Give it another id.",
        ),
        DiagnosticType(
            "CG705",
            "wrong-pattern-sample",
            _E,
            "A pattern does not find its bad sample, or finds its good one.",
            "Correct the expression or the sample.",
        ),
        DiagnosticType(
            "CG706",
            "unused-suppression",
            _W,
            "A card's `lint_ignore` names a rule that finds nothing there.",
            "Delete the line.",
        ),
        # 8: print
        DiagnosticType(
            "CG801",
            "cannot-print",
            _E,
            "A PDF was requested, but the typesetting package is not installed.",
            "Install it with `pip install 'typst>=0.15,<0.16'`, where there is a wheel for the machine, or build other "
            "formats.",
        ),
        DiagnosticType(
            "CG802",
            "missing-glyph",
            _W,
            "No font can show a character of a card; its Unicode name or number is printed in brackets.",
            "Name a folder of fonts that have it with --font-dir, or write it differently.",
        ),
        DiagnosticType(
            "CG803",
            "takes-many-cards",
            _W,
            "A card takes more than four cards to cut out. Up to four are no reason to worry: what does not fit on one "
            "continues on the next.",
            "Shorten it, split it, or print larger cards with --card.",
        ),
        DiagnosticType(
            "CG804",
            "wide-table",
            _W,
            "A table has more columns than the paper has room for; it is printed as lines.",
            "Use fewer columns, or transpose the table.",
        ),
        DiagnosticType(
            "CG805",
            "picture-not-printed",
            _W,
            "A picture cannot be printed; a frame with its description is printed instead.",
            "Save it as PNG, JPEG or SVG, with at most 40 million pixels, and without costly filters.",
        ),
        DiagnosticType(
            "CG807",
            "no-font-folder",
            _E,
            "The folder of fonts that a deck names does not exist, or is not in the folder of the decks.",
            "Correct the path; it starts at the folder of the file that names it.",
        ),
        DiagnosticType(
            "CG808",
            "printing-failed",
            _E,
            "The typesetter failed, took longer than it may, or had no room for its files.",
            "Print fewer cards at once to find the card, and report it with the message.",
        ),
        DiagnosticType(
            "CG809",
            "sheet-of-other-paper",
            _E,
            "A file asks for perforated sheets of cards that are not of the paper it asks for.",
            "Leave out the paper: the sheets have their own.",
        ),
        DiagnosticType(
            "CG810",
            "no-story-sheet",
            _W,
            "A story sheet was requested of a deck without frameworks, whose questions are what it holds.",
            "Name the decks that have some.",
        ),
    )
}
