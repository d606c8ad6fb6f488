"""The page of many initiatives in a real browser: filtered, sorted, printed, on a phone, and without its script."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from shutil import which

import pytest

from browser import chromium, opened
from utbildningsprocess.addresses import DECISIONS
from utbildningsprocess.work.portfolio.listing import PortfolioReader
from utbildningsprocess.work.portfolio.page_making import PageWish, page_made

pytestmark = [
    pytest.mark.experiment,
    pytest.mark.skipif(chromium() is None, reason="Chromium is not installed"),
]
TODAY = date(2026, 11, 28)
SHOWN = "[...document.querySelectorAll('#lista tbody tr')].filter(row => !row.hidden)"
TITLES = f"{SHOWN}.map(row => row.cells[0].textContent)"
HOSTILE = "</script><img src=x onerror=alert(1)><!--<script>"


@pytest.fixture(scope="module")
def tab(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("chromium"), "--lang=en-US") as shown:
        yield shown


class Made:
    """Makes pages of initiatives that are as the example but for what a test says."""

    def __init__(self, folder):
        self._folder = folder
        self._portfolio = PortfolioReader(Path(), TODAY).read()

    def listed(self, title, stage="analys", day="2027-01-20", *, red=0, life="aktiv"):
        (example,) = self._portfolio.listed
        what = f"Beslut behövs: D1 om {title}"
        due = example.facts.dates[0]._replace(
            what=what, said=day, first=day, last=day, qid=DECISIONS, remains=True
        )
        facts = example.facts._replace(
            title=title, stage=stage, red_titles=("Fynd",) * red, identity="", dates=(due,)
        )
        return example._replace(path=Path(f"{title[:20].replace('/', '-')}.md"), facts=facts, life=life)

    def page(self, *initiatives):
        portfolio = self._portfolio._replace(listed=initiatives)
        path = self._folder / "laget.html"
        path.write_text(page_made(portfolio, initiatives, TODAY, PageWish()).text, encoding="utf-8")
        return path


@pytest.fixture
def made(utb, tab):
    utb.example()
    tab.trouble.clear()
    tab.wide(1200)
    return Made(utb.folder)


@pytest.fixture
def four(made):
    return made.page(
        made.listed("Ål", day="2026-10-01"),
        made.listed("Zon", "koncept", "2027-06-01", red=2),
        made.listed("Ärta", life="vilande"),
        made.listed(f"Öl {HOSTILE}"),
    )


def typed(tab, text):
    tab.value("document.getElementById('filter').ord.focus()")
    tab.ask("Input.insertText", text=text)


def printed(tab, folder):
    """What stands on the page on paper."""
    if which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed")
    (folder / "laget.pdf").write_bytes(tab.printed())
    read = ["pdftotext", "-layout", str(folder / "laget.pdf"), "-"]
    return subprocess.run(read, capture_output=True, check=True).stdout.decode()


def test_a_word_filters_rows_dates_sections_and_lessons(tab, four):
    tab.open(four)
    assert tab.value("document.getElementById('utan-skript')") is None
    typed(tab, "ÄRTA punktmätning")
    assert tab.value(TITLES) == ["Ärta"]
    assert tab.value("document.getElementById('urval').textContent") == (
        "1 av 4 insatser visas. Filter: innehåller ”ÄRTA punktmätning”."
    )
    shown = tab.value("document.querySelector('main').innerText")
    assert shown.count("Punktmätning NEWS2 på pass med nya (Vårdutvecklare): 86 %") == 1
    for title in ("Ål", "Zon", "onerror"):
        assert title not in shown
    counted = tab.value("[...document.querySelectorAll('.counts dd')].map(count => count.textContent)")
    assert counted == ["1", "0", "1", "0", "0"]
    assert "Januari 2027 (1)" in shown
    assert "Försenat (" not in shown


@pytest.mark.parametrize("word", ["processledare", "listan", "frågorna"])
def test_the_names_of_facts_are_not_searched(tab, four, word):
    tab.open(four)
    typed(tab, word)
    assert tab.value(TITLES) == []


def test_lists_and_boxes_filter_together_and_one_button_shows_all(tab, four):
    tab.open(four)
    tab.value(
        "(form => { form.steg.value = 'analys'; form.forsenat.click() })(document.getElementById('filter'))"
    )
    assert tab.value(TITLES) == ["Ål"]
    assert tab.value("document.getElementById('urval').textContent") == (
        "1 av 4 insatser visas. Filter: Analys, försenade."
    )
    tab.value("document.querySelector('[type=reset]').click()")
    tab.value("new Promise(done => setTimeout(done, 50))")
    assert len(tab.value(TITLES)) == 4


def test_a_click_sorts_as_a_swedish_register_in_an_english_browser(tab, four):
    tab.open(four)
    assert tab.value("navigator.language") == "en-US"
    tab.value("document.querySelector('#lista thead button').click()")
    assert tab.value(TITLES) == ["Zon", "Ål", "Ärta", f"Öl {HOSTILE}"]
    sections = "[...document.querySelectorAll('#insatser h3')].map(title => title.textContent)"
    assert tab.value(sections) == ["Zon", "Ål", "Ärta", f"Öl {HOSTILE}"]
    assert tab.value("document.querySelector('#lista th').getAttribute('aria-sort')") == "ascending"


def test_everything_can_be_reached_and_used_by_keys(tab, four):
    tab.open(four)
    reached = []
    for _ in range(40):
        tab.press("Tab")
        reached.append(tab.value("document.activeElement.name || document.activeElement.textContent"))
    for wanted in (
        "Till innehållet",
        "ord",
        "steg",
        "liv",
        "ordning",
        "forsenat",
        "roda",
        "Visa alla",
        "Insats",
        "Ål",
    ):
        assert wanted in reached
    tab.value("document.getElementById('filter').roda.focus()")
    tab.press(" ", " ")
    assert tab.value(TITLES) == ["Zon"]


def test_a_link_to_what_a_filter_hides_shows_it(tab, four):
    tab.open(four)
    typed(tab, "Zon")
    tab.value("location.hash = 'insats-arta'")
    tab.value("new Promise(done => setTimeout(done, 100))")
    assert len(tab.value(TITLES)) == 4


def test_without_its_script_all_can_be_read_linked_to_and_printed(tab, four, tmp_path):
    tab.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        tab.open(four, "#insats-arta")
        shown = tab.value("document.querySelector('main').innerText")
        assert "Filter och sortering behöver JavaScript, och det är avstängt här." in shown
        for said in ("Ål", "Zon", "Ärta", HOSTILE, "20 januari 2027", "1 juni 2027"):
            assert said in shown
        assert tab.value("document.getElementById('filter').offsetHeight") == 0
        assert tab.value("document.querySelector('article:target h3').textContent") == "Ärta"
        assert "1 juni 2027" in printed(tab, tmp_path).partition("Varje insats")[0]
    finally:
        tab.ask("Emulation.setScriptExecutionDisabled", value=False)


def test_what_looks_like_markup_runs_nothing(tab, four):
    tab.open(four)
    typed(tab, "onerror")
    assert tab.value(TITLES) == [f"Öl {HOSTILE}"]
    assert tab.trouble == []


def test_paper_has_exactly_the_rows_shown_with_details_open_and_the_filter_named(tab, four, tmp_path):
    tab.open(four)
    typed(tab, "zon")
    paper = printed(tab, tmp_path)
    assert "1 av 4 insatser visas. Filter: innehåller ”zon”." in paper
    assert "1 juni 2027" in paper.partition("Varje insats")[0]
    for hidden in ("Ål", "Ärta", "onerror", "Visa alla", "Bara försenade", "Till listan"):
        assert hidden not in paper


@pytest.mark.parametrize("width", [320, 768, 1200])
def test_nothing_has_to_be_scrolled_sideways(tab, four, width):
    tab.wide(width)
    tab.open(four)
    assert tab.value("document.documentElement.scrollWidth") == width


def test_a_thousand_are_filtered_by_what_is_typed(tab, made, record_property):
    many = made.page(*(made.listed(f"Insats nummer {number}", red=number % 3) for number in range(1000)))
    tab.wide(1280)
    tab.ask("Performance.enable", timeDomain="threadTicks")
    before = _used(tab)
    tab.open(many)
    to_open = _used(tab) - before
    typed(tab, "nummer")
    before = _used(tab)
    typed(tab, " 77")
    drawn = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
    tab.value(drawn)
    to_filter = _used(tab) - before
    assert len(tab.value(TITLES)) == 19
    record_property("sidan med 1 000 insatser, sekunder att öppna", round(to_open, 2))
    record_property("sidan med 1 000 insatser, sekunder att filtrera", round(to_filter, 3))


def _used(tab):
    """How long the page has kept the processor busy."""
    metrics = tab.ask("Performance.getMetrics")["metrics"]
    return next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")
