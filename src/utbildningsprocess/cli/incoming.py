"""Files that have come in for a stage: read, told, settled where somebody can be asked, and saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.cli.asking import close, face_for, is_at_terminal
from utbildningsprocess.cli.output import STDIN, read_input_bytes, say
from utbildningsprocess.cli.settling import LEFT_OFF, with_role
from utbildningsprocess.errors import NOT_UTF_8, Broken, Interrupted, UtbError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.cli.settling import Settling
    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.conversation.incoming import Unsettled
    from utbildningsprocess.guide.replies import Reply
    from utbildningsprocess.model import Stage
    from utbildningsprocess.work.comparing import Comparison
    from utbildningsprocess.work.incoming import Handed
    from utbildningsprocess.work.initiative import Initiative
    from utbildningsprocess.work.recognising import Recognised


def take_in_files(initiative: Initiative, stage: Stage, names: list[str], settling: Settling) -> None:
    """Takes in what some files answer, asks what only a person can decide, and says what came of it."""
    from utbildningsprocess.cli.voices import take_in_voices
    from utbildningsprocess.guide.replies import Purpose
    from utbildningsprocess.work.incoming import read_incoming
    from utbildningsprocess.work.talk_sheets import take_in

    handed = list(_handed(initiative, names))
    incoming = read_incoming(initiative, stage, handed, is_many=len(handed) > len(names))
    for line in incoming.lines:
        say(line)
    replies = incoming.replies
    if incoming.sheets:
        settles = settling.face is not None or settling.way is not None
        taken = take_in(initiative, stage, incoming.sheets, consent=settling.consent, settles=settles)
        for line in taken.lines:
            say(line)
        replies = [*taken.replies, *replies]
    alone = [came for came in replies if came.purpose is Purpose.ALONE]
    if alone:
        take_in_voices(initiative, stage, alone, settling, named=names)
    replies = [came for came in replies if came not in alone]
    if replies:
        initiative.open_stage(stage.id)
        _take_in_replies(initiative, replies, settling, named=names)
    close(initiative, stage)


def _take_in_replies(
    initiative: Initiative, replies: list[Reply], settling: Settling, *, named: list[str]
) -> None:
    """Says what replies hold, saves what is clear, and has a person choose the remainder if one is there."""
    from utbildningsprocess.work import taking_in
    from utbildningsprocess.work.comparing import WhenDifferent, compared, decided_for
    from utbildningsprocess.work.recognising import Recognised

    recognised = Recognised(initiative)
    replies = [recognised.without_told(recognised.seen(came), named) for came in replies]
    if settling.face is not None:
        replies = [with_role(initiative, came, settling.face) for came in replies]
    comparison = compared(initiative.sheet, replies)
    recognised.leave_known_rows(comparison)
    tell = settling.face.say if settling.face else say
    taking_in.refuse_numbers(comparison, consent=settling.consent)
    is_settled = settling.face is None or settling.way is not None
    decided = decided_for(comparison, settling.way or WhenDifferent.KEEP) if is_settled else {}
    lines = taking_in.told_of_answers(comparison, decided)
    for line in (*taking_in.told_of_replies(comparison, replies), *lines):
        tell(line)
    recognised.settle_told(replies)
    taking_in.save_chosen(initiative, comparison, {**comparison.new, **decided}, consent=settling.consent)
    recognised.settle(comparison, {*comparison.new, *comparison.equal, *decided} - {*comparison.doubtful})
    matters = [matter for matter in taking_in.unsettled(comparison) if matter.address not in decided]
    to_ask = [matter for matter in matters if not is_settled or matter.address in comparison.doubtful]
    told = matters if settling.face is None else [matter for matter in matters if matter not in to_ask]
    for line in taking_in.undecided(told, f"utb svar {initiative.typed_name} FRÅGA VÄRDE"):
        tell(line)
    if settling.face is None:
        return
    again = [matter for matter in to_ask if _is_settled(matter, comparison, recognised, named)]
    if again:
        addresses = taking_in.addresses_in_short(comparison, (matter.address for matter in again))
        tell(f"Avgjort förut: {addresses}. Läs in filen för sig för att välja om.")
    intake = Intake(initiative, comparison, recognised, named)
    _settle_with(intake, settling.face, [matter for matter in to_ask if matter not in again], replies)


def _is_settled(matter: Unsettled, comparison: Comparison, recognised: Recognised, named: list[str]) -> bool:
    """Whether a person has chosen before, and has not named the file to choose once more."""
    voices = comparison.voices[matter.address]
    return recognised.is_settled(voices) and not any(voice.came.name in named for voice in voices)


class Intake(NamedTuple):
    """What is being taken in."""

    initiative: Initiative
    comparison: Comparison
    recognised: Recognised
    named: list[str]
    """The files that were named, and not only found in a folder."""


def _settle_with(intake: Intake, face: Face, matters: list[Unsettled], replies: list[Reply]) -> None:
    """Lets the person choose what is to be saved; every choice is saved at once."""
    from utbildningsprocess.conversation.face import Leave
    from utbildningsprocess.conversation.incoming import ask_where, settle
    from utbildningsprocess.conversation.personal_numbers import insists
    from utbildningsprocess.personal import personal_numbers
    from utbildningsprocess.work.taking_in import answer_with, loose_words, save_chosen

    initiative, comparison, recognised, named = intake
    try:
        for address, answer in settle(face, matters, initiative.workspace.today):
            if answer is not None:
                # What a person has typed, or been shown, they have also been asked about.
                save_chosen(initiative, comparison, {address: answer}, consent=True)
                face.saved()
            recognised.settle(comparison, [address])
        asked = [came for came in replies if came.name in named or not recognised.has_placed(came)]
        for words, questions in loose_words(comparison, asked):
            address = ask_where(face, words, questions)
            numbers = list(personal_numbers(words))
            if address and (not numbers or insists(face, words, numbers)):
                save_chosen(initiative, comparison, answer_with(initiative, address, words), consent=True)
                face.saved()
            recognised.settle_loose(replies, words)
    except Leave:
        raise Interrupted(LEFT_OFF) from None


def _handed(initiative: Initiative, names: list[str]) -> Iterator[Handed]:
    """The files that are named, and those in folders that are."""
    from utbildningsprocess.files.inbox import arrived_bytes, arrived_files, saved_on
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.work.incoming import Handed

    for name in names:
        if name == STDIN:
            yield Handed("standard in", _from_pipe(), initiative.workspace.today)
            continue
        for path in arrived_files(Path(name)):
            try:
                yield Handed(shown(path), arrived_bytes(path), saved_on(path))
            except UtbError as trouble:
                yield Handed(shown(path), b"", trouble=trouble)


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
    if STDIN in names or not (is_at_terminal() or is_plain_wished):
        return None
    return face_for(plain=plain or is_plain_wished)
