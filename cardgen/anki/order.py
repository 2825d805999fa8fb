"""In which order new cards come: the author's, with siblings set apart.

The cards of one card of the author's (its notes, and both directions of one) are siblings: one shows what another asks
for. Anki gathers the new cards of a day by their positions, and with its default options then puts first templates
before second ones. So siblings come in the order of their templates: what stands between a first and a second template
when they are gathered still does when they are shown. Between two of one template, only cards of that template count.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cardgen.notes import Note

APART: Final = 8
"""How many other cards stand between siblings where there are enough: about what working memory does not bridge."""

CLOSEST: Final = 5
"""How many there are at least at the end of a section; siblings that would come closer come in the next section."""


def positions(notes: Sequence[Note], *, by_section: bool = False) -> list[tuple[int, ...]]:
    """Return the places of the cards of an edition in the queue of new cards.

    Args:
        notes: The edition's notes, in the author's order.
        by_section: Whether each section is a deck of its own, so that no card can come after those of its section.

    Returns:
        For each note, the places of its cards. The places are those that the same cards have in the author's order of
        the whole deck, dealt out anew: so the editions of a deck fit into one another.
    """
    if not any(note.part.id or len(note.ordinals) > 1 for note in notes):
        return [(note.position,) for note in notes]  # there are no siblings
    slots = (note.position + index for note in notes for index in range(len(note.ordinals)))
    found = [[0] * len(note.ordinals) for note in notes]
    for slot, (note, index) in zip(slots, _spread(notes, by_section=by_section), strict=True):
        found[note][index] = slot
    return [tuple(places) for places in found]


class _Card(NamedTuple):
    """A card: the ordinal of its template, the number of its note, and which card of that it is; both from 0."""

    ordinal: int
    note: int
    nth: int


def _spread(notes: Sequence[Note], *, by_section: bool) -> list[tuple[int, int]]:
    """Return the cards in study order, each by the number of its note and which of its cards it is."""
    queue = _Queue()
    for _, section in groupby(enumerate(notes), lambda item: item[1].section_id):
        begun = deque(_families(section))
        while begun or queue.ready(CLOSEST) is not None:
            ready = queue.ready(APART if begun else CLOSEST)
            queue.take(begun.popleft() if ready is None else queue.resumed(ready))
        if by_section:
            queue.finish()
    queue.finish()
    return queue.order


_ANY: Final = -1
"""Among the ordinals: cards of all templates."""


class _Queue:
    """The queue of new cards as it grows, and the siblings that wait for their places in it."""

    def __init__(self) -> None:
        self.order: list[tuple[int, int]] = []
        self._shown: Counter[int] = Counter()
        # By what stands between a card and its last sibling on any day: of two of one template, cards of that template
        # alone. In each of these lines, who waits longest stands first.
        self._waiting: defaultdict[int, deque[tuple[int, int, deque[_Card]]]] = defaultdict(deque)

    def take(self, siblings: deque[_Card]) -> None:
        """Put the first of some siblings into the queue, and let the others wait."""
        card = siblings.popleft()
        self.order.append((card.note, card.nth))
        self._shown[card.ordinal] += 1
        self._shown[_ANY] += 1
        if siblings:
            between = card.ordinal if siblings[0].ordinal == card.ordinal else _ANY
            self._waiting[between].append((self._shown[_ANY], self._shown[between], siblings))

    def ready(self, apart: int) -> int | None:
        """Return in which line siblings have waited for so many other cards, and longest; None if nowhere."""
        lines = [
            (line[0][0], between)
            for between, line in self._waiting.items()
            if line and self._shown[between] - line[0][1] >= apart
        ]
        return min(lines)[1] if lines else None

    def resumed(self, between: int) -> deque[_Card]:
        """Let the first siblings of a line wait no longer."""
        return self._waiting[between].popleft()[2]

    def finish(self) -> None:
        """Take all who wait, however close they come."""
        while (between := self.ready(0)) is not None:
            self.take(self.resumed(between))


def _families(section: Iterable[tuple[int, Note]]) -> list[deque[_Card]]:
    """Return the siblings of each card of a section, in the order of their templates, main note first."""
    families: dict[str, list[_Card]] = {}
    for number, note in section:
        cards = families.setdefault(note.card.id, [])
        cards += [_Card(ordinal, number, index) for index, ordinal in enumerate(note.ordinals)]
    return [deque(sorted(cards)) for cards in families.values()]
