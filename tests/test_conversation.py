"""The conversation, whatever its face: nothing answered is lost, and every way out is there."""

from __future__ import annotations

from dataclasses import replace
from dataclasses import replace as replaced
from datetime import date

import pytest

from making import BATTERY
from scripted import KEEP, Scripted
from small import BEHOV, KONCEPT, SMALL, stage
from utbildningsprocess.answers.dates import parse_when
from utbildningsprocess.conversation.face import (
    Back,
    Cell,
    DontKnow,
    Leave,
    Onward,
    Pass,
    SaveAndLeave,
    ToMap,
)
from utbildningsprocess.conversation.saving import Store
from utbildningsprocess.conversation.stage import ask_stage
from utbildningsprocess.errors import Broken, Conflict, Interrupted, SavedAndLeft, UtbError
from utbildningsprocess.interview import Interview
from utbildningsprocess.model import AnswerSheet, Battery, Given, Row, Skipped, TimeSpan, Unfit, Unknown

TODAY = date(2026, 3, 1)
GROUPS = Given((Row("1", {"namn": "Nya", "antal": 62}), Row("2", {"namn": "Handledare"})))
GOALS = (Row("L1", {"kunna": "bedöma en patient"}), Row("L2", {"kunna": "larma"}))


class Shelf:
    """A store in memory; `troubles` are raised by the next saves, one each."""

    def __init__(self, answers=None, drafts=None, troubles=()) -> None:
        self.answers = dict(answers or {})
        self.drafts = dict(drafts or {})
        self.troubles = list(troubles)
        self.beside: dict[str, object] = {}

    def save(self, qid, answer) -> None:
        if self.troubles and (trouble := self.troubles.pop(0)):
            raise trouble
        if answer is None:
            self.answers.pop(qid, None)
        else:
            self.answers[qid] = answer

    def save_beside(self, qid, answer) -> str:
        self.beside[qid] = answer
        return "insats-2.md"

    def store(self, **more) -> Store:
        return Store(
            save=self.save,
            draft_read=self.drafts.get,
            draft_write=self.drafts.__setitem__,
            draft_drop=lambda place: self.drafts.pop(place, None),
            **more,
        )

    def able_store(self) -> Store:
        return self.store(
            reread=lambda: dict(self.answers), difference=lambda: "-deras", save_beside=self.save_beside
        )


def hold(face, *, about=BEHOV, battery=SMALL, shelf=None, store=None, everything=False) -> Shelf:  # noqa: PLR0913
    """Holds a conversation until the script or the review ends it; gives what was stored."""
    shelf = shelf or Shelf()
    interview = Interview(
        about, AnswerSheet(battery, dict(shelf.answers)), everything=everything, today=TODAY
    )
    ask_stage(interview, face, store or shelf.store())
    return shelf


def leave(face, **more) -> Shelf:
    """Holds a conversation that ends because the person leaves."""
    shelf = more.pop("shelf", None) or Shelf()
    with pytest.raises(Interrupted):
        hold(face, shelf=shelf, **more)
    return shelf


def only(*questions) -> dict[str, object]:
    """A stage of some of the questions of BEHOV or KONCEPT, and its battery."""
    chosen = [one for one in (*BEHOV.questions, *KONCEPT.questions) if one.id in questions]
    of = BEHOV if chosen[0].stage == "behov" else KONCEPT
    about = of.model_copy(update={"questions": tuple(chosen)})
    return {"about": about, "battery": Battery(tuple(about if one is of else one for one in SMALL.stages))}


class OnPages(Scripted):
    """A face that answers the statements on a page: pairs of a place and an option, or nothing to be done."""

    draws_rows = True

    def ask_page(self, page) -> None:
        self.page = page
        self.asked.append(page.ask)
        while (reply := self._next(page.ask)) is not DONE:
            place, option = reply
            if not page.answer(place, option):
                return


DONE = object()

# --------------------------------------------------------- simple questions


def test_every_kind_of_question_is_asked_saved_and_reviewed():
    face = Scripted(
        *("Av 62 slutade 17.", "Trygg start", "lag", "6 kap. 2 §", ["nej", "annat"], "Ny chef; Flytt"),
        *("Nya", "62", "", True, "12/3", "8.30-16", "40", "3, 14, 60", "trygg, säker"),
        *("stammer", "inte", "stammer", "inte", "klart"),
    )
    assert hold(face).answers == {
        "behov.varfor": Given("Av 62 slutade 17."),
        "behov.kort": Given("Trygg start"),
        "behov.krav": Given("lag"),
        "behov.kalla": Given("6 kap. 2 §"),
        "behov.utlosare": Given(("nej", "Ny chef", "Flytt")),
        "behov.malgrupper": Given((Row("1", {"namn": "Nya", "antal": 62}),)),
        "behov.bradskar": Given(value=True),
        "behov.klart": Given(date(2026, 3, 12)),
        "behov.tid": Given(TimeSpan(8 * 60 + 30, 16 * 60)),
        "behov.andel": Given(40),
        "behov.dagar": Given((3, 14, 60)),
        "behov.ord": Given(("trygg", "säker")),
        "behov.hinder": Given({"s01": "stammer", "s02": "inte", "s03": "stammer", "s04": "inte"}),
    }
    assert face.replies == []


def test_a_question_says_where_we_are_and_a_date_how_it_was_read():
    face = Scripted("i morgon", "klart")
    hold(face, **only("klart"))
    assert face.asked[0].heading == "Fråga 1 av 1, Behov"
    assert "Datumet är måndag 2 mars 2026." in face.said


class CountingDay(date):
    """A day that counts how often another day is reckoned from it."""

    reckoned = 0

    def __add__(self, days):
        type(self).reckoned += 1
        return date(self.year, self.month, self.day) + days


@pytest.mark.parametrize(
    ("asked", "replies"),
    [("klart", ["i morgon", "klart"]), ("larandemal", ["larma", "nej", "i morgon", "", "klart"])],
)
def test_a_date_is_read_once_in_a_question_and_in_a_field(asked, replies):
    parse_when.cache_clear()  # what an earlier test has read
    CountingDay.reckoned = 0
    parse_when.cache_clear()
    chosen = only(asked)
    interview = Interview(chosen["about"], AnswerSheet(chosen["battery"], {}), today=CountingDay(2026, 3, 1))
    shelf = Shelf()
    ask_stage(interview, Scripted(*replies), shelf.store())
    assert "datetime.date(2026, 3, 2)" in repr(shelf.answers)
    assert CountingDay.reckoned == 1


def test_a_time_says_how_it_was_read_unless_it_stands_so():
    face = Scripted("kl 8.30 till 16", "klart")
    assert hold(face, **only("tid")).answers == {"behov.tid": Given(TimeSpan(8 * 60 + 30, 16 * 60))}
    assert "Tiden är 08.30–16.00." in face.said
    shelf = Shelf({"behov.tid": Given(TimeSpan(13 * 60))})
    again = Scripted("behov.tid", KEEP, "klart")
    hold(again, shelf=shelf, **only("tid"))
    assert again.asked[1].draft == "13.00"
    assert not any(line.startswith("Tiden är") for line in again.said)


def test_what_is_wrong_is_said_and_the_question_asked_again():
    face = Scripted("mycket", "120", "40", "klart")
    assert hold(face, **only("andel")).answers == {"behov.andel": Given(40)}
    assert [line for line in face.said if line.startswith("Fel:")] == [
        "Fel: ”mycket” är inte ett tal. Skriv med siffror hur många procent, till exempel 12 eller 12,5.",
        "Fel: 120 är för mycket: högst 100 procent.",
    ]


