"""An initiative and a template -> a document: its Markdown, and the page every other format is made from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, assert_never

from utbildningsprocess.addresses import CONTACT, ORGANISATION, PROCESS_LEADER, STATUS
from utbildningsprocess.checks.model import Grade
from utbildningsprocess.diagnosis.counting import strongest
from utbildningsprocess.diagnosis.sentences import (
    gate_texts,
    outcome_sentences,
    quoted_answer,
    shortcoming_texts,
    support_name,
)
from utbildningsprocess.documents.plan import PlanView
from utbildningsprocess.documents.template import page_text
from utbildningsprocess.documents.text import Safe, as_sentence, one_line, paragraphs
from utbildningsprocess.documents.view import AnswersView, AnswerView, answered
from utbildningsprocess.markdown import PICTURE, page_blocks
from utbildningsprocess.model import AnswerSheet, Given, Skipped, Unfit, Unknown
from utbildningsprocess.pages.page import UNREAD, Page
from utbildningsprocess.pictures.lists import as_list
from utbildningsprocess.pictures.mermaid import mermaid
from utbildningsprocess.pictures.subjects import cause_bars, journey, outcome_pairs, thread_matrix
from utbildningsprocess.plan.cost_words import (
    example_hour,
    for_all_in_words,
    hours_in_words,
    new_expense_in_short,
    other_actions_in_words,
    price_in_words,
    shifts_in_words,
    total_in_words,
    unknown_parts,
)
from utbildningsprocess.plan.thread import strands
from utbildningsprocess.plan.thread_words import as_markdown
from utbildningsprocess.swedish import bound, joined

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.checks.model import Deviation, Finding, RuleText
    from utbildningsprocess.diagnosis.counting import Cause
    from utbildningsprocess.documents.kinds import DocumentKind
    from utbildningsprocess.model import Answer
    from utbildningsprocess.pages.figures import Picture
    from utbildningsprocess.settings import Settings

_ROOMS = (4, 3, 2, 1, 0)
"""How much a template may say where words or lines are counted, the most first."""
_MOST_CAUSES = 3
_PAGE_LINES, _LINE_WIDTH = 42, 100
"""What a page holds of running text, in PDF and in Word, as measured on documents that just fill one."""
_SPACE = ((re.compile("#"), 0.3), (re.compile(r"\*\*[^*]*\*\*$"), 0.6), (re.compile(r"- (?!\[ \])"), 0.15))
"""What headings, headwords and bullets take besides their lines, in lines."""
_FIGURE = re.compile(rf"^```{PICTURE}\n(.+)\n```$", re.MULTILINE)
_MADE = "Gjord"
_HEADING = re.compile(r"\A\s*(# [^\n]*\n)")


@dataclass(frozen=True)
class Source:
    """What documents are made of: an initiative's title and answers, what they come to, and the settings."""

    title: str
    case: Case
    findings: tuple[Finding, ...]
    deviations: tuple[Deviation, ...]
    rules: Mapping[str, RuleText]
    settings: Settings
    damage: tuple[int, ...] = ()
    """The lines where the dossier is damaged."""
    unasked: Mapping[str, str] = field(default_factory=dict)
    """What stands as answers to questions that are no more, by address."""


@dataclass(frozen=True)
class Document:
    """One document about one initiative."""

    kind: DocumentKind
    text: str
    """Its Markdown as the template gives it; a picture is a fence with the picture's name."""
    page: Page

    @property
    def words(self) -> int:
        """How many words it has, pictures, head and foot left out."""
        return _words(self.text)


def compose(kind: DocumentKind, template: str, name: str, source: Source) -> Document:
    """The document of a kind. Raises Broken when its template, called `name`, cannot be used."""
    pictures = _pictures(source)
    text = _fitting(kind, template, name, _values(kind, source, pictures))
    shown = Page(
        kind=kind.title,
        title=source.title,
        head=_head(source),
        body=page_blocks(text),
        pictures=pictures,
        organisation=answered(source.case.sheet, ORGANISATION, source.settings.organisation),
    )
    return Document(kind, text, shown)


def _fitting(kind: DocumentKind, template: str, name: str, values: Mapping[str, Any]) -> str:
    """The document's text, with the most room at which it keeps to what its kind promises."""
    text = ""
    for room in _ROOMS:
        text = page_text(template, name, {**values, "rum": room})
        text = bound(re.sub(r"\n{3,}", "\n\n", text)).strip() + "\n"
        if _keeps(kind, text):
            break
    return text


