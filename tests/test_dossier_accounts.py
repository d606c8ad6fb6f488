"""Everything between the markers is accounted for: read, or named with its line, and kept by every write."""

from __future__ import annotations

import random
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import COSTLY
from making import BATTERY, READ
from small import SMALL
from test_dossier import EMPTY, FIELDS, LINES, PIECES, TEXTS, VALUES, answered, full
from utbildningsprocess.answers.rows import with_ids
from utbildningsprocess.documents.template import new_dossier
from utbildningsprocess.dossier.codec import decode
from utbildningsprocess.dossier.document import read, with_answer, with_answers
from utbildningsprocess.dossier.encoding import encode
from utbildningsprocess.dossier.markers import scan
from utbildningsprocess.errors import Broken
from utbildningsprocess.files.roots import template_text
from utbildningsprocess.markdown import outline, plain_outline
from utbildningsprocess.model import AnswerSheet, Given, Kind, Row, Skipped, Unfit, Unknown
from utbildningsprocess.swedish import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from utbildningsprocess.model import Battery


def written(qid: str, body: str) -> str:
    return EMPTY.replace(f"<!-- utb:{qid} -->\n", f"<!-- utb:{qid} -->\n\n{body}\n")


def told(text: str, battery: Battery = SMALL) -> list[tuple[str, str]]:
    """Every problem as the line it points at and its sentence."""
    lines = scan(text).lines
    return [(lines[problem.line - 1], problem.text) for problem in read(text, battery).problems]


BESIDE = {
    "text below a list": ("behov.ord", "- a\n\nLös text.\n\n- b", "Lös text.", ("a", "b")),
    "text right under an item": ("behov.ord", "- a\nLös text.", "Lös text.", ("a Lös text.",)),
    "HTML above statements": (
        "behov.hinder",
        "<div>\n\n- **Stämmer:** s02",
        "<div>",
        {"s02": "stammer"},
    ),
    "a list within an item": ("behov.ord", "- a\n- b\n  - c", "- b", ("a",)),
    "a box that is not ticked": ("behov.ord", "- [x] a\n- [ ] b", "- [ ] b", ("a",)),
    "a point without a box": ("behov.utlosare", "- [x] Annat\n- egna ord", "- egna ord", ("annat",)),
    "a number that is no place": ("behov.ord", "2026. Vi börjar", "2026. Vi börjar", ("Vi börjar",)),
    "a strange tick": ("behov.utlosare", "- [v] Annat\n- [x] Lagkrav", "- [v] Annat", ("lag",)),
    "a struck option": ("behov.utlosare", "- ~~Annat~~\n- Lagkrav", "- ~~Annat~~", ("lag",)),
    "an option twice": ("behov.utlosare", "- Annat\n- annat", "- annat", ("annat",)),
    "a statement twice": (
        "behov.hinder",
        "- **Stämmer:** s02\n- **Stämmer:** s02",
        "- **Stämmer:** s02",
        {"s02": "stammer"},
    ),
    "a statement with two answers": (
        "behov.hinder",
        "- **Stämmer:** s01\n- **Stämmer:** s02\n- **Stämmer inte:** s02",
        "- **Stämmer:** s02",
        {"s01": "stammer"},
    ),
    "an unknown statement": (
        "behov.hinder",
        "- **Stämmer:** s02\n- **Stämmer:** något annat",
        "- **Stämmer:** något annat",
        {"s02": "stammer"},
    ),
}


@pytest.mark.parametrize(("qid", "body", "line", "value"), BESIDE.values(), ids=list(BESIDE))
def test_what_stands_beside_an_answer_is_named_with_its_line_and_hides_nothing(qid, body, line, value):
    text = written(qid, body)
    assert read(text, SMALL).answers == {qid: Given(value)}
    assert line in [pointed for pointed, _ in told(text)]