@pytest.mark.parametrize(
    ("qid", "nothing"),
    [("kort", ""), ("varfor", ""), ("andel", ""), ("klart", ""), ("ord", " "), ("utlosare", [])],
)
def test_an_empty_answer_to_an_unanswered_question_leaves_it_open_and_goes_on(qid, nothing):
    face = Scripted(nothing, "klart")
    assert hold(face, **only(qid)).answers == {}
    assert "Frågan lämnas obesvarad." in face.said
    assert len(face.asked) == 2


def test_an_open_question_is_asked_again_the_next_time():
    shelf = hold(Scripted("", "klart"), **only("kort"))
    assert hold(Scripted("Text", "klart"), shelf=shelf, **only("kort")).answers == {
        "behov.kort": Given("Text")
    }


@pytest.mark.parametrize(
    ("qid", "earlier", "nothing", "new"),
    [("kort", "Text", "", "Ny text"), ("utlosare", ("nej",), [], ["lag"])],
)
def test_emptying_an_answer_is_no_answer(qid, earlier, nothing, new):
    face = Scripted(nothing, new, "klart")
    shelf = Shelf({f"behov.{qid}": Given(earlier)})
    answers = hold(face, shelf=shelf, everything=True, **only(qid)).answers
    assert answers == {f"behov.{qid}": Given(tuple(new) if isinstance(new, list) else new)}
    assert "Fel: Svaret är tomt. Skriv något, eller hoppa över frågan." in face.said


def test_a_skipped_question_that_is_looked_at_stays_skipped():
    shelf = Shelf({"behov.kort": Skipped("Gäller inte oss")})
    face = Scripted("", "klart")
    hold(face, shelf=shelf, everything=True, **only("kort"))
    assert shelf.answers == {"behov.kort": Skipped("Gäller inte oss")}
    assert "Frågan lämnas som den är." in face.said


def test_a_group_can_be_left_without_rows():
    face = Scripted("", "klart")
    assert hold(face, **only("malgrupper")).answers == {}
    assert "Frågan lämnas obesvarad." in face.said


def test_a_group_whose_rows_are_gone_can_be_left_without_rows():
    shelf = Shelf({"behov.malgrupper": Given((Row("1", {"namn": "Nya"}),))})
    face = Scripted("ta_bort", True, "lagg_till", "", "Gå vidare utan svar", "klart")
    assert hold(face, shelf=shelf, everything=True, **only("malgrupper")).answers == {}
    assert "Frågan lämnas obesvarad." in face.said


def test_a_unit_that_the_label_names_is_not_said_twice():
    about = next(stage for stage in BATTERY.stages if stage.id == "behov")
    groups = about.model_copy(
        update={"questions": tuple(asked for asked in about.questions if asked.id == "malgrupper")}
    )
    face = Scripted("Nya", "3")
    leave(face, about=groups, battery=BATTERY)
    assert [ask.text for ask in face.asked[:2]] == ["Grupp", "Antal personer"]


def test_own_words_come_back_to_be_edited_and_going_back_from_them_changes_the_ticks():
    shelf = Shelf({"behov.utlosare": Given(("lag", "Ny chef"))})
    face = Scripted(KEEP, Back(), ["nej", "annat"], KEEP, "klart")
    hold(face, shelf=shelf, everything=True, **only("utlosare"))
    assert face.asked[1].draft == "Ny chef"
    assert shelf.answers == {"behov.utlosare": Given(("nej", "Ny chef"))}


def test_back_offers_the_earlier_answer_and_the_half_typed_one():
    face = Scripted("Första", Back("halv mening"), "Ändrad", KEEP, Leave())
    shelf = leave(face)
    assert [ask.draft for ask in face.asked[2:4]] == ["Första", "halv mening"]
    assert shelf.answers == {"behov.varfor": Given("Ändrad"), "behov.kort": Given("halv mening")}


def test_going_back_is_possible_where_a_half_typed_text_is_offered_and_it_waits():
    shelf = Shelf({"behov.varfor": Given("Första")}, {"behov.kort": "halv mening"})
    face = Scripted(Back(), KEEP, True, Leave())
    leave(face, shelf=shelf, **only("varfor", "kort"))
    assert [(ask.text, ask.can_go_back) for ask in face.asked[::2]] == [("Ta med det?", True)] * 2
    assert (face.asked[1].draft, face.asked[3].draft) == ("Första", "halv mening")


def test_at_the_first_question_there_is_nothing_to_go_back_to():
    face = Scripted(Leave())
    leave(face)
    assert not face.asked[0].can_go_back


def test_an_answer_that_did_not_fit_is_the_draft():
    shelf = Shelf({"behov.klart": Unfit("kanske till hösten", "Inget datum.")})
    face = Scripted("2026-09-01", "klart")
    hold(face, shelf=shelf, **only("klart"))
    assert face.asked[0].draft == "kanske till hösten"


def test_an_earlier_answer_is_quoted_before_the_question():
    shelf = Shelf({"behov.varfor": Given("Rad ett.\nRad två.")})
    face = Scripted(Leave())
    leave(face, about=KONCEPT, shelf=shelf)
    assert (
        "Så här skrev ni i Behov, på frågan ”Varför vill ni göra den här insatsen?”:\n  Rad ett.\n  Rad två."
    ) in "\n".join(face.said)


def test_help_gives_the_method_and_both_examples():
    question = {
        "steg": "behov",
        "id": "ett",
        "text": "Ett?",
        "typ": "text",
        "hjalp": "Så här.",
        "metod": "Fem varför",
        "svagt_exempel": "Dåligt.",
        "starkt_exempel": "Bra.",
    }
    about = stage("behov", 1, "Behov", question)
    face = Scripted(Leave())
    leave(face, about=about, battery=Battery((about,)))
    assert face.asked[0].help == (
        "Så här.\nMetod: Fem varför\nSvagt exempel: ”Dåligt.”\nStarkt exempel: ”Bra.”"
    )


def test_a_choice_that_does_not_fit_is_shown_and_chosen_anew():
    shelf = Shelf({"behov.krav": Unfit("kanske", "Det finns inte bland alternativen.")})
    face = Scripted("nej", "klart")
    assert hold(face, shelf=shelf, **only("krav")).answers["behov.krav"] == Given("nej")
    assert "  kanske" in face.asked[0].reminders


# ------------------------------------------------------------------ passing


def test_a_question_is_skipped_with_a_reason():
    face = Scripted(Pass(), "hoppa", "Gäller inte oss.", "klart")
    assert hold(face, **only("kort")).answers == {"behov.kort": Skipped("Gäller inte oss.")}


def test_nobody_is_stopped_for_want_of_a_reason():
    face = Scripted(Pass(), "hoppa", "", "klart")
    assert hold(face, **only("kort")).answers == {"behov.kort": Skipped("")}


def test_a_question_is_not_known_yet():
    face = Scripted(Pass(), "vet_inte", "Chefen", DontKnow(), "", "klart")
    assert hold(face, **only("kort", "klart")).answers == {
        "behov.kort": Unknown("Chefen"),
        "behov.klart": Unknown(""),
    }


@pytest.mark.parametrize("way", [("tillbaka",), (Back(),), ("hoppa", Back()), ("vet_inte", Back())])
def test_passing_can_be_regretted_with_the_half_typed_text_kept(way):
    face = Scripted(Pass("halv"), *way, KEEP, "klart")
    assert hold(face, **only("kort")).answers == {"behov.kort": Given("halv")}


