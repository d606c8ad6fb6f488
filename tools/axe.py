"""Checks web pages with axe-core in Chromium: `python tools/axe.py AXE.JS SIDA.html …`.

Every page is read in light and in dark colours, in a wide and in a narrow window, against WCAG 2.1 A and AA.
What axe-core leaves to a person is a fault too, but for two things it cannot see: the colours behind the
text of a picture, and those of a single sign such as ☐. At 320 pixels the page must also fit without being
scrolled sideways (WCAG 1.4.10); a wide table may be scrolled, and what it hides then is not judged.

Before that a page with known faults has to be found out: a check that finds nothing is a check that looked.

Ends with 0 when nothing is found, 1 when something is, and 2 when the check cannot be done.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

FINE, FOUND, IMPOSSIBLE = 0, 1, 2
WIDE, NARROW = 1280, 320
DARK = "@media (prefers-color-scheme: dark)"
SAFETY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
FAULTY = """<!doctype html><html><head><title></title></head><body><img src="x">
<p style="color:#eee;background:#fff">Ljus text</p></body></html>"""
CERTAIN = {"color-contrast", "document-title", "html-has-lang", "image-alt"}
"""The rules that the faulty page breaks."""

RUN = """
const unseen = element => element.closest("svg, .table") || element.textContent.trim().length < 2;
axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).then(found => {
  const said = {
    found: found.violations.map(one => [one.id, one.help, one.nodes.map(node => node.target.join(" "))]),
    unsure: found.incomplete.flatMap(one => one.nodes.map(node => [one.id, node.target.join(" ")]))
      .filter(([rule, place]) => !unseen(document.querySelector(place)))
      .map(([rule, place]) => `${rule} ${place}`),
    passed: found.passes.length,
    width: window.innerWidth,
    needs: document.documentElement.scrollWidth,
  };
  const kept = document.createElement("pre");
  kept.id = "axe";
  kept.textContent = JSON.stringify(said);
  document.body.replaceChildren(kept);
});
"""
FRAME = '<iframe style="border:0" width="{width}" height="900" srcdoc="{page}"></iframe>'
WAIT = """<script>
const frames = [...document.querySelectorAll("iframe")];
const waiting = setInterval(() => {
  const kept = frames.map(frame => frame.contentDocument && frame.contentDocument.getElementById("axe"));
  if (kept.every(one => one)) {
    clearInterval(waiting);
    document.body.replaceChildren(...kept);
  }
}, 20);
</script>"""


def audit(axe: str, *views: tuple[str, int]) -> list[dict[str, Any]]:
    """What axe-core says of every page in a window of so many pixels.

    Raises RuntimeError when Chromium says nothing. The pages are put in frames of those widths, as a window
    of Chromium cannot be as narrow as a phone.
    """
    scripts = f"<script>{axe}</script><script>{RUN}</script></body>"
    pages = ((SAFETY.sub("", text).replace("</body>", scripts), width) for text, width in views)
    frames = [FRAME.format(width=width, page=html.escape(page)) for page, width in pages]
    framed = (
        f'<!doctype html><html lang="sv"><meta charset="utf-8"><body>{"".join(frames)}{WAIT}</body></html>'
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(framed, "utf-8")
        done = subprocess.run(
            [
                *(
                    chromium(),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    f"--user-data-dir={folder}/user",
                ),
                *("--allow-file-access-from-files", f"--window-size={WIDE},900"),
                *("--virtual-time-budget=20000", "--dump-dom", file.as_uri()),
            ],
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
    results = re.findall(r'<pre id="axe">(.*?)</pre>', done.stdout, re.DOTALL)
    if len(results) != len(views):
        raise RuntimeError(done.stderr[-500:])
    return [json.loads(html.unescape(result)) for result in results]


def chromium() -> str:
    """The path of Chromium; RuntimeError when there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        raise RuntimeError("Chromium saknas: sudo apt install chromium")
    return path


def faults(path: Path, axe: str) -> list[str]:
    """What is wrong with a page, a line each, in both colours and both widths."""
    text = path.read_text("utf-8")
    if DARK not in text:
        return [f"{path}: inga färger för mörkt läge"]
    light, dark = text.replace(DARK, "@media not all"), text.replace(DARK, "@media all")
    views = [(shown, width) for shown in (light, dark) for width in (WIDE, NARROW)]
    lines = []
    for (shown, width), said in zip(views, audit(axe, *views), strict=True):
        where = f"{path} ({'ljust' if shown is light else 'mörkt'}, {width} px)"
        lines += [f"{where}: {rule}: {what} {', '.join(places)}" for rule, what, places in said["found"]]
        lines += [f"{where}: går inte att avgöra: {what}" for what in said["unsure"]]
        if said["needs"] > said["width"]:
            lines.append(f"{where}: sidan är {said['needs']} px bred")
    return lines


def main(axe_file: str, *names: str) -> int:
    """Prints what is wrong with the pages, and how many there were."""
    axe = Path(axe_file).read_text("utf-8").replace("</script", "<\\/script")
    try:
        missed = CERTAIN - {rule for rule, *_ in audit(axe, (FAULTY, WIDE))[0]["found"]}
        if missed:
            print(f"axe-core hittar inte kända fel: {', '.join(sorted(missed))}", file=sys.stderr)
            return IMPOSSIBLE
        with ThreadPoolExecutor() as workers:
            found = [
                line for lines in workers.map(partial(faults, axe=axe), map(Path, names)) for line in lines
            ]
    except RuntimeError as error:
        print(f"Kontrollen kunde inte göras. {error}", file=sys.stderr)
        return IMPOSSIBLE
    print(*found, f"Sidor: {len(names)}. Fel: {len(found)}.", sep="\n")
    return FOUND if found or not names else FINE


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