@pytest.mark.parametrize(
    ("qid", "body", "value"),
    [
        ("behov.ord", "- a\n\nLös text.\n\n- b", ("c",)),
        ("behov.ord", "- a\n- b\n  - c", ("z",)),
        ("behov.utlosare", "- ~~Annat~~\n- Lagkrav", ("nej",)),
        ("behov.hinder", "<div>\n\n- **Stämmer:** s02", {"s01": "inte"}),
        ("behov.ord", "- a\n\nLös text.", None),
    ],
)
def test_a_write_keeps_what_stands_beside_the_answer(qid, body, value):
    beside = [line.strip() for line, _ in told(written(qid, body))]
    changed = with_answer(written(qid, body), SMALL, qid, Given(value) if value else None)
    assert all(line in changed for line in beside)
    again = read(changed, SMALL)
    assert value is None or again.answers[qid] == Given(value)
    assert again.problems


TWO_ANSWERS = {
    ("behov.varfor", "**Hoppas över:** ont om tid\n\nVi vill minska fallen."): "Under ”Hoppas över” står mer text",
    ("behov.varfor", "**Hoppas över:** ont om tid\nVi vill minska fallen."): "Under ”Hoppas över” står mer text",
    ("behov.bradskar", "**Vet inte än:** HR\n\nJa"): "Under ”Vet inte än” står mer text",
    ("behov.bradskar", "**Vet inte än:** HR\nja"): "Under ”Vet inte än” står mer text",
    ("behov.andel", "12\n5"): "mer än en rad",
    ("behov.bradskar", "~~Ja~~"): "varken ja eller nej",
    ("behov.ord", "```\nkod\n```"): "ingen lista",
}  # fmt: skip


@pytest.mark.parametrize(("qid", "body"), TWO_ANSWERS)
def test_two_answers_in_one_place_are_no_answer(qid, body):
    dossier = read(written(qid, body), SMALL)
    assert isinstance(dossier.answers[qid], Unfit)
    assert TWO_ANSWERS[qid, body] in dossier.problems[0].text


def test_a_reason_that_a_program_has_wrapped_is_one_reason():
    reason = "Vi har inte hunnit prata med dem som berörs av det här på nattpassen\nHösten blir bättre."
    assert read(written("behov.krav", f"**Hoppas över:** {reason}"), SMALL).answers == {
        "behov.krav": Skipped(" ".join(reason.split()))
    }


def test_a_list_beside_a_skipped_question_stays_when_it_is_answered():
    text = written("behov.ord", "**Hoppas över:** senare\n\n- a")
    assert read(text, SMALL).answers == {"behov.ord": Skipped("senare")}
    assert [line for line, _ in told(text)] == ["- a"]


# ------------------------------------------------------------------- groups

GOALS = "koncept.larandemal"
SLIPS = {
    "a field set in": ("- **Ska kunna:** larma\n  - **Klart:** 2026-01-01", "inne i ett annat fält"),
    "a field without dash": ("- **Ska kunna:** larma\n**Klart:** 2026-01-01", "inne i ett annat fält"),
    "words before a field": ("- **Ska kunna:** larma\n  och **Klart:** 2026-01-01", "inne i ett annat fält"),
    "a field without bold": ("- **Ska kunna:** larma\n  - Klart: 2026-01-01", "inne i ett annat fält"),
    "fields joined": ("- **Ska kunna:** larma- **Klart:** 2026-01-01", "inne i ett annat fält"),
    "text not set in": ("- **Ska kunna:** larma\noch ropa", "inte indragen"),
    "words beside the id": ("", "Orden i rubriken"),
    "two numbers": ("- **Klart:** 2026-01-01\n  2026-02-02", "mer än en rad"),
}


@pytest.mark.parametrize(("row", "sentence"), SLIPS.values(), ids=list(SLIPS))
def test_a_slip_in_a_field_is_named(row, sentence):
    heading = "#### L1" if row else "#### L1 Larma i tid"
    text = written(GOALS, f"{heading}\n\n{row or '- **Ska kunna:** ropa'}")
    assert any(sentence in why for _, why in told(text))


