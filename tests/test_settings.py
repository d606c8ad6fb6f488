"""What utb.yaml may say, and what it hears when it says something else."""

from __future__ import annotations

import pytest

from utbildningsprocess import __version__
from utbildningsprocess.data_files.program_version import is_too_old_for
from utbildningsprocess.errors import Broken
from utbildningsprocess.settings import Settings, read_settings

FULL = """\
organisation: Region Östergötland
kontakt: Sektionen för lärande, 010-103 00 00
resursbibliotek: https://exempel.se/bibliotek
esther: Ester
mapp: arbete/insatser
fragor: fragor
mallar: mallar
enkel: ja
kostnad:
  timkostnad: 412.5
  ar: 2026
  kalla: HR, snitt
granser:
  pilotgrans_timmar: 800
  uppfoljningsgrans_timmar: 7
"""
ALL = "organisation, kontakt, resursbibliotek, esther, mapp, fragor, mallar, logga, enkel, kostnad, granser, minst_version"


def errors(text: str) -> list[str]:
    with pytest.raises(Broken) as caught:
        read_settings(text, "utb.yaml")
    assert caught.value.exit_code == 3
    return str(caught.value).splitlines()


@pytest.mark.parametrize("text", ["", "# bara en kommentar\n", "\ufeff", "kontakt:\nkostnad:\n  ar:\n"])
def test_what_is_left_out_has_its_default(text: str) -> None:
    settings = read_settings(text, "utb.yaml")
    assert settings == Settings()
    assert (settings.esther, settings.folder, settings.plain) == ("Esther", "insatser", False)
    assert settings.limits == {
        "tidsvarning_timmar": 300,
        "pilotgrans_timmar": 500,
        "uppfoljningsgrans_timmar": 2000,
    }


def test_every_setting_is_read() -> None:
    settings = read_settings(FULL, "utb.yaml")
    assert (settings.organisation, settings.contact) == (
        "Region Östergötland",
        "Sektionen för lärande, 010-103 00 00",
    )
    assert (settings.library, settings.esther) == ("https://exempel.se/bibliotek", "Ester")
    assert (settings.folder, settings.questions, settings.templates) == (
        "arbete/insatser",
        "fragor",
        "mallar",
    )
    assert settings.plain
    assert (settings.cost.per_hour, settings.cost.year, settings.cost.source) == (412.5, 2026, "HR, snitt")
    assert (settings.limits["pilotgrans_timmar"], settings.limits["tidsvarning_timmar"]) == (800, 300)
    assert settings.limits["uppfoljningsgrans_timmar"] == 7


@pytest.mark.parametrize(
    ("word", "plain"),
    [("ja", True), ("true", True), ("På", True), ("nej", False), ("no", False), ("false", False)],
)
def test_yes_and_no_are_read_as_people_write_them(word: str, plain: bool) -> None:
    assert read_settings(f"enkel: {word}\n", "utb.yaml").plain is plain


def test_all_errors_are_told_at_once_each_with_its_line() -> None:
    assert errors(
        "organisation: 7\norganisaton: X\nenkel: kanske\nesther: ''\nkostnad:\n  timkostnad: -1\n"
        "  ar: i fjol\n  timkostand: 3\ngranser:\n  pilotgrans_timmar: många\nmapp: ../annat\nzzz: 1\n"
    ) == [
        "utb.yaml:1: ”organisation” ska vara text. Sätt citattecken runt värdet.",
        "utb.yaml:2: inställningen ”organisaton” finns inte. Menade du organisation?",
        "utb.yaml:3: ”enkel” ska vara ja eller nej.",
        "utb.yaml:4: ”esther” får inte vara tom. Skriv ett värde eller ta bort raden.",
        "utb.yaml:6: ”kostnad.timkostnad” kan inte vara -1. Kontrollera talet.",
        "utb.yaml:7: ”kostnad.ar” ska vara ett heltal, skrivet med siffror.",
        "utb.yaml:8: inställningen ”kostnad.timkostand” finns inte. Menade du timkostnad?",
        "utb.yaml:10: ”granser.pilotgrans_timmar” ska vara ett tal, skrivet med siffror och punkt.",
        "utb.yaml:11: ”mapp”: mappen måste ligga under mappen med utb.yaml. Skriv till exempel ”insatser”.",
        f"utb.yaml:12: inställningen ”zzz” finns inte. Är den ny kan en nyare utb behövas. De som finns här är: {ALL}.",
    ]


@pytest.mark.parametrize(
    "folder", ["/srv", "..", "a/../..", "C:\\x", "'C:x'", "\\\\server\\x", "~/x", "a\\..\\b"]
)
def test_the_folder_of_the_dossiers_stays_under_the_root(folder: str) -> None:
    (error,) = errors(f"mapp: {folder}\n")
    assert "måste ligga under" in error


