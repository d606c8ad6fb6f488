"""The reading copy of a dossier, and tables."""

from __future__ import annotations

import re

import pytest

from utbildningsprocess.screen.showing import aligned_table, reading_copy, show_markdown

TEXT = """\
<!-- utb:dossier 1 -->

<!-- insats: bcdfghjkmn -->

# Trygg start

En egen rad överst.

## Behov

Syftet.

### Varför?

<!-- utb:behov.varfor -->

Därför.

<!-- utb-liknande kommentar -->

<!-- /utb:behov.varfor -->

### Kort?

<!-- utb:behov.kort -->

<!-- /utb:behov.kort -->

## Egen rubrik

Text som ingen fråga gäller.

## Koncept

### Mål?

<!-- utb:koncept.larandemal -->

#### L1

- **Ska kunna:** larma

<!-- /utb:koncept.larandemal -->
"""


def test_a_reading_copy_has_the_answers_and_everything_people_wrote():
    assert reading_copy(TEXT) == (
        "# Trygg start\n\nEn egen rad överst.\n\n## Behov\n\nSyftet.\n\n### Varför?\n\nDärför.\n\n"
        "<!-- utb-liknande kommentar -->\n\n## Egen rubrik\n\nText som ingen fråga gäller.\n\n"
        "## Koncept\n\n### Mål?\n\n#### L1\n\n- **Ska kunna:** larma\n"
    )


def test_one_stage_is_what_stands_under_its_heading():
    assert reading_copy(TEXT, "Behov").startswith("## Behov\n\nSyftet.")
    assert "Egen rubrik" not in reading_copy(TEXT, "Behov")
    assert reading_copy(TEXT, "Uppföljning") == "\n"


def test_control_characters_in_a_file_stay_out_of_the_terminal():
    assert "\x1b" not in reading_copy(TEXT.replace("Därför", "\x1b[2Jbort\u202e"))


def test_numbers_stand_to_the_right():
    assert (
        aligned_table([["Steg", "Öppna"], ["Genomförande", "2"]])
        == "Steg          Öppna\nGenomförande      2"
    )


TABLE = (
    "| Mätning | Utfall | Kommentar |\n| - | - | - |\n| Bedömningsmall i simuleringen | 46 av 51 | SBAR |\n"
)


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 120])
def test_no_word_of_a_table_is_cut_however_narrow_the_terminal(capsys, monkeypatch, width):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(width))
    show_markdown(TABLE)
    shown = re.sub(r"\x1b\[[\d;]*m", "", capsys.readouterr().out)
    for word in ("Mätning", "Utfall", "Kommentar", "Bedömningsmall", "simuleringen", "SBAR"):
        assert word in shown
    assert all(len(line) <= width for line in shown.splitlines())
    # Below that they do not fit beside each other, and each has its heading.
    assert ("Utfall: 46 av 51" in shown) is (width < 40)


def test_in_plain_lines_every_cell_has_its_heading(capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    show_markdown(f"# A\n\n{TABLE}\nEfter\n\n```\n| kod |\n| - |\n```\n", plain=True)
    assert capsys.readouterr().out == (
        "# A\n\n- Mätning: Bedömningsmall i simuleringen\n  - Utfall: 46 av 51\n  - Kommentar: SBAR\n\n\n"
        "Efter\n\n```\n| kod |\n| - |\n```\n"
    )
    monkeypatch.delenv("FORCE_COLOR")
    show_markdown(TABLE, plain=True)
    assert capsys.readouterr().out == TABLE


def test_an_address_is_said_once_in_a_terminal(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    show_markdown("Se <https://a.example/x_y>, <a_b@c.example> och [planen](https://d.example).\n")
    shown = re.sub(r"\x1b\[[\d;]*m", "", capsys.readouterr().out)
    assert (
        " ".join(shown.split()) == "Se https://a.example/x_y, a_b@c.example och planen (https://d.example)."
    )
