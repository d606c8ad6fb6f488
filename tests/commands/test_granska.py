"""`utb granska`: the red thread, a rule explained, and a finding accepted."""

from __future__ import annotations

import json
import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from utbildningsprocess.answers.periods import date_in_short

NUMBER = "811218-9876"  # Invented; its check digit is right.


@pytest.fixture
def ny(utb):
    """An initiative in which two things are missing: a measure (red) and a need without a solution (yellow)."""
    utb.dossier("Ny", varfor="Vi behöver en kurs")
    return utb


def line_of(path, text: str) -> int:
    return path.read_text("utf-8").split("\n").index(text) + 1


def accept(utb, rule: str = "R01", reason: str = "Mäts av regionen", role: str = "Vårdenhetschef", **more):
    return utb("granska", "ny", "--avsteg", rule, "--skal", reason, "--roll", role, **more)


# ---------------------------------------------------------------- reporting


def test_findings_in_words(ny):
    path = ny.folder / "insatser" / "ny.md"
    measure = line_of(path, "<!-- utb:behov.effektmatt -->")
    why = line_of(path, "<!-- utb:behov.varfor -->")
    assert ny("granska") == (
        0,
        f"""\
Ny
insatser/ny.md

Behov
[röd] R01 rad {measure}: Det finns inget mått på vad som ska bli bättre. Lägg till
      minst ett, annars går värdet inte att följa upp.
[gul] R03 rad {why}: Behovet är skrivet som en lösning (”kurs”). Skriv i stället
      vad som händer i vardagen när det inte fungerar. Har ni redan prövat en
      utbildning: skriv det i Analys, frågan ”Hur gör de i dag, och vad har ni
      redan provat?”.

2 fynd: 1 rött och 1 gult.

Läs mer om en regel: utb granska --regel R01
Godta ett fynd: utb granska ny --avsteg R01 --skal "…" --roll "…"
""",
        "",
    )


def test_without_a_name_all_initiatives_are_checked_and_several_can_be_named(ny):
    ny.dossier("Annan")
    ny.dossier("Tredje")
    out = ny("granska").out
    assert [line for line in out.splitlines() if line.startswith("insatser/")] == [
        *("insatser/annan.md", "insatser/ny.md", "insatser/tredje.md")
    ]
    assert "4 fynd i 3 insatser: 3 röda och 1 gult." in out
    two = ny("granska", "tredje", "ny", "insatser/ny.md").out
    assert re.findall(r"^insatser/.*", two, re.MULTILINE) == ["insatser/tredje.md", "insatser/ny.md"]


def test_the_example_holds_together(utb):
    utb.example()
    outcome = utb("granska", "--strikt")
    assert outcome.code == 0
    assert "[röd]" not in outcome.out


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ([], "Det finns ingen insats i insatser. Starta en med ”utb ny”."),
        (["--format", "jsn"], "Formatet ”jsn” finns inte. Menade du json?"),
        (["--regel", "R99"], "Regeln ”R99” finns inte. Menade du R59? Reglerna är R01–R64."),
        (["--regel", "tid"], "Regeln ”tid” finns inte. Reglerna är R01–R64."),
        (["--regel", "R24", "--avsteg", "R24"], "Ange --regel eller --avsteg, inte båda."),
        (["ny", "--regel", "R24"], "--regel förklarar en regel och tar ingen insats. Skriv: utb granska --regel R24"),
        (["ny", "--skal", "X"], '--skal och --roll hör till --avsteg. Så här skriver du: utb granska INSATS --avsteg R24 --skal "…" --roll "…"'),
        (["ny", "--roll", "X"], '--skal och --roll hör till --avsteg. Så här skriver du: utb granska INSATS --avsteg R24 --skal "…" --roll "…"'),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_with_what_to_do(utb, args, told):
    assert utb("granska", *args) == (2, "", f"Fel: {told}\n")


def test_an_unknown_initiative_is_told_before_anything_is_checked(ny):
    assert ny("granska", "ny", "nyy") == (2, "", "Fel: Insatsen ”nyy” finns inte. Menade du ny?\n")


def test_strict_ends_with_one_while_the_thread_is_broken(ny):
    assert ny("granska", "--strikt").code == 1
    assert ny("granska", "--strikt", "--format", "json").code == 1
    accept(ny)
    assert ny("granska", "--strikt").code == 0