def test_passing_over_an_answered_question_asks_before_it_removes_the_answer():
    shelf = Shelf({"behov.kort": Given("Kvar")})
    hold(Scripted(Pass(), "hoppa", False, KEEP, "klart"), shelf=shelf, everything=True, **only("kort"))
    assert shelf.answers == {"behov.kort": Given("Kvar")}
    hold(Scripted(Pass(), "hoppa", True, "Skäl", "klart"), shelf=shelf, everything=True, **only("kort"))
    assert shelf.answers == {"behov.kort": Skipped("Skäl")}


# ------------------------------------------------------------------- drafts


def test_leaving_keeps_the_half_word_and_says_that_the_answers_are_saved():
    face = Scripted("Klar text", Leave("halv me"))
    shelf = Shelf()
    with pytest.raises(Interrupted, match="sparat"):
        hold(face, shelf=shelf)
    assert shelf.answers == {"behov.varfor": Given("Klar text")}
    assert shelf.drafts == {"behov.kort": "halv me"}


def test_the_half_word_is_offered_next_time_and_dropped_once_saved():
    shelf = Shelf(drafts={"behov.kort": "halv me"})
    face = Scripted(True, "halv mening", "klart")
    hold(face, shelf=shelf, **only("kort"))
    assert face.said[:2] == ["”Hur låter det i en mening?” Ni hann skriva det här förra gången:", "  halv me"]
    assert face.asked[1].draft == "halv me"
    assert (shelf.answers, shelf.drafts) == ({"behov.kort": Given("halv mening")}, {})


def test_the_question_with_the_half_word_comes_before_those_that_were_left_open():
    shelf = leave(Scripted("", Leave("halv")), **only("varfor", "kort", "andel"))
    face = Scripted(True, "halv mening", "40", "Därför", "klart")
    hold(face, shelf=shelf, **only("varfor", "kort", "andel"))
    assert shelf.answers["behov.kort"] == Given("halv mening")
    assert shelf.answers["behov.varfor"] == Given("Därför")


def test_a_draft_that_is_not_wanted_is_dropped():
    shelf = Shelf(drafts={"behov.kort": "halv me"})
    face = Scripted(False, Leave())
    leave(face, shelf=shelf, **only("kort"))
    assert (face.asked[1].draft, shelf.drafts) == ("", {})


def test_a_draft_that_is_taken_is_begun_and_an_answer_that_stands_is_not():
    face = Scripted(True, KEEP, "klart")
    shelf = Shelf(drafts={"behov.varfor": "halv me"})
    hold(face, shelf=shelf, **only("varfor"))
    again = Scripted(KEEP, "klart")
    hold(again, shelf=shelf, everything=True, **only("varfor"))
    assert [ask.is_begun for ask in (face.asked[1], again.asked[0])] == [True, False]


def test_leaving_while_a_draft_is_offered_keeps_it():
    shelf = Shelf(drafts={"behov.kort": "halv me"})
    leave(Scripted(Leave()), shelf=shelf, **only("kort"))
    assert shelf.drafts == {"behov.kort": "halv me"}


def test_what_is_typed_is_kept_while_it_is_typed():
    face, shelf = Scripted(), Shelf()
    leave(face, shelf=shelf)
    face.asked[0].on_draft("halv")
    assert shelf.drafts == {"behov.varfor": "halv"}


# --------------------------------------------------------------- statements


def test_statements_are_saved_one_by_one_and_go_on_where_they_stopped():
    shelf = leave(Scripted("stammer", "inte", Leave()), **only("hinder"))
    assert shelf.answers == {"behov.hinder": Given({"s01": "stammer", "s02": "inte"})}
    face = Scripted("stammer", "stammer", "klart")
    hold(face, shelf=shelf, **only("hinder"))
    assert [ask.heading for ask in face.asked[:2]] == ["Påstående 3 av 4", "Påstående 4 av 4"]
    assert shelf.answers["behov.hinder"] == Given(
        {"s01": "stammer", "s02": "inte", "s03": "stammer", "s04": "stammer"}
    )
    assert shelf.drafts == {}


def test_only_the_statements_without_an_answer_are_asked_and_back_leads_to_the_others():
    shelf = leave(Scripted("stammer", "inte", Leave()), **only("hinder"))
    shelf.answers["behov.hinder"] = Given({"s01": "stammer", "s03": "inte"})
    face = Scripted(Back(), "stammer", "inte", "inte", "klart")
    hold(face, shelf=shelf, **only("hinder"))
    assert [ask.heading for ask in face.asked[:4]] == [f"Påstående {place} av 4" for place in (2, 3, 2, 4)]
    assert shelf.answers["behov.hinder"] == Given(
        {"s01": "stammer", "s02": "inte", "s03": "stammer", "s04": "inte"}
    )


def test_back_between_statements_offers_the_earlier_answer():
    face = Scripted("stammer", Back(), "inte", "inte", "inte", Back(), "stammer", "inte", "klart")
    shelf = hold(face, **only("hinder"))
    assert shelf.answers["behov.hinder"] == Given(
        {"s01": "inte", "s02": "inte", "s03": "stammer", "s04": "inte"}
    )


def test_back_from_the_first_statement_leads_to_the_question_before():
    face = Scripted("Text", Back(), "Ny text", Leave())
    leave(face, **only("kort", "hinder"))
    assert face.asked[2].draft == "Text"


def test_a_statement_can_be_left_open_and_all_of_them_skipped():
    face = Scripted("stammer", Pass(), "inte", "inte", "klart")
    assert hold(face, **only("hinder")).answers["behov.hinder"] == Given(
        {"s01": "stammer", "s03": "inte", "s04": "inte"}
    )
    face = Scripted(Pass(), "hoppa", "Senare", "klart")
    assert hold(face, **only("hinder")).answers == {"behov.hinder": Skipped("Senare")}


# ------------------------------------------------------------------- groups


def test_rows_are_added_changed_moved_and_removed():
    face = Scripted(
        *("Nya", "62", "Chefer", "", "Handledare", "12", Back()),
        *("andra", "2", "Enhetschefer", "5", "flytta", "3", "1", "ta_bort", "1", True, "klart", "klart"),
    )
    assert hold(face, **only("malgrupper")).answers == {
        "behov.malgrupper": Given(
            (Row("3", {"namn": "Handledare", "antal": 12}), Row("2", {"namn": "Enhetschefer", "antal": 5}))
        )
    }
    assert face.replies == []


def test_every_field_is_saved_when_given_and_the_group_taken_up_again_where_it_stopped():
    shelf = leave(Scripted("Nya", Leave("6")), **only("malgrupper"))
    assert shelf.answers == {"behov.malgrupper": Given((Row("1", {"namn": "Nya"}),))}
    assert shelf.drafts == {"behov.malgrupper/1/antal": "6", "behov.malgrupper/pagar": "1/antal"}
    face = Scripted(True, "62", "", "klart")
    hold(face, shelf=shelf, **only("malgrupper"))
    assert [ask.text for ask in face.asked[:3]] == ["Ta med det?", "Antal", "Namn"]
    assert face.asked[1].draft == "6"
    assert shelf.answers == {"behov.malgrupper": Given((Row("1", {"namn": "Nya", "antal": 62}),))}
    assert shelf.drafts == {}


