"""What a dossier holds, written into the boxes of a Word file, is what comes back; also by way of LibreOffice."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from making import BATTERY, whole
from utbildningsprocess.guide.places import is_of_new_row, places_of
from utbildningsprocess.guide.word.sheet import slots_of
from utbildningsprocess.model import AnswerSheet, Given, Kind, given_value
from word_files import Paper, asking, form_on_word, read_back, word_of

STAGES = [stage.id for stage in BATTERY.stages if stage.id != "avsteg"]


def filled(stage_id):
    """A file made of a dossier without answers in a stage, with those of a whole dossier in its boxes."""
    stage = BATTERY.stage(stage_id)
    qids = [question.qid for question in stage.questions]
    answers = {qid: answer for qid, answer in whole().items() if qid not in qids}
    empty, full = asking(BATTERY, stage_id, answers), asking(BATTERY, stage_id, whole())
    form = form_on_word(empty)
    rooms = {slot.unit.name: slot for slot in slots_of(form, dict(enumerate(form.questions, 1)))}
    paper, written = Paper(word_of(form)), {}
    for slot in slots_of(form_on_word(full), dict(enumerate(form_on_word(full).questions, 1))):
        name = slot.unit.name
        if slot.unit.field:
            row = slot.unit.place.removeprefix(slot.question.row_prefix)
            name = slot.unit._replace(place=f"ny{row}").name
        if name in rooms and slot.begun.said and not is_elsewhere(slot, qids):
            write(paper, rooms[name], slot.begun)
            written[name] = slot
    return empty, paper, written


def is_elsewhere(slot, qids):
    """Whether an answer points at what the file cannot have, or is an alternative that has retired."""
    retired = (option.label for option in slot.item.options if option.retired)
    return any(qid in qids for qid in slot.item.points_at) or any(
        word in slot.begun.words for word in retired
    )


def write(paper, room, begun):
    for option in begun.ticked:
        paper.tick(room.unit.tick(option))
    if begun.listed:
        paper.write(room.unit.listed, begun.listed)
    if begun.words:
        paper.write(room.unit.name, begun.words)


def wrong(came, written):
    """The answers that are not those of the whole dossier, and those that lack."""
    sheet = AnswerSheet(BATTERY, whole())
    differing = []
    numbers = dict.fromkeys(stated.address for stated in came.said if not is_of_new_row(stated.address))
    places = places_of(sheet, numbers)
    for stated in came.said:
        if stated.address in places:
            there = places[stated.address].there(sheet)
            is_same = held(stated.answer) == held(there)
            differing += [] if is_same else [(stated.address, stated.answer, there)]
        elif not is_of_new_row(stated.address) or stated.answer is None:
            differing.append((stated.address, stated.words, stated.doubt))
    return [*differing, *came.unplaced, *lacking(came, written)]


def held(answer):
    """What an answer holds; the order in which alternatives are ticked says nothing."""
    value = given_value(answer)
    return set(value) if isinstance(value, tuple) else value


def lacking(came, written):
    said = {stated.address: stated for stated in came.said}
    for slot in written.values():
        qid, unit = slot.question.qid, slot.unit
        if unit.field:
            new = [s.answer for address, s in said.items() if address.startswith(f"{qid}.+") and s.answer]
            rows = [given_value(answer)[0] for answer in new]
            value = next(row for row in given_value(whole()[qid]) if row.id == unit.place).values[unit.field]
            if all(row.values.get(unit.field) != value for row in rows):
                yield qid, unit.field, value
        elif f"{qid}.{unit.place}".rstrip(".") not in said:
            yield qid, unit.place


@pytest.mark.parametrize("stage_id", STAGES)
def test_every_question_of_every_stage_comes_back_as_it_was_written(stage_id):
    empty, paper, written = filled(stage_id)
    assert written
    assert wrong(read_back(paper.data, empty), written) == []


@pytest.mark.experiment
@pytest.mark.parametrize("ways", [("docx",), ("odt", "docx")])
def test_no_answer_is_lost_by_way_of_libreoffice(ways, tmp_path):
    sheets = {stage_id: filled(stage_id) for stage_id in STAGES}
    saved = through_office(
        {stage_id: paper.data for stage_id, (_, paper, _) in sheets.items()}, ways, tmp_path
    )
    for stage_id, (empty, _, written) in sheets.items():
        assert wrong(read_back(saved[stage_id], empty), written) == []


@pytest.mark.experiment
@pytest.mark.parametrize("ways", [("docx",), ("odt", "docx")])
def test_what_people_do_to_a_file_loses_nothing_by_way_of_libreoffice(ways, tmp_path):
    about = asking(BATTERY, "analys")
    form = form_on_word(about)
    number = {question.qid: place for place, question in enumerate(form.questions, 1)}
    paper = Paper(word_of(form))
    paper.write(f"utb__{number['analys.slutsats']}", "Det är schemat")
    table = paper.table_of(f"utb__{number['analys.forebilder']}")
    table.getparent().replace(table, paper.paragraph("Avdelning tre gör så redan"))
    row = f"utb__{number['analys.onskat_beteende']}__ny1__"
    paper.write(f"{row}vem", "Den nya")
    paper.write(f"{row}gor", "larmar")
    copy = paper.copy(paper.table_of(f"{row}vem"))
    for text in copy.iter():
        text.text = "Handledaren" if text.text == "Den nya" else text.text
    paper.body.insert(2, paper.paragraph("Ring om något är oklart"))
    came = read_back(through_office({"a": paper.data}, ways, tmp_path)["a"], about)
    assert [stated.answer for stated in came.said if stated.address == "analys.slutsats"] == [
        Given("Det är schemat")
    ]
    told = " ".join([*(stated.words for stated in came.said), *came.unplaced])
    for words in ("Avdelning tre gör så redan", "Handledaren", "Den nya", "Ring om något är oklart"):
        assert words in told
    assert len([stated for stated in came.said if is_of_new_row(stated.address)]) == 2
    assert {question.kind for question in form.questions} >= {Kind.GROUP, Kind.STATEMENTS, Kind.MULTIPLE}


def through_office(files, ways, folder):
    """The files as LibreOffice saves them in one format after another."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    present = [folder / f"{name}.docx" for name in files]
    for path, data in zip(present, files.values(), strict=True):
        path.write_bytes(data)
    for number, way in enumerate(ways):
        out = folder / str(number)
        home = f"-env:UserInstallation=file://{folder}/hem"
        command = [
            "soffice",
            home,
            "--headless",
            "--convert-to",
            way,
            "--outdir",
            str(out),
            *map(str, present),
        ]
        subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=90)
        present = [out / f"{name}.{way}" for name in files]
    return {path.stem: path.read_bytes() for path in present}
