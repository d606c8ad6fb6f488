"""Whatever comes back, in any order, and whatever happens to the dossier meanwhile: no words are lost unseen."""

from __future__ import annotations

import json
import random
import re

import pytest

from forms import answers_in, with_answers
from mails import answer
from utbildningsprocess.exports.form_html import json_in_page

WORDS = re.compile(r"ord\d+x")
TEXT, SEVERAL, CHOICE, ROWS = (
    "analys.nulage_beteende",
    "analys.tillfragade",
    "analys.kan_idag",
    "analys.onskat_beteende",
)
CELLS = ("vem", "gor")
WAYS = ((), ("--vid-olika", "behall"), ("--vid-olika", "ersatt"), ("--vid-olika", "bada"))


class World:
    """A dossier, those who answer, and everything that happens to both."""

    def __init__(self, utb, seed) -> None:
        self.utb = utb
        self.draw = random.Random(seed)  # noqa: S311  a draw that comes out the same again
        self.path = utb.dossier("Trygg start")
        self.count = 0
        self.files: dict[str, set[str]] = {}

    def word(self) -> str:
        self.count += 1
        return f"ord{self.count}x"

    def in_dossier(self) -> set[str]:
        return set(WORDS.findall(self.path.read_text("utf-8")))

    def form(self) -> None:
        """Somebody is sent a form, changes some of what stands in it, and saves it."""
        asked = [word for qid in (TEXT, SEVERAL, CHOICE, ROWS) for word in ("--fraga", qid)]
        made = self.utb("samtal", "analys", "--format", "formular", "-o", "f.html", "--ersatt", *asked)
        assert made.code == 0, made.err
        page = (self.utb.folder / "f.html").read_bytes()
        said = answers_in(page)
        answers = {**said["answers"], **dict(filter(None, (self.of_text(), self.of_rows())))}
        if not answers:
            return
        name = f"svar{len(self.files)}.html"
        said |= {"answers": answers, "saved": f"2026-03-0{self.draw.randint(1, 9)}"}
        said |= {"id": self.draw.choice("123") * 16, "role": self.draw.choice(("chef", "medarbetare"))}
        (self.utb.folder / name).write_bytes(with_answers(page, json_in_page(said)))
        self.files[name] = set(WORDS.findall(json.dumps(answers)))

    def of_text(self):
        ways = ({"text": self.word()}, {"unknown": self.word()}, {"skipped": self.word()}, None)
        state = self.draw.choice(ways)
        return (TEXT, state) if state else None

    def of_rows(self):
        cells = {key: {"text": self.word()} for key in CELLS if self.draw.random() < 0.7}
        row = self.draw.choice(({"id": "", "key": "n1"}, {"id": f"B{self.draw.randint(1, 3)}", "key": "p1"}))
        return (ROWS, {"rows": [{**row, "cells": cells}]}) if cells and self.draw.random() < 0.6 else None

    def mail(self) -> None:
        """Somebody answers a mail."""
        text = self.utb("samtal", "analys", "--format", "mejl", "--fraga", TEXT, "--fraga", CHOICE).out
        word = self.word()
        name = answer(
            self.utb, text, f"1. {word}", f"2. {self.draw.choice('abc')}", name=f"m{self.count}.eml"
        )
        self.files[name] = {word}

    def edit(self) -> None:
        """Somebody writes in the dossier meanwhile."""
        said = self.draw.choice(((self.word(),), (self.word(), "--vet-inte"), ("--hoppa", self.word())))
        self.utb("svar", "trygg", TEXT, *said)

    def spoil(self) -> None:
        """Somebody writes in the dossier what is no answer to the question."""
        text = self.path.read_text("utf-8")
        self.path.write_text(
            re.sub(r"(utb:analys\.kan_idag -->\n)[^<]+", rf"\1\n{self.word()} \n\n", text), "utf-8"
        )

    def read(self) -> None:
        """Some of the files are read in."""
        names = [name for name in self.files if self.draw.random() < 0.7]
        if not names:
            return
        before, more = self.in_dossier(), self.draw.choice(WAYS)
        given = [word for name in names for word in ("--fran", name)]
        outcome = self.utb("steg", "analys", *given, *more)
        assert outcome.code == 0, outcome.err
        passed = set(re.findall(r"^(\S+) har ett tidigare svar", outcome.err, re.MULTILINE))
        read = set().union(*(self.files[name] for name in names if name not in passed))
        seen = self.in_dossier() | set(WORDS.findall(outcome.out + outcome.err))
        assert (before | read) <= seen, (sorted((before | read) - seen), names, more, outcome.err)
        once = self.path.read_bytes()
        for flags in (more, ()):
            self.utb("steg", "analys", *given, *flags)
            assert self.path.read_bytes() == once, (names, more, flags)


def happens(utb, seed, many) -> None:
    world = World(utb, seed)
    deeds = (world.form, world.form, world.mail, world.edit, world.spoil, world.read, world.read, world.read)
    for _ in range(many):
        world.draw.choice(deeds)()
    world.read()


@pytest.mark.parametrize("seed", range(3))
def test_no_words_are_lost_unseen(utb, seed):
    happens(utb, seed, 10)


@pytest.mark.experiment
@pytest.mark.parametrize("seed", range(100, 140))
def test_no_words_are_lost_unseen_in_many_worlds(utb, seed):
    happens(utb, seed, 15)
