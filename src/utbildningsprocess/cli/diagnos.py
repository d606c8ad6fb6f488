"""`utb diagnos`: what the answers in Analys point at."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from utbildningsprocess import dossier, files
from utbildningsprocess.cli.formats import known_format
from utbildningsprocess.cli.output import result
from utbildningsprocess.cli.reading import refuse_if_in_doubt, tell_of_problems
from utbildningsprocess.cli.support import diagnosis, is_plain
from utbildningsprocess.cli.workspace import meant_dossier, open_workspace
from utbildningsprocess.diagnosis import diagnose

if TYPE_CHECKING:
    from utbildningsprocess.diagnosis import Diagnosis

FORMATS = ("text", "json")
DECIMALS = 4


def show_diagnosis(initiative: str | None, form: str) -> None:
    """Shows the diagnosis of an initiative in a format."""
    form = known_format(form, FORMATS)
    workspace = open_workspace()
    path = meant_dossier(workspace, initiative)
    content = dossier.read(files.read_dossier(path).text, workspace.battery)
    refuse_if_in_doubt(path, content, "innan den kan ligga till grund för en diagnos")
    tell_of_problems(path, content)
    if form == "json":
        result(json.dumps(as_data(diagnose(workspace.rules, content.answers)), ensure_ascii=False))
        return
    title = content.title or path.stem
    bars = sys.stdout.isatty() and not is_plain(workspace)
    result(f"{title}\n\n{diagnosis(workspace, content.sheet, bars=bars)}")


def as_data(found: Diagnosis) -> dict[str, object]:
    """The diagnosis, ready for JSON."""
    causes = [
        {"id": cause.id, "styrka": round(cause.strength, DECIMALS), "svar": dict(cause.answers)}
        for cause in found.causes
    ]
    return {
        "utfall": found.outcome,
        "tillagg": list(found.additions),
        "huvud": list(found.main),
        "komplettera": list(found.complement),
        "orsaker": causes,
        "larandeandel": None if found.share is None else round(found.share, DECIMALS),
        "osakert": list(found.unknown),
    }
