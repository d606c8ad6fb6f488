"""Replies against the dossier: at each address what is new, equal or different, and what of it is saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import stage_of
from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.options import clashes
from utbildningsprocess.conversation.incoming import Unsettled, Way
from utbildningsprocess.guide.completing import says_the_same
from utbildningsprocess.guide.mail.asking import stands
from utbildningsprocess.guide.page import role_name
from utbildningsprocess.model import Given, Kind, Skipped, Unfit, Unknown, given_value
from utbildningsprocess.swedish import joined, shortened
from utbildningsprocess.work.privacy import refuse_personal_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from utbildningsprocess.guide.mail.reply import Reply, Said
    from utbildningsprocess.model import Answer, AnswerSheet, Question, Statement
    from utbildningsprocess.work.open_dossier import OpenDossier

_LONG = 200


class WhenDifferent(StrEnum):
    """What becomes of an answer that differs from the dossier's, where nobody is asked."""

    KEEP = "behall"
    REPLACE = "ersatt"
    BOTH = "bada"


class _Voice(NamedTuple):
    """What one reply says at an address."""

    came: Reply
    said: Said


@dataclass
class Comparison:
    """What some replies say, against a dossier."""

    sheet: AnswerSheet
    new: dict[str, Answer] = field(default_factory=dict)
    """By address: what the dossier has no answer to, and all replies agree on."""
    equal: list[str] = field(default_factory=list)
    different: dict[str, list[_Voice]] = field(default_factory=dict)
    doubtful: dict[str, list[_Voice]] = field(default_factory=dict)


def compared(sheet: AnswerSheet, replies: Sequence[Reply]) -> Comparison:
    """At each address what replies say that is new, equal or different, and what only a person can read."""
    outcome = Comparison(sheet)
    voices: dict[str, list[_Voice]] = {}
    for came in replies:
        for said in came.said:
            voices.setdefault(said.address, []).append(_Voice(came, said))
    for address in _in_order(sheet, voices):
        clear = [voice for voice in voices[address] if voice.said.answer is not None]
        doubtful = [voice for voice in voices[address] if voice.said.answer is None]
        if doubtful:
            outcome.doubtful[address] = doubtful
        if clear:
            _sort(outcome, address, clear)
    return outcome


def _in_order(sheet: AnswerSheet, addresses: Iterable[str]) -> list[str]:
    order = {question.qid: place for place, question in enumerate(sheet.battery.questions())}
    return sorted(addresses, key=lambda address: (order.get(_qid(address), len(order)), address))


def _sort(outcome: Comparison, address: str, clear: list[_Voice]) -> None:
    """Puts what is clearly said at an address where it belongs."""
    there = at(outcome.sheet, address)
    others = [voice for voice in clear if not _is_equal(outcome.sheet, address, voice.said.answer)]
    said = [voice for voice in others if not (isinstance(voice.said.answer, Unknown) and isinstance(there, Given))]
    distinct = list({repr(voice.said.answer): voice for voice in said}.values())
    if not distinct:
        outcome.equal.append(address)
    elif len(distinct) == 1 and not isinstance(there, Given):
        outcome.new[address] = distinct[0].said.answer or Unknown()
    else:
        outcome.different[address] = distinct


def _is_equal(sheet: AnswerSheet, address: str, answer: Answer | None) -> bool:
    """Whether the dossier says so already, also as part of more."""
    question, there = sheet.battery.question(_qid(address)), at(sheet, address)
    if question is None or answer is None or _statement(question, address):
        return there == answer
    new, old = given_value(answer), given_value(there)
    if isinstance(new, tuple) and isinstance(old, tuple):
        return set(map(str, new)) <= set(map(str, old))
    if question.kind is Kind.LONG_TEXT and isinstance(new, str) and isinstance(old, str):
        return f"\n\n{new.strip()}\n\n" in f"\n\n{old.strip()}\n\n" or says_the_same(question, answer, sheet)
    return says_the_same(question, answer, sheet)


# -------------------------------------------------------------- at an address


def _qid(address: str) -> str:
    """The question of an address, which may be that of a statement."""
    return ".".join(address.split(".")[:2])


def _statement(question: Question, address: str) -> Statement | None:
    wanted = address.removeprefix(question.qid).removeprefix(".")
    return next((statement for statement in question.statements if statement.id == wanted), None)


def at(sheet: AnswerSheet, address: str) -> Answer | None:
    """What the dossier says at an address, of a question or of one statement."""
    answer = sheet.answers.get(_qid(address))
    if address == _qid(address):
        return answer
    value = given_value(answer)
    option = value.get(address.split(".")[2]) if isinstance(value, dict) else None
    return Given(option) if option else None


