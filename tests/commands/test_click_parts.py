"""What the command line takes from typer's own copy of click. When typer is upgraded, the name of the test that fails says what broke."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from utbildningsprocess.cli import click_parts
from utbildningsprocess.cli.app import command

SOURCE = Path(click_parts.__file__).parent.parent
WRONG = [
    (["ny", "--fel"], click_parts.NoSuchOption),
    (["steg"], click_parts.MissingParameter),
    (["ny", "--svar"], click_parts.BadOptionUsage),
    (["ny", "--snabb=ja"], click_parts.BadOptionUsage),
]


def test_no_other_module_leans_on_typers_private_parts():
    users = [path.name for path in SOURCE.rglob("*.py") if "typer._" in path.read_text("utf-8")]
    assert users == ["click_parts.py"]


@pytest.mark.parametrize(("args", "error"), WRONG)
def test_a_wrong_command_raises_the_errors_that_become_swedish_sentences(args, error):
    with pytest.raises(error) as raised, command().make_context("utb", args) as context:
        context.command.invoke(context)
    assert isinstance(raised.value, click_parts.UsageError)


def test_a_missing_parameter_tells_which_and_an_unknown_option_its_name():
    with (
        pytest.raises(click_parts.MissingParameter) as missing,
        command().make_context("utb", ["steg"]) as context,
    ):
        context.command.invoke(context)
    assert missing.value.param.metavar == "STEG"
    with pytest.raises(click_parts.NoSuchOption) as unknown, command().make_context("utb", ["--fel"]):
        pass
    assert unknown.value.option_name == "--fel"


@pytest.mark.parametrize(
    ("owner", "methods"),
    [
        (click_parts.HelpFormatter, ["write_usage", "write_dl", "section"]),
        (TyperCommand, ["parse_args", "get_help_option", "format_usage", "format_options", "get_params"]),
        (TyperGroup, ["parse_args", "resolve_command", "list_commands", "get_command", "format_usage"]),
        (click_parts.Context, ["invoke", "get_help"]),
    ],
)
def test_help_pages_are_written_through_methods_that_still_exist(owner, methods):
    assert [name for name in methods if not callable(getattr(owner, name, None))] == []


def test_an_option_tells_its_spellings_and_whether_it_is_a_flag():
    steg = command().commands["steg"]
    options = {option.name: option for option in steg.params if isinstance(option, TyperOption)}
    assert (options["plain"].opts, options["plain"].is_flag) == (["--enkel"], True)
    assert (options["answers"].metavar, options["answers"].hidden) == ("FIL", False)


def test_shells_are_answered_by_classes_that_take_the_same_four_things():
    shells = (
        click_parts.BashComplete,
        click_parts.ZshComplete,
        click_parts.FishComplete,
        click_parts.PowerShellComplete,
    )
    for shell in shells:
        assert list(inspect.signature(shell).parameters) == ["cli", "ctx_args", "prog_name", "complete_var"]
        assert callable(shell.format_completion)
    script = click_parts.get_completion_script(prog_name="utb", complete_var="_X", shell="bash")  # noqa: S604
    assert "_X=complete_bash" in script


def test_typer_is_one_of_the_versions_that_were_weighed():
    assert typer.__version__.startswith("0.28."), (
        "docs/principer.md says why; weigh it again before the pin is lifted"
    )
