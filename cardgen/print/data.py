"""What the templates may read: the shape of ``data.json``, as types.

A node is a block or an inline of rich text; ``t`` says which. Blocks are ``p``, ``ul``, ``ol``, ``table``, ``pre``,
``chart``, ``group``, and those that only paper has: ``options`` (with letters), ``chain`` (steps), ``pair`` (two groups
side by side). Inlines are texts, or ``b``, ``i``, ``sub``, ``sup``, ``s``, ``mark``, ``u``, ``code``, ``br``, ``a``,
``img``, ``ruby``, ``blank`` (a gap), ``ref`` (numbers of sources), ``math`` (a formula). A text is never markup: the
templates put it on the page as it is. What a formula is made of are nodes of their own, of which ``m`` says what they
are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypedDict

from cardgen.print.mathematics import BlankNode, FormulaNode

if TYPE_CHECKING:
    from cardgen.richtext import GroupRole

StyleMark = Literal["b", "i", "sub", "sup", "s", "mark", "u"]


class StyledNode(TypedDict):
    """Text in a style."""

    t: StyleMark
    c: list[InlineNode]


class CodeNode(TypedDict):
    """Code in a line, or TeX as it was typed."""

    t: Literal["code"]
    s: str


class BreakNode(TypedDict):
    """The end of a line."""

    t: Literal["br"]


class LinkNode(TypedDict):
    """A link and its address."""

    t: Literal["a"]
    href: str
    c: list[InlineNode]


class PictureNode(TypedDict):
    """A picture: its file beside the template, its words, and its size in millimetres; no file if it is refused.

    ``part`` is how much of the line it takes, where its author says so. Of one with masks, ``masks`` has these.
    """

    t: Literal["img"]
    src: str
    alt: str
    w: NotRequired[float]
    h: NotRequired[float]
    part: NotRequired[float]
    masks: NotRequired[list[MaskNode]]


class ShapeNode(TypedDict):
    """A shape: its box, and the corners of a polygon from that of its box, in parts of the picture's size."""

    form: Literal["rect", "ellipse", "polygon"]
    x: float
    y: float
    w: float
    h: float
    points: list[list[float]]


class MaskNode(TypedDict):
    """A mask: what stands on it, whether it is the one that is asked for, and its shapes."""

    mark: str
    asked: bool
    shapes: list[ShapeNode]


class RubyNode(TypedDict):
    """Characters and the reading over them."""

    t: Literal["ruby"]
    s: str
    over: str


class ReferenceNode(TypedDict):
    """Numbers of sources, and how many more there are."""

    t: Literal["ref"]
    n: list[int]
    more: int


class TaskNode(TypedDict):
    """What to do with the term after it, and the language that this is said in."""

    t: Literal["task"]
    s: str
    lang: str


InlineNode = (
    str
    | StyledNode
    | CodeNode
    | BreakNode
    | LinkNode
    | PictureNode
    | RubyNode
    | BlankNode
    | ReferenceNode
    | TaskNode
    | FormulaNode
)


class ParagraphNode(TypedDict):
    """Running text."""

    t: Literal["p"]
    c: list[InlineNode]


class BulletsNode(TypedDict):
    """Points without an order."""

    t: Literal["ul"]
    c: list[list[BlockNode]]


class NumberedNode(TypedDict):
    """Points in order, counted from `start`; ``chain`` for the steps of a process, with the direction of their side."""

    t: Literal["ol", "chain"]
    start: int
    c: list[list[BlockNode]]
    dir: NotRequired[str]


class TableNode(TypedDict):
    """A table: alignments by column, the header or nothing, and the rows of cells."""

    t: Literal["table"]
    align: list[str]
    head: list[list[InlineNode]]
    rows: list[list[list[InlineNode]]]


class CodeBlockNode(TypedDict):
    """Lines of code; where its language is known, for each line its parts, of which each has a look and a text."""

    t: Literal["pre"]
    s: str
    lines: NotRequired[list[list[list[str]]]]


class MeaningNode(TypedDict):
    """What the term of the paragraph above means."""

    t: Literal["dd"]
    c: list[BlockNode]