@pytest.mark.parametrize("text", ["- a\n", "bara ord\n", "7\n"])
def test_what_is_no_list_of_settings_is_told_so(text: str) -> None:
    (error,) = errors(text)
    assert error.startswith("utb.yaml:1: filen ska bestå av inställningar")


@pytest.mark.parametrize(("key", "value"), [("kostnad", "400"), ("granser", "[1]"), ("granser", "hej")])
def test_a_group_of_settings_must_be_one(key: str, value: str) -> None:
    (error,) = errors(f"{key}: {value}\n")
    assert error.endswith("ska vara en grupp inställningar, en per rad med indrag.")


def test_text_that_is_no_yaml_is_told_so_with_its_line() -> None:
    (error,) = errors("mapp: x\nmapp: y\n")
    assert error.startswith("utb.yaml:2: ")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "granser: {tidsvarning_timar: 3}",
            "gränsen ”tidsvarning_timar” finns inte. Menade du tidsvarning_timmar?",
        ),
        ("granser: {pilotgrans_timmar: -1}", "gränsen ”pilotgrans_timmar” ska vara större än noll."),
        ("kostnad: {timkostnad: 350,50}", "inställningen ”kostnad.50” finns inte."),
        (
            "granser: {pilotgrans_timmar: 350,50}",
            "”granser.50” ska vara ett tal, skrivet med siffror och punkt.",
        ),
        ("esther: Ester!", "”esther” ska vara ett ord, med bokstäver och siffror."),
        ("kostnad:\n  ar: 2026.5", "”kostnad.ar” ska vara ett heltal, skrivet med siffror."),
    ],
)
def test_a_setting_that_would_have_no_effect_is_told(text: str, sentence: str) -> None:
    assert sentence in errors(text)[0]


@pytest.mark.parametrize("key", ["mapp", "fragor", "mallar"])
@pytest.mark.parametrize("folder", ["../ute", "/etc", "a/../../b", "~/x", "C:/x"])
def test_no_folder_outside_the_root_is_taken(key: str, folder: str) -> None:
    (sentence,) = errors(f"{key}: {folder}\n")
    assert sentence.startswith(f"utb.yaml:1: ”{key}”: mappen måste ligga under mappen med utb.yaml.")


@pytest.mark.parametrize("key", ["mapp", "fragor", "mallar"])
@pytest.mark.parametrize(
    ("folder", "why"),
    [
        ('"a\\0b"', "mappens namn är för långt eller har tecken som inte går att skriva."),
        ('"a\\eb"', "mappens namn är för långt eller har tecken som inte går att skriva."),
        ("x" * 300, "mappens namn är för långt eller har tecken som inte går att skriva."),
        ("å" * 150, "mappens namn är för långt eller har tecken som inte går att skriva."),
        ("x/" * 1000, "mappens namn är för långt eller har tecken som inte går att skriva."),
        (".git", "mappen .git är till för git."),
        ("a/.GIT/b", "mappen .git är till för git."),
    ],
)
def test_a_folder_that_cannot_be_or_is_git_s_is_not_taken(key: str, folder: str, why: str) -> None:
    (sentence,) = errors(f"{key}: {folder}\n")
    assert sentence.startswith(f"utb.yaml:1: ”{key}”: {why} Skriv till exempel ”")


def test_who_esther_is_stands_in_the_help_unless_the_word_is_ones_own() -> None:
    text = "Esther är ett namn för den som arbetet är till för. Skriv vad Esther märker."
    assert Settings().worded(text) == text
    assert Settings(esther="patienten").worded(text) == "Skriv vad patienten märker."


def test_a_program_that_is_too_old_says_so_and_not_what_only_a_newer_one_knows() -> None:
    told = errors('ny_installning: 7\nminst_version: "9.10"\nmapp: ../ute\n')
    start = f"utb.yaml:2: mappen kräver utb 9.10 eller senare, och du har {__version__}. Hämta den nyare"
    assert (len(told), told[0].startswith(start)) == (1, True)


@pytest.mark.parametrize("version", ["0", "0.0.9", "0.1", "0.1.0", "0.1.0.0", __version__])
def test_a_version_as_old_as_this_one_or_older_is_enough(version: str) -> None:
    assert read_settings(f"minst_version: '{version}'", "utb.yaml").lowest_version == version


@pytest.mark.parametrize("version", ["ny", "1.", "'1 0'", "1.0", "[1]", "v2", f"'{'9' * 5000}'"])
def test_what_is_no_version_is_told_so(version: str) -> None:
    assert "minst_version” ska vara" in errors(f"minst_version: {version}")[0]


def test_versions_are_compared_as_numbers() -> None:
    assert is_too_old_for("0.10.0", "0.9.1")
    assert not is_too_old_for("0.9.1", "0.10")
