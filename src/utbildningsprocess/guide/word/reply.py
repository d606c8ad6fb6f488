"""A Word file that has come back, as a reply: what is said or changed, and what only a person can place."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.errors import Broken, WrongUse
from utbildningsprocess.guide.choosing import address_of
from utbildningsprocess.guide.form.definition import Form
from utbildningsprocess.guide.form.reply import form_reply
from utbildningsprocess.guide.form.saved import SavedForm
from utbildningsprocess.guide.form.understanding import ReadAgainst
from utbildningsprocess.guide.mail.asking import as_change, made_again, stands
from utbildningsprocess.guide.mail.key import KEY, key_in
from utbildningsprocess.guide.mail.letters import letters_in
from utbildningsprocess.guide.page import ROLES
from utbildningsprocess.guide.places import cell_address, is_of_new_row, places_of
from utbildningsprocess.guide.replies import Purpose, Suggestion
from utbildningsprocess.guide.word.answering import Sent, answers_in_boxes
from utbildningsprocess.guide.word.collecting import SentSheet, collected, own_words_cut
from utbildningsprocess.guide.word.names import box_name, short_checksum
from utbildningsprocess.guide.word.paragraphs import paragraphs_in, told_in
from utbildningsprocess.guide.word.sheet import TOLD, begun, own_texts, pieces_of, sheet_text, slots_of
from utbildningsprocess.guide.word.tree import Node, NoTree, xml_tree
from utbildningsprocess.markdown import page_blocks
from utbildningsprocess.pages.boxes import bookmark_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from utbildningsprocess.guide.mail.asking import Asking
    from utbildningsprocess.guide.mail.key import Key
    from utbildningsprocess.guide.mail.understanding import Meaning
    from utbildningsprocess.guide.replies import Reply, Stated
    from utbildningsprocess.guide.word.collecting import Collected
    from utbildningsprocess.guide.word.paragraphs import Paragraph
    from utbildningsprocess.guide.word.slots import Slot
    from utbildningsprocess.model import AnswerSheet, Question

BODY = "word/document.xml"
_TOLD, _CORE, _COMMENTS = "docProps/custom.xml", "docProps/core.xml", "word/comments.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
WORD_PARTS = (BODY, _TOLD, _CORE, _COMMENTS, *_NOTES)
"""The parts of a Word file that are read."""
_ID_DIGITS = 16
_LEAST_OURS = 12
"""Letters that a text of ours has at least, to be taken out of a paragraph that holds more."""
_TWO_BOXES = "två rutor har olika svar på samma fråga"


@dataclass
class WordFile:
    """A Word file as trees, by part, and what it says of itself."""

    name: str
    trees: Mapping[str, Node]
    told: Mapping[str, str]

    @property
    def text(self) -> str:
        """All its text, a paragraph on each line."""
        return "\n".join(paragraph.text for paragraph in paragraphs_in(self.tree(BODY), {}).paragraphs)

    @property
    def is_sheet(self) -> bool:
        """Whether it has boxes of ours, or says that it had."""
        names = (node.attributes.get("name", "") for node in self.tree(BODY).every("bookmarkStart"))
        tags = (node.attributes.get("val", "") for node in self.tree(BODY).every("tag"))
        return bool(self.told) or any(box_name(name) or name.startswith("utb__h") for name in (*names, *tags))

    @property
    def key(self) -> Key | None:
        """The key, from the page or else from what the file says of itself."""
        return key_in(self.text) or key_in(self.told.get("utb-nyckel", ""))

    def tree(self, part: str) -> Node:
        """A part; an empty one where the file has none such."""
        return self.trees.get(part) or Node("", {})


def opened_word(name: str, parts: Mapping[str, bytes]) -> WordFile:
    """A Word file of its parts. Raises Broken when one is damaged or too large."""
    try:
        trees = {part: xml_tree(data) for part, data in parts.items()}
    except NoTree:
        raise Broken(
            f"{name} är en skadad Word-fil och går inte att läsa. Inget har ändrats. "
            "Öppna den i Word, spara den igen som vanligt dokument (.docx) och läs in den på nytt."
        ) from None
    told = dict(told_in(trees[_TOLD])) if _TOLD in trees else {}
    return WordFile(name, trees, {key: text for key, text in told.items() if key.startswith("utb-")})


class _Told(NamedTuple):
    """What a file says of itself, held to its shape."""

    asked: list[str]
    begun: dict[str, str] | None
    ours: set[str]


def word_reply(file: WordFile, key: Key, asking: Asking, saved: date | None = None) -> Reply:
    """What a Word file says to the questions of a stage. `saved` is when it was saved, where it is silent."""
    told = _told(file.told)
    numbered = _numbered(file, key, told, asking)
    form = Form(asking, tuple(numbered.values()), Purpose(key.purpose), saved or date.min)
    slots = slots_of(form, numbered)
    now = begun(slots)
    sent = Sent(numbered, {slot.unit.name: slot for slot in slots}, now if told.begun is None else told.begun)
    read = paragraphs_in(file.tree(BODY), _bookmarks(slots))
    taken = collected(read.paragraphs, _sheet(slots, numbered, asking.stage.id))
    day = None if form.purpose is Purpose.SURVEY else _saved_day(file, saved)
    reading = ReadAgainst(asking.sheet, day)
    out = answers_in_boxes(taken.boxes, sent, reading)
    replies = [
        _with_meanings(
            form_reply(file.name, _as_form(key, numbered, states, day), asking.stage, asking.sheet),
            out.meanings,
        )
        for states in out.states
    ]
    said = _once_each([stated for came in replies for stated in came.said])
    stood = _stood(sent, now, asking.sheet)
    loose = [*_loose(file, taken, _Own(told.ours, form, numbered)), *out.beside]
    first, role = replies[0], key.role if key.role in ROLES else ""
    return first._replace(
        answer_id=_answer_id(file, key, taken),
        role=role,
        is_role_sure=bool(role) or form.purpose is Purpose.SURVEY,
        said=tuple(
            as_change(stated._replace(stood=stood.get(stated.address, "")), asking.sheet) for stated in said
        ),
        asked=tuple(question.qid for question in numbered.values()),
        unplaced=(*dict.fromkeys(text for came in replies for text in came.unplaced), *loose),
        saved="",
        notes=(*first.notes, *read.notes, *_comments(file)),
    )


# -------------------------------------------------------------- what was sent


def _told(told: Mapping[str, str]) -> _Told:
    """What a file says of itself, put together; what is not of its shape is as if it were not there."""
    chunks = [told.get(TOLD, "")]
    while (name := f"{TOLD}-{len(chunks)}") in told:
        chunks.append(told[name])
    try:
        table = json.loads("".join(chunks))
    except (ValueError, RecursionError):
        table = None
    table = table if isinstance(table, dict) else {}
    begins = table.get("begun")
    return _Told(
        [str(address) for address in _listed(table.get("asked"))],
        {str(name): str(text) for name, text in begins.items()} if isinstance(begins, dict) else None,
        {str(text) for text in _listed(table.get("ours"))},
    )


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _numbered(file: WordFile, key: Key, told: _Told, asking: Asking) -> dict[int, Question]:
    """The questions by the numbers they have in the file. Raises WrongUse where nobody can know them."""
    again = made_again(key, asking.title, asking.stage, is_copy=True)
    if again is not None:
        return {asked.number: asked.question for asked in again.questions}
    known = {question.qid: question for question in asking.stage.questions}
    numbered = {number: known[qid] for number, qid in enumerate(told.asked, 1) if qid in known}
    if not numbered:
        raise WrongUse(
            f"{file.name} har frågor som har fått nya ord, och det går inte att se vilka de var. "
            f"Skriv svaren med: utb steg {asking.stage.id}"
        )
    return numbered


def _bookmarks(slots: Iterable[Slot]) -> dict[str, str]:
    """The names of boxes by those that their bookmarks have, where these are others."""
    names = [name for slot in slots for name in slot.names]
    long = {bookmark_name(name): name for name in names if bookmark_name(name) != name}
    return {**long, **{name[:64]: name for name in names if len(name) > 64}}  # noqa: PLR2004  a tag of Word


def _sheet(slots: Iterable[Slot], numbered: Mapping[int, Question], stage_id: str) -> SentSheet:
    slots = list(slots)
    tagged: dict[str, list[str]] = {}
    for slot in slots:
        is_whole = not slot.unit.place
        tagged[slot.unit.tag(stage_id)] = [slot.unit.name] if is_whole else slot.names
    headings = {letters_in(question.text).text: number for number, question in numbered.items()}
    return SentSheet({slot.unit.name: slot for slot in slots}, tagged, headings)


def _as_form(
    key: Key, numbered: Mapping[int, Question], states: dict[str, dict[str, object]], day: date | None
) -> SavedForm:
    """What is answers_in_boxes, as if it stood in a form."""
    asked: dict[str, Mapping[str, object]] = {
        question.qid: {
            "text": question.text,
            "statements": [
                {"id": statement.id, "text": statement.text} for statement in question.asked_statements
            ],
        }
        for question in numbered.values()
    }
    return SavedForm(key, asked, role=key.role, day=day, answers=states)


# ------------------------------------------------------------- what came back


def _with_meanings(came: Reply, meanings: Mapping[str, Meaning]) -> Reply:
    """The reply with what the words beside alternatives may mean."""
    said = []
    for stated in came.said:
        meaning = meanings.get(stated.address)
        if meaning is not None and stated.answer is None:
            said.append(stated._replace(doubt=meaning.doubt, proposals=meaning.proposals))
        else:
            said.append(stated)
    return came._replace(said=tuple(said))


def _once_each(said: Iterable[Stated]) -> list[Stated]:
    """What is said at each address; where two boxes say different things, in doubt with both as proposals."""
    by_address: dict[str, list[Stated]] = {}
    for stated in said:
        by_address.setdefault(stated.address, []).append(stated)
    merged = []
    for address, several in by_address.items():
        distinct = list({stated.words: stated for stated in several}.values())
        if len(distinct) == 1 or is_of_new_row(address):
            merged += distinct
            continue
        ways = [Suggestion(stated.words, stated.answer) for stated in distinct]
        words = "\n\n".join(stated.words for stated in distinct)
        merged.append(distinct[0]._replace(words=words, answer=None, doubt=_TWO_BOXES, proposals=tuple(ways)))
    return merged


def _stood(sent: Sent, now: Mapping[str, str], sheet: AnswerSheet) -> dict[str, str]:
    """What the dossier said at each address when the file was made, as a checksum; those it answered."""
    addresses = {_address(slot): name for name, slot in sent.slots.items() if name in sent.begun}
    places = places_of(sheet, addresses)
    return {
        address: stands(places[address], sheet) if now.get(name) == sent.begun[name] else sent.begun[name]
        for address, name in addresses.items()
        if address in places
    }


def _address(slot: Slot) -> str:
    unit, question = slot.unit, slot.question
    if unit.field:
        return next(
            (
                cell_address(question, unit.place, field)
                for field in question.fields
                if field.id == unit.field
            ),
            "",
        )
    statement = next((asked for asked in question.statements if asked.id == unit.place), None)
    return address_of(question, statement)


class _Own(NamedTuple):
    """Our own words on a page: their checksums as it was made, and what is needed to make them again."""

    checksums: set[str]
    form: Form
    numbered: Mapping[int, Question]

    def texts(self) -> set[str]:
        """The words as they would be today."""
        begins = page_blocks(sheet_text(self.form))
        return {*own_texts([*begins, *pieces_of(self.form, self.numbered)])}


def _loose(file: WordFile, taken: Collected, own: _Own) -> list[str]:
    """What is written outside the boxes and is not ours."""
    written = [*taken.loose]
    for part in _NOTES:
        written += [paragraph.text for paragraph in _noted(file.tree(part))]
    texts = own.texts()
    ours = {letters_in(text).text for text in texts}
    left = []
    for text in written:
        bare = KEY.sub("", text).strip()
        if letters_in(bare).text in ours or short_checksum(bare) in own.checksums:
            continue
        cut = own_words_cut(bare, texts, _LEAST_OURS).strip()
        if letters_in(cut).text:
            left.append(cut)
    return list(dict.fromkeys(left))


def _noted(tree: Node) -> list[Paragraph]:
    return paragraphs_in(tree, {}).paragraphs


def _comments(file: WordFile) -> list[str]:
    has_any = next(file.tree(_COMMENTS).every("comment"), None) is not None
    return ["Filen har kommentarer i marginalen. De är inte med i svaren."] if has_any else []


def _saved_day(file: WordFile, saved: date | None) -> date | None:
    """When it was last saved, as the file says, else as whoever handed it over does."""
    node = next(file.tree(_CORE).every("modified"), None)
    try:
        return date.fromisoformat(node.text[:10]) if node else saved
    except ValueError:
        return saved


def _answer_id(file: WordFile, key: Key, taken: Collected) -> str:
    """What tells this answer from others: who saved the file, where it says so and that is no secret."""
    saver, maker = (
        "".join(node.text for node in file.tree(_CORE).every(name)) for name in ("lastModifiedBy", "creator")
    )
    is_told = key.purpose == Purpose.ANSWER and saver.strip() and saver != maker
    said = saver if is_told else json.dumps([taken.boxes, taken.loose])
    return sha256(f"{key.written()}\n{file.told.get(TOLD, '')}\n{said}".encode()).hexdigest()[:_ID_DIGITS]
