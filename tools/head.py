"""What the build adds to the page's head: policy, safety net, list of files, early fetches.

Policy and safety net stand right after `<meta charset="utf-8">`, because a content security
policy binds only what follows it. The early fetches stand at the end of the head: browsers open
few connections to a host, and the style sheet must not wait behind megabytes. The policy lets
the page talk to its own origin alone, and allows one inline script, the safety net, by hash.
"""

import base64
import hashlib
import html as html_module
import json

CHARSET = '<meta charset="utf-8">'
END = "</head>"
HERE = "{here}"  # what the safety net replaces by the page's folder
ANYWHERE = "http: https:"  # what holds until it has done so
# Browsers lay out a frame with the page around it, even before the frame's style is there; any rule
# for the body in the style sheet ends this.
UNSEEN = ':where(html:not([data-state="failed"]) body) { display: none }'
SMALL = 100_000  # bytes that are in nobody's way
REQUIRED_IDS = (
    "boot", "boot-stage", "boot-progress", "boot-bytes", "boot-strings",
    "boot-failure", "boot-failure-title", "boot-failure-text", "boot-failure-details",
    "boot-retry",
)  # fmt: skip


def policy(inline_scripts: list[str], beside: str = "'self'") -> str:
    """Return the content security policy; `inline_scripts` are allowed by their hashes.

    Args:
        beside: Where the files beside the page are; empty if there are none and it is all one file.
    """
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in inline_scripts)
    modules = beside or "data:"
    rules = {
        "default-src": "'none'",
        "script-src": f"{modules} blob: 'wasm-unsafe-eval' {hashes}",
        "connect-src": f"{beside} blob: data:",
        "style-src": f"{beside} 'unsafe-inline'",
        "img-src": f"{beside} data: blob:",
        "font-src": f"{beside} data:",
        "worker-src": "blob: data:",
        "form-action": "'none'",
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {' '.join(value.split())}" for name, value in rules.items())


def complete(html: str, guard: str, manifest: dict, modules: list[str]) -> str:
    """Return the page `html` with everything that its start needs.

    Args:
        guard: The text of the safety net.
        manifest: What `source.mjs` reads, with `files`, each with a `path` unless it is a module,
            and one of them, Python's code, with its unpacked twin as `plain`; and with `snapshot`.
            What of these is large is fetched when the line has shown what it can do (see line.mjs).
        modules: Paths of the JavaScript modules that will be imported.

    ValueError is raised as by `insert`.
    """
    files = manifest["files"]
    [code] = [entry["plain"] for entry in files.values() if "plain" in entry]
    small = [
        entry["path"] for entry in files.values() if "path" in entry and entry["bytes"] < SMALL
    ]
    first = [policy_tag([guard]), f'<script data-code="{code}">{guard}</script>']
    last = [
        script_json("boot-files", manifest),
        *(f'<link rel="modulepreload" href="{path}">' for path in modules),
        *(f'<link rel="preload" as="fetch" crossorigin href="{path}">' for path in small),
    ]
    return insert(html, first, last)


def for_frame(html: str, guard: str, manifest: dict) -> str:
    """Return the page for course pages: nothing is fetched before it is wanted.

    In a sandboxed frame no place counts as the page's own, so its policy cannot say 'self'. The
    safety net, which runs before all else, puts the page's folder for {here} and the policy in
    force. ValueError is raised as by `insert`.
    """
    narrow = html_module.escape(policy([guard], HERE))
    script = f'<script data-policy="{narrow}">{guard}</script>'
    first = [policy_tag([guard], ANYWHERE), script, f"<style>{UNSEEN}</style>"]
    return insert(html, first, [script_json("boot-files", manifest)])


def bridge(script: str) -> str:
    """Return the page that looks for the page in one file, by opening it in a frame.

    Its policy allows nothing but this script and frames, which the script narrows to the one file.
    """
    content = f"default-src 'none'; script-src 'sha256-{_digest(script)}'; frame-src {ANYWHERE}"
    head = f'{CHARSET}<meta http-equiv="Content-Security-Policy" content="{content}">'
    title = "<title>nncore playground</title>"
    return (
        f'<!doctype html><html lang="en"><head>{head}{title}</head>'
        f"<body><script>{script}</script></body></html>"
    )


def insert(html: str, first: list[str], last: list[str]) -> str:
    """Return the page with these lines at the start and at the end of its head.

    Raises:
        ValueError: If the page lacks the charset or an element that the boot code fills.
    """
    for part in (CHARSET, END):
        if html.count(part) != 1:
            raise ValueError(f"site/index.html must hold {part} once; got {html.count(part)}")
    for name in REQUIRED_IDS:
        if f'id="{name}"' not in html:
            raise ValueError(f'site/index.html must have an element with id="{name}"; got none')
    html = html.replace(CHARSET, "\n".join([CHARSET, *first]))
    return html.replace(END, "\n".join([*last, END]))


def policy_tag(inline_scripts: list[str], beside: str = "'self'") -> str:
    """Return the element that puts the policy in force."""
    content = policy(inline_scripts, beside)
    return f'<meta http-equiv="Content-Security-Policy" content="{content}">'


def script_json(identity: str, value: object) -> str:
    """Return a script element that holds `value` as JSON, which cannot end the element."""
    text = json.dumps(value, sort_keys=True).replace("<", "\\u003c")
    return f'<script type="application/json" id="{identity}">{text}</script>'


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
