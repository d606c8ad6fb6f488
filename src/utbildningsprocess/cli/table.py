"""Rows of a group from a table in a file: shown, and saved when somebody says yes or has said it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from utbildningsprocess.cli.asking import face_for
from utbildningsprocess.cli.output import STDIN, read_input_bytes, say
from utbildningsprocess.errors import Interrupted, WrongUse

if TYPE_CHECKING:
    from utbildningsprocess.answers.table_rows import TablePreview
    from utbildningsprocess.model import Question
    from utbildningsprocess.work.initiative import Initiative

_NOT_SAVED = "Inget har sparats. Stämmer raderna: kör om kommandot med --ja."


def add_table(opened: Initiative, asked: Question, name: str, *, sure: bool, consent: bool) -> None:
    """Adds the rows of a table in a file to a group, after those that are there.

    Raises WrongUse when there is nobody to ask and it is not said that one is sure.
    """
    from utbildningsprocess.answers.table_rows import rows_from_file
    from utbildningsprocess.answers.tables import table_text
    from utbildningsprocess.conversation.table import table_in_words
    from utbildningsprocess.files.trouble import shown

    if not asked.fields:
        raise WrongUse(f"{asked.qid} har inga rader. Med --tabell går det att svara på grupper av rader.")
    opened.refuse_if_damaged("innan den kan ändras")
    text, encoding = table_text(read_input_bytes(name), "Texten på standard in" if name == STDIN else name)
    say(f"Läst som {encoding}.")
    preview = rows_from_file(asked, text, opened.sheet, opened.workspace.today)
    if sys.stdin and sys.stdin.isatty() and not sure:
        agreed = _agreed(preview, opened)
        if agreed is None:
            return
        # Whoever is asked has been asked about personal identity numbers too.
        preview, consent = agreed, True
    else:
        for line in table_in_words(preview):
            say(line)
        if not sure:
            raise WrongUse(_NOT_SAVED)
    opened.add_rows(preview, consent=consent)
    for sentence in opened.replaced:
        say(sentence)
    count = len(preview.rows)
    say(f"Sparat i {shown(opened.path)}: {asked.text} {count} {'rad' if count == 1 else 'rader'} till.")
    if opened.followed.sentence:
        say(opened.followed.sentence)


def _agreed(preview: TablePreview, opened: Initiative) -> TablePreview | None:
    """The rows that the person says yes to, with the columns as they want them; None when they say no."""
    from utbildningsprocess.conversation.face import Signal
    from utbildningsprocess.conversation.table import ask_about_table

    try:
        return ask_about_table(face_for(plain=opened.workspace.settings.plain), preview)
    except Signal:
        raise Interrupted("Avbrutet. Inget har ändrats.") from None
