"""What a diagnosis says, sentence by sentence, in the words of `diagnos.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.addresses import ABLE_TODAY, GAP_EVIDENCE, OBSTACLES, ONE_PAGE
from utbildningsprocess.diagnosis.counting import as_strong_as_the_first
from utbildningsprocess.diagnosis.respondents import PARTLY
from utbildningsprocess.model import given_value
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utbildningsprocess.diagnosis.counting import Cause, Diagnosis
    from utbildningsprocess.diagnosis.model import DiagnosisModel, Gate, Remark
    from utbildningsprocess.model import Answers, Battery

_MOST_LIKELY = 2
_ODD_ONES = 2
"""Statements that may be answered otherwise when nearly all are answered alike."""
_MOST_MAIN = 3
_RARE, _COACHING, _INFORMATION = "fardighet_sallan", "handledning", "information"


def names(causes: Iterable[Cause]) -> str:
    """The names of causes inside a sentence, in quotes."""
    return joined(f"”{cause.name}”" for cause in causes)


def quoted_answer(battery: Battery, statement: str, answer: str) -> str:
    """The answer to a statement and the statement, both in quotes: `”Mycket” på ”Tiden är för knapp.”`."""
    return f"{in_quotes(battery, OBSTACLES, answer)} på ”{asked(battery, statement)}”"


def in_quotes(battery: Battery, qid: str, value: str | bool) -> str:  # noqa: FBT001  an answer of yes or no
    """An answer in quotes, as it is read."""
    if isinstance(value, bool):
        return "”Ja”" if value else "”Nej”"
    question = battery.question(qid)
    return f"”{question.label(value) if question else value}”"


def asked(battery: Battery, name: str) -> str:
    """The text of a question, by its address, or of a statement, by its id."""
    question, obstacles = battery.known(name), battery.known(OBSTACLES)
    texts = {statement.id: statement.text for statement in obstacles.statements} if obstacles else {}
    return question.text if question else texts.get(name, name)


def inside(name: str) -> str:
    """A name as it stands inside a sentence."""
    return name[:1].lower() + name[1:]


def strength(cause: Cause) -> str:
    """How strong a cause is, and what that is counted from: `stark (2 Mycket, 1 Delvis)`."""
    counts = ((cause.much, "Mycket"), (cause.partly, "Delvis"))
    counted = ", ".join(f"{number} {label}" for number, label in counts if number)
    return f"{'stark' if cause.is_strong else 'möjlig'} ({counted})"


# ------------------------------------------------------------------ the outcome


def deciding_gate(model: DiagnosisModel, diagnosis: Diagnosis) -> Gate | None:
    """The gate that decided the outcome, if one did."""
    return next((gate for gate in model.gates if gate.id == diagnosis.gate), None)


def outcome_sentences(model: DiagnosisModel, diagnosis: Diagnosis) -> list[str]:
    """What the outcome means; empty without one."""
    if diagnosis.outcome is None:
        return []
    outcome, main = model.outcome(diagnosis.outcome), diagnosis.main
    learns = {model.action(action).is_learning for action in diagnosis.complement}
    coaching, information = (
        main == (_COACHING,) and True not in learns,
        main == (_INFORMATION,) and not learns,
    )
    sentences = (
        (coaching and outcome.text_if_only_coaching) or outcome.text,
        outcome.text_if_complement if False in learns else "",
        outcome.text_if_learning_complements if True in learns else "",
        outcome.text_if_only_information if information else "",
    )
    return [sentence for sentence in sentences if sentence]


def gate_texts(model: DiagnosisModel, diagnosis: Diagnosis) -> list[str]:
    """What the gates say that decided the outcome or added to it."""
    gate = deciding_gate(model, diagnosis)
    deciding = _gate_sentences(model, diagnosis, gate) if gate else []
    added = [gate.text for gate in model.gates if gate.addition and gate.addition in diagnosis.additions]
    return [*deciding, *(added if _says(model, diagnosis, "tillagg") else ())]


def _says(model: DiagnosisModel, diagnosis: Diagnosis, remark: Remark) -> bool:
    """Whether that is said beside the outcome, if there is cause to."""
    return diagnosis.outcome is not None and remark not in model.outcome(diagnosis.outcome).unsaid


def _gate_sentences(model: DiagnosisModel, diagnosis: Diagnosis, gate: Gate) -> list[str]:
    leading = _most_likely(diagnosis)
    lowered = [cause for cause in diagnosis.causes if cause.is_lowered and cause.much]
    causes = diagnosis.strong or leading
    text = gate.text.replace("{orsaker}", names(causes)) if causes else gate.text.partition(" Troligast")[0]
    sentences = (
        text,
        gate.text_if_rare if any(cause.id == _RARE for cause in diagnosis.causes) else "",
        gate.text_if_possible.replace("{orsaker}", names(leading)) if leading else "",
        gate.text_if_lowered.replace("{orsaker}", names(lowered)) if lowered else "",
        gate.text_if_all_alike if _all_partly(model, diagnosis) else "",
    )
    return [sentence for sentence in sentences if sentence]


def _most_likely(diagnosis: Diagnosis) -> Sequence[Cause]:
    """The possible causes with most ”Delvis”; none when they are too many to point any out.

    What people can do already is not likely, however much it hinders.
    """
    likely = [cause for cause in diagnosis.possible if not cause.is_lowered]
    most = max((cause.partly for cause in likely), default=0)
    leading = [cause for cause in likely if cause.partly == most]
    return leading if len(leading) <= _MOST_LIKELY else ()


def _all_partly(model: DiagnosisModel, diagnosis: Diagnosis) -> bool:
    """Whether nearly every statement hinders partly."""
    partly = list(diagnosis.statements.values()).count(PARTLY)
    return bool(partly) and len(model.statements) - partly <= _ODD_ONES


# ------------------------------------------------------------------- beside it


def said_beside(model: DiagnosisModel, diagnosis: Diagnosis, answers: Answers) -> list[str]:
    """What is said beside the outcome: of ties, of many main actions, of a page, and of what is possible."""
    words = model.words
    tied = as_strong_as_the_first(diagnosis.strong)
    knowledge = any(cause.is_strong and model.causes[cause.id].on_one_page for cause in diagnosis.causes)
    able = model.able_today.get(str(given_value(answers.get(ABLE_TODAY))))
    is_new = given_value(answers.get(GAP_EVIDENCE)) == "nytt_arbetssatt"
    sentences: tuple[tuple[Remark | None, str], ...] = (
        ("lika_starka", words.as_strong.replace("{orsaker}", names(tied)) if len(tied) > 1 else ""),
        (None, words.many_main if len(diagnosis.main) > _MOST_MAIN else ""),
        (
            "ryms_pa_en_sida",
            words.fits_one_page if knowledge and given_value(answers.get(ONE_PAGE)) is True else "",
        ),
        ("kan_idag", able.text if able else ""),
        (None, words.demand if diagnosis.additions else ""),
        ("nytt_arbetssatt", words.new_way_of_working if is_new else ""),
    )
    return [
        text for remark, text in sentences if text and (remark is None or _says(model, diagnosis, remark))
    ]


def watched(model: DiagnosisModel, diagnosis: Diagnosis) -> str:
    """The causes that point at nothing to do yet, as a sentence; empty for none."""
    if not diagnosis.watched or not _says(model, diagnosis, "hall_ogonen_pa"):
        return ""
    return model.words.watch.replace("{orsaker}", names(diagnosis.watched))


# ----------------------------------------------------------------- how sure


def support_text(model: DiagnosisModel, diagnosis: Diagnosis) -> str:
    """How well founded it is; empty without a diagnosis."""
    level = next((level for level in model.support.levels if level.id == diagnosis.support), None)
    if level is None:
        return ""
    if not diagnosis.shortcomings:
        return level.text_without or level.text
    advice = level.advice if _says(model, diagnosis, "rad") else ""
    return " ".join(filter(None, (level.text, advice, model.support.surer)))


def support_name(model: DiagnosisModel, diagnosis: Diagnosis) -> str:
    """How well founded it is, as a name; empty without a diagnosis."""
    return next((level.name for level in model.support.levels if level.id == diagnosis.support), "")


def shortcoming_texts(model: DiagnosisModel, diagnosis: Diagnosis) -> list[str]:
    """What makes it less sure, a sentence each."""
    unknown = len([key for key in diagnosis.unknown if key in model.statements])
    return [
        lacking.text.replace("{antal}", str(unknown))
        for lacking in model.support.shortcomings
        if lacking.id in diagnosis.shortcomings
    ]


def contradiction_texts(model: DiagnosisModel, diagnosis: Diagnosis) -> list[str]:
    """The answers that pull apart, a sentence each."""
    return [odd.text for odd in model.contradictions if odd.id in diagnosis.contradictions]


def edge_text(model: DiagnosisModel, battery: Battery, diagnosis: Diagnosis, other: str) -> str:
    """That the outcome rests on one answer, and what it would be otherwise; empty when it does not."""
    if not diagnosis.rests_on or not diagnosis.outcome:
        return ""
    filled = {
        "utfall": inside(model.outcome(diagnosis.outcome).name),
        "annat": inside(model.outcome(other).name),
        "pastaende": asked(battery, diagnosis.rests_on[0]),
    }
    text = model.on_the_edge.text
    for name, word in filled.items():
        text = text.replace(f"{{{name}}}", word)
    return text


def outcome_instead(model: DiagnosisModel, diagnosis: Diagnosis, then: Diagnosis) -> str:
    """The outcome that would be, and its main actions where they are what differs."""
    if not then.outcome:
        return "ingen diagnos förrän påståendena är besvarade"
    outcome = inside(model.outcome(then.outcome).name)
    if then.gate or {*then.main} == {*diagnosis.main}:
        return outcome
    return f"{outcome} ({', '.join(inside(model.action(action).name) for action in then.main)})"
