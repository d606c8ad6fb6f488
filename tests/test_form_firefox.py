"""The form in a real Firefox: answered, gone back in, saved, and read back into the dossier."""

from __future__ import annotations

import json
import time

import pytest

from firefox import firefox, opened_firefox

pytestmark = [
    pytest.mark.experiment,
    pytest.mark.skipif(firefox() is None, reason="Firefox is not installed"),
]


def until(window, script, wanted):
    """Waits until a script in the page gives what it is to give."""
    ends = time.monotonic() + 10
    while (given := window.run(script)) != wanted:
        assert time.monotonic() < ends, given
        time.sleep(0.05)


def saved(folder):
    """The file that the browser saves, once it is whole."""
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        ready = [path for path in folder.glob("svar-*.html") if path.stat().st_size]
        if ready and not list(folder.glob("*.part")):
            return ready[0]
        time.sleep(0.05)
    raise AssertionError("Nothing was saved")


def test_a_form_is_answered_gone_back_in_saved_and_read_back(utb, tmp_path):
    utb.dossier("Trygg start")
    chosen = ("--fraga", "nulage_beteende", "--fraga", "kan_idag")
    made = utb("samtal", "analys", "--format", "formular", "-o", "formular.html", *chosen)
    assert made.code == 0, made.err
    with opened_firefox(tmp_path) as window:
        window.open(utb.folder / "formular.html")
        window.click("label[for=roll-2]")
        window.click("button.fram")
        window.type("#f1", "De frågar varandra å ä ö.")
        window.click("button.fram")
        until(window, "return location.hash", "#fraga-2")
        window.click("label[for=f2-2]")
        window.run("history.back()")
        until(window, "return location.hash", "#fraga-1")
        assert window.run("return document.getElementById('f1').value") == "De frågar varandra å ä ö."
        window.click("footer button")
        page = saved(tmp_path)
        until(
            window,
            "return document.querySelector('footer').innerText.includes('sparades i en fil den')",
            True,
        )
        window.open(page)
        assert "Svaret är från chef" in window.run("return document.getElementById('innehall').innerText")
    (utb.folder / page.name).write_bytes(page.read_bytes())
    outcome = utb("steg", "analys", "--fran", page.name)
    assert outcome.code == 0, outcome.err
    assert f"{page.name}: svar från chef, skickat " in outcome.err
    answers = json.loads(utb("visa", "trygg-start", "--format", "json").out)["svar"]["analys"]
    assert list(answers) == ["nulage_beteende", "kan_idag"]
    assert answers["nulage_beteende"] == "De frågar varandra å ä ö."
