"""`utb batteri`: an organisation's own questions."""

from __future__ import annotations

from pathlib import Path

from utbildningsprocess.battery import load_battery
from utbildningsprocess.cli.output import result
from utbildningsprocess.cli.workspace import open_workspace
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.files import Root, battery_texts, is_folder


def check(folder: str | None) -> None:
    """Checks the batteries of a folder, or those used here; raises Broken with every error."""
    battery = load_battery(battery_texts(_root_of(folder))) if folder else open_workspace().battery
    questions, stages = len(battery.questions()), len(battery.stages)
    result(f"Frågebatterierna går att använda: {questions} frågor i {stages} avsnitt.")


def _root_of(folder: str) -> Root:
    from utbildningsprocess.config import Config

    if not is_folder(Path(folder)):
        raise WrongUse(f"Mappen {folder} finns inte. Skriv var dina frågebatterier ligger.")
    return Root(Path.cwd(), Config.model_validate({"fragor": folder}))