class BarRow(TypedDict):
    """A bar, or a point where `width` is 0: ``start`` and ``width`` are parts of the drawing's width."""

    label: str
    value: str
    start: float
    width: float
    chosen: bool


class BarsNode(TypedDict):
    """Bars from zero; or points on a cut axis, of which ``axis`` has the ends.

    ``labels`` is what labels need, and ``room`` what figures need, in sizes of the letters.
    """

    t: Literal["chart"]
    form: Literal["bars"]
    alt: str
    unit: str
    rows: list[BarRow]
    labels: float
    room: float
    axis: list[str]


class Tick(TypedDict):
    """A place on an axis, and its name."""

    x: float
    label: str


class FigureAt(TypedDict):
    """A figure of a line: ``y`` is its middle, ``x`` its start, middle or end, as ``anchor`` says."""

    row: int
    x: float
    y: float
    label: str
    anchor: Literal["start", "middle", "end"]


class LinesNode(TypedDict):
    """Lines over points. Places are in sizes of the letters, from the upper left corner of the plot.

    ``runs`` has the parts of each line, and of each part its dots, as x and y; ``labels`` is empty where there is one
    line. ``low`` names the base line, which is drawn from ``left`` at ``base``; ``cut`` says that it is not zero.
    """

    t: Literal["chart"]
    form: Literal["lines"]
    alt: str
    unit: str
    labels: list[str]
    runs: list[list[list[list[float]]]]
    close: bool
    figures: list[FigureAt]
    points: list[Tick]
    left: float
    base: float
    low: str
    cut: bool
    width: float


class SpanRow(TypedDict):
    """A step on a timeline: where its bar begins and ends, and where its time stands."""

    number: str
    start: float
    end: float
    x: float
    value: str


class MarkRow(TypedDict):
    """A day that matters: where its line stands, where its label begins, and on which line of labels."""

    x: float
    start: float
    level: int
    label: str


class TimelineNode(TypedDict):
    """Steps over time, with the days that matter and the months or years, in sizes of the letters."""

    t: Literal["chart"]
    form: Literal["timeline"]
    alt: str
    unit: str
    rows: list[SpanRow]
    marks: list[MarkRow]
    levels: int
    ticks: list[Tick]
    left: float
    right: float
    width: float


class GroupNode(TypedDict):
    """Blocks that play a role on the card."""

    t: Literal["group"]
    role: GroupRole
    c: list[BlockNode]


class Option(TypedDict):
    """An option of a question, with its letter."""

    mark: str
    c: list[BlockNode]


class OptionsNode(TypedDict):
    """The options of a question, or those that are right; ``ticked`` if each has a box to tick."""

    t: Literal["options"]
    c: list[Option]
    ticked: NotRequired[bool]


class PairNode(TypedDict):
    """Two groups side by side."""

    t: Literal["pair"]
    c: list[GroupNode]


ChartNode = BarsNode | LinesNode | TimelineNode
BlockNode = (
    ParagraphNode
    | BulletsNode
    | NumberedNode
    | TableNode
    | CodeBlockNode
    | MeaningNode
    | ChartNode
    | GroupNode
    | OptionsNode
    | PairNode
)


class Side(TypedDict):
    """One side of a card, and its direction: ``ltr`` or ``rtl``."""

    c: list[BlockNode]
    dir: str


class Plan(TypedDict):
    """The parts of an answer's plan, for its worksheet; ``moves`` has the blocks of each move."""

    aim: list[BlockNode]
    name: list[BlockNode]
    moves: list[list[BlockNode]]
    do: list[BlockNode]
    dont: list[BlockNode]
    template: list[BlockNode]


class Said(TypedDict):
    """Of the words that cardgen itself says of a card: language and direction, ``ltr`` or ``rtl``."""

    lang: str
    dir: str


