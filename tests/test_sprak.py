"""The check of the project's Swedish: what it reads, how it counts and what it tells."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "tools" / "sprak.py"


def load() -> Any:
    spec = importlib.util.spec_from_file_location("sprak", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


sprak = load()


def dictionary() -> bool:
    """Whether hunspell and its Swedish dictionary are here; both are on the server."""
    program = shutil.which("hunspell")
    asked = [program, "-d", "sv_SE", "-l"]
    return (
        bool(program)
        and subprocess.run(asked, input=b"ord", check=False, capture_output=True).returncode == 0
    )


needs_dictionary = pytest.mark.skipif(
    not dictionary(),
    reason="hunspell eller dess svenska ordlista saknas: sudo apt install hunspell hunspell-sv",
)


def said(texts: list[Any]) -> list[tuple[int, str]]:
    return [(text.first, text.prose) for text in texts]


def project(folder: Path, **files: str) -> Path:
    """A project of a few files; a name's double underscore is a slash, its last single one a full stop."""
    for name, text in {"tools__ordlista_txt": "", **files}.items():
        path = folder / ".".join(name.replace("__", "/").rsplit("_", 1))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


# ------------------------------------------------------------------ collecting


def test_prose_in_yaml_is_found_with_its_line_and_ids_are_not() -> None:
    source = """\
format: 1
titel: Behov
fragor:
  - id: krav_kalla
    typ: text
    text: "Vilket krav?"
    hjälp: >-
      Paragraf eller
      dokument.
    rad_namn: mål
    visas_om: {fraga: behov.krav, i: [lag_foreskrift, internt_beslut]}
"""
    texts = sprak.from_yaml("a.yaml", source)
    assert said(texts) == [(2, "Behov"), (6, "Vilket krav?"), (7, "Paragraf eller dokument."), (10, "mål")]
    assert [text.kind for text in texts] == ["titel", "text", "hjalp", "rad_namn"]


def test_sources_and_words_to_look_for_in_yaml_are_not_read() -> None:
    source = "kalla: Moore 2017, Map It\nnamnord: [utbild, gå bredvid]\nforvaxla_inte: [händer och handleder]\nnamn: Gör något\n"
    assert said(sprak.from_yaml("a.yaml", source)) == [(4, "Gör något")]


def test_code_in_a_page_is_not_prose() -> None:
    source = """\
# Kom igång

Kör `utb status` i
mappen.

```sh
utb ny "Koed i ett block"
```

    indragen koed

- Öppna [sidan](docs/sidan.md).
- <!-- dold --> Nästa punkt
"""
    texts = sprak.from_markdown("a.md", source)
    assert [text.kind for text in texts if text.prose != "0"] == ["rubrik", "stycke", "stycke", "stycke"]
    prose = "\n".join(text.prose for text in texts)
    assert "Kom igång" in prose
    assert "mappen." in prose
    assert "Öppna [sidan]" in prose
    assert "Nästa punkt" in prose
    assert not any(word in prose for word in ("status", "Koed", "koed", "docs", "dold"))
    assert next(text.first for text in texts if "Öppna" in text.prose) == 12


def test_front_matter_gives_its_title_and_sources_and_english_are_left_out() -> None:
    source = """\
---
titel: "Röd tråd"
amnesord: [biggs, constructive alignment]
---

Mål och mått hör ihop.

- **Källa:** Biggs 1996, Enhancing teaching

## Källor

- Biggs 1996: *Enhancing teaching*.

## In English

In English only.
"""
    texts = sprak.from_markdown("a.md", source)
    assert [text for text in said(texts) if text[1] != "0"] == [
        (2, "Röd tråd"),
        (6, "Mål och mått hör ihop."),
    ]


def test_what_a_template_fills_in_is_not_prose() -> None:
    (text,) = sprak.from_markdown("a.j2", "Välkommen till {{ titel_pa_kursen }}{% if x %}!{% endif %}\n")
    assert text.prose == "Välkommen till 00!0"


def test_sentences_in_code_are_found_with_their_line_also_in_an_f_string() -> None:
    source = '''\
"""A docstring is English."""

def show(number):
    """Gives a sentence."""
    say("Sparat.")
    say(
        f"Det finns {number} svar"
        f" i {'en fil' if number else 'ingen fil'}."
    )
    return "a_key", "utf-8", {"not shown": "Fel fil"}
'''
    texts = sprak.from_python("a.py", source)
    assert {text for _, text in said(texts)} == {
        "Sparat.",
        "Det finns 0 svar i 0.",
        "en fil",
        "ingen fil",
        "Fel fil",
    }
    lines = {text: line for line, text in said(texts)}
    assert (lines["Sparat."], lines["Det finns 0 svar i 0."], lines["Fel fil"]) == (5, 7, 10)


