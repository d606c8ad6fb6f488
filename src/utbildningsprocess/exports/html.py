"""A page as one HTML file: no scripts, nothing fetched, readable on screen, on paper and aloud."""

from __future__ import annotations

import html
import re
from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple, assert_never

from utbildningsprocess.exports.layout import is_for_the_wall, kind_and_title, shares, wall_facts
from utbildningsprocess.markdown import page_blocks
from utbildningsprocess.pages.figures import Journey
from utbildningsprocess.pages.marks import shown_after, unmarked
from utbildningsprocess.pages.page import LANGUAGE, SOURCES, plain_text
from utbildningsprocess.pictures.lists import as_list
from utbildningsprocess.pictures.sheets import sheets
from utbildningsprocess.pictures.svg import svgs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from utbildningsprocess.pages.figures import Picture
    from utbildningsprocess.pages.page import Block, Inline, Line, Logo, Page

_ROOM = 84
"""Letters on a line of a table."""
_WIDE_TABLE = 3
"""Columns: a table with as many may be wider than a narrow window, and can then be scrolled by keys."""
_NO_HTML = re.compile("[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]")
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
"""A date, which is not to be divided at its hyphens."""
_TAG = re.compile("<[^<>]*>")
_SAFETY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
PAGE_STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #ffffff; --quiet: #4a4a4a; --line: #b9c4ca;
  --accent: #14506b; --pale: #eef3f5; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --paper: #16191b; --quiet: #c3c7ca;
  --line: #4c575d; --accent: #8cc7e0; --pale: #22282b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.55;
  font: 1.0625rem/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans",
  sans-serif; }
header, main, footer { max-width: 46rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; color: var(--quiet); font-size: .9375rem; }
.logo { display: block; max-width: 14rem; max-height: 3.5rem; margin-bottom: .75rem; background: #fff; }
main { padding-bottom: 1.5rem; border-top: .25rem solid var(--accent); }
footer { padding-top: 1rem; padding-bottom: 2rem; border-top: 1px solid var(--line); color: var(--quiet);
  font-size: .9375rem; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.75em 0 .5em; break-after: avoid; }
h1 { font-size: clamp(1.375rem, 5vw, 1.75rem); margin-top: 1.25rem; hyphens: auto; }
h2 { font-size: 1.3125rem; color: var(--accent); }
h3 { font-size: 1.125rem; } h4, h5, h6 { font-size: 1rem; }
p, ul, ol, blockquote, .table, figure { margin: 0 0 1em; } li { margin-bottom: .25em; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper);
  padding: .5rem 1rem; }
dl { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: 0 0 1rem; }
dl div { display: flex; gap: .4em; min-width: 0; }
dt { font-weight: 600; } dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.table { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line);
  overflow-wrap: break-word; hyphens: auto; min-width: 3.5rem; }
