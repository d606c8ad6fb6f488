"""`utb diagnos`: what the answers in Analys point at."""

from __future__ import annotations

import sys
from typing import Annotated

from typer import Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import open_meant
from utbildningsprocess.cli.formats import DIAGNOSES, known_format
from utbildningsprocess.cli.output import display, result, say
from utbildningsprocess.cli.parameters import MaybeInitiative
from utbildningsprocess.swedish import joined, visible_json

_SECONDS = 2.0
"""How long somebody waits for what other initiatives show, where it was not computed before."""


def diagnos(
    initiative: MaybeInitiative = None,
    *,
    rakna: Annotated[bool, Option("--rakna", help="Visa hur diagnosen räknas, rad för rad.")] = False,
    form: Annotated[
        str,
        Option(
            "--format",
            metavar="FORMAT",
            autocompletion=completion.formats(DIAGNOSES),
            help=f"{joined(DIAGNOSES, 'eller')}. Utan flaggan visas text.",
        ),
    ] = DIAGNOSES[0],
) -> None:
    """Se vad svaren i Analys pekar på: orsakerna, svaren bakom dem och en mix av insatser.

    Diagnosen är ett underlag för samtal. Inget av den skrivs i dossiern.
    """
    import json

    from utbildningsprocess.work.commentary import counting_in_words, diagnosis_as_data, diagnosis_in_words
    from utbildningsprocess.work.portfolio.evidence import FEWEST
    from utbildningsprocess.work.recalling import learnt_around, own_evidence

    form = known_format(form, DIAGNOSES)
    opened = open_meant(initiative)
    diagnosis = opened.diagnose()
    for line in opened.problem_lines():
        say(line)
    if form == "json":
        result(visible_json(json.dumps(diagnosis_as_data(diagnosis), ensure_ascii=False)))
        return
    shown_in = display(opened.workspace.settings)
    plain = shown_in.plain or not sys.stdout.isatty()
    in_words = counting_in_words if rakna else diagnosis_in_words
    words = in_words(opened.workspace, opened.sheet, shown_in._replace(plain=plain))
    own = "" if rakna else own_evidence(opened, learnt_around(opened, _SECONDS, FEWEST), shown_in.width)
    result("\n\n".join(filter(None, [opened.title, words, own])))
    if diagnosis.weighed and diagnosis.weighed.all_to_talk_about:
        say(f"Prata om det ni ser olika, med en sida som underlag:\n  utb samtal olika {opened.typed_name}")
