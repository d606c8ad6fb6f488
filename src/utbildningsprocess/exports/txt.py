"""A page as the plain text of a mail: its heading as the subject, then what it says without any marks."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from utbildningsprocess.exports.layout import facts_line, printable, steady
from utbildningsprocess.pages.page import plain_text, unsaid_address
from utbildningsprocess.swedish import running

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.pages.page import Block, Line, Page

_BETWEEN_MAILS = "=" * 40


def to_txt(page: Page) -> str:
    """The page as text: one mail, or several with a line between them where the page has a new sheet."""
    sheets = groupby(steady(page), lambda block: block.kind == "rule")
    mails = ["\n\n".join(_mail([*blocks], facts_line(page))) for is_rule, blocks in sheets if not is_rule]
    return f"\n\n{_BETWEEN_MAILS}\n\n".join(mails) + "\n"


def _mail(blocks: Sequence[Block], facts: str) -> Iterator[str]:
    """The subject, the facts if there are any, and the rest in pieces with a blank line between them."""
    begins = 1 if blocks[0].kind == "heading" else 0
    yield from (f"Ämne: {running(_said(block.line))}" for block in blocks[:begins])
    if facts:
        yield printable(facts)
    yield from filter(None, map(_piece, blocks[begins:]))


def _piece(block: Block) -> str:
    match block.kind:
        case "bullets" | "numbers":
            marked = enumerate(block.children, block.start)
            return "\n".join(
                _item(item, f"{number}." if block.kind == "numbers" else "-") for number, item in marked
            )
        case "table":
            return "\n".join(" | ".join(map(_said, row)) for row in block.rows)
        case "quote" | "item":
            return "\n".join(filter(None, map(_piece, block.children)))
        case _:
            return _said(block.line) or printable(block.text)


def _item(item: Block, mark: str) -> str:
    lines = _piece(item).splitlines()
    return "\n".join([f"{mark} {lines[0] if lines else ''}".rstrip(), *(f"  {line}" for line in lines[1:])])


def _said(line: Line) -> str:
    """Running text without its styling; of a link also the address, where the text does not say it."""
    return printable("".join(_words(line)))


def _words(line: Line) -> Iterator[str]:
    for inline in line:
        if inline.kind == "link":
            words, address = plain_text(inline.children) or inline.text, unsaid_address(inline)
            yield f"{words}: {address}" if address else words.removeprefix("mailto:")
        elif inline.children:
            yield from _words(inline.children)
        else:
            yield plain_text((inline,))
