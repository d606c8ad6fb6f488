"""The state of a folder's initiatives as a page: what its template may ask for, and the pictures in it."""

from __future__ import annotations

from math import floor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from utbildningsprocess.addresses import DECISION, MEASURES
from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.documents.compose import Document
from utbildningsprocess.documents.fitting import document_text
from utbildningsprocess.documents.kinds import OF_ALL
from utbildningsprocess.documents.text import Safe, as_sentence, first_sentences
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.markdown import PICTURE, page_blocks, plain_line
from utbildningsprocess.pages.page import UNANSWERED, Page
from utbildningsprocess.personal import without_people, without_people_in
from utbildningsprocess.pictures.subjects import bars_of
from utbildningsprocess.plan.cost_sums import KINDS
from utbildningsprocess.plan.cost_words import WHOLE_FROM, example_hour, kronor, least_kronor
from utbildningsprocess.plan.due import DECISION_NEEDED
from utbildningsprocess.plan.reached import GoalState
from utbildningsprocess.steps import STEPS, step_name
from utbildningsprocess.swedish import grouped, joined, with_unit
from utbildningsprocess.work.portfolio.choosing import by_urgency
from utbildningsprocess.work.portfolio.facts import LIVES
from utbildningsprocess.work.portfolio.sums import GOING_ON, Sums, hours_of, spent_of
from utbildningsprocess.work.portfolio.words import insatser, missing_here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from utbildningsprocess.model import Battery
    from utbildningsprocess.pages.figures import Picture
    from utbildningsprocess.settings import Cost
    from utbildningsprocess.work.portfolio.kept import UnreadFile
    from utbildningsprocess.work.portfolio.listing import Listed, Portfolio
    from utbildningsprocess.work.portfolio.sums import LessonOf, MeasuredBy, ToDo, Total
    from utbildningsprocess.work.workspace import Workspace

_FIRST, _FIRST_LATE, _LONGEST_WHY = 5, 8, 200
"""How much to decide and to measure stands first, and of what is late; letters of why nobody is trained."""
_NO_ONE, _NOTHING = "Ansvarig saknas", "–"
_NOT_BEGUN, _UNDECIDED, _NO_LEVEL = "Inte påbörjad", "Inget beslut än", "Utan nivå"
_LIVES = {
    "aktiv": ("aktiv", "aktiva"),
    "vilande": ("vilande", "vilande"),
    "avslutad": ("avslutad", "avslutade"),
    "ersatt": ("ersatt", "ersatta"),
}
_SPENDING = (
    ("Deltagarnas tid", "time"),
    ("Eget arbete med att utbilda och ta fram material", "own_work"),
    ("Köpta tjänster, lokaler och material", "bought"),
    ("Vikarier, det de kostar utöver deltagarnas tid", "beyond"),
)


def state_page(portfolio: Portfolio, workspace: Workspace, template: str, name: str) -> Document:
    """The page about these initiatives. Raises Broken when its template, called `name`, cannot be used."""
    sums = Sums(portfolio.listed, workspace.today)
    pictures = {picture.name: picture for picture in _pictures(sums, workspace.battery) if picture}
    values = without_people_in(_values(sums, portfolio, workspace))
    values["bild"] = _places(pictures)
    text, folder = document_text(OF_ALL, template, name, values), portfolio.folders[0].name
    page = Page(
        kind=OF_ALL.title,
        title=f"insatserna i {folder}",
        head=(("Mapp", folder), ("Gjord", date_in_short(workspace.today))),
        body=page_blocks(text),
        made=workspace.today,
        foot="",
        pictures=pictures,
        organisation=workspace.settings.organisation,
    )
    return Document(OF_ALL, text, page)


