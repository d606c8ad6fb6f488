"""The learning objects: ours keep what they promise, broken ones say where, and near words find theirs."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from utbildningsprocess.battery import load_battery
from utbildningsprocess.errors import Broken
from utbildningsprocess.learning_objects import (
    Method,
    find_method,
    load_methods,
    method_for,
    method_markdown,
    reading_order,
    unknown_questions,
)
from utbildningsprocess.steps import STEP_IDS

QUESTIONS = Path(__file__).parent.parent / "questions"
TEXTS = {path.name: path.read_text("utf-8") for path in (QUESTIONS / "metoder").glob("*.md")}
METHODS = load_methods(TEXTS)
BATTERY = load_battery({path.name: path.read_text("utf-8") for path in QUESTIONS.glob("[0-9]-*.yaml")})
PARTS = ["När", "Så gör du på måndag", "Fallgrop", "Källor"]
HEAD = 'titel: "Röd tråd"\nsteg: [koncept]\nfragor: [koncept.aktiviteter]\namnesord: [biggs]\n'
GOOD = f"---\n{HEAD}---\n\nMål och mått hör ihop.\n"

each = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)


def parts(method: Method) -> dict[str, str]:
    """The text under each heading; what comes before the first has none."""
    essence, *rest = re.split(r"^## (.+)\n", method.body, flags=re.MULTILINE)
    return {"": essence, **dict(zip(rest[::2], rest[1::2], strict=True))}


def words(text: str) -> list[str]:
    return re.findall(r"\w+(?:[-–:’.,]\w+)*", re.sub(r"^(\d+\.|-|#+) ", "", text, flags=re.MULTILINE))


def lix(text: str) -> float:
    """How hard a text is: 30 is plain, 50 is official."""
    found = words(text)
    sentences = re.findall(r"[.?!]+(?=[\s”)]|$)", re.sub(r"^\d+\. ", "", text, flags=re.MULTILINE))
    return len(found) / len(sentences) + 100 * sum(len(word) > 6 for word in found) / len(found)


# ------------------------------------------------------------------------ ours


def test_there_are_twenty_in_the_order_of_their_numbers() -> None:
    assert [method.number for method in METHODS] == list(range(1, 21))
    assert [method.file for method in METHODS] == sorted(TEXTS)


def test_every_question_they_name_exists() -> None:
    assert unknown_questions(METHODS, BATTERY) == []


def test_no_question_is_explained_twice() -> None:
    named = Counter(qid for method in METHODS for qid in method.questions)
    assert [qid for qid, times in named.items() if times > 1] == []


def test_every_question_of_the_steps_has_its_text() -> None:
    asked = [question.qid for step in STEP_IDS for question in BATTERY.stage(step).questions]
    assert [qid for qid in asked if not method_for(METHODS, qid)] == []


@each
def test_a_text_stands_in_the_steps_of_its_questions(method: Method) -> None:
    assert {qid.partition(".")[0] for qid in method.questions} <= set(method.stages)
    assert list(method.stages) == [step for step in STEP_IDS if step in method.stages]


@each
def test_a_text_is_short_and_plain(method: Method) -> None:
    assert 200 <= len(words(method.body)) <= 300
    assert lix(method.body.partition("\n## Källor")[0]) < 50


@each
def test_a_text_has_its_essence_and_four_parts(method: Method) -> None:
    assert list(parts(method)) == ["", *PARTS]
    assert [heading for heading, text in parts(method).items() if not text.strip()] == []


@each
def test_there_are_three_to_five_things_to_do_on_monday(method: Method) -> None:
    steps = re.findall(r"^\d+\. ", parts(method)["Så gör du på måndag"], flags=re.MULTILINE)
    assert 3 <= len(steps) <= 5


@each
def test_a_text_says_where_it_comes_from(method: Method) -> None:
    sources = parts(method)["Källor"].strip().splitlines()
    assert sources
    assert [line for line in sources if not line.startswith(("- ", "  "))] == []


@each
def test_a_text_uses_our_words(method: Method) -> None:
    text = method.body.partition("\n## Källor")[0]
    assert re.findall(r"ESTHER|\b(?:gap|transfer)\b|\banalysen visar\b", text) == []


@each
def test_keywords_are_written_as_people_type_them(method: Method) -> None:
    assert [word for word in method.keywords if word != word.casefold()] == []
    assert len(set(method.keywords)) == len(method.keywords)


# --------------------------------------------------------------------- finding


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("rod-trad", "rod-trad"),
        ("Röd tråd", "rod-trad"),
        ("rod trad", "rod-trad"),
        ("rödtråd", "rod-trad"),
        ("COM-B", "sex-lador-och-com-b"),
        ("comb", "sex-lador-och-com-b"),
        ("gilbart", "sex-lador-och-com-b"),
        ("kirkpatrick", "mat-det-som-spelar-roll"),
        ("kirkpatric", "mat-det-som-spelar-roll"),
        ("Kirckpatrik", "mat-det-som-spelar-roll"),
        ("ltem", "mat-det-som-spelar-roll"),
        ("larandemål", "larandemal-som-syns"),
        ("lärande mål", "larandemal-som-syns"),
        ("bloom", "larandemal-som-syns"),
        ("blooms taxonomi", "larandemal-som-syns"),
        ("debrifing", "simulering-och-debriefing"),
        ("PEARLS", "simulering-och-debriefing"),
        ("pdsa", "lar-av-resultatet"),
        ("vad är bäst", "vad-ar-bast-for-esther"),
        ("ester", "vad-ar-bast-for-esther"),
        ("checklistor", "stod-i-stunden"),
        ("lathundar", "stod-i-stunden"),
        ("mager & pipe", "ar-det-ett-utbildningsbehov"),
        ("action maping", "fran-mal-till-handling"),
        ("70-20-10", "tre-sorters-larande"),
        ("repetiton", "sprid-och-plocka-fram"),
        ("chefstöd", "fore-under-efter"),
        ("dos lagen", "aktiva-och-blandat"),
    ],
)
def test_a_word_finds_its_text_however_it_is_spelt(wanted: str, name: str) -> None:
    assert [method.name for method in find_method(METHODS, wanted)][:1] == [name]


@pytest.mark.parametrize("wanted", ["", "  ", "–", "fakturering", "xyz"])
def test_nothing_is_found_when_nothing_is_near(wanted: str) -> None:
    assert find_method(METHODS, wanted) == ()


def test_a_whole_word_settles_it_and_titles_come_before_keywords() -> None:
    one = load_methods({"01-a.md": GOOD.replace("Röd tråd", "Mått").replace("biggs", "trådar")})[0]
    two = load_methods({"02-b.md": GOOD.replace("biggs", "mått, måttband")})[0]
    assert find_method([two, one], "matt") == (one, two)
    assert find_method([two, one], "tråd") == (two, one)
    assert find_method([two, one], "måttban") == (two,)


def test_a_question_has_its_text() -> None:
    found = method_for(METHODS, "produktion.debriefing")
    assert found
    assert found.title == "Simulering och debriefing"
    assert method_for(METHODS, "om.id") is None


@pytest.mark.parametrize(
    ("step", "numbers"),
    [
        ("behov", [3, 5, 2, 1, 13, 8, 16, 19, 14]),
        ("genomforande", [8, 19, 13, 15, 16, 14, 17]),
        ("om", []),
    ],
)
def test_a_step_is_read_by_its_core_questions_then_the_others_and_last_what_explains_none(step, numbers):
    assert [method.number for method in reading_order(METHODS, BATTERY.stage(step))] == numbers


def test_what_to_read_for_a_step_explains_each_of_its_questions_once() -> None:
    for step in STEP_IDS:
        explained = [
            question for found in reading_order(METHODS, BATTERY.stage(step)).values() for question in found
        ]
        assert Counter(explained) == Counter(BATTERY.stage(step).questions)


@each
def test_a_text_takes_a_moment_to_read(method: Method) -> None:
    assert method.minutes in (1, 2)


# --------------------------------------------------------------------- reading


def errors(texts: dict[str, str]) -> list[str]:
    with pytest.raises(Broken) as caught:
        load_methods(texts)
    return str(caught.value).splitlines()


def test_a_text_is_read_whole() -> None:
    assert load_methods({"07-rod-trad.md": GOOD}) == (
        Method(
            name="rod-trad",
            number=7,
            title="Röd tråd",
            stages=("koncept",),
            questions=("koncept.aktiviteter",),
            keywords=("biggs",),
            body="Mål och mått hör ihop.",
        ),
    )


@pytest.mark.parametrize("text", ["\ufeff" + GOOD, GOOD.replace("\n", "\r\n"), GOOD + "\n---\n"])
def test_another_editor_makes_no_difference(text: str) -> None:
    assert load_methods({"07-rod-trad.md": text})[0].body.startswith("Mål och mått hör ihop.")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "Bara text.\n",
            "1: huvudet saknas. Börja filen med --- och nycklarna titel, steg, fragor, amnesord.",
        ),
        ("", "1: huvudet saknas. Börja filen med --- och nycklarna titel, steg, fragor, amnesord."),
        (f"---\n{HEAD}\nText.\n", "1: huvudet tar aldrig slut. Skriv --- på en egen rad efter nycklarna."),
        (f"---\n{HEAD}---\n\n", "6: texten saknas. Skriv den under huvudet."),
        ("---\n---\nText.\n", "1: huvudet ska ha nycklarna titel, steg, fragor, amnesord."),
        (
            "---\n{}\n---\nText.\n",
            "2: nyckeln ”amnesord” saknas.\n2: nyckeln ”fragor” saknas.\n2: nyckeln ”steg” saknas.\n2: nyckeln ”titel” saknas.",
        ),
        (
            GOOD.replace("[koncept]", "[om]").replace("hör ihop", "hör {ihop}"),
            "3: steget ”om” finns inte. Stegen är: behov, analys, koncept, produktion, genomforande, uppfoljning.\n8: {ihop} fylls inte i här. Skriv det som ska läsas, utan klamrar.",
        ),
        (
            GOOD.replace("titel:", "titl:"),
            "2: nyckeln ”titel” saknas.\n2: nyckeln ”titl” finns inte. Menade du titel?",
        ),
        (
            GOOD.replace("---\n\n", "källa: Biggs\n---\n\n"),
            "6: nyckeln ”kalla” finns inte. Här får stå: titel, steg, fragor, amnesord.",
        ),
        (GOOD.replace("Röd tråd", "  "), "2: ”titel” är tom. Skriv ett värde."),
        (GOOD.replace('"Röd tråd"', ""), "2: ”titel” är tom. Skriv ett värde."),
        (GOOD.replace('"Röd tråd"', "12"), "2: ”titel” ska vara text. Sätt citattecken om värdet."),
        (GOOD.replace("[koncept]", "[behov, konsept]"), "3: steget ”konsept” finns inte. Menade du koncept?"),
        (
            GOOD.replace("[koncept]", "[om]"),
            "3: steget ”om” finns inte. Stegen är: behov, analys, koncept, produktion, genomforande, uppfoljning.",
        ),
        (
            GOOD.replace("[koncept]", "koncept"),
            "3: ”steg” ska vara en lista. Sätt [ ] om värdena och kommatecken mellan dem.",
        ),
        (GOOD.replace("[koncept.aktiviteter]", "[]"), "4: ”fragor” är tom. Skriv ett värde."),
        (
            GOOD.replace("[biggs]", "[biggs, 1996]"),
            "5: punkt 2 under ”amnesord” ska vara text. Sätt citattecken om värdet.",
        ),
        (
            GOOD.replace("[biggs]", "[biggs"),
            "5: listan inom [ ] saknar ett kommatecken eller sin avslutning.",
        ),
    ],
)
def test_an_error_says_file_line_and_what(text: str, error: str) -> None:
    assert errors({"07-rod-trad.md": text}) == [f"07-rod-trad.md:{line}" for line in error.splitlines()]


def test_a_file_needs_its_number() -> None:
    wanted = "1: filen ska heta två siffror och ett namn, till exempel 07-rod-trad.md."
    assert errors({"rod-trad.md": GOOD, "7-Röd.md": GOOD}) == [f"7-Röd.md:{wanted}", f"rod-trad.md:{wanted}"]


def test_all_errors_of_all_files_come_at_once() -> None:
    found = errors({"02-b.md": "", "01-a.md": GOOD.replace("koncept]", "behof]").replace("Röd tråd", "")})
    assert [line.partition(" ")[0] for line in found] == ["01-a.md:2:", "01-a.md:3:", "02-b.md:1:"]


def test_a_question_the_battery_lacks_is_told_with_what_was_meant() -> None:
    text = GOOD.replace("koncept.aktiviteter", "koncept.aktivitter, helt.fel")
    assert unknown_questions(load_methods({"07-rod-trad.md": text}), BATTERY) == [
        "metoder/07-rod-trad.md: frågan ”koncept.aktivitter” finns inte. Menade du koncept.aktiviteter?",
        "metoder/07-rod-trad.md: frågan ”helt.fel” finns inte.",
    ]


# --------------------------------------------------------------------- showing


@pytest.mark.parametrize(
    ("contact", "library", "ending"),
    [
        ("", "", ""),
        ("Sektionen", "", "\n## Hjälp och mer läsning\n\n- Kontakt: Sektionen\n"),
        (
            "Sektionen",
            "https://exempel.se",
            "\n## Hjälp och mer läsning\n\n- Kontakt: Sektionen\n- Resursbibliotek: https://exempel.se\n",
        ),
    ],
)
def test_a_text_to_read_ends_with_where_there_is_help(contact: str, library: str, ending: str) -> None:
    method = load_methods({"07-rod-trad.md": GOOD})[0]
    assert method_markdown(method, contact, library) == f"# Röd tråd\n\nMål och mått hör ihop.\n{ending}"
