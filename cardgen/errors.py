"""The exceptions of the project, all of them.

What is wrong with decks is no exception, unless a caller wants one: it comes back as diagnostics. An exception says
that a caller asked for what cannot be done, or stays inside the package, where it becomes a diagnostic::

    CardgenError                   what all have in common; it is never raised itself
    ├── UsageError                 a request makes no sense, whatever the decks hold
    ├── DecksError                 decks have errors, and a caller asked for an exception with `raise_for_errors`
    ├── UnreadableVersionError     a side of a comparison is no package and no folder of decks that can be built
    ├── UnreadableSourceError      a file to bring over is of no known kind, or damaged
    ├── NotWritableError           Markdown has no form for a text; it is then written without its styles
    ├── UnreadablePackageError     a file is no package, or one that is damaged, too large or too deep
    ├── DamagedLedgerError         a line of a ledger cannot be used; becomes CG601
    ├── UnreadableFileError        a file or a folder cannot be read; becomes CG101, CG102, CG103, CG115 or CG406
    ├── UnfitExpressionError       a regular expression of lint settings is none or could take long; becomes CG703
    ├── UnreachableAnkiError       nothing that speaks AnkiConnect's protocol answers; the package is opened otherwise
    ├── RefusedByAnkiError         AnkiConnect answered, and refused
    ├── UnusableLayerError         a drawing has no layer of masks as a card asks for it; becomes a finding at its place
    ├── TemplateError              a template of a note type is not one that Anki would take
    ├── MacroError                 a macro cannot be put in its place in a formula; becomes CG353 or CG354
    ├── FlawError                  a formula has what MathJax would refuse; becomes a finding at its place
    │   └── CertainFlawError       so it has wherever a macro that holds it is used
    ├── NotSetError                a formula has what only MathJax can set; becomes CG412
    ├── ForeignElementError        MathML has what is not known here; becomes a NotSetError
    ├── NotFollowedError           what a formula means depends on more than is followed; it is then taken to be right
    └── PrintingError              Typst failed, took too long or had no room; becomes CG808
        └── MissingGlyphsError     no font has some characters of a card; becomes CG802

Each class is defined where it is raised; a test compares this tree with the classes.
"""

from __future__ import annotations


class CardgenError(Exception):
    """What all exceptions of the project have in common; its text says why and what to do."""


class UsageError(CardgenError):
    """A request that makes no sense, whatever the decks hold; its text says why and what to do."""