def test_a_new_row_left_before_its_first_field_is_answered_goes_on_there_with_the_half_text():
    shelf = Shelf({"behov.malgrupper": GROUPS})
    leave(Scripted("behov.malgrupper", "lagg_till", Leave("Enhets")), shelf=shelf, **only("malgrupper"))
    assert shelf.answers == {"behov.malgrupper": GROUPS}
    face = Scripted(True, "Enhetschefer", Leave())
    leave(face, shelf=shelf, **only("malgrupper"))
    assert (face.asked[1].text, face.asked[1].draft) == ("Namn", "Enhets")
    face = Scripted("5", "", "klart")
    hold(face, shelf=shelf, **only("malgrupper"))
    assert shelf.answers["behov.malgrupper"].value[2] == Row("3", {"namn": "Enhetschefer", "antal": 5})
    assert shelf.drafts == {}


def test_going_on_in_a_row_can_go_back_to_the_field_before_and_to_the_menu():
    shelf = leave(Scripted("Nya", Leave("6")), **only("malgrupper"))
    face = Scripted(False, Back(), Back(), "klart", "klart")
    hold(face, shelf=shelf, **only("malgrupper"))
    assert [ask.text for ask in face.asked[1:4]] == ["Antal", "Namn", "Vad vill du göra?"]


def test_a_group_left_at_its_menu_is_taken_up_at_its_menu():
    shelf = Shelf({"behov.malgrupper": GROUPS})
    leave(Scripted("behov.malgrupper", "lagg_till", "X", "1", "", Leave()), shelf=shelf, **only("malgrupper"))
    face = Scripted("klart", "klart")
    hold(face, shelf=shelf, **only("malgrupper"))
    assert face.asked[0].text == "Vad vill du göra?"


@pytest.mark.parametrize("before", [[], ["Bra"]])
def test_prefilled_rows_that_were_never_reached_are_asked_the_next_time(before):
    part = only("larandemal", "status")
    shelf = Shelf({"koncept.larandemal": Given((*GOALS, Row("L3", {"kunna": "lugna"})))})
    leave(Scripted(*before, Leave("hal")), shelf=shelf, **part)
    left = ["Sådär", "Väl", "Illa"][len(before) :]
    face = Scripted(True, *left, "klart", "klart")
    hold(face, shelf=shelf, **part)
    assert face.asked[1].draft == "hal"
    outcomes = [(row.values["mal"], row.values["utfall"]) for row in shelf.answers["koncept.status"].value]
    assert outcomes == list(zip(["L1", "L2", "L3"], [*before, *left], strict=True))


@pytest.mark.parametrize("taken", [True, False])
def test_what_is_ticked_waits_as_what_is_half_typed_does(taken):
    shelf = leave(Scripted(Leave("Nej, inget krav\nLag eller föreskrift")), **only("utlosare"))
    face = Scripted(taken, KEEP, "klart")
    hold(face, shelf=shelf, **only("utlosare"))
    assert "”Varför just nu?” Ni hann kryssa för det här förra gången:" in face.said
    answers = {"behov.utlosare": Given(("nej", "lag"))} if taken else {}
    assert (shelf.answers, shelf.drafts) == (answers, {})


def test_what_is_ticked_in_a_row_waits_there():
    shelf = Shelf({"koncept.larandemal": Given(GOALS)})
    leave(Scripted("Öva", Leave("L2 larma")), shelf=shelf, **only("larandemal", "aktiviteter"))
    face = Scripted(True, KEEP, Leave())
    leave(face, shelf=shelf, **only("larandemal", "aktiviteter"))
    assert shelf.answers["koncept.aktiviteter"].value[0].values["mal"] == ("L2",)


def test_ticks_are_still_there_after_a_look_at_the_map():
    shelf = Shelf({"behov.kort": Given("x")})
    face = Scripted(ToMap("Nej, inget krav"), "behov.utlosare", KEEP, "klart")
    hold(face, shelf=shelf, **only("kort", "utlosare"))
    assert shelf.answers["behov.utlosare"] == Given(("nej",))


def test_ticks_that_could_not_be_saved_wait():
    shelf = Shelf(troubles=[Broken("Disken är full.")])
    with pytest.raises(Broken):
        hold(Scripted(["nej", "lag"], "avsluta"), shelf=shelf, **only("utlosare"))
    face = Scripted(True, KEEP, "klart")
    hold(face, shelf=shelf, **only("utlosare"))
    assert shelf.answers == {"behov.utlosare": Given(("nej", "lag"))}


def test_half_typed_own_words_come_with_the_ticks_that_are_taken_and_reasons_wait_too():
    shelf = leave(Scripted(["annat"], Leave("Ny ch")), **only("utlosare"))
    face = Scripted(True, KEEP, "Ny chef", "klart")
    hold(face, shelf=shelf, **only("utlosare"))
    assert face.asked[2].draft == "Ny ch"
    assert (shelf.answers, shelf.drafts) == ({"behov.utlosare": Given(("Ny chef",))}, {})
    shelf = leave(Scripted(Pass(), "hoppa", Leave("Gäller in")), **only("kort"))
    hold(Scripted(Pass(), "hoppa", True, "Gäller inte oss", "klart"), shelf=shelf, **only("kort"))
    assert (shelf.answers, shelf.drafts) == ({"behov.kort": Skipped("Gäller inte oss")}, {})


def test_back_in_a_row_leads_to_the_field_before_and_then_to_the_menu():
    face = Scripted("Nya", Back(), "Nyanställda", "9", Back(), "lagg_till", Back(), "klart", "klart")
    shelf = hold(face, **only("malgrupper"))
    assert shelf.answers == {"behov.malgrupper": Given((Row("1", {"namn": "Nyanställda", "antal": 9}),))}


def test_back_from_an_empty_group_leads_to_the_question_before():
    face = Scripted("Text", Back(), "Ny text", Leave())
    shelf = leave(face, **only("kort", "malgrupper"))
    assert shelf.answers == {"behov.kort": Given("Ny text")}


def test_row_ids_are_given_and_never_used_twice():
    aim = Given((Row("A1", {"titel": "Öva", "mal": ("L1", "L2")}),))
    shelf = Shelf({"koncept.larandemal": Given(GOALS), "koncept.aktiviteter": aim})
    face = Scripted(
        "ta_bort", "L2", True, "lagg_till", "ny", Pass(), "tom", Pass(), "tom", "", "klart", Leave()
    )
    leave(face, shelf=shelf, about=KONCEPT, everything=True)
    rows = shelf.answers["koncept.larandemal"].value
    assert [row.id for row in rows] == ["L1", "L3"]


def test_removing_a_row_tells_who_points_at_it_and_asks_first():
    aim = Given((Row("A1", {"titel": "Öva", "mal": ("L1",)}),))
    shelf = Shelf({"koncept.larandemal": Given(GOALS), "koncept.aktiviteter": aim})
    face = Scripted("ta_bort", "L1", KEEP, "klart", Leave())
    leave(face, shelf=shelf, about=KONCEPT, everything=True)
    assert "Svaret på ”Vilka aktiviteter ingår?” hänvisar till L1." in face.said
    assert shelf.answers["koncept.larandemal"] == Given(GOALS)


def test_a_reference_is_chosen_among_rows():
    shelf = Shelf({"koncept.larandemal": Given(GOALS), "behov.malgrupper": GROUPS})
    face = Scripted("Öva", ["L2"], ["Nya"], "60", True, "klart", Leave())
    leave(face, shelf=shelf, about=KONCEPT)
    assert face.offered[1] == ["L1 bedöma en patient", "L2 larma"]
    assert shelf.answers["koncept.aktiviteter"] == Given(
        (Row("A1", {"titel": "Öva", "mal": ("L2",), "grupper": ("Nya",), "minuter": 60, "aktiv": True}),)
    )


