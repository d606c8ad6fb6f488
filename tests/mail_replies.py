"""The judged replies to a mail, how each was read, and what is wrong in that reading: for the tests and for the bench."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from utbildningsprocess.guide.mail.asking import made_again
from utbildningsprocess.guide.mail.key import key_in
from utbildningsprocess.guide.mail.letter import letter_of
from utbildningsprocess.guide.mail.letters import letters_in
from utbildningsprocess.guide.mail.reply import reply
from utbildningsprocess.guide.mail.sent import SentMail, sent_in
from utbildningsprocess.guide.mail.subtracting import subtracted
from utbildningsprocess.model import Stage, Unknown
from utbildningsprocess.work.workspace import Workspace

if TYPE_CHECKING:
    from utbildningsprocess.guide.replies import Reply

CASES = Path(__file__).parent / "cases" / "mejl"
JUDGEMENTS = ("facit.yaml", "facit-steg.yaml")
ASK = "fraga"
MARKS = re.compile(
    r"(?:^|(?<=\s))(?:svar på )?(?:fråga )?\d+(?: och \d+)?\s*(?:[.):]+|\s[–-](?=\s))(?=\s|$)|^\d+(?=\s)"
    r"|^fråga \d+$|^\d+[.):](?=\S)"
    r"|\[\s*(?:behov|analys|koncept|uppfoljning|lofte)(?:\s*\d+\s*\])?|^\s*\d+\s*\]",
    re.IGNORECASE,
)
"""What people write to say which question they answer, which is no part of an answer."""
TICKS = re.compile(r"[xX✓]|\W*")


class Judged(NamedTuple):
    """One reply as it was read, and what is wrong in it, by kind."""

    name: str
    reply: Reply
    stored_wrong: list[str]
    asked_without_need: list[str]
    lacking_proposals: list[str]
    lost: list[str]
    strangers: list[str]
    clear: int
    """How many readings are clear according to the judgement."""


@cache
def facit(name: str = "facit.yaml") -> dict:
    return yaml.safe_load((CASES / name).read_text("utf-8"))


@cache
def cases() -> dict[str, dict]:
    """The judged replies, by the names of their files."""
    return {case["fil"]: case for judgement in JUDGEMENTS for case in facit(judgement)["svar"]}


@cache
def sent() -> SentMail:
    """The mail that the oldest replies answer, written by hand."""
    stage = Workspace.open().battery.stage("analys")
    text = (CASES / facit()["mejl"]).read_text("utf-8").strip()
    before, _, after = text.partition("[analys 1]")
    _, _, closing = after.rpartition("i dag?\n\n")
    mail = sent_in(text, stage)
    assert mail is not None
    return mail._replace(opening=tuple(before.strip().split("\n\n")), closing=tuple(closing.split("\n")))


@cache
def sent_as(mail_file: str) -> SentMail:
    """The mail in a file, as the program writes it, made again from its key."""
    text = (CASES / mail_file).read_text("utf-8").strip()
    key = key_in(text)
    assert key is not None
    mail = made_again(key, "Trygg start för nya kollegor", _stage(key.stage))
    assert mail is not None
    assert mail.text == text
    return mail


def _stage(name: str) -> Stage:
    if name != "lofte":
        return Workspace.open().battery.stage(name)
    own = {"steg": name, "nummer": 7, "titel": "Löften", "fragor": facit("facit-steg.yaml")["fragor"]}
    return Stage.model_validate(own, strict=False)


def answered_mail(name: str) -> SentMail:
    """The mail that a reply answers."""
    mail_file = cases()[name].get("mejl")
    return sent_as(mail_file) if mail_file else sent()


@cache
def read(name: str) -> Reply:
    return reply(name, letter_of((CASES / name).read_bytes(), name), answered_mail(name))


def names() -> list[str]:
    return [*cases()]


def answering() -> list[str]:
    """The replies that answer any question."""
    return [name for name, case in cases().items() if {*map(str, case["lasning"].values())} != {"obesvarad"}]


@cache
def judged(name: str) -> Judged:
    case = cases()[name]
    came = read(name)
    wrong, needless, lacking = [], [], []
    for number, wanted in case["lasning"].items():
        outcome = _outcome(came, number)
        allowed = [wanted, case.get("ocksa_ratt", {}).get(number, wanted)]
        if any(_fits(reading, outcome) for reading in allowed) and outcome not in _never(case, number):
            continue
        shown = _shown(came, number)
        if outcome != ASK:
            wrong.append(f"{number}: {outcome}, not {wanted}")
        elif not _asks(wanted):
            needless.append(f"{number}: {shown} instead of {wanted}")
    for number, wanted in case["lasning"].items():
        if _asks(wanted) and _outcome(came, number) == ASK:
            shown = _plain(" ".join(_shown(came, number)))
            lacking += [
                f"{number}: {words}" for words in wanted.get("forslag", []) if _plain(words) not in shown
            ]
    everything = _everything(came)
    lost = [words for words in case.get("visas", []) if _plain(words) not in everything]
    lost += [
        words for many in case.get("rest", {}).values() for words in many if _plain(words) not in everything
    ]
    stored = _plain(" ".join(_stored(came)))
    strangers = [words for words in case.get("inte_med", []) if _plain(words) in stored]
    clear = sum(not _asks(wanted) and wanted != "obesvarad" for wanted in case["lasning"].values())
    if (case.get("vem") == ASK) != (not came.is_role_sure):
        wrong.append(f"vem: {'' if came.is_role_sure else 'inte '}säker")
    return Judged(name, came, wrong, needless, lacking, [*lost, *lines_lost(name, came)], strangers, clear)


def lines_lost(name: str, came: Reply) -> list[str]:
    """The lines that remain when ours are taken away and that stand nowhere in what was read."""
    remains = subtracted(letter_of((CASES / name).read_bytes(), name).text, answered_mail(name))
    everything = letters_in(_everything(came)).text
    gone = []
    for line in remains.lines:
        sentences = re.split(r"(?<=[.!?])\s+", MARKS.sub("! ", line.text))
        pieces = [piece for piece in sentences if not TICKS.fullmatch(piece)]
        gone += [piece for piece in pieces if letters_in(piece).text not in everything]
    return gone


def _asks(wanted: object) -> bool:
    return wanted == ASK or (isinstance(wanted, dict) and ASK in wanted)


def _never(case: dict, number: int) -> list[object]:
    return [case["aldrig"][number]] if number in case.get("aldrig", {}) else []


def _outcome(came: Reply, number: int) -> object:
    asked = next(asked for asked in answered_mail(came.name).questions if asked.number == number)
    said = next((said for said in came.said if said.address == asked.address), None)
    if said is None:
        return "obesvarad"
    if said.answer is None:
        return ASK
    if isinstance(said.answer, Unknown) or said.answer.value == "vet_inte":
        return "vet_inte"
    if not asked.options:
        value = said.answer.value
        return {"text": "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)}
    values = said.answer.value if isinstance(said.answer.value, tuple) else (said.answer.value,)
    return {"val": [option.letter for option in asked.options if option.value in values]}


def _fits(wanted: object, outcome: object) -> bool:
    if _asks(wanted):
        return outcome == ASK
    if not isinstance(wanted, dict) or not isinstance(outcome, dict):
        return wanted == outcome
    if "innehaller" in wanted:
        return all(_plain(words) in _plain(outcome.get("text", "")) for words in wanted["innehaller"])
    if "text" in wanted:
        return _plain(wanted["text"]) == _plain(outcome.get("text", ""))
    return wanted == outcome


def _shown(came: Reply, number: int) -> list[str]:
    asked = next(asked for asked in answered_mail(came.name).questions if asked.number == number)
    said = [said for said in came.said if said.address == asked.address]
    return [
        words
        for one_said in said
        for words in (one_said.doubt, *(proposal.words for proposal in one_said.proposals))
    ]


def _stored(came: Reply) -> list[str]:
    values = [getattr(said.answer, "value", "") for said in came.said if said.answer]
    return [" ".join(map(str, value)) if isinstance(value, tuple) else str(value) for value in values]


def _everything(came: Reply) -> str:
    """Everything that is stored or shown."""
    shown = [words for said in came.said for words in (said.words, said.beside)] + [
        words for said in came.said for words in (p.words for p in said.proposals)
    ]
    return _plain("\n".join([*_stored(came), *shown, *came.unplaced, *came.beside]))


def _plain(text: str) -> str:
    return re.sub(r"[\s\u00a0\ufeff]+", " ", text).strip()
