"""The learning objects: Markdown texts with a head -> Methods, found by stage, question or a near word.

A text is a head between two lines of `---`, in YAML with the keys titel, steg, fragor and amnesord,
and under it the body in Markdown. Its file name is a number and a name: `07-rod-trad.md`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from math import ceil
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic import Field as Key

from utbildningsprocess.data_files.sentences import Wording
from utbildningsprocess.data_files.strict import DataFile, StrictModel, faultless, not_filled_in
from utbildningsprocess.steps import STEP_IDS
from utbildningsprocess.swedish import did_you_mean, fold, nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from utbildningsprocess.model import Battery, Question, Stage

_LONG = 5
"""Letters: a shorter part, as ”fore”, stands inside too many words by chance."""
_NEAR = 0.75
"""How alike two words must be, by difflib's ratio, to be taken for the same."""
_FILE = re.compile(r"(\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)\.md")
_FENCE = "---"
_SOURCES = "\n## Källor"
_WORDS_A_MINUTE = 200
"""A calm pace, and our own estimate."""
_HEADING = re.compile(r"^#+ ")
_BEGINS = re.compile(r"^\s*(?:#+ |[-*] |\d+\. )")
_EMPHASIS = re.compile(r"\*+([^*\n]+)\*+")


@dataclass(frozen=True)
class Method:
    """One learning object: what it is called, where it belongs and what it says."""

    name: str
    """The file's name without number and ending: `rod-trad`."""
    number: int
    title: str
    stages: tuple[str, ...]
    questions: tuple[str, ...]
    """The addresses of the questions it explains."""
    keywords: tuple[str, ...]
    body: str
    """The Markdown under the head."""

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.number:02}-{self.name}.md"

    @property
    def minutes(self) -> int:
        """About how long it takes to read, without its sources."""
        return ceil(len(self.body.partition(_SOURCES)[0].split()) / _WORDS_A_MINUTE)


# ----------------------------------------------------------- texts -> methods


def _known_step(step: str) -> str:
    if step not in STEP_IDS:
        hint = did_you_mean(step, STEP_IDS) or f"Stegen är: {', '.join(STEP_IDS)}."
        raise ValueError(f"steget ”{step}” finns inte. {hint}")
    return step


_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Step = Annotated[str, AfterValidator(_known_step)]


class _Head(StrictModel):
    title: _Text = Key(alias="titel")
    stages: tuple[_Step, ...] = Key(alias="steg", min_length=1)
    questions: tuple[_Text, ...] = Key(alias="fragor", min_length=1)
    keywords: tuple[_Text, ...] = Key(alias="amnesord", min_length=1)


_KEYS = ", ".join(str(field.alias) for field in _Head.model_fields.values())
_WORDING = Wording(
    unknown_key="nyckeln ”{key}” finns inte.",
    no_value="är tom. Skriv ett värde.",
    expected={"string_type": "text"},
    advice={
        "string_type": "Sätt citattecken om värdet.",
        "tuple_type": "Sätt [ ] om värdena och kommatecken mellan dem.",
    },
)


def load_methods(texts: Mapping[str, str]) -> tuple[Method, ...]:
    """The learning objects in the texts, by file name; in the order of their numbers.

    Raises Broken with every error of every file, a line each: `fil:rad: vad. Menade du …?`
    """
    files = {name: DataFile(name, _WORDING) for name in texts}
    methods = [method for name, text in texts.items() if (method := _method(files[name], text))]
    return tuple(sorted(faultless(methods, *files.values()), key=lambda method: (method.number, method.name)))


def _method(file: DataFile, text: str) -> Method | None:
    named = _FILE.fullmatch(file.name)
    if not named:
        file.fault_on_line(1, "filen ska heta två siffror och ett namn, till exempel 07-rod-trad.md.")
        return None
    head_text, body = _divided(file, text)
    mapping = file.mapping(head_text, f"huvudet ska ha nycklarna {_KEYS}.") if body else None
    if mapping is None:
        return None
    for number, line in enumerate(text.splitlines(), 1):
        for sentence in not_filled_in(line):
            file.fault_on_line(number, sentence)
    head = file.validated(_Head, mapping)
    if head is None:
        return None
    return Method(named[2], int(named[1]), head.title, head.stages, head.questions, head.keywords, body)


