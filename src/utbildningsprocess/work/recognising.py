"""Answers that come again: what was settled then is not asked about again, and they are known as the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.files.taken_in import TakenAnswer, keep_taken, taken_answers
from utbildningsprocess.guide.mail.key import checksum_of
from utbildningsprocess.guide.places import is_of_new_row
from utbildningsprocess.guide.replies import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from utbildningsprocess.guide.replies import Reply, Stated
    from utbildningsprocess.work.comparing import Comparison, Saying
    from utbildningsprocess.work.open_dossier import OpenDossier


class Recognised:
    """What is known of the answers that an initiative has been given before."""

    def __init__(self, initiative: OpenDossier) -> None:
        self._root = initiative.workspace.root
        self._of = initiative.identity or initiative.title
        self._taken = taken_answers(self._root)

    def _key(self, came: Reply) -> str:
        return checksum_of([self._of, came.answer_id])

    def seen(self, came: Reply) -> Reply:
        """The reply, with what has changed since it came the last time told.

        Whoever answers is in doubt when the same answer came from somebody else then.
        """
        before = self._taken.get(self._key(came))
        if before is None:
            return came
        changed = [
            said
            for said in came.said
            if said.address in before.settled and before.settled[said.address] != _checksum(said)
        ]
        notes = [f"Ändrat sedan svaret lästes in förra gången: {said.text}" for said in changed]
        is_same_role = not (before.role and came.role) or before.role == came.role
        if not is_same_role:
            notes.append("Samma svar har kommit förut från en annan roll.")
        is_role_sure = came.is_role_sure and is_same_role
        return came._replace(notes=(*came.notes, *notes), is_role_sure=is_role_sure)

    def without_told(self, came: Reply, named: Iterable[str]) -> Reply:
        """The reply without what stood beside its answers, where just that has been told before.

        A file that is named tells all of it again, and so do words that somebody can still place.
        """
        if came.name in named or _place_of(_loose(came)) not in self._settled(came):
            return came
        can_be_placed = came.purpose is not Purpose.ALONE and not self.has_placed(came)
        return came._replace(unplaced=came.unplaced if can_be_placed else (), beside=())

    def settle_told(self, replies: Iterable[Reply]) -> None:
        """Keeps of replies that what stands beside their answers is told."""
        for came in replies:
            if came.unplaced or came.beside:
                self._note(came, _place_of(_loose(came)), "")
        keep_taken(self._root, self._taken)

    def is_settled(self, voices: Iterable[Saying]) -> bool:
        """Whether all that is said at an address is settled."""
        return all(self._settled(came).get(said.address) == _checksum(said) for came, said in voices)

    def leave_known_rows(self, comparison: Comparison) -> None:
        """Leaves to a person each new row that has come before, and that the dossier does not have as it was.

        Somebody may have changed the row since, or taken it away.
        """
        for address in [address for address in comparison.new if is_of_new_row(address)]:
            if self.is_settled(comparison.voices[address]):
                del comparison.new[address]
                comparison.different[address] = comparison.voices[address]

    def has_placed(self, came: Reply) -> bool:
        """Whether somebody has decided what becomes of all the words without a place in a reply."""
        return all(_place_of(words) in self._settled(came) for words in came.unplaced)

    def _settled(self, came: Reply) -> Mapping[str, str]:
        before = self._taken.get(self._key(came))
        return before.settled if before else {}

    def settle(self, comparison: Comparison, addresses: Iterable[str]) -> None:
        """Keeps of some addresses that what is said there is settled."""
        for address in addresses:
            for came, said in comparison.voices.get(address, ()):
                self._note(came, said.address, _checksum(said))
        keep_taken(self._root, self._taken)

    def settle_loose(self, replies: Iterable[Reply], words: str) -> None:
        """Keeps of words without a place that somebody has decided what becomes of them."""
        for came in replies:
            if words in came.unplaced:
                self._note(came, _place_of(words), "")
        keep_taken(self._root, self._taken)

    def _note(self, came: Reply, place: str, checksum: str) -> None:
        before = self._taken.get(self._key(came), TakenAnswer("", {}))
        settled = {**before.settled, place: checksum}
        self._taken[self._key(came)] = TakenAnswer(came.role or before.role, settled)


def _loose(came: Reply) -> str:
    """All that stands beside the answers of a reply."""
    return "\n".join([*came.unplaced, "", *came.beside])


def _place_of(words: str) -> str:
    """What stands for the place of words that have none."""
    return f"? {checksum_of([words])}"


def _checksum(said: Stated) -> str:
    return checksum_of([said.words, repr(said.answer)])
