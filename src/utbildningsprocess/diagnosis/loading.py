"""`diagnos.yaml` -> the model of the diagnosis, or every error in it at once.

It is read in two parts, for the questions may ask for what the diagnosis can come to, and the
diagnosis counts with the questions: `read_diagnosis` before the batteries are read, `fitting` after.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    ABLE_TODAY,
    ACTIONS_BESIDE_LEARNING,
    ACTIVITIES,
    COMPLEMENTARY_ACTIONS,
    MAIN_ACTIONS,
    OBSTACLES,
    OUTCOME,
)
from utbildningsprocess.battery.condition_faults import NOT_KNOWN, condition_faults, known_in
from utbildningsprocess.data_files.strict import DataFile, faultless, unfilled
from utbildningsprocess.diagnosis.model import NOTHING_HINDERS, DiagnosisModel
from utbildningsprocess.swedish import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from utbildningsprocess.battery.condition_faults import Computed
    from utbildningsprocess.data_files.yaml_text import Faults, KeyPath
    from utbildningsprocess.diagnosis.model import Gate
    from utbildningsprocess.model import Battery, Item

_WHOLE = 100
"""Percent that every cause divides among actions."""


@dataclass(frozen=True)
class DiagnosisFile:
    """What could be read of the file before the questions are known."""

    file: DataFile
    model: DiagnosisModel | None

    @property
    def computed(self) -> Computed:
        """What the diagnosis can come to, for conditions that ask for it."""
        if self.model is None:
            return NOT_KNOWN
        actions = self.model.actions
        return {
            **NOT_KNOWN,
            OUTCOME: tuple(outcome.code for outcome in self.model.outcomes),
            MAIN_ACTIONS: (*actions, *self.model.instead),
            COMPLEMENTARY_ACTIONS: tuple(actions),
            ACTIONS_BESIDE_LEARNING: self.model.beside_learning,
        }


def read_diagnosis(text: str, name: str) -> DiagnosisFile:
    """What can be read of the text. Raises Broken only when it holds no keys with values."""
    file = DataFile(name)
    mapping = faultless(file.mapping(text, "filen ska ha nycklar, som orsaker, matris och utfall."), file)
    model = file.validated(DiagnosisModel, file.without_format(mapping))
    file.add_faults(unfilled(mapping))
    if model is not None:
        file.add_faults(_own_faults(model))
    return DiagnosisFile(file, model)


def fitting(read: DiagnosisFile, battery: Battery) -> DiagnosisModel:
    """The model that was read, which must fit the questions it counts with.

    Raises Broken with every error, a line each: `fil:rad: vad`.
    """
    if read.model is not None:
        read.file.add_faults(_battery_faults(read.model, battery))
    return faultless(read.model, read.file)


def _own_faults(model: DiagnosisModel) -> Faults:
    """What does not fit together inside the file."""
    for statement, weights in model.weights.items():
        yield from _unknown(("vikter", statement), weights, model.causes, "orsaken")
    yield from _unknown(("matris",), model.matrix, model.causes, "orsaken")
    yield from _unknown(("orsaker",), set(model.causes) - set(model.matrix), (), "matrisen för")
    for cause, row in model.matrix.items():
        yield from _unknown(("matris", cause), row, model.actions, "insatsen")
        if sum(row.values()) != _WHOLE:
            yield ("matris", cause), f"procenten för ”{cause}” blir {sum(row.values()):g}, inte {_WHOLE}."
    for form, counted in model.forms.items():
        yield from _unknown(("aktivitetsformer", form), counted.actions, model.actions, "insatsen")
    one_page = model.adjustment.one_page
    for changed in (*model.adjustment.able_today.values(), one_page.times, one_page.plus):
        yield from _unknown(("justering",), changed, model.actions, "insatsen")
    for number, gate in enumerate(model.gates):
        yield from _gate_faults(model, gate, ("grindar", number))
    if not any(outcome.least == 0 for outcome in model.outcomes):
        yield ("utfall",), "inget utfall gäller från 0. Lägg till ett, så att det alltid finns ett utfall."
    code, actions = NOTHING_HINDERS
    yield from _unknown(("utfall",), [code], [outcome.code for outcome in model.outcomes], "utfallet")
    yield from _unknown(("i_stallet",), actions, model.instead, "insatsen")


def _gate_faults(model: DiagnosisModel, gate: Gate, path: KeyPath) -> Faults:
    codes = [outcome.code for outcome in model.outcomes]
    if (gate.outcome is None) is (gate.addition is None):
        yield path, f"grinden ”{gate.id}” ska ha antingen ”utfall” eller ”tillagg”."
    if gate.outcome is not None:
        yield from _unknown(path, [gate.outcome], codes, "utfallet")
        yield from _unknown(path, [gate.main or ""], model.instead, "insatsen")


def _unknown(
    path: KeyPath, used: Iterable[str], known: Collection[str], what: str = "", where: str = ""
) -> Faults:
    for name in used:
        if name not in known:
            hint = did_you_mean(name, known)
            yield (*path, name), f"{what} ”{name}” finns inte{where}. {hint}".strip()


def _battery_faults(model: DiagnosisModel, battery: Battery) -> Faults:
    """Where the model and the questions do not speak of the same things."""
    obstacles = battery.question(OBSTACLES)
    if obstacles is not None:
        statements = [statement.id for statement in obstacles.statements]
        yield from _same(("vikter",), model.weights, statements, obstacles.qid)
        yield from _same(("svarsfaktor",), model.factor, _options(obstacles), obstacles.qid)
    able = battery.question(ABLE_TODAY)
    if able is not None:
        path = ("justering", "kan_idag")
        yield from _same(path, model.adjustment.able_today, _options(able), able.qid)
    activities = battery.question(ACTIVITIES)
    if activities is not None and any(field.id == "form" for field in activities.fields):
        known = _options(activities.field("form"))
        yield from _same(("aktivitetsformer",), model.forms, known, activities.qid)
    for number, gate in enumerate(model.gates):
        yield from condition_faults(gate.condition, ("grindar", number, "om"), known_in(battery))


def _options(item: Item) -> list[str]:
    return [option.id for option in item.options]


def _same(path: KeyPath, ours: Mapping[str, object], theirs: list[str], qid: str) -> Faults:
    yield from _unknown(path, ours, theirs, where=f" bland svaren på {qid}")
    for name in theirs:
        if name not in ours:
            yield path, f"”{name}” i {qid} saknas här. Lägg till en rad för det."