def test_patterns_comparisons_types_and_bugs_in_code_are_not_prose() -> None:
    source = """\
Value: TypeAlias = "str | int | None"
_WEEK = r"(?:v|vecka) \\d"
_YAML = (("while scanning", "Raden är fel."),)
re.sub("a b", "c d", text)
if "end of stream" in problem or problem.startswith("while parsing"):
    raise RuntimeError("no question is current")
raise WrongUse("Titeln är tom.")
"""
    assert sorted(said(sprak.from_python("a.py", source))) == [(3, "Raden är fel."), (7, "Titeln är tom.")]


def test_what_is_said_about_a_command_is_read_although_it_is_a_docstring() -> None:
    source = '''\
def command():
    """The whole command line."""
    _add(app, "ny", _ny, "Starta en insats.")

def _ny():
    """Starta en insats och få en dossier."""
'''
    assert {text for _, text in said(sprak.from_python("app.py", source))} == {
        "Starta en insats.",
        "Starta en insats och få en dossier.",
    }


def test_sentences_in_a_script_are_found_with_their_line_and_names_and_patterns_are_not() -> None:
    source = """// Not read.
say("Raden är fel.", `Du har ${many === 1 ? `${many} fråga` : "fler"} kvar.`);
piece("input", { class: "skriv kort" }, /[a-z] [åäö]/g);"""
    assert said(sprak.from_script("a.js", source)) == [(2, "Raden är fel."), (2, "Du har 0 kvar.")]


def test_quoted_keys_options_and_places_to_fill_in_are_cut_out_of_code() -> None:
    (text,) = sprak.from_python("a.py", 'say("”hogst” saknas i {fil}, se --vet-inte och docs/sidan.md.")')
    assert text.prose == "0 saknas i 0, se 0 och 0."


# -------------------------------------------------------------------- spelling


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("Ta NEWS2 i tid", ["Ta", "tid"]),
        ("ett NEWS2-kort på A4", ["ett", "kort", "på"]),
        ("se behov.varfor, utb.yaml och t.ex. Michie m.fl.", ["se", "och", "Michie"]),
        ("hade.Sedan", ["hade", "Sedan"]),
        ("person- och yrkesroller före-under-efter", ["person-", "och", "yrkesroller", "före-under-efter"]),
        ("YAML- eller git:s id:n", ["YAML", "eller", "git:s", "id:n"]),
        ("0:n 0an fragor_x", []),
    ],
)
def test_the_words_to_look_up(prose: str, expected: list[str]) -> None:
    assert [word for word in sprak.words(prose) if word != "i"] == expected


HELP = """\
fragor:
  - id: varfor
    hjalp: >-
      Beskriv det som märks
      i vardaggen.
"""


@needs_dictionary
def test_a_misspelt_word_in_a_help_text_is_told_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project(tmp_path, **{"questions__1-behov_yaml": HELP})
    assert sprak.main(["stavning"], root) == 1
    assert capsys.readouterr().out == "vardaggen: questions/1-behov.yaml:5\nFiler: 1. Ord: 5. Okända: 1.\n"


@needs_dictionary
def test_a_word_in_the_list_is_known_and_bends_like_its_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project(tmp_path, README_md="Lärresan är planerad.\n", tools__ordlista_txt="lärresa/resa\n")
    assert sprak.main(["stavning"], root) == 0
    assert capsys.readouterr().out == "Filer: 1. Ord: 3. Okända: 0.\n"


def test_without_hunspell_one_sentence_tells_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert sprak.main(["stavning"], project(tmp_path, README_md="Ett ord.\n")) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.endswith("sudo apt install hunspell hunspell-sv\n")


def test_the_word_list_is_sorted_and_says_nothing_twice() -> None:
    lines = (ROOT / "tools" / "ordlista.txt").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines), key=lambda line: (line.casefold(), line))


# ------------------------------------------------------------------------- LIX


def test_the_lix_of_a_text() -> None:
    # Seven words in two sentences, and two of them longer than six letters.
    assert sprak.lix(["Jag heter Åsa. Jag arbetar med undersköterskor."]) == pytest.approx(
        7 / 2 + 100 * 2 / 7
    )


def test_a_piece_is_a_sentence_and_an_abbreviation_ends_none() -> None:
    assert sprak.lix(["Två ord", "Tre ord här"]) == pytest.approx(5 / 2)
    assert sprak.lix(["Se Michie m.fl. 2011 och kap. 3"]) == pytest.approx(5)
    assert sprak.lix([]) == 0


