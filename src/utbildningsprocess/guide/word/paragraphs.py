"""The text of a Word file, paragraph by paragraph, and which box each piece of it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.guide.word.names import box_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from utbildningsprocess.guide.word.tree import Node

_DELETED = ("del", "moveFrom")
_INSERTED = ("ins", "moveTo")
_NO_TEXT = frozenset(
    ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr", "instrText", "delText", "Fallback")
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_WINGDINGS = {
    **dict.fromkeys(("f0fe", "f0fd", "f0fc", "f0fb", "f052", "f053", "f054"), "☒"),
    "f0a8": "☐",
    "f06f": "☐",
}


class BoxSource(NamedTuple):
    """A box in the file: its name, and a number that tells it from a copy of it."""

    name: str
    number: int
    is_ticked: bool = False
    """Whether its control says so."""
    has_prompt: bool = False
    """Whether its control says that nobody has written in it."""


class TextPiece(NamedTuple):
    """A stretch of text, and the innermost box it stands in."""

    text: str
    source: BoxSource | None


class InTable(NamedTuple):
    """Where a paragraph stands: in which row and cell of which table, by numbers of their own; 0 for none."""

    row: int = 0
    cell: int = 0


class Paragraph(NamedTuple):
    """A paragraph of the file."""

    pieces: tuple[TextPiece, ...]
    place: InTable

    @property
    def text(self) -> str:
        """All its text."""
        return "".join(piece.text for piece in self.pieces)


class ReadParagraphs(NamedTuple):
    """What a file says."""

    paragraphs: list[Paragraph]
    notes: list[str]


def paragraphs_in(body: Node, names: Mapping[str, str]) -> ReadParagraphs:
    """The paragraphs of a body. `names` says what box a bookmark is round, where its name does not."""
    walk = _Walk(names)
    walk.node(body, None, InTable())
    walk.end_paragraph(InTable())
    notes = []
    if walk.has_changes:
        notes.append(
            "Filen har spårade ändringar. Det som är tillagt är med, och det som är struket är det inte."
        )
    return ReadParagraphs(walk.paragraphs, notes)


class _Walk:
    """Goes through a body once, in the order of its text."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._marks: dict[str, BoxSource] = {}
        self._pieces: list[TextPiece] = []
        self._counted = 0
        self.paragraphs: list[Paragraph] = []
        self.has_changes = False

    def _count(self) -> int:
        self._counted += 1
        return self._counted

    def node(self, node: Node, source: BoxSource | None, place: InTable) -> None:
        """Reads an element and all within it."""
        self.has_changes = self.has_changes or node.name in (*_DELETED, *_INSERTED)
        if node.name in _NO_TEXT or node.name in _DELETED:
            return
        if (text := _sign(node)) is not None:
            self._text(text, source)
            return
        match node.name:
            case "p":
                self._paragraph(node, source, place)
            case "sdt":
                self._within(node, self._control(node) or source, place)
            case "tr":
                self._within(node, source, place._replace(row=self._count()))
            case "tc":
                marks = dict(self._marks)
                self._within(node, source, place._replace(cell=self._count()))
                self._marks = marks
            case "bookmarkStart" | "bookmarkEnd":
                self._bookmark(node)
            case _:
                self._within(node, source, place)

    def _within(self, node: Node, source: BoxSource | None, place: InTable) -> None:
        for child in node.nodes():
            self.node(child, source, place)

    def _paragraph(self, node: Node, source: BoxSource | None, place: InTable) -> None:
        """A paragraph; one in a text box within another stands by itself."""
        outer, self._pieces = self._pieces, []
        marks = dict(self._marks)
        self._within(node, source, place)
        self.end_paragraph(place)
        self._pieces = outer
        if not place.cell:
            self._marks = marks

    def end_paragraph(self, place: InTable) -> None:
        """Keeps what has been read as a paragraph."""
        if self._pieces:
            self.paragraphs.append(Paragraph(tuple(self._pieces), place))
        self._pieces = []

    def _control(self, node: Node) -> BoxSource | None:
        properties = node.first("sdtPr")
        name = properties.value("tag") if properties else ""
        if properties is None or box_name(self._names.get(name, name)) is None:
            return None
        state = properties.value("checkbox", "checked")
        prompt = properties.first("showingPlcHdr")
        has_prompt = prompt is not None and prompt.attributes.get("val", "1") not in ("0", "false", "off")
        is_ticked = state in ("1", "true", "on")
        return BoxSource(self._names.get(name, name), self._count(), is_ticked, has_prompt)

    def _bookmark(self, node: Node) -> None:
        number = node.attributes.get("id", "")
        if node.name == "bookmarkEnd":
            self._marks.pop(number, None)
            return
        said = node.attributes.get("name", "")
        name = self._names.get(said, said)
        if box_name(name) is not None:
            self._marks[number] = BoxSource(name, self._count())

    def _text(self, text: str, source: BoxSource | None) -> None:
        if text:
            within = [*self._marks.values(), *([source] if source else [])]
            innermost = max(within, key=lambda box: box.number, default=None)
            self._pieces.append(TextPiece(text, innermost))


def _sign(node: Node) -> str | None:
    """The text that an element is by itself; None for one that holds others."""
    if node.name == "sym":
        return _WINGDINGS.get(node.attributes.get("char", "").casefold(), "\ufffd")
    return node.text if node.name == "t" else _SIGNS.get(node.name)


def told_in(properties: Node) -> Iterator[tuple[str, str]]:
    """What a file says of itself: names and texts."""
    for told in properties.every("property"):
        yield told.attributes.get("name", ""), "".join(node.text for node in told.nodes())
