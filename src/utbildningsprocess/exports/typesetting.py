"""A typst program and its data -> a PDF or a picture: here, or in a process apart."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import Any

_LONGEST_SECONDS = 60.0
_DOTS_AN_INCH = 600.0
_MADE = (b"%PDF", b"\x89PNG")
"""How what a process apart has made begins."""
_MOST_BYTES = 4_000_000_000
"""Of memory, where the system can be asked to keep to it."""
_NO_NET = dict.fromkeys(("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"), "http://127.0.0.1:9")
"""What a process apart is told of the net: a way where nobody answers, so that no package is fetched."""
_EVERYWHERE = {"NO_PROXY": "", "no_proxy": ""}
_WRONG_SORT = "Ett värde på raden är av fel slag."
_IN_SWEDISH = {
    r"unknown variable: (.+)": "”{}” finns inte.",
    r"file not found \(searched at (?:.*[/\\])?(.+)\)": "Filen ”{}” finns inte.",
    r"path .+ would escape the project root": "Filen ligger utanför mappen med mallar.",
    r".*\bpackage\b.*": "Paket hämtas inte från nätet. Lägg filen i mappen med mallar.",
    r"unclosed .+": "Något som börjar på raden har inget slut.",
    r"unexpected (?:closing|end) .+": "Det står ett slut för mycket på raden.",
    r"unexpected argument: (.+)": "Argumentet ”{}” finns inte.",
    r"missing argument: (.+)": "Argumentet ”{}” saknas.",
    r"type .+ has no method `(.+)`": "”{}” finns inte i värdet.",
    r".+ does not (?:contain|have) .*[\"`](.+)[\"`]": "”{}” finns inte i värdet.",
    r"expected .+, found .+|cannot .+": _WRONG_SORT,
}
"""What typst says of a fault, and the same to people here; what it quotes is the program's own."""
_OTHERWISE = "Det som står på raden går inte att förstå."


class Refused(Exception):
    """What typst says of a program that it cannot set."""

    def __init__(self, message: str, diagnostic: str) -> None:
        super().__init__(message)
        self.message, self.diagnostic = message, diagnostic

    @property
    def in_swedish(self) -> str:
        """What is wrong, in a sentence of ours: typst's own are English."""
        message = " ".join(self.message.split())
        for pattern, sentence in _IN_SWEDISH.items():
            if said := re.fullmatch(pattern, message):
                return sentence.format(*said.groups())
        return _OTHERWISE


def typeset(
    program: str, folder: str | None, data: str, *, with_own_fonts: bool, for_archives: bool
) -> bytes:
    """The PDF, for everybody to read and perhaps for archives too. Raises Refused when it cannot be set."""
    import typst

    compiler: Any = typst.compile  # its types demand that program and folder are of one kind
    try:
        made: bytes = compiler(
            program.encode(),
            root=folder,
            format="pdf",
            pdf_standards=["ua-1", "a-2a"] if for_archives else ["ua-1"],
            sys_inputs={"data": data},
            ignore_system_fonts=with_own_fonts,
        )
    except typst.TypstError as error:
        raise Refused(error.message, error.diagnostic) from None
    return made


def picture(program: str, data: str) -> bytes:
    """The one page of a program, as a png. Raises Refused when it cannot be set."""
    import typst

    compiler: Any = typst.compile
    try:
        made: bytes = compiler(program.encode(), format="png", ppi=_DOTS_AN_INCH, sys_inputs={"data": data})
    except typst.TypstError as error:
        raise Refused(error.message, error.diagnostic) from None
    return made


def picture_apart(program: str, data: str) -> bytes:
    """The same, in a process that is ended in time. Raises TimeoutError then, or when it falls."""
    return _apart([program, data])


def typeset_apart(
    program: str, folder: str | None, data: str, *, with_own_fonts: bool, for_archives: bool
) -> bytes:
    """The PDF made in a process that is ended in time. Raises TimeoutError then, or when memory ends."""
    return _apart([program, folder, data, with_own_fonts, for_archives])


def _apart(asked: list[object]) -> bytes:
    question = json.dumps(asked).encode()
    command = [sys.executable, "-P", "-m", __name__]
    try:
        done = subprocess.run(  # noqa: S603  this very program
            command,
            input=question,
            capture_output=True,
            timeout=_LONGEST_SECONDS,
            check=False,
            env={**os.environ, **_NO_NET, **_EVERYWHERE},
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    if done.stdout.startswith(_MADE):
        return done.stdout
    if not done.stdout:
        raise TimeoutError
    raise Refused(*json.loads(done.stdout))


def answer() -> None:
    """Sets the program on stdin and writes what it became, or what is wrong, to stdout: the process apart."""
    _limit_memory()
    program, *more = json.load(sys.stdin.buffer)
    try:
        made = picture(program, *more) if len(more) == 1 else _typeset(program, *more)
    except Refused as error:
        made = json.dumps([error.message, error.diagnostic]).encode()
    sys.stdout.buffer.write(made)


def _typeset(program: str, folder: str | None, data: str, *asked: bool) -> bytes:
    with_own_fonts, for_archives = asked
    return typeset(program, folder, data, with_own_fonts=with_own_fonts, for_archives=for_archives)


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))


if __name__ == "__main__":
    answer()
