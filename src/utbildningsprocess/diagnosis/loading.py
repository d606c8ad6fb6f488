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
from utbildningsprocess.diagnosis.counting import FIND_OUT, LEARN, MIX, NOTHING_TO_PLAN, OTHER
from utbildningsprocess.diagnosis.model import DiagnosisModel
from utbildningsprocess.swedish import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from utbildningsprocess.battery.condition_faults import Computed
    from utbildningsprocess.data_files.yaml_text import Faults, KeyPath
    from utbildningsprocess.diagnosis.model import Counted, Gate
    from utbildningsprocess.model import Battery, Item, Option, Question

_FORMAT = 2
"""The first format counted in percent, and says too little for this one."""


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

    @property
    def causes(self) -> Collection[str]:
        """The causes that statements may speak for; none where they are not known."""
        return self.model.causes if self.model else ()


def read_diagnosis(text: str, name: str) -> DiagnosisFile:
    """What can be read of the text. Raises Broken only when it holds no keys with values."""
    file = DataFile(name)
    mapping = faultless(file.mapping(text, "filen ska ha nycklar, som orsaker, grindar och utfall."), file)
    model = file.validated(DiagnosisModel, file.without_format(mapping, _FORMAT))
    file.add_faults(unfilled(mapping, known=_filled_in))
    if model is not None:
        file.add_faults(_own_faults(model))
    return DiagnosisFile(file, model)


_OF_RESPONDENTS: Mapping[str, tuple[str, ...]] = {
    "oense_text": ("pastaende", "vem"),
    "eniga_text": ("antal", "alla", "svarande"),
    "ensam_text": ("roll", "pastaende", "svarande"),
    "farre_text": ("antal", "svarande", "pastaenden"),
    "andrar_text": ("vem",),
    "andrar_inte_text": (),
}


def _filled_in(path: KeyPath) -> tuple[str, ...]:
    """The names that are filled in where a text stands."""
    key = path[-1] if path else ""
    match path[:1]:
        case ("grindar",) if key in ("text", "text_om_mojlig", "text_om_sankt"):
            return ("orsaker",)
        case ("texter",) if key in ("lika_starka", "hall_ogonen_pa"):
            return ("orsaker",)
        case ("underlag",):
            return ("antal",)
        case ("pa_gransen",):
            return ("utfall", "annat", "pastaende")
        case ("svarande",):
            return _OF_RESPONDENTS[str(key)]
    return ()


def fitting(read: DiagnosisFile, battery: Battery) -> DiagnosisModel:
    """The model that was read, which must fit the questions it counts with.

    Raises Broken with every error, a line each: `fil:rad: vad`.
    """
    if read.model is not None:
        read.file.add_faults(_battery_faults(read.model, battery))
    obstacles = battery.question(OBSTACLES)
    asked = obstacles.asked_statements if obstacles else ()
    causes = {statement.id: statement.causes for statement in asked}
    return faultless(read.model, read.file).counting_with(causes)


def _own_faults(model: DiagnosisModel) -> Faults:
    """What does not fit together inside the file."""
    for cause, meaning in model.causes.items():
        path: KeyPath = ("orsaker", cause)
        for meets in filter(None, (meaning, meaning.on_one_page)):
            used = (meets.first, *meets.also, *meets.support)
            yield from _unknown(path, used, model.actions, "insatsen")
    for answer, able in model.able_today.items():
        yield from _unknown(("kan_idag", answer), able.at_most_possible, model.causes, "orsaken")
    for form, counted in model.forms.items():
        yield from _unknown(("aktivitetsformer", form), counted.actions, model.actions, "insatsen")
    codes = [outcome.code for outcome in model.outcomes]
    yield from _unknown(("utgangna",), model.retired.values(), codes, "utfallet")
    yield from _unknown(("utfall",), (LEARN, MIX, OTHER, *NOTHING_TO_PLAN), codes, "utfallet")
    for number, gate in enumerate(model.gates):
        yield from _gate_faults(model, gate, ("grindar", number))
    for path, condition in _conditions(model):
        yield from _counted_faults(model, condition, path)
    if not any(gate.outcome == FIND_OUT and gate.condition.most_strong == 0 for gate in model.gates):
        yield ("grindar",), "ingen grind säger vad som gäller när ingen orsak är stark. Lägg till en."
    if not model.support.levels or model.support.levels[-1].most < len(model.support.shortcomings):
        yield ("underlag", "nivaer"), "den sista nivån ska räcka till alla brister. Skriv hogst: 99."


def _conditions(model: DiagnosisModel) -> Iterator[tuple[KeyPath, Counted]]:
    """Every condition of the file, and where it stands."""
    for number, gate in enumerate(model.gates):
        yield ("grindar", number, "om"), gate.condition
    for number, lacking in enumerate(model.support.shortcomings):
        yield ("underlag", "brister", number, "om"), lacking.condition
    for number, odd in enumerate(model.contradictions):
        yield ("motsagelser", number, "om"), odd.condition


def _counted_faults(model: DiagnosisModel, condition: Counted, path: KeyPath) -> Faults:
    yield from _unknown(path, (*condition.much_in_any, *condition.nothing_in), model.causes, "orsaken")
    known = [lacking.id for lacking in model.support.shortcomings]
    yield from _unknown(path, condition.among, known, "bristen")


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
    able = battery.question(ABLE_TODAY)
    if able is not None:
        yield from _same(("kan_idag",), model.able_today, battery, able.qid)
    activities = battery.question(ACTIVITIES)
    if activities is not None and any(field.id == "form" for field in activities.fields):
        yield from _same(("aktivitetsformer",), model.forms, battery, activities.qid, "form")
    for path, condition in _conditions(model):
        if condition.answers is not None:
            yield from condition_faults(condition.answers, (*path, "svar"), known_in(battery))


def _same(
    path: KeyPath, counted: Mapping[str, object], battery: Battery, qid: str, field: str = ""
) -> Faults:
    """What of the options of a question, or of a field, is not counted; and what is counted that is none."""
    options = _options(battery.known(qid), field)
    yield from _unknown(path, counted, [option.id for option in options], where=f" bland svaren på {qid}")
    for option in options:
        if option.id not in counted and not option.retired:
            yield path, f"”{option.id}” i {qid} saknas här. Lägg till en rad för det."


def _options(question: Question | None, field: str) -> tuple[Option, ...]:
    item: Item | None = question.field(field) if question and field else question
    return item.options if item else ()
