"""The floors of the package and the home of each outside library: the guard of `test_architecture`, and the map in CONTRIBUTING."""

FLOORS = (
    # Words and trouble: what everything else speaks in.
    ("errors", "swedish"),
    # The nouns: questions and answers, the six steps, what a page can hold; and how a data file is read.
    ("addresses", "data_files", "model", "pages", "personal", "steps"),
    # One text at a time: an answer, a question, a setting.
    ("answers", "battery", "learning_objects", "markdown", "settings"),
    # What the answers come to, and the file they stand in.
    ("diagnosis", "dossier", "plan"),
    ("checks", "interview", "lessons", "pictures"),
    # Whole conversations, spoken and on paper; still no disk and no terminal.
    ("conversation", "guide"),
    # The edges of the machine.
    ("screen",),
    ("exports", "faces", "files"),
    ("documents",),
    # What a person does, and the names that other programs import.
    ("work",),
    ("__init__",),
    # The command line.
    ("cli",),
    ("__main__",),
)
"""Top-level modules and packages, lowest first. A module imports only from floors below its own."""

HOMES = {
    "questionary": "faces",
    "prompt_toolkit": "faces",
    "rich": "screen",
    "typer": "cli",
    "click": "nowhere",
    "colorama": "screen",
    "markdown_it": "markdown",
    "yaml": "data_files",
    "jinja2": "documents",
    "docx": "exports",
    "typst": "exports",
    "xlsxwriter": "exports",
    "python_calamine": "exports",
    "icalendar": "exports",
    "filelock": "files",
    "platformdirs": "files",
    "tempfile": "files",
    "importlib.resources": "files",
    "sqlite3": "files",
    # Everything works offline.
    "socket": "nowhere",
    "http": "nowhere",
    "urllib.request": "nowhere",
}
"""The one module or package that may import an outside library."""
