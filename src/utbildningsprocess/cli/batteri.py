"""`utb batteri`: an organisation's own questions, and what is counted and said from their answers."""

from __future__ import annotations

from pathlib import Path

from utbildningsprocess.cli.output import result
from utbildningsprocess.cli.workspace import open_workspace, workspace_at
from utbildningsprocess.errors import Broken, WrongUse, listed
from utbildningsprocess.files import Root, is_folder


def check(folder: str | None) -> None:
    """Checks the batteries of a folder, or those used here; raises Broken with every error."""
    from utbildningsprocess.methods import unknown_questions

    workspace = workspace_at(_root_of(folder)) if folder else open_workspace()
    questions, stages = len(workspace.battery.questions()), len(workspace.battery.stages)
    rules, methods = len(workspace.checks), len(workspace.methods)
    if wrong := unknown_questions(workspace.methods, workspace.battery):
        raise Broken(listed(wrong))
    result(f"Frågebatterierna går att använda: {questions} frågor i {stages} avsnitt.")
    result(f"Det gör också diagnosen, {rules} regler för den röda tråden och {methods} metoder.")


def _root_of(folder: str) -> Root:
    from utbildningsprocess.config import Config

    if not is_folder(Path(folder)):
        raise WrongUse(f"Mappen {folder} finns inte. Skriv var dina frågebatterier ligger.")
    return Root(Path.cwd(), Config.model_validate({"fragor": folder}))
