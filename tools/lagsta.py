"""Prints the lowest versions that pyproject.toml promises, a line each, as constraints for pip."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["project"]

needed = [
    *PROJECT["dependencies"],
    *(name for names in PROJECT["optional-dependencies"].values() for name in names),
]
for wanted in needed:
    if lowest := re.match(r"([A-Za-z0-9_-]+)>=([0-9.]+)", wanted):
        print(f"{lowest[1]}=={lowest[2]}")