def test_a_field_that_holds_the_label_of_another_comes_back_without_a_problem():
    value = (Row("L1", {"kunna": "larma\n\n- **Klart:** snart\n\nNivå: hög"}),)
    assert read(answered(GOALS, value), SMALL).problems == ()


@pytest.mark.parametrize(
    "body",
    [
        "#### L1\n\n- **Ska kunna:** a\n\n#### L1\n\n- **Ska kunna:** b",
        "#### L1\n\n- **Ska kunna:** a\n- **Ska kunna:** b",
    ],
    ids=["row", "field"],
)
def test_a_row_or_a_field_that_stands_twice_stops_every_write_until_one_is_chosen(body):
    text = written(GOALS, body)
    assert [problem.structural for problem in read(text, SMALL).problems] == [True]
    with pytest.raises(Broken, match="finns två gånger"):
        with_answer(text, SMALL, "behov.krav", Given("nej"))


def test_what_could_not_be_read_in_a_row_stays_when_the_row_is_given_anew():
    text = written(GOALS, "#### L1\n\n- **Ska kunna:** larma\n- **Budget:** 3 kr\n\nLös text.")
    changed = with_answer(text, SMALL, GOALS, Given((Row("L1", {"kunna": "ropa"}),)))
    row = read(changed, SMALL).answers[GOALS].value[0]
    assert row == Row("L1", {"kunna": "ropa"}, {"Budget": "3 kr", "": "Lös text."})


BLOCKS = [
    "\\+ mer",
    "1. Kartlägg\n2. Pröva",
    "- a\n- b",
    "> citat",
    "# Rubrik",
    "| a |\n| - |\n| b |",
    "```\nkod\n```",
]


@pytest.mark.parametrize("value", BLOCKS)
def test_a_field_that_begins_with_a_block_or_backslash_stands_on_lines_of_its_own(value):
    text = answered(GOALS, (Row("L1", {"kunna": value}),))
    assert "- **Ska kunna:**\n\n  " in text
    assert read(text, SMALL).answers[GOALS].value[0].values == {"kunna": value}


@pytest.mark.parametrize(
    ("qid", "body"),
    [
        (GOALS, "#### L1\n\n- **Ska kunna:** a\n\n[Obs]: gäller-inte-natten"),
        ("behov.ord", '- a\n- c\n\n[b]: hemligt "text"'),
        ("behov.hinder", "- **Stämmer:** {}\n\n[ring]: Anna"),
    ],
    ids=["rows", "list", "statements"],
)
def test_what_markdown_shows_nothing_of_is_named_and_kept(qid, body):
    question = SMALL.question(qid)
    text = written(qid, body.format(question.statements[0].text if question.statements else ""))
    hidden = body.split("\n")[-1]
    assert read(text, SMALL).problems
    new = {GOALS: (Row("L1", {"kunna": "b"}),), "behov.ord": ("x",), "behov.hinder": {"s01": "inte"}}[qid]
    assert hidden in with_answer(text, SMALL, qid, Given(new))


@pytest.mark.parametrize("line", ["[OBS]: vi måste räkna med kostnaden", "[Obs]: gäller-inte-natten"])
def test_what_only_looks_like_the_address_of_a_link_is_text_outside_answers(line):
    text = EMPTY.replace(f"<!-- /utb:{GOALS} -->\n", f"<!-- /utb:{GOALS} -->\n\n{line}\n")
    assert line in [said for said, _ in told(text)]


# --------------------------------------------------------- what must be there


def test_rows_after_the_end_marker_are_named():
    end = f"<!-- /utb:{GOALS} -->\n"
    text = EMPTY.replace(end, f"{end}\n#### L9\n\n- **Ska kunna:** larma\n")
    assert [line for line, _ in told(text)] == ["#### L9", "- **Ska kunna:** larma"]


