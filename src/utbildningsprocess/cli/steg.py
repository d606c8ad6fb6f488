"""`utb steg`: one stage, asked, or taken from an answers file or a filled-in talk sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import close, face_for, hold, meant
from utbildningsprocess.cli.output import read_input, say
from utbildningsprocess.cli.parameters import AnswersFrom, Consent, Fast, MaybeInitiative, Plain, only_one
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.steps import parse_step
from utbildningsprocess.swedish import did_you_mean, fold, joined

if TYPE_CHECKING:
    from utbildningsprocess.work.comparing import WhenDifferent

_Step = Annotated[
    str,
    Argument(
        metavar="STEG",
        autocompletion=completion.steps,
        help="Behov, Analys, Koncept, Produktion, Genomförande, Uppföljning, en siffra 1–6 eller ”om”.",
    ),
]
_Everything = Annotated[bool, Option("--alla", help="Fråga även det som redan är besvarat.")]
_Sheet = Annotated[
    list[str] | None,
    Option(
        "--fran",
        metavar="FIL",
        help="Läs in det ”utb samtal” gav när det är ifyllt: guide, mejl, Word, formulär, eller en mapp.",
    ),
]
_Different = Annotated[
    str | None,
    Option(
        "--vid-olika",
        metavar="behall|ersatt|bada",
        help="Vad som händer utan fråga när ett inläst svar är ett annat än dossierns.",
    ),
]


def steg(  # noqa: PLR0913  one parameter for each option
    step: _Step,
    initiative: MaybeInitiative = None,
    *,
    everything: _Everything = False,
    answers: AnswersFrom = None,
    sheets: _Sheet = None,
    different: _Different = None,
    plain: Plain = False,
    fast: Fast = False,
    consent: Consent = False,
) -> None:
    """Svara på ett stegs frågor. Bara det som är obesvarat ställs; i slutet kan varje svar ändras."""
    from utbildningsprocess.work.workspace import Workspace

    stage_id = parse_step(step)
    workspace = Workspace.open()
    stage = workspace.battery.stage(stage_id)
    opened = meant(workspace, initiative, plain=plain)
    if sheets:
        from utbildningsprocess.cli.incoming import asking_face, take_in_files
        from utbildningsprocess.cli.settling import Settling

        face = asking_face(sheets, plain=workspace.settings.plain, is_plain_wished=plain)
        take_in_files(opened, stage, sheets, Settling(face, when_different(different), consent))
    elif answers:
        from utbildningsprocess.work.stages import fill_stage

        given = read_input(only_one(answers))
        notes = fill_stage(opened, stage, given.text, given.name, consent=consent)
        for line in (*notes, *opened.replaced):
            say(line)
        close(opened, stage)
    else:
        face = face_for(plain=plain or workspace.settings.plain)
        hold(opened, stage_id, face, everything=everything, core_only=fast)


def when_different(word: str | None) -> WhenDifferent | None:
    """What a person wants done with answers that differ. Raises WrongUse with a suggestion."""
    if word is None:
        return None
    from utbildningsprocess.work.comparing import WhenDifferent

    wanted = fold(word)
    if wanted in tuple(WhenDifferent):
        return WhenDifferent(wanted)
    hint = did_you_mean(word, WhenDifferent) or f"Skriv {joined(WhenDifferent, 'eller')}."
    raise WrongUse(f"--vid-olika kan inte vara ”{word}”. {hint}")
