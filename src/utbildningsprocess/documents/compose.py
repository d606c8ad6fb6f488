"""An initiative and a template -> a document: its Markdown, and the page every other format is made from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from utbildningsprocess.checks import Grade
from utbildningsprocess.diagnosis.words import said
from utbildningsprocess.documents.plan import PlanView
from utbildningsprocess.documents.template import page_text
from utbildningsprocess.documents.text import Safe, as_sentence, one_line, paragraphs
from utbildningsprocess.documents.view import AnswersView
from utbildningsprocess.markdown import PICTURE, page
from utbildningsprocess.model import AnswerSheet, Given
from utbildningsprocess.pages.page import Page
from utbildningsprocess.pictures.lists import as_list
from utbildningsprocess.pictures.mermaid import mermaid
from utbildningsprocess.pictures.subjects import causes, journey, outcome_pairs, thread_matrix
from utbildningsprocess.plan.cost import balance
from utbildningsprocess.plan.cost_words import explained
from utbildningsprocess.plan.thread import as_markdown, strands
from utbildningsprocess.swedish import bound, joined

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utbildningsprocess.checks import Case, Deviation, Finding, RuleText
    from utbildningsprocess.documents.kinds import DocumentKind
    from utbildningsprocess.pages.figures import Picture
    from utbildningsprocess.settings import Settings

FOOT = "Skriv roller i stället för namn, och inga uppgifter om patienter eller brukare."
ROOMS = (4, 3, 2, 1, 0)
"""How much a template may say where words or lines are counted, the most first."""
PAGE_LINES, LINE_WIDTH = 42, 100
"""What a page holds of running text, in PDF and in Word, as measured on documents that just fill one."""
_SPACE = ((re.compile("#"), 0.3), (re.compile(r"\*\*[^*]*\*\*$"), 0.6), (re.compile(r"- (?!\[ \])"), 0.15))
"""What headings, headwords and bullets take besides their lines, in lines."""
_FIGURE = re.compile(rf"^```{PICTURE}\n(.+)\n```$", re.MULTILINE)
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
        body=page(text),
        foot=FOOT,
        pictures=pictures,
        organisation=source.settings.organisation,
    )
    return Document(kind, text, shown)


def _fitting(kind: DocumentKind, template: str, name: str, values: Mapping[str, Any]) -> str:
    """The document's text, with the most room at which it keeps to what its kind promises."""
    text = ""
    for room in ROOMS:
        text = page_text(template, name, {**values, "rum": room})
        text = bound(re.sub(r"\n{3,}", "\n\n", text)).strip() + "\n"
        if _keeps(kind, text):
            break
    return text


def _keeps(kind: DocumentKind, text: str) -> bool:
    """Whether the text has no more words, and about no more lines, than its kind may have."""
    few = kind.most_words is None or _words(text) <= kind.most_words
    return few and (not kind.one_page or sum(map(_lines, text.splitlines())) <= PAGE_LINES)