def test_a_file_that_ends_before_its_last_stage_is_cut():
    whole = new_dossier(template_text_of(), "T", AnswerSheet(BATTERY, {}))
    cut = whole.partition("## Produktion")[0]
    (problem,) = read(cut, BATTERY).problems
    assert problem.structural
    assert "”Produktion”, ”Genomförande” och ”Uppföljning”" in problem.text
    assert cut.split("\n")[problem.line :] == ["", ""]


def test_a_heading_taken_away_in_the_middle_is_a_notice():
    whole = new_dossier(template_text_of(), "T", AnswerSheet(BATTERY, {}))
    stage = whole[whole.index("## Produktion\n") : whole.index("## Genomförande\n")]
    (problem,) = read(whole.replace(stage, ""), BATTERY).problems
    assert (problem.structural, problem.is_notice) == (False, True)


def test_an_answer_whose_markers_are_both_gone_stops_every_write():
    text = re.sub(r"<!-- /?utb:behov.kort -->\n", "", answered("behov.kort", "Kvar."))
    assert [line for line, _ in told(text)] == ["### Hur låter det i en mening?"]
    with pytest.raises(Broken, match="saknar sina markörer"):
        with_answer(text, SMALL, "behov.kort", Given("Nytt."))


def test_a_heading_without_markers_and_text_gets_its_markers_back():
    text = re.sub(r"<!-- /?utb:behov.kort -->\n\n?", "", EMPTY)
    changed = with_answer(text, SMALL, "behov.kort", Given("Nytt."))
    assert changed.count("### Hur låter det i en mening?") == 1
    assert read(changed, SMALL).answers == {"behov.kort": Given("Nytt.")}


def template_text_of() -> str:
    from making import ROOT

    return template_text(ROOT, "dossier.md.j2")


# ------------------------------------------------------------- few lines changed


def changed_lines(before: str, after: str) -> list[str]:
    there = before.split("\n")
    return [line for line in after.split("\n") if line not in there]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_one_changed_field_changes_its_own_lines_after_an_editor_has_changed_every_bullet(newline):
    text = full().replace("\n- ", "\n* ").replace("\n", newline)
    rows = (Row("L2", {"kunna": "ropa", "malgrupp": "Nya"}), Row("L1", {"niva": "lag"}))
    changed = with_answer(text, SMALL, GOALS, Given(rows))
    assert changed_lines(text, changed) == [f"* **Ska kunna:** ropa{newline[:-1]}"]
    hinder = with_answer(text, SMALL, "behov.hinder", Given({"s01": "inte", "s03": "inte"}))
    (statement,) = changed_lines(text, hinder)
    assert statement.startswith("* **Stämmer inte:** ")
    listed = with_answer(text, SMALL, "behov.utlosare", Given(("lag", "annat", "egna, ord")))
    assert changed_lines(text, listed) == [f"* Annat{newline[:-1]}"]


@pytest.mark.parametrize("qid", [*VALUES, *FIELDS])
@COSTLY
@given(data=st.data())
def test_any_answer_is_written_over_any_other_and_comes_back(qid, data):
    question = SMALL.question(qid)
    first, second = (Given(drawn_value(question, data)) for _ in range(2))
    text = with_answer(EMPTY, SMALL, qid, first).replace("\n- ", "\n* ")
    changed = with_answer(text, SMALL, qid, second)
    assert read(changed, SMALL).answers == {qid: second}


