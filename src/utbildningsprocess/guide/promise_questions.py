"""Questions about promises: a stage of the day, and the mail that asks it, made again from a reply."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.guide.form.definition import Form
from utbildningsprocess.guide.mail.asking import Asking, title_letters
from utbildningsprocess.guide.mail.key import ANSWER_ID, Key, checksum_of
from utbildningsprocess.guide.mail.sent import by_mail, copy, mail, mail_units, sent_in
from utbildningsprocess.guide.replies import Purpose
from utbildningsprocess.model import Kind, Question, Stage
from utbildningsprocess.plan.promises import SORTS
from utbildningsprocess.steps import PROMISES
from utbildningsprocess.swedish import clean_line, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from utbildningsprocess.guide.mail.sent import MailQuestion, SentMail
    from utbildningsprocess.model import AnswerSheet, Battery, GroupField, Option
    from utbildningsprocess.plan.promises import Promise

_TITLE, _WHY = "Löften", "Det här har ni kommit överens om. Nu vill vi veta vad som blev av det."
_DAYS = ("Planerat", "Klart senast", "Planerat", "Klart senast")
"""What the day of a promise is called, by its sort."""
_TOGETHER = {
    Kind.CHOICE: "Blev det av, och vad märktes?",
    Kind.MEASURE: "Vad blev utfallet, och vilken dag mättes det?",
}
"""The whole question in one, by the kind of its first field."""
_ALONE = {
    Kind.CHOICE: "Blev det av?",
    Kind.TEXT: "Vad märktes, eller vad hindrade?",
    Kind.MEASURE: "Vad blev utfallet?",
    Kind.DATE: "Vilken dag mättes det?",
}
"""The question about one field, by its kind."""
_LABELS = {"klar": "Ja", "pagar": "Delvis, det pågår", "ej_gjord": "Nej", "struken": "Nej, den är struken"}
"""The states of another action, as answers to whether it was done."""


class PromiseFile(NamedTuple):
    """What a file about promises is made of: of which initiative, which promises, and whose they are."""

    title: str
    identity: str
    battery: Battery
    promises: tuple[Promise, ...]
    role: str = ""

    @property
    def role_id(self) -> str:
        """The role in the few letters that a key takes."""
        return re.sub("[^a-z0-9]+", "-", fold(self.role)).strip("-")

    @property
    def key(self) -> Key:
        """What the file carries, for the way back."""
        questions = promise_stage(self.promises, self.battery).questions
        return Key(
            stage=PROMISES,
            purpose=Purpose.PROMISE,
            role=self.role_id,
            identity=self.identity or title_letters(self.title),
            wording=checksum_of(question.text for question in questions),
            places=tuple(promise.place for promise in self.promises),
        )


def promise_stage(promises: Iterable[Promise], battery: Battery, *, apart: bool = False) -> Stage:
    """A stage that asks what became of each promise: in one question each, or in one for each field."""
    questions = tuple(question for promise in promises for question in _questions(promise, battery, apart))
    said = {"steg": PROMISES, "nummer": 0, "titel": _TITLE, "syfte": _WHY, "fragor": questions}
    return Stage.model_validate(said)


def told_field(promise: Promise, address: str, battery: Battery) -> GroupField | None:
    """The field of the dossier that a question about a promise asks for; None where it asks for none."""
    group = battery.question(promise.sort.told_in)
    first, further = promise.sort.told
    names = {_address(promise): first, f"{_address(promise)}_{further}": further}
    fields = {field.id: field for field in group.fields} if group else {}
    return fields.get(names.get(address, ""))


def place_in(address: str) -> int:
    """The place of the promise that a question asks about; -1 where it asks about none."""
    match = re.fullmatch(rf"{PROMISES}\.(\d+)(?:_\w+)?", address)
    return int(match[1]) if match else -1


def _address(promise: Promise) -> str:
    return f"{PROMISES}.{promise.place}"


def _questions(promise: Promise, battery: Battery, apart: bool) -> Iterator[Question]:  # noqa: FBT001
    group = battery.question(promise.sort.told_in)
    first, further = promise.sort.told
    for field in group.fields if group else ():
        if field.id == first:
            ask = (_ALONE if apart else _TOGETHER).get(field.kind, field.text)
            yield _question(field, str(promise.place), f"{_promised(promise)} {ask}")
        elif field.id == further and apart:
            ask = _ALONE.get(field.kind, field.text)
            yield _question(field, f"{promise.place}_{further}", f"{promise.row.id}: {ask}")


def _question(field: GroupField, name: str, text: str) -> Question:
    said = field.model_dump(by_alias=True, exclude={"late", "retired", "relevant_if", "former"})
    options = tuple(labelled(option).model_dump(by_alias=True) for option in field.options)
    return Question.model_validate(
        {**said, "id": name, "text": text, "alternativ": options, "karna": True, "steg": PROMISES}
    )


def labelled(option: Option) -> Option:
    """An alternative as whoever promised something is asked it."""
    label = _LABELS.get(option.id)
    return option.model_copy(update={"label": label, "help": ""}) if label else option


def _promised(promise: Promise) -> str:
    """What was promised, by whom and for when, in the dossier's own words."""
    what = promise.what if promise.what[-1] in ".!?" else f"{promise.what}."
    who = f"Ansvarig: {promise.who}." if promise.who else ""
    day = f"{_DAYS[SORTS.index(promise.sort)]}: {date_in_short(promise.on)}." if promise.on else ""
    return " ".join(filter(None, [f"{promise.row.id}: {what}", who, day]))


