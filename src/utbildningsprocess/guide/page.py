"""The page: the open questions of a stage, who can answer them, help beside them, and room for answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from utbildningsprocess.answers.conditions import is_asked, may_apply
from utbildningsprocess.answers.kinds import handling
from utbildningsprocess.answers.rows import choices, given_rows, new_row_id, prefilled
from utbildningsprocess.dossier.document import title_line
from utbildningsprocess.dossier.encoding import encode
from utbildningsprocess.dossier.guide_mark import GuideMark, printed_line
from utbildningsprocess.dossier.markers import DOSSIER_FORMAT
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.model import Given, Kind, Row, Skipped, Unfit, Unknown, given_value
from utbildningsprocess.swedish import clean_line, did_you_mean, fold, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from utbildningsprocess.model import Answer, AnswerSheet, Battery, GroupField, Item, Question, Role, Stage

ROLES: Mapping[Role, str] = {
    "bestallare": "beställare",
    "chef": "chef",
    "medarbetare": "medarbetare",
    "esther": "Esther",
    "processledare": "processledare",
}
"""The roles of a battery, and their names on a page."""
_EMPTY_ROWS = 2
UNMARKED = "…"
_INSTRUCTIONS = """\
Det här är de frågor i {stage} som väntar på svar{chosen}. Ta dem i den ordning som passar, och skriv svaren \
i filen med en texteditor: under varje fråga, mellan de två rader som börjar med `<!--`. \
Raderna som börjar med `>` är hjälp.

Lämna tomt det ni inte pratar om. Vet ni inte än: skriv `Vet inte än:` och vem som kan veta. \
Skriv roller i stället för namn, och ingenting om verkliga personer.

Spara filen och läs in svaren i dossiern, med filens namn i stället för FIL:

