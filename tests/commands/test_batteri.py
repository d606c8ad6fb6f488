"""`utb batteri kontrollera`: an organisation's own questions."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ESTHER = "Skriv Esther, så byts det mot ert eget ord."
LIBRARY = "Länken i utb.yaml visas ändå, under varje metod."
OURS = Path(__file__).parents[2] / "questions"


def test_our_own_batteries_are_sound(utb):
    outcome = utb("batteri", "kontrollera")
    assert (outcome.code, outcome.err) == (0, "")
    assert re.fullmatch(
        r"Frågebatterierna går att använda: \d+ frågor i 8 avsnitt\.\n"
        r"Det gör också diagnosen, 64 regler för den röda tråden och 20 metoder\.\n",
        outcome.out,
    )


def test_a_fault_is_told_with_file_and_line(utb):
    shutil.copytree(OURS, utb.folder / "fragor")
    path = utb.folder / "fragor" / "1-behov.yaml"
    path.write_text(path.read_text("utf-8").replace("hjalp:", "hjlp:", 2), "utf-8")
    outcome = utb("batteri", "kontrollera", "fragor")
    assert (outcome.code, outcome.out) == (3, "")
    lines = outcome.err.splitlines()
    assert len(lines) == 2
    assert all(re.match(r"1-behov\.yaml:\d+: .*hjlp.* Menade du hjalp\?$", line) for line in lines)


def test_the_folder_that_utb_yaml_names_is_used(utb):
    (utb.folder / "utb.yaml").write_text("fragor: egna\n")
    (utb.folder / "egna").mkdir()
    (utb.folder / "egna" / "1-behov.yaml").write_text("format: 1\n")
    assert utb("batteri", "kontrollera").code == 3
    assert utb("status").code == 3


def test_a_folder_that_does_not_exist_is_named(utb):
    outcome = utb("batteri", "kontrollera", "borta")
    assert outcome.code == 2
    assert "borta" in outcome.err


def changed(utb, name: str, *changes: tuple[str, str]) -> None:
    """Our questions as the organisation's own, with a few texts of one file changed."""
    if not (utb.folder / "fragor").exists():
        shutil.copytree(OURS, utb.folder / "fragor")
    path = utb.folder / "fragor" / name
    text = path.read_text("utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    path.write_text(text, "utf-8")


def line_with(utb, name: str, words: str) -> int:
    lines = (utb.folder / "fragor" / name).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_names_in_braces_that_nothing_is_filled_in_for_are_told(utb):
    changed(utb, "2-analys.yaml", ("Diagnosen föreslår", "Diagnosen föreslår {esther}"))
    changed(utb, "diagnos.yaml", ("i två veckor", "i {veckor} veckor"))
    changed(utb, "rod-trad.yaml", ("Måttet {id} saknar", "Måttet {idd} saknar"))
    changed(utb, "metoder/07-rod-trad.md", ("\n## ", "\nSe {resursbibliotek}.\n\n## "))
    outcome = utb("batteri", "kontrollera", "fragor")
    assert (outcome.code, outcome.out) == (3, "")
    instead = "Skriv det som ska läsas, utan klamrar."
    assert outcome.err.removeprefix("Fel: ").splitlines() == [
        f"2-analys.yaml:{line_with(utb, '2-analys.yaml', '{esther}')}: {{esther}} fylls inte i här. {ESTHER}",
        f"rod-trad.yaml:{line_with(utb, 'rod-trad.yaml', '{idd}') - 1}: {{idd}} fylls inte i här. Menade du id?",
        f"07-rod-trad.md:{line_with(utb, 'metoder/07-rod-trad.md', '{resurs')}: {{resursbibliotek}} fylls inte i här. {LIBRARY}",
    ]
    changed(utb, "2-analys.yaml", (" {esther}", ""))
    line = line_with(utb, "diagnos.yaml", "{veckor}")
    assert (
        f"diagnos.yaml:{line}: {{veckor}} fylls inte i här. {instead}\n"
        in utb("batteri", "kontrollera", "fragor").err
    )


def test_what_a_condition_or_the_diagnosis_compares_with_must_exist(utb):
    changed(
        utb,
        "diagnos.yaml",
        ("ar: inget_gap}", "ar: inget_gapp}"),
        ("i: [lag_foreskrift, avtal_c", "i: [lag, avtal_c"),
    )
    first, second = utb("batteri", "kontrollera", "fragor").err.removeprefix("Fel: ").splitlines()
    line = line_with(utb, "diagnos.yaml", "inget_gapp")
    assert (
        first
        == f"diagnos.yaml:{line}: alternativet ”inget_gapp” finns inte i ”gap_belagg”. Menade du inget_gap?"
    )
    assert "alternativet ”lag” finns inte i ”krav”." in second


def test_what_a_condition_asks_of_the_diagnosis_must_be_something_it_can_come_to(utb):
    before = "        - fraga: diagnos.andra\n          besvarad: true"
    changed(utb, "2-analys.yaml", (before, "        - fraga: diagnos.utfall\n          ar: LARANDEE"))
    line = line_with(utb, "2-analys.yaml", "LARANDEE")
    assert utb("batteri", "kontrollera", "fragor").err == (
        f"Fel: 2-analys.yaml:{line}: ”diagnos.utfall” blir aldrig ”LARANDEE”. Menade du LARANDE?\n"
    )


def test_a_folder_in_utb_yaml_that_is_not_there_is_told_once(utb):
    (utb.folder / "utb.yaml").write_text("fragor: borta\n")
    assert utb("batteri", "kontrollera").err.count("borta") == 1


def test_the_diagnosis_the_rules_and_the_methods_are_checked_too(utb):
    shutil.copytree(OURS, utb.folder / "fragor")
    for name, before, after in (
        ("diagnos.yaml", "forst: bemanning", "forst: bemaning"),
        ("rod-trad.yaml", "grad: rod", "grad: lila"),
        ("metoder/07-rod-trad.md", "koncept.aktiviteter", "koncept.aktiviter"),
    ):
        path = utb.folder / "fragor" / name
        text = path.read_text("utf-8")
        path.write_text(text.replace(before, after, 1), "utf-8")
        outcome = utb("batteri", "kontrollera", "fragor")
        assert (outcome.code, outcome.out) == (3, "")
        assert name in outcome.err
        path.write_text(text, "utf-8")


def test_a_cause_of_a_statement_that_does_not_exist_is_told_where_the_statement_stands(utb):
    own = '      - {id: e01, text: "Ingen tolk finns.", orsak: [tolk]}\n      - id: s02\n'
    changed(utb, "2-analys.yaml", ("      - id: s02\n", own))
    (utb.folder / "fragor" / "diagnos.yaml").unlink()
    line = (
        (utb.folder / "fragor" / "2-analys.yaml").read_text("utf-8").splitlines().index(own.splitlines()[0])
    )
    told = "påståendet e01 har orsaken ”tolk”, som inte finns i diagnos.yaml. Lägg till orsaken där, eller byt den här."
    assert utb("batteri", "kontrollera", "fragor").err.splitlines() == [
        f"Fel: 2-analys.yaml:{line + 1}: {told}"
    ]
