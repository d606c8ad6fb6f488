"""What it would come to, counted with each one's own answers where several who have answered part."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import OBSTACLES
from utbildningsprocess.diagnosis.counting import as_said, diagnose
from utbildningsprocess.diagnosis.respondents import DONT_KNOW
from utbildningsprocess.model import Given

if TYPE_CHECKING:
    from utbildningsprocess.diagnosis.counting import Diagnosis
    from utbildningsprocess.diagnosis.model import DiagnosisModel
    from utbildningsprocess.diagnosis.respondents import Voice
    from utbildningsprocess.model import Answers


class Parting(NamedTuple):
    """Those whose answers, where they all see differently, would give the same."""

    voices: tuple[Voice, ...]
    then: Diagnosis
    is_as_now: bool
    """Whether that is the outcome and the main actions of today."""


def partings(model: DiagnosisModel, answers: Answers, diagnosis: Diagnosis) -> tuple[Parting, ...]:
    """What each one's answers would give where they see differently; nothing where they do not.

    All else is counted as it is. What somebody has not answered, or does not know, stays as it is too.
    """
    weighed = diagnosis.weighed
    if weighed is None or diagnosis.outcome is None or not weighed.all_to_talk_about:
        return ()
    answers = as_said(answers) if diagnosis.is_weighed else answers
    alike: dict[tuple[str | None, frozenset[str]], list[tuple[Voice, Diagnosis]]] = {}
    for voice in weighed.voices:
        said = {key: voice.answers.get(key, DONT_KNOW) for key in weighed.all_to_talk_about}
        known = {key: answer for key, answer in said.items() if answer != DONT_KNOW}
        then = diagnose(model, {**answers, OBSTACLES: Given({**diagnosis.statements, **known})})
        alike.setdefault(_picture(then), []).append((voice, then))
    return tuple(
        Parting(tuple(voice for voice, _ in same), same[0][1], picture == _picture(diagnosis))
        for picture, same in alike.items()
    )


def _picture(diagnosis: Diagnosis) -> tuple[str | None, frozenset[str]]:
    """What makes one diagnosis another: its outcome and its main actions."""
    return diagnosis.outcome, frozenset(diagnosis.main)