def test_strict_says_nothing_holds_where_text_is_not_read(ny):
    ny("svar", "ny", "varfor", "För att minska väntan")
    ny("svar", "ny", "effektmatt", '[{"matt": "Väntan", "nulage": "9", "mal": "5", "nar": "2030-01-01"}]')
    assert ny("granska", "--strikt").code == 0
    path = ny.folder / "insatser" / "ny.md"
    place = "<!-- utb:behov.krav -->\n"
    path.write_text(path.read_text("utf-8").replace(place, f"{place}\nkanske inte, vi får se\n"), "utf-8")
    line = line_of(path, "kanske inte, vi får se")
    outcome = ny("granska", "--strikt")
    assert outcome.code == 1
    assert f"Rad {line} läses inte som svar. Rätta det som står där.\n" in outcome.out
    assert "Den röda tråden håller" not in outcome.out


def test_json(ny):
    outcome = ny("granska", "--format", "JSON")
    assert [(one["insats"], one["regel"], one["grad"], one["steg"]) for one in json.loads(outcome.out)] == [
        ("ny", "R01", "rod", "behov"),
        ("ny", "R03", "gul", "behov"),
    ]
    assert json.loads(outcome.out)[0]["avsteg"] is None


def test_annotations_hold_no_words_of_an_answer(ny):
    ny("svar", "ny", "varfor", "En kurs::error::%0A åt Anna")
    out = ny("granska", "--format", "github").out
    assert [line.partition(" ")[0] for line in out.splitlines()] == ["::error", "::warning"]
    assert "Behovet är skrivet som en lösning (”…”)." in out
    assert "kurs" not in out.casefold()


def test_nothing_found_is_nothing_written_as_annotations(ny):
    ny("svar", "ny", "varfor", "För att minska väntan")
    ny("svar", "ny", "effektmatt", '[{"matt": "Väntan", "nulage": "9", "mal": "5", "nar": "2030-01-01"}]')
    assert ny("granska", "--format", "github") == (0, "", "")
    assert "Inga fynd. Den röda tråden håller" in ny("granska").out


def test_junit(ny):
    root = ET.fromstring(ny("granska", "--format", "junit").out)  # noqa: S314  our own
    assert (root.get("tests"), root.get("failures")) == ("8", "2")
    assert [case.get("name", "")[:3] for case in root.iter("testcase") if len(case)] == ["R01", "R03"]


# ---------------------------------------------------- what cannot be read


def test_notes_beside_the_dossiers_are_passed_over_in_one_sentence(ny):
    (ny.folder / "insatser" / "motet.md").write_text("# Mötet\n\nVi ses på torsdag.\n", "utf-8")
    told = "insatser/motet.md är ingen dossier och granskas inte.\n"
    code, out, err = ny("granska")
    assert (code, err) == (0, told)
    assert re.findall(r"^insatser/.*", out, re.MULTILINE) == ["insatser/ny.md"]
    assert ny("status").out.startswith("Ny\ninsatser/ny.md\n")


def test_notes_somebody_names_are_told_to_be_no_dossier(ny):
    (ny.folder / "insatser" / "motet.md").write_text("# Mötet\n\nVi ses på torsdag.\n", "utf-8")
    outcome = ny("granska", "motet")
    assert (outcome.code, outcome.out) == (0, "")
    assert "insatser/motet.md är ingen dossier och granskas inte" in outcome.err


@pytest.mark.parametrize("lost", [r"<!-- utb:dossier 1 -->\n", r"<!-- .*? -->\n"])
def test_a_dossier_that_has_lost_its_markers_is_still_told_of(ny, lost):
    path = ny.folder / "insatser" / "ny.md"
    path.write_text(re.sub(lost, "", path.read_text("utf-8")), "utf-8")
    outcome = ny("granska")
    assert "insatser/ny.md" in outcome.err
    assert "är ingen dossier" not in outcome.err


def test_a_file_in_doubt_is_named_and_the_others_are_still_checked(ny):
    other = ny.dossier("Annan")
    other.write_text(other.read_text("utf-8").replace("<!-- /utb:behov.varfor -->", ""), "utf-8")
    (ny.folder / "insatser" / "binar.md").write_bytes(b"\xff\xfe\x00")
    outcome = ny("granska", "--strikt")
    assert outcome.code == 3
    assert outcome.out.startswith("Ny\ninsatser/ny.md\n")
    assert "Fel: insatser/annan.md behöver lagas innan den kan granskas:\nrad " in outcome.err
    assert "Fel: insatser/binar.md:1: texten är inte UTF-8." in outcome.err
    assert ny("granska", "annan").out == ""