def test_a_reference_without_rows_to_choose_among_is_left_out_and_explained():
    face = Scripted("bedöma", "lag", Leave())
    leave(face, **only("larandemal"))
    assert [ask.text for ask in face.asked] == ["Ska kunna", "Nivå", "Klart"]
    assert any("där det inte finns några än" in line for line in face.said)


def test_a_reference_to_a_row_that_is_gone_stays_until_it_is_changed():
    shelf = Shelf(
        {
            "koncept.larandemal": Given(GOALS),
            "koncept.aktiviteter": Given((Row("A1", {"titel": "Öva", "mal": ("L9",)}),)),
        }
    )
    face = Scripted("klart", "andra", KEEP, KEEP, Leave())
    leave(face, shelf=shelf, everything=True, **only("larandemal", "aktiviteter"))
    assert "L9 (finns inte längre)" in face.offered[3]
    assert shelf.answers["koncept.aktiviteter"].value[0].values["mal"] == ("L9",)


def test_a_field_is_emptied_only_when_that_is_meant():
    shelf = Shelf({"behov.malgrupper": GROUPS})
    empty = (Pass(), "tom")
    face = Scripted(*("andra", "1", KEEP, *empty, False, "andra", "1", *empty, True, "3"), "klart", "klart")
    hold(face, shelf=shelf, everything=True, **only("malgrupper"))
    assert shelf.answers["behov.malgrupper"].value[0] == Row("1", {"antal": 3})


@pytest.mark.parametrize("way", ["", Back(), Leave(), ToMap()])
def test_a_row_that_is_emptied_again_is_no_row(way):
    shelf = Shelf({"behov.malgrupper": Given((Row("1", {"namn": "Nya"}),))})
    face = Scripted("andra", Pass(), "tom", True, way, Leave())
    leave(face, shelf=shelf, everything=True, **only("malgrupper"))
    assert "behov.malgrupper" not in shelf.answers


def test_a_new_row_whose_first_answer_is_taken_away_at_once_is_no_row():
    face = Scripted("Nya", Back(), Pass(), "tom", True, "klart")
    assert hold(face, **only("malgrupper")).answers == {}


def test_a_row_is_emptied_and_filled_in_again():
    shelf = Shelf({"behov.malgrupper": Given((Row("1", {"namn": "Nya"}),))})
    face = Scripted("andra", Pass(), "tom", True, "3", "klart", "klart")
    hold(face, shelf=shelf, everything=True, **only("malgrupper"))
    assert shelf.answers["behov.malgrupper"] == Given((Row("1", {"antal": 3}),))


def test_what_did_not_fit_a_field_is_its_draft():
    row = Row("1", {"namn": "Nya"}, {"antal": "många"})
    shelf = Shelf({"behov.malgrupper": Given((row,))})
    face = Scripted("andra", KEEP, "62", "klart", "klart")
    hold(face, shelf=shelf, everything=True, **only("malgrupper"))
    assert face.asked[2].draft == "många"
    assert face.asked[2].reminders == ("Det står: ”många” passar inte än",)
    assert face.asked[1].row == ([], [Cell("Antal", "”många” passar inte än")])
    assert "  Nya | ”många” passar inte än" in face.said
    assert shelf.answers["behov.malgrupper"] == Given((Row("1", {"namn": "Nya", "antal": 62}),))


def test_prefilled_rows_are_gone_through_one_by_one():
    shelf = Shelf({"koncept.larandemal": Given(GOALS)})
    face = Scripted("Bra", "Sådär", "klart", "klart")
    hold(face, shelf=shelf, **only("larandemal", "status"))
    assert shelf.answers["koncept.status"] == Given(
        (Row("1", {"mal": "L1", "utfall": "Bra"}), Row("2", {"mal": "L2", "utfall": "Sådär"}))
    )


def test_a_group_that_was_skipped_or_only_looked_at_is_not_taken_up_again():
    shelf = hold(Scripted(Pass(), "hoppa", "Senare", "klart"), **only("malgrupper"))
    assert shelf.drafts == {}
    shelf = Shelf({"behov.malgrupper": GROUPS})
    hold(Scripted("behov.malgrupper", Back(), "klart"), shelf=shelf, **only("malgrupper"))
    assert shelf.drafts == {}


def test_removing_every_row_leaves_the_question_unanswered():
    shelf = Shelf({"behov.malgrupper": Given((Row("1", {"namn": "Nya"}),))})
    face = Scripted("ta_bort", True, "hoppa", "hoppa", "Vet inte", "klart")
    hold(face, shelf=shelf, everything=True, **only("malgrupper"))
    assert shelf.answers == {"behov.malgrupper": Skipped("Vet inte")}


def test_a_group_of_one_row_goes_straight_to_its_fields():
    question = BEHOV.questions[5].model_copy(update={"most_rows": 1})
    about = BEHOV.model_copy(update={"questions": (question,)})
    face = Scripted("Nya", "62", "klart")
    shelf = hold(face, about=about, battery=Battery((about,)))
    assert shelf.answers == {"behov.malgrupper": Given((Row("1", {"namn": "Nya", "antal": 62}),))}
    face = Scripted("", "", "klart")
    assert hold(face, about=about, battery=Battery((about,))).answers == {}
    assert "Frågan lämnas obesvarad." in face.said


def test_a_row_with_nothing_in_it_is_not_added():
    face = Scripted("Nya", "1", Back(), "lagg_till", "", "klart", "klart")
    shelf = hold(face, **only("malgrupper"))
    assert len(shelf.answers["behov.malgrupper"].value) == 1
    assert "Inget blev ifyllt, så inget lades till." in face.said


def test_rows_follow_each_other_until_one_is_left_empty():
    face = Scripted("Nya", "1", "Chefer", "2", "", "klart")
    shelf = hold(face, **only("malgrupper"))
    assert [row.values["namn"] for row in shelf.answers["behov.malgrupper"].value] == ["Nya", "Chefer"]
    assert face.replies == []
    assert [ask.example for ask in face.asked if ask.text == "Namn"] == [
        "",
        *2 * ["Lämna tomt om det inte är fler."],
    ]


def test_rows_that_begin_with_a_choice_end_where_none_is_made():
    face = Scripted("Nya", "1", Onward(), "klart")
    assert len(hold(face, **only("malgrupper")).answers["behov.malgrupper"].value) == 1
    assert face.replies == []


def test_where_a_row_begins_with_a_choice_the_next_is_passed_over_and_not_left_empty():
    goals = KONCEPT.questions[0]
    fields = tuple(goals.field(name) for name in ("niva", "kunna"))
    about = KONCEPT.model_copy(update={"questions": (goals.model_copy(update={"fields": fields}),)})
    face = Scripted("lag", "lugna", Onward(), "klart")
    hold(face, about=about, battery=Battery((BEHOV, about)))
    levels = [ask.example for ask in face.asked if ask.text == goals.field("niva").text]
    assert levels == ["", "Hoppa över om det inte är fler."]


def test_a_field_is_asked_among_those_of_its_row():
    face = Scripted("Nya", "62", "", "klart")
    hold(face, **only("malgrupper"))
    assert [ask.row for ask in face.asked[:2]] == [
        ([], [Cell("Antal")]),
        ([Cell("Namn", "Nya")], []),
    ]


