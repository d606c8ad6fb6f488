"""The documents there are: one row each, light enough for a shell completion to read."""

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
    REGISTRATION,
    RESULTS,
    SURVEY_ANSWERS,
    VALUE_FOR_ESTHER,
    VALUE_GAINED,
    WHY,
)
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.swedish import did_you_mean, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE_FORMATS = (FileFormat.MD, FileFormat.HTML, FileFormat.DOCX, FileFormat.PDF)
_LETTER_FORMATS = (*PAGE_FORMATS, FileFormat.TXT, FileFormat.ICS)


class DocumentKind(NamedTuple):
    """One kind of document: what it is called, for whom it is, and what it needs."""

    id: str
    title: str
    about: str
    """For whom it is, or what stands in it, as the list of documents says it."""
    needs: tuple[str, ...] = ()
    """The addresses of the answers it stands on; without them it says what is not answered."""
    formats: tuple[FileFormat, ...] = PAGE_FORMATS
    one_page: bool = False
    most_words: int | None = None
    is_bare: bool = False
    """Whether nothing stands above and below its text: who gets it has no use for status and reminders."""
    aliases: tuple[str, ...] = ()
    """What else people call it."""

    @property
    def is_page(self) -> bool:
        """Whether it is a page to read, made from a template; else a file of a format of its own."""
        return FileFormat.MD in self.formats

    def is_for_each_occasion(self, form: str) -> bool:
        """Whether it is a file for each occasion in a format, as a page is that becomes a calendar."""
        return self.is_page and form == FileFormat.ICS

    @property
    def own_formats(self) -> list[FileFormat]:
        """The formats that pages do not have."""
        return [form for form in self.formats if form not in PAGE_FORMATS]

    @property
    def template(self) -> str:
        """The name of its template; `dossier.md.j2` is how a new dossier begins."""
        return "lasexemplar.md.j2" if self.id == "dossier" else f"{self.id}.md.j2"


DOCUMENTS = (
    DocumentKind(
        "beslutsunderlag",
        "Beslutsunderlag",
        "för beställaren",
        (WHY, AIM, VALUE_FOR_ESTHER, OBSTACLES, DECISION),
        one_page=True,
    ),
    DocumentKind(
        "uppdragsbeskrivning",
        "Uppdragsbeskrivning",
        "för den som ska göra jobbet",
        (AIM, PEOPLE_CONCERNED, EFFECT_MEASURES, DECISION),
    ),
    DocumentKind("larresa", "Lärresa", "att sätta på väggen", (VALUE_FOR_ESTHER, ACTIVITIES, MEASURES)),
    DocumentKind(
        "inbjudan",
        "Inbjudan",
        "för deltagarna",
        (INVITATION, OCCASIONS, REGISTRATION, GOALS),
        _LETTER_FORMATS,
        most_words=200,
        is_bare=True,
    ),
    DocumentKind(
        "checklista",
        "Chefens checklista",
        "för närmaste chef",
        (MANAGER_ACTIONS, OCCASIONS),
        one_page=True,
    ),
    DocumentKind(
        "enkat",
        "Utvärderingsenkät",
        "för deltagarna, efteråt",
        (GOALS, MEASURES, SURVEY_ANSWERS),
        is_bare=True,
    ),
    DocumentKind(
        "uppfoljningsrapport",
        "Uppföljningsrapport",
        "för beställaren, efteråt",
        (EFFECT_MEASURES, GOALS_REACHED, VALUE_GAINED, RESULTS),
    ),
    DocumentKind("lardomar", "Lärdomar", "för nästa initiativ", (LESSONS,), one_page=True),
    DocumentKind("overlamning", "Överlämning", "för den som tar över", (AIM, DECISION)),
    DocumentKind("dossier", "Dossier", "för den som vill läsa allt", (WHY,), aliases=("lasexemplar",)),
    DocumentKind(
        "tabeller",
        "Tabeller",
        "aktiviteter, mått, resultat och kostnad som kalkylblad",
        formats=(FileFormat.XLSX,),
    ),
    DocumentKind(
        "kalender",
        "Kalender",
        "tillfällen, mätningar och uppföljningar som kommer, och det som är försenat",
        formats=(FileFormat.ICS,),
    ),
)
OF_ALL = DocumentKind(
    "lage",
    "Läget",
    "för styrgruppen, om alla insatser i mappen",
    formats=(*PAGE_FORMATS, FileFormat.XLSX),
    aliases=("lagesrapport",),
)
"""The one that is about all initiatives of a folder; ”alla” are the documents of one of them."""
EVERY_KIND = (*DOCUMENTS, OF_ALL)
PAGES = tuple(kind for kind in DOCUMENTS if kind.is_page)
EVERYTHING = "alla"
"""What people type instead of a kind to make every document."""
WORD_BASE, PDF_PROGRAM, NEW_DOSSIER = "bas.docx", "sida.typ", "dossier.md.j2"
TEMPLATES = (*(kind.template for kind in PAGES), OF_ALL.template, NEW_DOSSIER, WORD_BASE, PDF_PROGRAM)
"""Every file that an organisation's own folder of templates may have."""


def kind_meant(text: str, kinds: Sequence[DocumentKind] = DOCUMENTS) -> DocumentKind:
    """The one of these kinds that a person means, by a name, its beginning or its title, in any spelling.

    Raises WrongUse, with a suggestion, when there is none.
    """
    wanted = fold(text)
    for kind in kinds:
        if wanted in (fold(kind.title), kind.id, *kind.aliases):
            return kind
    by_name = {name: kind for kind in kinds for name in (kind.id, *kind.aliases)}
    begun = {kind for name, kind in by_name.items() if wanted and kind.is_page and name.startswith(wanted)}
    if len(begun) == 1:
        return begun.pop()
    ids = ", ".join([*(kind.id for kind in kinds), EVERYTHING])
    hint = did_you_mean(wanted, [*by_name, EVERYTHING]) or f"Dokumenten är: {ids}."
    raise WrongUse(f"Dokumentet ”{text}” finns inte. {hint}")


def template_meant(name: str) -> str | None:
    """The template that a file of nearly its name was meant to be; None when it is one, or is like none."""
    if name in TEMPLATES or not fold(name).endswith((".j2", ".jinja", ".jinja2", ".md", ".docx", ".typ")):
        return None
    by_stem = {template.partition(".")[0]: template for template in TEMPLATES}
    close = get_close_matches(fold(name).partition(".")[0], list(by_stem), n=1, cutoff=0.75)
    return by_stem[close[0]] if close else None
