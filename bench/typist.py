"""A typist for `samtal.py`: reads what a program asks on a screen, and types the answer that was planned.

No list of keys: what stands on the screen decides what is typed, so that the same plan holds for any
release, whatever its batteries ask and in what order.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pty_terminal import Terminal

SINGLY = 12
"""The letters of a text that are typed and measured one by one; the others come in one go, for time."""
HABIT = 0.3
"""Seconds: people read what a key has brought before they press Enter."""
ENTER, DONE, TAB, PASS, CLEAR, DOWN, UP = "\r", "\x13", "\t", "\x0f", "\x15", "\x1b[B", "\x1b[A"
_EDGE = "│┃└ "
_OPTION = re.compile(r"[│┃\s»❯>◆▸○●◉◯✓]*(\d+)\. (.*)")
_FURTHER = re.compile(r"[│┃]?\s{6,}(\S.*)")
_HEADING = re.compile(r"(.+ \S+), uppgift \d+ av \d+|Påstående \d+ av \d+")
_WAYS = {
    "yes": re.compile(r"J/N svarar"),
    "page": re.compile(r"\d svarar"),
    "ticks": re.compile(r"(\d|Blanksteg) kryssar"),
    "choice": re.compile(r"(\d|Enter) väljer"),
    "long": re.compile(r"Ctrl-S klar"),
    "line": re.compile(r"Enter klar"),
}
"""How what is asked can be answered, as the hint of keys tells it."""
_NUMBER_KEYS, _MOST_MOVES = 9, 40
_ONWARD = {
    "Så här ser svaren ut. Välj en fråga för att ändra svaret.": ENTER,
    "Vad vill ni göra?": ENTER,
    "Ta med det?": ENTER,
    "Varför hoppar ni över frågan? (Tomt går bra.)": ENTER,
}
"""What is asked beside the questions, and the key that goes on."""
_GO_ON = re.compile(r"Fortsätt med \w+\?|.*Hur vill du göra med .*|Hur vill du göra med .*")
_MENU, _OWN_WORDS = "Vad vill du göra?", "Med egna ord:"
_GOING_ON = ("Spara ändå", "Klart", "Gå vidare utan svar", "Hoppa över frågan")
"""What is chosen where it is asked what to do, the first that there is."""
_NO_TABLE = "Nej, lägg inte till något"
_PASTE = "\x1b[200~{}\x1b[201~"
FEWEST_PASTED = 4
"""So many rows of a group are pasted as one table by a typist who has them in a sheet."""
_PROPOSED = "Diagnosen pekar på de här insatserna. Vilka vill ni ta med? Ni kan ändra senare."

Item = dict[str, Any]


class Stroke(NamedTuple):
    """Keys that went to the program, and what came back."""

    keys: int
    is_text: bool
    """Whether the keys are an answer's own letters."""
    is_single: bool
    """Whether it was one key that the program could take alone."""
    milliseconds: float
    """From the key to the last that was painted before the program waited again."""
    painted: int
    """The bytes that were painted."""


@dataclass
class Tally:
    """What a talk has cost, stage by stage."""

    strokes: dict[str, list[Stroke]] = field(default_factory=dict)
    screens: dict[str, int] = field(default_factory=dict)

    def add(self, stage: str, stroke: Stroke) -> None:
        self.strokes.setdefault(stage, []).append(stroke)

    def see(self, stage: str) -> None:
        self.screens[stage] = self.screens.get(stage, 0) + 1


class Asked(NamedTuple):
    """What the screen asks: the text, what it belongs to, how it is answered, and the options."""

    text: str
    item: Item
    way: str
    options: dict[int, str]
    page: str
    """The same as long as no new question or page has come."""


