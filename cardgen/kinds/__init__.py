"""Kinds of card: what each holds, and the notes that come of it. One module a kind; see ``base``."""

from cardgen.kinds.base import Form, Kind, Part, Problem, Role, Side, kind_named

__all__ = ["Form", "Kind", "Part", "Problem", "Role", "Side", "kind_named"]
