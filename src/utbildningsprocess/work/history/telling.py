"""A record told by initiative and day: what was done and by whom, as text, as Markdown or as JSON."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, assert_never

from utbildningsprocess.addresses import INITIATIVE_TITLE
from utbildningsprocess.answers.accept import plain_value
from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.diagnosis.words import filled
from utbildningsprocess.dossier.alterations import ORDER
from utbildningsprocess.errors import TO_COPY
from utbildningsprocess.files.glance import ARCHIVE_FOLDER
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.markdown import escaped
from utbildningsprocess.model import Given, Skipped, Unfit, Unknown
from utbildningsprocess.personal import without_people, without_people_in
from utbildningsprocess.swedish import in_quotation_marks, joined, visible_json
from utbildningsprocess.work.history.choosing import DECIDING
from utbildningsprocess.work.history.wording import SHORT, UNCUT, item_at, kept_sentence, sentence, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.dossier.alterations import Alteration
    from utbildningsprocess.files.git_log import Commit
    from utbildningsprocess.model import Answer, Battery
    from utbildningsprocess.work.history.choosing import Selection
    from utbildningsprocess.work.history.deeds import RecordedDeed
    from utbildningsprocess.work.history.record import Record

HISTORY_FORMAT = 1
UNCOMMITTED = "Inte sparat i git än"
_MOST = 10
"""Answers of one change that are told where nobody has asked for all; of more only the first few."""
_FIRST = 5


class Entry(NamedTuple):
    """What was done at once: when and by whom, and what, in sentences."""

    head: str
    sentences: tuple[str, ...]
    leaves_out: bool = False
    """Whether more was done than the sentences say."""


class Chapter(NamedTuple):
    """What became of one initiative."""

    title: str
    path: str
    entries: tuple[Entry, ...]


def chapters(record: Record, choice: Selection, *, whole: bool = False) -> list[Chapter]:
    """The chosen deeds of each initiative; `whole` leaves none of them out. One question is told in full."""
    return [
        Chapter(
            *called_last(record, deeds), tuple(_entry(record, deed, choice, whole=whole) for deed in chosen)
        )
        for deeds in record.by_initiative()
        if (chosen := choice.chosen(deeds, record.workspace.today))
    ]


def called_last(record: Record, deeds: Sequence[RecordedDeed]) -> tuple[str, str]:
    """What an initiative is called at last, and where its file lies or lay."""
    path = deeds[-1].new_path or deeds[-1].old_path
    editions = [edition for deed in deeds for edition in (deed.before, deed.after) if edition]
    title = editions[-1].title if editions else ""
    return without_people(title or PurePosixPath(path).stem), without_people(shown(record.top / path))


def head(deed: RecordedDeed) -> str:
    """When it was done, and by whom."""
    commit = deed.commit
    return f"{date_in_short(commit.day)}, {by_whom(commit)}" if commit else UNCOMMITTED


def by_whom(commit: Commit) -> str:
    """Who wrote a change, and with whom."""
    with_others = f" med {joined(map(without_people, commit.others))}" if commit.others else ""
    merging = " (sammanslagning)" if commit.is_merge else ""
    return f"{without_people(commit.author)}{with_others}{merging}"


def _entry(record: Record, deed: RecordedDeed, choice: Selection, *, whole: bool) -> Entry:
    battery = record.workspace.battery
    whole = whole or len(choice.qids) == 1
    longest = UNCUT if whole else SHORT
    unsaid = () if deed.old_path else (INITIATIVE_TITLE,)
    altered = [alteration for alteration in deed.altered if alteration.place.qid not in unsaid]
    first = altered if whole else _first(altered)
    sentences = [
        *([] if choice.qids else of_file(deed)),
        *told(battery, first, longest),
        *(kept_sentence(battery, alteration, longest) for alteration in deed.kept),
    ]
    if left := len(_counted_as(altered)) - len(_counted_as(first)):
        sentences.append(f"Och {left} svar till.")
        return Entry(f"{head(deed)}: {_stages(battery, altered)}", tuple(sentences), leaves_out=True)
    return Entry(head(deed), tuple(sentences))


def _stages(battery: Battery, altered: Sequence[Alteration]) -> str:
    """The stages that were answered at once, and how many answers it was."""
    questions = filter(None, (battery.question(alteration.place.qid) for alteration in altered))
    names = list(dict.fromkeys(battery.stage(question.stage).title for question in questions))
    stages = f"{'steget' if len(names) == 1 else 'stegen'} {joined(names)}, " if names else ""
    return f"{stages}{len(_counted_as(altered))} svar"


def _counted_as(altered: Sequence[Alteration]) -> dict[str, None]:
    """The answers that alterations are of, in their order: the statements of a question count as one."""
    places = (alteration.place for alteration in altered)
    return dict.fromkeys(place.qid if place.part and not place.row else str(place) for place in places)


def _first(altered: Sequence[Alteration]) -> list[Alteration]:
    """All where they are few, else the first of them and every decision."""
    counted = list(_counted_as(altered))
    few = {*(counted if len(counted) <= _MOST else counted[:_FIRST])}
    return [
        alteration
        for alteration in altered
        if alteration.place.qid in DECIDING or not few.isdisjoint(_counted_as([alteration]))
    ]


def of_file(deed: RecordedDeed) -> Iterator[str]:
    """What became of the file, in sentences."""
    if deed.fault:
        when = f"gick inte att läsa i ändringen {deed.commit.short}" if deed.commit else "går inte att läsa"
        yield f"Dossiern {when}: {without_people(deed.fault)}"
    if deed.is_removal:
        yield "Dossiern togs bort."
    elif not deed.old_path and not deed.fault:
        title = deed.after.title if deed.after else ""
        yield f"Insatsen {in_quotation_marks(without_people(title), UNCUT)} lades till."
    elif deed.moved:
        old, new = PurePosixPath(deed.old_path), PurePosixPath(deed.new_path)
        if ARCHIVE_FOLDER in (new.parent.name, old.parent.name) and old.parent != new.parent:
            put_away = new.parent.name == ARCHIVE_FOLDER
            yield "Insatsen lades i arkivet." if put_away else "Insatsen togs tillbaka ur arkivet."
        if old.name != new.name:
            yield without_people(f"Filen bytte namn från {old.name} till {new.name}.")
        elif ARCHIVE_FOLDER not in (new.parent.name, old.parent.name):
            yield without_people(f"Filen flyttades från {old.parent} till {new.parent}.")


# ------------------------------------------------------------------- formats


def where_it_begins(record: Record) -> str:
    """That the clone has no more, and how to fetch it; empty for a whole one."""
    if record.begins is None:
        return ""
    day = date_in_short(record.begins)
    return f"Historiken börjar {day}: klonen är grund. Hämta resten med:{TO_COPY}git fetch --unshallow"


def chapters_as_text(said: Sequence[Chapter], before: str, width: int) -> str:
    """The chapters for a terminal of some width."""
    lines = [filled(line, width) for line in before.split("\n")]
    blocks = ["\n".join(lines)] if before else []
    for chapter in said:
        blocks.append("\n".join([*filled(chapter.title, width).split("\n"), chapter.path]))
        for entry in chapter.entries:
            lines = [filled(entry.head, width), *(filled(f"- {line}", width) for line in entry.sentences)]
            blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def chapters_as_markdown(said: Sequence[Chapter], before: str) -> str:
    """The chapters as Markdown, to be pasted where others read them."""
    blocks = [escaped(before)] if before else []
    for chapter in said:
        blocks.append(f"## {escaped(chapter.title)}")
        for entry in chapter.entries:
            points = "\n".join(f"- {escaped(line)}" for line in entry.sentences)
            blocks.append(f"**{escaped(entry.head)}**\n\n{points}")
    return "\n\n".join(blocks)


def record_as_json(record: Record, choice: Selection) -> str:
    """Every chosen alteration as data, a list for each initiative."""
    initiatives = []
    for deeds in record.by_initiative():
        if chosen := choice.chosen(deeds, record.workspace.today):
            title, path = called_last(record, deeds)
            name = PurePosixPath(deeds[-1].new_path or deeds[-1].old_path).stem
            events = [event for deed in chosen for event in _events(record.workspace.battery, deed, choice)]
            initiatives.append(
                {"insats": without_people(name), "titel": title, "fil": path, "andringar": events}
            )
    begins = str(record.begins) if record.begins else None
    data = {"format": HISTORY_FORMAT, "borjar": begins, "insatser": initiatives}
    return visible_json(json.dumps(data, ensure_ascii=False))


def _events(battery: Battery, deed: RecordedDeed, choice: Selection) -> Iterator[dict[str, object]]:
    commit = deed.commit
    made = {
        "andring": commit.id if commit else None,
        "datum": str(commit.day) if commit else None,
        "namn": without_people(commit.author) if commit else None,
        "med": [without_people(name) for name in commit.others] if commit else [],
        "sammanslagning": bool(commit and commit.is_merge),
    }
    nothing = dict.fromkeys(("fraga", "rad", "falt", "fran", "till"))
    if not choice.qids:
        yield from ({**made, **nothing, "text": text} for text in of_file(deed))
    for alteration in deed.altered:
        yield {**made, **_as_data(battery, alteration), "text": sentence(battery, alteration, UNCUT)}
    for alteration in deed.kept:
        yield {**made, **_as_data(battery, alteration), "text": kept_sentence(battery, alteration, UNCUT)}


def _as_data(battery: Battery, altered: Alteration) -> dict[str, object]:
    qid, row, part = altered.place
    sides = (_plain(battery, altered, answer) for answer in (altered.before, altered.after))
    before, after = map(without_people_in, sides)
    return {
        "fraga": qid,
        "rad": without_people(row) or None,
        "falt": part or None,
        "fran": before,
        "till": after,
    }


def _plain(battery: Battery, altered: Alteration, answer: Answer | None) -> object:
    question, place = battery.question(altered.place.qid), altered.place
    item = question if place.row and not place.part else item_at(question, place)
    match answer:
        case Given(value):
            if item is None or place.part == ORDER or isinstance(value, str):
                return list(value) if isinstance(value, tuple) else value
            return plain_value(item, value)
        case Skipped(reason):
            return {"hoppad": reason}
        case Unknown(who):
            return {"okand": who}
        case Unfit(text):
            return {"olast": text}
        case None:
            return None
        case _:
            assert_never(answer)