class Card(TypedDict):
    """A card.

    Attributes:
        n: Its number in the artefact.
        id, deck: Ids of the card and its deck.
        section: Address and title of its section.
        continued: Whether the card before it is of the same section.
        lang, region: Of its language, as Typst wants them.
        q, a: The two sides.
        more, note: What stands under the answer.
        as_of: For what time the fact holds, in words, or empty.
        warn: What warns the reader.
        said: The language of `as_of` and `warn`.
        sources: The works cited, for cards to cut out.
        cited: The numbers of the works cited, where they have a line of their own, or None.
        check: The numbers of the works to check the fact at, or None.
        brief: The beginning of the question, for the answer's side.
        long: Whether it may be cut at the end of a page.
        lines: How many lines to write on, none for options to tick.
        plan: For the worksheet of an answer, or None.
    """

    n: int
    id: str
    deck: str
    section: tuple[str, str]
    continued: bool
    lang: str
    region: str
    q: Side
    a: Side
    more: list[BlockNode]
    note: list[BlockNode]
    as_of: str
    warn: list[str]
    said: Said
    sources: list[str]
    cited: ReferenceNode | None
    check: ReferenceNode | None
    brief: str
    long: bool
    lines: int
    plan: Plan | None


class Section(TypedDict):
    """The cards of a section that stand in one volume."""

    name: str
    label: str
    cards: list[Card]
    continued: bool


class SourceEntry(TypedDict):
    """A work of the list at the end: its web address short and in full, and the numbers of the cards that cite it."""

    c: list[InlineNode]
    address: str
    href: str
    cards: list[int]


class Description(TypedDict):
    """What a deck says of itself; its title where there are several decks."""

    title: str
    c: list[BlockNode]


class CardGrid(TypedDict):
    """Where cards to cut out are on a page, as `cardgen.model.cardstock.Grid` has it."""

    page: tuple[float, float]
    columns: int
    rows: int
    card: tuple[float, float]
    first: tuple[float, float]
    pitch: tuple[float, float]
    safe: float
    lying: bool
    perforated: bool


class Head(TypedDict):
    """What is the same on all volumes of a bundle.

    Attributes:
        layout: Which template.
        title, above, edition: The deck's title, the levels above it, and by what it was cut.
        foot, build: Lines at the foot of a page and at the end, with the date of the content and its short hash.
        date: Year, month and day of the content.
        time: The same in seconds since 1970.
        lang, region: Of the first deck's language.
        chart_size: Size of the letters of charts, in points.
        grid: Where cards to cut out are; None in other layouts.
        options: The values of all print options, by name.
        description: Of each deck that has one.
        count, count_sections: How many cards and sections there are in all volumes.
        parts: How many volumes there are.
        dir: Direction of the pages: ``ltr`` or ``rtl``, which puts questions right and answers left.
        words: The words of the first deck's language, by the names of the catalogue's entries.
        words_lang: Their language.
    """

    layout: str
    title: str
    above: str
    edition: str
    foot: str
    build: str
    date: list[int]
    time: int
    lang: str
    region: str
    chart_size: float
    grid: CardGrid | None
    options: dict[str, Any]
    description: list[Description]
    count: int
    count_sections: int
    parts: int
    dir: str
    words: dict[str, str]
    words_lang: str


class Volume(Head):
    """What one file shows."""

    part: int
    sections: list[Section]
    sources: list[SourceEntry]


class PlanFigure(TypedDict):
    """A number of a study plan, and what it means."""

    value: str
    note: str


class PlanDate(TypedDict):
    """A day of a study plan: `mark` is ``interview``, ``rest`` or empty; without an amount there is nothing to tick."""

    date: str
    amount: str
    tasks: list[str]
    mark: str


class PlanRun(TypedDict):
    """A text of a step, and its look: ``plain``, ``strong`` or ``code``."""

    text: str
    look: str


class PlanPage(TypedDict):
    """A study plan. Beside what is its own, it has what the templates share, as `Volume` has it, and no cards."""

    layout: str
    title: str
    subtitle: str
    figures: list[PlanFigure]
    heading: str
    weekdays: list[str]
    weeks: list[list[PlanDate | None]]
    steps_heading: str
    steps: list[list[PlanRun]]
    build: str
    date: list[int]
    time: int
    lang: str
    region: str
    dir: str
    words: dict[str, str]
    words_lang: str
    options: dict[str, Any]
    above: str
    edition: str
    count: int
    count_sections: int
    description: list[Description]
    parts: int
    part: int
    sections: list[Section]
    sources: list[SourceEntry]
