"""What shells are told when the tab key is pressed: words that they insert as they stand and never run."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.cli.click_parts import BashComplete, FishComplete, PowerShellComplete, ZshComplete

if TYPE_CHECKING:
    from utbildningsprocess.cli.click_parts import CompletionItem

TYPED_LINE, LAST_WORD = "_UTB_LINE", "_UTB_LAST"
"""What our scripts tell: the line up to the cursor, and what the shell itself takes for its last word."""

BASH_SCRIPT = """
%(complete_func)s() {
    local offered
    COMPREPLY=()
    while IFS= read -r offered; do
        COMPREPLY+=("$offered")
    done < <(_UTB_LINE="${COMP_LINE:0:COMP_POINT}" _UTB_LAST="$2" %(autocomplete_var)s=complete_bash "$1")
}

complete -o default -F %(complete_func)s %(prog_name)s
"""

ZSH_SCRIPT = """
#compdef %(prog_name)s

%(complete_func)s() {
  local offered
  local -a names shown
  [[ $PREFIX == --*=* ]] && compset -P '*='
  while IFS= read -r offered; do
    names+=("${offered%%%%$'\\t'*}")
    shown+=("${offered/$'\\t'/  -- }")
  done < <(_UTB_LINE="${(j: :)words[1,CURRENT]}" %(autocomplete_var)s=complete_zsh %(prog_name)s)
  if (( ${#names} )); then
    compadd -l -d shown -a -- names
  else
    _files
  fi
}

if [[ $funcstack[1] == _%(prog_name)s ]]; then
  %(complete_func)s "$@"
else
  compdef %(complete_func)s %(prog_name)s
fi
"""

_LIVE = {"": "$`;&|()<>*?[{~!#", '"': "$`!", "'": ""}
"""The signs that a shell does something with, by the quotation mark they stand in."""
_PLAIN = re.compile(r"[\w@%+,./-]*")
_MEANT = re.compile(r"([^\w@%+,./-])")
"""What bash is to take as it stands gets a backslash before it."""


class Typed(NamedTuple):
    """A word as typed so far: as it stands, what it says, and the quotation mark that is open at its end."""

    raw: str = ""
    text: str = ""
    quote: str = ""
    is_live: bool = False
    """Whether the shell would do something with it, as with a variable: then nothing follows by itself."""

    def then(self, raw: str, text: str = "", quote: str | None = None, *, live: bool = False) -> Typed:
        """The word with more typed."""
        now = self.quote if quote is None else quote
        return Typed(self.raw + raw, self.text + text, now, self.is_live or live)


def typed_words(line: str) -> list[Typed]:
    """The words of a line up to the cursor, the last one perhaps empty, as a shell of Unix divides them."""
    words = [Typed()]
    signs = iter(line)
    for sign in signs:
        word = words[-1]
        if sign == "\\" and word.quote != "'":
            words[-1] = _escaped(word, next(signs, ""))
        elif sign == word.quote:
            words[-1] = word.then(sign, quote="")
        elif sign in "\"'" and not word.quote:
            words[-1] = word.then(sign, quote=sign)
        elif sign.isspace() and not word.quote:
            words += [Typed()] if word.raw else []
        else:
            words[-1] = word.then(sign, sign, live=sign in _LIVE[word.quote])
    return words


def _escaped(word: Typed, sign: str) -> Typed:
    """The word with a backslash and the sign after it; a backslash last says nothing yet."""
    means_itself = word.quote == "" or sign in '$`"\\'
    return word.then(f"\\{sign}", sign if means_itself else f"\\{sign}") if sign else word


def spelt_for_bash(word: str, typed: Typed, last: str) -> str | None:
    """The word as bash can put it in place of what it takes for the last word; None where it cannot.

    What is typed stays as it stands, and what follows is written so that it means itself.
    """
    following = word[len(typed.text) :]
    ending = last if typed.raw.endswith(last) else last.removesuffix("\\")
    if typed.is_live or not word.startswith(typed.text) or not typed.raw.endswith(ending):
        return None
    match typed.quote:
        case '"' if "!" in following:
            return None
        case '"':
            following = re.sub(r'([$`"\\])', r"\\\1", following)
        case "'":
            following = following.replace("'", r"'\''")
        case _:
            following = _MEANT.sub(r"\\\1", following)
    return ending + following


def spelt_for_powershell(word: str) -> str | None:
    """The word as PowerShell takes it, quoted where it is more than letters; None where it cannot be told."""
    if ":::" in word:
        return None
    return (
        word if _PLAIN.fullmatch(word) else "'" + re.sub("(['\u2018\u2019\u201a\u201b])", r"\1\1", word) + "'"
    )


class Bash(BashComplete):
    """As typer's, with words that bash leaves as they are."""

    def complete(self) -> str:
        """The words, a line each."""
        line = os.environ.get(TYPED_LINE)
        typed = typed_words(os.environ.get("COMP_WORDS", "") if line is None else line)
        begun = _after_equals(typed[-1])
        words = (item.value for item in _items(self, typed))
        if line is None:
            return "\n".join(filter(_PLAIN.fullmatch, words))
        last = os.environ.get(LAST_WORD, begun.raw)
        return "\n".join(spelt for word in words if (spelt := spelt_for_bash(word, begun, last)))


class Zsh(ZshComplete):
    """As typer's, with nothing in the answer that is to be run: zsh itself quotes the words it inserts."""

    def complete(self) -> str:
        """A word and its help a line; for a script that runs the answer, plain words alone."""
        line = os.environ.get(TYPED_LINE)
        typed = typed_words(os.environ.get("_TYPER_COMPLETE_ARGS", "") if line is None else line)
        items = [] if typed[-1].is_live else _items(self, typed)
        if line is None:
            return " ".join(["compadd --", *(item.value for item in items if _PLAIN.fullmatch(item.value))])
        return "\n".join(_with_help(item) for item in items)


class Fish(FishComplete):
    """As typer's, without going through rich for the help texts."""

    def format_completion(self, item: CompletionItem) -> str:
        """A word and its help."""
        return _with_help(item)


class PowerShell(PowerShellComplete):
    """As typer's, with words quoted and without going through rich for the help texts."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before, and the one that is begun, without the quotation mark it begins with."""
        args, incomplete = super().get_completion_args()
        return args, incomplete.lstrip("'\"")

    def complete(self) -> str:
        """A word and its help a line."""
        items = (
            (item, spelt_for_powershell(item.value))
            for item in self.get_completions(*self.get_completion_args())
        )
        return "\n".join(f"{spelt}:::{_help(item) or ' '}" for item, spelt in items if spelt)


def _items(shell: BashComplete | ZshComplete, typed: list[Typed]) -> list[CompletionItem]:
    return shell.get_completions([word.text for word in typed[1:-1]], typed[-1].text)


def _after_equals(typed: Typed) -> Typed:
    """What is typed of an option's value, where an option and its value are one word."""
    if not typed.text.startswith("--") or "=" not in typed.raw:
        return typed
    return typed._replace(raw=typed.raw.partition("=")[2], text=typed.text.partition("=")[2])


def _with_help(item: CompletionItem) -> str:
    return f"{item.value}\t{_help(item)}" if item.help else item.value


def _help(item: CompletionItem) -> str:
    return " ".join((item.help or "").split())
