"""The merge that git asks for: over random histories it never ends clean with less than both sides have said."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from making import BATTERY, ROOT
from test_merges import BESIDE, NAME, POINTING, WORDS, Branch
from utbildningsprocess.addresses import ACTIVITIES, DEVIATIONS, GOALS
from utbildningsprocess.answers.rows import given_rows, row_key
from utbildningsprocess.documents.kinds import NEW_DOSSIER
from utbildningsprocess.documents.template import new_dossier
from utbildningsprocess.dossier.conflict_lines import whole_conflicts
from utbildningsprocess.dossier.document import open_stage, read, with_answer
from utbildningsprocess.dossier.first_lines import with_first_lines
from utbildningsprocess.dossier.mend.mends import proposed_mends
from utbildningsprocess.dossier.merging.bodies import NotProven
from utbildningsprocess.dossier.merging.clashes import Labels
from utbildningsprocess.dossier.merging.merge import Terms, merged_dossier
from utbildningsprocess.files.git_merge import merged_by_git
from utbildningsprocess.files.roots import template_text
from utbildningsprocess.model import AnswerSheet, Battery, Given, Kind, given_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from utbildningsprocess.model import Question

    Merge = Callable[..., str]

TEXTS = ("behov.varfor", "behov.signal")
LISTS = tuple(asked.qid for asked in BATTERY.questions() if asked.kind is Kind.LIST)[:1]
CHOSEN = tuple(asked.qid for asked in BATTERY.questions() if asked.kind is Kind.MULTIPLE)[:1]
STATEMENTS = tuple(asked.qid for asked in BATTERY.questions() if asked.kind is Kind.STATEMENTS)
SEVERAL = Battery(
    tuple(
        stage.model_copy(
            update={
                "questions": tuple(
                    asked
                    for asked in stage.questions
                    if asked.qid in (*WORDS, *TEXTS, *LISTS, *CHOSEN, *STATEMENTS)
                )
            }
        )
        for stage in BATTERY.stages
    )
)


class Person(Branch):
    """Changes rows, and now and then another answer or the text around the answers."""

    battery = SEVERAL

    def change(self) -> None:
        if self.chance.randrange(5) < 3:
            super().change()
            return
        way = self.chance.choice([*TEXTS, *LISTS, *CHOSEN, *STATEMENTS, "title", "note"])
        if way == "title":
            self.text = self.text.replace("\n# ", f"\n# {self._word()} ", 1)
        elif way == "note":
            self.text = self.text.replace("\n## Koncept\n", f"\n{self._word()}\n\n## Koncept\n", 1)
        else:
            self._answer(SEVERAL.question(way))

    def _answer(self, question: Question | None) -> None:
        assert question
        earlier = given_value(read(self.text, SEVERAL).answers.get(question.qid))
        value: object = self._word()
        if question.kind is Kind.STATEMENTS:
            key = self.chance.choice(question.statements).id
            before = earlier if isinstance(earlier, dict) else {}
            value = {**before, key: self.chance.choice(question.options).id}
        elif question.kind in (Kind.LIST, Kind.MULTIPLE):
            items = list(earlier) if isinstance(earlier, tuple) else []
            new = self.chance.choice(question.options).id if question.options else self._word()
            if items and self.chance.randrange(2):
                items.pop(self.chance.randrange(len(items)))
            value = tuple(dict.fromkeys([*items, new]))
        self.text = with_answer(self.text, SEVERAL, question.qid, Given(value))  # type: ignore[arg-type]

    def _word(self) -> str:
        return "ord" + "".join(self.chance.choices("abcdefghij", k=8))


# --------------------------------------------------------- what must be said


class Told(NamedTuple):
    """What a text says, by what no program gives a name to: each thing by the words that people chose."""

    things: Mapping[tuple[str, ...], object]


def told(text: str) -> dict[tuple[str, ...], object]:
    """Everything that a text says, in small pieces that each can be changed alone.

    A row is known by the name that stands in its words, and what it points at by the name of that row.
    """
    dossier = read(text, SEVERAL)
    answers = dossier.answers
    called = {
        (qid, row_key(SEVERAL.question(qid), row)): _name(str(row.values.get(words, "")))  # type: ignore[arg-type]
        for qid, words in WORDS.items()
        for row in given_rows(answers, qid)
    }
    things: dict[tuple[str, ...], object] = {("title",): dossier.title}
    for qid, words in WORDS.items():
        for row in given_rows(answers, qid):
            name = _name(str(row.values.get(words, "")))
            things[qid, name] = True
            things[qid, name, "beside"] = row.values.get(BESIDE.get(qid, ""), "")
            things[qid, name, "meant"] = str(row.values.get(words, ""))
            source, key = _target(qid, row.values)
            things[qid, name, "points"] = called.get((source, key), "nowhere") if key else ""
    for qid, answer in answers.items():
        value = given_value(answer)
        if qid in TEXTS:
            things[qid,] = value
        elif isinstance(value, dict):
            things |= {(qid, key): option for key, option in value.items()}
        elif isinstance(value, tuple) and qid not in WORDS:
            things |= {(qid, str(item)): True for item in value}
    for number, line in dossier.outside_lines():
        if line.startswith("ord"):
            things["note", line] = number and True
    return things


def _name(words: str) -> str:
    return next(iter(NAME.findall(words)), words)


def _target(qid: str, values: Mapping[str, object]) -> tuple[str, str]:
    if qid == DEVIATIONS:
        return GOALS, str(values.get("regel", "")).removeprefix("R14 ")
    field, source = POINTING.get(qid, ("", ""))
    value = values.get(field, "")
    return source, str(value[0] if isinstance(value, tuple) and value else value or "")


def missed(base: str, ours: str, theirs: str, result: str) -> list[str]:
    """What a result without conflicts says less or otherwise than both sides have made of the base."""
    before, mine, yours, after = (told(text) for text in (base, ours, theirs, result))
    wrong = []
    for key in {**before, **mine, **yours, **after}:
        values = before.get(key), mine.get(key), yours.get(key)
        wanted = values[2] if values[1] == values[0] else values[1]
        if key[-1] == "points" and "nowhere" in (*values, after.get(key)):
            continue  # the row that it means was taken away on the way
        if values[1] != values[2] and values[0] not in values[1:]:
            wrong.append(f"{key}: chose among {values}")
        elif after.get(key) != wanted:
            wrong.append(f"{key}: {after.get(key)!r} and not {wanted!r}")
    for key in before:
        is_row = len(key) > 1 and (*key, "meant") in before
        sides = [_of_row(side, key) for side in (mine, yours)] if is_row else []
        if is_row and [] in sides and max(sides) not in ([], _of_row(before, key)):
            wrong.append(f"{key}: taken away, and changed")
    return wrong


def _of_row(things: Mapping[tuple[str, ...], object], row: tuple[str, ...]) -> list[str]:
    return [f"{key}: {thing}" for key, thing in things.items() if key[:2] == row and "nowhere" != thing]


# ----------------------------------------------------------------- merging


def by_driver(base: str, ours: str, theirs: str, *, shown: bool = False, descends: bool = True) -> str:
    """The three texts merged answer by answer, as git has it done."""
    labels = Labels("HEAD", "annan", "bas" if shown else None)

    def text_merge(*texts: str) -> str:
        return _by_git(*texts, flags=["--diff3"])

    try:
        return merged_dossier(
            base, ours, theirs, Terms(lambda: SEVERAL, text_merge, labels, descends=descends)
        ).text
    except NotProven:
        return "<<<<<<< not proven\n=======\n>>>>>>> \n" + by_git(base, ours, theirs)


def by_git(base: str, ours: str, theirs: str, **_: bool) -> str:
    """The three texts merged line by line."""
    return _by_git(base, ours, theirs)


def _by_git(*texts: str, flags: list[str] = []) -> str:  # noqa: B006  never changed
    data = [text.encode() for text in texts]
    return merged_by_git(data[0], data[1], data[2], ("HEAD", "bas", "annan"), flags)[0].decode()


class Merging(NamedTuple):
    """Three versions to merge, and whether ours has grown out of the base."""

    base: str
    ours: str
    theirs: str
    descends: bool = True


def history(seed: int) -> Merging:
    """Two people's work on one dossier."""
    chance = Random(seed)  # noqa: S311  a draw, no secret
    start = new_dossier(template_text(ROOT, NEW_DOSSIER), "T", AnswerSheet(SEVERAL, {}))
    start = open_stage(start, AnswerSheet(SEVERAL, {}), "avsteg")
    base = Person(with_first_lines(start, "", b"seed"), chance)
    for _ in range(chance.randrange(2, 14)):
        base.change()
    sides = [Person(base.text, chance), Person(base.text, chance)]
    for side in sides:
        for _ in range(chance.randrange(1, 6)):
            side.change()
    return Merging(base.text, sides[0].text, sides[1].text)


def judged(merge: Merge, merging: Merging) -> tuple[str, list[str]]:
    """What came of a merge, and what was wrong with it."""
    result = merge(*merging[:3], descends=merging.descends)
    if [*whole_conflicts(result.split("\n"))]:
        return "conflict", []
    problems = [problem.text for problem in read(result, SEVERAL).structural_problems]
    if problems:
        return "told", []
    wrong = missed(*merging[:3], result)
    return "clean and wrong" if wrong else "clean and right", wrong


@pytest.mark.parametrize("count", [25, pytest.param(1000, marks=pytest.mark.experiment)])
def test_no_merge_for_git_ends_clean_with_less_than_both_have_said(count, record_property, capsys):
    for merge in (by_git, by_driver):
        outcomes = [judged(merge, history(seed)) for seed in range(count)]
        kinds = dict(Counter(kind for kind, _ in outcomes))
        record_property(f"{merge.__name__}, of {count}", kinds)
    assert [(seed, wrong) for seed, (_, wrong) in enumerate(outcomes) if wrong] == []
