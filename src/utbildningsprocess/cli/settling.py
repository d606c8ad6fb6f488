"""Who settles what has come in where only a person can, and who is said to have answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.errors import Interrupted

if TYPE_CHECKING:
    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.guide.replies import Reply
    from utbildningsprocess.work.comparing import WhenDifferent
    from utbildningsprocess.work.initiative import Initiative

LEFT_OFF = "Avbrutet. Det som är valt är sparat. Läs in filen igen för att ta ställning till resten."
"""What is said to whoever leaves before all is settled."""


class Settling(NamedTuple):
    """How what differs or is in doubt is settled: by whom, else in which way, and with what consent."""

    face: Face | None
    way: WhenDifferent | None
    consent: bool


def with_role(initiative: Initiative, came: Reply, face: Face) -> Reply:
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
