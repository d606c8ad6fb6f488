"""One dossier, opened: what it says, and answers saved in it."""

from __future__ import annotations

import difflib
import json
from collections import defaultdict
from secrets import token_bytes
from typing import TYPE_CHECKING

from utbildningsprocess.answers.accept import accept, told_of, understood
from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.options import clashes
from utbildningsprocess.answers.renames import Following, following, known_again
from utbildningsprocess.answers.rows import (
    dangling,
    given_rows,
    row_key,
    rows_in,
    says_nothing,
    with_spent,
)
from utbildningsprocess.dossier import document
from utbildningsprocess.dossier.first_lines import with_first_lines
from utbildningsprocess.dossier.guide_mark import is_guide, mark_in
from utbildningsprocess.dossier.patching import with_kept
from utbildningsprocess.dossier.placing import has_stage
from utbildningsprocess.dossier.traces import Traceless
from utbildningsprocess.errors import Broken, WrongUse
from utbildningsprocess.files.dossier_file import read_dossier, save, save_beside
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.model import AnswerSheet, Given, Kind, Skipped, Unfit, Unknown, given_value
from utbildningsprocess.swedish import clean_line, nfc, shortened
from utbildningsprocess.work.damage import damage_in_words, refuse_damaged
from utbildningsprocess.work.privacy import refuse_in_text, refuse_other_handling, refuse_personal_numbers
from utbildningsprocess.work.workspace import question_meant

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from utbildningsprocess.answers.table_rows import TablePreview
    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.diagnosis.counting import Diagnosis
    from utbildningsprocess.dossier.document import Dossier
    from utbildningsprocess.model import Answer, Answers, Problem, Question, Row
    from utbildningsprocess.work.workspace import Workspace

_MOST_QUOTED = 300


