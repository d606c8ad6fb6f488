"""The end of a stage: what it came to, and the few findings that matter most. Advice, so Enter goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.addresses import DEVIATIONS
from utbildningsprocess.checks import NEVER_ACCEPTED, Deviation, with_deviation
from utbildningsprocess.conversation.face import Ask, Back, Choice
from utbildningsprocess.conversation.personal_numbers import typed
from utbildningsprocess.conversation.talk import back_and_forth
from utbildningsprocess.model import Given
from utbildningsprocess.swedish import clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.checks import Finding
    from utbildningsprocess.conversation.talk import Talk

DONE, CHANGE, ACCEPT = "klart", "andra", "avsteg"
WHAT_NOW = "Vad vill ni göra?"
BEFORE_GOING_ON = "Innan ni går vidare kan det vara värt att titta på det här:"
ONLY_ADVICE = "Det är råd, inte krav. Ni kan gå vidare ändå."
WHY_ACCEPT = (
    "Ett avsteg betyder att ni har sett fyndet och väljer att gå vidare ändå. Skälet står kvar i dossiern, "
    "så att den som läser den förstår."
)
NO_REASON = "Skriv skälet, eller gå tillbaka med Ctrl-B. Utan skäl är det inget avsteg."


def close_stage(talk: Talk) -> str | None:
    """Says what the stage came to; gives the address of a question to change, or None when they are done.

    Raises Back when the person wants to see the review again.
    """
    if summary := talk.commentary.summary(talk.interview.sheet):
        talk.face.say(f"\n{summary}")
    while findings := talk.commentary.advice(talk.interview.sheet):
        _show(talk, findings)
        chosen = _choose(talk, findings)
        if chosen == DONE:
            return None
        verb, _, which = chosen.partition(":")
        if verb == CHANGE:
            return which
        _accept(talk, findings[int(which)])
    return None


def _show(talk: Talk, findings: Sequence[Finding]) -> None:
    talk.face.say(f"\n{BEFORE_GOING_ON}")
    for number, finding in enumerate(findings, 1):
        talk.face.say(f"  {number}. {finding.text} ({finding.rule})")
    talk.face.say(ONLY_ADVICE)


def _choose(talk: Talk, findings: Sequence[Finding]) -> str:
    asked = {question.qid: question.text for question in talk.interview.relevant}
    qids = dict.fromkeys(finding.qid for finding in findings if finding.qid in asked)
    options = [
        Choice(DONE, "Klart, gå vidare"),
        *(Choice(f"{CHANGE}:{qid}", f"Ändra svaret på ”{asked[qid]}”") for qid in qids),
        *(
            Choice(f"{ACCEPT}:{number}", f"Skriv ett avsteg från råd {number + 1} ({_named(finding)})")
            for number, finding in enumerate(findings)
            if finding.rule not in NEVER_ACCEPTED
        ),
    ]
    return talk.face.ask_choice(Ask(WHAT_NOW, help=WHY_ACCEPT, can_go_back=True), options, DONE)


def _named(finding: Finding) -> str:
    return f"{finding.rule} {finding.row}".rstrip()


def _accept(talk: Talk, finding: Finding) -> None:
    """Writes a deviation from one finding in the dossier, unless the person goes back."""
    said = ["", ""]
    questions = (
        (f"Varför väljer ni bort rådet {_named(finding)}?", f"avsteg/{_named(finding)}", True),
        ("Vilken roll godtar avsteget? (Tomt går bra.)", "avsteg/roll", False),
    )

    def ask(number: int) -> None:
        text, place, needed = questions[number]
        said[number] = _ask(talk, text, place, said[number], needed=needed)

    try:
        back_and_forth(0, len(questions), ask)
    except Back:
        return
    reason, role = said
    added = Deviation(finding.rule, finding.row, reason, role, talk.interview.today)
    talk.put(DEVIATIONS, Given(with_deviation(talk.interview.answers, added)))
    for _, place, _ in questions:
        talk.drop_draft(place)
    talk.face.say(f"Avsteget från {_named(finding)} står nu i dossiern, i avsnittet Avsteg.")


def _ask(talk: Talk, text: str, place: str, earlier: str, *, needed: bool) -> str:
    def wrong(given: str) -> str | None:
        return NO_REASON if needed and not given.strip() else None

    ask = Ask(
        text,
        help=WHY_ACCEPT,
        draft=talk.beginning(place, earlier),
        check=wrong,
        on_draft=lambda half: talk.store.draft_write(place, half),
        can_go_back=True,
    )
    with talk.keeping(place, earlier):
        return clean_line(typed(talk.face, talk.face.ask_text, ask))