class Typist:
    """Types the planned answers of an initiative, and counts."""

    def __init__(
        self,
        battery: Iterable[Item],
        plan: Mapping[str, Any],
        tally: Tally,
        *,
        tabs: bool,
        tables: bool = False,
    ) -> None:
        self.battery = {f"{question['stage']}.{question['id']}": question for question in battery}
        self.plan, self.tally, self.tabs, self.tables = plan, tally, tabs, tables
        self.known = dict(self._texts())
        self.stage, self.group = "start", ""
        self._rows: dict[str, int] = {}
        self._row_at: dict[str, str] = {}
        self._seen, self._page, self._stuck = "", "", 0
        self._words = ""

    def _texts(self) -> Iterator[tuple[str, list[tuple[str, Item]]]]:
        """Every text that can be asked, and the questions, fields and statements that have it."""
        texts: dict[str, list[tuple[str, Item]]] = {}
        for qid, question in self.battery.items():
            for item in (question, *question.get("falt", ()), *question.get("pastaenden", ())):
                unit = f" ({item['enhet']})" if item.get("enhet") else ""
                for text in {item["text"], item["text"] + unit}:
                    texts.setdefault(flat(text), []).append((qid, item))
        yield from texts.items()

    # ------------------------------------------------------------------ reading

    def look(self, terminal: Terminal) -> Asked:
        """What is asked now. Raises LookupError when the screen is not understood."""
        lines = terminal.lines()
        hint = lines[-1]
        way = next((way for way, sign in _WAYS.items() if sign.search(hint)), "")
        bare = [line.strip(_EDGE) for line in lines]
        options: dict[int, str] = {}
        above = terminal.screen.cursor.y
        if way in ("yes", "ticks", "choice", "page"):
            options, above = _options(lines, way)
        for first in range(above - 1, -1, -1):
            for end in range(first + 1, min(above, first + 6) + 1):
                if asked := self._match(flat(" ".join(bare[first:end])), bare, first, way, options):
                    return asked
        raise LookupError("\n".join(["what is asked is not understood:", *lines]))

    def _match(
        self, text: str, bare: list[str], first: int, way: str, options: dict[int, str]
    ) -> Asked | None:
        """What is asked where a text stands, if it is one that is known."""
        heading = bare[first - 1] if first else ""
        if text in _ONWARD or text in (_MENU, _OWN_WORDS, _PROPOSED) or _GO_ON.fullmatch(text):
            return Asked(text, {}, way, options, text)
        candidates = self.known.get(text, [])
        if not candidates:
            return None
        row = next(
            (match for line in bare[max(0, first - 12) : first] if (match := _HEADING.search(line))), None
        )
        qid, item = self._meant(candidates, in_row=row is not None)
        self.stage = qid.split(".")[0]
        page = f"{heading} {text}"
        if not item.get("falt") and item is not self.battery[qid]:
            page = f"{row[0] if row else heading} {text}"
            names = {flat(near.get("namn") or near["text"]) for near in self.battery[qid].get("falt", ())}
            if row and row[1] and any(line.startswith(tuple(names - {text})) for line in bare[first - 2 :]):
                page = row[1]  # the row is seen whole
        return Asked(
            text,
            {**item, "qid": qid, "row": row[1] if row and item is not self.battery[qid] else ""},
            way,
            options,
            page,
        )

    def _meant(self, candidates: list[tuple[str, Item]], *, in_row: bool) -> tuple[str, Item]:
        """The question, field or statement that a text belongs to: in the group at hand, or the stage."""
        fields = [(qid, item) for qid, item in candidates if item is not self.battery[qid]]
        questions = [(qid, item) for qid, item in candidates if item is self.battery[qid]]
        near = [(qid, item) for qid, item in fields if qid == self.group]
        return (near or fields or questions if in_row else questions or near or fields)[0]

    # ------------------------------------------------------------------- typing

    def talk(self, terminal: Terminal) -> None:
        """Answers until the program ends."""
        terminal.settle()
        while not terminal.ended:
            self._find_group(terminal)
            asked = self.look(terminal)
            if asked.page != self._page:
                self._page = asked.page
                self.tally.see(self.stage)
            shown = "\n".join(terminal.lines())
            self._stuck = self._stuck + 1 if shown == self._seen else 0
            if self._stuck > 3:
                raise LookupError(f"stuck at {asked}:\n{shown}")
            self._seen = shown
            self._answer(terminal, asked)

    def _find_group(self, terminal: Terminal) -> None:
        """Notes the group whose question has come last."""
        lines = [line.strip(_EDGE) for line in terminal.lines()]
        for first in range(len(lines) - 1, -1, -1):
            for end in range(first + 1, first + 5):
                for qid, item in self.known.get(flat(" ".join(lines[first:end])), []):
                    if item is self.battery[qid] and (item.get("falt") or item.get("pastaenden")):
                        self.group = qid
                        return

    def _press(self, terminal: Terminal, keys: str, *, text: bool = False) -> None:
        before = self.tally.strokes.get(self.stage)
        if keys in (ENTER, DONE) and before and not before[-1].is_text:
            time.sleep(HABIT)
        milliseconds, painted = terminal.press(keys)
        single = len(keys) == 1 or keys.startswith("\x1b")
        self.tally.add(self.stage, Stroke(1 if single else len(keys), text, single, milliseconds, painted))

    def _type(self, terminal: Terminal, text: str) -> None:
        for letter in text[:SINGLY]:
            self._press(terminal, letter, text=True)
        if text[SINGLY:]:
            self._press(terminal, text[SINGLY:], text=True)

    def _answer(self, terminal: Terminal, asked: Asked) -> None:
        if asked.text in _ONWARD or _GO_ON.fullmatch(asked.text):
            self._press(terminal, "1" if asked.way == "choice" and "Hur vill du" in asked.text else ENTER)
        elif asked.text == _MENU:
            more = self._rows.get(self.group, 0) < len(self.plan.get(self.group) or ())
            if _NO_TABLE in asked.options.values():
                self._press(terminal, "1")
                return
            self._choose(terminal, asked, *(["Lägg till"] if more else []), *_GOING_ON)
        elif asked.text == _OWN_WORDS:
            self._type(terminal, self._words)
            self._press(terminal, ENTER)
        elif asked.text == _PROPOSED:
            self._press(terminal, ENTER)
        else:
            self._give(terminal, asked, self._planned(asked))

    def _planned(self, asked: Asked) -> Any:
        """The answer that was planned to what is asked, None where there is none."""
        qid, name = asked.item["qid"], asked.item["id"]
        value = self.plan.get(qid)
        if asked.item["row"] and self.battery[qid].get("falt"):
            place, row = self._place(qid, asked), asked.item["row"]
            self._row_at[qid] = row
            return value[place].get(name) if value and place < len(value) else None
        if self.battery[qid].get("pastaenden") and asked.way == "choice":
            return (value or {}).get(name)
        return value

    def _place(self, qid: str, asked: Asked) -> int:
        """The planned row that is being filled in: one for each row that the program has begun."""
        if self._row_at.get(qid) != asked.item["row"]:
            self._rows[qid] = self._rows.get(qid, 0) + 1
        return self._rows[qid] - 1

    def _give(self, terminal: Terminal, asked: Asked, value: Any) -> None:
        in_row = bool(asked.item["row"])
        if in_row and self._is_pasted(asked):
            self._paste(terminal, asked.item["qid"])
        elif asked.way == "page":
            self._fill_page(terminal, asked, value or {})
        elif value is None or value in ("", []):
            self._leave_open(terminal, asked)
        elif asked.way == "yes":
            self._press(terminal, "j" if str(value).casefold() in ("ja", "true") else "n")
        elif asked.way == "choice":
            self._choose(terminal, asked, *self._labels(asked, value if isinstance(value, str) else value[0]))
        elif asked.way == "ticks":
            self._tick(terminal, asked, value if isinstance(value, list) else [value])
        else:
            self._clear(terminal)
            self._type(terminal, in_words(value))
            self._press(terminal, TAB if in_row and self.tabs else DONE if asked.way == "long" else ENTER)

    def _is_pasted(self, asked: Asked) -> bool:
        """Whether the rows are pasted here, at the first field of the first of them."""
        rows, fields = self.plan.get(asked.item["qid"]) or (), self.battery[asked.item["qid"]]["falt"]
        is_first = self._rows.get(asked.item["qid"]) == 1 and asked.item["id"] == fields[0]["id"]
        return self.tables and is_first and asked.way in ("line", "long") and len(rows) >= FEWEST_PASTED

    def _paste(self, terminal: Terminal, qid: str) -> None:
        """Pastes all rows of a group as a sheet gives them: names of fields, and tabs between cells."""
        fields, rows = self.battery[qid]["falt"], self.plan[qid]
        lines = [[field.get("namn") or field["text"] for field in fields]]
        lines += [[self._in_cell(field, row.get(field["id"], "")) for field in fields] for row in rows]
        self._rows[qid] = len(rows)
        milliseconds, painted = terminal.press(_PASTE.format("\n".join(map("\t".join, lines))))
        self.tally.add(
            self.stage, Stroke(1, is_text=False, is_single=False, milliseconds=milliseconds, painted=painted)
        )

    @staticmethod
    def _in_cell(field: Item, value: Any) -> str:
        """A planned value as a cell says it."""
        texts = {option["id"]: option["text"] for option in field.get("alternativ", ())}
        values = value if isinstance(value, list) else [value]
        return in_words([texts.get(str(key), key) for key in values])

    def _clear(self, terminal: Terminal) -> None:
        """Takes away what stands in the field."""
        while terminal.lines()[terminal.screen.cursor.y][: terminal.screen.cursor.x].strip(f"{_EDGE}>"):
            self._press(terminal, CLEAR)
            if not self.tally.strokes[self.stage][-1].painted:
                break

    def _leave_open(self, terminal: Terminal, asked: Asked) -> None:
        """Goes past what has no answer, by the shortest way there is: the first release asks for a reason."""
        in_row = bool(asked.item["row"])
        may_be_empty = self.tabs or (in_row and self._has_rows_left(asked))
        if asked.way in ("long", "line") and may_be_empty:
            self._press(terminal, DONE if asked.way == "long" else ENTER)
        elif in_row and self.tabs:
            self._press(terminal, TAB)
        elif asked.way == "ticks" and may_be_empty:
            self._press(terminal, ENTER)
        else:
            self._press(terminal, PASS)

    def _has_rows_left(self, asked: Asked) -> bool:
        return self._rows.get(asked.item["qid"], 0) <= len(self.plan.get(asked.item["qid"]) or ())

    def _labels(self, asked: Asked, key: str) -> Iterator[str]:
        """What an option may be called on the screen: its text, or the id or the name of a row."""
        for option in asked.item.get("alternativ") or self.battery[asked.item["qid"]].get("alternativ") or ():
            if option["id"] == key:
                yield option["text"]
        yield key

    def _choose(self, terminal: Terminal, asked: Asked, *labels: str) -> None:
        number = next((found for label in labels if (found := _number(asked.options, label))), None)
        if number is None:
            self._press(terminal, PASS)
        else:
            self._press_each(terminal, str(number))
            if len(asked.options) > _NUMBER_KEYS and self._still_asks(terminal, asked):
                self._move_to(terminal, number)
                self._press(terminal, ENTER)

    def _tick(self, terminal: Terminal, asked: Asked, keys: list[str]) -> None:
        words = []
        for key in keys:
            numbers = (_number(asked.options, label) for label in self._labels(asked, key))
            number = next(filter(None, numbers), None)
            if number is None:
                words.append(key)
            else:
                self._press_each(terminal, str(number))
                if not self._is_ticked(terminal, number):
                    self._move_to(terminal, number)
                    self._press(terminal, " ")
        self._words = "; ".join(words)
        if words and (own := _number(asked.options, "Annat")):
            self._press(terminal, str(own))
        self._press(terminal, TAB if asked.item["row"] and self.tabs else ENTER)

    def _press_each(self, terminal: Terminal, keys: str) -> None:
        for key in keys:
            self._press(terminal, key)

    def _still_asks(self, terminal: Terminal, asked: Asked) -> bool:
        """Whether a number has not answered: it may be the beginning of a longer one, or only move."""
        return not terminal.ended and self.look(terminal).text == asked.text

    @staticmethod
    def _is_ticked(terminal: Terminal, number: int) -> bool:
        lines = [line for line in terminal.lines() if re.search(rf"[●◉x✓]\s*{number}\. ", line)]
        return bool(lines)

    def _move_to(self, terminal: Terminal, number: int) -> None:
        """Moves to an option with the arrows, from where its number has led."""
        for _ in range(_MOST_MOVES):
            if (at := self._at(terminal)) == number:
                return
            self._press(terminal, DOWN if at is None or at < number else UP)
        raise LookupError("\n".join([f"no way to option {number}:", *terminal.lines()]))

    @staticmethod
    def _at(terminal: Terminal) -> int | None:
        match = _OPTION.match(terminal.lines()[terminal.screen.cursor.y])
        return int(match[1]) if match else None

    def _fill_page(self, terminal: Terminal, asked: Asked, value: Mapping[str, str]) -> None:
        """Answers the statements of a page with digits, from the first to the last."""
        question = self.battery[asked.item["qid"]]
        shown = "\n".join(terminal.lines())
        for statement in (known for known in question["pastaenden"] if not known.get("utgar")):
            label = (
                next(iter(self._labels(asked, value[statement["id"]])), "")
                if statement["id"] in value
                else ""
            )
            digit = re.search(rf"(\d) {re.escape(label)}", shown) if label else None
            self._press(terminal, digit[1] if digit else DOWN)
        self._press(terminal, DONE)


