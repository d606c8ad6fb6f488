"""One initiative: its dossier opened, and what people do with it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from secrets import token_bytes
from typing import TYPE_CHECKING

from utbildningsprocess.dossier.first_lines import with_first_lines
from utbildningsprocess.errors import UtbError
from utbildningsprocess.files.dossier_file import save
from utbildningsprocess.files.drafts import drafts_place, drop_draft, read_draft, save_draft
from utbildningsprocess.files.names import new_path
from utbildningsprocess.files.roots import latest_dossier, template_shown, template_text
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.model import AnswerSheet, given_value
from utbildningsprocess.swedish import clean_line
from utbildningsprocess.work.open_dossier import OpenDossier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.conversation.saving import Store
    from utbildningsprocess.interview import Interview
    from utbildningsprocess.model import Answers, Question
    from utbildningsprocess.work.documents import Documents
    from utbildningsprocess.work.outlook import Outlook
    from utbildningsprocess.work.reviewing import Review
    from utbildningsprocess.work.workspace import Workspace


class Initiative(OpenDossier):
    """An initiative: answer, review and diagnose it, see where it stands, make its documents."""

    @classmethod
    def open(cls, workspace: Workspace, wanted: Path | str | None = None) -> Initiative:
        """An initiative, opened from its dossier: at a path, or the one meant by a name or by nothing.

        Raises as `Workspace.find`, and Broken when the file cannot be read.

            initiative = Initiative.open(workspace, "trygg-start")
        """
        return cls(workspace, wanted if isinstance(wanted, Path) else workspace.find(wanted))

    @classmethod
    def start(cls, workspace: Workspace, title: str, answers: Answers | None = None) -> Initiative:
        """A new initiative, with answers when there are any; its dossier is written at once.

        Raises Broken or Conflict when the file cannot be written.
        """
        from utbildningsprocess.documents.kinds import NEW_DOSSIER
        from utbildningsprocess.documents.template import new_dossier

        root, sheet = workspace.root, AnswerSheet(workspace.battery, answers or {})
        path = new_path(root, title)
        template, name = template_text(root, NEW_DOSSIER), template_shown(root, NEW_DOSSIER)
        text = new_dossier(template, clean_line(title), sheet, name)
        save(path, with_first_lines(text, "", token_bytes()), None, root.folder)
        return cls(workspace, path)

    # ---------------------------------------------- what the answers come to

    def review(self) -> Review:
        """What does not hang together between the stages. Raises Broken when the file is damaged."""
        from utbildningsprocess.work.reviewing import review

        return review(self)

    def outlook(self) -> Outlook:
        """Where the initiative stands: each stage's state, dates to come, findings, and the next step."""
        from utbildningsprocess.work.outlook import outlook_of

        return outlook_of(self.workspace, self.sheet)

    @property
    def documents(self) -> Documents:
        """What can be made of the answers: documents, tables and a calendar."""
        from utbildningsprocess.work.documents import Documents

        return Documents(self)

    # ---------------------------------------------------- for a conversation

    def interview(self, stage_id: str, *, everything: bool = False, core_only: bool = False) -> Interview:
        """The interview of a stage, to be held by a conversation."""
        from utbildningsprocess.interview import Interview

        stage = self.workspace.battery.stage(stage_id)
        today = self.workspace.today
        return Interview(stage, self.sheet, everything=everything, core_only=core_only, today=today)

    def interview_at_start(self) -> Interview | None:
        """The interview of what is asked when an initiative begins; None where nothing is.

        What the settings call the same as a question, or the latest initiative answers, is proposed.
        """
        from utbildningsprocess.interview import Interview

        battery = self.workspace.battery
        asked = tuple(question for question in battery.questions() if question.at_start)
        if not asked:
            return None
        stage = battery.stage(asked[0].stage).model_copy(update={"questions": asked})
        return Interview(stage, self.sheet, today=self.workspace.today, proposals=self._usual(asked))

    def _usual(self, asked: Sequence[Question]) -> dict[str, str]:
        """The texts to propose for questions: from the settings, else from the latest other initiative."""
        settings = self.workspace.settings
        keys = {info.alias or name: name for name, info in type(settings).model_fields.items()}
        usual: dict[str, str] = {}
        latest = latest_dossier(self.workspace.root, self.path)
        with suppress(UtbError):
            answers = OpenDossier(self.workspace, latest).answers if latest else {}
            usual = {qid: value for qid in answers if isinstance(value := given_value(answers[qid]), str)}
        texts = {
            question.qid: getattr(settings, keys.get(question.id, ""), "") or usual.get(question.qid)
            for question in asked
        }
        return {qid: text for qid, text in texts.items() if isinstance(text, str)}

    def store(self) -> Store:
        """What a conversation needs to save answers and to remember half-typed texts."""
        from utbildningsprocess.conversation.saving import Store

        path = self.path
        return Store(
            save=lambda qid, answer: self.save({qid: answer}),
            draft_read=lambda place: draft.text if (draft := read_draft(path, place)) else None,
            draft_write=lambda place, text: save_draft(path, place, text),
            draft_drop=lambda place: drop_draft(path, place),
            followed=lambda: self.followed,
            peek=self.peek,
            reread=self.reread,
            difference=self.difference,
            save_beside=self.save_beside,
            draft_place=drafts_place(),
            save_text=_save_text,
        )


def _save_text(name: str, text: str) -> str:
    path = Path(name)
    save(path, f"{text}\n", None)
    return shown(path)