def as_answers(sheet: AnswerSheet, chosen: Mapping[str, Answer]) -> dict[str, Answer]:
    """Answers by address as the answers of whole questions, statements among those that are answered."""
    whole: dict[str, Answer] = {}
    for address, answer in chosen.items():
        question = sheet.battery.question(_qid(address))
        if question is None:
            continue
        if _statement(question, address) is None:
            whole[question.qid] = answer
            continue
        before = given_value(whole.get(question.qid) or sheet.answers.get(question.qid))
        value = {**before} if isinstance(before, dict) else {}
        value[address.split(".")[2]] = str(given_value(answer))
        order = [statement.id for statement in question.statements if statement.id in value]
        whole[question.qid] = Given({key: value[key] for key in order})
    return whole


# -------------------------------------------------------------------- choosing


def together(question: Question, answers: Sequence[Answer]) -> Answer | None:
    """Several answers as one that says them all; None where a question takes one."""
    values = [value for answer in answers if (value := given_value(answer)) is not None]
    if question.kind is Kind.LONG_TEXT:
        return Given("\n\n".join(dict.fromkeys(map(str, values))))
    if question.kind in (Kind.TEXT, Kind.MEASURE):
        return Given("; ".join(dict.fromkeys(map(str, values))))
    if question.kind in (Kind.MULTIPLE, Kind.LIST):
        both = Given(tuple(dict.fromkeys(item for value in values if isinstance(value, tuple) for item in value)))
        return None if any(clashes(question, both.value)) else both
    return None


def unsettled(initiative: OpenDossier, comparison: Comparison) -> list[Unsettled]:
    """What only a person can decide, in the order of the questions."""
    sheet = comparison.sheet
    addresses = _in_order(sheet, {**comparison.different, **comparison.doubtful})
    return [
        _matter(initiative, address, comparison)
        for address in addresses
        if sheet.battery.question(_qid(address)) is not None
    ]


def _matter(initiative: OpenDossier, address: str, comparison: Comparison) -> Unsettled:
    sheet = comparison.sheet
    question = sheet.battery.questions()[[each_question.qid for each_question in sheet.battery.questions()].index(_qid(address))]
    there = at(sheet, address) or comparison.new.get(address)
    different, doubtful = comparison.different.get(address, []), comparison.doubtful.get(address, [])
    voices = [*different, *doubtful]
    lines = [f"I dossiern står: {in_words(question, address, there)}"] if there else []
    lines += [_told(initiative, voice) for voice in voices]
    lines += [_moved_on(sheet, question, voice) for voice in voices if isinstance(at(sheet, address), Given)]
    ways = [Way(f"Svaret från {_who(initiative, voice.came)}: {_short(question, address, voice)}", voice.said.answer) for voice in different if voice.said.answer]
    ways += [Way(shortened(p.words, _LONG), p.answer) for voice in doubtful for p in voice.said.proposals if p.answer]
    given = [there, *(voice.said.answer for voice in different)] if isinstance(there, Given) else [voice.said.answer for voice in different]
    both = together(question, [answer for answer in given if answer]) if different and not _statement(question, address) else None
    if both and len(given) > 1:
        ways.append(Way("Alla svaren" if len(given) > 2 else "Båda svaren", both))  # noqa: PLR2004
    draft = "\n\n".join(filter(None, [str(given_value(there) or "") if question.kind.is_text else "", *(voice.said.words for voice in voices)]))
    keep = "Behåll det som står i dossiern" if there else "Spara inget svar"
    return Unsettled(address, question, voices[0].said.text, tuple(filter(None, lines)), tuple(dict.fromkeys(ways)), keep, draft)


def _told(initiative: OpenDossier, voice: _Voice) -> str:
    """What a reply says, and why it has to be decided."""
    who, words = _who(initiative, voice.came), shortened(voice.said.words, _LONG)
    wrote = f"{voice.came.name}, {who}: ”{words}”" if words else f"{voice.came.name}, {who}"
    return f"{wrote} ({voice.said.doubt})" if voice.said.doubt else wrote


def _moved_on(sheet: AnswerSheet, question: Question, voice: _Voice) -> str:
    """That the dossier has changed since the question was asked."""
    statement = _statement(question, voice.said.address)
    is_moved = voice.said.stood != stands(question, statement, sheet)
    return "Det som står i dossiern har ändrats sedan frågan skickades." if voice.said.stood and is_moved else ""