def flat(text: str) -> str:
    """A text with every blank as one."""
    return " ".join(text.split())


def in_words(value: object) -> str:
    """An answer as it is typed."""
    if isinstance(value, list):
        return ("; " if any(isinstance(part, str) for part in value) else ", ").join(map(in_words, value))
    return flat(str(value))


def _number(options: Mapping[int, str], label: str) -> int | None:
    """The number of the option that reads or begins as a label, whatever number it begins with itself."""
    wanted = re.sub(r"^\d+[.)]? +", "", flat(label)).casefold()
    shown = {number: flat(text).casefold() for number, text in options.items()}
    same = [number for number, text in shown.items() if text == wanted]
    begins = [number for number, text in shown.items() if text.startswith((f"{wanted} ", f"{wanted}:"))]
    return next(iter([*same, *begins]), None)


def _options(lines: Sequence[str], way: str) -> tuple[dict[int, str], int]:
    """The options of the list at the bottom of the screen, by number, and the line where they begin."""
    last = max((place for place, line in enumerate(lines) if _OPTION.match(line)), default=None)
    if last is None:
        return {}, len(lines)
    first = last
    while first and (_OPTION.match(lines[first - 1]) or _FURTHER.match(lines[first - 1])):
        first -= 1
    options: dict[int, str] = {}
    number = 0
    for line in lines[first : last + 6 if way != "page" else last + 1]:
        if match := _OPTION.match(line):
            number = int(match[1])
            options[number] = match[2]
        elif number and (further := _FURTHER.match(line)):
            options[number] += f" {further[1]}"
        else:
            break
    return options, first
