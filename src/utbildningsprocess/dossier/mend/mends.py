"""Every mend that a dossier needs and that can be proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.dossier.mend.conflicts import conflict_mends
from utbildningsprocess.dossier.mend.field_mends import field_mends
from utbildningsprocess.dossier.mend.headings import heading_mends
from utbildningsprocess.dossier.mend.marker_mends import marker_mends
from utbildningsprocess.dossier.mend.row_mends import reference_mends, row_mends
from utbildningsprocess.dossier.mend.sides import sides_of

if TYPE_CHECKING:
    from utbildningsprocess.dossier.mend.model import Mend
    from utbildningsprocess.dossier.mend.sides import InWords
    from utbildningsprocess.model import Battery


def proposed_mends(text: str, battery: Battery, in_words: InWords = lambda _: "") -> list[Mend]:
    """The mends of a text with LF between its lines, by line. When one is taken the text is read anew.

    `in_words` says what people call a side of a conflict that git has named, or nothing.
    Conflicts come alone, and so do markers: what stands below them cannot be judged before.
    """
    sides = sides_of(text, in_words)
    mends = conflict_mends(text, sides, battery) if sides else marker_mends(text, battery)
    if not mends:
        mends = [
            *heading_mends(text, battery),
            *field_mends(text, battery),
            *row_mends(text, battery),
            *reference_mends(text, battery),
        ]
    changing = (mend for mend in mends if any(way.text != text for way in mend.ways))
    return sorted(changing, key=lambda mend: mend.line)
