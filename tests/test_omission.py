"""What is added somewhere is asked for everywhere: mypy names each place that has to decide."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent

LINE = '    NEW = "ny"\n'
ADDED = {
    "Kind": ("model/sorts.py", '    TIME_SPAN = "tidsspann"\n', 10),
    "FileFormat": ("exports/formats.py", '    ICS = "ics"\n', 1),
}


@pytest.mark.experiment
@pytest.mark.skipif(find_spec("mypy") is None, reason="mypy is not installed")
def test_mypy_lists_the_places_for_what_is_added(tmp_path, record_property):
    package = tmp_path / "src" / "utbildningsprocess"
    shutil.copytree(TOP / "src" / "utbildningsprocess", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(TOP / "pyproject.toml", tmp_path)
    for module, after, _ in ADDED.values():
        path = package / module
        text = path.read_text("utf-8")
        assert after in text
        path.write_text(text.replace(after, after + LINE), "utf-8")
    command = [sys.executable, "-m", "mypy", "--no-incremental", "src"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    said = re.findall(r"^src/\S+\.py:\d+: error: (.*)$", done.stdout, re.MULTILINE)
    assert [error for error in said if "assert_never" not in error] == []
    for name, (module, _, least) in ADDED.items():
        places = sum(f"Literal[{name}.NEW]" in error for error in said)
        record_property(f"mypy, for a line added to {module}", f"{places} places")
        assert places >= least
