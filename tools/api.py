"""docs/api.md: what nncore offers, put together from its docstrings by griffe2md.

How it looks is configured in pyproject.toml. Its links are made for a site of many pages; here they
are put right for a single one.
"""

import hashlib
import json
import re
import subprocess
from pathlib import Path

from tools.paths import ROOT

PAGE, KEPT = ROOT / "docs" / "api.md", ROOT / ".cache" / "api.json"
HEAD = """\
<!-- Written by `python3 build.py check --fix` from the docstrings of nncore; edit those. -->

# The API of nncore

What `import nncore` offers. Shapes are in brackets after a comma: (n, n_inputs) has a row for each
sample and a column for each input. Further modules, such as `nncore.kernel`, have docstrings, too:
`help()` shows them.

"""
# Not its script in bin/, which names the place where the environment was made.
GRIFFE2MD = "import sys; from griffe2md import main; sys.exit(main())"
TYPE = re.compile(r"<code>(.*?)</code>")
LINK = re.compile(r"\[([^\[\]]+)\]\(#([^()]*)\)")
HEADING = re.compile(r"^#+ `([\w.]+)`", re.MULTILINE)


def api_page(python: Path) -> str:
    """Return the page's text, made by the griffe2md of this Python.

    That takes seconds, so the text is kept for as long as its sources stay as they are.

    Raises:
        RuntimeError: If griffe2md fails, or has something to say about a docstring.
    """
    sources = [ROOT / "pyproject.toml", Path(__file__), *sorted((ROOT / "nncore").rglob("*.py"))]
    key = hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else {}
    if kept.get("key") != key:
        kept = {"key": key, "text": cleaned(_from_docstrings(python))}
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps(kept), encoding="utf-8")
    return kept["text"]


def cleaned(text: str) -> str:
    """Return what griffe2md writes below our own head, its links such as GitHub follows them.

    Types become plain code, and what has no heading of its own becomes plain text.
    """
    text = TYPE.sub(lambda match: f"`{LINK.sub(lambda link: link[1], match[1])}`", text)
    headings = set(HEADING.findall(text))

    def anchored(link: re.Match[str]) -> str:
        label, target = link.groups()
        return f"[{label}](#{anchor(target)})" if target in headings else label

    lines = (line.rstrip() for line in LINK.sub(anchored, text).splitlines())
    return HEAD + re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def anchor(heading: str) -> str:
    """Return what GitHub calls the place of a heading that is a dotted name."""
    return heading.lower().replace(".", "")


def _from_docstrings(python: Path) -> str:
    command = [str(python), "-c", GRIFFE2MD, "nncore"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode or done.stderr:
        raise RuntimeError(f"griffe2md says: {done.stderr.strip()}")
    return done.stdout
