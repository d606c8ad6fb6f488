"""The only home of markdown-it: where the blocks of a text lie, text that stays in its place, and pages."""

from utbildningsprocess.markdown.outline import Outline, TopBlock, outline
from utbildningsprocess.markdown.page_tree import PICTURE, page_blocks
from utbildningsprocess.markdown.prose import escaped, is_prose, render

__all__ = ["PICTURE", "Outline", "TopBlock", "escaped", "is_prose", "outline", "page_blocks", "render"]
