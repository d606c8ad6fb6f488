"""An initiative and a template -> a document: its Markdown, and the page every other format is made from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, assert_never

from utbildningsprocess.addresses import (
    ACTIVITIES,
    CONTACT,
    EFFECT_MEASURES,
    GOALS,
    MEASURES,
    OBSTACLES,
    ORGANISATION,
    PROCESS_LEADER,
    RESULTS,
)
from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.checks.model import Grade
from utbildningsprocess.documents.conclusions import (
    deviation_values,
    diagnosis_values,
    finding_text,
    risk_texts,
    that_does_not_hold,
    too_few_places,
)
from utbildningsprocess.documents.decision import DecisionView
from utbildningsprocess.documents.fitting import FIGURE, document_text, fitted, longest_count
from utbildningsprocess.documents.goals import goal_values
from utbildningsprocess.documents.head import number_and_status
from utbildningsprocess.documents.invitations import InvitationView
from utbildningsprocess.documents.measuring import MeasuringView, unsure_measurements
from utbildningsprocess.documents.plan import PlanView
from utbildningsprocess.documents.price import price_values
from utbildningsprocess.documents.rounds import RoundsView
from utbildningsprocess.documents.sources import (
    IN_SETTINGS,
    counted_in_answers,
    in_order,
    kept,
    kept_outside,
    left_over,
    source_at,
    traced,
    traced_blocks,
    tracing,
)
from utbildningsprocess.documents.stage_views import AnswersView
from utbildningsprocess.documents.survey import SurveyView
from utbildningsprocess.documents.text import Safe, as_read, as_sentence, one_line, paragraphs
from utbildningsprocess.documents.view import answered
from utbildningsprocess.errors import Broken
from utbildningsprocess.markdown import PICTURE, page_blocks
from utbildningsprocess.model import AnswerSheet, Given, Skipped, Unfit, Unknown
from utbildningsprocess.pages.marks import is_marked, shown_after, unmarked
from utbildningsprocess.pages.page import LEADER_FACT, REMINDER, SOURCES, UNREAD, Page
from utbildningsprocess.pictures.journey import journey, unannounced
from utbildningsprocess.pictures.lists import as_list
from utbildningsprocess.pictures.mermaid import mermaid
from utbildningsprocess.pictures.subjects import cause_bars, outcome_pairs, thread_matrix
from utbildningsprocess.plan.thread import strands
from utbildningsprocess.plan.thread_words import as_markdown
from utbildningsprocess.swedish import joined, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from utbildningsprocess.documents.basis import Source
    from utbildningsprocess.documents.kinds import DocumentKind
    from utbildningsprocess.model import Answer
    from utbildningsprocess.pages.figures import Picture

_NOTHING_TO_FIND_OUT = ("R24", "R33")
"""The rules on how much time is planned, which stands at the cost, and on what the house alone can mend."""
_LONGEST_FACT = 80
"""How long a fact above a page may be where the page is promised to be one."""
_MADE, _DAMAGED = "Gjord", "Skadad fil"
_DRAWN_FROM = {
    "larresa": (ACTIVITIES,),
    "trad": (GOALS, ACTIVITIES, MEASURES),
    "orsaker": (OBSTACLES,),
    "utfall": (EFFECT_MEASURES, RESULTS),
}
"""The pictures, and the questions whose answers each draws."""
_DRAWN = "Bilden är ritad av svaren."
_UNTRACEABLE = (
    "källorna går inte att följa, för mallen gör om svaren eller så står det tecken i dem som källorna också "
    "märks med. Gör dokumentet utan --kallor."
)
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HEADING = re.compile(r"\A\s*(# [^\n]*\n)")


@dataclass(frozen=True)
class Document:
    """One document about one initiative."""

    kind: DocumentKind
    text: str
    """Its Markdown as the template gives it; a picture is a fence with the picture's name."""
    page: Page

    unsaid: tuple[str, ...] = ()
    """What its reader would look for and nobody has answered, where it is left out and not said."""
    to_know: str = ""
    """What else whoever makes it must know, in a sentence: that what it is about is over, for one."""
    room: int = 0
    """How much its template was given to say, where words or lines are counted."""

    @property
    def words(self) -> int:
        """How many words the longest of its parts has, pictures, head and foot left out."""
        return longest_count(self.text)


