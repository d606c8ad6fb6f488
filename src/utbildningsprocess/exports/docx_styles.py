"""The styles, the language and the settings of a Word file. Imported only where python-docx is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from utbildningsprocess.exports.docx_xml import element, first_child, parsed
from utbildningsprocess.exports.layout import LOCALE

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import BaseStyle

CODE, CELL, FACTS, NEW_PAGE, AFTER_TABLE, WALL, ON_WALL = (
    f"utb {name}"
    for name in ("kod", "tabelltext", "uppgifter", "ny sida", "efter tabell", "vägg stor", "vägg")
)
"""Styles of our own; an organisation's file may hold its own of the same names."""
TABLE = "Table Grid"
DEEPEST = 3
"""How many depths of lists have styles of their own."""
STEP = 360
"""Twentieths of a point that a list is set in for each depth."""
_INK, _GREY, _LINE, SHADE = "1F3A5F", "595959", "A6A6A6", "F2F2F2"
"""Colours: headings, what is less important (7:1 on white), lines, the header of a table."""


class _Recipe(NamedTuple):
    """How a style looks: its paragraphs and its letters, as the XML inside `pPr` and `rPr`."""

    paragraph: str = ""
    letters: str = ""
    kind: WD_STYLE_TYPE = WD_STYLE_TYPE.PARAGRAPH