class OpenDossier:
    """A dossier as it stands on disk. What is answered here is on disk when the call returns.

    Saving raises Changed or Gone, and writes nothing, when somebody else has changed the file
    since it was read: `reread` takes theirs in.
    """

    def __init__(self, workspace: Workspace, path: Path) -> None:
        self.workspace = workspace = workspace.around(path)
        self.path = path
        self.written: set[str] = set()
        """The addresses of the answers saved so far."""
        self.followed = Following({}, {}, {})
        """What followed the rows that the last save gave other names."""
        self.replaced: list[str] = []
        """A sentence for each thing that could not be read in the file and is replaced by what was saved."""
        self._removed: defaultdict[str, list[Row]] = defaultdict(list)
        """The rows that saving has removed, by group: they are the same when they are taken back."""
        self.told: list[str] = []
        """How the texts in the rows of the last answer were understood."""
        self._root = workspace.root.folder
        self._stage_id: str | None = None
        self._load()

    def _load(self) -> None:
        self._text, self._fingerprint = read_dossier(self.path)
        if is_guide(self._text):
            mark = mark_in(self._text)
            raise WrongUse(
                f"{shown(self.path)} är en samtalsguide och ingen dossier. Inget har ändrats. "
                f"Läs in den med: utb steg {mark.stage if mark else 'STEG'} INSATS --fran {shown(self.path)}"
            )
        self._pending = self._text
        self._content = document.read(self._text, self.workspace.battery)
        self._answers: dict[str, Answer] = dict(self._content.answers)
        self._spent = self._content.sheet.spent
        self._names_in_file = defaultdict[str, set[str]](
            set, {qid: self._names(qid, self._answers) for qid in self._answers}
        )
        """By group the names of its rows in the file as it was read: others may have seen them."""

    # ------------------------------------------------------------- looking

    @property
    def content(self) -> Dossier:
        """What the file says: title, answers, problems, and where in it they stand."""
        if self._content.text != self._text:
            self._content = document.read(self._text, self.workspace.battery)
        return self._content

    @property
    def title(self) -> str:
        """The title, or the file's name where there is none."""
        return self.content.title or self.path.stem

    @property
    def identity(self) -> str:
        """The letters the initiative is known by whatever it is called; empty in an old dossier."""
        return self.content.identity

    @property
    def typed_name(self) -> str:
        """What a person types to mean it."""
        return self.workspace.typed_name(self.path)

    @property
    def answers(self) -> Answers:
        """The answers by address: Given, Skipped, Unknown, or Unfit for what could not be read."""
        return self._answers

    @property
    def sheet(self) -> AnswerSheet:
        """The answers with the questions they answer."""
        return AnswerSheet(self.workspace.battery, self._answers, self._spent)

    @property
    def not_applying(self) -> tuple[str, ...]:
        """The addresses of what is answered and no longer asked, with the other answers as they are."""
        sheet = self.sheet
        known = ((qid, sheet.battery.question(qid)) for qid in sheet.answers)
        return tuple(qid for qid, question in known if question and not is_relevant(question, sheet))

    @property
    def sheet_with_damage(self) -> AnswerSheet:
        """The answers, and in place of those that may be another's or gone that they cannot be read."""
        damage = "Går inte att läsa: filen är skadad vid rad {}."
        unread = {qid: damage.format(line) for qid, line in self.content.damaged.items()}
        return self.sheet.with_answers({qid: Unfit(why, why) for qid, why in unread.items()})

    @property
    def case(self) -> Case:
        """The answers as the thread check looks at them."""
        return self.workspace.case(self.sheet, self.content.outside)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What in the file could not be read as it stands, each with its line."""
        return self.content.problems

    def problem_lines(self) -> list[str]:
        """The answers that could not be read, as `fil:rad: mening`; not what is wrong with the whole file."""
        name = shown(self.path)
        return [
            f"{name}:{problem.line}: {problem.text}" for problem in self.problems if not problem.structural
        ]

    def damage_lines(self) -> list[str]:
        """What puts answers in doubt, as `fil:rad: mening`, and how to mend it; nothing for a whole file."""
        name, wrong = shown(self.path), self.content.structural_problems
        lines = [f"{name}:{problem.line}: {problem.text}" for problem in wrong]
        return [*lines, f"Filen är skadad. Laga den med: utb laga {self.typed_name}"] if lines else []

    def refuse_if_damaged(self, before: str) -> None:
        """Raises Broken while answers may belong elsewhere: a conclusion from them would mislead."""
        refuse_damaged(self.content, shown(self.path), before, self.mend_command)

    def damage(self, before: str) -> str:
        """What is damaged in the file, line by line; before what it has to be mended, and how."""
        return damage_in_words(self.content, shown(self.path), before, self.mend_command)

    @property
    def mend_command(self) -> str:
        """The command that mends the file."""
        return f"utb laga {self.typed_name}"

    # ----------------------------------------------------------- answering

    def answer(self, question: str, value: object, *, consent: bool = False) -> Answer:
        """Answers a question, by its address or its only id, and saves; gives the answer as understood.

        `value` is text as people type it, or what YAML or JSON would hold (dates may be `date`). Raises
        WrongUse when there is no such question, the value is no answer to it, points at a row that does not
        exist, or holds a personal identity number without `consent`; else as saving does.

            initiative.answer("behov.klart_senast", "1 juni 2027")
        """
        asked = question_meant(self.workspace.battery, question)
        try:
            raw = _raw(asked, value)
            accepted = Given(accept(asked, raw, self.workspace.today))
        except Invalid as error:
            sentences = " ".join(fault.placed for fault in error.faults)
            raise WrongUse(f"{asked.qid}: {sentences}") from None
        if any(says_nothing([row]) for row in rows_in(accepted.value)):
            raise WrongUse(f"{asked.qid}: En rad är tom. Fyll i minst ett fält i den, eller ta bort raden.")
        told = [clash.sentence for clash in clashes(asked, accepted.value)]
        is_long = asked.kind is Kind.LONG_TEXT and isinstance(raw, str)
        told += [echo] if is_long and (echo := understood(asked, str(raw), accepted.value)) else []
        self.told = told_of(asked, raw, accepted.value) if isinstance(raw, (list, tuple)) else told
        answer = known_again(asked.qid, self.sheet, accepted)
        dangles = dangling(self.sheet.with_answers({asked.qid: answer}))
        if wrong := [sentence for reference, sentence in dangles if reference.qid == asked.qid]:
            raise WrongUse(f"{asked.qid}: {' '.join(wrong)}")
        return self._put(asked, answer, consent=consent)

    def add_rows(self, table: TablePreview, *, consent: bool = False) -> Answer:
        """Saves the rows of a table after those that are there. WrongUse for none, else as `answer`."""
        question = table.question
        if not table.rows or table.too_many:
            why = f"här ryms högst {question.most_rows}" if table.rows else "den har inget i frågans fält"
            raise WrongUse(f"{question.qid}: Tabellen kan inte läggas till, för {why}. Inget har sparats.")
        return self._put(question, table.answer, consent=consent)

    def skip(self, question: str, reason: str, *, consent: bool = False) -> Answer:
        """Passes over a question for a reason, and saves. Raises as `answer`."""
        asked = question_meant(self.workspace.battery, question)
        return self._put(asked, Skipped(clean_line(reason)), consent=consent)

    def unknown(self, question: str, who: str = "", *, consent: bool = False) -> Answer:
        """Notes that nobody knows the answer yet, perhaps who does, and saves. Raises as `answer`."""
        asked = question_meant(self.workspace.battery, question)
        return self._put(asked, Unknown(clean_line(who)), consent=consent)

    def _put(self, question: Question, answer: Answer, *, consent: bool) -> Answer:
        refuse_personal_numbers(self.sheet, {question.qid: answer}, consent=consent)
        self.save({question.qid: answer})
        return answer

    def rename(self, title: str, *, consent: bool = False) -> None:
        """Gives the initiative another title, in its dossier; the file keeps its name.

        Raises WrongUse for an empty title or one with a personal identity number, else as saving does.
        """
        if not clean_line(title):
            raise WrongUse("Titeln är tom. Skriv vad insatsen heter.")
        refuse_in_text(title, "Titeln", consent=consent)
        self.refuse_if_damaged("innan den kan byta namn")
        self._save_text(document.with_title(self._text, title))

    # -------------------------------------------------------------- saving

    def open_stage(self, stage_id: str) -> None:
        """Makes a stage the one that is answered: its questions are written with the next answer.

        In a dossier from before all stages were written from the start, they are written at once.
        """
        try:
            document.refuse_if_broken(self._text, self.workspace.battery)
        except Broken as error:
            raise self._named(error) from None
        self._stage_id = stage_id
        if not has_stage(self._text, self.workspace.battery.stage(stage_id)):
            self._save_text(self._with_relevant(self._text, self._answers))

    def save(self, given: Mapping[str, Answer | None]) -> None:
        """Saves several answers at once, None empties one: all of them or, in trouble, none.

        What points at a row that gets another name follows it: `followed` tells.
        """
        refuse_other_handling(self.sheet, given)
        text, before = self._text, self.content
        followed = following(self.sheet, given)
        given = {
            qid: with_kept(question, self._answers.get(qid), answer)
            for qid, answer in {**given, **followed.answers}.items()
            if (question := self.workspace.battery.question(qid))
        }
        merged = {**self._answers, **given}
        after = {qid: answer for qid, answer in merged.items() if answer is not None}
        try:
            traceless = {qid: self._traceless(qid, answer, followed) for qid, answer in given.items()}
            text = document.with_answers(text, self.workspace.battery, given, traceless)
        except Broken as error:
            raise self._named(error) from None
        self._save_text(self._with_relevant(text, after))
        self._spent = with_spent(self._spent, self._answers, after)
        for qid, answer in given.items():
            kept = {row.id for row in rows_in(given_value(answer))}
            self._removed[qid] += [row for row in given_rows(self._answers, qid) if row.id not in kept]
        self._answers = after
        self.followed = followed
        self.written.update(given)
        self.replaced += [sentence for qid in given for sentence in _replaced(before, text, qid)]

    def _traceless(self, qid: str, answer: Answer | None, followed: Following) -> Traceless:
        """What leaves no trace in a group: rows taken back, and names typed a moment ago and corrected."""
        back = [row.id for row in rows_in(given_value(answer)) if row in self._removed[qid]]
        seen = {*self._names_in_file[qid], *followed.counts}
        return Traceless(back, self._names(qid, self._answers) - seen)

    def _names(self, qid: str, answers: Answers) -> set[str]:
        """The names of the rows of a group."""
        question = self.workspace.battery.question(qid)
        return {row_key(question, row) for row in given_rows(answers, qid)} if question else set()

    def _with_relevant(self, text: str, answers: Answers) -> str:
        """The text with the questions that the answers make relevant, and those of the open stage."""
        after = AnswerSheet(self.workspace.battery, answers)
        try:
            text = document.with_new_questions(text, self.sheet, after)
            return document.open_stage(text, after, self._stage_id) if self._stage_id else text
        except Broken as error:
            raise self._named(error) from None

    def _save_text(self, text: str) -> None:
        if text != self._text:
            text = with_first_lines(text, self._text, token_bytes())
        self._pending = text
        if text != self._text:
            self._fingerprint = save(self.path, text, self._fingerprint, self._root)
        self._text = text

    def _named(self, error: Broken) -> Broken:
        way = f"\nLaga den med: {self.mend_command}" if self.content.structural_problems else ""
        return Broken(f"{shown(self.path)}: {error}{way}")

    # ------------------------------------------- when somebody else was here

    def peek(self) -> Answers:
        """The answers in the file as it stands now, not taken over. Raises Broken when it is damaged."""
        content = document.read(read_dossier(self.path).text, self.workspace.battery)
        if content.structural_problems:
            raise Broken(f"{shown(self.path)} är skadad sedan den lästes.")
        return content.answers

    def reread(self) -> Answers:
        """Takes over what the file says now, and gives its answers; saving works again after it."""
        self._load()
        return self._answers

    def difference(self) -> str:
        """What stands in the file now beside what was about to be written, line by line."""
        theirs = nfc(read_dossier(self.path).text).splitlines()
        ours = nfc(self._pending).splitlines()
        lines = difflib.unified_diff(theirs, ours, "filen som den är nu", "med ditt svar", lineterm="", n=1)
        return "\n".join(lines)

    def save_beside(self, qid: str, answer: Answer | None) -> str:
        """Saves the dossier as it was read, with one answer changed, in a file beside; gives its path."""
        text = document.with_answer(self._text, self.workspace.battery, qid, answer)
        return shown(save_beside(self.path, text, self._root))

    # ---------------------------------------------- what the answers come to

    def diagnose(self) -> Diagnosis:
        """What the answers in Analys point at. Raises Broken when the file is damaged."""
        self.refuse_if_damaged("innan den kan ligga till grund för en diagnos")
        return self.case.diagnosis


def _replaced(before: Dossier, text: str, qid: str) -> list[str]:
    """A sentence for what could not be read in an answer, or was said in place of one, and is gone."""
    match before.answers.get(qid):
        case Skipped(said) | Unknown(said) if said and nfc(said) not in nfc(text):
            return [f"{qid}: Svaret ersätter det som stod i dossiern: ”{shortened(said, _MOST_QUOTED)}”"]
    lost = [line for line in before.unread_lines(qid) if nfc(line) not in nfc(text)]
    there = shortened(" ".join(lost), _MOST_QUOTED)
    return [f"{qid}: Svaret ersätter en text i dossiern som inte gick att läsa: ”{there}”"] if lost else []


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """What stands in a JSON object. Raises WrongUse for a key that stands twice: one of the two would go."""
    keys = [key for key, _ in pairs]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise WrongUse(f"”{twice}” står två gånger. Behåll ett av värdena.")
    return dict(pairs)


def _raw(question: Question, value: object) -> object:
    """A value as it is to be accepted: rows and statements that come as text are JSON."""
    if not question.kind.is_composite or not isinstance(value, str):
        return value
    try:
        return json.loads(value, object_pairs_hook=_once_each)
    except (ValueError, RecursionError):
        raise WrongUse(
            f"{question.qid} tar flera värden och skrivs som JSON, i den form som ”utb svar” visar det."
        ) from None