def compose(
    kind: DocumentKind, template: str, name: str, source: Source, *, sourced: bool = False
) -> Document:
    """The document of a kind; one that is `sourced` also says where each value comes from.

    Raises Broken when its template, called `name`, cannot be used.
    """
    source = replace(source, case=replace(source.case, sheet=as_read(source.case.sheet)))
    pictures = _pictures(source)
    values = _values(kind, source, pictures)
    head = _facts_above(kind, source)
    text, room = fitted(kind, template, name, values, head)
    shown = Page(
        kind=kind.title,
        title=source.title,
        head=head,
        body=page_blocks(text),
        foot=REMINDER if kind.id == "dossier" else "",
        made=source.case.today,
        pictures=pictures,
        organisation=source.organisation,
        is_one=kind.one_page,
        in_parts=kind.is_bare,
    )
    document = Document(kind, text, shown, *_to_the_maker(kind, values, source.case.sheet), room)
    if not sourced:
        return document
    return _sourced(document, name, source, lambda: _again(kind, template, name, replace(source, room=room)))


def _to_the_maker(
    kind: DocumentKind, values: Mapping[str, Any], sheet: AnswerSheet
) -> tuple[tuple[str, ...], str]:
    """What the document leaves out since nobody has said it, and what else whoever makes it must know."""
    invited: InvitationView = values["inbjudan"]
    asked: SurveyView = values["enkat"]
    match kind.id:
        case "inbjudan":
            return tuple(invited.saknas), invited.att_veta
        case "enkat":
            return tuple(asked.saknas), asked.att_skriva
        case "larresa" if hidden := unannounced(sheet):
            return (), f"Det här kommer oanmält och står inte på bladet: {joined(hidden)}."
        case _:
            return (), ""


def _again(kind: DocumentKind, template: str, name: str, source: Source) -> str:
    return document_text(kind, template, name, _values(kind, source, _pictures(source)))


def _sourced(document: Document, name: str, source: Source, again: Callable[[], str]) -> Document:
    """The document with marks in its text, which is made again. Raises Broken when it becomes another."""
    page = document.page
    with tracing() as listed:
        head, text = _facts_above(document.kind, source), again()
    unseen = (page.title, page.organisation, *dict(page.head).values(), *map(as_list, page.pictures.values()))
    if is_marked("".join((document.text, *unseen))) or unmarked(text) != document.text:
        raise Broken(f"{name}: {_UNTRACEABLE}")
    title, _, below = FIGURE.sub(_sourced_picture, text).partition("\n")
    (title, *facts, below), sources = in_order(listed, (title, *(value for _, value in head), below))
    named = tuple(zip((fact for fact, _ in head), facts, strict=True))
    text = f"{title}\n{below}"
    return replace(
        document, text=text, page=replace(page, head=named, body=page_blocks(text), sources=sources)
    )


def _sourced_picture(fence: re.Match[str]) -> str:
    """The place of a picture, and below it that it is drawn from answers, with their mark."""
    name = unmarked(fence[1])
    return f"```{PICTURE}\n{name}\n```\n\n{fence[1].replace(name, _DRAWN)}"


def _pictures(source: Source) -> dict[str, Picture]:
    answers, diagnosis = source.case.sheet.answers, source.case.diagnosis
    travelled = journey(source.case.sheet, source.title, source.settings)
    drawn = (travelled, thread_matrix(answers), cause_bars(diagnosis), outcome_pairs(answers))
    return {picture.name: picture for picture in drawn if picture}


def _facts_above(kind: DocumentKind, source: Source) -> tuple[tuple[str, str], ...]:
    if kind.is_bare:
        return _facts((_DAMAGED, _damage(source)))
    head = _head(source)
    if not kind.one_page:
        return head
    return tuple(
        (name, text if name == _DAMAGED else kept(shortened, text, _LONGEST_FACT)) for name, text in head
    )


def _head(source: Source) -> tuple[tuple[str, str], ...]:
    outside = _outside(source)
    return _facts(
        (_DAMAGED, _damage(source)),
        *number_and_status(outside),
        (LEADER_FACT, answered(outside, PROCESS_LEADER, "")),
        (_MADE, date_in_short(source.case.today)),
        ("Kontakt", answered(outside, CONTACT, source.settings.contact)),
    )


def _facts(*facts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in facts if value)


def _damage(source: Source) -> str:
    """That the dossier is damaged and where; empty when it is whole."""
    lines = joined(map(str, dict.fromkeys(source.damage)))
    told = f"Dossiern behöver lagas på rad {lines}. Svar kan saknas här, eller höra till en annan fråga."
    return traced(told, lambda: "Dossierns fil: raderna med markeringar som är skadade") if lines else ""


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
    head = tuple(
        (name, date_in_short(made) if name == _MADE else value) for name, value in document.page.head
    )
    return replace(document, page=replace(document.page, head=head, made=made))


