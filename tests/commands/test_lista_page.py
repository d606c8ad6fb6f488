"""`utb lista --format html`: one page of all initiatives for those who decide, readable without its script."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from making import BATTERY, ROOT
from utbildningsprocess.documents.kinds import NEW_DOSSIER
from utbildningsprocess.documents.template import new_dossier
from utbildningsprocess.files.roots import template_text
from utbildningsprocess.model import AnswerSheet
from utbildningsprocess.swedish import alphabetical, nfc

TODAY = date(2025, 9, 15)
EMPTY = new_dossier(template_text(ROOT, NEW_DOSSIER), "TITEL", AnswerSheet(BATTERY, {}), "dossier")
WHY, WHEN, DECISIONS, LEADER = (
    *("behov.varfor", "behov.klart_senast"),
    *("analys.beslutsgang", "om.processledare_roll"),
)
LESSONS = "uppfoljning.lardomar"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: TODAY)


def write(utb, name, title="", answers=None):
    text = EMPTY.replace("TITEL", title or name)
    for qid, answer in {WHY: "Därför", **(answers or {})}.items():
        opening, closing = f"<!-- utb:{qid} -->\n", f"\n<!-- /utb:{qid} -->"
        assert f"{opening}{closing}" in text
        text = text.replace(f"{opening}{closing}", f"{opening}\n{answer}\n{closing}")
    path = utb.folder / "insatser" / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def decision(day):
    return f"#### D1\n\n- **Beslutet gäller:** Mer tid\n- **Behövs senast:** {day}"


def lesson(text):
    return f"#### R1\n\n- **Typ:** Ändra\n- **Lärdom:** {text}\n- **Gäller:** Alla"


class Page(HTMLParser):
    """What a page holds: its text by section, its names and links, and the attributes of its rows."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.tags, self.texts = [], [], [], []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        self.tags.append((tag, known))
        self.ids += [known["id"]] if "id" in known else []
        self.links += [known["href"]] if tag == "a" else []
        self._inside = tag if tag in ("script", "style") else ""

    def handle_endtag(self, _tag):
        self._inside = ""

    def handle_data(self, data):
        if not self._inside:
            self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())

    def places(self, heading):
        return [
            int(known["data-plats"])
            for _, known in self.tags
            if known.get("data-rubrik") == heading and "data-plats" in known
        ]

    def counts(self):
        return [known["data-raknas"] for _, known in self.tags if "data-raknas" in known]


def page(utb, *args):
    outcome = utb("lista", "--format", "html", *args)
    assert outcome.code in (0, 3), outcome.err
    return Page(outcome.out)


# ----------------------------------------------------------------- what it holds


def test_everything_stands_on_the_page_before_any_script_runs(utb):
    utb.example()
    write(
        utb, "larm", "Larma i tid", {WHEN: "2025-10-10", LEADER: "Sjuksköterska", LESSONS: lesson("Öva mer")}
    )
    shown = page(utb)
    assert "Läget den 15 september 2025" in shown.text
    assert "2 insatser är lästa." in shown.text
    assert "Filter och sortering behöver JavaScript" in shown.text
    for said in ("Trygg start", "Larma i tid", "Sjuksköterska", "Det ska fungera i vardagen", "Öva mer"):
        assert said in shown.text
    assert (
        "M3 Punktmätning NEWS2 på pass med nya (Vårdutvecklare): 86 % (mål 90 %, nuläge 68 %)" in shown.text
    )
    assert "Ändra: Öva mer (gäller: Alla)" in shown.text
    assert not [known for tag, known in shown.tags if "src" in known or tag in ("link", "iframe")]


def test_each_initiative_can_be_linked_to_and_no_link_leads_nowhere(utb):
    utb.example()
    write(utb, "larm", "Larma i tid")
    write(utb, "larm b", "Larma")
    write(utb, "larm-b", "Larma igen")
    shown = page(utb)
    assert len(shown.ids) == len(set(shown.ids))
    assert {link.removeprefix("#") for link in shown.links} <= set(shown.ids)
    assert {"insats-larm", "insats-larm-b", "insats-larm-b-2"} <= set(shown.ids)


def test_a_link_to_an_initiative_holds_when_its_file_is_renamed(utb):
    path = utb.example()
    before = page(utb).ids
    path.rename(path.with_name("annat.md"))
    assert page(utb).ids == before