LONG = " ".join(["Verksamhetsutvecklingens"] * 20)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (LONG, 1, "120  över  questions/1-behov.yaml:1 (20 ord)"),
        ("Skriv kort. " * 10, 0, "  2        questions/1-behov.yaml:1 (20 ord)"),
    ],
)
def test_a_long_help_text_has_a_goal_of_its_own(
    words: str, code: int, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project(tmp_path, **{"questions__1-behov_yaml": f"hjalp: {words}\n"})
    assert sprak.main(["lix"], root) == code
    assert told in capsys.readouterr().out.splitlines()


def test_a_short_help_text_counts_only_in_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    light = "\n".join(["- hjalp: Skriv kort. Ta ett steg i taget. Det går bra."] * 5)
    root = project(tmp_path, **{"questions__1-behov_yaml": f"{light}\n- hjalp: Verksamhetsutvecklingens\n"})
    assert sprak.main(["lix"], root) == 0
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()[:1]] == [
        "questions/1-behov.yaml"
    ]
    assert sprak.main(["lix", "--alla"], root) == 0
    assert "101  kort  questions/1-behov.yaml:6 (1 ord)" in capsys.readouterr().out


def test_a_method_is_judged_by_its_running_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = f"---\ntitel: {LONG}\n---\n\n## {LONG}\n\nSkriv kort.\n\n1. Ta ett steg i taget.\n\n## Källor\n\n- {LONG}\n"
    root = project(tmp_path, **{"questions__metoder__01-en_md": page})
    assert sprak.main(["lix"], root) == 0
    assert "questions/metoder/01-en.md (7 ord)" in capsys.readouterr().out


# ----------------------------------------------------------------------- terms

TERMS = """\
| Term | Betyder | Skriv inte |
|---|---|---|
| Esther | En tänkt person. | `ESTHER` |
| återkoppling | Att få veta hur det gick. | `feedback*`, `kom igen` |

| Ord | Får stå i | Därför |
|---|---|---|
| `kom igen` | `docs/*.md` | Ett citat. |
"""


def test_the_tables_of_the_glossary_become_words_to_avoid() -> None:
    assert sprak.glossary(TERMS) == [
        ("ESTHER", "Esther", ()),
        ("feedback*", "återkoppling", ()),
        ("kom igen", "återkoppling", ("docs/*.md",)),
    ]


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("Vad är bäst för Esther?", []),
        ("Vad är bäst för ESTHER?", ["ESTHER"]),
        ("Feedbacken och feedbacksamtalet", ["Feedbacken", "feedbacksamtalet"]),
        ("Be chefen: kom\nigen", ["kom\nigen"]),
        ("Kör `feedback`. Välkomma igen.", []),
    ],
)
def test_words_to_avoid_are_found_as_they_stand(prose: str, expected: list[str]) -> None:
    texts = sprak.from_markdown("README.md", prose)
    assert [word for _, word, _ in sprak.breaches(texts, sprak.glossary(TERMS))] == expected


def test_a_word_to_avoid_is_told_with_its_place_and_may_stand_where_the_glossary_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project(
        tmp_path,
        docs__ordlista_md=TERMS,
        docs__citat_md="Kom igen.\n",
        questions__exempel_yaml="titel: Ge feedback\n",
        README_md="Ett stycke.\n\nGe feedback\noch kom igen.\n",
    )
    assert sprak.main(["termer"], root) == 1
    assert capsys.readouterr().out == (
        "README.md:3: ”feedback”. Skriv ”återkoppling”.\n"
        "README.md:4: ”kom igen”. Skriv ”återkoppling”.\n"
        "Ord att undvika: 3. Träffar: 2.\n"
    )


def test_the_glossary_explains_every_term_once_and_avoids_none_of_them() -> None:
    page = (ROOT / "docs" / "ordlista.md").read_text(encoding="utf-8")
    rows = [row for row in sprak._rows(page) if "term" in row]
    terms = [row["term"] for row in rows]
    assert len(terms) == len(set(terms)) > 30
    assert [row["term"] for row in rows if not row["betyder"].endswith(".")] == []
    avoided = sprak.glossary(page)
    assert {one.term for one in avoided} <= set(terms)
    assert [(one.word, term) for one in avoided for term in terms if one.pattern().search(term)] == []


def test_an_exception_in_the_glossary_is_for_a_word_to_avoid_and_has_its_reason() -> None:
    page = (ROOT / "docs" / "ordlista.md").read_text(encoding="utf-8")
    exceptions = [row for row in sprak._rows(page) if "får stå i" in row]
    known = {one.word for one in sprak.glossary(page)}
    assert [row for row in exceptions if row["ord"] not in known or not row["därför"]] == []


@pytest.mark.parametrize("arguments", [[], ["stava"], ["lix", "--allt"]])
def test_another_word_than_the_checks_shows_how_to_write(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert sprak.main(arguments) == 2
    assert capsys.readouterr().err.startswith("Skriv: python tools/sprak.py stavning")