# ---------------------------------------------------------------- statements


def test_statements_are_answered_on_a_page_in_any_order_each_saved_as_it_is_given():
    face = OnPages((2, "stammer"), (0, "inte"), Leave())
    shelf = leave(face, **only("hinder"))
    assert shelf.answers == {"behov.hinder": Given({"s01": "inte", "s03": "stammer"})}
    again = OnPages((1, "inte"), (3, "inte"), DONE, "klart")
    assert hold(again, shelf=shelf, **only("hinder")).answers == {
        "behov.hinder": Given({"s01": "inte", "s02": "inte", "s03": "stammer", "s04": "inte"})
    }


def test_a_page_is_left_only_where_a_person_must_choose_how_an_answer_is_saved():
    shelf = Shelf(troubles=[None, Conflict("Ändrad."), Conflict("Ändrad."), None])
    face = OnPages((0, "inte"), (1, "stammer"), "las_in", (2, "inte"), (3, "inte"), DONE, "klart")
    hold(face, shelf=shelf, store=shelf.able_store(), **only("hinder"))
    assert shelf.answers["behov.hinder"] == Given(
        {"s01": "inte", "s02": "stammer", "s03": "inte", "s04": "inte"}
    )
    assert face.replies == []


def test_what_several_have_said_each_on_their_own_is_recalled_and_is_no_draft():
    question = BATTERY.question("analys.nulage_beteende")
    said = {"fraga": question.text, "roll": "chef", "sagt": "De frågar mig.\n\nVarje vecka."}
    shelf = Shelf({"analys.roster": Given((Row("RO1", said),))})
    about = BATTERY.stage("analys").model_copy(update={"questions": (question,)})
    face = Scripted("Vi gör olika.", "klart")
    assert hold(face, shelf=shelf, about=about, battery=BATTERY).answers[question.qid] == Given(
        "Vi gör olika."
    )
    told = "\n".join(face.asked[0].reminders)
    assert "Så har de svarat var för sig. Inget av det är ert gemensamma svar:" in told
    assert "Chef: De frågar mig. Varje vecka." in told


def test_what_people_say_one_by_one_is_where_the_joint_answer_begins():
    voices = ({"roll": "chef", "s10": "stammer", "s11": "delvis"}, {"roll": "medarbetare", "s10": "stammer"})
    rows = tuple(Row(f"SV{number}", row) for number, row in enumerate(voices, 1))
    asked = Shelf({"analys.svarande": Given(rows)})
    about = BATTERY.stage("analys")
    only_hinder = about.model_copy(update={"questions": (BATTERY.question("analys.hinder"),)})
    face = OnPages((0, "stammer_inte"), Leave())
    leave(face, shelf=asked, about=only_hinder, battery=BATTERY)
    lines = dict(zip([line.text for line in face.page.lines], face.page.lines, strict=True))
    shown = dict(zip(lines, face.page.answers(), strict=True))
    assert (shown["Tiden är för knapp."], shown["Nyttan är svår att se."]) == ("stammer", None)
    assert lines["Tiden är för knapp."].remark.startswith("Så svarar 2 var för sig, sammanvägt.")
    assert lines["Nyttan är svår att se."].remark == ""
    assert len(face.page.waiting()) == len(lines) - 1
    assert asked.answers["analys.hinder"] == Given({"s06": "stammer_inte"})


def test_of_one_who_has_answered_alone_it_is_not_said_that_answers_were_weighed():
    asked = Shelf({"analys.svarande": Given((Row("SV1", {"roll": "chef", "s10": "stammer"}),))})
    only_hinder = BATTERY.stage("analys").model_copy(
        update={"questions": (BATTERY.question("analys.hinder"),)}
    )
    face = OnPages(Leave())
    leave(face, shelf=asked, about=only_hinder, battery=BATTERY)
    remarks = {line.remark for line in face.page.lines}
    assert remarks == {"", "Så svarar den enda som har svarat för sig. Stämmer det för er tillsammans?"}


def test_a_page_left_with_nothing_answered_passes_the_question_over():
    face = OnPages(DONE, "hoppa", "", "klart")
    assert hold(face, **only("hinder")).answers == {"behov.hinder": Skipped("")}


# ----------------------------------------------------------------------- map


def test_any_question_of_the_stage_is_opened_from_the_map_and_left_again():
    face = Scripted("Av 62", ToMap(), "behov.varfor", " Nu", "Trygg", Leave())
    shelf = leave(face, **only("varfor", "kort", "krav"))
    texts = [ask.text for ask in face.asked]
    assert texts[1:5] == [texts[1], "Vilken fråga vill ni till?", texts[0], texts[1]]
    assert shelf.answers["behov.kort"] == Given("Trygg")
    assert "Besvarad: Av 62" in face.offered[2][0]


def test_the_map_is_left_by_going_back_or_to_where_one_was():
    for reply in (Back(), "behov.kort"):
        face = Scripted("Av 62", ToMap(), reply, "Trygg", Leave())
        assert leave(face, **only("varfor", "kort", "krav")).answers["behov.kort"] == Given("Trygg")


def test_the_map_is_opened_in_a_row_which_goes_on_where_it_was():
    face = Scripted("Av 62", "Nya", ToMap(), "behov.varfor", " Nu", "62", "", "klart")
    shelf = hold(face, **only("varfor", "malgrupper"))
    assert shelf.answers["behov.malgrupper"] == Given((Row("1", {"namn": "Nya", "antal": 62}),))


def test_the_map_leads_to_the_other_stages_and_back_to_where_one_was():
    face = Scripted("Av 62", ToMap(), "Till steget Koncept –", "koncept.larandemal", "larma", "lag", "", "")
    face.replies += ["Trygg", "klart"]
    shelf = hold(face, **only("varfor", "kort"))
    assert shelf.answers["koncept.larandemal"] == Given((Row("L1", {"kunna": "larma", "niva": "lag"}),))
    assert shelf.answers["behov.kort"] == Given("Trygg")
    headings = [ask.heading for ask in face.asked]
    assert headings[2:4] == ["Alla frågor i Behov", "Alla frågor i Koncept"]


@pytest.mark.parametrize("replies", [(Back(), Back()), ("koncept.larandemal", Back())])
def test_another_stage_is_left_by_going_back(replies):
    face = Scripted("Av 62", ToMap(), "Till steget Koncept –", *replies, "Trygg", "klart")
    shelf = hold(face, **only("varfor", "kort"))
    assert shelf.answers == {"behov.varfor": Given("Av 62"), "behov.kort": Given("Trygg")}
    assert face.replies == []


def test_the_map_of_another_stage_that_is_visited_is_the_one_that_opens():
    face = Scripted(ToMap(), "Till steget Koncept –", "koncept.larandemal", ToMap(), "behov.varfor")
    face.replies[4] = "Till steget Behov 0/2"
    face.replies += ["behov.kort", "Trygg", "Av 62", "klart"]
    shelf = hold(face, **only("varfor", "kort"))
    assert shelf.answers == {"behov.varfor": Given("Av 62"), "behov.kort": Given("Trygg")}


def test_it_is_said_when_an_answer_changes_how_many_questions_there_are():
    face = Scripted("lag", "6 kap.", "behov.krav", "nej", "klart")
    hold(face, **only("krav", "kalla"))
    assert [line for line in face.said if "Nu är det" in line] == [
        "En fråga till gäller efter det svaret. Nu är det 2 i Behov.",
        "En fråga gäller inte längre efter det svaret. Nu är det 1 i Behov.",
    ]


