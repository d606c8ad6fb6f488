"""What a form asks, says and begins from, as plain data: questions, and what the dossier says of them."""

from __future__ import annotations

from hashlib import sha256
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.conditions import may_apply
from utbildningsprocess.answers.kinds import handling
from utbildningsprocess.answers.rows import choices, given_rows, prefilled, rows_in
from utbildningsprocess.answers.settled import open_statements
from utbildningsprocess.guide.form.conditions import asked_in_form, condition_in_form, field_when
from utbildningsprocess.guide.form.states import NO_ID, YES_ID, state_of_answer, state_of_rows
from utbildningsprocess.guide.mail.asking import key_for
from utbildningsprocess.guide.mail.sent import by_mail, copy
from utbildningsprocess.guide.page import ROLES, nothing_open, role_name, waiting
from utbildningsprocess.guide.replies import Purpose
from utbildningsprocess.model import Given, Kind, Question, Row, given_value
from utbildningsprocess.swedish import clean_line, shortened

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from utbildningsprocess.guide.form.states import State
    from utbildningsprocess.guide.mail.asking import Asking
    from utbildningsprocess.guide.mail.key import Key
    from utbildningsprocess.guide.mail.sent import MailQuestion
    from utbildningsprocess.model import AnswerSheet, GroupField, Item, Stage, Statement

FORM_FORMAT = 1
"""The version of what stands in a form."""
ID_DIGITS = 16
_SECONDS_A_STATEMENT = 20
"""To read and to choose: the first who was timed took 18 each."""
_LONGEST_RECALLED, _LONGEST_ROW = 1200, 300
_SHORT = 70
_THE_DOSSIER = "dossiern, en fil om insatsen"
_READ_BY = "De som arbetar med insatsen läser den, och den kan bli en allmän handling."
_NO_NAMES = "Skriv roller, inte namn, och inget om patienter eller andra enskilda personer."
_INSTEAD = "Vill du inte det kan du svara i ett samtal i stället."
_ROLE_IS_SEEN = (
    "Den som läser in svaren ser vilken roll de kommer från. Dossiern säger det inte. "
    f"Är du ensam i din roll går det ändå att förstå att svaret är ditt. {_INSTEAD}"
)
_ROLE_OF_PROMISE = (
    "Den som läser in svaren ser vilken roll de kommer från. Står det vid löftet vem som är ansvarig syns "
    f"det bredvid svaret. {_INSTEAD}"
)
_ROLE_IS_KEPT = (
    f"Din roll står med svaren. Är du ensam i din roll går det att förstå att svaret är ditt. {_INSTEAD}"
)
_DOSSIER = (f"Svaren skrivs in i {_THE_DOSSIER}. {_READ_BY}", _ROLE_IS_SEEN, _NO_NAMES)
_PROMISE = (
    f"Svaren skrivs in vid det som lovades, i {_THE_DOSSIER}. {_READ_BY}",
    _ROLE_OF_PROMISE,
    _NO_NAMES,
)
_ALONE = (
    f"Ni är flera som svarar, var och en för sig. Svaren läggs sida vid sida i {_THE_DOSSIER}. {_READ_BY}",
    _ROLE_IS_KEPT,
    _NO_NAMES,
)
_SURVEY = (
    "Svaren räknas ihop med de andras. Den som tar emot din fil kan se vem den kommer från.",
    "Skriv inga namn, och inget om patienter eller andra enskilda personer.",
)
WHO_SEES = {
    Purpose.ANSWER: _DOSSIER,
    Purpose.ALONE: _ALONE,
    Purpose.SURVEY: _SURVEY,
    Purpose.PROMISE: _PROMISE,
}
"""What is said before the first question of who reads the answers, by what they are for."""
_SEND_BACK = (
    "Skicka filen du sparar till den som bad dig svara, till exempel som bilaga i ett mejl. Går det inte att "
    "skicka filen: välj Kopiera som text och klistra in texten i ett mejl."
)


