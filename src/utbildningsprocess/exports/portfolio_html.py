"""The page of many initiatives as one HTML file: everything stands in it; a script only filters and sorts."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from utbildningsprocess.exports.html import PAGE_STYLE, HtmlFrame, drawn_logo, html_text, in_frame
from utbildningsprocess.exports.portfolio_looks import LOOKS
from utbildningsprocess.exports.portfolio_script import SCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.pages.portfolio import (
        DueEntry,
        MarkCount,
        Month,
        OnPage,
        PortfolioPage,
        SortedCell,
        StepCounts,
    )

_SAFETY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "script-src {}"
)
_MANY = 200
"""Initiatives: with more the browser draws only what is on the screen."""
_NOTHING = "–"
_NUMBERS = ("Försenat", "Röda")
_OVERVIEW, _LATE, _CALENDAR = "oversikt", "forsenat", "kalender"
_LIST, _EACH, _LESSONS = "lista", "insatser", "lardomar"
_WITHOUT_SCRIPT = (
    "Filter och sortering behöver JavaScript, och det är avstängt här. Allt på sidan går att läsa ändå."
)
_FOR_EVERYBODY = "Sidan är gjord för att visas öppet. Den visar bara antal: inga titlar, roller eller texter."
_HOW_COUNTED = (
    "Talen gäller alla insatser på sidan, också de som vilar, är avslutade eller ersatta. "
    "Ett rött fynd är något i planen som inte hänger ihop."
)
_SHARE = "{:.1%}"


def portfolio_html(page: PortfolioPage) -> str:
    """The page as one HTML file that works without a network, and without its script."""
    script = "" if page.is_open or not page.initiatives else f"\n{SCRIPT}\n"
    digest = b64encode(sha256(script.encode()).digest()).decode("ascii")
    safety = _SAFETY.format(f"'sha256-{digest}'" if script else "'none'")
    frame = HtmlFrame(
        title=" – ".join(filter(None, (_heading(page), page.organisation))),
        safety=safety,
        about=(f'<meta name="dcterms.created" content="{page.made.isoformat()}">',),
        style=f"{PAGE_STYLE}\n{LOOKS}",
        body="many" if len(page.initiatives) > _MANY else "",
        header=tuple(_head(page)),
        end=(f"<script>{script}</script>",) if script else (),
    )
    return in_frame(frame, _body(page))


def _body(page: PortfolioPage) -> Iterator[str]:
    yield f"<h1>{html_text(_heading(page))}</h1>"
    yield from _about_page(page)
    yield from _overview(page)
    if page.initiatives:
        yield from map(_late, _late_months(page))
        yield from _filters(page)
        yield from _list(page)
    yield from _calendar(page)
    if page.initiatives:
        yield from _each(page)
        yield from _lessons(page)


def _heading(page: PortfolioPage) -> str:
    return f"Läget den {page.day}"


def _head(page: PortfolioPage) -> Iterator[str]:
    yield "<header>"
    if page.logo:
        yield drawn_logo(page.logo)
    yield f"<p>{html_text(' · '.join(filter(None, (page.organisation, 'Insatser', page.folder))))}</p>"
    yield "</header>"


def _about_page(page: PortfolioPage) -> Iterator[str]:
    if page.is_open:
        yield f"<p>{_FOR_EVERYBODY}</p>"
    yield f"<p>{html_text(page.read)}</p>"
    if page.selection:
        yield f"<p>Urvalet är {html_text(page.selection)}.</p>"
    yield from (f"<p><strong>{html_text(line)}</strong></p>" for line in page.missing)
    if page.not_counted:
        items = "".join(f"<li>{html_text(line)}</li>" for line in page.not_counted)
        yield f"<details><summary>Filer som inte räknas</summary><ul>{items}</ul></details>"
    if page.initiatives:
        yield f'<p id="utan-skript">{_WITHOUT_SCRIPT}</p>'
        has_lessons = any(shown.lessons or shown.results for shown in page.initiatives)
        ways = [
            (_OVERVIEW, "Översikt"),
            *((_LATE, month.name) for month in _late_months(page)),
            (_LIST, "Lista"),
            *([(_CALENDAR, "Datum")] if len(page.months) > len(_late_months(page)) else []),
            (_EACH, "Varje insats"),
            *([(_LESSONS, "Lärdomar")] if has_lessons else []),
        ]
        links = "".join(f'<li><a href="#{place}">{name}</a></li>' for place, name in ways)
        yield f'<nav aria-label="På sidan"><ul>{links}</ul></nav>'


# ---------------------------------------------------------------------- filters


def _filters(page: PortfolioPage) -> Iterator[str]:
    """The form, which a script shows, and the line that says what is shown, on paper too."""
    orders = [
        ("-1", "Mest brådskande först"),
        *((str(place), name) for place, name in enumerate(page.headings)),
    ]
    yield '<form id="filter" hidden aria-label="Filter" autocomplete="off">'
    yield '<label>Sök <input type="search" name="ord"></label>'
    yield _choice("Steg", "steg", [("", "Alla steg"), *page.filters.steps])
    yield _choice("Status", "liv", [("", "Alla"), *page.filters.lives])
    yield _choice("Ordning", "ordning", orders)
    yield _box("forsenat", "forsenad", "Bara försenade", "försenade")
    yield _box("roda", "rod", "Bara med röda fynd", "med röda fynd")
    yield '<button type="reset">Visa alla</button>'
    yield "</form>"
    yield '<p id="urval" role="status"></p>'


def _choice(label: str, name: str, options: Sequence[tuple[str, str]]) -> str:
    shown = "".join(f'<option value="{value}">{html_text(words)}</option>' for value, words in options)
    return f'<label>{label} <select name="{name}">{shown}</select></label>'


def _box(name: str, mark: str, label: str, said: str) -> str:
    box = f'<input type="checkbox" name="{name}" value="{mark}" data-namn="{said}">'
    return f'<label class="box">{box} {label}</label>'


# --------------------------------------------------------------------- overview


def _overview(page: PortfolioPage) -> Iterator[str]:
    yield f'<section id="{_OVERVIEW}" aria-labelledby="{_OVERVIEW}-namn">'
    yield f'<h2 id="{_OVERVIEW}-namn">Översikt</h2>'
    yield f"<p>{_HOW_COUNTED}</p>"
    yield f'<dl class="counts">{"".join(map(_tile, page.counts))}</dl>'
    columns = "".join(f'<th scope="col">{counted.name}</th>' for counted in page.steps[0].counts)
    total = page.counts[0].number
    rows = "".join(_step(step, total) for step in page.steps)
    yield '<div class="table" tabindex="0" role="region" aria-label="Steget som insatserna har nått">'
    yield '<table class="steps"><caption>Steget som insatserna har nått</caption>'
    yield f'<thead><tr><th scope="col">Steg</th>{columns}</tr></thead><tbody>{rows}</tbody></table></div>'
    yield "</section>"


def _tile(counted: MarkCount) -> str:
    return f"<div><dt>{counted.name}</dt><dd {_recounted(counted)}>{counted.number}</dd></div>"


def _recounted(counted: MarkCount) -> str:
    """The marks by which the script counts again, when fewer are shown."""
    return f'data-raknas="{" ".join(counted.marks)}"'


def _step(step: StepCounts, total: int) -> str:
    all_of_them, *needy = step.counts
    share = _SHARE.format(all_of_them.number / total if total else 0)
    bar = f'<span class="bar"><span data-stapel style="width: {share}"></span></span>'
    first = f"<td {_recounted(all_of_them)}><span data-antal>{all_of_them.number}</span>{bar}</td>"
    cells = "".join(f"<td {_recounted(counted)}>{counted.number}</td>" for counted in needy)
    return f'<tr><th scope="row">{step.name}</th>{first}{cells}</tr>'


# --------------------------------------------------------------------- calendar


def _calendar(page: PortfolioPage) -> Iterator[str]:
    late = _late_months(page) if page.initiatives else []
    months = [month for month in page.months if month not in late]
    if not months:
        return
    yield f'<section id="{_CALENDAR}" class="dated" data-grupp aria-labelledby="{_CALENDAR}-namn">'
    yield f'<h2 id="{_CALENDAR}-namn">Datum</h2>'
    if page.is_open:
        headings = "".join(f'<th scope="col">{name}</th>' for name in ("Månad", "Datum", "Insatser"))
        yield '<div class="table" tabindex="0" role="region" aria-label="Datum">'
        yield '<table class="steps"><caption>Det som är försenat eller ska ske</caption>'
        yield f"<thead><tr>{headings}</tr></thead><tbody>"
        yield from map(_month_counted, months)
        yield "</tbody></table></div>"
    else:
        yield from map(_month, months)
    if page.later:
        yield f"<p>{html_text(page.later)}</p>"
    yield "</section>"


def _late_months(page: PortfolioPage) -> list[Month]:
    """What is late, which stands by itself; none where nothing is."""
    return [month for month in page.months if month.is_late]


def _late(month: Month) -> str:
    heading = f'<h2 id="{_LATE}-namn">{month.name} <span>(<span data-antal>{month.number}</span>)</span></h2>'
    attributes = f'id="{_LATE}" class="dated" data-grupp data-manad aria-labelledby="{_LATE}-namn"'
    entries = f'<ul class="alert">{_entries(month)}</ul>'
    shown = entries if month.is_opened else f"<details><summary>Visa alla</summary>{entries}</details>"
    return f"<section {attributes}>{heading}{shown}</section>"


def _month_counted(month: Month) -> str:
    cells = f"<td>{month.number}</td><td>{month.initiatives}</td>"
    return f'<tr><th scope="row">{month.name}</th>{cells}</tr>'


def _month(month: Month) -> str:
    opened = " open" if month.is_opened else ""
    heading = f"<h3>{month.name} <span>(<span data-antal>{month.number}</span>)</span></h3>"
    shown = f"<summary>{heading}</summary><ul>{_entries(month)}</ul>"
    return f"<details data-grupp data-manad{opened}>{shown}</details>"


def _entries(month: Month) -> str:
    return "".join(
        f'<li data-insats="{due.anchor}">{_due(due)} <a href="#{due.anchor}">{html_text(due.title)}</a></li>'
        for due in month.dues
    )


def _due(due: DueEntry) -> str:
    what = html_text(f"{due.what} ({due.who})" if due.who else due.what)
    shown = f"<strong>{what}</strong>" if due.is_decision else what
    day = f' data-dag="{due.day}"' if due.day else ""
    return f'<span class="day"{day}>{html_text(due.said)}</span> {shown}'


# ------------------------------------------------------------------------- rows


def _list(page: PortfolioPage) -> Iterator[str]:
    yield f'<section id="{_LIST}" aria-labelledby="{_LIST}-namn">'
    yield f'<h2 id="{_LIST}-namn">Lista</h2>'
    headings = "".join(
        f'<th scope="col" role="columnheader" data-rubrik="{name}">{name}</th>' for name in page.headings
    )
    yield '<table class="rows" role="table"><thead role="rowgroup">'
    yield f'<tr role="row">{headings}</tr></thead><tbody role="rowgroup">'
    yield from (_row(page.headings, shown) for shown in page.initiatives)
    yield "</tbody></table></section>"


def _row(headings: Sequence[str], shown: OnPage) -> str:
    title, *others = zip(headings, shown.cells, strict=True)
    first = (
        f'<th scope="row" role="rowheader" data-plats="{title[1].place}">'
        f'<a href="#{shown.anchor}">{html_text(shown.title)}</a></th>'
    )
    cells = "".join(_cell(heading, cell) for heading, cell in others)
    marks = " ".join(shown.marks)
    return f'<tr role="row" data-insats="{shown.anchor}" data-marken="{marks}">{first}{cells}</tr>'


def _cell(heading: str, cell: SortedCell) -> str:
    looks = [
        *(["number"] if heading in _NUMBERS else []),
        *(["nothing"] if cell.text == _NOTHING else ["alert"] if heading in _NUMBERS else []),
    ]
    told = f'class="{" ".join(looks)}" data-rubrik="{heading}" data-plats="{cell.place}"'
    return f'<td role="cell" {told}>{html_text(cell.text)}</td>'


# -------------------------------------------------------------- each initiative


def _each(page: PortfolioPage) -> Iterator[str]:
    yield f'<section id="{_EACH}" aria-labelledby="{_EACH}-namn">'
    yield f'<h2 id="{_EACH}-namn">Varje insats</h2>'
    yield from (_initiative(page.headings, shown) for shown in page.initiatives)
    yield "</section>"


def _initiative(headings: Sequence[str], shown: OnPage) -> str:
    said = dict(zip(headings, shown.cells, strict=True))
    state = [said["Steg"].text, said["Status"].text]
    state += (
        [f"{len(shown.late)} {'försenad' if len(shown.late) == 1 else 'försenade'}"] if shown.late else []
    )
    about = "".join(f"<dt>{html_text(name)}</dt><dd>{html_text(text)}</dd>" for name, text in shown.about)
    dated = "".join([_dues("Försenat", shown.late, " alert"), _dues("Kommer", shown.coming)])
    nothing = "" if dated else f"<h4>Nästa</h4><p>{html_text(said['Nästa'].text)}</p>"
    learnt = f'<a href="#{_LESSONS}-{shown.anchor}">Lärdomar och resultat</a>' if _has_learnt(shown) else ""
    return (
        f'<article id="{shown.anchor}" data-insats="{shown.anchor}"><h3>{html_text(shown.title)}</h3>'
        f'<p class="state">{html_text(" · ".join(state))}</p>'
        f'<div class="halves"><dl>{about}</dl><div>{dated}{nothing}</div></div>'
        f'<p class="ways">{learnt} <a href="#{_LIST}">Till listan</a></p></article>'
    )


def _dues(name: str, dues: Sequence[DueEntry], looks: str = "") -> str:
    entries = "".join(f"<li>{_due(due)}</li>" for due in dues)
    return f'<h4>{name}</h4><ul class="dues{looks}">{entries}</ul>' if dues else ""


# ---------------------------------------------------------------------- lessons


def _has_learnt(shown: OnPage) -> bool:
    return bool(shown.lessons or shown.results)


def _lessons(page: PortfolioPage) -> Iterator[str]:
    learnt = [shown for shown in page.initiatives if _has_learnt(shown)]
    if not learnt:
        return
    yield f'<section id="{_LESSONS}" data-grupp aria-labelledby="{_LESSONS}-namn">'
    yield f'<h2 id="{_LESSONS}-namn">Lärdomar och resultat</h2>'
    for shown in learnt:
        yield f'<article id="{_LESSONS}-{shown.anchor}" data-insats="{shown.anchor}">'
        yield f'<h3><a href="#{shown.anchor}">{html_text(shown.title)}</a></h3>'
        yield from _told(shown)
        yield "</article>"
    yield "</section>"


def _told(shown: OnPage) -> Iterator[str]:
    if shown.lessons:
        lessons = (
            f"<li><strong>{html_text(lesson.sort)}:</strong> {html_text(lesson.text)}"
            f"{f' (gäller: {html_text(lesson.concerns)})' if lesson.concerns else ''}</li>"
            for lesson in shown.lessons
        )
        yield f"<ul>{''.join(lessons)}</ul>"
    if shown.results:
        results = "".join(f"<li>{html_text(result)}</li>" for result in shown.results)
        yield f"<h4>Resultat</h4><ul>{results}</ul>"