.day { white-space: nowrap; }
thead th { background: var(--pale); border-bottom: 2px solid var(--accent); } tr { break-inside: avoid; }
blockquote { padding-left: 1rem; border-left: .25rem solid var(--line); color: var(--quiet); }
pre { background: var(--pale); padding: .75rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
p, li, h1, h2, h3 { overflow-wrap: anywhere; text-wrap: pretty; } h1, h2, h3 { text-wrap: balance; }
ul.boxes { list-style: none; padding-left: .25rem; }
ul.boxes > li > label { display: block; padding-left: 1.75em; text-indent: -1.75em; }
ul.boxes input { width: 1.1em; height: 1.1em; margin: 0 .4em 0 0; vertical-align: -.15em; }
figure { break-inside: avoid; } figcaption { font-weight: 600; margin-bottom: .25rem; }
.drawing { overflow-x: auto; } .drawing svg { display: block; width: 100%; min-width: 36rem; height: auto;
  border: 1px solid var(--line); }
details { font-size: .9375rem; } summary { color: var(--accent); padding: .25rem 0; }
.wall { width: min(66rem, 100vw - 2.5rem); margin-inline: calc(50% - min(33rem, 50vw - 1.25rem)); }
.wall figcaption, .wall .facts { display: none; }
.wall .drawing svg { min-width: 60rem; }
hr { border: 0; border-top: 1px solid var(--line); margin: 1.5em 0; }
@page { size: A4; margin: 14mm 18mm 16mm; @bottom-right { content: counter(page) " (" counter(pages) ")";
  font: 9pt Arial, "Liberation Sans", sans-serif; } }
@page wall { size: A4 landscape; margin: 7mm 9mm 6mm; @bottom-right { content: none; } }
@media print { :root { --ink: #000; --paper: #fff; --quiet: #333; --accent: #14506b; --pale: #eef3f5;
  --line: #999; } body { font: 10pt/1.38 Arial, "Liberation Sans", "Helvetica Neue", sans-serif; }
  header, main, footer { max-width: none; padding-left: 0; padding-right: 0; } .skip { display: none; }
  .logo { max-width: 55mm; max-height: 12mm; }
  header { padding-top: 0; font-size: 9pt; } header p { margin-bottom: .25em; } dl { margin-bottom: .4em; }
  main { padding-bottom: 0; border-top-width: 2pt; } footer { font-size: 9pt; padding: .4em 0 0; }
  h1 { font-size: 16pt; margin: .6em 0 .4em; } h2 { font-size: 12pt; margin: .9em 0 .3em; }
  h3 { font-size: 10.5pt; margin: .8em 0 .3em; }
  p, ul, ol, blockquote, .table, figure { margin-bottom: .55em; } li { margin-bottom: .12em; }
  table { font-size: 9pt; } th, td { padding: .2rem .4rem; }
  hr { break-after: page; border: 0; margin: 0; }
  .table, .drawing { overflow: visible; } .drawing svg { min-width: 0; } details { display: none; }
  .on-wall header, .on-wall h1, .on-wall footer, .in-words { display: none; }
  .on-wall main { border: 0; padding: 0; }
  .wall { page: wall; width: 790pt; margin: 0; break-after: page; }
  .wall:last-of-type { break-after: auto; }
  .wall figcaption { display: block; font-weight: 400; margin: 0;
    font-size: calc(var(--larger) * 14pt); line-height: calc(var(--larger) * 28pt); }
  .wall strong { font-size: calc(var(--larger) * 24pt); }
  .wall .facts { display: block; font-size: 12pt; line-height: 15pt; margin: 0; white-space: nowrap;
    overflow: hidden; text-overflow: ellipsis; }
  .wall .drawing svg { width: 790pt; min-width: 0; border: 0; } }
""".strip()

_PARTS_STYLE = "\n@page { @bottom-right { content: none; } }"
_SOURCES_STYLE = """
sup.source { font-size: .7em; line-height: 0; margin-left: .15em; white-space: nowrap; }
sup.source a { color: var(--accent); padding: 0 .1em; } .sources { font-size: .9375rem; }
.sources li:target, sup.source a:target { background: var(--pale); outline: 2px solid var(--accent); }"""


def to_html(page: Page) -> str:
    """The page as one HTML file."""
    text = _whole(page)
    return _with_sources(text) if page.sources else text


def blocks_as_html(page: Page) -> str:
    """The blocks of a page, to stand within another file, below its title."""
    body = _Body(page)
    body.level = 1
    return "\n".join(body.blocks(page.body))


def _style(page: Page) -> str:
    added = (_PARTS_STYLE if page.in_parts else "", _SOURCES_STYLE if page.sources else "")
    return "".join((PAGE_STYLE, *added))


def _whole(page: Page) -> str:
    frame = HtmlFrame(
        title=kind_and_title(page),
        safety=_SAFETY,
        about=tuple(_about(page)),
        style=_style(page),
        body="on-wall" if is_for_the_wall(page) else "",
        header=tuple(_header(page)),
        end=(f"<footer><p>{html_text(page.foot)}</p></footer>",) if page.foot else (),
    )
    return in_frame(frame, [*_Body(page).blocks(page.body), *_sources(page)])


class HtmlFrame(NamedTuple):
    """What stands around the content of a file; `body` is the class of all of it, if any."""

    title: str
    safety: str
    about: tuple[str, ...]
    style: str
    body: str
    header: tuple[str, ...]
    end: tuple[str, ...]


def in_frame(frame: HtmlFrame, content: Iterable[str]) -> str:
    """A file of its own that needs no network, with a way past its head for whoever reads by ear."""
    lines = [
        "<!doctype html>",
        f'<html lang="{LANGUAGE}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{frame.safety}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{html_text(frame.title)}</title>",
        *frame.about,
        f"<style>\n{frame.style}\n</style>",
        "</head>",
        f'<body class="{frame.body}">' if frame.body else "<body>",
        '<a class="skip" href="#innehall">Till innehållet</a>',
        *frame.header,
        '<main id="innehall">',
        *content,
        "</main>",
        *frame.end,
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _sources(page: Page) -> Iterator[str]:
    """The list of what the page's marks count, each with a way back to where it first stands."""
    if page.sources:
        yield f'<section class="sources"><h2 id="kallor">{SOURCES}</h2><ol>'
        for number, words in enumerate(page.sources, 1):
            back = f'<a href="#till-{number}" aria-label="Tillbaka till texten, källa {number}">↩</a>'
            yield f'<li id="kalla-{number}">{html_text(words)} {back}</li>'
        yield "</ol></section>"


def _with_sources(text: str) -> str:
    """The page with a link to its source where a mark stands; there are no marks within tags."""
    first: set[int] = set()

    def links(_: str, numbers: list[int]) -> str:
        linked = []
        for number in numbers:
            place = "" if number in first else f' id="till-{number}"'
            first.add(number)
            linked.append(f'<a{place} href="#kalla-{number}" aria-label="Källa {number}">{number}</a>')
        return f'<sup class="source">{" ".join(linked)}</sup>'

    return shown_after(_TAG.sub(lambda tag: unmarked(tag[0]), text), links)


def html_text(words: str) -> str:
    """A text as HTML, in which nothing of it is markup; what no page may hold is left out."""
    return html.escape(_NO_HTML.sub("", words))


def _about(page: Page) -> Iterator[str]:
    """What the file says of itself: who is behind it, and the day it was made."""
    if page.organisation:
        yield f'<meta name="author" content="{html_text(page.organisation)}">'
    yield f'<meta name="dcterms.created" content="{page.made.isoformat()}">'


def _header(page: Page) -> Iterator[str]:
    yield "<header>"
    if page.logo:
        yield drawn_logo(page.logo)
    yield f"<p>{html_text(' · '.join(filter(None, [page.organisation, page.kind])))}</p>"
    if page.head:
        facts = (
            f"<div><dt>{html_text(name)}:</dt><dd>{html_text(value)}</dd></div>" for name, value in page.head
        )
        yield f"<dl>{''.join(facts)}</dl>"
    yield "</header>"


def drawn_logo(logo: Logo) -> str:
    """A logo as HTML, within the page."""
    kind = "svg+xml" if logo.form == "svg" else logo.form
    data = b64encode(logo.data).decode("ascii")
    return f'<img class="logo" alt="{html_text(logo.words)}" src="data:image/{kind};base64,{data}">'


class _Body:
    """Writes the blocks of a page; heading levels never jump, and only the first one is the page's own."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.level = 0
        self.tables = 0
        self.title = ""

    def blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        return map(self.block, blocks)

    def block(self, block: Block) -> str:  # noqa: PLR0911  one for each kind
        match block.kind:
            case "heading":
                return self.heading(block)
            case "paragraph":
                return f"<p>{_line(block.line)}</p>"
            case "bullets" | "numbers":
                return self.items(block)
            case "item":
                return "".join(self.blocks(block.children))
            case "quote":
                return f"<blockquote>{''.join(self.blocks(block.children))}</blockquote>"
            case "code":
                return f"<pre>{html_text(block.text)}</pre>"
            case "table":
                return self.table(block)
            case "figure":
                return self.figure(block.text)
            case "rule":
                return "<hr>"
            case _:
                assert_never(block.kind)

    def heading(self, block: Block) -> str:
        wanted = block.level if self.level == 0 else max(2, block.level)
        self.level = min(wanted, self.level + 1)
        self.title = html_text(plain_text(block.line))
        return f"<h{self.level}>{_line(block.line)}</h{self.level}>"

    def items(self, block: Block) -> str:
        tag, start = ("ul", "") if block.kind == "bullets" else ("ol", f' start="{block.start}"')
        boxes = ' class="boxes"' if any(item.ticked is not None for item in block.children) else ""
        items = "".join(f"<li>{self.item(item)}</li>" for item in block.children)
        return f"<{tag}{start if block.start != 1 else ''}{boxes}>{items}</{tag}>"

    def item(self, item: Block) -> str:
        begins = bool(item.children) and item.children[0].kind == "paragraph"
        inside = _line(item.children[0].line) if begins else ""
        below = item.children[1:] if inside else item.children
        if item.ticked is not None:
            inside = f'<label><input type="checkbox"{" checked" if item.ticked else ""}> {inside}</label>'
        return f"{inside}{''.join(self.blocks(below))}"

    def table(self, block: Block) -> str:
        self.tables += 1
        head, *rows = block.rows
        columns = "".join(f'<col style="width: {share:.0%}">' for share in shares(block.rows, _ROOM))
        headings = "".join(f'<th scope="col">{_line(cell)}</th>' for cell in head)
        body = "".join(f"<tr>{''.join(f'<td>{_line(cell)}</td>' for cell in row)}</tr>" for row in rows)
        scroll = ""
        if len(head) >= _WIDE_TABLE:
            scroll = f' tabindex="0" role="region" aria-label="Tabell {self.tables}: {self.title}"'
        return (
            f'<div class="table"{scroll}><table><colgroup>{columns}</colgroup>'
            f"<thead><tr>{headings}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def figure(self, name: str) -> str:
        picture = self.page.pictures.get(name)
        if picture is None:
            return ""
        if isinstance(picture.drawing, Journey):
            return self.wall(picture, picture.drawing)
        title, words = html_text(picture.title), html_text(picture.words)
        return (
            f"<figure><figcaption>{title}</figcaption>"
            f"{_drawing(title, svgs(picture)[0])}"
            f"<details><summary>Bilden i ord</summary><p>{words}</p></details></figure>"
        )

    def wall(self, picture: Picture, journey: Journey) -> str:
        """Sheets to put on a wall, and the same as a list."""
        made = sheets(journey)
        figures = (
            f'<figure class="wall" style="--larger: {sheet.larger}">'
            f"<figcaption><strong>{html_text(sheet.heading[0])}</strong> "
            f"{html_text(sheet.heading[1])}</figcaption>"
            f"{_drawing(f'{html_text(picture.title)}, blad {number} av {len(made)}', drawn)}"
            f'<p class="facts">{html_text(wall_facts(self.page))}</p></figure>'
            for number, (sheet, drawn) in enumerate(zip(made, svgs(picture), strict=True), 1)
        )
        told = "".join(self.blocks(page_blocks(as_list(picture))))
        return f'{"".join(figures)}<div class="in-words">{told}</div>'


def _drawing(title: str, drawn: str) -> str:
    return f'<div class="drawing" tabindex="0" role="region" aria-label="Bild: {title}">{drawn}</div>'


def _line(line: Line) -> str:
    """Running text as HTML."""
    return "".join(map(_inline, line))


def _inline(inline: Inline) -> str:
    inner = _line(inline.children)
    match inline.kind:
        case "strong":
            return f"<strong>{inner}</strong>"
        case "emphasis":
            return f"<em>{inner}</em>"
        case "code":
            return f"<code>{html_text(inline.text)}</code>"
        case "link":
            return f'<a href="{html_text(inline.href)}" rel="noopener noreferrer">{inner}</a>'
        case "break":
            return "<br>"
        case "text":
            return _DAY.sub(r'<span class="day">\g<0></span>', html_text(inline.text))
        case _:
            assert_never(inline.kind)
