"""What the build adds to the page's head: policy, safety net, list of files, early fetches.

Policy and safety net stand right after `<meta charset="utf-8">`, because a content security
policy binds only what follows it. The early fetches stand at the end of the head: browsers open
few connections to a host, and the style sheet must not wait behind megabytes. The policy lets
the page talk to its own origin alone, and allows one inline script, the safety net, by hash.
"""

import base64
import hashlib
import json

CHARSET = '<meta charset="utf-8">'
END = "</head>"
REQUIRED_IDS = (
    "boot", "boot-stage", "boot-progress", "boot-bytes", "boot-strings",
    "boot-failure", "boot-failure-title", "boot-failure-text", "boot-failure-details",
    "boot-retry",
)  # fmt: skip


def policy(inline_scripts: list[str], alone: bool = False) -> str:
    """Return the content security policy; `inline_scripts` are allowed by their hashes.

    alone: whether the page is one file, which has no files beside it and asks nobody.
    """
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in inline_scripts)
    beside = "data:" if alone else "'self'"
    rules = {
        "default-src": "'none'",
        "script-src": f"{beside} blob: 'wasm-unsafe-eval' {hashes}",
        "connect-src": "blob: data:" if alone else "'self' blob: data:",
        "style-src": "'unsafe-inline'" if alone else "'self' 'unsafe-inline'",
        "img-src": "data: blob:" if alone else "'self' data: blob:",
        "font-src": "data:" if alone else "'self' data:",
        "worker-src": "blob: data:",
        "form-action": "'none'",
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def complete(html: str, guard: str, manifest: dict, modules: list[str], early: bool = True) -> str:
    """Return the page `html` with everything that its start needs.

    guard: the text of the safety net. manifest: what `source.mjs` reads, with `files`, each with
    a `path`. modules: paths of the JavaScript modules that will be imported. early: whether the
    browser begins to fetch at once; a page inside a course page waits until it is wanted.

    ValueError is raised as by `insert`.
    """
    first = [policy_tag([guard]), f"<script>{guard}</script>"]
    fetches = [
        *(f'<link rel="modulepreload" href="{path}">' for path in modules),
        *(
            f'<link rel="preload" as="fetch" crossorigin href="{entry["path"]}">'
            for entry in manifest["files"].values()
        ),
    ]
    listed = script_json("boot-files", manifest)
    return insert(html, first, [listed, *fetches] if early else [listed])


def insert(html: str, first: list[str], last: list[str]) -> str:
    """Return the page with these lines at the start and at the end of its head.

    Raises
    ------
    ValueError
        If the page lacks the charset or an element that the boot code fills.
    """
    for part in (CHARSET, END):
        if html.count(part) != 1:
            raise ValueError(f"site/index.html must hold {part} once; got {html.count(part)}")
    for name in REQUIRED_IDS:
        if f'id="{name}"' not in html:
            raise ValueError(f'site/index.html must have an element with id="{name}"; got none')
    html = html.replace(CHARSET, "\n".join([CHARSET, *first]))
    return html.replace(END, "\n".join([*last, END]))


def policy_tag(inline_scripts: list[str], alone: bool = False) -> str:
    """Return the element that puts the policy in force."""
    content = policy(inline_scripts, alone)
    return f'<meta http-equiv="Content-Security-Policy" content="{content}">'


def script_json(identity: str, value: object) -> str:
    """Return a script element that holds `value` as JSON, which cannot end the element."""
    text = json.dumps(value, sort_keys=True).replace("<", "\\u003c")
    return f'<script type="application/json" id="{identity}">{text}</script>'


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
