"""`utb exempel`: a whole initiative to look at and try the commands on."""

from __future__ import annotations

from utbildningsprocess.cli.asking import point_at
from utbildningsprocess.cli.output import say

_WHAT_IT_IS = """\
Det är en påhittad insats, introduktion för nya undersköterskor, genom alla sex stegen:
från behovet till uppföljningen nio månader senare.

Titta på den:
  cd {folder}
  utb visa trygg-start
  utb status
  utb steg analys --alla

Samma insats som svarsfil: {folder}/svar.yaml
Ta bort mappen {folder} när du är klar.
"""


def exempel() -> None:
    """Skriv en färdig insats i mappen utb-exempel, att läsa och prova kommandona på."""
    from utbildningsprocess.files.roots import here
    from utbildningsprocess.work.starting import EXAMPLE_FOLDER, write_example

    initiative, is_new = write_example(here())
    say("Exemplet är skrivet.\n" if is_new else "Exemplet finns redan och är inte ändrat.\n")
    say(_WHAT_IT_IS.format(folder=EXAMPLE_FOLDER))
    point_at(initiative)
