"""`utb exempel`: a whole initiative to look at and try the commands on."""

from __future__ import annotations

from pathlib import Path

from utbildningsprocess.cli.chrome import PROGRAM
from utbildningsprocess.cli.ny import create
from utbildningsprocess.cli.output import result, say
from utbildningsprocess.cli.workspace import today, workspace_at
from utbildningsprocess.files import Root, Taken, list_dossiers, question_text, save
from utbildningsprocess.files.trouble import shown

FOLDER = "utb-exempel"
ANSWERS = "exempel.yaml"
_CONFIG = """\
# Inställningar för insatserna i den här mappen.
organisation: Exempelregionen (påhittad)
"""


def write_example() -> None:
    """Writes the example into a folder of its own, unless it is there already, and says what to look at."""
    from utbildningsprocess.settings import Settings

    folder = Path.cwd() / FOLDER
    here = Root(folder, Settings())
    found = list_dossiers(here)
    path = found[0] if found else _written(here)
    say("Exemplet finns redan och är inte ändrat.\n" if found else "Exemplet är skrivet.\n")
    say(_WHAT_IT_IS)
    say("Dossiern finns här:")
    result(shown(path))


def _written(root: Root) -> Path:
    from utbildningsprocess.answers.answers_file import read_answers_file

    workspace = workspace_at(root)
    text = question_text(root, ANSWERS)
    read = read_answers_file(text, ANSWERS, workspace.battery, today())
    for name, content in (("utb.yaml", _CONFIG), ("svar.yaml", text)):
        _save_new(root.folder / name, content)
    return create(workspace, read.title, read.answers)


def _save_new(path: Path, text: str) -> None:
    try:
        save(path, text, None)
    except Taken:
        return


_WHAT_IT_IS = f"""\
Det är en påhittad insats, introduktion för nya undersköterskor, genom alla sex stegen:
från behovet till uppföljningen nio månader senare.

Titta på den:
  cd {FOLDER}
  {PROGRAM} visa trygg-start
  {PROGRAM} status
  {PROGRAM} steg analys --alla

Samma insats som svarsfil: {FOLDER}/svar.yaml
Ta bort mappen {FOLDER} när du är klar.
"""