def test_only_its_own_script_may_run(utb):
    write(utb, "larm")
    text = utb("lista", "--format", "html").out
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src &#x27;sha256-{digest}&#x27;" in text or f"script-src 'sha256-{digest}'" in text
    assert "default-src 'none'" in text
    assert len(script.splitlines()) < 120


@pytest.mark.parametrize(
    "text", ["</script><img src=x onerror=alert(1)>", "<!--<script>", "a&lt;b 'c' \"d\""]
)
def test_what_looks_like_markup_stands_as_it_was_written(utb, text):
    write(utb, "larm", f"Titel {text}", {LEADER: f"Roll {text}", LESSONS: lesson(f"Lärdom {text}")})
    write(utb, "sedan", "Efteråt", {WHEN: "2025-10-10"})
    shown = page(utb)
    assert [tag for tag, _ in shown.tags].count("script") == 1
    assert "img" not in [tag for tag, _ in shown.tags]
    for said in ("Titel", "Roll", "Lärdom"):
        assert f"{said} {text}" in shown.text
    assert "Efteråt" in shown.text


# ----------------------------------------------------------------------- counts


def test_the_overview_counts_steps_and_what_is_late_or_red(utb):
    utb.example()
    write(utb, "sen", answers={DECISIONS: decision("2025-09-14")})
    write(utb, "vilar", answers={DECISIONS: f"{decision('2026-01-01')}\n- **Det blev:** Pausat"})
    shown = page(utb)
    assert "3 Insatser" not in shown.text
    assert "Insatser 3 Aktiva 2 Vilande 1 Med något försenat 2 Med röda fynd 2" in shown.text
    assert "Analys 2 1 1 2" in shown.text
    assert "Uppföljning 1 1 1 0" in shown.text
    assert "analys aktiv" in shown.counts()


def test_due_today_is_today_and_late_from_the_day_after(utb, monkeypatch):
    write(utb, "larm", answers={DECISIONS: decision("2025-09-15")})
    assert "September 2025 ( 1 ) I dag Beslut behövs: D1 Mer tid" in page(utb).text
    assert "Med något försenat 0" in page(utb).text
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: date(2025, 9, 16))
    assert "Försenat ( 1 ) 15 september 2025 Beslut behövs: D1 Mer tid" in page(utb).text
    assert "Med något försenat 1" in page(utb).text


def test_the_calendar_holds_a_year_and_says_where_the_years_after_stand(utb):
    write(utb, "nu", answers={WHEN: "2025-09-30"})
    write(utb, "snart", answers={WHEN: "oktober 2025"})
    write(utb, "sist", answers={WHEN: "2026-08-31"})
    write(utb, "senare", answers={WHEN: "2026-09-01"})
    shown = page(utb)
    months = [known for tag, known in shown.tags if tag == "details"]
    assert ["open" in known for known in months] == [True, True, False]
    assert "Oktober 2025 ( 1 ) oktober 2025 Det ska fungera" in shown.text
    assert "Det som ska ske från och med september 2026 står under varje insats." in shown.text
    assert "1 september 2026" in shown.text


def test_who_is_to_see_to_it_stands_beside_what_is_due(utb):
    write(utb, "larm", answers={DECISIONS: f"{decision('2025-09-30')}\n- **Beslutas av:** Chefen"})
    assert "30 september 2025 Beslut behövs: D1 Mer tid (Chefen)" in page(utb).text


def test_dates_are_spelled_out_and_stand_as_iso_for_programs(utb):
    write(utb, "larm", answers={WHEN: "2025-10-10"})
    shown = page(utb)
    assert "10 oktober 2025: Det ska fungera i vardagen" in shown.text
    assert "2025-10-10" not in shown.text
    assert {known["data-dag"] for _, known in shown.tags if "data-dag" in known} == {"2025-10-10"}


def test_the_counts_and_what_is_late_stand_before_the_filter(utb):
    write(utb, "larm", answers={WHEN: "2025-10-10", DECISIONS: decision("2025-09-01")})
    places = [page(utb).ids.index(name) for name in ("oversikt", "forsenat", "filter", "lista", "kalender")]
    assert places == sorted(places)
    write(utb, "larm", answers={WHEN: "2025-10-10"})
    assert "forsenat" not in page(utb).ids


