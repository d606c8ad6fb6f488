"""Replies to mails as files, for tests: as a mail program saves them, above what they answer."""

from __future__ import annotations

HEADERS = """From: Kim Exempelsson <kim@region.example>
To: larande@region.example
Subject: SV: Fragor
Date: Tue, 3 Mar 2026 13:40:21 +0100
Message-ID: <{}@region.example>
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 8bit

"""
"""Of a mail with an id."""
LATER = HEADERS.replace("3 Mar", "13 Oct").replace("+0100", "+0200")
"""Of a mail that is sent in October."""


def answer(utb, text, *lines, name="svar.eml", headers=HEADERS):
    """A reply above the mail, as a file; gives its name."""
    quoted = "\n".join(f"> {line}" for line in text.split("\n"))
    body = "\n".join(
        [*lines, "", "Den tis 3 mars 2026 kl 10:12 skrev Lärande <larande@region.example>:", "", quoted]
    )
    (utb.folder / name).write_text(headers.format(name) + body, "utf-8")
    return name
