"""Programs that start at once: forked from an interpreter that has imported what they need.

A start costs a second of computing, most of it imports that are the same each time. Here they are made once for
each worker; the program then runs in a process of its own on a pseudo-terminal of its own, as if it were started.
"""

from __future__ import annotations

import atexit
import json
import os
import pty
import runpy
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TextIO

import pexpect
import ptyprocess
from ptyprocess.ptyprocess import _setwinsize

if TYPE_CHECKING:
    from collections.abc import Mapping

IMPORTED = (
    "terminal.asking",
    "utbildningsprocess.cli.steg",
    "utbildningsprocess.documents.template",
    "utbildningsprocess.faces.terminal",
    "filelock",
    "questionary",
    "rich.console",
    "yaml",
)
_LARGEST = 65_536


class Child(ptyprocess.PtyProcess):
    """A forked program. Its parent, which is not this process, tells how it ended."""

    def __init__(self, pid: int, fd: int, ended: socket.socket) -> None:
        super().__init__(pid, fd)
        self._ended = ended

    def wait(self) -> int | None:
        if not self.terminated:
            self._ended.setblocking(True)
            self.isalive()
        return self.exitstatus

    def isalive(self) -> bool:
        if self.terminated:
            return False
        try:
            status = int(self._ended.recv(_LARGEST))
        except BlockingIOError:
            return True
        code = os.waitstatus_to_exitcode(status)
        self.status, self.terminated = status, True
        self.exitstatus, self.signalstatus = (code, None) if code >= 0 else (None, -code)
        self._ended.close()
        return False


class Forked(pexpect.spawn):
    """What pexpect starts, forked: the arguments are those of Python, with `-m` or a file first."""

    def _spawnpty(self, args, *, env: Mapping[str, str], cwd: str, dimensions: tuple[int, int], **_more):
        ours, its = pty.openpty()
        _setwinsize(its, *dimensions)
        told, ended = socket.socketpair()
        wanted = _Wanted(args[1:], dict(env), cwd)
        socket.send_fds(_nursery(), [json.dumps(wanted).encode()], [its, told.fileno()])
        os.close(its)
        told.close()
        pid = int(ended.recv(_LARGEST))
        ended.setblocking(False)
        return Child(pid, ours, ended)


class _Wanted(NamedTuple):
    """What is to be started: what follows `python`, the variables and the folder."""

    arguments: list[str]
    environment: dict[str, str]
    folder: str


@cache
def _nursery() -> socket.socket:
    """The line to this worker's nursery, which ends with it."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    path = [part for part in sys.path if part]
    environment = {"PYTHONPATH": os.pathsep.join(path), "LANG": "C.UTF-8"}
    with its:
        process = subprocess.Popen(
            [sys.executable, "-m", "terminal.nursery", str(its.fileno())],
            pass_fds=[its.fileno()],
            env=environment,
            stdin=subprocess.DEVNULL,
        )
    atexit.register(_close, ours, process)
    return ours


def _close(line: socket.socket, process: subprocess.Popen[bytes]) -> None:
    line.close()
    process.wait()


def _next_wanted(asked: socket.socket) -> _Wanted:
    """Goes on in each new process with what it is to be; ends in the nursery itself with its worker."""
    while True:
        message, files, *_ = socket.recv_fds(asked, _LARGEST, 2)
        if not message:
            os._exit(0)
        if os.fork():
            for file in files:
                os.close(file)
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        asked.close()
        terminal, told = files
        if pid := os.fork():
            _tell_the_end(pid, terminal, told)
        os.close(told)
        os.login_tty(terminal)
        return _Wanted(*json.loads(message))


def _tell_the_end(pid: int, terminal: int, told: int) -> None:
    os.close(terminal)
    os.write(told, str(pid).encode())
    _, status = os.waitpid(pid, 0)
    with suppress(BrokenPipeError):
        os.write(told, str(status).encode())
    os._exit(0)


def _become(wanted: _Wanted) -> None:
    """Runs the program as Python does that has just started on a terminal."""
    sys.stdin = sys.__stdin__ = _stream(0, "r", sys.stdin)
    sys.stdout = sys.__stdout__ = _stream(1, "w", sys.stdout)
    sys.stderr = sys.__stderr__ = _stream(2, "w", sys.stderr)
    os.environ.clear()
    os.environ.update(wanted.environment)
    os.chdir(wanted.folder)
    if wanted.arguments[0] == "-m":
        sys.argv = wanted.arguments[1:]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        sys.argv = wanted.arguments
        runpy.run_path(sys.argv[0], run_name="__main__")


def _stream(file: int, mode: str, like: TextIO) -> TextIO:
    """What Python opens on a terminal: lines at once, and in this encoding."""
    return open(file, mode, 1, encoding=like.encoding, errors=like.errors, closefd=False)


if __name__ == "__main__":
    for name in IMPORTED:
        __import__(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _become(_next_wanted(socket.socket(fileno=int(sys.argv[1]))))
