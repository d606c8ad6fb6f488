"""What is damaged in a dossier, and what is proposed: a table of damages, conflicts, and a property."""

from __future__ import annotations

import random
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_repo import git_environment
from small import SMALL
from utbildningsprocess.answers.rows import dangling
from utbildningsprocess.dossier.document import open_stage, read, with_answer
from utbildningsprocess.dossier.mend.mends import proposed_mends
from utbildningsprocess.dossier.mend.model import as_in_file, changes, lf_text
from utbildningsprocess.model import AnswerSheet, Given, Row

if TYPE_CHECKING:
    from pathlib import Path

GOALS = (Row("L1", {"kunna": "Tala"}), Row("L2", {"kunna": "Lyssna", "niva": "lag"}))
ACTIVITIES = (Row("A1", {"titel": "Kurs", "mal": ("L1", "L2")}),)
ANSWERS = {
    "behov.varfor": Given("Därför.\n\nAndra stycket."),
    "behov.ord": Given(("ett", "två")),
    "behov.hinder": Given({"s01": "stammer", "s02": "inte"}),
    "koncept.larandemal": Given(GOALS),
    "koncept.aktiviteter": Given(ACTIVITIES),
}
OPEN, CLOSE = "<!-- utb:behov.varfor -->\n", "<!-- /utb:behov.varfor -->\n"
LEVEL = "- **Nivå:** Lag eller föreskrift"


def dossier(answers=ANSWERS):
    text = "<!-- utb:dossier 1 -->\n\n# Titel\n\n## Behov\n\nSyftet med Behov.\n\n## Koncept\n\nSyftet med Koncept.\n"
    for stage in ("behov", "koncept"):
        text = open_stage(text, AnswerSheet(SMALL, {}), stage)
    return changed(text, answers)


def changed(text, answers):
    for qid, answer in answers.items():
        text = with_answer(text, SMALL, qid, answer)
    return text


WHOLE = dossier()


def mended(text, *, sure_only=False):
    """The text when the first way of every mend has been taken, and the mends."""
    taken = []
    while mends := [mend for mend in proposed_mends(text, SMALL) if mend.sure or not sure_only]:
        assert len(taken) < 60, "the mends never end"
        taken.append(mends[0])
        text = mends[0].ways[0].text
    return text, taken


def structural(text):
    return len(read(text, SMALL).structural_problems)


def words(text):
    return set(re.findall(r"\w+", text))


def test_nothing_is_proposed_for_a_whole_dossier():
    assert proposed_mends(WHOLE, SMALL) == []
    assert read(WHOLE, SMALL).problems == ()


def test_a_field_without_stars_is_read_and_needs_no_mend():
    text = WHOLE.replace(LEVEL, LEVEL.replace("*", ""))
    assert text != WHOLE
    assert (proposed_mends(text, SMALL), read(text, SMALL).problems) == ([], ())
    assert read(text, SMALL).answers == ANSWERS


SURE = {
    "no closing marker": (CLOSE, ""),
    "no opening marker": (OPEN, ""),
    "other case": (OPEN, "<!-- UTB:Behov.Varfor -->\n"),
    "a dash": (CLOSE, "<!– /utb:behov.varfor –>\n"),
    "a long dash": (OPEN, "<!—utb:behov.varfor—>\n"),
    "escaped": (CLOSE, "&lt;!-- /utb:behov.varfor --&gt;\n"),
    "in a list": (CLOSE, "- <!-- /utb:behov.varfor -->\n"),
    "in a quote": (CLOSE, "> <!-- /utb:behov.varfor -->\n"),
    "no end": (OPEN, "<!-- utb:behov.varfor\n"),
    "a slip in the address": (CLOSE, "<!-- /utb:behov.varfo -->\n"),
    "a slip in the opening address": (OPEN, "<!-- utb:behov.varfo -->\n"),
    "opened twice": (OPEN, OPEN + "\n" + OPEN),
    "closed twice": (CLOSE, CLOSE + "\n" + CLOSE),
    "the answer twice, empty": (CLOSE, CLOSE + "\n" + OPEN + "\n" + CLOSE),
    "the answer twice, the same": (CLOSE, f"{CLOSE}\n{OPEN}\nDärför.\n\nAndra stycket.\n\n{CLOSE}"),
    "no first line": ("<!-- utb:dossier 1 -->\n\n", ""),
    "a first line with a slip": ("<!-- utb:dossier 1 -->", "<!– utb:dossier 1 –>"),
    "a question at another level": ("### Varför vill", "## Varför vill"),
    "a stage at another level": ("## Koncept", "### Koncept"),
    "a field indented": (LEVEL, f"  {LEVEL}"),
    "a field without its dash": (LEVEL, LEVEL.removeprefix("- ")),
}


