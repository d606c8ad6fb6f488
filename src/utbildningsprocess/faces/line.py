"""The append-only face: plain lines, numbered choices, commands that begin with a colon.

For screen readers, terminals that cannot move a cursor, and pipes. Nothing here is ever redrawn, and
no symbol or colour carries meaning on its own.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from utbildningsprocess.conversation.face import (
    NO_HELP,
    YES_NO,
    Back,
    DontKnow,
    Leave,
    NoteLesson,
    Onward,
    Pass,
    PastedTable,
    ReadLessons,
    SaveAndLeave,
    ToMap,
    numbers_and_labels,
    present,
    refusal,
    where_words_go,
)
from utbildningsprocess.errors import NOT_UTF_8, Broken
from utbildningsprocess.faces.pasted import more_lines_wait, wait_for_line
from utbildningsprocess.faces.system_stop import Stop, on_system_stop
from utbildningsprocess.swedish import clean, clean_line, fold, is_undecoded, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from typing import TextIO

    from utbildningsprocess.conversation.face import Ask, Choice, Signal, T

_KEEP, _ACCEPT = "Tom rad behåller.", "Tom rad godtar."
_REPLACE = "Skriv annars ett nytt svar."
_GO_ON = "Det du skriver läggs till efter det."
_END = "."
_HOW_TO_END = "Avsluta med en rad som bara har en punkt."
_HOW_TO_END_PASTED = (
    "{} rader klistrades in. Tryck Enter, och avsluta sedan med en rad som bara har en punkt."
)
_HOW_TO_ACCEPT = "Raderna blir en: {}\nTryck Enter tills nästa fråga kommer. Det du skriver nu läggs till."
_HOW_TO_END_TABLE = (
    "Det ser ut som en tabell med {}. Tryck Enter tills den visas. Det du skriver nu läggs till."
)
_ONE_AT_A_TIME = "Flera rader kom på en gång. Skriv ett svar i taget."
_COMMANDS = """Kommandon, var för sig på en rad:
:b går tillbaka till frågan före.
:k visar alla frågor i steget, att öppna.
:f tar upp fler uppgifter i samma rad, där det finns några.
:o hoppar över frågan.
:v betyder att ni inte vet än.
:h visar hjälp om frågan.
:m visar metoden bakom frågan.
:l läser mer om lärdomarna från tidigare insatser, där det finns några.
:n noterar att ni använder en av dem.
:s sparar och avslutar.
:? visar den här listan.
En längre text får ta flera rader och slutar med en rad som bara har en punkt.
En rad i texten som bara ska vara en punkt skriver du som två punkter."""
_SIGNALS: dict[str, type[Signal]] = {
    ":b": Back,
    ":k": ToMap,
    ":o": Pass,
    ":v": DontKnow,
    ":l": ReadLessons,
    ":n": NoteLesson,
    ":s": SaveAndLeave,
}


class LineFace:
    """Asks on one stream and reads answers, line by line, from another."""

    draws_rows = False
    ask_page = None

    def __init__(
        self, answers: TextIO, screen: TextIO, more_wait: Callable[[TextIO], bool] = more_lines_wait
    ) -> None:
        self._answers = answers
        self._screen = screen
        self._more_wait = more_wait
        self._folded: Sequence[str] = ()
        self._told_of_lessons = False

    def say(self, text: str = "") -> None:
        """Shows lines of plain text."""
        self._screen.write(f"{visible(clean(text))}\n")
        self._screen.flush()

    def show_rows(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A line for each row, with the head before each of its answers."""
        for name, *cells in rows:
            told = [f"{head}: {cell}" for head, cell in zip(heads[1:], cells, strict=True) if cell]
            self.say(f"  {'; '.join([name, *told])}")

    def saved(self) -> None:
        """Tells that an answer is saved: nothing on the screen changes otherwise."""
        self.say("Sparat.")

    def ask_text(self, ask: Ask) -> str:
        """One line that `ask.check` accepts; an empty one keeps the earlier answer."""
        self._present_text(ask)
        while True:
            text = self._short_text(ask) or ask.draft
            if (wrong := ask.check(text)) is None:
                return text
            self._wrong(wrong)

    def ask_long(self, ask: Ask) -> str:
        """Lines up to one with a full stop only; an empty first line keeps the earlier answer.

        They come after those of a text that is begun.
        """
        self._present_text(ask, _GO_ON if ask.is_begun else _REPLACE)
        self.say(_HOW_TO_END)
        begun = ask.draft.split("\n") if ask.is_begun else []
        lines = [*begun]
        while True:
            line, *pasted = burst = self._lines(ask, lines)
            self._leave_with_table(ask, burst, lines)
            if pasted:
                lines += [line, *pasted]
                ask.on_draft("\n".join(lines))
                self._tell_of_paste(_HOW_TO_END_PASTED.format(1 + len(pasted)))
                continue
            kept = ask.draft if lines == begun and not line.strip() else ""
            if not kept and line.strip() != _END:
                lines.append(_END if line.strip() == 2 * _END else line)
                ask.on_draft("\n".join(lines))
                continue
            text = kept or clean("\n".join(lines))
            if (wrong := ask.check(text)) is None:
                return text
            self._wrong(wrong)

    def ask_choice(self, ask: Ask, options: Sequence[Choice[T]], default: T | None = None) -> T:
        """The value of one option, told by its number, label or value."""
        self._present_options(ask, options)
        earlier = next((option for option in options if option.value == default), None)
        if earlier:
            self.say(_now_chosen(ask, [earlier]))
        while True:
            text = clean_line(self._line(ask))
            if not text and earlier is None and ask.row is not None:
                raise Onward
            chosen = _option_named(options, text) if text else earlier
            if chosen:
                self.say(f"Valt: {chosen.label}")
                return chosen.value
            self._wrong(_not_among(text, ask, options))

    def ask_several(self, ask: Ask, options: Sequence[Choice[T]], defaults: Collection[T] = ()) -> list[T]:
        """The values of any number of options, told with commas between."""
        self._present_options(ask, options)
        earlier = [option for option in options if option.value in defaults]
        if earlier:
            self.say(f"{_now_chosen(ask, earlier)} Skriv 0 för inget av dem.")
        self.say("Skriv ett eller flera nummer med komma emellan.")
        while (chosen := self._several(ask, options, earlier)) is None:
            pass
        self.say(f"Valt: {_labels(chosen) or 'inget'}")
        return [option.value for option in options if option in chosen]

    def ask_yes_no(self, ask: Ask, default: bool | None = None) -> bool:  # noqa: FBT001  as in Face
        """Yes or no, told by number, word or letter."""
        return self.ask_choice(ask, YES_NO, default)

    # ------------------------------------------------------------- reading

    def _several(
        self, ask: Ask, options: Sequence[Choice[T]], earlier: list[Choice[T]]
    ) -> list[Choice[T]] | None:
        """The options named in the next line; None, and a sentence, when some name is not among them."""
        text = clean_line(self._line(ask))
        if not text:
            return earlier
        if text == "0":
            return []
        if whole := _option_named(options, text):
            return [whole]
        names = [name.strip() for name in re.split(r"[,;]|(?<=\d)\s+(?:och\s+)?(?=\d)", text) if name.strip()]
        named = {name: _option_named(options, name) for name in names}
        unknown = [name for name, option in named.items() if option is None]
        if unknown or not names:
            self._wrong(_not_among(unknown[0] if unknown else text, ask, options))
            return None
        chosen = list(dict.fromkeys(option for option in named.values() if option))
        alone = [option.label for option in chosen if option.is_alone]
        if alone and len(chosen) > 1:
            self._wrong(f"”{alone[0]}” går inte ihop med andra val. Skriv antingen det eller de andra.")
            return None
        return chosen

    def _short_text(self, ask: Ask) -> str:
        """A line; pasted ones become one, and wait for an empty line: the last of a paste has no Enter."""
        lines = self._lines(ask)
        self._leave_with_table(ask, lines)
        more = lines if len(lines) > 1 else [""]
        while more != [""]:
            self._tell_of_paste(_HOW_TO_ACCEPT.format(clean_line(" ".join(lines))))
            more = self._lines(ask, lines)
            lines = [*lines, *more]
        return clean_line("\n".join(lines))

    def _line(self, ask: Ask) -> str:
        """The next line that is no command and came alone: what is pasted is no choice."""
        while True:
            lines = self._lines(ask)
            self._leave_with_table(ask, lines)
            if len(lines) == 1:
                return lines[0]
            self._wrong(_ONE_AT_A_TIME)

    def _leave_with_table(self, ask: Ask, lines: Sequence[str], before: Sequence[str] = ()) -> None:
        """Leaves with lines that are a table, once an empty line says that they are all of it."""
        more = lines if ask.is_table("\n".join(lines)) else [""]
        table: list[str] = []
        while more != [""]:
            table += more
            self._tell_of_paste(
                _HOW_TO_END_TABLE.format(f"{len(table)} {'rad' if len(table) == 1 else 'rader'}")
            )
            more = self._lines(ask, [*before, *table])
        if table:
            raise PastedTable("\n".join(before), "\n".join(table))

    def _lines(self, ask: Ask, before: Sequence[str] = ()) -> list[str]:
        """The next line that is no command, or all that were pasted; commands are carried out, or leave."""
        while True:
            lines = self._read(before)
            if is_undecoded("".join(lines)):
                self._refuse_bytes()
            elif len(lines) > 1 or not self._is_command(ask, lines[0], before):
                return lines

    def _is_command(self, ask: Ask, line: str, before: Sequence[str]) -> bool:
        """Whether a line is a command, which then is carried out. Raises the signal that it stands for."""
        command = fold(line)
        if command == ":h":
            self.say(ask.help or NO_HELP)
            if ask.method():
                self.say(":m visar metoden bakom frågan.")
        elif command == ":m":
            self.say(ask.method() or "Det finns ingen text om metoden bakom den här frågan.")
        elif command == ":?":
            self.say(_COMMANDS)
        elif command == ":f" and ask.folded:
            ask.unfold()
            self.say(f"Sedan frågas: {', '.join(ask.folded)}.")
        elif kind := _SIGNALS.get(command):
            signal = kind("\n".join(before))
            if (refused := refusal(ask, signal)) is None:
                raise signal
            self._wrong(refused)
        elif re.fullmatch(r":\S", command):
            self._wrong(f"Kommandot {line.strip()} finns inte. Skriv :? för att se vilka som finns.")
        else:
            return False
        return True

    def _read(self, before: Sequence[str]) -> list[str]:
        """A line as typed, with those that came right behind it.

        The end of the input, Ctrl-C and a closing system all leave.
        """
        lines: list[str] = []
        has_come = False

        def leave() -> None:
            if Stop.wanted or not (has_come or lines or self._more_wait(self._answers)):
                raise Leave("\n".join([*before, *lines]))
            Stop.wanted = True  # the line that had ended is an answer, and the next question leaves

        with on_system_stop(leave), suppress(KeyboardInterrupt, OSError):
            while not Stop.wanted or self._more_wait(self._answers):
                has_come = wait_for_line(self._answers)
                if not (line := self._answers.readline()):
                    break
                lines.append(line.rstrip("\r\n"))
                if not self._more_wait(self._answers):
                    return lines
        raise Leave("\n".join([*before, *lines]))

    def _refuse_bytes(self) -> None:
        """Says that what was typed cannot be read. Raises Broken for a pipe, where nobody types it anew."""
        if not self._answers.isatty():
            raise Broken(f"Texten på standard in {NOT_UTF_8} Gör om den till UTF-8 och kör om kommandot.")
        self._wrong(f"Texten {NOT_UTF_8} Ställ in terminalen på UTF-8 och skriv den igen.")

    # ------------------------------------------------------------- showing

    def _present(self, ask: Ask) -> None:
        """Says what comes before an answer; once of fields that can be unfolded, and of lessons."""
        present(self, ask)
        if ask.has_lessons and not self._told_of_lessons:
            self._told_of_lessons = True
            self.say("Läs mer om lärdomarna med :l. Notera att ni använder en av dem med :n.")
        if ask.folded and ask.row and not ask.row[1] and ask.folded != self._folded:
            self._folded = ask.folded
            self.say(f"Fler uppgifter finns, med :f innan du svarar: {', '.join(ask.folded)}.")

    def _present_text(self, ask: Ask, how: str = _REPLACE) -> None:
        self._present(ask)
        if ask.draft:
            self.say(ask.draft_name or ("Det här är påbörjat:" if ask.is_begun else "Det här står nu:"))
            for line in ask.draft.split("\n"):
                self.say(f"  {line}")
            self.say(f"{_ACCEPT if ask.draft_name else _KEEP} {how}")

    def _present_options(self, ask: Ask, options: Sequence[Choice[object]]) -> None:
        self._present(ask)
        if ask.draft_name:
            self.say(ask.draft_name)
        for (number, label), option in zip(numbers_and_labels(options), options, strict=True):
            self.say(f"{number}. {label}{f' ({option.help})' if option.help else ''}")

    def _tell_of_paste(self, sentence: str) -> None:
        """Tells on a line of its own: the last of a paste may stand there, waiting for Enter."""
        self.say()
        self.say(sentence)

    def _wrong(self, sentence: str) -> None:
        self.say(f"Fel: {sentence}")


