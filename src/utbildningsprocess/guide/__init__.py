"""A conversation guide: a stage's open questions on a page to fill in, and the way back into the dossier."""

from utbildningsprocess.guide.page import guide, open_questions
from utbildningsprocess.guide.printing import form
from utbildningsprocess.guide.reading import Filled, filled_in
from utbildningsprocess.guide.roles import ROLES, parse_role

__all__ = ["ROLES", "Filled", "filled_in", "form", "guide", "open_questions", "parse_role"]