@pytest.mark.parametrize(("whole", "damaged"), SURE.values(), ids=SURE)
def test_a_mend_that_cannot_be_wrong_gives_every_answer_back(whole, damaged):
    assert WHOLE.count(whole) == 1
    text, taken = mended(WHOLE.replace(whole, damaged), sure_only=True)
    content = read(text, SMALL)
    assert (content.answers, content.problems, bool(taken)) == (ANSWERS, (), True)


ASKED = {
    "both markers gone": (f"{OPEN}\nDärför.\n\nAndra stycket.\n\n{CLOSE}", "Därför.\n\nAndra stycket.\n"),
    "the end of the last stage cut": (WHOLE[WHOLE.index("\n## Koncept") :], ""),
    "a row below the closing marker": (
        "<!-- /utb:koncept.larandemal -->",
        "<!-- /utb:koncept.larandemal -->\n\n#### L3\n\n- **Ska kunna:** Mer",
    ),
    "words before a field": (LEVEL, f"Obs - {LEVEL}"),
    "a field with a slip in its name": (LEVEL, LEVEL.replace("Nivå", "Nivåå")),
    "an id twice": ("#### L2", "#### L1"),
    "two rows under one heading": ("#### L2\n\n", ""),
    "a reference to nothing": ("L1, L2", "L1, L9"),
    "a fence without end": ("Andra stycket.", "```\nAndra stycket."),
    "a torn conflict": ("Andra stycket.", ">>>>>>> anna\n\nAndra stycket."),
    "the answer twice": (CLOSE, f"{CLOSE}\n{OPEN}\nNågot annat\n\n{CLOSE}"),
    "every marker gone": (WHOLE, "\n".join(line for line in WHOLE.split("\n") if "<!--" not in line)),
}


@pytest.mark.parametrize(("whole", "damaged"), ASKED.values(), ids=ASKED)
def test_what_can_be_meant_otherwise_is_proposed_and_never_sure(whole, damaged):
    text, taken = mended(WHOLE.replace(whole, damaged))
    assert not taken[0].sure
    assert structural(text) == 0
    assert dangling(read(text, SMALL).sheet) == []


def test_markers_put_back_below_a_known_heading_give_the_answer_back():
    whole, damaged = ASKED["both markers gone"]
    assert read(mended(WHOLE.replace(whole, damaged))[0], SMALL).answers == ANSWERS
    assert read(mended(ASKED["every marker gone"][1])[0], SMALL).answers == ANSWERS


def test_two_rows_of_one_id_are_both_kept_and_the_person_is_told_what_points_at_them():
    text = changed(WHOLE, {"koncept.larandemal": Given((*GOALS, Row("L3", {"kunna": "Mer"})))})
    (mend,) = proposed_mends(text.replace("#### L3", "#### L2"), SMALL)
    assert "L2 finns två gånger" in mend.what
    assert "koncept.aktiviteter" in mend.what
    rows = read(mend.ways[0].text, SMALL).answers["koncept.larandemal"].value
    assert [(row.id, row.values["kunna"]) for row in rows] == [
        ("L1", "Tala"),
        ("L2", "Lyssna"),
        ("L3", "Mer"),
    ]


def test_rows_that_two_people_added_under_one_heading_become_two():
    added = "#### I3\n\n- **Ska kunna:** A\n- **Ska kunna:** B\n- **Nivå:** Annat\n- **Nivå:** Lag eller föreskrift\n"
    text = WHOLE.replace(
        "<!-- /utb:koncept.larandemal", added.replace("I3", "L3") + "\n<!-- /utb:koncept.larandemal"
    )
    rows = read(mended(text)[0], SMALL).answers["koncept.larandemal"].value
    assert [dict(row.values) for row in rows[2:]] == [
        {"kunna": "A", "niva": "annat"},
        {"kunna": "B", "niva": "lag"},
    ]


