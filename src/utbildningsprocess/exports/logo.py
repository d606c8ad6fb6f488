"""An organisation's logo: seen to be an svg or a png that nothing runs in or is fetched by."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.util import find_spec
from math import prod
from xml.etree import ElementTree as ET
from zlib import crc32

from utbildningsprocess.errors import Broken
from utbildningsprocess.exports.extras import need
from utbildningsprocess.pages.page import Logo

_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_DOTS = 25_000_000
_MOST_SIDES = 50
"""How many times longer one side may be than the other: past that, nothing is seen on paper."""
_THIN = "är för lång och smal för att synas"
_UNSET = "går inte att sätta i en PDF"
_REMEDIES = {
    _THIN: "Spara loggan med andra mått.",
    _UNSET: "Gör om texten i den till kurvor, eller spara den som png.",
}
_SVG = "{http://www.w3.org/2000/svg}"
_ACTIVE = frozenset(("script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler"))
"""Elements of an svg, or in one, that run or hold something else than a drawing."""
_ADDRESSES = frozenset(("href", "src", "base"))
_HARMLESS = re.compile(r"\s*(#.*|data:image/(png|jpeg|gif);base64,[\w+/=\s]*)", re.IGNORECASE | re.DOTALL)
"""Where an svg may point: into itself, or at a photograph that it holds."""
_FETCHES = re.compile(r"@import|\\|url\([\s\"']*(?![\s\"'#]|data:image/(?:png|jpeg|gif);)", re.IGNORECASE)
"""What fetches, in a style or an attribute; a backslash may hide it."""
_BEFOREHAND = re.compile(rb"\0|<!ENTITY|<!DOCTYPE[^>]*\[|<\?xml-stylesheet", re.IGNORECASE)
"""What may hide something from whoever looks through a drawing: wide letters, names for texts, styles."""
_ALONE = """#set document(title: "Logga", date: datetime(year: 2000, month: 1, day: 1))
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#let logo = json(bytes(sys.inputs.data))
#let drawn(..size) = image(bytes(logo.bytes), format: logo.form, alt: "Logga", ..size)
#context {
  let whole = measure(drawn(height: 12mm))
  assert(whole.width < logo.most * 12mm and whole.width > 12mm / logo.most, message: logo.thin)
  if whole.width > 55mm { drawn(width: 55mm) } else { drawn(height: 12mm) }
}
"""
"""A page that is nothing but the logo, within the place that a page has for it."""


def logo_in(data: bytes, name: str, words: str) -> Logo:
    """The logo in a file called `name`; `words` say whose it is to those who do not see it.

    Raises Broken when it is neither svg nor png, is broken, or would run or fetch something.
    """
    if data.startswith(_PNG):
        if not _is_whole(data):
            raise Broken(f"{name} är trasig. Spara bilden på nytt som png.")
        if not 0 < prod(_sides(data)) <= _MOST_DOTS:
            raise Broken(f"{name} har för många bildpunkter, eller inga. Spara bilden i en vanlig storlek.")
        if max(_sides(data)) > _MOST_SIDES * min(_sides(data)):
            raise Broken(_told(name, _THIN))
        logo = Logo(data, "png", words)
    else:
        _refuse_what_is_no_drawing(data, name)
        logo = Logo(data, "svg", words)
    _refuse_what_cannot_be_set(logo, name)
    return logo


def _is_whole(data: bytes) -> bool:
    """Whether a png has all its parts, as they were written."""
    place, kinds = len(_PNG), list[bytes]()
    while place + 12 <= len(data) and kinds[-1:] != [b"IEND"]:
        end = place + 8 + int.from_bytes(data[place : place + 4])
        if crc32(data[place + 4 : end]) != int.from_bytes(data[end : end + 4]):
            return False
        kinds.append(data[place + 4 : place + 8])
        place = end + 4
    return kinds[:1] == [b"IHDR"] and b"IDAT" in kinds and kinds[-1] == b"IEND"


def _sides(png: bytes) -> tuple[int, int]:
    """How many dots wide and high a png is, by the first of its parts."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def _refuse_what_is_no_drawing(data: bytes, name: str) -> None:
    unsafe = (
        f"{name} har skript eller hämtar något utifrån. Spara den som en vanlig svg utan det, eller som png."
    )
    if _BEFOREHAND.search(data):
        raise Broken(unsafe)
    try:
        drawing = ET.fromstring(data)  # noqa: S314  small, and without entities that could grow
    except (ET.ParseError, ValueError, LookupError):
        what = "är trasig" if b"<svg" in data else "är varken svg eller png"
        raise Broken(f"{name} {what}. Spara loggan på nytt som svg eller png.") from None
    if drawing.tag != f"{_SVG}svg":
        raise Broken(f"{name} är varken svg eller png. Spara loggan på nytt som svg eller png.")
    if any(map(_is_unsafe, drawing.iter())):
        raise Broken(unsafe)


def _is_unsafe(node: ET.Element) -> bool:
    """Whether an element runs, or fetches something from outside its file."""
    tag = _local(node.tag)
    texts = (*node.attrib.values(), (node.text or "") if tag == "style" else "")
    return tag in _ACTIVE or any(map(_acts, node.attrib.items())) or any(map(_FETCHES.search, texts))


def _acts(attribute: tuple[str, str]) -> bool:
    name, value = _local(attribute[0]), attribute[1]
    sets_address = name == "attributename" and _local(value.replace(":", "}")) in _ADDRESSES
    return name.startswith("on") or sets_address or (name in _ADDRESSES and not _HARMLESS.fullmatch(value))


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()


def _alone(logo: Logo) -> str:
    return json.dumps({**for_typst(logo), "most": _MOST_SIDES, "thin": _THIN})


def for_typst(logo: Logo) -> dict[str, object]:
    """The logo as the data of a typst program."""
    return {"bytes": list(logo.data), "form": logo.form, "alt": logo.words}


def as_png(logo: Logo) -> bytes:
    """The logo as a png, for those who take no svg.

    Raises Missing where typst is not installed, Broken when it does not become a picture.
    """
    if logo.form == "png":
        return logo.data
    need("typst", "pdf", "En logga i svg i en Word-fil")
    return _drawn(logo)


@lru_cache(maxsize=1)
def _drawn(logo: Logo) -> bytes:
    from utbildningsprocess.exports.typesetting import Refused, picture_apart

    try:
        return picture_apart(_ALONE, _alone(logo))
    except (Refused, TimeoutError):
        raise Broken("Loggan går inte att göra till en bild för Word. Spara den som png.") from None


def _refuse_what_cannot_be_set(logo: Logo, name: str) -> None:
    """Raises Broken for a logo that cannot stand in a PDF; says nothing where no PDF can be made."""
    from utbildningsprocess.exports.typesetting import Refused, typeset_apart

    if find_spec("typst") is None:
        return
    try:
        typeset_apart(_ALONE, None, _alone(logo), with_own_fonts=False, for_archives=True)
    except (Refused, TimeoutError) as trouble:
        raise Broken(_told(name, _THIN if _THIN in str(trouble) else _UNSET)) from None


def _told(name: str, why: str) -> str:
    return f"{name} {why}. {_REMEDIES[why]}"
