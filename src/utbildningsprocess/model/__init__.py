"""The nouns: questions, stages, answers and problems. All values are frozen; a change is a new value."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias, assert_never

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Key

from utbildningsprocess.model.sorts import Kind as Kind
from utbildningsprocess.model.whens import Period as Period
from utbildningsprocess.model.whens import TimeSpan as TimeSpan
from utbildningsprocess.model.whens import When as When
from utbildningsprocess.model.whens import first_day as first_day
from utbildningsprocess.model.whens import last_day as last_day

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

Role: TypeAlias = Literal["bestallare", "chef", "medarbetare", "esther", "processledare"]
"""Who can answer a question: the word used in a battery."""

Looks: TypeAlias = Literal["framat", "bakat"]
"""Which way a question about a date looks: the word used in a battery."""


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=False)


class Option(_Data):
    """One alternative: `id` is what is stored and compared, `label` what people read."""

    id: str
    label: str = Key(alias="text")
    help: str = Key("", alias="hjalp")
    former: tuple[str, ...] = Key((), alias="tidigare")
    """Labels the option has had; dossiers written with them are still read."""
    excludes: bool = Key(False, alias="utesluter")
    """Whether nothing else can be chosen with it, where several may be."""
    retired: bool = Key(False, alias="utgar")
    """Whether it is no longer offered; where it is chosen already it is read and shown."""


class Statement(_Data):
    """One sentence to agree or disagree with."""

    id: str
    text: str
    former: tuple[str, ...] = Key((), alias="tidigare")
    other_meaning: tuple[str, ...] = Key((), alias="tidigare_mening")
    """Former texts that said something else: read as the others, and the statement is offered once more."""
    example: str = Key("", alias="exempel")
    """A picture from daily work, shown below the statement."""
    causes: tuple[str, ...] = Key((), alias="orsak")
    """The causes in `diagnos.yaml` that it speaks for, by id."""
    retired: bool = Key(False, alias="utgar")
    """Whether it is no longer asked; an answer that it has is read and shown."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that the statement can be known by in a text."""
        return (self.text, self.id, *self.former, *self.other_meaning)


class Condition(_Data):
    """When a question or a field is relevant: one comparison, or a combination of conditions.

    `field` looks into a column of a group, or without `question` into the row that the field with the
    condition stands in. What has no answer makes every comparison false.
    """

    question: str | None = Key(None, alias="fraga")
    field: str | None = Key(None, alias="falt")
    equals: str | bool | int | float | None = Key(None, alias="ar")
    one_of: tuple[str, ...] | None = Key(None, alias="i")
    contains: str | tuple[str, ...] | None = Key(None, alias="innehaller")
    at_least: int | float | None = Key(None, alias="minst")
    at_most: int | float | None = Key(None, alias="hogst")
    less_than_field: str | None = Key(None, alias="mindre_an_falt")
    answered: bool | None = Key(None, alias="besvarad")
    every: tuple[Condition, ...] | None = Key(None, alias="alla")
    some: tuple[Condition, ...] | None = Key(None, alias="nagon")
    negated: Condition | None = Key(None, alias="inte")


class Prefill(_Data):
    """Rows that are there when a group opens: one per row of `source`, pointed at by the field `target`.

    When the source is computed (`diagnos.andra`), a row is proposed for each thing it names; when it is
    `alternativ`, there is one for each option of the field.
    """

    source: str = Key(alias="fran")
    target: str = Key(alias="till")

    @property
    def is_of_options(self) -> bool:
        """Whether there is a row for each option of the field."""
        return self.source == "alternativ"


class Item(_Data):
    """What a question and a field of a group have in common."""

    id: str
    text: str
    kind: Kind = Key(alias="typ")
    former: tuple[str, ...] = Key((), alias="tidigare")
    """Texts it has had; dossiers written with them are still read."""
    help: str = Key("", alias="hjalp")
    options: tuple[Option, ...] = Key((), alias="alternativ")
    own_words: bool = Key(False, alias="annat")
    """Whether a choice takes words of one's own beside the options."""
    unit: str = Key("", alias="enhet")
    at_least: int | float | None = Key(None, alias="minst")
    at_most: int | float | None = Key(None, alias="hogst")
    decimals: bool | None = Key(None, alias="decimaler")
    """Whether numbers need not be whole; where the battery does not say, the unit decides."""
    of_numbers: bool = Key(False, alias="av_tal")
    """Whether the items of a list are numbers."""
    approximate: bool = Key(False, alias="ungefar")
    """Whether a date may be a week, a month, a quarter, a season or a year."""
    looks: Looks = Key("framat", alias="tid")
    """Whether a date is of something to come, or of something that has been."""
    points_at: tuple[str, ...] = Key((), alias="till")
    """The groups whose rows a reference chooses among."""
    core: bool = Key(False, alias="karna")
    """Whether the fast track asks it; a group without such fields has all its fields asked."""
    relevant_if: Condition | None = Key(None, alias="visas_om")
    always_new: bool = Key(False, alias="inte_utkast")
    """Whether an answer is true of one initiative only, and is never the draft of another's."""

    @property
    def name(self) -> str:
        """The text without the colon or question mark that it ends with, as a label before an answer."""
        return self.text.rstrip(":?")

    @property
    def offered(self) -> tuple[Option, ...]:
        """The options to choose among."""
        return tuple(option for option in self.options if not option.retired)

    def label(self, option_id: str) -> str:
        """What people read for an option; its id when there is no such option."""
        return next((option.label for option in self.options if option.id == option_id), option_id)


