"""How much a template may do: a folder of templates can come from anywhere, and no page needs much."""

from __future__ import annotations

import functools
import re
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.runtime import Context

_LONGEST_SECONDS = 10.0
_MOST_AT_ONCE = 5_000_000
"""How large the result of one call can be, as its arguments tell beforehand."""
_MOST_IN_ALL = 20_000_000
_LARGEST_NUMBER = 10_000
"""In bits."""
_WIDE = re.compile(r"\d{4}|\*")
"""In a format, a width that nobody needs, or one that is given by a value."""
_FORMATS = ("format", "format_map")
_AS_PYTHON = {"%": re.compile(r"%(?:\(\w*\))?[-+ #\d.]*[ra]"), "{": re.compile(r"\{[^{}:]*(?:[.\[]|![ra])")}
"""In a format, what gives a value, or a part of one, as it stands in a program."""
_BY_NAME = re.compile(r"%\((\w+)\)")
"""In a format, the name of a value."""
_ANY_NUMBER = {"abs", "d", "default", "float", "int", "round", "string", "sum"}
"""Filters to which a number is no size."""
_FOR_PROGRAMMERS = ("attr", "pprint", "random", "tojson", "xmlattr")
"""Filters that show a value as programs see it, or say by chance what nobody has said."""
_OF_TEXT = {
    *("capitalize", "center", "e", "escape", "forceescape", "format", "indent", "lower", "replace", "safe"),
    *("string", "striptags", "title", "trim", "truncate", "upper", "urlize", "wordcount", "wordwrap"),
}
"""Filters that make any value a text first."""


class TooMuch(TemplateError):
    """A template does more than any page needs."""


class LimitedEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox, with a limit to the time and the room that a page takes."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        finalize = options.pop("finalize", str)
        super().__init__(finalize=lambda value: self.printed(finalize(self.said(value))), **options)
        # A joke of jinja2's that can go on for hours.
        self.globals.pop("lipsum", None)
        for name in _FOR_PROGRAMMERS:
            self.filters.pop(name, None)
        self.filters = {name: self._limited(name, action) for name, action in self.filters.items()}
        self.begin()

    def begin(self) -> None:
        """Begins a page: nothing is spent."""
        self._spent, self._until = 0, time.monotonic() + _LONGEST_SECONDS

    def spend(self, room: int) -> None:
        """Counts room that is taken. Raises TooMuch when there is no more, or no more time."""
        self._spent += room
        if self._spent > _MOST_IN_ALL or time.monotonic() > self._until:
            raise TooMuch

    def printed(self, text: str) -> str:
        """A text that goes into the page."""
        self.spend(len(text))
        return text

    def said(self, value: Any) -> Any:
        """A value that is to become text, unless lists in lists make that longer than any page."""
        self._refuse(not isinstance(value, int) and _size(value) > _MOST_AT_ONCE)
        return value

    def joined(self, *values: object) -> str:
        """What `~` gives."""
        return self.printed("".join(str(refuse_unsayable(self.said(value))) for value in values))

    # -------------------------------------------------- what the sandbox asks

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """What an operator gives."""
        whole = [value for value in (left, right) if isinstance(value, int)]
        if operator == "**":
            self._refuse(_bits(left) * (right if whole[1:] else 1) > _LARGEST_NUMBER)
        elif operator == "*" and len(whole) == 1 and not isinstance(left, float):
            self._refuse(_size(left) * _size(right) > _MOST_AT_ONCE)
        elif operator == "%" and isinstance(left, str):
            self._refuse_format(operator, left, self.said(right))
        result = super().call_binop(context, operator, left, right)
        self._refuse(_bits(result) > _LARGEST_NUMBER)
        self.spend(_length(result))
        return result

    def wrap_str_format(self, value: Any) -> Any:
        """The method `format` of a text, which some versions of the sandbox ask for here."""
        wrapped, text = super().wrap_str_format(value), getattr(value, "__self__", None)
        if wrapped is None or not isinstance(text, str):
            return wrapped

        @functools.wraps(wrapped)
        def formatted(*args: Any, **named: Any) -> str:
            self._refuse_format("{", text, (*args, *named.values()))
            return str(wrapped(*args, **named))

        return formatted

    def call(self, context: Context, action: Any, *args: Any, **named: Any) -> Any:
        """What a function or a method gives; those of ours take no more than they should."""
        if (getattr(action, "__module__", None) or "").startswith(__package__.partition(".")[0]):
            self.spend(1)
            return super().call(context, action, *args, **named)
        owner = getattr(action, "__self__", None)
        if getattr(action, "__name__", "") in _FORMATS and isinstance(owner, str):
            self._refuse_format("{", owner, (*args, *named.values()))
        return self._sized(
            functools.partial(super().call, context, action, *args, **named), owner, *args, *named.values()
        )

    def _limited(self, name: str, action: Callable[..., Any]) -> Callable[..., Any]:
        first = int(hasattr(action, "jinja_pass_arg"))

        @functools.wraps(action)
        def limited(*args: Any, **named: Any) -> Any:
            value = args[first]
            if name == "format" and isinstance(value, str):
                self._refuse_format("%", value, named or args[first + 1 :])
            if name in _OF_TEXT:
                refuse_unsayable(self.said(value))
            elif name == "join" and isinstance(value, (list, tuple)) and "attribute" not in named:
                for joined in self.said(value):
                    refuse_unsayable(joined)
            values = [*args, *named.values()]
            if name == "sum":
                self._refuse(
                    any(isinstance(value, (list, tuple)) for value in (*args[3:], named.get("start")))
                )
            sizes = [value for value in values if not (name in _ANY_NUMBER and isinstance(value, int))]
            return self._sized(functools.partial(action, *args, **named), *sizes)

        return limited

    def _sized(self, action: Callable[[], Any], *sizes: object) -> Any:
        """What an action gives, whose result can be as large as these values taken together."""
        product = 1
        for value in sizes:
            product *= max(1, _size(value))
            self._refuse(product > _MOST_AT_ONCE)
        result = action()
        self.spend(_length(result))
        return result

    def _refuse_wide(self, text: object) -> None:
        self._refuse(isinstance(text, str) and _WIDE.search(text) is not None)

    def _refuse_format(self, style: str, text: str, given: Any) -> None:
        """Refuses a format that takes too much room, or that would show a value as programs see it."""
        self._refuse_wide(text)
        if _AS_PYTHON[style].search(text.replace("%%", "")):
            raise TypeError
        names = _BY_NAME.findall(text) if isinstance(given, Mapping) else []
        values = [given[name] for name in names if name in given] or given
        for value in values if isinstance(values, (list, tuple)) else [values]:
            refuse_unsayable(value)

    def _refuse(self, too_much: bool) -> None:  # noqa: FBT001  a condition
        if too_much:
            raise TooMuch

    # ------------------------------------------------------------ the template

    def watched(self, tree: nodes.Template) -> nodes.Template:
        """A template in which each turn of a loop, and each text put together, is counted."""
        watched: nodes.Template = _Watcher().visit(tree)
        return watched


