"""What the dossier format promises: everything comes back, nothing else moves, damage is seen."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import COSTLY, TIME_SPANS
from git_repo import git
from small import SMALL
from utbildningsprocess.answers.accept import accept
from utbildningsprocess.answers.rows import with_ids
from utbildningsprocess.documents.template import new_dossier
from utbildningsprocess.dossier.codec import decode
from utbildningsprocess.dossier.document import open_stage, read, title_line, with_answer, with_title
from utbildningsprocess.dossier.encoding import encode
from utbildningsprocess.dossier.markers import _blocks, split_lines
from utbildningsprocess.dossier.protection import holds_plain, protect, unprotect
from utbildningsprocess.errors import Broken
from utbildningsprocess.markdown import outline, render
from utbildningsprocess.model import AnswerSheet, Given, Kind, Question, Row, Skipped, Unfit, Unknown
from utbildningsprocess.swedish import clean, clean_line

TEMPLATE = (Path(__file__).parents[1] / "templates" / "dossier.md.j2").read_text("utf-8")
EMPTY = open_stage(
    new_dossier(TEMPLATE, "Trygg start", AnswerSheet(SMALL, {})), AnswerSheet(SMALL, {}), "koncept"
)
ALPHABET = st.one_of(
    st.sampled_from(list("aåäöÅÄÖé \n\t`*_-+#>[]()!\\|~<&;:=.1")),
    st.characters(exclude_categories=["Cs"]),
)
PIECES = st.sampled_from(
    [
        *("<!-- utb:behov.varfor -->", "<!-- /utb:behov.kort -->", "<!--", "-->", "&lt;!-- utb:"),
        *(
            "```",
            "~~~~",
            "```utb-text",
            "<<<<<<< HEAD",
            ">>>>>>> x",
            "|||||||",
            "=======",
            "\\<!-- utb:x -->",
        ),
        *("**Hoppas över:** nej", "**Vet inte än:**", "# Rubrik", "#### L1", "- **Ska kunna:** x"),
        *("[a]: /b", "[^1]: not", "<div>", "<script>", "    kod", "- [ ] a", "1. b", "> c", "| a |\n|---|"),
        *("\u202e", "\x00", "\u2028", "Varför", "", "å"),
    ]
)
NO_VALUE = re.compile(r"|[-+]?\.?(?i:nan|inf|infinity)")
"""Nothing, and what programs write for it, which is no answer."""
TEXTS = (
    st.one_of(st.text(ALPHABET), st.lists(PIECES, min_size=1).map("\n".join))
    .map(clean)
    .filter(lambda text: not NO_VALUE.fullmatch(text.strip()))
)
LINES = TEXTS.map(clean_line).filter(bool)


def answered(qid: str, value: object) -> str:
    return with_answer(EMPTY, SMALL, qid, Given(value))


# ------------------------------------------------------------- round trips


@given(TEXTS)
def test_any_text_comes_back_as_it_entered(text):
    dossier = read(answered("behov.varfor", text), SMALL)
    assert dossier.answers == {"behov.varfor": Given(text)}
    assert dossier.problems == ()


@given(TEXTS)
def test_protection_undoes_itself(text):
    assert unprotect(protect(text)) == text


@given(TEXTS)
def test_cleaning_a_clean_text_changes_nothing(text):
    assert clean(text) == text


@given(
    st.lists(st.sampled_from(["Ord.", "på 12", "(”hej”)", "", "x-y", "1. hej", "- a", "=="])).map("\n".join)
)
def test_the_short_cut_for_ordinary_prose_agrees_with_the_proof(text):
    text = clean(text)
    if text and holds_plain(text):
        assert render(f"{text}\n\nslut") == render(text) + render("slut")
        assert read(answered("behov.varfor", text), SMALL).answers["behov.varfor"] == Given(text)


REFERENCE_ROWS = st.lists(LINES, max_size=3, unique=True).map(tuple)
VALUES = {
    "behov.kort": TEXTS,
    "behov.krav": st.sampled_from(["nej", "lag", "annat"]),
    "behov.utlosare": st.lists(
        st.one_of(st.sampled_from(["nej", "lag", "annat"]), LINES.map(lambda s: f"egna ord {s}")),
        min_size=1,
        unique_by=lambda text: text.casefold(),
    ).map(tuple),
    "behov.bradskar": st.booleans(),
    "behov.klart": st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    "behov.tid": TIME_SPANS,
    "behov.andel": st.one_of(st.integers(0, 100), st.floats(0, 100).map(lambda x: round(x, 6))),
    "behov.dagar": st.lists(st.integers(-99, 9999), min_size=1).map(tuple),
    "behov.ord": st.lists(LINES, min_size=1).map(tuple),
    "behov.hinder": st.dictionaries(
        st.sampled_from(["s01", "s02", "s03", "s04"]), st.sampled_from(["stammer", "inte"]), min_size=1
    ),
}
FIELDS = {
    "koncept.larandemal": {
        "kunna": st.one_of(TEXTS, st.just("")),
        "malgrupp": LINES,
        "niva": st.sampled_from(["nej", "lag"]),
        "klart": st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    },
    "koncept.aktiviteter": {
        "titel": TEXTS,
        "mal": REFERENCE_ROWS.filter(bool),
        "grupper": REFERENCE_ROWS.filter(bool),
        "minuter": st.integers(0, 10**6),
        "aktiv": st.booleans(),
        "tid": TIME_SPANS,
    },
    "behov.malgrupper": {"namn": TEXTS, "antal": st.integers(0, 99)},
}


@pytest.mark.parametrize("qid", VALUES)
@COSTLY
@given(data=st.data())
def test_every_kind_of_answer_comes_back_equal(qid, data):
    question = SMALL.question(qid)
    value = accept(question, data.draw(VALUES[qid]), date(2026, 1, 1))
    text = answered(qid, value)
    dossier = read(text, SMALL)
    assert dossier.answers == {qid: Given(value)}
    assert dossier.problems == ()
    assert with_answer(text, SMALL, qid, Given(value)) == text


@pytest.mark.parametrize("qid", FIELDS)
@COSTLY
@given(data=st.data())
def test_every_row_of_a_group_comes_back_equal(qid, data):
    rows = data.draw(st.lists(st.fixed_dictionaries({}, optional=FIELDS[qid]), min_size=1, max_size=4))
    value = with_ids(SMALL.question(qid), [Row("", row) for row in rows])
    dossier = read(answered(qid, value), SMALL)
    assert dossier.answers == {qid: Given(value)}
    assert not dossier.structural_problems


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1 dag", 1),
        ("1 dagar", 1),
        ("25 000 dagar", 25_000),
        ("25\u00a0000\u00a0dagar", 25_000),
        ("25000", 25_000),
    ],
)
def test_an_amount_written_by_hand_is_read_with_or_without_its_unit(written, meant):
    question = Question(id="x", steg="koncept", text="X?", typ=Kind.NUMBER, enhet="dagar")
    assert decode(question, written).answer == Given(meant)
    assert encode(question, Given(meant)) == str(meant)


@pytest.mark.parametrize("state", [Skipped("för ont om tid"), Skipped(""), Unknown("HR vet"), Unknown()])
def test_states_come_back(state):
    text = with_answer(EMPTY, SMALL, "behov.krav", state)
    assert read(text, SMALL).answers == {"behov.krav": state}


@given(LINES)
def test_the_title_comes_back(title):
    assert read(with_title(EMPTY, title), SMALL).title == title


@pytest.mark.experiment
@pytest.mark.skipif(
    "UTB_CORPUS" not in os.environ, reason="UTB_CORPUS names no folder with the CommonMark examples"
)
def test_every_commonmark_example_is_an_answer_that_comes_back():
    examples = json.loads((Path(os.environ["UTB_CORPUS"]) / "commonmark-0.31.2.json").read_text("utf-8"))
    texts = [text for example in examples if (text := clean(example["markdown"]))]
    assert len(examples) == 652
    for text in texts:
        dossier = read(answered("behov.varfor", text), SMALL)
        assert (dossier.answers, dossier.problems) == ({"behov.varfor": Given(text)}, ())


# ----------------------------------------------------------------- locality


def outside(text: str, qid: str) -> tuple[str, str]:
    before, _, rest = text.partition(f"<!-- utb:{qid} -->")
    return before, rest.partition(f"<!-- /utb:{qid} -->")[2]


@COSTLY
@given(
    first=TEXTS, second=TEXTS, newline=st.sampled_from(["\n", "\r\n"]), bom=st.sampled_from(["", "\ufeff"])
)
def test_changing_one_answer_changes_no_byte_outside_it(first, second, newline, bom):
    text = bom + answered("behov.kort", first).replace("\n", newline).rstrip("\r\n")
    changed = with_answer(text, SMALL, "behov.varfor", Given(second))
    assert outside(changed, "behov.varfor") == outside(text, "behov.varfor")
    assert read(changed, SMALL).answers["behov.varfor"] == Given(second)
    assert with_answer(changed, SMALL, "behov.varfor", None) == text


def test_a_question_that_becomes_relevant_is_written_after_its_predecessor():
    text = answered("behov.krav", "lag")
    opened = open_stage(text, AnswerSheet(SMALL, read(text, SMALL).answers), "behov")
    order = re.findall(r"<!-- utb:(behov\.\w+) -->", opened)
    assert order[2:5] == ["behov.krav", "behov.kalla", "behov.utlosare"]
    assert open_stage(opened, AnswerSheet(SMALL, read(opened, SMALL).answers), "behov") == opened


def test_notes_between_the_questions_stay_where_they_are():
    note = "## Koncept\n\nVår egen anteckning.\n"
    text = EMPTY.replace("## Koncept\n", note)
    changed = with_answer(text, SMALL, "koncept.larandemal", Given((Row("L1", {"kunna": "larma"}),)))
    assert note in changed
    assert read(changed, SMALL).problems == ()


def test_a_stage_whose_heading_was_taken_away_is_written_at_the_end():
    whole = new_dossier(TEMPLATE, "T", AnswerSheet(SMALL, {}))
    text = whole.split("## Behov")[0] + "## Koncept" + whole.split("## Koncept")[1] + "\nSlutord.\n"
    changed = with_answer(text, SMALL, "behov.kort", Given("Kort."))
    assert changed.startswith(text)
    assert "Slutord.\n\n## Behov\n\n" in changed
    assert read(changed, SMALL).answers == {"behov.kort": Given("Kort.")}


# --------------------------------------------------------------- hand edits

EDITS = {
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "bom": lambda text: "\ufeff" + text,
    "nfd": lambda text: unicodedata.normalize("NFD", text),
    "no final newline": lambda text: text.rstrip("\n"),
    "trailing blanks trimmed": lambda text: re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE),
    "tabs after markers": lambda text: text.replace(" -->\n", "\t-->\n"),
    "blank lines doubled": lambda text: text.replace("\n\n<!--", "\n\n\n<!--"),
    "markers indented": lambda text: text.replace("<!-- utb:b", "  <!-- utb:b"),
}
FULL = {
    "behov.varfor": "Först\\\nsen.\n\n- a\n- b\n\n```\nkod\n```",
    "behov.kort": "[a]: /b",
    "behov.krav": "lag",
    "behov.utlosare": ("lag", "egna, ord"),
    "behov.malgrupper": with_ids(SMALL.question("behov.malgrupper"), [Row("", {"namn": "Nya", "antal": 60})]),
    "behov.bradskar": True,
    "behov.klart": date(2026, 3, 1),
    "behov.andel": 12.5,
    "behov.hinder": {"s01": "stammer", "s03": "inte"},
    "koncept.larandemal": (
        Row("L2", {"kunna": "larma\n\ni tid", "malgrupp": "Nya"}),
        Row("L1", {"niva": "lag"}),
    ),
}


def full() -> str:
    text = EMPTY
    for qid, value in FULL.items():
        text = with_answer(text, SMALL, qid, Given(value))
    return text


@pytest.mark.parametrize("edit", EDITS.values(), ids=list(EDITS))
def test_every_answer_survives_what_editors_do(edit):
    dossier = read(edit(full()), SMALL)
    assert dossier.answers == {qid: Given(value) for qid, value in FULL.items()}
    assert dossier.problems == ()


def test_what_a_formatter_does_to_lists_and_bold_is_still_read():
    text = (
        full().replace("\n- ", "\n*   ").replace("**Namn:**", "__Namn:__").replace("\n  i tid", "\n    i tid")
    )
    answers = read(text, SMALL).answers
    assert answers["behov.hinder"] == Given(FULL["behov.hinder"])
    assert answers["behov.malgrupper"] == Given(FULL["behov.malgrupper"])
    assert answers["koncept.larandemal"] == Given(FULL["koncept.larandemal"])


HAND_WRITTEN = {
    ("behov.krav", "lagkrav"): Given("lag"),
    ("behov.krav", "LAG"): Given("lag"),
    ("behov.utlosare", "- [x] Annat\n- [ ] Lag eller föreskrift"): Given(("annat",)),
    ("behov.utlosare", "1. Annat\n2. helt egna ord"): Given(("annat", "helt egna ord")),
    ("behov.bradskar", "ja"): Given(True),
    ("behov.andel", "12,5"): Given(12.5),
    ("behov.andel", "75 procent"): Given(75),
    ("behov.andel", "75 %"): Given(75),
    ("behov.klart", "12 mars 2026"): Given(date(2026, 3, 12)),
    ("behov.dagar", "3, 10, 21"): Given((3, 10, 21)),
    ("behov.hinder", "- **stämmer inte:** s02"): Given({"s02": "inte"}),
    ("behov.krav", "**hoppas över:** vi tar det\nsenare"): Skipped("vi tar det senare"),
    ("behov.malgrupper", "- **namn:** Nya\n- **Antal:** 1 200"): Given(
        (Row("1", {"namn": "Nya", "antal": 1200}),)
    ),
}


@pytest.mark.parametrize(("qid", "body"), HAND_WRITTEN)
def test_what_people_write_by_hand_is_read(qid, body):
    text = EMPTY.replace(f"<!-- utb:{qid} -->\n", f"<!-- utb:{qid} -->\n{body}\n")
    dossier = read(text, SMALL)
    assert dossier.answers == {qid: HAND_WRITTEN[qid, body]}
    assert dossier.problems == ()


UNFIT = {
    ("behov.krav", "kanske"): "finns inte bland alternativen",
    ("behov.klart", "31/2 2026"): "Det datumet finns inte",
    ("behov.klart", "12 mars"): "årtal",
    ("behov.andel", "många"): "inte ett tal",
    ("behov.andel", "250"): "högst 100",
    ("behov.bradskar", "möjligen"): "varken ja eller nej",
    ("behov.hinder", "- **Stämmer:** något helt annat"): "finns inte",
}


@pytest.mark.parametrize(("qid", "body"), UNFIT)
def test_an_answer_that_does_not_fit_is_kept_and_reported_with_its_line(qid, body):
    text = EMPTY.replace(f"<!-- utb:{qid} -->\n", f"<!-- utb:{qid} -->\n\n{body}\n")
    dossier = read(text, SMALL)
    answer = dossier.answers[qid]
    assert isinstance(answer, Unfit)
    assert answer.text == body
    line = next(number for number, line in enumerate(text.split("\n"), 1) if line == body)
    assert [(problem.line, UNFIT[qid, body] in problem.text) for problem in dossier.problems] == [
        (line, True)
    ]
    assert not dossier.structural_problems


def test_a_row_keeps_what_does_not_fit_when_another_field_changes():
    body = "#### L1\n\n- **Ska kunna:** larma\n- **Klart:** snart\n- **Budget:** 3 kr\n\nLös text."
    text = EMPTY.replace("<!-- utb:koncept.larandemal -->\n", f"<!-- utb:koncept.larandemal -->\n\n{body}\n")
    row = read(text, SMALL).answers["koncept.larandemal"].value[0]
    assert row == Row("L1", {"kunna": "larma"}, {"klart": "snart", "Budget": "3 kr", "": "Lös text."})
    changed = with_answer(
        text, SMALL, "koncept.larandemal", Given((Row("L1", {"kunna": "ropa"}, row.unfit),))
    )
    again = read(changed, SMALL).answers["koncept.larandemal"].value[0]
    assert again == Row("L1", {"kunna": "ropa"}, row.unfit)


def test_a_link_moved_to_the_end_of_the_document_comes_back_with_a_note():
    text = answered("behov.kort", "Se [rutinen].") + "\n[rutinen]: https://exempel.se\n"
    dossier = read(text, SMALL)
    assert dossier.answers["behov.kort"] == Given("Se [rutinen].\n\n[rutinen]: https://exempel.se")
    assert len(dossier.problems) == 1


def test_retired_questions_and_foreign_text_stay():
    text = EMPTY + "\n### Gammal fråga\n\n<!-- utb:behov.gammal -->\n\nKvar.\n\n<!-- /utb:behov.gammal -->\n"
    changed = with_answer(text, SMALL, "behov.krav", Given("nej"))
    assert changed.endswith(text[len(EMPTY) :])
    assert [problem.text for problem in read(text, SMALL).problems] == [
        "Frågan behov.gammal finns inte bland frågorna. Svaret behålls."
    ]


# ------------------------------------------------------------------ damage

VARFOR = "<!-- utb:behov.varfor -->\n"
END = "<!-- /utb:behov.varfor -->\n"
CONFLICT = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n"
DAMAGE = {
    "near marker, capitals": (lambda t: t.replace(VARFOR, "<!-- UTB:behov.varfor -->\n"), "liknar en markör"),
    "near marker, dash": (lambda t: t.replace(VARFOR, "<!– utb:behov.varfor –>\n"), "liknar en markör"),
    "near marker, escaped": (lambda t: t.replace(VARFOR, "&lt;!-- utb:behov.varfor --&gt;\n"), "liknar en markör"),
    "end marker missing": (lambda t: t.replace(END, ""), "innan behov.varfor"),
    "start marker missing": (lambda t: t.replace(VARFOR, ""), "saknar sin startmarkör"),
    "last end marker missing": (lambda t: t.replace("<!-- /utb:koncept.status -->", ""), "Slutmarkören"),
    "twice": (lambda t: t + "\n" + VARFOR + "\nx\n\n" + END, "två gånger"),
    "nested": (lambda t: t.replace(VARFOR, VARFOR + "\n<!-- utb:behov.x -->\n"), "innan behov.varfor"),
    "in a code fence": (lambda t: t.replace(VARFOR, "```\n" + VARFOR).replace(END, END + "```\n"), "kodblock"),
    "in a list": (lambda t: t.replace(VARFOR, "- a\n\n  " + VARFOR), "en lista"),
    "in a quote": (lambda t: t.replace(VARFOR, "> " + VARFOR), "liknar en markör"),
    "in HTML": (lambda t: t.replace(VARFOR, "<script>\n" + VARFOR), "HTML-block"),
    "conflict": (lambda t: t.replace(VARFOR, VARFOR + CONFLICT), "git-konflikt"),
    "conflict around markers": (lambda t: t.replace(VARFOR, "||||||| bas\n" + VARFOR), "git-konflikt"),
    "NUL": (lambda t: t.replace(VARFOR, "\0\n" + VARFOR), "NUL"),
    "newer format": (lambda t: t.replace("utb:dossier 1", "utb:dossier 3"), "nyare"),
    "markers stripped": (lambda t: re.sub(r"<!--.*-->", "", t), "inga svarsmarkörer"),
}  # fmt: skip


@pytest.mark.parametrize(("damage", "sentence"), DAMAGE.values(), ids=list(DAMAGE))
def test_every_damage_is_reported_with_its_line_and_stops_writing(damage, sentence):
    whole = with_answer(EMPTY, SMALL, "behov.kort", Given("Kvar."))
    text = damage(whole)
    dossier = read(text, SMALL)
    found = [problem for problem in dossier.structural_problems if sentence in problem.text]
    assert found
    assert 1 <= found[0].line <= len(text.split("\n"))
    with pytest.raises(Broken, match=f"rad {found[0].line}: "):
        with_answer(text, SMALL, "behov.krav", Given("nej"))


def test_a_broken_line_never_hides_the_other_answers():
    text = with_answer(EMPTY, SMALL, "behov.andel", Given(5)).replace(END, "")
    assert read(text, SMALL).answers == {"behov.andel": Given(5)}


def test_a_lone_conflict_line_casts_doubt_on_its_own_answer_only():
    text = with_answer(answered("behov.andel", 5), SMALL, "behov.varfor", Given("x"))
    damaged = text.replace("\nx\n", "\n<<<<<<< HEAD\nx\n")
    assert read(damaged, SMALL).answers == {"behov.andel": Given(5)}


WARNED = {
    "heading in an answer": (lambda t: t.replace(VARFOR, VARFOR + "\n## Analys\n"), "nivå 1 eller 2"),
    "text outside the field": (lambda t: t.replace(END, END + "\nMer text.\n"), "utanför svarets markörer"),
    "text before the field": (
        lambda t: t.replace(VARFOR, "Mer text.\n\n" + VARFOR),
        "utanför svarets markörer",
    ),
    "header gone": (lambda t: t.replace("<!-- utb:dossier 1 -->\n", ""), "saknas överst"),
    "reference to no row": (
        lambda t: with_answer(t, SMALL, "koncept.aktiviteter", Given((Row("A1", {"mal": ("L9",)}),))),
        "”Mål” pekar på ”L9”, som inte finns",
    ),
}


@pytest.mark.parametrize(("change", "sentence"), WARNED.values(), ids=list(WARNED))
def test_what_may_be_a_mistake_is_warned_of_and_stops_nothing(change, sentence):
    text = change(EMPTY)
    dossier = read(text, SMALL)
    assert [sentence in problem.text for problem in dossier.problems] == [True]
    assert not dossier.structural_problems
    with_answer(text, SMALL, "behov.krav", Given("nej"))


@COSTLY
@given(st.text(ALPHABET), st.integers(0, 4000), st.integers(0, 40))
def test_no_damage_raises_anything(piece, start, length):
    text = full()
    read(text[:start] + piece + text[start + length :], SMALL)


@given(st.lists(PIECES))
def test_no_file_raises_anything(pieces):
    read("\n".join(pieces), SMALL)


# ------------------------------------------------------------------- merges


def merged(folder: Path, base: str, ours: str, theirs: str) -> str:
    path = folder / "dossier.md"
    git(folder, "init", "-q", "-b", "main")
    for branch, text in (("main", base), ("theirs", theirs)):
        git(folder, "checkout", "-q", "-B", branch)
        path.write_text(text, encoding="utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "-q", "--allow-empty", "-m", branch)
    git(folder, "checkout", "-q", "main")
    path.write_text(ours, encoding="utf-8")
    git(folder, "commit", "-q", "--allow-empty", "-am", "ours")
    git(folder, "merge", "-q", "theirs", check=False)
    return path.read_text(encoding="utf-8")


def test_two_branches_that_answer_different_questions_merge_and_read_right(tmp_path):
    qids = list(FULL)
    ours, theirs = EMPTY, EMPTY
    for place, qid in enumerate(qids):
        if place % 2:
            ours = with_answer(ours, SMALL, qid, Given(FULL[qid]))
        else:
            theirs = with_answer(theirs, SMALL, qid, Given(FULL[qid]))
    dossier = read(merged(tmp_path, EMPTY, ours, theirs), SMALL)
    assert dossier.answers == {qid: Given(value) for qid, value in FULL.items()}
    assert dossier.problems == ()


@pytest.mark.parametrize(("one", "other"), [("Vårt svar.", "Deras svar."), ("<<<<<<< a", "[a]: /b")])
def test_two_branches_that_answer_the_same_question_are_reported_as_a_conflict(tmp_path, one, other):
    text = merged(tmp_path, EMPTY, answered("behov.varfor", one), answered("behov.varfor", other))
    dossier = read(text, SMALL)
    line = next(number for number, line in enumerate(text.split("\n"), 1) if line.startswith("<<<<<<< HEAD"))
    conflict = dossier.structural_problems[0]
    assert (conflict.line, "behov.varfor" in conflict.text) == (line, True)
    assert "behov.varfor" not in dossier.answers


def test_a_codec_of_every_question_of_the_small_battery_writes_what_it_reads():
    items = [item for question in SMALL.questions() for item in (question, *question.fields)]
    assert {item.kind for item in items} == set(Kind)
    for qid, value in FULL.items():
        question = SMALL.question(qid)
        assert decode(question, encode(question, Given(value))).answer == Given(value)


def test_the_title_line_stays_readable():
    assert title_line("Trygg start: nya i C#") == "# Trygg start: nya i C\\#"
    assert title_line("HLR & larm *nu*") == "# HLR \\& larm \\*nu\\*"


@given(
    st.lists(st.one_of(PIECES, TEXTS, st.just("<!-- utb:a -->"), st.just("  <!-- /utb:a -->")), max_size=12)
)
def test_parsing_in_pieces_sees_the_blocks_of_the_whole(pieces):
    lines = split_lines("\n".join(pieces))
    whole = outline("\n".join(lines))
    in_pieces = _blocks(lines)
    assert [one[:4] for one in in_pieces.blocks] == [one[:4] for one in whole.blocks]
    assert in_pieces.links == whole.links