```
{command}
```"""


class Agenda(NamedTuple):
    """What a talk is about: the questions to ask, and the answers known so far."""

    sheet: AnswerSheet
    questions: tuple[Question, ...]


def parse_role(text: str, battery: Battery) -> Role:
    """The role a person means, in any case and spelling. Raises WrongUse with a suggestion."""
    wanted = fold(text)
    names = [role_name(role, battery) for role in ROLES]
    for role, name in zip(ROLES, names, strict=True):
        if wanted in (role, fold(name)):
            return role
    hint = did_you_mean(text, names) or f"Rollerna är: {', '.join(names)}."
    raise WrongUse(f"Rollen ”{text}” finns inte. {hint}")


def role_name(role: Role, battery: Battery) -> str:
    """What a role is called where the questions of a battery are asked."""
    return battery.esther if role == "esther" else ROLES[role]


def with_article(role: Role, battery: Battery) -> str:
    """The role in a sentence: en chef, Esther."""
    name = role_name(role, battery)
    return name if role == "esther" else f"en {name}"


def open_questions(sheet: AnswerSheet, stage: Stage, who: Role | None = None) -> tuple[Question, ...]:
    """The relevant questions that wait for an answer, those a role can answer when one is named."""
    return tuple(question for question in waiting(sheet, stage, who) if is_asked(question, sheet))


def waiting(sheet: AnswerSheet, stage: Stage, who: Role | None) -> Iterator[Question]:
    """The questions that wait for an answer or may come to do so, those a role can answer."""
    for question in stage.questions:
        if _waits(question, sheet) and (who is None or not question.who or who in question.who):
            yield question


def _waits(question: Question, sheet: AnswerSheet) -> bool:
    answer = sheet.answers.get(question.qid)
    match answer:
        case Unknown() | Unfit() | None:
            return True
        case Given(value) if isinstance(value, dict):
            return any(statement.id not in value for statement in question.asked_statements)
        case Given():
            return bool(_half_rows(question, Agenda(sheet, ())))
        case Skipped():
            return False
        case _:
            assert_never(answer)


def _half_rows(question: Question, agenda: Agenda) -> tuple[Row, ...]:
    """The rows of the dossier that lack some field, when one of them lacks half of those it can have.

    Many a field is left empty because it has nothing to say: one that is missing is no reason to ask.
    """
    rows = [row for row in given_rows(agenda.sheet.answers, question.qid) if not row.unfit]
    asked = {row.id: [field for field in _fields(question, agenda, row) if not field.late] for row in rows}
    lacks = {row.id: sum(_is_lacking(row, field) for field in asked[row.id]) for row in rows}
    is_half = any(2 * lacking >= len(asked[row_id]) > 0 for row_id, lacking in lacks.items())
    return tuple(row for row in rows if lacks[row.id]) if is_half else ()


def guide(  # noqa: PLR0913  what a page says
    title: str,
    stage: Stage,
    sheet: AnswerSheet,
    *,
    who: Role | None = None,
    command: str,
    identity: str = "",
) -> str:
    """A page with markers as in a dossier: each open question with its help, and room for the answer.

    `command` is what reads the page back when it is filled in, `identity` the letters of its initiative.
    """
    agenda = Agenda(sheet, open_questions(sheet, stage, who))
    if not agenda.questions:
        return nothing_open(stage, who, sheet.battery)
    chosen = f", utvalda för ett samtal med {with_article(who, sheet.battery)}" if who else ""
    mark = GuideMark(identity, stage.id, _named_rows(agenda))
    paragraphs = [
        f"<!-- utb:dossier {DOSSIER_FORMAT} -->\n{mark.written()}",
        title_line(f"Samtal om {stage.title}: {title}"),
        _INSTRUCTIONS.format(stage=stage.title, chosen=chosen, command=command),
        f"## {stage.title}",
        stage.purpose,
        *(_section(question, agenda) for question in agenda.questions),
    ]
    text = "\n\n".join(filter(None, paragraphs))
    return f"{text}\n\n{printed_line(text)}"


def _named_rows(agenda: Agenda) -> dict[str, str]:
    """The rows that the questions can point at, by group: one that comes later is another."""
    items = [item for question in agenda.questions for item in (question, *question.fields)]
    groups = dict.fromkeys(qid for item in items for qid in item.points_at)
    rows = {qid: given_rows(agenda.sheet.answers, qid) for qid in groups}
    return {qid: ",".join(row.id for row in rows[qid]) for qid in groups if rows[qid]}


def nothing_open(stage: Stage, who: Role | None, battery: Battery) -> str:
    """The sentence on a page for which no question waits."""
    if who:
        return f"Ingen fråga i {stage.title} väntar på svar från {with_article(who, battery)}."
    return f"Ingen fråga i {stage.title} väntar på svar: alla är besvarade eller hoppade över."


def _section(question: Question, agenda: Agenda) -> str:
    opening, closing = f"<!-- utb:{question.qid} -->", f"<!-- /utb:{question.qid} -->"
    parts = [
        f"### {question.text}",
        help_of(question, agenda, _how(question, agenda)),
        opening,
        _form(question, agenda),
        closing,
    ]
    return "\n\n".join(parts)


# ---------------------------------------------------------------------- help


def help_of(question: Question, agenda: Agenda, how: str) -> str:
    """The help of a question and how to answer it, as a quotation: that is never read as an answer."""
    named = ", ".join(role_name(role, agenda.sheet.battery) for role in question.who) or "alla"
    paragraphs = [
        clean_line(question.help),
        _so_far(agenda.sheet.answers.get(question.qid)),
        f"Kan besvaras av: {named}. {how}".strip(),
        _notes(question, agenda),
        f"Följdfrågor: {' '.join(question.follow_ups)}" if question.follow_ups else "",
    ]
    lines = "\n\n".join(filter(None, paragraphs)).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _so_far(answer: Answer | None) -> str:
    """What the dossier says of a question without a usable answer; nothing when it says nothing."""
    match answer:
        case Unknown(who):
            return f"Vet inte än, enligt dossiern. {clean_line(who)}".strip()
        case Unfit(text):
            return f"I dossiern står något som inte går att läsa som svar: ”{clean_line(text)}”"
        case Given():
            return "Det som redan står i dossiern är ifyllt."
        case Skipped() | None:
            return ""
        case _:
            assert_never(answer)


def _how(question: Question, agenda: Agenda) -> str:
    """How to answer a question on the page."""
    if question.kind is Kind.GROUP:
        return _more_rows(question, agenda)
    on_page = handling(question.kind).on_page
    return on_page(question) if on_page else how_to_write(question, agenda)


def _more_rows(question: Question, agenda: Agenda) -> str:
    if question.most_rows == 1:
        return ""
    if not question.row_prefix:
        return "Behövs fler: kopiera en rubrik med sina punkter."
    new = 0 if given_rows(agenda.sheet.answers, question.qid) else len(_rows(question, agenda))
    following = _numbered(question, agenda, new)
    return f"Behövs fler: kopiera en rubrik med sina punkter och ge den nästa nummer, {following}."


def _notes(question: Question, agenda: Agenda) -> str:
    """What the alternatives of a choice or the fields of a group want said, one point each."""
    notes = [(option.label, clean_line(option.help)) for option in question.offered]
    notes += [
        (field.text, f"{clean_line(field.help)} {how_to_write(field, agenda)}")
        for field in question.fields
        if any(field in _fields(question, agenda, row) for row in _rows(question, agenda))
    ]
    return "\n".join(f"- {text.rstrip(':?')}: {note.strip()}" for text, note in notes if note.strip())


def how_to_write(item: Item, agenda: Agenda) -> str:
    """How to write the value of a field, or of a question without boxes; nothing for free text."""
    return _pointing(item, agenda) if item.kind.is_reference else handling(item.kind).in_field(item)


def _pointing(item: Item, agenda: Agenda) -> str:
    """What a reference can say; nothing when there is nothing to point at."""
    known = [_named(key, label) for key, label in choices(item, agenda.sheet)]
    groups = [question for question in agenda.questions if question.qid in item.points_at]
    coming = [f"en rad i ”{group.text}”{_for_example(group, agenda)}" for group in groups]
    if not known and not coming:
        return ""
    return f"{handling(item.kind).in_field(item)}: {' / '.join([*known, *coming])}"


def _for_example(question: Question, agenda: Agenda) -> str:
    return f", till exempel {_numbered(question, agenda, 0)}" if question.row_prefix else ""


def _named(key: str, label: str) -> str:
    """A row to point at: what to write, and after it what the row says."""
    short = shortened(label.removeprefix(key), 50)
    return f"{key} = {short}" if short else key


# ---------------------------------------------------------------------- room


def _form(question: Question, agenda: Agenda) -> str:
    """What stands between the markers, to be filled in."""
    match question.kind:
        case Kind.CHOICE | Kind.MULTIPLE:
            return boxes(option.label for option in question.offered)
        case Kind.YES_NO:
            return boxes(("Ja", "Nej"))
        case Kind.STATEMENTS:
            given = statements_given(question, agenda).items()
            marks = {key: question.label(option) for key, option in given}
            return "\n".join(
                f"- **{marks.get(statement.id, UNMARKED)}:** {statement.text}"
                for statement in question.asked_statements
            )
        case Kind.GROUP:
            return rows_to_fill(question, agenda, "####", lambda field: f"- **{field.name}:**")
        case Kind.TEXT | Kind.LONG_TEXT | Kind.NUMBER | Kind.DATE | Kind.TIME_SPAN:
            return ""
        case Kind.LIST | Kind.REFERENCE | Kind.REFERENCES | Kind.MEASURE:
            return ""
        case _:
            assert_never(question.kind)


def statements_given(question: Question, agenda: Agenda) -> dict[str, str]:
    """The option that the dossier has for each statement it answers."""
    value = given_value(agenda.sheet.answers.get(question.qid))
    return value if isinstance(value, dict) else {}


def boxes(labels: Iterable[str]) -> str:
    """A box to tick for each label."""
    return "\n".join(f"- [ ] {label}" for label in labels)


def rows_to_fill(question: Question, agenda: Agenda, marks: str, line: Callable[[GroupField], str]) -> str:
    """The rows of a group under their headings, each with the fields it has, and a line for each it lacks."""
    rows = []
    for row in _rows(question, agenda):
        name = row.id if question.row_prefix else f"{question.row_name.capitalize()} {row.id}"
        values = {key: value for key, value in row.values.items() if value != ""}
        said = Row(row.id, values, {}, row.unknown)
        given = encode(question, Given((said,))).removeprefix(f"#### {row.id}").strip()
        fields = _fields(question, agenda, row)
        lacking = [line(field) for field in fields if _is_lacking(row, field)]
        rows.append(f"{marks} {name}\n\n" + "\n".join(filter(None, [given, *lacking])))
    return "\n\n".join(rows)


def _is_lacking(row: Row, field: GroupField) -> bool:
    """Whether a row says nothing of a field, not even that nobody knows."""
    return row.values.get(field.id, "") == "" and field.id not in row.unknown


def _fields(question: Question, agenda: Agenda, row: Row) -> list[GroupField]:
    """The fields of a row that can be answered: a reference with nothing to point at cannot."""
    return [
        field
        for field in question.fields
        if not field.kind.is_reference or _pointing(field, agenda)
        if not _is_lacking(row, field) or may_apply(field, row, agenda.sheet)
    ]


def _rows(question: Question, agenda: Agenda) -> tuple[Row, ...]:
    """The rows to fill in: the dossier's that lack something, those prefilled, or a couple of new ones."""
    if half := _half_rows(question, agenda):
        return half
    number = min(_EMPTY_ROWS, question.most_rows or _EMPTY_ROWS)
    new = tuple(Row(_numbered(question, agenda, place), {}) for place in range(number))
    return prefilled(question, agenda.sheet) or new


def _numbered(question: Question, agenda: Agenda, place: int) -> str:
    """The id of the new row at a place, from 0."""
    first = new_row_id(question, agenda.sheet)
    number = int(first.removeprefix(question.row_prefix)) + place
    return f"{question.row_prefix}{number}"
