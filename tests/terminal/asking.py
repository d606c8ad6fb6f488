"""Asks one stage of the small battery for real: `python asking.py DOSSIER STAGE [--enkel] [--alla]`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from small import SMALL
from utbildningsprocess.conversation.saving import Store
from utbildningsprocess.conversation.stage import ask_stage
from utbildningsprocess.dossier import document
from utbildningsprocess.errors import UtbError
from utbildningsprocess.faces import choose_face
from utbildningsprocess.files.dossier_file import read_dossier, save
from utbildningsprocess.files.drafts import drop_draft, read_draft, save_draft
from utbildningsprocess.files.editor import edited
from utbildningsprocess.interview import Interview
from utbildningsprocess.model import AnswerSheet

EMPTY = "<!-- utb:dossier 1 -->\n\n# Trygg start\n\n## Behov\n\n## Koncept\n"


def store(path: Path, stage_id: str) -> Store:
    state = dict(zip(("text", "fingerprint"), read_dossier(path), strict=True))

    def save_answer(qid, answer):
        answers = document.read(state["text"], SMALL).answers
        text = document.open_stage(state["text"], AnswerSheet(SMALL, answers), stage_id)
        text = document.with_answer(text, SMALL, qid, answer)
        state.update(text=text, fingerprint=save(path, text, state["fingerprint"], path.parent))

    def read(place):
        draft = read_draft(path, place)
        return draft.text if draft else None

    def save_text(name, text):
        save(Path(name), f"{text}\n", None)
        return name

    return Store(
        save=save_answer,
        draft_read=read,
        draft_write=lambda place, text: save_draft(path, place, text),
        draft_drop=lambda place: drop_draft(path, place),
        save_text=save_text,
    )


def main() -> int:
    path, stage_id = Path(sys.argv[1]), sys.argv[2]
    if not path.exists():
        save(path, EMPTY, None, path.parent)
    answers = document.read(read_dossier(path).text, SMALL).answers
    interview = Interview(
        SMALL.stage(stage_id),
        AnswerSheet(SMALL, answers),
        everything="--alla" in sys.argv,
        today=date(2026, 3, 1),
    )
    try:
        ask_stage(interview, choose_face(edited, plain="--enkel" in sys.argv), store(path, stage_id))
    except UtbError as trouble:
        sys.stderr.write(f"{trouble}\n")
        return trouble.exit_code
    sys.stderr.write("Färdigt.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
