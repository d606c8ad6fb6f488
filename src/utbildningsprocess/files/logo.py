"""The file of the organisation's logo, which utb.yaml names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.errors import Broken
from utbildningsprocess.files.glance import as_spelt
from utbildningsprocess.files.roots import kept_inside
from utbildningsprocess.files.trouble import not_read, shown

if TYPE_CHECKING:
    from utbildningsprocess.files.roots import Root

_MOST_BYTES = 2_000_000


def logo_bytes(root: Root) -> bytes:
    """What stands in the file. Raises Broken when there is none that can be read, or when it is too large."""
    path = as_spelt(root.folder, root.settings.logo)
    if path.is_dir():
        raise Broken(f"{shown(path)} är en mapp. Ange bilden i den, som svg eller png.")
    if not path.is_file():
        raise Broken(f"{shown(path)} {'är ingen vanlig fil' if path.exists() else 'finns inte'}.")
    kept_inside(path, root)
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise not_read(error, path) from None
    if len(data) > _MOST_BYTES:
        raise Broken(f"{shown(path)} är större än 2 MB. Spara den i mindre storlek.")
    return data
