"""YAML means what it looks like, remembers its lines, and answers trouble with one Swedish sentence."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utbildningsprocess.data_files.yaml_text import MOST_BYTES, MOST_DEPTH, Unreadable, load_yaml
from utbildningsprocess.errors import Broken
from utbildningsprocess.swedish import fold


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *((word, word) for word in ("yes", "no", "on", "off", "ja", "nej", "True", "NULL", "y")),
        *((word, word) for word in ("12:30", "0123", "0x1F", "1_000", "1e5", ".inf", "12,5", "+46", "1.2.3")),
        ("19991231-1234", "19991231-1234"),
        ("1234567890123456", "1234567890123456"),
        ("2025-02-30", "2025-02-30"),
        ("2025-02-03 10:00", "2025-02-03 10:00"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("12.5", 12.5),
        ("12.125", 12.125),
        ("0.500", 0.5),
        ("25.000", "25.000"),
        ("-1.200", "-1.200"),
        ("2025-02-03", date(2025, 2, 3)),
        ('"12"', "12"),
        ("'true'", "true"),
        ('"2025-02-03"', "2025-02-03"),
    ],
)
def test_a_scalar_means_what_it_looks_like(written: str, meant: object) -> None:
    found = load_yaml(f"nyckel: {written}\n", "a.yaml").value["nyckel"]
    assert (found, float(found) if isinstance(found, float) else found) == (meant, meant)
    assert isinstance(found, type(meant))


def test_keys_are_always_text() -> None:
    assert load_yaml("1: a\ntrue: b\n2025-02-03: c\nno: d\n", "a.yaml").value == {
        "1": "a",
        "true": "b",
        "2025-02-03": "c",
        "no": "d",
    }


def test_long_texts_keep_their_lines() -> None:
    text = "folded: >-\n  ett\n  två\nblock: |\n  ett\n  två\n"
    assert load_yaml(text, "a.yaml").value == {"folded": "ett två", "block": "ett\ntvå\n"}


@pytest.mark.parametrize("text", ["", "# bara en kommentar\n", "---\n", "\ufeff"])
def test_an_empty_file_is_nothing(text: str) -> None:
    assert load_yaml(text, "a.yaml").value is None


LINES = """\
# kommentar
steg: behov
fragor:

  - id: a
    alternativ:
      - id: b
        text: >-
          B
      - {id: c, text: C}
  - id: d
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 2),
        (("steg",), 2),
        (("fragor",), 3),
        (("fragor", 0), 5),
        (("fragor", 0, "alternativ", 0, "text"), 8),
        (("fragor", 0, "alternativ", 1, "text"), 10),
        (("fragor", 1), 11),
        (("fragor", 1, "typ"), 11),
        (("fragor", 0, "alternativ", 9), 6),
        (("finns", "inte"), 2),
        (("steg", "inte", 3), 2),
    ],
)
def test_every_part_knows_its_line_and_a_missing_one_the_nearest(
    path: tuple[str | int, ...], line: int
) -> None:
    assert load_yaml(LINES, "a.yaml").line(path) == line


def test_keys_may_be_rewritten_and_are_found_by_their_new_spelling() -> None:
    located = load_yaml("Frågor:\n  Är: Ärlig\n", "a.yaml", key=fold)
    assert located.value == {"fragor": {"ar": "Ärlig"}}
    assert located.line(("fragor", "ar")) == 2


JSON = '{\n\t"titel": "\\ud83d\\ude00 \\/ \\u00e5\\t",\n\t"tal": [1, -2.5, 1e3],\n\t"ja": true, "inget": null\n}\n'


@pytest.mark.parametrize("name", ["svar.json", "svar.yaml", "-"])
def test_json_is_read_whatever_the_file_is_called(name: str) -> None:
    located = load_yaml(JSON, name)
    assert located.value == {"titel": "😀 / å\t", "tal": [1, -2.5, 1000.0], "ja": True, "inget": None}
    assert [located.line((key,)) for key in ("titel", "tal", "ja")] == [2, 3, 4]
    assert located.line(("tal", 2)) == 3


def test_yaml_in_braces_is_yaml() -> None:
    assert load_yaml("{a: b, c: [d, 'e']}\n", "a.yaml").value == {"a": "b", "c": ["d", "e"]}


def test_what_no_number_can_hold_stays_text() -> None:
    assert load_yaml("[NaN, -Infinity, 1e999, 12345678901234567890]", "a.json").value == [
        *("NaN", "-Infinity", "1e999", "12345678901234567890")
    ]


def test_half_characters_in_json_are_marked() -> None:
    assert load_yaml('"\\ud800"', "a.json").value == "\ufffd"