def test_a_file_in_doubt_is_an_error_with_its_line_for_other_programs_too(ny):
    other = ny.dossier("Annan")
    other.write_text(other.read_text("utf-8").replace("<!-- /utb:behov.varfor -->", ""), "utf-8")
    (ny.folder / "insatser" / "binar.md").write_bytes(b"ett\n\xff\xfe\x00")
    codes = {form: ny("granska", "--format", form) for form in ("json", "github", "junit")}
    assert {outcome.code for outcome in codes.values()} == {3}
    faults = [one for one in json.loads(codes["json"].out) if one["grad"] == "fel"]
    assert {(one["insats"], one["regel"]) for one in faults} == {("annan", None), ("binar", None)}
    assert ("binar", 2) in [(one["insats"], one["rad"]) for one in faults]
    for fault in faults:
        assert f"::error file=insatser/{fault['insats']}.md,line={fault['rad']}," in codes["github"].out
    root = ET.fromstring(codes["junit"].out)  # noqa: S314  our own
    assert root.get("errors") == "2"
    assert [
        suite.get("name") for suite in root.iter("testsuite") if suite.find("testcase/error") is not None
    ] == [*("insatser/annan.md", "insatser/binar.md")]


# ---------------------------------------------------------------- one rule


def test_a_rule_is_explained_without_any_initiative(utb):
    outcome = utb("granska", "--regel", "r24")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("R24 Deltagarnas tid mot värdet\n\nGrad: Gul, en risk\nSteg: Koncept\n\n")
    assert "Gäller när: deltagartiden är längre än gränsen tidsvarning_timmar i utb.yaml" in outcome.out
    assert "\nVarför: " in outcome.out
    assert "\nKälla: Processbeskrivningen" in outcome.out
    assert outcome.out.endswith('utb granska INSATS --avsteg R24 --skal "…" --roll "…"\n')


# --------------------------------------------------------------- accepting


def test_an_accepted_finding_stands_in_the_dossier_and_beside_the_finding(ny):
    path = ny.folder / "insatser" / "ny.md"
    assert accept(ny, "r01") == (
        0,
        "",
        "Sparat i insatser/ny.md: avsteg från R01, Minst ett mått på effekten.\n",
    )
    text = path.read_text("utf-8")
    today = re.search(r"- \*\*Datum:\*\* (\d{4}-\d\d-\d\d)\n", text)
    assert today
    assert "\n## Avsteg\n" in text
    assert "- **Regel:** R01\n- **Skäl:** Mäts av regionen\n- **Roll:** Vårdenhetschef\n" in text
    out = ny("granska").out
    assert (
        f"\n      Avsteg: Mäts av regionen (Vårdenhetschef, {date_in_short(date.fromisoformat(today[1]))})\n"
        in out
    )
    assert "2 fynd: 1 rött och 1 gult. 1 är godtaget med avsteg." in out
    (found, _) = json.loads(ny("granska", "--format", "json").out)
    assert found["avsteg"] == {"skal": "Mäts av regionen", "roll": "Vårdenhetschef", "datum": today[1]}
    assert "::notice file=" in ny("granska", "--format", "github").out


def test_accepting_twice_changes_nothing_and_a_new_reason_takes_the_place_of_the_old(ny):
    path = ny.folder / "insatser" / "ny.md"
    accept(ny)
    before = path.read_bytes()
    assert accept(ny) == (0, "", "Avsteget från R01 står redan i insatser/ny.md. Inget har ändrats.\n")
    assert path.read_bytes() == before
    assert accept(ny, reason="Mäts av kommunen").code == 0
    text = path.read_text("utf-8")
    assert "Mäts av regionen" not in text
    assert text.count("- **Regel:** R01\n") == 1


def test_several_findings_can_be_accepted_and_what_stood_there_stays(ny):
    accept(ny)
    accept(ny, "R03", "Ordet är brukarnas eget")
    text = (ny.folder / "insatser" / "ny.md").read_text("utf-8")
    assert re.findall(r"\*\*Regel:\*\* (.*)", text) == ["R01", "R03"]


def test_one_row_can_be_accepted_alone(ny):
    rows = '[{"matt": "Väntan", "nulage": "9"}, {"matt": "Avvikelser"}]'
    ny("svar", "ny", "effektmatt", rows)
    assert accept(ny, "R02:e2").code == 0
    out = ny("granska").out
    first, second = (out.index(f"Måttet {row}") for row in ("E1", "E2"))
    assert first < second < out.index("Avsteg: ")
    assert "1 är godtaget med avsteg." in out
    assert accept(ny, "R02:E9").err == (
        "Fel: R02 har fynd på E1 och E2 i insatser/ny.md, men inte på E9. Inget har sparats.\n"
    )
    assert accept(ny, "R03:E1").err == (
        "Fel: R03 gäller ingen enskild rad i insatser/ny.md. Skriv bara --avsteg R03.\n"
    )


