"""The only home of markdown-it: where the blocks of a text lie, text that stays in its place, and pages."""

from utbildningsprocess.markdown.page_tree import PICTURE, page_blocks
from utbildningsprocess.markdown.plain import plain_outline
from utbildningsprocess.markdown.text import (
    Outline,
    TopBlock,
    escaped,
    is_prose,
    outline,
    render,
    with_hard_breaks,
    without_hard_breaks,
)

__all__ = [
    "PICTURE",
    "Outline",
    "TopBlock",
    "escaped",
    "is_prose",
    "outline",
    "page_blocks",
    "plain_outline",
    "render",
    "with_hard_breaks",
    "without_hard_breaks",
]
