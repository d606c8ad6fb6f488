"""The words around every command in Swedish: help pages, and what is wrong with a command as typed.

Typer carries its own copy of click, which speaks English. Help pages are therefore put together
here, and every error click can raise becomes a WrongUse with one sentence.
"""

from __future__ import annotations

import re
import sys
from itertools import groupby
from typing import TYPE_CHECKING, Any

from typer import Exit
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from utbildningsprocess.cli.click_parts import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoSuchOption,
    UsageError,
)
from utbildningsprocess.cli.output import in_look
from utbildningsprocess.errors import NOT_UTF_8, OK, WrongUse
from utbildningsprocess.steps import STEP_IDS
from utbildningsprocess.swedish import did_you_mean, fold, is_undecoded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utbildningsprocess.cli.click_parts import Command, Context, HelpFormatter, Parameter

PROGRAM = "utb"
_NO_OPTION = re.compile(r"-+(?:[^\w-]|[0-9])|-(?!-?[\w-]+=).*\s", re.DOTALL)
"""What begins with a dash and can be no option: a dash and a blank, a negative number, several words."""
_COMMANDS = "Kommandon"
_COVER = "\0"
"""Put before such a value while click looks for options; no argument can hold it."""
HELP = "hjälp"
HELP_COMMANDS = (fold(HELP), "help")
"""What people type in place of the option, in any spelling."""
HELP_NAMES = ["--help", "-h"]
SETTINGS: dict[str, Any] = {"help_option_names": HELP_NAMES, "max_content_width": 100}


def execute(command: Command, args: list[str]) -> int:
    """Runs a command; gives the exit code. What is wrong with the arguments is raised as WrongUse."""
    if unread := next(filter(is_undecoded, args), None):
        name = "".join("\ufffd" if is_undecoded(char) else char for char in unread)
        raise WrongUse(
            f"”{name}” {NOT_UTF_8} Inget har ändrats. Ställ in terminalen eller skriptet på UTF-8."
        )
    if args and fold(args[0]) in HELP_COMMANDS:
        # Asked in words: what is right after a command's name is right here too.
        args = [*args[1:], HELP_NAMES[0]]
    try:
        with command.make_context(PROGRAM, args) as context:
            command.invoke(context)
    except Exit as leaving:
        return leaving.exit_code
    except ClickException as error:
        raise WrongUse(_sentence(error)) from None
    return OK


# -------------------------------------------------------------- help pages


class SwedishCommand(TyperCommand):
    """A command whose help page and complaints are in Swedish."""

    # What is left over is complained of here, in Swedish.
    allow_extra_args = True

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Reads the arguments; WrongUse when there are too many."""
        covered = [_covered(arg, ctx) for arg in args]
        left_over = _with_context(ctx, lambda: super(SwedishCommand, self).parse_args(ctx, covered))
        ctx.params = {name: _uncovered(value) for name, value in ctx.params.items()}
        left_over = [_uncovered(arg) for arg in left_over]
        if left_over and not ctx.resilient_parsing:
            many = "orden" if len(left_over) > 1 else "ordet"
            raise WrongUse(
                f"Kommandot ”{ctx.command_path}” tar inte emot {many} ”{' '.join(left_over)}”. "
                f"Sätt citattecken runt text med blanksteg. {_how(ctx)}"
            )
        return left_over

    def get_help(self, ctx: Context) -> str:
        """The help page, its headings in their look."""
        return in_look(super().get_help(ctx), sys.stdout)

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """The option that shows the help page."""
        return _swedish_help(super().get_help_option(ctx))

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Writes how the command is typed."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Writes the arguments and options."""
        _write_parameters(self, ctx, formatter)


class SwedishGroup(TyperGroup):
    """A command with commands of its own; a misspelt one is answered with the one that was meant."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Reads the options before the command's name."""
        return _with_context(ctx, lambda: super(SwedishGroup, self).parse_args(ctx, args))

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """The command a name stands for, in any case and spelling."""
        name = fold(args[0])
        meant = self.get_command(ctx, name)
        if meant is not None or ctx.resilient_parsing:
            return name if meant else None, meant, args[1:]
        raise WrongUse(f"Kommandot ”{args[0]}” finns inte. {self._meant(ctx, name)}")

    def _meant(self, ctx: Context, name: str) -> str:
        if ctx.parent is None and name in STEP_IDS:
            return f"Menade du ”{PROGRAM} steg {name}”?"
        known = self.list_commands(ctx)
        if ctx.parent is None:
            return did_you_mean(name, [*known, HELP]) or f"Se alla med: {PROGRAM} {HELP}"
        return did_you_mean(name, known) or f"Kommandona är: {', '.join(known)}."

    def get_help(self, ctx: Context) -> str:
        """The help page, its headings in their look."""
        return in_look(super().get_help(ctx), sys.stdout)

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """The option that shows the help page."""
        return _swedish_help(super().get_help_option(ctx))

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Writes how the command is typed."""
        formatter.write_usage(ctx.command_path, "KOMMANDO …", prefix="Så här skriver du: ")

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Writes the commands, by what they are for, then the options."""
        every_command = [(name, self.commands[name]) for name in self.list_commands(ctx)]
        commands = [(name, known) for name, known in every_command if not known.hidden]
        widest = max(len(name) for name, _ in commands)
        for heading, named in groupby(commands, key=lambda command: _heading(command[1])):
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(widest), known.short_help or "") for name, known in named])
        _write_parameters(self, ctx, formatter)
        if ctx.parent is None:
            formatter.write(f"\nMer om ett kommando: {PROGRAM} {HELP} KOMMANDO\n")