def promise_form(file: PromiseFile, sheet: AnswerSheet, made: date) -> Form:
    """The form that asks what became of some promises, a question for each field."""
    stage = promise_stage(file.promises, file.battery, apart=True)
    asking = Asking(file.title, file.identity, stage, sheet, None)
    return Form(asking, stage.questions, Purpose.PROMISE, made, own_key=file.key, role_name=file.role)


# ------------------------------------------------------------------- the mail


def promise_mail(file: PromiseFile) -> SentMail:
    """The mail that asks what became of some promises, a question for each."""
    questions = by_mail(mail_units(promise_stage(file.promises, file.battery)))
    return mail(file.title, questions, file.key.written())


def promise_mail_answered(text: str, key: Key | None, file: PromiseFile) -> SentMail | None:
    """The mail about promises, or the copy from a form, that a text answers: by its key, else by its words.

    With the key the questions have the words that the text quotes, for a promise may have got another day
    since. `file` holds every promise of the initiative. None where nothing tells what was asked.
    """
    is_copy = ANSWER_ID.search(text) is not None
    if key is None:
        return sent_in(text, promise_stage(file.promises, file.battery, apart=is_copy), file.title)
    by_place = {promise.place: promise for promise in file.promises}
    questions: list[MailQuestion] = []
    number = 0
    for promise in map(by_place.get, key.places):
        stage = promise_stage([promise] if promise else [], file.battery, apart=is_copy)
        for asked in by_mail(mail_units(stage)):
            place = number + asked.number
            questions.append(asked._replace(number=place, text=_quoted(text, place) or asked.text))
        number += len(stage.questions) or (len(SORTS[0].told) if is_copy else 1)
    write = copy if is_copy else mail
    return write(file.title, tuple(questions), key.written()) if questions else None


def _quoted(text: str, number: int) -> str:
    """The words of a question as a text quotes them; empty where it does not."""
    asks = [*_TOGETHER.values(), *_ALONE.values()]
    ends = "|".join(r"[\s>|\xa0]+".join(map(re.escape, ask.split())) for ask in asks)
    match = re.search(rf"\[\s*{PROMISES}\s+{number}\s*\]((?:(?!\[\s*{PROMISES}\s)[^\0])*?(?:{ends}))", text)
    return clean_line(re.sub(r"\n[\s>|\xa0]*", " ", match[1])) if match else ""


def promises_asked_in(sent: SentMail, promises: Sequence[Promise]) -> list[Promise]:
    """The promises that a mail asks about."""
    places = {place_in(question.address) for question in sent.questions}
    return [promise for promise in promises if promise.place in places]
