"""Blocks as Markdown that every reader takes for just those, and as plain text on one line."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.markdown.answer_tree import answer_blocks, answer_line
from utbildningsprocess.markdown.links import fits_in_angles, linked
from utbildningsprocess.markdown.page_tree import PICTURE, page_blocks
from utbildningsprocess.markdown.text import escaped_start, escaped_within
from utbildningsprocess.pages.page import Block, Inline, plain_text, unsaid_address
from utbildningsprocess.swedish import clean, running

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.pages.page import Line

_MARKS = "-*"
_AFTER_NUMBER = ".)"
_BACKTICKS = re.compile("`+")
_MARKUP = re.compile(r"[\\`*_\[<\n]|^#")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_ENDED = (".", "!", "?", "…", ":", ";")


# ------------------------------------------------------------------- as Markdown


@lru_cache(maxsize=1024)
def answer_markdown(text: str) -> str:
    """An answer as Markdown that stays in its place; a block that cannot be shown stands as its text."""
    return blocks_markdown(tuple(map(_provable, answer_blocks(clean(text)))))


def blocks_markdown(blocks: Sequence[Block]) -> str:
    """Blocks as Markdown, with a blank line between them."""
    return "\n\n".join(_written(blocks))


def line_markdown(text: str) -> str:
    """A plain text on one line as Markdown that says just that, its addresses as links."""
    line = tuple(linked(" ".join(text.splitlines())))
    return escaped_start(_line(line))


def _provable(block: Block) -> Block:
    """The block if it reads back as itself, else its text."""
    if page_blocks(blocks_markdown([block])) == (block,):
        return block
    return Block("paragraph", line=tuple(linked(running(plain_block(block)))))


def _written(blocks: Sequence[Block]) -> Iterator[str]:
    """Each block; lists that follow each other have different marks, or they would be one."""
    place, above = 0, None
    for block in blocks:
        place = 1 - place if block.kind == above else 0
        above = block.kind
        yield _block(block, place)


def _block(block: Block, place: int = 0) -> str:  # noqa: PLR0911  a return for each kind of block
    match block.kind:
        case "paragraph" | "heading":
            return "\n".join(map(escaped_start, _line(block.line).split("\n")))
        case "bullets":
            return "\n".join(_item(item, _MARKS[place]) for item in block.children)
        case "numbers":
            numbered = enumerate(block.children, block.start)
            return "\n".join(_item(item, f"{number}{_AFTER_NUMBER[place]}") for number, item in numbered)
        case "quote" | "item":
            return _set_in(blocks_markdown(block.children), "> ", "> ")
        case "code" | "figure":
            fence = _fence(block.text, 3)
            text = f"{fence}\n{block.text}\n{fence}"
            # A blank before it hides a fence within it from those who look for pictures in the page.
            return _set_in(text, " ", " ") if PICTURE in block.text else text
        case "table":
            head, *rows = [f"| {' | '.join(map(_cell, row))} |" for row in block.rows]
            return "\n".join([head, "|" + " --- |" * len(block.rows[0]), *rows])
        case "rule":
            return "---"
        case _:
            assert_never(block.kind)


def _item(item: Block, mark: str) -> str:
    text = _box(item) + _within_item(item.children)
    return _set_in(text, f"{mark} ", " " * (len(mark) + 1)).rstrip()


def _box(item: Block) -> str:
    return "" if item.ticked is None else "[x] " if item.ticked else "[ ] "


def _within_item(blocks: Sequence[Block]) -> str:
    """The blocks of an item; a list directly below its paragraph, where it can begin there."""
    text = ""
    for block, written in zip(blocks, _written(blocks), strict=True):
        begins = block.kind in ("bullets", "numbers") and block.start == 1
        is_close = begins and text and "\n\n" not in text and any(block.children[0].children)
        between = "\n" if is_close else "\n\n" if text else ""
        text = f"{text}{between}{written}"
    return text


def _set_in(text: str, first: str, following: str) -> str:
    lines = text.split("\n")
    below = [f"{following}{line}".rstrip() for line in lines[1:]]
    return "\n".join([f"{first}{lines[0]}", *below])


def _fence(text: str, least: int) -> str:
    return "`" * max(least, 1 + max(map(len, _BACKTICKS.findall(text)), default=0))


def _cell(line: Line) -> str:
    return _line(line, in_table=True)


def _line(line: Line, *, in_table: bool = False) -> str:
    text = ""
    for inline in line:
        written = _inline(inline, in_table=in_table)
        if text.endswith("!") and written.startswith("["):  # that would be a picture
            text = text[:-1] + r"\!"
        text += written
    return text


def _inline(inline: Inline, *, in_table: bool) -> str:
    inner = _line(inline.children, in_table=in_table)
    match inline.kind:
        case "text":
            return escaped_within(inline.text)
        case "strong":
            return f"**{inner}**"
        case "emphasis":
            return f"*{inner}*"
        case "code":
            mark = _fence(inline.text, 1)
            edge = " " if inline.text.startswith("`") or inline.text.endswith("`") else ""
            text = inline.text.replace("|", r"\|") if in_table else inline.text
            return f"{mark}{edge}{text}{edge}{mark}"
        case "link":
            return _link(inline, inner)
        case "break":
            return "\\\n"
        case _:
            assert_never(inline.kind)


def _link(link: Inline, inner: str) -> str:
    """A link whose words are its address as the address alone, in angles where its signs would be marks."""
    words = plain_text(link.children)
    if tuple(linked(words)) == (link,) and (words == inner or fits_in_angles(words)):
        return words if words == inner else f"<{words}>"
    href = _ENTITY.sub(r"\&", link.href)
    return f"[{inner}](<{href}>)" if re.search("[()]", href) else f"[{inner}]({href})"


# --------------------------------------------------------------- on one line


@lru_cache(maxsize=4096)
def plain_line(text: str) -> str:
    """What an answer says, on one line without any marks; of a list the items with semicolons between."""
    text = clean(text)
    if not _MARKUP.search(text):
        return running(text)
    if "\n" not in text and text[:1] != "#":
        return running(_said(answer_line(text)))
    return running("\n\n".join(map(plain_block, answer_blocks(text))))


def plain_block(block: Block) -> str:
    """What a block says, as text."""
    match block.kind:
        case "bullets" | "numbers":
            return _listed([_plain_item(item, place, block) for place, item in enumerate(block.children)])
        case "table":
            return _listed([", ".join(filter(None, map(_said, row))) for row in block.rows])
        case "quote" | "item":
            return "\n\n".join(map(plain_block, block.children))
        case _:
            return _said(block.line) or " ".join(block.text.split())


def _plain_item(item: Block, place: int, block: Block) -> str:
    number = f"{block.start + place}) " if block.kind == "numbers" else ""
    begins, *below = item.children or (Block("paragraph"),)
    further = " ".join(plain_block(child) for child in below)
    text = plain_block(begins)
    return number + _box(item) + (f"{text.removesuffix(':')} ({further.rstrip('.')})" if further else text)


def _listed(items: Sequence[str]) -> str:
    """Items on one line: with semicolons between them, or as the sentences they are."""
    *before, last = [item for item in items if item.strip()] or [""]
    return "".join(f"{item}{'' if item.endswith(_ENDED) else ';'} " for item in before) + last


def _said(line: Line) -> str:
    return "".join(map(_inline_said, line))


def _inline_said(inline: Inline) -> str:
    address = unsaid_address(inline) if inline.kind == "link" else ""
    words = _said(inline.children) or plain_text((inline,))
    return f"{words} ({address})" if address else words