@COSTLY
@given(data=st.data())
def test_answers_written_at_once_give_the_text_they_give_one_after_another(data):
    unwritten = data.draw(st.booleans(), "a dossier of no questions but those of Koncept")
    text = re.sub(r"### .*\n\n<!-- utb:behov.*\n\n<!-- /utb:behov.*\n\n", "", EMPTY) if unwritten else EMPTY
    for qid, body, *_ in data.draw(st.lists(st.sampled_from(list(BESIDE.values())), max_size=3)):
        text = text.replace(f"<!-- utb:{qid} -->\n", f"<!-- utb:{qid} -->\n\n{body}\n")
    for _ in range(2):
        qids = data.draw(st.lists(st.sampled_from([*VALUES, *FIELDS]), unique=True))
        answers = {
            qid: data.draw(st.none() | st.just(Given(drawn_value(SMALL.question(qid), data)))) for qid in qids
        }
        in_turn = text
        for qid, answer in answers.items():
            in_turn = with_answer(in_turn, SMALL, qid, answer)
        text = with_answers(text, SMALL, answers)
        assert text == in_turn


def drawn_value(question, data):
    if question.qid in VALUES:
        value = data.draw(VALUES[question.qid])
        return {key: value[key] for key in sorted(value)} if isinstance(value, dict) else value
    rows = st.lists(st.fixed_dictionaries({}, optional=FIELDS[question.qid]), min_size=1, max_size=3)
    return with_ids(question, [Row("", row) for row in data.draw(rows)])


# ------------------------------------------------- whatever stands there


def bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def unaccounted(text: str, battery: Battery) -> list[tuple[str, str]]:
    """The lines between markers that are neither part of an answer nor in one that a problem names."""
    dossier, seen = read(text, battery), scan(text)
    named = {problem.line for problem in dossier.problems}
    silent: list[tuple[str, str]] = []
    for qid in [] if dossier.structural_problems else seen.spans:
        question, (first, end) = battery.question(qid), seen.extent(qid)
        answer = dossier.answers.get(qid)
        if question is None or isinstance(answer, Unfit) or named.intersection(range(first + 1, end + 1)):
            continue
        lines = list(seen.lines[first:end])
        if lines == BODIES_OF_IT.get(qid):
            continue
        said = bare(encode(question, answer)) if answer else ""
        if not question.kind.is_text and not question.kind.is_composite and bare("".join(lines)) != said:
            lines = [*lines, "".join(lines)]
        silent += [(qid, line) for line in lines if bare(line) not in said]
    return silent


