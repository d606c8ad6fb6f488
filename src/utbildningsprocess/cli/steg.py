"""`utb steg`: one stage, asked, or taken from an answers file or a filled-in talk sheet."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import close, face_for, hold, meant
from utbildningsprocess.cli.output import read_input, say
from utbildningsprocess.cli.parameters import AnswersFrom, Consent, Fast, MaybeInitiative, Plain, only_one
from utbildningsprocess.steps import parse_step

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
    Option("--fran", metavar="FIL", help="Läs in en ifylld samtalsguide (se ”utb samtal”), eller flera."),
]


def steg(  # noqa: PLR0913  one parameter for each option
    step: _Step,
    initiative: MaybeInitiative = None,
    *,
    everything: _Everything = False,
    answers: AnswersFrom = None,
    sheets: _Sheet = None,
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
        from utbildningsprocess.work.talk_sheets import refuse_other_than_text, take_in

        for name in sheets:
            refuse_other_than_text(name, opened, stage)
        for line in take_in(opened, stage, [read_input(name) for name in sheets], consent=consent):
            say(line)
        close(opened, stage)
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
