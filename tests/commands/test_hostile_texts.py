"""Whatever a dossier, a file's name or a setting holds, nothing of it steers the terminal."""

from __future__ import annotations

import json
import re
import sys

import pytest

from utbildningsprocess.data_files.yaml_text import load_yaml

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
EVIL = "å\x1b]0;x\x07\x1b[2J\x9b31m\x7f\u202eåäö\u2066\u200f\u2028slut"
COMMANDS = [
    ("status",),
    ("status", "--trad"),
    ("visa", "{}"),
    ("visa", "{}", "--format", "json"),
    ("visa", "{}", "--format", "yaml"),
    ("svar", "{}", "behov.varfor"),
    ("svar", "{}", "behov.noll"),
    ("svar", "{}", "analys.hinder"),
    ("svar", "{}", "behov.effektmatt"),
    ("svar", "{}", "behov.effektmatt", "vad är detta"),
    ("svar", "{}", "behov." + EVIL.replace("\x00", "")),
    ("diagnos",),
    ("diagnos", "--format", "json"),
    ("granska",),
    ("granska", "--format", "json"),
    ("granska", "--format", "github"),
    ("granska", "--format", "junit"),
    ("granska", "--regel", EVIL),
    ("metod",),
    ("metod", EVIL),
    ("dokument",),
    *(("dokument", kind) for kind in ("beslutsunderlag", "larresa", "lardomar", "dossier")),
    ("dokument", "dossier", "--format", "html"),
    ("dokument", "dossier", "-o", "-"),
    ("dokument", "alla", "--format", "md"),
    ("dokument", "dossier", "-o", EVIL + ".md"),
    ("samtal", "analys"),
    ("samtal", "analys", "--format", "md"),
    ("steg", "analys", "--enkel"),
    ("ny", EVIL, "--enkel"),
    ("exempel",),
    ("batteri", "kontrollera"),
    (EVIL,),
]


@pytest.fixture
def evil(utb):
    """The example with steering signs in every answer, in the file's name and in the settings."""
    (utb.folder / "utb.yaml").write_text(
        'kontakt: "x\\e[31m\\x9b31m\\u202e"\norganisation: "y\\e[31m\\x9b\\u202e"\n', "utf-8"
    )
    path = utb.example()
    text = re.sub(
        r"(?m)^(?!<!--|#)(?=.)(.*)$", rf"\1 {EVIL.replace(chr(0x2028), '')}", path.read_text("utf-8")
    )
    name = EVIL if sys.platform != "win32" else "ond"
    whole = path.with_name(f"{name}.md")
    whole.write_text(text, "utf-8")
    path.unlink()
    whole.with_name(f"{name} (1).md").write_text(text, "utf-8")
    whole.with_name(f"{name}-motet.md").write_text("Hej", "utf-8")
    return whole


@pytest.mark.parametrize(
    "command", COMMANDS, ids=lambda command: " ".join(command).encode("unicode_escape").decode()
)
def test_no_command_in_any_format_lets_a_steering_sign_through(utb, evil, command):
    outcome = utb(*(word.format(evil.stem) if word == "{}" else word for word in command), stdin="x\n:s\n")
    assert outcome.out + outcome.err
    assert STEERING.findall(outcome.out + outcome.err) == []


def test_machines_still_get_the_very_signs(utb):
    path = utb.dossier("Larm")
    path.write_text(path.read_text("utf-8").replace("Därför", "Där\x9bf\u202eör"), "utf-8")
    as_json, as_yaml = (utb("visa", "larm", "--format", form).out for form in ("json", "yaml"))
    assert json.loads(as_json)["svar"]["behov"]["varfor"] == "Där\x9bf\u202eör"
    assert load_yaml(as_yaml, "x").value["svar"]["behov"]["varfor"] == "Där\x9bf\u202eör"