def test_a_row_renamed_by_hand_is_offered_first_to_what_pointed_at_it():
    groups = Given((Row("1", {"namn": "Nya"}), Row("2", {"namn": "Gamla"})))
    goals = Given(tuple(Row(f"L{n}", {"kunna": "x", "malgrupp": "Nya"}) for n in (1, 2)))
    text = changed(WHOLE, {"behov.malgrupper": groups, "koncept.larandemal": goals})
    (mend,) = proposed_mends(text.replace("**Namn:** Nya", "**Namn:** Nyanställda"), SMALL)
    assert "på 2 ställen" in mend.what
    assert mend.ways[0].label == "Låt den peka på Nyanställda"
    assert dangling(read(mend.ways[0].text, SMALL).sheet) == []


def test_lines_keep_their_endings_and_the_file_its_mark():
    raw = "\ufeffa\r\nb\r\nc\nd"
    assert as_in_file(raw, lf_text(raw)) == raw
    assert as_in_file(raw, "a\nny\nb\nc\nd") == "\ufeffa\r\nny\r\nb\r\nc\nd"
    assert as_in_file("a\n", "a\nb\n") == "a\nb\n"


# ---------------------------------------------------------------- conflicts


def merged(tmp_path: Path, ours: str, theirs: str, base: str = WHOLE, *, three: bool = False) -> str:
    """What git makes of two versions of a file."""
    for name, text in (("ours", ours), ("base", base), ("theirs", theirs)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = ["git", "merge-file", "-p", "-L", "HEAD", "-L", "bas", "-L", "anna", *["--diff3"] * three]
    files = ["ours", "base", "theirs"]
    done = subprocess.run(
        [*command, *files], cwd=tmp_path, env=git_environment(), capture_output=True, check=False
    )
    return done.stdout.decode("utf-8")


@pytest.fixture(params=[False, True], ids=["two-way", "three-way"])
def conflict(request, tmp_path):
    def made(ours, theirs, base=WHOLE):
        return merged(tmp_path, changed(base, ours), changed(base, theirs), base, three=request.param)

    return made


def test_both_texts_are_shown_with_whose_they_are_and_one_both_or_a_new_one_is_kept(conflict):
    text = conflict({"behov.varfor": Given("Vårt")}, {"behov.varfor": Given("Deras")})
    (mend,) = proposed_mends(text, SMALL)
    assert [tuple(version) for version in mend.versions] == [
        ("den utcheckade versionen", "Vårt"),
        ("anna", "Deras"),
    ]
    answers = [read(way.text, SMALL).answers["behov.varfor"].value for way in mend.ways]
    assert answers == ["Vårt\n\nDeras", "Vårt", "Deras"]
    assert read(mend.anew("<!-- utb:x -->"), SMALL).answers["behov.varfor"] == Given("<!-- utb:x -->")
    assert not mend.sure


def test_a_conflict_is_one_problem_that_says_whose_the_texts_are(conflict):
    text = conflict({"behov.varfor": Given("Vårt\n\nmer")}, {"behov.varfor": Given("Deras")})
    (problem,) = read(text, SMALL).problems
    assert "i svaret behov.varfor" in problem.text
    assert "den utcheckade versionen och texten från anna" in problem.text


BOTH = {
    "lists": ("behov.ord", ("ett", "två", "tre"), ("ett", "två", "fyra"), ("ett", "två", "tre", "fyra")),
    "statements": (
        "behov.hinder",
        {"s01": "stammer", "s02": "inte", "s03": "inte"},
        {"s01": "stammer", "s02": "inte", "s04": "inte"},
        {"s01": "stammer", "s02": "inte", "s03": "inte", "s04": "inte"},
    ),
    "rows": (
        "koncept.larandemal",
        (*GOALS, Row("L3", {"kunna": "Våra"})),
        (*GOALS, Row("L3", {"kunna": "Deras"})),
        (*GOALS, Row("L3", {"kunna": "Våra"}), Row("L4", {"kunna": "Deras"})),
    ),
    "fields of a row": (
        "koncept.larandemal",
        (GOALS[0], Row("L2", {"kunna": "Lyssna", "niva": "lag", "klart": None})),
        (Row("L1", {"kunna": "Tala", "niva": "annat"}), GOALS[1]),
        (Row("L1", {"kunna": "Tala", "niva": "annat"}), GOALS[1]),
    ),
}


def test_of_a_conflict_in_a_group_only_the_rows_that_differ_are_shown(conflict):
    qid, ours, theirs, _ = BOTH["rows"]
    (mend,) = proposed_mends(conflict({qid: Given(ours)}, {qid: Given(theirs)}), SMALL)
    alike = "(och 2 rader som är lika på båda sidor)"
    assert [version.text for version in mend.versions] == [
        f"#### L3\n\n- **Ska kunna:** Våra\n\n{alike}",
        f"#### L3\n\n- **Ska kunna:** Deras\n\n{alike}",
    ]


def test_what_points_at_a_group_in_conflict_is_not_said_to_point_nowhere(conflict):
    qid, ours, theirs, _ = BOTH["rows"]
    (problem,) = read(conflict({qid: Given(ours)}, {qid: Given(theirs)}), SMALL).problems
    assert "git-konflikt" in problem.text


@pytest.mark.parametrize(("qid", "ours", "theirs", "both"), list(BOTH.values())[:3], ids=list(BOTH)[:3])
def test_of_rows_statements_and_lists_both_come_first(conflict, qid, ours, theirs, both):
    (mend,) = proposed_mends(conflict({qid: Given(ours)}, {qid: Given(theirs)}), SMALL)
    assert mend.ways[0].label.startswith("Behåll båda")
    assert read(mend.ways[0].text, SMALL).answers[qid] == Given(both)


def test_where_both_have_answered_a_statement_the_person_chooses_whose_goes_first(conflict):
    ours, theirs = {"s01": "inte", "s03": "inte"}, {"s01": "stammer", "s03": "stammer"}
    base = changed(WHOLE, {"behov.hinder": None})
    (mend,) = proposed_mends(
        conflict({"behov.hinder": Given(ours)}, {"behov.hinder": Given(theirs)}, base), SMALL
    )
    answers = [read(way.text, SMALL).answers["behov.hinder"].value for way in mend.ways[:2]]
    assert answers == [ours, theirs]


def test_what_points_at_a_row_that_got_a_new_id_follows_it(conflict):
    def added(words):
        row = Row("A2", {"titel": words, "mal": ("L3",)})
        return {
            "koncept.larandemal": Given((*GOALS, Row("L3", {"kunna": words}))),
            "koncept.aktiviteter": Given((*ACTIVITIES, row)),
        }

    text, taken = mended(conflict(added("Våra"), added("Deras")))
    assert len(taken) == 2
    answers = read(text, SMALL).answers
    goals = {row.id: row.values["kunna"] for row in answers["koncept.larandemal"].value}
    pointing = {row.values["titel"]: row.values["mal"] for row in answers["koncept.aktiviteter"].value}
    assert goals == {"L1": "Tala", "L2": "Lyssna", "L3": "Våra", "L4": "Deras"}
    assert pointing == {"Kurs": ("L1", "L2"), "Våra": ("L3",), "Deras": ("L4",)}


def test_what_only_one_side_has_answered_is_kept_without_a_choice(tmp_path):
    base = "<!-- utb:dossier 1 -->\n\n# T\n\n## Behov\n\nSyftet med Behov.\n\n## Koncept\n\nSyftet med Koncept.\n"
    ours = changed(open_stage(base, AnswerSheet(SMALL, {}), "behov"), {"behov.kort": Given("Vårt")})
    theirs = changed(base, {"behov.ord": Given(("deras",)), "koncept.larandemal": Given(GOALS)})
    for three in (False, True):
        text, taken = mended(merged(tmp_path, ours, theirs, base, three=three), sure_only=True)
        content = read(text, SMALL)
        assert len(taken) == 1
        assert content.answers == {
            "behov.kort": Given("Vårt"),
            "behov.ord": Given(("deras",)),
            "koncept.larandemal": Given(GOALS),
        }
        assert (text.count("## Behov"), text.count("### Vilka ord?")) == (1, 1)
        assert content.structural_problems == ()


def test_a_title_that_both_have_changed_is_chosen(tmp_path):
    text = merged(tmp_path, WHOLE.replace("# Titel", "# Vår"), WHOLE.replace("# Titel", "# Deras"))
    (mend,) = proposed_mends(text, SMALL)
    assert [read(way.text, SMALL).title for way in mend.ways] == ["Vår", "Deras", "Vår"]
    assert read(mend.ways[1].text, SMALL).answers == ANSWERS


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.experiment) for seed in range(1, 20))]
)
def test_merges_at_random_are_mended_without_a_lost_row(tmp_path, seed):
    rng = random.Random(seed)  # noqa: S311  choices, not secrets
    for number in range(10):
        ours, theirs = (_worked_on(rng, f"{name}{number}") for name in ("vi", "de"))
        text, _ = mended(merged(tmp_path, ours, theirs, three=rng.random() < 0.5))
        content = read(text, SMALL)
        assert (content.structural_problems, dangling(content.sheet)) == ((), [])
        added = {
            word for side in (ours, theirs) for word in words(side) if re.fullmatch(r"(vi|de)\d+x\d+", word)
        }
        assert added <= words(text)


