"""Damaged dossiers of the first release: what is said of them, what is kept, and how they are mended.

Each is `larma-i-tid.md`, which the first release wrote, damaged as people, editors and git damage files.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from making import BATTERY
from utbildningsprocess.answers.settled import answered_earlier
from utbildningsprocess.dossier.document import read
from utbildningsprocess.model import Given

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utbildningsprocess.model import Value

OLD = Path(__file__).parent / "cases" / "gamla"
WHOLE = (OLD / "larma-i-tid.md").read_bytes()
ANSWERS = read(WHOLE.decode(), BATTERY).answers
ESTHER, STATEMENTS, GOALS, ACTIVITIES = (
    "behov.esther",
    "analys.hinder",
    "koncept.larandemal",
    "koncept.aktiviteter",
)
GOAL, SECOND_GOAL = ANSWERS[GOALS].value
ACTIVITY, SECOND_ACTIVITY = ANSWERS[ACTIVITIES].value


class Damage(NamedTuple):
    """What is said of a damaged dossier first, and the answers that differ when the first mends are taken."""

    line: int
    sentence: str
    mended: Mapping[str, Value | None] = {}


def goals(**kunna: str) -> tuple:
    return (
        GOAL,
        SECOND_GOAL,
        *(replace(GOAL, id=row_id, values={"kunna": words}) for row_id, words in kunna.items()),
    )


def _with(row, **values):
    return replace(row, values={**row.values, **values})


BOTH = {ESTHER: "Esther får hjälp på natten också.\n\nEsther får hjälp inom en timme."}
DAMAGED = {
    "avklippt": Damage(
        245,
        "Slutmarkören <!-- /utb:koncept.aktiviteter --> saknas.",
        {
            ACTIVITIES: (
                ACTIVITY,
                replace(
                    SECOND_ACTIVITY,
                    values={k: v for k, v in SECOND_ACTIVITY.values.items() if k not in ("vecka", "mal")},
                    unfit={"Text": "**Ve"},
                ),
            ),
            "koncept.matt": None,
        },
    ),
    "bada-markorerna-saknas": Damage(
        153, "Svaret på ”Hur vet ni att det finns ett glapp?” saknar sina markörer."
    ),
    "halv-konflikt": Damage(85, "Raden är en rest av en git-konflikt i svaret behov.esther."),
    "konflikt-i-pastaenden": Damage(
        181,
        "En git-konflikt i svaret analys.hinder",
        {STATEMENTS: {**ANSWERS[STATEMENTS].value, "s01": "stammer"}},
    ),
    "konflikt-i-rader": Damage(
        243,
        "En git-konflikt i svaret koncept.larandemal",
        {GOALS: goals(L3="Larma på natten", L4="Handleda en ny kollega")},
    ),
    "konflikt-i-text": Damage(83, "En git-konflikt i svaret behov.esther", BOTH),
    "konflikt-med-bas": Damage(83, "En git-konflikt i svaret behov.esther", BOTH),
    "markor-dubbel": Damage(59, "Svaret behov.varfor börjar innan behov.varfor på rad 57 är avslutat."),
    "markor-i-text": Damage(
        63,
        "Svaret behov.esther börjar innan behov.varfor på rad 57 är avslutat.",
        {ESTHER: "Se också svaret om Esther.\n\nEsther får hjälp samma kväll."},
    ),
    "redigerarens-streck": Damage(57, "Raden liknar en markör men är skriven fel."),
    "samma-beteckning": Damage(
        237,
        "koncept.larandemal: L1 finns två gånger.",
        {
            GOALS: (GOAL, replace(SECOND_GOAL, id="L3")),
            ACTIVITIES: (_with(ACTIVITY, mal=("L1", "L3")), SECOND_ACTIVITY),
        },
    ),
    "slutmarkor-saknas": Damage(
        66, "Svaret behov.uppna_losa börjar innan behov.varfor på rad 57 är avslutat."
    ),
    "startmarkor-saknas": Damage(158, "Slutmarkören för analys.gap_belagg saknar sin startmarkör"),
    "svar-dubbelt": Damage(
        91,
        "Svaret behov.esther finns två gånger",
        {ESTHER: "Esther får hjälp samma kväll.\n\nEsther märker ingen skillnad."},
    ),
    "utan-markorer": Damage(1, "Filen har inga svarsmarkörer."),
    "windows": Damage(66, "Svaret behov.uppna_losa börjar innan behov.varfor på rad 57 är avslutat."),
}
"""Those in which nothing can be written before they are mended; below, those mended without a question."""
SURE = ("redigerarens-streck", "slutmarkor-saknas", "windows")
READABLE = ("rubriker-andrade", "text-utanfor", "windows-hel")
"""Those that can be written in as they are."""

damaged = pytest.mark.parametrize("name", DAMAGED)
readable = pytest.mark.parametrize("name", READABLE)


def put(utb, name: str) -> Path:
    path = utb.folder / "insatser" / "larma.md"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes((OLD / "skadade" / f"{name}.md").read_bytes())
    return path


def content(path: Path):
    return read(path.read_bytes().decode(), BATTERY)


def test_every_file_is_told_of():
    names = {path.stem for path in (OLD / "skadade").iterdir()}
    assert names == {*DAMAGED, *READABLE, "latin-1"}


@damaged
def test_the_damage_is_told_with_its_line_and_nothing_is_written(utb, name):
    path, damage = put(utb, name), DAMAGED[name]
    before = path.read_bytes()
    first = next(problem for problem in content(path).problems if problem.structural)
    assert (first.line, first.text[: len(damage.sentence)]) == (damage.line, damage.sentence)
    saved = utb("svar", "larma", "behov.noll", "vet_inte")
    assert saved.code == 3
    assert f"rad {damage.line}: {damage.sentence}" in saved.err
    assert path.read_bytes() == before


@damaged
def test_what_is_not_damaged_is_read_as_it_was_answered(utb, name):
    dossier = content(put(utb, name))
    whole = {qid: answer for qid, answer in ANSWERS.items() if qid not in dossier.damaged}
    assert {qid: dossier.answers.get(qid) for qid in whole} == whole


@pytest.mark.parametrize("name", [*DAMAGED, *READABLE])
def test_to_look_review_diagnose_and_make_documents_changes_no_byte(utb, name):
    path = put(utb, name)
    before = path.read_bytes()
    refused = 3 if name in DAMAGED else 0
    codes = {("visa",): 0, ("status",): 0, ("granska",): refused, ("diagnos",): refused}
    assert {command: utb(*command, "larma").code for command in codes} == codes
    assert utb("laga", "larma", "--visa").code == refused
    for kind in ("beslutsunderlag", "larresa", "dossier"):
        assert utb("dokument", kind, "larma", "--anda").code == 0
    assert path.read_bytes() == before


@damaged
def test_it_is_mended_as_the_first_release_mended_it(utb, name):
    path = put(utb, name)
    outcome = utb("laga", "larma", "--enkel", stdin="1\n" * 30)
    assert outcome.code == 0, outcome.err
    wanted = {**ANSWERS, **{qid: value and Given(value) for qid, value in DAMAGED[name].mended.items()}}
    dossier = content(path)
    assert dossier.structural_problems == ()
    assert dossier.answers == {qid: answer for qid, answer in wanted.items() if answer}
    assert answered_earlier(dossier.answers[STATEMENTS]) == {"s02"}
    assert utb("svar", "larma", "behov.noll", "vet_inte").code == 0


@pytest.mark.parametrize("name", SURE)
def test_what_is_sure_is_mended_to_the_very_file_the_first_release_wrote(utb, name):
    path = put(utb, name)
    assert utb("laga", "larma", "--alla-sakra").code == 0
    newline = b"\r\n" if name == "windows" else b"\n"
    assert path.read_bytes() == WHOLE.replace(b"\n", newline)


@readable
def test_an_answer_changes_only_its_own_lines(utb, name):
    path = put(utb, name)
    before = path.read_bytes()
    assert utb("svar", "larma", "behov.noll", "vet_inte").code == 0
    newline = b"\r\n" if b"\r\n" in before else b"\n"
    marker = newline.join([b"<!-- utb:behov.noll -->", b"", b""])
    assert path.read_bytes() == before.replace(marker, marker + newline.join([b"Vet inte", b"", b""]))


def test_headings_changed_by_hand_hide_no_answer(utb):
    dossier = content(put(utb, "rubriker-andrade"))
    assert {qid: answer for qid, answer in dossier.answers.items() if qid != GOALS} == {
        qid: answer for qid, answer in ANSWERS.items() if qid != GOALS
    }
    assert [row.values for row in dossier.answers[GOALS].value] == [GOAL.values, SECOND_GOAL.values]
    assert {problem.text for problem in dossier.problems} == {
        "koncept.larandemal: Orden i rubriken räknas inte som svar. Flytta dem till ett fält.",
        "koncept.larandemal: Raden har inget id. Skriv en rubrik som #### L1 ovanför den.",
    }


def test_text_outside_the_answers_is_told_with_its_line(utb):
    (problem,) = content(put(utb, "text-utanfor")).problems
    assert (problem.line, problem.text.partition(".")[0]) == (
        73,
        "Texten står utanför svarets markörer och räknas inte som svar",
    )


def test_what_may_have_been_cut_away_is_never_said_to_be_unanswered(utb):
    put(utb, "avklippt")
    paper = utb("dokument", "uppdragsbeskrivning", "larma", "--anda").out
    for label in ("Mått", "Chefen", "Repetition"):
        assert f"- **{label}:** Går inte att läsa: filen är skadad vid rad 262." in paper


def test_a_file_in_another_encoding_is_refused_in_one_sentence_and_left(utb):
    path = put(utb, "latin-1")
    before = path.read_bytes()
    for command in (("visa",), ("granska",), ("diagnos",), ("laga",), ("dokument", "dossier")):
        outcome = utb(*command, "larma")
        assert (outcome.code, outcome.out) == (3, "")
        assert "insatser/larma.md:9: texten är inte UTF-8" in outcome.err
    assert path.read_bytes() == before


@pytest.mark.parametrize("path", sorted(OLD.glob("*.md")), ids=lambda path: path.stem)
def test_every_heading_of_a_question_in_an_old_dossier_is_known(path):
    """A heading that is not known gives no answer back when the markers below it are gone."""
    asked = re.findall(r"^### (.+)\n\n<!-- utb:(\S+) -->$", path.read_text("utf-8"), re.MULTILINE)
    assert len(asked) > 5
    texts = {qid: {BATTERY.question(qid).text, *BATTERY.question(qid).former} for _, qid in asked}
    assert [(qid, heading) for heading, qid in asked if heading not in texts[qid]] == []