def test_dates_in_json_are_text() -> None:
    assert load_yaml('{"klart": "2025-02-03"}', "a.json").value == {"klart": "2025-02-03"}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "nyckeln ”a” står redan på rad 1"),
        ('{"a": 1,\n "a": 2}', 2, "nyckeln ”a” står redan på rad 1"),
        ("a: &x 1\n", 1, "hänvisning"),
        ("a: 1\nb: *x\n", 2, "hänvisning"),
        ("a: *\n", 1, "hänvisning"),
        ("a: !!str 1\n", 1, "utropstecken"),
        ("a: !x [1]\n", 1, "utropstecken"),
        ("a: 1\n---\nb: 2\n", 2, "flera delar"),
        ("? [a]\n: b\n", 1, "en nyckel före kolonet"),
        ("a: b: c\n", 1, "ett kolon står där det inte får stå"),
        ("a: 1\n b: 2\n", 2, "ett kolon står där det inte får stå"),
        ("a:\n  - b\n c: d\n", 3, "indraget"),
        ("- a\nb: 1\n", 2, "indraget"),
        ("a:\n\t- b\n", 2, "Sätt citattecken"),
        ("a: @b\n", 1, "ett tecken som YAML inte tillåter"),
        ('a: 1\nb: "x\nc: 2\n', 2, "citattecken som aldrig avslutas"),
        ('a: "\\q"\n', 1, "bakstreck"),
        ("a: 1\nb: [1, 2\nc: 3\n", 2, "listan inom [ ]"),
        ("a: {b: 1\nc: [", 1, "inom { }"),
        ("a: > x\n", 1, "tecknet | eller >"),
        ("a: 1\nb: \x07\n", 2, "styrtecken"),
        ("a: \ud800\n", 1, "styrtecken"),
        ("a: ]\n", 1, "går inte att läsa som YAML"),
    ],
)
def test_trouble_is_a_swedish_sentence_with_its_line(text: str, line: int, what: str) -> None:
    with pytest.raises(Unreadable) as caught:
        load_yaml(text, "fil.yaml")
    assert str(caught.value).startswith(f"fil.yaml:{line}: ")
    assert what in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('{"a": 1\n "b": 2}', 2, "ett kommatecken saknas"),
        ('{"a" 1}', 1, "ett kolon saknas"),
        ("{a: 1}", 1, "en nyckel inom citattecken"),
        ('{"a": }', 1, "saknas ett värde"),
        ('{"a": "b}', 1, "citattecken som aldrig avslutas"),
        ('{"a": 1}\n{}', 2, "något mer efter slutet"),
        ('{"a": "b\nc"}', 1, "går inte att läsa som JSON"),
        ("", 1, "saknas ett värde"),
    ],
)
def test_broken_json_is_named_as_json(text: str, line: int, what: str) -> None:
    with pytest.raises(Unreadable) as caught:
        load_yaml(text, "fil.json")
    assert str(caught.value).startswith(f"fil.json:{line}: ")
    assert what in str(caught.value)


@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_depth_and_size_are_limited(name: str) -> None:
    inside = "[" * MOST_DEPTH + "1" + "]" * MOST_DEPTH
    assert load_yaml(inside, name).value
    with pytest.raises(Broken, match="nivåer"):
        load_yaml(f"[{inside}]", name)
    with pytest.raises(Broken, match="nivåer"):
        load_yaml("[" * 200_000, name)
    with pytest.raises(Broken, match="megabyte"):
        load_yaml('"' + "å" * (MOST_BYTES // 2) + '"', name)


def test_indented_depth_is_limited_too() -> None:
    with pytest.raises(Broken, match="nivåer"):
        load_yaml("- " * (MOST_DEPTH + 1) + "x", "a.yaml")


def refusal(text: str, name: str) -> str:
    try:
        load_yaml(text, name)
    except Unreadable as error:
        return str(error)
    return f"{name}:1: läst"


@given(st.text(), st.sampled_from(["a.yaml", "a.json"]))
def test_any_text_is_read_or_refused_in_one_line(text: str, name: str) -> None:
    assert re.fullmatch(rf"{name}:[1-9][0-9]*: [^\n]+", refusal(text, name))


_plain = st.none() | st.booleans() | st.integers(-(10**14), 10**14) | st.text(st.characters(codec="utf-8"))


@given(
    st.recursive(_plain, lambda part: st.lists(part) | st.dictionaries(st.text("abcå1", min_size=1), part))
)
def test_json_comes_back_as_it_was(value: object) -> None:
    for ascii_only in (True, False):
        text = json.dumps(value, ensure_ascii=ascii_only)
        if "\x7f" in text or any("\x80" <= char <= "\x9f" or char in "\ufffe\uffff" for char in text):
            continue
        assert load_yaml(text, "a.json").value == value
