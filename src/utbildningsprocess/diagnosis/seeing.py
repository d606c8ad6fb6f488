"""What those see who have answered one by one, in words: who sees what, and what it would change."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import OBSTACLES, RESPONDENTS
from utbildningsprocess.diagnosis.parting import partings
from utbildningsprocess.diagnosis.respondents import DONT_KNOW
from utbildningsprocess.diagnosis.sentences import asked, in_quotes, outcome_instead, quoted_answer
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from utbildningsprocess.diagnosis.counting import Diagnosis
    from utbildningsprocess.diagnosis.model import DiagnosisModel
    from utbildningsprocess.diagnosis.respondents import Voice, Weighed
    from utbildningsprocess.model import AnswerSheet, Battery

_MOST_TOLD = 3
_AS_NOW = "samma som nu"


def seen_by_each(model: DiagnosisModel, sheet: AnswerSheet, diagnosis: Diagnosis) -> list[str]:
    """What those see who have answered one by one, a sentence each; nothing where nobody has."""
    weighed, battery = diagnosis.weighed, sheet.battery
    if weighed is None or not weighed.voices:
        return []
    told = [counted_answers(diagnosis), *_known_to_some(battery, diagnosis, weighed)]
    if len(weighed.voices) > 1:
        told += [*_agreement(model, battery, weighed), *changed_by_each(model, sheet, diagnosis)]
    return told


def seen_differently(model: DiagnosisModel, sheet: AnswerSheet, diagnosis: Diagnosis) -> list[str]:
    """Where those who have answered one by one part, and what it would change; nothing where they do not."""
    weighed = diagnosis.weighed
    if weighed is None or not weighed.to_talk_about:
        return []
    parts = [what_parts(model, sheet.battery, weighed, key) for key in weighed.to_talk_about]
    return [_alike(model, weighed), *parts, *changed_by_each(model, sheet, diagnosis)]


def counted_answers(diagnosis: Diagnosis) -> str:
    """Whose answers are counted, where some have answered one by one; empty where nobody has."""
    number = len(diagnosis.weighed.voices) if diagnosis.weighed else 0
    if diagnosis.is_weighed:
        return f"Diagnosen räknar på det som {number} svarande säger sammanvägt."
    alone = f"{number} svarande har sagt var för sig"
    return f"Diagnosen räknar på det ni har svarat tillsammans, inte på det som {alone}." if number else ""


def said_by(diagnosis: Diagnosis, statement: str) -> str:
    """Whose the counted answer to a statement is, as words before it."""
    if not diagnosis.is_weighed or diagnosis.weighed is None:
        return "Ni har svarat"
    return f"Sammanvägt av {len(diagnosis.weighed.said_of(statement))}:"


def _known_to_some(battery: Battery, diagnosis: Diagnosis, weighed: Weighed) -> Iterator[str]:
    """What has no answer together, and those who have answered one by one know."""
    together = (key for key in weighed.answers if diagnosis.statements.get(key, DONT_KNOW) == DONT_KNOW)
    if known := [key for key in together if weighed.answers[key] != DONT_KNOW]:
        told = joined((quoted_answer(battery, key, weighed.answers[key]) for key in known), most=_MOST_TOLD)
        yield f"Tillsammans har ni inget svar på det här, men de som har svarat var för sig säger {told}"


def _agreement(model: DiagnosisModel, battery: Battery, weighed: Weighed) -> Iterator[str]:
    """On how much they agree, what few have answered, and what to talk about."""
    yield _alike(model, weighed)
    yield from _fewer(model, battery, weighed)
    yield from (what_parts(model, battery, weighed, key) for key in weighed.to_talk_about)
    left = len(weighed.all_to_talk_about) - len(weighed.to_talk_about)
    if left > 1:
        yield f"Det finns {left} påståenden till att prata om."


def _alike(model: DiagnosisModel, weighed: Weighed) -> str:
    """On how many statements they see alike; where they do on some, that all have answered those."""
    filled = model.respondents.agree.replace("{antal}", str(weighed.agreed))
    filled = filled.replace("{alla}", str(len(weighed.answers)))
    whole = filled.replace("{svarande}", str(len(weighed.voices)))
    return whole if weighed.agreed else f"{whole.partition('. ')[0].removesuffix('.')}."


def _fewer(model: DiagnosisModel, battery: Battery, weighed: Weighed) -> Iterator[str]:
    """The statements that not all have answered, by how many have; those of the fewest first."""
    everybody = len(weighed.voices)
    by_number: dict[int, list[str]] = {}
    for key in weighed.answers:
        by_number.setdefault(len(weighed.said_of(key)), []).append(f"”{asked(battery, key)}”")
    for number, statements in sorted(by_number.items()):
        if number < everybody:
            text = model.respondents.fewer.replace("{antal}", str(number)).replace(
                "{svarande}", str(everybody)
            )
            yield text.replace("{pastaenden}", joined(statements, most=_MOST_TOLD)).replace(".”.", ".”")


def what_parts(model: DiagnosisModel, battery: Battery, weighed: Weighed, key: str) -> str:
    """Who sees what of a statement that parts them, or who alone finds that it hinders much."""
    statement = f"”{asked(battery, key).removesuffix('.')}”"
    if voice := weighed.alone.get(key):
        alone = model.respondents.alone.replace("{pastaende}", statement)
        role, number = role_of(battery, voice), len(weighed.said_of(key))
        return alone.replace("{roll}", f"{role[:1].upper()}{role[1:]}").replace("{svarande}", str(number))
    text = model.respondents.disagree.replace("{pastaende}", statement)
    return text.replace("{vem}", who_sees_what(battery, weighed, key))


def who_sees_what(battery: Battery, weighed: Weighed, key: str) -> str:
    """What those say who have answered a statement: `Chef: Inte alls; Medarbetare (2): Mycket`."""
    said = Counter(
        (role_of(battery, voice), in_quotes(battery, OBSTACLES, voice.answers[key]).strip("”"))
        for voice in weighed.said_of(key)
    )
    return "; ".join(f"{_counted(role, number)}: {answer}" for (role, answer), number in said.items())


def changed_by_each(model: DiagnosisModel, sheet: AnswerSheet, diagnosis: Diagnosis) -> Iterator[str]:
    """What it would be, counted with each one's own answers where they see differently, as a sentence."""
    parted = partings(model, sheet.answers, diagnosis)
    if parted and all(parting.is_as_now for parting in parted):
        yield model.respondents.unchanged
    elif parted:
        told = [
            f"{roles_of(sheet.battery, parting.voices)}: "
            f"{_AS_NOW if parting.is_as_now else outcome_instead(model, diagnosis, parting.then)}"
            for parting in parted
        ]
        yield model.respondents.changing.replace("{vem}", "; ".join(told))


def roles_of(battery: Battery, voices: Iterable[Voice]) -> str:
    """The roles of some who have answered, each once with how many they are."""
    roles = Counter(role_of(battery, voice) for voice in voices)
    return joined(_counted(role, number) for role, number in roles.items())


def _counted(role: str, number: int) -> str:
    return f"{role} ({number})" if number > 1 else role


def role_of(battery: Battery, voice: Voice) -> str:
    """The role of one who has answered, as it is told."""
    if voice.closer:
        return voice.closer.removesuffix(".")
    question = battery.question(RESPONDENTS)
    labels = {option.id: option.label for option in question.field("roll").options} if question else {}
    return labels.get(voice.role, voice.role or voice.row_id)
