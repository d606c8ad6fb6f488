"""Answers of several who answer each on their own, as rows of the dossier: never as its own answers.

A row has a number made of the id of the answer: the same answer finds its row again, and files that are read
in any order give the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import OBSTACLES, RESPONDENTS, VOICES
from utbildningsprocess.answers.composite import in_field_order
from utbildningsprocess.answers.rows import given_rows, number_of
from utbildningsprocess.diagnosis.respondents import DONT_KNOW, voices_in
from utbildningsprocess.diagnosis.seeing import roles_of
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.model import AnswerSheet, Given, Row, Skipped, Unknown, given_value
from utbildningsprocess.swedish import shortened
from utbildningsprocess.work.comparing import WhenDifferent, compared, decided_for, whole_answers
from utbildningsprocess.work.taking_in import told_of_replies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from utbildningsprocess.guide.replies import Reply
    from utbildningsprocess.model import Answer, Answers, Option
    from utbildningsprocess.work.comparing import Comparison

_FIRST, _MANY = 10_000, 80_000
"""The numbers of rows that come from files; those typed by hand begin at 1."""
_ANOTHER_ROLE = "annan"
_LONG = 200


@dataclass
class TakenVoices:
    """What replies of several come to: the rows, what to tell, and what only a person can decide."""

    sheet: AnswerSheet
    lines: list[str] = field(default_factory=list)
    undecided: list[Comparison] = field(default_factory=list)
    """What one reply leaves to decide, each against what its own row says."""

    @property
    def answers(self) -> dict[str, Answer]:
        """The rows of those who have answered, as whole answers."""
        return {qid: self.sheet.answers[qid] for qid in (RESPONDENTS, VOICES) if qid in self.sheet.answers}


def voices_taken(sheet: AnswerSheet, replies: Iterable[Reply], way: WhenDifferent | None) -> TakenVoices:
    """The rows with what some replies say; what they held stays where an older reply says otherwise.

    Raises WrongUse where the questions have no room for what several say.
    """
    taken = TakenVoices(sheet)
    for came in replies:
        _take(taken, _as_stated(came), way, list(_told_of_skipped(came)))
    if taken.sheet is not sheet and (told := told_of_all(taken.sheet)):
        taken.lines.append(told)
    return taken


def _take(taken: TakenVoices, came: Reply, way: WhenDifferent | None, skipped: list[str]) -> None:
    before, is_older = taken.sheet, _is_before(came, _row(taken.sheet, RESPONDENTS, came))
    comparison = compared(_own_sheet(before, came), [came])
    decided = _decided(before, came, comparison, way)
    taken.lines += [*told_of_replies(comparison, [came]), *skipped]
    taken.lines += _told_of_row(before, came, comparison, decided)
    taken.sheet = with_choices(before, came, comparison, {**comparison.new, **decided})
    for _, said in comparison.lost:  # what is said of a row, in the words it was said
        taken.sheet = _with_words(taken.sheet, came, said.address, (said.text, said.words))
    taken.lines += _told_of_words(before, taken.sheet)
    left = {address: saying for address, saying in comparison.different.items() if address not in decided}
    comparison.different = {} if is_older or way is not None else left
    if comparison.different or comparison.doubtful:
        taken.undecided.append(comparison)
    elif taken.sheet is before and (came.said or not skipped):
        taken.lines.append("  Svaret står redan i dossiern.")


def _is_of_statement(address: str) -> bool:
    return address.startswith(f"{OBSTACLES}.")


def _as_stated(came: Reply) -> Reply:
    """The reply, where not to know is an answer to a statement as any other, and to skip says nothing."""
    said = tuple(
        stated._replace(answer=Given(DONT_KNOW))
        if _is_of_statement(stated.address) and isinstance(stated.answer, Unknown)
        else stated
        for stated in came.said
        if not isinstance(stated.answer, Skipped)
    )
    return came._replace(said=said)


def _told_of_skipped(came: Reply) -> Iterator[str]:
    """What one of several has chosen not to answer, in the words it was said: nothing is saved of it."""
    for said in came.said:
        if isinstance(said.answer, Skipped):
            reason = f" Skälet: ”{shortened(said.answer.reason, _LONG)}”" if said.answer.reason else ""
            yield f"  Hoppade över ”{shortened(said.text, _LONG)}”. Inget sparas om det.{reason}"


def _decided(
    sheet: AnswerSheet, came: Reply, comparison: Comparison, way: WhenDifferent | None
) -> dict[str, Answer]:
    """What replaces what the row says: all of a later reply, and nothing of an earlier one."""
    row = _row(sheet, RESPONDENTS, came)
    if _is_before(came, row):
        return {}
    is_after = row is not None and _day(came) > str(row.values.get("datum", ""))
    return decided_for(comparison, WhenDifferent.REPLACE if is_after else way or WhenDifferent.KEEP)


def _is_before(came: Reply, row: Row | None) -> bool:
    return row is not None and _day(came) < str(row.values.get("datum", ""))


def _day(came: Reply) -> str:
    return came.day.isoformat() if came.day else ""


# ------------------------------------------------------------------------ rows


def _number(*words: str) -> int:
    """The number of a row, made of what tells it from all others."""
    return _FIRST + int(sha256("\n".join(words).encode()).hexdigest()[:12], 16) % _MANY


def _row(sheet: AnswerSheet, qid: str, came: Reply, address: str = "") -> Row | None:
    """The row that an answer has already."""
    number = _number(came.answer_id, *filter(None, [address]))
    return next((row for row in given_rows(sheet.answers, qid) if number_of(row.id) == number), None)


def _own_sheet(sheet: AnswerSheet, came: Reply) -> AnswerSheet:
    """What somebody has answered to the statements before, as if it were all that is answered."""
    row = _row(sheet, RESPONDENTS, came)
    statements = sheet.battery.question(OBSTACLES)
    keys = [statement.id for statement in statements.statements] if statements else []
    said = {key: str(row.values[key]) for key in keys if key in row.values} if row else {}
    return AnswerSheet(sheet.battery, {OBSTACLES: Given(said)} if said else {})


def with_choices(
    sheet: AnswerSheet, came: Reply, comparison: Comparison, chosen: Mapping[str, Answer]
) -> AnswerSheet:
    """The sheet with what somebody has chosen at some addresses, in the rows of their own."""
    statements = {address: answer for address, answer in chosen.items() if _is_of_statement(address)}
    for address, answer in chosen.items():
        if address not in statements:
            place, value = comparison.places[address], given_value(answer)
            words = value if isinstance(value, str) and place.item.kind.is_text else place.in_words(answer)
            sheet = _with_words(sheet, came, address, (place.name(sheet), words))
    whole = whole_answers(comparison, _own_sheet(sheet, came), statements)
    said = given_value(whole.get(OBSTACLES))
    row = _row(sheet, RESPONDENTS, came)
    values = said if isinstance(said, dict) else {}
    if not values and (row is None or row.values.items() >= _role(sheet, came, row).items()):
        return sheet
    return _with_row(sheet, RESPONDENTS, came, values)


def _with_words(sheet: AnswerSheet, came: Reply, address: str, said: tuple[str, str]) -> AnswerSheet:
    """The sheet with what somebody has said of a question, given with its words, beside what others have."""
    name, words = said
    row = _row(sheet, VOICES, came, address)
    before = str(row.values.get("sagt", "")) if row else ""
    has_them = f"\n\n{words}\n\n" in f"\n\n{before}\n\n"
    is_told = row is not None and has_them and row.values.items() >= _role(sheet, came, row).items()
    if not words or is_told or _is_before(came, row):
        return sheet
    is_same_day = row is not None and _day(came) == row.values.get("datum", "")
    both = f"{before}\n\n{words}" if before not in words and is_same_day else words
    return _with_row(sheet, VOICES, came, {"fraga": name, "sagt": before if has_them else both}, address)


def _with_row(
    sheet: AnswerSheet, qid: str, came: Reply, values: Mapping[str, str], address: str = ""
) -> AnswerSheet:
    """The sheet with one row more, or with more in the row that the answer has."""
    question = sheet.battery.question(qid)
    if question is None:
        raise WrongUse(
            f"{came.name} är ett av flera svar var för sig, men era egna frågor har inte frågan {qid} att "
            "spara det i. Inget har ändrats. Lägg till frågan i era frågor."
        )
    rows = given_rows(sheet.answers, qid)
    number = _number(came.answer_id, *filter(None, [address]))
    before = _row(sheet, qid, came, address) or Row(f"{question.row_prefix}{number}", {})
    day = max(_day(came), str(before.values.get("datum", "")))
    given = {**_role(sheet, came, before), **({"datum": day} if day else {}), **values}
    row = replace(before, values=in_field_order(question, {**before.values, **given}))
    others = [kept for kept in rows if kept.id != row.id]
    ordered = sorted([*others, row], key=_place_among)
    return sheet.with_answers({qid: Given(tuple(ordered))})


def _place_among(row: Row) -> tuple[bool, str, str, int]:
    """Where a row stands: what is typed by hand first, and then by question and day."""
    number = number_of(row.id)
    if number < _FIRST:
        return False, "", "", 0
    return True, str(row.values.get("fraga", "")), str(row.values.get("datum", "")), number


def _role(sheet: AnswerSheet, came: Reply, before: Row) -> dict[str, str]:
    """The role of whoever has answered as a row tells it; that of the row where the reply is not sure."""
    if not came.role or not came.is_role_sure:
        return {}
    options = {option.id for option in _roles(sheet)}
    if came.role in options:
        changes = before.values.get("roll", came.role) != came.role
        return {"roll": came.role, **({"vem": ""} if changes and before.values.get("vem") else {})}
    return {"roll": _ANOTHER_ROLE, "vem": came.role}


def _roles(sheet: AnswerSheet) -> tuple[Option, ...]:
    question = sheet.battery.question(RESPONDENTS)
    return question.field("roll").options if question else ()


def with_known_role(sheet: AnswerSheet, came: Reply) -> Reply:
    """The reply, in doubt of who answers where nobody has said it, or the row of the answer says another."""
    row = _row(sheet, RESPONDENTS, came)
    known = str(row.values.get("roll", "")) if row else ""
    told = _role(sheet, came, Row("", {})).get("roll", "")
    if not known or not told or known == told:
        return came._replace(is_role_sure=came.is_role_sure and bool(came.role))
    label = next((option.label for option in _roles(sheet) if option.id == known), known)
    note = f"Samma svar står redan i dossiern, från en annan roll: {label}."
    return came._replace(is_role_sure=False, notes=(*came.notes, note))


# ----------------------------------------------------------------------- words


def _told_of_row(sheet: AnswerSheet, came: Reply, comparison: Comparison, decided: Answers) -> Iterator[str]:
    """What becomes of the statements that somebody has answered."""
    if number := sum(map(_is_of_statement, comparison.new)):
        yield f"  Nytt svar för sig på {'ett påstående' if number == 1 else f'{number} påståenden'}."
    for address in comparison.different:
        place = comparison.places[address]
        before, said = place.there(comparison.sheet), comparison.different[address][0].said.answer
        change = f"”{place.in_words(before)}” står, ”{place.in_words(said)}” sägs nu"
        if address in decided:
            yield f"  Ändrat av den som svarade: {place.name(sheet)} ”{place.in_words(decided[address])}”"
        elif _is_before(came, _row(sheet, RESPONDENTS, came)):
            yield f"  Äldre än det som står, och ändrar inget: {place.name(sheet)} {change}"
        else:
            yield f"  Samma svar säger olika: {place.name(sheet)} {change}"
    if not came.role or not came.is_role_sure:
        yield "  Rollen är oklar. Läs in filen i en terminal, eller med --enkel, för att säga vem det är."


def _told_of_words(before: AnswerSheet, after: AnswerSheet) -> Iterator[str]:
    """What has been said of questions that others may answer too."""
    known = given_rows(before.answers, VOICES)
    for row in given_rows(after.answers, VOICES):
        if row not in known:
            words = shortened(str(row.values["sagt"]), _LONG)
            yield f"  Sagt för sig om ”{row.values['fraga']}”: ”{words}”"


def told_of_all(sheet: AnswerSheet) -> str:
    """How many have answered the statements on their own by now, and in which roles."""
    question = sheet.battery.question(OBSTACLES)
    voices = voices_in(sheet.answers, [statement.id for statement in question.statements] if question else [])
    many = "en" if len(voices) == 1 else str(len(voices))
    return (
        f"Nu har {many} svarat på påståendena var för sig: {roles_of(sheet.battery, voices)}."
        if voices
        else ""
    )
