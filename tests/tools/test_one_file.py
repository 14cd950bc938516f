"""The page in one file: every part finds its place, and what has none is named."""

import base64
import gzip
import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from inside import content_of

from tools.compiled import Packed
from tools.head import CHARSET, END, REQUIRED_IDS
from tools.one_file import HOME, letters, one_file

BODY = "".join(f'<i id="{name}"></i>' for name in REQUIRED_IDS)
PAGE = f"""<head>{CHARSET}
<link rel="preload" as="font" href="{{{{asset:a.woff2}}}}">
<link rel="stylesheet" href="{{{{asset:chart.min.css}}}}">
<link rel="stylesheet" href="{{{{asset:style.css}}}}">
<script defer src="{{{{asset:chart.min.js}}}}"></script>
<script type="module" src="{{{{asset:boot.mjs}}}}"></script>
{END}<body>{BODY}
<script type="py" src="{{{{asset:main.py}}}}"></script>
</body>"""
ONE = "export default 1; // 1 < 2 % \u00fc\n"
KEPT = "/* kept */ let a;\n"  # in front of code
PARTS = {
    "a.woff2": b"font",
    "chart.min.css": b"b{}",
    "chart.min.js": b'chart("</script>")',
    "boot/boot.mjs": b'import a from "./page.mjs"; import("./never.mjs");',
    "boot/page.mjs": f"/**\n * One.\n */\n{KEPT}{ONE}  // not two\n/* nor ** this */\n".encode(),
}
CSS = 'a{src:url("{{asset:a.woff2}}")}'


@pytest.fixture
def packed(tmp_path: Path) -> dict[str, Packed]:
    path = tmp_path / "a.wasm.gz"
    path.write_bytes(gzip.compress(b"\0asm"))
    return {"a.wasm": Packed(path, 4, "0" * 64)}


def build(packed: dict[str, Packed], page: str = PAGE, licences: str = "free") -> str:
    files = {"a.wasm": {"path": "assets/a.bin", "bytes": 24, "size": 4, "type": "application/wasm"}}
    later = {"b.zip": {"path": "assets/b.bin", "bytes": 2, "size": 3, "modules": ["b"]}}
    manifest = {"files": files, "later": later, "parts": {}}
    manifest |= {"lock": {}, "pyscript": "x", "interpreter": "y", "notebook": "list"}
    return one_file(page, "guard()", CSS, manifest, packed, PARTS, licences).decode()


def test_every_part_is_inside(packed: dict[str, Packed]) -> None:
    html = build(packed)
    assert "{{asset:" not in html
    assert "assets/" not in html
    assert "<style>b{}</style>" in html
    assert f'url("data:font/woff2;base64,{base64.b64encode(b"font").decode()}")' in html
    assert r'<script>chart("<\/script>")</script>' in html
    [text] = re.findall(r'id="file:a.wasm">(.*?)</script>', html)
    assert "<" not in text
    assert gzip.decompress(content_of(text)) == b"\0asm"
    [listed] = re.findall(r'id="boot-files">(.*?)</script>', html)
    assert json.loads(listed)["later"] == {"b.zip": {"bytes": 2, "size": 3, "modules": ["b"]}}
    assert json.loads(listed)["notebook"] == "list"
    assert json.loads(listed)["files"] == {
        "a.wasm": {"bytes": 24, "size": 4, "type": "application/wasm"}
    }


def test_any_number_of_bytes_is_text_and_comes_back() -> None:
    for length in range(40):
        for content in (bytes(length), bytes([255] * length), bytes(range(length))):
            text = letters(content)
            assert content_of(text) == content
            assert not set(text) & set("<&\\ \n")


def test_modules_find_one_another_and_leave_others_alone(packed: dict[str, Packed]) -> None:
    [text] = re.findall(r'type="importmap">(.*?)</script>', build(packed))
    imports = json.loads(text)["imports"]
    assert set(imports) == {f"{HOME}boot/boot.mjs", f"{HOME}boot/page.mjs"}
    code = unquote(imports[f"{HOME}boot/boot.mjs"].partition(",")[2])
    named = "\n//# sourceURL=boot/boot.mjs\n"
    assert code == f'import a from "{HOME}boot/page.mjs"; import("./never.mjs");{named}'
    address = imports[f"{HOME}boot/page.mjs"]
    code = unquote(address.partition(",")[2])
    named = "\n//# sourceURL=boot/page.mjs\n"
    assert code == KEPT + ONE + named, "comments of their own are left out"
    assert not set(address) & set("<#\n\u00fc"), "none of these may stand in such an address"


def test_every_inline_script_is_allowed_by_its_hash(packed: dict[str, Packed]) -> None:
    html = build(packed)
    run = re.findall(r'<script(?: type="(?:module|importmap)")?>(.*?)</script>', html)
    assert len(run) == 4
    assert len(set(re.findall(r"'sha256-[^']+'", html))) == 4


def test_licences_cannot_end_their_element(packed: dict[str, Packed]) -> None:
    html = build(packed, licences="a</script><b><!--<script>")
    assert html.count("</script") == build(packed).count("</script")
    assert "<!--" not in html


def test_a_part_without_a_place_is_named(packed: dict[str, Packed]) -> None:
    page = PAGE.replace("<body>", '<body><img src="{{asset:a.png}}">')
    with pytest.raises(ValueError, match=r"hold every part itself; got \{\{asset:a\.png\}\}"):
        build(packed, page)


def test_a_page_that_grows_too_large(
    packed: dict[str, Packed], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.one_file.MOST_BYTES", 500)
    with pytest.raises(ValueError, match=r"must have at most 500 bytes; got \d+"):
        build(packed)
