"""The works that the rules are based on."""

from __future__ import annotations

from typing import Final

from cardgen.lint.base import Reference

_MANUAL: Final = "https://github.com/ankitects/anki-manual/blob/91630ddcdce42a139e6ed1c04ceb0cdf818f746b/src"

TWENTY_RULES: Final = Reference(
    "Effective learning: Twenty rules of formulating knowledge",
    "Piotr Wozniak, SuperMemo",
    "https://www.supermemo.com/archives1990-2015/articles/20rules",
)
SHORT_LIST: Final = Reference(
    "20 Rules of Formulating Knowledge (short list)",
    "floralrogue",
    "https://floralrogue.neocities.org/20_rules_clean.html",
)
SUMMARY: Final = Reference(
    "Summary of the twenty rules",
    "pluralist.net",
    "https://pluralist.net/t/learning-from-supermemo-2025-11-26/324",
)
PROMPTS: Final = Reference(
    "How to write good prompts: using spaced repetition to create understanding (2020)",
    "Andy Matuschak",
    "https://andymatuschak.org/prompts/",
)
UNDERSTANDING: Final = Reference(
    "Good Prompts Encode Understanding (notes on Matuschak and Nielsen)",
    "lazymonad.com",
    "https://lazymonad.com/notes/good-prompts-encode-understanding.html",
)
TESTING: Final = Reference(
    "Test-Enhanced Learning (Roediger and Karpicke 2006)",
    "Psychological Science, copy at Scribd",
    "https://fr.scribd.com/document/72344188/Tests-Learning",
)
INTERLEAVING: Final = Reference(
    "Interleaving Helps Students Distinguish among Similar Concepts (Rohrer 2012)",
    "Educational Psychology Review, copy at studylib",
    "https://studylib.net/doc/8927140/interleaving-helps-students-distinguish-among-similar-con...",
)
ANKI_START: Final = Reference("Anki Manual: Getting started", "Anki", f"{_MANUAL}/getting-started.md")
ANKI_EDITING: Final = Reference("Anki Manual: Adding/Editing", "Anki", f"{_MANUAL}/editing.md")
ANKI_LEECHES: Final = Reference("Anki Manual: Leeches", "Anki", f"{_MANUAL}/leeches.md")
ANKI_HINTS: Final = Reference("Anki Manual: Hint fields", "Anki", f"{_MANUAL}/templates/fields.md")
ANKI_STUDYING: Final = Reference("Anki Manual: Studying", "Anki", f"{_MANUAL}/studying.md")
ANKI_OPTIONS: Final = Reference("Anki Manual: Deck options, FSRS", "Anki", f"{_MANUAL}/deck-options.md")
ALTERNATIVES: Final = Reference("Images Tutorial", "W3C", "https://www.w3.org/WAI/tutorials/images/")
OPENER_LENGTH: Final = Reference(
    "How Long Should Your 'Tell Me About Yourself' Answer Actually Be?",
    "Residency Advisor",
    "https://residencyadvisor.com/resources/residency-interview-prep/"
    "how-long-should-your-tell-me-about-yourself-answer-actually-be",
)
LANGUAGE_CHALLENGES: Final = Reference(
    "10 Strategies for Overcoming English Language Challenges in Medical Residency Interviews",
    "OmniInterview",
    "https://www.omniinterview.com/post/overcoming-language-barriers-residency-interviews",
)
CHOOSING_FRAMEWORKS: Final = Reference(
    "STAR vs. SOAR vs. CAR vs. PAR: Choosing the Right Framework",
    "jobinterview.today",
    "https://jobinterview.today/blog/"
    "star-vs-soar-vs-car-vs-par-choosing-the-right-framework-for-every-interview-question",
)
DECISION_TREE: Final = Reference(
    "NHS interview course: framework decision tree",
    "SimsBuddy",
    "https://simsbuddy.com/interviews/nhs-clinical-fellow-interview-preparation/courses/"
    "nhs-clinical-fellow-interview-preparation-course/structured/f1caa287-93df-446d-90cb-f14a33f4366b",
)
STORY_LIST: Final = Reference(
    "Preparing for a Virtual Interview (AAMC tips)",
    "University of Utah Dermatology",
    "https://medicine.utah.edu/dermatology/education/acgme-programs/residency/apply/preparing-for-interview",
)
DEIDENTIFICATION: Final = Reference(
    "Guidance Regarding Methods for De-identification of Protected Health Information (HIPAA)",
    "US Department of Health and Human Services",
    "https://www.hhs.gov/hipaa/for-professionals/special-topics/de-identification/index.html",
)
BEMO: Final = Reference(
    "IMG Residency Interview Prep",
    "BeMo Academic Consulting",
    "https://bemoacademicconsulting.com/blog/img-residency-interview-prep",
)