def refuse_unsayable(value: Any) -> Any:
    """The value, unless its text would be how Python writes it. Raises TypeError for that."""
    if isinstance(value, Undefined):
        return value
    inner = getattr(value, "text", value)
    is_shown_by_python = vars(object)["__str__"] is getattr(type(inner), "__str__", None)
    is_number = isinstance(inner, (int, float)) and not isinstance(inner, bool)
    is_many = isinstance(inner, (bool, Mapping, list, tuple, set))
    if not is_number and (is_shown_by_python or callable(inner) or is_many):
        raise TypeError
    return value


def _bits(value: object) -> int:
    return value.bit_length() if isinstance(value, int) else 1


def _length(value: object) -> int:
    return len(value) if isinstance(value, (str, list, tuple, dict, set, range)) else 1


def _size(value: object) -> int:
    """A number as it is; how many letters or things a value holds, also deep inside."""
    return abs(value) if isinstance(value, int) else _room(value, {})


def _room(value: object, known: dict[int, int]) -> int:
    """How much a value holds; what stands in many places, as the same list in lists, is looked at once."""
    if not isinstance(value, (list, tuple, dict, set)):
        return _length(value)
    if id(value) not in known:
        inner = (*value, *value.values()) if isinstance(value, dict) else value
        known[id(value)] = 1 + sum(_room(part, known) for part in inner)
    return known[id(value)]


class _Watcher(NodeTransformer):
    """Counts the turns of loops and macros, with the text that each writes, and lets `~` be counted."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802  as jinja2 calls it
        """A loop that counts its turns."""
        written = sum(len(text.data) for text in node.find_all(nodes.TemplateData))
        turn = _ask("spend", [nodes.Const(written + 1)], node.lineno)
        node.body.insert(0, nodes.ExprStmt(turn, lineno=node.lineno))
        return self.generic_visit(node)

    visit_Macro = visit_CallBlock = visit_For  # noqa: N815

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        """`~`, as a call that can be counted."""
        return self.generic_visit(_ask("joined", node.nodes, node.lineno))


def _ask(name: str, args: list[nodes.Expr], line: int) -> nodes.Call:
    """A call of the environment, which no name in a template can hide."""
    asked = nodes.EnvironmentAttribute(name, lineno=line)
    return nodes.Call(asked, args, [], None, None, lineno=line)