class Form(NamedTuple):
    """What a form is made of: chosen questions, what the answers are for, and who is said to see them."""

    asking: Asking
    questions: tuple[Question, ...]
    purpose: Purpose
    made: date
    who_sees: tuple[str, ...] = ()
    """In place of what is usual."""
    own_key: Key | None = None
    """In place of the one that its stage gives it."""
    role_name: str = ""
    """What whoever is asked is called, where that is none of the roles of the questions."""

    @property
    def begins_from_dossier(self) -> bool:
        """Whether it shows what the dossier says: never to one who is to answer without others' voices."""
        return self.purpose in (Purpose.ANSWER, Purpose.PROMISE)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to ask."""
        return not self.questions

    @property
    def why_empty(self) -> str:
        """The sentence where there is nothing to ask."""
        return nothing_open(self.asking.stage, self.asking.who, self.asking.sheet.battery)

    @property
    def addresses(self) -> list[str]:
        """The addresses of its questions."""
        return [question.qid for question in self.questions]

    @property
    def known(self) -> AnswerSheet:
        """What the dossier says, as far as whoever answers is to see it."""
        sheet = self.asking.sheet
        return sheet if self.begins_from_dossier else sheet.without(self.addresses)


def questions_for_form(asking: Asking, chosen: Stage, *, only_open: bool) -> tuple[Question, ...]:
    """The chosen questions of a stage, all of them or those that wait for an answer or may come to do so."""
    known = [question for question in chosen.questions if is_asked_of_others(question)]
    if not only_open:
        return tuple(known)
    qids = {question.qid for question in waiting(asking.sheet, asking.stage, asking.who)}
    candidates = [question for question in known if question.qid in qids]
    return tuple(
        with_open_statements(question, asking.sheet) for question in asked_in_form(candidates, asking.sheet)
    )


def is_asked_of_others(question: Question) -> bool:
    """Whether others are asked it: not what is filled by what they answer, as who has answered what."""
    return not (question.filled_by or question.fields_of)


def with_open_statements(question: Question, sheet: AnswerSheet) -> Question:
    """The question with those of its statements that wait for an answer."""
    statements = open_statements(question, sheet.answers.get(question.qid))
    return question.model_copy(update={"statements": statements}) if statements else question


def definition(form: Form) -> dict[str, object]:
    """The form as the page and the reader know it."""
    asking, stage = form.asking, form.asking.stage
    asked = by_mail((question, None) for question in form.questions)
    key = key_in_form(form, asked)
    around = copy(asking.title, asked)
    made = form.made.isoformat()
    identity = [key.identity, stage.id, form.purpose, key.role, key.wording, made]
    battery = asking.sheet.battery
    questions = [_question(form, question) for question in asked]
    return {
        "format": FORM_FORMAT,
        "made": made,
        "key": key.written(),
        "form_id": sha256("/".join(identity).encode()).hexdigest()[:ID_DIGITS],
        "purpose": str(form.purpose),
        "title": asking.title,
        "stage": stage.id,
        "stage_title": stage.title,
        "purpose_text": clean_line(stage.purpose),
        "role": key.role,
        "role_name": role_name(asking.who, battery) if asking.who else form.role_name,
        "roles": [{"id": role, "label": role_name(role, battery)} for role in ROLES],
        "intro": [f"Vi arbetar med ”{asking.title}” och behöver det du vet."],
        "who_sees": list(form.who_sees or WHO_SEES[form.purpose]),
        "how_long": _how_long(form, is_all_asked=all(question["when"] is True for question in questions)),
        "send_back": _SEND_BACK,
        "text": {"opening": list(around.opening), "closing": list(around.closing)},
        "questions": questions,
    }


def _how_long(form: Form, *, is_all_asked: bool) -> str:
    """How much is asked, with statements counted one by one; at most where some hangs on what is answered."""
    number = sum(question.kind is not Kind.STATEMENTS for question in form.questions)
    statements = sum(statement is not None for _, statement in units_of(form))
    if form.purpose is Purpose.SURVEY:  # its statements are goals, and a table of them is one question
        number, statements = len(form.questions), 0
    if statements and not number:
        return _how_many_statements(statements)
    questions = ["en fråga" if number == 1 else f"{number} frågor"]
    stated = ["ett påstående" if statements == 1 else f"{statements} påståenden"] if statements else []
    most = "" if is_all_asked else "högst "
    return f"Det är {most}{' och '.join([*questions, *stated])}. Du får hoppa över frågor."


def _how_many_statements(number: int) -> str:
    minutes = ceil(number * _SECONDS_A_STATEMENT / 60)
    count = "ett påstående" if number == 1 else f"{number} påståenden"
    takes = "en minut" if minutes == 1 else f"{minutes} minuter"
    return f"Det är {count} att ta ställning till, på en sida. Det tar ungefär {takes}."


def key_in_form(form: Form, asked: Sequence[MailQuestion]) -> Key:
    """The key that a form carries: nothing in it tells what others have said to one who answers alone."""
    return form.own_key or key_for(
        form.asking._replace(sheet=form.known), asked, units_of(form), form.purpose
    )


def units_of(form: Form) -> list[tuple[Question, Statement | None]]:
    """What is asked, statement by statement, as a key names it."""
    units: list[tuple[Question, Statement | None]] = []
    for question in form.questions:
        if question.kind is Kind.STATEMENTS:
            units += [(question, statement) for statement in question.asked_statements]
        else:
            units.append((question, None))
    return units


def _question(form: Form, asked: MailQuestion) -> dict[str, object]:
    question, sheet = asked.question, form.asking.sheet
    held = _held(question, form.known)
    # A question that somebody has chosen is asked, whatever the dossier says that it hangs on.
    when = condition_in_form(question, sheet, form.addresses) or True
    return {
        "address": question.qid,
        "number": asked.number,
        **_item(form, question, held),
        "help": clean_line(question.help),
        "weak": question.weak_example,
        "strong": question.strong_example,
        "follow_ups": list(question.follow_ups),
        "recalled": _recalled(form, question),
        "statements": [
            {"id": statement.id, "text": statement.text, "example": statement.example}
            for statement in question.asked_statements
        ],
        "fields": [_field(form, field, held) for field in fields_in_form(question, sheet)],
        "row_name": question.row_name,
        "most_rows": question.most_rows,
        "when": when,
        "tag": asked.tag,
        "mail": [asked.words],
        "before": begun_from(form, question),
    }


def _item(form: Form, item: Item, held: Collection[str]) -> dict[str, object]:
    """What a question and a field of a row have in common."""
    return {
        "kind": str(item.kind),
        "text": item.text,
        "how": _how(form, item),
        "core": item.core,
        "options": _options(form, item, held),
        "own_words": item.own_words,
        "unit": item.unit,
        "longest": None,
    }


def _how(form: Form, item: Item) -> str:
    """How to write what is typed. Without the day it is saved, a date must say its year."""
    says_year = form.purpose is Purpose.SURVEY and item.kind is Kind.DATE
    how = handling(item.kind).in_field(item) if says_year else handling(item.kind).at_prompt(item)
    most = item.most_words if isinstance(item, Question) else None
    return " ".join(filter(None, [how, f"Läses bäst med högst {most} ord." if most else ""]))


def _held(question: Question, sheet: AnswerSheet) -> set[str]:
    """What is chosen in an answer, or anywhere in its rows."""
    value = given_value(sheet.answers.get(question.qid))
    cells: list[object] = [cell for row in rows_in(value) for cell in row.values.values()] or [value]
    several = (cell if isinstance(cell, tuple) else (cell,) for cell in cells)
    return {key for keys in several for key in keys if isinstance(key, str)}


def _options(form: Form, item: Item, held: Collection[str]) -> list[dict[str, object]]:
    """What can be chosen, and what the dossier has that is offered no longer."""
    known = {option.id: option for option in item.options}
    gone = {option.id: option.label for option in item.options if option.retired and option.id in held}
    return [
        {
            "id": key,
            "label": label,
            "help": clean_line(known[key].help) if key in known else "",
            "excludes": key in known and known[key].excludes,
        }
        for key, label in {**choices_in_form(item, form.asking.sheet), **gone}.items()
    ]


def choices_in_form(item: Item, sheet: AnswerSheet) -> dict[str, str]:
    """What can be chosen, by id, in the words of a form: rows in short."""
    if item.kind is Kind.YES_NO:
        return {YES_ID: "Ja", NO_ID: "Nej"}
    return {key: shortened(clean_line(label), _SHORT) for key, label in choices(item, sheet)}


def fields_in_form(question: Question, sheet: AnswerSheet) -> list[GroupField]:
    """The fields that a row can have; a reference with nothing to point at can be nothing."""
    rows = prefilled(question, sheet) if question.fields else ()
    is_again = bool(given_rows(sheet.answers, question.qid))
    return [
        field
        for field in question.fields
        if not (field.kind.is_reference and not choices(field, sheet))
        if any(may_apply(field, row, sheet) for row in (Row("", {}), *rows))
        if is_again or not field.late
    ]


def _field(form: Form, field: GroupField, held: Collection[str]) -> dict[str, object]:
    return {
        "id": field.id,
        **_item(form, field, held),
        "help": clean_line(field.help),
        "when": field_when(field),
    }


def _recalled(form: Form, question: Question) -> list[dict[str, str]]:
    """What the dossier says at the questions that this one is read against.

    To one who answers without others' voices only what statements are about: it is part of what is asked.
    """
    recalled = []
    sheet = form.asking.sheet
    is_part = question.kind is Kind.STATEMENTS and form.purpose is Purpose.ALONE
    for address in question.reminds if form.begins_from_dossier or is_part else ():
        reminded, answer = sheet.battery.question(address), sheet.answers.get(address)
        if reminded and isinstance(answer, Given):
            rows = [_row_in_words(reminded, row) for row in rows_in(answer.value)]
            words = "\n".join(rows) or shortened(show(reminded, answer.value), _LONGEST_RECALLED)
            recalled.append({"text": reminded.text, "answer": words})
    return recalled


def _row_in_words(question: Question, row: Row) -> str:
    """A row for somebody who has not seen the dossier: what it says in each field, and no id."""
    said = [(field, row.values[field.id]) for field in question.fields if field.id in row.values]
    words = "; ".join(f"{field.name}: {show(field, value)}" for field, value in said)
    return shortened(words, _LONGEST_ROW)


def begun_from(form: Form, question: Question) -> State | None:
    """What the form begins from."""
    sheet = form.known
    if question.kind is Kind.GROUP:
        return state_of_rows(question, sheet)
    answer = sheet.answers.get(question.qid)
    state = state_of_answer(question, answer)
    if state and isinstance(state.get("statements"), dict):
        asked = {statement.id for statement in question.asked_statements}
        given = {key: option for key, option in state["statements"].items() if key in asked}  # type: ignore[attr-defined]
        return {"statements": given} if given else None
    return state
