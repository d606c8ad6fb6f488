"""The only home of markdown-it: where the blocks of a text lie, text that stays in its place, and pages."""

from utbildningsprocess.markdown.page_tree import PICTURE, page_blocks
from utbildningsprocess.markdown.plain import plain_outline
from utbildningsprocess.markdown.text import (
    Outline,
    TopBlock,
    escaped,
    outline,
    render,
    with_hard_breaks,
    without_hard_breaks,
)
from utbildningsprocess.markdown.written import answer_markdown, line_markdown, plain_line

__all__ = [
    "PICTURE",
    "Outline",
    "TopBlock",
    "answer_markdown",
    "escaped",
    "line_markdown",
    "outline",
    "page_blocks",
    "plain_line",
    "plain_outline",
    "render",
    "with_hard_breaks",
    "without_hard_breaks",
]
