"""Completion in the shell: what can follow, quickly and in the spelling that was begun."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.cli.chrome import PROGRAM
from utbildningsprocess.cli.output import result, say
from utbildningsprocess.errors import OK, Broken, WrongUse
from utbildningsprocess.steps import ABOUT, DIFFERENCES, PROMISES, STEP_IDS, STEPS
from utbildningsprocess.swedish import did_you_mean, fold, nfc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from utbildningsprocess.cli.click_parts import Command

VARIABLE = "_UTB_COMPLETE"
SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


# ------------------------------------------------------- what can be offered


def offer(known: Iterable[str], begun: str) -> list[str]:
    """The known words that begin as typed, case and diacritics aside; each keeps the characters typed."""
    beginning = fold(begun)
    return [_spelt_on(word, begun) for word in known if fold(word).startswith(beginning)]


def _spelt_on(word: str, begun: str) -> str:
    """Shells drop what does not begin with the very characters typed."""
    spellings = (fold(word), nfc(word).casefold(), word)
    matching = (spelling for spelling in spellings if spelling.startswith(begun))
    return next(matching, begun + fold(word)[len(fold(begun)) :])


def steps(incomplete: str) -> list[str]:
    """The steps of the process, and the facts about the initiative."""
    return offer([*(step.name for step in STEPS), ABOUT], incomplete)


def talks(incomplete: str) -> list[str]:
    """What others can be asked about: the steps, what several see differently, and promises."""
    return offer([*(step.name for step in STEPS), DIFFERENCES, PROMISES], incomplete)


def dossiers(incomplete: str) -> list[str]:
    """The initiatives of the root; none whose name a terminal would show as another."""
    from utbildningsprocess.files.glance import glance

    names = [name for name in glance(Path()).names() if name.isprintable()]
    exact = [name for name in names if name.startswith(incomplete)]
    return exact or offer(names, incomplete)


def formats(known: Iterable[str]) -> Callable[[str], list[str]]:
    """What offers the formats that a command knows."""
    return lambda incomplete: offer(known, incomplete)


def questions(incomplete: str) -> list[str]:
    """The addresses of the questions; without a stage typed, the ids alone where they begin so."""
    from utbildningsprocess.files.shipped import question_names

    names = question_names(Path())
    return offer(names, incomplete) or offer([name.partition(".")[2] for name in names], incomplete)


def rules(incomplete: str) -> list[str]:
    """The rules of the thread check."""
    from utbildningsprocess.files.shipped import rule_names

    return offer(sorted(rule_names(Path())), incomplete)


def topics(incomplete: str) -> list[str]:
    """What a learning object can be asked for by: its name, or a step."""
    from utbildningsprocess.files.shipped import method_names

    return offer([*method_names(Path()), *STEP_IDS], incomplete)


def documents(incomplete: str) -> list[str]:
    """The documents that can be made."""
    from utbildningsprocess.documents.kinds import EVERY_KIND, EVERYTHING

    return offer([*(kind.id for kind in EVERY_KIND), EVERYTHING], incomplete)


def words(incomplete: str) -> list[str]:
    """The words of the glossary."""
    from utbildningsprocess.files.shipped import glossary_words

    return offer(glossary_words(), incomplete)


def lives(incomplete: str) -> list[str]:
    """What an initiative can be: active, resting, ended or replaced."""
    from utbildningsprocess.work.portfolio.facts import LIVES

    return offer(LIVES, incomplete)


def shells(incomplete: str) -> list[str]:
    """The shells that can complete."""
    return offer(SHELLS, incomplete)


# ---------------------------------------------------------- talk with shells


def answer_shell(command: Command, instruction: str) -> int:
    """Answers a shell that asks what can follow. The shell's name comes last in its instruction."""
    from utbildningsprocess.cli.shells import Bash, Fish, PowerShell, Zsh

    known: dict[str, type[Bash | Fish | PowerShell | Zsh]]
    known = {"bash": Bash, "zsh": Zsh, "fish": Fish, "powershell": PowerShell, "pwsh": PowerShell}
    verb, _, shell = instruction.partition("_")
    if verb != "complete" or shell not in known:
        raise WrongUse(f"{VARIABLE} används av skalens komplettering. Se utb komplettering --help.")
    result(known[shell](command, {}, PROGRAM, VARIABLE).complete())
    return OK


# ------------------------------------------------------------------ install


def show_or_install(shell: str | None, *, install: bool) -> None:
    """Shows the script that gives a shell completion, or puts it in place."""
    from utbildningsprocess.cli.click_parts import completion_scripts, get_completion_script
    from utbildningsprocess.cli.shells import BASH_SCRIPT, ZSH_SCRIPT

    completion_scripts.update(bash=BASH_SCRIPT, zsh=ZSH_SCRIPT)
    name = _known_shell(shell)
    if install:
        _install(name)
    else:
        result(get_completion_script(prog_name=PROGRAM, complete_var=VARIABLE, shell=name))


def _known_shell(shell: str | None) -> str:
    name = fold(shell or Path(os.environ.get("SHELL", "")).stem or ("powershell" if os.name == "nt" else ""))
    if name in SHELLS:
        return name
    if not name:
        raise WrongUse(f"Det gick inte att se vilket skal du använder. Skriv ett av: {', '.join(SHELLS)}.")
    hint = did_you_mean(name, SHELLS) or f"Skriv ett av: {', '.join(SHELLS)}."
    raise WrongUse(f"Skalet ”{name}” kan inte komplettera. {hint}")


def _install(shell: str) -> None:
    from utbildningsprocess.cli.click_parts import install_completion

    if shell in ("powershell", "pwsh"):
        # Typer would loosen the machine's execution policy to do this.
        raise WrongUse(f"I PowerShell lägger du själv till skriptet: utb komplettering {shell} >> $PROFILE")
    try:
        _, path = install_completion(shell=shell, prog_name=PROGRAM, complete_var=VARIABLE)
    except (OSError, RuntimeError, UnicodeError):  # without a home folder, RuntimeError
        raise Broken(
            f"Kompletteringen kunde inte skrivas i din hemmapp. Visa skriptet med "
            f"”utb komplettering {shell}” och lägg in det själv."
        ) from None
    say(f"Kompletteringen för {shell} ligger nu i {path}. Den börjar gälla i nästa nya fönster.")
