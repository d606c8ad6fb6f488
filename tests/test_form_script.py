"""The scripts of the form: their types, their own tests, and the rule of personal numbers that they share with us."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from test_personal import FORMS, OTHER_NUMBERS, WRITTEN_AS_SOMETHING_ELSE
from utbildningsprocess.files.shipped import form_parts
from utbildningsprocess.personal import personal_numbers

FORM = Path(__file__).parent / "formular"
ONLY_READ = re.compile("&|[\u0660-\u0669\u0966-\u096f]")
"""What nobody types in a form: signs by their names in HTML, and digits of other scripts."""
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
needs_types = pytest.mark.skipif(shutil.which("tsc") is None, reason="TypeScript is not installed")


def said_by(*command, told=""):
    done = subprocess.run(command, input=told, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.experiment
@needs_types
def test_the_scripts_hold_to_their_types(record_property):
    seen = said_by("tsc", "-p", FORM / "jsconfig.json", "--listFiles").split("\n")
    checked = [line for line in seen if "/templates/formular/" in line]
    record_property("scripts of the form that hold to their types", len(checked))
    assert checked


@pytest.mark.experiment
@needs_node
def test_the_scripts_pass_their_own_tests(record_property):
    said = said_by("node", "--test", *sorted(FORM.glob("*.test.js")))
    passed = re.search(r"^\W*pass (\d+)$", said, re.MULTILINE)
    record_property("tests of their own that the scripts of the form pass", passed and passed[1])
    assert passed
    assert int(passed[1]) > 0


@needs_node
def test_a_personal_number_is_seen_in_the_form_as_in_the_program():
    written = [*FORMS, *WRITTEN_AS_SOMETHING_ELSE, *OTHER_NUMBERS]
    frames = ("Möte {}, lokal 4", "personnummer {}", "Ring {}", "dnr {}")
    texts = [frame.format(text) for frame in frames for text in written if not ONLY_READ.search(text)]
    ask = "const form = require('./scripts.js').scripts(); const fs = require('node:fs');"
    ask += "const texts = JSON.parse(fs.readFileSync(0, 'utf8'));"
    ask += "console.log(JSON.stringify(texts.map(text => form.personalNumbers(text).length > 0)))"
    done = subprocess.run(
        ["node", "-e", ask],
        input=json.dumps(texts),
        cwd=FORM,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    seen = dict(zip(texts, json.loads(done.stdout), strict=True))
    assert [text for text in texts if seen[text] != bool(personal_numbers(text))] == []


def test_nothing_in_the_form_asks_a_network_or_makes_markup_of_data():
    script = form_parts().script
    for word in (
        "fetch(",
        "XMLHttpRequest",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "eval(",
        "http:",
        "https:",
    ):
        assert word not in script
    assert "</script" not in script
    assert "<!--" not in script


def test_the_form_does_without_what_older_browsers_cannot_read():
    """A look behind in a pattern stops the whole script in Safari before 16.4."""
    script = form_parts().script
    for sign in ("(?<=", "(?<!", "??=", "||=", ".at(", "replaceAll", "structuredClone", "Object.hasOwn"):
        assert sign not in script
    assert re.findall(r"type: ?\"(?:number|date)\"", script) == []
