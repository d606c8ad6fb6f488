"""An organisation's own questions, and what is counted and said from their answers, checked as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from utbildningsprocess.errors import Broken, WrongUse
from utbildningsprocess.files.roots import (
    Root,
    find_root,
    is_folder,
    method_texts,
    question_text,
    unread_questions,
)
from utbildningsprocess.learning_objects import load_methods, unknown_questions
from utbildningsprocess.settings import Settings
from utbildningsprocess.swedish import joined
from utbildningsprocess.work.workspace import THREAD_RULES, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from utbildningsprocess.learning_objects import Method
    from utbildningsprocess.model import Battery

_T = TypeVar("_T")


def check_batteries(folder: str | None) -> str:
    """What there is in a folder of batteries, or in those used here, in sentences.

    Raises Broken with every fault in questions, diagnosis, rules and methods, a line each.
    """
    from utbildningsprocess.checks.texts import load_rules

    root = _root_of(folder) if folder else find_root(Path())
    wrong = unread_questions(root)
    workspace = _read(lambda: Workspace.at(root), wrong)
    rules = _read(lambda: load_rules(question_text(root, THREAD_RULES), THREAD_RULES), wrong)
    methods = _read(lambda: load_methods(method_texts(root)), wrong)
    if workspace and methods:
        wrong += unknown_questions(methods, workspace.battery)
    if wrong or workspace is None or rules is None or methods is None:
        raise Broken("\n".join(dict.fromkeys(wrong)))
    questions, stages = len(workspace.battery.questions()), len(workspace.battery.stages)
    usable = (
        f"Frågebatterierna går att använda: {questions} frågor i {stages} avsnitt.",
        f"Det gör också diagnosen, {len(rules)} regler för den röda tråden och {len(methods)} metoder.",
    )
    return "\n".join([*usable, *_falls_away(workspace, rules, methods)])


def _falls_away(workspace: Workspace, rules: Iterable[str], methods: Sequence[Method]) -> Iterator[str]:
    """What follows from the questions, fields and options of ours that are not asked here, in sentences."""
    from utbildningsprocess.checks.findings import switched_off
    from utbildningsprocess.diagnosis.left_out import lapses
    from utbildningsprocess.documents.kinds import DOCUMENTS

    battery = workspace.battery
    yield from _not_asked(battery)
    yield from lapses(workspace.diagnosis_model, battery)
    for kind in DOCUMENTS:
        if needs := [*filter(battery.leaves_out, kind.needs)]:
            yield f"Dokumentet ”{kind.title}” görs utan {joined(needs)}."
    for rule, needs in switched_off(battery, rules).items():
        yield f"Regeln {rule} prövas inte, för {joined(needs)} finns inte i era frågor."
    kept = {method.name for method in workspace.learning_objects}
    for method in methods:
        if method.name not in kept:
            yield f"Metoden ”{method.title}” visas inte, för ingen av dess frågor ställs."


def _not_asked(battery: Battery) -> Iterator[str]:
    """What of ours is not asked, and what becomes of answers to it."""
    questions, fields, options = _left_out(battery)
    if questions:
        yield f"Ni ställer inte de här frågorna: {joined(questions)}."
        yield "De räknas som obesvarade i diagnos och dokument. Svar som redan finns står kvar i dossiern."
    if fields:
        yield f"Ni frågar inte efter de här uppgifterna: {joined(fields)}."
    if options:
        yield f"De här valen och påståendena finns inte hos er: {joined(options)}."
    if fields or options:
        yield "Det som redan är svarat där läses och visas som förut."
    if questions or fields or options:
        yield "Inga fynd ber er svara på något av det."


def _left_out(battery: Battery) -> tuple[list[str], list[str], list[str]]:
    """The addresses of the questions, the fields, and the options and statements that are left out."""
    questions, fields, options = [], [], []
    for address in battery.left_out():
        stage, name, *part = address.split(".")
        question = battery.known(f"{stage}.{name}")
        statements = battery.known(question.fields_of) if question else None
        if not part or question is None:
            questions.append(address)
        elif statements and part[0] in [statement.id for statement in statements.statements]:
            continue  # A field for each statement follows the statements.
        elif part in ([field.id] for field in question.fields):
            fields.append(address)
        else:
            options.append(address)
    return questions, fields, options


def _read(read: Callable[[], _T], wrong: list[str]) -> _T | None:
    """What is read, or nothing, and then what is wrong is added."""
    try:
        return read()
    except Broken as error:
        wrong.append(str(error))
        return None


def _root_of(folder: str) -> Root:
    if not is_folder(Path(folder)):
        raise WrongUse(f"Mappen {folder} finns inte. Skriv var dina frågebatterier ligger.")
    whole = Path(folder).resolve()
    return Root(whole.parent, Settings.model_validate({"fragor": whole.name}))
