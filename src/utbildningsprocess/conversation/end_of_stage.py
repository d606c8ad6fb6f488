"""The end of a stage: the review, what it came to, and the few findings that matter. Enter goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.addresses import DEVIATIONS
from utbildningsprocess.checks.deviations import NEVER_ACCEPTED, with_deviation
from utbildningsprocess.checks.model import Deviation, Finding
from utbildningsprocess.conversation.face import Ask, Back, Choice
from utbildningsprocess.conversation.recalled import (
    beside_lessons,
    has_lessons,
    pass_over_lessons,
    tell_lessons,
)
from utbildningsprocess.conversation.talk import back_and_forth
from utbildningsprocess.model import Given, Question, Stage
from utbildningsprocess.steps import ANALYSIS
from utbildningsprocess.swedish import clean_line, is_blank, lines_as_one, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utbildningsprocess.conversation.talk import Talk
    from utbildningsprocess.interview import ReviewLine

BEFORE_GOING_ON = "Innan ni går vidare kan det vara värt att titta på det här:"
_HOW_TO_GO_ON = "Öppna frågan, så kommer texten fram att göra klar."
_DONE, _ALL = "klart", "alla"
_SHORT = 60
_MOST_FINDINGS = 3
"""Of the findings that are shown at once, the most important first."""
_WHY_ACCEPT = (
    "Ett avsteg betyder att ni har sett fyndet och väljer att gå vidare ändå. Skälet står kvar i dossiern, "
    "så att den som läser den förstår."
)


def end_stage(talk: Talk) -> str | None:
    """Ends a stage; gives the address of a question to ask again, or None when the person is done."""
    while True:
        try:
            return _review(talk) or _close(talk)
        except Back:
            continue


def choose_question(talk: Talk) -> str | None:
    """Shows every question of a stage and how it stands; gives the address of one to open, or None.

    The map begins at the stage of the current question, and leads to those of the other stages.
    """
    interview = talk.interview
    current = interview.current
    stages = [interview.at]
    while stages:
        stage = stages[-1]
        shown = [Choice[str | Stage](line.qid, _on_map(talk, line)) for line in interview.review(stage)]
        others = (
            [to for to in interview.battery.stages if to.is_step and to != stage] if stage.is_step else []
        )
        ways = [Choice[str | Stage](to, f"Till steget {interview.standing(to)}") for to in others]
        heading = f"Alla frågor i {stage.title}"
        ask = Ask("Vilken fråga vill ni till?", heading=heading, can_go_back=True, is_in_passing=True)
        try:
            chosen = talk.face.ask_choice(ask, [*shown, *ways], current.qid if current else None)
        except Back:
            stages.pop()
            continue
        if isinstance(chosen, str):
            return None if current and chosen == current.qid else chosen
        stages.append(chosen)
    return None


def _review(talk: Talk) -> str | None:
    """Shows every question with its answer; gives the address of one to ask again, or None."""
    options = [Choice(line.qid, _on_map(talk, line)) for line in talk.interview.review()]
    if begun := _begun(talk):
        talk.face.say("\n".join(["\nPåbörjat men inte sparat:", *begun, _HOW_TO_GO_ON]))
    ask = Ask("Så här ser svaren ut. Välj en fråga för att ändra svaret.", heading="Genomgång")
    try:
        chosen = talk.face.ask_choice(ask, [*options, Choice(_DONE, "Klart")], _DONE)
    except Back:
        return None
    return None if chosen == _DONE else chosen


def _on_map(talk: Talk, line: ReviewLine) -> str:
    """A question on the map; of one that is left half-typed what there is so far, after what is saved."""
    if not (text := talk.store.draft_read(line.qid)):
        return _in_short(line)
    begun = shortened(lines_as_one(text), _SHORT)
    if not line.shown:
        return f"{line.text} Påbörjad: {begun}"
    return f"{_in_short(line)} (påbörjad ändring: {begun})"


def _begun(talk: Talk) -> list[str]:
    """The questions that are left half-typed in this conversation, a line for each."""
    qids = dict.fromkeys(place.partition("/")[0] for place in talk.half_typed)
    asked = filter(None, map(talk.interview.battery.question, qids))
    return [f"- {question.text}" for question in asked]


def _in_short(line: ReviewLine) -> str:
    shown = shortened(line.shown, _SHORT)
    more = f" Mer att fylla i: {', '.join(line.lacking)}." if line.lacking else ""
    return f"{line.text} {line.state.capitalize()}{f': {shown}' if shown else ''}{more}"


def _close(talk: Talk) -> str | None:
    """Says what the stage came to; gives a question to ask again. Raises Back, to the review."""
    if summary := talk.commentary.summary(talk.interview.sheet):
        talk.face.say(f"\n{summary}")
    if talk.interview.stage.id == ANALYSIS:
        tell_lessons(talk)
    opened = _act_on_findings(talk)
    pass_over_lessons(talk)
    return opened


def _act_on_findings(talk: Talk) -> str | None:
    """Shows the findings that matter; gives a question to ask again."""
    asked = {question.qid: question for question in talk.interview.battery.questions()}
    most: int | None = _MOST_FINDINGS
    found = talk.commentary.advice(talk.interview.sheet)
    if talk.interview.stage.id == ANALYSIS and has_lessons(talk) and not found:
        _choose(talk, (), asked, 0)
    while found:
        findings = found[:most]
        talk.face.say(f"\n{BEFORE_GOING_ON}")
        for number, finding in enumerate(findings, 1):
            talk.face.say(f"  {number}. {finding.text} ({finding.rule})")
            if finding.opens not in asked:
                talk.face.say(f"     Öppna: {finding.place}.")
        talk.face.say("Det är råd, inte krav. Ni kan gå vidare ändå.")
        match _choose(talk, findings, asked, len(found) - len(findings)):
            case Question(qid=qid):
                return qid
            case Finding() as chosen:
                _accept_finding(talk, chosen)
                found = talk.commentary.advice(talk.interview.sheet)
            case way if way == _ALL:
                most = None
            case _:
                return None
    return None


def _choose(
    talk: Talk, findings: Sequence[Finding], asked: Mapping[str, Question], more: int
) -> Question | Finding | str:
    """The question to answer anew, the finding to accept, or that they are done."""
    qids = dict.fromkeys(finding.opens for finding in findings if finding.opens in asked)
    options: list[Choice[Question | Finding | str]] = [
        Choice(_DONE, "Klart, gå vidare"),
        *(Choice(asked[qid], f"Ändra svaret på ”{asked[qid].text}”") for qid in qids),
        *(
            Choice(finding, f"Skriv ett avsteg från råd {number} ({_name(finding)})")
            for number, finding in enumerate(findings, 1)
            if finding.rule not in NEVER_ACCEPTED
        ),
        *([Choice(_ALL, f"Visa alla råd ({more} till)")] if more else []),
    ]
    ask = Ask("Vad vill ni göra?", help=_WHY_ACCEPT, can_go_back=True, has_lessons=has_lessons(talk))
    return beside_lessons(talk, lambda: talk.face.ask_choice(ask, options, _DONE))


def _name(finding: Finding) -> str:
    """The rule, and the row as people see it: L2. A cause, a phase or a place is a name only in the code."""
    is_seen = finding.row[:1].isupper() and finding.row[-1:].isdigit()
    return f"{finding.rule} {finding.row}" if is_seen else finding.rule


def _accept_finding(talk: Talk, finding: Finding) -> None:
    """Writes a deviation from the finding in the dossier, unless the person goes back."""
    name = _name(finding)
    places = (f"avsteg/{name}", "avsteg/roll")
    asks = (
        Ask(f"Varför väljer ni bort rådet {name}?", help=_WHY_ACCEPT, check=_no_reason, can_go_back=True),
        Ask("Vilken roll godtar avsteget? (Tomt går bra.)", help=_WHY_ACCEPT, can_go_back=True),
    )
    texts = ["", ""]

    def ask_text(number: int) -> None:
        texts[number] = clean_line(talk.ask_text(asks[number], places[number], texts[number]))

    try:
        back_and_forth(0, len(asks), ask_text)
    except Back:
        return
    reason, role = texts
    deviation = Deviation(finding.rule, finding.row, reason, role, talk.interview.today)
    with talk.draft_until_saved(places[0], reason), talk.draft_until_saved(places[1], role):
        talk.put(DEVIATIONS, Given(with_deviation(talk.interview.sheet, deviation)))
    talk.face.say(f"Avsteget från {name} står nu i dossiern, i avsnittet Avsteg.")


def _no_reason(text: str) -> str | None:
    if not is_blank(text):
        return None
    return "Skriv skälet, eller gå tillbaka med Ctrl-B. Utan skäl är det inget avsteg."
