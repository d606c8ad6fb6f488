"""Replies of several who answer each on their own: told, settled where somebody can be asked, and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.cli.output import say
from utbildningsprocess.cli.settling import LEFT_OFF, with_role
from utbildningsprocess.errors import Interrupted

if TYPE_CHECKING:
    from utbildningsprocess.cli.settling import Settling
    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.guide.replies import Reply
    from utbildningsprocess.model import Stage
    from utbildningsprocess.work.initiative import Initiative
    from utbildningsprocess.work.recognising import Recognised
    from utbildningsprocess.work.respondents import TakenVoices


def take_in_voices(
    initiative: Initiative, stage: Stage, replies: list[Reply], settling: Settling, *, named: list[str]
) -> None:
    """Saves what each of several has answered in a row of their own, and asks what a person has to decide."""
    from utbildningsprocess.work.privacy import refuse_personal_numbers
    from utbildningsprocess.work.recognising import Recognised
    from utbildningsprocess.work.respondents import voices_taken, with_known_role
    from utbildningsprocess.work.taking_in import refuse_numbers, undecided, unsettled

    face = settling.face
    recognised = Recognised(initiative)
    known = [with_known_role(initiative.sheet, came) for came in replies]
    replies = [recognised.without_told(came, named) for came in known]
    if face is not None:
        replies = [with_role(initiative, came, face) for came in replies]
    taken = voices_taken(initiative.sheet, replies, settling.way)
    refuse_personal_numbers(initiative.sheet, taken.answers, consent=settling.consent)
    for comparison in taken.undecided:
        refuse_numbers(comparison, consent=settling.consent)
    for line in taken.lines:
        (face.say if face else say)(line)
    recognised.settle_told(replies)
    _save(initiative, taken)
    if face is not None:
        _settle(initiative, taken, face, recognised, named)
        return
    matters = [matter for comparison in taken.undecided for matter in unsettled(comparison)]
    for line in undecided(matters, initiative.workspace.step_command(stage, initiative.path)):
        say(line)


def _save(initiative: Initiative, taken: TakenVoices) -> None:
    changed = {qid: answer for qid, answer in taken.answers.items() if initiative.answers.get(qid) != answer}
    if changed:
        initiative.save(changed)


def _settle(
    initiative: Initiative, taken: TakenVoices, face: Face, recognised: Recognised, named: list[str]
) -> None:
    """Lets the person choose what each of them has answered; every choice is saved at once.

    What is settled since before is asked again only where the file is named.
    """
    from utbildningsprocess.conversation.face import Leave
    from utbildningsprocess.conversation.incoming import settle
    from utbildningsprocess.work.respondents import with_choices
    from utbildningsprocess.work.taking_in import unsettled

    try:
        for comparison in taken.undecided:
            voices = comparison.voices
            came = next(saying.came for sayings in voices.values() for saying in sayings)
            matters = [
                matter
                for matter in unsettled(comparison)
                if came.name in named or not recognised.is_settled(voices[matter.address])
            ]
            for address, answer in settle(face, matters, initiative.workspace.today):
                if answer is not None:
                    taken.sheet = with_choices(taken.sheet, came, comparison, {address: answer})
                    _save(initiative, taken)
                    face.saved()
                recognised.settle(comparison, [address])
    except Leave:
        raise Interrupted(LEFT_OFF) from None
