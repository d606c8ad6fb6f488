"""A guided lesson: what is tried on a copy of the example, and what is looked at afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.cli.output import display, result, say
from utbildningsprocess.cli.paging import leaf_through
from utbildningsprocess.errors import Interrupted

if TYPE_CHECKING:
    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.work.learning import Lesson

_WELCOME = """\
Här finns {number} saker att prova, på en kopia av exemplet ”{title}”.
Svara vad som helst, och sluta när du vill. Kopian tas bort efteråt."""
_RESUMED = "Guiden: Så ser det ut när du lämnar. Nu öppnas samma steg igen, som om det vore i morgon."
_THE_END = """
Det var guiden. Kopian är borttagen.
Starta en egen insats: utb ny
Alla kommandon: utb hjälp"""


def hold_lesson(face: Face) -> None:
    """Lets a person try the program, and leaves nothing behind."""
    from utbildningsprocess.work.learning import lesson

    with lesson() as learnt:
        face.say(_WELCOME.format(number=len(learnt.tries), title=learnt.initiative.title))
        _answer(learnt, face)
        _look(learnt, face)
    say(_THE_END)


def _answer(learnt: Lesson, face: Face) -> None:
    """Asks the stage until it is done; who leaves when it is time to try that is asked again."""
    from utbildningsprocess.conversation.stage import ask_stage
    from utbildningsprocess.conversation.tour import Deed, Tour, guided, noticing

    tour = Tour(learnt.moments(plain=not face.draws_rows))
    initiative = learnt.initiative
    while True:
        interview = initiative.interview(learnt.stage)
        could_leave = tour.has_left(Deed.LEAVE)
        try:
            ask_stage(interview, guided(face, tour, interview), noticing(initiative.store(), tour))
        except Interrupted as left:
            if not could_leave or tour.has_left(Deed.LEAVE):
                raise Interrupted("Guiden slutar här. Kopian är borttagen. Börja om med: utb guide") from None
            face.say(f"{left}\n\n{_RESUMED}")
        else:
            return


def _look(learnt: Lesson, face: Face) -> None:
    """Shows the diagnosis and a document, to whoever wants to see them."""
    from utbildningsprocess.conversation.face import Ask, Leave
    from utbildningsprocess.documents.compose import to_markdown
    from utbildningsprocess.documents.kinds import kind_meant
    from utbildningsprocess.screen.showing import set_markdown
    from utbildningsprocess.work.commentary import diagnosis_in_words

    initiative = learnt.initiative
    shown_in = display(initiative.workspace.settings)
    kind = kind_meant(learnt.document)
    try:
        if face.ask_yes_no(Ask("Vill du se vad svaren i Analys pekar på?"), default=True):
            result(f"\n{diagnosis_in_words(initiative.workspace, initiative.sheet, shown_in)}\n")
        if face.ask_yes_no(Ask(f"Vill du se ett dokument som görs av svaren: {kind.title}?"), default=True):
            page = to_markdown(initiative.documents.document(kind))
            leaf_through(set_markdown(page, plain=shown_in.plain), whole=shown_in.plain)
    except Leave:
        return