class GroupField(Item):
    """A field of a group's rows; any simple kind."""

    late: bool = Key(False, alias="sent")
    """Whether it is not asked while its row is made, only once the row is opened again."""
    retired: bool = Key(False, alias="utgar")
    """Whether it is no longer asked; what a row has there is read and shown."""


class Question(Item):
    """One question of a battery. `qid` is its address everywhere: `steg.fraga`."""

    stage: str = Key(alias="steg")
    origin: str = Key("ny", alias="ursprung")
    method: str = Key("", alias="metod")
    who: tuple[Role, ...] = Key((), alias="vem")
    """Who can answer it; everybody when nobody is named."""
    weak_example: str = Key("", alias="svagt_exempel")
    strong_example: str = Key("", alias="starkt_exempel")
    follow_ups: tuple[str, ...] = Key((), alias="foljdfragor")
    """Short questions that help a talk on; they have no answers of their own."""
    filled_by: Literal["import"] | None = Key(None, alias="fylls_av")
    """What proposes the rows of a group that nobody is asked for."""
    reminds: tuple[str, ...] = Key((), alias="paminn")
    at_start: bool = Key(False, alias="vid_start")
    """Whether it is asked when an initiative begins."""
    proposal: str = Key("", alias="forslag")
    """The computed text that is offered as a draft while there is no answer."""
    most_words: int | None = Key(None, alias="hogst_ord", gt=0)
    """The length that a text does best to keep to; a longer one is told, and taken."""
    statements: tuple[Statement, ...] = Key((), alias="pastaenden")
    fields: tuple[GroupField, ...] = Key((), alias="falt")
    fields_of: str = Key("", alias="falt_ur")
    """The question with statements that a group has a field for each of, after its own."""
    row_prefix: str = Key("", alias="rad_id")
    """The letter of automatic row ids (L gives L1, L2 …). Without it, rows are known by their first field."""
    row_name: str = Key("rad", alias="rad_namn")
    """What one row is called: ”mål”, ”aktivitet”."""
    most_rows: int | None = Key(None, alias="hogst_rader")
    prefill: Prefill | None = Key(None, alias="forifyll")

    @property
    def qid(self) -> str:
        """The address of the question: `behov.varfor`."""
        return f"{self.stage}.{self.id}"

    @property
    def asked_statements(self) -> tuple[Statement, ...]:
        """The statements to answer."""
        return tuple(statement for statement in self.statements if not statement.retired)

    def field(self, field_id: str) -> GroupField:
        """The field of that id; KeyError when there is none."""
        return {field.id: field for field in self.fields}[field_id]


class Stage(_Data):
    """One battery: the questions of a stage, in the order they are asked."""

    id: str = Key(alias="steg")
    number: int = Key(alias="nummer")
    title: str = Key(alias="titel")
    purpose: str = Key("", alias="syfte")
    questions: tuple[Question, ...] = Key(alias="fragor")

    @property
    def is_step(self) -> bool:
        """Whether this is one of the six steps, and not facts or deviations beside them."""
        return 1 <= self.number <= 6  # noqa: PLR2004  six steps


