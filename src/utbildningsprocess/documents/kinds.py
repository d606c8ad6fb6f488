"""The documents there are: for whom, from which template, and which answers they need."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import (
    ACTIVITIES,
    AIM,
    DECISION,
    EFFECT_MEASURES,
    GOALS,
    GOALS_REACHED,
    INVITATION,
    LESSONS,
    MANAGER_ACTIONS,
    MEASURES,
    OBSTACLES,
    OCCASIONS,
    PEOPLE_CONCERNED,
    RESULTS,
    VALUE_FOR_ESTHER,
    VALUE_GAINED,
    WHY,
)
from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.model import Given
from utbildningsprocess.swedish import did_you_mean, fold

if TYPE_CHECKING:
    from utbildningsprocess.model import AnswerSheet, Question


class Kind(NamedTuple):
    """One kind of document."""

    id: str
    title: str
    for_whom: str
    needs: tuple[str, ...]
    """The addresses of the answers it stands on; without them it says what is not answered."""
    one_page: bool = False
    most_words: int | None = None
    aliases: tuple[str, ...] = ()
    """What else people call it."""

    @property
    def template(self) -> str:
        """The name of its template; `dossier.md.j2` is how a new dossier begins."""
        return "lasexemplar.md.j2" if self.id == "dossier" else f"{self.id}.md.j2"


KINDS = (
    Kind(
        "beslutsunderlag",
        "Beslutsunderlag",
        "beställaren",
        (WHY, AIM, VALUE_FOR_ESTHER, OBSTACLES, DECISION),
        one_page=True,
    ),
    Kind(
        "uppdragsbeskrivning",
        "Uppdragsbeskrivning",
        "den som ska göra jobbet",
        (AIM, PEOPLE_CONCERNED, EFFECT_MEASURES, DECISION),
    ),
    Kind(
        "larresa",
        "Lärresa",
        "utbildare och processledare",
        (GOALS, ACTIVITIES, MEASURES),
    ),
    Kind(
        "inbjudan",
        "Inbjudan",
        "deltagarna",
        (INVITATION, OCCASIONS, GOALS),
        most_words=200,
    ),
    Kind(
        "checklista",
        "Chefens checklista",
        "närmaste chef",
        (MANAGER_ACTIONS, OCCASIONS),
        one_page=True,
    ),
    Kind("enkat", "Utvärderingsenkät", "deltagarna, efteråt", (GOALS, MEASURES)),
    Kind(
        "uppfoljningsrapport",
        "Uppföljningsrapport",
        "beställaren, efteråt",
        (EFFECT_MEASURES, GOALS_REACHED, VALUE_GAINED, RESULTS),
    ),
    Kind("lardomar", "Lärdomar", "nästa initiativ", (LESSONS,), one_page=True),
    Kind("dossier", "Dossier", "den som vill läsa allt", (WHY,), aliases=("lasexemplar",)),
)
BASE, PDF_PROGRAM = "bas.docx", "sida.typ"
TEMPLATES = (*(kind.template for kind in KINDS), "dossier.md.j2", BASE, PDF_PROGRAM)
"""Every file that an organisation's own folder of templates may have."""
_ENDINGS = (".j2", ".jinja", ".jinja2", ".md", ".docx", ".typ")
_CLOSE = 0.75


def kind_meant(text: str, besides: tuple[str, ...] = ()) -> Kind:
    """The kind of document a person means, by a name or its title, in any spelling.

    Raises WrongUse, with a suggestion among the kinds and what can be made `besides`.
    """
    wanted = fold(text)
    for kind in KINDS:
        if wanted in (fold(kind.title), kind.id, *kind.aliases):
            return kind
    begun = [
        kind for kind in KINDS if wanted and any(one.startswith(wanted) for one in (kind.id, *kind.aliases))
    ]
    if len(begun) == 1:
        return begun[0]
    names = [*(kind.id for kind in KINDS), *besides]
    aliases = [alias for kind in KINDS for alias in kind.aliases]
    hint = did_you_mean(wanted, [*names, *aliases]) or f"Dokumenten är: {', '.join(names)}."
    raise WrongUse(f"Dokumentet ”{text}” finns inte. {hint}")


def template_meant(name: str) -> str | None:
    """The template that a file of nearly its name was meant to be; None when it is one, or is like none."""
    if name in TEMPLATES or not fold(name).endswith(_ENDINGS):
        return None
    by_stem = {template.partition(".")[0]: template for template in TEMPLATES}
    close = get_close_matches(fold(name).partition(".")[0], list(by_stem), n=1, cutoff=_CLOSE)
    return by_stem[close[0]] if close else None


def missing(kind: Kind, sheet: AnswerSheet) -> tuple[Question, ...]:
    """The questions a document stands on that are not answered, of those that are relevant."""
    found = [question for qid in kind.needs if (question := sheet.battery.question(qid))]
    return tuple(
        question
        for question in found
        if is_relevant(question, sheet) and not isinstance(sheet.answers.get(question.qid), Given)
    )
