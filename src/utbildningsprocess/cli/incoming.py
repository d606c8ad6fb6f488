"""Files that have come in for a stage: read, told, settled where somebody can be asked, and saved."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.cli.asking import close, face_for
from utbildningsprocess.cli.output import STDIN, read_input_bytes, say
from utbildningsprocess.errors import NOT_UTF_8, Broken, Interrupted, UtbError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.guide.mail.reply import Reply
    from utbildningsprocess.model import Answer, Stage
    from utbildningsprocess.work.comparing import Comparison, WhenDifferent
    from utbildningsprocess.work.incoming import Handed
    from utbildningsprocess.work.initiative import Initiative


class Settling(NamedTuple):
    """How what differs or is in doubt is settled: by whom, else in which way, and with what consent."""

    face: Face | None
    way: WhenDifferent | None
    consent: bool


def take_in_files(initiative: Initiative, stage: Stage, names: list[str], settling: Settling) -> None:
    """Takes in what some files answer, asks what only a person can decide, and says what came of it."""
    from utbildningsprocess.work.incoming import read_incoming
    from utbildningsprocess.work.talk_sheets import take_in

    handed = list(_handed(names))
    incoming = read_incoming(initiative, stage, handed, is_many=len(handed) > len(names))
    for line in incoming.lines:
        say(line)
    if incoming.sheets:
        for line in take_in(initiative, stage, incoming.sheets, consent=settling.consent):
            say(line)
    if incoming.replies:
        initiative.open_stage(stage.id)
        _take_in_replies(initiative, incoming.replies, settling)
    close(initiative, stage)


def _take_in_replies(initiative: Initiative, replies: list[Reply], settling: Settling) -> None:
    from utbildningsprocess.work.comparing import compared
    from utbildningsprocess.work.taking_in import (
        refuse_numbers,
        save_chosen,
        told_of_answers,
        told_of_replies,
    )

    if settling.face is not None:
        replies = [_with_role(initiative, came, settling.face) for came in replies]
    comparison = compared(initiative.sheet, replies)
    refuse_numbers(comparison, consent=settling.consent)
    for line in (*told_of_replies(comparison, replies), *told_of_answers(comparison)):
        say(line)
    chosen = _decided(initiative, comparison, settling)
    save_chosen(initiative, comparison, chosen, consent=settling.consent)


def _handed(names: list[str]) -> Iterator[Handed]:
    """The files that are named, and those in folders that are."""
    from utbildningsprocess.files.inbox import arrived_bytes, arrived_files
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.work.incoming import Handed

    for name in names:
        if name == STDIN:
            yield Handed("standard in", _from_pipe())
            continue
        for path in arrived_files(Path(name)):
            try:
                yield Handed(shown(path), arrived_bytes(path))
            except UtbError as trouble:
                yield Handed(shown(path), b"", trouble)


def _from_pipe() -> bytes:
    """What a pipe gives: a mail as it is, and else text in UTF-8 as everywhere."""
    from utbildningsprocess.guide.mail.letter import is_mail

    data = read_input_bytes(STDIN)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if not is_mail(data):
            raise Broken(
                f"Texten på standard in {NOT_UTF_8} Gör om den till UTF-8 och kör om kommandot."
            ) from None
    return data


def asking_face(names: list[str], *, plain: bool, is_plain_wished: bool) -> Face | None:
    """Who can be asked: somebody at a terminal, or in plain lines whoever has been told to answer there."""
    is_terminal = sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()
    if STDIN in names or not (is_terminal or is_plain_wished):
        return None
    return face_for(plain=plain or is_plain_wished)


def _with_role(initiative: Initiative, came: Reply, face: Face) -> Reply:
    """The reply with the role of whoever has answered, asked for where the letter does not tell."""
    from utbildningsprocess.conversation.face import Leave
    from utbildningsprocess.conversation.incoming import ask_who
    from utbildningsprocess.guide.page import ROLES, role_name

    if came.is_role_sure:
        return came
    battery = initiative.workspace.battery
    try:
        role = ask_who(face, came.name, [(role, role_name(role, battery)) for role in ROLES])
    except Leave:
        raise Interrupted("Avbrutet. Inget har sparats.") from None
    return came._replace(role=role, is_role_sure=bool(role))


def _decided(initiative: Initiative, comparison: Comparison, settling: Settling) -> dict[str, Answer]:
    """What becomes of what differs, and of what only a person can read."""
    from utbildningsprocess.conversation.face import Leave
    from utbildningsprocess.conversation.incoming import settle
    from utbildningsprocess.work.comparing import WhenDifferent, decided_for
    from utbildningsprocess.work.taking_in import undecided, unsettled

    face, way = settling.face, settling.way
    is_settled = face is None or way is not None
    decided = decided_for(comparison, way or WhenDifferent.KEEP) if is_settled else {}
    matters = [matter for matter in unsettled(comparison) if matter.address not in decided]
    if face is None:
        for line in undecided(matters, f"utb svar {initiative.typed_name} FRÅGA VÄRDE"):
            say(line)
        return decided
    if way is not None:
        matters = [matter for matter in matters if matter.address in comparison.doubtful]
    try:
        return {**decided, **settle(face, matters, initiative.workspace.today)}
    except Leave:
        raise Interrupted("Avbrutet. Inget har sparats.") from None