def _who(initiative: OpenDossier, came: Reply) -> str:
    """Who has answered, as far as it is known."""
    battery = initiative.workspace.battery
    names = {role: role_name(role, battery) for role in ("bestallare", "chef", "medarbetare", "esther", "processledare")}
    return names.get(came.role, "okänd roll") if came.is_role_sure else "osäkert vem"


def _short(question: Question, address: str, voice: _Voice) -> str:
    return shortened(in_words(question, address, voice.said.answer), _LONG)


def in_words(question: Question, address: str, answer: Answer | None) -> str:
    """An answer at an address in a line."""
    match answer:
        case Given(value):
            is_statement = _statement(question, address) is not None
            return question.label(str(value)) if is_statement else show(question, value)
        case Unknown(who):
            return f"Vet inte än. {who}".strip()
        case Skipped(reason):
            return f"Överhoppad: {reason}"
        case Unfit(text):
            return text
        case None:
            return ""


# ---------------------------------------------------------------------- saving


def decided_for(comparison: Comparison, way: WhenDifferent) -> tuple[dict[str, Answer], list[str]]:
    """What becomes of different answers without anybody being asked, and the addresses that stay as they are."""
    decided: dict[str, Answer] = {}
    staying: list[str] = []
    for address, voices in comparison.different.items():
        question = comparison.sheet.battery.question(_qid(address))
        answers = [voice.said.answer for voice in voices if voice.said.answer]
        there = at(comparison.sheet, address)
        answer: Answer | None = None
        if way is WhenDifferent.REPLACE and len(answers) == 1:
            answer = answers[0]
        elif way is WhenDifferent.BOTH and question and _statement(question, address) is None:
            answer = together(question, [there, *answers] if isinstance(there, Given) else answers)
        if answer is None:
            staying.append(address)
        else:
            decided[address] = answer
    return decided, staying


def refuse_numbers(comparison: Comparison, *, consent: bool) -> None:
    """Raises WrongUse when anything that could be saved holds a personal identity number without consent."""
    for voices in (comparison.different, comparison.doubtful):
        for address, saying in voices.items():
            for voice in saying:
                possible = [voice.said.answer, *(proposal.answer for proposal in voice.said.proposals)]
                for answer in filter(None, possible):
                    refuse_personal_numbers(comparison.sheet, as_answers(comparison.sheet, {address: answer}), consent=consent)
    refuse_personal_numbers(comparison.sheet, as_answers(comparison.sheet, comparison.new), consent=consent)


def save_chosen(initiative: OpenDossier, stage_id: str, chosen: Mapping[str, Answer], *, consent: bool) -> None:
    """Saves the answers that are new or chosen, all at once."""
    whole = {qid: answer for qid, answer in as_answers(initiative.sheet, chosen).items() if stage_of(qid) == stage_id}
    refuse_personal_numbers(initiative.sheet, whole, consent=consent)
    initiative.open_stage(stage_id)
    changed = {qid: answer for qid, answer in whole.items() if initiative.answers.get(qid) != answer}
    if changed:
        initiative.save(changed)


# ----------------------------------------------------------------------- words


def told_of_replies(initiative: OpenDossier, comparison: Comparison, replies: Iterable[Reply]) -> list[str]:
    """What came in: from whom, what is new, what the dossier says already, and what is no answer."""
    lines: list[str] = []
    for came in replies:
        day = f", {came.day}" if came.day else ""
        lines.append(f"{came.name}: svar från {_who(initiative, came)}{day}.")
        lines += [f"{came.name}: {said.text} ”{said.beside}” ryms inte i svaret. Svaret är {_answer_words(comparison, said)}." for said in came.said if said.beside]
        lines += [f"{came.name}: Kunde inte placeras: ”{words}”" for words in came.unplaced]
        if came.beside:
            lines.append(f"{came.name}: Hör troligen inte till svaret: {' | '.join(came.beside)}")
    if comparison.equal:
        lines.append(f"Det här står redan i dossiern: {joined(comparison.equal)}.")
    return lines


def _answer_words(comparison: Comparison, said: Said) -> str:
    question = comparison.sheet.battery.question(_qid(said.address))
    return f"”{in_words(question, said.address, said.answer)}”" if question else ""


def left_in_words(initiative: OpenDossier, matters: Iterable[Unsettled]) -> list[str]:
    """What is not decided, each with its proposals, and the command that decides it."""
    lines = []
    for matter in matters:
        proposed = f" Förslag: {'; '.join(way.label for way in matter.ways)}." if matter.ways else ""
        way = f" Svara med: utb svar {initiative.typed_name} {matter.question.qid} VÄRDE"
        lines.append(f"{matter.address}: {matter.text} {' '.join(matter.lines)}{proposed}{way}")
    return lines