def test_what_rests_is_marked_where_its_dates_stand(utb):
    resting = f"{decision('2026-01-01')}\n- **Det blev:** Pausat"
    write(utb, "vilar", "Ny rutin", {WHEN: "2025-10-10", DECISIONS: resting})
    assert "10 oktober 2025 Det ska fungera i vardagen Ny rutin (vilar)" in page(utb).text


def test_red_findings_are_named_and_the_cost_is_in_kronor(utb):
    utb.example()
    write(utb, "larm", answers={DECISIONS: decision("2025-09-30")})
    shown = page(utb).text.replace("\u00a0", " ")
    assert "Ett rött fynd är något i planen som inte hänger ihop." in shown
    assert "Röda fynd Minst ett mått på effekten" in shown
    assert "Planerad kostnad 448 000 kronor" in shown


def test_titles_sort_as_in_a_swedish_register_whatever_the_browser_speaks(utb):
    titles = ["Öl", "Ärta", "A\u030al", "Zon", "Éva", "Eva 2", "ask"]
    for place, title in enumerate(titles):
        write(utb, f"fil-{place}", title)
    shown = page(utb)
    rows = [
        known
        for tag, known in shown.tags
        if tag == "th" and known.get("scope") == "row" and "data-plats" in known
    ]
    listed = [nfc(text) for text in shown.texts if nfc(text) in map(nfc, titles)][: len(titles)]
    by_place = [
        title for _, title in sorted(zip((int(row["data-plats"]) for row in rows), listed, strict=True))
    ]
    assert by_place == ["ask", "Éva", "Eva 2", "Zon", "Ål", "Ärta", "Öl"]
    assert by_place == sorted(by_place, key=alphabetical)


def test_what_is_wrong_with_most_sorts_first(utb):
    write(utb, "a-utan")
    write(utb, "b-sen", answers={DECISIONS: decision("2025-09-01")})
    shown = page(utb)
    assert shown.places("Försenat") == [0, 1]
    assert shown.places("Nästa") == [0, 1]


# ---------------------------------------------------------- what is said besides


def test_the_page_says_how_many_were_read_and_which_files_are_in_no_sum(utb):
    original = utb.example()
    write(utb, "hel")
    original.with_name("trygg-start (1).md").write_bytes(original.read_bytes())
    original.with_name("mote.md").write_text("# Minnesanteckningar\n", encoding="utf-8")
    broken = write(utb, "trasig")
    broken.write_text(broken.read_text("utf-8").replace("<!-- /utb:behov.varfor -->\n", ""), encoding="utf-8")
    outcome = utb("lista", "--format", "html")
    said = Page(outcome.out).text
    assert outcome.code == 3
    assert (
        "2 insatser är lästa. 1 kopia räknas inte. 1 fil är ingen dossier. 1 fil går inte att läsa." in said
    )
    assert "insatser/trygg-start (1).md är en kopia av trygg-start.md och räknas inte." in said
    missing = "En insats saknas här: filen insatser/trasig.md går inte att läsa. Den som äger filen"
    assert said.index(missing) < said.index("Fel: insatser/trasig.md:82: ")
    assert "trasig" not in Page(utb("lista", "--format", "html", "--oppen").out).text


def test_what_was_chosen_is_said(utb):
    utb.example()
    write(utb, "larm", "Larma i tid")
    shown = page(utb, "--forsenat", "--steg", "6", "--sok", "tidiga")
    assert "2 insatser är lästa. 1 av dem visas här." in shown.text
    assert "Urvalet är det som är försenat, steget Uppföljning och ordet ”tidiga”." in shown.text
    assert "Larma i tid" not in shown.text


def test_an_empty_folder_gives_a_page_without_rows(utb):
    shown = page(utb)
    assert "0 insatser är lästa." in shown.text
    assert "script" not in [tag for tag, _ in shown.tags]


def test_the_organisation_and_the_folder_stand_in_the_head(utb):
    (utb.folder / "utb.yaml").write_text("organisation: Region Exempel\n", encoding="utf-8")
    write(utb, "larm")
    assert "Region Exempel · Insatser · arbete/insatser" in page(utb).text


