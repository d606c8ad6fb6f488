"""What the faces use of questionary and prompt_toolkit beyond their public API, and what breaks without it."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import os
import signal
import sys
from collections import deque
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FACES = Path(__file__).parent.parent / "src" / "utbildningsprocess" / "faces"


class Part(NamedTuple):
    """A private part: how to see that it is as we know it, and how an upgrade could take it away."""

    name: str
    breaks: str
    holds: Callable[[], bool]
    gone: tuple[str, str]
    """Where the part stands: it is taken away to see that the loss is noticed."""


@contextmanager
def quiet_terminal() -> Iterator[None]:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield


def asked(how: str):
    """A question of questionary with three options, of which the second is chosen or ticked."""
    import questionary

    choices = [questionary.Choice(name, number, checked=number == 1) for number, name in enumerate("abc")]
    if how == "checkbox":
        return questionary.checkbox("", choices, instruction=" ")
    return questionary.select("", [questionary.Choice(c.title, c.value) for c in choices], instruction=" ")


def the_list(how: str = "select"):
    from utbildningsprocess.faces.toolkit import OptionList

    return OptionList(asked(how))


def lines_of(options) -> list[str]:
    return "".join(text for _, text in options.window.content.text()).split("\n")


def the_cursor_moves() -> bool:
    options = the_list()
    options.cursor = None
    if options.cursor is not None or any("»" in line for line in lines_of(options)):
        return False
    options.cursor = 2
    return options.cursor == 2 and lines_of(options)[2].startswith(" »")


def ticks_are_read_and_set() -> bool:
    options = the_list("checkbox")
    before = list(options.ticked)
    options.ticked.append(2)
    return before == [1] and "●" in lines_of(options)[2] and "○" in lines_of(options)[0]


def options_read_otherwise() -> bool:
    options = the_list()
    options.show(1, "annat")
    return lines_of(options)[1].endswith("annat")


def margins_are_known() -> bool:
    lists = [the_list("select"), the_list("checkbox")]
    return [lines_of(options)[0].index("a") for options in lists] == [options.margin for options in lists]


def the_list_takes_the_cursor() -> bool:
    return bool(the_list().window.content.is_focusable())


def a_question_has_its_application() -> bool:
    from prompt_toolkit.application import Application

    from utbildningsprocess.faces.toolkit import application_of

    return isinstance(application_of(asked("select")), Application)


def an_application_is_refitted() -> bool:
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.layout import HSplit

    from utbildningsprocess.faces.toolkit import application_of, refit

    app, body, keys = application_of(asked("select")), the_list().window, KeyBindings()
    keys.add("f1")(lambda _event: None)
    refit(app, HSplit([body]), body, keys)
    height = body.preferred_height(80, 40)
    bound = [binding.keys[0] for binding in app.key_bindings.bindings]
    return app.layout.current_window is body and "f1" in bound and height.max == height.preferred


def default_keys_are_built_once_without_those_of_vi() -> bool:
    from prompt_toolkit.key_binding.defaults import load_key_bindings

    from utbildningsprocess.faces.toolkit import application_of, share_default_keys

    def handlers(keys) -> set[str]:
        return {f"{binding.handler.__module__}.{binding.handler.__qualname__}" for binding in keys.bindings}

    everything = handlers(load_key_bindings())
    share_default_keys()
    shared = [application_of(asked("select"))._default_bindings for _ in range(2)]
    of_vi = {handler for handler in everything if ".vi." in handler}
    return shared[0] is shared[1] and bool(of_vi) and handlers(shared[0]) == everything - of_vi


def waiting_keys_are_seen() -> bool:
    from prompt_toolkit.key_binding.key_processor import KeyPress
    from prompt_toolkit.keys import Keys

    from utbildningsprocess.faces.toolkit import Burst, application_of

    app = application_of(asked("select"))
    burst = Burst(app)
    before = burst.goes_on
    app.key_processor.feed_multiple([KeyPress("a"), KeyPress(Keys.ControlM), KeyPress("b")])
    is_seen = burst.goes_on and burst.text_ahead == "a"
    return not before and is_seen and isinstance(app.key_processor.input_queue, deque)


def the_cursor_query_is_skipped() -> bool:
    from prompt_toolkit.output.vt100 import Vt100_Output

    from utbildningsprocess.faces.toolkit import skip_cursor_query

    class Tty:
        encoding = "utf-8"
        write = flush = print

        def isatty(self):
            return True

        def fileno(self):
            return 1

    output = Vt100_Output(Tty(), lambda: Size(24, 80), term="xterm")
    before = output.responds_to_cpr
    skip_cursor_query(output)
    return before and not output.responds_to_cpr


def the_console_error_has_its_name() -> bool:
    # The module can only be imported on Windows.
    found = importlib.util.find_spec("prompt_toolkit.output.win32")
    return "class NoConsoleScreenBufferError(Exception)" in Path(found.origin).read_text(encoding="utf-8")


PARTS = [
    Part(
        "the cursor of a list",
        "Number keys no longer choose an option, and the help of an option is not shown.",
        the_cursor_moves,
        ("questionary.prompts.common.InquirerControl", "pointed_at"),
    ),
    Part(
        "the ticks of a list",
        "Number keys no longer tick, and what is ticked cannot be read.",
        ticks_are_read_and_set,
        ("questionary.prompts.common.InquirerControl", "selected_options"),
    ),
    Part(
        "the words of an option",
        "Options are neither numbered nor wrapped for the width of the terminal.",
        options_read_otherwise,
        ("questionary.prompts.common.InquirerControl", "choices"),
    ),
    Part(
        "the columns before an option",
        "The further lines of a long option do not stand under its first.",
        margins_are_known,
        ("questionary.prompts.common.InquirerControl", "use_indicator"),
    ),
    Part(
        "the list as a control that can take the cursor",
        "The terminal's cursor does not follow the row, so magnifiers and screen readers lose it.",
        the_list_takes_the_cursor,
        ("questionary.prompts.common.InquirerControl", "focusable"),
    ),
    Part(
        "the application of a question",
        "No question can be asked in a terminal: ours have their text, hint and keys in the application.",
        a_question_has_its_application,
        ("questionary.Question", "application"),
    ),
    Part(
        "an application whose layout and keys can be changed",
        "Questions show questionary's own prompt in English, and our keys do nothing.",
        an_application_is_refitted,
        ("prompt_toolkit.application.Application", "layout"),
    ),
    Part(
        "the parts of the default keys that every application builds anew",
        "A list takes four times as long to appear, and a key pressed for the first time twice as long.",
        default_keys_are_built_once_without_those_of_vi,
        ("prompt_toolkit.key_binding.bindings.emacs", "load_emacs_bindings"),
    ),
    Part(
        "the queue of keys not yet handled",
        "Lines pasted into a one-line field answer several questions at once.",
        waiting_keys_are_seen,
        ("prompt_toolkit.key_binding.key_processor.KeyProcessor", "input_queue"),
    ),
    Part(
        "the question where the cursor is",
        "A terminal that does not tell where its cursor is gets a warning in English.",
        the_cursor_query_is_skipped,
        ("prompt_toolkit.output.vt100.Vt100_Output", "enable_cpr"),
    ),
    Part(
        "the error of a Windows terminal without a console",
        "In git-bash the program ends with a traceback instead of asking in plain lines.",
        the_console_error_has_its_name,
        ("importlib.util", "find_spec"),
    ),
]


def assert_as_known(part: Part) -> None:
    try:
        with quiet_terminal():
            holds = part.holds()
    except (ImportError, AttributeError, TypeError, ValueError, OSError) as change:
        pytest.fail(f"{part.breaks} ({part.name}: {change!r})")
    assert holds, f"{part.breaks} ({part.name} is not as it was)"


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_private_part_is_as_we_know_it(part):
    assert_as_known(part)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_private_part_that_is_gone_is_told_by_what_breaks(part, monkeypatch):
    path, name = part.gone
    monkeypatch.delitem(sys.modules, "utbildningsprocess.faces.toolkit", raising=False)
    monkeypatch.setattr(_owner(path), name, property(), raising=False)
    with pytest.raises((pytest.fail.Exception, AssertionError)) as told:
        assert_as_known(part)
    assert part.breaks in str(told.value)


def _owner(path: str) -> object:
    module, _, attribute = path.rpartition(".")
    if attribute[:1].isupper():
        return getattr(importlib.import_module(module), attribute)
    return importlib.import_module(path)


def test_a_control_of_another_name_is_told_by_what_breaks(monkeypatch):
    monkeypatch.delitem(sys.modules, "utbildningsprocess.faces.toolkit", raising=False)
    monkeypatch.delattr("questionary.prompts.common.InquirerControl")
    for part in PARTS[:5]:
        with pytest.raises(pytest.fail.Exception, match=part.breaks):
            assert_as_known(part)


def private_imports(text: str) -> list[str]:
    """What a module imports of questionary and prompt_toolkit that they do not export."""
    imported = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            imported += [(node.module, alias.name) for alias in node.names]
        elif isinstance(node, ast.Import):
            imported += [(alias.name, "") for alias in node.names]
    ours = [(m, name) for m, name in imported if m.split(".")[0] in ("questionary", "prompt_toolkit")]
    return [f"{m} {name}".strip() for m, name in ours if not _is_exported(m, name)]


def _is_exported(module: str, name: str) -> bool:
    return not name or name in importlib.import_module(module).__all__


def test_private_parts_stand_in_one_file():
    others = [path for path in sorted(FACES.glob("*.py")) if path.name != "toolkit.py"]
    found = {path.name: private_imports(path.read_text(encoding="utf-8")) for path in others}
    assert {name: parts for name, parts in found.items() if parts} == {}
    assert private_imports("from prompt_toolkit.application import application") != []


def test_the_number_key_of_an_option_is_the_number_its_label_says():
    from utbildningsprocess.conversation.face import Ask, Choice
    from utbildningsprocess.faces import lists

    with quiet_terminal():
        levels = [Choice(n, f"{n} Nivå") for n in (7, 8, 6, 5, 4, 3, 2, 1)]
        prompt = lists.ChoicePrompt(Ask("Nivå"), levels, None)
        prompt.end = lambda: None
        prompt._digit("7")
    assert levels[prompt.list.cursor].value == 7


@pytest.mark.parametrize(
    ("seconds", "ticked", "answers"), [(0.1, [], False), (0.1, [1], True), (0.3, [], True)]
)
def test_enter_out_of_habit_at_options_to_tick_is_no_answer(monkeypatch, seconds, ticked, answers):
    from utbildningsprocess.conversation.face import Ask, Choice
    from utbildningsprocess.faces import lists, modes

    ended = []
    with quiet_terminal():
        prompt = lists.TickPrompt(Ask("Vilka?"), [Choice(name, name) for name in "abc"], [])
        prompt.end = lambda: ended.append(True)
        prompt.list.ticked.extend(ticked)
        monkeypatch.setattr(modes.ANSWERING_KEY, "at", 100.0)
        monkeypatch.setattr(modes.time, "monotonic", lambda: 100.0 + seconds)
        prompt._enter()
    assert bool(ended) == answers


@pytest.mark.parametrize(
    ("seconds", "typed", "answers"), [(0.1, "", False), (0.1, "x", True), (0.3, "", True)]
)
def test_enter_out_of_habit_after_a_key_that_answered_is_no_answer(monkeypatch, seconds, typed, answers):
    from utbildningsprocess.conversation.face import Ask
    from utbildningsprocess.faces import modes, texts

    ended = []
    with quiet_terminal():
        prompt = texts.TextPrompt(Ask("Vilket krav?"))
        prompt.end = lambda: ended.append(True)
        prompt.text = lambda: typed
        monkeypatch.setattr(modes.ANSWERING_KEY, "at", 100.0)
        monkeypatch.setattr(modes.time, "monotonic", lambda: 100.0 + seconds)
        prompt._enter()
    assert bool(ended) == answers


def typed_on_a_page(keys, answers, refuses=()):
    """The answers on a page of three statements after some keys, and the page, which has ended."""
    from utbildningsprocess.conversation.face import Ask, Choice, StatementLine, StatementPage
    from utbildningsprocess.faces.page import PagePrompt

    def take(place, option):
        answers[place] = option
        return place not in refuses

    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        page = PagePrompt(
            StatementPage(
                Ask("Hur mycket hindrar det här?"),
                [StatementLine(text) for text in ("Oklart", "Sällan", "Tiden")],
                [Choice("m", "Mycket", "Det stoppar."), Choice("d", "Delvis")],
                lambda: answers,
                lambda: [place for place, answer in enumerate(answers) if answer is None],
                0,
                take,
            )
        )
        pipe.send_text(keys)
        page.run()
    return answers, page


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("121\r", ["m", "d", "m"]),
        ("\x1b[B\x1b[B1\x1b[A\x1b[A2\x13", ["d", None, "m"]),
        ("1\r2\r1\r", ["m", "d", "m"]),
        ("3X2\x13", ["d", None, None]),
    ],
)
def test_a_digit_answers_the_statement_at_the_cursor_and_enter_goes_to_what_waits(keys, expected):
    assert typed_on_a_page(keys, [None] * 3)[0] == expected


def test_a_page_ends_at_the_answer_that_could_not_be_saved_in_passing():
    answers, page = typed_on_a_page("12", [None] * 3, refuses={1})
    assert (answers, page.place) == (["m", "d", None], 2)


def test_the_page_shows_every_answer_and_what_the_options_mean():
    _, page = typed_on_a_page("1\x13", [None] * 3)
    shown = "".join(text for _, text in page._fragments())
    assert shown.split("\n") == ["   1. Oklart      Mycket", "❯  2. Sällan      –", "   3. Tiden       –"]
    assert page.ask.example == "1 Mycket: Det stoppar. · 2 Delvis"


@pytest.mark.parametrize(
    ("most", "last", "shown"),
    [
        (3, False, "  Namn   Nya\n  Antal\n  Fas    Före"),
        (2, False, "  Namn  Nya\n  … 2 till"),
        (2, True, "  … 2 till\n  Fas  Före"),
        (0, True, ""),
    ],
)
def test_the_fields_of_a_row_are_shown_as_far_as_there_is_room(most, last, shown):
    from utbildningsprocess.conversation.face import Cell
    from utbildningsprocess.faces.drawing import cells_shown

    cells = [Cell("Namn", "Nya"), Cell("Antal"), Cell("Fas", "Före")]
    assert cells_shown(cells, most, 60, last=last) == shown


@pytest.mark.parametrize(
    ("variable", "key", "other"), [("TMUX", "Ctrl-B", "Shift-Tab"), ("VSCODE_INJECTION", "F1", "Ctrl-G")]
)
def test_where_a_terminal_takes_a_key_the_hint_shows_another(monkeypatch, variable, key, other):
    from utbildningsprocess.conversation.face import Ask
    from utbildningsprocess.faces.texts import TextPrompt

    for name in ("TMUX", "STY", "BYOBU_BACKEND", "VSCODE_INJECTION"):
        monkeypatch.delenv(name, raising=False)
    with quiet_terminal():
        assert key in TextPrompt(Ask("Varför?", can_go_back=True)).hints
        monkeypatch.setenv(variable, "1")
        hints = TextPrompt(Ask("Varför?", can_go_back=True)).hints
    assert other in hints
    assert key not in hints


@pytest.mark.parametrize(
    ("columns", "keys"),
    [
        (40, "Ctrl-S klar · F1 hjälp · Ctrl-C sluta"),
        (100, "Ctrl-S klar · F1 hjälp · Ctrl-C sluta · Ctrl-B bakåt · Ctrl-O hoppa över · F3 karta"),
    ],
)
def test_the_ways_out_come_first_among_the_keys_in_a_long_text(monkeypatch, columns, keys):
    from utbildningsprocess.conversation.face import Ask
    from utbildningsprocess.faces.drawing import as_many_as_fit
    from utbildningsprocess.faces.texts import TextPrompt

    for name in ("TMUX", "STY", "BYOBU_BACKEND", "VSCODE_INJECTION"):
        monkeypatch.delenv(name, raising=False)
    with quiet_terminal():
        hints = TextPrompt(Ask("Varför?", can_go_back=True, can_skip=True, has_map=True), long=True).hints
    assert as_many_as_fit(hints, min(90, columns - 1) - 2) == keys


@pytest.mark.parametrize(
    ("keys", "told"), [("1", "1: tryck {}, eller en siffra till."), ("1\x1b[B", ""), ("2", "")]
)
def test_a_number_that_may_go_on_says_what_it_waits_for(keys, told):
    from utbildningsprocess.conversation.face import Ask, Choice
    from utbildningsprocess.faces.lists import ChoicePrompt, TickPrompt

    options = [Choice(number, f"Val {number}") for number in range(1, ELEVEN + 1)]
    with quiet_terminal():
        for prompt in (ChoicePrompt(Ask("Vilken?"), options, None), TickPrompt(Ask("Vilka?"), options, ())):
            prompt.end = lambda: None
            prompt._digit(keys[0])
            if len(keys) > 1:
                prompt.list.cursor = 1
            assert prompt.aside() == told.format(prompt.ending)


ELEVEN = 11


@pytest.fixture(autouse=True)
def _no_habit(monkeypatch):
    """No key has just answered: in the next test the same Enter would belong to it."""
    from utbildningsprocess.faces.modes import ANSWERING_KEY

    monkeypatch.setattr(ANSWERING_KEY, "at", 0.0)


@pytest.mark.parametrize(
    ("keys", "ticked"),
    [
        ("3\r", [3]),
        ("11\r", [11]),
        ("1\r", [1]),  # Enter says that the number ends here, too
        ("1 \r", [1]),
        ("14\r", [1, 4]),  # there is no 14
        ("1\x1b[B4\r", [4]),  # the cursor went on: 1 was not meant
        ("33\r", []),
        ("10112\r", [10, 11, 2]),
    ],
)
def test_a_digit_ticks_in_a_long_list_as_in_a_short_one(keys, ticked):
    from utbildningsprocess.conversation.face import Ask, Choice
    from utbildningsprocess.faces.lists import TickPrompt

    options = [Choice(number, f"Val {number}") for number in range(1, ELEVEN + 1)]
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        prompt = TickPrompt(Ask("Vilka?"), options, ())
        pipe.send_text(keys)
        prompt.run()
    assert [place + 1 for place in prompt.list.ticked] == ticked


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot send itself the signal there")
def test_a_stop_just_before_the_question_hears_anything_leaves_it(monkeypatch):
    from utbildningsprocess.conversation.face import Ask, Leave
    from utbildningsprocess.faces.system_stop import Stop
    from utbildningsprocess.faces.texts import TextPrompt

    monkeypatch.setattr(Stop, "wanted", False)
    monkeypatch.setattr(Stop, "came", False)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        prompt = TextPrompt(Ask("Varför?"))
        run = prompt.app.run

        def stopped_first(*args, **kwargs):
            os.kill(os.getpid(), signal.SIGTERM)
            return run(*args, **kwargs)

        monkeypatch.setattr(prompt.app, "run", stopped_first)
        with pytest.raises(Leave):
            prompt.run()


@pytest.mark.parametrize(("keys", "ticked"), [("13\r", [3]), ("31\r", [1]), ("312\r", [1, 2]), ("34\r", [4])])
def test_what_goes_with_no_other_option_takes_their_ticks_away_and_they_its(keys, ticked):
    from utbildningsprocess.conversation.face import Ask, Choice
    from utbildningsprocess.faces.lists import TickPrompt

    options = [Choice(number, f"Val {number}", is_alone=number in {3, 4}) for number in range(1, 5)]
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        prompt = TickPrompt(Ask("Vilka?"), options, ())
        pipe.send_text(keys)
        prompt.run()
    assert [place + 1 for place in prompt.list.ticked] == ticked


@pytest.mark.parametrize(("keys", "chosen"), [("3", 3), ("1\r", 1), ("11", 11), ("\x1b[B1\r", 1)])
def test_a_digit_chooses_in_a_long_list_as_soon_as_the_number_cannot_go_on(keys, chosen):
    from utbildningsprocess.conversation.face import Ask, Choice
    from utbildningsprocess.faces.lists import ChoicePrompt

    options = [Choice(number, f"Val {number}") for number in range(1, ELEVEN + 1)]
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        prompt = ChoicePrompt(Ask("Vilken?"), options, None)
        pipe.send_text(keys)
        prompt.run()
    assert prompt.list.cursor == chosen - 1


def typed_text(keys, *, long=True, draft=""):
    """What is typed by some keys."""
    from utbildningsprocess.conversation.face import Ask
    from utbildningsprocess.faces.texts import TextPrompt

    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        prompt = TextPrompt(Ask("Varför?", draft=draft, examples=("Svagt exempel: ”x”",)), long=long)
        pipe.send_text(keys)
        prompt.run()
    return prompt


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("ett två tre\x1a\x13", "ett två"),
        ("ett två tre\x1a\x1a\x18\x19\x13", "ett två"),
        ("ett\x1a\x1a\x13", ""),
        ("ett två\x1a\x18\x19\x13", "ett två"),
        ("a\x1b[200~b\nc\x1b[201~\x1a\x13", "a"),
    ],
)
def test_a_word_and_a_paste_can_be_taken_back_and_done_again(keys, text):
    assert typed_text(keys).text().rstrip() == text


def test_what_is_cleaned_of_a_paste_is_told():
    pasted = "\x1b[200~för\u00adstå\u00a0det \u200b12\u00a0000 kr\x1b[201~"
    prompt = typed_text(f"{pasted}\x13")
    assert prompt.text() == "förstå det 12\u00a0000 kr"
    assert prompt.aside() == (
        "Rensat i det ni klistrade in: 1 mjukt bindestreck, 1 tecken utan bredd och 1 ovanligt blanksteg. "
        "Ctrl-Z tar bort allt det inklistrade."
    )


def test_a_pasted_list_is_a_list_at_once_and_that_is_told():
    pasted = "\x1b[200~•\ten\r\n•\t\u00adtvå\x1b[201~"
    prompt = typed_text(f"{pasted}\x13")
    assert prompt.text() == "- en\n- två"
    assert prompt.aside() == (
        "Rensat i det ni klistrade in: 1 mjukt bindestreck. Raderna med punkter blev en lista. "
        "Ctrl-Z tar bort allt det inklistrade."
    )
    assert typed_text(f"{pasted}\r", long=False).text().split() == ["•", "en", "•", "två"]


def test_the_examples_stand_below_an_empty_field_only():
    assert typed_text("\x13").aside() == "Svagt exempel: ”x”"
    assert typed_text("a\x13").aside() == ""