def _option_named(options: Sequence[Choice[T]], text: str) -> Choice[T] | None:
    """The option with that number, label or value, in any case, with or without diacritics."""
    wanted = fold(text).rstrip(".")
    if wanted.isdecimal() and 1 <= int(wanted) <= len(options):
        return options[[number for number, _label in numbers_and_labels(options)].index(int(wanted))]
    if not wanted:
        return None
    for option in options:
        names = [name for name in (option.label, option.value) if isinstance(name, str)]
        if wanted in [fold(name).rstrip(".") for name in names]:
            return option
    begun = [option for option in options if fold(option.label).startswith(wanted)]
    return begun[0] if len(begun) == 1 else None


def _not_among(text: str, ask: Ask, options: Sequence[Choice[object]]) -> str:
    trouble = f"”{text}” finns inte bland alternativen" if text else "Inget är valt än"
    or_skip = ", eller :o för att hoppa över" if ask.can_skip and not text else ""
    number = f"ett nummer mellan 1 och {len(options)}" if len(options) > 1 else "1"
    words = where_words_go(options) if text else ""
    return f"{trouble}. Skriv {number}{or_skip}.{words}"


def _now_chosen(ask: Ask, options: Sequence[Choice[object]]) -> str:
    """The options that an empty line takes, and what they are."""
    said, way = ("Utkast", _ACCEPT) if ask.draft_name else ("Nu valt", _KEEP)
    return f"{said}: {_labels(options)}. {way}"


def _labels(options: Sequence[Choice[object]]) -> str:
    return ", ".join(option.label for option in options)
