"""Question batteries: YAML texts -> a Battery, or every error in them at once.

A battery is a contract with dossiers already written, so reading it is strict: first the shape of
each question (here), then what the questions say of each other (`question_faults`).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from utbildningsprocess.battery.condition_faults import NOT_KNOWN, KnownQuestions
from utbildningsprocess.battery.question_faults import StageFile, battery_faults
from utbildningsprocess.battery.shipped import with_ours
from utbildningsprocess.data_files.sentences import Wording
from utbildningsprocess.data_files.strict import DataFile, faultless, unfilled
from utbildningsprocess.model import Battery, GroupField, Kind, Question, Stage
from utbildningsprocess.swedish import did_you_mean, fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from utbildningsprocess.battery.condition_faults import Computed
    from utbildningsprocess.data_files.yaml_text import KeyPath

_KINDS = tuple(map(str, Kind))


def load_battery(
    texts: Mapping[str, str],
    computed: Computed = NOT_KNOWN,
    ours: Battery | None = None,
    causes: Collection[str] = (),
) -> Battery:
    """The battery in the texts, by file name; stages in the order of their numbers.

    `computed` says what computed answers can be, and `causes` what statements may speak for. `ours` is the
    battery we ship, where the texts are an organisation's own: what it has and they lack may be named.
    Raises Broken with every error of every file, a line each: `fil:rad: vad. Menade du …?`
    """
    files = {name: DataFile(name, _WORDING) for name in texts}
    stage_files = tuple(read for name, text in texts.items() if (read := _stage_file(files[name], text)))
    whole = len(stage_files) == len(texts) and all(stage_file.stage_id for stage_file in stage_files)
    by_qid = {
        f"{stage_file.stage_id}.{question_id}": question
        for stage_file in stage_files
        for question_id, question in stage_file.questions
        if question_id
    }
    stage_files = tuple(map(partial(_with_fields_of, by_qid=by_qid), stage_files))
    by_qid |= {question.qid: question for read in stage_files for _, question in read.questions if question}
    asked = frozenset(by_qid)
    for question in ours.questions() if ours else ():
        own = by_qid.get(question.qid, question)
        by_qid[question.qid] = own and with_ours(own, question, asked)
    known = KnownQuestions(by_qid, tuple(read.stage_id for read in stage_files), computed, whole, causes)
    names = {stage.id: stage.title for stage in ours.stages} if ours else {}
    for file, path, sentence in battery_faults(stage_files, known, names):
        file.fault_at(path, sentence)
    stages = [stage_file.stage for stage_file in stage_files if stage_file.stage]
    in_order = sorted(faultless(stages, *files.values()), key=lambda stage: stage.number)
    if ours is None:
        return Battery(tuple(in_order))
    read_as_ours = tuple(
        stage.model_copy(update={"questions": tuple(by_qid[one.qid] for one in stage.questions)})
        for stage in in_order
    )
    return Battery(read_as_ours, named={question.qid: question for question in ours.questions()})


def _stage_file(file: DataFile, text: str) -> StageFile | None:
    """What could be read of a file; None when it is no battery at all."""
    mapping = file.mapping(text, "filen ska ha nycklarna format, steg, nummer, titel och ”fragor”.")
    if mapping is None:
        return None
    file.add_faults(unfilled(mapping))
    header = file.without_format(mapping)
    stage_id = _text_at("steg", header)
    written: tuple[Any, ...] = ()
    if isinstance(header.get("fragor"), tuple):
        written, header["fragor"] = header["fragor"], ()
    questions = tuple(
        (_text_at("id", question), _question(file, ("fragor", place), question, stage_id))
        for place, question in enumerate(written)
    )
    stage = file.validated(Stage, header)
    good = tuple(question for _, question in questions if question)
    whole = stage.model_copy(update={"questions": good}) if stage else None
    return StageFile(file, stage_id, whole, questions)


def _with_fields_of(read: StageFile, by_qid: Mapping[str, Question | None]) -> StageFile:
    """What could be read of a file, its groups with a field for each statement of another question."""
    questions = tuple(
        (own_id, question and _with_statements(question, by_qid)) for own_id, question in read.questions
    )
    good = tuple(question for _, question in questions if question)
    stage = read.stage and read.stage.model_copy(update={"questions": good})
    return read._replace(questions=questions, stage=stage)


def _with_statements(question: Question, by_qid: Mapping[str, Question | None]) -> Question:
    asked = by_qid.get(question.fields_of)
    if asked is None or question.kind is not Kind.GROUP:
        return question
    fields = tuple(
        GroupField(
            id=statement.id,
            text=statement.text.rstrip(" ."),
            tidigare=tuple(text.rstrip(" .") for text in statement.former),
            typ=Kind.CHOICE,
            alternativ=asked.options,
        )
        for statement in asked.statements
    )
    return question.model_copy(update={"fields": (*question.fields, *fields)})


def _question(file: DataFile, path: KeyPath, mapping: Any, stage_id: str) -> Question | None:
    if not isinstance(mapping, dict):
        file.fault_at(path, "en fråga ska ha nycklarna id, typ och text.")
        return None
    if "steg" in mapping:
        file.fault_at((*path, "steg"), "nyckeln ”steg” står överst i filen, inte i frågan. Ta bort raden.")
    return file.validated(Question, _with_kinds(mapping), path, given={"steg": stage_id})


def _text_at(key: str, mapping: Any) -> str:
    """The text at a key; empty when there is none, or no key at all."""
    value = mapping.get(key) if isinstance(mapping, dict) else None
    return value if isinstance(value, str) else ""


def _with_kinds(mapping: Any) -> Any:
    """A question, and its fields, with kinds where a kind is named."""
    if not isinstance(mapping, dict):
        return mapping
    typed = dict(mapping)
    if isinstance(named := mapping.get("typ"), str) and fold(named) in _KINDS:
        typed["typ"] = Kind(fold(named))
    if isinstance(fields := mapping.get("falt"), tuple):
        typed["falt"] = tuple(map(_with_kinds, fields))
    return typed


def _no_kind(named: object) -> str:
    hint = did_you_mean(named, _KINDS) if isinstance(named, str) else ""
    hint = hint or f"Typerna är: {', '.join(_KINDS)}."
    shown = f"”{named}”" if isinstance(named, str) else "det som står här"
    return f"{shown} är ingen typ av fråga. {hint}"


_WORDING = Wording(no_format="nyckeln ”format” saknas. Skriv format: 1 överst.", no_such_word=_no_kind)