def test_a_role_is_asked_for_but_not_needed(ny):
    outcome = ny("granska", "--avsteg", "R01", "--skal", "Därför")
    assert outcome.code == 0
    assert outcome.err.endswith("Lägg gärna till vem som har godtagit det: --roll.\n")
    assert "**Roll:**" not in (ny.folder / "insatser" / "ny.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["ny", "--avsteg", "R01"], 'Ett avsteg behöver ett skäl. Så här skriver du: utb granska ny --avsteg R01 --skal "…" --roll "…"'),
        (["--avsteg", "R02:E1", "--skal", " "], 'Ett avsteg behöver ett skäl. Så här skriver du: utb granska ny --avsteg R02:E1 --skal "…" --roll "…"'),
        (["ny", "--avsteg", "R32", "--skal", "X"], "R32 går inte att godta med ett avsteg: ta bort det som regeln har hittat."),
        (["ny", "--avsteg", "R77", "--skal", "X"], "Regeln ”R77” finns inte. Menade du R57? Reglerna är R01–R64."),
        (["ny", "--avsteg", "R24", "--skal", "X"], "R24 har inget fynd i insatser/ny.md just nu, så det finns inget att godta. Inget har sparats."),
        (["ny", "ny", "--avsteg", "R01", "--skal", "X"], "Ett avsteg gäller en insats i taget. Ange bara en."),
    ],
)  # fmt: skip
def test_what_cannot_be_accepted_leaves_the_file_alone(ny, args, told):
    path = ny.folder / "insatser" / "ny.md"
    before = path.read_bytes()
    assert ny("granska", *args) == (2, "", f"Fel: {told}\n")
    assert path.read_bytes() == before


def test_a_personal_number_is_saved_only_when_somebody_insists(ny):
    path = ny.folder / "insatser" / "ny.md"
    before = path.read_bytes()
    refused = ny("granska", "ny", "--avsteg", "R01", "--skal", f"Fråga {NUMBER}")
    assert refused.code == 2
    assert refused.err.startswith(
        "avsteg.godtagna 1: ”Skäl” innehåller ett personnummer.\nInget har sparats."
    )
    assert path.read_bytes() == before
    outcome = ny("granska", "ny", "--avsteg", "R01", "--skal", f"Fråga {NUMBER}", "--medge-personuppgift")
    assert outcome.code == 0
    assert "[röd] R32 " in ny("granska").out


def test_nothing_is_accepted_in_a_file_in_doubt(ny):
    path = ny.folder / "insatser" / "ny.md"
    path.write_text(path.read_text("utf-8") + "\n<!-- utb:behov.varfor -->\n", "utf-8")
    before = path.read_bytes()
    outcome = accept(ny)
    assert outcome.code == 3
    assert "insatser/ny.md behöver lagas" in outcome.err
    assert path.read_bytes() == before


def test_a_deviation_written_by_hand_counts(ny):
    accept(ny)
    path = ny.folder / "insatser" / "ny.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("- **Regel:** R01\n", "* __regel__: r03\n"), "utf-8")
    out = ny("granska").out
    assert out.index("R03 rad") < out.index("Avsteg: Mäts av regionen")


def test_a_deviation_without_a_reason_does_not(ny):
    accept(ny)
    path = ny.folder / "insatser" / "ny.md"
    path.write_text(path.read_text("utf-8").replace("- **Skäl:** Mäts av regionen\n", ""), "utf-8")
    assert "Avsteg:" not in ny("granska").out


# ------------------------------------------------- deviations that accept nothing