WHOLE = new_dossier(template_text_of(), READ.title, AnswerSheet(BATTERY, READ.answers))
BODIES_OF_IT: dict[str, list[str]] = {}
"""The answers of the example, once they are found to be accounted for."""
BODIES = st.lists(
    st.one_of(
        PIECES.filter(lambda piece: "utb:" not in piece and not piece.startswith(("<<<", ">>>", "|||"))),
        LINES,
        st.sampled_from(
            [
                *("- a", "- Annat", "- **Stämmer:** s01", "- **Stämmer inte:** s02", "#### L2", "#### A1"),
                *(
                    "#### 1",
                    "- **Namn:** Nya",
                    "- **Titel:** x",
                    "  - b",
                    "  fort",
                    "Ja",
                    "12",
                    "- [x] Annat",
                ),
            ]
        ),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize(
    "question",
    [question for question in SMALL.questions() if question.relevant_if is None],
    ids=lambda question: question.qid,
)
@COSTLY
@given(lines=BODIES, data=st.data())
def test_any_text_between_the_markers_is_read_or_named_and_no_write_loses_it(question, lines, data):
    body = clean("\n".join(lines))
    text = written(question.qid, body)
    dossier = read(text, SMALL)
    if dossier.structural_problems or not body:
        return
    before = decode(question, scan(text).body(question.qid))
    if before.answer is None and not before.faults:
        assert re.fullmatch(r"(\W*|- \[ \] .*\s?)+", body)
    beside = ["\n".join(body.split("\n")[first:end]) for first, end in before.loose]
    if question.qid in VALUES and question.kind is not Kind.GROUP:
        value = Given(drawn_value(question, data))
        changed = with_answer(text, SMALL, question.qid, value)
        assert read(changed, SMALL).answers[question.qid] == value
        assert all(line.strip() in changed for loose in beside for line in loose.split("\n"))


# ------------------------------------------------------------------- damage

LINES_OF_IT = WHOLE.split("\n")
ANSWERED = [n for n in sorted(scan(WHOLE).inside) if LINES_OF_IT[n].strip() and "<!--" not in LINES_OF_IT[n]]
FIELD_LINES = [number for number in ANSWERED if LINES_OF_IT[number].startswith("- **")]


@pytest.mark.parametrize(
    "words", ["en --- två", "en ``` två", "en ~~~ två", "en <div> två", "en *** två", "a \\ b"]
)
def test_what_would_be_a_block_at_the_start_of_a_line_is_fenced_so_that_wrapping_is_harmless(words):
    goals = SMALL.question("koncept.larandemal")
    assert goals
    body = encode(goals, Given((Row("L1", {"kunna": words}),)))
    assert "``utb-text" in body
    assert decode(goals, body).answer == Given((Row("L1", {"kunna": words}),))
    assert "utb-text" not in encode(goals, Given((Row("L1", {"kunna": "en - två, 3 * 4 ~ 12"}),)))


STRAY = [
    *("Lös text.", "<div>", "\nLös text.\n", "\n<div>\n", "```", "~~struket~~", "> citat", "| a |", "---"),
    *("#### X", "- [ ] a", "- [x] b", "  - b", "# H"),
    *("[Obs]: gäller-inte", "\n[ring]: Anna\n", "\n[^w]: fotnot\n", "[OBS]: vi måste räkna om"),
]
BROKEN_LABELS: list[Callable[[str], str]] = [
    lambda line: line[2:],
    lambda line: f"  {line}",
    lambda line: line.replace("**", "", 1),
    lambda line: line.replace("**", ""),
    lambda line: line.replace(":**", "**"),
    lambda line: f"och {line[2:]}",
    lambda line: line.replace("**", "*", 2),
    lambda line: line[:4] + line[5:],
]


def damaged(way: str, draw: random.Random) -> str:
    """The example with one damage."""
    lines, number = list(LINES_OF_IT), draw.choice(ANSWERED)
    match way:
        case "cut":
            return WHOLE[: draw.randrange(40, len(WHOLE) - 1)]
        case "moved":
            lines.insert(draw.randrange(6, len(lines)), lines.pop(number))
        case "doubled":
            lines.insert(number, lines[number])
        case "indented":
            lines[number] = " " * draw.choice([1, 2, 3, 4, 5, 8]) + lines[number]
        case "joined":
            lines[number] += draw.choice(["", " "]) + lines.pop(number + 1)
        case "outside":
            closing = draw.choice(list(scan(WHOLE).spans.values())).closing
            lines[closing + 1 : closing + 1] = draw.choice([["", "#### B9", "", "- **Text:** x"], ["Mer."]])
        case "label":
            number = draw.choice(FIELD_LINES)
            lines[number] = draw.choice(BROKEN_LABELS)(lines[number])
        case _:
            lines.insert(number + draw.choice([0, 1]), draw.choice(STRAY))
    return "\n".join(lines)


WAYS = ("cut", "moved", "doubled", "indented", "joined", "outside", "label", "stray")


def silent_damages(number: int, seed: int) -> Counter[str]:
    assert unaccounted(WHOLE, BATTERY) == []
    BODIES_OF_IT.update((qid, scan(WHOLE).raw_lines(qid)) for qid in scan(WHOLE).spans)
    draw, silent = random.Random(seed), Counter[str]()  # noqa: S311  no secret
    for place in range(number):
        way = WAYS[place % len(WAYS)]
        text = damaged(way, draw)
        is_named = bool(read(text, BATTERY).problems) or not WHOLE[len(text) :].strip()
        silent[way] += not is_named if way in ("cut", "outside") else bool(unaccounted(text, BATTERY))
    return +silent


def test_the_example_has_nothing_unaccounted_for():
    assert read(WHOLE, BATTERY).problems == ()
    assert unaccounted(WHOLE, BATTERY) == []


def test_no_damage_to_a_dossier_is_silent():
    assert silent_damages(160, seed=1) == {}


def test_a_text_cut_in_the_heading_of_a_question_asked_only_sometimes_is_named():
    last = WHOLE.index("\n### Vem tar över materialet")
    for end in range(last + 2, WHOLE.index("\n", last + 1) + 2):
        assert "Är slutet bortklippt?" in read(WHOLE[:end], BATTERY).problems[0].text


@pytest.mark.experiment
@pytest.mark.parametrize("seed", range(2, 6))
def test_no_damage_of_a_thousand_is_silent(record_property, seed):
    silent = silent_damages(1_000, seed)
    record_property("silent damages of 1 000", silent.total())
    assert silent == {}


@given(
    st.lists(
        st.one_of(PIECES, TEXTS, st.sampled_from(["- a", "  fort", "", "ord", "- **A:** x"])), max_size=9
    )
)
def test_ordinary_text_is_seen_without_a_parser_as_the_parser_sees_it(pieces):
    text = "\n".join(pieces)
    quick, whole = plain_outline(text), outline(text)
    if quick is not None:
        assert [block[:4] for block in quick.blocks] == [block[:4] for block in whole.blocks]
        assert [item[:4] for item in quick.items] == [item[:4] for item in whole.items]


def test_states_are_still_told_from_texts():
    for state in (Skipped("skäl"), Unknown("HR"), Unknown()):
        assert read(with_answer(EMPTY, SMALL, "behov.ord", state), SMALL).answers == {"behov.ord": state}


@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_a_dossier_in_the_newest_format_is_read_and_written_as_one_in_the_first(bom):
    text = bom + full().replace("utb:dossier 1", "utb:dossier 2")
    dossier = read(with_answer(text, SMALL, "behov.kort", Given("Nytt.")), SMALL)
    assert (dossier.problems, dossier.answers["behov.kort"]) == ((), Given("Nytt."))


def test_a_number_taken_for_the_place_of_a_point_is_no_number_of_the_answer():
    assert read(written("behov.dagar", "1. 30\n2. 90"), SMALL).answers["behov.dagar"] == Given((30, 90))
    for body in ("30. 90", "7) 30", "- - 5", "- 30 180"):
        assert isinstance(read(written("behov.dagar", body), SMALL).answers["behov.dagar"], Unfit)


@pytest.mark.parametrize("said", ["ca 40", "cirka 40", "ungefär 40 procent", "~40"])
def test_that_a_number_is_not_exact_is_said_where_it_stands_and_kept_till_it_is_changed(said):
    text = written("behov.andel", said)
    (problem,) = read(text, SMALL).problems
    assert problem.is_notice
    assert problem.text.endswith("räknas inte: talet är 40 procent.")
    assert read(text, SMALL).answers["behov.andel"] == Given(40)
    assert with_answer(text, SMALL, "behov.andel", Given(40)) == text


def test_that_a_number_in_a_row_is_not_exact_is_said_at_its_line():
    rows = "#### 1\n\n- **Namn:** Nya\n- **Antal:** ca 62"
    ((line, why),) = told(written("behov.malgrupper", rows))
    assert (line, why) == ("- **Antal:** ca 62", "behov.malgrupper: Antal: ”ca” räknas inte: talet är 62.")


@pytest.mark.parametrize("mark", ["  ", "   ", "\\"])
def test_a_line_broken_on_purpose_in_an_item_leaves_no_sign_of_it(mark):
    assert read(written("behov.ord", f"- a{mark}\n  b"), SMALL).answers == {"behov.ord": Given(("a b",))}
