"""The words around the commands: all Swedish, whatever is typed."""

from __future__ import annotations

import re

import pytest
from typer.core import TyperArgument, TyperGroup, TyperOption

from utbildningsprocess import __version__
from utbildningsprocess.cli.app import command

ENGLISH = re.compile(
    r"\b(usage|options?|commands?|arguments|error|try|missing|default|required|show|invalid|no such|"
    r"did you mean|possible|possibilities|message|exit|requires|unexpected|extra argument|takes|"
    r"installed|restart|str|bool|int|integer|path|file|traceback|aborted)\b",
    re.IGNORECASE,
)


def all_commands(group=None, path=()):
    group = group or command()
    yield path, group
    for name, one in group.commands.items():
        if isinstance(one, TyperGroup):
            yield from all_commands(one, (*path, name))
        else:
            yield (*path, name), one


COMMANDS = dict(all_commands())
LEAVES = {path: one for path, one in COMMANDS.items() if not isinstance(one, TyperGroup)}


def words_of(path):
    return " ".join(path) or "utb"


@pytest.mark.parametrize("path", COMMANDS, ids=words_of)
def test_every_help_page_is_swedish(utb, path):
    outcome = utb(*path, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert ENGLISH.search(outcome.out) is None
    assert outcome.out.startswith("Så här skriver du: utb")
    assert "[" not in outcome.out.split("Flaggor:")[1]


@pytest.mark.parametrize("path", COMMANDS, ids=words_of)
@pytest.mark.parametrize(
    "wrong", [["--finnsinte"], ["-x"], ["--help=3"], ["a", "b", "c", "d", "e"]], ids=" ".join
)
def test_every_complaint_is_swedish(utb, path, wrong):
    if path == ("erfarenheter",):
        wrong = [*wrong, "--for", "x"]  # words alone are never too many to search for
    outcome = utb(*path, *wrong)
    assert (outcome.code, outcome.out) == (2, "")
    assert re.fullmatch(r"Fel: [^\n]+\n", outcome.err)
    assert ENGLISH.search(outcome.err) is None


@pytest.mark.parametrize("path", LEAVES, ids=words_of)
def test_what_is_missing_is_named(utb, path):
    one = LEAVES[path]
    required = [param.metavar for param in one.params if isinstance(param, TyperArgument) and param.required]
    valued = [param for param in one.params if isinstance(param, TyperOption) and not param.is_flag]
    if required:
        assert utb(*path).err.startswith(f"Fel: {required[0]} saknas. Så här skriver du: utb ")
    for option in valued:
        assert utb(*path, *required, option.opts[0]).err.startswith(
            f"Fel: Flaggan {option.opts[0]} behöver ett värde."
        )


@pytest.mark.parametrize(
    "value",
    ["- punkt", "-5 grader", "- a\n- b", "--", "-- två streck", "-3,5", "–tankstreck", "-hur många är det?"],
)
def test_a_value_may_begin_with_a_dash(utb, value):
    path = utb.dossier("Ny")
    typed = [value] if value != "--" else ["--", "-ett ord"]
    assert utb("svar", "ny", "varfor", *typed).code == 0
    assert utb("svar", "ny", "varfor").out == f"{typed[-1]}\n"
    assert utb("svar", "ny", "signal", "--hoppa", value).code == 0
    assert utb("svar", "ny", "signal").err == f"Frågan är överhoppad: {' '.join(value.split())}\n"
    assert utb("svar", "ny", "signal", f"--hoppa={value} x").code == 0
    assert utb("svar", "ny", "signal").err == f"Frågan är överhoppad: {' '.join(value.split())} x\n"
    assert path.exists()


def test_negative_numbers_are_numbers_and_titles_may_begin_with_a_dash(utb):
    utb.dossier("Ny")
    outcome = utb("svar", "ny", "malgrupper", '[{"namn": "- nya", "antal": "-5"}]')
    assert "behov.malgrupper" in outcome.err
    assert utb("ny", "- Trygg start", stdin=":s\n").code == 0
    assert (utb.folder / "insatser" / "trygg-start.md").read_text("utf-8").count("- Trygg start") == 1


@pytest.mark.parametrize(
    ("args", "code"), [(("svar", "ny", "varfor", "-punkt"), 2), (("svar", "ny", "varfor", "--punkt"), 2)]
)
def test_a_word_that_may_be_a_misspelt_option_is_refused_with_what_to_do(utb, args, code):
    utb.dossier("Ny")
    outcome = utb(*args)
    assert outcome.code == code
    assert "Är det en text, skriv -- framför den." in outcome.err


LATIN = "R\udce4ksm\udcf6rg\udce5s"


@pytest.mark.parametrize(
    "args",
    [
        ("svar", "ny", "varfor", LATIN),
        ("svar", "ny", "varfor", "--hoppa", LATIN),
        ("ny", LATIN),
        ("granska", "ny", "--avsteg", "R24", "--skal", LATIN),
        ("dokument", "beslutsunderlag", "ny", "-o", f"{LATIN}.md"),
        (LATIN,),
    ],
)
def test_arguments_that_are_not_utf_8_are_refused(utb, args):
    path = utb.dossier("Ny")
    before = path.read_bytes()
    outcome = utb(*args)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Fel: ”R\ufffdksm\ufffdrg\ufffds")
    assert "är inte i teckenkodningen UTF-8" in outcome.err
    assert path.read_bytes() == before
    assert len(list(path.parent.iterdir())) == 1


def test_a_pipe_that_is_not_utf_8_is_refused(utb):
    path = utb.dossier("Ny")
    before = path.read_bytes()
    for args in (("svar", "ny", "varfor", "-"), ("steg", "behov", "--svar", "-"), ("steg", "behov")):
        outcome = utb(*args, stdin=b"R\xe4ksm\xf6rg\xe5s\n.\n")
        assert (outcome.code, outcome.out) == (3, ""), args
        assert "Texten på standard in är inte i teckenkodningen UTF-8" in outcome.err
    assert b"R" + b"ksm" not in path.read_bytes()
    assert path.read_bytes()[:200] == before[:200]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["stegx", "analys"], "Fel: Kommandot ”stegx” finns inte. Menade du steg?\n"),
        (["dok"], "Fel: Kommandot ”dok” finns inte. Menade du dokument?\n"),
        (["hjlp"], "Fel: Kommandot ”hjlp” finns inte. Menade du hjälp?\n"),
        (["xyzzy"], "Fel: Kommandot ”xyzzy” finns inte. Se alla med: utb hjälp\n"),
        (["steg", "an"], "Fel: Steget ”an” finns inte. Menade du analys?\n"),
        (["svra"], "Fel: Kommandot ”svra” finns inte. Menade du svar?\n"),
        (["analys"], "Fel: Kommandot ”analys” finns inte. Menade du ”utb steg analys”?\n"),
        (["Uppföljning"], "Fel: Kommandot ”Uppföljning” finns inte. Menade du ”utb steg uppfoljning”?\n"),
        (
            ["ny", "--snab"],
            "Fel: Flaggan ”--snab” finns inte. Menade du --snabb? Så här skriver du: utb ny [TITEL]\n",
        ),
        (["ny", "--snabb=1"], "Fel: Flaggan --snabb tar inget värde. Så här skriver du: utb ny [TITEL]\n"),
        (["steg"], "Fel: STEG saknas. Så här skriver du: utb steg STEG [INSATS]\n"),
        (["steg", "analyz"], "Fel: Steget ”analyz” finns inte. Menade du analys?\n"),
        (["visa", "x", "--format", "jsn"], "Fel: Formatet ”jsn” finns inte. Menade du json?\n"),
        (["batteri", "visa"], "Fel: Kommandot ”visa” finns inte. Kommandona är: kontrollera.\n"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_slip_is_answered_with_what_was_meant(utb, typed, sentence):
    assert utb(*typed) == (2, "", sentence)


def test_several_words_without_quotes_are_pointed_out(utb):
    assert utb("ny", "Trygg", "start", "för", "nya").err == (
        "Fel: Kommandot ”utb ny” tar inte emot orden ”start för nya”. Sätt citattecken runt text med blanksteg. "
        "Så här skriver du: utb ny [TITEL]\n"
    )


def test_the_version_is_the_package_s(utb):
    assert utb("--version") == (0, f"utb {__version__}\n", "")


def test_commands_are_found_in_any_case(utb):
    assert utb("STATUS").err.startswith("Fel: Det finns ingen insats")


@pytest.mark.parametrize("word", ["hjalp", "hjälp", "Hjälp", "help"])
def test_help_can_be_asked_for_in_words(utb, word):
    assert utb(word) == utb("--help")
    assert utb(word, "steg") == utb("steg", "--help")
    assert utb(word, "steg", "koncept") == utb("steg", "--help")
    assert utb(word, "batteri", "kontrollera") == utb("batteri", "kontrollera", "--help")
    assert utb(word, "stge").err == "Fel: Kommandot ”stge” finns inte. Menade du steg?\n"


def test_the_help_begins_with_what_to_do_first_and_names_every_command_but_what_git_calls(utb):
    out = utb("--help").out
    first = out.partition("Börja här:\n")[2].partition("\n\n")[0]
    assert {"ny", "steg", "status"} <= {line.split()[0] for line in first.splitlines()}
    for name in command().commands:
        assert (f"\n  {name} " in out) == (name != "git-sammanfoga")