@dataclass(frozen=True, eq=False)
class Battery:
    """All stages, in the order of the process."""

    stages: tuple[Stage, ...]
    derive: Callable[[Answers], Answers] = field(default=lambda _: {}, repr=False, compare=False)
    """What can be computed from answers, as answers at addresses of its own (`diagnos.utfall`)."""
    esther: str = "Esther"
    """What the texts call the person everything is for."""
    named: Mapping[str, Question] = field(default_factory=dict, repr=False, compare=False)
    """By address the questions we ship, where an organisation has its own: still named where it has none."""

    @cached_property
    def _by_qid(self) -> dict[str, Question]:
        return {question.qid: question for stage in self.stages for question in stage.questions}

    def stage(self, stage_id: str) -> Stage:
        """The stage of that id; KeyError when there is none."""
        return {stage.id: stage for stage in self.stages}[stage_id]

    def question(self, qid: str) -> Question | None:
        """The question at an address, or None when the battery does not know it."""
        return self._by_qid.get(qid)

    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order of the process."""
        return tuple(self._by_qid.values())

    def known(self, qid: str) -> Question | None:
        """The question that an address may name: one that is asked, or one of ours that is not."""
        return self.question(qid) or self.named.get(qid)

    def asks(self, address: str) -> bool:
        """Whether a question is asked, or a part of it: `koncept.matt.niva`, `analys.hinder.s05`."""
        stage, name, *inner = address.split(".")
        question = self.question(f"{stage}.{name}")
        return question is not None and (not inner or ".".join(inner) in _asked_parts(question))

    def leaves_out(self, address: str) -> bool:
        """Whether an organisation's own questions leave out what we ask there."""
        return bool(self.named) and not self.asks(address)

    def left_out(self) -> Iterator[str]:
        """The addresses of what we ask and an organisation does not; of a whole question only its own."""
        for qid, shipped in self.named.items():
            own = self.question(qid)
            if own is None:
                yield qid
            elif own.kind is shipped.kind:
                asked = set(_asked_parts(own))
                yield from (f"{qid}.{part}" for part in _asked_parts(shipped) if part not in asked)


def _asked_parts(question: Question) -> Iterator[str]:
    """The ids of what is asked in a question: options, statements and fields, and options of fields."""
    yield from (option.id for option in question.offered)
    yield from (statement.id for statement in question.asked_statements)
    for asked in question.fields:
        if not asked.retired:
            yield asked.id
            yield from (f"{asked.id}.{option.id}" for option in asked.offered)


# ------------------------------------------------------------------ answers


@dataclass(frozen=True)
class Row:
    """One row of a group. `id` is `L1`, or `1` in groups without a prefix; no other row gets it.

    By field id `values` holds what was given, `unknown` who can know what nobody knows yet, perhaps nobody
    in particular, and `unfit` (by label without a field) what does not fit: shown and written back untouched.
    """

    id: str
    values: Mapping[str, Value]
    unfit: Mapping[str, str] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)

    @property
    def said(self) -> frozenset[str]:
        """The fields, and labels without one, at which anything stands."""
        return frozenset((*self.values, *self.unfit, *self.unknown))


_Single: TypeAlias = str | bool | float | When | TimeSpan
Value: TypeAlias = _Single | tuple[str | int | float, ...] | dict[str, str] | tuple["Row", ...]
"""text, choice (option id), reference (row key): str · yes/no: bool · number: int or float
· date, or Period where a date may be approximate · TimeSpan
· multiple, references, list: tuple · statements: dict of statement id -> option id · group: tuple of Row."""


@dataclass(frozen=True)
class Given:
    """An answer."""

    value: Value


@dataclass(frozen=True)
class Skipped:
    """The question was passed over, for a reason."""

    reason: str


@dataclass(frozen=True)
class Unknown:
    """Nobody knows yet; `who` may say who does."""

    who: str = ""


@dataclass(frozen=True)
class Unfit:
    """What stands in the file is no answer of the question's kind: kept, and offered as a draft."""

    text: str
    why: str


Answer: TypeAlias = Given | Skipped | Unknown | Unfit
Answers: TypeAlias = "Mapping[str, Answer]"
"""By the question's address; an unanswered question has no entry."""


def given_value(answer: Answer | None) -> Value | None:
    """The value that is answered; None in every other state of an answer."""
    match answer:
        case Given(value):
            return value
        case Skipped() | Unknown() | Unfit() | None:
            return None
        case _:
            assert_never(answer)


@dataclass(frozen=True)
class AnswerSheet:
    """Answers together with the questions they answer."""

    battery: Battery
    answers: Answers
    spent: Mapping[str, int] = field(default_factory=dict)
    """The highest number that a removed row has had, by its group's address: no row gets it again."""

    @cached_property
    def derived(self) -> Answers:
        """What follows from the answers, computed once: conditions and rows ask for it again and again."""
        return self.battery.derive(self.answers)

    def with_answers(self, given: Answers) -> AnswerSheet:
        """The sheet with more answers, which replace those to the same questions."""
        return AnswerSheet(self.battery, {**self.answers, **given}, self.spent)

    def without(self, qids: Collection[str]) -> AnswerSheet:
        """The sheet without the answers to some questions."""
        kept = {qid: answer for qid, answer in self.answers.items() if qid not in qids}
        return AnswerSheet(self.battery, kept, self.spent)


@dataclass(frozen=True, order=True)
class Problem:
    """Something in a dossier that could not be read as it stands. `line` counts from 1.

    A structural one puts addresses in doubt: nothing is written while it stands. A notice may be as wanted.
    """

    line: int
    text: str
    structural: bool = False
    public: str = ""
    """The sentence where anybody may read it, when `text` may hold words of an answer."""
    is_notice: bool = False

    @property
    def public_text(self) -> str:
        """The sentence without any words of an answer."""
        return self.public or self.text
