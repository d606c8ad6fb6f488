"""The look of the terminal: colours that can be read on every ground, and never say anything alone."""

from __future__ import annotations

import io
import re

import pytest
from rich.style import Style as RichStyle

from utbildningsprocess.screen.looks import DONE, Look, Plainness, coloured, looking, shows_colours
from utbildningsprocess.screen.tables import THEME

GROUNDS = {
    "Tango, vit": ("ffffff", "000000"),
    "Tango, svart": ("000000", "ffffff"),
    "Tango, Ubuntu": ("300a24", "ffffff"),
    "Gnome": ("171421", "d0cfcc"),
    "Solarized, mörk": ("002b36", "839496"),
    "Solarized, ljus": ("fdf6e3", "657b83"),
    "Windows Terminal": ("0c0c0c", "cccccc"),
    "macOS Basic": ("ffffff", "000000"),
    "macOS Pro": ("000000", "f2f2f2"),
    "VS Code, mörk": ("1e1e1e", "cccccc"),
    "VS Code, ljus": ("ffffff", "333333"),
}
"""Theme -> its ground and the colour of its text."""
TANGO = {"36": "06989a", "95": "ad7fa8", "91": "ef2929"}
SOLARIZED = {"36": "2aa198", "95": "6c71c4", "91": "cb4b16"}
MACOS = {"36": "00a6b2", "95": "e500e5", "91": "e50000"}
COLOURS = {
    "Tango": TANGO,
    "Gnome": {"36": "2aa1b3", "95": "c061cb", "91": "f66151"},
    "Solarized": SOLARIZED,
    "Windows Terminal": {"36": "3a96dd", "95": "b4009e", "91": "e74856"},
    "macOS": MACOS,
    "VS Code, mörk": {"36": "11a8cd", "95": "d670d6", "91": "f14c4c"},
    "VS Code, ljus": {"36": "0598bc", "95": "bc05bc", "91": "cd3131"},
}
"""The beginning of a theme's name -> what it shows for the number of a colour, as its makers publish it."""
READABLE = 3.0
"""The contrast that WCAG asks of signs and of large text; it is compared to one decimal."""
OF_ITS_TEXT = 0.7
"""So much of the contrast of its own text is enough where a theme is pale by choice."""


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(colour, ground):
    darker, lighter = sorted((luminance(colour), luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", GROUNDS)
@pytest.mark.parametrize("look", [look for look in Look if look is not Look.QUESTION])
def test_every_colour_can_be_read_on_every_ground(theme, look):
    ground, text = GROUNDS[theme]
    (shown,) = (colours for name, colours in COLOURS.items() if theme.startswith(name))
    enough = min(READABLE, OF_ITS_TEXT * contrast(text, ground))
    assert round(contrast(shown[look.value[1]], ground), 1) >= enough


def test_the_measure_finds_what_cannot_be_read():
    yellow_on_white, grey_on_solarized = contrast("c4a000", "ffffff"), contrast("002b36", "002b36")
    assert yellow_on_white < READABLE
    assert grey_on_solarized == 1


def test_bold_is_never_together_with_a_colour():
    """Many terminals show bold as a brighter colour, which is another one."""
    styles = [look.style for look in Look]
    assert not [style for style in styles if "bold" in style and "ansi" in style]
    assert not [name for name, style in THEME.styles.items() if name in ours() and style.bold and style.color]


def ours():
    return [name for name in THEME.styles if name.startswith("markdown.")]


def test_markdown_has_no_other_colours():
    allowed = {None, *(RichStyle.parse(look.rich).color for look in Look)}
    assert {THEME.styles[name].color for name in ours()} <= allowed
    assert not any(THEME.styles[name].bgcolor or THEME.styles[name].dim for name in ours())


@pytest.mark.parametrize(
    ("text", "look", "words"),
    [
        ("Fel: Filen finns inte.", Look.ERROR, "Fel:"),
        ("Koncept\n[röd] R01 rad 3: Mått saknas.", Look.ERROR, "[röd]"),
        ("Koncept\n[gul] R24 rad 3: Tiden är lång.", Look.ADVICE, "[gul]"),
        ("  ██▒··", Look.HERE, "  ██▒··"),
        (f"{DONE} Vad ska insatsen heta?", Look.HERE, DONE),
        ("Text.\n\nBygg på\n  Utbildning: kurs", Look.QUESTION, "Bygg på"),
        ("Trygg start\n\nKommande datum:\n- 2027-05-08 Mät", Look.QUESTION, "Kommande datum:"),
        ("Analys\nFörstå vad som hindrar.", Look.QUESTION, "Analys"),
        ("Nästa steg: utb steg analys", Look.QUESTION, "Nästa steg: utb steg analys"),
    ],
)
def test_words_of_ours_have_the_look_of_what_they_are(text, look, words):
    assert looking(words, look) in coloured(text)


def test_colours_add_nothing_and_take_nothing_away():
    text = "Trygg start\n\nSteg  Röda\nBehov    1\n\n[röd] R01: Nej.\n\nNästa steg: utb steg 2\nFör att.\n"
    assert re.sub(r"\x1b\[\d+m", "", coloured(text)) == text


def test_running_text_keeps_the_colour_of_the_terminal():
    for text in ("De slutar.\n\nVi mäter igen i juni.\n", "- en punkt\n  till", "> ett citat\n"):
        assert coloured(text) == text


class Tty(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def plain_environment(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "UTB_ACCESSIBLE", "ACCESSIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(Plainness, "wanted", False)
    return monkeypatch


def test_a_terminal_has_colours_and_a_file_has_none(plain_environment):
    assert shows_colours(Tty())
    assert not shows_colours(io.StringIO())
    plain_environment.setenv("FORCE_COLOR", "1")
    assert shows_colours(io.StringIO())


@pytest.mark.parametrize(
    ("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb"), ("UTB_ACCESSIBLE", "1"), ("ACCESSIBLE", "1")]
)
def test_who_wants_no_colours_gets_none(plain_environment, name, value):
    plain_environment.setenv("FORCE_COLOR", "1")
    plain_environment.setenv(name, value)
    assert not shows_colours(Tty())


def test_plain_lines_have_no_colours(plain_environment):
    plain_environment.setattr(Plainness, "wanted", True)
    assert not shows_colours(Tty())
