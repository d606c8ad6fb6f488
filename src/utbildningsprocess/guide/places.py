"""The places that answers can be given at: a question, a statement, a cell of a row, and a row to come."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.composite import in_field_order
from utbildningsprocess.answers.rows import given_rows, new_row_id, number_of, row_label, rows_in
from utbildningsprocess.guide.choosing import address_of
from utbildningsprocess.model import Given, Kind, Row, Skipped, Unfit, Unknown, given_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from utbildningsprocess.model import Answer, AnswerSheet, GroupField, Item, Question, Statement

_NEW = "+"


class RowField(NamedTuple):
    """A field of one row, by the id of the row."""

    row_id: str
    field: GroupField


class Addressed(NamedTuple):
    """An address, and what stands there of the questions."""

    address: str
    question: Question
    statement: Statement | None = None
    cell: RowField | None = None
    is_new_row: bool = False

    @property
    def item(self) -> Item:
        """What decides which answers can stand here."""
        return self.cell.field if self.cell else self.question

    @property
    def takes_text(self) -> bool:
        """Whether an answer can be typed here as one text."""
        is_apart = self.item.kind.is_composite or self.item.kind.is_reference or self.item.kind is Kind.YES_NO
        return self.statement is None and not is_apart

    def name(self, sheet: AnswerSheet) -> str:
        """The place in words, where the text of the question alone would not tell it."""
        if self.statement:
            return f"{self.question.name}: {self.statement.text}"
        if self.cell:
            row = _row(sheet, self.question, self.cell.row_id)
            return f"{row_label(self.question, row) if row else self.cell.row_id}: {self.cell.field.name}"
        if self.is_new_row:
            return f"{self.question.name}, ny rad:"
        return self.question.text

    def there(self, sheet: AnswerSheet) -> Answer | None:
        """What the dossier says here; of a row to come, the rows it has."""
        answer = sheet.answers.get(self.question.qid)
        if self.cell:
            return _in_cell(_row(sheet, self.question, self.cell.row_id), self.cell.field)
        if self.statement is None:
            return answer
        value = given_value(answer)
        option = value.get(self.statement.id) if isinstance(value, dict) else None
        return Given(option) if option else None

    def unread(self, sheet: AnswerSheet) -> str:
        """What stands in the cell of a row that does not fit there; empty elsewhere."""
        row = _row(sheet, self.question, self.cell.row_id) if self.cell else None
        return str(row.unfit.get(self.cell.field.id, "")) if row and self.cell else ""

    def in_words(self, answer: Answer | None) -> str:
        """An answer here, in a line."""
        match answer:
            case Given(value) if self.is_new_row:
                return "; ".join(_row_in_words(self.question, row) for row in rows_in(value))
            case Given(value):
                return self.question.label(str(value)) if self.statement else show(self.item, value)
            case Unknown(who):
                return f"Vet inte än. {who}".strip()
            case Skipped(reason):
                return f"Överhoppad: {reason}"
            case Unfit(text):
                return text
            case None:
                return ""

    def within(self, sheet: AnswerSheet, answer: Answer) -> Answer:
        """The answer to the whole question, with this part of it as it is now answered."""
        before, value = given_value(sheet.answers.get(self.question.qid)), given_value(answer)
        if self.statement:
            options = {**before} if isinstance(before, dict) else {}
            options[self.statement.id] = str(value)
            known = (asked.id for asked in self.question.statements)
            return Given({key: options[key] for key in known if key in options})
        if self.cell:
            row_id, field = self.cell
            rows = rows_in(before)
            changed = (_with_cell(self.question, row, field, answer) for row in rows if row.id == row_id)
            return Given(tuple(next(changed) if row.id == row_id else row for row in rows))
        if self.is_new_row:
            first = number_of(new_row_id(self.question, sheet))
            ids = (f"{self.question.row_prefix}{number}" for number in count(first))
            return Given((*rows_in(before), *(replace(row, id=next(ids)) for row in rows_in(value))))
        return answer


def is_of_new_row(address: str) -> bool:
    """Whether an address is of a row to come."""
    return address.rpartition(".")[2].startswith(_NEW)


def places_of(sheet: AnswerSheet, addresses: Iterable[str]) -> dict[str, Addressed]:
    """The places that addresses lead to, in the order of the questions; an address of nothing has none."""
    wanted: dict[str, list[str]] = {}
    for address in addresses:
        wanted.setdefault(".".join(address.split(".")[:2]), []).append(address)
    places: dict[str, Addressed] = {}
    for question in sheet.battery.questions():
        asked = wanted.get(question.qid)
        for place in _places_in(question, sheet, asked) if asked else ():
            places[place.address] = place
    return places


def _places_in(question: Question, sheet: AnswerSheet, asked: list[str]) -> Iterator[Addressed]:
    """The places in a question, in its own order, among some addresses."""
    if question.qid in asked:
        yield Addressed(question.qid, question)
    for statement in question.statements:
        address = address_of(question, statement)
        if address in asked:
            yield Addressed(address, question, statement)
    for row in given_rows(sheet.answers, question.qid):
        for field in question.fields:
            address = cell_address(question, row.id, field)
            if address in asked:
                yield Addressed(address, question, cell=RowField(row.id, field))
    if question.fields:
        yield from (
            Addressed(address, question, is_new_row=True) for address in asked if is_of_new_row(address)
        )


def cell_address(question: Question, row_id: str, field: GroupField) -> str:
    """Where the answer of a field belongs in a row: `koncept.larandemal.L1.kunna`."""
    return f"{question.qid}.{row_id}.{field.id}"


def new_row_address(question: Question, number: int) -> str:
    """Where a row to come belongs, the first, second or third of a file: `koncept.larandemal.+1`."""
    return f"{question.qid}.{_NEW}{number}"


def _row(sheet: AnswerSheet, question: Question, row_id: str) -> Row | None:
    return next((row for row in given_rows(sheet.answers, question.qid) if row.id == row_id), None)


def _in_cell(row: Row | None, field: GroupField) -> Answer | None:
    if row is None:
        return None
    if (value := row.values.get(field.id, "")) != "":
        return Given(value)
    return Unknown(row.unknown[field.id]) if field.id in row.unknown else None


def _with_cell(question: Question, row: Row, field: GroupField, answer: Answer) -> Row:
    """The row with another answer in a field; what did not fit there before is replaced by it."""
    kept = {key: who for key, who in row.unknown.items() if key != field.id}
    values = {key: value for key, value in row.values.items() if key != field.id}
    unfit = {key: text for key, text in row.unfit.items() if key != field.id}
    if isinstance(answer, Given):
        values = in_field_order(question, {**values, field.id: answer.value})
    elif isinstance(answer, Unknown):
        kept[field.id] = answer.who
    return replace(row, values=values, unknown=kept, unfit=unfit)


def _row_in_words(question: Question, row: Row) -> str:
    told = []
    for field in question.fields:
        if answer := _in_cell(row, field):
            place = Addressed("", question, cell=RowField(row.id, field))
            told.append(f"{field.name}: {place.in_words(answer)}")
    return ". ".join(told)
