"""The form in a real browser: answered, left, printed, saved and opened again, with and without its script."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from pathlib import Path
from shutil import which

import pytest

from browser import chromium, opened
from forms import answers_in, asking, file_of, form_of, read
from small import SMALL
from utbildningsprocess.guide.replies import Purpose
from utbildningsprocess.model import Given, Kind, Row
from utbildningsprocess.steps import ABOUT, STEP_IDS
from utbildningsprocess.work.form_sheets import form_bytes
from utbildningsprocess.work.workspace import Workspace

pytestmark = [
    pytest.mark.experiment,
    pytest.mark.skipif(chromium() is None, reason="Chromium is not installed"),
]
AXE = os.environ.get("UTB_AXE", "")
"""Where axe-core is, for a machine that has it."""
HOSTILE = "</script><img src=x onerror=alert(1)><!--<script>"
HEADING = "document.getElementById('rubrik').textContent"
STAGES = [ABOUT, *STEP_IDS]
ROWS = {
    "behov.malgrupper": Given((Row("1", {"namn": "Nya"}), Row("2", {"namn": "Vana"}))),
    "koncept.larandemal": Given((Row("L1", {"kunna": "Läsa av"}), Row("L2", {"kunna": "Larma"}))),
}
FOCUS = "document.activeElement.id"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    folder = tmp_path_factory.mktemp("form")
    with opened(folder / "user") as tab:
        yield tab


class Filled:
    """A form that a person has before them."""

    def __init__(self, tab, folder):
        self.tab, self.folder = tab, folder
        self.tab.ask("Page.setDownloadBehavior", behavior="allow", downloadPath=str(folder))

    def open(self, data, name="formular.html"):
        path = self.folder / name
        path.write_bytes(data)
        self.tab.open(Path("/dev/null"))
        self.tab.open(path)
        return self

    def value(self, expression):
        return self.tab.value(expression)

    def click(self, selector):
        self.value(f"document.querySelector({json.dumps(selector)}).click()")

    def press(self, words):
        """Presses what says these words, button or link."""
        self.value(
            f"[...document.querySelectorAll('button, a')].find(way => !way.hidden && way.textContent === {json.dumps(words)}).click()"
        )
        self.settled()

    def type(self, place, text):
        self.value(
            f"(box => {{ box.focus(); box.value = {json.dumps(text)}; box.dispatchEvent(new Event('input')) }})"
            f"(document.getElementById({json.dumps(place)}))"
        )

    def settled(self):
        self.value("new Promise(done => setTimeout(done, 30))")

    def begin(self):
        self.value("document.getElementById('roll-2') && document.getElementById('roll-2').click()")
        self.click("button.fram")
        return self

    def go(self, where):
        self.value(f"location.hash = {json.dumps(where)}")
        self.settled()

    def back(self):
        self.value("history.back()")
        self.value("new Promise(done => setTimeout(done, 150))")

    def saved(self, name="svar-*.html"):
        for old in self.folder.glob(name):
            old.unlink()
        self.press("Spara svarsfilen")
        until = time.monotonic() + 10
        while time.monotonic() < until:
            ready = [path for path in self.folder.glob(name) if path.stat().st_size]
            if ready and not list(self.folder.glob("*.crdownload")):
                return ready[0].read_bytes()
            time.sleep(0.05)
        raise AssertionError("Nothing was saved")

    def shown(self):
        return self.value("document.querySelector('#formular').innerText")

    def printed(self):
        if which("pdftotext") is None:
            pytest.skip("poppler-utils is not installed")
        (self.folder / "papper.pdf").write_bytes(self.tab.printed())
        read_pdf = ["pdftotext", "-layout", str(self.folder / "papper.pdf"), "-"]
        return subprocess.run(read_pdf, capture_output=True, check=True).stdout.decode()


@pytest.fixture
def page(browser, tmp_path):
    # A page that is left puts away what it holds: what the browser remembers is cleared when it has.
    browser.open(Path("/dev/null"))
    browser.value("localStorage.clear()")
    browser.trouble.clear()
    browser.wide(1000)
    yield Filled(browser, tmp_path)
    assert browser.trouble == []


def small_form(**more):
    return form_of(asking(SMALL, "behov"), **more)


@pytest.fixture(scope="module")
def battery():
    return Workspace.open(Path(__file__).parent.parent).battery


@pytest.fixture(scope="module")
def analys(battery):
    return form_of(asking(battery, "analys"))


def typed_into(page, question, number):
    """Answers a question as a person does; gives the state it ought to become."""
    base = f"f{number}"
    if question.kind is Kind.STATEMENTS:
        for place, _ in enumerate(question.asked_statements, 1):
            page.click(f"#{base}-p{place}-1")
        first = question.offered[0].id
        return {"statements": {statement.id: first for statement in question.asked_statements}}
    if question.kind in (Kind.CHOICE, Kind.YES_NO, Kind.REFERENCE, Kind.MULTIPLE, Kind.REFERENCES):
        page.click(f"#{base}-1")
        chosen = page.value(f"document.getElementById('{base}-1').checked")
        assert chosen is True
        return None
    text = TEXTS.get(question.kind, f"Först {HOSTILE}\n\n- sedan\n")
    page.type(base, text)
    return {"text": text}


TEXTS = {
    Kind.LIST: "ett\ntvå",
    Kind.NUMBER: "1,5",
    Kind.DATE: "22.11.2026",
    Kind.TIME_SPAN: "8-16",
    Kind.TEXT: f"En rad {HOSTILE} ca 60",
    Kind.MEASURE: "högst 1,5 %",
}


@pytest.mark.parametrize("stage", STAGES)
def test_every_question_of_a_stage_is_answered_saved_and_read_back(page, battery, stage):
    form = form_of(asking(battery, stage, ROWS))
    page.open(file_of(form)).begin()
    wanted = {}
    for number, question in enumerate(form.questions, 1):
        page.go(f"#fraga-{number}")
        if question.text != page.value(HEADING) or question.qid in ROWS:
            continue
        if question.kind is Kind.GROUP:
            page.press(
                "Lägg till en rad till" if "Lägg till en rad till" in page.shown() else "Lägg till en rad"
            )
            there = "[...document.querySelectorAll('[id]')].map(box => box.id)"
            boxes = page.value(there)
            fields = [
                field
                for field in question.fields
                if {f"f{number}-{field.id}", f"f{number}-{field.id}-1"} & {*boxes}
            ]
            typed_into(page, fields[0], f"{number}-{fields[0].id}")
            page.press("Klar med raden")
            wanted[question.qid] = None
        else:
            wanted[question.qid] = typed_into(page, question, number)
    data = page.saved()
    answers = {qid: state for qid, state in answers_in(data)["answers"].items() if qid not in ROWS}
    assert set(answers) == set(wanted)
    typed = {qid: state for qid, state in wanted.items() if state}
    assert {qid: answers[qid] for qid in typed} == typed
    reply = read(form, data)
    assert {".".join(said.address.split(".")[:2]) for said in reply.said} == set(wanted)
    assert (reply.role, reply.unplaced) == ("chef", ())


def test_the_saved_file_is_the_form_itself_but_for_answers_and_paper(page, analys):
    empty = file_of(analys)
    page.open(empty).begin()
    saved = page.saved()
    without = re.compile(
        rb'<main id="papper">.*?</main>|<script type="application/json" id="utb-svar">.*?</script>', re.DOTALL
    )
    assert without.sub(b"", saved) == without.sub(b"", empty)
    assert answers_in(saved)["id"]
    assert len(empty) < 250_000


def test_back_is_the_question_before_with_all_answers_kept(page, analys):
    page.open(file_of(analys)).begin()
    page.go("#fraga-2")
    page.type("f2", "Så här gör vi.")
    page.press("Nästa")
    assert page.value("location.hash") == "#fraga-3"
    page.back()
    assert page.value("document.getElementById('f2').value") == "Så här gör vi."
    page.back()
    page.back()
    assert page.value("location.hash") == ""
    assert page.value("!!document.getElementById('formular')")
    page.press("Fortsätt")
    assert page.value("location.hash") == "#fraga-1"


def test_focus_is_on_the_heading_of_each_page_and_on_what_has_to_be_mended(page, analys):
    page.open(file_of(analys))
    page.click("button.fram")
    assert page.value(FOCUS) == "felen"
    assert page.value("document.title").startswith("Fel: ")
    assert "Välj vilken roll du svarar i." in page.shown()
    page.begin()
    assert page.value(FOCUS) == "rubrik"
    page.go("#fraga-2")
    assert (page.value(FOCUS), page.value("document.title").startswith("Fel: ")) == ("rubrik", False)
    page.type("f2", "Gäller 850709-2396")
    page.press("Nästa")
    assert "Ta bort personnumret 850709-2396." in page.shown()
    assert page.value(FOCUS) == "felen"
    page.click("#felen a")
    assert page.value(FOCUS) == "f2"
    assert "f2-fel" in page.value("document.getElementById('f2').getAttribute('aria-describedby')")
    page.press("Nästa")
    assert page.value("location.hash") == "#fraga-3"
    page.go("#kontrollera")
    assert "Det här ser ut att innehålla ett personnummer." in page.shown()


def test_every_choice_can_be_taken_back_and_not_answering_undone(page, analys):
    page.open(file_of(analys)).begin()
    number, question = next(
        (at, asked)
        for at, asked in enumerate(analys.questions, 1)
        if asked.kind is Kind.CHOICE and not asked.relevant_if
    )
    page.go(f"#fraga-{number}")
    page.click(f"#f{number}-1")
    page.press("Ta bort valet")
    assert page.value("document.querySelectorAll('input:checked').length") == 0
    assert page.value(FOCUS) == f"f{number}-1"
    page.click(f"#f{number}-2")
    page.click(f"#f{number}-unknown")
    page.type(f"f{number}-unknown-ord", "chefen")
    assert answers_in(page.saved())["answers"][question.qid] == {"unknown": "chefen"}
    page.click(f"#f{number}-unknown")
    assert answers_in(page.saved())["answers"][question.qid]["chosen"] == [question.offered[1].id]
    statements = next(at for at, asked in enumerate(analys.questions, 1) if asked.kind is Kind.STATEMENTS)
    page.go(f"#fraga-{statements}")
    page.click(f"#f{statements}-p3-1")
    page.press("Ta bort valet")
    assert page.value("document.querySelectorAll('input:checked').length") == 0


def test_a_row_is_added_removed_and_put_back(page, analys):
    page.open(file_of(analys)).begin()
    field = analys.questions[0].fields[0].id
    for text in ("Ett", "Två"):
        page.press("Lägg till en rad" if text == "Ett" else "Lägg till en rad till")
        page.type(f"f1-{field}", text)
        page.press("Klar med raden")
    page.press("Ta bort")
    assert "Raden är borttagen." in page.shown()
    page.press("Ångra")
    rows = answers_in(page.saved())["answers"][analys.questions[0].qid]["rows"]
    assert [(row["key"], row["cells"][field]["text"]) for row in rows] == [("n1", "Ett"), ("n2", "Två")]


def test_a_saved_file_asks_whose_it_is_and_keeps_its_id_for_the_same_person(page, analys):
    page.open(file_of(analys)).begin()
    page.go("#fraga-2")
    page.type("f2", "Mitt svar.")
    first = page.saved()
    assert "Svaren sparades i en fil den" in page.shown()
    assert "ligger oftast i mappen Hämtade filer" in page.shown()
    page.open(first, "svar (1).html.htm")
    assert "påbörjat svar" not in page.shown()
    assert "Svaret är från chef, sparat den" in page.shown()
    assert "Mitt svar." in page.shown()
    page.press("Fortsätt ditt svar")
    page.go("#fraga-2")
    page.type("f2", "Mitt nya svar.")
    assert "Du har ändrat svar sedan dess." in page.shown()
    second = page.saved()
    assert answers_in(second)["id"] == answers_in(first)["id"]
    page.value("localStorage.clear()")
    page.open(second, "igen.html")
    page.press("Nytt svar")
    page.begin()
    assert "Mitt nya svar." not in page.shown()
    other = answers_in(page.saved())
    assert (other["id"] == answers_in(first)["id"], other["answers"]) == (False, {})


def test_the_browser_gives_nothing_back_before_a_yes_that_shows_role_and_time_alone(page, analys):
    page.open(file_of(analys)).begin()
    page.open(file_of(analys))
    assert "påbörjat svar" not in page.shown()
    page.begin()
    page.go("#fraga-2")
    page.type("f2", "Hemligt svar.")
    page.value("new Promise(done => setTimeout(done, 400))")
    page.open(file_of(analys))
    assert "Det finns ett påbörjat svar i den här webbläsaren: chef, " in page.shown()
    assert "Hemligt" not in page.value("document.body.innerText")
    page.open(file_of(small_form()), "annat.html")
    assert "påbörjat svar" not in page.shown()
    page.open(file_of(analys))
    page.press("Ja, fortsätt med det")
    assert page.value("document.getElementById('f2').value") == "Hemligt svar."
    page.open(file_of(analys))
    page.press("Ta bort det")
    assert page.value("localStorage.length") == 0


def test_what_hangs_on_an_answer_is_asked_then_set_aside_and_is_back_as_it_was(page):
    form = small_form()
    at = {question.id: number for number, question in enumerate(form.questions, 1)}
    page.open(file_of(form)).begin()
    page.go(f"#fraga-{at['krav']}")
    page.click(f"#f{at['krav']}-2")
    page.press("Nästa")
    page.type(f"f{at['kalla']}", "  En lag ")
    page.back()
    page.click(f"#f{at['krav']}-1")
    page.press("Nästa")
    assert page.value("location.hash") == f"#fraga-{at['utlosare']}"
    saved = answers_in(page.saved())
    assert saved["set_aside"] == {"behov.kalla": {"text": "  En lag "}}
    page.go("#kontrollera")
    assert "Svar som inte räknas" in page.shown()
    page.go(f"#fraga-{at['krav']}")
    page.click(f"#f{at['krav']}-2")
    assert answers_in(page.saved())["answers"]["behov.kalla"] == {"text": "  En lag "}


def test_a_reload_asks_before_it_goes_on_where_one_was(page, analys):
    page.open(file_of(analys)).begin()
    page.go("#fraga-3")
    page.type("f3", "Halvvägs")
    page.value("new Promise(done => setTimeout(done, 400))")
    page.tab.open(Path("/dev/null"))
    page.tab.open(page.folder / "formular.html", "#fraga-3")
    assert "påbörjat svar" in page.shown()
    page.press("Ja, fortsätt med det")
    assert page.value("location.hash + document.getElementById('f3').value") == "#fraga-3Halvvägs"


def test_a_survey_leaves_nothing_in_the_browser_and_no_day_in_the_file(page):
    form = small_form(purpose=Purpose.SURVEY)
    page.open(file_of(form))
    page.click("button.fram")
    page.type("f1", "Ett svar")
    page.value("new Promise(done => setTimeout(done, 400))")
    saved = answers_in(page.saved("enkatsvar*.html"))
    assert (saved["saved"], saved["role"], page.value("localStorage.length")) == ("", "", 0)
    assert "Webbläsaren sparar inget." in page.shown()


def test_where_storage_throws_the_form_works_to_the_end(page, analys):
    broken = page.tab.ask(
        "Page.addScriptToEvaluateOnNewDocument",
        source="Object.defineProperty(window, 'localStorage', {get() { throw new Error('nej') }})",
    )
    page.open(file_of(analys))
    assert "Webbläsaren kan inte spara något här." in page.shown()
    page.begin()
    page.go("#fraga-2")
    page.type("f2", "Ändå.")
    assert answers_in(page.saved())["answers"]["analys.nulage_beteende"] == {"text": "Ändå."}
    assert "Det är bara filen som sparar svaren." in page.shown()
    page.tab.ask("Page.removeScriptToEvaluateOnNewDocument", identifier=broken["identifier"])
    page.open(file_of(analys))


def test_many_statements_are_folded_where_answers_are_checked_and_whole_on_paper(page, analys):
    page.open(file_of(analys)).begin()
    number, question = next(
        (at, asked) for at, asked in enumerate(analys.questions, 1) if asked.kind is Kind.STATEMENTS
    )
    page.go(f"#fraga-{number}")
    page.click(f"#f{number}-p1-1")
    page.go("#kontrollera")
    assert f"1 av {len(question.asked_statements)} påståenden är besvarade." in page.shown()
    assert question.asked_statements[0].text not in page.shown()
    assert question.asked_statements[0].text in page.value("document.getElementById('utskrift').textContent")


def of_kind(form, kind):
    """The number of the first question of a kind, and the question."""
    return next(
        (at, asked)
        for at, asked in enumerate(form.questions, 1)
        if asked.kind is kind and not asked.relevant_if
    )


PLACES = (
    "[...document.querySelectorAll('#innehall input, #innehall label, #innehall button.fram')]"
    ".map(box => [box.id || box.htmlFor || box.textContent, Math.round(box.getBoundingClientRect().top + scrollY)])"
)


@pytest.mark.parametrize("width", [360, 1000])
@pytest.mark.parametrize("kind", [Kind.STATEMENTS, Kind.CHOICE, Kind.MULTIPLE, Kind.LONG_TEXT])
def test_nothing_moves_because_something_is_chosen(page, analys, kind, width):
    number, _ = of_kind(analys, kind)
    page.tab.wide(width)
    page.open(file_of(analys)).begin()
    page.go(f"#fraga-{number}")
    before = page.value(PLACES)
    assert len(before) > 3
    for ticked in (f"f{number}-unknown", f"f{number}-skipped", f"f{number}-skipped"):
        page.click(f"#{ticked}")
        assert page.value(PLACES) == before
    if kind is Kind.LONG_TEXT:
        return
    page.click(f"#f{number}-p1-3" if kind is Kind.STATEMENTS else f"#f{number}-1")
    assert page.value(PLACES) == before
    page.press("Ta bort alla val" if kind is Kind.MULTIPLE else "Ta bort valet")
    assert page.value(PLACES) == before


SEEN = "getComputedStyle(document.getElementById({})).visibility"


def test_statements_can_be_passed_over_together_only_while_none_is_answered(page, analys):
    number, question = of_kind(analys, Kind.STATEMENTS)
    page.open(file_of(analys)).begin()
    page.go(f"#fraga-{number}")
    seen = SEEN.format(f"'f{number}-skipped'")
    assert "Kan du inte svara på något av dem?" in page.shown()
    assert page.value(seen) == "visible"
    page.click(f"#f{number}-p2-1")
    assert page.value(seen) == "hidden"
    assert f"1 av {len(question.asked_statements)} påståenden är besvarade." in page.shown()


def test_a_statement_without_an_answer_is_one_step_from_where_answers_are_checked(page, analys):
    number, question = of_kind(analys, Kind.STATEMENTS)
    page.open(file_of(analys)).begin()
    page.go(f"#fraga-{number}")
    for place in range(1, len(question.asked_statements) + 1):
        if place != 12:
            page.click(f"#f{number}-p{place}-1")
    page.go("#kontrollera")
    many = len(question.asked_statements)
    assert f"{many - 1} av {many} påståenden är besvarade." in page.shown()
    page.press("12")
    assert page.value(FOCUS) == f"f{number}-p12"
    assert page.value(f"document.getElementById('f{number}-p12').getBoundingClientRect().top") < 900
    page.press("Nästa")
    assert page.value("location.hash") == "#kontrollera"


def test_whoever_goes_on_with_statements_is_at_the_first_without_an_answer(page, analys):
    number, _ = of_kind(analys, Kind.STATEMENTS)
    page.open(file_of(analys)).begin()
    page.go(f"#fraga-{number}")
    page.click(f"#f{number}-p1-1")
    page.click(f"#f{number}-p2-1")
    page.value("new Promise(done => setTimeout(done, 400))")
    page.open(file_of(analys))
    assert "påbörjat svar" in page.shown()
    page.press("Ja, fortsätt med det")
    assert page.value(FOCUS) == f"f{number}-p3"
    page.saved()
    page.open(file_of(analys))
    assert "påbörjat svar" not in page.shown()
    assert "svar som är sparat i en fil" in page.shown()


def test_where_the_browser_does_not_copy_the_text_is_shown_and_marked(page, analys):
    page.open(file_of(analys)).begin()
    page.go("#lamna")
    box = "document.getElementById('texten')"
    assert not page.value(f"{box}.closest('details').open")
    page.value("navigator.clipboard.writeText = () => Promise.reject(new Error('nej'))")
    page.value("document.execCommand = () => false")
    page.press("Kopiera som text")
    assert "Texten är markerad" in page.shown()
    assert page.value(FOCUS) == "texten"
    assert page.value(f"{box}.closest('details').open && {box}.selectionEnd === {box}.value.length")


def test_the_text_to_copy_is_shown_and_is_what_the_clipboard_gets(page, analys):
    page.open(file_of(analys)).begin()
    page.go("#fraga-2")
    page.type("f2", "Så här gör vi.")
    page.press("Lämna svaren")
    text = page.value("document.getElementById('texten').value")
    assert "Så här gör vi." in text
    assert re.search(r"\n\n\[nyckel [^\]]+\]\n\n\[svar [0-9a-f]{16} chef [0-9-]{10}T[0-9:]{8}\]$", text)
    page.value("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }")
    page.click("#innehall button.fram:not([type=submit])")
    page.value(
        "[...document.querySelectorAll('button')].find(way => way.textContent === 'Kopiera som text').click()"
    )
    page.settled()
    assert page.value("window.copied") == text
    assert "Texten är kopierad." in page.shown()


def test_paper_has_all_questions_whole_from_any_page(page, analys):
    long = " ".join(f"ord{number}" for number in range(700))
    page.open(file_of(analys)).begin()
    page.go("#fraga-2")
    page.type("f2", long)
    page.go("#fraga-3")
    paper = re.sub(r"\s+", " ", page.printed())
    for question in analys.questions:
        if not question.relevant_if:
            assert re.sub(r"\s+", " ", question.text) in paper
    assert all(f"ord{number}" in paper for number in range(700))
    assert "Spara svarsfilen" not in paper


def test_without_script_the_form_is_on_paper_and_says_why(page, analys):
    page.open(file_of(analys)).begin()
    page.go("#fraga-2")
    page.type("f2", f"Mitt svar {HOSTILE}")
    saved = page.saved()
    page.tab.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        page.open(form_bytes(analys))
        shown = page.value("document.body.innerText")
        assert "En iPhone eller iPad kör inga skript i en fil" in shown
        for question in analys.questions:
            assert question.text in shown
        assert page.value("document.querySelectorAll('h1').length") == 1
        page.open(saved, "sparad.html")
        shown = page.value("document.body.innerText")
        assert f"Mitt svar {HOSTILE}" in shown
        assert "Svar från: chef." in shown
        assert page.value("document.images.length") == 0
    finally:
        page.tab.ask("Emulation.setScriptExecutionDisabled", value=False)


WALK = ["#start", "#fraga-1", "#fraga-1-rad-n1", "#fraga-2", "#fraga-10", "#kontrollera", "#lamna"]


@pytest.mark.parametrize("width", [320, 360, 1000])
def test_nothing_has_to_be_scrolled_sideways(page, analys, width):
    page.tab.wide(width)
    page.open(file_of(analys)).begin()
    for where in WALK:
        page.go(where)
        assert (where, page.value("document.documentElement.scrollWidth")) == (where, width)


def test_everything_can_be_done_by_keys_alone(page):
    page.open(file_of(small_form()))
    keys = page.tab
    for _ in range(12):
        keys.press("Tab")
        if page.value("document.activeElement.type") == "radio":
            break
    keys.press(" ", " ")
    for _ in range(12):
        keys.press("Tab")
        if page.value("document.activeElement.textContent") == "Börja":
            break
    keys.press("Enter", "\r")
    page.settled()
    assert page.value("location.hash") == "#fraga-1"
    reached = set()
    for _ in range(60):
        keys.press("Tab")
        reached.add(page.value("document.activeElement.textContent || document.activeElement.id"))
    assert {
        "Tillbaka",
        "Nästa",
        "Spara svarsfilen",
        "Lämna svaren",
        "f1-unknown",
        "f1-skipped",
    } <= reached


@pytest.mark.skipif(not AXE, reason="UTB_AXE does not say where axe-core is")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_say_of_any_page(page, analys, scheme):
    page.tab.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    run = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
    said = f"{run}.then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ')))"
    page.open(file_of(analys))
    page.value(Path(AXE).read_text(encoding="utf-8"))
    faults = {"före": page.value(said)}
    page.begin()
    every = [f"#fraga-{number}" for number in range(1, len(analys.questions) + 1)]
    for where in [*WALK, *every]:
        page.go(where)
        faults[where] = page.value(said)
    page.go("#fraga-2")
    page.type("f2", "850709-2396")
    page.press("Nästa")
    faults["fel"] = page.value(said)
    page.open(page.saved(), "sparad.html")
    page.value(Path(AXE).read_text(encoding="utf-8"))
    faults["öppnad"] = page.value(said)
    page.tab.ask("Emulation.setEmulatedMedia", features=[])
    assert {where: found for where, found in faults.items() if found} == {}