def _heading(command: Command) -> str:
    """What a command stands under in the list."""
    return (
        command.rich_help_panel or _COMMANDS if isinstance(command, TyperCommand | TyperGroup) else _COMMANDS
    )


def _swedish_help(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help = "Visa den här hjälpen."
        option.opts.sort(key=len, reverse=True)
    return option


def _write_usage(command: Command, ctx: Context, formatter: HelpFormatter) -> None:
    words = _argument_words(command, ctx)
    formatter.write_usage(ctx.command_path, " ".join([*words, "[FLAGGOR]"]), prefix="Så här skriver du: ")


def _argument_words(command: Command, ctx: Context) -> list[str]:
    parameters = command.get_params(ctx)
    arguments = [parameter for parameter in parameters if isinstance(parameter, TyperArgument)]
    return [_name(argument) if argument.required else f"[{_name(argument)}]" for argument in arguments]


def _write_parameters(command: Command, ctx: Context, formatter: HelpFormatter) -> None:
    parameters = command.get_params(ctx)
    arguments = [parameter for parameter in parameters if isinstance(parameter, TyperArgument)]
    every_option = [parameter for parameter in parameters if isinstance(parameter, TyperOption)]
    options = [option for option in every_option if not option.hidden]
    if arguments:
        with formatter.section("Uppgifter"):
            formatter.write_dl([(_name(argument), argument.help or "") for argument in arguments])
    with formatter.section("Flaggor"):
        formatter.write_dl([(_spellings(option), option.help or "") for option in options])


def _name(parameter: Parameter) -> str:
    name = parameter.metavar or (parameter.name or "").upper()
    return f"{name} …" if parameter.nargs == -1 else name


def _spellings(option: TyperOption) -> str:
    names = ", ".join([*option.opts, *option.secondary_opts])
    return names if option.is_flag else f"{names} {_name(option)}"


# ---------------------------------------------------- values with a dash first


def _covered(arg: str, ctx: Context) -> str:
    """An argument that click will take for no option, where it can be none."""
    with_value = [name for option in _options(ctx) if not option.is_flag for name in option.opts]
    glued = any(arg.startswith(name) for name in with_value if not name.startswith("--"))
    return f"{_COVER}{arg}" if _NO_OPTION.match(arg) and not glued else arg


def _uncovered(value: Any) -> Any:
    """A value as it was typed, alone or among several."""
    if isinstance(value, str):
        return value.removeprefix(_COVER)
    return type(value)(map(_uncovered, value)) if isinstance(value, list | tuple) else value


# --------------------------------------------------------------- complaints


def _with_context(ctx: Context, parse: Any) -> list[str]:
    """The arguments left over; an error that click raises without its context gets it."""
    try:
        left_over: list[str] = parse()
    except UsageError as error:
        error.ctx = error.ctx or ctx
        raise
    return left_over


def _sentence(error: ClickException) -> str:
    context = error.ctx if isinstance(error, UsageError) else None
    how = _how(context) if context else ""
    return f"{_what(error, context)} {how}".strip()


def _what(error: ClickException, context: Context | None) -> str:
    if isinstance(error, MissingParameter) and error.param is not None:
        return f"{_name(error.param)} saknas."
    if isinstance(error, BadParameter):
        return f"Värdet för {_name(error.param) if error.param else 'en uppgift'} går inte att använda."
    if isinstance(error, NoSuchOption):
        hint = did_you_mean(error.option_name, _option_names(context))
        takes_text = context is not None and bool(_argument_words(context.command, context))
        as_text = "Är det en text, skriv -- framför den." if takes_text else ""
        return " ".join(filter(None, [f"Flaggan ”{error.option_name}” finns inte.", hint or as_text]))
    if isinstance(error, BadOptionUsage):
        needs = not _is_flag(context, error.option_name)
        return f"Flaggan {error.option_name} {'behöver ett värde' if needs else 'tar inget värde'}."
    return "Kommandot går inte att förstå."


def _how(context: Context) -> str:
    words = " ".join([context.command_path, *_argument_words(context.command, context)])
    group = isinstance(context.command, SwedishGroup)
    return f"Se {context.command_path} --help." if group else f"Så här skriver du: {words}"


def _options(context: Context | None) -> Iterable[TyperOption]:
    parameters = context.command.get_params(context) if context else []
    return [parameter for parameter in parameters if isinstance(parameter, TyperOption)]


def _option_names(context: Context | None) -> list[str]:
    return [name for option in _options(context) if not option.hidden for name in option.opts]


def _is_flag(context: Context | None, name: str) -> bool:
    return any(name in option.opts and option.is_flag for option in _options(context))
