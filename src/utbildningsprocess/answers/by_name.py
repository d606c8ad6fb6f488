"""Options, statements and fields by their names, in any case and composition: a table of each, made once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from utbildningsprocess.swedish import uniform

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utbildningsprocess.model import GroupField, Option, Question, Statement

    _Places = Mapping[str, int]

_T = TypeVar("_T")
_LABEL_ENDS = " .:?"
_STATEMENT_ENDS = ". "


class _Itself(Generic[_T]):
    """Something that is the same only as itself: to compare all that a question holds takes longer."""

    __slots__ = ("it",)

    def __init__(self, it: _T) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.it is self.it


def find_option(options: Sequence[Option], text: str) -> Option | None:
    """The option with that id, label or former label."""
    return _options(_Itself(options)).get(uniform(text)) if options else None


@lru_cache(maxsize=1024)
def _options(options: _Itself[Sequence[Option]]) -> Mapping[str, Option]:
    table: dict[str, Option] = {}
    for option in options.it:
        for name in (option.label, option.id, *option.former):
            table.setdefault(uniform(name), option)
    return table


def find_statement(question: Question, text: str) -> Statement | None:
    """The statement with that id, text or former text."""
    return _statements(_Itself(question)).get(uniform(text.rstrip(_STATEMENT_ENDS)))


@lru_cache(maxsize=64)
def _statements(question: _Itself[Question]) -> Mapping[str, Statement]:
    table: dict[str, Statement] = {}
    for statement in question.it.statements:
        for name in statement.names:
            table.setdefault(uniform(name.rstrip(_STATEMENT_ENDS)), statement)
    return table


def says_other(statement: Statement, text: str) -> bool:
    """Whether a text is the statement as it was when it said something else."""
    said = uniform(text.rstrip(_STATEMENT_ENDS))
    return any(uniform(name.rstrip(_STATEMENT_ENDS)) == said for name in statement.other_meaning)


def find_field(question: Question, text: str) -> GroupField | None:
    """The field with that id or label; with a label that it has had, where no other has it now."""
    ids, labels, former = _fields(_Itself(question))
    nowhere = len(question.fields)
    label = uniform(text.rstrip(_LABEL_ENDS))
    place = min(ids.get(uniform(text), nowhere), labels.get(label, nowhere))
    return question.fields[place] if place < nowhere else former.get(label)


@lru_cache(maxsize=256)
def _fields(question: _Itself[Question]) -> tuple[_Places, _Places, Mapping[str, GroupField]]:
    """The places of the fields by id and by label, and the fields by the labels that they have had."""
    ids: dict[str, int] = {}
    labels: dict[str, int] = {}
    former: dict[str, GroupField] = {}
    for place, field in enumerate(question.it.fields):
        ids.setdefault(uniform(field.id), place)
        labels.setdefault(uniform(field.text.rstrip(_LABEL_ENDS)), place)
        for name in field.former:
            former.setdefault(uniform(name.rstrip(_LABEL_ENDS)), field)
    return ids, labels, former
