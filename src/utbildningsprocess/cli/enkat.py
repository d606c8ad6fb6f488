"""`utb enkat`: the answers to a survey counted, and what may be shown of them kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import face_for, is_at_terminal, open_meant
from utbildningsprocess.cli.formats import DIAGNOSES, known_format
from utbildningsprocess.cli.making import tell
from utbildningsprocess.cli.output import display, result, say
from utbildningsprocess.cli.parameters import NamedInitiative, Plain
from utbildningsprocess.cli.survey import day_meant
from utbildningsprocess.errors import Interrupted, UtbError, WrongUse
from utbildningsprocess.screen.looks import Plainness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.guide.survey.respondents import AskedParts, Respondent
    from utbildningsprocess.work.survey_files import ReadSurvey, SurveyFile
    from utbildningsprocess.work.survey_report import SurveyReport

_NOTHING = "Det finns inga svar att räkna i filerna. Inget har ändrats."
_COUNT, _PASS = "rakna", "hoppa"
_INSTEAD = "Dela upp den, eller spara bara bladet med svaren som CSV (UTF-8)."
_Files = Annotated[
    list[str],
    Argument(metavar="FIL", help="Sparade formulär, CSV eller xlsx ur ett enkätverktyg, eller en mapp."),
]
_Day = Annotated[
    str | None,
    Option("--dag", metavar="0|30|90", help="Vilken del svaren gäller, där rubrikerna inte säger det."),
]
_Form = Annotated[
    str,
    Option(
        "--format",
        metavar="FORMAT",
        autocompletion=completion.formats(DIAGNOSES),
        help="text eller json. Utan flaggan visas text.",
    ),
]
_Keep = Annotated[bool, Option("--spara", help="Spara antalen i dossiern utan att fråga.")]
_Tests = Annotated[
    str | None,
    Option(
        "--prov",
        metavar="rakna|hoppa",
        help="Om svar från tiden före det första tillfället räknas eller hoppas över.",
    ),
]


def enkat(  # noqa: PLR0913  one parameter for each option
    initiative: NamedInitiative,
    files: _Files,
    *,
    day: _Day = None,
    form: _Form = DIAGNOSES[0],
    keeps: _Keep = False,
    tests: _Tests = None,
    plain: Plain = False,
) -> None:
    """Räkna svaren på enkäten: antal och fördelning för varje fråga, och förslag till Uppföljning.

    Filerna ligger kvar där de är, och bara antal sparas i dossiern. Siffror för små grupper visas inte.
    Läs in alla filer på en gång: varje inläsning räknar om från början.
    """
    from utbildningsprocess.work.survey_files import asked_in, read_survey_files
    from utbildningsprocess.work.survey_report import SurveyReport, survey_of

    Plainness.wanted = Plainness.wanted or plain
    meant_day, is_text = day_meant(day), known_format(form, DIAGNOSES) == DIAGNOSES[0]
    way = known_format(tests, (_COUNT, _PASS)) if tests is not None else ""
    opened = open_meant(initiative)
    opened.refuse_if_damaged("innan svaren på enkäten går att räkna")
    survey = survey_of(opened)
    read = read_survey_files(opened, survey, _handed(files), meant_day)
    face = face_for(plain=plain) if is_text and is_at_terminal() else None
    people = _counted(read, way, face)
    if not people:
        raise WrongUse("\n".join([*read.lines, _NOTHING]))
    if face is not None:
        _settle_unknown(face, people, asked_in(survey, meant_day), survey.fewest)
    report = SurveyReport(opened, survey, people)
    read.lines.extend(report.changed_since())
    _show(report, read.lines, is_text=is_text)
    _keep(report, face, keeps=keeps)


def _show(report: SurveyReport, lines: list[str], *, is_text: bool) -> None:
    """Shows the counts for people or for programs, and says what there is to know besides."""
    from utbildningsprocess.screen.showing import show_markdown
    from utbildningsprocess.work.survey_words import as_json, counts_in_words

    if is_text:
        plain = display(report.initiative.workspace.settings).plain
        show_markdown(counts_in_words(report), plain=plain)
    else:
        result(as_json(report, lines), is_data=True)
    tell(lines)


def _handed(names: list[str]) -> Iterator[SurveyFile]:
    """The files that are named, and those in folders that are."""
    from utbildningsprocess.files.dossier_file import LARGEST
    from utbildningsprocess.files.inbox import arrived_bytes, arrived_files
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.work.survey_files import SurveyFile

    for name in names:
        for path in arrived_files(Path(name)):
            try:
                yield SurveyFile(shown(path), arrived_bytes(path, _INSTEAD, LARGEST))
            except UtbError as trouble:
                yield SurveyFile(shown(path), b"", trouble)


def _counted(read: ReadSurvey, way: str, face: Face | None) -> list[Respondent]:
    """Those who are counted: all but who tried the survey out before there was anything to answer of."""
    from utbildningsprocess.conversation.face import Ask, Leave

    if not read.tests:
        return read.people
    many = len(read.tests)
    told = f"{many} svar är" if many > 1 else "Ett svar är"
    if not way and face is not None:
        try:
            asked = Ask(f"{told} från tiden före det första tillfället. Är det prov som ska hoppas över?")
            way = _PASS if face.ask_yes_no(asked, default=True) else _COUNT
        except Leave:
            raise Interrupted("Avbrutet. Inget har sparats.") from None
    elif not way:
        read.lines.append(
            f"{told} från tiden före det första tillfället och räknas inte. "
            f"Ska de räknas: lägg till --prov {_COUNT}."
        )
    if way == _COUNT:
        return read.people
    return [person for person in read.people if not any(person is tried for tried in read.tests)]


def _settle_unknown(face: Face, people: list[Respondent], asked: AskedParts, fewest: int) -> None:
    """Has a person say which option is meant by what is none, once for all who have written the same.

    Where fewer than the limit have answered a question, nobody is shown what they have written.
    """
    from utbildningsprocess.conversation.face import Ask, Choice, Leave

    for place in dict.fromkeys(place for person in people for place in person.said):
        question = asked.questions[place.question]
        answering = [person for person in people if place in person.said]
        strange = dict.fromkeys(filter(None, (person.said[place].unknown for person in answering)))
        for words in strange if len(answering) >= fewest else ():
            options = [Choice(option.id, option.label) for option in question.options]
            ask = Ask(f"”{words}” är inget av alternativen i ”{question.text}”. Vad menas?")
            try:
                meant_option = face.ask_choice(ask, [*options, Choice("", "Räkna inte med det")])
            except Leave:
                raise Interrupted("Avbrutet. Inget har sparats.") from None
            for person in answering:
                if meant_option and person.said[place].unknown == words:
                    person.said[place] = person.said[place].known_as(meant_option)


def _keep(report: SurveyReport, face: Face | None, *, keeps: bool) -> None:
    """Saves the counts where that is wished, and has a person take or leave each draft."""
    from utbildningsprocess.conversation.face import Ask, Leave
    from utbildningsprocess.work.survey_drafts import drafts

    initiative = report.initiative
    try:
        if report.to_keep is None:
            say("Inget nytt att spara i dossiern.")
        elif keeps or (face is not None and face.ask_yes_no(Ask("Spara antalen i dossiern?"), default=True)):
            report.keep()
            say("Antalen är sparade i dossiern, under Uppföljning.")
        else:
            say(
                "Inget är sparat. Spara antalen med --spara innan ni visar dem för någon: nästa läsning "
                "jämförs bara med det som är sparat."
            )
        for draft in drafts(report):
            told = f"Förslag till {draft.address}: {draft.words}"
            say(f"{told}\n  {draft.why}")
            if face is not None and face.ask_yes_no(
                Ask(f"Spara förslaget i {draft.address}?"), default=False
            ):
                initiative.save({draft.address: draft.answer(initiative.sheet)})
                face.saved()
    except Leave:
        raise Interrupted("Avbrutet. Det som är valt är sparat.") from None