def _divided(file: DataFile, text: str) -> tuple[str, str]:
    """The head and the body, which is empty when something is wrong with how they are divided.

    The head keeps an empty line for its fence, so that its lines count right.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    fences = [place for place, line in enumerate(lines) if line.rstrip() == _FENCE]
    if fences[:1] != [0]:
        file.fault_on_line(1, f"huvudet saknas. Börja filen med {_FENCE} och nycklarna {_KEYS}.")
        return "", ""
    if len(fences) == 1:
        file.fault_on_line(1, f"huvudet tar aldrig slut. Skriv {_FENCE} på en egen rad efter nycklarna.")
        return "", ""
    body = nfc("\n".join(lines[fences[1] + 1 :]).strip())
    if not body:
        file.fault_on_line(fences[1] + 1, "texten saknas. Skriv den under huvudet.")
    return "\n".join(["", *lines[1 : fences[1]]]), body


def unknown_questions(methods: Iterable[Method], battery: Battery) -> list[str]:
    """A sentence for each question that a learning object names and the battery lacks."""
    known = [question.qid for question in battery.questions()]
    return [
        f"metoder/{method.file}: frågan ”{qid}” finns inte. {did_you_mean(qid, known)}".rstrip()
        for method in methods
        for qid in method.questions
        if battery.known(qid) is None
    ]


def asked_about(methods: Sequence[Method], battery: Battery) -> tuple[Method, ...]:
    """The learning objects without the questions that are not asked here; none all of whose are gone."""
    kept = [replace(method, questions=tuple(filter(battery.asks, method.questions))) for method in methods]
    return tuple(new for old, new in zip(methods, kept, strict=True) if new.questions or not old.questions)


# ---------------------------------------------------------- finding a method


def find_method(methods: Iterable[Method], wanted: str) -> tuple[Method, ...]:
    """The learning objects a person means, best first; none when nothing is near.

    A whole name, title or keyword settles it; else a part of one; else words spelt almost alike.
    Case, diacritics, blanks and hyphens make no difference.
    """
    methods, key = tuple(methods), _key(wanted)
    if not key:
        return ()
    return _exact(methods, key) or _containing(methods, _words(wanted)) or _near(methods, _words(wanted))


def _exact(methods: tuple[Method, ...], key: str) -> tuple[Method, ...]:
    titled = [method for method in methods if key in (_key(method.name), _key(method.title))]
    tagged = [method for method in methods if key in map(_key, method.keywords)]
    return tuple(dict.fromkeys([*titled, *tagged]))


def _containing(methods: tuple[Method, ...], words: list[str]) -> tuple[Method, ...]:
    titled = [method for method in methods if _stand_in(words, method.title)]
    tagged = [method for method in methods if any(_stand_in(words, word) for word in method.keywords)]
    return tuple(dict.fromkeys([*titled, *tagged]))


def _stand_in(words: list[str], text: str) -> bool:
    """Whether the words begin some words of the text; long ones may stand anywhere in it."""
    key = "".join(words)
    begin = f" {' '.join(words)}" in f" {' '.join(_words(text))}"
    return begin or (len(key) >= _LONG and key in _key(text))


def _near(methods: tuple[Method, ...], words: list[str]) -> tuple[Method, ...]:
    likeness = {method: _likeness(method, words) for method in methods}
    near = [method for method in methods if likeness[method] >= _NEAR]
    return tuple(sorted(near, key=lambda method: -likeness[method]))


def _likeness(method: Method, words: list[str]) -> float:
    """How near the word furthest from the method's own words is."""
    known = _words(" ".join([method.title, *method.keywords]))
    return min(max(SequenceMatcher(None, word, own).ratio() for own in known) for word in words)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(text))


def _key(text: str) -> str:
    return "".join(_words(text))


def method_for(methods: Iterable[Method], qid: str) -> Method | None:
    """The learning object that explains a question, or None."""
    return next((method for method in methods if qid in method.questions), None)


def reading_order(methods: Iterable[Method], stage: Stage) -> dict[Method, tuple[Question, ...]]:
    """The learning objects of a stage in the order to read them, each with the questions there it explains.

    The order is that of the core questions everybody is asked, then that of the others; those that explain
    none come last.
    """
    order = sorted(stage.questions, key=lambda question: not question.core or bool(question.relevant_if))
    explained = {
        method: tuple(question for question in stage.questions if question.qid in method.questions)
        for method in methods
        if stage.id in method.stages
    }

    def first(method: Method) -> int:
        return min(map(order.index, explained[method]), default=len(order))

    return {method: explained[method] for method in sorted(explained, key=first)}


# -------------------------------------------------------------------- showing


def method_markdown(method: Method, contact: str, library: str) -> str:
    """The learning object as Markdown to show, with where there is help and more to read."""
    places = {"Kontakt": contact, "Resursbibliotek": library}
    help_lines = [f"- {label}: {value}" for label, value in places.items() if value]
    more = ["## Hjälp och mer läsning", "\n".join(help_lines)] if help_lines else []
    return "\n\n".join([f"# {method.title}", method.body, *more]) + "\n"


def in_plain_text(markdown: str) -> str:
    """A method's Markdown for a face that shows plain lines: one for each paragraph, heading or point."""
    lines: list[str] = []
    for line in markdown.split("\n"):
        begins = not line.strip() or _BEGINS.match(line) or not lines or not lines[-1].strip()
        if begins or _HEADING.match(lines[-1]):
            lines.append(line)
        else:
            lines[-1] += f" {line.strip()}"
    return "\n".join(_EMPHASIS.sub(r"\1", _HEADING.sub("", line)) for line in lines)
