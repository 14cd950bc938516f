"""The parts of the page that need no Pyodide: hashed names, the head, the icons."""

import base64
import hashlib
import html
import json
import re
from pathlib import Path

import pytest

from tools.assets import Assets
from tools.head import CHARSET, REQUIRED_IDS, complete, for_frame, policy
from tools.icons import read_icons

PAGE = f'<head>{CHARSET}<link href="s.css"></head>' + "".join(
    f'<i id="{name}"></i>' for name in REQUIRED_IDS
)
FILES = {
    "a.wasm": {"path": "assets/a.wasm.bin", "plain": "assets/a.wasm", "bytes": 3_000_000},
    "b.py": {"path": "assets/b.bin", "bytes": 500},
    "c.zip": {"path": "assets/c.bin", "bytes": 1_000_000},
}
SNAPSHOT = {"path": "assets/s.bin", "instead": ["c.zip"]}
MANIFEST = {"files": FILES, "snapshot": SNAPSHOT, "note": "</script><b>"}


def test_name_holds_the_hash_of_the_content() -> None:
    assets = Assets()
    path = assets.add("style.min.css", b"a{}")
    assert path == f"assets/style.min.{hashlib.sha256(b'a{}').hexdigest()[:8]}.css"
    assert assets.contents[path] == b"a{}"
    assert assets.add("a.whl.gz", b"", ending=".bin").startswith("assets/a.whl.gz.")
    with pytest.raises(ValueError, match=r"name of its own; got 'style\.min\.css' twice"):
        assets.add("style.min.css", b"b{}")


def test_marks_are_resolved() -> None:
    assets = Assets()
    path = assets.add("font.woff2", b"font")
    assert assets.resolve("x {{asset:font.woff2}} y") == f"x {path} y"
    assert "/" not in assets.resolve("{{asset:font.woff2}}", base="assets/")
    with pytest.raises(ValueError, match=r"must be one of font\.woff2; got 'fond\.woff2'"):
        assets.resolve("{{asset:fond.woff2}}")


def test_modules_find_one_another() -> None:
    assets = Assets()
    modules = {"a.mjs": b'import x from "./b.mjs"; import("./b.mjs");', "b.mjs": b"export {}"}
    paths = assets.add_modules("boot", modules)
    assert [Path(path).name for path in paths] == ["a.js", "b.js"]
    assert len({Path(path).parent for path in paths}) == 1
    assert assets.contents[paths[0]] == b'import x from "./b.js"; import("./b.js");'
    other = Assets().add_modules("boot", modules | {"b.mjs": b"export default 1"})
    assert other[0] != paths[0]


def test_policy_and_safety_net_stand_before_everything_else() -> None:
    html = complete(PAGE, "guard()", MANIFEST, ["assets/boot.js"])
    head = html[html.index(CHARSET) + len(CHARSET) :]
    assert head.lstrip().startswith('<meta http-equiv="Content-Security-Policy"')
    digest = base64.b64encode(hashlib.sha256(b"guard()").digest()).decode()
    assert f"'sha256-{digest}'" in policy(["guard()"])
    assert head.index("guard()") < head.index("s.css")


def test_style_does_not_wait_behind_early_fetches() -> None:
    html = complete(PAGE, "guard()", MANIFEST, ["assets/boot.js"])
    places = [
        html.index(part)
        for part in (
            "s.css",
            '<link rel="modulepreload" href="assets/boot.js">',
            '<link rel="preload" as="fetch" crossorigin href="assets/b.bin">',
            "</head>",
        )
    ]
    assert places == sorted(places)


def test_what_is_large_waits_until_the_line_has_shown_what_it_can_do() -> None:
    page = complete(PAGE, "guard()", MANIFEST, [])
    assert re.findall(r'rel="preload" [^>]*href="([^"]+)"', page) == ["assets/b.bin"]


def test_a_frame_fetches_nothing_early_and_names_its_folder() -> None:
    page = for_frame(PAGE, "guard()", MANIFEST)
    assert "preload" not in page
    [narrow] = re.findall(r'<script data-policy="([^"]*)">guard\(\)</script>', page)
    rules = dict(rule.split(" ", 1) for rule in html.unescape(narrow).split("; "))
    assert rules["connect-src"] == "{here} blob: data:"
    assert rules["default-src"] == "'none'"
    assert not re.search(r"https?:|\*|unsafe-eval'(?<!wasm-unsafe-eval')", narrow)


def test_list_of_files_cannot_end_its_script() -> None:
    html = complete(PAGE, "", MANIFEST, [])
    [listed] = re.findall(r'id="boot-files">(.*?)</script>', html)
    assert json.loads(listed) == MANIFEST


def test_policy_allows_nothing_foreign() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy([]).split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["connect-src"] == "'self' blob: data:"
    assert "'unsafe-eval'" not in rules["script-src"]
    assert "'unsafe-inline'" not in rules["script-src"]
    assert not re.search(r"https?:|\*", policy([]))


@pytest.mark.parametrize("name", REQUIRED_IDS)
def test_page_without_an_element(name: str) -> None:
    html = PAGE.replace(f'id="{name}"', "")
    with pytest.raises(ValueError, match=f'must have an element with id="{name}"; got none'):
        complete(html, "", MANIFEST, [])


def test_page_without_charset() -> None:
    with pytest.raises(ValueError, match=r'must hold <meta charset="utf-8"> once; got 0'):
        complete(PAGE.replace(CHARSET, ""), "", MANIFEST, [])


def test_icons_are_built_from_their_nodes(tmp_path: Path) -> None:
    nodes = {"circle-question-mark": [["circle", {"cx": "12", "r": "10"}], ["path", {"d": 'M"'}]]}
    path = tmp_path / "nodes.json"
    path.write_text(json.dumps(nodes))
    icons = read_icons(path)
    assert icons["circle-question-mark"].endswith(
        '<circle cx="12" r="10"/><path d="M&quot;"/></svg>'
    )
    assert icons["circle-help"] == icons["circle-question-mark"]