def _values(sums: Sums, portfolio: Portfolio, workspace: Workspace) -> dict[str, Any]:
    """What the template may ask for."""
    with_outcomes = sums.with_outcomes
    return {
        "mening": as_sentence,
        "st": _so_many,
        "dag": date_in_short(sums.today),
        "till_och_med": date_in_short(sums.last_ahead),
        "insatser": {
            "antal": len(sums.listed),
            "aktiva": len(sums.active),
            "liv": _lives(sums),
            "rader": _initiatives(sums),
            "var_for_sig": [
                _reached_by(known) for known in sums.listed if known in with_outcomes or known.facts.hours
            ],
        },
        "forsenat": {**_total(sums.late), **_late(sums)},
        "roda": {**_total(sums.red), **_red(sums)},
        "att_besluta": _to_do(sums.to_decide),
        "att_mata": _to_do(sums.to_measure),
        "analys": _analysis(sums),
        "timmar": {**_total(sums.hours), "text": _stated(sums.hours), "storst": _longest(sums.longest)},
        "kostnad": _cost(sums, workspace.settings.cost),
        "mal": _goals(sums, workspace.battery),
        "lardomar": {
            "antal": len(sums.learnt),
            "insatser": len({learnt.initiative.path for learnt in sums.learnt}),
            "rader": [_lesson(learnt) for learnt in sums.told],
        },
        "inte_med": {
            "kopior": [[shown(copy.path), shown(Path(copy.original.name))] for copy in portfolio.copies],
            "olasta": [_unread(file) for file in portfolio.unreadable],
            "saknas": [*missing_here(portfolio)],
            "andra": [shown(path) for path in portfolio.foreign],
        },
    }


def _unread(file: UnreadFile) -> str:
    """A file that is in no sum, and why."""
    lines = joined(str(line) for line, _ in file.faults)
    return f"{shown(file.path)} är skadad på rad {lines}" if lines else file.sentence


def _late(sums: Sums) -> dict[str, Any]:
    """What is late, the longest first: what stands first, and what else there is."""
    rows = [{**_row(to_do), "vem": plain_line(to_do.due.who) or _NO_ONE} for to_do in sums.overdue]
    return {"forst": rows[:_FIRST_LATE], "sedan": rows[_FIRST_LATE:]}


def _red(sums: Sums) -> dict[str, Any]:
    """What the red findings of the active are about, and how many of all initiatives have any."""
    return {
        "vanligast": _most_common(title for known in sums.active for title in known.facts.red_titles),
        "av_alla": sum(known.facts.red > 0 for known in sums.listed),
        "namn": [
            {"insats": known.title, "antal": known.facts.red} for known in sums.listed if known.facts.red
        ],
    }


def _so_many(number: float, one_of_them: str, several: str) -> str:
    return f"{grouped(number)} {one_of_them if number == 1 else several}"


def _total(total: Total) -> dict[str, Any]:
    return {
        "summa": total.amount,
        "raknade": total.counted,
        "saknas": total.silent,
        "minst": total.is_least,
    }


def _lives(sums: Sums) -> str:
    return joined(
        f"{sums.lives[life]} {_LIVES[life][sums.lives[life] != 1]}" for life in LIVES if sums.lives[life]
    )


def _initiatives(sums: Sums) -> list[dict[str, Any]]:
    """Those that go on or rest, the most urgent first, each with its step and what comes next."""
    ongoing = [known for known in sums.listed if known.life in GOING_ON]
    return [_standing(known, sums.today.isoformat()) for known in by_urgency(ongoing, sums.today)]


def _standing(known: Listed, day: str) -> dict[str, Any]:
    facts = known.facts
    due = facts.next_date(day)
    late = ", försenat" if due and due.last < day else ""
    return {
        "insats": known.title,
        "steg": step_name(facts.stage) if facts.stage else _NOT_BEGUN,
        "vilar": known.life == "vilande",
        "processledare": plain_line(facts.leader) or UNANSWERED,
        "nasta": f"{due.spelled}{late}: {plain_line(due.what)}" if due else facts.reason,
        "forsenat": len(facts.overdue(day)),
    }


def _reached_by(known: Listed) -> dict[str, Any]:
    """What one initiative has reached, and what it costs by its plan."""
    facts, hours, spent = known.facts, hours_of([known]), _spent("", spent_of([known], "total"))
    states = [measure.state for measure in facts.measures if measure.state != GoalState.UNMEASURED]
    return {
        "insats": known.title,
        "liv": _LIVES[known.life][0],
        "tid": _stated(hours) if hours.counted else "",
        "kronor": spent["kronor"] if spent["raknade"] else "",
        "matta": len(states),
        "natt": states.count(GoalState.REACHED),
        "jamforda": states.count(GoalState.REACHED) + states.count(GoalState.MISSED),
    }


