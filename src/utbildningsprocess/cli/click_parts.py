"""The parts of typer's own copy of click that the command line leans on. No other module imports them.

Typer has carried click inside it since 0.26, under a private name, and gives no other way to the errors that
a wrong command raises, nor to the classes that its commands are made of. Public click has classes of the same
names, but typer raises and subclasses its own, so they are no substitute: docs/principer.md weighs the two.
`tests/commands/test_click_parts.py` says what breaks when typer is upgraded.
"""

from typer._click.core import Command, Context, Parameter
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoSuchOption,
    UsageError,
)
from typer._click.formatting import HelpFormatter
from typer._click.shell_completion import CompletionItem
from typer._completion_classes import BashComplete, FishComplete, PowerShellComplete, ZshComplete
from typer._completion_shared import _completion_scripts as completion_scripts
from typer._completion_shared import get_completion_script
from typer._completion_shared import install as install_completion

__all__ = [
    "BadOptionUsage",
    "BadParameter",
    "BashComplete",
    "ClickException",
    "Command",
    "CompletionItem",
    "Context",
    "FishComplete",
    "HelpFormatter",
    "MissingParameter",
    "NoSuchOption",
    "Parameter",
    "PowerShellComplete",
    "UsageError",
    "ZshComplete",
    "completion_scripts",
    "get_completion_script",
    "install_completion",
]
