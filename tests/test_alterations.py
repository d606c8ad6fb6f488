"""What is answered otherwise than before: nothing missed and nothing invented, whatever became of the answers."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from making import BATTERY, ROOT, whole
from utbildningsprocess.addresses import ACTIVITIES, OBSTACLES, TARGET_GROUPS
from utbildningsprocess.answers.rows import given_rows, row_key, with_ids
from utbildningsprocess.documents.kinds import NEW_DOSSIER
from utbildningsprocess.documents.template import new_dossier
from utbildningsprocess.dossier.alterations import ORDER, AnswerPlace, alterations
from utbildningsprocess.dossier.document import read, with_answer
from utbildningsprocess.dossier.editions import Editions
from utbildningsprocess.files.roots import template_text
from utbildningsprocess.model import AnswerSheet, Given, Kind, Row, Skipped, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from utbildningsprocess.dossier.alterations import Alteration
    from utbildningsprocess.model import Answer, Answers

EXAMPLE = whole()


def in_parts(answers: Mapping[str, Answer | None]) -> dict[str, Any]:
    """Answers as rows by their key with their fields, statements by their id, and all else as it is."""
    parts: dict[str, Any] = {}
    for qid, answer in answers.items():
        question = BATTERY.question(qid)
        if question and question.kind is Kind.GROUP and isinstance(answer, Given):
            rows = given_rows(answers, qid)  # type: ignore[arg-type]
            parts[qid] = {row_key(question, row) or f"rad {row.id}": cells_of(row) for row in rows}
        elif question and question.kind is Kind.STATEMENTS and isinstance(answer, Given):
            parts[qid] = {key: Given(option) for key, option in answer.value.items()}  # type: ignore[union-attr]
        else:
            parts[qid] = answer
    return parts


def cells_of(row: Row) -> dict[str, Answer]:
    known = {part: Given(value) for part, value in row.values.items()}
    return {**known, **{part: Unknown(who) for part, who in row.unknown.items()}}


def replayed(before: dict[str, Any], altered: Iterable[Alteration]) -> dict[str, Any]:
    """What answers become when each alteration is done to them."""
    after = {qid: dict(value) if isinstance(value, dict) else value for qid, value in before.items()}
    for (qid, row, part), old, new, _ in altered:
        if not row and not part:
            assert after.get(qid) == in_parts({qid: old}).get(qid)
            after[qid] = in_parts({qid: new}).get(qid)
        elif part != ORDER:
            group = after[qid] = after[qid] if isinstance(after.get(qid), dict) else {}
            if row and part and row not in group:
                group[row] = group.pop(old.value)  # type: ignore[union-attr]  its name is what is another
            within = group.setdefault(row, {}) if row and part else group
            if new is None:
                del within[part or row]
            else:
                within[part or row] = new if part else cells_of(new.value[0])  # type: ignore[union-attr]
    return {qid: value for qid, value in after.items() if value not in (None, {})}


def changed(answers: Answers, chance: Random) -> Answers:
    """The answers with one of them changed in one way or another."""
    qid = chance.choice(sorted(EXAMPLE))
    question, answer = BATTERY.question(qid), answers.get(qid)
    states: list[Answer | None] = [None, Skipped("Inte nu"), Unknown("HR"), EXAMPLE[qid]]
    if question and question.kind is Kind.GROUP and (rows := given_rows(answers, qid)):
        field = chance.choice(question.fields).id
        first = replace(rows[0], values={key: value for key, value in rows[0].values.items() if key != field})
        asked = replace(first, unknown={field: "chefen"})
        again = with_ids(
            question, [*rows, Row("", {**rows[0].values, question.fields[0].id: f"Ny {chance.random()}"})]
        )
        groups = (rows[1:], tuple(reversed(rows)), (first, *rows[1:]), (asked, *rows[1:]), again)
        states += [Given(group) for group in groups if group and all(row.said for row in group)]
    elif question and question.kind is Kind.STATEMENTS and isinstance(answer, Given):
        option = chance.choice(question.options).id
        states.append(Given({**answer.value, chance.choice(question.statements).id: option}))  # type: ignore[dict-item]
    state = chance.choice(states)
    kept = {key: value for key, value in answers.items() if key != qid}
    return kept if state is None else {**kept, qid: state}


@pytest.mark.parametrize("seed", range(4))
def test_done_one_by_one_they_give_the_later_answers(seed: int) -> None:
    chance, states = Random(seed), [EXAMPLE]  # noqa: S311  a draw, no secret
    for _ in range(30):
        states.append(changed(states[-1], chance))
    said = in_parts({})
    for before, after in zip([{}, *states], states, strict=False):
        altered = list(alterations(BATTERY, before, after))
        assert all(alteration.before != alteration.after for alteration in altered)
        said = replayed(said, altered)
        assert said == in_parts(after)


def test_rows_in_another_order_are_one_alteration_and_no_row_has_come_or_gone() -> None:
    rows = given_rows(EXAMPLE, ACTIVITIES)
    (altered,) = alterations(
        BATTERY, {ACTIVITIES: Given(rows)}, {ACTIVITIES: Given((rows[1], rows[0], *rows[2:]))}
    )
    assert altered.place == AnswerPlace(ACTIVITIES, part=ORDER)


def test_a_row_known_by_its_name_is_followed_to_its_new_name() -> None:
    rows = given_rows(EXAMPLE, TARGET_GROUPS)
    named = replace(rows[0], values={**rows[0].values, "namn": "Vikarier"})
    (altered,) = alterations(
        BATTERY, {TARGET_GROUPS: Given(rows)}, {TARGET_GROUPS: Given((named, *rows[1:]))}
    )
    assert altered.place == AnswerPlace(TARGET_GROUPS, "Vikarier", "namn")
    assert (altered.before, altered.after) == (Given(rows[0].values["namn"]), Given("Vikarier"))


def test_a_statement_is_altered_alone() -> None:
    (first, *_) = BATTERY.question(OBSTACLES).statements  # type: ignore[union-attr]
    chosen = EXAMPLE[OBSTACLES].value  # type: ignore[union-attr]
    new = next(option for option in ("mycket", "inte_alls") if option != chosen[first.id])
    after = {OBSTACLES: Given({**chosen, first.id: new})}
    (altered,) = alterations(BATTERY, {OBSTACLES: EXAMPLE[OBSTACLES]}, after)
    assert altered.place == AnswerPlace(OBSTACLES, part=first.id)


# ------------------------------------------------------------------ editions


def example_text() -> str:
    template = template_text(ROOT, NEW_DOSSIER)
    return new_dossier(template, "Trygg start", AnswerSheet(BATTERY, EXAMPLE), NEW_DOSSIER)


TEXT = example_text()
NOTES = (
    "## Rubrik\n",
    "```\n",
    "<!--\n",
    "- punkt\n",
    "[1]: https://example.org\n",
    "<<<<<<< HEAD\n",
    "text\n\n",
)


@pytest.mark.parametrize("seed", range(4))
def test_an_edition_read_after_another_says_what_it_says_alone(seed: int) -> None:
    chance, text, editions = Random(seed), TEXT, Editions(BATTERY)  # noqa: S311  a draw, no secret
    for _ in range(12):
        lines = text.splitlines(keepends=True)
        at = chance.randrange(8, len(lines))
        attempt = "".join([*lines[:at], chance.choice(NOTES), *lines[at:]])
        edition = editions.read(attempt, "a.md")
        content = read(attempt, BATTERY)
        assert bool(edition.fault) == bool(content.structural_problems)
        known = {qid: answer for qid, answer in edition.answers.items() if BATTERY.question(qid)}
        assert known == content.answers
        text = text if edition.fault else attempt


def test_an_answer_saved_in_a_text_is_the_only_alteration_between_its_editions() -> None:
    editions = Editions(BATTERY)
    before = editions.read(TEXT, "a.md")
    after = editions.read(with_answer(TEXT, BATTERY, "behov.varfor", Given("Nytt skäl")), "a.md")
    (altered,) = alterations(BATTERY, before.answers, after.answers)
    assert (altered.place, altered.after) == (AnswerPlace("behov.varfor"), Given("Nytt skäl"))


def test_a_text_that_is_only_set_otherwise_is_no_alteration() -> None:
    editions = Editions(BATTERY)
    before = editions.read(TEXT, "a.md")
    starred = TEXT.replace("\n- ", "\n* ").replace("\n", "\r\n")
    assert starred != TEXT
    assert list(alterations(BATTERY, before.answers, editions.read(starred, "a.md").answers)) == []