# ------------------------------------------------------- what templates may ask


def _values(kind: DocumentKind, source: Source, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    case, settings = source.case, source.settings
    threads, contact = strands(case.sheet), answered(case.sheet, CONTACT, settings.contact)
    title = traced(source.title, lambda: "Initiativets titel: dossierns rubrik")
    invited = InvitationView(case, title, contact)
    return {
        "rum": source.room,
        "titel": title,
        "dokument": kind.title,
        "organisation": answered(case.sheet, ORGANISATION, settings.organisation),
        "kontakt": contact,
        "resursbibliotek": traced(settings.library, lambda: IN_SETTINGS),
        "esther": settings.esther,
        "vem_esther": settings.who_esther_is,
        "svar": AnswersView(case.sheet),
        "utat": AnswersView(_outside(source)),
        "mening": partial(kept, as_sentence),
        "raknat": counted_in_answers,
        "till": left_over,
        "plan": PlanView(case.sheet, case.today),
        "beslut": DecisionView(case),
        "inbjudan": invited,
        "enkat": SurveyView(case.sheet, contact),
        "omgangar": RoundsView(case.sheet, case.today),
        "diagnos": diagnosis_values(source),
        **goal_values(case.sheet, case.today),
        "matningar": MeasuringView(case.sheet, case.today),
        "matningar_oklara": unsure_measurements(case.sheet, case.today),
        "pris": price_values(case, settings),
        "trad": {"finns": bool(threads), "tabell": Safe(as_markdown(threads)), "mal": threads},
        **_concluded(source),
        "utan_fraga": [
            (qid, Safe(traced_blocks(paragraphs(text), partial(_no_longer_asked, qid))))
            for qid, text in source.unasked.items()
        ],
        "bild": {
            name: Safe(f"```{PICTURE}\n{_drawn(source, name)}\n```" if name in pictures else "")
            for name in _DRAWN_FROM
        },
    }


def _concluded(source: Source) -> dict[str, Any]:
    """What does not hold together, and what of that is accepted."""
    open_findings = [hit for hit in source.findings if not (hit.deviation or hit.grade is Grade.TIP)]
    return {
        "fynd": [finding_text(source, finding) for finding in open_findings],
        "risker": risk_texts(source, [hit for hit in open_findings if hit.rule not in _NOTHING_TO_FIND_OUT]),
        "for_fa_platser": too_few_places(source),
        "haller_inte_ihop": that_does_not_hold(source),
        "avsteg": [deviation_values(source, deviation) for deviation in source.deviations],
    }


def _no_longer_asked(qid: str) -> str:
    return f"Dossiern, svaret på en fråga som inte finns längre ({qid})"


def _drawn(source: Source, name: str) -> str:
    """The name of a picture, with the questions whose answers it draws."""
    addresses = _DRAWN_FROM[name]
    return traced(name, lambda: "; ".join(source_at(source.case.sheet, address) for address in addresses))


# ------------------------------------------------------------------- Markdown


def to_markdown(document: Document, *, drawn: bool = True) -> str:
    """The document as one Markdown file: head, pictures as lists and, if `drawn`, as Mermaid too, foot."""
    shown = document.page
    text = FIGURE.sub(lambda fence: _in_markdown(shown.pictures[fence[1]], drawn=drawn), document.text)
    is_told = shown.organisation and not document.kind.is_bare
    whose = (("Organisation", shown.organisation),) if is_told else ()
    head = " · ".join(f"{name}: {kept_outside(one_line, value)}" for name, value in (*shown.head, *whose))
    text = _HEADING.sub(lambda heading: f"{heading[1]}\n*{head}*\n", text, count=1) if head else text
    if shown.sources:
        listed = (f"{number}. {one_line(words)}" for number, words in enumerate(shown.sources, 1))
        text = "\n".join([shown_after(text, _raised).rstrip(), "", f"## {SOURCES}", "", *listed])
    return f"{text.rstrip()}\n\n---\n\n*{shown.foot}*\n" if shown.foot else text


def _raised(before: str, numbers: list[int]) -> str:
    """The numbers of sources above the line, apart from each other and from a figure before them."""
    apart = "\u202f" if before.isdigit() else ""
    return apart + "\u202f".join(str(number).translate(_SUPERSCRIPT) for number in numbers)


def _in_markdown(picture: Picture, *, drawn: bool) -> str:
    code = mermaid(picture) if drawn else ""
    return as_list(picture).rstrip() + (f"\n\n```mermaid\n{code}\n```" if code else "")
