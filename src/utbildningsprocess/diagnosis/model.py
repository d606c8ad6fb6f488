"""What the diagnosis counts with: all of it is data from `diagnos.yaml`, used in `counting`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field as Key
from pydantic import PrivateAttr

from utbildningsprocess.data_files.strict import StrictModel
from utbildningsprocess.diagnosis.naming import names_any
from utbildningsprocess.model import Condition
from utbildningsprocess.swedish import fold

Side = Literal["larande", "annat"]
"""What meets a cause: learning, or something else."""
LEARNING: Side = "larande"
Remark = Literal[
    "tillagg", "lika_starka", "ryms_pa_en_sida", "kan_idag", "nytt_arbetssatt", "hall_ogonen_pa", "rad"
]
"""What can be said beside an outcome."""


class Meets(StrictModel):
    """What meets a cause, and on which side that is."""

    side: Side = Key(alias="sida")
    first: str = Key(alias="forst")
    """The action to build on, by id."""
    also: tuple[str, ...] = Key((), alias="gar_ocksa")
    """Actions that do as well."""
    support: tuple[str, ...] = Key((), alias="stod")
    """Actions that help beside it."""
    meaning: str = Key(alias="klartext")


class CauseMeaning(Meets):
    """Something that can hinder people: its name, what meets it, and its place in BEM and COM-B."""

    name: str = Key(alias="namn")
    on_one_page: Meets | None = Key(None, alias="ryms_pa_en_sida")
    """What meets it instead when what people need to know can be written on one page."""
    bem: str = ""
    comb: str = ""

    def met_by(self, *, on_one_page: bool) -> Meets:
        """What meets the cause."""
        return self.on_one_page if on_one_page and self.on_one_page else self


class Action(StrictModel):
    """A kind of thing to do about causes: its name, what it can be, and the words for it in a text."""

    name: str = Key(alias="namn")
    in_practice: str = Key(alias="i_praktiken")
    is_planned_learning: bool = Key(False, alias="larande")
    is_everyday_learning: bool = Key(False, alias="vardag")
    words: tuple[str, ...] = Key(alias="namnord")
    lookalikes: tuple[str, ...] = Key((), alias="forvaxla_inte")
    """Words that hold one of those and mean something else."""

    @property
    def is_learning(self) -> bool:
        """Whether it is learning, planned or in daily work."""
        return self.is_planned_learning or self.is_everyday_learning


class Counted(StrictModel):
    """A condition on the answers and on what is counted from them; all that it names must hold."""

    answers: Condition | None = Key(None, alias="svar")
    most_strong: int | None = Key(None, alias="starka_orsaker_hogst")
    least_strong: int | None = Key(None, alias="starka_orsaker_minst")
    least_unknown: int | None = Key(None, alias="vet_inte_minst")
    """Statements without an answer, or answered with ”vet inte”."""
    much_in_any: tuple[str, ...] = Key((), alias="mycket_i_nagon_av")
    """Causes of which one has a ”Mycket”."""
    nothing_in: tuple[str, ...] = Key((), alias="inget_i")
    """Causes of which none is even possible, and every statement answered."""
    rests_on_one: bool | None = Key(None, alias="vilar_pa_ett_svar")
    disagreement: bool | None = Key(None, alias="svarande_oense")
    contradiction: bool | None = Key(None, alias="motsagelse")
    """A contradiction that counts as a shortcoming."""
    least_shortcomings: int | None = Key(None, alias="brister_minst")
    among: tuple[str, ...] = Key((), alias="brister_av")
    """The shortcomings that are counted then."""


class Gate(StrictModel):
    """A condition on the answers that either decides the outcome by itself, or adds something to it."""

    id: str
    condition: Counted = Key(alias="om")
    or_unknown: int | None = Key(None, alias="eller_vet_inte")
    """How many statements without an answer make the gate apply, too."""
    outcome: str | None = Key(None, alias="utfall")
    main: str | None = Key(None, alias="huvud")
    """What to do instead of an action, when the gate decides the outcome."""
    complements_with_strong: bool = Key(False, alias="komplettera_med_starka")
    """Whether what meets the strong causes is shown as a way to do it."""
    addition: str | None = Key(None, alias="tillagg")
    text: str
    text_if_rare: str = Key("", alias="text_om_sallan")
    text_if_possible: str = Key("", alias="text_om_mojlig")
    text_if_lowered: str = Key("", alias="text_om_sankt")
    text_if_all_alike: str = Key("", alias="text_om_alla_lika")


class Outcome(StrictModel):
    """What the diagnosis can come to, and how it is said."""

    code: str = Key(alias="kod")
    name: str = Key(alias="namn")
    text: str
    text_if_only_coaching: str = Key("", alias="text_om_bara_handledning")
    text_if_complement: str = Key("", alias="text_om_komplettera")
    text_if_learning_complements: str = Key("", alias="text_om_komplettera_larande")
    text_if_only_information: str = Key("", alias="text_om_bara_information")
    unsaid: tuple[Remark, ...] = Key((), alias="sags_inte")
    """What is else said beside an outcome, and would contradict this one."""


class AbleToday(StrictModel):
    """What an answer to whether people can do it today does: which causes it lowers, and what is said."""

    at_most_possible: tuple[str, ...] = Key(alias="hogst_mojlig")
    text: str = ""


class Level(StrictModel):
    """How well founded a diagnosis is, from its number of shortcomings."""

    most: int = Key(alias="hogst")
    id: str
    name: str = Key(alias="namn")
    text: str
    advice: str = Key("", alias="rad")
    """What it is good enough for."""
    text_without: str = Key("", alias="text_utan_brister")
    """What is said where there is no shortcoming to name."""


class Shortcoming(StrictModel):
    """Something that makes a diagnosis less sure."""

    id: str
    condition: Counted = Key(alias="om")
    text: str


class Contradiction(StrictModel):
    """Two answers that pull apart: something to talk about, never a fault."""

    id: str
    condition: Counted = Key(alias="om")
    text: str
    is_shortcoming: bool = Key(False, alias="brist")


class Support(StrictModel):
    """How well founded a diagnosis can be, and what takes from it."""

    levels: tuple[Level, ...] = Key(alias="nivaer")
    surer: str = Key("", alias="gor_sakrare")
    """What is said before the shortcomings."""
    shortcomings: tuple[Shortcoming, ...] = Key(alias="brister")


class OnTheEdge(StrictModel):
    """What is said when the outcome rests on one answer."""

    text: str


class Respondents(StrictModel):
    """What is said of those who have answered one by one."""

    disagree: str = Key(alias="oense_text")
    agree: str = Key(alias="eniga_text")
    alone: str = Key(alias="ensam_text")
    fewer: str = Key(alias="farre_text")
    """Of statements that not all have answered."""
    changing: str = Key(alias="andrar_text")
    """What it would be with the answers of some, where they see differently."""
    unchanged: str = Key(alias="andrar_inte_text")


class ChangesThePicture(StrictModel):
    """How many lines of what would change the picture, and in which order."""

    most: int = Key(alias="hogst")
    order: tuple[Literal["vilar_pa", "kan_idag", "en_a4", "delvis", "vet_inte"], ...] = Key(alias="ordning")


class Words(StrictModel):
    """Sentences that the diagnosis adds."""

    new_way_of_working: str = Key(alias="nytt_arbetssatt")
    demand: str = Key(alias="obligatoriskt")
    as_strong: str = Key(alias="lika_starka")
    many_main: str = Key(alias="manga_huvud")
    fits_one_page: str = Key(alias="ryms_pa_en_sida")
    watch: str = Key(alias="hall_ogonen_pa")
    no_percent: str = Key(alias="ingen_procent")
    limits: str = Key(alias="begransning")


class ActivityForm(StrictModel):
    """How a planned activity of some form counts."""

    everyday: bool = Key(alias="vardag")
    """Whether it is learning in daily work."""
    actions: tuple[str, ...] = Key(alias="insatser")
    """The kinds of action that it is, by id."""
    room: str = Key("", alias="rum")
    """The sort of place where it is done; empty when nothing is said of it."""


class DiagnosisModel(StrictModel):
    """Everything the diagnosis counts with, by the ids of causes and actions."""

    causes: Mapping[str, CauseMeaning] = Key(alias="orsaker")
    able_today: Mapping[str, AbleToday] = Key(alias="kan_idag")
    actions: Mapping[str, Action] = Key(alias="insatser")
    instead: Mapping[str, Action] = Key(alias="i_stallet")
    """What to do when no action is called for, as finding out more."""
    gates: tuple[Gate, ...] = Key(alias="grindar")
    outcomes: tuple[Outcome, ...] = Key(alias="utfall")
    retired: Mapping[str, str] = Key(alias="utgangna")
    """Codes of outcomes that are gone, and which one they are read as."""
    support: Support = Key(alias="underlag")
    on_the_edge: OnTheEdge = Key(alias="pa_gransen")
    contradictions: tuple[Contradiction, ...] = Key(alias="motsagelser")
    words: Words = Key(alias="texter")
    changes_the_picture: ChangesThePicture = Key(alias="andrar_bilden")
    respondents: Respondents = Key(alias="svarande")
    forms: Mapping[str, ActivityForm] = Key(alias="aktivitetsformer")
    _statements: Mapping[str, tuple[str, ...]] = PrivateAttr(default_factory=dict)

    @property
    def statements(self) -> Mapping[str, tuple[str, ...]]:
        """The causes that each statement speaks for, by the statement's id; the battery says which."""
        return self._statements

    def counting_with(self, statements: Mapping[str, tuple[str, ...]]) -> DiagnosisModel:
        """The same model with the statements of a battery."""
        model = self.model_copy()
        model._statements = statements  # noqa: SLF001  its own copy
        return model

    @property
    def beside_learning(self) -> tuple[str, ...]:
        """The ids of the actions that are neither training nor practice."""
        return tuple(key for key, action in self.actions.items() if not action.is_planned_learning)

    def action(self, action_id: str) -> Action:
        """The action of that id, or what to do instead; KeyError when there is neither."""
        return self.actions[action_id] if action_id in self.actions else self.instead[action_id]

    def outcome(self, code: str) -> Outcome:
        """The outcome of that code, or of what it is read as now; KeyError when there is none."""
        known = {outcome.code: outcome for outcome in self.outcomes}
        return known[code if code in known else self.retired[fold(code)]]

    def mentions(self, action_id: str, text: str) -> bool:
        """Whether a text names the action, by its name or by a word for it, and does not deny it."""
        action = self.action(action_id)
        return names_any((action.name, *action.words), action.lookalikes, text)

    def everyday_forms(self) -> Mapping[str, bool]:
        """Of each form whether it is learning in daily work."""
        return {form: counted.everyday for form, counted in self.forms.items()}
