"""The commands and what they take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Exit, Option, Typer
from typer.main import get_command

from utbildningsprocess import __version__
from utbildningsprocess.cli import completion
from utbildningsprocess.cli.chrome import PROGRAM, SETTINGS, SwedishCommand, SwedishGroup
from utbildningsprocess.cli.output import result
from utbildningsprocess.cli.parameters import (
    AcceptedRule,
    AnswersFrom,
    Consent,
    DiagnosisFormat,
    DocumentOut,
    ExplainedRule,
    Fast,
    Initiative,
    Initiatives,
    NamedInitiative,
    Out,
    Plain,
    Reason,
    Replace,
    ReviewFormat,
    Role,
    Strict,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer._click.core import Command

BEGIN = f"""utb är en ledstång från behov till uppföljning: frågor, svar och en dossier i Markdown.

Börja så här:
  {PROGRAM} exempel                titta på en hel insats som exempel
  {PROGRAM} ny "Insatsens namn"    starta en egen insats
  {PROGRAM} status                 se var ni står och vad som är nästa steg
  {PROGRAM} --help                 se alla kommandon"""


def command() -> Command:
    """The whole command line."""
    app = _group("Från behov till uppföljning: frågor, svar och en dossier i Markdown.")
    app.callback(invoke_without_command=True)(_root)
    _add(app, "ny", _ny, "Starta en insats: titel och steget Behov.")
    _add(app, "steg", _steg, "Svara på ett stegs frågor.")
    _add(app, "status", _status, "Se var insatsen står och vad som är nästa steg.")
    _add(app, "visa", _visa, "Läs dossiern, eller få svaren som JSON eller YAML.")
    _add(app, "svar", _svar, "Läs eller skriv ett enda svar.")
    _add(app, "diagnos", _diagnos, "Se vad svaren i Analys pekar på.")
    _add(app, "granska", _granska, "Kontrollera den röda tråden.")
    _add(app, "metod", _metod, "Läs om metoderna bakom frågorna.")
    _add(app, "dokument", _dokument, "Gör dokument av svaren: beslutsunderlag, inbjudan, rapport …")
    _add(app, "samtal", _samtal, "Skriv ut ett stegs öppna frågor som samtalsguide.")
    _add(app, "exempel", _exempel, "Skriv en färdig insats att titta på.")
    battery = _group("Egna frågebatterier.")
    battery.callback(invoke_without_command=True)(_batteri)
    _add(battery, "kontrollera", _kontrollera, "Kontrollera frågebatterierna.")
    app.add_typer(battery, name="batteri", short_help="Kontrollera egna frågebatterier.")
    _add(app, "komplettering", _komplettering, "Låt skalet fylla i kommandon med tabbtangenten.")
    return get_command(app)


def _group(help_text: str) -> Typer:
    return Typer(
        cls=SwedishGroup,
        help=help_text,
        add_completion=False,
        rich_markup_mode=None,
        context_settings=SETTINGS,
    )


def _add(app: Typer, name: str, function: Callable[..., None], short: str) -> None:
    app.command(name, cls=SwedishCommand, short_help=short, rich_help_panel=None)(function)


def _show_version(wanted: bool) -> None:  # noqa: FBT001  typer calls it with the flag
    if wanted:
        result(f"{PROGRAM} {__version__}")
        raise Exit


def _root(
    ctx: Context,
    *,
    _version: Annotated[
        bool, Option("--version", is_eager=True, callback=_show_version, help="Visa programmets version.")
    ] = False,
) -> None:
    if ctx.invoked_subcommand is None:
        result(BEGIN)


def _batteri(ctx: Context) -> None:
    if ctx.invoked_subcommand is None:
        result(ctx.get_help())


def _ny(
    title: Annotated[
        str | None,
        Argument(metavar="TITEL", help="Vad insatsen heter. Utan titel frågar programmet."),
    ] = None,
    *,
    fast: Fast = False,
    answers: AnswersFrom = None,
    plain: Plain = False,
    consent: Consent = False,
) -> None:
    """Starta en insats: ange titel, svara på frågorna i Behov och få en dossier i mappen insatser.

    Varje svar sparas direkt. Avbryt när du vill med Ctrl-C och fortsätt med ”utb steg behov”.
    """
    from utbildningsprocess.cli.ny import start

    start(title, answers, fast=fast, plain=plain, consent=consent)


def _steg(  # noqa: PLR0913  one parameter for each option
    step: Annotated[
        str,
        Argument(
            metavar="STEG",
            autocompletion=completion.steps,
            help="Behov, Analys, Koncept, Produktion, Genomförande, Uppföljning, en siffra 1–6 eller ”om”.",
        ),
    ],
    initiative: Initiative = None,
    *,
    everything: Annotated[bool, Option("--alla", help="Fråga även det som redan är besvarat.")] = False,
    answers: AnswersFrom = None,
    guide: Annotated[
        str | None,
        Option("--fran", metavar="FIL", help="Läs in en ifylld samtalsguide (se ”utb samtal”)."),
    ] = None,
    plain: Plain = False,
    fast: Fast = False,
    consent: Consent = False,
) -> None:
    """Svara på ett stegs frågor. Bara det som är obesvarat ställs; i slutet kan varje svar ändras."""
    from utbildningsprocess.cli.steg import ask_step, fill_step

    if guide:
        from utbildningsprocess.cli.samtal import read_back

        read_back(step, initiative, guide, consent=consent)
        return
    if answers:
        fill_step(step, initiative, answers, consent=consent)
        return
    ask_step(step, initiative, everything=everything, plain=plain, fast=fast)


def _status(
    initiative: Initiative = None,
    *,
    thread: Annotated[
        bool, Option("--trad", help="Visa den röda tråden: mål, aktiviteter, mått och resultat.")
    ] = False,
) -> None:
    """Se hur långt varje steg har kommit, vad som är öppet och vad som är nästa steg, med skälet."""
    from utbildningsprocess.cli.status import show_status

    show_status(initiative, thread=thread)


def _visa(
    initiative: NamedInitiative,
    step: Annotated[
        str | None, Argument(metavar="STEG", autocompletion=completion.steps, help="Visa bara det steget.")
    ] = None,
    *,
    form: Annotated[
        str,
        Option(
            "--format",
            metavar="FORMAT",
            autocompletion=completion.formats,
            help="text, json eller yaml. Utan flaggan visas text.",
        ),
    ] = "text",
) -> None:
    """Läs dossiern i terminalen, eller få dess svar som JSON eller som en svarsfil i YAML."""
    from utbildningsprocess.cli.visa import show

    show(initiative, step, form)


def _svar(  # noqa: PLR0913  one parameter for each option
    initiative: NamedInitiative,
    question: Annotated[
        str,
        Argument(metavar="FRÅGA", help="Frågans adress: ”behov.varfor”, eller bara ”varfor”."),
    ],
    value: Annotated[
        str | None,
        Argument(metavar="VÄRDE", help="Det nya svaret. Ett streck (-) läser det från standard in."),
    ] = None,
    *,
    skip: Annotated[
        str | None, Option("--hoppa", metavar="SKÄL", help="Hoppa över frågan, med ett skäl.")
    ] = None,
    unknown: Annotated[
        bool, Option("--vet-inte", help="Svara ”vet inte än”. VÄRDE säger då vem som vet.")
    ] = False,
    consent: Consent = False,
) -> None:
    """Läs ett svar, eller skriv det utan att bli tillfrågad.

    Grupper och påståenden läses och skrivs som JSON, i samma form som ”utb visa --format json” ger.
    """
    from utbildningsprocess.cli.svar import read_or_set

    read_or_set(initiative, question, value, skip=skip, unknown=unknown, consent=consent)


def _diagnos(
    initiative: Initiative = None,
    *,
    form: DiagnosisFormat = "text",
) -> None:
    """Se vad svaren i Analys pekar på: orsakerna, svaren bakom dem och en mix av insatser.

    Diagnosen är ett underlag för samtal. Inget av den skrivs i dossiern.
    """
    from utbildningsprocess.cli.diagnos import show_diagnosis

    show_diagnosis(initiative, form)


def _granska(  # noqa: PLR0913  one parameter for each option
    initiatives: Initiatives = None,
    *,
    form: ReviewFormat = "text",
    strict: Strict = False,
    rule: ExplainedRule = None,
    deviation: AcceptedRule = None,
    reason: Reason = None,
    role: Role = None,
    consent: Consent = False,
) -> None:
    """Kontrollera den röda tråden mellan behov, analys, plan och uppföljning. Fynden är råd.

    Ett fynd går att godta med ett motiverat avsteg, som då står i dossiern.
    """
    from utbildningsprocess.cli.granska import review

    code = review(
        initiatives or [],
        form=form,
        strict=strict,
        rule=rule,
        deviation=deviation,
        reason=reason,
        role=role,
        consent=consent,
    )
    if code:
        raise Exit(code)


def _metod(
    topic: Annotated[
        str | None,
        Argument(
            metavar="ÄMNE", help="Ett ämne, en del av det, eller ett steg. Utan ämne visas alla metoder."
        ),
    ] = None,
) -> None:
    """Läs en kort text om en metod, eller se vilka metoder som finns."""
    from utbildningsprocess.cli.metod import show_methods

    show_methods(topic)


def _dokument(
    kind: Annotated[
        str | None,
        Argument(
            metavar="TYP",
            autocompletion=completion.documents,
            help="Dokumentet, ”tabeller”, ”kalender” eller ”alla”. "
            "Utan typ visas vilka som finns och vad som saknas.",
        ),
    ] = None,
    initiative: Initiative = None,
    *,
    form: Annotated[
        str | None,
        Option(
            "--format",
            metavar="FORMAT",
            help="Spara som md, html, docx eller pdf; tabeller är xlsx och kalender är ics.",
        ),
    ] = None,
    out: DocumentOut = None,
    replace: Replace = False,
) -> None:
    """Gör ett dokument av svaren. Det som inte är besvarat står som ”Ej besvarad”.

    Utan --format och -o visas texten. Annars sparas filen: i mappen dokument, eller där -o säger.
    Tabeller, kalender och ”alla” sparas alltid.
    """
    from utbildningsprocess.cli.dokument import make

    if code := make(kind, initiative, form, out, replace=replace):
        raise Exit(code)


def _samtal(  # noqa: PLR0913  one parameter for each option
    step: Annotated[
        str,
        Argument(metavar="STEG", autocompletion=completion.steps, help="Steget vars frågor ska skrivas ut."),
    ],
    initiative: Initiative = None,
    *,
    who: Annotated[
        str | None,
        Option(
            "--vem",
            metavar="ROLL",
            help="Bara frågor för beställare, chef, medarbetare, Esther eller processledare.",
        ),
    ] = None,
    form: Annotated[
        str | None,
        Option(
            "--format", metavar="FORMAT", help="Spara som md för att läsa in igen, docx för att skriva ut."
        ),
    ] = None,
    out: Out = None,
    replace: Replace = False,
) -> None:
    """Skriv ut det som är öppet i ett steg som en samtalsguide i Markdown.

    Utan --format och -o visas guiden. Annars sparas den, här eller där -o säger. Fyll i den mellan
    markeringarna och läs in den med ”utb steg STEG --fran FIL”. En Word-fil går inte att läsa in.
    """
    from utbildningsprocess.cli.samtal import print_guide

    print_guide(step, initiative, who, wanted=form, out=out, replace=replace)


def _exempel() -> None:
    """Skriv en färdig insats i mappen utb-exempel, att läsa och prova kommandona på."""
    from utbildningsprocess.cli.exempel import write_example

    write_example()


def _kontrollera(
    folder: Annotated[
        str | None,
        Argument(
            metavar="MAPP", help="Mappen med frågebatterier. Utan mapp kontrolleras de som används här."
        ),
    ] = None,
) -> None:
    """Kontrollera att frågebatterierna går att använda; visar alla fel på en gång, med fil och rad."""
    from utbildningsprocess.cli.batteri import check

    check(folder)


def _komplettering(
    shell: Annotated[
        str | None,
        Argument(
            metavar="SKAL",
            autocompletion=completion.shells,
            help="bash, zsh, fish, powershell eller pwsh. Utan skal används det du kör.",
        ),
    ] = None,
    *,
    install: Annotated[bool, Option("--installera", help="Lägg skriptet på plats i din hemmapp.")] = False,
) -> None:
    """Låt skalet fylla i kommandon, steg och insatser med tabbtangenten. Visar skriptet som behövs."""
    completion.show_or_install(shell, install=install)
