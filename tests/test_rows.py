"""The rows of a group: what is done to one leaves the others as they are, and every change can be taken back."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from making import BATTERY
from scripted import Scripted
from small import BEHOV, KONCEPT, SMALL, stage
from utbildningsprocess.answers.rows import given_rows, row_label, rows_in
from utbildningsprocess.conversation.face import Back, Leave, Onward, Pass
from utbildningsprocess.conversation.saving import Store
from utbildningsprocess.conversation.stage import ask_stage
from utbildningsprocess.dossier import document
from utbildningsprocess.dossier.traces import Traceless
from utbildningsprocess.errors import Interrupted
from utbildningsprocess.interview import Interview
from utbildningsprocess.model import AnswerSheet, Battery, Given, Question, Row, given_value

TODAY = date(2026, 3, 1)
MENU = "Vad vill du göra?"
GOALS = Given(
    (
        Row("L1", {"kunna": "bedöma en patient", "niva": "lag"}),
        Row("L2", {"kunna": "larma"}, {}, {"klart": "Chefen"}),
        Row("L3", {"kunna": "lugna", "klart": date(2026, 5, 1)}),
    )
)


class File:
    """A dossier as text in memory, and the drafts beside it."""

    def __init__(self, battery: Battery, asked: Question, **answers) -> None:
        self.battery, self.asked = battery, asked
        self.about = battery.stage(asked.stage).model_copy(update={"questions": (asked,)})
        self.text = "<!-- utb:dossier 1 -->\n\n# Trygg start\n\n## Behov\n\n## Koncept\n"
        self.drafts: dict[str, str] = {}
        self.removed: list[Row] = []
        self.past: list[list[tuple[str, str]]] = []
        """The rows before each save."""
        for stage_of in battery.stages:
            self.text = document.open_stage(self.text, AnswerSheet(battery, {}), stage_of.id)
        for qid, answer in answers.items():
            self.save(qid.replace("_", "."), answer)

    @property
    def sheet(self) -> AnswerSheet:
        content = document.read(self.text, self.battery)
        assert content.problems == ()
        return content.sheet

    def save(self, qid, answer) -> None:
        rows = rows_in(given_value(answer))
        back = [row.id for row in rows if row in self.removed]
        self.removed += [row for row in given_rows(self.sheet.answers, qid) if row not in rows]
        self.past.append(list(self.rows().items()))
        self.text = document.with_answer(self.text, self.battery, qid, answer, Traceless(back))

    def rows(self) -> dict[str, str]:
        """The text of each row, by its id."""
        qid = self.asked.qid
        between = self.text.partition(f"<!-- utb:{qid} -->")[2].partition(f"<!-- /utb:{qid}")[0]
        between = re.sub(r"<!-- .* -->", "", between)
        blocks = re.split(r"^(?=#### )", between, flags=re.MULTILINE)[1:]
        ids = [row.id for row in self.sheet.answers[qid].value] if blocks else []
        assert len(ids) == len(blocks)
        return {row_id: block.strip() for row_id, block in zip(ids, blocks, strict=True)}

    def ask(self, face) -> None:
        store = Store(
            save=self.save,
            draft_read=self.drafts.get,
            draft_write=self.drafts.__setitem__,
            draft_drop=lambda place: self.drafts.pop(place, None),
        )
        ask_stage(Interview(self.about, self.sheet, everything=True, today=TODAY), face, store)


def goals(answer=GOALS) -> File:
    return File(SMALL, KONCEPT.questions[0], koncept_larandemal=answer)


def done(file: File, *replies) -> Scripted:
    """What was asked and told while rows were worked with, until the person was done."""
    face = Scripted(*replies, "klart", "klart")
    file.ask(face)
    assert face.replies == []
    return face


# ---------------------------------------------------------------------- the menu


def test_a_copy_stands_after_its_row_with_an_id_of_its_own_and_only_the_difference_is_typed():
    file = goals()
    before = file.rows()
    done(file, "kopiera", "L1", "bedöma ett barn", Onward(), Onward())
    after = file.rows()
    assert list(after) == ["L1", "L4", "L2", "L3"]
    assert {row_id: after[row_id] for row_id in before} == before
    assert after["L4"].replace("barn", "patient").replace("ett", "en").replace("L4", "L1") == before["L1"]


def test_a_copy_gets_a_name_of_its_own_where_rows_are_known_by_their_names():
    groups = Given((Row("1", {"namn": "Nya", "antal": 62}),))
    file = File(SMALL, BEHOV.questions[5], behov_malgrupper=groups)
    face = done(file, "kopiera", "Chefer", Onward())
    assert [ask.draft for ask in face.asked if ask.text == "Namn"] == [""]
    assert [row.values for row in file.sheet.answers["behov.malgrupper"].value] == [
        {"namn": "Nya", "antal": 62},
        {"namn": "Chefer", "antal": 62},
    ]


def test_a_row_is_called_by_what_it_is_and_not_by_who_sees_to_it():
    measures = BATTERY.question("koncept.matt")
    row = Row("M1", {"metod": "20 fall, andel lika", "ansvarig_roll": "Handledare"})
    assert row_label(measures, row) == "M1 20 fall, andel lika"
    behaviour = Row("B1", {"vem": "Den nya", "gor": "säger färgen högt"})
    assert row_label(BATTERY.question("analys.onskat_beteende"), behaviour) == "B1 Den nya: säger färgen högt"


def test_what_is_answered_later_is_not_copied():
    late = {"id": "utfall", "text": "Utfall", "typ": "text", "sent": True}
    fields = [{"id": "titel", "text": "Titel", "typ": "text"}, late]
    asked = {"steg": "behov", "id": "x", "text": "Vad?", "typ": "grupp", "rad_id": "X", "falt": fields}
    battery = Battery((stage("behov", 1, "Behov", asked), KONCEPT))
    given = Given((Row("X1", {"titel": "Beslut", "utfall": "Ja"}),))
    file = File(battery, battery.question("behov.x"), behov_x=given)
    done(file, "kopiera", "Beslut igen")
    assert file.sheet.answers["behov.x"].value[1] == Row("X2", {"titel": "Beslut igen"})


@pytest.mark.parametrize(
    ("replies", "told"),
    [
        (("ta_bort", "L2", True), "Ångrat: L2 larma är tillbaka."),
        (("andra", "L2", "larma i tid", Onward(), Onward()), "Ångrat: L2 larma är som förut."),
        (("flytta", "L3", "L1"), "Ångrat: ordningen är som förut."),
        (("kopiera", "L1", "x", Onward(), Onward()), "Ångrat: L4 x är borta igen."),
        (("lagg_till", "x", "lag", "", ""), "Ångrat: L4 x är borta igen."),
    ],
)
def test_every_change_is_taken_back_whole(replies, told):
    file = goals()
    before = file.text
    face = done(file, *replies, "angra")
    assert told in face.said
    assert file.text == before or "L4" in told  # the file remembers that L4 has been in use
    assert file.sheet.answers["koncept.larandemal"] == GOALS


def test_changes_are_taken_back_one_after_the_other_also_when_the_group_is_opened_again():
    file = goals()
    face = Scripted("ta_bort", "L3", True, "flytta", "L2", "L1", "klart", "koncept.larandemal")
    face.replies += ["angra", "angra", "klart", "klart"]
    file.ask(face)
    assert file.sheet.answers["koncept.larandemal"] == GOALS
    last = [offered for ask, offered in zip(face.asked, face.offered, strict=True) if ask.text == MENU][-1]
    assert not any("Ångra" in label for label in last)


def test_an_id_that_was_taken_back_is_not_given_again():
    file = goals()
    done(file, "lagg_till", "x", "lag", "", "", "angra", "lagg_till", "y", "lag", "", "")
    assert list(file.rows()) == ["L1", "L2", "L3", "L5"]


def test_rows_that_have_changed_since_in_another_way_are_not_taken_back():
    file = goals()
    skipped = ("ta_bort", "L3", True, Pass(), "hoppa", True, "Senare")
    face = done(file, *skipped, "koncept.larandemal", "y", "lag", "", Back(), "angra")
    menus = [offered for ask, offered in zip(face.asked, face.offered, strict=True) if ask.text == MENU]
    assert ["Ångra den senaste ändringen" in offered for offered in menus] == [False, True, True, False]


def test_a_way_keeps_its_number_whatever_rows_there_are():
    numbers: dict[str, set[int]] = {}
    for rows in (GOALS.value[:1], GOALS.value):
        for replies in ((), ("andra", *(["L1"] if len(rows) > 1 else []), "z", Onward(), Onward())):
            face = done(goals(Given(rows)), *replies)
            for ask, offered in zip(face.asked, face.offered, strict=True):
                for number, label in enumerate(offered if ask.text == MENU else [], 1):
                    numbers.setdefault(label, set()).add(number)
    assert len(numbers) == 8
    assert {len(places) for places in numbers.values()} == {1}


def test_the_rows_are_shown_in_columns_with_what_tells_them_apart():
    face = done(goals())
    assert [line for line in face.said if "|" in line] == [
        "  Rad | Nivå | Klart",
        "  L1 bedöma en patient | Lag eller föreskrift | ",
        "  L2 larma |  | Vet inte än: Chefen",
        "  L3 lugna |  | 2026-05-01",
    ]


def test_a_single_row_has_nothing_to_be_moved_past():
    face = done(goals(Given(GOALS.value[:1])), "flytta")
    assert "Det finns bara en, så det finns inget att flytta den förbi." in face.said


def test_a_row_that_was_left_half_way_is_followed_by_the_next():
    file = goals()
    with pytest.raises(Interrupted):
        file.ask(Scripted("lagg_till", "x", Leave()))
    face = Scripted("lag", "", "y", "lag", "", "", "klart")
    file.ask(face)
    assert face.replies == []
    assert list(file.rows()) == ["L1", "L2", "L3", "L4", "L5"]


def test_a_row_in_the_middle_that_was_left_half_way_leads_back_to_the_menu():
    file = goals()
    with pytest.raises(Interrupted):
        file.ask(Scripted("andra", "L1", Leave()))
    face = done(file, "z", Onward(), Onward())
    assert face.asked[3].text == MENU


# ------------------------------------------------- whatever is done, in any order


MOST_STEPS = 15
PHASES = [{"id": key, "text": key.capitalize()} for key in ("fore", "under", "efter")]
ACTIVITIES = {
    "steg": "koncept",
    "id": "aktiviteter",
    "text": "Vilka aktiviteter?",
    "typ": "grupp",
    "rad_id": "A",
    "forifyll": {"fran": "alternativ", "till": "fas"},
    "falt": [
        {"id": "titel", "text": "Titel", "typ": "text"},
        {"id": "fas", "text": "Fas", "typ": "val", "alternativ": PHASES},
        {"id": "minuter", "text": "Minuter", "typ": "tal"},
    ],
}
PLAN = Battery((stage("koncept", 3, "Koncept", ACTIVITIES),))
OUTCOMES = Battery((KONCEPT.model_copy(update={"questions": KONCEPT.questions[::2]}),))


ONE_FIELD = 2
"""The marks round the name of a field in the file."""


class Anybody(Scripted):
    """Somebody who does anything with the rows, and is interrupted anywhere; each visit to the menu is judged."""

    def __init__(self, file: File, data: st.DataObject) -> None:
        super().__init__()
        self.file, self.data, self.ever = file, data, set(file.rows())
        self.seen, self.act, self.touched = file.rows(), "", ""
        self.steps, self.is_back = 0, False

    def ask_choice(self, ask, options, default=None):
        return self._next(ask, options) or default

    def _next(self, ask, options=()):
        values = [option.value for option in options]
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Leave
        if ask.text == MENU:
            self.judge()
            self.act = self.data.draw(st.sampled_from([*values, Leave()]), MENU)
            reply = self.act
        elif ask.text.startswith(("Vilken vill", "Vart ska")):
            reply = self.data.draw(st.sampled_from([*values, Back()]), ask.text)
            self.touched = reply if ask.text.startswith("Vilken vill") else self.touched
        elif ask.text.startswith(("Ta bort", "Ta med")):
            reply = self.data.draw(st.booleans(), ask.text)
        elif not ask.heading.startswith(("Rad", "Genomgång")):
            reply = Leave()
        elif ask.heading == "Genomgång":
            reply = self.data.draw(st.sampled_from(["klart", *values]), ask.text)
        else:
            said = ["7", "12"] if ask.text == "Minuter" else ["Öva", "Prata"]
            ways = [*(values or said), *([] if options else [""]), Onward(), Back(), Leave("1")]
            reply = self.data.draw(st.sampled_from(ways), ask.text)
        if isinstance(reply, (Back, Leave, Onward)):
            raise reply
        return reply

    def judge(self) -> None:
        """The rows that were let be are as they were, byte by byte, and no id comes back but by undoing."""
        now = self.file.rows()
        news = now.keys() - self.seen.keys()
        if self.act == "angra":
            assert list(now.items()) in self.file.past
        else:
            assert not news & self.ever
            gone = self.seen.keys() - now.keys()
            assert gone <= {self.touched if self.act == "ta_bort" else ""} or len(self.seen) == 1
            changed = {row_id for row_id in self.seen.keys() & now.keys() if self.seen[row_id] != now[row_id]}
            # When they come back, the row that was left half-way is asked first, and those only begun.
            begun = {row_id for row_id in changed if self.seen[row_id].count("**") <= ONE_FIELD}
            resumed = changed if self.is_back and len(changed - begun) <= 1 else set()
            assert changed <= {self.touched} | resumed or len(self.seen) == 1
            stay = [row_id for row_id in now if row_id not in {*news, self.touched}]
            assert stay == [row_id for row_id in self.seen if row_id in stay]
        self.is_back = False
        self.ever |= now.keys()
        self.seen, self.touched = now, ""


@settings(max_examples=15, phases=[Phase.explicit, Phase.generate])
@pytest.mark.parametrize("battery", [OUTCOMES, PLAN], ids=["prefilled from rows", "prefilled from options"])
@given(data=st.data())
def test_whatever_is_done_to_rows_leaves_the_others_as_they_are(battery, data):
    if battery is OUTCOMES:
        outcomes = tuple(Row(str(number), {"mal": f"L{number}", "utfall": "Bra"}) for number in (1, 2, 3))
        file = File(battery, KONCEPT.questions[2], koncept_larandemal=GOALS, koncept_status=Given(outcomes))
    else:
        rows = tuple(
            Row(f"A{n}", {"titel": f"Steg {n}", "fas": key}) for n, key in ((1, "fore"), (2, "under"))
        )
        file = File(battery, battery.question("koncept.aktiviteter"), koncept_aktiviteter=Given(rows))
    face = Anybody(file, data)
    for _ in range(3):
        face.steps, face.is_back = 0, True
        with suppress(Interrupted):
            file.ask(face)