def _to_do(every: Sequence[ToDo]) -> dict[str, Any]:
    """What is to be done: what to look at first, of what is late the latest, and what else there is."""
    late = [to_do for to_do in every if to_do.is_late]
    coming = [to_do for to_do in every if not to_do.is_late]
    many = min(len(late), max(_FIRST // 2, _FIRST - len(coming)))
    first = [*late[len(late) - many :], *coming[: _FIRST - many]]
    return {
        "antal": len(every),
        "sena": len(late),
        "forst": [_row(to_do) for to_do in first],
        "sedan": [_row(to_do) for to_do in every if to_do not in first],
    }


def _row(to_do: ToDo) -> dict[str, Any]:
    due = to_do.due
    return {
        "nar": due.spelled,
        "sent": to_do.is_late,
        "vad": plain_line(due.what.removeprefix(DECISION_NEEDED)),
        "insats": to_do.initiative.title,
        "vem": plain_line(due.who) or (UNANSWERED if due.what.startswith(DECISION_NEEDED) else _NO_ONE),
    }


# ------------------------------------------------------------ what it came to


def _analysis(sums: Sums) -> dict[str, Any]:
    decided = len(sums.listed) - sums.paths[""]
    chosen = [known.facts for known in sums.without_training]
    return {
        "beslutade": decided,
        "obeslutade": sums.paths[""],
        "utan_utbildning": [
            {
                "insats": known.title,
                "beslut": known.facts.decision,
                "varfor": first_sentences(plain_line(without_people(known.facts.why)), _LONGEST_WHY)
                or UNANSWERED,
            }
            for known in sums.without_training
        ],
        "avslutade": sums.paths["avsluta"],
        "annat": sums.paths["annan_insats"],
        "orsaker": _most_common(cause for facts in chosen for cause in facts.causes),
        "utan_orsak": sum(not facts.causes for facts in chosen),
    }


def _most_common(names: Iterable[str]) -> list[tuple[str, int]]:
    """Each name with how often it occurs, the most common first, then as they came."""
    many: dict[str, int] = {}
    for name in names:
        many[name] = many.get(name, 0) + 1
    return sorted(many.items(), key=lambda item: -item[1])


def _stated(hours: Total) -> str:
    """So many hours, rounded down where they are the least it can be."""
    return f"minst {_hours(floor(hours.amount))}" if hours.is_least else _hours(hours.amount)


def _hours(hours: float) -> str:
    return with_unit(round(hours, 0 if hours >= WHOLE_FROM else 1), "timmar")


def _longest(known: Listed | None) -> dict[str, str]:
    """The initiative with the most hours; nothing where none has more than another."""
    return {"insats": known.title, "text": _stated(hours_of([known]))} if known else {}


def _cost(sums: Sums, cost: Cost) -> dict[str, Any]:
    return {
        "rader": [_spent(name, sums.spent(kind)) for name, kind in _SPENDING],
        "i_allt": _spent("I allt", sums.spent("total")),
        "ny_utgift": _spent("Varav ny utgift: vikarier och det som köps", sums.spent("new")),
        "exempelvarde": example_hour(cost),
        "andra": _beside(sums),
        "avslutade": _ended(sums.ended),
    }


def _spent(name: str, total: Total) -> dict[str, Any]:
    said = (least_kronor if total.is_least else kronor)(total.amount)
    return {"namn": name, "kronor": said if total.counted else UNANSWERED, **_total(total)}


def _ended(ended: Sequence[Listed]) -> dict[str, Any]:
    """What the plans of those that have ended come to."""
    hours, total = hours_of(ended), _spent("I allt", spent_of(ended, "total"))
    return {
        "antal": len(ended),
        "timmar": _stated(hours),
        "raknade": hours.counted,
        "kronor": total["kronor"],
    }


def _beside(sums: Sums) -> dict[str, Any]:
    hours = sum(cost.hours for cost in sums.beside)
    amount = sum(cost.kronor for cost in sums.beside)
    return {
        "insatser": len(sums.beside),
        "sagt": joined(filter(None, (_hours(hours) if hours else "", kronor(amount) if amount else ""))),
        "utan_svar": sum(cost.unsaid for cost in sums.beside),
    }


def _goals(sums: Sums, battery: Battery) -> dict[str, Any]:
    reached = sums.goals[GoalState.REACHED]
    return {
        "antal": sums.goals.total(),
        "matta": _total(sums.measuring),
        "natt": reached,
        "jamforda": reached + sums.goals[GoalState.MISSED],
        "nivaer": _levels(sums, battery),
        "rader": [_measured(measured) for measured in sums.measured],
    }


def _levels(sums: Sums, battery: Battery) -> list[dict[str, Any]]:
    question = battery.question(MEASURES)
    return [
        {
            "namn": (question.field("niva").label(level.id) if question else level.id)
            if level.id
            else _NO_LEVEL,
            "insatser": level.initiatives,
            "antal": level.states.total(),
            "matta": level.measured,
            "natt": level.states[GoalState.REACHED],
            "inte_natt": level.states[GoalState.MISSED],
            "gar_inte": level.states[GoalState.INCOMPARABLE],
        }
        for level in sums.levels
    ]


def _measured(measured: MeasuredBy) -> dict[str, str]:
    measure = measured.measure
    return {
        "insats": measured.initiative.title,
        "matt": plain_line(measure.name),
        "fore": plain_line(measure.before) or _NOTHING,
        "mal": plain_line(measure.goal) or _NOTHING,
        "utfall": plain_line(measure.outcome),
        "natt": GoalState(measure.state).capitalize(),
    }


def _lesson(learnt: LessonOf) -> dict[str, str]:
    lesson = learnt.lesson
    return {
        "typ": lesson.sort,
        "text": plain_line(lesson.text),
        "galler": plain_line(lesson.concerns),
        "insats": learnt.initiative.title,
    }


# ---------------------------------------------------------------- pictures


def _places(pictures: Mapping[str, Picture]) -> dict[str, Safe]:
    """Where the template puts a picture; empty where there is nothing to draw."""
    names = ("steg", "vagar", "balans", "mal")
    return {name: Safe(f"```{PICTURE}\n{name}\n```" if name in pictures else "") for name in names}


def _pictures(sums: Sums, battery: Battery) -> Iterable[Picture | None]:
    steps = {step.name: sums.steps[step.id] for step in STEPS}
    if sums.steps[""]:
        steps[_NOT_BEGUN] = sums.steps[""]
    yield _counts("steg", "Aktiva insatser efter det steg de har kommit till", steps, insatser)
    question = battery.question(DECISION)
    paths = {option.label: sums.paths[option.id] for option in (question.options if question else ())}
    if sums.paths[""]:
        paths[_UNDECIDED] = sums.paths[""]
    yield _counts("vagar", "Beslutet efter analysen, i alla insatser", paths, insatser)
    goals = {state.capitalize(): sums.goals[state] for state in GoalState}
    yield _counts("mal", "Måtten och deras mål, i alla insatser", goals, lambda number: f"{number} mått")
    yield bars_of("balans", "Planerade timmar i aktiviteter, i aktiva insatser", _kinds_of_learning(sums))


def _counts(name: str, title: str, counts: Mapping[str, int], said: Callable[[int], str]) -> Picture | None:
    """How many there are of each; None where there are none at all."""
    bars = [(label, float(number), said(number)) for label, number in counts.items()]
    return bars_of(name, title, bars) if any(counts.values()) else None


def _kinds_of_learning(sums: Sums) -> list[tuple[str, float, str]]:
    learning = sums.learning._asdict()
    whole = sum(learning.values())
    return [
        (KINDS[kind].capitalize(), hours, f"{_hours(hours)}, {round(100 * hours / whole)} %")
        for kind, hours in learning.items()
        if whole and (hours or kind != "unsorted")
    ]
