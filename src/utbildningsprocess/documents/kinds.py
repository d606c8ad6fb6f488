"""The documents there are: for whom, from which template, and which answers they need."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.conditions import is_relevant
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.model import Given
from utbildningsprocess.swedish import did_you_mean, fold

if TYPE_CHECKING:
    from utbildningsprocess.model import Answers, Battery, Question


class Kind(NamedTuple):
    """One kind of document."""

    id: str
    title: str
    for_whom: str
    needs: tuple[str, ...]
    """The addresses of the answers it stands on; without them it says what is not answered."""
    one_page: bool = False
    most_words: int | None = None

    @property
    def template(self) -> str:
        """The name of its template; `dossier.md.j2` is how a new dossier begins."""
        return "lasexemplar.md.j2" if self.id == "dossier" else f"{self.id}.md.j2"


KINDS = (
    Kind(
        "beslutsunderlag",
        "Beslutsunderlag",
        "beställaren",
        ("behov.varfor", "behov.uppna_losa", "behov.esther", "analys.hinder", "analys.beslut"),
        one_page=True,
    ),
    Kind(
        "uppdragsbeskrivning",
        "Uppdragsbeskrivning",
        "den som ska göra jobbet",
        ("behov.uppna_losa", "behov.omfattas", "behov.effektmatt", "analys.beslut"),
    ),
    Kind(
        "larresa",
        "Lärresa",
        "utbildare och processledare",
        ("koncept.larandemal", "koncept.aktiviteter", "koncept.matt"),
    ),
    Kind(
        "inbjudan",
        "Inbjudan",
        "deltagarna",
        ("genomforande.inbjudan", "genomforande.tillfallen", "koncept.larandemal"),
        most_words=200,
    ),
    Kind(
        "checklista",
        "Chefens checklista",
        "närmaste chef",
        ("koncept.chef_handlingar", "genomforande.tillfallen"),
        one_page=True,
    ),
    Kind("enkat", "Utvärderingsenkät", "deltagarna, efteråt", ("koncept.larandemal", "koncept.matt")),
    Kind(
        "uppfoljningsrapport",
        "Uppföljningsrapport",
        "beställaren, efteråt",
        ("behov.effektmatt", "uppfoljning.natt_malen", "uppfoljning.varde", "uppfoljning.resultat"),
    ),
    Kind("lardomar", "Lärdomar", "nästa initiativ", ("uppfoljning.lardomar",), one_page=True),
    Kind("dossier", "Dossier", "den som vill läsa allt", ("behov.varfor",)),
)


def kind_meant(text: str) -> Kind:
    """The kind of document a person means, by its name or title, in any spelling. Raises WrongUse."""
    wanted = fold(text)
    for kind in KINDS:
        if wanted in (kind.id, fold(kind.title)):
            return kind
    begun = [kind for kind in KINDS if wanted and kind.id.startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    names = [kind.id for kind in KINDS]
    hint = did_you_mean(wanted, names) or f"Dokumenten är: {', '.join(names)}."
    raise WrongUse(f"Dokumentet ”{text}” finns inte. {hint}")


def missing(kind: Kind, battery: Battery, answers: Answers) -> tuple[Question, ...]:
    """The questions a document stands on that are not answered, of those that are relevant."""
    found = [question for qid in kind.needs if (question := battery.question(qid))]
    return tuple(
        question
        for question in found
        if is_relevant(question, answers, battery) and not isinstance(answers.get(question.qid), Given)
    )