def _worked_on(rng, name):
    """The dossier when somebody has added goals, activities that point at them, words and statements."""
    goals, activities = list(GOALS), list(ACTIVITIES)
    for number in range(rng.randrange(1, 4)):
        goals.append(Row(f"L{3 + number}", {"kunna": f"{name}x{number}"}))
        if rng.random() < 0.7:
            activities.insert(
                rng.randrange(2), Row(f"A{2 + number}", {"titel": f"{name}x{number}", "mal": (goals[-1].id,)})
            )
    answers = {"koncept.larandemal": Given(tuple(goals)), "koncept.aktiviteter": Given(tuple(activities))}
    if rng.random() < 0.5:
        answers["behov.ord"] = Given(("ett", "två", f"{name}x7"))
    return changed(WHOLE, answers)


def test_a_misspelt_marker_that_has_strayed_into_an_answer_is_taken_out_of_it():
    """Corrected where it stands it would end that answer, and take what comes after it for its own."""
    marker = "<!-- utb:behov.dagar -->"
    for strayed in (marker.replace("--", "–"), f"{marker.replace('--', '–')} Mer text."):
        into = "<!-- utb:behov.varfor -->\n"
        text = WHOLE.replace(f"{marker}\n", "", 1).replace(into, f"{into}{strayed}\n", 1)
        first = proposed_mends(text, SMALL)[0]
        assert [way.label for way in first.ways] == ["Ta bort markören"]
        assert not first.sure
        whole, _ = mended(text)
        assert structural(whole) == 0
        before, after = (read(one, SMALL).answers for one in (WHOLE, whole))
        assert "Därför." in after["behov.varfor"].value
        assert ("Mer text." in after["behov.varfor"].value) is ("Mer text." in strayed)
        assert {**after, "behov.varfor": None} == {**before, "behov.varfor": None}