def told_of(ny, *rows: str) -> list[str]:
    """What is said when somebody has written these rows in the list of deviations."""
    path = ny.folder / "insatser" / "ny.md"
    body = "\n\n".join(f"#### {place}\n\n{row}" for place, row in enumerate(rows, 1))
    text = re.sub(
        r"(<!-- utb:avsteg.godtagna -->\n\n).*(\n\n<!-- /utb:avsteg.godtagna -->)",
        lambda found: found[1] + body + found[2],
        path.read_text("utf-8"),
        flags=re.DOTALL,
    )
    path.write_text(text, "utf-8")
    return [line.removeprefix("insatser/ny.md:") for line in ny("granska").err.splitlines()]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("- **Skäl:** Därför", "Avsteget räknas inte: raden säger inte vilken regel. Skriv ”- **Regel:** R24”."),
        ("- **Regel:** Måtten\n- **Skäl:** Därför", "Avsteget räknas inte: ”Måtten” är ingen regel. Skriv till exempel R24 eller R11 L3."),
        ("- **Regel:** R99\n- **Skäl:** Därför", "Avsteget från R99 räknas inte: regeln finns inte. Menade du R59? Reglerna är R01–R64."),
        ("- **Regel:** R01\n- **Roll:** Chef", "Avsteget från R01 räknas inte: skälet saknas. Skriv ”- **Skäl:** …”."),
        ("- **Regel:** R32\n- **Skäl:** Därför", "Avsteget från R32 räknas inte: den regeln går inte att godta. Ta bort det som den har hittat."),
        ("- **Regel:** R03 E1\n- **Skäl:** Därför", "Avsteget från R03 E1 räknas inte: regeln gäller ingen enskild rad. Skriv bara R03."),
        ("- **Regel:** R02 E9\n- **Skäl:** Därför", "Avsteget från R02 E9 räknas inte: raden E9 finns inte. Skriv R02 och en rad som finns, eller bara R02."),
        ("- **Regel:** R02 1\n- **Skäl:** Därför", "Avsteget från R02 1 räknas inte: regeln har fynd på E1 och E2. Skriv en av dem, eller bara R02."),
    ],
)  # fmt: skip
def test_a_deviation_that_accepts_nothing_is_told_with_its_line_and_how_to_write_it(ny, row, told):
    ny("svar", "ny", "effektmatt", '[{"matt": "Väntan"}, {"matt": "Avvikelser"}]')
    accept(ny, "R02")
    (said,) = told_of(ny, "- **Regel:** R03\n- **Skäl:** Ordet är brukarnas", row)
    assert said == f"{line_of(ny.folder / 'insatser' / 'ny.md', '#### 2')}: {told}"
    assert ny("granska", "--strikt", "--format", "json").err == f"insatser/ny.md:{said}\n"


def test_a_date_that_cannot_be_read_is_told_and_the_deviation_counts(ny):
    accept(ny)
    (said,) = told_of(ny, "- **Regel:** R01\n- **Skäl:** Därför\n- **Datum:** i våras")
    line = line_of(ny.folder / "insatser" / "ny.md", "- **Datum:** i våras")
    assert said.startswith(f"{line}: avsteg.godtagna: Datum: ”i våras” går inte att läsa som datum")
    assert "Avsteg: Därför" in ny("granska").out


@pytest.mark.parametrize("row", ["R01", "R24", "R02 E1", "R16 före", "R11"])
def test_a_deviation_from_what_is_mended_or_still_to_come_is_in_order(ny, row):
    accept(ny)
    ny("svar", "ny", "effektmatt", '[{"matt": "Väntan", "nulage": "9", "mal": "5", "nar": "2030-01-01"}]')
    assert told_of(ny, f"- **Regel:** {row}\n- **Skäl:** Därför") == []


def test_a_deviation_written_outside_the_markers_is_told_with_the_command_that_writes_it(ny):
    path = ny.folder / "insatser" / "ny.md"
    path.write_text(path.read_text("utf-8") + "\n## Avsteg\n\n- R01: mäts av regionen\n", "utf-8")
    line = line_of(path, "- R01: mäts av regionen")
    assert ny("granska").err == (
        f"insatser/ny.md:{line}: Avsteget från R01 räknas inte: det står utanför markörerna. "
        'Skriv: utb granska ny --avsteg R01 --skal "…" --roll "…"\n'
    )


def test_rules_mentioned_in_other_sections_of_ones_own_are_no_deviations(ny):
    path = ny.folder / "insatser" / "ny.md"
    path.write_text(path.read_text("utf-8") + "\n## Anteckningar\n\n- R01: fråga regionen\n", "utf-8")
    assert ny("granska").err == ""


def test_what_was_kept_of_many_is_neither_old_nor_called_by_an_older_name(utb):
    for number in range(10):
        utb.dossier(f"Insats {number}", varfor="Vi behöver en kurs")
    first = utb("granska")
    assert utb("granska") == first
    path = utb.folder / "insatser" / "insats-3.md"
    path.write_text(path.read_text("utf-8").replace("en kurs", "mer natt"), encoding="utf-8")
    path.rename(path.with_name("nytt-namn.md"))
    damaged = path.with_name("insats-5.md")
    damaged.write_text(
        damaged.read_text("utf-8").replace("<!-- /utb:behov.varfor -->\n", ""), encoding="utf-8"
    )
    for _ in range(2):
        code, out, err = utb("granska")
        assert code == 3
        assert "insatser/insats-5.md behöver lagas innan den kan granskas:" in err
        assert (first.out.count("R03"), out.count("R03")) == (10, 8)
        assert "\ninsatser/nytt-namn.md\n" in out
        assert "insats-3" not in out