def _spacing(before: int, after: int, line: int = 247) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _letters(size: float, colour: str = "", *, bold: bool = False) -> str:
    weight = "<w:b/><w:bCs/>" if bold else ""
    ink = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{weight}{ink}<w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/>'


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def _border(side: str, size: int, space: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{_LINE}"/>'


def _heading(level: int, size: float, before: int) -> _Recipe:
    return _Recipe(
        f"<w:keepNext/><w:keepLines/><w:suppressAutoHyphens/>{_spacing(before, 60, 240)}"
        f'<w:outlineLvl w:val="{level - 1}"/>',
        _letters(size, _INK, bold=True),
    )


def _listed(name: str, hanging: str = "") -> dict[str, _Recipe]:
    return {
        list_style(name, depth): _Recipe(f'{_spacing(0, 50)}<w:ind w:left="{STEP * depth}"{hanging}/>')
        for depth in range(1, DEEPEST + 1)
    }


def list_style(name: str, depth: int) -> str:
    """The list style of a depth, counted from 1; below the deepest that there is, that one."""
    return name if depth <= 1 else f"{name} {min(depth, DEEPEST)}"


_HEADINGS = {1: (18, 0), 2: (13, 180), 3: (12, 200), 4: (11, 200), 5: (11, 160), 6: (11, 160)}
_HANGING = f' w:hanging="{STEP}"'
_RECIPES = {
    "Normal": _Recipe(_spacing(0, 90), _font("Calibri") + _letters(11)),
    **{f"Heading {level}": _heading(level, *look) for level, look in _HEADINGS.items()},
    **_listed("List Bullet", _HANGING),
    **_listed("List Number", _HANGING),
    **_listed("List Continue"),
    "Quote": _Recipe(
        f"<w:pBdr>{_border('left', 18, 10)}</w:pBdr>{_spacing(60, 120)}"
        f'<w:ind w:left="{STEP}" w:right="{STEP}"/>'
    ),
    "Caption": _Recipe(f"<w:keepNext/>{_spacing(160, 60, 240)}", _letters(10, bold=True)),
    "Header": _Recipe(_spacing(0, 0, 240), _letters(9, _GREY)),
    "Footer": _Recipe(_spacing(0, 0, 240), _letters(9, _GREY)),
    "Hyperlink": _Recipe("", '<w:color w:val="0B4F8A"/><w:u w:val="single"/>', WD_STYLE_TYPE.CHARACTER),
    CODE: _Recipe(
        f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/><w:suppressAutoHyphens/>'
        f"{_spacing(60, 120, 240)}",
        f"{_font('Consolas')}<w:noProof/>{_letters(9.5)}",
    ),
    CELL: _Recipe(_spacing(20, 20, 247), _letters(9.5)),
    FACTS: _Recipe(f"<w:suppressAutoHyphens/>{_spacing(0, 160)}", _letters(9.5, _GREY)),
    NEW_PAGE: _Recipe(
        '<w:pageBreakBefore/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    ),
    AFTER_TABLE: _Recipe(_spacing(0, 0, 240), _letters(5)),
    WALL: _Recipe(_spacing(20, 20, 240), _letters(24, bold=True)),
    ON_WALL: _Recipe(_spacing(40, 40, 240), _letters(14)),
}
_FOR_THE_WALL = {
    "Heading 1": _heading(1, 24, 0),
    **{name: _Recipe(_spacing(0, 60, 240), _letters(12)) for name in ("Header", "Footer", FACTS)},
}
"""Styles that are larger where what they style is to be read from some way off."""
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_MARGINS = {"top": 30, "left": 100, "bottom": 30, "right": 100}


def lay_styles(document: Document, *, is_ours: bool, for_the_wall: bool = False) -> None:
    """Gives a document the styles it lacks; where it is ours, our styles replace also those it has."""
    for name, recipe in {**_RECIPES, **(_FOR_THE_WALL if for_the_wall else {})}.items():
        if name not in document.styles:
            style = document.styles.add_style(name, recipe.kind, builtin=not name.startswith("utb "))
            _cook(style, recipe)
            # It takes the font of the document's own text.
            text = document.styles.default(recipe.kind)
            if text is not None and recipe.kind == WD_STYLE_TYPE.PARAGRAPH:
                style.element.basedOn_val = text.style_id
        elif is_ours:
            _cook(document.styles[name], recipe)
    if is_ours or TABLE not in document.styles:
        _lay_table(document)


def _cook(style: BaseStyle, recipe: _Recipe) -> None:
    numbering = style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    style.element.remove_all("w:pPr", "w:rPr")
    for tag, inner in (("pPr", recipe.paragraph), ("rPr", recipe.letters)):
        if inner:
            style.element.append(parsed(tag, inner))
    if numbering is not None:
        style.element.pPr.insert(0, numbering)


def _lay_table(document: Document) -> None:
    styles = document.styles
    style = styles[TABLE] if TABLE in styles else styles.add_style(TABLE, WD_STYLE_TYPE.TABLE, builtin=True)
    borders = "".join(_border(side, 4, 0) for side in _SIDES)
    margins = "".join(f'<w:{side} w:w="{wide}" w:type="dxa"/>' for side, wide in _MARGINS.items())
    style.element.remove_all("w:tblPr")
    inner = f"<w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar>"
    style.element.append(parsed("tblPr", inner))


def style_ids(document: Document) -> dict[str, str]:
    """What the document calls its styles in its XML: Word in Swedish writes Rubrik1 for Heading 1."""
    return {style.name: style.style_id for style in document.styles if style.name}


# --------------------------------------------------------- language and settings


def set_language(document: Document) -> None:
    """Makes Swedish the language of all text in the document that says nothing else."""
    defaults = first_child(document.styles.element, "docDefaults")
    letters = first_child(first_child(defaults, "rPrDefault"), "rPr")
    language = letters.find(qn("w:lang"))
    if language is None:
        language = element("lang")
        letters.append(language)
    for place in (language, *document.settings.element.findall(qn("w:themeFontLang"))):
        place.set(qn("w:val"), LOCALE)


def set_settings(document: Document) -> None:
    """Makes the empty document that python-docx comes with a Swedish one of today's Word."""
    settings = document.settings.element
    settings.remove_all("w:proofState", "w:savePreviewPicture")
    for tag, value in (("decimalSymbol", ","), ("listSeparator", ";")):
        for setting in settings.findall(qn(f"w:{tag}")):
            setting.set(qn("w:val"), value)
    for zoom in settings.findall(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")
    for stop in settings.findall(qn("w:defaultTabStop")):
        stop.addnext(element("consecutiveHyphenLimit", val="2"))
        stop.addnext(element("autoHyphenation"))
