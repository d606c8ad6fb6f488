"""`utb batteri`: an organisation's own questions, and what is counted and said from their answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from utbildningsprocess.cli.output import result
from utbildningsprocess.cli.workspace import CHECKS, workspace_at
from utbildningsprocess.errors import Broken, WrongUse, listed
from utbildningsprocess.files import Root, find_root, is_folder, method_texts, question_text

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


def check(folder: str | None) -> None:
    """Checks the batteries of a folder, or those used here; raises Broken with every error."""
    from utbildningsprocess.checks import load_rules
    from utbildningsprocess.learning_objects import load_methods, unknown_questions

    root = _root_of(folder) if folder else find_root(Path.cwd())
    wrong: list[str] = []
    workspace = _read(lambda: workspace_at(root), wrong)
    rules = _read(lambda: load_rules(question_text(root, CHECKS), CHECKS), wrong)
    methods = _read(lambda: load_methods(method_texts(root)), wrong)
    if workspace and methods:
        wrong += unknown_questions(methods, workspace.battery)
    if wrong or workspace is None or rules is None or methods is None:
        raise Broken(listed(list(dict.fromkeys(wrong))))
    questions, stages = len(workspace.battery.questions()), len(workspace.battery.stages)
    result(f"Frågebatterierna går att använda: {questions} frågor i {stages} avsnitt.")
    result(f"Det gör också diagnosen, {len(rules)} regler för den röda tråden och {len(methods)} metoder.")


def _read(read: Callable[[], _T], wrong: list[str]) -> _T | None:
    """What is read, or nothing, and then what is wrong is added."""
    try:
        return read()
    except Broken as error:
        wrong.append(str(error))
        return None


def _root_of(folder: str) -> Root:
    from utbildningsprocess.settings import Settings

    if not is_folder(Path(folder)):
        raise WrongUse(f"Mappen {folder} finns inte. Skriv var dina frågebatterier ligger.")
    return Root(Path.cwd(), Settings.model_validate({"fragor": folder}))