def test_each_step_counts_the_same_questions_as_the_fast_track():
    interview = Interview(BEHOV, AnswerSheet(SMALL, {}), core_only=True, today=TODAY)
    assert interview.stages()[0] == "Behov 0/2"
    assert interview.progress.total == 2


def test_a_long_earlier_answer_is_begun_above_the_question_and_whole_in_its_help():
    earlier = "\n".join(f"rad {number} " + "ord " * 40 for number in range(9))
    face = Scripted(Leave())
    leave(face, shelf=Shelf({"behov.varfor": Given(earlier)}), **only("larandemal"))
    lines = [line for said in face.said for line in said.split("\n") if line.startswith("  rad")]
    assert "  … Hjälpen visar allt." in face.said
    assert len(lines) == 4
    assert all(len(line) <= 92 for line in lines)
    assert "rad 8 ord" in face.asked[0].help
    assert not any("rad 4" in line for line in face.said)


def test_each_step_says_how_far_it_has_come():
    interview = Interview(BEHOV, AnswerSheet(SMALL, {"behov.varfor": Given("A")}), today=TODAY)
    assert interview.stages() == ("Behov 1/12", "Koncept –")
    for question in KONCEPT.questions:
        interview.put(question.qid, Skipped(""))
    assert interview.stages()[1] == "Koncept ✓"


# ------------------------------------------------------------------- review


def test_an_answer_is_changed_from_the_review():
    shelf = Shelf({"behov.kort": Given("Gammalt"), "behov.klart": Skipped("Senare")})
    face = Scripted("behov.kort", "Nytt", "behov.klart", Back(), "klart")
    hold(face, shelf=shelf, **only("kort", "klart"))
    assert face.offered[0] == [
        "Hur låter det i en mening? Besvarad: Gammalt",
        "När? Hoppad: Senare",
        "Klart",
    ]
    assert shelf.answers == {"behov.kort": Given("Nytt"), "behov.klart": Skipped("Senare")}


def test_a_change_that_was_left_by_going_back_is_named_in_the_review_until_it_is_saved():
    shelf = Shelf({"behov.varfor": Given("Därför"), "behov.kort": Given("Kort")})
    face = Scripted("behov.kort", Back("Kort, och mer"), "behov.kort", KEEP, "klart")
    hold(face, shelf=shelf, **only("varfor", "kort"))
    (told,) = [said for said in face.said if "Påbörjat men inte sparat" in said]
    assert told.split("\n")[1:] == [
        "Påbörjat men inte sparat:",
        "- Hur låter det i en mening?",
        "Öppna frågan, så kommer texten fram att göra klar.",
    ]
    assert face.offered[2][1].endswith("Besvarad: Kort (påbörjad ändring: Kort, och mer)")
    assert shelf.answers["behov.kort"] == Given("Kort, och mer")


def test_a_change_in_the_review_asks_what_it_makes_relevant():
    shelf = Shelf({"behov.krav": Given("nej")})
    face = Scripted("behov.krav", "lag", "6 kap.", "klart")
    hold(face, shelf=shelf, **only("krav", "kalla"))
    assert shelf.answers == {"behov.krav": Given("lag"), "behov.kalla": Given("6 kap.")}


# ------------------------------------------------------------ when saving fails


def test_a_full_disk_is_said_and_saving_tried_again():
    shelf = Shelf(troubles=[Broken("Disken är full.")])
    face = Scripted("Text", "igen", "klart")
    hold(face, shelf=shelf, **only("kort"))
    assert "Disken är full." in face.said
    assert shelf.answers == {"behov.kort": Given("Text")}


def test_leaving_with_an_answer_that_cannot_be_saved_keeps_its_text():
    shelf = Shelf(troubles=[Broken("Disken är full.")])
    with pytest.raises(Broken, match="full"):
        hold(Scripted("Text", "avsluta"), shelf=shelf, **only("kort"))
    assert (shelf.answers, shelf.drafts) == ({}, {"behov.kort": "Text"})


class Nowhere(Shelf):
    """A store in which no draft can be kept."""

    def __init__(self, **more) -> None:
        super().__init__(**more)
        self.files: dict[str, str] = {}

    def store(self, **more) -> Store:
        return replace(super().store(**more), draft_write=lambda _place, _text: False)

    def filing_store(self) -> Store:
        def save_text(name, text):
            if name in self.files:
                raise Conflict(f"{name} finns redan.")
            self.files[name] = text
            return name

        return self.store(save_text=save_text, draft_place="/hem/utb")


def test_it_is_said_at_once_when_half_typed_texts_cannot_be_kept():
    shelf = Nowhere()
    face = Scripted("Text", "klart")
    hold(face, store=shelf.filing_store(), **only("kort"))
    assert face.said[0].startswith(
        "Obs: halvskrivna texter kan inte sparas, för det går inte att skriva i /hem/utb."
    )
    assert sum(line.startswith("Obs:") for line in face.said) == 1
    face = Scripted("Text", "klart")
    hold(face, **only("kort"))
    assert not any(line.startswith("Obs:") for line in face.said)


def test_a_half_typed_text_that_cannot_be_kept_is_shown_and_saved_in_a_file_and_never_promised():
    shelf = Nowhere()
    shelf.files["text.txt"] = "förut"
    face = Scripted(Leave("halv me"), "fil", "text.txt", "fil", "min.txt")
    with pytest.raises(Interrupted) as left:
        hold(face, store=shelf.filing_store(), **only("kort"))
    assert str(left.value) == "Avbrutet. Allt du har svarat är sparat."
    assert "  halv me" in face.said
    assert shelf.files == {"text.txt": "förut", "min.txt": "halv me"}
    assert "Texten är sparad i min.txt." in face.said


@pytest.mark.parametrize(
    "replies", [(Leave("halv"),), (Leave("halv"), "sluta"), (Leave("halv"), "fil", Leave())]
)
def test_leaving_once_more_leaves_with_the_text_shown(replies):
    face = Scripted(*replies)
    with pytest.raises(Interrupted):
        hold(face, store=Nowhere().filing_store(), **only("kort"))
    assert "  halv" in face.said


def test_a_text_that_was_left_earlier_in_the_conversation_is_shown_too():
    face = Scripted("Text", Back("halv"), KEEP, Leave())
    with pytest.raises(Interrupted):
        hold(face, store=Nowhere().store(), **only("kort", "kalla", "andel"))
    assert "  halv" in face.said


def test_an_answer_that_can_be_saved_neither_in_the_dossier_nor_as_a_draft_is_shown():
    shelf = Nowhere(troubles=[Broken("Disken är full.")])
    face = Scripted("Lång text", "avsluta", "fil", "min.txt")
    with pytest.raises(Broken, match="full"):
        hold(face, store=shelf.filing_store(), **only("kort"))
    assert shelf.files == {"min.txt": "Lång text"}
    shelf = Shelf(troubles=[Broken("Disken är full.")])
    face = Scripted("Lång text", "avsluta")
    with pytest.raises(Broken):
        hold(face, shelf=shelf, **only("kort"))
    assert face.said[-1] == "Ett halvfärdigt svar väntar till nästa gång."


