"""What stands in a box that nobody has answers_in_boxes: our own words, and those of Word and LibreOffice."""

from __future__ import annotations

from utbildningsprocess.guide.mail.letters import letters_in
from utbildningsprocess.pages.boxes import BoxKind

_OURS = tuple(kind.value for kind in BoxKind if kind is not BoxKind.TICK)
_WORDS = (
    "Klicka eller tryck här för att ange text.",
    "Klicka här för att ange text.",
    "Klicka eller tryck här om du vill ange text.",
    "Klicka här om du vill ange text.",
    "Klicka eller tryck här för att skriva text.",
    "Klicka här för att skriva text.",
    "Ange text här.",
    "Klicka eller tryck för att ange ett datum.",
    "Klicka eller tryck här för att ange datum.",
    "Klicka eller tryck här för att ange ett datum.",
    "Klicka här för att ange datum.",
    "Klicka här för att ange ett datum.",
    "Klicka eller tryck om du vill ange ett datum.",
    "Välj ett objekt.",
    "Välj ett alternativ.",
    "Välj en post.",
    "Välj ett datum.",
)
_IN_ENGLISH = (
    "clickortapheretoentertext",
    "clickheretoentertext",
    "entertexthere",
    "clickortaptoenteradate",
    "clickortapheretoenteradate",
    "clickheretoenteradate",
    "chooseanitem",
    "chooseadate",
    "selectadate",
)
"""Those of a Word in English, by their letters."""
_PROMPTS = frozenset([*(letters_in(words).text for words in (*_OURS, *_WORDS)), *_IN_ENGLISH])


def is_prompt(text: str) -> bool:
    """Whether a text is what stands in an unanswered box, or nothing."""
    letters = letters_in(text).text
    return letters in _PROMPTS or not text.strip()


def without_prompts(text: str) -> str:
    """What is answers_in_boxes in a box: its text without a prompt of ours that is left before or after."""
    if is_prompt(text):
        return ""
    stripped = text.strip()
    for prompt in sorted(_OURS, key=len, reverse=True):
        stripped = stripped.removeprefix(prompt).removesuffix(prompt).strip()
    return "" if is_prompt(stripped) else stripped