def _keeps(kind: DocumentKind, text: str) -> bool:
    """Whether the text has no more words, and about no more lines, than its kind may have."""
    few = kind.most_words is None or _words(text) <= kind.most_words
    return few and (not kind.one_page or sum(map(_lines, text.splitlines())) <= _PAGE_LINES)


def _lines(line: str) -> float:
    """About how many lines on paper a line of Markdown takes."""
    space = sum(extra for pattern, extra in _SPACE if pattern.match(line))
    return -(-len(line.replace("*", "")) // _LINE_WIDTH) + space


def _words(text: str) -> int:
    return len(re.findall(r"\w[\w’'-]*", _FIGURE.sub("", text)))


def _pictures(source: Source) -> dict[str, Picture]:
    answers, diagnosis = source.case.sheet.answers, source.case.diagnosis
    drawn = (journey(answers), thread_matrix(answers), cause_bars(diagnosis), outcome_pairs(answers))
    return {picture.name: picture for picture in drawn if picture}


def _head(source: Source) -> tuple[tuple[str, str], ...]:
    outside = _outside(source)
    facts = (
        ("Skadad fil", _damage(source)),
        ("Status", _answer_text(outside, STATUS)),
        ("Processledare", _answer_text(outside, PROCESS_LEADER)),
        (_MADE, source.case.today.isoformat()),
        ("Kontakt", answered(outside, CONTACT, source.settings.contact)),
    )
    return tuple((name, value) for name, value in facts if value)


def _damage(source: Source) -> str:
    """That the dossier is damaged and where; empty when it is whole."""
    lines = joined(map(str, dict.fromkeys(source.damage)))
    return (
        f"Dossiern behöver lagas på rad {lines}. Svar kan saknas här, eller höra till en annan fråga."
        if lines
        else ""
    )


def _answer_text(sheet: AnswerSheet, address: str) -> str:
    """The answer to a question in words; empty when the battery has no such question."""
    question = sheet.battery.question(address)
    return AnswerView(question, sheet).text if question else ""


def _outside(source: Source) -> AnswerSheet:
    """The answers as they may leave the house: reasons to pass over, and unread text, stay inside."""
    given: dict[str, Answer] = {}
    for qid, answer in source.case.sheet.answers.items():
        match answer:
            case Given():
                given[qid] = answer
            case Unfit():
                given[qid] = Unfit(UNREAD, UNREAD)
            case Skipped() | Unknown():
                pass
            case _:
                assert_never(answer)
    return AnswerSheet(source.case.sheet.battery, given)


def dated(document: Document, made: date) -> Document:
    """The document as if it was made another day; nothing else in it changes."""
    head = tuple((name, made.isoformat() if name == _MADE else value) for name, value in document.page.head)
    return replace(document, page=replace(document.page, head=head))


# ------------------------------------------------------- what templates may ask


def _values(kind: DocumentKind, source: Source, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    case, settings = source.case, source.settings
    threads = strands(case.sheet)
    open_findings = [
        finding for finding in source.findings if not finding.deviation and finding.grade is not Grade.TIP
    ]
    return {
        "titel": source.title,
        "dokument": kind.title,
        "organisation": answered(case.sheet, ORGANISATION, settings.organisation),
        "kontakt": answered(case.sheet, CONTACT, settings.contact),
        "resursbibliotek": settings.library,
        "esther": settings.esther,
        "svar": AnswersView(case.sheet),
        "utat": AnswersView(_outside(source)),
        "mening": as_sentence,
        "plan": PlanView(case.sheet),
        "diagnos": _diagnosis(source),
        "pris": _price(source),
        "trad": {"finns": bool(threads), "tabell": Safe(as_markdown(threads)), "mal": threads},
        "fynd": [finding.text for finding in open_findings],
        "risker": _risks(source, open_findings),
        "avsteg": [_deviation(source, deviation) for deviation in source.deviations],
        "utan_fraga": [(qid, paragraphs(text)) for qid, text in source.unasked.items()],
        "bild": {
            name: Safe(f"```{PICTURE}\n{name}\n```" if name in pictures else "")
            for name in ("larresa", "trad", "orsaker", "utfall")
        },
    }


def _risks(source: Source, findings: Sequence[Finding]) -> list[str]:
    """The risks, a sentence each: one for all rows of which the same is said."""
    rows: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        has_id = finding.row[:1].isalpha()  # else it is a place, and any number in the text may look like it
        before, row, after = _risk(source, finding).partition(finding.row if has_id else "\n")
        rows.setdefault((before, after), []).append(row)
    return [f"{before}{joined(ids)}{after}" for (before, after), ids in rows.items()]


def _risk(source: Source, finding: Finding) -> str:
    """What is the matter, for those who do not use the program: the sentence without the advice after it."""
    rule = source.rules.get(finding.rule)
    _, _, advice = (rule.text if rule else "").partition(". ")
    return finding.text.removesuffix(advice).rstrip() or finding.text


def _diagnosis(source: Source) -> dict[str, Any]:
    diagnosis, model = source.case.diagnosis, source.case.diagnosis_model
    outcome = model.outcome(diagnosis.outcome) if diagnosis.outcome else None
    pointing = [cause for cause in diagnosis.causes if cause.is_strong or cause.points_at_a_complement]
    return {
        "finns": outcome is not None,
        "utfall": outcome.name if outcome else "",
        "text": " ".join([] if diagnosis.gate else outcome_sentences(model, diagnosis)),
        "underlag": support_name(model, diagnosis),
        "brister": shortcoming_texts(model, diagnosis),
        "orsaker": [_cause(source, cause) for cause in pointing],
        "starkaste": [_cause(source, cause) for cause in strongest(pointing, _MOST_CAUSES)],
        "huvud": [model.action(action).name for action in diagnosis.main],
        "komplettera": [model.action(action).name for action in diagnosis.complement],
        "grindar": gate_texts(model, diagnosis),
        "osakert": len(diagnosis.unknown),
    }


def _cause(source: Source, cause: Cause) -> dict[str, Any]:
    return {
        "namn": cause.name,
        "styrka": "stark" if cause.is_strong else "möjlig",
        "svar": [quoted_answer(source.case.sheet.battery, *answered) for answered in cause.answers.items()],
    }


def _price(source: Source) -> dict[str, Any]:
    price, settings = source.case.price, source.settings
    if price is None:
        return {"finns": False}
    in_words = partial(price_in_words, price, source.case.balance, settings.cost, esther=settings.esther)
    return {
        "finns": True,
        "timmar": round(price.hours),
        "arbetspass": round(price.shifts),
        "arbetspass_text": shifts_in_words(price),
        "deltagare": round(price.participants),
        "kronor": round(price.total),
        "kostnad": total_in_words(price),
        "exempelvarde": example_hour(settings.cost),
        "tid": hours_in_words(price),
        "ny_utgift": round(price.new_expense) if price.new_expense or not price.has_least_expense else None,
        "ny_utgift_text": new_expense_in_short(price),
        "per_deltagare": round(price.per_participant),
        "for_alla": for_all_in_words(price),
        "okant": unknown_parts(price),
        "inte_medraknat": [*price.uncounted, *filter(None, [other_actions_in_words(price)])],
        "stycken": paragraphs(in_words()),
        "underlag": paragraphs(in_words(advice=False)),
    }


def _deviation(source: Source, deviation: Deviation) -> dict[str, Any]:
    rule = source.rules.get(deviation.rule)
    return {
        "regel": f"{deviation.rule} {deviation.row}".strip(),
        "titel": rule.title if rule else "",
        "skal": deviation.reason,
        "roll": deviation.role,
        "datum": str(deviation.on or ""),
    }


# ------------------------------------------------------------------- Markdown


def to_markdown(document: Document, *, drawn: bool = True) -> str:
    """The document as one Markdown file: head, pictures as lists and, if `drawn`, as Mermaid too, foot."""
    shown = document.page
    text = _FIGURE.sub(lambda fence: _in_markdown(shown.pictures[fence[1]], drawn=drawn), document.text)
    head = " · ".join(f"{name}: {one_line(value)}" for name, value in shown.head)
    text = _HEADING.sub(lambda heading: f"{heading[1]}\n*{head}*\n", text, count=1) if head else text
    return f"{text.rstrip()}\n\n---\n\n*{shown.foot}*\n"


def _in_markdown(picture: Picture, *, drawn: bool) -> str:
    code = mermaid(picture) if drawn else ""
    return as_list(picture).rstrip() + (f"\n\n```mermaid\n{code}\n```" if code else "")