def test_traces_of_people_do_not_stand_on_the_page(utb):
    write(
        utb,
        "larm",
        "Larma",
        {LEADER: "Anna, anna@example.org, tel 070-123 45 67", LESSONS: lesson("Om 19121212-1212")},
    )
    shown = page(utb)
    assert "Anna, [e-postadress], tel [telefonnummer]" in shown.text
    assert "[Texten visas inte. Den innehåller ett personnummer.]" in shown.text
    for written in ("anna@", "123 45", "1212"):
        assert written not in shown.text


# ----------------------------------------------------------------- for everybody


def test_a_page_for_everybody_has_counts_only(utb):
    (utb.folder / "utb.yaml").write_text("organisation: Region Exempel\n", encoding="utf-8")
    utb.example()
    answers = {DECISIONS: decision("2025-10-14"), LEADER: "Kvarnmästare", LESSONS: lesson("Öva mer")}
    original = write(utb, "hemlig-fil", "Hemlig titel", answers)
    original.with_name("hemlig-fil (1).md").write_bytes(original.read_bytes())
    outcome = utb("lista", "--format", "html", "--oppen", "--roll", "kvarn")
    shown = Page(outcome.out)
    assert shown.text.endswith("Oktober 2025 1 1")
    assert "2 insatser är lästa. 1 av dem visas här. 1 kopia räknas inte." in shown.text
    assert "Sidan är gjord för att visas öppet." in shown.text
    for word in ("emlig", "varnm", "Öva", "D1", "arbete", "rygg", "insats-"):
        assert word not in outcome.out.partition("</style>")[2]
    assert "script" not in [tag for tag, _ in shown.tags]


def test_only_the_page_can_be_for_everybody(utb):
    assert utb("lista", "--oppen")[::2] == (2, "Fel: --oppen gäller sidan. Lägg till --format html.\n")


# ------------------------------------------------------------------------ saving


def test_the_ending_of_a_file_says_the_format(utb):
    write(utb, "larm")
    for name, begins in (
        ("l.html", "<!doctype"),
        ("l.json", "["),
        ("l.csv", "\ufeffInsats"),
        ("l.md", "| Insats"),
        ("l.txt", "larm"),
    ):
        code, out, err = utb("lista", "-o", name)
        assert (code, out, err) == (0, f"{name}\n", "")
        assert (utb.folder / name).read_text("utf-8").startswith(begins)
        assert utb("lista", "-o", name).err == "Filen fanns redan och är likadan.\n"
    assert utb("lista", "-o", "-").out.startswith("larm\n")


def test_what_programs_read_has_no_colours_even_where_they_are_forced(utb, monkeypatch):
    write(utb, "larm", "Fel: larmet [röd]")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" in utb("lista").out
    for form in ("html", "json", "csv", "md"):
        assert "\x1b" not in utb("lista", "--format", form).out


def test_a_page_of_another_day_is_replaced_but_not_what_somebody_wrote(utb, monkeypatch):
    write(utb, "larm")
    assert utb("lista", "-o", "laget.html").code == 0
    monkeypatch.setenv("UTB_STATE_DIR", str(utb.folder.parent / "annan-dator"))
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: date(2025, 9, 16))
    assert utb("lista", "-o", "laget.html").code == 0
    saved = utb.folder / "laget.html"
    assert "Läget den 16 september 2025" in saved.read_text("utf-8")
    saved.write_text(saved.read_text("utf-8").replace("Läget", "Mitt läge"), encoding="utf-8")
    outcome = utb("lista", "-o", "laget.html")
    assert (outcome.code, "laget.html finns redan och ser annorlunda ut." in outcome.err) == (4, True)
    assert utb("lista", "-o", "laget.html", "--ersatt").code == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ["-o", "l.html", "--format", "csv"],
            "l.html slutar på .html, men --format säger csv. Ändra det ena.",
        ),
        (["-o", "l.docx"], "Formatet ”docx” finns inte."),
        (["-o", "insatser/l.html"], "ligger i mappen för insatser."),
        (["-o", "19121212-1212.html"], "Filens namn innehåller ett personnummer."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_place_that_cannot_be_meant_is_refused(utb, args, said):
    write(utb, "larm")
    outcome = utb("lista", *args)
    assert (outcome.code, said in outcome.err) == (2, True), outcome.err
