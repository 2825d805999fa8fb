"""Anki's template language as text: what a side of a card says, what it shows of a note, and what is wrong with it.

It is the language of https://docs.ankiweb.net/templates/fields.html as Anki's engine reads it (rslib/src/template.rs);
tests hold what comes out to that engine. Files, notes and note types are unknown here: templates are texts, and fields
are names.

- `parse` returns the nodes of a template, or raises a `TemplateError` with a `Problem`; `read` returns all problems at
  once, with the nodes of what could be read. Every node and problem has its place in the text.
- `counted` says which names count as filled, `makes_a_card` and `cards` which templates then make cards, `reached`
  which fields a side shows, and through which filters, `seen` what of it can be read at once; `named` all that it
  names, `replacements` without sections.
- `check_template`, `check_fronts`, `check_field_names` and `check_template_names` find what Anki takes in silence and
  shows as an error, or not at all, on the learner's cards.
- `under` puts a template under a condition.

Delimiters may be Anki's other ones, ``<%Field%>`` after ``{{=<% %>=}}`` at the beginning: old decks have them, and all
of Anki's apps read them.
"""

from cardgen.templates.checks import Side, check_fronts, check_template
from cardgen.templates.names import check_field_names, check_template_names
from cardgen.templates.nodes import Comment, Flaw, Node, Problem, Replacement, Section, Span, TemplateError, Text
from cardgen.templates.parse import MAX_DEPTH, Parsed, parse, read, under
from cardgen.templates.shows import (
    FRONT_SIDE,
    SPECIAL,
    cards,
    counted,
    is_empty,
    makes_a_card,
    named,
    reached,
    replacements,
    seen,
)

__all__ = [
    "FRONT_SIDE",
    "MAX_DEPTH",
    "SPECIAL",
    "Comment",
    "Flaw",
    "Node",
    "Parsed",
    "Problem",
    "Replacement",
    "Section",
    "Side",
    "Span",
    "TemplateError",
    "Text",
    "cards",
    "check_field_names",
    "check_fronts",
    "check_template",
    "check_template_names",
    "counted",
    "is_empty",
    "makes_a_card",
    "named",
    "parse",
    "reached",
    "read",
    "replacements",
    "seen",
    "under",
]
