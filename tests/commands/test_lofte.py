"""What became of what was promised: asked by `utb samtal lofte`, and read back by `utb steg --fran`."""

from __future__ import annotations

import json
from datetime import date

import pytest

ANSWERS = """\
svar:
  behov: {varfor: Därför}
  analys:
    andra_insatser:
      - {id: I1, typ: bemanning, insats: "Handledaren får avsatt tid", ansvarig_roll: Verksamhetschef, klart: 2026-03-01}
      - {id: I2, typ: verktyg, insats: "Fickkort på alla avdelningar", ansvarig_roll: Vårdutvecklare, klart: 2027-03-01}
  koncept:
    larandemal: [{id: L1, kunna: "larma i tid", niva: tillampa}]
    aktiviteter: [{id: A1, titel: Startdag, form: mote, mal: [L1], vecka: 0}]
    matt:
      - {id: M1, avser: [L1], niva: 7_tillampning, metod: "Punktmätning av larm", nar_dagar: 75, ansvarig_roll: Vårdutvecklare}
      - {id: M2, avser: [L1], niva: 4_kunskap, metod: "Tre frågor", nar_dagar: 0}
    chef_handlingar:
      - {fas: fore, handling: "Ha ett förväntanssamtal", vecka: -1}
      - {fas: under, handling: "Fråga vad som har provats"}
      - {fas: efter, handling: "Stäm av med korten", vecka: 8, blev: ja}
  genomforande:
    tillfallen: [{aktivitet: A1, datum: 2026-03-10}]
  uppfoljning:
    lardomar:
      - {typ: andra, lardom: "Lägg tiden i schemat", anvands: nu, ansvarig_roll: Verksamhetschef, klart: 2026-05-04}
      - {typ: behall, lardom: "Simuleringen", anvands: nasta}
"""
HEADERS = """From: Kim Exempelsson <kim@region.example>
To: larande@region.example
Subject: SV: Loften
Date: Tue, 13 Oct 2026 13:40:21 +0200
Message-ID: <{}@region.example>
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 8bit

"""


@pytest.fixture(autouse=True)
def in_october(monkeypatch):
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: date(2026, 10, 12))


@pytest.fixture
def promised(utb):
    """An initiative where five things are due: two without a role but the nearest manager's, and one later."""
    utb._dossier("Trygg start", ANSWERS)
    return utb


def mail(utb, *more):
    outcome = utb("samtal", "lofte", "--format", "mejl", *more)
    assert outcome.code == 0, outcome.err
    return outcome.out


def answer(utb, text, *lines, name="svar.eml"):
    """A reply above the mail, as a file; gives its name."""
    quoted = "\n".join(f"> {line}" for line in text.split("\n"))
    body = "\n".join([*lines, "", "Den mån 12 okt. 2026 kl 10:12 skrev Lärande <larande@region.example>:", "", quoted])
    (utb.folder / name).write_text(HEADERS.format(name) + body, "utf-8")
    return name


def take(utb, name, *more, step="uppfoljning"):
    outcome = utb("steg", step, "--fran", name, *more)
    assert outcome.code == 0, outcome.err
    return outcome.err


def rows(utb, question):
    stage, name = question.split(".")
    return json.loads(utb("visa", "trygg-start", "--format", "json").out)["svar"][stage].get(name)


def row(utb, question, row_id):
    return next(row for row in rows(utb, question) if row_id in (row.get("id"), row.get("insats"), row.get("matt")))