# ----------------------------------------------------------------- property


@st.composite
def damages(draw):
    """The dossier with lines taken away, doubled, indented, moved, or changed as editors change markers."""
    lines = WHOLE.split("\n")
    for _ in range(draw(st.integers(1, 3))):
        number = draw(st.integers(0, len(lines) - 1))
        way = draw(st.sampled_from(["gone", "twice", "indented", "moved", "dash", "cut", "quoted"]))
        line = lines[number]
        if way == "cut":
            lines = lines[: max(number, 30)]
        elif way == "moved":
            lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(number))
        else:
            new = {"gone": [], "twice": [line, line], "indented": [f"  {line}"], "quoted": [f"> {line}"]}
            lines[number : number + 1] = new.get(way, [line.replace("--", "–")])
    return "\n".join(lines)


@given(damages())
def test_every_mend_shows_what_it_takes_away_and_leaves_no_more_wrong(text):
    """No word goes that the difference does not show, no mend makes more structural problems, and they end."""
    for _ in range(60):
        mends = proposed_mends(text, SMALL)
        if not mends:
            break
        before = structural(text)
        for mend in mends:
            for way in mend.ways if not mend.versions else ():
                shown = " ".join(line for change in changes(text, way.text) for line in change.gone)
                assert words(text) <= words(way.text) | words(shown)
        assert structural(mends[0].ways[0].text) <= before, mends[0]
        text = mends[0].ways[0].text
    else:
        pytest.fail("the mends never end")