@pytest.mark.parametrize(("words", "told"), [(2, []), (3, ["Texten är 3 ord. Den läses bäst med högst 2."])])
def test_a_text_longer_than_it_does_best_to_be_is_saved_and_told(words, told):
    short = next(question for question in BEHOV.questions if question.id == "kort")
    limited = short.model_copy(update={"most_words": 2})
    battery = Battery((BEHOV.model_copy(update={"questions": (limited,)}),))
    face = Scripted(" ".join(["ord"] * words), KEEP)
    shelf = hold(face, about=battery.stages[0], battery=battery)
    assert shelf.answers == {"behov.kort": Given(" ".join(["ord"] * words))}
    assert [line for line in face.said if "läses bäst" in line] == told


@pytest.mark.parametrize(
    ("typed", "kept", "told"),
    [
        ("Vi ser:\n•   en\n•   två", "Vi ser:\n- en\n- två", 1),
        ("• en\nrad", "• en\\\nrad", 0),
        ("- en\n- två", "- en\n- två", 0),
    ],
)
def test_lines_with_the_marks_of_a_word_processor_are_kept_as_a_list_and_that_is_told(typed, kept, told):
    face = Scripted(typed, KEEP)
    assert hold(face, **only("varfor")).answers == {"behov.varfor": Given(kept)}
    assert face.said.count("Raderna med punkter blev en lista.") == told


def test_saving_and_leaving_is_no_interruption():
    with pytest.raises(SavedAndLeft) as left:
        hold(Scripted("Text", SaveAndLeave("halv")), **only("kort", "andel"))
    assert (left.value.exit_code, str(left.value)) == (
        0,
        "Allt du har svarat är sparat. Ett halvfärdigt svar väntar till nästa gång.",
    )


def test_a_conflict_without_more_help_can_be_tried_again():
    shelf = Shelf(troubles=[Conflict("Låst.")])
    hold(Scripted("Text", "igen", "klart"), shelf=shelf, **only("kort"))
    assert shelf.answers == {"behov.kort": Given("Text")}


def test_in_a_conflict_the_file_is_read_anew_and_the_answer_put_there():
    shelf = Shelf(troubles=[Conflict("Ändrad av någon annan.")])
    shelf.answers = {"behov.krav": Given("nej")}
    face = Scripted("Text", "skillnad", "las_in", KEEP, "klart")
    part = only("kort", "krav")
    ask_stage(
        Interview(part["about"], AnswerSheet(part["battery"], {}), today=TODAY), face, shelf.able_store()
    )
    assert "-deras" in face.said
    assert shelf.answers == {"behov.krav": Given("nej"), "behov.kort": Given("Text")}


@pytest.mark.parametrize(("replace", "stands", "beside"), [(True, "Mitt", None), (False, "Deras", "Mitt")])
def test_when_others_answered_the_same_question_nobody_is_overwritten_unasked(replace, stands, beside):
    shelf = Shelf({"behov.kort": Given("Deras")}, troubles=[Conflict("Ändrad.")])
    face = Scripted("Mitt", "las_in", replace, "klart")
    part = only("kort")
    ask_stage(
        Interview(part["about"], AnswerSheet(part["battery"], {}), today=TODAY), face, shelf.able_store()
    )
    assert "  Deras" in face.said
    assert shelf.answers == {"behov.kort": Given(stands)}
    assert shelf.beside == ({"behov.kort": Given(beside)} if beside else {})


def test_an_answer_is_saved_beside():
    shelf = Shelf(troubles=[Conflict("Ändrad.")])
    face = Scripted("Mitt", "bredvid", "klart")
    hold(face, shelf=shelf, store=shelf.able_store(), **only("kort"))
    assert "Ditt svar är sparat i insats-2.md." in face.said
    assert shelf.beside == {"behov.kort": Given("Mitt")}


def test_what_others_changed_in_another_question_is_taken_in_without_a_choice():
    shelf = Shelf(troubles=[Conflict("Ändrad.")])
    shelf.answers = {"behov.krav": Given("nej")}
    face = Scripted("Text", KEEP, "klart")
    part = only("kort", "krav")
    store = replaced(shelf.able_store(), peek=lambda: dict(shelf.answers))
    ask_stage(Interview(part["about"], AnswerSheet(part["battery"], {}), today=TODAY), face, store)
    assert shelf.answers == {"behov.krav": Given("nej"), "behov.kort": Given("Text")}
    assert any(said.startswith("Någon annan har ändrat andra svar") for said in face.said)


def test_a_file_that_stays_locked_is_tried_once_more_and_then_the_person_chooses():
    shelf = Shelf(troubles=[Conflict("Låst."), Conflict("Låst.")])
    face = Scripted("Text", "igen", "klart")
    hold(face, shelf=shelf, store=replaced(shelf.able_store(), peek=dict), **only("kort"))
    assert shelf.answers == {"behov.kort": Given("Text")}


def test_the_same_question_changed_by_others_is_never_taken_in_unasked():
    shelf = Shelf({"behov.kort": Given("Deras")}, troubles=[Conflict("Ändrad.")])
    face = Scripted("Mitt", "las_in", False, "klart")
    part = only("kort")
    store = replaced(shelf.able_store(), peek=lambda: dict(shelf.answers))
    ask_stage(Interview(part["about"], AnswerSheet(part["battery"], {}), today=TODAY), face, store)
    assert shelf.answers == {"behov.kort": Given("Deras")}
    assert shelf.beside == {"behov.kort": Given("Mitt")}


def test_leaving_in_a_conflict_keeps_the_text():
    shelf = Shelf(troubles=[Conflict("Ändrad.")])
    with pytest.raises(UtbError, match="Ändrad"):
        hold(Scripted("Mitt", Leave()), shelf=shelf, store=shelf.able_store(), **only("kort"))
    assert shelf.drafts == {"behov.kort": "Mitt"}


def test_rows_and_statements_survive_a_conflict():
    shelf = Shelf(troubles=[None, Conflict("Ändrad."), None])
    face = Scripted("Nya", "62", "las_in", "", "klart")
    hold(face, shelf=shelf, store=shelf.able_store(), **only("malgrupper"))
    assert shelf.answers == {"behov.malgrupper": Given((Row("1", {"namn": "Nya", "antal": 62}),))}


# ------------------------------------------------------------- lines as typed


def test_lines_that_are_typed_are_lines_in_documents_and_typed_again_as_they_were():
    face = Scripted("Dag 1: teori\nDag 2: övning\n\n- ett\n- två")
    shelf = leave(face)
    assert shelf.answers["behov.varfor"] == Given("Dag 1: teori\\\nDag 2: övning\n\n- ett\n- två")
    again = Scripted(KEEP)
    leave(again, shelf=shelf, everything=True)
    assert again.asked[0].draft == "Dag 1: teori\nDag 2: övning\n\n- ett\n- två"
    assert shelf.answers["behov.varfor"] == Given("Dag 1: teori\\\nDag 2: övning\n\n- ett\n- två")


def test_lines_that_are_typed_are_told_apart_on_the_map():
    face = Scripted("i våras\nelva om man", Back("två\nrader"), ToMap(), Back(), Leave())
    leave(face, **only("varfor", "kort"))
    on_map = next(filter(None, face.offered))
    assert any(label.endswith("Besvarad: i våras / elva om man") for label in on_map)
    assert any(label.endswith("Påbörjad: två / rader") for label in on_map)


def test_lines_that_somebody_wrapped_by_hand_stay_as_they_are_when_nothing_is_changed():
    shelf = Shelf({"behov.varfor": Given("en lång mening\nsom är bruten")})
    leave(Scripted(KEEP), shelf=shelf, everything=True)
    assert shelf.answers["behov.varfor"] == Given("en lång mening\nsom är bruten")