def _lines(line: str) -> float:
    """About how many lines on paper a line of Markdown takes."""
    space = sum(lines for pattern, lines in _SPACE if pattern.match(line))
    return -(-len(line.replace("*", "")) // LINE_WIDTH) + space


def _words(text: str) -> int:
    return len(re.findall(r"\w[\w’'-]*", _FIGURE.sub("", text)))


def _pictures(source: Source) -> dict[str, Picture]:
    case = source.case
    found = (
        journey(case.answers),
        thread_matrix(case.answers),
        causes(case.diagnosis),
        outcome_pairs(case.answers),
    )
    return {picture.name: picture for picture in found if picture}


def _head(source: Source) -> tuple[tuple[str, str], ...]:
    about = _outside(source).om
    facts = (
        ("Status", about.status.text),
        ("Processledare", about.processledare_roll.text),
        ("Gjord", source.case.today.isoformat()),
        ("Kontakt", source.settings.contact),
    )
    return tuple((name, value) for name, value in facts if value)


def _outside(source: Source) -> AnswersView:
    """The answers as they may leave the house: why a question was passed over stays inside."""
    given = {qid: answer for qid, answer in source.case.answers.items() if isinstance(answer, Given)}
    return AnswersView(AnswerSheet(source.case.battery, given))


# ------------------------------------------------------- what templates may ask


def _values(kind: DocumentKind, source: Source, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    case, settings = source.case, source.settings
    threads = strands(case.sheet)
    open_findings = [one for one in source.findings if one.deviation is None and one.grade is not Grade.TIP]
    return {
        "titel": source.title,
        "dokument": kind.title,
        "organisation": settings.organisation,
        "kontakt": settings.contact,
        "resursbibliotek": settings.library,
        "esther": settings.esther,
        "svar": AnswersView(case.sheet),
        "utat": _outside(source),
        "mening": as_sentence,
        "plan": PlanView(case.sheet),
        "diagnos": _diagnosis(source),
        "pris": _price(source),
        "trad": {"finns": bool(threads), "tabell": Safe(as_markdown(threads)), "mal": threads},
        "fynd": [one.text for one in open_findings],
        "risker": _risks(source, open_findings),
        "avsteg": [_deviation(source, one) for one in source.deviations],
        "bild": {name: _figure(pictures, name) for name in ("larresa", "trad", "orsaker", "utfall")},
    }


def _risks(source: Source, findings: Sequence[Finding]) -> list[str]:
    """The risks, a sentence each: one for all rows of which the same is said."""
    rows: dict[tuple[str, str], list[str]] = {}
    for one in findings:
        has_id = one.row[:1].isalpha()  # else it is a place, and any number in the text may look like it
        before, row, after = _risk(source, one).partition(one.row if has_id else "\n")
        rows.setdefault((before, after), []).append(row)
    return [f"{before}{joined(ids)}{after}" for (before, after), ids in rows.items()]


def _risk(source: Source, found: Finding) -> str:
    """What is the matter, for those who do not use the program: the sentence without the advice after it."""
    rule = source.rules.get(found.rule)
    _, _, advice = (rule.text if rule else "").partition(". ")
    return found.text.removesuffix(advice).rstrip() or found.text


def _figure(pictures: Mapping[str, Picture], name: str) -> Safe:
    return Safe(f"```{PICTURE}\n{name}\n```" if name in pictures else "")


def _diagnosis(source: Source) -> dict[str, Any]:
    case = source.case
    found, rules = case.diagnosis, case.rules
    gates = [one for one in rules.gates if one.id == found.gate or one.addition in found.additions]
    return {
        "finns": found.outcome is not None,
        "utfall": rules.outcome_name(found.outcome) if found.outcome else "",
        "text": rules.outcome(found.outcome).text if found.outcome else "",
        "orsaker": [
            {
                "namn": one.name,
                "styrka": "stark" if one.is_strong else "möjlig",
                "svar": [said(case.battery, statement, answer) for statement, answer in one.answers.items()],
            }
            for one in found.causes
            if one.is_possible
        ],
        "huvud": [rules.action_name(one) for one in found.main],
        "komplettera": [rules.action_name(one) for one in found.complement],
        "grindar": [gate.text for gate in gates],
        "osakert": len(found.unknown),
    }


def _price(source: Source) -> dict[str, Any]:
    case, cost = source.case, source.settings.cost
    price = case.price
    if price is None:
        return {"finns": False}
    weighed, esther = balance(case.answers, case.rules.everyday_forms()), source.settings.esther
    return {
        "finns": True,
        "timmar": round(price.hours),
        "arbetspass": round(price.shifts),
        "deltagare": round(price.participants),
        "kronor": round(price.total),
        "ny_utgift": round(price.new_expense),
        "per_deltagare": round(price.per_participant),
        "inte_medraknat": list(price.uncounted),
        "stycken": paragraphs(explained(price, weighed, cost, esther=esther)),
        "underlag": paragraphs(explained(price, weighed, cost, esther=esther, advice=False)),
    }


def _deviation(source: Source, one: Deviation) -> dict[str, Any]:
    rule = source.rules.get(one.rule)
    return {
        "regel": f"{one.rule} {one.row}".strip(),
        "titel": rule.title if rule else "",
        "skal": one.reason,
        "roll": one.role,
        "datum": one.on.isoformat() if one.on else "",
    }


# ------------------------------------------------------------------- Markdown


def to_markdown(document: Document, *, drawn: bool = True) -> str:
    """The document as one Markdown file: head, pictures as lists and, if `drawn`, as Mermaid too, foot."""
    shown = document.page
    text = _FIGURE.sub(lambda found: _in_markdown(shown.pictures[found[1]], drawn=drawn), document.text)
    head = " · ".join(f"{name}: {one_line(value)}" for name, value in shown.head)
    text = _HEADING.sub(lambda found: f"{found[1]}\n*{head}*\n", text, count=1) if head else text
    return f"{text.rstrip()}\n\n---\n\n*{shown.foot}*\n"


def _in_markdown(picture: Picture, *, drawn: bool) -> str:
    code = mermaid(picture) if drawn else ""
    return as_list(picture).rstrip() + (f"\n\n```mermaid\n{code}\n```" if code else "")
